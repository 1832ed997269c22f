"""Parts of the leads on a first page: counts, dates, names that are cut, and the promises in numbers."""

import pytest

from plan_monitor.methods import promises
from plan_monitor.report import facts, known, leading
from plan_monitor.report.facts import Lead
from reportkit.cited import cited, spans
from reportkit.language import chosen, use


@pytest.fixture
def judged(package):
    return promises.judge(package, "2025-12")


@pytest.mark.parametrize(
    ("time", "zh", "en"),
    [
        (2025.0, "2025 年底", "the end of 2025"),
        (2025.5, "2026 年 6 月", "June 2026"),
        (2025 + 1 / 12, "2026 年 1 月", "January 2026"),
        (2025 + 11 / 12, "2026 年 11 月", "November 2026"),
    ],
)
def test_a_moment_is_told_by_its_month_and_the_end_of_december_by_its_year(time, zh, en):
    assert facts.moment(time) == zh
    use("en")
    assert facts.moment(time) == en


def test_a_step_has_room_for_sixty_characters_or_thirty_words():
    assert facts.fits("字" * 60) and not facts.fits("字" * 61)
    assert facts.fits(cited("字" * 60, ["o-1"]))  # what it leads to takes no room
    use("en")
    assert facts.fits("word " * 30) and not facts.fits("word " * 31)


def test_the_first_text_that_has_room_is_taken_else_the_last():
    long, longer = "字" * 61, "字" * 62
    assert facts.fitting(longer, "短一", "短") == "短一"
    assert facts.fitting(longer, long) == long


def test_names_are_cut_to_sixteen_and_eight_characters_or_eight_and_four_words():
    name = "一二三四五六七八九十一二三四五六"
    assert facts.shorter(name) == [name, name, "一二三四五六七…"]
    assert facts.shorter(name + "七")[1] == "一二三四五六七八九十一二三四五…"
    assert facts.shorter("一二三四五六七八") == ["一二三四五六七八"] * 3
    use("en")
    assert facts.shorter("a b c d e f g h") == ["a b c d e f g h", "a b c d e f g h", "a b c d …"]
    assert facts.shorter("a b c d e f g h i")[1] == "a b c d e f g h …"
    assert facts.shorter("a b c d") == ["a b c d"] * 3


def test_an_aim_is_told_by_the_note_of_its_row(judged):
    row = next(judged.itertuples())
    assert not facts.aims(row) and facts.state(row) == "进度偏慢"
    aim = row._replace(note_zh="原文用语为“力争”")
    assert facts.aims(aim) and facts.state(aim) == "力争，进度偏慢"
    assert not facts.aims(row._replace(note_zh="约束性"))
    use("en")
    assert facts.state(aim).startswith("an aim; ")


def test_an_answer_names_the_first_and_says_whether_there_are_others(judged, package):
    assert facts.of_first("逾期", judged, package) == ["逾期：学前毛入园率等。", "逾期。"]
    assert facts.of_first("逾期", judged[1:2], package) == ["逾期：巩固率。", "逾期。"]
    use("en")
    assert facts.of_first("Late", judged, package)[0] == "Late: Preschool enrolment and others."
    assert facts.of_first("Late", judged[:1], package)[0] == "Late: Preschool enrolment."


def test_a_count_leads_to_its_rows_and_to_those_they_rest_on(judged):
    assert facts.ids_of(judged, "latest_id") == ["t-1", "t-2", "t-3", "o-2"]
    sets = []
    spans(facts.count(judged[:2], "baseline_id"), sets)
    assert sets == [["t-1", "t-2", "o-1", "o-3"]]
    assert facts.items(judged) == "3 项"


def test_a_fact_names_its_region_only_where_there_are_several(judged, package):
    rows = judged.assign(region=["532399", "530000", "532399"])
    told = facts.facts_of(rows, ["a", "b", "c"], ["x", "y", "z"], [rows["id"], rows["baseline_id"]], package)
    assert [key for key, _ in told][:2] == ["preschool-rate 532399", "retention-rate 530000"]
    assert [chosen(fact.label) for _, fact in told][:2] == ["学前毛入园率（某县）", "巩固率（某省）"]
    assert [[*fact.ids] for _, fact in told][:2] == [["t-1", "o-1"], ["t-2", "o-3"]]
    assert [fact.state for _, fact in told] == [""] * 3
    alone = facts.facts_of(judged[:1], ["a"], ["x"], [judged["id"][:1]], package)
    assert chosen(alone[0][1].label) == "学前毛入园率"
    assert facts.goals(judged[:1], package) == ["目标 ≥ 95 %（2025）"]


@pytest.mark.parametrize(
    ("changed", "zh", "en"),
    [
        ({}, "可判断 1 项", "1 can be judged"),
        (
            {"status": None, "state": ["overdue", "awaited", "overdue"]},
            "逾期未收录 2，待公布 1",
            "2 overdue, 1 awaited",
        ),
        (
            {
                "status": None,
                "state": ["overdue", "awaited", "awaited"],
                "role": ["promise"] * 2 + ["by_year"],
            },
            "含分年：逾期 1，待公布 2",
            "with yearly ones: 1 overdue, 2 awaited",
        ),
    ],
)
def test_promises_in_numbers_are_told_by_what_can_be_judged_else_by_what_is_due(judged, changed, zh, en):
    rows = judged.assign(**changed)
    (fact,) = facts.promised_numbers(rows)
    n = int(rows["role"].eq("promise").sum())
    assert (fact.figure, fact.word) == (f"{n} 项", zh)
    assert [*fact.ids] == ["t-1", "t-2", "t-3"][:n]
    use("en")
    (fact,) = facts.promised_numbers(rows)
    assert (str(fact.figure), fact.word) == (f"{n}", en)
    assert facts.promised_numbers(rows[:0]) == []


def test_a_promise_that_several_findings_tell_of_is_shown_once_by_the_strongest(judged, package):
    told = leading.leading_facts(judged, package, "2025-12")
    assert [(chosen(fact.label), fact.word) for fact in told] == [
        ("学前毛入园率", "进度偏慢，目标 ≥ 95 %"),
        ("巩固率", "低于基期 98.88 %（2020）"),
        ("农民收入", "逾期未收录"),
        ("逾期未收录", "已过公布期"),
    ]


@pytest.mark.parametrize(
    ("most", "rest", "shown"),
    [
        ((3, 2, 3), 9, "a1 a2 a3 b1 b2 c1"),  # six have room
        ((3, 2), 9, "a1 a2 a3 b1 b2"),  # and five are enough
        ((3, 1), 9, "a1 a2 a3 b1 r1"),
        ((2,), 9, "a1 a2 r1 r2 r3"),
        ((2,), 1, "a1 a2 r1"),
    ],
)
def test_a_page_has_some_facts_of_each_lead_and_is_filled_with_promises(monkeypatch, most, rest, shown):
    def leads(*given):
        for name, number in zip("abc", most, strict=False):
            yield Lead([], [(f"{name}{at}", f"{name}{at}") for at in range(1, 5)], number)
        assert "c" not in shown, "nothing is asked for that has no room"

    promised = [(name, name) for name in ("a1", *(f"r{at}" for at in range(1, rest + 1)))]
    monkeypatch.setattr(known, "leads", leads)
    monkeypatch.setattr(known, "promised", lambda *given: promised)
    assert " ".join(leading.leading_facts(None, None, "")) == shown
