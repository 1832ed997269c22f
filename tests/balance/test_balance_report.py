"""A county's verdict and plan as tables: words in both languages, rows behind the figures."""

import pandas as pd

from balance_schools import school, schools
from plan_monitor import balance
from plan_monitor.balance.report import county as report
from plan_monitor.balance.report import plan as plan_report
from plan_monitor.balance.report import sources as balance_sources
from plan_monitor.milestones import report as milestones
from reportkit.language import use, using
from reportkit.table import TABLE, unpack
from traces import sources

TITLE = ("标题", "Title")


def texts(bundle):
    """The cells of a table, row by row."""
    return [[cell.text for cell in row] for row in unpack(bundle[TABLE])]


def test_every_state_has_words_in_both_languages():
    for table in (report.STATE, report.ASPECT, report.RESOURCE, milestones.STATE):
        assert all(zh and en and zh != en for zh, en in table.values())
    assert set(report.ASPECT) == set(balance.ASPECTS)
    assert list(report.RESOURCE) == balance.RESOURCES["indicator"].tolist()


def test_what_a_school_lacks_is_one_line(shown, standard):
    judged = balance.evaluate_schools(schools(school(sports_area=7000, pe_arts_teachers=7)), standard)
    short = balance.shortfall(judged, standard)
    report.schools_table(judged, short, TITLE)
    with using("en"):
        report.schools_table(judged, short, TITLE)
    assert texts(shown[0])[0][-1] == "体艺教师 −2 人；运动场馆 −500 平方米"
    assert texts(shown[1])[0] == [
        *("School 1", "primary", "1,000", "fails", "5/7"),
        "PE and arts teachers −2; sports area −500 m²",
    ]


def test_a_heat_map_does_not_round_a_miss_up(shown, standard):
    use("en")
    judged = balance.evaluate_schools(schools(school(sports_area=7499, teaching_area=3824)), standard)
    report.school_heat_map(judged, standard, TITLE)
    text = shown[0]["text/plain"]
    assert "sports area 99 (85 % to 100 % of it)" in text  # 99.99 %
    assert "teaching area 84 (below 85 % of it)" in text  # 84.98 %
    assert "equipment 100," in text


def test_why_there_is_no_plan_is_told_in_words(shown, shipped, standard):
    use("en")
    costs = shipped.unit_costs.assign(unit_cost=float("nan"))
    plan = balance.cheapest_plan(schools(school("1", sports_area=10), school("2")), standard, costs)
    plan_report.obstacles_table(plan, shipped, TITLE)
    assert [[row[0], row[3]] for row in texts(shown[0])] == [
        ["School 1", "below the floor, and nothing can be added"],
        ["whole county", "coefficient over its limit, and nothing can be added"],
    ]


def test_only_coefficients_in_the_way_name_no_school(shown, shipped, standard):
    costs = shipped.unit_costs.assign(unit_cost=float("nan"))
    plan = balance.cheapest_plan(schools(school("1"), school("2", sports_area=99_999)), standard, costs)
    plan_report.obstacles_table(plan, shipped, TITLE)
    assert texts(shown[0])[0][0] == "全县"


def test_tables_carry_the_rows_behind_them(shown, shipped, standard):
    use("en")
    verdict = balance.evaluate_county(shipped.schools, shipped.answers, standard, shipped.level_weights)
    report.items_table(verdict, shipped, TITLE)
    assert sources(shown[0])[0]["Standard"] == ["std-019"]
    levels = balance.split_levels(shipped.schools, shipped.level_weights)
    plan = balance.cheapest_plan(levels, standard, shipped.unit_costs)
    plan_report.plan_table(plan, shipped.unit_costs, shipped, TITLE, ["edu-balanced"])
    first = sources(shown[1])[0]
    assert first["Unit cost (yuan)"] == ["cost-above-degree"]
    assert first["To add"] == ["cost-above-degree", "edu-balanced"]
    balance_sources.assumptions_table(shipped, TITLE)
    assert ["cost-sports-area"] in [row["Figure"] for row in sources(shown[2])]
    assert "Default assumptions on unit costs" in shown[2]["text/plain"]


def test_figures_of_tables_stay_numbers(shown, shipped, standard):
    levels = balance.split_levels(shipped.schools, shipped.level_weights)
    plan = balance.cheapest_plan(levels, standard, shipped.unit_costs)
    verdict = balance.evaluate_county(shipped.schools, shipped.answers, standard, shipped.level_weights)
    plan_report.plan_table(plan, shipped.unit_costs, shipped, TITLE)
    report.coefficients_table(verdict, shipped, TITLE)
    price = next(unpack(shown[0][TABLE]))[3]
    assert (price.text, price.value) == ("30,000/人", 30_000)
    assert all(cell.value is not None for row in unpack(shown[1][TABLE]) for cell in row[3:])


def test_the_plan_of_the_sample_county_is_within_a_thousandth(shipped, standard):
    levels = balance.split_levels(shipped.schools, shipped.level_weights)
    plan = balance.cheapest_plan(levels, standard, shipped.unit_costs)
    assert plan.possible
    assert plan.gap <= 1e-3
    assert (balance.evaluate_schools(plan.schools, standard)["status"] == "passes").all()
    assert (balance.coefficients(plan.schools, standard)["state"] == "met").all()


def test_a_school_without_an_english_name_keeps_its_own():
    use("en")
    named = pd.DataFrame({"name_zh": ["城关小学"], "name_en": [None]})
    assert report.school_names(named).tolist() == ["城关小学"]


def test_money_is_in_the_unit_of_each_language_and_a_gap_that_prints_as_nothing_is_none():
    assert plan_report.money(4_510_000) == "451.0 万元"
    none = "在所设单位成本和规则下没有更省的方案"
    assert [plan_report.bound(gap) for gap in (0.0, 0.00004, 0.0006)] == [
        *(none, none, "与理论下限的差距不超过 0.06 %"),
    ]
    assert report.amount(0, "sports-area-per-student") == "–"
    assert report.amount(1805.0, "sports-area-per-student") == "1,805 平方米"
    with using("en"):
        assert plan_report.money(4_510_000) == "4.510 million yuan"


def test_a_school_at_its_threshold_has_a_hundred_and_one_at_the_floor_is_near(shown, standard):
    judged = balance.evaluate_schools(schools(school("1", sports_area=6375), school("2")), standard)
    report.school_heat_map(judged, standard, TITLE)
    text = shown[0]["text/plain"]
    assert text.startswith("2 个校×学段中 2 个达标，运动场馆不足的最多，1 个")
    assert "运动场馆 85（标准的 85 %–100 %）" in text and "教学用房 100" in text


def test_a_school_level_without_pupils_is_not_among_those_drawn(shown, standard):
    judged = balance.evaluate_schools(schools(school("1"), school("2", students=0)), standard)
    report.school_heat_map(judged, standard, TITLE)
    assert shown[0]["text/plain"].startswith("1 个校×学段中 1 个达标。")
