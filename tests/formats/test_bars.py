"""Small bars in tables on paper: pictures with words, their marks where the page has them."""

import io

import docx
import pypdfium2
from docx.oxml.ns import qn
from lxml.html import fragment_fromstring
from PIL import Image
from small_page import laid_out

from reportkit import way
from reportkit.formats.all import formats
from reportkit.formats.bars import png
from reportkit.table import Column, table
from reportkit.way import Way
from reportkit.words import NOTHING, figure


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
