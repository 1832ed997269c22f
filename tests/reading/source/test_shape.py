"""Which rows of a grid are its table, and which stand above and below it; where a label is repeated."""

import pytest

from plan_monitor.reading.source.blocks import Grid, Paragraph
from plan_monitor.reading.source.shape import parts_of_grid, repeated_labels, tidy

TABLE = [["县市", "人口"], ["白水县", "23.5"]]
LONG = "本表各项数字均按照常住人口计算与往年口径一致不含外来"


def shown(*rows, merged=()):
    parts = parts_of_grid(Grid([list(row) for row in rows], merged))
    return [part.text if isinstance(part, Paragraph) else part.rows for part in parts]


@pytest.mark.parametrize(
    ("above", "lines"),
    [
        ([("表1 人口", "")], ["表1 人口"]),
        ([("表1 人口", ""), ("", "单位：万人")], ["表1 人口", "单位：万人"]),
        ([("", "")], []),
        ([("", "万人")], None),  # a heading of its column
        ([("12.5", "")], None),
    ],
)
def test_lines_above_a_table(above, lines):
    made = shown(*above, *TABLE)
    assert made == ([[*map(list, above), *TABLE]] if lines is None else [*lines, TABLE])


@pytest.mark.parametrize(
    ("below", "lines"),
    [
        ([("注：人口为年末数", "")], ["注：人口为年末数"]),
        ([("数据来源：统计局", "")], ["数据来源：统计局"]),
        ([("* 快报数", "")], ["* 快报数"]),
        ([("备注：快报数", ""), ("", "")], ["备注：快报数"]),
        ([(LONG[:24], "")], None),
        ([(LONG[:25], "")], [LONG[:25]]),  # longer than a label
        ([("注：甲", "")] * 4, ["注：甲"] * 4),
        ([("注：甲", ""), ("石桥县", "31.5")], None),
    ],
)
def test_notes_below_a_table(below, lines):
    assert shown(*TABLE, *below) == ([[*TABLE, *map(list, below)]] if lines is None else [TABLE, *lines])


def test_of_more_than_four_notes_those_above_are_rows():
    assert shown(*TABLE, *[("注：甲", "")] * 5) == [[*TABLE, ["注：甲", ""]], *["注：甲"] * 4]


def test_what_has_one_column_is_text():
    assert shown(("专栏1", ""), ("", "新建学校12所。")) == ["专栏1", "新建学校12所。"]
    assert shown(("表1 人口", ""), ("专栏", "")) == ["表1 人口", "专栏"]


def test_a_heading_over_rows_is_no_line_above():
    rows = (("县市", ""), ("", "人口"), ("白水县", "23.5"))
    assert shown(*rows, merged=((0, 0, 1, 0),)) == [[list(row) for row in rows]]


def test_empty_rows_and_columns_are_left_out_and_merged_areas_move():
    grid = tidy(
        [["", "", "", ""], ["县\n市", "", " 人口 ", ""], ["", "", "", ""], ["白水县", "", "1", "2"]],
        ((1, 2, 1, 3), (0, 0, 3, 0), (1, 1, 3, 1), (2, 2, 3, 2)),
    )
    assert grid.rows == [["县 市", "人口", ""], ["白水县", "1", "2"]]
    assert grid.merged == ((0, 1, 0, 2), (0, 0, 1, 0))
    assert tidy([]) == Grid([], ())


@pytest.mark.parametrize(
    ("text", "column", "repeated"),
    [
        ("教育", 0, True),
        (LONG[:24], 0, True),
        (LONG[:25], 0, False),  # prose
        ("23.5", 0, False),
        ("2020年", 0, True),
        ("教育1", 0, True),
        ("教育1", 1, False),
        ("", 0, False),
    ],
)
def test_a_label_over_several_rows_is_that_of_each(text, column, repeated):
    rows = [["", "", "23.5"], ["", "", "31.5"], ["", "", "12"]]
    rows[0][column] = text
    made = [*repeated_labels(Grid(rows, ((0, column, 2, column),)))]
    assert made == ([(1, column, 0), (2, column, 0)] if repeated else [])


def test_a_heading_over_several_rows_is_not_repeated():
    rows = [["县市", "人口", ""], ["", "男", "女"], ["白水县", "1", "2"]]
    assert [*repeated_labels(Grid(rows, ((0, 0, 1, 0), (0, 1, 0, 2))))] == []


def test_a_label_is_repeated_where_one_of_its_rows_has_a_figure():
    rows = [["教育", "", "甲"], ["", "", "31.5"], ["", "", "乙"]]
    assert [*repeated_labels(Grid(rows, ((0, 0, 2, 0),)))] == [(1, 0, 0), (2, 0, 0)]
    below = [["教育", "甲"], ["", "乙"], ["合计", "12"]]  # the figure is of another row
    assert [*repeated_labels(Grid(below, ((0, 0, 1, 0),)))] == []


def test_a_label_that_reaches_into_the_notes_ends_with_the_table():
    rows = [["县市", "人口"], ["白水县", "1"], ["", "2"], ["注：甲", ""]]
    _, table, _ = [None, *parts_of_grid(Grid(rows, ((1, 0, 3, 0),)))]
    assert (table.rows, table.merged) == (rows[:3], ((1, 0, 2, 0),))
