"""How a workbook of a report lies: headings that stay in sight, filters, notes one a row with what they are made of."""

import io

import nbformat
import openpyxl
import pytest

from reportkit.formats.notes import Note
from reportkit.formats.page import lay_out
from reportkit.formats.workbook import foreign, workbook
from reportkit.jobs import Job
from reportkit.source import Document

TABLE = """<table><caption>人口</caption><thead><tr><th>县</th><th>人</th></tr></thead>
<tbody><tr><td>甲</td><td>1234</td></tr><tr><td>乙</td><td>5.50</td></tr></tbody></table>"""


@pytest.fixture(scope="module")
def book():
    output = nbformat.v4.new_output("display_data", data={"text/html": TABLE})
    cells = [nbformat.v4.new_markdown_cell("# 题"), nbformat.v4.new_code_cell("x", outputs=[output])]
    page = lay_out(nbformat.v4.new_notebook(cells=cells), Job("tiny", None, "d", {"lang": "zh"}, 1))
    counts = ((Document("公报", ""), 2), (Document("年鉴", ""), 1))
    page = page._replace(notes=[Note(1, counts=counts), Note(2, made_of=(1, 3))])
    return openpyxl.load_workbook(io.BytesIO(workbook(page)))


def test_each_table_has_its_caption_above_headings_that_stay_and_filter(book):
    assert book.sheetnames == ["目录", "1. 人口", "资料来源"]
    sheet = book["1. 人口"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["表 1　人口", None],
        ["县", "人"],
        ["甲", 1234],
        ["乙", 5.5],
    ]
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == ("B3", "A2:B4", "$2:$2")
    assert [sheet["B3"].number_format, sheet["B4"].number_format] == ["0", "0.00"]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")


def test_notes_stand_below_headings_that_stay(book):
    sheet = book["资料来源"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["号", "出处", "算自"],
        [1, "由 3 个数据行算出：公报（2 处）；年鉴（1 处）", ""],
        [2, "计算自", "1, 3"],
    ]
    assert sheet.freeze_panes == "A2"
    assert [
        sheet.column_dimensions[name].width > width for name, width in zip("ABC", (7, 99, 23), strict=True)
    ] == [True] * 3


def test_the_first_sheet_leads_to_the_others(book):
    front = book["目录"]
    assert front["A1"].value == "题" and front["A1"].font.sz == 16
    leads = [(cell.value, cell.hyperlink.location) for (cell,) in front.iter_rows() if cell.hyperlink]
    assert leads == [("人口", "'1. 人口'!A1"), ("资料来源", "'资料来源'!A1")]


@pytest.mark.parametrize(
    ("text", "value", "shape"),
    [
        ("1234.50", 1234.5, "0.00"),
        ("-7", -7.0, "0"),
        ("0", 0.0, "0"),
        ("123456789012345", 123456789012345.0, "0"),
        ("1234567890123456", None, None),  # of which a spreadsheet would keep fifteen digits
        ("0.123456789012345", 0.123456789012345, "0.000000000000000"),
        ("0.1234567890123456", None, None),
        *((text, None, None) for text in ("1,234", "0012", "98 %", "nan", "=1", "", "1.", "１")),
    ],
)
def test_of_another_table_a_cell_is_a_number_if_it_is_printed_as_one(text, value, shape):
    assert foreign(text)[:3] == (text, value, shape)


def test_columns_are_as_wide_as_their_texts_within_bounds():
    rows = "<tr><td>甲</td><td>一二三四五</td><td>{}</td></tr>".format("长" * 60)
    output = nbformat.v4.new_output("display_data", data={"text/html": f"<table>{rows}</table>"})
    cells = [nbformat.v4.new_code_cell("x", outputs=[output])]
    page = lay_out(nbformat.v4.new_notebook(cells=cells), Job("tiny", None, "d", {"lang": "zh"}, 1))
    sheet = openpyxl.load_workbook(io.BytesIO(workbook(page))).worksheets[1]
    widths = [round(sheet.column_dimensions[name].width - 0.71, 1) for name in "ABC"]
    assert widths == [8.0, 12.0, 48.0]
