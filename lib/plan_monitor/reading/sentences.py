"""The figures of a paragraph as drafted rows: number, name, time, place and role of each."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from plan_monitor.reading import lists, names, numbers, periods, roles
from plan_monitor.reading.composing import Named
from plan_monitor.reading.frame import Frame
from plan_monitor.reading.numbers import Number
from plan_monitor.reading.passages import Passage
from plan_monitor.reading.periods import Time
from plan_monitor.reading.phrases import last_clause
from plan_monitor.reading.places import Places
from plan_monitor.reading.rows import Row, quoted

# a sentence of a thousand characters is none: what is read of each figure would grow with it
_SENTENCE = re.compile(r"[^。！!？?]{1,1000}[。！!？?]?|[。！!？?]")
# 2023年, and 2023年重点建机制。 at a paragraph's beginning hold for it
_LEADS = re.compile(r"[，,]|[^，。]{0,3}[，,：:]|[^，。\d]{0,10}。")
_CHANGE_FROM = re.compile(r"(?:由|从|自)(?!\d{4}年)[^，,。；;]{0,20}$")
_CHANGE_TO = re.compile(r"[^，,。；;]{0,20}?(?:到|至|为)")
_AGO = re.compile(r"同比|同期|[比较][上去]年|增长|下降")
_NEAR = 30  # characters before a figure in which a change starts
_CHANGES = ("growth", "change", "growth_annual")


def spans(text: str) -> list[tuple[int, int]]:
    """Where the sentences of a text begin and end.

    >>> spans("新建3所。改建2所")
    [(0, 5), (5, 9)]
    """
    return [match.span() for match in _SENTENCE.finditer(text)]


class Around(NamedTuple):
    """The sentence up to a figure, the times in it; the figure's period, role, and the region named for it.

    ``dated`` tells whether the text says the period; ``region`` is empty for the document's own.
    """

    before: str
    times: list[Time]
    period: str
    period_from: str
    role: str
    dated: bool
    region: str


class Paragraph:
    """A passage with its numbers, times and names.

    `above` is the period that the headings above tell; `label` names what the passage itself names not.
    """

    def __init__(self, passage: Passage, frame: Frame, places: Places, above: str, label: str = ""):
        self._passage, self._frame, self._places = passage, frame, places
        self._above, self._label = above, label
        self._path = (*passage.path, passage.text) if passage.level else passage.path
        self._sentences = spans(passage.text)
        self._starts = [start for start, _ in self._sentences]
        self._times = [
            [time.moved(start) for time in periods.times(passage.text[start:end], frame.clock)]
            for start, end in self._sentences
        ]
        first = self._times[0] if self._times else []
        leads = (
            first and not first[0].base and first[0].start <= 3 and _LEADS.match(passage.text, first[0].end)
        )
        self._dated = first[0].period if leads else ""

    def rows(self) -> Iterator[Row]:
        """The drafted rows, in the order of the text."""
        text = self._passage.text
        figures = numbers.find(text)
        if not figures:
            return
        dates = [time for times in self._times for time in times]
        named = names.names(text, self._sentences, figures, dates)
        own = lists.dated(text, figures, dates, self._starts)
        row: Row | None = None
        for place, (number, name) in enumerate(zip(figures, named, strict=True)):
            under = "" if name.level is None else str(self._passage.places[figures[name.level].start])
            role = row.role if row and lists.is_span(text, figures, place - 1) else ""  # of 3—5亿元 one
            row = self._row(number, name, own.get(place))
            row = row._replace(under=under, role=role or row.role)
            yield row

    def _row(self, number: Number, name: Named, own: Time | None) -> Row:
        """The row of a figure; `own` is its time in a list of times."""
        passage = self._passage
        around = self.around(number.start, number.stop, number.unit, own)
        base = own.period if own and own.base else _base(around, number.start)
        return Row(
            start=passage.places[number.start],
            quote=quoted(passage, number.start, number.stop),
            role=around.role,
            role_from="time" if around.dated else "words",
            value=number.value,
            value_signed=f"-{number.value}" if name.negative or number.negative else number.value,
            comparator=number.comparator,
            unit=number.unit,
            unit_from="text" if number.stop > number.end else "list" if number.unit else "",
            indicator_zh=name.name or self._label,
            indicator_from="text" if name.whole else "composed",
            region=around.region or self._places.own,
            region_from="clause" if around.region else "document",
            period=around.period,
            period_from=around.period_from,
            kind=name.kind,
            base_period=base if name.kind in _CHANGES else "",
            locator=" · ".join(self._path),
        )

    def around(self, start: int, stop: int, unit: str = "", own: Time | None = None) -> "Around":
        """What is said of a figure from `start` to `stop`, or of words; `own` is its time in a list."""
        sentence = bisect_right(self._starts, start) - 1
        begun, end = self._sentences[sentence]
        text, dates = self._passage.text, self._times[sentence]
        before, after = text[begun:start], text[stop:end]
        period, period_from = self._period(start, stop, before, after, dates)
        if own and not own.base:
            period, period_from = own.period, "sentence"
        dated = period_from not in ("", "document")
        role = roles.role(roles.Said(before, after, self._path, period, dated, unit), self._frame)
        ahead = self._frame.clock.ahead
        unsaid = period_from == "document" and ahead and role != "observation"
        if unsaid and roles.aimed(before, self._path, self._frame):
            period, period_from = ahead, "plan"
        return Around(before, dates, period, period_from, role, dated, self._places.of_clause(before))

    def _period(self, start: int, stop: int, before: str, after: str, dates: list[Time]) -> tuple[str, str]:
        """A figure's period, and what tells it; none for where a change starts from without a year."""
        behind = next((time for time in dates if time.start == stop + 1), None)
        if behind and re.match(r"[（(]", after) and re.match(r"[）)]", after[behind.end - stop :]):
            return behind.period, "sentence"
        time = periods.holding(start, dates, before)
        changes = _CHANGE_FROM.search(before[-_NEAR:]) if _CHANGE_TO.match(after) else None
        if changes and (time is None or time.end <= start - len(changes[0])):
            return "", ""
        if time is not None:
            return time.period, "sentence"
        read = {"paragraph": self._dated, "heading": self._above, "document": self._frame.clock.period}
        return next(((period, source) for source, period in read.items() if period), ("", ""))


def _base(around: Around, place: int) -> str:
    """What a growth or change is counted from."""
    clause, period = last_clause(around.before), around.period
    bases = [time for time in around.times if time.base and place - len(clause) <= time.start < place]
    if bases:
        return bases[-1].period
    if _AGO.search(clause) and re.match(r"\d{4}(?!-\d{4})", period):
        return "/".join(str(int(part[:4]) - 1) + part[4:] for part in period.split("/"))
    return ""
