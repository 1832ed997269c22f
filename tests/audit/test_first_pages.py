"""First pages of the audit, of the machine's reading and of all plans: short, cited, true of any data."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from plan_monitor.audit import checks, consequence, first, reading, reading_first, requests
from plan_monitor.data.figures import stored
from plan_monitor.methods import danger, promises
from plan_monitor.report import overall
from reportkit import language
from reportkit.cited import spans, unmarked

NO_ODDS = pd.DataFrame({"id": [], "probability": []})


@pytest.fixture(scope="module")
def stated(shipped):
    return checks.statements(checks.published(checks.run(shipped), shipped, "2025-12"))


@pytest.fixture(scope="module")
def ranked(shipped):
    return consequence.held(shipped, "2025-12")


@pytest.fixture(scope="module")
def printed(shipped):
    every = reading.selected(reading.compared(shipped), shipped, "", "2025-12")
    return every[~every["form"].eq("words")]


def lengths(text):
    return len(unmarked(text)) / 40, len(unmarked(text).split()) / 20


def test_what_is_held_is_what_the_audit_counts(stated, ranked):
    """One proven, three changed, seventeen to be cleared up; money first."""
    counts = ranked["finding"].value_counts().to_dict()
    assert counts == {"unclear": 17, "changed": 3, "proven": 1}
    assert len(ranked) == int(stated["finding"].isin(checks.HELD).sum())
    assert ranked["money"].is_monotonic_decreasing


def test_the_audit_answers_in_one_short_sentence(shipped, stated):
    told = first.answer(stated, shipped)
    assert unmarked(told) == "207 条表述中 21 条须由发文机关答复，其中 1 条证实有误。"
    with language.using("en"):
        english = first.answer(stated, shipped)
    assert unmarked(english) == "Of 207 statements 21 need an answer from the issuers; 1 proven wrong."
    assert lengths(told)[0] <= 1 and lengths(english)[1] <= 1


def test_half_of_the_figures_take_part_in_a_check(shipped, stated):
    quoted, covered = first.coverage(stated, shipped)
    assert (len(quoted), covered) == (891, 449)
    fact = first.facts(stated, shipped)[-1]
    assert fact.figure == "50 %" and "449" in unmarked(fact.word)


def test_a_page_says_why_some_are_no_fault_and_leads_what_is_held_to_its_rows(shipped, stated):
    facts = {fact.label[0]: fact for fact in first.facts(stated, shipped)}
    assert list(facts) == [
        *("证实的错误或矛盾", "改变而未说明", "待发文机关澄清", "不符，非规划之误", "相符", "参加核对的数"),
    ]
    assert facts["不符，非规划之误"][1:4:2] == ("40 条", "底线或期限、口径、文稿损坏等")
    proven = facts["证实的错误或矛盾"]
    assert proven.ids == ["rural-145-047", "rural-145-048", "rural-145-049"] and proven.word == "请更正"
    assert set(facts["待发文机关澄清"].ids) <= set(stored(shipped).index)


def test_the_gravest_come_first_as_in_the_report_and_what_is_proven_has_its_place(shipped, ranked):
    told = [unmarked(step) for step in first.steps(ranked, 0, shipped)]
    plan = "（乡村振兴规划）"
    assert told[:2] == [
        f"请楚雄州人民政府澄清“2020年脱贫人口收入：正文与表”{plan}：11,637 元、12,861 元，何者为准",
        f"请楚雄州人民政府澄清“脱贫人口增收：表与正文”{plan}：算得 15.63 %，写作 ≥ 19.2 %，何者为准",
    ]
    assert told[-1] == f"请楚雄州人民政府更正“脱贫人口完成率”{plan}：写作 159.6 %，应为 159.48 %"
    assert len(told) == 5
    assert [step[:20] for step in told[:4]] == [
        unmarked(requests.request(check, stored(shipped), shipped))[:20]
        for check in ranked.head(4).itertuples()
    ]
    unreviewed = [unmarked(step) for step in first.steps(ranked, 3, shipped)]
    assert "3 条" in unreviewed[0] and len(unreviewed) == 5 and unreviewed[-1] == told[-1]


def test_a_proven_one_among_the_gravest_is_not_asked_twice(shipped, ranked):
    only = ranked[ranked["finding"].eq("proven")]
    (told,) = first.steps(only, 0, shipped)
    assert "更正" in told


@pytest.mark.parametrize(
    ("check", "told"),
    [
        ("chk-070", "：先 20 %、后 30 %，为何"),  # the later document has the second figure
        ("chk-075", "：先 2 所、后 5 所，为何"),  # though the check computes from it
        ("chk-137", "：4 户、6 户，为何"),
        ("chk-170", "：都是 100 %，是否误用"),
        ("chk-186", "：5,890 万元、5,890 人，是否误用"),
        ("chk-162", "：98.2 %、98.88 %，何者为准"),
    ],
)
def test_what_is_asked_hangs_on_what_does_not_fit(shipped, ranked, check, told):
    row = next(ranked[ranked["id"].eq(check)].itertuples())
    step = unmarked(requests.request(row, stored(shipped), shipped))
    assert step.endswith(told)
    several = check in ("chk-070", "chk-075")
    assert ("规划）" in step) != several  # the subject names several plans itself
    assert step.startswith("请楚雄州人民政府" + "办公室说明" * several)


def test_where_there_is_room_a_correction_shows_its_arithmetic_and_the_plan_by_its_title(shipped, ranked):
    short = replace(shipped, documents=shipped.documents.assign(issuer="某局", title_zh="规划甲"))
    row = next(ranked[ranked["id"].eq("chk-150")].itertuples())
    told = unmarked(requests.request(row, stored(short), short))
    assert told == "请某局更正“脱贫人口完成率”（规划甲）：写作 159.6 %，应为 159.48 %（33.38÷20.93）"


def test_every_step_of_the_audit_leads_to_the_figures(shipped, ranked):
    known = set(stored(shipped).index)
    for step in first.steps(ranked, 0, shipped):
        sets = []
        spans(step, sets)
        assert sets and set(sets[0]) <= known


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_steps_have_room_on_the_page(shipped, ranked, printed, lang):
    with language.using(lang):
        told = [requests.request(check, stored(shipped), shipped) for check in ranked.itertuples()]
        told += first.steps(ranked, 2, shipped)
        told += reading_first.steps(printed, reading.unlinked(shipped))
    for step in map(unmarked, told):
        assert (len(step) <= 60) if lang == "zh" else (len(step.split()) <= 30), step


def test_the_reading_names_what_is_most_often_wrong(printed, shipped):
    more = reading.unlinked(shipped)
    shown = {fact.label[0]: fact.figure for fact in reading_first.facts(printed, more)}
    assert (
        unmarked(reading_first.answer(printed)) == "文件里的 922 个数，机器读到 880 个，五项都读对 807 个。"
    )
    assert list(shown)[2:5] == ["读错：地区", "读错：指标", "读错：作用（目标或实绩）"]
    assert shown["读错：地区"] == "64 个"


def test_nothing_read_has_no_facts(printed, shipped):
    assert reading_first.facts(printed[:0], reading.unlinked(shipped)) == []
    assert reading_first.steps(printed[:0], printed[:0]) == []


def test_all_plans_together(shipped, ranked):
    judged = promises.judge(shipped, "2025-12")
    rows = judged[judged["role"].eq("promise")]
    told = overall.answer(judged)
    assert unmarked(told) == "304 项承诺，246 项到期待公布，有实绩可判断的 2 项。"
    shown = overall.facts(judged, danger.rank(rows, NO_ODDS), ranked, shipped)
    figures = {fact.label[0]: fact.figure for fact in shown}
    assert figures["文件写明责任单位"] == "72 项" and figures["须由发文机关答复"] == "21 处"
    assert "实绩或预测显示有风险" not in figures  # there is none
    assert all(set(fact.ids) <= set(shipped.documents["id"]) for fact in shown)


def test_where_nothing_can_be_judged_it_says_so(shipped):
    judged = promises.judge(shipped.select(document="med-ins"), "2025-12")
    assert unmarked(overall.answer(judged)) == "20 项承诺，都还没有可用的后续实绩。"


def test_without_checks_or_readings_no_zero_leads(shipped, stated, printed):
    assert unmarked(first.answer(stated[:0], shipped)) == "没有设核对，规划的数字有错也看不出来。"
    assert unmarked(reading_first.answer(printed[:0])) == "没有机器读过而人工也录过的数。"


def test_three_reasons_are_named_and_of_more_it_is_said_that_there_are(shipped, stated):
    innocent = stated[stated["verdict"].eq("contradicts") & ~stated["finding"].isin(checks.HELD)]
    common = innocent["finding"].value_counts().index[:3]
    facts = {fact.label[0]: fact for fact in first.facts(innocent[innocent["finding"].isin(common)], shipped)}
    assert facts["不符，非规划之误"].word == "底线或期限、口径、文稿损坏"
    assert set(facts) == {"不符，非规划之误", "参加核对的数"}


def test_without_checks_the_plans_and_their_figures_are_counted(shipped, stated):
    facts = {fact.label[0]: fact.figure for fact in first.facts(stated[:0], shipped)}
    plans = shipped.targets["document"].nunique()
    assert facts == {"规划文件": f"{plans}", "规划里的数": "891", "设的核对": "0"}


def test_what_holds_within_rounding_holds_in_the_chart(shipped, stated, shown):
    holding = int(stated["verdict"].eq("holds").sum())
    some = stated["verdict"].where(stated["verdict"].eq("holds").cumsum().gt(3), "rounding")
    stated = stated.assign(verdict=stated["verdict"].mask(stated["verdict"].eq("holds"), some))
    assert 0 < int(stated["verdict"].eq("rounding").sum()) < holding < len(stated)
    first.chart(stated, shipped)
    assert shown[0]["text/plain"].startswith(f"{len(stated)} 条表述，{holding} 条相符")


def test_where_no_statement_holds_none_is_counted(shipped, stated, shown):
    first.chart(stated[stated["verdict"].eq("contradicts")], shipped)
    assert re.match(r"\d+ 条表述，0 条相符", shown[0]["text/plain"])


@pytest.mark.parametrize(("unchecked", "share"), [(0, "100 %"), (1, "99.9 %"), (9, "99 %"), (890, "0.1 %")])
def test_figures_of_which_one_is_not_checked_are_not_all_checked(shipped, stated, unchecked, share):
    quoted, _ = first.coverage(stated, shipped)
    one = stated.head(1).assign(rows=[tuple(quoted[unchecked:])], told_rows=[()])
    assert first.facts(one, shipped)[-1].figure == share
