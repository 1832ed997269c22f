"""The layout of official documents in Word (GB/T 9704-2012), and what becomes of what pandoc made."""

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from reportkit.formats import word
from reportkit.language import using

LEFT, CENTRE, RIGHT, BOTH = range(4)
FANG, HEI, KAI, TITLE = "仿宋", "黑体", "楷体", "方正小标宋简体"
# font, size in points, side
STYLES = {
    "Normal": (FANG, 16, None),
    "Body Text": (FANG, 16, BOTH),
    "First Paragraph": (FANG, 16, BOTH),
    "Compact": (FANG, 16, LEFT),
    "Title": (TITLE, 22, CENTRE),
    "Heading 1": (HEI, 16, LEFT),
    "Heading 2": (KAI, 16, LEFT),
    **dict.fromkeys(("Heading 3", "Heading 4", "Heading 5"), (FANG, 16, LEFT)),
    "TOC Heading": (HEI, 16, CENTRE),
    **dict.fromkeys(("toc 1", "toc 2"), (FANG, 12, LEFT)),
    "Subtitle": (FANG, 10.5, CENTRE),
    "Chart Title": (HEI, 10.5, LEFT),
    **dict.fromkeys(("Chart Subtitle", "Chart", "Source Code"), (FANG, 10.5, LEFT)),
    "Table Caption": (HEI, 10.5, CENTRE),
    "Annex end": (FANG, 7.5, None),
    "Annex lead": (FANG, 7.5, LEFT),
    "Annex document": (HEI, 7.5, LEFT),
    **dict.fromkeys(("Annex usual", "Annex part"), (KAI, 7.5, LEFT)),
    "Annex notes": (FANG, 7.5, LEFT),
    "Footer": (FANG, 14, RIGHT),
    "Footer Even": (FANG, 14, LEFT),
}
LINE = 225 / 25.4 * 72 / 22  # points


@pytest.fixture
def reference(tmp_path):
    return docx.Document(word.options(tmp_path, contents=True)["reference_doc"])


def test_a_page_has_an_area_of_156_by_225_mm_and_its_number_7_mm_below(reference):
    (section,) = reference.sections
    sides = [section.page_width, section.page_height, section.top_margin, section.bottom_margin]
    sides += [section.left_margin, section.right_margin, section.footer_distance]
    # 14 points are 4.939 mm: 35 - 7 - 4.939
    assert [side.mm for side in sides] == pytest.approx([210, 297, 37, 35, 28, 26, 23.061], abs=0.05)
    assert reference.settings.odd_and_even_pages_header_footer
    for footer, style in ((section.footer, "Footer"), (section.even_page_footer, "Footer Even")):
        (foot,) = footer.paragraphs
        assert (foot.style.name, text(foot._p)) == (style, "— 1 —")
        assert foot._p.find(qn("w:fldSimple")).get(qn("w:instr")) == "PAGE"
        form = foot.style.paragraph_format
        assert form.left_indent == form.right_indent == Pt(14)


def test_each_style_has_its_font_its_size_and_its_side(reference):
    found = {}
    for name in STYLES:
        style = reference.styles[name]
        fonts = style.element.rPr.rFonts
        assert (fonts.get(qn("w:ascii")), fonts.get(qn("w:cs"))) == ("Times New Roman",) * 2
        assert fonts.get(qn("w:eastAsiaTheme")) is None
        assert (style.font.bold, style.font.italic) == (False, False), name
        assert str(style.font.color.rgb) == "000000"
        side = style.paragraph_format.alignment
        found[name] = (fonts.get(qn("w:eastAsia")), style.font.size.pt, None if side is None else int(side))
    assert found == STYLES


def test_lines_of_text_are_22_a_page_and_others_as_close_as_their_letters(reference):
    heights = {}
    for name in STYLES:
        form = reference.styles[name].paragraph_format
        room = [form.line_spacing, form.space_before, form.space_after]
        heights[name] = tuple(side if side is None or isinstance(side, float) else side.pt for side in room)
    usual = dict.fromkeys(STYLES, (1.0, 0, 0))
    text = ("Body Text", "First Paragraph", "Compact", "TOC Heading", *(f"Heading {n}" for n in range(1, 6)))
    expected = usual | dict.fromkeys(text, (LINE, 0, 0)) | {"Title": (1.0, LINE, LINE)}
    expected |= {"Table Caption": (1.0, 6, 6), "Annex document": (1.0, 3.75, 0), "Annex end": (1, 0, 0)}
    for name, height in expected.items():
        assert heights[name] == pytest.approx(height, abs=0.05), name  # Word has twentieths of a point


def test_latin_letters_of_headings_are_bold_in_english(tmp_path):
    with using("en"):
        styles = docx.Document(word.options(tmp_path, contents=False)["reference_doc"]).styles
    bold = {name for name in STYLES if styles[name].font.bold}
    heads = {name for name, (font, *_) in STYLES.items() if font in (HEI, TITLE)}
    assert (
        bold
        == heads
        == {*("Title", "Heading 1", "TOC Heading"), *("Chart Title", "Table Caption", "Annex document")}
    )


def text(part):
    return "".join(found.text for found in part.iter(qn("w:t")))


def paragraph(style, text, looks=""):
    form = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{form}<w:r>{looks}<w:t>{text}</w:t></w:r></w:p>"


def finished(body):
    """The body of a document that pandoc made so, as it is finished; how its other files are packed is held."""
    section = '<w:sectPr><w:pgSz w:w="1"/><w:pgMar w:top="1"/></w:sectPr>'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        made.writestr(
            "word/document.xml", f"<w:document {nsdecls('w')}><w:body>{body}{section}</w:body></w:document>"
        )
        made.writestr("word/media/a.png", b"pixels" * 99)
        made.writestr("word/styles.xml", "<a/>" * 99)
    with zipfile.ZipFile(io.BytesIO(word.finished(stream.getvalue()))) as archive:
        kinds = {info.filename: info.compress_type for info in archive.infolist()}
        assert {info.date_time for info in archive.infolist()} == {(2000, 1, 1, 0, 0, 0)}
        assert kinds == {
            "word/document.xml": zipfile.ZIP_DEFLATED,
            "word/media/a.png": zipfile.ZIP_STORED,
            "word/styles.xml": zipfile.ZIP_DEFLATED,
        }
        assert archive.read("word/media/a.png") == b"pixels" * 99
        return parse_xml(archive.read("word/document.xml"))[0]


def test_paragraphs_of_a_table_have_the_style_of_its_letters_or_of_its_figures():
    cells = [
        '<w:p><w:pPr><w:pStyle w:val="Compact"/></w:pPr></w:p>',
        '<w:p><w:pPr><w:pStyle w:val="Compact"/><w:jc w:val="left"/></w:pPr></w:p>',
        '<w:p><w:pPr><w:pStyle w:val="Compact"/><w:jc w:val="right"/></w:pPr></w:p>',
        '<w:p><w:pPr><w:spacing/><w:jc w:val="right"/></w:pPr></w:p>',
    ]
    row = "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"
    tables = [
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{name}"/></w:tblPr>{row}</w:tbl>' for name in ("Table", "Brief")
    ]
    body = finished("".join(tables) + f"<w:tbl><w:tblPr/>{row}</w:tbl>")
    styles = [[style.get(qn("w:val")) for style in table.iter(qn("w:pStyle"))] for table in body[:3]]
    assert styles == [
        ["LettersTable", "LettersTable", "FiguresTable", "FiguresTable"],
        ["Compact"] * 3,
        ["Compact"] * 3,
    ]
    assert [len([*table.iter(qn("w:jc"))]) for table in body[:3]] == [0, 3, 3]
    assert all(form[0].tag == qn("w:pStyle") for form in body[0].iter(qn("w:pPr")))
    assert len([*body.iter(qn("w:cantSplit"))]) == 3


def test_the_head_of_a_first_page_stands_above_the_title():
    body = finished(
        paragraph("Title", "题") + paragraph("Briefissuer", "某局") + paragraph("Briefanswer", "答")
    )
    assert [text(part) for part in body] == ["某局", "题", "答", ""]


def test_tables_have_a_style_that_theirs_begins_with(reference):
    style = reference.styles["Normal Table"].element
    assert (style.get(qn("w:default")), style.get(qn("w:type"))) == ("1", "table")


def test_what_is_bold_or_slanted_has_a_style_in_its_place():
    looks = [
        "<w:rPr><w:b/><w:bCs/></w:rPr>",
        "<w:rPr><w:i/><w:iCs/></w:rPr>",
        '<w:rPr><w:rStyle w:val="Hyperlink"/><w:b/></w:rPr>',
        '<w:rPr><w:rStyle w:val="Mark"/><w:b/></w:rPr>',
        "<w:rPr><w:color/></w:rPr>",
        "<w:rPr><w:color/><w:b/></w:rPr>",
    ]
    body = finished("".join(paragraph("", "文", look) for look in looks))
    told = [
        [(part.tag.split("}")[1], part.get(qn("w:val"))) for part in form] for form in body.iter(qn("w:rPr"))
    ]
    assert told == [
        [("rStyle", "Strong")],
        [("rStyle", "Emphasis")],
        [("rStyle", "NoteNumber")],
        [("rStyle", "Mark")],
        [("color", None)],
        [("rStyle", "Strong"), ("color", None)],  # a style stands first
    ]


def test_contents_list_headings_of_two_levels_and_lead_there():
    field = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    block = f"<w:sdt><w:sdtContent>{paragraph('TOCHeading', '目录')}{field}</w:sdtContent></w:sdt>"
    headings = "".join(
        f'<w:bookmarkStart w:id="{level}" w:name="at{level}"/>{paragraph(f"Heading{level}", f"甲 &amp; {level}")}'
        for level in (1, 2, 3)
    )
    body = finished(block + headings + paragraph("BodyText", "文"))
    inside = body.find(f"{qn('w:sdt')}/{qn('w:sdtContent')}")
    lines = [
        (style.get(qn("w:val")), link.get(qn("w:anchor")), text(link))
        for style, link in zip(
            inside.iter(qn("w:pStyle")), [None, *inside.iter(qn("w:hyperlink"))], strict=True
        )
        if link is not None
    ]
    assert lines == [("TOC1", "at1", "甲 & 1"), ("TOC2", "at2", "甲 & 2")]
    kinds = [
        (list(inside).index(mark.getparent().getparent()), mark.get(qn("w:fldCharType")))
        for mark in inside.iter(qn("w:fldChar"))
    ]
    assert kinds == [(1, "begin"), (1, "separate"), (4, "end")]


def test_the_annex_with_its_heading_is_a_section_of_three_columns():
    body = finished(
        paragraph("BodyText", "文")
        + paragraph("Heading1", "附")
        + paragraph("Annexlead", "说明")
        + paragraph("Annexnotes", "1")
    )
    styles = [part.find(f"{qn('w:pPr')}/{qn('w:pStyle')}") for part in body]
    assert [style is not None and style.get(qn("w:val")) for style in styles] == [
        *("BodyText", "Annexend", "Heading1", "Annexlead", "Annexnotes"),
        False,
    ]
    before, last = body.iter(qn("w:sectPr"))
    assert [part.tag.split("}")[1] for part in before] == ["pgSz", "pgMar"]
    assert [part.tag.split("}")[1] for part in last] == ["type", "pgSz", "pgMar", "cols"]
    assert last[0].get(qn("w:val")) == "continuous"
    columns = last[3]
    assert (columns.get(qn("w:num")), int(columns.get(qn("w:space")))) == ("3", Mm(4).twips)


def test_a_report_without_an_annex_is_one_section():
    body = finished(paragraph("BodyText", "文"))
    assert [part.tag for part in body.iter(qn("w:sectPr"))] == [qn("w:sectPr")]
    assert body.find(f".//{qn('w:cols')}") is None
