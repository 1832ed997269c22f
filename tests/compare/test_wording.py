"""Two wordings of one text: nothing is lost, no figure torn apart."""

from hypothesis import given
from hypothesis import strategies as st

from reportkit.compare import wording
from reportkit.language import using

answers = st.lists(
    st.sampled_from(["19", "11", "12.5", "1,234.5", " 项", "达到", "，", "%", "of"]), max_size=12
)


@given(answers, answers)
def test_changes_hold_both_answers_whole(old, new):
    before, after = "".join(old), "".join(new)
    pieces = wording.changes(before, after)
    assert "".join(text for kind, text in pieces if kind != "new") == before
    assert "".join(text for kind, text in pieces if kind != "gone") == after


def test_a_figure_is_never_torn_apart():
    pieces = wording.changes("共 1,234.5 万元，占 12.5 %", "共 1,234.6 万元，占 12.5 %")
    assert pieces == [
        ("same", "共 "),
        ("gone", "1,234.5"),
        ("new", "1,234.6"),
        ("same", " 万元，占 12.5 %"),
    ]
    assert wording.changes("全部达到", "没有一项 3") == [("gone", "全部达到"), ("new", "没有一项 3")]


OFTEN = (
    "达到 1 项；" * 210
)  # as many as make difflib take a word, or a clause, for noise, unless told otherwise


def test_a_word_that_is_said_often_is_known_again_in_a_long_text():
    assert wording.changes(f"甲{OFTEN}", f"乙{OFTEN}") == [("gone", "甲"), ("new", "乙"), ("same", OFTEN)]


def test_a_clause_that_is_said_often_is_known_again_in_a_long_text():
    assert wording.clauses(f"共 3 项；{OFTEN}", f"共 4 项；{OFTEN}") == [("共 3 项", "共 4 项")]


def test_texts_of_which_four_tenths_are_the_same_are_shown_as_one():
    assert wording.changes("，甲", "，乙。") == [
        ("same", "，"),
        ("gone", "甲"),
        ("new", "乙。"),
    ]  # 2 of 5 pieces
    assert wording.changes("，甲", "，乙。丙") == [("gone", "，甲"), ("new", "，乙。丙")]  # 2 of 6


def test_clauses_that_became_fewer_or_more_are_told_together():
    before, after = "共五项：甲 1，乙 2，丙 3，余下不变", "共五项：甲 1，丁 4，余下不变"
    assert wording.clauses(before, after) == [("乙 2，丙 3", "丁 4")]
    assert wording.clauses(after, before) == [("丁 4", "乙 2，丙 3")]
    assert wording.clauses(before, before) == []
    with using("en"):
        before, after = "Five: a 1, b 2, c 3, others as they were", "Five: a 1, d 4, others as they were"
        assert wording.clauses(before, after) == [("b 2, c 3", "d 4")]
    assert wording.clauses("全部达到", "没有一项 3") == [("全部达到", "没有一项 3")]
