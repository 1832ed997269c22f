"""A county's verdict and its cheapest plan as tables and charts, worked by hand on four schools."""

import pytest

from balance_schools import school, schools
from plan_monitor import balance
from plan_monitor.balance.report import county as report
from plan_monitor.balance.report import plan as plan_report
from plan_monitor.balance.report import sources
from reportkit.language import use
from reportkit.table import TABLE, unpack

TITLE = ("标题", "Title")
# 250 primary pupils need 10.5 teachers and 1 875 m², or 85 % of one of both; 410 junior ones 9.84 rooms
SCHOOLS = schools(
    school("1", students=250, teachers_above_degree=8, sports_area=1500),
    school("2"),
    school("3", "junior", 410, multimedia_rooms=7),
    school("4", "junior", sports_area=None),
)


def cells(shown):
    """The rows of the table shown last, below its headings."""
    return [[cell.text for cell in row] for row in unpack(shown[-1][TABLE])]


@pytest.fixture(scope="module")
def verdict(shipped, standard):
    return balance.evaluate_county(SCHOOLS, shipped.answers[:0], standard)


@pytest.fixture(scope="module")
def plan(shipped, standard):
    complete = SCHOOLS.assign(sports_area=SCHOOLS["sports_area"].fillna(10_200))
    return balance.cheapest_plan(complete, standard, shipped.unit_costs)


def test_what_schools_lack_by_resource_and_by_school(verdict, shipped, standard, shown):
    short = balance.shortfall(verdict.schools, standard)
    report.shortfall_table(short, shipped, TITLE)
    assert cells(shown) == [
        ["每百名学生高于规定学历教师数", "小学", "1", "3 人", "1 人"],
        ["生均体育运动场馆面积", "小学", "1", "375 平方米", "94 平方米"],
        ["每百名学生网络多媒体教室数", "初中", "1", "3 间", "2 间"],
    ]
    report.schools_table(verdict.schools, short, TITLE)
    assert cells(shown) == [
        ["学校1", "小学", "250", "未达标", "5/7", "高于规定学历教师 −3 人；运动场馆 −375 平方米"],
        ["学校3", "初中", "410", "未达标", "6/7", "多媒体教室 −3 间"],
        ["学校4", "初中", "1,000", "待定", "6/7", "–"],
    ]


def test_each_aspect_is_counted_with_its_verdict(verdict, shown):
    report.aspects_table(verdict, TITLE)
    assert [row[1:] for row in cells(shown)] == [
        ["未达标", "4", "1", "2", "1"],
        ["待定", "14", "13", "0", "1"],
        ["待定", "15", "1", "0", "14"],
        ["待定", "9", "0", "0", "9"],
        ["待定", "1", "0", "0", "1"],
        ["待定", "6", "0", "0", "6"],
    ]
    html = shown[0]["text/html"]
    assert (html.count("status-lost"), html.count("no-data")) == (1, 5)


def test_coefficients_stand_with_what_they_are_made_of(verdict, shipped, shown):
    """Of 250 and 1 000 pupils 32 and 42 in a thousand: mean 40 a thousand, deviation 4, 0.1 of it."""
    report.coefficients_table(verdict, shipped, TITLE)
    rows = {(row[0], row[1]): row[2:] for row in cells(shown)}
    assert len(rows) == 14
    teachers, sports = "每百名学生高于规定学历教师数", "生均体育运动场馆面积"
    assert rows[teachers, "小学"] == ["达到", "0.100", "0.50", "4.00 人/百名学生", "0.40", "2"]
    assert rows[sports, "小学"] == ["达到", "0.083", "0.50", "7.20 平方米/生", "0.60", "2"]
    assert rows[sports, "初中"] == ["待定", "0.000", "0.45", "10.20 平方米/生", "0.00", "1"]
    assert rows["生均教学仪器设备值", "小学"] == ["达到", "0.000", "0.50", "2,000 元/生", "0", "2"]
    report.coefficients_chart(verdict, shipped, TITLE, "（合成）")
    assert shown[-1]["text/plain"].startswith("13 项差异系数中 0 项超过限值（合成）。标题。")


def test_a_coefficient_over_its_limit_is_in_the_title(shipped, standard, shown):
    """Sports area of 0 and 15 000 m² of a thousand pupils each: the deviation is the mean."""
    county = schools(school("1", sports_area=0), school("2", sports_area=15_000))
    report.coefficients_chart(balance.evaluate_county(county, shipped.answers[:0], standard), shipped, TITLE)
    assert shown[-1]["text/plain"].startswith("7 项差异系数中 1 项超过限值。")


def test_a_heat_map_says_how_many_pass_and_what_most_are_short_of(verdict, standard, shown):
    report.school_heat_map(verdict.schools, standard, TITLE, "（合成）")
    text = shown[-1]["text/plain"]
    assert text.startswith("4 个校×学段中 1 个达标，高于规定学历教师不足的最多，1 个（合成）。标题。")
    assert "高于规定学历教师 76（低于标准的 85 %）" in text and "运动场馆 80（低于标准的 85 %）" in text
    assert "学校4：" in text and "运动场馆 –（缺数据）" in text
    report.school_heat_map(verdict.schools[1:2], standard, TITLE)
    assert shown[-1]["text/plain"].startswith("1 个校×学段中 1 个达标。标题。")


def test_a_standard_demands_and_the_county_answers(shipped, standard, shown):
    given = shipped.answers, standard, shipped.level_weights
    report.items_table(balance.evaluate_county(shipped.schools, *given), shipped, TITLE)
    rows = {row[1]: row for row in cells(shown)}
    assert rows["小学、初中学校规模"][2:] == ["未达到", "≤ 2,000 人", "2,060 人", "由学校数据算出"]
    assert rows["义务教育班额 · 初中"][2:] == ["达到", "≤ 50 人", "49 人", "由学校数据算出"]
    assert rows["每年交流轮岗教师比例"][2:] == ["达到", "≥ 10 %", "10.8 %", "答卷"]
    assert rows["义务教育学校规划布局合理"][2:] == ["达到", "–", "是", "答卷"]
    assert rows["以考试方式招生"][2:] == ["达到", "–", "否", "答卷"]
    assert rows["社会认可度"][2:] == ["未答", "≥ 85 %", "–", "–"]


def test_the_cheapest_plan_by_resource_by_school_and_in_all(plan, shipped, shown):
    """Three teachers at 30 000, 94 m² at 600 and two rooms at 50 000 yuan: 246 400; the first two most, 77 %."""
    assert plan.cost == 246_400
    plan_report.plan_table(plan, shipped.unit_costs, shipped, TITLE)
    assert [row[:5] for row in cells(shown)] == [
        ["每百名学生高于规定学历教师数", "3 人", "1", "30,000/人", "9.0"],
        ["生均体育运动场馆面积", "94 平方米", "1", "600/平方米", "5.6"],
        ["每百名学生网络多媒体教室数", "2 间", "1", "50,000/间", "10.0"],
    ]
    plan_report.plan_by_school_table(plan, TITLE)
    assert cells(shown) == [
        ["学校1", "小学", "14.6", "高于规定学历教师 +3 人；运动场馆 +94 平方米", "运动场馆"],
        ["学校3", "初中", "10.0", "多媒体教室 +2 间", "多媒体教室"],
    ]
    plan_report.plan_chart(plan, TITLE, "（合成）")
    assert shown[-1]["text/plain"] == (
        "多媒体教室和高于规定学历教师占最省方案费用的 77 %（合成）。标题。"
        "小学（万元）：高于规定学历教师 9.0，运动场馆 5.6；初中（万元）：多媒体教室 10.0。"
    )


def test_money_and_what_a_plan_may_cost_less(plan):
    assert plan_report.money(4_510_000) == "451.0 万元"
    assert plan_report.bound(0.00004) == "在所设单位成本和规则下没有更省的方案"
    assert plan_report.bound(0.00006) == "与理论下限的差距不超过 0.01 %"
    use("en")
    assert plan_report.money(4_510_000) == "4.510 million yuan"
    assert plan_report.money(56_400) == "56,000 yuan"


def test_assumptions_are_costs_with_their_unit_and_weights_of_pupils(shipped, shown):
    sources.assumptions_table(shipped, TITLE)
    first = [row[0] for row in cells(shown)]
    assert first[0] == "每百名学生高于规定学历教师数 30,000 元/人"
    assert {"九年一贯制学校 · 初中 · 每名学生计 1.1", "十二年一贯制学校 · 高中 · 每名学生计 1.32"} <= {*first}


@pytest.mark.parametrize(
    ("cv", "told"),
    [
        ([0.4994, 0.2], ["0.499", "0.200"]),
        ([0.4996, 0.2], ["0.4996", "0.2000"]),
        ([0.5, 0.2], ["0.500", "0.200"]),
        ([0.5004, 0.2], ["0.5004", "0.2000"]),
        ([0.2, 0.5004], ["0.200", "0.500"]),  # whose limit is 0.45
    ],
)
def test_a_coefficient_over_its_limit_is_not_printed_as_the_limit(verdict, shipped, shown, cv, told):
    rows = verdict.coefficients.iloc[[0, 7]].assign(cv=cv)
    assert rows["limit"].tolist() == [0.5, 0.45]
    report.coefficients_table(verdict._replace(coefficients=rows), shipped, TITLE)
    assert [row[3] for row in cells(shown)] == told


def test_a_limit_keeps_its_decimals(verdict, shipped, shown):
    rows = verdict.coefficients.iloc[[0, 7]].assign(limit=[0.455, 0.4])
    report.coefficients_table(verdict._replace(coefficients=rows), shipped, TITLE)
    assert [row[4] for row in cells(shown)] == ["0.455", "0.400"]


@pytest.mark.parametrize(("value", "told"), [(0.99996, "0.99996"), (1.0, "1"), (0.92307, "0.9231")])
def test_a_figure_that_misses_its_standard_is_not_printed_as_it(shipped, standard, shown, value, told):
    """Rooms for twelve classes, of which one is asked for."""
    judged = balance.evaluate_county(shipped.schools, shipped.answers[:0], standard, shipped.level_weights)
    rooms = judged.items["indicator"].eq("music-rooms-per-12-classes")
    items = judged.items[rooms].assign(value=value)
    assert items["threshold"].tolist() == [1.0]
    report.items_table(judged._replace(items=items), shipped, TITLE)
    assert cells(shown)[0][4].startswith(told + " ") or cells(shown)[0][4] == told


@pytest.mark.parametrize(
    ("floor", "teachers", "told"),
    [
        (85.0, 8.92, "84（低于标准的 85 %）"),
        (85.0, 8.94, "85（标准的 85 %–100 %）"),
        (84.7, 8.89, "84.6（低于标准的 84.7 %）"),
        (84.7, 8.90, "84.7（标准的 84.7 %–100 %）"),
        (84.7, 10.499, "99.9（标准的 84.7 %–100 %）"),
        (84.7, 10.5, "100，"),  # all are met, and nothing is said of it
    ],
)
def test_a_cell_of_the_heat_map_is_on_its_own_side_of_floor_and_threshold(
    standard, shown, floor, teachers, told
):
    """250 pupils need 10.5 teachers: 8.92 are 84.95 %, 8.94 85.1, 8.89 84.67 and 8.90 84.76 %."""
    is_floor = standard["indicator"].eq("remaining-indicator-floor")
    rules = standard.assign(threshold=standard["threshold"].mask(is_floor, floor))
    judged = balance.evaluate_schools(
        schools(school("1", students=250, teachers_above_degree=teachers)), rules
    )
    report.school_heat_map(judged, rules, TITLE)
    assert f"高于规定学历教师 {told}" in shown[0]["text/plain"]
