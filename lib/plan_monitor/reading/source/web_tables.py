"""Tables of web pages as grids."""

import re
from collections.abc import Callable, Iterator

from lxml import html

from plan_monitor.reading.source.blocks import Grid, Spanned, spread, superscript

_BLANKS = re.compile(r"\s+")
_MOST = 1000  # rows or columns that a cell can span


def rows_of(table: html.HtmlElement) -> Iterator[list[html.HtmlElement]]:
    """The cells of each row, also of rows in groups; hidden rows are left out."""
    for child in table:
        if child.tag == "tr" and "display:none" not in child.get("style", "").replace(" ", ""):
            yield [cell for cell in child if cell.tag in ("td", "th")]
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from rows_of(child)


def is_layout(table: html.HtmlElement) -> bool:
    """Whether a table only serves the layout of a page.

    It does where one of its cells holds a heading, or a table that is most of it.
    """
    if table.get("role") in ("presentation", "none") or next(table.iter("h1", "h2", "h3"), None) is not None:
        return True
    inner = list(table.iter("table"))[1:]
    length = len(table.text_content())
    return any(2 * len(part.text_content()) > length for part in inner)


class Reader:
    """Reads a table's cells; ``inner`` are the tables in them, which follow it on their own."""

    def __init__(self, is_left_out: Callable[[html.HtmlElement], bool]) -> None:
        self.is_left_out = is_left_out
        self.inner: list[html.HtmlElement] = []

    def grid(self, table: html.HtmlElement) -> Grid:
        rows = []
        for cells in rows_of(table):
            row = []
            for cell in cells:
                if self.is_left_out(cell):
                    continue
                text = _joined(self._text(cell))
                row.append(Spanned(text, _span(cell, "rowspan"), _span(cell, "colspan") or 1))
            rows.append(row)
        return spread(rows)

    def _text(self, element: html.HtmlElement) -> Iterator[str]:
        yield element.text or ""
        for child in element:
            if child.tag == "table":
                self.inner.append(child)
            elif child.tag in ("br", "p", "div", "li"):
                yield "\n"
                if not self.is_left_out(child):
                    yield from self._text(child)
                yield "\n"
            elif child.tag == "sup":
                yield superscript(child.text_content().strip())
            elif not self.is_left_out(child):
                yield from self._text(child)
            yield child.tail or ""


def _joined(parts: Iterator[str]) -> str:
    return _BLANKS.sub(" ", "".join(parts)).strip()


def _span(cell: html.HtmlElement, name: str) -> int:
    """How many rows or columns a cell spans; 0 for all that are left."""
    value = cell.get(name, "1").strip()
    return min(int(value), _MOST) if value.isascii() and value.isdigit() else 1
