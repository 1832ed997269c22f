"""The figures of a paragraph as drafted rows: number, name, time, place and role of each."""

import re
from collections.abc import Iterator

from plan_monitor.reading import names, numbers, periods, roles
from plan_monitor.reading.frame import Frame
from plan_monitor.reading.names import Named
from plan_monitor.reading.numbers import Number
from plan_monitor.reading.passages import Passage
from plan_monitor.reading.periods import Time
from plan_monitor.reading.places import Places
from plan_monitor.reading.rows import Row, quoted

_SENTENCE = re.compile(r"[^。！!？?]+[。！!？?]?")
_LEADS = re.compile(r"[，,]|[^，。]{0,3}[，,：:]")
_CHANGE_FROM = re.compile(r"(?:由|从|自)(?!\d{4}年)[^，,。；;]{0,20}$")
_CHANGE_TO = re.compile(r"[^，,。；;]{0,20}?(?:到|至|为)")
_AGO = re.compile(r"同比|同期|[比较][上去]年|增长|下降")


class Paragraph:
    """A passage with its numbers, times and names found.

    `around` is the period that the headings above tell; `label` names figures that the passage itself names not.
    """

    def __init__(self, passage: Passage, frame: Frame, places: Places, around: str, label: str = ""):
        self._passage, self._frame, self._places = passage, frame, places
        self._around, self._label = around, label
        text = passage.text
        self._sentences = [match.span() for match in _SENTENCE.finditer(text)]
        self._times: dict[int, list[Time]] = {
            start: [time.moved(start) for time in periods.times(text[start:end], frame.clock)]
            for start, end in self._sentences
        }
        first = next(iter(self._times.values()), [])
        leads = first and not first[0].base and first[0].start <= 3 and _LEADS.match(text[first[0].end :])
        self._dated = first[0].period if leads else ""

    def rows(self) -> Iterator[Row]:
        """The drafted rows, in the order of the text."""
        text = self._passage.text
        found = numbers.find(text)
        told = [time for times in self._times.values() for time in times]
        named = names.names(text, self._sentences, found, told)
        for number, name in zip(found, named, strict=True):
            under = "" if name.level is None else str(self._passage.places[found[name.level].start])
            yield self._row(number, name)._replace(under=under)

    def _row(self, number: Number, name: Named) -> Row:
        passage = self._passage
        start, end = next(span for span in self._sentences if span[0] <= number.start < span[1])
        before, after = passage.text[start : number.start], passage.text[number.stop : end]
        period, period_from = self._period(number, before, after, self._times[start])
        path = (*passage.path, passage.text) if passage.level else passage.path
        dated = period_from not in ("", "document")
        role = roles.role(before, after, path, period, dated, number.unit, self._frame)
        clock = self._frame.clock
        if (
            period_from == "document"
            and clock.ahead
            and role != "observation"
            and roles.aimed(before, path, self._frame)
        ):
            period, period_from = clock.ahead, "plan"
        region = self._places.of_clause(before)
        return Row(
            start=passage.places[number.start],
            quote=quoted(passage, number.start, number.stop),
            role=role,
            role_from="time" if dated else "words",
            value=number.value,
            value_signed=f"-{number.value}" if name.negative else number.value,
            comparator=number.comparator,
            unit=number.unit,
            unit_from="text" if number.stop > number.end else "list" if number.unit else "",
            indicator_zh=name.name or self._label,
            indicator_from="text" if name.whole else "composed",
            region=region or self._places.own,
            region_from="clause" if region else "document",
            period=period,
            period_from=period_from,
            kind=name.kind,
            base_period=self._base(before, name.kind, period, self._times[start], number.start),
            locator=" · ".join(path),
        )

    def _period(self, number: Number, before: str, after: str, told: list[Time]) -> tuple[str, str]:
        """A figure's period, and what tells it; none for where a change starts from without a year."""
        time = periods.holding(number.start, told, before)
        if time is None and _CHANGE_FROM.search(before) and _CHANGE_TO.match(after):
            return "", ""
        if time is not None:
            return time.period, "sentence"
        read = {"paragraph": self._dated, "heading": self._around, "document": self._frame.clock.period}
        return next(((period, source) for source, period in read.items() if period), ("", ""))

    def _base(self, before: str, kind: str, period: str, told: list[Time], place: int) -> str:
        """What a growth or change is counted from."""
        if kind not in ("growth", "change", "growth_annual"):
            return ""
        clause = re.split(r"[，,；;。]", before)[-1]
        bases = [time for time in told if time.base and place - len(clause) <= time.start < place]
        if bases:
            return bases[-1].period
        if _AGO.search(clause) and re.match(r"\d{4}(?!-\d{4})", period):
            return "/".join(str(int(part[:4]) - 1) + part[4:] for part in period.split("/"))
        return ""
