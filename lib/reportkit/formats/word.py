"""Word: pandoc, with a reference document in the layout of official documents (GB/T 9704-2012).

A4 with an area of 156 × 225 mm; title 小标宋 22 pt; body 仿宋 16 pt, 22 lines a page, the first line of a
paragraph indented by two characters; headings 一、 黑体, （一） 楷体, 1. and （1） 仿宋; page numbers at the
foot, outside. Word takes these fonts from the reader's machine, or another Chinese one. All formatting is in
styles, so that an office can change it in one place.
"""

import io
import tempfile
import zipfile
from copy import deepcopy
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from lxml import etree

from reportkit.formats import marks
from reportkit.formats.annex import COLUMNS, GUTTER_MM, NOTE
from reportkit.formats.brief_word import BRIEF, add_styles, arrange, letter_style, paragraph_styles
from reportkit.formats.columns import AREA_MM, SIZES, SMALL
from reportkit.formats.jinja import STATUS
from reportkit.formats.pandoc import pandoc
from reportkit.formats.paper import BODY, table_style
from reportkit.language import of_data

_A4_MM, _TOP_MM, _LEFT_MM = (210, 297), 37, 28
_LINE = Length(Mm(AREA_MM[1]) // 22)
_LATIN, _TITLE, _HEI, _KAI, _FANG = "Times New Roman", "方正小标宋简体", "黑体", "楷体", "仿宋"
_PLAIN = {"first_line_indent": 0, "alignment": None, "keep_with_next": None, "line_spacing": 1.0}
_CLOSE = {"space_before": Pt(0), "space_after": Pt(0)}  # default of a paragraph
_ANNEX = "Annexlead"  # style of the first paragraph of the annex, as pandoc refers to it
_NUMBER, _END = "NoteNumber", "Annexend"  # of a note's number in the annex, of the paragraph before the annex
_WORDS = ("Strong", "Emphasis", "Footer", "toc 1", "toc 2")  # styles that Word has by these names
_LETTERS = ("Strong", "Emphasis", "Note Number", marks.STYLE)
_FOOT = 14  # size of the number of a page in points, 4号
# what every style of tables begins with; pandoc only names it
_TABLE = f"""<w:style {nsdecls("w")} w:type="table" w:default="1" w:styleId="TableNormal">
<w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>"""
_EPOCH = (2000, 1, 1, 0, 0, 0)  # the same page is the same file


def options(folder: Path, contents: bool, size: float | None = None) -> dict[str, Any]:
    """Options for pandoc; its reference document is written to a folder.

    `contents`: whether the report has a table of contents; `size`: of the letters of its first page in
    points, if it has one.
    """
    reference = folder / "reference.docx"
    reference.write_bytes(_reference(of_data() == "zh", size))
    return {"reference_doc": str(reference), "table_of_contents": contents, "toc_depth": 2}


def finished(document: bytes) -> bytes:
    """pandoc's document with styles in tables and the table of contents filled in; Word adds page numbers."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                root = etree.fromstring(content)
                _letters(root)
                _bold(root)
                _columns(root)
                _contents(root)
                arrange(root)
                content = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
            kind = zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED
            target.writestr(zipfile.ZipInfo(name, _EPOCH), content, kind)
    return stream.getvalue()


def _letters(root: etree._Element) -> None:
    """Give paragraphs of a table the style of its letters or figures; no row is split between pages."""
    for row in root.iter(qn("w:tr")):
        form = row.find(qn("w:trPr"))
        if form is None:
            form = parse_xml(f"<w:trPr {nsdecls('w')}/>")
            row.insert(0, form)
        form.insert(0, parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
    for table in root.iter(qn("w:tbl")):
        style = table.find(f"{qn('w:tblPr')}/{qn('w:tblStyle')}")
        if style is not None and style.get(qn("w:val")) != BRIEF:
            for paragraph in table.iter(qn("w:pPr")):
                side = paragraph.find(qn("w:jc"))
                kind = "Figures" if side is not None and side.get(qn("w:val")) == "right" else "Letters"
                style_reference = paragraph.find(qn("w:pStyle"))
                if style_reference is None:  # of an empty cell
                    style_reference = parse_xml(f"<w:pStyle {nsdecls('w')}/>")
                    paragraph.insert(0, style_reference)
                style_reference.set(qn("w:val"), f"{kind}{style.get(qn('w:val'))}")
                if side is not None:
                    paragraph.remove(side)


def _bold(root: etree._Element) -> None:
    """Replace pandoc's direct formatting of bold, italics and numbers of notes by styles."""
    for letter, name in (("b", "Strong"), ("i", "Emphasis")):
        for form in list(root.iter(qn(f"w:{letter}"))):
            properties = form.getparent()
            style = properties.find(qn("w:rStyle"))
            if style is None:
                style = parse_xml(f'<w:rStyle {nsdecls("w")} w:val="{name}"/>')
                properties.insert(0, style)
            elif style.get(qn("w:val")) == "Hyperlink":
                style.set(qn("w:val"), _NUMBER)
            properties.remove(form)  # a run with a style of its own, such as a mark, keeps that
            for complex_script in properties.findall(qn(f"w:{letter}Cs")):
                properties.remove(complex_script)


def _columns(root: etree._Element) -> None:
    """Put the annex into a section of its own with several columns, its heading in the first of them.

    Word keeps a heading with the following text only within one section.
    """
    lead = next((style for style in root.iter(qn("w:pStyle")) if style.get(qn("w:val")) == _ANNEX), None)
    if lead is None:
        return
    heading = lead.getparent().getparent().getprevious()
    last = root.find(f"{qn('w:body')}/{qn('w:sectPr')}")
    end = parse_xml(f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="{_END}"/></w:pPr></w:p>')
    end.find(qn("w:pPr")).append(deepcopy(last))
    heading.addprevious(end)
    size = last.find(qn("w:pgSz"))
    size.addprevious(parse_xml(f'<w:type {nsdecls("w")} w:val="continuous"/>'))
    columns = f'<w:cols {nsdecls("w")} w:num="{COLUMNS}" w:space="{Mm(GUTTER_MM).twips}"/>'
    last.find(qn("w:pgMar")).addnext(parse_xml(columns))


def _contents(root: etree._Element) -> None:
    """Fill in the table of contents, if there is one."""
    block = root.find(f".//{qn('w:sdt')}")
    if block is None:
        return
    inside = block.find(qn("w:sdtContent"))
    field = inside.findall(qn("w:p"))[-1]
    end = field.findall(f".//{qn('w:fldChar')}")[-1]
    name, lines = "", []
    for element in block.getparent():
        if element.tag == qn("w:bookmarkStart"):
            name = element.get(qn("w:name"))
        style = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        level = style.get(qn("w:val")).removeprefix("Heading") if style is not None else ""
        if level in ("1", "2"):
            text = escape("".join(part.text or "" for part in element.iter(qn("w:t"))))
            run = f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'
            link = f'<w:hyperlink w:anchor="{escape(name)}">{run}</w:hyperlink>'
            style = f'<w:pPr><w:pStyle w:val="TOC{level}"/></w:pPr>'
            lines.append(parse_xml(f"<w:p {nsdecls('w')}>{style}{link}</w:p>"))
    inside.extend(lines)
    closing = parse_xml(f"<w:p {nsdecls('w')}><w:r/></w:p>")
    closing[0].append(end)
    inside.append(closing)


@cache
def _reference(zh: bool, first: float | None) -> bytes:
    """pandoc's reference document in our layout; `first` is the size of letters of a first page in points."""
    document = docx.Document(io.BytesIO(_base(zh)))
    if first:
        fonts = {"title": _TITLE, "head": _HEI, "body": _FANG}
        for name, font, size, form in paragraph_styles(first):
            _style(document, name, fonts[font], size, **form)
        add_styles(document, first)
    return _saved(document)


@cache
def _base(zh: bool) -> bytes:
    """The common base of all reference documents of a language."""
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "reference.docx"
        pandoc([f"--output={file}", "--print-default-data-file=reference.docx"], Path(scratch))
        document = docx.Document(str(file))
    document.styles.element.append(parse_xml(_TABLE))
    document.settings.element.find(qn("w:themeFontLang")).set(qn("w:eastAsia"), "zh-CN")
    _page(document)
    body = {"first_line_indent": 2 * Pt(BODY) if zh else 0, "line_spacing": _LINE}
    left, centred = {"alignment": WD_ALIGN_PARAGRAPH.LEFT}, {"alignment": WD_ALIGN_PARAGRAPH.CENTER}
    heading = {**body, **left, "keep_with_next": True}
    _style(document, "Normal", _FANG, BODY)
    for name in ("Body Text", "First Paragraph"):
        _style(document, name, _FANG, BODY, **body, alignment=WD_ALIGN_PARAGRAPH.JUSTIFY)
    _style(document, "Compact", _FANG, BODY, **left, line_spacing=_LINE)
    _style(document, "Title", _TITLE, 22, **centred, space_before=_LINE, space_after=_LINE)
    for level, font in enumerate((_HEI, _KAI, _FANG, _FANG, _FANG), start=1):
        _style(document, f"Heading {level}", font, BODY, **heading)
    _style(document, "TOC Heading", _HEI, BODY, **centred, line_spacing=_LINE)
    for level in (1, 2):
        style = _style(document, f"toc {level}", _FANG, 12, **left, left_indent=(level - 1) * 2 * Pt(12))
        style.element.set(qn("w:styleId"), f"TOC{level}")
    _style(document, "Subtitle", _FANG, SMALL, **centred)
    for name, font in (("Chart Title", _HEI), ("Chart Subtitle", _FANG)):
        _style(document, name, font, SMALL, **left, keep_with_next=True)
    _style(document, "Chart", _FANG, SMALL, **left, keep_with_next=False)
    spacing = {"space_before": Pt(6), "space_after": Pt(6), "keep_with_next": True}
    _style(document, "Table Caption", _HEI, SMALL, **centred, **spacing)
    hanging = {**left, "left_indent": Pt(NOTE), "first_line_indent": -Pt(NOTE)}
    _style(document, "Annex end", _FANG, NOTE, line_spacing=Pt(1))
    _style(document, "Annex lead", _FANG, NOTE, **left)
    _style(document, "Annex document", _HEI, NOTE, **left, space_before=Pt(NOTE / 2), keep_with_next=True)
    _style(document, "Annex usual", _KAI, NOTE, **left)
    _style(document, "Annex part", _KAI, NOTE, **left, keep_with_next=True)
    _style(document, "Annex notes", _FANG, NOTE, **hanging)
    _style(document, "Source Code", _FANG, SMALL, **left)
    for size in SIZES:
        _style(document, f"Letters{table_style(size)}", _FANG, size)
        _style(document, f"Figures{table_style(size)}", _FANG, size, alignment=WD_ALIGN_PARAGRAPH.RIGHT)
        _table_style(document, table_style(size))
    add = document.styles.add_style
    letters = {
        name: letter_style(add(name, WD_STYLE_TYPE.CHARACTER, name in _WORDS)).font for name in _LETTERS
    }
    letters["Strong"].bold = letters["Note Number"].bold = letters["Emphasis"].italic = True
    letters["Note Number"].color.rgb = letters[marks.STYLE].color.rgb = RGBColor.from_string("1D5A8C")
    letters[marks.STYLE].size = Pt(7)
    for status, (_, colour) in STATUS.items():
        style = letter_style(document.styles.add_style(f"Status {status}", WD_STYLE_TYPE.CHARACTER))
        style.font.color.rgb, style.font.bold = RGBColor.from_string(colour[1:]), True
    letter_style(document.styles.add_style("Subject", WD_STYLE_TYPE.CHARACTER)).font.size = Pt(BODY)
    return _saved(document)


def _saved(document: Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _page(document: Document) -> None:
    """Set A4, the text area, and the page number between dashes, 7 mm below the area, on the outer side."""
    section = document.sections[0]
    section.page_width, section.page_height = map(Mm, _A4_MM)
    section.top_margin, section.left_margin = Mm(_TOP_MM), Mm(_LEFT_MM)
    section.right_margin = Mm(_A4_MM[0] - _LEFT_MM - AREA_MM[0])
    section.bottom_margin = Mm(_A4_MM[1] - _TOP_MM - AREA_MM[1])
    bottom = section.bottom_margin  # as it was rounded
    assert bottom
    section.footer_distance = bottom - Mm(7) - Pt(_FOOT)
    document.settings.odd_and_even_pages_header_footer = True
    outside = {"left_indent": Pt(_FOOT), "right_indent": Pt(_FOOT)}  # a character from the edge
    _style(document, "Footer", _FANG, _FOOT, alignment=WD_ALIGN_PARAGRAPH.RIGHT, **outside)
    _style(document, "Footer Even", _FANG, _FOOT, alignment=WD_ALIGN_PARAGRAPH.LEFT, **outside)
    for footer, style in ((section.footer, "Footer"), (section.even_page_footer, "Footer Even")):
        foot = footer.paragraphs[0]
        foot.style = style
        field = f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        foot.add_run("— ")
        foot._p.append(parse_xml(field))
        foot.add_run(" —")


def _style(document: Document, name: str, font: str, size: float, **form: Any) -> ParagraphStyle:
    """Set a paragraph style, added if missing: its fonts for Chinese and Latin letters, and its format."""
    styles = document.styles
    if name not in styles:
        styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, name in _WORDS)
    style = styles[name]
    assert isinstance(style, ParagraphStyle)
    style.font.name, style.font.size = _LATIN, Pt(size)
    style.font.bold = font in (_TITLE, _HEI) and of_data() != "zh"  # Latin letters have no 黑体
    style.font.italic = False
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.rPr.rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), font)
    fonts.set(qn("w:cs"), _LATIN)
    for key, value in (_PLAIN | _CLOSE | form).items():
        setattr(style.paragraph_format, key, value)
    return style


def _table_style(document: Document, name: str) -> None:
    """Add a table style with lines above, below, and between the rows, and no vertical ones."""
    style = document.styles.add_style(name, WD_STYLE_TYPE.TABLE)
    edge = '<w:{} w:val="single" w:sz="{}" w:color="808080"/>'
    lines = "".join(edge.format(*line) for line in (("top", 8), ("bottom", 8), ("insideH", 2)))
    margins = "".join(f'<w:{side} w:w="85" w:type="dxa"/>' for side in ("left", "right"))
    parts = f"<w:tblBorders>{lines}</w:tblBorders><w:tblCellMar>{margins}</w:tblCellMar>"
    style.element.append(parse_xml(f"<w:tblPr {nsdecls('w')}>{parts}</w:tblPr>"))
