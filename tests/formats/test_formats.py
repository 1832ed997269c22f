"""What holds in every format of a page: charts, captions, the question, made-up data named, any HTML."""

import io
import shutil
import subprocess

import docx
import nbformat
import openpyxl
import pandas as pd
import pytest
from docx.shared import Mm
from printed import text_of
from small_page import tiny

from plan_monitor.report import overview
from reportkit import language
from reportkit.formats.all import formats
from reportkit.formats.columns import AREA_MM
from reportkit.formats.page import lay_out
from reportkit.jobs import Job
from reportkit.render.tasks import FORMATS
from reportkit.table import Column
from reportkit.table import table as show_table

pytestmark = pytest.mark.slow


def test_a_page_is_light(made):
    folder, _ = made
    assert (folder / "report.html").stat().st_size < 600_000


def test_charts_are_in_word_and_pdf_with_their_text(made):
    folder, page = made
    charts = page.body.select(".chart img, .chart svg[role=img], svg.way")  # and the small bars of tables
    assert (folder / "report.pdf").read_bytes().count(b"/Alt") == len(charts)
    pictures = docx.Document(folder / "report.docx").inline_shapes
    assert len(pictures) == len(charts) > 0
    for picture, chart in zip(pictures, charts, strict=True):
        assert picture.width <= Mm(AREA_MM[0] + 0.1)
        assert picture._inline.docPr.get("descr").split() == (chart.get("alt") or chart["aria-label"]).split()


@pytest.mark.parametrize("ending", FORMATS)
def test_synthetic_data_are_named_on_the_first_page(made, ending):
    folder, page = made
    warning = "含合成数据"
    if ending == "docx":
        said = "".join(p.text for p in docx.Document(folder / "report.docx").paragraphs[:5])
    elif ending == "xlsx":
        cells = openpyxl.load_workbook(folder / "report.xlsx").worksheets[0]["A1:A6"]
        said = "".join(str(row[0].value) for row in cells)
    elif ending == "brief" and "facts" not in page.about:
        pytest.skip("has no first page")
    elif ending == "brief":
        said = text_of(folder / "report-brief.pdf")
    elif shutil.which("pdftotext"):
        said = text_of(folder / "report.pdf")[:2000]
    else:
        pytest.skip("needs poppler-utils")
    assert (warning in said) == page.about["synthetic"] == (page.name in ("balance", "relapse_watch"))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_lines_of_a_tile_stay_apart_on_paper(shown, lang):
    lines = (
        ["95 项承诺，88 项到期", "无后续实绩 95"] if lang == "zh" else ["95 promises, 88 due", "no figure 95"]
    )
    language.use(lang)
    overview.tiles(pd.DataFrame({"title": ["甲规划"], "lines": [lines], "link": ["a.html"]}))
    output = nbformat.v4.new_output("display_data", data=dict(shown[0]))
    cells = [nbformat.v4.new_markdown_cell("# 题"), nbformat.v4.new_code_cell("x", outputs=[output])]
    page = lay_out(nbformat.v4.new_notebook(cells=cells), Job("tiny", None, "d", {"lang": lang}, 1))
    text = page.body.find_class("tile")[0].text_content()
    assert text == ("甲规划：" + "；".join(lines) if lang == "zh" else "甲规划: " + "; ".join(lines))
    files = formats(page, ("docx", "pdf"))
    assert text in [p.text for p in docx.Document(io.BytesIO(files[".docx"])).paragraphs]
    if shutil.which("pdftotext"):
        done = subprocess.run(["pdftotext", "-", "-"], input=files[".pdf"], capture_output=True)
        assert "".join(text.split()) in "".join(done.stdout.decode().split())


def test_what_all_rows_say_is_in_the_caption_of_every_format(shown):
    columns = [
        Column(("项目", "Item"), ["甲", "乙", "丙"]),
        Column(("地区", "Region"), ["某县"] * 3),
        Column(("状态", "State"), ["待查"] * 3),
    ]
    show_table(("表题", "Title"), columns)
    output = nbformat.v4.new_output("display_data", data=dict(shown[0]))
    cells = [nbformat.v4.new_code_cell("x", outputs=[output])]
    page = lay_out(nbformat.v4.new_notebook(cells=cells), Job("tiny", None, "d", {"lang": "zh"}, 1))
    files, caption = formats(page, FORMATS), "表 1　表题（各行相同：地区 某县；状态 待查）"
    book = openpyxl.load_workbook(io.BytesIO(files[".xlsx"]))
    assert (book.sheetnames[1], book.worksheets[1]["A1"].value) == ("1. 表题", caption)
    assert [p.text for p in docx.Document(io.BytesIO(files[".docx"])).paragraphs if "某县" in p.text] == [
        caption
    ]
    if shutil.which("pdftotext"):
        done = subprocess.run(["pdftotext", "-", "-"], input=files[".pdf"], capture_output=True)
        assert "".join(caption.split()) in "".join(done.stdout.decode().split())


def test_the_question_stands_beneath_the_title_in_every_format():
    cells = [nbformat.v4.new_markdown_cell("# 题\n\n走到了哪里？")]
    page = lay_out(nbformat.v4.new_notebook(cells=cells), Job("tiny", None, "d", {"lang": "zh"}, 1))
    files = formats(page, ("docx", "pdf", "xlsx"))
    begin = [p.text for p in docx.Document(io.BytesIO(files[".docx"])).paragraphs[:2]]
    front = openpyxl.load_workbook(io.BytesIO(files[".xlsx"])).worksheets[0]
    assert begin == [front["A1"].value, front["A2"].value] == ["题", "走到了哪里？"]
    if shutil.which("pdftotext"):
        done = subprocess.run(["pdftotext", "-", "-"], input=files[".pdf"], capture_output=True)
        assert done.stdout.decode().split()[:2] == begin


def test_the_same_page_is_the_same_file():
    once, again = (formats(tiny([("某校", "1,234.5 %"), ("x", "–")]), FORMATS) for _ in range(2))
    assert once == again


def test_any_html_that_a_notebook_shows_becomes_a_file_of_every_format():
    odd = """<?xml version="1.0"?><!-- x --><svg viewBox="0 0 1 1"><path d="M0 0"/></svg><img><img src="a.png">
    <p>一<b>二<i>三</b></p><table><tr><td>甲\x0b乙<td>丙</table><table><tr><td></td></tr></table></div></p>
    <table><thead><tr><th>a</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>"""
    outputs = [nbformat.v4.new_output("display_data", data={"text/html": odd})]
    cells = [nbformat.v4.new_code_cell("x", outputs=outputs), nbformat.v4.new_markdown_cell("1 < 2 <b")]
    page = lay_out(nbformat.v4.new_notebook(cells=cells), Job("tiny", None, "d", {"lang": "zh"}, 1))
    files = formats(page, FORMATS)
    document = docx.Document(io.BytesIO(files[".docx"]))
    assert document.tables[0].cell(0, 0).text == "甲乙"
    assert "1 < 2" in document.paragraphs[-1].text
    assert len(openpyxl.load_workbook(io.BytesIO(files[".xlsx"])).worksheets) == 4


def test_a_cell_over_several_rows_or_columns_keeps_all_others_in_their_place():
    places = pd.MultiIndex.from_product([["甲县", "乙县"], ["小学", "初中"]], names=["区域", "学段"])
    years = pd.MultiIndex.from_product([["差异系数"], ["2020", "2021"]])
    shown = pd.DataFrame([[0.1, 0.2], [0.3, 0.4], [0.5, 0.6], [0.7, 0.8]], index=places, columns=years)
    output = nbformat.v4.new_output("display_data", data={"text/html": shown.to_html()})
    cell = nbformat.v4.new_code_cell("x", outputs=[output])
    page = lay_out(nbformat.v4.new_notebook(cells=[cell]), Job("tiny", None, "d", {"lang": "zh"}, 1))
    files = formats(page, FORMATS)
    names = [("甲县", "小学"), ("甲县", "初中"), ("乙县", "小学"), ("乙县", "初中")]
    rows = [[*name, *map(str, row)] for name, row in zip(names, shown.to_numpy(), strict=True)]
    head = [["", "", "差异系数", "差异系数"], ["", "", "2020", "2021"], ["区域", "学段", "", ""]]
    sheet = openpyxl.load_workbook(io.BytesIO(files[".xlsx"])).worksheets[1]
    assert [[str(cell.value) for cell in row] for row in sheet["A2:D8"]] == head + rows
    assert sheet.auto_filter.ref == "A4:D8"
    table = docx.Document(io.BytesIO(files[".docx"])).tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == head + rows


def test_only_what_is_asked_for_is_made():
    assert set(formats(tiny([("a", "1")]), ())) == {".html"}
    page = formats(tiny([("a", "1")]), ("pdf",))
    assert set(page) == {".html", ".pdf"}
    assert 'href="tiny.pdf"' in page[".html"]
    assert 'href="tiny.docx"' not in page[".html"]
