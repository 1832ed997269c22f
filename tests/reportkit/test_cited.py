"""Figures in sentences and on the first page lead to the stored rows that they come from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportkit import words
from reportkit.brief import BRIEF, Fact, brief
from reportkit.cited import cited, spans, unmarked
from reportkit.figure import Figure
from reportkit.language import using


@pytest.fixture
def shown(monkeypatch):
    bundles = []

    def display(bundle, raw):
        assert raw
        bundles.append(bundle)

    monkeypatch.setattr("reportkit.words.display", display)
    monkeypatch.setattr("reportkit.brief.display", display)
    return bundles


def test_a_sentence_keeps_the_rows_of_its_figures(shown):
    start, goal = cited(Figure.of(98.88, 2, after=" %"), ["o1"]), cited("99 %", ["t1", "t2", "t1"])
    words.say(f"**由 {start} 到 {goal}。**", f"**From {start} to {goal}.**", basis=["o1", "t9"])
    (bundle,) = shown
    assert bundle["text/markdown"] == bundle["text/plain"] == "**由 98.88 % 到 99 %。**"
    sentence = bundle[words.SENTENCE]
    assert sentence["sets"] == [["o1"], ["t1", "t2"], ["o1", "t9"]]
    assert sentence["text"] == (
        '**由 <span data-cite="0">98.88 %</span> 到 <span data-cite="1">99 %</span>。**'
        '<span data-cite="2"></span>'
    )


def test_a_sentence_of_no_rows_is_only_text(shown):
    words.say("一句话。", "A sentence.")
    assert shown == [{"text/markdown": "一句话。", "text/plain": "一句话。"}]


def test_what_has_no_rows_is_not_marked():
    assert cited("5", []) == cited("5", [None, float("nan"), ""]) == "5"
    assert cited("", ["o1"]) == ""


def test_a_figure_that_stands_twice_has_its_rows_once():
    sets = [["a"]]
    text = spans(cited("1", ["a"]) + cited("2", ["b", "c"]) + cited("3", ["a"]), sets)
    assert sets == [["a"], ["b", "c"]]
    assert text.count('data-cite="0"') == 2


@given(st.lists(st.tuples(st.text(), st.lists(st.text(min_size=1), max_size=3))))
def test_readers_see_the_text_as_it_was(pieces):
    pieces = [("".join(c for c in text if not 0xFDD0 <= ord(c) <= 0xFDD3), ids) for text, ids in pieces]
    ids = [[one for one in known if not any(0xFDD0 <= ord(c) <= 0xFDD3 for c in one)] for _, known in pieces]
    marked = "".join(cited(text, known) for (text, _), known in zip(pieces, ids, strict=True))
    assert unmarked(marked) == "".join(text for text, _ in pieces)


def test_a_brief_is_read_and_is_data(shown):
    facts = [
        Fact(("毛入园率", "Enrolment rate"), Figure.of(91, 0, after=" %"), ["o1"], "全国 <85.2 %>"),
        Fact(("巩固率", "Retention"), "98.88 %", ["o2"], "保持", "kept"),
    ]
    brief(
        ("两项都守住了。", "Both are held."),
        facts,
        [f"补 {cited('1.75 万人', ['o3'])} 的出处"],
        ("没有判断。", "x"),
    )
    (bundle,) = shown
    data = bundle[BRIEF]
    assert data["answer"] == "两项都守住了。" and data["steps"] == ["补 1.75 万人 的出处"]
    assert [fact["ids"] for fact in data["facts"]] == [["o1"], ["o2"]]
    assert data["sets"] == [["o3"], ["o1"], ["o2"]]
    html = bundle["text/html"]
    assert '<strong><span data-cite="1">91 %</span></strong>' in html
    assert "全国 &lt;85.2 %&gt;" in html and "status-kept" in html
    assert "\ufdd0" not in html and "\ufdd0" not in bundle["text/markdown"]
    assert "- 巩固率 **98.88 %** · 保持" in bundle["text/markdown"]
    assert '<p class="next">下一步</p>' in html


def test_the_steps_of_a_brief_say_as_of_when(shown):
    brief("答。", [], ["问"], as_of="2025-12")
    with using("en"):
        brief("An answer.", [], ["Ask"], as_of="2025-12")
    zh, en = shown
    assert "下一步（截至 2025-12）：" in zh["text/markdown"] and zh[BRIEF]["next"] == "下一步（截至 2025-12）"
    assert '<p class="next">What to do next (as of 2025-12)</p>' in en["text/html"]


def test_a_brief_shows_six_figures_at_most(shown):
    with using("en"):
        brief("Seven.", [Fact(str(n), str(n)) for n in range(7)])
    assert len(shown[0][BRIEF]["facts"]) == 6
    assert "What to do next" not in shown[0]["text/html"]
