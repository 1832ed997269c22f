"""Word: pandoc, with a reference document in the layout of official documents (GB/T 9704-2012).

A4 with an area of 156 × 225 mm; title 小标宋 22 pt; body 仿宋 16 pt, 22 lines a page, the first line of a
paragraph indented by two characters; headings 一、 黑体, （一） 楷体, 1. and （1） 仿宋; page numbers at the
foot. Word takes these fonts from the reader's machine, or another Chinese one.
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
from reportkit.formats.jinja import STATUS
from reportkit.formats.pandoc import pandoc
from reportkit.formats.paper import AREA_MM, BODY, SIZES, SMALL, table_style
from reportkit.language import of_data

_A4_MM, _TOP_MM, _LEFT_MM = (210, 297), 37, 28
_LINE = Length(Mm(AREA_MM[1]) // 22)
_LATIN, _TITLE, _HEI, _KAI, _FANG = "Times New Roman", "方正小标宋简体", "黑体", "楷体", "仿宋"
_PLAIN = {"first_line_indent": 0, "alignment": None, "keep_with_next": None, "line_spacing": 1.0}
_CLOSE = {"space_before": Pt(0), "space_after": Pt(0)}  # both of a paragraph, unless it is told otherwise
_ANNEX = "Annexlead"  # style of the first paragraph of the annex, as pandoc refers to it
_EPOCH = (2000, 1, 1, 0, 0, 0)  # the same page is the same file


def options(folder: Path) -> dict[str, Any]:
    """What to ask pandoc for; its reference document is put into a folder."""
    reference = folder / "reference.docx"
    reference.write_bytes(_reference(of_data() == "zh"))
    return {"reference_doc": str(reference), "table_of_contents": True, "toc_depth": 2}


def finished(made: bytes) -> bytes:
    """What pandoc made, with contents filled in, and letters in tables; Word adds the numbers of pages."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                root = etree.fromstring(content)
                _letters(root)
                _columns(root)
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
                paragraph.set(qn("w:val"), f"Letters{style.get(qn('w:val'))}")


def _columns(root: etree._Element) -> None:
    """The annex in a section of its own, of several columns, its heading in the first of them.

    A heading stays with what follows it in its own section only.
    """
    lead = next((style for style in root.iter(qn("w:pStyle")) if style.get(qn("w:val")) == _ANNEX), None)
    if lead is None:
        return
    heading = lead.getparent().getparent().getprevious()
    last = root.find(f"{qn('w:body')}/{qn('w:sectPr')}")
    end = parse_xml(f'<w:p {nsdecls("w")}><w:pPr><w:spacing w:line="20" w:lineRule="exact"/></w:pPr></w:p>')
    end.find(qn("w:pPr")).append(deepcopy(last))
    heading.addprevious(end)
    size = last.find(qn("w:pgSz"))
    size.addprevious(parse_xml(f'<w:type {nsdecls("w")} w:val="continuous"/>'))
    columns = f'<w:cols {nsdecls("w")} w:num="{COLUMNS}" w:space="{Mm(GUTTER_MM).twips}"/>'
    last.find(qn("w:pgMar")).addnext(parse_xml(columns))


def _contents(root: etree._Element) -> None:
    """Fill in the table of contents."""
    block = root.find(f".//{qn('w:sdt')}")
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
def _reference(zh: bool) -> bytes:
    """pandoc's own reference document in our layout."""
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "reference.docx"
        pandoc([f"--output={file}", "--print-default-data-file=reference.docx"], "", Path(scratch))
        document = docx.Document(file)
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
    apart = {"space_before": Pt(6), "space_after": Pt(6), "keep_with_next": True}
    _style(document, "Table Caption", _HEI, SMALL, **centred, **apart)
    hanging = {**left, "left_indent": Pt(NOTE), "first_line_indent": -Pt(NOTE)}
    _style(document, "Annex lead", _FANG, NOTE, **left)
    _style(document, "Annex document", _HEI, NOTE, **left, space_before=Pt(NOTE / 2), keep_with_next=True)
    _style(document, "Annex usual", _KAI, NOTE, **left)
    _style(document, "Annex part", _KAI, NOTE, **left, keep_with_next=True)
    _style(document, "Annex notes", _FANG, NOTE, **hanging)
    _style(document, "Source Code", _FANG, SMALL, **left)
    for size in SIZES:
        _style(document, f"Letters{table_style(size)}", _FANG, size)
        _table_style(document, table_style(size))
    for status, (_, colour) in STATUS.items():
        style = document.styles.add_style(f"Status {status}", WD_STYLE_TYPE.CHARACTER)
        style.font.color.rgb, style.font.bold = RGBColor.from_string(colour[1:]), True
    mark = document.styles.add_style(marks.STYLE, WD_STYLE_TYPE.CHARACTER)
    mark.font.color.rgb, mark.font.size = RGBColor.from_string("1D5A8C"), Pt(7)
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
    for text in ("— ", "", " —"):
        foot.add_run(text).font.size = Pt(14)
    begin, end = (f'<w:fldChar w:fldCharType="{kind}"/>' for kind in ("begin", "end"))
    number = parse_xml(f"<w:r {nsdecls('w')}>{begin}<w:instrText>PAGE</w:instrText>{end}</w:r>")
    foot.runs[1]._r.extend(list(number))


def _style(document: Document, name: str, font: str, size: float, **form: Any) -> ParagraphStyle:
    """Set a paragraph style, made if missing: its fonts by name, for Chinese and Latin letters, and its
    form."""
    styles = document.styles
    style = styles[name] if name in styles else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.font.name, style.font.size = _LATIN, Pt(size)
    style.font.bold = style.font.italic = False
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
    """Lines above, below, and between the rows; nothing upright."""
    style = document.styles.add_style(name, WD_STYLE_TYPE.TABLE)
    edge = '<w:{} w:val="single" w:sz="{}" w:color="808080"/>'
    lines = "".join(edge.format(*line) for line in (("top", 8), ("bottom", 8), ("insideH", 2)))
    margins = "".join(f'<w:{side} w:w="85" w:type="dxa"/>' for side in ("left", "right"))
    parts = f"<w:tblBorders>{lines}</w:tblBorders><w:tblCellMar>{margins}</w:tblCellMar>"
    style.element.append(parse_xml(f"<w:tblPr {nsdecls('w')}>{parts}</w:tblPr>"))
