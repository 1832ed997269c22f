"""A county's verdict and plan as tables: words in both languages, rows behind the figures."""

import re

import pandas as pd
import pytest

from balance_schools import school, schools
from plan_monitor import balance
from plan_monitor.balance import Plan, Verdict
from plan_monitor.balance.report import county as report
from plan_monitor.balance.report import plan as plan_report
from plan_monitor.balance.report import sources as balance_sources
from plan_monitor.milestones import report as milestones
from reportkit.language import use, using
from reportkit.table import CHART, TABLE, unpack
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


def headings(bundle):
    return bundle[TABLE]["headings"]


PASSING = pd.DataFrame(
    [("schools", 39, 2, 1, 42, "fails"), ("veto", 5, 0, 1, 6, "open"), ("recognition", 1, 0, 0, 1, "passes")],
    columns=["aspect", "met", "not_met", "open", "total", "status"],
)


def verdict_of(coefficients=None, aspects=PASSING, items=None):
    return Verdict("fails", aspects, None, coefficients, items)


def marks(bundle):
    """The classes of the cells of a table that say more than that they are figures."""
    return re.findall(r'class="[^"]*?((?:status-\w+)|no-data)', bundle["text/html"])


def test_aspects_stand_with_their_counts_and_the_colour_of_their_state(shown):
    report.aspects_table(verdict_of(), TITLE)
    with using("en"):
        report.aspects_table(verdict_of(), TITLE)
    assert headings(shown[0]) == ["方面", "判断", "总数", "达到", "未达到", "未答或缺数据"]
    assert texts(shown[0])[0] == ["学校资源（校×学段）", "未达标", "42", "39", "2", "1"]
    assert marks(shown[0]) == ["status-lost", "no-data", "status-achieved"]
    assert texts(shown[1])[1:] == [
        ["Veto situations (met: none)", "open", "6", "5", "0", "1"],
        ["Public recognition", "passes", "1", "1", "0", "0"],
    ]


def coefficients_of(*rows):
    columns = ["indicator", "level", "schools", "mean", "deviation", "cv", "limit", "state"]
    return pd.DataFrame(rows, columns=columns)


TEACHERS, AREA, EQUIPMENT = (
    "backbone-teachers-per-100",
    "sports-area-per-student",
    "equipment-value-per-student",
)
COEFFICIENTS = coefficients_of(
    (EQUIPMENT, "primary", 7, 100.0, 50.4, 0.504, 0.5, "not_met"),
    (AREA, "junior", 6, 99.994, 10.125, 0.10125, 0.45, "met"),
    (TEACHERS, "junior", 5, 1.25, 0.5625, 0.45, 0.45, "open"),
)


def test_means_from_a_hundred_on_have_no_decimals_and_smaller_ones_two(shown, shipped):
    report.coefficients_table(verdict_of(COEFFICIENTS), shipped, TITLE)
    rows = texts(shown[0])
    assert [row[1:] for row in rows] == [
        ["小学", "未达到", "0.504", "0.50", "100 元/生", "50", "7"],
        ["初中", "达到", "0.101", "0.45", "99.99 平方米/生", "10.13", "6"],
        ["初中", "待定", "0.450", "0.45", "1.25 人/百名学生", "0.56", "5"],
    ]
    assert shown[0][TABLE]["mixed"] == [6]
    assert headings(shown[0])[3:] == ["差异系数", "限值", "全县均值", "标准差", "学校数"]


@pytest.mark.parametrize(
    ("lang", "title"),
    [("zh", "2 项差异系数中 1 项超过限值（合成）"), ("en", "1 of 2 coefficients over their limit（合成）")],
)
def test_open_coefficients_are_neither_over_their_limit_nor_counted(shown, shipped, lang, title):
    use(lang)
    report.coefficients_chart(verdict_of(COEFFICIENTS), shipped, TITLE, "（合成）")
    assert shown[0][CHART]["title"] == title
    figures = [row[-1] for row in unpack(shown[0][CHART])]
    assert [cell.text for cell in figures][:2] == ["0.504", "0.101"]
    assert {"zh": "超过", "en": "over the limit"}[lang] in shown[0]["text/plain"]
    report.coefficients_chart(verdict_of(COEFFICIENTS[:0]), shipped, TITLE)
    assert shown[1]["text/plain"] == {"zh": "**标题**：无数据。", "en": "**Title**: no data."}[lang]


def test_what_all_schools_lack_is_added_up_by_level_and_resource(shown, shipped, standard):
    rows = schools(
        school("1", sports_area=7000, pe_arts_teachers=7),
        school("2", sports_area=6000),
        school("3", "junior", sports_area=10_000, equipment_value=2_400_000),
    )
    report.shortfall_table(
        balance.shortfall(balance.evaluate_schools(rows, standard), standard), shipped, TITLE
    )
    assert [row[1:] for row in texts(shown[0])] == [
        ["小学", "1", "2 人", "1 人"],
        ["小学", "2", "2,000 平方米", "375 平方米"],
        ["初中", "1", "200 平方米", "–"],
        ["初中", "1", "100,000 元", "–"],
    ]
    assert headings(shown[0])[2:] == ["不足的学校", "补到标准共缺", "补到余项下限共缺"]


def test_only_schools_that_do_not_pass_are_listed_each_with_its_own(shown, standard):
    judged = balance.evaluate_schools(
        schools(
            school("9", sports_area=6000),
            school("1"),
            school("3", teaching_area=None, students=999.6),
            school("2", "junior", 100, sports_area=0),
        ),
        standard,
    )
    report.schools_table(judged, balance.shortfall(judged, standard), TITLE)
    assert texts(shown[0]) == [
        ["学校9", "小学", "1,000", "未达标", "6/7", "运动场馆 −1,500 平方米"],
        ["学校3", "小学", "1,000", "待定", "6/7", "–"],
        ["学校2", "初中", "100", "未达标", "6/7", "运动场馆 −1,020 平方米"],
    ]
    assert marks(shown[0]) == ["status-lost", "no-data", "status-lost"]
    assert shown[0]["text/html"].count('class="number short"') == 6  # pupils and what is met of seven
    assert headings(shown[0])[0] == "学校" and headings(shown[0])[2:] == [
        "学生",
        "判断",
        "达标项",
        "离标准还缺",
    ]


def test_schools_of_one_name_are_told_apart_by_their_codes(shown, standard):
    pair = [school(code, sports_area=6500) | {"name_zh": "城关小学"} for code in ("1", "2")]
    other = school("3", "junior") | {"name_zh": "城关小学"}  # of another level, and so another block
    judged = balance.evaluate_schools(schools(*pair, other), standard)
    report.school_heat_map(judged, standard, TITLE, "（合成）")
    rows = {cell.text for row in unpack(shown[0][CHART]) for cell in row}
    assert {"城关小学 1", "城关小学 2", "城关小学"} <= rows
    assert shown[0][CHART]["title"] == "3 个校×学段中 3 个达标，运动场馆不足的最多，2 个（合成）"
    with using("en"):
        report.school_heat_map(judged, standard, TITLE)
    assert shown[1][CHART]["title"] == "3 of 3 school levels pass, most (2) are short of sports area"


def test_of_resources_that_as_many_are_short_of_the_first_of_the_rule_book_is_named(shown, standard):
    judged = balance.evaluate_schools(
        schools(school(teachers_above_degree=40, backbone_teachers=9)), standard
    )
    report.school_heat_map(judged, standard, TITLE)
    assert shown[0][CHART]["title"] == "1 个校×学段中 0 个达标，高于规定学历教师不足的最多，1 个"
    nobody = balance.evaluate_schools(schools(school(students=0)), standard)
    report.school_heat_map(nobody, standard, TITLE)
    assert shown[1]["text/plain"] == "**标题**：无数据。"


def test_a_figure_that_is_missing_is_called_so_and_colours_begin_at_the_floor(shown, standard):
    use("en")
    judged = balance.evaluate_schools(
        schools(school(sports_area=None, teaching_area=3825, backbone_teachers=8.49)), standard
    )
    report.school_heat_map(judged, standard, TITLE)
    text = shown[0]["text/plain"]
    assert "sports area – (no figure)" in text and "teaching area 85 (85 % to 100 % of it)" in text
    assert "backbone teachers 84 (below 85 % of it)" in text


def test_items_stand_with_their_article_demand_figure_and_source(shown, shipped, standard):
    columns = [
        "item",
        "indicator",
        "level",
        "threshold",
        "comparator",
        "id",
        "value",
        "answer",
        "source",
        "state",
    ]
    known = standard.set_index("id")
    rows = []
    for number, (value, answer, source, state) in {
        "std-024": (0.96, None, "schools", "not_met"),
        "std-030": (44.0, None, "schools", "met"),
        "std-058": (90.5, None, "answers", "met"),
        "std-061": (None, "yes", "answers", "not_met"),
        "std-064": (None, None, None, "unanswered"),
    }.items():
        own = known.loc[number]
        fixed = [own[name] for name in columns[:5]]
        rows.append((*fixed, number, value, answer, source, state))
    items = pd.DataFrame(rows, columns=columns).astype({"value": float})
    report.items_table(verdict_of(items=items), shipped, TITLE)
    with using("en"):
        report.items_table(verdict_of(items=items), shipped, TITLE)
    assert headings(shown[0]) == ["条目", "指标", "判断", "标准", "现状", "依据"]
    assert [row[2:] for row in texts(shown[0])] == [
        ["未达到", "≥ 1 间/12个班级", "0.96 间/12个班级", "由学校数据算出"],
        ["达到", "≤ 45 人", "44 人", "由学校数据算出"],
        ["达到", "≥ 85 %", "90.5 %", "答卷"],
        ["未达到", "–", "是", "答卷"],
        ["未答", "–", "–", "–"],
    ]
    assert [" · 小学" in row[1] for row in texts(shown[0])] == [False, True, False, False, False]
    assert texts(shown[0])[0][0] == known.at["std-024", "item"]
    assert texts(shown[1])[3][2:] == ["not met", "–", "yes", "answer"]


def planned(*rows):
    """A plan that adds to schools: code, level, indicator, addition, cost."""
    added = pd.DataFrame(rows, columns=["code", "level", "indicator", "addition", "cost"])
    added = added.assign(name_zh="学校" + added["code"], name_en="School " + added["code"])
    nothing = pd.DataFrame(columns=["code", "level", "indicator"])
    cost = float(added["cost"].sum())
    return Plan(added, nothing, None, cost, cost, nothing)


@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("zh", "骨干教师和运动场馆占最省方案费用的 94 %（合成）"),
        ("en", "Backbone teachers and sports area take 94 % of the cheapest plan（合成）"),
    ],
)
def test_a_plan_is_called_by_the_two_resources_that_take_most_of_it(shown, lang, title):
    """700 000 and 240 000 of a million; of equal ones the first is named."""
    use(lang)
    rows = [("1", "junior", AREA, 400.0, 240_000.0), ("1", "primary", TEACHERS, 20.0, 400_000.0)]
    rows += [("2", "primary", TEACHERS, 15.0, 300_000.0), ("2", "primary", EQUIPMENT, 60_000.0, 60_000.0)]
    plan = planned(*rows)
    plan_report.plan_chart(plan, TITLE, "（合成）")
    assert shown[0][CHART]["title"] == title
    figures = {(row[0].text, row[1].text): row[2].text for row in unpack(shown[0][CHART])}
    pair = report.RESOURCE[TEACHERS][lang == "en"], report.LEVEL["primary"][lang == "en"]
    assert figures[pair] == {"zh": "70.0", "en": "700,000"}[lang]
    plan_report.plan_chart(plan._replace(additions=plan.additions[:0]), TITLE)
    assert shown[1]["text/plain"] == {"zh": "**标题**：无数据。", "en": "**Title**: no data."}[lang]


def test_resources_that_take_as_much_are_named_as_they_come(shown):
    rows = [("1", "primary", name, 1.0, 50.0) for name in (EQUIPMENT, AREA, TEACHERS)]
    plan_report.plan_chart(planned(*rows), TITLE)
    assert shown[0][CHART]["title"] == "教学设备和运动场馆占最省方案费用的 67 %"


def test_what_each_school_gets_stands_with_its_cost_the_dearest_first(shown):
    rows = [("5", "primary", TEACHERS, 2.0, 40_000.0), ("3", "junior", AREA, 50.0, 30_000.0)]
    rows += [("2", "primary", AREA, 40.0, 30_000.0), ("5", "primary", AREA, 1000.0, 600_000.0)]
    waived = pd.DataFrame(
        [("5", "primary", EQUIPMENT), ("7", "primary", AREA)], columns=["code", "level", "indicator"]
    )
    plan = planned(*rows)._replace(waived=waived)
    plan_report.plan_by_school_table(plan, TITLE)
    with using("en"):
        plan_report.plan_by_school_table(plan, TITLE)
    assert headings(shown[0]) == ["学校", "学段", "费用（万元）", "追加", "可暂缓的一项"]
    assert texts(shown[0]) == [
        ["学校5", "小学", "64.0", "骨干教师 +2 人；运动场馆 +1,000 平方米", "教学设备"],
        ["学校3", "初中", "3.0", "运动场馆 +50 平方米", "–"],
        ["学校2", "小学", "3.0", "运动场馆 +40 平方米", "–"],
    ]
    assert texts(shown[1])[0] == [
        "School 5",
        "primary",
        "0.640",
        "backbone teachers +2; sports area +1,000 m²",
        "equipment",
    ]


def test_what_the_plan_adds_in_all_stands_by_resource_with_its_price(shown, shipped):
    rows = [("1", "primary", AREA, 400.0, 240_000.0), ("2", "junior", AREA, 50.0, 30_000.0)]
    rows += [("1", "primary", TEACHERS, 2.0, 41_000.0)]
    costs = shipped.unit_costs.assign(unit_cost=[30_000.0, 20_500.0, 1.0, 3000.0, 600.0, 1.0, 5.0])
    plan_report.plan_table(planned(*rows), costs, shipped, TITLE)
    found = [row[1:5] for row in texts(shown[0])]
    assert found == [["2 人", "1", "20,500/人", "4.1"], ["450 平方米", "2", "600/平方米", "27.0"]]
    assert headings(shown[0])[1:5] == ["追加", "学校数", "单位成本（元）", "费用（万元）"]


def test_the_rule_book_stands_with_its_thresholds_and_their_places(shown, shipped, standard):
    rows = standard[standard["id"].isin(["std-009", "std-030", "std-061"])]
    balance_sources.rule_book_table(rows, shipped, TITLE)
    (first, second, third) = texts(shown[0])
    names = shipped.indicators.set_index("id")["name_zh"]
    indicator = rows.set_index("id")["indicator"]
    assert first[0] == f"{names[indicator['std-009']]} · 小学 ≥ 7.5 平方米/生"
    assert second[0] == f"{names[indicator['std-030']]} · 小学 ≤ 45 人"
    assert third[0].startswith(names[indicator["std-061"]]) and not re.search(r"\d", third[0])
    balance_sources.assumptions_table(shipped, TITLE)
    told = [row[0] for row in texts(shown[1])]
    assert len(told) == len(shipped.unit_costs) + len(shipped.level_weights)
    assert told[-1].endswith(f"每名学生计 {shipped.level_weights['weight'].iloc[-1]:g}")
    use("en")
    balance_sources.assumptions_table(shipped, TITLE)
    assert texts(shown[2])[-1][0].endswith(f"a pupil counts {shipped.level_weights['weight'].iloc[-1]:g}")


@pytest.mark.parametrize(
    ("lang", "yuan", "told"),
    [
        ("zh", 1_234_567_000.0, "123,456.7 万元"),
        ("zh", 4_510_400.0, "451.0 万元"),
        ("en", 1_234_567_890_000.0, "1,234.567890 billion yuan"),
        ("en", 4_510_000.0, "4.510 million yuan"),
    ],
)
def test_money_is_counted_in_ten_thousands_or_in_millions_of_yuan(lang, yuan, told):
    use(lang)
    assert plan_report.money(yuan) == told


@pytest.mark.parametrize(
    ("gap", "zh", "en"),
    [
        (0.00004, "没有更省的方案", "no plan costs less"),
        (0.00005, "不超过 0.01 %", "more than 0.01 % less"),
        (0.0004, "不超过 0.04 %", "more than 0.04 % less"),
        (0.05123, "不超过 5.12 %", "more than 5.12 % less"),
    ],
)
def test_what_a_cheaper_plan_might_save_is_told_to_a_hundredth_of_a_percent(gap, zh, en):
    assert plan_report.bound(gap).endswith(zh)
    use("en")
    assert plan_report.bound(gap).endswith(en)


def test_the_resource_that_most_are_short_of_is_named_and_pupils_are_counted_one_by_one(shown, standard):
    judged = balance.evaluate_schools(
        schools(
            school("1", students=1234, sports_area=8000, teaching_area=5000),
            school("2", sports_area=7000, equipment_value=1_900_000),
        ),
        standard,
    )
    report.school_heat_map(judged, standard, TITLE)
    assert shown[0][CHART]["title"] == "2 个校×学段中 0 个达标，运动场馆不足的最多，2 个"
    report.schools_table(judged, balance.shortfall(judged, standard), TITLE)
    assert [row[2] for row in texts(shown[1])] == ["1,234", "1,000"]


def test_what_takes_nearly_all_of_a_plan_does_not_take_all_of_it(shown):
    """99 700 of 100 000; of two resources alone it is all."""
    rows = [("1", "primary", AREA, 1.0, 60_000.0), ("1", "primary", TEACHERS, 1.0, 39_700.0)]
    plan_report.plan_chart(planned(*rows, ("2", "primary", EQUIPMENT, 1.0, 300.0)), TITLE)
    plan_report.plan_chart(planned(*rows), TITLE)
    assert [one[CHART]["title"][-6:] for one in shown] == ["99.7 %", " 100 %"]
