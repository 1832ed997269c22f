"""The cells of a table by row and column."""

import re
from itertools import product

from lxml.etree import XPath
from lxml.html import HtmlElement

_MOST = 1000  # columns that a cell may span, as in browsers
_spans = XPath(".//@colspan | .//@rowspan")


def grid(table: HtmlElement) -> list[list[HtmlElement | None]]:
    """A table's cells by row and column.

    A cell over several rows or columns, as pandas prints an index of several levels, stands in each of
    them; None where a row has none.
    """
    rows, taken = [list(row.iterchildren("td", "th")) for row in table.iter("tr")], {}
    if len(set(map(len, rows))) == 1 and not _spans(table):
        return rows
    for top, row in enumerate(rows):
        left = 0
        for cell in row:
            while (top, left) in taken:
                left += 1
            height, width = _span(cell, "rowspan"), min(_span(cell, "colspan"), _MOST)
            for place in product(range(top, min(top + height, len(rows))), range(left, left + width)):
                taken[place] = cell
    width = 1 + max((left for _, left in taken), default=-1)
    return [[taken.get((top, left)) for left in range(width)] for top in range(len(rows))]


def _span(cell: HtmlElement, side: str) -> int:
    given = cell.get(side)
    return max(int(given), 1) if given and re.fullmatch(r"\d+", given, re.ASCII) else 1
