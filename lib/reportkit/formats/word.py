"""Word: pandoc, with a reference document in the layout of official documents (GB/T 9704-2012).

A4 with an area of 156 × 225 mm; title 小标宋 22 pt; body 仿宋 16 pt, 22 lines a page, the first line of a
paragraph indented by two characters; headings 一、 黑体, （一） 楷体, 1. and （1） 仿宋; page numbers at the
foot. Word takes these fonts from the reader's machine, and another Chinese one where that has not got them.
"""

import io
import tempfile
import zipfile
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Length, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from lxml import etree

from reportkit.formats.page import Page
from reportkit.formats.pandoc import pandoc
from reportkit.formats.paper import table_style
from reportkit.formats.statuses import STATUS
from reportkit.formats.widths import AREA_MM, BODY, SIZES, SMALL
from reportkit.language import of_data

_A4_MM, _TOP_MM, _LEFT_MM = (210, 297), 37, 28
_LINE = Length(Mm(AREA_MM[1]) // 22)
_LATIN, _TITLE, _HEI, _KAI, _FANG = "Times New Roman", "方正小标宋简体", "黑体", "楷体", "仿宋"
_EPOCH = (2000, 1, 1, 0, 0, 0)  # the same page is the same file
_CONTENT = "word/document.xml"


def options(page: Page, folder: Path) -> dict[str, Any]:
    """What to ask pandoc for; its reference document is put into a folder."""
    reference = folder / "reference.docx"
    reference.write_bytes(_reference(of_data() == "zh"))
    return {"reference_doc": str(reference), "table_of_contents": True, "toc_depth": 2}


def finished(made: bytes) -> bytes:
    """What pandoc made, and what it leaves to Word: the lines of the contents, and the letters of tables.

    Word adds the numbers of pages when it opens the file.
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == _CONTENT:
                root = etree.fromstring(content)
                _letters(root)
                _contents(root)
                content = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
            kind = zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED
            target.writestr(zipfile.ZipInfo(name, _EPOCH), content, kind)
    return stream.getvalue()


def _letters(root: etree._Element) -> None:
    """Every paragraph of a table in the style that is called as the table's."""
    for table in root.iter(qn("w:tbl")):
        style = table.find(f"{qn('w:tblPr')}/{qn('w:tblStyle')}")
        if style is not None:
            for paragraph in table.iter(qn("w:pStyle")):
                paragraph.set(qn("w:val"), _identifier(style.get(qn("w:val"))))


def _contents(root: etree._Element) -> None:
    """Fill in the table of contents."""
    block = root.find(f".//{qn('w:sdt')}")
    inside = block.find(qn("w:sdtContent"))
    field = inside.findall(qn("w:p"))[-1]
    end = field.findall(f".//{qn('w:fldChar')}")[-1]
    lines, name = [], ""
    for element in block.getparent():
        if element.tag == qn("w:bookmarkStart"):
            name = element.get(qn("w:name"))
        style = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        level = style.get(qn("w:val")).removeprefix("Heading") if style is not None else ""
        if level in ("1", "2"):
            text = "".join(part.text or "" for part in element.iter(qn("w:t")))
            lines.append((level, text, name))
    for level, text, name in lines:
        inside.append(_entry(level, text, name))
    closing = parse_xml(f"<w:p {nsdecls('w')}><w:r/></w:p>")
    closing[0].append(end)
    inside.append(closing)


def _entry(level: str, text: str, name: str) -> BaseOxmlElement:
    return parse_xml(
        f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="TOC{level}"/></w:pPr>'
        f'<w:hyperlink w:anchor="{escape(name)}"><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
        "</w:hyperlink></w:p>"
    )


@cache
def _reference(zh: bool) -> bytes:
    """pandoc's own reference document in our layout."""
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "reference.docx"
        pandoc([f"--output={file}", "--print-default-data-file=reference.docx"], "", Path(scratch))
        document = docx.Document(file)
    _page(document)
    indent = 2 * Pt(BODY) if zh else 0
    centred, left = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT
    _style(document, "Normal", _FANG, BODY)
    for name in ("Body Text", "First Paragraph"):
        _style(document, name, _FANG, BODY, indent, WD_ALIGN_PARAGRAPH.JUSTIFY, _LINE)
    _style(document, "Compact", _FANG, BODY, 0, left, _LINE)
    _style(document, "Title", _TITLE, 22, 0, centred, space=_LINE.pt)
    _style(document, "Heading 1", _HEI, BODY, indent, left, _LINE, keep=True)
    _style(document, "Heading 2", _KAI, BODY, indent, left, _LINE, keep=True)
    for level in (3, 4, 5):
        _style(document, f"Heading {level}", _FANG, BODY, indent, left, _LINE, keep=True)
    _style(document, "TOC Heading", _HEI, BODY, 0, centred, _LINE)
    for level in (1, 2):
        style = _style(document, f"toc {level}", _FANG, 12, 0, left)
        style.paragraph_format.left_indent = (level - 1) * 2 * Pt(12)
        style.element.set(qn("w:styleId"), f"TOC{level}")
    _style(document, "Subtitle", _FANG, SMALL, 0, centred)
    _style(document, "Chart", _FANG, SMALL, 0, centred, keep=False)
    _style(document, "Table Caption", _HEI, SMALL, 0, centred, space=6, keep=True)
    _style(document, "Source Note", _FANG, SMALL, 0, left)
    for size in SIZES:
        _style(document, _identifier(table_style(size)), _FANG, size, 0, None)
        _table_style(document, table_style(size))
    for status, (_, colour) in STATUS.items():
        style = document.styles.add_style(f"Status {status}", WD_STYLE_TYPE.CHARACTER)
        style.font.color.rgb, style.font.bold = RGBColor.from_string(colour[1:]), True
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _page(document: Document) -> None:
    """A4, its area, and the number of the page between dashes."""
    section = document.sections[0]
    section.page_width, section.page_height = map(Mm, _A4_MM)
    section.top_margin, section.left_margin = Mm(_TOP_MM), Mm(_LEFT_MM)
    section.right_margin = Mm(_A4_MM[0] - _LEFT_MM - AREA_MM[0])
    section.bottom_margin = Mm(_A4_MM[1] - _TOP_MM - AREA_MM[1])
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot.add_run("— ").font.size = Pt(14)
    number = foot.add_run()
    number.font.size = Pt(14)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        part.text = text or None
        number._r.append(part)
    foot.add_run(" —").font.size = Pt(14)


def _style(
    document: Document,
    name: str,
    font: str,
    size: float,
    indent: int = 0,
    alignment: WD_ALIGN_PARAGRAPH | None = None,
    line: Length | None = None,
    *,
    space: float = 0,
    keep: bool | None = None,
) -> ParagraphStyle:
    """Set a paragraph style, made if missing: its fonts by name, for Chinese and for Latin letters."""
    styles = document.styles
    existing = name in [style.name for style in styles]
    style = styles[name] if existing else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.font.name, style.font.size = _LATIN, Pt(size)
    style.font.bold = style.font.italic = False
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.rPr.rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), font)
    fonts.set(qn("w:cs"), _LATIN)
    form = style.paragraph_format
    form.first_line_indent, form.alignment = indent, alignment
    form.space_before = form.space_after = Pt(space)
    form.keep_with_next = keep
    if line:
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, line
    else:
        form.line_spacing = 1.0
    return style


def _identifier(table: str) -> str:
    """Name of the paragraph style of a table's letters."""
    return f"Letters{table}"


def _table_style(document: Document, name: str) -> None:
    """Lines above, below, and between the rows; nothing upright."""
    style = document.styles.add_style(name, WD_STYLE_TYPE.TABLE)
    edges = {"top": 8, "bottom": 8, "insideH": 2}
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="{width}" w:color="808080"/>' for side, width in edges.items()
    )
    margins = "".join(f'<w:{side} w:w="85" w:type="dxa"/>' for side in ("left", "right"))
    parts = f"<w:tblBorders>{lines}</w:tblBorders><w:tblCellMar>{margins}</w:tblCellMar>"
    style.element.append(parse_xml(f"<w:tblPr {nsdecls('w')}>{parts}</w:tblPr>"))
