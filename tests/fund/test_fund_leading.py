"""The first page on a fund: short, true of every verdict, and what to do next is somebody's to do."""

from dataclasses import replace

import pandas as pd
import pytest

import fund_rows
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


NATIONAL = "National totals do not describe any single local fund. "
PAGES = [
    (
        ("100000", "residents"),
        "Residents' insurance: reserve of 9.2 months (2024, derived); adequacy through 2028 cannot be determined.",
        [
            ("Expenditure growth, 2023", "7.5 points above income", "lost"),
            ("Reserve, end of 2024", "818.302 billion yuan (derived)", ""),
            ("Below lowest line by 2028", "two to three in ten", ""),
            ("Accounts not adding up", "3 of 7", "slow"),
            ("Current surplus, 2024", "4.6 % (derived)", ""),
            ("Expenditure growth, 2024", "3.8 points below income (derived)", ""),
        ],
        [
            "alarm: expenditure much faster (assumed line)",
            "9.2 months, above the normal range",
            "three to four in ten under stress",
            "up to 4.209 billion yuan",
            "current surplus (assumed line)",
            "expenditure not faster (assumed line)",
        ],
        NATIONAL + "Reserve bands are assumed. "
        "Probabilities are projected from 4 own growth rates (method: section 4).",
    ),
    (
        ("100000", "employees"),
        "Employees' pooled fund: reserve of 27.6 months (2024); adequate through 2028.",
        [
            ("Expenditure growth, 2023", "6.2 points above income", "lost"),
            ("Pooled fund, reserve 2024", "3,044.550 billion yuan", "slow"),
            ("Worst case, end of 2028", "7.7 months", ""),
            ("Expenditure growth, 2024", "4.1 points above income", "slow"),
            ("Accounts not adding up", "1 of 2", "slow"),
            ("Current surplus, 2024", "23.8 %", ""),
        ],
        [
            "incl. personal accounts, alarm: expenditure much faster (assumed line)",
            "about 3.04 trillion, 27.6 months, excessive reserve",
            "lowest line 3 months",
            "incl. personal accounts, watch: expenditure faster (assumed line)",
            "up to 11.657 billion yuan",
            "current surplus (assumed line)",
        ],
        NATIONAL
        + "Worst case: no growth of income, fastest known growth of expenditure, hardest stress test.",
    ),
    (
        ("100000", "all"),
        "Reserve adequacy, 2026–2028: employees' pooled fund: adequate; "
        "residents' insurance: cannot be determined.",
        [
            ("Expenditure growth, 2023", "6.3 points above income", "lost"),
            ("Pooled fund, reserve 2024", "3,862.852 billion yuan", "slow"),
            ("Worst case, end of 2028", "7.7 months", ""),
            ("Below lowest line by 2028", "two to three in ten", ""),
            ("Expenditure growth, 2024", "1.3 points above income", "slow"),
            ("All schemes: accounts disagree", "9 of 19", "slow"),
        ],
        [
            "incl. personal accounts, alarm: expenditure much faster (assumed line)",
            "about 3.86 trillion, 19.4 months, excessive reserve",
            "employees' pooled fund",
            "residents' insurance, three to four in ten under stress",
            "incl. personal accounts, watch: expenditure faster (assumed line)",
            "up to 15.866 billion yuan",
        ],
        NATIONAL + "Reserve bands are assumed. Worst case: no growth of income, fastest known growth of "
        "expenditure, hardest stress test. "
        "Probabilities are projected from 4 own growth rates (method: section 4).",
    ),
    (
        ("530500", "employees"),
        "No usable reserve of employees' pooled fund is on record; adequacy through 2028 cannot be determined.",
        [
            ("Expenditure growth, 2021", "17.8 points above income (derived)", "lost"),
            ("Reserve, end of 2021", "1,574.53 million yuan", ""),
            ("Accounts not adding up", "0 of 2", ""),
            ("Current surplus, 2021", "15.7 %", ""),
        ],
        [
            "incl. personal accounts, alarm: expenditure much faster (assumed line)",
            "incl. personal accounts, 20.4 months",
            "",
            "incl. personal accounts, current surplus (assumed line)",
        ],
        "Personal accounts in the reserve cannot pay for others. The newest accounts are those of 2021. "
        "No probabilities: of the 4 own growth rates needed there 1 is.",
    ),
    (
        ("530500", "all"),
        "Reserve adequacy, 2026–2028: employees' pooled fund and residents' insurance: cannot be determined.",
        [
            ("Reserve, end of 2021", "2,119.80 million yuan", ""),
            ("All schemes: accounts disagree", "0 of 5", ""),
            ("Current surplus, 2021", "11.4 %", ""),
        ],
        [
            "incl. personal accounts, 9.7 months",
            "",
            "incl. personal accounts, current surplus (assumed line)",
        ],
        "Personal accounts in the reserve cannot pay for others. "
        "No scheme has a projection that could be used.",
    ),
    (
        ("532300", "residents"),
        "No usable reserve of residents' insurance is on record; adequacy through 2028 cannot be determined.",
        [
            ("Yearly accounts", "none", ""),
            ("Newest month", "none", ""),
            ("Figures needed", "income, expenditure, reserve", ""),
        ],
        [""] * 3,
        "Without accounts nothing is projected.",
    ),
]


@pytest.mark.parametrize(("case", "answer", "figures", "remarks", "limits"), PAGES)
def test_a_page_in_english_says_all_that_is_known_of_a_fund(
    judged, shipped, shown, case, answer, figures, remarks, limits
):
    use("en")
    page = page_of(judged, shipped, shown, case)
    assert page["answer"] == answer
    assert [(fact["label"], fact["figure"], fact["state"]) for fact in page["facts"]] == figures
    assert [fact["word"] for fact in page["facts"]] == remarks
    assert page["limits"] == limits


def test_figures_of_a_page_lead_to_the_rows_and_lines_behind_them(judged, shipped, shown):
    page = page_of(judged, shipped, shown, ("530500", "employees"))
    growth, reserve, accounts, surplus = (fact["ids"] for fact in page["facts"])
    row = judged["530500", "employees"][1]["id"].split(", ")
    assert reserve == row and set(growth) - {*row} and set(surplus) - {*row}
    assert {*row} <= {*growth} & {*surplus} and {*row} <= {*accounts}
    nation = page_of(judged, shipped, shown, ("100000", "employees"))["facts"]
    assert {*shipped.fund["id"], "band-employees-pooled-short"} == {*nation[2]["ids"]}
    chance = page_of(judged, shipped, shown, ("100000", "residents"))["facts"][2]
    assert {*shipped.fund["id"], "band-residents-short"} == {*chance["ids"]}


BUREAU = "The National Healthcare Security Administration"
STEPS = [
    (
        ("100000", "employees"),
        [
            f"{BUREAU} to propose other contribution rates or benefits by the end of 2026: employees' pooled "
            "fund, reserve of 27.6 months (excessive reserve).",
            f"{BUREAU} to supply income and expenditure of employees' pooled fund before 2024 with the "
            "accounts of 2025: too few rates.",
            "Local healthcare security bureaus to enter their own accounts of 2022–2024 by scheme within 2026, "
            "and to judge their own funds.",
            f"{BUREAU} to explain the accounts of employees' insurance, 2022: change of the reserve "
            "566.604 billion yuan, income less expenditure 554.947 billion yuan.",
            "Accounts of 2025 are due in 2026: add them and judge again; if not out by its end, ask "
            "the National Healthcare Security Administration.",
        ],
    ),
    (
        ("100000", "all"),
        [
            f"{BUREAU} to explain by the end of 2026 why expenditure of basic medical insurance (all) grew "
            "1.3 points faster than income in 2024.",
            f"{BUREAU} to supply income and expenditure of residents' insurance for 2019–2020 with the accounts "
            "of 2025: growth has gaps there.",
            "Local healthcare security bureaus to enter their own accounts of 2022–2024 by scheme within 2026, "
            "and to judge their own funds.",
            f"{BUREAU} to explain the accounts of employees' insurance, 2022: change of the reserve "
            "566.604 billion yuan, income less expenditure 554.947 billion yuan.",
            "Accounts of 2025 are due in 2026: add them and judge again; if not out by its end, ask "
            "the National Healthcare Security Administration.",
        ],
    ),
    (
        ("530500", "employees"),
        [
            "The healthcare security bureau of Baoshan to supply the accounts of 2022–2024, which should be "
            "out; those of 2025 come in 2026.",
            "The healthcare security bureau of Baoshan to explain by the end of 2026 why expenditure of "
            "employees' insurance grew 17.8 points faster than income in 2021.",
            "The healthcare security bureau of Baoshan to state the pooled fund apart with the accounts of "
            "2025: income, expenditure and reserve, no personal accounts.",
        ],
    ),
    (
        ("530500", "all"),
        [
            "The healthcare security bureau of Baoshan to state the pooled fund apart with the accounts of "
            "2025: income, expenditure and reserve, no personal accounts.",
            "The healthcare security bureau of Baoshan to supply the accounts of 2022–2024, which should be "
            "out; those of 2025 come in 2026.",
            "The healthcare security bureau of Baoshan with the finance authority to set the lowest line of "
            "residents' insurance by the end of 2026; until then 3 months are assumed.",
        ],
    ),
    (
        ("532300", "residents"),
        [
            "The healthcare security bureau of Chuxiong Prefecture to supply five years of income, expenditure "
            "and reserve of residents' insurance with the accounts of 2025.",
            "The healthcare security bureau of Chuxiong Prefecture with the finance authority to set the lowest "
            "line of residents' insurance by the end of 2026; until then 3 months are assumed.",
        ],
    ),
]


@pytest.mark.parametrize(("case", "steps"), STEPS)
def test_steps_in_english_name_who_does_what_by_when(judged, shipped, case, steps):
    use("en")
    assert told(judged, shipped, case) == steps


def residents_of(judged, **changed):
    """The verdict on the nation's residents, with something else in it."""
    return judged["100000", "residents"][0]._replace(**changed)


def test_a_reserve_below_the_line_or_short_of_income_has_its_own_step(judged, shipped):
    record = judged["530500", "residents"][2]
    newest = record[record["ratio"].eq("reserve_months") & record["period"].eq("2021")]
    use("en")
    assert told(judged, shipped, ("530500", "residents"), alerts=newest)[1] == (
        "The healthcare security bureau of Baoshan to propose more income, less expenditure or subsidies by "
        "the end of 2026: residents' insurance, reserve of 3.8 months (below the normal range)."
    )
    record = judged["100000", "residents"][2]
    thin = record[record["ratio"].eq("surplus_rate") & record["period"].eq("2023")]
    for value, told_value in ((1.1, "1.1 %"), (-1.1, "-1.1 %"), (0.0, "0.0 %")):
        step = told(judged, shipped, ("100000", "residents"), alerts=thin.assign(value=value))[0]
        assert step == (
            f"{BUREAU} to find the causes by the end of 2026: residents' insurance, thin surplus, "
            f"{told_value} (2023)."
        )


def test_the_gravest_line_of_the_newest_year_is_the_step(judged, shipped):
    """An alarm before what is to be watched, and of two alike the first."""
    record = judged["100000", "residents"][2]
    alerts = record[record["period"].eq("2023") & record["ratio"].ne("reserve_months")]
    both = told(judged, shipped, ("100000", "residents"), alerts=alerts)[0]
    assert alerts["severity"].tolist() == ["watch", "alarm"] and "高于收入 7.5 个百分点" in both
    alike = alerts.assign(severity="watch")
    assert "居民医保结余微薄" in told(judged, shipped, ("100000", "residents"), alerts=alike)[0]
    assert (
        "补充居民医保"
        in told(judged, shipped, ("100000", "residents"), alerts=alerts.assign(severity="ok"))[0]
    )


@pytest.mark.parametrize(
    ("ratio", "value", "figure"), [("reserve_months", 2.66, "2.7"), ("surplus_rate", -0.44, "-0.4")]
)
def test_a_warning_of_before_is_told_by_its_own_figure(judged, shipped, ratio, value, figure):
    _, row, record, _ = judged["100000", "residents"]
    alarm = record[record["ratio"].eq(ratio) & record["period"].eq("2023")]
    alarm = alarm.assign(value=value, severity="alarm", band="band-residents-short")
    units = {"reserve_months": (" 个月", " months"), "surplus_rate": (" %", " %")}
    for lang, unit in zip(("zh", "en"), units[ratio], strict=True):
        with using(lang):
            (fact,) = facts.warned(alarm, row, shipped)
            assert fact.figure == figure + unit
    assert facts.warned(alarm, row, shipped)[0].word == "预警：结余不足（假设线）"


def test_of_two_alarms_the_later_one_leads_and_no_watch_comes_before_an_alarm(judged, shipped):
    _, row, record, _ = judged["100000", "residents"]
    gaps = record[record["ratio"].eq("growth_gap") & record["period"].isin(["2022", "2023"])]
    for severities, year in (
        (("alarm", "alarm"), "2023"),
        (("alarm", "watch"), "2022"),
        (("watch", "watch"), "2023"),
    ):
        rows = gaps.assign(severity=list(severities), value=6.0, band="band-gap-faster")
        rows = rows.assign(band=record.loc[record["severity"].eq("alarm"), "band"].iloc[0])
        assert facts.warned(rows[::-1], row, shipped)[0].label[0] == f"{year} 年支出增速"


@pytest.mark.parametrize(("length", "word"), [(8, "预警：{}（假设线）"), (9, "预警（假设线）")])
def test_a_word_beside_a_figure_is_cut_where_it_has_no_room(judged, shipped, length, word):
    """预警：, eight characters and （假设线） are sixteen."""
    record = judged["100000", "residents"][2]
    alarm = record[record["ratio"].eq("growth_gap") & record["period"].eq("2023")]
    name = "支出增长快得多得多"[:length]
    named = replace(shipped, fund_bands=shipped.fund_bands.assign(label_zh=name, label_en="x" * 30))
    assert facts.ratios(alarm, named)[0].word == word.format(name)
    with using("en"):
        assert facts.ratios(alarm, named)[0].word == f"alarm: {'x' * 30} (assumed line)"


def test_growth_is_derived_where_the_year_before_is(judged, shipped):
    record = judged["100000", "residents"][2]
    rows = record[record["period"].eq("2023") & record["ratio"].ne("reserve_months")]
    stored = shipped.fund
    before = stored["region"].eq("100000") & stored["scheme"].eq("residents") & stored["period"].eq("2022")
    soft = replace(shipped, fund=stored.assign(basis=stored["basis"].mask(before, "derived")))
    assert [fact.figure for fact in facts.ratios(rows, soft)] == ["1.1 %", "高于收入 7.5 个百分点（推算）"]
    assert [fact.figure for fact in facts.ratios(rows, shipped)] == ["1.1 %", "高于收入 7.5 个百分点"]


def test_a_figure_is_derived_where_one_of_its_columns_is(shipped):
    """Of 2024 the income and expenditure of residents are final, and the reserve is derived."""
    ids = shipped.fund.loc[shipped.fund["id"].str.contains("cn-2024-residents"), "id"].tolist()
    rows = shipped.fund.set_index("id").loc[ids]
    columns = {one: facts.derived(ids, [one], shipped) for one in ("income", "expenditure", "balance")}
    final = rows["basis"].eq("final")
    for one, said in columns.items():
        assert said == ("" if rows.loc[final, one].notna().any() else "（推算）")
    assert facts.derived(ids, ["balance", "expenditure"], shipped) == "（推算）"
    assert facts.derived([], ["balance"], shipped) == ""


@pytest.mark.parametrize("sign", [1, -1])
def test_the_largest_difference_is_so_in_either_direction(judged, shipped, sign):
    result, _, _, checked = judged["100000", "residents"]
    own = checked["scheme"].eq("residents") & checked["state"].eq("broken")
    large = checked.assign(
        difference=checked["difference"].mask(own & (checked["period"] == "2023"), sign * 99.5)
    )
    (fact,) = facts.disagreeing(result, large)
    assert unmarked(fact.word) == "最大差 99.50 亿元" or unmarked(fact.word) == "最大差 99.5 亿元"
    step = told(judged, shipped, ("100000", "residents"), checked=large)[2]
    assert "说明 2023 年居民医保账目" in step


def test_what_a_sum_shows_again_is_no_step_of_its_own(judged, shipped):
    checked = judged["100000", "all"][3]
    said = told(judged, shipped, ("100000", "all"), checked=checked.assign(summed=False))
    assert any("说明 2022 年基本医疗保险（合计）账目：结余增加 6,483.59 亿元" in one for one in said)


def test_years_that_follow_each_other_are_a_span(judged, shipped):
    case = "100000", "residents"
    stored = shipped.fund
    gone = stored["region"].eq(case[0]) & stored["scheme"].eq(case[1])
    kept = replace(shipped, fund=stored[~(gone & stored["period"].str[:4].isin(["2019", "2020", "2022"]))])
    assert "补充居民医保 2019—2020 和 2022 年收支" in told(judged, kept, case)[0]
    with using("en"):
        assert "for 2019–2020 and 2022 with the accounts" in told(judged, kept, case)[0]


def test_a_line_is_the_lowest_of_its_scheme_and_an_excess_is_drawn_where_it_is_published(
    judged, shipped, shown
):
    case = "100000", "employees"
    use("en")
    chart = drawn(shipped, judged, case, "employees-pooled", shown)["text/plain"]
    assert chart.startswith(
        "2024: employees' pooled fund, reserve of 27.6 months, not below the lowest line of 3"
    )
    assert "; 7.7 in the worst case of 2028" in chart
    assert chart.endswith("2028: 7.7 (worst case); lowest line 3; excessive reserve 15.")
    residents = drawn(shipped, judged, ("100000", "residents"), "residents", shown)["text/plain"]
    assert residents.startswith("2021–2024: residents' insurance, reserve of 8.7 to 9.7 months, not below")
    assert residents.endswith("lowest line 3 (assumed).")
    few = replace(shipped, fund_bands=shipped.fund_bands[shipped.fund_bands["upper"].eq(3)])
    assert drawn(few, judged, case, "employees-pooled", shown)["text/plain"].endswith("lowest line 3.")


def made(months, first=2015):
    """Accounts of ten a month whose reserves last so many months."""
    found = [
        {"id": f"r-{n}", "scheme": "residents", "period": str(first + n), "reserve_months": value}
        for n, value in enumerate(months)
    ]
    return pd.DataFrame(found)


@pytest.mark.parametrize(
    ("months", "limit", "zh", "en"),
    [
        (
            [1.0, 2, 3, 4, 5, 6],
            3,
            "2016—2020 年居民医保结余可付 2.0 至 6.0 个月，1 年低于最低线 3 个月",
            "in 1 year",
        ),
        (
            [2.0, 2.9, 3],
            3,
            "2015—2017 年居民医保结余可付 2.0 至 3.0 个月，2 年低于最低线 3 个月",
            "in 2 years",
        ),
        ([4.0], 3, "2015 年居民医保结余可付 4.0 个月，不低于最低线 3 个月", "not below the lowest line of 3"),
        ([4.04, 3.96], 3, "2015—2016 年居民医保结余可付 4.0 个月，不低于最低线 3 个月", "not below"),
        (
            [2.0, 5.0],
            float("nan"),
            "2015—2016 年居民医保结余可付 2.0 至 5.0 个月",
            "reserve of 2.0 to 5.0 months",
        ),
    ],
)
def test_the_title_of_the_bars_spans_the_last_five_years(judged, shipped, shown, months, limit, zh, en):
    result = residents_of(judged, limit=limit)
    none = judged["100000", "residents"][2].iloc[:0]
    for lang, text in (("zh", zh), ("en", en)):
        with using(lang):
            leading.reserve_chart(made(months), none, result, shipped)
        title = shown[-1]["text/plain"].split("。" if lang == "zh" else ". ")[0]
        assert title == text if lang == "zh" else text in title
    bars = shown[-2]["text/plain"].count("；")
    assert bars >= min(len(months), 5) - 1


def test_without_a_reserve_the_bars_are_none(judged, shipped, shown):
    none = judged["100000", "residents"][2].iloc[:0]
    leading.reserve_chart(made([float("nan")]), none, judged["100000", "residents"][0], shipped)
    assert "居民医保的可支付月数" in shown[0]["text/plain"] and "最低线" not in shown[0]["text/plain"]


@pytest.mark.parametrize(
    ("months", "expected"),
    [(["2025-03", "2025-07"], ("2025-07", "2025-07")), ([], ("没有", "none"))],
)
def test_where_there_are_only_months_the_newest_is_told(judged, shipped, shown, months, expected):
    result, _, record, checked = judged["532300", "residents"]
    for lang, told_month in zip(("zh", "en"), expected, strict=True):
        with using(lang):
            table = pd.DataFrame({"period": months})
            leading.first_page(result, "532300", AS_OF, None, record, checked, table, shipped)
        assert shown[-1][BRIEF]["facts"][1]["figure"] == told_month


def documents_of(shipped, scheme, first, others):
    """The package with other documents behind the lowest line of a scheme and behind those above it."""
    bands = shipped.fund_bands
    of_scheme = bands["scheme"].eq(scheme)
    lowest = of_scheme & bands["upper"].eq(3)
    documents = bands["document"].mask(of_scheme, others).mask(lowest, first)
    return replace(shipped, fund_bands=bands.assign(document=documents))


OURS, PUBLISHED = "assumed-fund-lines", "src-mohrss-press-2016-10"


@pytest.mark.parametrize(
    ("first", "others", "told"),
    [
        (OURS, PUBLISHED, "最低线 3（假设）；结余过多 15。"),
        (PUBLISHED, OURS, "最低线 3。"),
        (PUBLISHED, PUBLISHED, "最低线 3；结余过多 15。"),
    ],
)
def test_a_line_is_assumed_by_its_own_document(judged, shipped, shown, first, others, told):
    package = documents_of(shipped, "residents", first, others)
    chart = drawn(package, judged, ("100000", "residents"), "residents", shown)
    assert chart["text/plain"].endswith(told)
    if "15" in told:
        assert "band-residents-excess" in str(chart[CHART]) and "band-residents-high" in str(chart[CHART])


def test_a_highest_band_that_is_no_excess_has_no_line(judged, shipped, shown):
    package = documents_of(shipped, "residents", PUBLISHED, PUBLISHED)
    bands = package.fund_bands
    fine = replace(
        package, fund_bands=bands.assign(severity=bands["severity"].mask(bands["upper"].isna(), "ok"))
    )
    chart = drawn(fine, judged, ("100000", "residents"), "residents", shown)["text/plain"]
    assert chart.endswith("最低线 3。")


def test_of_two_assumed_lines_the_first_is_to_be_set(judged, shipped):
    """Once for each page."""
    assumed = replace(shipped, fund_bands=shipped.fund_bands.assign(document=OURS))
    result, *_, checked = judged["100000", "all"]
    given = {"alerts": judged["100000", "all"][2].iloc[:0], "checked": checked.iloc[:0]}
    said = [unmarked(one) for one in steps.next_steps(result, "100000", AS_OF, package=assumed, **given)]
    assert said[-1].startswith("国家医疗保障局会同财政部门，2026 年底前认定职工医保统筹基金最低结余；")
    assert sum("最低结余" in one for one in said) == 1


def test_an_answer_without_room_leaves_out_that_it_is_a_reserve(judged, shipped):
    _, row, _, _ = judged["100000", "residents"]
    for change, start in (
        ({}, "居民医保可付 9.2 个月（2024，推算），能否撑到"),
        ({"answer": "yes", "rule": "chance"}, "居民医保结余可付 9.2 个月（2024，推算），撑得到"),
    ):
        result = residents_of(judged, **change)
        assert unmarked(leading.leading_answer(result, row, shipped)).startswith(start)


def test_the_worst_case_has_a_colour_of_its_own():
    """Beside years on record, in the small chart of the first page."""
    *_, worst = leading._WORST
    assert worst not in leading._COLOURS.values()


HELD = [(2.94, "2.9"), (2.96, "2.96"), (3.0, "3.0"), (3.04, "3.04"), (3.06, "3.1")]


@pytest.mark.parametrize(("months", "told_months"), HELD)
def test_a_page_tells_a_reserve_on_its_own_side_of_the_line(judged, shipped, months, told_months):
    """The answer, the fact and the step say the same figure."""
    case = "530500", "residents"
    result, row, record, _ = judged[case]
    held, alerts = (
        row.copy(),
        record[record["period"].eq(row["period"]) & record["ratio"].eq("reserve_months")],
    )
    held["reserve_months"] = months
    alerts = alerts.assign(value=months, severity="alarm", band="band-residents-short")
    for lang, unit in (("zh", " 个月"), ("en", " months")):
        with using(lang):
            figure = told_months + unit
            assert figure in unmarked(leading.leading_answer(result, held, shipped))
            assert figure in facts.reserve(held, alerts, shipped).word
            assert facts.warned(alerts, held.replace({row["period"]: "2099"}), shipped)[0].figure == figure
            assert any(figure in step for step in told(judged, shipped, case, alerts=alerts))


@pytest.mark.parametrize(("months", "told_months"), HELD)
def test_the_worst_case_is_told_on_its_own_side_of_the_line(judged, shipped, shown, months, told_months):
    case = "100000", "employees"
    result = judged[case][0]
    result = result._replace(worst=pd.Series(result.worst.to_dict() | {"months": months}, dtype=object))
    for lang, unit in (("zh", " 个月"), ("en", " months")):
        with using(lang):
            assert facts.outlook(result, [], shipped.fund_bands)[0].figure == told_months + unit
    chart = drawn(shipped, {case: (result,)}, case, "employees-pooled", shown)["text/plain"]
    assert f"；最不利时 2028 年末 {told_months} 个月。" in chart
    assert f"；2028：{told_months}（最不利）；最低线 3；" in chart


@pytest.mark.parametrize(
    ("value", "told_value"),
    [
        (-0.06, "低于收入 0.1 个百分点"),
        (-0.04, "低于收入 0.04 个百分点"),
        (0.04, "高于收入 0.04 个百分点"),
        (2.94, "高于收入 2.9 个百分点"),
    ],
)
def test_growth_beside_that_of_income_is_not_told_as_none(judged, shipped, value, told_value):
    record = judged["100000", "residents"][2]
    rows = record[record["ratio"].eq("growth_gap") & record["period"].eq("2023")]
    (fact,) = facts.ratios(rows.assign(value=value, band=None, severity=None), shipped)
    assert fact.figure.startswith(told_value)


@pytest.mark.parametrize(
    ("reserve", "figure", "below"),
    [(24.5, "2.9", True), (24.7, "2.96", True), (25.0, "3.0", False), (25.3, "3.04", False)],
)
def test_the_chart_says_below_only_of_bars_whose_figure_is(judged, shipped, shown, reserve, figure, below):
    """Of 100 a year and a lowest line of three months."""
    rows = fund.indicators(fund_rows.rows(fund_rows.row(2024, 100.0, 100.0, reserve, scheme="residents")))
    result = judged["100000", "residents"][0]
    for lang, title in (
        ("zh", f"2024 年居民医保结余可付 {figure} 个月，{'1 年' if below else '不'}低于最低线 3 个月。"),
        ("en", f"2024: residents' insurance, reserve of {figure} months, "),
    ):
        with using(lang):
            leading.reserve_chart(rows, fund.warn(rows, shipped.fund_bands), result, shipped)
        assert shown[-1]["text/plain"].startswith(title)
    assert f"2024: {figure} (" in shown[-1]["text/plain"]
    assert ("below the lowest line of 3 in 1 year" in shown[-1]["text/plain"]) is below


def test_a_reserve_of_the_line_is_not_below_it_for_noise(judged, shipped, shown):
    """0.35 of 1.4 a year; the line is 3.0000000000000004 months."""
    rows = fund.indicators(fund_rows.rows(fund_rows.row(2024, 1.4, 1.4, 0.35, scheme="residents")))
    result = judged["100000", "residents"][0]._replace(limit=3.0000000000000004)
    leading.reserve_chart(rows, fund.warn(rows, shipped.fund_bands), result, shipped)
    assert "，不低于最低线 3 个月" in shown[-1]["text/plain"]
