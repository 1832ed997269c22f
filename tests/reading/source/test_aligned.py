"""Rows of a PDF page that are a table without lines between its columns: lines of 10 points, 15 apart."""

import pytest

from plan_monitor.reading.source.pdf.aligned import Aligned, group_tables
from plan_monitor.reading.source.pdf.geometry import Fragment, Rule

PLACES = ((0, 40), (100, 140), (200, 240))
HEAD, FIRST, SECOND = ("县市", "2022年", "2023年"), ("白水县", "23.5", "24.5"), ("石桥县", "31.5", "32.5")


def row(at, *texts, top=None, size=10):
    top = 15 * at if top is None else top
    cells = zip(texts, PLACES, strict=False)
    return [Fragment(text, start, end, top, top + size, size) for text, (start, end) in cells if text]


def shown(rows, rules=()):
    """Tables as their texts, other rows as their number of cells."""
    parts = group_tables(rows, list(rules))
    return [part.grid.rows if isinstance(part, Aligned) else len(part) for part in parts]


TABLE = [list(HEAD), list(FIRST), list(SECOND)]


def test_three_rows_with_figures_are_a_table():
    assert shown([row(0, *HEAD), row(1, *FIRST), row(2, *SECOND)]) == [TABLE]
    assert shown([row(0, *HEAD), row(1, *FIRST)]) == [3, 3]
    assert shown([row(0, *HEAD), row(1, *HEAD), row(2, *HEAD)]) == [3, 3, 3]
    assert shown([row(0, *HEAD), row(1, *FIRST), row(2, "石桥县", "32.5", "有所增加。")]) == [3, 3, 3]


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ((-5, 12, 30), True),  # above, below the header and below
        ((-5, 30), True),
        ((-5, 12), False),
        ((12, 30), False),
        ((12,), False),
        ((4, 21), True),
        ((5, 30), False),
        ((-5, 20), False),
        ((-32, 57), True),  # half a table's height and 20 away
        ((-33, 57), False),
        ((-32, 58), False),
    ],
)
def test_two_rows_between_lines_are_a_table(at, expected):
    made = shown([row(0, *HEAD), row(1, *FIRST)], [Rule(one, 0, 240) for one in at])
    assert made == ([TABLE[:2]] if expected else [3, 3])


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [(0, 240, True), (8, 232, True), (9, 240, False), (0, 231, False), (-50, 300, True)],
)
def test_lines_of_a_table_are_as_wide_as_it_is(start, end, expected):
    made = shown([row(0, *HEAD), row(1, *FIRST)], [Rule(-5, start, end), Rule(30, start, end)])
    assert made == ([TABLE[:2]] if expected else [3, 3])


@pytest.mark.parametrize(("gap", "expected"), [(22, [TABLE]), (23, [3, 3, 3])])
def test_a_wide_gap_ends_a_table(gap, expected):
    assert shown([row(0, *HEAD), row(1, *FIRST), row(0, *SECOND, top=25 + gap)]) == expected


@pytest.mark.parametrize(
    ("top", "last", "outside"),
    [
        (43.5, [["石桥县（州属）", "31.5", "32.5"]], []),
        (44.4, [list(SECOND), ["（州属）", "", ""]], []),  # no closer than rows are
        (44.6, [list(SECOND)], [1]),  # too far below to be the rest of a cell
    ],
)
def test_a_line_tight_below_a_table_is_the_rest_of_a_cell(top, last, outside):
    made = shown([row(0, *HEAD), row(1, *FIRST), row(2, *SECOND), row(0, "（州属）", top=top)])
    assert made == [[*TABLE[:2], *last], *outside]


@pytest.mark.parametrize(
    ("length", "parts"),
    [(30, 1), (31, 4)],  # longer than any cell: prose
)
def test_a_line_of_prose_ends_a_table(length, parts):
    rows = [row(0, *HEAD), row(1, "预" * length), row(2, *FIRST), row(3, *SECOND)]
    assert len(shown(rows)) == parts


def test_figures_close_beside_each_other_are_two_cells():
    close = [*row(2, "石桥县"), Fragment("31.5 32.5", 100, 240, 30, 40, 10)]
    assert shown([row(0, *HEAD), row(1, *FIRST), close]) == [TABLE]
