"""Reports in Word: the layout of official documents, said by styles, each figure with its source."""

import base64
import importlib.util
import io
import re
import shutil
import zipfile
from itertools import pairwise
from pathlib import Path

import docx
import nbformat
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, RGBColor
from openxml_audit import OpenXmlValidator
from PIL import Image
from printed import HANGING, chinese, ends, feet, headline, text_of
from small_page import tiny
from structure import looks

from office import SOFFICE, converted
from rendered import NAMED, REPORTS, files_of
from reportkit.formats.all import formats
from reportkit.formats.columns import AREA_MM
from reportkit.formats.page import lay_out
from reportkit.formats.paper import SHORT, numeral, table_style
from reportkit.jobs import Job
from reportkit.render.tasks import FORMATS

pytestmark = pytest.mark.slow

office = pytest.mark.skipif(
    SOFFICE is None or shutil.which("pdftotext") is None,
    reason="needs libreoffice-writer and poppler-utils",
)


@pytest.fixture(scope="module")
def by_office(shared, tmp_path_factory):
    """What LibreOffice makes of all reports in Word, with the fonts of ours: a PDF by the folder of each."""
    own = tmp_path_factory.mktemp("office")
    fonts = Path(importlib.util.find_spec("mplfonts").submodule_search_locations[0]) / "fonts"
    (own / "fonts.conf").write_text(
        f"<fontconfig><dir>{fonts}</dir><dir>/usr/share/fonts</dir>"
        f"<cachedir>{own / 'cache'}</cachedir></fontconfig>"
    )
    copies = {}
    for name, lang in REPORTS:
        folder = files_of(NAMED[name], lang, shared)
        copies[folder] = own / f"{folder.name}.docx"
        shutil.copy(folder / "report.docx", copies[folder])
    converted([*copies.values()], "pdf", own, FONTCONFIG_FILE=str(own / "fonts.conf"))
    return {folder: copy.with_suffix(".pdf") for folder, copy in copies.items()}


def test_the_number_of_a_note_stands_right_behind_its_figure(made):
    folder, page = made
    said = "".join("".join(p.text.split()) for p in docx.Document(folder / "report.docx").paragraphs)
    for link in page.body.select(".said a.source, .prose a.source"):
        mark = f"[{link['href'].removeprefix('#n')}]"
        figure, after = link.get_text().removesuffix(mark), link.next_sibling or ""
        text = figure + mark + (after if isinstance(after, str) else "")
        assert "".join(text.split()) in said


def test_word_names_chinese_fonts_for_all_its_text(made):
    folder, _ = made
    document = docx.Document(folder / "report.docx")
    fonts = {}
    for style in document.styles:
        if style.element.rPr is not None and style.element.rPr.rFonts is not None:
            fonts[style.name] = style.element.rPr.rFonts.get(qn("w:eastAsia"))
    used = {paragraph.style.name for paragraph in document.paragraphs}
    used |= {
        paragraph.style.name
        for table in document.tables
        for row in table.rows[:3]
        for cell in row.cells
        for paragraph in cell.paragraphs
    }
    assert fonts["Heading 1"] == "黑体"
    assert fonts["Body Text"] == "仿宋"
    assert all(fonts.get(name) for name in used), used


def test_word_has_the_layout_of_official_documents(made):
    folder, page = made
    document = docx.Document(folder / "report.docx")
    section = document.sections[0]
    assert section.page_width == pytest.approx(Mm(210), abs=Mm(0.1))
    assert section.top_margin == pytest.approx(Mm(37), abs=Mm(0.1))
    area = section.page_width - section.left_margin - section.right_margin
    assert area == pytest.approx(Mm(156), abs=Mm(0.1))
    assert document.paragraphs[0].text == page.about["title"]
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    shown = [heading.get_text().strip() for heading in page.body.select("h2")]
    begins = [f"{numeral(n)}、" if page.about["lang"] == "zh" else f"{n}" for n in range(1, len(shown) + 2)]
    if any(heading.startswith(begins[0]) for heading in shown):  # as the text may name them
        assert headings[:-1] == shown
        numbered = [heading for heading in shown if heading[0] in "一二三四五六七八九十123456789"]
        assert all(map(str.startswith, numbered, begins))
    else:
        assert headings[:-1] == [begin + said for begin, said in zip(begins, shown, strict=False)]
    listed = [p for p in document.element.iter(qn("w:pStyle")) if p.get(qn("w:val")) == "TOC1"]
    below = [p for p in document.paragraphs if p.style.name == "Heading 2"]
    assert len(listed) == (len(headings) if len(headings) + len(below) > SHORT else 0)
    foot = section.footer._element.xml
    assert "PAGE" in foot


def test_word_is_what_the_schema_asks_for(made):
    folder, _ = made
    result = OpenXmlValidator().validate(folder / "report.docx")
    assert [(error.part_uri, error.description) for error in result.errors] == []


def test_what_a_word_document_looks_like_is_said_by_its_styles(made):
    folder, page = made
    said, fonts = looks((folder / "report.docx").read_bytes())
    assert said <= {"rStyle", "rFonts", "pStyle", "numPr", "sectPr", "pageBreakBefore"}
    assert fonts <= {"hint"}  # whether a sign that both have is Chinese
    document = docx.Document(folder / "report.docx")
    styles = document.styles
    assert styles["Table Caption"].base_style.name == "Caption"
    assert styles["Table Caption"].paragraph_format.keep_with_next
    assert styles["Heading 1"].paragraph_format.keep_with_next
    sides = [
        styles[name].paragraph_format.alignment for name in ("Figures" + table_style(10.5), "Footer Even")
    ]
    assert sides == [WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.LEFT]
    assert document.core_properties.title == page.about["title"]
    assert document.core_properties.language == {"zh": "zh-CN", "en": "en-US"}[page.about["lang"]]
    languages = styles.element.find(f".//{qn('w:lang')}")
    assert (languages.get(qn("w:val")), languages.get(qn("w:eastAsia"))) == ("en-US", "zh-CN")


def test_the_numbers_of_words_pages_stand_outside(made):
    folder, _ = made
    document = docx.Document(folder / "report.docx")
    assert document.settings.odd_and_even_pages_header_footer
    for section in document.sections:
        feet = [section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]]
        assert [foot.style.name for foot in feet] == ["Footer", "Footer Even"]
        assert all("PAGE" in foot._p.xml for foot in feet)


def tables_of(document):
    """The tables of a report in Word; that of its first page is none."""
    return [table for table in document.tables if table.style.name != "Brief"]


def test_tables_in_word_fit_and_repeat_their_heading(made):
    folder, page = made
    document = docx.Document(folder / "report.docx")
    printed = [
        ([cell.text.replace("\u00a0", " ") for cell in table.rows[0].cells], len(table.rows))
        for table in tables_of(document)
    ]
    said = "".join(paragraph.text for paragraph in document.paragraphs)
    for figure in page.body.select("figure.table:not(.data figure)"):
        headings = [heading.get_text() for heading in figure.select("thead th")]
        if (headings, len(figure.select("tr"))) in printed:
            printed.remove((headings, len(figure.select("tr"))))
        else:  # a table of sources: the notes say the same
            assert "出处" in headings
            words = " ".join(cell.get_text() for cell in figure.select("td")).split()
            assert all(word in said for word in words if not re.fullmatch(r"–|\[\d+\]", word))
    assert not printed
    for table in tables_of(document):
        assert sum(column.width for column in table.columns) <= Mm(AREA_MM[0] + 0.5)
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert table.style.name.startswith("Table")


def test_one_note_of_a_whole_table_is_named_behind_its_caption(made):
    folder, page = made
    document = docx.Document(folder / "report.docx")
    captions = [p for p in document.paragraphs if p.style.name == "Table Caption"]
    for caption, table in zip(captions, tables_of(document), strict=True):
        cells = [[*table._tbl.iter(qn("w:hyperlink"))], [*caption._p.iter(qn("w:hyperlink"))]]
        assert not all(cells), caption.text
        (figure,) = (f for f in page.body.select("figure.table") if close(f.figcaption) == said(caption))
        notes = [link["href"] for link in figure.select("a.source")]
        assert len(cells[0]) == (0 if cells[1] else len(notes))
        if cells[1]:
            assert len(set(notes)) == 1
            assert all(row.select("a.source") for row in figure.select("tbody tr"))


def test_only_tables_that_repeat_the_notes_are_left_to_them(made):
    folder, page = made
    document = docx.Document(folder / "report.docx")
    printed = {said(p) for p in document.paragraphs if p.style.name == "Table Caption"}
    shown = {
        close(figure.figcaption): figure for figure in page.body.select("figure.table:not(.data figure)")
    }
    assert all(shown[caption].find_parent(class_="sources") for caption in shown.keys() - printed)


def test_a_table_that_leads_to_no_note_is_never_left_to_the_notes():
    output = nbformat.v4.new_output("display_data", data={"text/html": "<table><tr><td>甲</table>"})
    cell = nbformat.v4.new_code_cell("x", outputs=[output], metadata={"tags": ["sources"]})
    page = lay_out(nbformat.v4.new_notebook(cells=[cell]), Job("tiny", None, "d", {"lang": "zh"}, 1))
    document = docx.Document(io.BytesIO(formats(page, ("docx",))[".docx"]))
    assert document.tables[0].cell(0, 0).text == "甲"


def said(caption):
    """A caption without the number of a note, and without blanks."""
    return "".join("".join(run.text for run in caption.runs).split())


def close(caption):
    """The same of one on the page."""
    return "".join(caption.get_text().split())


@office
def test_libreoffice_reads_word_with_every_character_and_no_table_runs_off(made, by_office):
    folder, page = made
    printed = by_office[folder]
    said = text_of(printed)
    assert "\ufffd" not in said
    assert all(figure in said for figure in headline(page))
    document = docx.Document(folder / "report.docx")
    written = "".join(part.text or "" for part in document.element.iter(qn("w:t")))
    assert chinese(written) <= chinese(said)
    assert max(right for _, right in ends(printed)) <= 28 + AREA_MM[0] + HANGING
    headings = [
        "".join(part.text.split())
        for part, following in pairwise(document.paragraphs)
        if part.style.name.startswith("Heading") and following.style.name != "Chart"
    ]
    for pdf in (printed, folder / "report.pdf"):
        assert not [foot for foot in feet(pdf)[1:] if foot and foot[0] in headings], "a heading without text"


def test_markup_in_names_stays_text():
    files = formats(tiny([("#link &lt;b&gt; $x$ *y* [z] @w", "1")]), FORMATS)
    with zipfile.ZipFile(io.BytesIO(files[".docx"])) as archive:
        text = docx.Document(io.BytesIO(files[".docx"]))
        assert archive.testzip() is None
    assert text.tables[0].cell(1, 0).text == "#link <b> $x$ *y* [z] @w"
    assert text.paragraphs[0].text == "题 =1"


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("zh", ["一、答案", "（一）节", "1. 款", "（1）项", "（2）项", "2. 款", "二、又一章", "1. 款", "注"]),
        (
            "en",
            [
                "1 答案",
                "1.1 节",
                "1.1.1 款",
                "1.1.1.1 项",
                "1.1.1.2 项",
                "1.1.2 款",
                "2 又一章",
                "2.1 款",
                "注",
            ],
        ),
    ],
)
def test_headings_are_numbered_as_in_official_documents(lang, expected):
    text = "# 题\n## 答案\n### 节\n#### 款\n##### 项\n##### 项\n#### 款\n# 又一章\n#### 款\n###### 注"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(text)])
    files = formats(lay_out(notebook, Job("tiny", None, "d", {"lang": lang}, 1)), ("docx",))
    document = docx.Document(io.BytesIO(files[".docx"]))
    headings = [part for part in document.paragraphs if part.style.name.startswith("Heading")]
    assert [part.text for part in headings] == expected
    assert {part.style.font.color.rgb for part in headings} == {RGBColor(0, 0, 0)}
    fonts = [part.style.element.rPr.rFonts.get(qn("w:eastAsia")) for part in headings]
    assert fonts[:4] == ["黑体", "楷体", "仿宋", "仿宋"]


def test_a_notebook_that_numbers_its_headings_keeps_its_numbers():
    text = "# 题\n## 答案\n## 一、2025 年的目标\n### 节\n## 二、见第一节\n"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(text)])
    files = formats(lay_out(notebook, Job("tiny", None, "d", {"lang": "zh"}, 1)), ("docx",))
    document = docx.Document(io.BytesIO(files[".docx"]))
    headings = [part.text for part in document.paragraphs if part.style.name.startswith("Heading")]
    assert headings == ["答案", "一、2025 年的目标", "节", "二、见第一节"]


def test_each_page_has_its_own_pictures():
    for colour in ("red", "blue"):
        stream = io.BytesIO()
        Image.new("RGB", (8, 8), colour).save(stream, "PNG")
        picture = {"image/png": base64.b64encode(stream.getvalue()).decode()}
        code = nbformat.v4.new_code_cell("x", outputs=[nbformat.v4.new_output("display_data", data=picture)])
        page = lay_out(nbformat.v4.new_notebook(cells=[code]), Job("tiny", None, "d", {"lang": "zh"}, 1))
        with zipfile.ZipFile(io.BytesIO(formats(page, ("docx",))[".docx"])) as archive:
            [shown] = [archive.read(name) for name in archive.namelist() if name.endswith(".png")]
        assert shown == stream.getvalue()
