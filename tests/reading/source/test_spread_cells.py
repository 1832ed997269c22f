"""Cells over several rows and columns lie where a browser puts them."""

import pytest

from plan_monitor.reading.source.blocks import Spanned, spread, superscript


def spanned(*rows):
    return spread(
        [[Spanned(*(cell if isinstance(cell, tuple) else (cell,))) for cell in row] for row in rows]
    )


@pytest.mark.parametrize(
    ("rows", "texts", "merged"),
    [
        ([["a", "b"], ["c"]], [["a", "b"], ["c", ""]], ()),
        ([[("a", 2), "b"], ["c"]], [["a", "b"], ["", "c"]], ((0, 0, 1, 0),)),
        ([[("a", 1, 2), "b"], ["c", "d", "e"]], [["a", "", "b"], ["c", "d", "e"]], ((0, 0, 0, 1),)),
        ([["a", ("b", 2, 2)], ["c"], ["d", "e", "f"]], [["a", "b", ""], ["c", "", ""], ["d", "e", "f"]], ((0, 1, 1, 2),)),
        # as far as there are rows, and 0 is all of them
        ([["x", "y"], [("a", 9), "b"], ["c"]], [["x", "y"], ["a", "b"], ["", "c"]], ((1, 0, 2, 0),)),
        ([["x", "y"], [("a", 0), "b"], ["c"]], [["x", "y"], ["a", "b"], ["", "c"]], ((1, 0, 2, 0),)),
        # places that a cell from above has taken are left out
        ([["a", ("b", 2), ("c", 2), "d"], ["e", "f"]], [["a", "b", "c", "d"], ["e", "", "", "f"]], ((0, 1, 1, 1), (0, 2, 1, 2))),
        ([], [], ()),
        ([[], ["a"]], [[""], ["a"]], ()),
    ],
)  # fmt: skip
def test_cells_that_span_others(rows, texts, merged):
    grid = spanned(*rows)
    assert (grid.rows, grid.merged) == (texts, merged)


def test_a_row_has_at_most_256_columns():
    grid = spanned(["a", ("b", 1, 255), "c"], [("d", 1, 999)], [("e", 1, 2), ("f", 1, 255), "g"])
    assert [len(row) for row in grid.rows] == [256] * 3
    assert [[text for text in row if text] for row in grid.rows] == [["a", "b"], ["d"], ["e"]]
    assert grid.merged == ((0, 1, 0, 255), (1, 0, 1, 255), (2, 0, 2, 1))


@pytest.mark.parametrize(
    ("text", "raised"),
    [("2", "²"), ("-1", "⁻¹"), ("(3)", "⁽³⁾"), ("10+4", "¹⁰⁺⁴"), ("-", "-"), ("[1]", "[1]"), ("a2", "a2")],
)
def test_raised_figures_keep_apart_from_those_before_them(text, raised):
    assert superscript(text) == raised
