"""What was and what may come of a fund, as tables and charts: bars or lines, decimals, years that are over."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from fund_rows import row, rows, years
from plan_monitor import fund
from plan_monitor.fund import report
from reportkit.language import use, using
from reportkit.table import TABLE, unpack

TITLE = ("标题", "Title")
SMALL = years([100.4, 110, 121, 133.1], [50, 60, 72, 86.4], scheme="residents")


def table(bundle):
    return [[cell.text for cell in one] for one in unpack(bundle[TABLE])]


def projected(reserves, spent=120.0, first=2025, over=0, unit="亿元", carried=0):
    """Paths of reserves at the end of each year (a list each), against the same expenditure in all."""
    balance = np.array(reserves, dtype=float).T
    flows = np.full(balance.shape, spent)
    start = pd.Series({"year": first - 1, "balance": 100.0, "carried": carried})
    ahead = list(range(first, first + balance.shape[1]))
    return fund.Projection(
        unit, start, ahead, flows + 1, flows, balance, pd.DataFrame(), borrowed=False, over=over
    )


def spread(middle, width):
    """A thousand paths evenly around a middle."""
    return (middle + width * np.linspace(-1, 1, 1001)).tolist()


@pytest.mark.parametrize(
    ("count", "drawn"),
    [
        (1, "收入（万元）：2020 100.4；支出（万元）：2020 50。"),
        (2, "收入（万元）：2020 100.4，2021 110；支出（万元）：2020 50，2021 60。"),
        (3, "收入与支出（万元） – 收入：2020 100.4，2021 110，2022 121 | 支出：2020 50，2021 60，2022 72；"),
    ],
)
def test_accounts_of_one_or_two_years_are_bars_and_of_more_lines(shown, count, drawn):
    report.accounts_chart(fund.indicators(SMALL.head(count)), TITLE)
    assert drawn in shown[0]["text/plain"]


@pytest.mark.parametrize(
    ("income", "balance", "zh", "en"),
    [
        (
            110.25,
            75.0,
            "多 10.25 万元，结余可支付 9.0 个月",
            "0.1025 million yuan above expenditure, the reserve worth 9.0 months",
        ),
        (
            100.0,
            0.0,
            "多 0 万元，结余可支付 0.0 个月",
            "0.00 million yuan above expenditure, the reserve worth 0.0 months",
        ),
        (90.5, -5.0, "少 9.5 万元", "0.095 million yuan below expenditure"),
        (90.5, float("nan"), "少 9.5 万元", "0.095 million yuan below expenditure"),
    ],
)
def test_the_title_of_the_accounts_is_what_was_left_of_the_newest(shown, income, balance, zh, en):
    fund_rows = rows(row(2024, income, 100, balance, scheme="residents"))
    for lang in ("zh", "en"):
        with using(lang):
            report.accounts_chart(fund.indicators(fund_rows), TITLE)
    assert shown[0]["text/plain"].startswith(f"2024 年收入比支出{zh}。")
    assert shown[1]["text/plain"].startswith(f"Income of 2024 was {en}. ")


def test_the_reserve_in_a_title_includes_personal_accounts_where_it_does(shown):
    report.accounts_chart(fund.indicators(SMALL.assign(scheme="employees").tail(1)), TITLE)
    assert "结余可支付 41.1 个月（含个人账户）。" in shown[0]["text/plain"]


def test_people_and_money_per_head_have_their_own_decimals(shown):
    counted = SMALL.assign(enrollees=[1.0, 1.1, 1.25, 1.3], workers=3.0, retirees=0.9)
    report.heads_table(fund.indicators(counted), TITLE)
    assert table(shown[0])[1:3] == [
        ["2021", "1.1", "10.0", "3.33", "100", "-0.4", "55", "9.1"],
        ["2022", "1.25", "13.6", "3.33", "97", "-3.2", "58", "5.6"],
    ]


def test_what_is_unusual_is_named_by_its_figures(shown):
    marked = SMALL.assign(
        one_off=[None, "income expenditure", None, "enrollees"], new_scope=[None, "balance", "income", None]
    )
    report.accounts_table(fund.indicators(marked), TITLE)
    assert [line[-1] for line in table(shown[0])] == [
        *("–", "收入和支出异常，不参与拟合；累计结余口径变化", "收入口径变化", "参保人数异常，不参与拟合")
    ]
    assert table(shown[0])[0][1:5] == ["100.4", "50.0", "50.4", "150.4"]


def test_sources_name_the_region_where_there_are_several(shipped, shown):
    local = shipped.fund[shipped.fund["id"].eq("fund-baoshan-2021-residents-final")]
    other = shipped.fund[shipped.fund["id"].eq("fund-cn-2022-residents-final")]
    report.fund_sources(local, shipped, TITLE)
    report.fund_sources(pd.concat([local, other]), shipped, TITLE)
    alone, both = (table(one) for one in shown)
    assert alone[0][0].startswith("居民医保 2021（决算 · ")
    assert both[0][0].startswith("保山市 居民医保 2021（决算 · ")
    assert both[1][0].startswith("全国 居民医保 2022（决算 · ")
    assert "，累计结余 54,527 万元" in alone[0][0]


def test_what_a_projection_rests_on_has_its_own_decimals(shown):
    fits = pd.DataFrame(
        {
            **{"growth": [1.26, -3.04], "own": [4.44, 5.55], "spread": [3.33, 2.26], "lasting": [0.456, 0.5]},
            **{"df": [5.6, 12.4], "points": [5, 6], "rates": [4, 5], "correlation": [np.nan, 0.26]},
            **{"correlation_low": [np.nan, -0.14], "correlation_high": [np.nan, 0.55]},
            **{"one_off": [(), (2020, 2022)], "new_scope": [(2019,), ()]},
        },
        index=["people", "income"],
    )
    result = replace(projected([spread(80, 30)]), fits=fits)
    report.fits_table(result, TITLE)
    assert table(shown[0]) == [
        ["参保人数", "1.3", "4.4", "3.3", "0.46", "–", "5", "6", "–", "2019"],
        ["人均收入", "-3.0", "5.6", "2.3", "0.50", "0.3（-0.1 至 0.6）", "6", "12", "2020, 2022", "–"],
    ]
    use("en")
    report.fits_table(result, TITLE)
    assert table(shown[1])[1][5] == "0.3 (-0.1 to 0.6)"
    assert (result.rates, replace(result, borrowed=True).carries) == (4, False)


@pytest.mark.parametrize(
    ("over", "zh", "en"),
    [
        (2024, None, None),
        (2025, "2025", "2025"),
        (2026, "2025–2026", "2025–2026"),
        (2027, "2025–2027", "2025–2027"),
    ],
)
def test_years_that_are_over_are_told(over, zh, en):
    result = projected([spread(80, 30)] * 3, over=over)
    said = [] if zh is None else [f"{zh} 年已经过去，账目没有收录，图中只有推算的中位数。"]
    assert report.start_words(result) == said
    use("en")
    said = (
        []
        if en is None
        else [f"Of {en}, already over, no accounts are on record; the chart has only the median estimate."]
    )
    assert report.start_words(result) == said


def test_a_reserve_that_is_carried_on_says_since_when():
    result = projected([spread(80, 30)], carried=2)
    assert report.start_words(result) == ["累计结余最近公布于 2022 年，此后各年按收入减支出接续。"]
    use("en")
    assert report.start_words(result) == [
        "The reserve was last published for 2022; income minus expenditure carries it on from there."
    ]


KNOWN = rows(
    *(row(2020 + n, 130.0, 120.0, 64.25 + 10 * n, scheme="residents", unit="亿元") for n in range(5))
)


def test_a_fan_has_its_range_in_the_years_to_come_alone_and_its_title_the_last_of_them(shown):
    """Reserves of 80 ± 40 and 60 ± 50 of 120 a year: 8 ± 4 months at 80 %, then 6 ± 4."""
    result = projected([spread(90, 20), spread(80, 40), spread(60, 50)], over=2025)
    report.fan_chart(fund.indicators(KNOWN), result, TITLE)
    text = shown[0]["text/plain"]
    assert text.startswith("2027 年末可支付月数的 80 % 区间是 2 至 10 个月。标题")
    assert "预测中位数：2025 90，2026 80，2027 60 (80 % 20–100)" in text
    assert "公布的账目：2020 64，2021 74，2022 84，2023 94，2024 104；" in text
    assert "公布的账目：2020 6.4，2021 7.4，2022 8.4，2023 9.4，2024 10.4" in text
    use("en")
    report.fan_chart(fund.indicators(KNOWN), result, TITLE)
    text = shown[1]["text/plain"]
    assert text.startswith("The 80 % range of the reserve at the end of 2027 is 2 to 10 months. Title")
    assert "published accounts: 2020 6, 2021 7, 2022 8, 2023 9, 2024 10;" in text


def test_a_small_fund_has_a_decimal_of_its_millions_in_english(shown):
    """In 万元 a Chinese report counts whole ones; a million yuan are a hundred of them."""
    small = KNOWN.assign(unit="万元")
    result = projected([spread(90, 20), spread(80, 40)], unit="万元")
    report.fan_chart(fund.indicators(small), result, TITLE)
    assert "公布的账目：2020 64，2021 74，" in shown[0]["text/plain"]
    use("en")
    report.fan_chart(fund.indicators(small), result, TITLE)
    assert "published accounts: 2020 0.6, 2021 0.7, " in shown[1]["text/plain"]


def test_a_wide_range_is_told_in_whole_months(shown):
    """Reserves of 604 ± 461 of 120 a year: 60 ± 37 months at 80 %."""
    report.fan_chart(fund.indicators(KNOWN), projected([spread(604, 461)]), TITLE)
    assert shown[0]["text/plain"].startswith("2025 年末可支付月数的 80 % 区间是 24 至 97 个月。")


def test_the_middle_alone_has_no_range(shown):
    result = projected([spread(90, 20), spread(80, 40)])
    report.fan_chart(fund.indicators(KNOWN), result, TITLE, "按近年增速")
    text = shown[0]["text/plain"]
    assert text.startswith("按近年增速，2026 年末结余可支付 8 个月。标题")
    assert "按近年增速：2025 90，2026 80；" in text and "80 %" not in text
    use("en")
    report.fan_chart(fund.indicators(KNOWN), result, TITLE, "as in recent years")
    assert shown[1]["text/plain"].startswith("The reserve at the end of 2026, as in recent years: 8 months. ")


def test_derived_reserves_are_not_said_to_be_published(shown):
    """A derived income with a published reserve leaves its curve published."""
    result = projected([spread(80, 30)])
    soft = KNOWN.assign(basis=["derived", *["final"] * 4])
    report.fan_chart(fund.indicators(soft), result, TITLE)
    report.fan_chart(fund.indicators(soft.assign(balance=[np.nan, 74, 84, 94, 104])), result, TITLE)
    assert "公布和推算的账目：" in shown[0]["text/plain"] and "公布的账目：" in shown[1]["text/plain"]


def test_chances_are_drawn_in_the_middle_of_their_tenth(shown):
    """In a year a fifth of the paths are short, then half; a tenth of the reserves is used up in the second."""
    flows = np.full((10, 3), 120.0)
    income = flows + 1
    income[:2, 0] = income[2:5, 2] = 110
    balance = np.full((10, 3), 50.0)
    balance[0, 1:] = -1
    start = pd.Series({"year": 2024, "balance": 50.0, "carried": 0})
    result = fund.Projection(
        *("亿元", start, [2025, 2026, 2027], income, flows, balance, pd.DataFrame()), borrowed=False, over=0
    )
    report.chances_chart(result, TITLE)
    text = shown[0]["text/plain"]
    assert text.startswith("到 2027 年出现过当期赤字的概率 50–60 %，结余用尽的概率 10–20 %。")
    assert "已出现当期赤字：2025 25，2026 25，2027 55 | 累计结余已用尽：2025 5，2026 15，2027 15。" in text
    use("en")
    report.chances_chart(result, TITLE)
    assert shown[1]["text/plain"].startswith(
        "By 2027 the chance of a deficit is 50–60 %, of a reserve used up 10–20 %. "
    )


def test_stress_tests_stand_side_by_side(shipped, shown):
    stressed = pd.DataFrame(
        {
            **{"p_deficit": [0.31, 0.95, np.nan], "p_exhausted": [0.02, 0.45, np.nan]},
            **{"first_deficit": [np.nan, 2026.0, np.nan], "first_exhausted": [np.nan, np.nan, np.nan]},
            **{"reserve_months": [9.24, 5.06, np.nan], "reason": [None, None, "no_retirees"]},
        },
        index=["base", "stress-costs", "stress-ageing"],
    )
    report.stress_table(stressed, shipped.fund_scenarios, "按近年增速", 2027, "employees", TITLE)
    assert table(shown[0])[:2] == [
        ["按近年增速", "30–40 %", ">2027", "<10 %", ">2027", "9.2"],
        ["支出增速高1个百分点", ">90 %", "2026", "40–50 %", ">2027", "5.1"],
    ]
    assert table(shown[0])[2][0].endswith("（没有退休人数）") and table(shown[0])[2][1:] == ["–"] * 5
    report.stress_table(
        stressed, shipped.fund_scenarios, "按近年增速", 2027, "employees", TITLE, chances=False
    )
    assert table(shown[1])[:2] == [["按近年增速", "9.2"], ["支出增速高1个百分点", "5.1"]]


@pytest.mark.parametrize(
    ("passed", "zh", "en"),
    [
        (
            3,
            "最新账目是 2024 年的，此后已过去 3 年，",
            "The newest accounts are those of 2024, and 3 years have passed since",
        ),
        (
            2,
            "自身同口径的增速只有 3 个，少于 4 个，",
            "It has only 3 growth rates of one scope of its own, fewer than 4",
        ),
    ],
)
def test_why_there_is_no_probability_is_told(passed, zh, en):
    fits = pd.DataFrame({"rates": [3, 5]}, index=["income", "expenditure"])
    result = replace(projected([spread(80, 30)], over=2024 + passed), fits=fits)
    assert report.middle_words(result, "residents", "某市", "全国") == f"{zh}不给概率，只画中间路径。"
    use("en")
    said = report.middle_words(result, "residents", "A City", "China")
    assert said == f"{en}: no probability is given, only the middle path."
