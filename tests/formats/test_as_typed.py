"""What is typed is what is printed, in PDF and Word: no sign becomes another, no letter is lost unsaid."""

import io
import shutil
import subprocess
from html import escape

import docx
import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examples import up_to
from reportkit.formats.all import formats
from reportkit.formats.notes import Note
from reportkit.formats.page import lay_out
from reportkit.jobs import Job
from reportkit.source import Document, Quote

pytestmark = pytest.mark.slow

poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs poppler-utils")
TYPED = [
    *(
        "= 809 所",
        "- 3",
        "+ 3",
        "/ 5: 甲",
        "1. x",
        "12. x",
        "== 8",
        "-5",
        "3-5",
        "1-?",
        "a -- b",
        "a --- b",
        "1--2",
    ),
    *(
        "...",
        "....",
        "a...b",
        "…",
        "– 2",
        "—2",
        "2022—2025",
        "-–",
        '"a"',
        "'b'",
        "it's",
        "“a”",
        "`c`",
        "```",
        "*s*",
        "_u_",
    ),
    *(
        "**",
        "#let x",
        "#x()",
        "$x$",
        "@ref",
        "~",
        "a~b",
        "//x",
        "/* y",
        "*/",
        "\\",
        "\\n",
        "\\u{41}",
        "<n1>",
        "<b>",
        "[br]",
    ),
    *(
        "[= 1]",
        "[- x](y)",
        "](",
        "((",
        "{}",
        "|",
        "^2",
        "x^2^",
        "H~2~O",
        "http://a.cn/b?c=1&d=2",
        "https://x.cn/~a--b/...",
    ),
    *(
        "a@b.cn",
        "&amp;",
        "&",
        "-?-",
        "?-?",
        "—-1",
        "-.5",
        "-①",
        "-１",
        "-½",
        "!",
        ":",
        "::: x",
        "; x",
        "%",
        "§ 3",
        "①",
        "㎡",
        "ꀀꆈꌠ",
        "𠮷",
    ),
]


def page_of(cells, text="# 题"):
    return lay_out(nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(text), *cells]), JOB)


def shown(html):
    return nbformat.v4.new_code_cell(
        "x", outputs=[nbformat.v4.new_output("display_data", data={"text/html": html})]
    )


JOB = Job("tiny", None, "d", {"lang": "zh"}, 1)


def lines_of(pdf):
    """Lines of a PDF's text without blanks."""
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return ["".join(line.split()) for line in done.stdout.decode().splitlines()]


def bare(text):
    return "".join(text.split())


def everywhere(texts):
    """A page that says texts in paragraphs, headings, items, cells and captions, bold, and as code."""
    html = ""
    for text in map(escape, texts):
        html += f"<p>{text}</p><h3>{text}</h3><ul><li>{text}</li><li><p>{text}</p><p>续</p></li></ul><p>始<br>{text}</p><p><b>{text}</b></p>"
        html += f"<table><caption>{text}</caption><thead><tr><th>{text}</th><th>丙</th></tr></thead>"
        html += f"<tbody><tr><td>{text}</td><td>乙</td></tr></tbody></table><p>甲<code>{text}</code></p>"
    return page_of([shown(html)])


@poppler
def test_a_pdf_prints_what_is_typed():
    lines = lines_of(formats(everywhere(TYPED), ("pdf",))[".pdf"])
    for number, text in enumerate(map(bare, TYPED), start=1):
        assert lines.count(text) >= 3, text  # a paragraph, behind a break, bold
        assert f"表{number}{text}" in lines, text
        assert f"{text}丙" in lines and f"{text}乙" in lines, text
        assert f"甲{text}" in lines, text
        assert lines.count(f"•{text}") == 2, text


def test_word_holds_what_is_typed():
    document = docx.Document(io.BytesIO(formats(everywhere(TYPED), ("docx",))[".docx"]))
    lines = [line for paragraph in document.paragraphs for line in paragraph.text.split("\n")]
    for number, (text, table) in enumerate(zip(TYPED, document.tables, strict=True), start=1):
        assert lines.count(text) >= 5, text  # and in two items
        assert f"表 {number}\u3000{text}" in lines, text
        assert f"甲{text}" in lines, text
        assert table.cell(0, 0).text == table.cell(1, 0).text == text


@poppler
@settings(max_examples=up_to(15))
@given(
    st.lists(
        st.text("*_#$@~`/<>[](){}\"'\\-–—.=+?!;:|^&% 01a中", min_size=1, max_size=10),
        min_size=20,
        max_size=20,
    )
)
def test_any_signs_are_printed_as_they_are_typed(texts):
    rows = "".join(f"<tr><td>始{escape(text)}终</td><td>{escape(text)}</td></tr>" for text in texts)
    files = formats(page_of([shown(f"<table>{rows}</table>")]), ("pdf", "docx"))
    lines = lines_of(files[".pdf"])
    table = docx.Document(io.BytesIO(files[".docx"])).tables[0]
    for text, row in zip(texts, table.rows, strict=True):
        assert f"始{bare(text)}终{bare(text)}" in lines, text
        assert bare(row.cells[1].text) == bare(text)


@poppler
def test_a_remark_of_a_note_and_what_stands_below_the_title_are_printed_as_typed():
    said = '甲...乙--丙-5*丁* #戊 "己"'
    page = page_of([], f"# {said.replace('*', chr(92) + '*').replace('#', chr(92) + '#')}")
    page = page._replace(notes=[Note(1, Quote("", "", Document("某文件", ""), "", "", said))])
    page.about["region"] = said
    text = "".join(lines_of(formats(page, ("pdf",))[".pdf"]))
    assert text.count(bare(said)) == 3


STRANGE = "\U0002a6d6ᠮ\ue005"  # of extension B, Mongolian, and for private use: no font has them
NAMED = "〔U+2A6D6〕〔U+182E〕〔U+E005〕"


@poppler
def test_a_letter_that_no_font_has_is_printed_as_its_number():
    page = page_of([shown(f"<h2>章{STRANGE}</h2><p>ꀀ{STRANGE}村</p>")], f"# 题{STRANGE}")
    page = page._replace(notes=[Note(1, Quote("", "", Document(f"件{STRANGE}", ""), "", "", ""))])
    files = formats(page, ("pdf", "docx"))
    text = "".join(lines_of(files[".pdf"]))
    assert all(said in text for said in (f"题{NAMED}", f"章{NAMED}", f"ꀀ{NAMED}村", f"件{NAMED}"))
    assert not set(text) & {*STRANGE, "\x00", "\ufffd"}
    assert page.about["letters"] == "".join(sorted(STRANGE))
    # Word takes fonts from the reader's machine, which may have them
    assert f"ꀀ{STRANGE}村" in [part.text for part in docx.Document(io.BytesIO(files[".docx"])).paragraphs]


@poppler
@settings(max_examples=up_to(25))
@given(st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=40, max_size=80))
def test_any_text_becomes_a_pdf(text):
    made = formats(page_of([shown(f"<p>{escape(text)}</p>")]), ("pdf",))[".pdf"]
    assert "\x00" not in "".join(lines_of(made))
