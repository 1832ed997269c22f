"""Characters of a PDF page as lines, words and rows: of a size of 10."""

import pytest

from plan_monitor.reading.source.pdf.geometry import Char, Fragment, overlap
from plan_monitor.reading.source.pdf.lines import fragments, join_lines, rows_of


def chars(text, x0=0, top=0, size=10, width=None):
    """Characters one behind the other, as wide as they are high."""
    width = size if width is None else width
    return [Char(one, x0 + at * width, x0 + (at + 1) * width, top, top + size) for at, one in enumerate(text)]


def texts(*runs):
    return [one.text for one in fragments([char for run in runs for char in run])]


@pytest.mark.parametrize(
    ("first", "gap", "second", "expected"),
    [
        ("白", 7.4, "水", ["白 水"]),
        ("白", 7.6, "水", ["白", "水"]),  # 0.75 of the size divides
        ("白", 5.9, "水", ["白水"]),
        ("白", 6.1, "水", ["白 水"]),  # of Chinese characters, which a line stretches, 0.6 is a blank
        ("a", 2.9, "b", ["ab"]),
        ("a", 3.1, "b", ["a b"]),  # of letters 0.3
        ("白", 3.1, "b", ["白b"]),
        ("白，", 2.9, "水", ["白，水"]),  # a sign has 0.45 of its own left free
        ("白，", 3.1, "水", ["白，", "水"]),
        ("白", 2.9, "（水", ["白（水"]),
        ("白", 3.1, "（水", ["白", "（水"]),
        ("白，", -1.6, "（水", ["白，（水"]),
        ("白，", -1.4, "（水", ["白，", "（水"]),
        ("白，", 7.4, "）水", ["白， ）水"]),  # which the next takes
        ("白 ", 11.9, "水", ["白 水"]),  # where there is a blank, 2.2 of the size do not
        ("白 ", 12.1, "水", ["白", "水"]),
    ],
)
def test_a_gap_divides_words_or_cells(first, gap, second, expected):
    last = chars(first)
    assert texts(last, chars(second, last[-1].x1 + gap)) == expected


@pytest.mark.parametrize(
    ("top", "expected"), [(2.9, ["白水"]), (3.1, ["白水"]), (5, ["白水"]), (5.1, ["白", "水"]), (12, ["白", "水"])]
)  # fmt: skip
def test_characters_of_one_line_are_beside_each_other(top, expected):
    assert texts(chars("白"), chars("水", 10, top)) == expected


def test_characters_are_read_by_where_they_stand_whatever_the_order_of_the_file():
    assert texts(chars("水县", 10), chars("白")) == ["白水县"]
    assert texts(chars("下", 0, 20), chars("上")) == ["上", "下"]


@pytest.mark.parametrize(
    ("top", "size", "expected"),
    [
        (0, 5, "9.5千米²"),
        (0, 7.4, "9.5千米²"),
        (0, 7.6, "9.5千米2"),  # as large as others
        (3.4, 5, "9.5千米²"),
        (3.6, 5, "9.5千米2"),  # on the line
    ],
)
def test_a_small_high_figure_is_raised(top, size, expected):
    assert texts(chars("9.5千米"), chars("2", 50, top, size)) == [expected]


def fragment(text, x0, x1, top, size=10):
    return Fragment(text, x0, x1, top, top + size, size)


@pytest.mark.parametrize(
    ("x0", "top", "rows"),
    [
        (100, 0, [["甲", "乙"]]),
        (100, 5, [["甲", "乙"]]),
        (100, 5.1, [["甲"], ["乙"]]),  # half of its height is beside
        (41, 0, [["甲", "乙"]]),
        (39, 0, [["乙"], ["甲"]]),  # on top of each other
    ],
)
def test_what_stands_beside_each_other_is_a_row(x0, top, rows):
    made = rows_of([fragment("乙", x0, x0 + 50, top), fragment("甲", 0, 51, 0)])
    assert [[part.text for part in row] for row in made] == rows


def test_how_much_of_the_lower_of_two_boxes_is_beside_the_other():
    one = fragment("甲", 0, 10, 0, 20)
    assert [overlap(one, fragment("乙", 0, 10, top)) for top in (5, 15, 20, 25)] == [1, 0.5, 0, -0.5]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("白水", "县"), "白水县"),
        (("part", "two"), "part two"),
        (("part", "县"), "part县"),
        (("人口12", "34人"), "人口1234人"),  # a number that the line breaks
        (("人口12.", "5万"), "人口12.5万"),
        (("pages 12", "34"), "pages 12 34"),
        (("(a)", "(b)"), "(a) (b)"),
        (("", "白水"), "白水"),
    ],
)
def test_lines_of_one_text(lines, expected):
    assert join_lines(list(lines)) == expected
