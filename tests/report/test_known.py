"""What is known of a plan: states, lowered targets, long ways, dates, and units with short names."""

from dataclasses import replace

import pandas as pd
import pytest

from plan_monitor.methods import promises
from plan_monitor.report import known
from reportkit.cited import spans, unmarked
from reportkit.language import chosen, use

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


@pytest.fixture
def bare(package):
    """The package without a figure; results come six months after they are due."""
    return replace(package, observations=package.observations[:0], targets=package.targets.assign(lag=6.0))


@pytest.fixture
def judged(package):
    return promises.judge(package, "2025-12")


@pytest.fixture
def waiting(bare):
    """Three promises due in 2025, awaited until the middle of 2026."""
    return promises.judge(bare, "2025-12")


def found(judged, package):
    """Each lead: its answers, how many facts it may show, and its facts as figure, word and ids."""
    return [
        (
            [unmarked(answer) for answer in lead.answers],
            lead.most,
            [(str(fact.figure), unmarked(fact.word), [*fact.ids]) for _, fact in lead.facts],
        )
        for lead in known.leads(judged, package, "2025-12")
    ]


def test_each_lead_has_its_wordings_its_facts_and_how_many_a_page_shows(judged, package):
    standing, lowered, promised, overdue = found(judged, package)
    assert standing == (
        ["3 项承诺可判断 1 项（2023 数）：1 项进度偏慢。", "3 项承诺可判断 1 项（2023 数）：1 项落后。"],
        3,
        [("实绩 93 %（2023）", "进度偏慢，目标 ≥ 95 %", ["o-2", "t-1"])],
    )
    assert lowered == (
        ["有 1 项目标低于已经达到的水平：巩固率。", "有 1 项目标低于已经达到的水平。"],
        2,
        [("目标 98 %（2025）", "低于基期 98.88 %（2020）", ["t-2", "o-3"])],
    )
    assert promised == (
        [],
        3,
        [  # those overdue stand first
            ("目标 98 %（2025）", "逾期未收录", ["t-2"]),
            ("目标 26,581 元（2025）", "逾期未收录", ["t-3"]),
            ("目标 ≥ 95 %（2025）", "进度偏慢", ["t-1"]),
        ],
    )
    assert overdue == (
        ["有 2 项承诺已过公布期，仍未收录到结果：巩固率等。", "有 2 项承诺已过公布期，仍未收录到结果。"],
        1,
        [("2 项", "已过公布期", ["t-2", "t-3"])],
    )


def test_one_and_several_are_told_apart_in_english(judged, package):
    use("en")
    _, lowered, _, overdue = found(judged, package)
    assert lowered[0][1] == "1 target asks for less than had been reached."
    assert overdue[0][1] == "2 results should be out and were not found."
    both = judged.assign(kind="floor", value=[90.0, 98.0, 26581.0])
    assert found(both, package)[1][0][1] == "2 targets ask for less than had been reached."
    one = judged.assign(state=["slow", "overdue", "awaited"])
    assert "1 result should be out and was not found." in found(one, package)[3][0]


def test_a_target_that_equals_its_base_is_not_lowered(judged, package):
    for kind in ("floor", "ceiling"):
        equal = judged.assign(kind=kind, value=judged["baseline"])
        assert not any("已经达到的水平" in "".join(answers) for answers, _, _ in found(equal, package))


def test_a_lowered_target_of_several_years_is_counted_once(judged, package):
    twice = pd.concat([judged, judged[judged["id"].eq("t-2")].assign(id="t-9")])
    assert found(twice, package)[1][0][1] == "有 1 项目标低于已经达到的水平。"


def test_figures_of_several_years_are_told_from_the_first_to_the_last(judged, package):
    rows = pd.concat([judged[:1].assign(latest_period=year) for year in ("2024", "2021/2022", "2023")])
    assert found(rows.assign(id=["a", "b", "c"]), package)[0][0][0].startswith(
        "3 项承诺可判断 3 项（2021–2022 至 2024 数）：3 项进度偏慢"
    )


def test_the_next_due_date_is_the_first_of_those_to_come(waiting, bare):
    later = waiting.assign(state="not_due", period=["2026", "2024", "2026"])
    assert found(later, bare)[-1] == (
        ["3 项承诺尚未到期，最近的 1 项于 2024 年底到期。"],
        1,
        [("2024 年底", "1 项", ["t-2"])],
    )
    use("en")
    assert found(later, bare)[-1][0] == ["Not due yet: 3; next due: 1, by the end of 2024."]


def test_results_are_expected_when_their_lag_has_passed_the_largest_group_first(waiting, bare):
    two = waiting.assign(lag=[6.0, 9.0, 9.0])
    answers, most, facts = found(two, bare)[-1]
    assert most == 2 and answers[0] == "2 项承诺于 2025 年底到期，结果应在 2026 年 9 月前公布。"
    assert facts == [
        ("2026 年 9 月", "2 项，2025 年底到期", ["t-2", "t-3"]),
        ("2026 年 6 月", "1 项，2025 年底到期", ["t-1"]),
    ]
    assert answers[1:] == [
        "学前毛入园率目标至少 95 %，2025 年底到期，未见公布结果。",
        "目标至少 95 %，2025 年底到期，未见公布结果。",
        "1 项承诺于 2025 年底到期，结果应在 2026 年 6 月前公布。",
    ]


@pytest.mark.parametrize(
    ("periods", "remark"),
    [
        (["2024", "2025"] * 2, "2 项指标各 2 年，已过公布期"),
        (["2024", "2025", "2025", "2025"], "已过公布期"),
        (["2025"] * 4, "已过公布期"),
    ],
)
def test_results_overdue_for_as_many_years_each_are_told_by_the_year(waiting, bare, periods, remark):
    late = pd.concat([waiting.iloc[[0, 0]], waiting.iloc[[1, 1]]]).assign(period=periods, state="overdue")
    (_, most, ((figure, word, _),)) = found(late.assign(id=[*"abcd"]), bare)[-1]
    assert (most, figure, word) == (1, "4 项", remark)


def test_sums_are_told_by_the_year_where_promises_are_no_more_than_three(waiting, bare):
    sums = waiting.assign(kind="cumulative", period="2021/2025", baseline_period="2020", value=1000.0)
    _, most, facts = found(sums, bare)[1]
    assert most == 1 and facts[2] == ("目标 200 元", "年均，本报告按 5 年平摊", ["t-3"])
    four = pd.concat([sums, sums[:1].assign(id="t-4")])
    assert [most for _, most, _ in found(four, bare)] == [2]  # only when results are expected


@pytest.mark.parametrize(("goal", "told"), [(96.0, True), (95.9, False), (86.0, True), (86.1, False)])
def test_the_longest_way_is_told_from_one_point_a_year_up_or_down(package, judged, goal, told):
    """From 91 in 2020: 5 points by 2025 are one a year."""
    way = judged.assign(value=[goal, 98.88, 26581.0], kind="level", status=None, latest_id=None)
    leads = [lead for lead in found(way, package) if "要求变动最大" in "".join(lead[0])]
    assert len(leads) == told
    if told:
        assert leads[0][0] == [
            f"要求变动最大的是学前毛入园率：由 91 %（2020）到 ≥ {goal:g} %（2025）。",
            f"要求变动最大的是学前毛入园率：由 91 % 到 ≥ {goal:g} %。",
            f"学前毛入园率要由 91 % 到 ≥ {goal:g} %。",
        ]
        assert leads[0][1:] == (2, [(f"目标 ≥ {goal:g} %（2025）", "基期 91 %（2020）", ["t-1", "o-1"])])


@pytest.mark.parametrize(("goal", "told"), [(8.1, False), (8.2, True), (8.3, True)])
def test_a_point_a_year_is_one_whatever_binary_arithmetic_makes_of_it(package, judged, goal, told):
    """From 3.2 in 2020 to 8.2 by 2025: a fifth of 4.999999999999999."""
    values = {"value": [goal, 98.88, 26581.0], "baseline": [3.2, 98.88, 12861.0]}
    way = judged.assign(**values, kind="level", status=None, latest_id=None)
    leads = [lead for lead in found(way, package) if "要求变动最大" in "".join(lead[0])]
    assert len(leads) == told


def test_counts_lead_to_the_promises_and_to_what_they_rest_on(judged, package):
    sets = []
    for lead in known.leads(judged, package, "2025-12"):
        for answer in lead.answers[:1]:
            spans(answer, sets)
    assert sets == [["t-1", "t-2", "t-3"], ["t-1", "o-2"], ["t-2", "o-3"], ["t-2", "t-3"]]
