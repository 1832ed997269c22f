"""Source notes of a page: every figure of a table leads to the stored rows it was made of."""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

import nbformat
from lxml.html import Element, HtmlElement

from reportkit.language import tr
from reportkit.source import Data, Document, Quote
from reportkit.table import TABLE, unpack
from reportkit.words import NOTHING

_LISTED = 12  # rows that a computed figure's note names one by one; of more it names the documents
_SHORT = 40  # characters; a longer cell gets a mark at its end in place of a link around all of it
_HOVER = 3  # sources that show on hovering


class Note(NamedTuple):
    """One source note: its number, and what its figure is: a stored row, or made of the rows of other notes,
    or of more rows than are named, so many of each document."""

    number: int
    quote: Quote | None = None
    made_of: tuple[int, ...] = ()  # numbers
    counts: tuple[tuple[Document, int], ...] = ()

    @property
    def text(self) -> str:
        """All it says but the numbers of other notes."""
        if self.quote:
            return " · ".join(filter(None, [str(self.quote), self.quote.remark]))
        if self.made_of:
            return tr("计算自", "computed from")
        return self.counted({document: document.title for document, _ in self.counts})

    def counted(self, names: Mapping[Document, str]) -> str:
        """What is said of a figure made of more rows than are named, each document by its name."""
        total = sum(count for _, count in self.counts)
        parts = (tr(f"{names[of]}（{count} 处）", f"{names[of]} ({count})") for of, count in self.counts)
        message = tr(f"由 {total} 个数据行算出：", f"computed from {total} rows: ")
        return message + tr("；", "; ").join(parts)


class Notes(list[Note]):
    """The notes of one page, on figures that are each given by the stored rows it was made of.

    Stored rows come first, by document and within it by the part of it that they stand in (both in the order
    of first use), so that what the notes say of one document stands together; then what is computed.
    Rows that say the same in the same place share a note.
    """

    def __init__(self, data: Data, figures: Iterable[list[str]]):
        self._quote = cache(data.quote)
        self._numbers: dict[Note, int] = {}  # by what each says, without its number
        rows = [self._known(ids) for ids in figures]
        self._rows = {row for of_figure in rows for row in of_figure}
        named = (row for of_figure in rows if len(of_figure) <= _LISTED for row in of_figure)
        for quote in _by_place(dict.fromkeys(map(self._quote, named))):
            self._add(Note(0, quote))
        for of_figure in filter(None, rows):
            self._add(self._note(of_figure))

    def rows(self) -> set[str]:
        """Ids of the stored rows that the notes lead to."""
        return self._rows

    def cite(self, ids: list[str]) -> tuple[int, str] | None:
        """Number of the note on one of the figures, and what shows on hovering; None if no row is known."""
        rows = self._known(ids)
        if not rows:
            return None
        note = self._note(rows)
        return self._numbers[note], note.text if note.counts else self._hover(rows)

    def _add(self, note: Note) -> None:
        if note not in self._numbers:
            self._numbers[note] = len(self) + 1
            self.append(note._replace(number=len(self) + 1))

    def _known(self, ids: list[str]) -> tuple[str, ...]:
        return tuple(row for row in dict.fromkeys(ids) if self._quote(row))

    def _note(self, rows: tuple[str, ...]) -> Note:
        """What the note on a figure of some rows says, without its number."""
        if len(rows) > _LISTED:
            counts = Counter(self._quote(row).document for row in rows)
            return Note(0, counts=tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))))
        quotes = dict.fromkeys(map(self._quote, rows))
        if len(quotes) == 1:
            return Note(0, *quotes)
        return Note(0, made_of=tuple(sorted(self._numbers[Note(0, quote)] for quote in quotes)))

    def _hover(self, rows: tuple[str, ...]) -> str:
        lines = [str(self._quote(row)) for row in rows[:_HOVER]]
        if len(rows) > _HOVER:
            lines.append(tr(f"…… 共 {len(rows)} 处", f"… {len(rows)} in all"))
        return "\n".join(lines)


def _by_place(quotes: Iterable[Quote]) -> list[Quote]:
    """Quotes by document, and within it by the first and the second part of their locators, each where it
    first comes.

    Those that share no part with others come first: behind a part they would seem to be of it.
    """
    quotes = list(quotes)
    places = [[(quote.document, *quote.parts[:depth]) for depth in range(3)] for quote in quotes]
    ranks = [{place: -n for n, place in enumerate(reversed(level))} for level in zip(*places, strict=True)]
    count = Counter(of_part for _, of_part, _ in places)
    whole = {of_part for _, of_part, smaller in places if of_part == smaller}  # by a note

    def key(pair: tuple[list, Quote]) -> tuple[int, bool, int, int]:
        (document, of_part, smaller), _ = pair
        shared = count[of_part] > 1 and of_part not in whole
        return ranks[0][document], shared, ranks[1][of_part], ranks[2][smaller]

    return [quote for _, quote in sorted(zip(places, quotes, strict=True), key=key)]


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


def link(body: HtmlElement, tables: list[dict | None], data: Data) -> Notes:
    """Lead every figure of a page's tables to its note, and return the notes."""
    figures = []
    for table, stored in zip(body.iter("table"), tables, strict=True):
        rows = zip(table.iterfind("tbody/tr"), unpack(stored), strict=True) if stored else ()
        for row, cells in rows:
            for shown, cell in zip(row.findall("td"), cells, strict=True):
                if cell.ids and cell.text.strip() not in ("", NOTHING):
                    figures.append((shown, cell.ids))
    notes = Notes(data, [ids for _, ids in figures])
    for shown, ids in figures:
        if cited := notes.cite(ids):
            _link(shown, *cited)
    return notes


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
