"""Source notes on paper: each document once, each note found by its number, marks apart from figures."""

import ctypes
import io
import re
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

import docx
import nbformat
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import fragment_fromstring
from quotes import BULLETIN, OFFICIAL, PLAN, PROMISE, Rows, quote

from rendered import NOTEBOOKS, files_of, page_of
from reportkit import language, source
from reportkit.figure import Figure
from reportkit.formats.all import formats
from reportkit.formats.annex import annex
from reportkit.formats.marks import mark
from reportkit.formats.notes import Note, Notes
from reportkit.formats.page import lay_out
from reportkit.jobs import Job
from reportkit.table import Column, unpack
from reportkit.table import table as show_table

ROOT = Path(__file__).parents[2]
POINT = 72 / 25.4  # a millimetre
poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs poppler-utils")
# of first_report the rows are those of a package that it makes itself
REPORTS = [path for path in NOTEBOOKS if path.stem != "first_report"]
NUMBERED = re.compile(r"^\W*(\d+)\W*$")  # text of a link: a mark, or a note's number


class Entry(NamedTuple):
    """A note of the annex in Word: its document, what else stands above it, what it says, what it names."""

    document: str
    above: str
    text: str
    names: set[int]


@pytest.fixture(scope="module", params=REPORTS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def made(request, shared):
    """A report as it is committed: its page, how every cell of its body is linked, Word and PDF."""
    page, folder = page_of(request.param, "zh"), files_of(request.param, "zh", shared)
    rows = []
    for table, data in zip(page.body.iter("table"), page.tables, strict=True):
        for row, cells in zip(table.iterfind("tbody/tr"), unpack(data), strict=True):
            for shown, cell in zip(row, cells, strict=True):
                links = [anchor.get("href") for anchor in shown.find_class("source")]
                rows.append((cell, links))
    return page, rows, {ending: (folder / f"report{ending}").read_bytes() for ending in (".docx", ".pdf")}


def annexed(document):
    """Notes of the annex of a Word document, by number."""
    found, heading, above = {}, "", {}
    for paragraph in document.paragraphs:
        kind = paragraph.style.name.removeprefix("Annex ")
        if kind == "document":
            heading, above = paragraph.text, {}
        elif kind in ("usual", "part"):
            above[kind] = paragraph.text
        elif kind == "notes":
            texts, named, number = {0: ""}, {}, 0
            for part in paragraph._p.iter(qn("w:bookmarkStart"), qn("w:hyperlink"), qn("w:t")):
                if part.tag == qn("w:bookmarkStart"):
                    number = int(part.get(qn("w:name")).removeprefix("n"))
                elif part.tag == qn("w:hyperlink") and texts.get(number):  # the first leads back
                    named.setdefault(number, []).append(int(part.get(qn("w:anchor"))[1:]))
                if part.tag == qn("w:t"):
                    texts[number] = texts.get(number, "") + part.text
            said = " ".join([*above.values(), texts.pop(0)])
            for number, text in texts.items():
                runs = re.findall(r"(\d+)–(\d+)", text) if number in named else []
                between = {n for first, last in runs for n in range(int(first), int(last))}
                found[number] = Entry(
                    heading, said, text.replace("\u00a0", " "), {*named.get(number, ()), *between}
                )
    return found


def states(entry, quote, entries):
    """Whether an entry and what stands above it say all of a quote."""
    said, same = f"{entry.above} {entry.text}", re.search(r"说明同 (\d+)", entry.text)
    remark = entries[int(same[1])].text if same else entry.text
    return (
        quote.document.title in entry.document
        and quote.document.imprint in entry.document
        and quote.statement in entry.text
        and all(part in said for part in [*quote.parts, quote.region, quote.grade])
        and quote.remark in remark
    )


@pytest.mark.slow
def test_every_figure_leads_to_the_document_and_the_place_that_it_stands_in(made):
    """By its mark and the annex, in Word; there is no mark only where no row is stored."""
    page, rows, files = made
    entries, quoted = annexed(docx.Document(io.BytesIO(files[".docx"]))), source.opened(ROOT / "data").quote
    assert [*entries] == [note.number for note in page.notes]
    for cell, links in rows:
        quotes = {row: quote for row in cell.ids if (quote := quoted(row))}
        assert len(links) == (bool(quotes) and cell.text.strip() not in ("", "–")), cell
        for number in (int(href.removeprefix("#n")) for href in links):
            if page.notes[number - 1].counts:
                assert f"由 {len(quotes)} 个数据行算出" in entries[number].text
                continue
            inputs = [entries[other] for other in entries[number].names or {number}]
            assert len(inputs) == len({*quotes.values()})
            for quote in quotes.values():
                assert any(states(entry, quote, entries) for entry in inputs), (cell, quote)


@pytest.mark.slow
def test_marks_and_notes_lead_to_each_other_in_word(made):
    page, _, files = made
    document = docx.Document(io.BytesIO(files[".docx"])).element
    bookmarks = [name.get(qn("w:name")) for name in document.iter(qn("w:bookmarkStart"))]
    assert len(bookmarks) == len(set(bookmarks))
    numbers = {note.number for note in page.notes}
    assert {f"n{number}" for number in numbers} <= {*bookmarks}
    marks = 0
    for anchor in document.iter(qn("w:hyperlink")):
        name, said = anchor.get(qn("w:anchor"), ""), "".join(t.text for t in anchor.iter(qn("w:t"))).strip()
        if re.fullmatch(r"[mn]\d+", name):
            marks += said == f"[{name[1:]}]"
            assert name in bookmarks
            assert (
                said in (f"[{name[1:]}]", name[1:]) or name[0] == "n"
            )  # an input leads back to what it made
    assert marks >= len([name for name in bookmarks if re.fullmatch(r"m\d+", name)]) > 0


def links(pdf):
    """Links within a PDF: their text, and the text where each leads to."""
    document = pypdfium2.PdfDocument(pdf)
    texts = [page.get_textpage() for page in document]
    for page, text in zip(document, texts, strict=True):
        position, found = ctypes.c_int(0), pdfium.FPDF_LINK()
        while pdfium.FPDFLink_Enumerate(page.raw, ctypes.byref(position), ctypes.byref(found)):
            box, ints, floats = pdfium.FS_RECTF(), (ctypes.c_int * 3)(), (ctypes.c_float * 3)()
            pdfium.FPDFLink_GetAnnotRect(found, ctypes.byref(box))
            target = pdfium.FPDFLink_GetDest(document.raw, found)
            places = [ctypes.pointer(ctypes.c_int.from_buffer(ints, 4 * n)) for n in range(3)]
            places += [ctypes.pointer(ctypes.c_float.from_buffer(floats, 4 * n)) for n in range(3)]
            pdfium.FPDFDest_GetLocationInPage(target, *places)
            there = texts[pdfium.FPDFDest_GetDestPageIndex(document.raw, target)]
            left, top = floats[0], floats[1]
            said = text.get_text_bounded(box.left - 1, box.bottom - 1, box.right + 1, box.top + 1).strip()
            yield said, there.get_text_bounded(left - 1, top - 12, left + 40, top + 1)


@pytest.mark.slow
def test_marks_and_notes_lead_to_each_other_in_a_pdf(made):
    page, _, files = made
    used: dict[int, set[int]] = {}
    for note in page.notes:
        for number in note.made_of:
            used.setdefault(number, set()).add(note.number)
    led = [
        (said, int(found[1]), there)
        for said, there in links(files[".pdf"])
        if (found := NUMBERED.search(said))
    ]
    assert sum(said.endswith("]") for said, *_ in led) > 3
    for said, number, there in led:
        begins = [line.strip() for line in there.splitlines()]
        # to the note; or back to a mark, or to what it is an input of
        notes = {number} if said.endswith("]") else {number, *used.get(number, ())}
        assert any(line.startswith(f"{note}") for line in begins for note in notes) or (
            not said.endswith("]") and f"[{number}]" in there
        ), (said, there)


@pytest.mark.slow
@poppler
def test_the_annex_takes_at_most_a_quarter_of_the_pages(made, tmp_path):
    _, _, files = made
    (tmp_path / "report.pdf").write_bytes(files[".pdf"])
    said = subprocess.run(
        ["pdftotext", "-bbox", tmp_path / "report.pdf", "-"], capture_output=True, text=True
    ).stdout
    pages = said.split("<page ")[1:]
    *_, begin = (  # behind the table of contents
        number + (float(top) / POINT - 37) / 225
        for number, page in enumerate(pages)
        for top in re.findall(r'yMin="([\d.]+)"[^>]*>附：数字出处', page)
    )
    below = [float(end) / POINT - 37 for end in re.findall(r'yMax="([\d.]+)"', pages[-1])]
    printed = len(pages) - 1 + max(end for end in below if end <= 226) / 225  # without the empty end
    assert printed - begin <= 0.25 * printed


def annex_of(*quotes):
    """The annex of figures that are each a stored row."""
    rows = Rows(*quotes)
    return annex(Notes(rows, [[row] for row in rows.ids]))[1:]


def lines(*quotes):
    """Kind and text of each paragraph of an annex, with its notes and their numbers."""
    return [
        (p["kind"], p["text"] + "　".join(f"{note['number']} {note['text']}" for note in p["notes"]))
        for p in annex_of(*quotes)
    ]


def test_a_document_stands_once_with_its_number_and_date_above_its_notes():
    quotes = [quote(), quote(document=BULLETIN), quote(locator="第二章 · 在园幼儿", said="在园幼儿 7 万人")]
    assert lines(*quotes) == [
        ("document", "文件 1 《某县教育规划》 某政发〔2021〕1号 · 2021-05-12"),
        ("usual", f"某县 · {OFFICIAL}"),
        ("notes", "1 第一章 · 表1 · 入园率行 · 入园率 91\u00a0%（2020）"),
        ("notes", "2 第二章 · 在园幼儿 7 万人"),
        ("document", "文件 2 《某县统计公报》"),
        ("usual", f"某县 · {OFFICIAL}"),
        ("notes", "3 第一章 · 表1 · 入园率行 · 入园率 91\u00a0%（2020）"),
    ]


def test_what_several_notes_have_alike_of_their_place_stands_once_above_them():
    quotes = [
        quote(locator="第一章 · 表1 · 甲行", said="甲 1 个", grade=PROMISE, region="某省"),
        quote(locator="第二章 · 丁", said="丁 4 个", grade=PROMISE),
        quote(locator="第一章 · 段首 · 丙", said="丙 3 个"),
        quote(locator="第一章 · 表1 · 乙行", said="乙 2 个"),
        quote(locator="第二章 · 戊", said="戊 5 个", grade=PROMISE),
        quote(locator="第三章", said="己 6 个"),
        quote(locator="第三章", said="庚 7 个", remark="约数"),
    ]
    assert lines(*quotes)[1:] == [
        ("usual", f"某县 · {OFFICIAL}"),
        ("notes", "1 第三章 · 己 6 个"),
        ("notes", "2 第三章 · 庚 7 个 · 约数"),
        ("part", "第一章"),
        ("notes", f"表1：3 甲行 · 甲 1 个，某省 · {PROMISE}　4 乙行 · 乙 2 个"),  # half have it
        ("notes", "5 段首 · 丙 3 个"),
        ("part", f"第二章 · {PROMISE}"),
        ("notes", "6 丁 4 个"),
        ("notes", "7 戊 5 个"),
    ]


def test_a_document_that_is_its_own_source_has_a_note():
    assert lines(quote("", "", "", ""))[1:] == [("notes", "1 全文")]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                ["", "第一章", "第一章 · 表1 · 甲", "第一章 · 表1 · 乙", "第一章 · 表2", "第二章 · 段"]
            ),
            st.sampled_from(["", "某县", "某省"]),
            st.sampled_from(["", PROMISE, OFFICIAL]),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_a_note_and_what_stands_nearest_above_it_tell_where_and_how_it_was_read(rows):
    told, above = [], {}
    quotes = [quote(f"第 {n} 个数", *row) for n, row in enumerate(rows)]
    for paragraph in annex_of(*quotes)[1:]:
        above[paragraph["kind"]] = paragraph["text"]
        for note in paragraph["notes"]:
            around = [note["text"], above["notes"], above.get("part", ""), above.get("usual", "")]
            region, grade = (
                next((name for text in around for name in known if name in text), "")
                for known in (("某县", "某省"), (PROMISE, OFFICIAL))
            )
            place = [
                part
                for text in (above.get("part", ""), above["notes"], note["text"])
                for part in re.split(" · |：", text)
            ]
            number = int(re.search(r"第 (\d+) 个数", note["text"])[1])
            told.append(number)
            assert (region, grade) == rows[number][1:]
            assert {*quotes[number].parts} <= {*place}
    assert sorted(told) == [*range(len(rows))]


def test_a_long_remark_is_said_once():
    long, short = "原文此行左移一格，按各列合计复原。", "原文此行左移一格，按各列合计复原"
    quotes = [quote(locator=f"第{n}章", remark=remark) for n, remark in enumerate((long, short, long, short))]
    said = [text.rpartition(" · ")[2] for kind, text in lines(*quotes) if kind == "notes"]
    assert said == [long, short, "说明同 1", short]


def test_what_is_computed_names_its_inputs_and_what_is_made_of_many_its_documents():
    notes = [*(Note(n, quote(said=f"数 {n}")) for n in range(1, 6)), Note(6, made_of=(1, 2, 3, 5))]
    notes.append(Note(7, counts=((BULLETIN, 20), (PLAN, 3))))
    *_, others, titles, _, computed = annex(notes)
    assert (others["text"], titles["text"]) == ("只用于计算的文件", "文件 2 《某县统计公报》")
    assert [note["made_of"] for note in computed["notes"]] == [[(1, 3), (5, 5)], []]
    assert computed["notes"][1]["text"] == "由 23 个数据行算出：文件 2（20 处）；文件 1（3 处）"
    told = [(part["kind"], part["text"][:8], len(part["notes"])) for part in annex(notes)]
    assert [*told[:2], *told[-4:]] == [
        ("lead", "表中数字后方括号", 0),
        ("document", "文件 1 《某县", 0),
        ("document", "只用于计算的文件", 0),
        ("usual", "文件 2 《某县", 0),
        ("document", "由计算得出的数字", 0),
        ("notes", "", 2),
    ]
    with language.using("en"):
        parts = annex(notes)
    assert [part["text"][:20] for part in (parts[0], parts[-4], parts[-2])] == [
        "The number in bracke",
        "Documents only used ",
        "Computed figures (an",
    ]


def tiny(shown, figures, ids, lang="zh"):
    """Word and PDF of a report with one column of figures."""
    names = Column(("名", "Name"), [f"项 {n}" for n, _ in enumerate(figures)])
    language.use(lang)
    show_table(("表", "Table"), [names, Column(("值", "Value"), figures, ids)])
    output = nbformat.v4.new_output("display_data", data=dict(shown[0]))
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("x", outputs=[output])])
    job = Job("tiny", None, "d", {"lang": lang}, 1, folder=ROOT / "data")
    return formats(lay_out(notebook, job), ("docx", "pdf"))


@pytest.mark.slow
def test_marks_of_a_column_are_as_wide_as_its_widest(shown):
    """So that the figures before them stand below each other."""
    files = tiny(shown, [Figure.of(n, 0) for n in range(10)], [[f"edu-145-{n:03}"] for n in range(1, 11)])
    table = docx.Document(io.BytesIO(files[".docx"])).tables[0]
    said = sorted(row.cells[1].text.partition("\u00a0")[2] for row in table.rows[1:])
    assert said == sorted(["[10]", *(f"\u2007[{n}]" for n in range(1, 10))])


@pytest.mark.slow
def test_the_annex_in_word_has_three_columns_of_small_letters(shown):
    document = docx.Document(io.BytesIO(tiny(shown, [Figure.of(1, 0)], [["edu-145-001"]])[".docx"]))
    columns = [section._sectPr.find(qn("w:cols")) for section in document.sections]
    assert [None if found is None else found.get(qn("w:num")) for found in columns] == [None, "3"]
    assert "PAGE" in document.sections[1].footer._element.xml
    assert document.styles["Annex notes"].font.size.pt <= 9


@pytest.mark.slow
@poppler
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_copied_text_is_the_figure_with_its_mark_apart(shown, tmp_path, lang):
    files = tiny(shown, [Figure.of(13259.28, 2), Figure.of(37, 2)], [["edu-145-001"], ["edu-145-002"]], lang)
    table = docx.Document(io.BytesIO(files[".docx"])).tables[0]
    assert [row.cells[1].text for row in table.rows[1:]] == ["13,259.28\u00a0[1]", "37.00\u00a0[2]"]
    (tmp_path / "tiny.pdf").write_bytes(files[".pdf"])
    said = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "tiny.pdf", "-"], capture_output=True, text=True
    ).stdout
    assert "13,259.28 [1]" in said and "37.00 [2]" in said


def test_the_mark_of_a_figure_in_a_sentence_stands_behind_it():
    text = '<p>由 <a class="source" href="#n1">6.61 万人</a>（2020）到 <a class="source" href="#n2">7 万人</a>。</p>'
    body = fragment_fromstring(f"<div>{text}</div>")
    mark(body)
    assert body.text_content() == "由 6.61 万人\u00a0[1]（2020）到 7 万人\u00a0[2]。"
    assert [link.get("href") for link in body.iter("a")] == ["#n1", "#n2"]
