"""The first page of dated promises: what is past leads, and silence is never called a failure."""

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from plan_monitor.methods.promises import Count, judge
from plan_monitor.milestones import brief, report
from plan_monitor.milestones.states import states
from reportkit.brief import BRIEF
from reportkit.cited import spans, unmarked
from reportkit.language import chosen, using
from reportkit.table import TABLE, unpack

NONE = Count(0, {}, 0)
STATUS = pd.DataFrame({"milestone": [], "period": [], "state": []}, dtype="str")


def dated(*told):
    rows = [(f"m-{number}", state, "2023", "532323") for number, state in enumerate(told)]
    return pd.DataFrame(rows, columns=["id", "state", "period", "region"])


@pytest.mark.parametrize(
    ("told", "zh", "en"),
    [
        (
            ("unknown", "unknown", "awaited"),
            "3 个节点中 2 个已逾期，未见公布结果。",
            "Of 3 dates 2 are past without a published result.",
        ),
        (("missed", "done"), "2 个节点中 1 个没有完成。", "Of 2 dates 1 was missed or dropped."),
        (
            ("missed", "dropped", "unknown"),
            "3 个节点中 2 个没有完成，1 个已逾期，未见结果。",
            "Of 3 dates 2 were missed or dropped, and 1 is past without a published result.",
        ),
        (
            ("awaited", "not_due"),
            "2 个节点中 1 个到期，结果尚在公布期内。",
            "Of 2 dates 1 is due, results pending.",
        ),
        (
            ("done", "not_due"),
            "2 个节点中已完成 1 个，没有逾期的。",
            "Of 2 dates 1 is done, and none is overdue.",
        ),
        (("not_due", "under_way"), "2 个节点，没有一个逾期。", "Of 2 dates none is overdue."),
        (
            ("unknown", "done"),
            "2 个节点中 1 个已逾期，未见公布结果。",
            "Of 2 dates 1 is past without a published result.",
        ),
        (
            ("missed", "unknown", "unknown"),
            "3 个节点中 1 个没有完成，2 个已逾期，未见结果。",
            "Of 3 dates 1 was missed or dropped, and 2 are past without a published result.",
        ),
        (
            ("awaited", "awaited", "not_due"),
            "3 个节点中 2 个到期，结果尚在公布期内。",
            "Of 3 dates 2 are due, results pending.",
        ),
        (
            ("done", "done", "not_due"),
            "3 个节点中已完成 2 个，没有逾期的。",
            "Of 3 dates 2 are done, and none is overdue.",
        ),
        ((), "没有写明日期的节点，也没有数字承诺。", "No dates are set, and nothing is promised in numbers."),
    ],
)
def test_the_answer_leads_with_what_is_worst(told, zh, en):
    answer = brief.answer(dated(*told), NONE)
    assert unmarked(chosen(answer)) == zh and len(zh) <= 40
    with using("en"):
        assert unmarked(chosen(answer)) == en and len(en.split()) <= 20


def test_without_dates_the_promises_in_numbers_are_told():
    count = Count(5, {"kept": 2, "overdue": 3}, 0)
    assert chosen(brief.answer(dated(), count)) == "没有写明日期的节点；数字承诺 5 项，可判断 2 项。"
    assert chosen(brief.answer(dated(), Count(5, {"overdue": 5}, 0))).endswith("只有数字承诺 5 项。")


def test_figures_of_the_answer_lead_to_the_dates():
    sets = []
    spans(chosen(brief.answer(dated("unknown", "awaited"), NONE)), sets)
    assert sets == [["m-0", "m-1"], ["m-0"]]


def test_the_page_of_the_shipped_action_plan(shipped, shown):
    plan = shipped.select(document="edu-3y", region=shipped.within("532300"))
    rows = states(plan.milestones, STATUS, "2025-12")
    brief.brief(rows, judge(plan, "2025-12"), shipped, ["一步"], "2025-12")
    brief.chart(rows)
    page, chart = shown
    facts = {fact["label"]: (fact["figure"], fact["word"]) for fact in page[BRIEF]["facts"]}
    # ten months after the end of 2025
    assert list(facts) == ["逾期，未见结果", "到期，尚在公布期", "数字承诺", "逾期最多的地方"]
    assert facts["到期，尚在公布期"] == ("7 个", "预计 2026 年 10 月前公布")
    assert facts["逾期，未见结果"] == ("16 个", "2023—2024 年")
    # the prefecture that they lie in has four, and is no place among them
    assert facts["逾期最多的地方"] == ("各 3 个", "永仁县和禄丰市")
    assert facts["数字承诺"] == ("21 项", "含分年：逾期 12，待公布 13")
    assert page[BRIEF]["steps"] == ["一步"]
    shown_bars = (
        "学前教育普及普惠：6；云南省一级高（完）中晋升：3；义务教育优质均衡：2；特殊教育学校建设：1；"
    )
    assert chart["text/plain"] == (
        "逾期未见结果的节点最多的是学前教育普及普惠，6 个。各事项逾期未见结果的节点，个。"
        f"{shown_bars}职业学校达标工程：1；云南武定乡村振兴学院：1。"  # of eight programmes
    )


def test_where_nothing_is_past_the_chart_is_of_all_dates(shipped, shown):
    plan = shipped.select(document="edu-3y", region=shipped.within("532300"))
    brief.chart(states(plan.milestones, STATUS, "2022"))
    text = shown[0]["text/plain"]
    assert text.startswith("节点最多的是学前教育普及普惠，7 个。各事项节点，个。学前教育普及普惠：7；")


def test_a_fact_has_its_one_year_the_last_month_of_results_and_the_one_place_that_has_most(shipped, shown):
    plan = shipped.select(document="edu-3y", region=shipped.within("532300"))
    rows = states(plan.milestones, STATUS, "2025-12").set_index("id", drop=False)
    rows = rows.loc[["sch-025", "sch-027", "sch-026", "sch-032", "sch-036"]]
    rows["lag"] = [10.0, 10.0, 10.0, 4.0, 10.0]
    rows.loc["sch-025", "period"] = "2023"
    brief.brief(rows, judge(plan, "2025-12"), shipped, [], "2025-12")
    facts = {fact["label"]: (fact["figure"], fact["word"]) for fact in shown[0][BRIEF]["facts"]}
    assert facts["逾期，未见结果"] == ("3 个", "2023 年")
    assert facts["到期，尚在公布期"] == ("2 个", "预计 2026 年 10 月前公布")
    assert facts["逾期最多的地方"] == ("2 个", "牟定县")


def test_where_all_places_are_alike_none_is_called_the_worst(shipped, shown):
    plan = shipped.select(document="edu-3y", region=shipped.within("532323"))
    rows = states(plan.milestones, STATUS, "2025-12")
    brief.brief(rows, judge(plan, "2025-12"), shipped, [], "2025-12")
    assert "逾期最多的地方" not in shown[0]["text/plain"]


def test_a_recorded_outcome_is_a_fact_with_its_state(shipped, shown):
    plan = shipped.select(document="edu-3y", region=shipped.within("532300"))
    known = pd.DataFrame({"milestone": ["sch-026"], "period": ["2023-12"], "state": ["done"]})
    brief.brief(states(plan.milestones, known, "2025-12"), judge(plan, "2025-12"), shipped, [], "2025-12")
    fact = next(one for one in shown[0][BRIEF]["facts"] if one["label"] == "已完成")
    assert (fact["figure"], fact["state"], fact["ids"]) == ("1 个", "achieved", ["sch-026"])


def test_a_title_counts_by_year():
    rows = dated("unknown", "missed", "awaited").assign(period=["2023", "2024-06", "2025"])
    assert chosen(brief.past_title(rows)) == "逾期未见结果的节点：2023 年 1 个，2024 年 1 个"
    assert chosen(brief.past_title(dated("done"))) == "没有逾期的节点"


def test_nothing_to_draw_is_said(shown):
    brief.chart(dated().assign(programme_zh=[]))
    assert shown[0]["text/plain"] == "**各事项的节点**：无数据。"


def test_a_date_within_a_year_stands_at_that_year(shipped, shown):
    plan = shipped.select(document="edu-3y", region=shipped.within("532300"))
    rows = states(plan.milestones[:1].assign(period="2024-06"), STATUS, "2025-12")
    report.milestone_timeline(rows, shipped, title="t", subtitle="s", rows="promise", as_of="2025-12")
    assert "义务教育优质均衡 · 永仁县 · 通过省级评估 – 计划于 2024，逾期未收录" in shown[0]["text/plain"]
    report.milestone_timeline(rows, shipped, title="t", subtitle="s", rows="region", as_of="2025-12")
    assert shown[1]["text/plain"] == "t。s。永仁县 – 计划于 2024，逾期未收录。"


def test_what_is_past_stands_before_what_is_done(shipped, shown):
    plan = shipped.select(document="edu-3y", region=shipped.within("532300"))
    known = pd.DataFrame({"milestone": ["sch-024"], "period": ["2023"], "state": ["done"]})
    report.milestones_table(states(plan.milestones, known, "2025-12"), shipped, "t")
    cells = BeautifulSoup(shown[0]["text/html"], "html.parser").select("tbody td[class*=status]")
    assert [cell["class"][0] for cell in cells] == ["status-overdue"] * 15 + ["status-awaited"] * 7 + [
        "status-achieved"
    ]


def test_a_promise_is_called_by_its_programme_and_its_document_where_there_are_several(shipped, shown):
    rows = states(shipped.milestones, STATUS, "2025-12").set_index("id", drop=False)
    for chosen_rows in (["sch-024", "sch-026"], ["sch-024", "sch-014"]):
        report.milestones_table(rows.loc[chosen_rows], shipped, "t")
    programmes, documents = ([[cell.text for cell in row] for row in unpack(one[TABLE])] for one in shown)
    first = ["永仁县", "2023 年", "逾期未收录"]
    assert programmes[0] == ["义务教育优质均衡 · 通过省级评估", *first, "二(二)年度目标 · 1. 2023年"]
    assert programmes[1][0] == "学前教育普及普惠 · 通过国家评估"
    assert documents[0][:4] == ["通过省级评估", *first]
    assert documents[0][4].endswith("(2023—2025年) · 二(二)年度目标 · 1. 2023年") and documents[0][5] == ""
    assert documents[1][:4] == ["实现优质均衡县创建目标", "永仁县", "最迟 2025 年", "到期待公布"]


def test_promises_in_numbers_and_the_worst_place_stand_behind_the_three_gravest_states(shipped, shown):
    plan = shipped.select(document="edu-3y", region=shipped.within("532300"))
    states_of = {"sch-024": "missed", "sch-026": "done", "sch-027": "under_way"}
    known = pd.DataFrame(
        [(row, "2024-06", state) for row, state in states_of.items()], columns=STATUS.columns
    )
    brief.brief(states(plan.milestones, known, "2025-12"), judge(plan, "2025-12"), shipped, [], "2025-12")
    assert [fact["label"] for fact in shown[0][BRIEF]["facts"]] == [
        *("未完成或放弃", "逾期，未见结果", "到期，尚在公布期"),
        *("数字承诺", "逾期最多的地方", "已完成"),
    ]


def facts(bundle):
    return {fact["label"]: (fact["figure"], fact["word"]) for fact in bundle[BRIEF]["facts"]}


@pytest.mark.parametrize(
    ("periods", "zh", "en"),
    [
        (("2022", "2023", "2025"), "2022—2025 年", "2022–2025"),
        (("2024-06", "2025", "2024"), "2024—2025 年", "2024–2025"),
        (("2024", "2024-03", "2023/2024"), "2024 年", "2024"),
    ],
)
def test_dates_of_several_years_are_told_from_the_first_to_the_last(shipped, shown, periods, zh, en):
    plan = shipped.select(document="edu-3y", region=shipped.within("532300"))
    rows = states(plan.milestones.head(3).assign(period=list(periods), lag=0.0), STATUS, "2026-12")
    for lang in ("zh", "en"):
        with using(lang):
            brief.brief(rows, judge(plan, "2026-12"), shipped, [], "2026-12")
    assert facts(shown[0])["逾期，未见结果"] == ("3 个", zh)
    assert facts(shown[1])["Past, no result found"] == ("3 dates", en)


@pytest.mark.parametrize(("lag", "month", "en"), [(1, 1, "January"), (7, 7, "July"), (11, 11, "November")])
def test_results_are_expected_as_many_months_after_the_year_as_they_lag(shipped, shown, lag, month, en):
    plan = shipped.select(document="edu-3y", region=shipped.within("532300"))
    rows = states(plan.milestones.head(2).assign(period="2025", lag=float(lag)), STATUS, "2025-12")
    brief.brief(rows, judge(plan, "2025-12"), shipped, [], "2025-12")
    assert facts(shown[0])["到期，尚在公布期"] == ("2 个", f"预计 2026 年 {month} 月前公布")
    with using("en"):
        brief.brief(rows, judge(plan, "2025-12"), shipped, [], "2025-12")
    assert facts(shown[1])["Due, results pending"][1] == f"expected by {en} 2026"


def placed(*regions):
    """A date past without a result in each region."""
    told = [(f"m-{number}", "unknown", "2023", region) for number, region in enumerate(regions)]
    return pd.DataFrame(told, columns=["id", "state", "period", "region"])


@pytest.mark.parametrize(
    ("regions", "zh", "en"),
    [
        (["532301", "532301", "532322"], ("2 个", "楚雄市"), ("2 dates", "Chuxiong City")),
        (
            ["532301", "532301", "532322", "532322", "532323"],
            ("各 2 个", "楚雄市和双柏县"),
            ("2 each", "Chuxiong City and Shuangbai County"),
        ),
        (["532301", "532322"], None, None),
        (["532300", "532300", "532300", "532301", "532301", "532322"], ("2 个", "楚雄市"), None),
    ],
)
def test_the_place_with_most_dates_past_is_one_or_those_that_share_it(shipped, shown, regions, zh, en):
    plan = shipped.select(document="edu-3y", region=shipped.within("532300"))
    for lang, label, told in (("zh", "逾期最多的地方", zh), ("en", "Most dates past", en)):
        with using(lang):
            brief.brief(placed(*regions), judge(plan, "2025-12"), shipped, [], "2025-12")
        if lang == "zh" or en:
            assert facts(shown[-1]).get(label) == told


@pytest.mark.parametrize(
    ("told", "zh", "en"),
    [
        (
            ("unknown", "unknown", "missed", "unknown"),
            "逾期未见结果的节点最多的是甲，2 个。各事项逾期未见结果的节点，个。甲：2；乙：1；丙：1。",
            "Most dates past without a result: A, 2. dates past without a result, by programme. "
            "A: 2; B: 1; C: 1.",
        ),
        (
            ("not_due", "done", "awaited", "under_way"),
            "节点最多的是甲，2 个。各事项节点，个。甲：2；乙：1；丙：1。",
            "Most dates: A, 2. dates, by programme. A: 2; B: 1; C: 1.",
        ),
    ],
)
def test_the_chart_has_the_programmes_with_most_first(shown, told, zh, en):
    rows = dated(*told).assign(programme_zh=[*"乙甲甲丙"], programme_en=[*"BAAC"])
    for lang, text in (("zh", zh), ("en", en)):
        with using(lang):
            brief.chart(rows)
        assert shown[-1]["text/plain"] == text


def test_a_title_counts_by_year_in_english_too():
    rows = dated("unknown", "missed", "dropped", "done").assign(period=["2023", "2024-06", "2024", "2025"])
    with using("en"):
        assert chosen(brief.past_title(rows)) == "Dates past without a result: 1 of 2023 and 2 of 2024"
        assert chosen(brief.past_title(dated("awaited"))) == "No date is past without a result"


@pytest.mark.parametrize(
    ("count", "zh", "en"),
    [
        (
            Count(1, {"kept": 1}, 0),
            "没有写明日期的节点；数字承诺 1 项，可判断 1 项。",
            "No dates are set; of 1 promise in numbers 1 can be judged.",
        ),
        (
            Count(2, {"overdue": 2}, 0),
            "没有写明日期的节点，只有数字承诺 2 项。",
            "No dates are set; there are only promises in numbers: 2.",
        ),
        (
            NONE,
            "没有写明日期的节点，也没有数字承诺。",
            "No dates are set, and nothing is promised in numbers.",
        ),
    ],
)
def test_a_plan_without_dates_tells_of_its_numbers(count, zh, en):
    assert chosen(brief.answer(dated(), count)) == zh
    with using("en"):
        assert chosen(brief.answer(dated(), count)) == en
