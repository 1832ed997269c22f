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


def test_a_table_begins_with_a_row_of_two_cells_or_more():
    rows = [row(1, *HEAD), row(2, *FIRST), row(3, *SECOND)]
    assert shown([row(0, "各县市人口"), *rows]) == [1, TABLE]
    assert shown([one[:2] for one in rows]) == [[line[:2] for line in TABLE]]


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


def between(text, x0, x1):
    """A table with one more row, of a single text."""
    rows = [row(0, *HEAD), [Fragment(text, x0, x1, 15, 25, 10)], row(2, *FIRST), row(3, *SECOND)]
    return shown(rows)


@pytest.mark.parametrize(
    ("x0", "x1", "column"),
    [
        (0, 40, 0),
        (43, 96, 0),  # beside both columns, and nearer to the first
        (44, 97, 1),
        (245, 290, 2),
        (95, 145, 1),
        (-60, -10, 0),
    ],
)
def test_a_text_that_is_in_no_column_belongs_to_the_nearest(x0, x1, column):
    line = ["", "", ""]
    line[column] = "城区"
    assert between("城区", x0, x1) == [[list(HEAD), line, list(FIRST), list(SECOND)]]


@pytest.mark.parametrize(
    ("x0", "x1", "last"),
    [
        (0, 102.9, 0),  # 0.3 of the size, which is less than of the column
        (0, 103.1, 1),
        (0, 203.1, 2),
        (37.1, 140, 1),
        (36.9, 140, 1),
    ],
)
def test_a_text_over_columns_is_a_merged_cell(x0, x1, last):
    rows = [row(0, *HEAD), [Fragment("一、城区", x0, x1, 15, 25, 10)], row(2, *FIRST), row(3, *SECOND)]
    (table,) = group_tables(rows, [])
    first = 1 if x0 == 37.1 else 0
    assert table.grid.rows[1][first] == "一、城区"
    assert table.grid.merged == (((1, first, 1, last),) if last > first else ())


def test_columns_are_those_of_most_rows_and_others_have_more():
    extra = [*row(3, *SECOND), Fragment("注", 300, 310, 45, 55, 10)]
    near = [*row(4, "云岭县", "1.5"), Fragment("2.5", 243, 253, 60, 70, 10)]
    made = shown([row(0, *HEAD), row(1, *FIRST), row(2, *SECOND), extra, near])
    assert made == [[[*line, ""] for line in TABLE] + [[*SECOND, "注"], ["云岭县", "1.5", "2.5", ""]]]


def test_where_the_usual_rows_overlap_those_with_most_cells_tell_the_columns():
    over = [
        [
            Fragment("长", 0, 120, 15 * at, 15 * at + 10, 10),
            Fragment("1.5", 210, 230, 15 * at, 15 * at + 10, 10),
        ]
        for at in (1, 2)
    ]
    slim = [Fragment("短", 0, 40, 45, 55, 10), Fragment("2.5", 101, 111, 45, 55, 10)]
    wide = [row(0, *HEAD), over[0], over[1], slim]
    (table,) = group_tables(wide, [])
    assert table.grid.rows == [list(HEAD), ["长", "", "1.5"], ["长", "", "1.5"], ["短", "2.5", ""]]
