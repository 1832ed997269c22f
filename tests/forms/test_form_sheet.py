"""A form as a workbook: what stands where, what may be written, how it is printed."""

import io

import openpyxl
import pandas as pd
import pytest

from plan_monitor.forms.layout import COLUMNS, GIVEN, Form
from plan_monitor.forms.workbook import content
from reportkit.language import using

FORM = Form("my-county", "1.0.0", "2026-11-29", "2026-11")
WIDTHS = [13, 20, 24, 10, 12, 11, 14, 7, 10, 10, 24, 13, 16, 13]
PROMISE = dict(zip(GIVEN, ["t-1", "入园率", "", "某县", "≥95 %", "2025", "–", "%"], strict=True))


def opened(*sections, **options):
    return openpyxl.load_workbook(io.BytesIO(content([*sections], FORM, "某局", **options)))


def promises(*changed):
    return pd.DataFrame([PROMISE | one for one in changed])


@pytest.fixture
def book():
    """Two documents, one with two promises."""
    two = promises({}, {"target": "t-2", "definition": "定" * 40})
    return opened(("甲规划", two), ("乙规划", promises({"target": "t-3"})))


def widths(sheet):
    """Of its columns, as Excel counts them: 0.71 more than was asked for."""
    found = {}
    for side in sheet.column_dimensions.values():
        found |= dict.fromkeys(range(side.min, side.max + 1), round(side.width - 0.7109375, 2))
    return [found[number] for number in sorted(found)]


def test_promises_stand_below_their_documents_and_these_below_the_headings(book):
    sheet = book.worksheets[1]
    told = [[cell.value for cell in row[:2]] for row in sheet.iter_rows()]
    assert told == [
        ["规划目标实绩填报表 · 某局", None],
        ["填报人", None],
        ["表单", FORM.text()],
        ["编号", "指标"],
        [None, "甲规划"],
        ["t-1", "入园率"],
        ["t-2", "入园率"],
        [None, "乙规划"],
        ["t-3", "入园率"],
    ]
    assert [cell.value for cell in sheet[4]] == [heading for heading, _ in COLUMNS.values()]
    assert sheet["D2"].value.startswith("只填黄色格")
    merged = {str(cells) for cells in sheet.merged_cells.ranges}
    assert merged == {"B2:C2", "D2:N2", "B3:N3", "B5:N5", "B8:N8"}


def test_its_columns_and_rows_have_room_for_what_they_hold(book):
    sheet = book.worksheets[1]
    assert widths(sheet) == WIDTHS
    assert widths(book.worksheets[0]) == [8, 110]
    heights = {number: row.height for number, row in sheet.row_dimensions.items() if row.height}
    # a definition of 80 Latin characters and a tenth has four lines of 24, of 15 points each, and 3 to spare
    assert heights == {1: 30, 2: 22.5, 4: 30, 6: 18, 7: 63, 9: 18}


def test_only_the_cells_for_the_answer_can_be_written_and_they_are_yellow_text(book):
    sheet = book.worksheets[1]
    assert sheet.protection.sheet and not sheet.protection.formatColumns and not sheet.protection.formatRows
    open_cells = {cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
    assert open_cells == {"B2", "C2", *(f"{column}{row}" for row in (6, 7, 9) for column in "IJKLMN")}
    looks = {(sheet[place].number_format, sheet[place].fill.fgColor.rgb) for place in open_cells - {"C2"}}
    assert looks == {("@", "FFFFF8D6")}
    assert {sheet[place].fill.fgColor.rgb for place in ("A4", "N4")} == {"FFE1E8F0"}
    assert {sheet[place].fill.fgColor.rgb for place in ("A5", "B8")} == {"FFF4F4F2"}
    assert (sheet["A6"].border.left.style, sheet["A6"].border.left.color.rgb) == ("thin", "FFC8C8C8")
    assert [sheet[place].font.bold for place in ("A1", "A2", "B3", "A4", "A5", "A6")] == [
        *(True, True, False),
        *(True, True, False),
    ]
    assert [sheet[place].font.size for place in ("A1", "A2", "A6", "I6")] == [16, 10, 10, 10]
    assert {sheet[place].font.name for place in ("A1", "A6")} == {"宋体"}


def test_a_cell_says_how_it_is_filled_in_and_asks_again_where_a_figure_is_none(book):
    figure, period = book.worksheets[1].data_validations.dataValidation
    assert (str(figure.sqref), figure.type, figure.errorStyle) == ("I5:I9", "custom", "warning")
    bare = 'SUBSTITUTE(SUBSTITUTE(SUBSTITUTE(SUBSTITUTE(I5,"≥",""),"≤",""),"%",""),",","")'
    assert figure.formula1 == f"ISNUMBER(VALUE({bare}))"
    assert figure.promptTitle == "实绩" and figure.prompt.startswith("只填数字")
    assert figure.error.endswith("仍要这样填吗？")
    assert (str(period.sqref), period.type, period.promptTitle) == ("J5:J9", None, "时期")


def test_it_is_printed_as_wide_as_a_sheet_of_a4_laid_on_its_side_with_its_headings_on_each(book):
    guide, sheet = book.worksheets
    for one in (guide, sheet):
        assert (one.page_setup.paperSize, one.page_setup.orientation) == (9, "landscape")
        assert one.sheet_properties.pageSetUpPr.fitToPage and one.page_setup.fitToHeight == 0
        assert one.page_setup.fitToWidth in (1, None)  # as Excel takes it where nothing is said
        assert one.protection.sheet
    assert sheet.freeze_panes == "C5"
    assert sheet.print_title_rows == "$4:$4"
    assert sheet.print_area == "'填报表'!$A$1:$N$9"
    margins = sheet.page_margins
    assert (margins.left, margins.right, margins.top, margins.bottom) == (0.4, 0.4, 0.5, 0.6)
    assert (sheet.oddFooter.left.text, sheet.oddFooter.right.text) == (FORM.text(), "&P / &N")
    assert (book.properties.title, book.properties.subject) == ("规划目标实绩填报表", FORM.text())


def test_the_first_sheet_says_what_is_asked_of_whom_and_how_to_answer(book):
    guide = book.worksheets[0]
    told = [[cell.value for cell in row] for row in guide.iter_rows()]
    assert told[0] == ["规划目标实绩填报表", None]
    assert told[1] == ["致", "某局"]
    assert told[2][0] == "事项" and "所列 3 项目标" in told[2][1]
    assert [label for label, _ in told[3:]] == ["怎么填", "", "", ""]
    assert [text[:2] for _, text in told[3:]] == ["1.", "2.", "3.", "4."]
    assert widths(guide) == [8, 110]
    assert guide.row_dimensions[1].height == 30
    assert guide["A2"].font.bold and not guide["B2"].font.bold


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"by": "12 月 31 日", "reply": "a@b.cn"}, "请于12 月 31 日前填好，退回：a@b.cn"),
        ({"by": "12 月 31 日"}, "请于12 月 31 日前填好退回"),
        ({"reply": "a@b.cn"}, "请填好后退回：a@b.cn"),
        ({}, None),
    ],
)
def test_it_says_until_when_and_to_whom_to_return_it(options, expected):
    rows = [
        [cell.value for cell in row]
        for row in opened(("甲", promises({})), **options).worksheets[0].iter_rows()
    ]
    assert [text for label, text in rows if label == "退回"] == ([expected] if expected else [])


def test_in_english_it_has_english_words_and_letters():
    with using("en"):
        book = opened(("甲", promises({})), by="31 December", reply="a@b.cn")
    assert book.sheetnames == ["How to answer", "Form"]
    assert [cell.value for cell in book.worksheets[1][4]] == [heading for _, heading in COLUMNS.values()]
    assert book.worksheets[0]["B4"].value == "by 31 December, to a@b.cn"
    assert book.worksheets[1]["A6"].font.name == "Times New Roman"
