"""The fund's tables and charts: units of both languages, warnings in words and colour, what is not known."""

import pandas as pd
import pytest

from plan_monitor.methods import fund
from plan_monitor.present import fund as report
from plan_monitor.present import fund_outlook as outlook
from traces import sources

TITLE = ("标题", "Title")


@pytest.fixture(scope="module")
def nation(shipped):
    return shipped.select(region="100000").fund


def of_scheme(rows, scheme):
    return rows[rows["scheme"] == scheme]


def cells(bundle, row):
    lines = [line for line in bundle["text/plain"].splitlines() if line.startswith("|")]
    found = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines]
    return next(line for line in found if line[0].startswith(row))


def test_money_is_counted_as_each_language_counts_and_keeps_every_digit():
    assert report.money(8183.02, "亿元", "zh") == "8,183.02 亿元"
    assert report.money(8183.02, "亿元", "en") == "818.302 billion yuan"
    assert report.money(186844.0, "万元", "en") == "1,868.44 million yuan"
    assert report.amount(float("nan"), "亿元", "en") == "–"


def test_chances_are_no_finer_than_the_paths_can_tell():
    said = [outlook.chance(p) for p in (0, 0.004, 0.006, 0.12, 0.994, 0.996, 1, float("nan"))]
    assert said == ["<1 %", "<1 %", "1 %", "12 %", "99 %", ">99 %", ">99 %", "–"]


def test_accounts_name_basis_breaks_and_the_rows_behind_them(nation, shown):
    report.accounts_table(fund.indicators(of_scheme(nation, "all")), "en", TITLE)
    assert cells(shown[0], "2020")[5:] == ["final", "unusual income, not fitted"]
    assert cells(shown[0], "2024")[4:6] == ["5,310.027", "final and derived"]
    assert cells(shown[0], "2019")[1] == "2,442.1"
    rows = sources(shown[0])
    assert rows[-1]["Reserve (billion yuan)"] == ["fund-cn-2024-all-final", "fund-cn-2024-all-derived"]


def test_a_column_that_would_say_nothing_is_left_out(nation, shown):
    report.accounts_table(fund.indicators(of_scheme(nation, "residents")), "zh", TITLE)
    assert "特殊之处" not in shown[0]["text/plain"]
    report.heads_table(fund.indicators(of_scheme(nation, "personal-accounts")), "zh", TITLE)
    assert shown[1]["text/plain"] == "**标题**：无数据。"
    report.heads_table(fund.indicators(of_scheme(nation, "employees")), "zh", TITLE)
    assert cells(shown[2], "2019")[1:4] == ["32,925", "4.0", "2.78"]


def test_warnings_are_said_in_words_and_marked_by_severity(shipped, shown):
    rows = fund.indicators(shipped.select(region="530500").fund)
    warned = fund.warn(of_scheme(rows, "residents"), shipped.fund_bands)
    report.warnings_table(warned, shipped.fund_bands, "zh", TITLE)
    assert cells(shown[0], "2020") == ["2020", "2.7 · 结余不足", "-0.4 · 当期赤字", "–"]
    html = shown[0]["text/html"]
    assert 'class="status-lost number short">2.7 · 结余不足' in html
    assert 'class="status-slow number short">3.8 · 低于正常区间' in html
    assert 'class="number short">–<' in html  # nothing to judge is no warning
    assert sources(shown[0])[0]["可支付月数"] == [
        "fund-baoshan-2020-residents-derived",
        "band-residents-short",
    ]


def test_a_ratio_without_a_line_says_so_and_still_shows_its_value(shipped, shown):
    rows = fund.indicators(shipped.select(region="530500").fund)
    report.warnings_table(
        fund.warn(of_scheme(rows, "employees"), shipped.fund_bands), shipped.fund_bands, "en", TITLE
    )
    assert cells(shown[0], "2021")[1] == "20.4 · no line"


def test_the_lines_say_where_they_are_from(shipped, shown):
    bands = shipped.fund_bands
    report.bands_table(bands[bands["scheme"] == "employees-pooled"], shipped, "en", TITLE)
    assert "Months in reserve: below 3 · reserve short · alarm" in shown[0]["text/plain"]
    assert "up to 9 · normal · ok" in shown[0]["text/plain"]
    assert "Press conference of the Ministry" in shown[0]["text/plain"]
    assert "assum" not in shown[0]["text/plain"].lower()
    report.bands_table(bands[bands["scheme"] == "residents"], shipped, "en", TITLE)
    assert shown[1]["text/plain"].count("Default assumptions") == 5


def test_months_show_what_is_known_and_a_dash_for_the_rest(nation, shown):
    report.months_table(fund.months(of_scheme(nation, "residents")), "zh", TITLE)
    known = ["449.33", "6.7", "6,185.27", "1.3", "829.37", "5.7", "6,607.48", "16.2"]
    assert cells(shown[0], "2023-08")[1:] == known
    assert cells(shown[0], "2023-10")[1:] == ["–", "–", "7,683.55", "–", "–", "–", "8,374.33", "–"]
    headings = shown[0]["text/plain"].splitlines()[2]
    assert len(set(headings.split("|"))) == len(headings.split("|")) - 1  # every heading but the two ends


def test_a_doubtful_row_is_greyed_among_the_accounts_that_do_not_add_up(nation, shown):
    report.broken_table(fund.check_accounts(nation), "en", TITLE)
    assert cells(shown[0], "basic medical insurance (all) · 2021 · preliminary")[0].endswith("C doubtful")
    assert shown[0]["text/html"].count('class="grade-c"') == 1
    assert "new scope" in shown[0]["text/plain"] or "scope changed" in shown[0]["text/plain"]


def test_the_fan_says_the_reserve_that_was_and_the_median_that_may_come(nation, shown):
    rows = of_scheme(nation, "residents")
    result = fund.project(rows, 3)
    outlook.fan_chart(fund.indicators(rows), result, "zh", TITLE)
    said = shown[0]["text/plain"]
    assert "公布的账目：2021 6,717，2022 7,534，2023 7,664，2024 8,183" in said
    median = result.quantiles("balance")["median"].round()
    assert f"预测中位数：2025 {median[2025]:,.0f}，2026 {median[2026]:,.0f}，2027 {median[2027]:,.0f}" in said
    assert shown[0]["image/png"]


def test_stress_tests_that_cannot_run_say_why_and_years_beyond_the_end_say_later(shipped, nation, shown):
    rows = of_scheme(nation, "residents")
    stressed = fund.stress(rows, shipped.fund_scenarios, 3)
    outlook.stress_table(stressed, shipped.fund_scenarios, 2027, "en", TITLE)
    ageing = cells(shown[0], "retirees up 0.5 points a year")
    assert ageing == ["retirees up 0.5 points a year (retirees are not known)", *["–"] * 5]
    assert cells(shown[0], "payment reform")[4] == ">2027"
    assert cells(shown[0], "as in recent years")[2] == "2027"


def test_causes_in_points_add_up_to_the_growth(shown):
    total = pd.Series([100.0, 120.0], index=[2020, 2021])
    factors = pd.DataFrame({"people": [10.0, 11.0], "per_head": [10.0, 120 / 11]}, index=[2020, 2021])
    parts = fund.decompose(total, factors)
    outlook.causes_table(parts, "en", TITLE)
    row = cells(shown[0], "2020–2021")
    assert len(row) == 4  # no column for a rest of nothing
    assert float(row[1]) == 20.0
    assert float(row[2]) + float(row[3]) == pytest.approx(20.0, abs=0.11)
    outlook.causes_chart(parts, "zh", TITLE)
    assert "人数（百分点）：2020–2021 10.5；人均支出（百分点）：2020–2021 9.5" in shown[1]["text/plain"]


def test_the_growth_behind_a_projection_names_the_years_left_out(nation, shown):
    outlook.fits_table(fund.project(of_scheme(nation, "all"), 2), "en", TITLE)
    assert cells(shown[0], "Income per head")[5:] == ["2020", "–"]
    outlook.fits_table(fund.project(of_scheme(nation, "employees"), 2), "zh", TITLE)
    assert cells(shown[1], "人均支出")[5:] == ["–", "2019"]


def test_sources_print_each_row_with_its_figures_basis_and_grade(shipped, shown):
    rows = report.used_rows(shipped, "530500", ["residents"], "2025")
    report.fund_sources(rows, shipped, "en", TITLE)
    said = shown[0]["text/plain"]
    assert "residents' insurance 2020 (derived · B): income 1,663.20 million yuan" in said
    assert "enrolment 2.3133 million persons" in said
    assert [row["Figure"] for row in sources(shown[0])] == [
        ["fund-baoshan-2020-residents-derived"],
        ["fund-baoshan-2021-residents-final"],
    ]
