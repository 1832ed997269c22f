"""What of a page goes on paper: its cover in the language of the report, the lines and sides of its tables."""

import io

import docx
import nbformat
import pypdfium2
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn

from reportkit.formats.all import formats
from reportkit.formats.page import lay_out
from reportkit.formats.paper import SHORT, cover
from reportkit.jobs import Job
from reportkit.language import using
from reportkit.table import Column, table
from reportkit.words import number


def report(bundles=(), lang="zh"):
    """A page with a title, a question and what a notebook displays."""
    outputs = [nbformat.v4.new_output("display_data", data=dict(bundle)) for bundle in bundles]
    cells = [
        nbformat.v4.new_markdown_cell("# Title\n\nWhere?"),
        nbformat.v4.new_code_cell("x", outputs=outputs),
    ]
    parameters = {"lang": lang, "region": "532399", "as_of": "2025-12"}
    job = Job("tiny", None, "d", parameters, 1, region_name="County", edition="1.0.0")
    return lay_out(nbformat.v4.new_notebook(cells=cells), job)


COVERS = [
    ("zh", "County · 截止 2025-12 · 数据版本 1.0.0", "含合成数据，不反映任何真实地区的情况"),
    (
        "en",
        "County · figures up to 2025-12 · data edition 1.0.0",
        "Contains synthetic data, which describe no real place",
    ),
]


@pytest.mark.parametrize(("lang", "age", "warning"), COVERS)
def test_a_cover_is_in_the_language_of_the_report(lang, age, warning):
    page = report(lang=lang)
    made_up = page._replace(about=page.about | {"synthetic": True})
    document = docx.Document(io.BytesIO(formats(page, ("docx",))[".docx"]))
    assert [p.text for p in document.paragraphs][:2] == ["Title", f"Where?\n{age}"]
    with using(lang):
        assert cover(made_up) == ["Where?", age, warning]


@pytest.fixture
def printed(shown):
    """A table with text, figures, text in Word and PDF."""
    figures = [number(1.0), number(12345.0)]
    table("T", [Column("a", ["bb", "cccc"]), Column("d", figures), Column("e", ["ff", "gggg"])])
    return formats(report(shown), ("docx", "pdf"))


def test_words_stand_on_the_left_and_figures_on_the_right_in_word(printed):
    (shown,) = docx.Document(io.BytesIO(printed[".docx"])).tables
    sides = [
        [cell.paragraphs[0].style.paragraph_format.alignment for cell in row.cells] for row in shown.rows
    ]
    assert sides == [[None, WD_ALIGN_PARAGRAPH.RIGHT, None]] * 3


def test_a_table_in_word_has_lines_above_below_and_between_its_rows(printed):
    (shown,) = docx.Document(io.BytesIO(printed[".docx"])).tables
    borders = shown.style.element.find(f".//{qn('w:tblBorders')}")
    lines = {edge.tag: (edge.get(qn("w:val")), int(edge.get(qn("w:sz")))) for edge in borders}
    assert lines == {
        qn("w:top"): ("single", 8),
        qn("w:bottom"): ("single", 8),
        qn("w:insideH"): ("single", 2),
    }


def boxes(page, *texts):
    """Left and right end of some texts of a page of a PDF, in points."""
    text = page.get_textpage()
    at = {
        text.get_text_bounded(*text.get_rect(n)).strip(): text.get_rect(n) for n in range(text.count_rects())
    }
    return [(at[one][0], at[one][2]) for one in texts]


def test_words_stand_on_the_left_and_figures_on_the_right_in_a_pdf(printed):
    page = pypdfium2.PdfDocument(printed[".pdf"])[0]
    short, long = boxes(page, "ff", "gggg")
    assert short[0] == pytest.approx(long[0], abs=1) and short[1] < long[1] - 5
    head, short, long = boxes(page, "d", "1", "12,345")
    assert short[1] == pytest.approx(long[1], abs=1) and short[0] > long[0] + 5
    assert head[1] == pytest.approx(long[1], abs=1)


def test_a_table_in_a_pdf_has_lines_above_below_and_between_its_rows(printed):
    """Those around its heading and below it are strong, the one between its rows is fine."""
    page = pypdfium2.PdfDocument(printed[".pdf"])[0]
    bounds = [path.get_bounds() for path in page.get_objects([pypdfium2.raw.FPDF_PAGEOBJ_PATH])]
    assert all(right - left > 400 for left, _, right, _ in bounds)  # as wide as the page, none upright
    from_top = sorted((top, top - bottom) for _, bottom, _, top in bounds)[::-1]
    assert [thick > 1 for _, thick in from_top] == [True, True, False, True]


@pytest.mark.parametrize(("lang", "heading"), [("zh", "目录"), ("en", "Contents")])
def test_the_contents_of_a_word_document_are_called_so_in_the_language_of_the_report(lang, heading):
    chapters = "\n\n".join(f"## Part {n}\n\nText." for n in range(SHORT + 1))
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(f"# Title\n\n{chapters}")])
    made = formats(lay_out(notebook, Job("tiny", None, "d", {"lang": lang}, 1)), ("docx",))
    assert f">{heading}<" in docx.Document(io.BytesIO(made[".docx"])).element.xml
