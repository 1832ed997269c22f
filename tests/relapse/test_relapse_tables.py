"""Tables, charts and the first page on monitoring, worked by hand: shares, bounds, titles, money, steps."""

import dataclasses
import math

import numpy as np
import pandas as pd
import pytest

from plan_monitor import relapse
from plan_monitor.relapse import Within
from plan_monitor.relapse.report import groups as report
from plan_monitor.relapse.report import leading
from plan_monitor.relapse.report import risk as risk_report
from reportkit.brief import BRIEF
from reportkit.language import use
from reportkit.table import CHART, TABLE, unpack

TITLE = ("标题", "Title")
HOUSEHOLD = {"region": "R", "status": "other", "members": 1}
HOUSEHOLD |= dict.fromkeys((*relapse.SOURCES, *relapse.SPENDING), 0.0) | {"business": 1000.0}


def cells(shown):
    """The rows of the table shown last, below its headings."""
    return [[cell.text for cell in row] for row in unpack(shown[-1][TABLE])]


def released(poor, *years):
    """Of each year 18 households, so many of T1 poor: they have 5 000 yuan each, the others 9 000."""
    rows = []
    for year, number in zip(years, poor, strict=True):
        wages = [4000.0] * number + [8000.0] * (18 - number)
        rows += [
            HOUSEHOLD | {"period": year, "code": f"H{n}", "township": "T1" if n < 12 else "T2", "wage": wage}
            for n, wage in enumerate(wages)
        ]
    return relapse.release(relapse.classify(pd.DataFrame(rows), 6000.0), years[-1])


@pytest.fixture(scope="module")
def release():
    return released([6], "2023")


def test_income_a_head_and_what_each_source_is_of_it(release, shown):
    """8 000 of 9 000 are 88.9 %; of all, 6 · 4 000 and 12 · 8 000 of wages are 6 667 a head, 87.0 % of 7 667."""
    report.income_table(release, TITLE)
    assert cells(shown) == [
        ["无需监测", "9,000 元", "88.9", "11.1", "0.0", "0.0"],
        ["边缘易致贫户", "5,000 元", "80.0", "20.0", "0.0", "0.0"],
        ["全部农户", "7,667 元", "87.0", "13.0", "0.0", "0.0"],
    ]


def test_shares_of_two_years_are_bars_and_of_three_a_course(shown):
    report.years_chart(released([6, 9], "2022", "2023"), TITLE)
    report.years_chart(released([6, 9, 0], "2021", "2022", "2023"), TITLE, "（合成）")
    two, three = (bundle["text/plain"] for bundle in shown)
    assert two.startswith("应纳入监测的占比：2022 年 33.3 %，2023 年 50.0 %。标题。")
    assert "边缘易致贫户（%）：2022 33.3，2023 50.0" in two
    assert three.startswith("应纳入监测的占比：2021 年 33.3 %，2022 年 50.0 %，2023 年 0.0 %（合成）。")
    assert "占全部农户（%） – " in three and "边缘易致贫户：2021 33.3，2022 50.0，2023 0.0" in three


def test_townships_in_which_nobody_is_to_be_monitored_are_not_where_to_begin(release):
    assert report.foremost(release).to_dict() == {"T1": 50.0}


def test_guarantees_unmet_are_counts_or_stars(release, shown):
    unmet = pd.Series({"school": 7.0, "water": math.nan})
    report.guarantees_table(release._replace(guarantees=unmet), TITLE)
    assert cells(shown) == [["义务教育", "7"], ["饮水安全", "＊"]]


def test_a_watch_list_has_the_first_households_with_their_income_and_risk(shown):
    rows = pd.DataFrame(
        {
            "code": ["H1", "H2", "H3"],
            "township": "T1",
            "group": ["none", "hardship", "none"],
            "reason": [None, "education", None],
            "net_income": [28693.4, 7207.5, 1.0],
            "line": 7000.0,
            "risk": [5.04, math.nan, 1.0],
        }
    )
    report.watch_list(rows, 2, TITLE)
    assert cells(shown) == [
        ["H1", "T1", "无需监测", "", "28,693", "5.0"],
        ["H2", "T1", "突发严重困难户", "因学（教育支出）", "7,208", "–"],
    ]


def test_lines_stand_with_their_loss_and_their_rows(shipped, shown):
    lines = shipped.nearest("monitoring_lines", "990001")
    report.lines_table(lines, shipped, TITLE)
    assert [row[:3] for row in cells(shown)] == [
        ["2021", "6,000 元", "30 %"],
        ["2022", "6,500 元", "30 %"],
        ["2023", "7,000 元", "30 %"],
    ]


def test_classes_of_risk_are_called_by_their_bounds_and_the_unknown_only_where_there_are_some(shown):
    chances = pd.Series([0.0] * 6 + [0.015] * 7 + [0.3] * 8 + [np.nan] * 9)
    risk_report.bands_table(relapse.bands(chances, False), TITLE)
    all_known = cells(shown)[:-1]
    assert all_known == [
        ["< 1 %", "6"],
        ["1 %–2 %", "7"],
        ["2 %–5 %", "0"],
        ["5 %–10 %", "0"],
        ["10 %–20 %", "0"],
        ["≥ 20 %", "8"],
    ]
    assert cells(shown)[-1] == ["不知道（劳动力或患病人数未填）", "9"]
    risk_report.bands_table(relapse.bands(chances.dropna(), False), TITLE)
    assert cells(shown) == all_known


def test_a_blow_takes_income_away_and_adds_to_spending(shown):
    blows = pd.DataFrame({"newly": [12.0, math.nan], "lacking": [34567.8, math.nan]}, ["wage", "medical"])
    risk_report.shocks_table(blows, 20.0, TITLE)
    assert cells(shown) == [["工资性收入 −20 %", "12", "34,568"], ["医疗支出 +20 %", "＊", "＊"]]


def test_effects_are_sure_below_five_percent_and_not_at_it(shown):
    """p-values of 0.0004, 0.2 and just 0.05: one of three factors goes with the risk."""
    effects = pd.DataFrame(
        {
            "effect": [-1.5, 0.25, 2.0],
            "lower": [-2.0, -0.5, 1.0],
            "upper": [-1.0, 1.0, 3.0],
            "p_value": [0.0001, 0.2, 0.03],
            "p_holm": [0.0004, 0.2, 0.05],
        },
        index=["margin", "ill", "lifted"],
    )
    risk = relapse.Risk(effects, 100, 20, pd.Series(dtype=float))
    risk_report.effects_table(risk, TITLE)
    assert [row[1:] for row in cells(shown)] == [
        ["-1.50", "-2.00 至 -1.00", "< 0.001"],
        ["+0.25", "-0.50 至 +1.00", "0.200"],
        ["+2.00", "+1.00 至 +3.00", "0.050"],
    ]
    effects["p_holm"] = [0.001, 0.2, 0.04]
    risk_report.effects_table(risk, TITLE)
    assert [row[3] for row in cells(shown)] == ["0.001", "0.200", "0.040"]
    risk_report.effects_chart(risk, TITLE)
    assert shown[-1]["text/plain"].startswith("3 个因素中 2 个与风险有关联。标题。")
    effects["p_holm"] = [0.001, 0.2, 0.05]
    risk_report.effects_chart(risk, TITLE)
    assert shown[-1]["text/plain"].startswith("3 个因素中 1 个与风险有关联。标题。")


def test_a_trial_is_counts_in_whole_households_and_figures_with_their_ends(shown):
    """In one of two classes what was foreseen lies between the ends; 29.4 foreseen households are 29."""
    classes = {"first": [1, 5], "last": [4, 10], "households": [40, 60], "relapsed": [5, 20]}
    classes |= {
        "expected": [12.5, 40.0],
        "observed": [12.5, 33.3],
        "lower": [5.0, 22.0],
        "upper": [25.0, 39.9],
    }
    told = (Within(0.8, 0.7, 0.9), 0.1234, 0.2, Within(0.2, 0.02, 0.4), Within(1.0, 0.5, 1.5))
    trial = relapse.Trial("2022", 100, 25, 29.4, *told, pd.DataFrame(classes))
    risk_report.trial_table(trial, TITLE)
    values = [
        "100",
        "25",
        "29",
        "0.80（0.70—0.90）",
        "0.123 / 0.200",
        "0.20（0.02—0.40）",
        "1.00（0.50—1.50）",
    ]
    assert [row[1] for row in cells(shown)] == values
    risk_report.calibration_chart(trial, TITLE)
    assert shown[-1]["text/plain"] == (
        "2 组中 1 组的预测在实际的 95 % 区间之内。标题。"
        "1–4 预测 12.5、实际 12.5（5.0 – 25.0）；5–10 预测 40.0、实际 33.3（22.0 – 39.9）。"
    )


def test_what_all_lack_is_money_as_each_language_counts_it(release):
    """Six households lack 1 000 yuan each; nothing is said of money where nobody lacks any."""
    zh, _ = leading.needed_words(release, ("某县", "a county"), "")
    assert zh == (
        "某县，6 户应纳入监测。把他们都补到监测线（突发严重困难户按刚性支出之后计），共缺 0.6 万元。"
    )
    assert leading.needed_words(release._replace(lacking=0.0), ("某县", "a county"), "")[0].endswith("监测。")
    assert leading.money(1_294_000) == "129.4 万元"
    use("en")
    assert leading.money(1_294_000) == "1.294 million yuan"


@pytest.fixture(scope="module")
def sample(shipped):
    lines = shipped.nearest("monitoring_lines", "990001")
    given = (lines.set_index("period")[name] for name in ("line", "loss"))
    return relapse.release(relapse.classify(shipped.households, *given), "2023"), lines.tail(1)


def test_a_first_page_has_its_figures_and_steps_in_their_order(sample, shipped, shown):
    release, lines = sample
    leading.first_page(release, "2023", lines, True, True, shipped, True, ["synthetic-households"])
    told = shown[0][BRIEF]
    assert [(fact["label"], fact["figure"]) for fact in told["facts"]] == [
        ("脱贫不稳定户", "61 户"),
        ("边缘易致贫户", "55 户"),
        ("突发严重困难户", "97 户"),
        ("应监测而未在册", "21 户"),
        ("在册而不达条件", "22 户"),
        ("补到监测线共缺", "129.4 万元"),
    ]
    assert told["steps"] == [
        "各乡镇下次集中排查时按名单入户：应监测而未在册 21 户，在册而不达条件 22 户。",
        "排查先从监测对象占比最高的乡镇开始：T12（18.8 %）、T08（12.8 %）、T11（11.2 %）。",
        "医保和民政部门会同乡镇逐户核对最多的原因，定帮扶措施：因病（医疗支出），55 户。",
        "各乡镇补报 2024 年以来的农户收支：最新为 2023 年，不能推算风险。",
        "县农业农村部门提供公布的 2023 年监测线，替换假设的 7,000 元，重新判断。",
    ]


@pytest.mark.parametrize(
    ("missed", "outdated", "visit"), [(0.0, 0.0, False), (0.0, 5.0, True), (5.0, 0.0, True)]
)
def test_a_register_that_is_right_is_no_reason_to_visit(release, shipped, shown, missed, outdated, visit):
    right = release._replace(missed=missed, outdated=outdated)
    leading.first_page(right, "2023", shipped.monitoring_lines.tail(1), True, False, shipped, False, [])
    assert any("按名单入户" in step for step in shown[0][BRIEF]["steps"]) == visit


def test_the_commonest_reason_is_the_title_of_a_chart_and_none_is_drawn_of_nobody(sample, shown):
    leading.reasons_chart(sample[0], "2023", "", ["x"])
    assert shown[0]["text/plain"] == (
        "最多的原因是因病（医疗支出），55 户。2023 年各原因的户数，隐去的不画。因病（医疗支出）：55；收入偏低：52；"
        "经营净收入减少：38；因学（教育支出）：26；工资性收入减少：25；因灾因意外：8。"
    )


def headings(shown):
    return shown[-1][TABLE]["headings"]


def plotted(shown):
    """The figures of the chart shown last, by its rows: names and figure."""
    return [[cell.text for cell in row] for row in unpack(shown[-1][CHART])]


def test_counts_stand_under_their_groups_without_rows_of_nobody(release, shown):
    report.counts_table(release.townships, {"T2": ("乙乡", "Second")}, TITLE, ("乡镇", "Township"))
    assert headings(shown) == ["乡镇", *(report.GROUP[name][0] for name in (*relapse.GROUPS, "total"))]
    assert cells(shown) == [
        ["T1", "6", "0", "6", "0", "12"],
        ["乙乡", "6", "0", "0", "0", "6"],
        ["total", "12", "0", "6", "0", "18"],
    ]
    use("en")
    only = ("marginal", "hardship")
    report.counts_table(release.townships, {"T1": ("甲", "First")}, TITLE, ("乡镇", "Township"), only)
    assert headings(shown) == ["Township", *(report.GROUP[name][1] for name in only)]
    assert cells(shown) == [["First", "6", "0"], ["total", "6", "0"]]


def test_a_hidden_count_is_a_star_and_nobody_a_zero():
    assert [report.count(number) for number in (math.nan, 0.0, 5.0, 1234.0)] == ["＊", "0", "5", "1,234"]


@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("zh", "监测对象占比最高的是 T1，33.3 %（合成）"),
        ("en", "The largest share, 33.3 %, is in T1（合成）"),
    ],
)
def test_a_map_of_townships_is_called_by_the_first_of_them(shown, lang, title):
    """Of 12 in T1 four would be hidden, so three groups of 18 each: 6 of 18, 5 of 20, none of 7."""
    columns = [*relapse.GROUPS, "total"]
    rows = {
        "T3": [7, 0, 0, 0, 7],
        "T2": [15, 0, 5, 0, 20],
        "T1": [12, 6, 0, 0, 18],
        "total": [34, 6, 5, 0, 45],
    }
    townships = pd.DataFrame.from_dict(rows, orient="index", columns=columns, dtype=float)
    use(lang)
    told = released([6], "2023")._replace(townships=townships)
    assert report.foremost(told).round(2).to_dict() == {"T1": 33.33, "T2": 25.0}
    report.townships_heat_map(told, ("各乡镇", "Townships"), "（合成）", ["x"])
    assert shown[0][CHART]["title"] == title
    named = {cell.text for row in unpack(shown[0][CHART]) for cell in row}
    assert {"T1（18）", "T2（20）", "T3（7）"} <= named or {"T1 (18)", "T2 (20)", "T3 (7)"} <= named
    nobody = told._replace(townships=townships.assign(none=townships["total"], unstable=0.0, marginal=0.0))
    report.townships_heat_map(nobody, ("各乡镇", "Townships"))
    assert shown[1][CHART]["title"] == {"zh": "各乡镇", "en": "Townships"}[lang]


def test_where_no_share_may_be_told_the_chart_of_years_is_called_by_what_it_shows(shown):
    use("en")
    report.years_chart(released([3], "2023"), ("占比", "Share"), " (made up)")
    assert shown[0]["text/plain"] == "**Share (made up)**: no data."
    report.years_chart(released([6, 9, 7], "2021", "2022", "2023"), ("占比", "Share"))
    assert shown[1]["text/plain"].startswith("Share to be monitored: 2021 33.3 %, 2022 50.0 %, 2023 38.9 %. ")
    assert "share of all households" in shown[1]["text/plain"]


@pytest.mark.parametrize(
    ("lang", "title", "poor"),
    [
        ("zh", "监测对象比全部农户少得最多的是工资性收入（合成）", "边缘易致贫户"),
        ("en", "Those to be monitored lack most of wages（合成）", "marginal"),
    ],
)
def test_what_those_to_be_monitored_lack_most_of_is_above_the_bars(release, shown, lang, title, poor):
    use(lang)
    report.income_chart(release, ("来源", "Sources"), "（合成）")
    assert shown[0][CHART]["title"] == title
    figures = {(row[0], row[1]): row[2] for row in plotted(shown)}
    assert figures[poor, report.SOURCE["wage"][lang == "en"]] == "4,000"
    nobody = released([0], "2023")
    report.income_chart(nobody, ("来源", "Sources"))
    assert shown[1][CHART]["title"] == {"zh": "来源", "en": "Sources"}[lang]


def test_a_line_that_is_assumed_is_said_with_its_fall_before_the_verdict(shipped):
    lines = shipped.nearest("monitoring_lines", "990001").assign(loss=[25.0, 35.0, 30.0])
    assert report.assumed(lines.iloc[[1]], shipped) == "按假设的监测线 6,500 元、收入降幅 35 %，"
    assert report.assumed(lines.iloc[[1]].assign(document="edu-3y"), shipped) == ""
    assert report.assumed(lines[:0], shipped) == ""
    use("en")
    told = report.assumed(lines.iloc[[0]], shipped)
    assert told == "by an assumed line of 6,000 yuan and an assumed fall of 25 %, "


def test_headings_of_tables_on_households_are_of_their_columns(release, shipped, shown):
    use("en")
    report.income_table(release, TITLE)
    heads = ["Households", "Net income per head", "Wages, %", "Business, %", "Property, %", "Transfers, %"]
    assert headings(shown) == heads
    report.guarantees_table(release._replace(guarantees=pd.Series({"water": 7.0})), TITLE)
    assert (headings(shown), cells(shown)) == (["Guarantee", "Households without it"], [["safe water", "7"]])
    lines = shipped.nearest("monitoring_lines", "990001")
    report.lines_table(lines, shipped, TITLE)
    heads = ["Year", "Line (net income per head)", "Severe loss (fall)", "Document", "Place in the document"]
    assert set(headings(shown)) <= {*heads, "Note"}
    assert [cell.ids for cell in next(unpack(shown[-1][TABLE]))[1:3]] == [[lines["id"].iloc[0]]] * 2


def test_effects_are_told_in_both_languages_with_their_signs(shown):
    columns = ["effect", "lower", "upper", "p_value", "p_holm"]
    effects = pd.DataFrame([[-0.346, -1.0, 0.004, 0.06, 0.123]], ["ill"], columns)
    risk = relapse.Risk(effects, 100, 20, pd.Series(dtype=float))
    use("en")
    risk_report.effects_table(risk, TITLE)
    assert headings(shown)[0] == "Step (all else equal)"
    assert headings(shown)[-1] == "p-value (Holm, 1 tests)"
    assert cells(shown) == [["one more ill or disabled member", "-0.35", "-1.00 to +0.004", "0.123"]]
    assert shown[0]["text/html"].count('class="number short"') == 3
    risk_report.effects_chart(risk, TITLE, " (made up)")
    assert shown[1]["text/plain"].startswith("0 of 1 factors go with the risk (made up). Title.")
    assert plotted(shown) == [["one more ill or disabled member", "-0.35 (-1.00 to +0.004)"]]


@pytest.fixture
def trial():
    """Two classes, in the first of which 40 households were foreseen too many."""
    classes = {"first": [1, 10], "last": [9, 10], "households": [1400, 60], "relapsed": [5, 20]}
    classes |= {
        "expected": [12.54, 40.0],
        "observed": [8.25, 33.3],
        "lower": [5.0, 22.0],
        "upper": [12.53, 40.0],
    }
    told = (Within(0.8, math.nan, math.nan), 0.1234, 0.2, Within(0.2, 0.02, 0.4), Within(1.0, 0.5, 1.5))
    return relapse.Trial("2022", 1460, 25, 29.4, *told, pd.DataFrame(classes))


def test_a_trial_in_english_says_how_to_read_each_figure(trial, shown):
    use("en")
    risk_report.trial_table(trial, TITLE)
    assert headings(shown) == ["Item", "Value", "How to read it"]
    rows = {row[0]: row[1:] for row in cells(shown)}
    assert rows["Households"] == ["1,460", ""]
    assert rows["Discrimination, AUC (95 % interval)"] == ["0.80", "0.5 is chance, 1 is perfect"]
    assert rows["Calibration slope (95 % interval)"][0] == "1.00 (0.50–1.50)"
    assert shown[0][TABLE]["mixed"] == [1]
    assert shown[0]["text/html"].count('class="number short"') == 7


def test_classes_of_a_trial_are_counts_and_shares_with_their_ends(trial, shown):
    risk_report.calibration_table(trial, TITLE)
    assert cells(shown) == [
        ["1–9", "1,400", "12.54", "8.25", "5.00 – 12.53"],  # what is outside is not printed as inside
        ["10", "60", "40.00", "33.30", "22.00 – 40.00"],
    ]
    assert shown[0]["text/html"].count('class="number short"') == 8
    use("en")
    risk_report.calibration_table(trial, TITLE)
    tenth = "Tenth (rising risk)"
    assert headings(shown) == [tenth, "Households", "Foreseen, %", "Happened, %", "95 % interval"]
    risk_report.calibration_chart(trial, TITLE, " (made up)")
    assert shown[-1]["text/plain"] == (
        "In 1 of 2 classes the share foreseen lies in the 95 % interval of what happened (made up). Title. "
        "1–9 foreseen 12.54, happened 8.25 (5.00 – 12.53); 10 foreseen 40.00, happened 33.30 (22.00 – 40.00)."
    )
    happened = "happened (95 % interval)"
    assert plotted(shown) == [
        *(["1–9", happened, "8.25"], ["1–9", "foreseen", "12.54"]),
        *(["10", happened, "33.30"], ["10", "foreseen", "40.00"]),
    ]


BY_CHANCE = "，在检验年的随机波动范围之内"
MORE = "，不止是检验年的随机波动，也可能来自估计误差"


@pytest.mark.parametrize(
    ("expected", "events", "large", "verdict"),
    [
        (12.4, 400, (0.1, 2.0), "总数低估约 97 %" + MORE),
        (1200.0, 10, (-2.0, -0.1), "总数高估约 11,900 %" + MORE),
        (40.0, 50, (0.0, 0.6), "总数低估约 20 %" + BY_CHANCE),
        (50.0, 40, (-0.6, 0.0), "总数高估约 25 %" + BY_CHANCE),
        (40.0, 50, (-0.1, 0.1), "总数低估约 20 %" + BY_CHANCE),
        (40.0, 50, (0.001, 0.1), "总数低估约 20 %" + MORE),
        (40.4, 40, (-0.1, 0.1), "总数相符"),
        (40.4, 40, (0.1, 0.2), "总数相符"),
    ],
)
def test_a_total_is_right_or_too_low_or_too_high_and_chance_may_be_why(
    trial, shown, expected, events, large, verdict
):
    tried = trial._replace(expected=expected, events=events, large=Within(0.0, *large))
    risk_report.total_foreseen(tried, "（合成）")
    foreseen = report.count(relapse.counted(expected))
    assert shown[0]["text/plain"] == (
        f"检验年合计（合成）：模型预测约 {foreseen} 户，实际 {events} 户，{verdict}。"
    )


@pytest.mark.parametrize(("expected", "events"), [(0.0, 6), (6.0, 0), (3.0, 6), (6.0, 3), (0.0, 0)])
def test_nothing_is_said_of_totals_that_are_nothing_or_hidden(trial, shown, expected, events):
    risk_report.total_foreseen(trial._replace(expected=expected, events=events))
    assert shown == []


def test_verdicts_on_totals_in_english(trial, shown):
    use("en")
    chance, more = "which chance in that year may make", "more than chance in that year makes; the error of"
    for expected, large, verdict in (
        (40.0, (-1.0, 1.0), f"about 20 % too few in total, {chance}."),
        (60.0, (-1.0, -0.5), f"about 20 % too many in total, {more} the estimate may be why."),
        (50.0, (0.1, 0.2), "which is right in total."),
    ):
        tried = trial._replace(expected=expected, events=50, large=Within(0.0, *large))
        risk_report.total_foreseen(tried)
        assert shown[-1]["text/plain"].endswith(f" and there were 50: {verdict}")


def test_few_cases_are_said_to_be_few_and_why_there_is_no_model(shown):
    risk = relapse.Risk(pd.DataFrame(), 1000, 60, pd.Series(dtype=float))
    risk_report.few_cases(risk)
    assert shown == []
    risk_report.few_cases(risk._replace(events=59))
    assert shown[0]["text/plain"].startswith("落入（或未落入）监测范围的农户平均到每个因素不足 10 户：")
    without = relapse.Evaluation(None, None, {"risk": "unknown", "trial": "one_year"})
    risk_report.why_no(without, "risk")
    assert shown[1]["text/plain"] == "没有风险模型：劳动力人数和患病人数未填。"
    use("en")
    risk_report.why_no(without, "trial")
    assert shown[2]["text/plain"].startswith(
        "No trial out of sample: only two years of figures, so one change"
    )
    risk_report.few_cases(risk._replace(events=59))
    assert shown[3]["text/plain"].startswith("For each factor, fewer than ten households came to need")


def test_made_up_households_are_called_so_with_the_note_of_their_document_if_it_has_one(shipped, shown):
    made_up = shipped.households
    for note, told in (("甲。", "合成的**：甲。。因此"), (None, "合成的**。因此本节的关联")):
        documents = shipped.documents.assign(note_zh=note)
        risk_report.only_runs(made_up, dataclasses.replace(shipped, documents=documents))
        assert told in shown[-1]["text/plain"]
    use("en")
    documents = shipped.documents.assign(note_en="Drawn")
    risk_report.only_runs(made_up, dataclasses.replace(shipped, documents=documents))
    assert shown[-1]["text/plain"].startswith("**The households of this section are made up**: Drawn. So its")
    real = dataclasses.replace(shipped, documents=shipped.documents.assign(type="statistics"))
    risk_report.only_runs(made_up, real)
    assert len(shown) == 3


def test_classes_of_risk_and_blows_in_english(shown):
    use("en")
    risk_report.bands_table(
        relapse.bands(pd.Series([0.3] * 8 + [0.005] * 7 + [0.06] * 6 + [np.nan] * 9), False), TITLE
    )
    assert headings(shown) == ["Risk of needing monitoring within a year", "Households"]
    assert [row for row in cells(shown) if row[1] != "0"] == [
        *(["< 1 %", "7"], ["5 %–10 %", "6"], ["≥ 20 %", "8"]),
        ["not known (workers or ill members empty)", "9"],
    ]
    blows = pd.DataFrame({"newly": [12.0, 5.0], "lacking": [34567.8, 7.0]}, ["transfer", "disaster"])
    risk_report.shocks_table(blows, 12.5, TITLE)
    assert headings(shown)[0] == "Scenario" and len(headings(shown)) == 3
    assert cells(shown) == [
        ["transfers −12.5 %", "12", "34,568"],
        ["spending on disasters and accidents +12.5 %", "5", "7"],
    ]


def test_a_hidden_number_of_those_whose_risk_is_not_known_stays_a_star(shown):
    chances = pd.Series([0.3] * 8 + [0.005] * 7 + [np.nan] * 3)
    risk_report.bands_table(relapse.bands(chances, False), TITLE)
    assert cells(shown)[-1] == ["不知道（劳动力或患病人数未填）", "＊"]


@pytest.mark.parametrize(
    ("lang", "yuan", "told"),
    [
        ("zh", 123_456_789.0, "12,345.7 万元"),
        ("zh", 6000.0, "0.6 万元"),
        ("en", 12_345_678_900.0, "12.345679 billion yuan"),
        ("en", 6000.0, "6,000 yuan"),
    ],
)
def test_money_is_counted_in_ten_thousands_or_in_millions(lang, yuan, told):
    use(lang)
    assert leading.money(yuan) == told


def test_what_all_lack_is_told_in_english_however_little(release):
    lead = ("某县", "a county")
    use("en")
    told = "a county: by a line, 6 households need monitoring. To bring them up to the line (those in sudden"
    full = leading.needed_words(release, lead, "by a line, ")[1]
    assert full == told + " hardship after their spending) takes 6,000 yuan."
    assert "takes" in leading.needed_words(release._replace(lacking=0.5), lead, "")[1]
    assert "takes" not in leading.needed_words(release._replace(lacking=math.nan), lead, "")[1]


def page(shown):
    told = shown[-1][BRIEF]
    return (
        told["answer"],
        [(fact["label"], fact["figure"], fact["word"]) for fact in told["facts"]],
        told["steps"],
    )


def test_a_first_page_in_english_has_the_same_figures_and_steps(sample, shipped, shown):
    release, lines = sample
    use("en")
    leading.first_page(release, "2023", lines, True, True, shipped, True, ["synthetic-households"])
    answer, facts, steps = page(shown)
    assert answer == (
        "Synthetic data: 213 of 3,000 households (7.1 %) need monitoring; 21 are not registered."
    )
    assert facts[2:] == [
        ("sudden hardship", "97", ""),
        ("Not registered", "21", ""),
        ("Registered without need", "22", ""),
        ("Shortfall to the line", "1.294 million yuan", "assumed line 7,000 yuan"),
    ]
    assert steps == [
        "Townships to visit, at the next round and by their own lists, 21 households not registered and 22 "
        "registered without need.",
        "Begin where the share of households to be monitored is largest: T12 (18.8 %), T08 (12.8 %), T11 (11.2 %).",
        "Have the insurance and civil affairs offices check the most common reason and decide on help: illness "
        "(medical spending), 55 households.",
        "Townships to report incomes since 2024: those of 2023 are too old for risks.",
        "Judge again with the line that the rural affairs office published, not the assumed 7,000 yuan.",
    ]
    assert shown[-1][BRIEF]["limits"].startswith(
        "The households are synthetic, not real. Figures are of 2023."
    )
    assert shown[-1][BRIEF]["facts"][0]["ids"] == ["synthetic-households"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_without_a_register_and_with_a_published_line_less_is_said(sample, shipped, shown, lang):
    release, lines = sample
    use(lang)
    leading.first_page(release, "2023", lines.assign(document="edu-3y"), False, False, shipped, False, ["x"])
    answer, facts, steps = page(shown)
    assert (
        answer
        == {
            "zh": "3,000 户中 213 户（7.1 %）应纳入监测。",
            "en": "213 of 3,000 households (7.1 %) need monitoring.",
        }[lang]
    )
    assert [fact[2] for fact in facts] == [
        "",
        "",
        "",
        {"zh": "监测线 7,000 元", "en": "line 7,000 yuan"}[lang],
    ]
    assert len(steps) == 2
    limits = shown[-1][BRIEF]["limits"]
    assert limits.startswith({"zh": "数据为 2023 年。", "en": "Figures are of 2023. "}[lang])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_where_the_number_is_hidden_or_there_are_no_households_the_page_says_so(shipped, shown, lang):
    use(lang)
    lines = shipped.monitoring_lines.tail(1).assign(document="edu-3y")
    leading.first_page(released([3], "2023"), "2023", lines, False, False, shipped, False, ["x"])
    answer, facts, steps = page(shown)
    assert (
        answer
        == {
            "zh": "应纳入监测的户数太少，按披露规则隐去。",
            "en": "Too few households need monitoring for the number to be published.",
        }[lang]
    )
    assert "＊" in facts[1][1] and len(facts) == 3
    assert steps == []
    leading.first_page(None, "", lines, False, False, shipped, False, [])
    assert (
        page(shown)
        == {
            "zh": (
                "没有农户数据，无从判断。",
                [
                    ("农户数据", "没有", ""),
                    ("在册名单", "没有", ""),
                    ("要有的数字", "四项收入、刚性支出", ""),
                ],
                ["各乡镇填报农户四项收入和刚性支出，县农业农村部门填报监测线，即可判断。"],
            ),
            "en": (
                "Without household data nothing can be judged.",
                [
                    *(("Households", "none", ""), ("Register", "none", "")),
                    ("Figures needed", "income by source, spending", ""),
                ],
                [
                    "Townships to enter incomes by source and spending of households, the rural affairs office the "
                    "line."
                ],
            ),
        }[lang]
    )


def test_a_line_is_told_only_where_something_is_lacking_and_leads_to_its_row(release, shipped, shown):
    lines = shipped.monitoring_lines.tail(1)
    for lacking, told in ((0.5, True), (0.0, False), (math.nan, False)):
        leading.first_page(
            release._replace(lacking=lacking), "2023", lines, False, False, shipped, False, ["x"]
        )
        assert (len(page(shown)[1]) == 4) == told
    leading.first_page(release, "2023", lines, False, False, shipped, False, ["x"])
    assert lines["id"].item() in str(shown[-1])


def test_the_commonest_reason_in_english_and_one_that_is_hidden_is_not_drawn(sample, shown):
    use("en")
    leading.reasons_chart(sample[0], "2023", " (made up)", ["x"])
    assert shown[0][CHART]["title"] == "Most common reason: illness (medical spending), 55 (made up)"
    hidden = sample[0].reasons.copy()
    hidden.loc["medical", "total"] = math.nan
    leading.reasons_chart(sample[0]._replace(reasons=hidden), "2023", "", ["x"])
    assert shown[1][CHART]["title"] == "Most common reason: low income, 52"
    assert len(plotted(shown)) == 5


def test_a_line_is_told_to_the_yuan_wherever_it_stands(release, shipped, shown):
    lines = shipped.nearest("monitoring_lines", "990001").tail(1).assign(line=6543.0)
    assert report.assumed(lines, shipped).startswith("按假设的监测线 6,543 元、")
    report.lines_table(lines, shipped, TITLE)
    assert cells(shown)[0][1] == "6,543 元"
    leading.first_page(release, "2023", lines, False, False, shipped, False, ["x"])
    _, facts, steps = page(shown)
    assert facts[-1][2] == "假设的监测线 6,543 元"
    assert "替换假设的 6,543 元" in steps[-1]


@pytest.mark.parametrize(
    ("income", "printed"),
    [
        ([5999.4, 7207.5], ["5,999", "7,208"]),
        ([5999.6, 7207.5], ["5,999.6", "7,207.5"]),
        ([6000.0, 7207.5], ["6,000", "7,208"]),
        ([6000.04, 7207.5], ["6,000.04", "7,207.50"]),
    ],
)
def test_an_income_below_the_line_is_not_printed_as_the_line(shown, income, printed):
    """Of one year with a line of 6 000 yuan; the others of the column have as many decimals."""
    given = {"code": ["H1", "H2"], "township": "T1", "group": "none", "reason": None, "risk": 5.0}
    report.watch_list(pd.DataFrame(given | {"net_income": income, "line": 6000.0}), 2, TITLE)
    assert [row[4] for row in cells(shown)] == printed


def test_a_line_keeps_the_decimals_it_was_set_with(release, shipped, shown):
    lines = shipped.nearest("monitoring_lines", "990001").tail(1).assign(line=6543.21)
    assert "监测线 6,543.21 元" in report.assumed(lines, shipped)
    report.lines_table(lines, shipped, TITLE)
    assert cells(shown)[0][1] == "6,543.21 元"
    leading.first_page(release, "2023", lines, False, False, shipped, False, ["x"])
    _, facts, steps = page(shown)
    assert facts[-1][2] == "假设的监测线 6,543.21 元" and "替换假设的 6,543.21 元" in steps[-1]


@pytest.mark.parametrize(
    ("p", "printed"),
    [
        (0.0494, ["0.049", "0.200"]),
        (0.0496, ["0.0496", "0.2000"]),
        (0.05, ["0.050", "0.200"]),
        (0.0504, ["0.0504", "0.2000"]),
    ],
)
def test_a_p_value_below_five_percent_is_not_printed_as_five_percent(shown, p, printed):
    effects = {"effect": [2.0, 1.0], "lower": 1.0, "upper": 3.0, "p_value": 0.01, "p_holm": [p, 0.2]}
    risk = relapse.Risk(pd.DataFrame(effects, index=["ill", "lifted"]), 100, 20, pd.Series(dtype=float))
    risk_report.effects_table(risk, TITLE)
    assert [row[3] for row in cells(shown)] == printed


def test_a_small_effect_is_not_printed_as_none(shown):
    effects = {"effect": [0.004, -0.004, 0.0], "lower": [0.002, -0.006, -1.0], "upper": [0.006, -0.002, 1.0]}
    effects |= {"p_value": 0.01, "p_holm": 0.01}
    names = ["ill", "lifted", "margin"]
    risk = relapse.Risk(pd.DataFrame(effects, index=names), 100, 20, pd.Series(dtype=float))
    risk_report.effects_table(risk, TITLE)
    assert [row[1:3] for row in cells(shown)] == [
        ["+0.004", "+0.002 至 +0.01"],
        ["-0.004", "-0.01 至 -0.002"],
        ["0.000", "-1.00 至 +1.00"],  # of the same column
    ]


def test_figures_of_a_trial_are_on_their_own_side_of_what_they_are_held_against(trial, shown):
    """0.5 is chance, 0 is right in total, 1 is the right slope."""
    close = {
        "auc": Within(0.504, 0.496, 0.51),
        "large": Within(0.2, 0.004, 0.4),
        "slope": Within(0.996, 0.9, 1.0),
    }
    risk_report.trial_table(trial._replace(**close), TITLE)
    assert [row[1] for row in cells(shown) if "（" in row[1]] == [
        "0.504（0.496—0.51）",
        "0.20（0.004—0.40）",
        "0.996（0.90—1.00）",
    ]


@pytest.mark.parametrize(
    ("expected", "events", "told"), [(1003.0, 1000, "高估约 0.3 %"), (998.0, 1000, "低估约 0.2 %")]
)
def test_a_total_that_is_not_right_is_not_off_by_nothing(trial, shown, expected, events, told):
    risk_report.total_foreseen(trial._replace(expected=expected, events=events))
    assert f"总数{told}" in shown[0]["text/plain"]


@pytest.mark.parametrize(
    ("expected", "told"),
    [
        (4.94, ["4.9", "5.0 – 25.0"]),
        (4.96, ["4.96", "5.00 – 25.04"]),
        (5.0, ["5.0", "5.0 – 25.0"]),
        (25.03, ["25.0", "5.0 – 25.0"]),  # which is inside
        (25.049, ["25.05", "5.00 – 25.04"]),
        (25.06, ["25.1", "5.0 – 25.0"]),
    ],
)
def test_a_share_foreseen_outside_the_interval_is_not_printed_inside_it(trial, shown, expected, told):
    classes = {"expected": [expected], "observed": 12.0, "lower": 5.0, "upper": 25.04}
    one = trial.calibration.tail(1).assign(**classes)
    risk_report.calibration_table(trial._replace(calibration=one), TITLE)
    assert [cells(shown)[0][2], cells(shown)[0][4]] == told
    risk_report.calibration_chart(trial._replace(calibration=one), TITLE)
    assert shown[-1]["text/plain"].startswith(f"1 组中 {int(5 <= expected <= 25.04)} 组的预测在")


def test_few_of_many_households_are_not_told_as_a_share_of_nothing(release, shipped, shown):
    """5 of 20 000 are 0.025 %."""
    columns = [*relapse.GROUPS, "total"]
    rows = dict.fromkeys(["T1", "total"], (19_995, 0, 5, 0, 20_000))
    townships = pd.DataFrame.from_dict(rows, orient="index", columns=columns, dtype=float)
    years = townships.tail(1).rename(index={"total": "2023"})
    few = release._replace(townships=townships, years=years, needed=5.0)
    lines = shipped.nearest("monitoring_lines", "990001").tail(1)
    for lang, first, title in (
        ("zh", "20,000 户中 5 户（0.03 %）", "T1，0.03 %"),
        ("en", "5 of 20,000", "0.03 %, is in T1"),
    ):
        use(lang)
        leading.first_page(few, "2023", lines, False, False, shipped, False, ["x"])
        answer, _, steps = page(shown)
        assert answer.startswith(first) and "0.03 %" in answer
        assert any("0.03 %" in step for step in steps)
        report.townships_heat_map(few, TITLE)
        assert title in shown[-1][CHART]["title"]
        report.years_chart(few, TITLE)
        assert shown[-1][CHART]["title"].endswith(" 0.03 %")
