"""Tables, charts and the first page on monitoring, worked by hand: shares, bounds, titles, money, steps."""

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
from reportkit.table import TABLE, unpack

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
    assert report.assumed(lines, shipped) == "按假设的监测线 6,000 元、收入降幅 30 %，"
    published = lines.assign(document="edu-3y")
    assert report.assumed(published, shipped) == ""


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
    leading.first_page(right, "2023", shipped.monitoring_lines[:0], True, False, shipped, False, [])
    assert any("按名单入户" in step for step in shown[0][BRIEF]["steps"]) == visit


def test_the_commonest_reason_is_the_title_of_a_chart_and_none_is_drawn_of_nobody(sample, shown):
    leading.reasons_chart(sample[0], "2023", "", ["x"])
    assert shown[0]["text/plain"] == (
        "最多的原因是因病（医疗支出），55 户。2023 年各原因的户数，隐去的不画。因病（医疗支出）：55；收入偏低：52；"
        "经营净收入减少：38；因学（教育支出）：26；工资性收入减少：25；因灾因意外：8。"
    )
