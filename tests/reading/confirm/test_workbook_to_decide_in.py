"""The workbook to decide in, as somebody sees it who opens it: sheets, cells, colours, lists, pages."""

import io
import re
import zipfile

import openpyxl
import pandas as pd
import pytest

from plan_monitor.reading.confirm import workbook
from plan_monitor.reading.confirm.columns import COLUMNS, SHOWN
from reportkit.language import using

USUAL = dict.fromkeys(COLUMNS, "") | {
    "start": "30", "quote": "到2025年，巩固率达到95%", "role": "target", "indicator_zh": "巩固率", "region": "321181",
    "period": "2025", "comparator": ">=", "value": "95", "unit": "%", "kind": "level", "locator": "二、目标", "document": "某规划",
}  # fmt: skip
INDICATORS = pd.DataFrame(
    {
        "id": ["rate", "none", "schools"],
        "name_zh": ["义务教育巩固率", None, "学校数"],
        "unit": ["%", "", "所"],
    }
)
WORDS = pd.DataFrame(
    [
        {"words": "全覆盖", "meaning": "full cover", "quote": "实现全覆盖", "role": "target", "start": 3},
        {"words": "清零", "meaning": "to zero", "quote": "动态清零", "role": "observation", "start": 9},
    ]
)
NONE = pd.DataFrame()


def content(*changes, words=NONE, indicators=None, regions=None):
    rows = pd.DataFrame([USUAL | change for change in changes], columns=list(COLUMNS))
    return workbook.content(rows, words, indicators, regions)


def opened(*changes, **given):
    return openpyxl.load_workbook(io.BytesIO(content(*changes, **given)))


def figures(*changes, **given):
    return opened(*changes, **given).worksheets[1]


def told(sheet, row):
    """What a row of the sheet of figures says, by the names of its columns."""
    order = [*SHOWN, *(name for name in COLUMNS if name not in SHOWN)]
    return dict(zip(order, (cell.value or "" for cell in sheet[row]), strict=True))


def colours(sheet, row):
    """The colours of the filled cells of a row, by the columns they stand in."""
    filled = {cell.column_letter: cell.fill.fgColor.rgb[2:] for cell in sheet[row] if cell.fill.fill_type}
    return " ".join(f"{letter}:{colour}" for letter, colour in filled.items())


YELLOW, ORANGE, GREEN, BLUE = "FFF8D6", "FBD5A5", "E3F1E1", "E1E8F0"


def test_sheets_come_in_their_order_and_the_figures_are_open():
    assert opened({}).sheetnames == ["说明", "数字"]
    book = opened({}, words=WORDS, indicators=INDICATORS)
    assert (book.sheetnames, book.active.title) == (["说明", "数字", "文字", "目录"], "数字")
    with using("en"):
        assert opened({}, words=WORDS, indicators=INDICATORS).sheetnames == [
            *("How to", "Figures", "Words", "Catalogue")
        ]
    assert opened({}, indicators=INDICATORS.iloc[:0]).sheetnames == ["说明", "数字"]


def test_each_figure_has_a_row_with_all_its_cells():
    sheet = figures(
        {"indicator": "rate", "look": "indicator period", "nearest": "rate 义务教育巩固率；schools 学校数"},
        {"start": "45", "value": "5", "role": "observation", "comparator": "about", "decision": "later"},
        indicators=INDICATORS,
    )
    assert sheet.max_row == 3
    first = {name: cell for name, cell in told(sheet, 2).items() if cell}
    assert first == {
        "look": "指标、时期", "quote": "到2025年，巩固率达到95%", "role": "目标", "indicator": "义务教育巩固率",
        "indicator_zh": "巩固率", "region": "丹阳市", "period": "2025", "comparator": "≥", "value": "95", "unit": "%",
        "kind": "达到水平", "nearest": "义务教育巩固率；学校数", "locator": "二、目标", "document": "某规划", "start": "30",
    }  # fmt: skip
    second = told(sheet, 3)
    assert [second[name] for name in ("start", "value", "role", "comparator", "decision", "indicator")] == [
        *("45", "5", "实绩", "约", "稍后", "巩固率"),
    ]


@pytest.mark.parametrize(
    ("change", "look", "filled"),
    [
        ({}, "可一并接受", f"A:{YELLOW} B:{GREEN}"),
        ({"look": "unit"}, "单位", f"A:{YELLOW} B:{ORANGE} K:{ORANGE}"),
        ({"look": "indicator period"}, "指标、时期", f"A:{YELLOW} B:{ORANGE} E:{ORANGE} H:{ORANGE}"),
        ({"look": "value", "known": "changed"}, "数值", f"A:{YELLOW} B:{ORANGE} J:{ORANGE} Q:{ORANGE}"),
        ({"known": "known"}, "已定", f"A:{YELLOW}"),
    ],
)
def test_colours_tell_what_needs_a_look(change, look, filled):
    """Columns A decision, B look, E indicator, H period, J value, K unit, Q the figure before."""
    sheet = figures({"quote": "x"}, change)
    assert (sheet["B3"].value, colours(sheet, 3)) == (look, filled)


def test_the_header_stands_out_and_cells_are_text_that_can_be_changed():
    sheet = figures({"decision": "yes"})
    head, asked, cell = sheet["C1"], sheet["A2"], sheet["C2"]
    assert set(re.findall(r":(\w+)", colours(sheet, 1))) == {BLUE}
    assert [one.font.b for one in (head, asked, cell)] == [True, True, False]
    assert [one.protection.locked for one in (head, asked, cell)] == [True, False, False]
    for one in (head, asked, cell):
        assert (one.font.name, one.font.sz, one.number_format) == ("宋体", 10, "@")
        assert (one.alignment.wrap_text, one.alignment.vertical) == (True, "center")
        assert [getattr(one.border, side).style for side in ("left", "right", "top", "bottom")] == [
            "thin"
        ] * 4
        assert one.border.left.color.rgb == "FFC8C8C8"
    with using("en"):
        assert figures({})["A2"].font.name == "Times New Roman"


def test_columns_that_nobody_needs_are_hidden():
    sheet = figures({})
    order = [cell.value for cell in sheet[1]]
    hidden = {letter for letter, one in sheet.column_dimensions.items() if one.hidden}
    groups = {letter: (one.min, one.max) for letter, one in sheet.column_dimensions.items() if one.hidden}
    covered = {at for first, last in groups.values() for at in range(first, last + 1)}
    assert hidden and covered == set(range(len(SHOWN) + 1, len(order) + 1))
    assert order[len(SHOWN) :] == [name for name in COLUMNS if name not in SHOWN]


def widths(sheet, columns):
    """The widths of the first columns in characters, without the margin."""
    told = sheet.column_dimensions.values()  # columns beside each other that are as wide are told together
    spans = {at: one.width for one in told for at in range(one.min, one.max + 1)}
    return [int(spans[at]) for at in range(1, columns + 1)]


def test_columns_are_as_wide_as_what_usually_stands_in_them():
    assert widths(figures({}), len(SHOWN)) == [
        *(9, 13, 46, 11, 28, 22, 12, 12, 6, 11, 9, 12, 8, 9, 30, 8, 13, 18, 34, 28),
    ]
    told = dict.fromkeys(
        ("words", "meaning", "quote", "indicator_zh", "region", "period", "role", "locator"), ""
    )
    assert widths(opened({}, words=pd.DataFrame([told])).worksheets[2], 8) == [16, 14, 50, 28, 12, 12, 10, 40]
    assert widths(opened({}).worksheets[0], 1) == [110]


@pytest.mark.parametrize(
    ("characters", "lines"), [(1, 1), (20, 1), (21, 2), (40, 2), (41, 3), (80, 4), (81, 5), (120, 5)]
)
def test_a_row_is_as_high_as_its_longest_cell(characters, lines):
    """A line of the text's column holds 20 characters, each as wide as two letters; a row has five at most."""
    sheet = figures({"quote": "文" * characters, "document": "", "locator": "", "indicator_zh": "率"})
    assert sheet.row_dimensions[2].height == 15 * lines + 3
    assert sheet.row_dimensions[1].height == 30


def test_what_a_cell_may_hold_is_listed_down_to_the_last_row():
    sheet = figures({}, {}, {}, indicators=INDICATORS)
    lists = {str(one.sqref): one for one in sheet.data_validations.dataValidation}
    assert {area: one.formula1 for area, one in lists.items()} == {
        "A2:A4": '"是,否,稍后"',
        "D2:D4": '"目标,实绩,投入,其他"',
        "I2:I4": '"=,≥,>,≤,<,约"',
        "L2:L4": '"达到水平,增长,年均增长,变化量,占比,贡献,差距,指数,比值,位次"',
        "E2:E4": "'目录'!$A$2:$A$3",
    }
    assert {area: one.showErrorMessage for area, one in lists.items() if area in ("A2:A4", "E2:E4")} == {
        "A2:A4": True,
        "E2:E4": False,
    }
    assert {str(one.sqref) for one in figures().data_validations.dataValidation} == {
        *("A2", "D2", "I2", "L2"),
    }


def test_the_sheet_of_figures_stays_in_order_when_it_is_sorted_scrolled_or_printed():
    sheet = figures({}, {})
    last = sheet.cell(1, len(COLUMNS)).column_letter
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("D2", f"A1:{last}3")
    guard = sheet.protection
    free = ("sort", "autoFilter", "formatCells", "formatColumns", "formatRows", "insertColumns", "deleteRows")
    assert guard.sheet and not guard.password
    assert [getattr(guard, name) for name in free] == [False] * 7
    assert [getattr(guard, name) for name in ("insertRows", "deleteColumns")] == [True, True]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 8)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.print_area == f"'数字'!$A$1:${sheet.cell(1, len(SHOWN)).column_letter}$3"
    with zipfile.ZipFile(io.BytesIO(content({}, {}))) as parts:
        (ignored,) = re.findall(r"<ignoredError [^>]*>", parts.read("xl/worksheets/sheet2.xml").decode())
    assert f'sqref="A1:{last}3"' in ignored and 'numberStoredAsText="1"' in ignored
    empty = figures()
    assert (empty.auto_filter.ref, empty.print_area) == (
        f"A1:{last}2",
        f"'数字'!$A$1:${sheet.cell(1, len(SHOWN)).column_letter}$2",
    )


def test_the_guide_has_a_line_in_each_row_as_high_as_it_needs():
    book = opened({})
    sheet = book.worksheets[0]
    title, line = sheet["A1"], sheet["A2"]
    assert (title.value, title.font.sz, title.font.b) == ("机器读出的数字，请逐条决定", 16, True)
    assert (title.font.name, line.font.name, line.font.sz, line.font.b) == ("宋体", "宋体", 10, False)
    assert (line.alignment.wrap_text, line.alignment.vertical) == (True, "top")
    assert sheet.row_dimensions[1].height == 30
    lines = [row[0].value for row in sheet.iter_rows(min_row=2)]
    assert (len(lines), lines[1][:5], lines[-1][:5]) == (9, "1. 决定", "“文字”一")
    assert [sheet.row_dimensions[row].height for row in range(2, 11)] == [33, 18, 18, 18, 18, 18, 18, 18, 18]
    with using("en"):
        english = opened({}).worksheets[0]
    heights = [english.row_dimensions[row].height for row in range(2, english.max_row + 1)]
    assert heights == [33, 18, 33, 33, 18, 18, 18, 18, 18]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.protection.sheet and not sheet.protection.password
    assert book.properties.title == "机器读出的数字，请逐条决定"


def test_promises_in_words_have_their_meaning_beside_them():
    book = opened({}, words=WORDS)
    sheet = book.worksheets[2]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["文字", "意思", "原文", "作用"],
        ["全覆盖", "全部覆盖", "实现全覆盖", "目标"],
        ["清零", "降到零", "动态清零", "实绩"],
    ]
    assert sheet.freeze_panes == "A2"
    assert (sheet["A1"].font.b, sheet["A2"].font.b, sheet["A2"].border.left.style) == (True, False, "thin")
    with using("en"):
        rows = opened({}, words=WORDS).worksheets[2].iter_rows(values_only=True)
        assert [row[:2] for row in rows] == [
            *(("Words", "Meaning"), ("全覆盖", "full cover"), ("清零", "to zero"))
        ]


def test_the_catalogue_lists_the_indicators_with_a_name():
    sheet = opened({}, indicators=INDICATORS).worksheets[2]
    assert list(sheet.iter_rows(values_only=True)) == [
        *(("指标", "id"), ("义务教育巩固率", "rate"), ("学校数", "schools"))
    ]
    assert (sheet.freeze_panes, sheet["A1"].font.b, sheet["B1"].font.b) == ("A2", True, True)
    assert sheet["A2"].font.name == "宋体"
    both = sheet.column_dimensions["A"]
    assert (both.min, both.max, int(both.width)) == (1, 2, 44)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("321181", "丹阳市"),
        ("320106", "南京市鼓楼区"),  # there are others of the name
        ("110105", "北京市朝阳区"),  # and of all its name one part less is of several
        ("990001", "示例县"),  # the package's own
        ("天上镇", "天上镇"),
        ("", ""),
    ],
)
def test_a_region_is_called_by_its_shortest_name_that_is_clear(code, name):
    regions = pd.DataFrame(
        {"code": ["990001"], "name_zh": ["示例县"], "name_en": [""], "level": ["county"], "parent": [""]}
    )
    assert (figures({"region": code}, regions=regions)["G2"].value or "") == name
