"""Reports in Excel: a sheet for each table, numbers as numbers, text never a formula."""

import copy
import io
import re

import nbformat
import openpyxl
import pytest
from small_page import tiny

from reportkit.figure import Figure
from reportkit.formats.all import formats
from reportkit.formats.page import lay_out
from reportkit.jobs import Job
from reportkit.table import Column, unpack
from reportkit.table import table as show_table


@pytest.mark.slow
def test_excel_has_a_sheet_for_each_table_and_numbers_that_lead_to_their_source(made):
    folder, page = made
    book = openpyxl.load_workbook(folder / "report.xlsx")
    tables = page.body.select("figure.table")
    assert len(book.sheetnames) == len(tables) + 2
    sources = book[book.sheetnames[-1]]
    assert sources.max_row == len(page.notes) + 1
    linked = numbers = 0
    for sheet, figure, data in zip(book.worksheets[1:-1], tables, page.tables, strict=True):
        rows = figure.table.find_all("tr")
        caption = copy.copy(figure.figcaption)
        for legend in caption.select(".legend"):  # of small bars, which are not in it
            legend.decompose()
        assert sheet["A1"].value == caption.get_text().strip()
        assert sheet.max_row == len(rows) + 1
        assert re.search(r"\d+$", sheet.auto_filter.ref)[0] == str(sheet.max_row)
        fonts = {cell.font.name for row in sheet.iter_rows() for cell in row}
        assert fonts == {"宋体" if page.about["lang"] == "zh" else "Times New Roman"}
        for row, cells in zip(sheet.iter_rows(min_row=2), rows, strict=True):
            for cell, shown in zip(row, cells.find_all(["th", "td"], recursive=False), strict=False):
                assert cell.data_type != "f"
                anchor = shown.find("a", class_="source")
                if anchor:
                    linked += 1
                    line = int(re.search(r"!A(\d+)$", cell.hyperlink.location)[1])
                    assert sources.cell(line, 1).value == int(anchor["href"][2:])
        for row, cells in zip(sheet.iter_rows(min_row=3), unpack(data), strict=True):
            for cell, stored in zip(row, cells, strict=True):
                numbers += stored.value is not None
                expected = str if stored.value is None else int | float
                assert isinstance(cell.value, expected) or (cell.value, stored.text) == (None, ""), stored
                assert stored.value is None or cell.value == pytest.approx(stored.value)
    assert linked > 10 and numbers > 10


def test_a_line_of_its_own_within_a_cell_stays_one_in_excel():
    page = tiny([("甲<br>乙", "1"), ("<p>丙</p><p>丁</p>", "2")])
    sheet = openpyxl.load_workbook(io.BytesIO(formats(page, ("xlsx",))[".xlsx"])).worksheets[1]
    assert [sheet["A3"].value, sheet["A4"].value] == ["甲\n乙", "丙\n丁"]


@pytest.mark.parametrize(
    "name", ["=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(&quot;http://x&quot;)", "http://x.cn"]
)
def test_text_of_a_cell_is_never_a_formula_or_a_link(name):
    page = tiny([(name, "=2+2")])
    sheet = openpyxl.load_workbook(io.BytesIO(formats(page, ("xlsx",))[".xlsx"])).worksheets[1]
    cells = [sheet["A3"], sheet["B3"]]
    assert all(cell.data_type != "f" and cell.hyperlink is None for cell in cells)
    assert str(cells[1].value) == "=2+2"


def test_a_sheet_holds_the_numbers_that_a_table_was_made_of(shown):
    """Whatever is printed around them; and no others, however their text begins."""
    figures = [Figure.of(98.876, 2, "≥ ", " %"), Figure.of(1234.5, 1, signed=True), Figure.of(-7, 0)]
    others = ["2020 年", "12–14", "3 / 7"]
    columns = [
        Column(("名", "Name"), ["甲", "乙", "丙"]),
        Column(("值", "Value"), figures, marks=["", "", "status-slow"]),
        Column(("注", "Note"), others, figures=True),
    ]
    show_table(("表", "Table"), columns)
    output = nbformat.v4.new_output("display_data", data=dict(shown[0]))
    page = lay_out(
        nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("x", outputs=[output])]),
        Job("tiny", None, "d", {"lang": "zh"}, 1),
    )
    sheet = openpyxl.load_workbook(io.BytesIO(formats(page, ("xlsx",))[".xlsx"])).worksheets[1]
    assert [sheet[f"B{row}"].value for row in (3, 4, 5)] == [98.88, 1234.5, -7]
    shapes = ['"≥ "0.00" %"', "+#,##0;-#,##0", '"◐ "0;"◐ "-0']  # the bare ones as the coarsest is
    assert [sheet[f"B{row}"].number_format for row in (3, 4, 5)] == shapes
    assert [sheet[f"C{row}"].value for row in (3, 4, 5)] == others


def test_of_another_table_only_plain_numbers_are_numbers():
    texts = ["12.50", "-3", "1,234", "98 %", "0012", "1e5", "nan", "2020-06", "12345678901234567", "１２"]
    sheet = openpyxl.load_workbook(io.BytesIO(formats(tiny([(t, t) for t in texts]), ("xlsx",))[".xlsx"]))
    cells = [sheet.worksheets[1][f"B{row}"] for row in range(3, 3 + len(texts))]
    assert [cell.value for cell in cells] == [12.5, -3, *texts[2:]]
    assert [cell.number_format for cell in cells[:2]] == ["0.00", "0"]


def test_sheets_may_have_any_caption_and_the_same():
    page = tiny([("a", "1")])
    page.body.find(".//figcaption").text = "[a]:*?/\\ 'b' " * 5
    page.body.append(copy.deepcopy(page.body.find(".//figure")))
    page = page._replace(tables=[None, None])
    book = openpyxl.load_workbook(io.BytesIO(formats(page, ("xlsx",))[".xlsx"]))
    assert len(set(book.sheetnames)) == 3
    assert all(len(name) <= 31 for name in book.sheetnames)
