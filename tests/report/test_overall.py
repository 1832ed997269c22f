"""The first page on all plans: how many promises can be judged, the commonest state, and what is at risk."""

import pandas as pd
import pytest

from plan_monitor.methods import promises
from plan_monitor.report import overall
from reportkit.cited import spans, unmarked
from reportkit.language import chosen, use

NONE = pd.DataFrame({"rows": [], "told_rows": []})


@pytest.fixture
def judged(package):
    return promises.judge(package, "2025-12")


def told(facts):
    return [(chosen(fact.label), fact.figure, fact.word, [*fact.ids], fact.state) for fact in facts]


def test_the_commonest_state_and_what_can_be_judged_are_counted(judged):
    answer = overall.answer(judged)
    assert unmarked(answer) == "3 项承诺，2 项逾期未收录，有实绩可判断的 1 项。"
    sets = []
    spans(answer, sets)
    assert sets == [["plan-1"]]
    use("en")
    assert unmarked(overall.answer(judged)).endswith("; 1 can be judged by published figures.")


def test_stages_and_texts_are_no_promises(judged):
    rows = judged.assign(role=["promise", "promise", "by_year"])
    assert unmarked(overall.answer(rows)).startswith("2 项承诺，1 项")


def test_where_nothing_can_be_judged_it_says_so(judged):
    assert unmarked(overall.answer(judged.assign(status=None))) == "3 项承诺，都还没有可用的后续实绩。"


def test_facts_count_without_zeros_and_lead_to_documents(judged, package):
    facts = overall.facts(judged, judged[:0], NONE, package)
    assert told(facts) == [
        ("有实绩可判断", "1 项", "占 33 %", ["plan-1"], ""),
        ("逾期未收录", "2 项", "按假设的时滞", ["plan-1"], ""),
    ]
    other = judged.assign(state=["slow", "awaited", "awaited"])
    facts = overall.facts(other, judged[:1], NONE, package)
    assert told(facts)[1:] == [
        ("实绩或预测显示有风险", "1 项", "", ["plan-1"], "lagging"),
        ("到期待公布", "2 项", "", ["plan-1"], ""),
    ]
    assert overall.facts(judged[:0], judged[:0], NONE, package) == []


def test_findings_lead_to_the_documents_of_both_sides(judged, package):
    findings = pd.DataFrame({"rows": [["o-1"]], "told_rows": [["o-2"]]})
    *_, last = told(overall.facts(judged, judged[:0], findings, package))
    assert last == ("须由发文机关答复", "1 处", "更正、说明或澄清", ["plan-1", "bulletin-1"], "")


@pytest.mark.parametrize(
    ("known", "share"),
    [(1, "0.3 %"), (2, "1 %"), (150, "50 %"), (298, "99 %"), (299, "99.7 %"), (300, "100 %")],
)
def test_a_share_that_is_not_all_is_not_told_as_all_nor_a_small_one_as_none(judged, package, known, share):
    """Of 300 promises."""
    many = pd.concat([judged] * 100, ignore_index=True).assign(role="promise")
    many = many.assign(status=["slow"] * known + [None] * (300 - known))
    assert overall.facts(many, judged[:0], NONE, package)[0].word == f"占 {share}"
    use("en")
    assert overall.facts(many, judged[:0], NONE, package)[0].word == f"{share} of all"
