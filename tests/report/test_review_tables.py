"""A finished plan in words and tables: what it claims, what can be measured, what is doubtful or in words."""

from dataclasses import replace

import pandas as pd
import pytest

from plan_monitor.methods import progress, review
from plan_monitor.report import review as report
from reportkit.cited import unmarked
from reportkit.language import chosen, using
from reportkit.table import TABLE, unpack

TITLE = ("标题", "Title")
NAMES = {
    "preschool-gross-enrolment-rate": (64.5, (("2015", 63.5), ("2020", 68.01))),
    "compulsory-retention-rate": (100.0, (("2020", 100.0),)),  # in words
    "senior-secondary-gross-enrolment-rate": (95.0, (("2020", 98.2),)),  # doubtful
    "disability-enrolment-rate": (85.0, (("2015", 80.0), ("2020", 70.0))),
    "balanced-county-share": (80.0, (("2015", 79.5), ("2020", 82.0))),
    "preschool-universal-county-share": (50.0, ()),
}


@pytest.fixture(scope="module")
def looked_back(shipped):
    """Six targets of 2020 with what became of them, and the package that has the figures."""
    rows, targets = [], []
    for number, (name, (value, figures)) in enumerate(NAMES.items()):
        targets.append((f"t{number}", name, "A", "2020", value, "level", "%", ">=", "2015"))
        rows += [(f"o{number}-{year}", name, "A", year, figure) for year, figure in figures]
    known = pd.DataFrame(rows, columns=["id", "indicator", "region", "period", "value"])
    known = known.assign(reading="printed", comparator="=", quality="A", as_printed=None)
    known.loc[known["id"].eq("o1-2020"), ["reading", "as_printed"]] = ["worded", "全部达到"]
    known.loc[known["id"].eq("o2-2020"), "quality"] = "C"
    columns = ["id", "indicator", "region", "period", "value", "kind", "unit", "comparator", "base_period"]
    judged = progress.assess(pd.DataFrame(targets, columns=columns), known, "2020")
    return review.outcomes(judged, known), replace(shipped, observations=known)


def cells(bundle):
    return [[cell.text for cell in row] for row in unpack(bundle[TABLE])]


def test_what_is_not_met_or_not_known_comes_first_each_with_its_evidence(looked_back, shown):
    """70 less 80 is -200 % of the 5 asked for; 4.51 of 1 point is 451 %, rounded bases may make it 434 to 470."""
    report.outcomes_table(*looked_back, TITLE)
    assert cells(shown[0]) == [
        ["高中阶段教育毛入学率", "–", "≥ 95 %", "98.2 %", "–", "–", "仅有存疑数据", "结果存疑"],
        ["残疾儿童少年入学率", "80 %", "≥ 85 %", "70 %", "82", "-200（-244–-164）", "背离目标", "可衡量"],
        ["学前教育普及普惠县占比", "–", "≥ 50 %", "–", "–", "–", "逾期未收录", "无结果"],
        [
            "学前教育三年毛入园率",
            "63.5 %",
            "≥ 64.5 %",
            "68.01 %",
            "105",
            "451（434–470）",
            "已达成",
            "可衡量",
        ],
        ["九年义务教育巩固率", "–", "≥ 100 %", "“全部达到”", "–", "–", "仅有文字", "仅有文字"],
        ["义务教育优质均衡县占比", "79.5 %", "≥ 80 %", "82 %", "103", "500（373–656）", "已达成", "可衡量"],
    ]
    html = shown[0]["text/html"]
    assert html.count("grade-c") == 1 and html.index("grade-c") < html.index("98.2 %") < html.index("70 %")
    assert html.count("status-achieved") == 2 and html.count("status-moving_away") == 1


def test_of_a_share_of_the_target_one_decimal_is_told_where_it_is_certain(looked_back, shown):
    outcomes, package = looked_back
    exact = outcomes.assign(share=292.727, share_low=292.727, share_high=292.727)
    report.outcomes_table(exact, package, TITLE)
    assert {row[4] for row in cells(shown[0])} == {"292.7"}


@pytest.mark.parametrize(
    ("claimed", "claim"),
    [
        ([5.0], "自称某州上一规划期的脱贫指标完成 5 项，列出 6 项"),
        ([4.0, 6.0], "自称某州上一规划期 6 项脱贫指标全部完成"),
        ([], "列出某州上一规划期 6 项脱贫指标"),
    ],
)
def test_the_answer_counts_what_can_be_measured_and_why_the_rest_cannot(looked_back, shown, claimed, claim):
    rows = pd.DataFrame({"id": [f"c{n}" for n, _ in enumerate(claimed)], "value": claimed})
    report.answer(looked_back[0], rows, "某规划", "某州")
    assert unmarked(shown[0]["text/plain"]) == (
        f"**《某规划》{claim}**。可衡量 3 项：3 项有基期数；1 项结果只有文字，没有数字；"
        "1 项结果的数字存疑，不作判断；1 项没有结果。"
    )


def test_sums_from_zero_can_be_measured_too(looked_back, shown):
    outcomes, none = looked_back[0].tail(2), pd.DataFrame({"id": [], "value": []})
    with using("en"):
        report.answer(outcomes.assign(evidence=["measured", "from_zero"]), none, "Plan", "Place")
    assert shown[0]["text/plain"] == (
        "**The Plan lists 2 poverty targets of the plan before in Place.** "
        "Progress can be measured for 2: 1 has a base figure, 1 is a sum, counted from zero."
    )


def test_a_title_names_what_went_farthest_beyond_its_target_where_more_is_better(looked_back):
    outcomes, package = looked_back
    title = report.ways_title(outcomes, package)
    assert chosen(title) == "超出目标最多的是学前教育三年毛入园率：目标 ≥ 64.5 %，实际 68.01 %"
    fallen = outcomes.assign(baseline=99.0)
    assert chosen(report.ways_title(fallen, package)) == "从基期到目标，再到实际"
    met = outcomes.assign(latest=outcomes["value"])
    assert chosen(report.ways_title(met, package)) == "从基期到目标，再到实际"


def test_stated_shares_stand_beside_what_their_figures_give_those_that_do_not_hold_first(shown):
    rows = [
        (644.0, "个", 220.0, "个", 292.7, "甲", "p1", "w1", "s1"),
        (33.38, "万人", 20.93, "万人", 159.6, "乙", "p2", "w2", "s2"),
        (1.2, "%", 3.4, "%", 37.0, "丙", "p3", "w3", "s3"),
    ]
    columns = [
        "part",
        "part_unit",
        "whole",
        "whole_unit",
        "stated",
        "label",
        "part_id",
        "whole_id",
        "stated_id",
    ]
    report.statements_table(review.recompute(pd.DataFrame(rows, columns=columns)), TITLE)
    assert cells(shown[0]) == [
        ["乙", "33.38 万人", "20.93 万人", "159.6 %", "159.48 %（159.42–159.55）", "不符"],
        ["甲", "644 个", "220 个", "292.7 %", "292.73 %", "相符"],
        ["丙", "1.2 %", "3.4 %", "37 %", "35.29 %（33.33–37.31）", "舍入之内相符"],
    ]


@pytest.mark.parametrize(
    ("share", "way", "told"),
    [
        (99.94, 99.4, ["99.9", "99"]),
        (99.96, 99.6, ["99.96", "99.6"]),
        (100.0, 100.0, ["100", "100"]),
        (100.04, 100.4, ["100", "100"]),  # which is met
        (105.0, -0.4, ["105", "-0.4"]),
        (105.0, 0.4, ["105", "0"]),
    ],
)
def test_what_is_not_quite_reached_is_not_printed_as_all_and_what_went_back_not_as_none(
    looked_back, shown, share, way, told
):
    outcomes, package = looked_back
    exact = {
        f"{name}{end}": value
        for name, value in (("share", share), ("way", way))
        for end in ("", "_low", "_high")
    }
    report.outcomes_table(outcomes.tail(1).assign(**exact), package, TITLE)
    assert cells(shown[0])[0][4:6] == told


def test_all_ways_of_a_column_have_the_decimals_of_the_one_that_needs_most(looked_back, shown):
    """Those of 500 % and of 99.6 %, neither with a range."""
    outcomes, package = looked_back
    two = outcomes.tail(2).assign(way=[500.0, 99.6], way_low=[500.0, 99.6], way_high=[500.0, 99.6])
    report.outcomes_table(two, package, TITLE)
    assert {row[5] for row in cells(shown[0])} == {"500.0", "99.6"}


@pytest.mark.parametrize(
    ("computed", "verdict", "told"),
    [
        (159.604, "contradicts", "159.604 %"),
        (159.604, "rounding", "159.60 %"),
        (159.594, "contradicts", "159.59 %"),
        (159.598, "contradicts", "159.598 %"),
    ],
)
def test_a_share_computed_again_is_not_printed_as_the_one_it_contradicts(computed, verdict, told):
    row = pd.Series({"stated": 159.6, "computed": computed, "verdict": verdict})
    assert report.recomputed(row) == told
