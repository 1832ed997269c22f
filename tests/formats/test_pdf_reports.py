"""Reports in PDF: whole, within their area, with their fonts, and read aloud in order."""

import copy
import importlib.util
import re
import subprocess
from itertools import pairwise
from pathlib import Path

import docx
import nbformat
import pdfua
import pikepdf
import pytest
from fontTools.ttLib import TTFont
from printed import HANGING, POINT, chinese, ends, headline, pages, poppler, text_of
from small_page import tiny
from structure import attribute, elements, elements_of, read_aloud

from overprinted import overprinted
from reportkit.formats.all import formats
from reportkit.formats.brief_word import BRIEF
from reportkit.formats.columns import AREA_MM
from reportkit.formats.notes import Note
from reportkit.formats.page import lay_out
from reportkit.jobs import Job
from reportkit.source import Document, Quote

pytestmark = pytest.mark.slow

LIBERTINUS = "₀₁₂ᵢ⁺⁻\u0302\u0304\u2060"  # of its characters, those that the fonts with Chinese have not


@poppler
def test_a_pdf_holds_the_whole_page(made):
    folder, page = made
    said = text_of(folder / "report.pdf")
    assert "\ufffd" not in said
    assert headline(page)
    assert all(figure in said for figure in headline(page))
    shown = copy.copy(page.body)
    for gone in shown.select("details, .point, .sources figure :is(thead, figcaption)"):
        gone.decompose()  # of tables of sources, which the notes stand for
    assert chinese(page.about["title"] + shown.get_text()) <= chinese(said)
    assert {str(note.number) for note in page.notes} <= set(re.findall(r"\d+", said))


def test_no_letter_of_a_pdf_stands_on_another(made):
    folder, _ = made
    assert overprinted(folder / "report.pdf") == []


@poppler
def test_a_pdf_brings_its_fonts(made):
    folder, _ = made
    listed = subprocess.run(["pdffonts", folder / "report.pdf"], capture_output=True, text=True).stdout
    rows = [line.split() for line in listed.splitlines()[2:]]
    assert any("NotoSerifCJKsc" in row[0] for row in rows)
    assert all(row[-5] == row[-3] == "yes" for row in rows)  # embedded, and its glyphs known as characters


def test_a_pdf_is_what_pdf_ua_asks_for(made):
    folder, page = made
    assert [finding.message for finding in pdfua.validate(folder / "report.pdf").findings] == []
    with pikepdf.open(folder / "report.pdf") as pdf:
        about = pdf.open_metadata(set_pikepdf_as_editor=False)
        assert (about["pdfuaid:part"], about["dc:title"]) == ("1", page.about["title"])
        assert str(pdf.Root.Lang) == {"zh": "zh-CN", "en": "en-US"}[page.about["lang"]]
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert dict(pdf.Root.MarkInfo) == {"/Marked": True}
        tags = elements(pdf)
        pictures = [element for tag, element in tags if tag == "Figure"]
        assert len(pictures) >= len(page.body.select(".chart img"))  # and small bars in tables
        assert all(str(element.get("/Alt", "")).strip() for element in pictures)
        levels = [int(tag[1:]) for tag, _ in tags if re.fullmatch(r"H\d", tag)]
        assert all(level <= before + 1 for before, level in pairwise([0, *levels]))
        headed = [element for tag, element in tags if tag == "TH"]
        assert {attribute(element, "/Scope") for element in headed} == {"/Column"}
        tables = [element for tag, element in tags if tag == "Table"]
        printed = [table.style.name for table in docx.Document(folder / "report.docx").tables]
        assert len(tables) == len([name for name in printed if name != BRIEF])
        rows = [[tag for tag, _ in elements_of(table) if tag in ("TH", "TD", "Caption")] for table in tables]
        assert all(row[:2] == ["Caption", "TH"] and "TD" in row for row in rows)
        links = [link for part in pdf.pages for link in part.get("/Annots", []) if link.Subtype == "/Link"]
        assert all(str(link.get("/Contents", "")).strip() and "/StructParent" in link for link in links)


@poppler
def test_a_pdf_is_read_from_the_title_over_its_headings_to_the_notes(made):
    folder, page = made
    done = subprocess.run(["pdfinfo", "-struct", folder / "report.pdf"], capture_output=True)
    # three numbers are a colour; poppler only takes four such colours, one of each side
    assert [line for line in done.stderr.decode().splitlines() if "BorderColor" not in line] == []
    said = "".join(read_aloud(folder / "report.pdf").split())
    place = 0
    headings = [
        p.text for p in docx.Document(folder / "report.docx").paragraphs if p.style.name[:7] == "Heading"
    ]
    for text in [page.about["title"], *headings]:
        assert "".join(text.split()) in said[place:], text
        place = said.index("".join(text.split()), place)


@poppler
def test_the_fonts_of_a_pdf_have_all_its_characters(made):
    folder, _ = made
    fonts = Path(importlib.util.find_spec("mplfonts").submodule_search_locations[0]) / "fonts"
    files = (fonts / f"Noto{kind}CJKsc-Regular.otf" for kind in ("Serif", "Sans"))
    known = {chr(code) for file in files for code in TTFont(file, lazy=True).getBestCmap()}
    used = set("".join(text_of(folder / "report.pdf").split()))
    assert used - set(LIBERTINUS) <= known


@poppler
def test_nothing_in_a_pdf_is_wider_than_its_area(made):
    folder, _ = made
    words = ends(folder / "report.pdf")
    assert len(words) > 500
    assert min(left for left, _ in words) >= 28 - HANGING
    assert max(right for _, right in words) <= 28 + AREA_MM[0] + HANGING


@poppler
def test_the_numbers_of_a_pdfs_pages_stand_outside(made):
    folder, _ = made
    for number, page in enumerate(pages(folder / "report.pdf"), start=1):
        words = [word for word in page if word[2] > 297 - 37]
        assert "".join(text for text, *_ in words) == f"—{number}—"
        left, right = min(word[1] for word in words), max(word[3] for word in words)
        distance = 28 + AREA_MM[0] - right if number % 2 else left - 28
        assert distance == pytest.approx(14 * POINT, abs=1)  # a character


@poppler
def test_a_cell_of_a_pdf_begins_with_any_sign(tmp_path):
    signs = ["= 809 所", "+ 3", "- 4", "/ 5", "6. 7", "== 8"]
    (tmp_path / "signs.pdf").write_bytes(formats(tiny([(sign, sign) for sign in signs]), ("pdf",))[".pdf"])
    lines = ["".join(line.split()) for line in text_of(tmp_path / "signs.pdf").splitlines()]
    assert all("".join(sign.split()) * 2 in lines for sign in signs)


@poppler
def test_a_note_of_several_lines_is_one_paragraph(tmp_path):
    quote = Quote("", "", Document("某文件", ""), "", "", "甲\n= 乙\n\n- *丙* #丁")
    page = tiny([("a", "1")])._replace(notes=[Note(1, quote)])
    (tmp_path / "note.pdf").write_bytes(formats(page, ("pdf",))[".pdf"])
    lines = ["".join(line.split()) for line in text_of(tmp_path / "note.pdf").splitlines()]
    assert "1甲=乙-*丙*#丁" in lines


@poppler
def test_printed_arrays_stay_as_they_are_in_a_pdf(tmp_path):
    cell = nbformat.v4.new_code_cell("x", outputs=[nbformat.v4.new_output("stream", text="[1. 2. = `]")])
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("`[= 1]` \\`[+ 2]"), cell])
    page = lay_out(notebook, Job("tiny", None, "d", {"lang": "zh"}, 1))
    (tmp_path / "array.pdf").write_bytes(formats(page, ("pdf",))[".pdf"])
    said = text_of(tmp_path / "array.pdf")
    assert all(text in said for text in ("[= 1]", "`[+ 2]", "[1. 2. = `]"))
