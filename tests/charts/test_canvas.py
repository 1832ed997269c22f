"""Room for text in charts: how many letters a width holds, where lines break, how many columns a legend has."""

import pytest

from reportkit.charts import canvas
from reportkit.charts.canvas import balanced, legend_columns, letters, wrapped
from reportkit.language import using


@pytest.mark.parametrize(
    ("inches", "size", "count"),
    [(6.0, 8, 100), (1.0, 8, 16), (4.1, 9.5, 57), (0.06, 8, 1), (0.059, 8, 0)],  # of 0.54 of their size
)
def test_letters_that_have_room(inches, size, count):
    assert letters(inches, size) == count


def test_letters_are_of_eight_points_unless_told_otherwise():
    assert letters(6.0) == 100


@pytest.mark.parametrize(
    ("widest", "inches", "columns"),
    # 6 inches hold 100 letters; an entry has its own and 7 beside
    [
        (18, 6.0, 4),
        (13, 6.0, 4),
        (19, 6.0, 3),
        (26, 6.0, 3),
        (27, 6.0, 2),
        (44, 6.0, 1),
        (200, 6.0, 1),
        (43, 6.0, 2),
    ],
)
def test_entries_of_a_legend_side_by_side(widest, inches, columns):
    assert legend_columns(["a", "a" * widest, "ab"], inches) == columns


def test_a_legend_is_of_a_single_panel_unless_told_otherwise():
    assert [legend_columns(["a" * count]) for count in (10, 11)] == [4, 3]  # 4.1 inches hold 68


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("一二三四五", 10, ["一二三四五"]),
        ("一二三四五六", 10, ["一二三四五", "六"]),
        ("一二三 四五六七", 10, ["一二三", "四五六七"]),  # rather at a space, behind more than half
        ("一二 三四五六七", 10, ["一二 三四", "五六七"]),
        ("abcdefghijkl", 10, ["abcdefghijkl"]),  # no word is torn
        ("收入 abcdefgh 元", 10, ["收入", "abcdefgh", "元"]),
    ],
)
def test_chinese_breaks_by_characters_and_rather_at_a_space(text, width, lines):
    assert wrapped(text, width).split("\n") == lines


def test_english_breaks_between_words():
    with using("en"):
        assert wrapped("Teachers above the degree", 10).split("\n") == ["Teachers", "above the", "degree"]


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("一二三四五六", 10, ["一二三", "四五六"]),
        ("一二三四五六七", 12, ["一二三四", "五六七"]),
        ("一二三", 10, ["一二三"]),
        ("一二三四五六七八九", 8, ["一二三", "四五六", "七八九"]),
    ],
)
def test_lines_are_of_about_the_same_width(text, width, lines):
    assert balanced(text, width).split("\n") == lines


@pytest.mark.parametrize(
    ("given", "ids"),
    [("a", ["a"]), (["a", "b"], ["a", "b"]), (("a",), ["a"]), (None, []), (float("nan"), [])],
)
def test_ids_of_a_cell(given, ids):
    assert canvas.rows_of(given) == ids


def test_what_belongs_to_a_name_is_listed_behind_it():
    assert canvas.listed("某县", ["2015 1", "2016 2"]) == "某县：2015 1，2016 2"
    with using("en"):
        assert canvas.listed("A county", ["2015 1", "2016 2"]) == "A county: 2015 1, 2016 2"
