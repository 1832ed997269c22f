"""The first page of a report (``reportkit.brief``): moved to the top of its page, read there for paper."""

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from lxml.html import HtmlElement
from lxml.html.builder import E

from reportkit.formats.notes import Note
from reportkit.language import tr
from reportkit.source import Document, Quote

_TIMED = re.compile(r"(.+?)([(（][^()（）]*\d{4}[^()（）]*[)）])")  # a figure and its time
_INPUTS = 3  # stored rows that are listed one by one on a page sent alone; of more, only their documents
_PLACES = 4  # parts of a document that are named there


class Piece(NamedTuple):
    """A piece of a line, and the numbers of its sources."""

    text: str
    numbers: tuple[int, ...] = ()


Line = list[Piece]


class Fact(NamedTuple):
    """A figure: what it is, its state in a word and as a code."""

    label: Line
    figure: Line
    word: Line
    state: str


class First(NamedTuple):
    """The texts of a first page, and its chart, an element of the page."""

    answer: Line
    facts: list[Fact]
    steps: list[Line]
    limits: Line
    chart: HtmlElement | None
    plotted: tuple[int, ...] = ()  # numbers of the chart's sources
    next: str = ""  # heading of the steps

    def lines(self) -> Iterator[Line]:
        """All its lines, as they are read."""
        yield self.answer
        for fact in self.facts:
            yield from (fact.label, fact.figure, fact.word)
        yield from self.steps
        yield self.limits

    def each(self, change: Callable[[Line], Line]) -> "First":
        """The same page with every line changed."""
        facts = [
            Fact(change(fact.label), change(fact.figure), change(fact.word), fact.state)
            for fact in self.facts
        ]
        steps = [*map(change, self.steps)]
        limits = change(self.limits)
        return self._replace(answer=change(self.answer), facts=facts, steps=steps, limits=limits)


class Chart(NamedTuple):
    """The chart of a first page as files of a folder: as vectors and in pixels."""

    vector: str  # name of the file
    pixels: str
    shape: float  # its height beside its width
    text: str  # in its place
    title: str = ""
    subtitle: str = ""


class Source(NamedTuple):
    """A document, and by number the places in it that figures come from.

    Without a title: texts about figures that come from many rows.
    """

    title: str
    places: list[tuple[int, str]]


def lead(body: HtmlElement) -> None:
    """Move the first page to the top of a page's body: answer, figures, chart, steps, limits.

    It is the output of the first cell tagged ``brief``, if that is a brief; the cell's code stays in place.
    """
    output = next((part for part in body.iterchildren("div") if "brief" in part.classes), None)
    if output is None or (page := output.find("div[@class='brief']")) is None:
        return
    facts, chart = page.find("ul"), next(iter(output.find_class("chart")), None)
    page.drop_tag()
    if chart is not None:
        facts.addnext(chart)
    for figure in facts.iterfind("li/strong"):
        _set_apart_time(next(iter(figure), figure))
    output.tag = "section"
    output.attrib.clear()
    output.attrib.update({"class": "brief", "aria-label": tr("一页摘要", "The report on one page")})
    body.insert(0, output)


def _set_apart_time(figure: HtmlElement) -> None:
    """Put the time in brackets after a figure into an element of its own, smaller and on one line."""
    if len(figure) == 0 and (parts := _TIMED.fullmatch(figure.text or "")):
        figure.text, time = parts.groups()
        figure.append(E.span({"class": "when"}, time))


def section(body: HtmlElement) -> HtmlElement | None:
    """The first page in the body of a page, if it has one."""
    return next((part for part in body[:1] if part.tag == "section" and "brief" in part.classes), None)


def read(body: HtmlElement) -> First | None:
    """Texts of the first page, with the numbers of the page's notes; None if there is no first page."""
    page = section(body)
    if page is None:
        return None
    answer, limits, heading = (
        next(iter(page.find_class(name)), None) for name in ("answer", "limits", "next")
    )
    steps = [_line(step) for step in page.iterfind("ol/li")]
    facts = [_fact(fact) for fact in page.iterfind("ul/li")]
    chart = page.find("figure")
    links = [] if chart is None else chart.xpath(".//a[contains(@class, 'point')]/@href")
    plotted = tuple(sorted({int(link.removeprefix("#n")) for link in links}))
    next_heading = "" if heading is None else heading.text_content()
    return First(_line(answer), facts, steps, _line(limits), chart, plotted, next_heading)


def _fact(item: HtmlElement) -> Fact:
    state = next(iter(item.find_class("state")), None)
    codes = [] if state is None else [name for name in state.classes if name.startswith("status-")]
    code = codes[0].removeprefix("status-") if codes else ""
    return Fact(_line(item.find("span")), _line(item.find("strong")), _line(state), code)


def _line(element: HtmlElement | None) -> Line:
    """The text of an element in pieces; a link to a note becomes a piece with the note's number."""
    if element is None:
        return []
    pieces = [Piece(element.text or "")]
    for part in element:
        number = part.get("href", "").removeprefix("#n")
        text = part.text_content()
        if "source" in part.classes:
            pieces.append(Piece("" if text == f"[{number}]" else text, (int(number),)))
        else:
            pieces.append(Piece(text))
        pieces.append(Piece(part.tail or ""))
    return [piece for piece in pieces if piece.text or piece.numbers]


def plain_text(line: Line) -> str:
    """A line as text."""
    return "".join(piece.text for piece in line)


def about(first: First) -> dict[str, Any]:
    """Entries for the front page beside the answer: facts, steps, limits."""
    names = ("label", "figure", "word")
    facts = [
        dict(zip(names, map(plain_text, fact[:3]), strict=True)) | {"state": fact.state}
        for fact in first.facts
    ]
    return {"facts": facts, "steps": [*map(plain_text, first.steps)], "limits": plain_text(first.limits)}


def alone(first: First, notes: list[Note]) -> tuple[First, list[Source]]:
    """A first page that is sent without its report: with sources and numbers of its own.

    A figure made of few stored rows has the number of each; one made of more, a number for all of them.
    """
    cited = {note.number: _cited(note, notes) for note in notes}
    keys = dict.fromkeys(
        key for line in first.lines() for piece in line for number in piece.numbers for key in cited[number]
    )
    documents = sorted(dict.fromkeys(document for document, _ in keys), key=lambda document: document is None)
    ordered = [key for document in documents for key in keys if key[0] == document]
    numbers = {key: number for number, key in enumerate(ordered, 1)}

    def renumber(line: Line) -> Line:
        own_numbers = ({numbers[key] for number in piece.numbers for key in cited[number]} for piece in line)
        return [
            Piece(piece.text, tuple(sorted(piece_numbers)))
            for piece, piece_numbers in zip(line, own_numbers, strict=True)
        ]

    sources = [
        Source(
            " ".join(filter(None, (tr(f"《{document.title}》", document.title), document.imprint)))
            if document
            else "",
            [(numbers[key], key[1]) for key in ordered if key[0] == document],
        )
        for document in documents
    ]
    plotted = dict.fromkeys(
        document for number in first.plotted for document in _documents(notes[number - 1], notes)
    )
    if titles := [document.title for document in plotted if document not in documents]:
        names = tr("、", ", ").join(tr(f"《{title}》", title) for title in titles)
        sources.append(Source(tr(f"图中数字另出自{names}", f"The chart also uses {names}"), []))
    return first.each(renumber), sources


def _documents(note: Note, notes: list[Note]) -> Iterator[Document]:
    """The documents that a note refers to."""
    quotes = [notes[number - 1].quote for number in note.made_of] or [note.quote]
    yield from (document for document, _ in note.counts)
    yield from (quote.document for quote in quotes if quote)


def _cited(note: Note, notes: list[Note]) -> list[tuple[Document | None, str]]:
    """Documents and places that a note refers to; its text if these are too many."""
    if note.counts:
        return [(None, note.text)]
    made_of = [notes[number - 1].quote for number in note.made_of] or [note.quote]
    quotes = [quote for quote in made_of if quote]
    if len(quotes) > _INPUTS:
        return [(None, _of_many(quotes))]
    return [(quote.document, quote.locator or tr("全文", "the whole document")) for quote in quotes]


def _of_many(quotes: list[Quote]) -> str:
    """The text about a figure computed from many rows: for each document its parts and the number of rows."""
    parts: dict[Document, list[str]] = {}
    for quote in quotes:
        parts.setdefault(quote.document, []).append(quote.parts[0] if quote.parts else "")
    phrases = []
    for document, rows in parts.items():
        places = [*filter(None, dict.fromkeys(rows))]
        names = tr("、", ", ").join(places) if len(places) <= _PLACES else ""
        phrases.append(
            tr(f"《{document.title}》{names}（{len(rows)} 处）", f"{document.title} {names} ({len(rows)})")
        )
    message = tr(f"由 {len(quotes)} 个数据行算出：", f"computed from {len(quotes)} rows: ")
    return message + tr("；", "; ").join(" ".join(phrase.split()) for phrase in phrases)
