"""The first page on a fund: short, true of every verdict, and what to do next is somebody's to do."""

import pandas as pd
import pytest

from plan_monitor import fund
from plan_monitor.fund.report import leading, steps
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
    """By region and scheme: verdict, row of the newest accounts, alerts, accounts checked."""
    found = {}
    for region, scheme in CASES:
        rules = shipped.fund_bands, shipped.fund_scenarios
        result = fund.holds(shipped.fund, region, scheme, *rules, AS_OF, shipped.above(region))
        local = shipped.fund[shipped.fund["region"] == region]
        tables = {
            name: fund.indicators(local[local["scheme"] == name], AS_OF) for name in (scheme, result.scheme)
        }
        full = tables[scheme].dropna(subset=["income", "expenditure"])
        pooled = tables[result.scheme].dropna(subset=["income", "expenditure", "balance"])
        newest = (pooled if len(pooled) else full).tail(1)
        alerts = fund.warn(newest, shipped.fund_bands)
        row = newest.iloc[0] if len(newest) else None
        found[region, scheme] = result, row, alerts, fund.check_accounts(local)
    return found


def room(text, lang, characters, words):
    read = unmarked(text)
    return len(read) <= characters if lang == "zh" else len(read.split()) <= words


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("case", CASES)
def test_a_first_page_has_room_for_all_it_says(judged, shipped, shown, case, lang):
    result, row, alerts, checked = judged[case]
    use(lang)
    months = fund.months(shipped.fund.iloc[:0])
    leading.first_page(result, case[0], AS_OF, row, alerts, checked, months, shipped)
    page = shown[0][BRIEF]
    assert fits(page["answer"]), page["answer"]
    assert 3 <= len(page["facts"]) <= 6
    for fact in page["facts"]:
        assert room(fact["label"], lang, 12, 5), fact
        assert len(fact["word"]) <= 16 or lang == "en", fact
    assert 1 <= len(page["steps"]) <= 5
    for step in page["steps"]:
        assert room(step, lang, 60, 30), step
    assert len(page["limits"]) <= 80 or lang == "en"


@pytest.mark.parametrize(
    ("change", "zh", "en"),
    [
        ({"answer": "yes", "rule": "chance"}, "今后三年撑得住", "it holds for three years"),
        ({"answer": "no", "rule": "chance"}, "很可能撑不住", "very probably it does not hold"),
        ({"answer": "no", "rule": "below"}, "已低于最低线", "below the lowest line already"),
        ({"answer": "unknown"}, "能否撑住不能判断", "cannot be told"),
    ],
)
def test_the_answer_is_as_strong_in_both_languages_and_says_first_what_is_known(judged, change, zh, en):
    _, row, _, _ = judged["100000", "residents"]
    result = fund.Verdict("", "residents", (2026, 2028), 2024)._replace(**change)
    text = leading.leading_answer(result, row)
    assert cited("9.2", row["id"].split(", ")) in text
    assert unmarked(text).startswith("居民医保结余可支付 9.2 个月（2024），") and zh in text and fits(text)
    use("en")
    text = leading.leading_answer(result, row)
    assert unmarked(text).startswith("Residents' insurance: reserve of 9.2 months (2024); ") and en in text
    assert fits(text)


def test_a_reserve_with_personal_accounts_is_not_that_of_the_pool(judged, shipped, shown):
    result, row, alerts, checked = judged["530500", "employees"]
    assert unmarked(leading.leading_answer(result, row)).startswith("没有收录到职工医保统筹基金可用的结余")
    rows = fund.indicators(
        shipped.fund[shipped.fund["region"].eq("530500") & shipped.fund["scheme"].eq("employees")]
    )
    leading.reserve_chart(rows, fund.warn(rows, shipped.fund_bands), result)
    assert result.limit == 3 and "最低线" not in shown[0]["text/plain"]  # which is for the pooled fund
    leading.first_page(result, "530500", AS_OF, row, alerts, checked, fund.months(rows.iloc[:0]), shipped)
    months = next(fact for fact in shown[1][BRIEF]["facts"] if fact["label"] == "可支付月数")
    assert months["word"].startswith("含个人账户")
    assert "含个人账户的结余不能都用于支付" in shown[1][BRIEF]["limits"]


def test_the_chart_says_how_often_the_reserve_was_below_the_line_and_its_bars_lead_to_their_accounts(
    judged, shipped, shown
):
    result = judged["530500", "residents"][0]
    rows = fund.indicators(
        shipped.fund[shipped.fund["region"].eq("530500") & shipped.fund["scheme"].eq("residents")]
    )
    leading.reserve_chart(rows, fund.warn(rows, shipped.fund_bands), result)
    assert shown[0]["text/plain"].startswith(
        "2020—2021 年居民医保结余可支付 2.7 至 3.8 个月，1 年低于最低线 3 个月。"
    )
    assert "fund-baoshan-2020-residents-derived" in str(shown[0][CHART])
    leading.reserve_chart(rows, fund.warn(rows, shipped.fund_bands), result._replace(limit=2.0))
    assert "，不低于最低线 2 个月。" in shown[1]["text/plain"]


def test_steps_name_whom_to_ask_for_what(judged, shipped):
    def told(case):
        result, _, alerts, checked = judged[case]
        return [unmarked(one) for one in steps.next_steps(result, case[0], AS_OF, alerts, checked, shipped)]

    nation = told(("100000", "all"))
    assert nation[0] == "请国家医疗保障局提供居民医保 2019—2020 年的收入和支出：缺这些年，增速不全。"
    assert (
        "请国家医疗保障局说明 2022 年基本医疗保险（合计）账目：结余的增加比收入减支出多 158.66 亿元。"
        in nation
    )
    assert nation[-1] == "2025 年决算在 2026 年公布后填入 fund.csv，重新判断。"
    stale = told(("530500", "residents"))
    assert stale[0] == "向保山市医疗保障局取得应已公布的 2022—2024 年决算，2025 年的在 2026 年公布后补入。"
    assert "请保山市医疗保障局认定最低线，替换 fund_bands.csv 里假设的 3 个月。" in stale
    assert told(("530500", "employees"))[1].startswith("请保山市医疗保障局单独提供统筹基金")
    assert told(("532300", "residents"))[0].startswith("请楚雄州医疗保障局提供居民医保近五年的收入")
    with using("en"):
        assert told(("100000", "residents"))[1].startswith(
            "Ask the National Healthcare Security Administration why in 2022 the change of the reserve"
        )


def test_a_gap_that_is_less_is_called_so(judged, shipped):
    result, _, alerts, checked = judged["100000", "residents"]
    less = checked.assign(difference=-checked["difference"])
    said = [unmarked(one) for one in steps.next_steps(result, "100000", AS_OF, alerts, less, shipped)]
    assert any("比收入减支出少 42.09 亿元" in one for one in said)
    none = steps.next_steps(result, "100000", AS_OF, alerts.iloc[:0], checked.iloc[:0], shipped)
    assert not any("说明" in one for one in none)
    assert not any(pd.isna(one) or not one for one in none)
