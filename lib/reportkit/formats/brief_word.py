"""The first page of a report in Word: its paragraphs as HTML for pandoc, and their styles.

Word does the layout, with the fonts of the reader's machine. So lines have exact heights, and the size of
letters follows from a cautious estimate.
"""

import math
from collections.abc import Iterable, Iterator
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor
from docx.styles.style import BaseStyle, CharacterStyle
from lxml import etree
from lxml.html import HtmlElement, tostring
from lxml.html.builder import E

from reportkit.formats import marks
from reportkit.formats.columns import AREA_MM
from reportkit.formats.first import Chart, First, Line, Piece, Source, plain_text
from reportkit.formats.jinja import STATUS
from reportkit.formats.page import Page, kept_together
from reportkit.formats.paper import cover
from reportkit.language import tr
from reportkit.words import wide

SIZES = (12, 11.5, 11, 10.5, 10, 9.5, 9, 8.5, 8, 7.5, 7, 6.5, 6)  # of its letters in points
_POINT_MM = 25.4 / 72
_FACTS, _CHART = 0.4, 0.6  # of the width: the column of figures, and that of the chart
_EDGE_MM = 5  # of a column, beside what is in it
_LINE, _OPEN = 1.3, 1.5  # height of a line beside its letters; of one as high as its font has it
_SPARE = 0.94  # share of the page's height at which it counts as full
# size beside the letters of the page, and the space above and below it beside its own
_KINDS = {
    "issuer": (2.2, 0, 0.2),
    "number": (1, 0, 0.4),
    "title": (1.75, 0.3, 0.2),
    "document": (1.2, 0, 0),
    "cover": (0.8, 0, 0),
    "to": (1, 0.8, 0),
    "answer": (1.6, 0.6, 0.5),
    "label": (0.82, 0.2, 0),
    "fact": (1.35, 0, 0.25),
    "drawn": (0.95, 0.2, 0.1),
    "unit": (0.82, 0, 0.2),
    "next": (1.1, 0.9, 0.2),
    "step": (1, 0, 0.3),
    "limits": (0.86, 0.6, 0),
    "attached": (1, 0.6, 0),
    "signed": (1, 0.6, 0),
    "source": (0.72, 0.1, 0),
}
_HEAD = ("number", "answer", "fact", "drawn", "next")
_MIDDLE = ("issuer", "number", "title", "cover")
_RED = "C00000"
# lines above and below paragraphs: side, weight in eighths of a point, colour
_RULES = (("number", "bottom", 12, _RED), ("label", "top", 4, "A6A6A6"), ("source", "top", 4, "808080"))
_HANGING = 1.4  # of a step, behind its number
_WORD = 0.82  # size of the word of a state
BRIEF = "Brief"  # all styles of a first page begin so; that of its table is called so
_MASTHEAD = ("Briefissuer", "Briefnumber")  # ids of styles


class Sheet:
    """A first page for Word: HTML for pandoc, and the size of its letters in points."""

    def __init__(
        self,
        page: Page,
        first_page: First,
        chart: Chart | None,
        sources: Iterable[Source] | None = None,
        enclosure: str = "",
    ):
        """`sources` are printed at the foot of a page that is sent alone; in a report, where there are none,
        its figures link to the notes. `enclosure` is the line about what is sent with it."""
        self._first_page, self._chart, self._linked = first_page, chart, sources is None
        head = page.about["head"]
        self._above = [
            ("title", page.about["title"]),
            ("document", page.about["document"]),
            *(("cover", line) for line in cover(page)),
        ]
        colon, signed = tr("：", ":"), [head.get("issuer", ""), head.get("date", "")]
        self._parts: list[tuple[str, Line]] = [
            ("issuer", _plain(head.get("issuer", ""))),
            ("number", _plain(head.get("number", ""))),
            ("to", _plain(head["to"] + colon if head.get("to") else "")),
            ("answer", first_page.answer),
            ("facts", []),
            ("next", _plain(first_page.next)),
            *(("step", [Piece(f"{place}.\t"), *step]) for place, step in enumerate(first_page.steps, 1)),
            ("limits", first_page.limits),
            ("attached", _plain(enclosure)),
            *(("signed", _plain(line)) for line in signed),
            *(("source", _source_line(source)) for source in sources or ()),
        ]
        self.size = next((size for size in SIZES if self._height(size) <= _SPARE * AREA_MM[1]), SIZES[-1])

    def html(self) -> str:
        """The paragraphs; title and cover are left to the caller, issuer and number belong above them."""
        parts = [
            self._facts() if kind == "facts" else self._paragraph(kind, line)
            for kind, line in self._parts
            if line or kind == "facts"
        ]
        return "".join(tostring(part, encoding="unicode") for part in parts)

    def _paragraph(self, kind: str, line: Line) -> HtmlElement:
        paragraph = E.p(*(part for piece in line for part in self._piece(piece)))
        return E.div({"data-custom-style": f"{BRIEF} {kind}"}, paragraph)

    def _piece(self, piece: Piece) -> Iterable[str | HtmlElement]:
        yield kept_together(piece.text)
        if piece.numbers:
            yield "\u00a0"
            label = E.span({"data-custom-style": marks.STYLE}, f"[{', '.join(map(str, piece.numbers))}]")
            yield E.a(label, href=f"#n{piece.numbers[0]}") if self._linked else label

    def _facts(self) -> HtmlElement:
        """A table with the figures, and beside them the chart if there is one."""
        column = E.td()
        for fact in self._first_page.facts:
            sign, _ = STATUS.get(fact.state, ("", ""))
            style = f"{BRIEF} {fact.state if sign else 'word'}"
            state = [Piece(f"{sign} " if sign else ""), *fact.word] if fact.word else []
            column.append(self._paragraph("label", fact.label))
            column.append(self._paragraph("fact", fact.figure))
            if state:
                pieces = (part for piece in state for part in self._piece(piece))
                column[-1][0].append(E.span("\u2002", E.span({"data-custom-style": style}, *pieces)))
        cells, shares = [column], [_FACTS if self._chart else 1]
        if self._chart:
            cell = E.td(*(self._paragraph(kind, _plain(text)) for kind, text in self._titles()))
            width = f"{_CHART * AREA_MM[0] - _EDGE_MM:.1f}mm"
            picture = E.img({"width": width, "src": self._chart.pixels, "alt": self._chart.text})
            cell.append(E.div({"data-custom-style": "Chart"}, E.p(picture)))
            cells.append(cell)
            shares.append(_CHART)
        columns = E.colgroup(*(E.col(style=f"width:{100 * share:.0f}%") for share in shares))
        return E.table({"data-custom-style": BRIEF}, columns, E.tbody(E.tr(*cells)))

    def _height(self, size: float) -> float:
        """Estimated height of the page in mm with letters of a size."""
        others = [(kind, plain_text(line)) for kind, line in self._parts if kind != "facts"]
        total = sum(_lines(kind, text, size, AREA_MM[0]) for kind, text in [*self._above, *others] if text)
        width = (_FACTS if self._chart else 1) * AREA_MM[0] - _EDGE_MM
        facts = 0.0
        for fact in self._first_page.facts:
            # what stands behind the figure has smaller letters
            label, suffix = plain_text(fact.label), plain_text(fact.word) + "00[00]"
            characters = wide(plain_text(fact.figure)) + math.ceil(wide(suffix) * 0.65)
            facts += _lines("label", label, size, width) + _lines("fact", "0" * characters, size, width)
        width = _CHART * AREA_MM[0] - _EDGE_MM
        titles = sum(_lines(kind, text, size, width) for kind, text in self._titles())
        return total + max(facts, titles + width * self._chart.shape + 3 if self._chart else 0)

    def _titles(self) -> list[tuple[str, str]]:
        """Kinds and texts of the lines above the chart."""
        lines = [("drawn", self._chart.title), ("unit", self._chart.subtitle)] if self._chart else []
        return [(kind, text) for kind, text in lines if text]


def _plain(text: str) -> Line:
    return [Piece(text)] if text else []


def _source_line(source: Source) -> Line:
    places = "　".join(f"[{number}]\u00a0{place}" for number, place in source.places)
    return _plain("　".join(filter(None, [source.title, places])))


def _lines(kind: str, text: str, size: float, width: float) -> float:
    """Height of a paragraph in mm."""
    factor, above, below = _KINDS[kind]
    letters = factor * size * _POINT_MM
    count = math.ceil(wide(text) * letters / 2 / (width - letters))
    line = _OPEN if kind in ("cover", "document") else _LINE
    return letters * (count * line + above + below)


def paragraph_styles(size: float) -> Iterator[tuple[str, str, float, dict[str, Any]]]:
    """Styles of a first page's paragraphs, with letters of a size: name, kind of font, its size, form."""
    for kind, (factor, above, below) in _KINDS.items():
        name = {"title": "Title", "cover": "Subtitle"}.get(kind, f"{BRIEF} {kind}")
        points = _halves(factor * size)
        side = WD_ALIGN_PARAGRAPH.LEFT
        if kind in _MIDDLE:
            side = WD_ALIGN_PARAGRAPH.CENTER
        elif kind == "signed":
            side = WD_ALIGN_PARAGRAPH.RIGHT
        font = "title" if kind in ("issuer", "title") else "head" if kind in _HEAD else "body"
        form = {"space_before": Pt(above * points), "space_after": Pt(below * points), "alignment": side}
        # the cover has lines of two sizes
        form |= {"line_spacing": 1.0 if kind == "cover" else Pt(_LINE * points)}
        if kind == "step":
            form |= {"left_indent": Pt(_HANGING * points), "first_line_indent": -Pt(_HANGING * points)}
        yield name, font, points, form


def letter_style(style: BaseStyle) -> CharacterStyle:
    """A style of paragraphs or characters as such: python-docx gives them out as any style."""
    assert isinstance(style, CharacterStyle)
    return style


def add_styles(document: Document, size: float) -> None:
    """Add the other styles of a first page: its red head, the table of figures, the words for states."""
    letter_style(document.styles[f"{BRIEF} issuer"]).font.color.rgb = RGBColor.from_string(_RED)
    for kind, side, weight, colour in _RULES:
        line = f'<w:{side} w:val="single" w:sz="{weight}" w:space="3" w:color="{colour}"/>'
        form = document.styles[f"{BRIEF} {kind}"].element.pPr
        form.find(qn("w:spacing")).addprevious(parse_xml(f"<w:pBdr {nsdecls('w')}>{line}</w:pBdr>"))
    spacing = document.styles["Subtitle"].element.rPr.find(qn("w:spacing"))  # of its letters, in pandoc's own
    if spacing is not None:
        spacing.getparent().remove(spacing)
    edges = "".join(f'<w:{side} w:w="60" w:type="dxa"/>' for side in ("left", "right"))
    table = document.styles.add_style(BRIEF, WD_STYLE_TYPE.TABLE)
    table.element.append(parse_xml(f"<w:tblPr {nsdecls('w')}><w:tblCellMar>{edges}</w:tblCellMar></w:tblPr>"))
    letter_style(document.styles["Subject"]).font.size = Pt(_halves(_KINDS["document"][0] * size))
    for state, (_, colour) in {**STATUS, "word": ("", "#4D4D4D")}.items():
        style = letter_style(document.styles.add_style(f"{BRIEF} {state}", WD_STYLE_TYPE.CHARACTER))
        style.font.color.rgb, style.font.size = RGBColor.from_string(colour[1:]), Pt(_halves(_WORD * size))


def arrange(root: etree._Element) -> None:
    """Move the head of the first page of a Word document above the title, and what follows to a new page."""
    body = root.find(qn("w:body"))
    parts = [part for part in body if _style(part).startswith(BRIEF)]
    for place, part in enumerate(part for part in parts if _style(part) in _MASTHEAD):
        body.insert(place, part)
    contents = root.find(f".//{qn('w:sdt')}")
    if parts and contents is not None:
        parts[-1].addnext(contents)
    following = next(parts[-1].itersiblings(), None) if parts else None
    if following is not None and (paragraph := next(following.iter(qn("w:p")), None)) is not None:
        if paragraph.find(qn("w:pPr")) is None:
            paragraph.insert(0, parse_xml(f"<w:pPr {nsdecls('w')}/>"))
        form = paragraph.find(qn("w:pPr"))
        form.insert(int(form.find(qn("w:pStyle")) is not None), OxmlElement("w:pageBreakBefore"))


def _style(part: etree._Element) -> str:
    """Id of the style of a paragraph or a table."""
    paths = (f"{qn('w:pPr')}/{qn('w:pStyle')}", f"{qn('w:tblPr')}/{qn('w:tblStyle')}")
    return next((element.get(qn("w:val")) for path in paths if (element := part.find(path)) is not None), "")


def _halves(points: float) -> float:
    """A size rounded to half points, as Word needs it."""
    return round(2 * points) / 2
