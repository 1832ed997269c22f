"""Source notes of a page: every figure links to a note on the stored rows it was made of."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import groupby
from typing import NamedTuple

import nbformat
from lxml.html import Element, HtmlElement

from reportkit.brief import BRIEF
from reportkit.formats.charts import Drawing, drawing, lead, points
from reportkit.language import tr
from reportkit.source import Data, Document, Quote
from reportkit.table import CHART, TABLE, unpack
from reportkit.words import NOTHING, SENTENCE

_LISTED = 12  # input rows of a figure that get notes of their own; of more, its note names the documents
_SHORT = 40  # characters; a longer cell gets a mark at its end, not a link around all of it
_CITE = re.compile(r'data-cite="(\d+)"')
_HOVER = 3  # sources that show on hovering
_SHARE = " %"


class Note(NamedTuple):
    """One source note: its number, and what its figure comes from: a stored row, or the rows of other notes,
    or more rows than are listed, counted by document."""

    number: int
    quote: Quote | None = None
    made_of: tuple[int, ...] = ()  # numbers
    counts: tuple[tuple[Document, int], ...] = ()

    @property
    def text(self) -> str:
        """Its text without the numbers of other notes."""
        if self.quote:
            return " · ".join(filter(None, [str(self.quote), self.quote.remark]))
        if self.made_of:
            return tr("计算自", "computed from")
        return self.counted({document: document.title for document, _ in self.counts})

    def counted(self, names: Mapping[Document, str]) -> str:
        """The text about a figure made of more rows than are listed, with `names` of the documents."""
        total = sum(count for _, count in self.counts)
        parts = (
            tr(f"{names[document]}（{count} 处）", f"{names[document]} ({count})")
            for document, count in self.counts
        )
        message = tr(f"由 {total} 个数据行算出：", f"computed from {total} rows: ")
        return message + tr("；", "; ").join(parts)


class Notes(list[Note]):
    """The notes of one page; each figure is given by the ids of the stored rows it was made of.

    Notes on stored rows come first, by document and by part of the document (both in order of first use), so
    that notes on one document are together; then those on computed figures. Rows with the same text and place
    share a note.
    """

    def __init__(self, data: Data, figures: Iterable[list[str]]):
        self._quote = cache(data.quote)
        self._numbers: dict[Note, int] = {}  # by what each says, without its number
        rows = [self._known(ids) for ids in figures]
        self._rows = {row for ids_of_figure in rows for row in ids_of_figure}
        listed = (row for ids_of_figure in rows if len(ids_of_figure) <= _LISTED for row in ids_of_figure)
        for quote in _by_place(dict.fromkeys(self._quotes(listed))):
            self._add(Note(0, quote))
        for ids_of_figure in filter(None, rows):
            self._add(self._note(ids_of_figure))

    def rows(self) -> set[str]:
        """Ids of the stored rows that the notes refer to."""
        return self._rows

    def cite(self, ids: list[str]) -> tuple[int, str] | None:
        """Number of the note on a figure, and the text that shows on hovering; None if no row is known."""
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

    def _quotes(self, rows: Iterable[str]) -> Iterator[Quote]:
        """Quotes of known rows."""
        return filter(None, map(self._quote, rows))

    def _note(self, rows: tuple[str, ...]) -> Note:
        """The note on a figure of some rows, without its number."""
        quotes = [*dict.fromkeys(self._quotes(rows))]
        if len(quotes) == 1:
            return Note(0, quotes[0])
        if len(rows) > _LISTED and not all(Note(0, quote) in self._numbers for quote in quotes):
            counts = Counter(quote.document for quote in self._quotes(rows))
            return Note(0, counts=tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))))
        return Note(0, made_of=tuple(sorted(self._numbers[Note(0, quote)] for quote in quotes)))

    def _hover(self, rows: tuple[str, ...]) -> str:
        lines = [str(self._quote(row)) for row in rows[:_HOVER]]
        if len(rows) > _HOVER:
            lines.append(tr(f"…… 共 {len(rows)} 处", f"… {len(rows)} in all"))
        return "\n".join(lines)


def _by_place(quotes: Iterable[Quote]) -> list[Quote]:
    """Quotes ordered by document, then by the first and the second part of their locators, in order of first
    use.

    Those that share no part with others come first: after a part they would seem to belong to it.
    """
    quotes = list(quotes)
    places = [[(quote.document, *quote.parts[:depth]) for depth in range(3)] for quote in quotes]
    ranks = [{place: -n for n, place in enumerate(reversed(level))} for level in zip(*places, strict=True)]
    count = Counter(part for _, part, _ in places)
    complete = {part for _, part, subpart in places if part == subpart}  # by a note

    def key(pair: tuple[list, Quote]) -> tuple[int, bool, int, int]:
        (document, part, subpart), _ = pair
        is_shared = count[part] > 1 and part not in complete
        return ranks[0][document], is_shared, ranks[1][part], ranks[2][subpart]

    return [quote for _, quote in sorted(zip(places, quotes, strict=True), key=key)]


class Marked(NamedTuple):
    """Parts of an executed notebook that refer to stored rows; their places here are their numbers."""

    tables: list[dict]  # data of its tables (``table.TABLE``)
    charts: list[Drawing]
    sets: list[list[str]]  # ids of the rows of a figure in a sentence


def mark(notebook: nbformat.NotebookNode) -> Marked:
    """Number, in place, the parts of an executed notebook that refer to stored rows."""
    marked = Marked([], [], [])
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if TABLE in data and "text/html" in data:
                opening = f'<table data-report-table="{len(marked.tables)}"'
                data["text/html"] = data["text/html"].replace("<table", opening, 1)
                marked.tables.append(data[TABLE])
            if chart := drawing(data):
                data[CHART] |= {"number": len(marked.charts), "table": len(marked.tables)}
                marked.charts.append(chart)
                marked.tables.append(chart.data)
            if SENTENCE in data:
                kind = "text/html" if "text/html" in data else "text/markdown"
                data[kind] = _numbered(data[SENTENCE]["text"], data[SENTENCE]["sets"], marked.sets)
            if BRIEF in data:
                data["text/html"] = _numbered(data["text/html"], data[BRIEF]["sets"], marked.sets)
    return marked


def _numbered(text: str, new_sets: list[list[str]], sets: list[list[str]]) -> str:
    """A text with its figures numbered within the whole notebook; their sets of ids are added to `sets`."""
    first = len(sets)
    sets.extend(new_sets)
    return _CITE.sub(lambda match: f'data-cite="{first + int(match[1])}"', text)


def table_data(body: HtmlElement, tables: list[dict]) -> list[dict | None]:
    """Data of each table of a page, by its number; None for a foreign table."""
    numbers = [table.attrib.pop("data-report-table", None) for table in body.iter("table")]
    return [None if number is None else tables[int(number)] for number in numbers]


def link(body: HtmlElement, tables: list[dict | None], marked: Marked, data: Data) -> Notes:
    """Link every figure of a page's tables, sentences and charts to its note, and return the notes."""
    figures = [*_of_tables(body, tables)]
    pieces = [
        (span, marked.sets[int(span.attrib.pop("data-cite"))]) for span in body.xpath(".//span[@data-cite]")
    ]
    charts = []
    for chart in body.xpath(".//figure[@data-report-chart]"):
        number = int(chart.get("data-report-chart"))
        charts.append((chart, [*points(chart, marked.charts[number])]))
    plotted = (ids for _, figures in charts for _, ids in figures)
    notes = Notes(data, [*(ids for _, ids in figures), *(ids for _, ids in pieces), *plotted])
    for cell, ids in figures:
        if citation := notes.cite(ids):
            _link(cell, *citation)
    for span, ids in pieces:
        _link_piece(span, notes.cite(ids))
    for chart, figures in charts:
        numbers = set()
        for point, ids in figures:
            if citation := notes.cite(ids):
                lead(point, *citation)
                numbers.add(citation[0])
        _cite_chart(chart, sorted(numbers))
        for anchor in chart.iterfind("details//a"):  # what shows on hovering, its point says
            del anchor.attrib["title"]
    return notes


def _of_tables(body: HtmlElement, tables: list[dict | None]) -> Iterator[tuple[HtmlElement, list[str]]]:
    """The cells of a page's tables that refer to stored rows, and the ids of these."""
    for table, data in zip(body.iter("table"), tables, strict=True):
        rows = zip(table.iterfind("tbody/tr"), unpack(data), strict=True) if data else ()
        for row, cells in rows:
            for element, cell in zip(row.findall("td"), cells, strict=True):
                if cell.ids and cell.text.strip() not in ("", NOTHING):
                    yield element, cell.ids


def _link_piece(span: HtmlElement, citation: tuple[int, str] | None) -> None:
    """Link a figure of a sentence to its note; an element without text shows the note's number."""
    if citation is None:
        span.drop_tag()
        return
    number, hover = citation
    span.tag = "a"
    span.attrib.update({"class": "source", "href": f"#n{number}", "title": hover})
    if span.text and (span.tail or "").startswith(_SHARE):  # on paper the mark stands behind it
        span.text, span.tail = span.text + _SHARE, span.tail.removeprefix(_SHARE)
    if not span.text_content():
        span.text = f"[{number}]"
        previous = span.getprevious()
        if previous is None:
            span.getparent().text = (span.getparent().text or "") + " "
        else:
            previous.tail = (previous.tail or "") + " "


def _cite_chart(chart: HtmlElement, numbers: list[int]) -> None:
    """Print the numbers of the notes on all figures of a chart below it."""
    if not numbers:
        return
    line = Element("p", {"class": "chart-sources"})
    line.text = tr("数字出处：", "Source notes: ")
    for place, (first, last) in enumerate(runs(numbers)):
        if place:
            line[-1].tail = tr("、", ", ")
        for number in dict.fromkeys((first, last)):
            anchor = Element("a", {"href": f"#n{number}"})
            anchor.text = str(number)
            line.append(anchor)
        if last > first:
            line[-2].tail = "–"
    data = chart.find("details")
    chart.append(line) if data is None else data.addprevious(line)


def runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Numbers in order as runs of consecutive ones, each by its first and last.

    >>> runs([1, 2, 3, 7, 9, 10])
    [(1, 3), (7, 7), (9, 10)]
    """
    groups = groupby(enumerate(numbers), lambda pair: pair[1] - pair[0])
    return [(run[0][1], run[-1][1]) for run in (list(group) for _, group in groups)]


def _link(cell: HtmlElement, number: int, hover: str) -> None:
    anchor = Element("a", {"class": "source", "href": f"#n{number}", "title": hover})
    if len(cell.text_content()) <= _SHORT:
        anchor.text, cell.text = cell.text, None
        anchor.extend([part for part in cell if part.tag != "svg"])
    else:
        anchor.text = f"[{number}]"
        if len(cell):
            cell[-1].tail = (cell[-1].tail or "") + " "
        else:
            cell.text += " "
    bar = cell.find("svg")  # below the figure, and no part of the link
    if bar is None:
        cell.append(anchor)
    else:
        bar.addprevious(anchor)
