"""The first page on a fund: short, true of every verdict, and what to do next is somebody's to do."""

from dataclasses import replace

import pandas as pd
import pytest

from plan_monitor import fund
from plan_monitor.fund.report import facts, leading, steps
from plan_monitor.report.leading import fits
from reportkit.brief import BRIEF
from reportkit.charts.canvas import CHART
from reportkit.cited import cited, unmarked
from reportkit.language import use, using

AS_OF = "2025-12"
CASES = [
    (region, scheme)
    for region in ("100000", "530500", "532300")
    for scheme in ("employees", "residents", "all")
]


@pytest.fixture(scope="module")
def judged(shipped):
    """By region and scheme: verdict, row of the newest accounts, record of warnings, accounts checked."""
    found = {}
    for region, scheme in CASES:
        rules = shipped.fund_bands, shipped.fund_scenarios
        result = fund.holds(shipped.fund, region, scheme, *rules, AS_OF, shipped.above(region))
        local = shipped.fund[shipped.fund["region"] == region]
        pool = fund.POOLED.get(scheme, "")
        tables = [fund.indicators(local[local["scheme"] == name], AS_OF) for name in (scheme, pool)]
        own, pooled = (rows.dropna(subset=["income", "expenditure"]) for rows in tables)
        pooled = pooled.dropna(subset=["balance"])
        newest = (pooled if len(pooled) else own).tail(1)
        whole, part = (fund.warn(rows, shipped.fund_bands) for rows in (own, pooled))
        of_pool = part.loc[part["value"].notna(), "ratio"].unique()
        record = pd.concat([part[part["ratio"].isin(of_pool)], whole[~whole["ratio"].isin(of_pool)]])
        row = newest.iloc[0] if len(newest) else None
        found[region, scheme] = result, row, record, fund.check_accounts(local)
    return found


def page_of(judged, shipped, shown, case):
    result, row, record, checked = judged[case]
    leading.first_page(result, case[0], AS_OF, row, record, checked, no_months(shipped), shipped)
    return shown[-1][BRIEF]


def no_months(shipped):
    return fund.months(shipped.fund.iloc[:0])


def room(text, lang, characters, words):
    read = unmarked(text)
    return len(read) <= characters if lang == "zh" else len(read.split()) <= words


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("case", CASES)
def test_a_first_page_has_room_for_all_it_says(judged, shipped, shown, case, lang):
    use(lang)
    page = page_of(judged, shipped, shown, case)
    assert fits(page["answer"]), page["answer"]
    assert 3 <= len(page["facts"]) <= 6
    for fact in page["facts"]:
        assert room(fact["label"], lang, 12, 5), fact
        assert len(fact["word"]) <= 16 or lang == "en", fact
    assert 1 <= len(page["steps"]) <= 5
    for step in page["steps"]:
        assert room(step, lang, 60, 30), step
    assert room(page["limits"], lang, 80, 40)
    assert "csv" not in str(page["steps"])


@pytest.mark.parametrize(
    ("change", "zh", "en"),
    [
        ({"answer": "yes", "rule": "chance"}, "撑得到 2028 年末", "; adequate through 2028"),
        ({"answer": "no", "rule": "chance"}, "很可能撑不到 2028 年末", "very probably inadequate by 2028"),
        ({"answer": "no", "rule": "below"}, "已低于最低线", "below the lowest line already"),
        ({"answer": "unknown"}, "能否撑到 2028 年末不能判断", "through 2028 cannot be determined"),
    ],
)
def test_the_answer_is_as_strong_in_both_languages_and_says_first_what_is_known(
    judged, shipped, change, zh, en
):
    _, row, _, _ = judged["100000", "residents"]
    result = fund.Verdict("", "residents", (2026, 2028), 2024)._replace(**change)
    text = leading.leading_answer(result, row, shipped)
    assert cited("9.2", row["id"].split(", ")) in text and zh in text and fits(text)
    assert unmarked(text).startswith("居民医保") and "可付 9.2 个月（2024，推算）" in unmarked(text)
    use("en")
    text = leading.leading_answer(result, row, shipped)
    assert unmarked(text).startswith("Residents' insurance: reserve of 9.2 months (2024, derived); ")
    assert en in text and fits(text)


def facts_of(page):
    return {fact["label"]: (fact["figure"], fact["word"], fact["state"]) for fact in page["facts"]}


def test_the_gravest_warning_leads_and_no_band_is_praised(judged, shipped, shown):
    page = page_of(judged, shipped, shown, ("100000", "residents"))
    known = facts_of(page)
    assert page["facts"][0]["label"] == "2023 年支出增速"
    assert known["2023 年支出增速"] == (
        "高于收入 7.5 个百分点",
        "预警：支出远快于收入（假设线）",
        "lost",
    )
    assert known["2024 年末累计结余"] == ("8,183.02 亿元（推算）", "9.2 个月，高于正常区间", "")
    assert known["2024 年支出增速"][0] == "低于收入 3.8 个百分点（推算）"
    assert "kept" not in str(page)
    assert "可能性据自身 4 个增速推算（方法见第四节）" in page["limits"]
    alarm = page_of(judged, shipped, shown, ("530500", "employees"))["facts"][0]
    assert (alarm["label"], alarm["state"]) == (
        "2021 年支出增速",
        "lost",
    )  # said once: it is of the newest year
    assert alarm["word"].startswith("含个人账户，预警")


def test_a_page_counts_the_accounts_of_its_own_scheme(judged, shipped, shown):
    own = facts_of(page_of(judged, shipped, shown, ("100000", "residents")))
    assert own["对不上的账目"] == ("7 处中 3 处", "最大差 42.09 亿元", "slow")
    both = facts_of(page_of(judged, shipped, shown, ("100000", "all")))
    assert both["各险种对不上的账"] == ("19 处中 9 处", "最大差 158.66 亿元", "slow")


def test_what_the_reserve_is_worth_at_worst_is_the_proof(judged, shipped, shown):
    page = page_of(judged, shipped, shown, ("100000", "employees"))
    assert facts_of(page)["最不利时 2028 年末"] == ("7.7 个月", "最低线 3 个月", "")
    use("en")
    pooled = facts_of(page_of(judged, shipped, shown, ("100000", "employees")))["Pooled fund, reserve 2024"]
    assert pooled[:2] == ("3,044.550 billion yuan", "about 3.04 trillion, 27.6 months, excessive reserve")


def drawn(shipped, judged, case, scheme, shown):
    region, _ = case
    rows = fund.indicators(
        shipped.fund[shipped.fund["region"].eq(region) & shipped.fund["scheme"].eq(scheme)]
    )
    leading.reserve_chart(rows, fund.warn(rows, shipped.fund_bands), judged[case][0], shipped)
    return shown[-1]


def test_bars_have_the_words_of_their_bands_and_stand_beside_the_lines(judged, shipped, shown):
    of_residents = drawn(shipped, judged, ("100000", "residents"), "residents", shown)["text/plain"]
    assert "2022：9.7（高于正常区间）；2023：8.8（正常）；2024（推算）：9.2（高于正常区间）" in of_residents
    assert of_residents.endswith("最低线 3（假设）。")  # that of an excess is assumed, too, and not drawn
    pool = drawn(shipped, judged, ("100000", "employees"), "employees-pooled", shown)
    assert "；最不利时 2028 年末 7.7 个月。" in pool["text/plain"]
    assert pool["text/plain"].endswith("2028：7.7（最不利）；最低线 3；结余过多 15。")
    assert "band-employees-pooled-short" in str(pool[CHART])


def test_a_reserve_with_personal_accounts_is_not_that_of_the_pool(judged, shipped, shown):
    result, row, _, _ = judged["530500", "employees"]
    told = unmarked(leading.leading_answer(result, row, shipped))
    assert told.startswith("没有收录到职工医保统筹基金可用的结余")
    chart = drawn(shipped, judged, ("530500", "employees"), "employees", shown)
    assert result.limit == 3 and "最低线" not in chart["text/plain"]  # which is for the pooled fund
    page = page_of(judged, shipped, shown, ("530500", "employees"))
    assert facts_of(page)["2021 年末累计结余"] == ("157,453 万元", "含个人账户，20.4 个月", "")
    assert "含个人账户的结余不能都用于支付" in page["limits"]


def test_the_chart_says_how_often_the_reserve_was_below_the_line_and_its_bars_lead_to_their_accounts(
    judged, shipped, shown
):
    chart = drawn(shipped, judged, ("530500", "residents"), "residents", shown)
    assert chart["text/plain"].startswith(
        "2020—2021 年居民医保结余可付 2.7 至 3.8 个月，1 年低于最低线 3 个月。"
    )
    assert "fund-baoshan-2020-residents-derived" in str(chart[CHART])
    case = {("530500", "residents"): [judged["530500", "residents"][0]._replace(limit=2.0)]}
    assert "，不低于最低线 2 个月。" in drawn(shipped, case, *case, "residents", shown)["text/plain"]


def told(judged, shipped, case, **changed):
    result, row, record, checked = judged[case]
    newest = record.iloc[:0] if row is None else record[record["period"] == row["period"]]
    given = {"alerts": newest, "checked": checked} | changed
    return [unmarked(one) for one in steps.next_steps(result, case[0], AS_OF, package=shipped, **given)]


def test_steps_name_who_does_what_by_when(judged, shipped):
    residents = told(judged, shipped, ("100000", "residents"))
    assert residents == [
        "国家医疗保障局在 2025 年决算公布时，补充居民医保 2019—2020 年收支：缺这些年，增速不全。",
        "各统筹地区医保局 2026 年内取本地 2022—2024 年决算，按险种填报，另作本地判断。",
        "国家医疗保障局说明 2022 年居民医保账目：结余增加 817.55 亿元，收入减支出 775.46 亿元。",
        "2025 年决算应在 2026 年公布，公布后补入，重新判断；年底未见的，向国家医疗保障局催要。",
        "国家医疗保障局会同财政部门，2026 年底前认定居民医保最低结余；认定前用假设的 3 个月。",
    ]
    excess = told(judged, shipped, ("100000", "employees"))[0]
    assert excess.endswith("结余可付 27.6 个月（结余过多），2026 年底前提出费率或待遇调整的意见。")
    both = told(judged, shipped, ("100000", "all"))
    assert both[0].startswith("国家医疗保障局查明 2024 年基本医疗保险（合计）支出增速高于收入 1.3 个百分点")
    assert not any("结余可付" in one for one in both)  # nobody disposes of the sum of two reserves
    stale = told(judged, shipped, ("530500", "residents"))
    assert stale[0] == "保山市医疗保障局补报应已公布的 2022—2024 年决算；2025 年的 2026 年公布，届时补入。"
    assert stale[1].endswith("3.8 个月（低于正常区间），2026 年底前提出增收节支和财政补助的意见。")
    assert "单独列出统筹基金的收入" in told(judged, shipped, ("530500", "employees"))[2]
    assert "提供居民医保近五年的收入" in told(judged, shipped, ("532300", "residents"))[0]
    with using("en"):
        assert told(judged, shipped, ("100000", "residents"))[0] == (
            "The National Healthcare Security Administration to supply income and expenditure of residents' "
            "insurance for 2019–2020 with the accounts of 2025: growth has gaps there."
        )


def test_a_thin_surplus_is_a_step_with_its_sign(judged, shipped):
    record = judged["100000", "residents"][2]
    thin = record[record["ratio"].eq("surplus_rate") & record["period"].eq("2023")]
    assert (
        "居民医保结余微薄（2023 年 1.1 %）的原因"
        in told(judged, shipped, ("100000", "residents"), alerts=thin)[0]
    )
    deficit = thin.assign(value=-1.1, band="band-surplus-deficit", severity="alarm")
    assert "当期赤字（2023 年 -1.1 %）" in told(judged, shipped, ("100000", "residents"), alerts=deficit)[0]


def test_a_current_balance_that_disagrees_is_called_so(judged, shipped):
    checked = judged["100000", "residents"][3]
    published = checked.assign(identity="current")
    said = told(judged, shipped, ("100000", "residents"), checked=published)
    assert any("公布的当期结余 817.55 亿元，收入减支出 775.46 亿元" in one for one in said)
    none = told(judged, shipped, ("100000", "residents"), checked=checked.iloc[:0])
    assert not any("说明" in one for one in none) and all(none)


def test_a_year_without_any_row_is_a_gap_as_one_without_figures_is(judged, shipped):
    case = "100000", "residents"
    kept = shipped.fund[~shipped.fund["period"].str[:4].isin(["2019", "2020"])]
    assert told(judged, replace(shipped, fund=kept), case)[0] == told(judged, shipped, case)[0]


@pytest.mark.parametrize(
    ("change", "first"),
    [
        ({"reasons": ("no_reserve",)}, "在 2025 年决算公布时，补充居民医保 2024 年末的累计结余。"),
        (
            {"reasons": ("no_reserve",), "scheme": "all"},
            "补充基本医疗保险（合计）2024 年末的累计结余。",
        ),
        ({"reasons": ("no_pooled",)}, "在 2025 年决算公布时，单独列出统筹基金的收入、"),
        ({"newest": 2025}, "在 2026 年决算公布时，补充居民医保 2019—2020 年收支：缺这些年，"),
        ({"answer": "yes", "rates": fund.ENOUGH - 1}, f" 年以前的收支：增速不足 {fund.ENOUGH} 个。"),
        ({"answer": "yes", "rates": fund.ENOUGH}, "各统筹地区医保局 2026 年内取本地 2022—2024 年决算"),
        ({"newest": None}, "在 2025 年决算公布时，提供居民医保近五年的收入、支出和年末累计结余。"),
    ],
)
def test_the_first_step_asks_for_what_the_verdict_lacks(judged, shipped, change, first):
    case = "100000", "residents"
    result, *others = judged[case]
    assert first in told({case: (result._replace(**change), *others)}, shipped, case)[0]


def test_accounts_of_the_year_that_is_over_ask_for_those_of_the_next(judged, shipped):
    case = "100000", "residents"
    result, *others = judged[case]
    newest = told({case: (result._replace(newest=2025), *others)}, shipped, case)
    assert any(one.startswith("2026 年决算应在 2027 年公布") for one in newest)
    before = told({case: (result._replace(newest=2023), *others)}, shipped, case)
    assert any("补报应已公布的 2024 年决算；2025 年的 2026 年公布" in one for one in before)


def test_only_a_graver_warning_of_before_leads(judged, shipped):
    _, row, record, _ = judged["100000", "residents"]
    (fact,) = facts.warned(record, row, shipped)
    assert fact.label[0] == "2023 年支出增速"
    assert facts.warned(record, None, shipped) == []
    assert facts.warned(record, row.replace({row["period"]: "2023"}), shipped) == []
    assert facts.warned(record[record["severity"].eq("ok")], row, shipped) == []


@pytest.mark.parametrize(("balance", "is_told"), [(10_000.0, True), (9999.99, False)])
def test_english_counts_in_trillions_from_one_on(judged, shipped, balance, is_told):
    _, row, record, _ = judged["100000", "residents"]
    held = row.copy()
    held["balance"] = balance
    with using("en"):
        assert ("about 1.00 trillion" in facts.reserve(held, record[:0], shipped).word) is is_told
    assert facts.reserve(held, record[:0], shipped).word == ""


def test_accounts_that_add_up_have_no_largest_gap_and_what_cannot_be_checked_no_fact(judged):
    result, _, _, checked = judged["100000", "residents"]
    (fine,) = facts.disagreeing(result, checked.assign(state="holds"))
    assert (fine.figure, fine.word, fine.state) == ("38 处中 0 处", "", "")
    assert facts.disagreeing(result, checked.assign(state="unknown")) == []


@pytest.mark.parametrize(
    ("value", "told"), [(0.0, "高于收入 0.0"), (-0.1, "低于收入 0.1"), (2.0, "高于收入 2.0")]
)
def test_growth_as_fast_as_income_is_not_below_it(judged, shipped, value, told):
    record = judged["100000", "residents"][2]
    rows = record[record["ratio"].eq("growth_gap") & record["period"].eq("2023")]
    (fact,) = facts.ratios(rows.assign(value=value, band=None, severity=None), shipped)
    assert fact.figure.startswith(f"{told} 个百分点") and fact.word == "没有预警线"


def test_a_reserve_at_the_line_is_not_below_it(judged, shipped, shown):
    case = "530500", "residents"
    local = shipped.fund[shipped.fund["region"].eq(case[0]) & shipped.fund["scheme"].eq(case[1])]
    months = fund.indicators(local)["reserve_months"]
    for limit, told in ((months.min(), "，不低于最低线 "), (months.max(), "，1 年低于最低线 ")):
        result = judged[case][0]._replace(limit=limit)
        assert told in drawn(shipped, {case: (result,)}, case, "residents", shown)["text/plain"]
