"""Where each table of a sheet begins and ends, and what of the lines around it is a title, a unit or a note."""

import pytest

from plan_monitor.grid.sheet import Sheet
from plan_monitor.intake.take.blocks import blocks, figure_like, side_by_side, spread


def sheet(text, merged=()):
    rows = [line.split(",") for line in text.split("\n")]
    width = max(map(len, rows))
    rows = [row + [""] * (width - len(row)) for row in rows]
    return Sheet("t.csv", None, rows, {}, list(merged), frozenset())


def tables(text, merged=()):
    return blocks(sheet(text, merged))[0]


def told(table):
    """What stands above a table, by kind, as far as there is any."""
    return {kind: lines for kind, lines in table.preamble.items() if lines}


@pytest.mark.parametrize(
    ("text", "header", "body"),
    [
        # a year alone, not in the first column, heads a table
        (",2023年\n经济\n地区生产总值（亿元）,5264", [1], [2, 3]),
        # a heading without any telling word has figures within the six rows below it
        ("学校,人数\n" + "甲,乙\n" * 5 + "丙,5", [1], [2, 3, 4, 5, 6, 7]),
        (
            "学校,2023年\n" + "甲,乙\n" * 6 + "丙,5",
            [1],
            [2, 3, 4, 5, 6, 7, 8],
        ),  # with a year wherever they are
        # signs of the columns below, in other letters
        ("指标,2020年\n,（%）", [1, 2], []),
        ("指标,2020年\nItem,Year\n人口,5", [1, 2], [3]),
        ("指标,2020年\n名,称\n人口,5", [1], [2, 3]),
        ("指标,2020年\n分类\n人口,5", [1], [2, 3]),
        ("指标,年份\n指标,实际\n人口,5", [1, 2], [3]),
        # below a year a number of four digits is a figure
        ("指标,2020年\n,1998\n人口,5", [1], [2, 3]),
        ("指标,年份,2020年\n,1998,\n人口,5,6", [1, 2], [3]),
        ("指标,年份,2020年\n,,1998\n人口,5,6", [1], [2, 3]),
        ("指标,2020年,情况\n,底,\n,1998,\n人口,5,6", [1, 2], [3, 4]),
        # lines on the table are none of its heading
        ("指标,2020年\n填报人：张三\n人口,5", [1], [3]),
    ],
)
def test_a_table_begins_with_its_heading(text, header, body):
    (table,) = tables(text)
    assert (table.header, table.body) == (header, body)


def test_a_heading_with_no_figure_within_six_rows_is_none():
    (table,), headless = blocks(sheet("学校,人数\n" + "甲,乙\n" * 6 + "丙,5"))
    assert headless == [1] and table.header[0] == 2


@pytest.mark.parametrize(
    ("row", "begins"),
    [
        ("指标,小类,甲,数值", True),
        ("大类,小类,指标,数值", True),
        ("大类,小类,甲,指标", False),
        ("指标,小类,甲,5", False),  # a figure
        ("大类,2021年,甲,乙", True),
        ("截至2021年,小类,甲,乙", False),
        ("大类,小类,2021年,乙", True),  # a year beside a name
        ("2021年,小类,2022年,乙", False),  # a row of years
        ("2021年,小类,甲,乙", False),
        ("大类,小类,1998,乙", False),  # a count
        (",,2021年,", False),
    ],
)
def test_within_a_table_a_heading_begins_with_a_word_for_one_or_names_a_year(row, begins):
    found = tables(f"大类,小类,甲,2020年\na,b,c,5\n{row}\nd,e,f,6")
    assert [table.header[0] for table in found] == ([1, 3] if begins else [1])


def test_a_line_may_hold_a_title_and_the_unit():
    (table,) = tables("镇江市2023年人口,,单位：万人\n（单位：户）\n指标,2023年\n总人口,322")
    assert told(table) == {"title": ["镇江市2023年人口"], "unit": ["万人", "户"]}


def test_a_unit_within_a_title_is_no_part_of_it():
    (table,) = tables("镇江市人口（单位：万人）\n指标,2023年\n总人口,322")
    assert told(table) == {"title": ["镇江市人口"], "unit": ["万人"]} and table.title == "镇江市人口"


def test_rows_above_any_heading_are_told():
    (table,), headless = blocks(sheet("人口,5\n户籍,6\n指标,2020年\n总人口,4"))
    assert headless == [1, 2] and table.header == [3]


NOTED = "指标,2023年\n总人口,322\n注：\n1. 含民办\n（2）不含\n"


@pytest.mark.parametrize("next_table", ["指标,2024年\n户籍人口,320", "镇江市续表\n指标,2024年\n户籍人口,320"])
def test_the_items_of_a_note_belong_to_the_table_above(next_table):
    first, second = tables(NOTED + next_table)
    assert first.notes == ["注：", "1. 含民办", "（2）不含"]
    assert told(second) == ({"title": ["镇江市续表"]} if "续表" in next_table else {})


@pytest.mark.parametrize(
    ("lines", "told_of"),
    [
        ("镇江市续表\n全市口径", {"title": ["镇江市续表", "全市口径"]}),
        ("镇江市续表\n单位：人,时间：年底", {"title": ["镇江市续表"], "unit": ["人"], "time": ["年底"]}),
        (",镇江市续表", {"title": ["镇江市续表"]}),  # wherever it stands
        ("填报人：张三,单位：人", {"form": ["填报人：张三"], "unit": ["人"]}),
    ],
)
@pytest.mark.parametrize("rows", ["\n户籍人口,320", ""])
def test_all_lines_above_the_next_heading_are_its_own(lines, told_of, rows):
    first, second = tables(f"指标,2023年\n总人口,322\n{lines}\n指标,2024年{rows}")
    assert first.body == [2] and told(second) == told_of


@pytest.mark.parametrize("line", ["镇江市", ",年份", "年份"])
def test_a_line_that_no_heading_follows_is_a_row(line):
    (last,) = tables(f"指标,2023年\n总人口,322\n{line}")
    (within,) = tables(f"指标,2023年\n总人口,322\n{line}\n户籍人口,320")
    assert (last.body, within.body) == ([2, 3], [2, 3, 4])


def test_what_looks_like_an_item_and_follows_no_note_is_a_row():
    (table,) = tables("指标,2023年\n总人口,322\n1. 户籍\n男,160")
    assert (table.body, table.notes) == ([2, 3, 4], [])


def test_notes_and_sources_below_a_table_are_its_own():
    text = "指标,2023年\n总人口,322\n资料来源：统计局,（2024）\n填报人：张三\n备注：甲,乙\n"
    first, second = tables(text + "单位：万人,丙\n指标,2021年\n人口,6\n注：丁\n来源：年鉴\n镇江市统计局")
    assert (first.notes, first.sources) == (["备注：甲 乙"], ["统计局 （2024）"])
    assert told(second) == {"title": ["丙"], "unit": ["万人"]}
    assert (second.notes, second.sources) == (["注：丁", "镇江市统计局"], ["年鉴"])


def test_a_number_in_a_circle_begins_a_note_or_a_row_with_figures():
    (table,) = tables("指标,2023年\n① 总人口,322\n②户籍人口,—\n① 含民办,不含其他\n②同上")
    assert (table.body, table.notes) == ([2, 3], ["① 含民办 不含其他", "②同上"])


def test_forms_within_a_table_do_not_end_it():
    (table,) = tables("指标,2020年\n人口,5\n填报人：张三\n制表：李四\n户籍,4")
    assert (table.body, table.notes) == ([2, 5], [])


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        # a wide heading stands in its first column, and is over those that have a heading below
        (
            "甲,2023年,,乙\n,数量,比例,\n人口,1,2,3",
            [["甲", ""], ["2023年", "数量"], ["2023年", "比例"], ["乙", ""]],
        ),
        (
            "甲,2023年,,\n,数量,比例,位次\n人口,1,2,3",
            [["甲", ""], *(["2023年", x] for x in ("数量", "比例", "位次"))],
        ),
        ("甲,2023年,,\n,,数量,比例\n人口,1,2,3", [["甲", ""], ["2023年", ""], ["", "数量"], ["", "比例"]]),
        ("甲,2023年,\n,数量,\n人口,1,2", [["甲", ""], ["2023年", "数量"], ["", ""]]),
        (",2020年,2021年\nItem,one,two\n人口,1,2", [["", "Item"], ["2020年", "one"], ["2021年", "two"]]),
        (
            "甲,2023年,,,\n,城镇,,农村,\n,男,女,男,女\n人口,1,2,3,4",
            [["甲", "", ""], *(["2023年", a, b] for a in ("城镇", "农村") for b in "男女")],
        ),
    ],
)
def test_a_wide_heading_without_merged_cells_is_over_what_stands_below_it(text, headings):
    assert tables(text)[0].headings == headings


def test_a_merged_heading_is_over_what_it_covers_and_nothing_else():
    text = "甲,2023年,,,\n,数量,比例,位次,次序\n人口,1,2,3,4"
    (table,) = tables(text, [(1, 1, 1, 2)])
    assert [column[0] for column in table.headings] == ["甲", "2023年", "2023年", "", ""]


def test_what_a_merged_area_of_the_rows_says_holds_for_each_of_them():
    text = "地区,名称,2023年\n句容市,甲,1\n,乙,2\n,丙,3"
    (table,) = tables(text, [(2, 0, 4, 0), (3, 2, 4, 2)])
    assert spread(table, [0]) == {(3, 0): "句容市", (4, 0): "句容市"}
    assert spread(table, [0, 2]) == {(3, 0): "句容市", (4, 0): "句容市", (4, 2): "2"}


def test_a_merged_heading_is_no_text_of_the_rows():
    (table,) = tables("甲,2023年,\n,数量,比例\n人口,1,2", [(1, 0, 2, 0), (1, 1, 1, 2)])
    assert spread(table, [0, 1, 2]) == {}


def test_tables_beside_each_other_begin_with_the_same_word():
    (table,) = tables(",指标,单位,2023年,指标,单位,2023年\nx,总人口,万人,322,户数,户,96")
    left, right = side_by_side(table)
    assert left.sheet.rows[1] == ["x", "总人口", "万人", "322", "", "", ""]
    assert right.sheet.rows[1] == ["", "", "", "", "户数", "户", "96"]
    assert left.sheet.rows[0] == right.sheet.rows[0]
    assert [texts[0] for texts in right.headings] == ["", "", "", "", "指标", "单位", "2023年"]
    assert side_by_side(left) == [left]


@pytest.mark.parametrize(
    ("text", "is_figure"),
    [
        *(("2020.5", True), ("2020,135", True), ("20205", True), ("1998", False), ("2020年底", False)),
        *(
            ("2100", True),
            ("≤5", True),
            ("（12）", True),
            ("无", True),
            ("", False),
            (" ", False),
            ("5年以上", True),
        ),
    ],
)
def test_a_year_is_no_figure_unless_more_digits_follow(text, is_figure):
    assert figure_like(text) is is_figure
