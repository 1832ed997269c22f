"""Sheets of a report in Excel: what stands where, how wide, and how it is printed."""

import io
import re

import nbformat
import openpyxl
import pytest
from lxml.html.builder import E

from reportkit.figure import Figure
from reportkit.formats.notes import Note
from reportkit.formats.page import lay_out
from reportkit.formats.workbook import workbook
from reportkit.jobs import Job
from reportkit.language import using
from reportkit.source import Document, Quote
from reportkit.table import Column
from reportkit.table import table as show_table

PLAN = Document("某规划", "")
TIP = "说" * 300


@pytest.fixture
def page(shown):
    """A page with a table of ours, with a figure that has a state and a note, and one of another kind."""
    cells = [Figure.of(98.876, 1, "", " %"), Figure.of(1234.5, 0), Figure.of(-7, 0)]
    columns = [
        Column(("名", "Name"), ["甲", "很长的名称" * 12, "丙"]),
        Column(("值", "Value"), cells, [["a"], [], []], marks=["status-slow", "", "status-lost"]),
    ]
    show_table(("人口", "People"), columns)
    other = "<table><thead><tr><th rowspan='2'>甲</th><th colspan='2'>乙</th></tr><tr><th>丙</th><th>丁</th></tr></thead>"
    other += "<tbody><tr><td>x</td><td>12.50</td><td></td></tr></tbody></table>"
    bundles = [dict(shown[0]), {"text/html": other}]
    outputs = [nbformat.v4.new_output("display_data", data=bundle) for bundle in bundles]
    cells = [nbformat.v4.new_markdown_cell("# 题"), nbformat.v4.new_code_cell("x", outputs=outputs)]
    made = lay_out(nbformat.v4.new_notebook(cells=cells), Job("tiny", None, "d", {"lang": "zh"}, 1))
    quote = Quote("人口 98.9 %", "某县", PLAN, "第一章", "", "")
    notes = [Note(1, quote), Note(2, made_of=(1, 1))]
    figure = made.body.xpath(".//td[contains(@class, 'status-slow')]")[0]
    link = E.a({"class": "source", "href": "#n2", "title": TIP}, figure.text)
    figure.text = None
    figure.insert(0, link)
    return made._replace(notes=notes)


def opened(page):
    return openpyxl.load_workbook(io.BytesIO(workbook(page)))


def widths(sheet):
    """Of its columns, as Excel counts them: 0.71 more than was asked for."""
    return {name: round(side.width - 0.7109375, 2) for name, side in sheet.column_dimensions.items()}


def test_the_first_sheet_says_what_it_is_and_leads_to_the_others(page):
    book = opened(page)
    assert book.sheetnames == ["目录", "1. 人口", "2.", "资料来源"]
    front = book["目录"]
    told = [(cell.row, cell.value) for cell in front["A"] if cell.value]
    assert told == [(1, "题"), (4, "人口"), (5, "2."), (6, "资料来源")]
    assert front["A1"].font.size == 16 and front["A1"].font.bold
    places = [front[f"A{row}"].hyperlink.location for row in (4, 5, 6)]
    assert places == ["'1. 人口'!A1", "'2.'!A1", "'资料来源'!A1"]
    assert (front["A4"].font.color.rgb, front["A4"].font.underline) == ("FF1D5A8C", "single")
    assert front["A1"].border.left.style is None
    assert widths(front) == {"A": 100}
    assert book.properties.title == "题"
    assert book.properties.created.year == 2000


def test_what_the_report_says_stands_below_its_title(page):
    page.about.update({"question": "走到了哪里？", "headline": "一项达到。"})
    front = opened(page)["目录"]
    told = [(cell.row, cell.value) for cell in front["A"] if cell.value]
    assert told == [
        (1, "题"),
        (2, "走到了哪里？"),
        (3, "一项达到。"),
        (5, "人口"),
        (6, "2."),
        (7, "资料来源"),
    ]
    assert {front[f"A{row}"].border.left.style for row in range(1, 8)} == {None}


def test_a_table_stands_below_its_caption_with_its_headings_in_sight(page):
    sheet = opened(page)["1. 人口"]
    assert (
        sheet["A1"].value == "表 1　人口" and sheet["A1"].font.bold and sheet["A1"].border.left.style is None
    )
    assert not sheet["A1"].alignment.wrap_text
    head = [sheet["A2"], sheet["B2"]]
    assert [cell.value for cell in head] == ["名", "值"]
    assert all(cell.font.bold and cell.fill.fgColor.rgb == "FFEEF2F6" for cell in head)
    assert not sheet["A3"].font.bold and sheet["A3"].fill.fgColor.rgb == "00000000"
    assert (sheet["A3"].border.left.style, sheet["A3"].border.left.color.rgb) == ("thin", "FFC8C8C8")
    assert sheet["A3"].alignment.wrap_text and sheet["A3"].alignment.vertical == "top"
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B3", "A2:B5")
    assert sheet.print_title_rows == "$2:$2"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.fitToHeight == 0
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert widths(sheet) == {"A": 48, "B": 8}  # a name of 120 and figures of 6: at most 48, at least 8


def test_headings_of_two_rows_and_empty_cells_are_kept(page):
    sheet = opened(page)["2."]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert rows == [["甲", "乙", "乙"], ["甲", "丙", "丁"], ["x", 12.5, ""]]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B4", "A3:C4")
    assert sheet.print_title_rows == "$2:$3"
    assert sheet["C4"].border.left.style == "thin"
    assert [sheet[name].font.bold for name in ("B3", "B4")] == [True, False]
    assert sheet["B4"].number_format == "0.00"
    assert widths(sheet) == dict.fromkeys("ABC", 8) or widths(sheet) == {"A": 8}


def test_a_figure_is_a_number_with_the_sign_and_the_colour_of_its_state_that_leads_to_its_note(page):
    sheet = opened(page)["1. 人口"]
    slow, plain, lost = (sheet[f"B{row}"] for row in (3, 4, 5))
    assert [cell.value for cell in (slow, plain, lost)] == [98.9, 1235, -7]
    assert [re.sub("[0#,.]+", "0", cell.number_format) for cell in (slow, plain, lost)] == [
        '"◐ "0" %";"◐ "-0" %"',
        "0",
        '"× "0;"× "-0',
    ]
    assert [cell.font.color and cell.font.color.rgb for cell in (slow, lost)] == ["FF825700", "FFA3191F"]
    assert [cell.font.bold for cell in (slow, plain, lost)] == [True, False, True]
    assert slow.alignment.horizontal == plain.alignment.horizontal == "right"
    assert slow.hyperlink.location == "'资料来源'!A3"  # the second note, below the heading
    assert slow.hyperlink.tooltip == TIP[:255]
    assert plain.hyperlink is None


def test_each_note_has_a_row(page):
    sheet = opened(page)["资料来源"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows == [
        ["号", "出处", "算自"],
        [1, "人口 98.9 %，某县 · 《某规划》 · 第一章", ""],
        [2, "计算自", "1, 1"],
    ]
    assert widths(sheet) == {"A": 8, "B": 100, "C": 24}
    assert all(cell.font.bold and cell.fill.fgColor.rgb == "FFEEF2F6" for cell in sheet[1])
    assert sheet.freeze_panes == "A2"


def test_a_page_without_notes_has_no_sheet_of_them_and_leads_nowhere(page):
    with using("en"):
        book = opened(page._replace(notes=[]))
    assert book.sheetnames == ["Contents", "1. 人口", "2."]
    assert book.worksheets[1]["B3"].hyperlink is None
    assert book.worksheets[1]["A3"].font.name == "Times New Roman"


def shown_as(*tables):
    """The workbook of a page of tables of another kind."""
    outputs = [nbformat.v4.new_output("display_data", data={"text/html": table}) for table in tables]
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("x", outputs=outputs)])
    return opened(lay_out(made, Job("tiny", None, "d", {"lang": "zh"}, 1)))


def test_names_of_sheets_are_as_long_as_excel_allows_up_to_the_99th():
    title = "各县义务教育优质均衡发展的二十九项指标和它们的目标值一览表"
    table = f"<table><caption>{title}</caption><tr><td>甲</td></tr></table>"
    names = shown_as(*[table] * 10).sheetnames[1:]
    assert [len(name) for name in names] == [3 + 27] * 9 + [4 + 27]
    assert names[0] == f"1. {title[:27]}" and names[9] == f"10. {title[:27]}"


def test_the_first_row_of_a_table_without_headings_stays_in_sight():
    sheet = shown_as("<table><tr><td>甲</td><td>5</td></tr><tr><td>乙</td><td>6</td></tr></table>")["1."]
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == ("B3", "A2:B3", "$2:$2")


def test_a_table_of_nothing_is_a_sheet_with_its_number():
    sheet = shown_as("<table><caption>无</caption></table>")["1. 无"]
    assert [cell.value for row in sheet.iter_rows() for cell in row] == ["表 1　无"]
    assert widths(sheet) == {} and sheet.auto_filter.ref is None


def test_what_looks_like_a_formula_or_an_address_is_text():
    sheet = shown_as(
        "<table><tr><td>h</td></tr><tr><td>=1+1</td></tr><tr><td>https://example.org</td></tr></table>"
    )["1."]
    assert [(cell.value, cell.data_type) for cell in sheet["A"][2:]] == [
        ("=1+1", "s"),
        ("https://example.org", "s"),
    ]
    assert sheet["A4"].hyperlink is None
