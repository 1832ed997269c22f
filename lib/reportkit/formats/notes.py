"""Source notes of a page: every figure of a table leads to the stored rows it was made of."""

from collections import Counter
from functools import cache
from typing import NamedTuple

import nbformat
from lxml.html import Element, HtmlElement

from reportkit.language import tr
from reportkit.source import Data
from reportkit.table import TABLE, unpack
from reportkit.words import NOTHING

_LISTED = 12  # rows that a computed figure's note names one by one; of more it names the documents
_SHORT = 40  # characters; a longer cell gets a mark at its end in place of a link around all of it
_HOVER = 3  # sources that show on hovering


class Note(NamedTuple):
    """One source note: its number, its text, and the numbers of the notes it was computed from."""

    number: int
    text: str
    made_of: list[int]


class Notes(list[Note]):
    """The notes of one page, numbered in the order of first use."""

    def __init__(self, data: Data | None):
        self._quote = cache(data.quote) if data else None
        self._cited: dict[tuple[str, ...], tuple[int, str]] = {}

    def rows(self) -> set[str]:
        """Ids of the stored rows that the notes lead to."""
        return {row for rows in self._cited for row in rows}

    def cite(self, ids: list[str]) -> tuple[int, str] | None:
        """Number of the note on a figure made of some rows, and what shows on hovering; None without any."""
        rows = tuple(row for row in dict.fromkeys(ids) if self._quote(row))
        if rows and rows not in self._cited:
            named = 1 < len(rows) <= _LISTED
            made_of = [self.cite([row])[0] for row in rows] if named else []
            self.append(Note(len(self) + 1, self._text(rows), made_of))
            self._cited[rows] = len(self), self._hover(rows)
        return self._cited.get(rows)

    def _text(self, rows: tuple[str, ...]) -> str:
        quotes = [self._quote(row) for row in rows]
        if len(quotes) == 1:
            return " · ".join(filter(None, [quotes[0].text, quotes[0].remark]))
        if len(quotes) <= _LISTED:
            return tr("计算自", "computed from")
        counts = Counter(quote.document for quote in quotes).items()
        documents = (tr(f"{title}（{count} 处）", f"{title} ({count})") for title, count in counts)
        message = tr(f"由 {len(rows)} 个数据行算出：", f"computed from {len(rows)} rows: ")
        return message + tr("；", "; ").join(documents)

    def _hover(self, rows: tuple[str, ...]) -> str:
        if len(rows) > _LISTED:
            return self._text(rows)
        lines = [self._quote(row).text for row in rows[:_HOVER]]
        if len(rows) > _HOVER:
            lines.append(tr(f"…… 共 {len(rows)} 处", f"… {len(rows)} in all"))
        return "\n".join(lines)


def mark(notebook: nbformat.NotebookNode) -> list[dict]:
    """Number the report tables of an executed notebook in place and return their data in this order."""
    tables = []
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if TABLE in data and "text/html" in data:
                marked = f'<table data-report-table="{len(tables)}"'
                data["text/html"] = data["text/html"].replace("<table", marked, 1)
                tables.append(data[TABLE])
    return tables


def taken(body: HtmlElement, tables: list[dict]) -> list[dict | None]:
    """Data of each table of a page, by the number that it was marked with; None for a foreign one."""
    numbers = [table.attrib.pop("data-report-table", None) for table in body.iter("table")]
    return [None if number is None else tables[int(number)] for number in numbers]


def link(body: HtmlElement, tables: list[dict | None], notes: Notes) -> None:
    """Lead every figure of a page's tables to its note."""
    for table, data in zip(body.iter("table"), tables, strict=True):
        rows = zip(table.iterfind("tbody/tr"), unpack(data), strict=True) if data else ()
        for row, cells in rows:
            for shown, cell in zip(row.findall("td"), cells, strict=True):
                named = cell.ids and cell.text.strip() not in ("", NOTHING)
                cited = notes.cite(cell.ids) if named else None
                if cited:
                    _link(shown, *cited)


def _link(cell: HtmlElement, number: int, hover: str) -> None:
    anchor = Element("a", {"class": "source", "href": f"#n{number}", "title": hover})
    if len(cell.text_content()) <= _SHORT:
        anchor.text, cell.text = cell.text, None
        anchor.extend(list(cell))
    else:
        anchor.text = f"[{number}]"
        if len(cell):
            cell[-1].tail = (cell[-1].tail or "") + " "
        else:
            cell.text += " "
    cell.append(anchor)
