"""Styles of a document in Word, as its reference document has them: colours, letters, indents and lines."""

import io

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Pt

from reportkit.formats import marks, word
from reportkit.formats.columns import SIZES, SMALL
from reportkit.formats.jinja import STATUS
from reportkit.formats.paper import BODY, table_style
from reportkit.language import using


@pytest.fixture(scope="module", params=["zh", "en"])
def styles(request, tmp_path_factory):
    with using(request.param):
        options = word.options(tmp_path_factory.mktemp(request.param), contents=True)
    assert (options["table_of_contents"], options["toc_depth"]) == (True, 2)
    return docx.Document(options["reference_doc"]).styles


def test_a_page_is_a4_with_the_area_of_official_documents(tmp_path):
    """156 by 225 mm of text, 37 mm below the top and 28 mm from the left (GB/T 9704)."""
    (section,) = docx.Document(word.options(tmp_path, contents=False)["reference_doc"]).sections
    sides = {
        **{"width": section.page_width, "height": section.page_height},
        **{"top": section.top_margin, "left": section.left_margin},
        **{"right": section.right_margin, "bottom": section.bottom_margin},
    }
    millimetres = {name: round(side.mm, 1) for name, side in sides.items()}
    assert millimetres == {"width": 210, "height": 297, "top": 37, "left": 28, "right": 26, "bottom": 35}


def test_a_verdict_is_bold_in_the_colour_that_a_page_has_it_in(styles):
    for status, (_, colour) in STATUS.items():
        font = styles[f"Status {status}"].font
        assert (f"#{font.color.rgb}".lower(), font.bold) == (colour, True)


def test_marks_and_numbers_of_notes_are_small_bold_and_of_one_colour(styles):
    assert styles[marks.STYLE].font.size == Pt(7)
    assert styles["Note Number"].font.bold and styles["Strong"].font.bold and styles["Emphasis"].font.italic
    assert {str(styles[name].font.color.rgb) for name in (marks.STYLE, "Note Number")} == {"1D5A8C"}
    assert styles["Subject"].font.size == Pt(BODY)


def test_figures_of_tables_stand_on_the_right_between_lines(styles):
    for size in SIZES:
        name = table_style(size)
        letters, figures = styles[f"Letters{name}"], styles[f"Figures{name}"]
        assert letters.font.size == figures.font.size == Pt(size)
        assert letters.paragraph_format.alignment is None
        assert figures.paragraph_format.alignment == 2
        borders = styles[name].element.find(f".//{qn('w:tblBorders')}")
        assert {line.tag.split("}")[1]: line.get(qn("w:sz")) for line in borders} == {
            **{"top": "8", "bottom": "8"},
            "insideH": "2",
        }


def test_headings_stay_with_what_follows_and_notes_hang(styles):
    for name in ("Heading 1", "Table Caption", "Chart Title", "Annex document", "Annex part"):
        assert styles[name].paragraph_format.keep_with_next
    assert not styles["Chart"].paragraph_format.keep_with_next
    caption = styles["Table Caption"].paragraph_format
    assert caption.space_before == caption.space_after == Pt(6)
    assert styles["Table Caption"].font.size == Pt(SMALL)
    notes = styles["Annex notes"].paragraph_format
    assert notes.first_line_indent == -notes.left_indent < 0
    assert styles["toc 1"].paragraph_format.left_indent == 0
    assert styles["toc 2"].paragraph_format.left_indent == Pt(24)  # two characters
    indents = {styles[name].paragraph_format.first_line_indent for name in ("Body Text", "First Paragraph")}
    assert indents in ({Pt(2 * BODY)}, {0})


def test_chinese_paragraphs_are_indented_by_two_characters_and_english_not(tmp_path):
    found = {}
    for lang in ("zh", "en"):
        with using(lang):
            reference = word.options(tmp_path, contents=False)["reference_doc"]
        found[lang] = docx.Document(reference).styles["Body Text"].paragraph_format.first_line_indent
    assert found == {"zh": Pt(2 * BODY), "en": 0}


def test_no_row_of_a_table_is_torn_by_the_end_of_a_page():
    document, stream = docx.Document(), io.BytesIO()
    table = document.add_table(rows=3, cols=1)
    table.rows[1].height = Pt(20)  # has properties of its own already
    document.save(stream)
    made = docx.Document(io.BytesIO(word.finished(stream.getvalue())))
    rows = [*made.element.body.iter(qn("w:tr"))]
    assert len(rows) == 3
    for row in rows:
        assert row[0].tag == qn("w:trPr") and row[0][0].tag == qn("w:cantSplit")
