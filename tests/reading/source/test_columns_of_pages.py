"""The columns of a PDF page, and in which order they are read: lines of 10 points, columns from 0 and from 120."""

import pytest

from plan_monitor.reading.source.pdf.flow import zones
from plan_monitor.reading.source.pdf.geometry import Fragment

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
    ],
)
def test_the_gap_between_columns_is_in_the_middle(left, right, columns):
    page = zones([[*lines(8, left), *lines(8, right)]])[0]
    assert len(page) == columns


def test_a_page_of_few_lines_has_one_column():
    assert len(zones([[*lines(4), *lines(4, 120)]])[0]) == 1
    assert len(zones([[*lines(5), *lines(4, 120)]])[0]) == 2


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
