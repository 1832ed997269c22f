"""The columns of a PDF page, and in which order they are read: lines of 10 points, columns from 0 and from 120."""

import pytest

from plan_monitor.reading.source.blocks import Grid
from plan_monitor.reading.source.pdf.flow import zones
from plan_monitor.reading.source.pdf.geometry import Box, Fragment
from plan_monitor.reading.source.pdf.tables import Part

TEXT = "各县市要把规划纳入年度考核"


def lines(number, x0=0, width=100, start=0, text=TEXT):
    return [
        Fragment(f"{text}", x0, x0 + width, start + 15 * at, start + 15 * at + 10, 10) for at in range(number)
    ]


def sides(page):
    return [(zone.left, zone.right, len(zone.items)) for zone in page]


TWO = [*lines(8), *lines(8, 120)]
HEAD = Fragment("青禾州", 60, 160, -30, -20, 10)


def test_columns_are_read_one_after_the_other_and_what_goes_over_both_before_them():
    assert sides(zones([TWO])[0]) == [(0, 100, 8), (120, 220, 8)]
    assert sides(zones([[HEAD, *TWO]])[0]) == [(0, 220, 1), (0, 100, 8), (120, 220, 8)]
    below = Fragment("青禾州", 60, 160, 200, 210, 10)
    assert sides(zones([[*TWO, below]])[0]) == [(0, 100, 8), (120, 220, 8), (0, 220, 1)]


@pytest.mark.parametrize(
    ("left", "right", "columns"),
    [
        (lines(4), lines(4, 120), 2),
        (lines(5), lines(3, 120), 1),  # too few lines
        (lines(3), lines(5, 120), 1),
        (lines(8, text="各县市要把规划纳入"), lines(8, 120), 2),
        (lines(8, text="各县市要把规划纳"), lines(8, 120), 1),  # cells of a table are as short
        ([*lines(4), *lines(4, width=84, start=60)], lines(8, 120), 2),
        ([*lines(3), *lines(5, width=84, start=45)], lines(8, 120), 1),  # most of them do not fill it
        ([*lines(3), *lines(5, width=86, start=45)], lines(8, 120), 2),
        ([*lines(3), *lines(5, width=85, start=45)], lines(8, 120), 2),
    ],
)
def test_columns_are_of_prose(left, right, columns):
    (page,) = zones([[HEAD, *left, *right]])
    assert len(page) == (3 if columns == 2 else 1)


@pytest.mark.parametrize(
    ("left", "right", "columns"),
    [
        (0, 120, 2),
        (0, 101, 1),  # no gap
        (-40, 150, 2),
        (-95, 290, 1),  # the gap is not in the middle
        (0, 233, 2),  # just right of 0.3 of the page's width, which is 333
        (0, 234, 1),
    ],
)
def test_the_gap_between_columns_is_in_the_middle(left, right, columns):
    page = zones([[*lines(8, left), *lines(8, right)]])[0]
    assert len(page) == columns


def test_a_page_of_few_lines_has_one_column():
    assert sides(zones([lines(8)])[0]) == [(0, 100, 8)]
    assert len(zones([[*lines(4), *lines(4, 120)]])[0]) == 1
    assert len(zones([[*lines(5), *lines(4, 120)]])[0]) == 2
    assert len(zones([[*lines(4, 120), *lines(5)]])[0]) == 2  # in whatever order the file has them


@pytest.mark.parametrize(
    ("x0", "x1", "parts"),
    [
        (108, 220, [(0, 100, 8), (108, 220, 9)]),  # four points beyond the middle of the gap, at 112
        (107, 220, [(0, 100, 8), (120, 220, 8), (0, 220, 1)]),
        (0, 116, [(0, 116, 9), (120, 220, 8)]),
        (0, 117, [(0, 100, 8), (120, 220, 8), (0, 220, 1)]),
    ],
)
def test_a_line_that_reaches_into_the_gap_is_of_its_column(x0, x1, parts):
    last = Fragment(TEXT, x0, x1, 135, 145, 10)
    assert sides(zones([[*TWO, last]])[0]) == parts


SHORT = [*lines(2), *lines(1, 120)]


@pytest.mark.parametrize(
    ("pages", "columns"),
    [
        ([TWO, SHORT], 2),  # where half of the pages have two columns, so has a short one
        ([TWO, TWO, SHORT], 2),
        ([TWO, lines(8, width=220), SHORT], 1),
        ([lines(8, width=220), SHORT], 1),
        ([TWO, lines(1)], 1),
        ([TWO, [*lines(2), *lines(1, 120, text="教育学校")]], 1),  # cells
    ],
)
def test_a_short_page_has_the_columns_of_most_others(pages, columns):
    assert len(zones(pages)[-1]) == columns


def test_an_empty_page_has_no_parts():
    assert [len(page) for page in zones([TWO, [], TWO])] == [2, 0, 2]


@pytest.mark.parametrize(
    ("width", "right", "columns"),
    [(196, (200, 80), 2), (196.5, (200, 80), 1), (60, (80, 120), 2), (59.5, (80, 120), 1)],
)
def test_the_first_column_takes_three_to_seven_tenths_of_the_page(width, right, columns):
    assert len(zones([[*lines(8, width=width), *lines(8, right[0], right[1])]])[0]) == columns


@pytest.mark.parametrize(("shift", "columns"), [(7.9, 2), (8, 1)])
def test_lines_beside_each_other_share_more_than_a_fifth_of_their_height(shift, columns):
    left = [part for at in range(8) for part in lines(1, start=30 * at)]
    right = [part for at in range(8) for part in lines(1, 120, start=30 * at + shift)]
    assert len(zones([[*left, *right]])[0]) == columns


@pytest.mark.parametrize(("start", "columns"), [(60, 2), (75, 1)])
def test_a_gap_is_one_between_four_lines(start, columns):
    """Of eight lines, the last of which stands at 105."""
    assert len(zones([[*lines(8), *lines(5, 120, start=start)]])[0]) == columns


def test_a_gap_is_where_nearly_all_lines_have_it():
    """And not in the middle of all places where some lines leave one."""
    left = [*lines(10), *lines(10, width=70, start=150)]
    assert sides(zones([[*left, *lines(20, 112)]])[0]) == [(0, 100, 20), (112, 212, 20)]


ACROSS = Fragment("青禾州", 60, 160, 60, 70, 10)
TABLE = Part(Box(0, 100, 0, 25), Grid([["县市"]]))


@pytest.mark.parametrize(
    ("above", "parts"),
    [
        ([*lines(4), *lines(4, 120)], [4, 4, 1, 8, 8]),
        ([*lines(3), *lines(3, 120)], [7, 8, 8]),  # too few lines for columns
        ([*lines(4), *lines(3, 120)], [8, 8, 8]),
        ([TABLE, *lines(2, start=30), *lines(4, 120)], [3, 4, 1, 8, 8]),  # with a table two are enough
        ([TABLE, *lines(1, start=30), *lines(4, 120)], [7, 8, 8]),
    ],
)
def test_columns_above_what_goes_over_both_are_long_enough(above, parts):
    page = [*above, ACROSS, *lines(8, start=80), *lines(8, 120, start=80)]
    assert [len(zone.items) for zone in zones([page])[0]] == parts


def test_a_page_that_has_columns_is_not_divided_again():
    page = [*TWO, Fragment("青禾州", 60, 160, 130, 140, 10), *lines(1, start=150), *lines(1, 120, start=150)]
    assert [len(zone.items) for zone in zones([page])[0]] == [8, 8, 3]


def test_lines_of_a_short_page_need_not_fill_their_column():
    ragged = [*lines(1), *lines(2, width=60, start=15), *lines(1, 120)]
    assert sides(zones([TWO, ragged])[1]) == [(0, 100, 3), (120, 220, 1)]
    assert sides(zones([TWO, [*lines(1), *lines(1, 120)]])[1]) == [(0, 100, 1), (120, 220, 1)]
