"""The first page of a plan looked back on: what was met by its own figures, what is doubtful, what to ask."""

import pandas as pd
import pytest

from plan_monitor.report import lookback
from reportkit.cited import spans, unmarked
from reportkit.language import chosen, using

NO_STATEMENTS = pd.DataFrame(columns=["verdict", "label", "stated", "computed"])
WRONG = pd.DataFrame(
    [
        ("contradicts", "完成率", 159.6, 159.48, "s", "p", "w"),
        ("holds", "另一率", 100.0, 100.0, "s", "p", "w"),
    ],
    columns=["verdict", "label", "stated", "computed", "stated_id", "part_id", "whole_id"],
)
NO_CLAIM = pd.DataFrame(columns=["id", "value"])


def outcomes(*told):
    """Status and evidence of each target."""
    frame = pd.DataFrame(told, columns=["status", "evidence"])
    ids = [f"t{number}" for number in range(len(told))]
    return frame.assign(
        id=ids,
        latest_id=[f"o{number}" for number in range(len(told))],
        indicator="preschool-gross-enrolment-rate",
        latest=32.69,
        value=30.76,
        unit="%",
        comparator=">",
    )


MET, WORDED, DOUBTFUL, MISSED = (
    ("achieved", "measured"),
    ("kept", "worded"),
    (None, "doubtful"),
    ("lagging", "measured"),
)


@pytest.mark.parametrize(
    ("told", "zh", "en"),
    [
        (
            (MET, WORDED, DOUBTFUL),
            "按规划自报的数字，3 项指标完成 2 项，1 项存疑。",
            "By the plan's own figures 2 of 3 targets were met; 1 figure is doubtful.",
        ),
        (
            (MET, DOUBTFUL, DOUBTFUL),
            "按规划自报的数字，3 项指标完成 1 项，2 项存疑。",
            "By the plan's own figures 1 of 3 targets were met; 2 figures are doubtful.",
        ),
        (
            (MET, MISSED),
            "按规划自报的数字，2 项指标完成 1 项。",
            "By the plan's own figures 1 of 2 targets were met.",
        ),
        ((), "没有可回顾的上一规划期数字目标。", "No targets of a plan before are looked back on."),
    ],
)
def test_the_answer_counts_what_was_met_and_what_is_doubtful(told, zh, en):
    answer = lookback.answer(outcomes(*told))
    assert unmarked(chosen(answer)) == zh and len(zh) <= 40
    with using("en"):
        assert unmarked(chosen(answer)) == en and len(en.split()) <= 20


def test_facts_tell_claim_proof_and_doubt(shipped):
    rows = outcomes(MET, WORDED, DOUBTFUL, ("kept", "already"), ("achieved", "from_zero"))
    claim = pd.DataFrame({"id": ["c"], "value": [5.0]})
    facts = lookback.facts(rows, WRONG, claim, shipped)
    told = [(chosen(fact.label), str(fact.figure), unmarked(fact.word)) for fact in facts]
    assert told == [
        ("规划自称完成", "5 项", "共列 5 项"),
        ("按所印数字可认定", "4 项", "其中 1 项只有文字"),
        ("能衡量进展", "2 项", "1 项从零累计"),
        ("基期已达到", "1 项", "目标未要求提高"),
        ("学前教育三年毛入园率", "32.69 %", "存疑，目标 > 30.76 %"),
        ("完成率", "159.6 %", "重算为 159.48 %"),
    ]
    assert [fact.ids for fact in facts][-1] == ["s", "p", "w"]
    assert lookback.facts(outcomes(), NO_STATEMENTS, NO_CLAIM, shipped) == []


def test_a_plan_that_claims_nothing_has_no_claim_to_show(shipped):
    facts = lookback.facts(outcomes(MET), NO_STATEMENTS, NO_CLAIM, shipped)
    assert [chosen(fact.label) for fact in facts] == ["按所印数字可认定", "能衡量进展"]


def test_what_to_ask_is_concrete_and_short(shipped):
    rows = outcomes(DOUBTFUL, WORDED, ("achieved", "no_base"), ("achieved", "no_base"))
    steps = [unmarked(step) for step in lookback.requests(rows, WRONG, "rural-145", shipped)]
    assert steps == [
        "请楚雄州人民政府核实“学前教育三年毛入园率”：印作 32.69 %，存疑（目标 > 30.76 %）",
        "请楚雄州人民政府更正“完成率”：写作 159.6 %，两数相除为 159.48 %",
        "请楚雄州人民政府补充“学前教育三年毛入园率”的实绩数，原文只有文字",
        "请楚雄州人民政府补充“学前教育三年毛入园率”等 2 项的基期数，文件没有",
    ]
    with using("en"):
        told = lookback.requests(rows, WRONG, "rural-145", shipped)
        assert all("the Chuxiong Prefecture government" in step and len(step.split()) <= 30 for step in told)
    assert lookback.requests(outcomes(MET), NO_STATEMENTS, "rural-145", shipped) == []


def test_the_chart_counts_by_what_can_be_measured(shown):
    lookback.evidence_chart(outcomes(MET, DOUBTFUL, ("achieved", "from_zero")))
    assert shown[0]["text/plain"].startswith("3 项中能衡量进展的 2 项。")
    lookback.evidence_chart(outcomes())
    assert shown[1]["text/plain"].endswith("无数据。")


def test_counts_lead_to_targets_and_to_each_figure_of_a_sum(shipped):
    rows = outcomes(MET, DOUBTFUL).assign(latest_id=["o0, o9", None])
    sets = []
    spans(chosen(lookback.answer(rows)), sets)
    assert sets == [["t0", "t1", "o0", "o9"], ["t0", "o0", "o9"], ["t1"]]
    first, measurable, _ = lookback.facts(rows, NO_STATEMENTS, NO_CLAIM, shipped)
    assert [*first.ids] == [*measurable.ids] == ["t0", "o0", "o9"]


def test_of_several_claims_the_last_counts_and_remarks_are_left_out_where_nothing_is_to_remark(shipped):
    claims = pd.DataFrame({"id": ["c", "d"], "value": [5.0, 1.0]})
    claimed, borne_out, measurable = lookback.facts(outcomes(MET), NO_STATEMENTS, claims, shipped)
    assert (claimed.figure, claimed.word, claimed.ids) == ("1 项", "共列 1 项", ["d"])
    assert (borne_out.word, measurable.word) == ("", "")
    with using("en"):
        assert str(lookback.facts(outcomes(MET), NO_STATEMENTS, claims, shipped)[0].figure) == "1 target"


def test_one_missing_figure_is_asked_for_without_a_count(shipped):
    (step,) = lookback.requests(outcomes(("achieved", "no_base")), NO_STATEMENTS, "rural-145", shipped)
    assert unmarked(step).endswith("补充“学前教育三年毛入园率”的基期数，文件没有")
    with using("en"):
        two = outcomes(WORDED, WORDED)
        (step,) = lookback.requests(two, NO_STATEMENTS, "rural-145", shipped)
        assert unmarked(step).endswith(", one of 2 indicators")
