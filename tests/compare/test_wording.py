"""Two wordings of one text: nothing is lost, no figure torn apart."""

from hypothesis import given
from hypothesis import strategies as st

from reportkit.compare import wording

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


def test_one_figure_of_a_long_text_is_all_that_is_marked():
    """Words that stand in a text a hundred times are no less alike for that."""
    before = " ".join(f"{number} 项达到" for number in range(120))
    pieces = wording.changes(before, before.replace("60 项", "61 项", 1))
    assert [(kind, text) for kind, text in pieces if kind != "same"] == [("gone", "60"), ("new", "61")]
    assert wording.clauses(before, before) == []
