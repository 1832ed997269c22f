"""What is known of a plan beside its verdicts: the units that answer, where their names are short."""

from dataclasses import replace

import pandas as pd
import pytest

from plan_monitor.methods import promises
from plan_monitor.report import known
from reportkit.language import chosen

LONG = "某县农村义务教育学生营养改善计划办公室"


@pytest.mark.parametrize(("last", "shown"), [(12, True), (13, False)])
def test_units_that_answer_are_figures_where_their_names_are_no_wider_than_twenty_four_letters(
    package, last, shown
):
    """A Chinese character is as wide as two letters; of t-3 no unit is named."""
    units = [("r-1", "t-1", "县教育局"), ("r-2", "t-2", LONG[:last])]
    rows = pd.DataFrame(units, columns=["id", "promise", "unit_zh"])
    rows = rows.assign(document="plan-1", unit_en="", role="lead")
    named = replace(package, responsibilities=rows)
    judged = promises.judge(named, "2025-12")
    facts = [fact for lead in known.leads(judged, named, "2025-12") for _, fact in lead.facts]
    told = [(str(fact.figure), fact.ids) for fact in facts if chosen(fact.label) == "责任单位"]
    assert told == [("县教育局", ["r-1"]), *[(LONG[:last], ["r-2"])] * shown]
