"""Notes: which figures share one, which number it has, and what a computed figure's says."""

import pytest
from quotes import BULLETIN, PLAN, Rows, quote

from reportkit.formats.notes import Notes


@pytest.mark.parametrize(("count", "named"), [(12, True), (13, False)])
def test_of_a_figure_made_of_few_rows_each_is_named(count, named):
    rows = Rows(*(quote(f"校 {n}") for n in range(count)))
    assert [bool(note.made_of) for note in Notes(rows, [rows.ids])] == (
        [False] * 12 + [True] if named else [False]
    )


def test_figures_of_the_same_source_share_a_number_whatever_their_order():
    """Notes by document; two rows that say the same; inputs in another order; more rows than are named."""
    one, other = quote(), quote("巩固率 98.88 %（2020）", document=BULLETIN)
    third = quote("巩固率 98 %（2025）", "第二章 · 巩固率")
    rows = Rows(one, other, one, third, *(quote(f"校 {n}") for n in range(12)))
    many = [*rows.ids[3:], "1"]
    figures = [["1"], ["0"], ["2"], ["1", "0"], ["0", "2"], ["0", "1", "2"], ["3"], many, many[::-1], ["x"]]
    notes = Notes(rows, figures)
    cited = [notes.cite(ids) for ids in figures]
    assert cited.pop() is None
    assert [number for number, _ in cited] == [1, 2, 2, 4, 2, 4, 3, 5, 5]
    assert [note.quote for note in notes[:3]] == [other, one, third]
    assert [note.number for note in notes] == [1, 2, 3, 4, 5]
    assert (notes[3].made_of, notes[4].counts) == ((1, 2), ((PLAN, 13), (BULLETIN, 1)))
    assert notes.rows() == {*rows.ids}
