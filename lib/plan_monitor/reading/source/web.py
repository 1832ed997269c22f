"""Web pages as paragraphs and grids, without navigation."""

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree, html

from plan_monitor.reading.source import plain, refusal
from plan_monitor.reading.source.blocks import Block, Paragraph, superscript
from plan_monitor.reading.source.web_tables import Reader, is_layout, rows_of

_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]+)""", re.I)
_LEFT_OUT = frozenset(
    [
        "script",
        "style",
        "template",
        "head",
        "noscript",
        "nav",
        "footer",
        "aside",
        "form",
        "select",
        "button",
        "input",
        "textarea",
        "svg",
        "iframe",
        "object",
        "embed",
        "audio",
        "video",
        "canvas",
        "del",
        "dialog",
        "menu",
        "datalist",
        "map",
        "rt",
        "rp",
    ]
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "ul",
        "table",
        "caption",
        "tr",
        "td",
        "th",
        "tbody",
        "thead",
        "tfoot",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
    ]
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_ROLES = frozenset(("navigation", "banner", "contentinfo", "search", "complementary", "menu", "dialog"))
_SERVING = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|crumbs?|sidebar|footer|copyright|share|pagination|pager"
    r"|toolbar|related)(?:$|[\s_-])",
    re.I,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_LINKS = 4  # links of which nothing but links is navigation
_LINKED = 0.9  # share of a part's text


def blocks(path: Path) -> Iterator[Block]:
    """Paragraphs and tables of a web page, in any of its encodings.

    Raises
    ------
    Unreadable
        Where its elements lie too deep in each other to be read.
    """
    return blocks_of(_decoded(path))


def blocks_of(page: str) -> Iterator[Block]:
    """Paragraphs and tables of a page."""
    if not page.strip():
        return iter(())
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:
        return iter(())
    if any("depth" in entry.message for entry in parser.error_log):
        raise refusal.damaged("html")
    return _Page().read(_content(root))


def _decoded(path: Path) -> str:
    """The text of a page: decoded by its mark, else by its declaration, else by its content."""
    raw = path.read_bytes()
    declaration = _DECLARED.search(raw[:4000])
    if declaration and not raw.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE)):
        name = declaration[1].decode().lower()
        try:
            return raw.decode("gb18030" if name.startswith("gb") else name)
        except (LookupError, UnicodeDecodeError):
            pass  # the declaration is wrong
    return plain.text(path)


def _content(root: html.HtmlElement) -> html.HtmlElement:
    """The element with the page's content, where the page marks it; else the whole page."""
    for tag in ("main", "article"):
        elements = list(root.iter(tag))
        if len(elements) == 1 and len(elements[0].text_content().strip()) > 200:
            return elements[0]
    return root


class _Page:
    """Reads a page; `pieces` are those of the paragraph that is not yet complete."""

    def __init__(self) -> None:
        self.pieces: list[str] = []

    def read(self, element: html.HtmlElement) -> Iterator[Block]:
        yield from self._blocks_inside(element)
        yield from self._end_paragraph()

    def _end_paragraph(self, level: int | None = None) -> Iterator[Block]:
        text = "".join(self.pieces).strip(" \n")
        self.pieces = []
        if text.strip():
            yield Paragraph(text, level, unbroken=bool(level))

    def _add(self, text: str | None, preformatted: bool) -> None:
        if text:
            self.pieces.append(text if preformatted else _BLANKS.sub(" ", text))

    def _blocks_inside(self, element: html.HtmlElement, preformatted: bool = False) -> Iterator[Block]:
        """Blocks of an element's content; in a preformatted one line breaks are part of it."""
        self._add(element.text, preformatted)
        number = _first_number(element)
        for child in element:
            tag = child.tag if isinstance(child.tag, str) else ""
            if tag and not is_left_out(child):
                if tag == "li" and number is not None:
                    yield from self._end_paragraph()
                    number = int(child.get("value", number)) if child.get("value", "").isdigit() else number
                    self.pieces.append(f"{number}. ")
                    number += 1
                yield from self._child(child, tag, preformatted)
            self._add(child.tail, preformatted)

    def _child(self, child: html.HtmlElement, tag: str, preformatted: bool) -> Iterator[Block]:
        if tag == "br":
            self.pieces.append("\n")
        elif tag == "sup":
            self.pieces.append(superscript(child.text_content().strip()))
        elif tag == "table":
            yield from self._end_paragraph()
            yield from self._table(child)
        elif tag in _HEADINGS:
            yield from self._end_paragraph()
            yield from self._blocks_inside(child)
            yield from self._end_paragraph(_HEADINGS[tag])
        elif tag in _BLOCKS:
            if tag != "li":
                yield from self._end_paragraph()
            yield from self._blocks_inside(child, preformatted or tag == "pre")
            yield from self._end_paragraph()
        else:
            yield from self._blocks_inside(child, preformatted)

    def _table(self, table: html.HtmlElement) -> Iterator[Block]:
        if is_layout(table):
            for row in rows_of(table):
                for cell in row:
                    yield from _Page().read(cell)
            return
        for caption in table.iterchildren("caption"):
            yield from _Page().read(caption)
        reader = Reader(is_left_out)
        yield reader.grid(table)
        for inner in reader.inner:
            yield from self._table(inner)


def _first_number(element: html.HtmlElement) -> int | None:
    """The number of a numbered list's first item."""
    if element.tag != "ol":
        return None
    start = element.get("start", "1")
    return int(start) if start.lstrip("-").isdigit() and element.get("type", "1") == "1" else None


def is_left_out(element: html.HtmlElement) -> bool:
    """Whether a reader does not see an element, or it only serves navigation."""
    if not isinstance(element.tag, str) or element.tag in _LEFT_OUT:
        return True
    if (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or element.get("role") in _ROLES
    ):
        return True
    if _HIDDEN.search(element.get("style", "")):
        return True
    if element.tag in ("div", "ul", "section", "header"):
        if _SERVING.search(f"{element.get('class', '')} {element.get('id', '')}"):
            return True
        return _all_links(element)
    return False


def _all_links(element: html.HtmlElement) -> bool:
    links = element.findall(".//a")
    if len(links) < _LINKS:
        return False
    text = len("".join(element.text_content().split()))
    linked = sum(len("".join(link.text_content().split())) for link in links)
    return text > 0 and linked >= _LINKED * text
