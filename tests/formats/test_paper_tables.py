"""Tables on paper: wide ones in parts, none over another, small bars as pictures, numbers to cite them by."""

import io

import docx
import nbformat
import pypdfium2
import pytest
from docx.oxml.ns import qn
from lxml.html import fragment_fromstring
from PIL import Image

from overprinted import overprinted
from reportkit import way
from reportkit.formats.all import formats
from reportkit.formats.bars import png
from reportkit.formats.page import lay_out
from reportkit.jobs import Job
from reportkit.table import Column, table
from reportkit.way import Way
from reportkit.words import NOTHING, figure, number
from small_project import PIXEL


def laid_out(bundles, *tags):
    outputs = [nbformat.v4.new_output("display_data", data=dict(bundle)) for bundle in bundles]
    cell = nbformat.v4.new_code_cell("x", outputs=outputs, metadata={"tags": list(tags)})
    return lay_out(nbformat.v4.new_notebook(cells=[cell]), Job("tiny", None, "d", {"lang": "zh"}, 1))


@pytest.mark.parametrize(
    ("counties", "text"),
    [
        (4, "≥ 98.88 %（2022-09）"),
        (8, "≥ 98.88 %（2022-09）"),
        (16, "≥ 98.88 %（2022-09）"),
        (14, "12,345,678.9"),
        (18, "1,234 万元（2020）"),
        (12, "preschool-education"),
    ],
)
def test_no_county_is_printed_over_the_next_however_many_there_are(shown, counties, text):
    rows = ["九年义务教育巩固率（含特殊教育）", "农村自来水普及率"]
    columns = [Column(f"第{k}县", [text] * 2, figures=True) for k in range(counties)]
    table("别处的同一指标", [Column("指标", rows), *columns])
    made = formats(laid_out(shown), ("pdf", "docx"))
    assert overprinted(made[".pdf"]) == []
    word = docx.Document(io.BytesIO(made[".docx"]))
    heads = [[cell.text for cell in part.rows[0].cells] for part in word.tables]
    assert all(head[0] == "指标" for head in heads)
    assert [name for head in heads for name in head[1:]] == [f"第{k}县" for k in range(counties)]
    captions = [p.text for p in word.paragraphs if "别处" in p.text]
    assert captions == ["表 1　别处的同一指标", *["表 1　别处的同一指标（续）"] * (len(heads) - 1)]
    assert (len(heads) > 1) == (counties > 4)


def test_a_bar_is_a_picture_with_words_below_its_figure_on_paper(shown):
    bars = [Way(91.0, 93.0, 95.0, 0.0, 100.0, "%"), None]
    target = Column("目标", [figure(95.0, "%"), figure(3.5, "万人")], ways=bars)
    table("进展", [Column("指标", ["甲", "乙"]), Column("最新", [figure(93.0, "%"), NOTHING]), target])
    made = formats(laid_out(shown), ("docx", "pdf", "xlsx"))
    word = docx.Document(io.BytesIO(made[".docx"]))
    told = [shape.get("descr") for shape in word.element.body.iter(qn("wp:docPr"))]
    assert [text.replace("\u00a0", " ") for text in told] == ["基期 91 %，最新 93 %，目标 95 %"]
    cell = word.tables[0].rows[1].cells[2]
    assert cell.text.replace("\u00a0", " ").strip() == "95 %"
    assert len([*cell._tc.iter(qn("w:drawing"))]) == 1
    assert "○ 基期　● 最新　┃ 目标" in next(p.text for p in word.paragraphs if "进展" in p.text)
    pictures = pypdfium2.PdfDocument(made[".pdf"])[0].get_objects([pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])
    assert len([*pictures]) == 1


def test_the_picture_of_a_bar_has_its_marks_where_the_page_has_them():
    drawn = fragment_fromstring(way.svg(Way(0.0, 50.0, 100.0, 0.0, 100.0, "%")))
    image = Image.open(io.BytesIO(png(drawn))).convert("RGB")
    assert image.size == (way.WIDTH * 6, way.HEIGHT * 6)

    def dark(x, y):
        return sum(image.getpixel((round(x * 6), round(y * 6)))) < 300

    middle, last = way.WIDTH / 2, way.WIDTH - way.EDGE
    assert dark(middle, 5) and dark(last, 1) and dark(20, 5)  # latest, target, what is covered
    assert not dark(way.EDGE, 5) and dark(way.EDGE - 2.5, 5)  # the base is a ring
    assert not dark(middle + 12, 5) and not dark(middle, 1)


def test_charts_and_tables_have_the_same_numbers_in_every_format(shown):
    for caption in ("甲表", "乙表"):
        table(caption, [Column("名", ["一"]), Column("值", [number(1.0)])])
    chart = {"image/png": PIXEL, "text/plain": "曲线"}
    page = laid_out([shown[0], chart, shown[1], chart])
    assert [part.get("id") for part in page.body.iter("figure")] == ["t1", "f1", "t2", "f2"]
    made = formats(page, ("docx", "pdf", "xlsx"))
    said = [p.text for p in docx.Document(io.BytesIO(made[".docx"])).paragraphs]
    assert [text for text in said if text.startswith(("表", "图"))] == [
        "表 1　甲表",
        "图 1",
        "表 2　乙表",
        "图 2",
    ]


def test_the_chart_of_a_brief_has_no_number():
    chart = {"image/png": PIXEL, "text/plain": "曲线"}
    assert [part.get("id") for part in laid_out([chart], "brief").body.iter("figure")] == [None]
