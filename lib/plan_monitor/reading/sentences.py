"""The figures of a paragraph as drafted rows: number, name, time, place and role of each."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from plan_monitor.reading import lists, names, numbers, periods, roles
from plan_monitor.reading.composing import FigureName
from plan_monitor.reading.frame import Frame
from plan_monitor.reading.numbers import Number
from plan_monitor.reading.passages import Passage
from plan_monitor.reading.periods import Time
from plan_monitor.reading.phrases import last_clause
from plan_monitor.reading.places import Places
from plan_monitor.reading.rows import Row, quote

# a sentence of a thousand characters is none: what is read of each figure would grow with it
_SENTENCE = re.compile(r"[^。！!？?]{1,1000}[。！!？?]?|[。！!？?]")
# 2023年, and 2023年重点建机制。 at a paragraph's beginning hold for it
_LEADS = re.compile(r"[，,]|[^，。]{0,3}[，,：:]|[^，。\d]{0,10}。")
_CHANGE_FROM = re.compile(r"(?:由|从|自)(?!\d{4}年)[^，,。；;]{0,20}$")
_CHANGE_TO = re.compile(r"[^，,。；;]{0,20}?(?:到|至|为)")
_AGO = re.compile(r"同比|同期|[比较][上去]年|增长|下降")
_CHANGES = ("growth", "change", "growth_annual")


def spans(text: str) -> list[tuple[int, int]]:
    """Where the sentences of a text begin and end.

    >>> spans("新建3所。改建2所")
    [(0, 5), (5, 9)]
    """
    return [match.span() for match in _SENTENCE.finditer(text)]


class Context(NamedTuple):
    """The sentence up to a figure and the times in it; the figure's period, role and region.

    ``dated`` tells whether the text states the period; ``region`` is empty for the document's own.
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

    `above` is the period of the headings above; `label` names figures that the passage does not name.
    """

    def __init__(self, passage: Passage, frame: Frame, places: Places, above: str, label: str = ""):
        self._passage, self._frame, self._places = passage, frame, places
        self._heading_period, self._label = above, label
        self._path = (*passage.path, passage.text) if passage.level else passage.path
        self._sentences = spans(passage.text)
        self._starts = [start for start, _ in self._sentences]
        self._times = [
            [time.shifted(start) for time in periods.times(passage.text[start:end], frame.clock)]
            for start, end in self._sentences
        ]
        first = self._times[0] if self._times else []
        leads = (
            first and not first[0].base and first[0].start <= 3 and _LEADS.match(passage.text, first[0].end)
        )
        self._leading_period = first[0].period if leads else ""

    def rows(self) -> Iterator[Row]:
        """The drafted rows, in the order of the text."""
        text = self._passage.text
        figures = numbers.find(text)
        if not figures:
            return
        dates = [time for times in self._times for time in times]
        figure_names = names.names(text, self._sentences, figures, dates)
        run_times = lists.run_times(text, figures, dates, self._starts)
        row: Row | None = None
        for place, (number, name) in enumerate(zip(figures, figure_names, strict=True)):
            under = "" if name.level is None else str(self._passage.places[figures[name.level].start])
            role = row.role if row and lists.is_span(text, figures, place - 1) else ""  # of 3—5亿元 one
            row = self._row(number, name, run_times.get(place))
            row = row._replace(under=under, role=role or row.role)
            yield row

    def _row(self, number: Number, name: FigureName, listed_time: Time | None) -> Row:
        """The row of a figure; `listed_time` is its time in a list of times."""
        passage = self._passage
        context = self.context(number.start, number.stop, number.unit, listed_time)
        base = listed_time.period if listed_time and listed_time.base else _base(context, number.start)
        return Row(
            start=passage.places[number.start],
            quote=quote(passage, number.start, number.stop),
            role=context.role,
            role_from="time" if context.dated else "words",
            value=number.value,
            value_signed=f"-{number.value}" if name.negative or number.negative else number.value,
            comparator=number.comparator,
            unit=number.unit,
            unit_from="text" if number.stop > number.end else "list" if number.unit else "",
            indicator_zh=name.name or self._label,
            indicator_from="text" if name.verbatim else "composed",
            region=context.region or self._places.document_region,
            region_from="clause" if context.region else "document",
            period=context.period,
            period_from=context.period_from,
            kind=name.kind,
            base_period=base if name.kind in _CHANGES else "",
            locator=" · ".join(self._path),
        )

    def context(self, start: int, stop: int, unit: str = "", listed_time: Time | None = None) -> "Context":
        """The context of a figure, or of words, from `start` to `stop`; `listed_time` is that in a list."""
        sentence = bisect_right(self._starts, start) - 1
        sentence_start, end = self._sentences[sentence]
        text, dates = self._passage.text, self._times[sentence]
        before, after = text[sentence_start:start], text[stop:end]
        period, period_from = self._period(start, stop, before, after, dates)
        if listed_time and not listed_time.base:
            period, period_from = listed_time.period, "sentence"
        dated = period_from not in ("", "document")
        role = roles.role(roles.Statement(before, after, self._path, period, dated, unit), self._frame)
        ahead = self._frame.clock.ahead
        is_undated = period_from == "document" and ahead and role != "observation"
        if is_undated and roles.is_target(before, self._path, self._frame):
            period, period_from = ahead, "plan"
        return Context(before, dates, period, period_from, role, dated, self._places.of_clause(before))

    def _period(self, start: int, stop: int, before: str, after: str, dates: list[Time]) -> tuple[str, str]:
        """A figure's period and its source; both empty where a change starts without a year."""
        bracketed_time = next((time for time in dates if time.start == stop + 1), None)
        if (
            bracketed_time
            and re.match(r"[（(]", after)
            and re.match(r"[）)]", after[bracketed_time.end - stop :])
        ):
            return bracketed_time.period, "sentence"
        time = periods.holding(start, dates, before)
        changes = _CHANGE_FROM.search(before) if _CHANGE_TO.match(after) else None
        if changes and (time is None or time.end <= start - len(changes[0])):
            return "", ""
        if time is not None:
            return time.period, "sentence"
        candidates = {
            "paragraph": self._leading_period,
            "heading": self._heading_period,
            "document": self._frame.clock.period,
        }
        return next(((period, source) for source, period in candidates.items() if period), ("", ""))


def _base(context: Context, place: int) -> str:
    """The period that a growth or change is counted from; "" where unknown."""
    clause, period = last_clause(context.before), context.period
    bases = [time for time in context.times if time.base and place - len(clause) <= time.start < place]
    if bases:
        return bases[-1].period
    if _AGO.search(clause) and re.match(r"\d{4}(?!-\d{4})", period):
        return "/".join(str(int(part[:4]) - 1) + part[4:] for part in period.split("/"))
    return ""
