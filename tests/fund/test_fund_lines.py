"""Warning lines, checked accounts, causes and months of a fund, word for word in both languages."""

import pandas as pd
import pytest

import fund_rows
from plan_monitor import fund
from plan_monitor.fund import report
from reportkit.cited import unmarked
from reportkit.language import use, using
from reportkit.table import TABLE, unpack

TITLE = ("标题", "Title")
NO = pd.DataFrame({"id": [], "balance": [], "unit": []})


@pytest.fixture(scope="module")
def nation(shipped):
    return shipped.select(region="100000").fund


@pytest.fixture(scope="module")
def kinds(shipped):
    return shipped.documents.set_index("id")["type"]


@pytest.fixture(scope="module")
def warned(shipped, nation):
    """Of employees and residents, all years."""
    rows = fund.indicators(nation[nation["scheme"].isin(["employees", "residents"])], "2025-12")
    return fund.warn(rows, shipped.fund_bands)


def table(bundle):
    return [[cell.text for cell in row] for row in unpack(bundle[TABLE])]


def said(function, *given):
    """A text, or several, in both languages."""
    found = []
    for lang in ("zh", "en"):
        with using(lang):
            texts = function(*given)
            found.append(unmarked(texts) if isinstance(texts, str) else [*map(unmarked, texts)])
    return found


def test_the_record_of_several_schemes_names_each_and_the_latest_first(shipped, warned, kinds):
    zh, en = said(report.record_words, warned, shipped.fund_bands, kinds)
    assert zh == (
        "哪项先预警，只能看历年记录（2018—2024 年）。各项最近一次触线："
        "2024 年职工医保 · 支出与收入增速之差 4.1 个百分点 · 支出快于收入（关注，假设的线）；"
        "2023 年居民医保 · 支出与收入增速之差 7.5 个百分点 · 支出远快于收入（预警，假设的线）；"
        "2023 年居民医保 · 当期结余率 1.1 % · 结余微薄（关注，假设的线）；"
        "职工医保 · 当期结余率在可判断的 5 年里从未触线；居民医保 · 可支付月数在可判断的 4 年里从未触线。"
    )
    assert en == (
        "What warns first can only be read from the record (2018–2024). Each touched a line last: "
        "employees' insurance · growth of expenditure less that of income 4.1 points · expenditure faster "
        "(watch, an assumed line) in 2024; residents' insurance · growth of expenditure less that of income "
        "7.5 points · expenditure much faster (alarm, an assumed line) in 2023; residents' insurance · current "
        "surplus in % of income 1.1 · thin surplus (watch, an assumed line) in 2023; employees' insurance · "
        "current surplus in % of income never in the 5 years judged; residents' insurance · months in reserve "
        "never in the 4 years judged."
    )


@pytest.mark.parametrize(("years", "span"), [(["2023"], "2023"), (["2022", "2023"], "2022—2023")])
def test_a_record_of_one_year_tells_what_was_touched_and_not_what_never_was(
    shipped, warned, kinds, years, span
):
    rows = warned[warned["scheme"].eq("residents") & warned["period"].isin(years)]
    zh, _ = said(report.record_words, rows, shipped.fund_bands, kinds)
    assert zh.startswith(f"哪项先预警，只能看历年记录（{span} 年）。")
    assert ("可支付月数在可判断的 2 年里从未触线" in zh) is (len(years) == 2)
    fine = rows[rows["ratio"].eq("reserve_months")]
    assert (report.record_words(fine, shipped.fund_bands, kinds) == "") is (len(years) == 1)


def test_a_published_line_is_not_called_assumed(shipped, nation, kinds):
    rows = fund.warn(fund.indicators(nation[nation["scheme"] == "employees-pooled"]), shipped.fund_bands)
    zh, en = said(report.record_words, rows, shipped.fund_bands, kinds)
    assert zh.endswith("各项最近一次触线：2024 年可支付月数 27.6 · 结余过多（关注）。")
    assert en.endswith("months in reserve 27.6 · excessive reserve (watch) in 2024.")


def test_the_lines_that_a_year_touches_are_told_by_severity(shipped, warned, kinds):
    rows = warned[warned["period"] == "2023"]
    zh, en = said(report.touched_words, rows, shipped.fund_bands, kinds)
    assert zh == [
        "2023 年预警的：职工医保 · 支出与收入增速之差 6.2 个百分点 · 支出远快于收入（假设的线）；"
        "居民医保 · 支出与收入增速之差 7.5 个百分点 · 支出远快于收入（假设的线）。",
        "2023 年需要关注的：居民医保 · 当期结余率 1.1 % · 结余微薄（假设的线）。",
        "2023 年没有触到预警线的：居民医保 · 可支付月数；职工医保 · 当期结余率。",
        "2023 年不能判断的：职工医保 · 可支付月数（含个人账户）（缺数字）。",
    ]
    assert en[1:3] == [
        "To be watched in 2023: residents' insurance · current surplus in % of income 1.1 · thin surplus "
        "(an assumed line).",
        "In 2023 no line is touched by: residents' insurance · months in reserve; employees' insurance · "
        "current surplus in % of income.",
    ]
    alone, _ = said(report.touched_words, rows[rows["scheme"] == "residents"], shipped.fund_bands, kinds)
    assert alone[1] == "2023 年需要关注的：当期结余率 1.1 % · 结余微薄（假设的线）。"


SPANS = (
    "低于 3 个月为结余不足，3—6 个月为低于正常区间，6—9 个月为正常，9—15 个月为高于正常区间，"
    "高于 15 个月为结余过多。"
)
SPANS_EN = (
    "below 3 months reserve short, 3–6 below the normal range, 6–9 normal, 9–15 above the normal range, "
    "above 15 excessive reserve."
)


@pytest.mark.parametrize(
    ("scheme", "zh", "en"),
    [
        ("residents", "可支付月数的分档线（本项目假设）：", "Lines that we assumed for the reserve: "),
        ("employees-pooled", "可支付月数的标准（已公布）：", "Published lines for the reserve: "),
    ],
)
def test_all_lines_for_a_reserve_are_one_scale(shipped, kinds, scheme, zh, en):
    found = said(report.lines_words, shipped.fund_bands, scheme, kinds)
    assert found == [zh + SPANS, en + SPANS_EN]


def test_a_line_of_ours_among_published_ones_makes_the_scale_assumed(shipped, kinds):
    pooled = shipped.fund_bands[shipped.fund_bands["scheme"] == "employees-pooled"]
    mixed = pooled.assign(document=["assumed-fund-lines", *pooled["document"].iloc[1:]])
    assert said(report.lines_words, mixed, "employees-pooled", kinds)[0].startswith("可支付月数的分档线")


POOL = (
    "全国职工医保统筹基金 2024 年：收入 17,342.45 亿元，支出 13,222.71 亿元，当期结余率 23.8 %；"
    "年末累计结余 30,445.50 亿元，可支付 27.6 个月。"
)
WHOLE = (
    "全国职工医保 2024 年（有推算数）：收入 23,732.47 亿元，支出 19,102.54 亿元，当期结余率 19.5 %；"
    "年末累计结余 44,917.25 亿元，可支付 28.2 个月（含个人账户）。"
)
POOL_EN = (
    "China, employees' pooled fund, 2024: income 1,734.245 billion yuan, expenditure 1,322.271 billion yuan, "
    "current surplus 23.8 % of income; the reserve at the end of the year, 3,044.550 billion yuan, is worth "
    "27.6 months of expenditure."
)
WHOLE_EN = (
    "China, employees' insurance, 2024 (with derived figures): income 2,373.247 billion yuan, expenditure "
    "1,910.254 billion yuan, current surplus 19.5 % of income; the reserve at the end of the year, "
    "4,491.725 billion yuan, is worth 28.2 months of expenditure (incl. personal accounts)."
)


def test_the_newest_accounts_of_employees_are_those_of_the_pool_and_of_the_whole(shipped, nation):
    last, pooled, private = (
        fund.indicators(nation[nation["scheme"] == name]).tail(1)
        for name in ("employees", "employees-pooled", "personal-accounts")
    )
    found = report.newest_words(last.iloc[0], pooled, private, "全国", shipped.fund_bands)
    lead = "连同个人账户（结余 14,471.75 亿元，归个人使用，不能用于统筹支付）："
    assert [*map(unmarked, found)] == [POOL, lead + WHOLE]
    unknown = private.assign(balance=float("nan"))
    found = report.newest_words(last.iloc[0], pooled, unknown, "全国", shipped.fund_bands)
    assert [*map(unmarked, found)] == [POOL, "连同个人账户：" + WHOLE]
    use("en")
    found = report.newest_words(last.iloc[0], pooled, private, "China", shipped.fund_bands)
    lead = "With the personal accounts (1,447.175 billion yuan of the reserve, for personal use and not available "
    assert [*map(unmarked, found)] == [POOL_EN, f"{lead}to the pool): {WHOLE_EN}"]
    (found,) = report.newest_words(last.iloc[0], pooled.iloc[:0], private, "China", shipped.fund_bands)
    assert unmarked(found) == (
        "The pooled fund is not published apart; these figures include personal accounts and cannot be held "
        f"against the lines for it. {WHOLE_EN}"
    )


@pytest.mark.parametrize(
    ("change", "zh", "en"),
    [
        (
            {"balance": 0.0, "reserve_months": 0.0},
            "年末累计结余 0.00 亿元，可支付 0.0 个月",
            "0.000 billion yuan, is worth 0.0 months of expenditure",
        ),
        ({"balance": -1.0}, "累计结余已用尽（-1.00 亿元）", "is used up (-0.100 billion yuan)"),
        ({"balance": float("nan")}, "年末累计结余没有公布", "is not published"),
        (
            {"reserve_months": float("nan")},
            "年末累计结余 8,183.02 亿元",
            "the reserve at the end of the year is 818.302 billion yuan",
        ),
    ],
)
def test_a_reserve_is_told_as_far_as_it_is_known(shipped, nation, change, zh, en):
    last = fund.indicators(nation[nation["scheme"] == "residents"]).iloc[-1]
    changed = pd.Series(last.to_dict() | change)
    for lang, text in (("zh", zh), ("en", en)):
        with using(lang):
            (found,) = report.newest_words(changed, NO, NO, "China", shipped.fund_bands)
        assert unmarked(found).endswith(f"；{text}。" if lang == "zh" else f"{text}.")


def test_ratios_of_a_scheme_stand_beside_their_lines(shipped, warned, shown):
    rows = warned[warned["scheme"] == "residents"]
    report.warnings_table(rows, shipped.fund_bands, TITLE)
    assert table(shown[0]) == [
        ["2018", "–", "9.3 · 当期有结余", "–"],
        ["2021", "8.7 · 正常", "4.4 · 当期有结余", "–"],
        ["2022", "9.7 · 高于正常区间", "7.7 · 当期有结余", "-3.5 · 支出未快于收入"],
        ["2023", "8.8 · 正常", "1.1 · 结余微薄", "7.5 · 支出远快于收入"],
        ["2024", "9.2 · 高于正常区间", "4.6 · 当期有结余", "-3.8 · 支出未快于收入"],
    ]
    report.warnings_table(rows.iloc[:0], shipped.fund_bands, TITLE)
    assert "2018" not in shown[1]["text/plain"]


def test_lines_are_listed_with_their_limit_and_severity(shipped, shown):
    pooled = shipped.fund_bands[shipped.fund_bands["scheme"] == "employees-pooled"]
    for lang in ("zh", "en"):
        with using(lang):
            report.bands_table(pooled, shipped, TITLE)
    zh, en = ([row[0] for row in table(one)] for one in shown)
    assert zh == [
        "可支付月数：低于 3 · 结余不足 · 预警",
        "可支付月数：低于 6 · 低于正常区间 · 关注",
        "可支付月数：9 及以下 · 正常 · 未触线",
        "可支付月数：15 及以下 · 高于正常区间 · 未触线",
        "可支付月数：更高 · 结余过多 · 关注",
    ]
    assert en[-2:] == [
        "Months in reserve: up to 15 · above the normal range · no line touched",
        "Months in reserve: above · excessive reserve · watch",
    ]


@pytest.fixture(scope="module")
def checked(nation):
    return fund.check_accounts(nation)


def test_checked_accounts_are_counted_and_the_largest_gap_is_named(checked):
    zh, en = said(report.checked_words, checked, "全国")
    assert zh == (
        "账目核对：全国各险种 77 行账目、154 个等式，其中 135 个缺数字，不能核对；能核对的 19 个里，"
        "相符 9 个（2 个用到推算数，可能本来就是由等式倒推的，不算独立验证），"
        "对不上 9 个（1 个合计的差异就是职工与居民两个差异之和，不是另一处），口径变化 1 个。"
        "差得最多的是基本医疗保险（合计）2022 年，158.66 亿元；来源没有说明原因，照列不改。"
    )
    assert en == (
        "On the accounts: of 154 identities in 77 rows of 全国, all schemes, 135 cannot be checked for want of "
        "figures; of the 19 that can, 9 hold (2 of them with derived figures, perhaps by the identity itself: no "
        "independent proof), 9 do not (1 in the total is the sum of two in its schemes, and not another), "
        "1 changed in scope. The largest gap is that of basic medical insurance (all) in 2022, "
        "15.866 billion yuan; the sources do not say why, and nothing is adjusted."
    )


def test_a_gap_below_zero_may_be_the_largest(checked):
    broken = checked[checked["state"].eq("broken") & (checked["difference"] < 0)]
    zh, _ = said(report.checked_words, broken, "全国")
    assert "差得最多的是基本医疗保险（合计）2021 年，77.7 亿元；" in zh


def test_accounts_that_all_add_up_are_counted_and_nothing_else(checked):
    fine = checked[checked["state"].isin(["holds", "rounding"]) & ~checked["derived"]]
    zh, en = said(report.checked_words, fine.head(1), "全国")
    assert zh == (
        "账目核对：全国各险种 1 行账目、1 个等式，其中 0 个缺数字，不能核对；能核对的 1 个里，相符 1 个，对不上 0 个。"
    )
    assert en == (
        "On the accounts: of 1 identity in 1 row of 全国, all schemes, 0 cannot be checked for want of figures; "
        "of the 1 that can, 1 holds, 0 do not."
    )


def test_accounts_that_do_not_add_up_show_both_sides(checked, shown):
    report.broken_table(checked, TITLE)
    rows = table(shown[0])
    assert rows[0] == [
        *("基本医疗保险（合计） · 2019 · 决算", "4,463.26", "3,567.00", "896.26", "1.505", "口径变化"),
    ]
    assert rows[1] == [
        *("基本医疗保险（合计） · 2020 · 决算", "3,803.00", "3,814.00", "-11.00", "2.000", "对不上"),
    ]
    assert rows[4][0] == "基本医疗保险（合计） · 2021 · 快报 · C 存疑" and len(rows) == 10
    both = checked[checked["state"].isin(["broken", "new_scope"])].assign(
        identity=["current", *["reserve"] * 9]
    )
    report.broken_table(both, TITLE)
    assert [row[1] for row in table(shown[1])] == ["当期结余", *["累计结余的增加"] * 9]
    use("en")
    report.broken_table(both.head(1), TITLE)
    assert shown[2]["text/plain"].startswith("**Title: current balance should be income minus expenditure**")


def growth(total, years, **factors):
    index = pd.Index(years)
    return fund.decompose(pd.Series(total, index=index), pd.DataFrame(factors, index=index))


def test_less_expenditure_is_mostly_by_what_lowered_it(shown):
    """10 % less, then 11 % less in two years: -5.7 % a year."""
    parts = growth([100.0, 90, 80], [2019, 2020, 2022], people=[10.0, 9.5, 9.7], per_head=[10.0, 9.6, 8.3])
    for lang in ("zh", "en"):
        with using(lang):
            report.causes_chart(parts, TITLE)
    assert shown[0]["text/plain"] == (
        "2019–2022 年支出减少主要来自人均支出。标题。人数（百分点）：2019–2020 -4.9，2020–2022（年均） 1.0；"
        "人均支出（百分点）：2019–2020 -3.9，2020–2022（年均） -7.0；"
        "其余（报销水平、门诊等）（百分点）：2019–2020 -1.2，2020–2022（年均） 0.3。"
    )
    assert shown[1]["text/plain"].startswith(
        "2019–2022: expenditure fell mostly by expenditure per head. Title."
    )
    report.causes_table(parts, TITLE)
    assert table(shown[2]) == [
        ["2019–2020", "-10.0", "-4.9", "-3.9", "-1.2"],
        ["2020–2022（年均）", "-5.7", "1.0", "-7.0", "0.3"],
    ]


def test_what_works_against_the_growth_is_named(shown):
    parts = growth([100.0, 150], [2020, 2021], people=[10.0, 14], use=[1.0, 0.9], price=[5.0, 6.2])
    for lang in ("zh", "en"):
        with using(lang):
            report.causes_chart(parts, TITLE)
    assert shown[0]["text/plain"].startswith(
        "2020–2021 年支出增长主要来自人数，住院率和其余（报销水平、门诊等）的作用相反。标题。"
        "人数（百分点）：2020–2021 41.5；住院率（百分点）：2020–2021 -13.0；"
    )
    assert shown[1]["text/plain"].startswith(
        "2020–2021: expenditure grew mostly by people, hospitalisation rate and the rest (share paid, outpatients "
        "and so on) worked against it. Title."
    )
    report.causes_chart(parts.iloc[:0], TITLE)
    assert shown[2]["text/plain"] == "**标题**：无数据。"


def test_where_nothing_grew_factors_that_cancel_out_are_shown_and_the_growth_is_none(shown):
    """Twice the people at half the cost in two years: 100 · ln 2 points, half of them a year."""
    parts = growth([100.0, 100], [2020, 2022], people=[1.0, 2], per_head=[100.0, 50])
    report.causes_table(parts, TITLE)
    assert table(shown[0]) == [["2020–2022（年均）", "0.0", "34.7", "-34.7"]]
    report.causes_chart(parts, TITLE)
    assert shown[1]["text/plain"].startswith("2020–2022 年支出增长主要来自人数，人均支出的作用相反。")


def test_the_newest_month_is_told_in_english(nation):
    rows = fund.months(nation[nation["scheme"] == "residents"])
    _, en = said(report.month_words, rows)
    assert en == [
        "**2023-08**: income in the month 44.933 billion yuan (+6.7 % on a year before), income to date "
        "618.527 billion yuan (+1.3 % on a year before), expenditure in the month 82.937 billion yuan (+5.7 % on "
        "a year before), expenditure to date 660.748 billion yuan (+16.2 % on a year before).",
        "The newest sums are up to 2023-10; 2023-08 is the last month known by itself.",
    ]


def test_a_rest_is_shown_where_one_year_has_one_and_noise_is_none(shown):
    """Of large figures, too, what binary arithmetic leaves over is no rest."""
    some = growth([100.0, 120, 150], [2020, 2021, 2022], people=[10.0, 12, 14], per_head=[10.0, 10, 10])
    report.causes_table(some, TITLE)
    assert table(shown[0])[0] == ["2020–2021", "20.0", "20.0", "0.0", "0.0"]
    assert float(table(shown[0])[1][-1]) > 0
    total, people = pd.Series([123456789.1, 234567891.3, 345678912.7]), pd.Series([3.3, 7.7, 9.9])
    per_head = (total / people) * (1 + 2e-16)
    assert (people * per_head != total).any()
    noise = growth(total.tolist(), [2020, 2021, 2022], people=people.tolist(), per_head=per_head.tolist())
    assert noise["rest"].abs().max() > 0
    report.causes_table(noise, TITLE)
    assert [len(row) for row in table(shown[1])] == [4, 4]


def residents(warned, ratio, value, band, severity):
    """A ratio of the residents' fund in 2023, as it would be."""
    rows = warned[warned["scheme"].eq("residents") & warned["ratio"].eq(ratio) & warned["period"].eq("2023")]
    return rows.assign(value=value, band=band, severity=severity)


@pytest.mark.parametrize(
    ("ratio", "value", "band", "severity", "zh", "en"),
    [
        ("reserve_months", 2.94, "residents-short", "alarm", "2.9 · 结余不足", "2.9 · reserve short"),
        ("reserve_months", 2.96, "residents-short", "alarm", "2.96 · 结余不足", "2.96 · reserve short"),
        ("reserve_months", 3.0, "residents-low", "watch", "3.0 · 低于", "3.0 · below the normal range"),
        ("reserve_months", 3.04, "residents-low", "watch", "3.04 · 低于", "3.04 · below the normal range"),
        ("reserve_months", 5.998, "residents-low", "watch", "5.998 · 低于", "5.998 · below the normal range"),
        ("surplus_rate", -0.04, "surplus-deficit", "alarm", "-0.04 % · 当期赤字", "-0.04 · current deficit"),
        ("surplus_rate", 0.0, "surplus-thin", "watch", "0.0 % · 结余微薄", "0.0 · thin surplus"),
        ("surplus_rate", 0.04, "surplus-thin", "watch", "0.04 % · 结余微薄", "0.04 · thin surplus"),
    ],
)
def test_a_ratio_is_on_its_own_side_of_the_line_that_it_touches(
    shipped, warned, kinds, shown, ratio, value, band, severity, zh, en
):
    rows = residents(warned, ratio, value, f"band-{band}", severity)
    for words in (report.touched_words, report.record_words):
        told = said(words, rows, shipped.fund_bands, kinds)
        assert all(text in str(found) for text, found in zip((zh, en), told, strict=True))
    newest = warned[warned["scheme"].eq("residents") & warned["period"].eq("2023")]
    others = newest[newest["ratio"].ne(ratio)].assign(value=float("nan"), band=None, severity=None)
    report.warnings_table(pd.concat([rows, others]), shipped.fund_bands, TITLE)
    ((_, *cells),) = table(shown[0])
    assert any(cell.startswith(zh.replace(" %", "")) for cell in cells)


def test_all_years_of_a_ratio_have_the_decimals_of_the_one_that_needs_most(shipped, warned, shown):
    rows = warned[warned["scheme"].eq("residents") & warned["period"].isin(["2022", "2023"])]
    reserve = rows["ratio"].eq("reserve_months")
    values = rows["value"].mask(reserve & rows["period"].eq("2023"), 2.96)
    report.warnings_table(rows.assign(value=values), shipped.fund_bands, TITLE)
    assert [row[1].split(" · ")[0] for row in table(shown[0])] == ["9.67", "2.96"]


@pytest.mark.parametrize(
    ("balance", "months"), [(24.5, "2.9"), (24.7, "2.96"), (25.0, "3.0"), (25.3, "3.04"), (25.5, "3.1")]
)
def test_the_newest_reserve_is_on_its_own_side_of_the_lines_below_it(shipped, balance, months):
    """Of 100 a year; 24.7 are 2.964 months."""
    rows = fund_rows.rows(fund_rows.row(2024, 100.0, 100.0, balance, scheme="residents"))
    last = fund.indicators(rows).iloc[0]
    zh, en = said(report.newest_words, last, NO, NO, "某地", shipped.fund_bands)
    assert zh[0].endswith(f"可支付 {months} 个月。")
    assert en[0].endswith(f"is worth {months} months of expenditure.")


@pytest.mark.parametrize(("income", "rate"), [(100.04, "0.04"), (99.96, "-0.04"), (100.0, "0.0")])
def test_the_newest_surplus_is_no_deficit_and_the_other_way_round(shipped, income, rate):
    rows = fund_rows.rows(fund_rows.row(2024, income, 100.0, 40.0, scheme="residents"))
    last = fund.indicators(rows).iloc[0]
    zh, en = said(report.newest_words, last, NO, NO, "某地", shipped.fund_bands)
    assert f"当期结余率 {rate} %；" in zh[0] and f"current surplus {rate} % of income;" in en[0]
