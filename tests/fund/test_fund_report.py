"""The fund's tables and charts: units of both languages, warnings in words and colour, what is not known."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examples import up_to
from plan_monitor import fund
from plan_monitor.fund import report
from plan_monitor.report.odds import likely
from reportkit.cited import unmarked
from reportkit.language import use
from reportkit.table import TABLE, unpack
from traces import sources

TITLE = ("标题", "Title")


@pytest.fixture(scope="module")
def nation(shipped):
    return shipped.select(region="100000").fund


def of_scheme(rows, scheme):
    return rows[rows["scheme"] == scheme]


def cells(bundle, row):
    lines = [line for line in bundle["text/plain"].splitlines() if line.startswith("|")]
    result = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines]
    return next(line for line in result if line[0].startswith(row))


def test_money_is_counted_as_each_language_counts_and_keeps_every_digit():
    assert report.money(8183.02, "亿元") == "8,183.02 亿元"
    use("en")
    assert report.money(8183.02, "亿元") == "818.302 billion yuan"
    assert report.money(186844.0, "万元") == "1,868.44 million yuan"
    assert report.amount(float("nan"), "亿元") == "–"


def test_a_table_has_the_tenth_that_sentences_name():
    text = [report.chance(p) for p in (0, 0.099, 0.1, 0.375, 0.899, 0.9, 1, float("nan"))]
    assert text == ["<10 %", "<10 %", "10–20 %", "30–40 %", "80–90 %", ">90 %", ">90 %", "–"]
    assert likely(0.375) == "三成多"


def test_accounts_name_basis_breaks_and_the_rows_behind_them(nation, shown):
    use("en")
    report.accounts_table(fund.indicators(of_scheme(nation, "all")), TITLE)
    assert cells(shown[0], "2020")[5:] == ["final", "unusual income, not fitted"]
    assert cells(shown[0], "2024")[4:6] == ["5,310.0", "final and derived"]
    assert cells(shown[0], "2019")[1] == "2,442.1"
    rows = sources(shown[0])
    assert rows[-1]["Reserve (billion yuan)"] == ["fund-cn-2024-all-final", "fund-cn-2024-all-derived"]


def test_a_column_that_would_say_nothing_is_left_out(nation, shown):
    report.accounts_table(fund.indicators(of_scheme(nation, "residents")), TITLE)
    assert "特殊之处" not in shown[0]["text/plain"]
    report.heads_table(fund.indicators(of_scheme(nation, "personal-accounts")), TITLE)
    assert shown[1]["text/plain"] == "**标题**：无数据。"
    report.heads_table(fund.indicators(of_scheme(nation, "employees")), TITLE)
    assert cells(shown[2], "2019")[1:4] == ["32,925", "4.0", "2.78"]


def test_warnings_are_said_in_words_and_marked_by_severity(shipped, shown):
    rows = fund.indicators(shipped.select(region="530500").fund)
    warned = fund.warn(of_scheme(rows, "residents"), shipped.fund_bands)
    report.warnings_table(warned, shipped.fund_bands, TITLE)
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
    use("en")
    report.warnings_table(
        fund.warn(of_scheme(rows, "employees"), shipped.fund_bands), shipped.fund_bands, TITLE
    )
    assert cells(shown[0], "2021")[1] == "20.4 · no line"


def test_the_lines_say_where_they_are_from(shipped, shown):
    bands = shipped.fund_bands
    use("en")
    report.bands_table(bands[bands["scheme"] == "employees-pooled"], shipped, TITLE)
    assert "Months in reserve: below 3 · reserve short · alarm" in shown[0]["text/plain"]
    assert "up to 9 · normal · no line touched" in shown[0]["text/plain"]
    assert "Press conference of the Ministry" in shown[0]["text/plain"]
    assert "assum" not in shown[0]["text/plain"].lower()
    report.bands_table(bands[bands["scheme"] == "residents"], shipped, TITLE)
    assert shown[1]["text/plain"].count("Default assumptions") == 1  # once, for all five


def test_months_show_what_is_known_and_a_dash_for_the_rest(nation, shown):
    report.months_table(fund.months(of_scheme(nation, "residents")), TITLE)
    known = ["449", "6.7", "6,185", "1.3", "829", "5.7", "6,607", "16.2"]  # 2022 was printed without decimals
    assert cells(shown[0], "2023-08")[1:] == known
    assert cells(shown[0], "2023-10")[1:] == ["–", "–", "7,684", "–", "–", "–", "8,374", "–"]
    headings = shown[0]["text/plain"].splitlines()[2]
    assert len(set(headings.split("|"))) == len(headings.split("|")) - 1  # every heading but the two ends


def test_a_doubtful_row_is_greyed_among_the_accounts_that_do_not_add_up(nation, shown):
    use("en")
    report.broken_table(fund.check_accounts(nation), TITLE)
    assert cells(shown[0], "basic medical insurance (all) · 2021 · preliminary")[0].endswith("C doubtful")
    assert shown[0]["text/html"].count('class="grade-c"') == 1
    assert "new scope" in shown[0]["text/plain"] or "scope changed" in shown[0]["text/plain"]


def test_the_fan_says_the_reserve_that_was_and_the_median_that_may_come(nation, shown):
    rows = of_scheme(nation, "residents")
    result = fund.project(rows, 4)
    report.fan_chart(fund.indicators(rows), result, TITLE)
    text = shown[0]["text/plain"]
    assert "公布和推算的账目：2021 6,717，2022 7,534，2023 7,664，2024 8,183" in text
    fan = result.quantiles("balance")
    width = fan["upper_80"] - fan["lower_80"]
    assert 5_000 < width[2028] < 50_000  # so that thousands are told
    first, last = (round(fan.at[year, "median"], -3) for year in (2025, 2028))
    assert f"预测中位数：2025 {first:,.0f}，" in text and f"2028 {last:,.0f} (80 % " in text
    assert shown[0]["image/png"]


def test_stress_tests_that_cannot_run_say_why_and_years_beyond_the_end_say_later(shipped, nation, shown):
    rows = of_scheme(nation, "residents")
    stressed = fund.stress(rows, shipped.fund_scenarios, 3)
    use("en")
    report.stress_table(stressed, shipped.fund_scenarios, "as before", 2027, "residents", TITLE)
    assert cells(shown[0], "payment reform")[4] == ">2027"
    assert cells(shown[0], "subsidies and contributions grow 2 points less and")[2] == "2026"
    assert stressed.at["stress-squeeze-residents", "first_deficit"] == 2026
    assert "wages" not in shown[0]["text/plain"] and "retirees" not in shown[0]["text/plain"]
    unknown = of_scheme(nation, "employees").assign(workers=float("nan"))
    stressed = fund.stress(unknown, shipped.fund_scenarios, 3, paths=50)
    report.stress_table(stressed, shipped.fund_scenarios, "as before", 2027, "employees", TITLE)
    ageing = cells(shown[1], "retirees up 0.5 points a year")
    assert ageing == ["retirees up 0.5 points a year (retirees are not known)", *["–"] * 5]


def test_stress_tests_without_a_probability_show_the_middle_alone(shipped, nation, shown):
    stressed = fund.stress(of_scheme(nation, "employees"), shipped.fund_scenarios, 3, paths=50)
    use("en")
    base = "if growth were that of China"
    report.stress_table(stressed, shipped.fund_scenarios, base, 2027, "employees", TITLE, chances=False)
    assert len(cells(shown[0], base)) == 2
    assert "%" not in shown[0]["text/plain"].replace("saves 5 %", "")
    assert "Months in reserve (incl. personal accounts), median at the end" in shown[0]["text/plain"]


def printed(row):
    """The figures of a printed row in tenths."""
    return [round(10 * float(cell)) for cell in row[1:]]


def test_causes_in_points_add_up_to_the_growth(shown):
    total = pd.Series([100.0, 120.0], index=[2020, 2021])
    factors = pd.DataFrame({"people": [10.0, 11.0], "per_head": [10.0, 120 / 11]}, index=[2020, 2021])
    parts = fund.decompose(total, factors)
    use("en")
    report.causes_table(parts, TITLE)
    row = cells(shown[0], "2020–2021")
    assert row[1:] == ["20.0", "10.5", "9.5"]  # no column for a rest of nothing
    use("zh")
    report.causes_chart(parts, TITLE)
    assert "人数（百分点）：2020–2021 10.5；人均支出（百分点）：2020–2021 9.5" in shown[1]["text/plain"]


def test_the_causes_of_residents_expenditure_add_up_as_printed(shown):
    """12.493 % in two years: -4.92 + 32.78 - 4.71 - 10.65, each rounded alone 12.6 for 12.5; a year 6.1."""
    years = [2021, 2023]
    total = pd.Series([9296.37, 10457.65], index=years)
    factors = pd.DataFrame(
        {"people": [100866.0, 96294], "use": [15.2, 20.7], "price": [8023.0, 7674]}, index=years
    )
    report.causes_table(fund.decompose(total, factors), TITLE)
    growth, *parts = printed(cells(shown[0], "2021–2023（年均）"))
    assert growth == 61  # √1.12492 - 1
    assert sum(parts) == growth


def test_growth_over_several_years_is_that_of_an_average_year(shown):
    """40.4 % in three years stand beside 3.4 % in one as 12.0 % a year: two thirds of it people."""
    total = pd.Series([100.0, 140.4, 145.2], index=[2018, 2021, 2022])
    people = pd.Series([1.0, 1.404 ** (2 / 3), 1.404 ** (2 / 3)], index=total.index)
    parts = fund.decompose(total, pd.DataFrame({"people": people, "per_head": total / people}))
    use("en")
    report.causes_table(parts, TITLE)
    assert cells(shown[0], "2018–2021 (a year)")[1:] == ["12.0", "8.0", "4.0"]
    assert cells(shown[0], "2021–2022")[1:] == ["3.4", "0.0", "3.4"]


@pytest.mark.slow
@settings(max_examples=up_to(60), deadline=None)
@given(st.lists(st.tuples(*[st.floats(0.5, 2)] * 4), min_size=2, max_size=4), st.integers(1, 3))
def test_printed_parts_always_add_up_to_the_printed_growth(rows, step):
    index = pd.Index(range(2020, 2020 + step * len(rows), step))
    table = pd.DataFrame(rows, columns=["people", "use", "price", "other"], index=index)
    parts = fund.decompose(table.prod(axis=1), table[["people", "use", "price"]])
    shares = report.points(parts)
    result = shares[["people", "use", "price", "rest"]]
    assert (10 * result.sum(axis=1)).round(6).tolist() == (10 * shares["change"]).round(6).tolist()
    if step == 1:
        exact = parts[list(result)].div(parts["total_start"], axis=0) * 100
        assert ((result - exact).abs() < 0.1 + 1e-9).all(axis=None)


def test_the_answer_says_its_span_and_of_when_the_accounts_are(shipped):
    rules = shipped.fund_bands, shipped.fund_scenarios
    result = fund.holds(shipped.fund, "530500", "residents", *rules, "2025-12", ["100000"])
    span = "保山市居民医保 2026—2028 年能否撑住，不能判断；“撑得住”指各年末结余都不低于最低线。"
    assert report.answer(result, "保山市", None) == span  # the grounds say that the accounts are of 2021
    summed = report.answer(result._replace(scheme="all"), "保山市", None)
    assert summed.startswith("保山市基本医疗保险（合计）2026—2028 年能否撑住")
    fresh = result._replace(newest=2024, reasons=("between",))
    assert report.answer(fresh, "保山市", "2025-06") == (
        span + "最新年度账目是 2024 年的，最新月度数字到 2025-06。"
    )
    assert report.answer(fresh._replace(newest=None), "保山市", None) == span + "没有收录到年度收支。"
    assert report.grounds(result, shipped) == (
        "最新账目是 2021 年的，此后已过去 4 年；自身同口径的增速有 1 个，不足 4 个，不计算概率。"
    )
    use("en")
    assert "4 years have passed" in report.grounds(result, shipped)
    one = report.grounds(result._replace(newest=2024), shipped)
    assert "1 year has passed" in one and "1 growth rate of one scope" in one
    assert "%" not in report.grounds(result, shipped)


@pytest.mark.parametrize(
    ("change", "zh", "en"),
    [
        ({"answer": "yes", "rule": "chance"}, "撑得住", "the reserve is adequate"),
        ({"answer": "no", "rule": "chance"}, "很可能撑不住", "very probably inadequate"),
        ({"answer": "no", "rule": "below"}, "已低于最低线", "below the lowest line already"),
        ({"answer": "unknown"}, "不能判断", "cannot be determined"),
    ],
)
def test_each_answer_is_as_strong_in_both_languages(change, zh, en):
    result = fund.Verdict("", "residents", (2026, 2028), 2024)._replace(**change)
    assert zh in report.answer(result, "某市", "2025-06")
    use("en")
    text = report.answer(result, "Some City", "2025-06")
    assert en in text and "2025-06" in text


def test_the_pooled_fund_comes_before_the_whole(shipped, nation):
    tables = {
        name: fund.indicators(of_scheme(nation, name))
        for name in ("employees", "employees-pooled", "residents")
    }
    last = tables["employees"].iloc[-1]
    private = pd.DataFrame([{"id": "own", "balance": 14471.75, "unit": "亿元"}])
    first, second = map(
        unmarked, report.newest_words(last, tables["employees-pooled"], private, "全国", shipped.fund_bands)
    )
    assert first.endswith("可支付 27.6 个月。")
    assert "28.2" not in first
    assert second.startswith("连同个人账户（结余 14,471.75 亿元，归个人使用，不能用于统筹支付）")
    assert second.endswith("可支付 28.2 个月（含个人账户）。")
    (alone,) = report.newest_words(
        last, tables["employees-pooled"].iloc[:0], private.iloc[:0], "全国", shipped.fund_bands
    )
    assert alone.startswith("统筹基金没有单独公布")
    use("en")
    (residents,) = report.newest_words(
        tables["residents"].iloc[-1], tables["employees"], private, "China", shipped.fund_bands
    )
    assert "personal accounts" not in residents


def test_an_assumed_line_is_not_called_a_standard(shipped):
    kinds = shipped.documents.set_index("id")["type"]
    text = unmarked(report.lines_words(shipped.fund_bands, "residents", kinds))
    assert text.startswith("可支付月数的分档线（本项目假设）：") and "标准" not in text
    published = report.lines_words(shipped.fund_bands.iloc[[0, 2, 4]], "employees-pooled", kinds)
    assert "band-employees-pooled-short" in published  # where the figure leads
    assert unmarked(published) == (
        "可支付月数的标准（已公布）：低于 3 个月为结余不足，3—9 个月为正常，高于 9 个月为结余过多。"
    )


def test_a_reserve_that_is_used_up_or_not_published_is_called_so(shipped, nation):
    last = fund.indicators(of_scheme(nation, "residents")).iloc[-1]
    for balance, words in (
        (-8183.02, "累计结余已用尽（-8,183.02 亿元）"),
        (float("nan"), "年末累计结余没有公布"),
    ):
        changed = last.copy()
        changed["balance"] = balance
        (text,) = report.newest_words(changed, nation.iloc[:0], nation.iloc[:0], "全国", shipped.fund_bands)
        assert unmarked(text).endswith(f"；{words}。")


def test_months_of_a_reserve_below_zero_are_a_gap(shipped, residents):
    below = residents._replace(answer="no", rule="below", months=-4.14)
    assert report.grounds(below, shipped).startswith("2024 年末累计结余为负，缺口相当于 4.1 个月的支出；")
    use("en")
    assert "below zero by 4.1 months of expenditure" in report.grounds(below, shipped)
    assert "was worth 0.0 months" in report.grounds(below._replace(months=0.0), shipped)


def test_what_no_line_judges_is_not_said_to_be_fine(shipped):
    """Baoshan's total: the surplus is fine, the reserve has no line, and growth takes a year before."""
    kinds = shipped.documents.set_index("id")["type"]
    rows = fund.indicators(of_scheme(shipped.select(region="530500").fund, "all"))
    fine, unjudged = report.touched_words(fund.warn(rows, shipped.fund_bands), shipped.fund_bands, kinds)
    assert fine == "2021 年没有触到预警线的：当期结余率。"
    assert (
        unjudged
        == "2021 年不能判断的：可支付月数（含个人账户）（没有预警线）；支出与收入增速之差（缺数字）。"
    )


def test_only_assumed_lines_are_called_so(shipped, nation):
    """The reserve of the pooled fund is judged by a published line, its surplus by ours."""
    kinds = shipped.documents.set_index("id")["type"]
    rows = fund.indicators(of_scheme(nation, "employees-pooled").assign(income=13_000.0))
    use("en")
    told = report.touched_words(fund.warn(rows, shipped.fund_bands), shipped.fund_bands, kinds)
    alarm, watch, *_ = map(unmarked, told)
    assert (
        alarm.startswith("Alarm in 2024: current surplus in % of income -1.7")
        and "(an assumed line)" in alarm
    )
    assert watch == "To be watched in 2024: months in reserve 27.6 · excessive reserve."


def test_the_record_says_when_each_ratio_last_touched_a_line(shipped, nation):
    """2023: expenditure 7.5 points faster than income, surplus 1.1 %; the reserve between 8.7 and 9.7 months."""
    kinds = shipped.documents.set_index("id")["type"]
    rows = fund.indicators(of_scheme(nation, "residents"), "2025-12")
    warned = fund.warn(rows, shipped.fund_bands)
    told = report.record_words(warned, shipped.fund_bands, kinds)
    assert "band-growth-much-faster" in told and "fund-cn-2021-residents-final" in told  # where figures lead
    assert unmarked(told) == (
        "哪项先预警，只能看历年记录（2018—2024 年）。各项最近一次触线："
        "2023 年支出与收入增速之差 7.5 个百分点 · 支出远快于收入（预警，假设的线）；2023 年当期结余率 1.1 % · 结余微薄（关注，假设的线）；"
        "可支付月数在可判断的 4 年里从未触线。"
    )
    use("en")
    text = unmarked(report.record_words(warned, shipped.fund_bands, kinds))
    assert (
        "expenditure much faster (alarm, an assumed line) in 2023" in text
        and "never in the 4 years judged" in text
    )
    use("zh")
    assert report.record_words(warned.iloc[:0], shipped.fund_bands, kinds) == ""


@pytest.fixture(scope="module")
def residents(shipped):
    return fund.holds(
        shipped.fund, "100000", "residents", shipped.fund_bands, shipped.fund_scenarios, "2025-12"
    )


def test_the_probabilities_of_the_answer_stand_in_a_table(shipped, residents, shown):
    report.below_table(residents, shipped, TITLE, ["fund-cn-2024-residents-derived"])
    text = report.grounds(residents, shipped)
    assert cells(shown[0], "按近年增速")[-1] == report.chance(residents.chance)
    assert cells(shown[0], "筹资标准增速低2个百分点且")[-1] == report.chance(residents.stressed)
    assert f"的可能性为{likely(residents.chance)}，在最不利的压力测试" in text
    assert f"下为{likely(residents.stressed)}。" in text
    assert "2026—2028 年间跌破的概率" in shown[0]["text/plain"]
    assert "band-residents-short" in str(sources(shown[0]))


def test_growth_over_several_years_is_said_to_be_one_rate(shipped, residents):
    assert residents.rates == 4 and residents.averages == ((2018, 2021),)
    text = report.grounds(residents, shipped)
    assert text.endswith("自身同口径的增速有 4 个（其中 2018—2021 年是多年平均，按一个计）。")
    use("en")
    assert "that of 2018–2021, an average, is one of them" in report.grounds(residents, shipped)


def test_what_was_computed_is_not_said_to_be_published(nation, shown):
    """Changes of the reserve are two balances subtracted; a current balance is published."""
    checked = fund.check_accounts(nation)
    report.broken_table(checked, TITLE)
    assert "累计结余的增加，由前后两期结余相减" in shown[0]["text/plain"]
    assert "公布" not in shown[0]["text/plain"]
    assert "累计结余的增加应等于收入减支出" in shown[0]["text/plain"].splitlines()[0]
    current = checked.assign(state=checked["state"].mask(checked["identity"] == "current", "broken"))
    use("en")
    report.broken_table(current[current["identity"] == "current"].dropna(subset=["stated"]), TITLE)
    assert "Current balance as published" in shown[1]["text/plain"]
    use("zh")
    report.broken_table(current.dropna(subset=["difference"]), TITLE)
    assert "公布的当期结余，或由前后两期结余相减的增加" in shown[2]["text/plain"]


def test_figures_of_a_row_keep_the_zeros_they_were_printed_with(nation, shown):
    report.accounts_table(fund.indicators(of_scheme(nation, "residents")), TITLE)
    assert cells(shown[0], "2024")[1:3] == ["11,180.90", "10,661.49"]
    assert cells(shown[0], "2023")[4] == "7,663.70"
    months = fund.months(of_scheme(nation, "residents"))
    report.months_table(months[months["period"] > "2023"], TITLE)
    assert cells(shown[1], "2023-07")[5] == "943.00"
    report.months_table(months, TITLE)
    assert [cells(shown[2], period)[5] for period in ("2022-07", "2023-07")] == ["740", "943"]


def test_the_accounts_say_first_what_cannot_be_checked(nation):
    text = report.checked_words(fund.check_accounts(nation), "全国")
    assert text.startswith("账目核对：全国各险种 77 行账目、154 个等式，其中 135 个缺数字，不能核对；")
    assert "能核对的 19 个里，相符 9 个（2 个用到推算数" in text
    assert "对不上 9 个（1 个合计的差异就是职工与居民两个差异之和，不是另一处），口径变化 1 个" in text
    use("en")
    en = report.checked_words(fund.check_accounts(nation), "China")
    assert "154 identities" in en and "135 cannot be checked" in en and "9 do not" in en


def test_a_backtest_is_n_of_n_with_its_own_uncertainty(nation, shown):
    """Jeffreys' interval of two starts, each with all of its ranges held: from 33 %."""
    trials = fund.backtest(of_scheme(nation, "residents"))
    said = report.trial_words(trials)
    assert "1 个基金序列、从 2 个年份出发，6 次比较中有 6 次落在 80 % 区间内" in said
    assert "按 2 次算，覆盖率的 95 % 区间是 33—100 %" in said
    times = trials.at["total", "score"] / trials.at["total", "score_walk"]
    assert f"区间得分是简单随机游走的 {times:.2f} 倍" in said
    use("en")
    report.backtest_table(trials, TITLE)
    assert cells(shown[0], "total")[1:5] == ["2", "6", "6", "33–100"]
    assert cells(shown[0], "from 2023")[1:4] == ["1", "2", "2"]


def odds(**changed):
    """Chances of a deficit and of a reserve below the line, as projected and by other assumptions."""
    rows = {"base": (0.42, 0.12)} | changed
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["p_deficit", "p_below"])
    return table.reindex(["base", *fund.ASSUMPTIONS])


def test_the_odds_say_to_which_assumption_they_owe_most(shown):
    found = odds(independent=(0.55, 0.14), own_spread=(0.44, 0.31))
    report.assumptions_table(found, 3.0, TITLE, ["fund-cn-2024-residents-derived"])
    assert cells(shown[0], "按推算")[1:] == ["40–50 %", "10–20 %"]
    assert cells(shown[0], "收入与支出互不相关")[1:] == ["50–60 %", "10–20 %"]
    assert cells(shown[0], "用其他基金的平均增速")[1:] == ["–", "–"]
    assert "结余低于 3 个月的概率" in shown[0]["text/plain"]
    assert report.assumption_words(found, 3.0) == (
        "逐一改变假设，当期赤字的概率为四成多到五成多，结余低于 3 个月的为一成多到三成多。"
        "影响最大的假设是“只用自身波动，不与其他基金共享”。"
    )
    same = odds(base=(0.02, 0.99), independent=(0.01, 0.999))
    assert report.assumption_words(same, 3.0).startswith(
        "逐一改变假设，当期赤字的概率为不到一成，结余低于 3 个月的为九成多。"
    )
    use("en")
    little = report.assumption_words(odds(independent=(0.5, 0.14)), 3.0)
    assert little.endswith("None moves them by a tenth; the most does “income and expenditure independent”.")


def test_an_answer_that_hangs_on_an_assumption_says_on_which(shipped, residents):
    hanging = residents._replace(reasons=("assumptions",), hinges=("independent", "own_spread"))
    text = report.grounds(hanging, shipped)
    assert text.endswith(
        "换一个假设，答案就不同：“收入与支出互不相关”和“只用自身波动，不与其他基金共享”；所以不能判断。"
    )
    assert "换一个假设" not in report.grounds(residents, shipped)
    use("en")
    assert "The answer is another one if another assumption is made (“income" in report.grounds(
        hanging, shipped
    )


def test_without_a_probability_only_the_middle_path_is_drawn(nation, shown):
    rows = of_scheme(nation, "employees")
    result = fund.project(rows, 3, as_of="2025-12")
    report.fan_chart(fund.indicators(rows), result, TITLE, "按近年增速")
    text = shown[0]["text/plain"]
    assert "按近年增速：2025 " in text and "80 %" not in text
    assert "不给赤字和用尽的概率" in report.middle_words(result, "employees", "全国", "全国")
    assert "只有 3 个" in report.middle_words(result, "residents", "全国", "全国")
    assert report.start_words(result) == ["2025 年已经过去，账目没有收录，图中只有推算的中位数。"]


def test_accounts_that_are_old_carry_no_probability(nation):
    """By the rule of the answer: more than two years over since the newest accounts."""
    rows = of_scheme(nation, "residents")
    fresh, old = (fund.project(rows, 5, as_of=as_of) for as_of in ("2026-12", "2027-12"))
    assert (fresh.carries, fresh.passed) == (True, 2) and (old.carries, old.passed) == (False, 3)
    assert report.middle_words(fresh, "residents", "全国", "全国") == ""
    assert report.middle_words(old, "residents", "全国", "全国") == (
        "最新账目是 2024 年的，此后已过去 3 年，不给概率，只画中间路径。"
    )
    use("en")
    assert "of 2024, and 3 years have passed" in report.middle_words(old, "residents", "全国", "全国")


def test_growth_of_another_region_is_no_forecast(shipped, nation):
    own = of_scheme(shipped.select(region="530500").fund, "residents")
    result = fund.project(own, 3, history=of_scheme(nation, "residents"), as_of="2025-12")
    for lang, text in {"zh": "不是对保山市的预测，不给概率", "en": "no forecast for 保山市"}.items():
        use(lang)
        assert text in report.middle_words(result, "residents", "保山市", "全国")
    assert report.start_words(result)[-1].startswith("Of 2022–2024, already over")


def test_the_growth_behind_a_projection_names_the_years_left_out(nation, shown):
    use("en")
    report.fits_table(fund.project(of_scheme(nation, "all"), 2), TITLE)
    assert cells(shown[0], "Income per head")[8:] == ["2020"]
    assert "(empty in all rows – " in shown[0]["text/plain"].split("\n")[0]
    use("zh")
    report.fits_table(fund.project(of_scheme(nation, "employees"), 2), TITLE)
    assert cells(shown[1], "人均支出")[8:] == ["2019"]
    fits = fund.project(of_scheme(nation, "employees"), 2).fits.loc["expenditure"]
    given = [f"{fits[name]:.1f}" for name in ("growth", "own", "spread")]
    assert cells(shown[1], "人均支出")[1:4] == given
    low, high = fits[["correlation_low", "correlation_high"]]
    assert f"（{low:.1f} 至 {high:.1f}）" in cells(shown[1], "人均支出")[5]


def test_sources_print_each_row_with_its_figures_basis_and_grade(shipped, shown):
    rows = report.used_rows(shipped, "530500", ["residents"], "2025")
    use("en")
    report.fund_sources(rows, shipped, TITLE)
    text = shown[0]["text/plain"]
    assert "residents' insurance 2020 (derived · B): income 1,663.20 million yuan" in text
    assert "enrolment 2.3133 million persons" in text
    assert [row["Figure"] for row in sources(shown[0])] == [
        ["fund-baoshan-2020-residents-derived"],
        ["fund-baoshan-2021-residents-final"],
    ]


def test_figures_of_a_table_stay_numbers(nation, shown):
    """11 180.90 less 10 661.49; in months of expenditure with one decimal."""
    report.accounts_table(fund.indicators(of_scheme(nation, "residents")), TITLE)
    *_, last = unpack(shown[0][TABLE])
    assert [cell.value for cell in last[1:5]] == [11180.9, 10661.49, 519.41, 8183.02]
    assert {cell.shape for cell in last[1:5]} == {"#,##0.00", "0.00"}


def test_a_language_without_texts_of_its_own_reads_english(shipped, nation, residents):
    checked, trials = fund.check_accounts(nation), fund.backtest(of_scheme(nation, "residents"))
    texts = {}
    for lang in ("en", "fr"):
        use(lang)
        texts[lang] = [
            *(report.grounds(residents, shipped), report.checked_words(checked, "China")),
            *(report.trial_words(trials), report.money(8183.02, "亿元"), report.fund_name("employees")),
        ]
    assert texts["fr"] == texts["en"]


def test_two_lines_meet_at_one_limit_and_a_single_one_is_no_scale(shipped):
    kinds = shipped.documents.set_index("id")["type"]
    two = report.lines_words(shipped.fund_bands.iloc[[0, 4]], "employees-pooled", kinds)
    assert unmarked(two).endswith("低于 3 个月为结余不足，高于 3 个月为结余过多。")
    assert report.lines_words(shipped.fund_bands.iloc[[0]], "employees-pooled", kinds) == ""
