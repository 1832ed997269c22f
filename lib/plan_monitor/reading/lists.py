"""Runs of figures for several things or times: A和B分别为x和y, 2022年、2025年分别达到x、y."""

import re
from bisect import bisect_right
from typing import NamedTuple

from plan_monitor.reading.numbers import Number
from plan_monitor.reading.periods import Time
from plan_monitor.reading.phrases import MEASURES
from plan_monitor.reading.rules import DASH

_BETWEEN = re.compile(r"(?:左右|以上|以下|以内|多|余)?\s?(?:[、和与及：:]|以及)")
_EACH = re.compile(r"分别|各|依次")
_AND = re.compile(r"(?:[、和与及]|以及)?")
_LIST = re.compile(r"[、和与及]")
_SPAN = re.compile(rf"\s?(?:{DASH}|至|到)\s?")
_YEAR = re.compile(r"(?:19|20)\d\d")


class Run(NamedTuple):
    """Figures with only 、 or 和 between them: places of the first and after the last, the words before."""

    first: int
    stop: int
    before: str

    @property
    def each_word(self) -> re.Match | None:
        """The word (分别) that gives each figure a thing of its own."""
        return _EACH.search(self.before) if self.stop - self.first > 1 else None


def runs(text: str, numbers: list[Number], starts: list[int]) -> list[Run]:
    """The runs of figures of a text, some of one figure only; `starts` are where its sentences begin."""
    result: list[Run] = []
    first = 0
    for place in range(1, len(numbers) + 1):
        if place < len(numbers) and _BETWEEN.fullmatch(text, numbers[place - 1].stop, numbers[place].start):
            continue
        sentence_start = starts[bisect_right(starts, numbers[first].start) - 1]
        start = max(numbers[first - 1].stop if first else 0, sentence_start)
        result.append(Run(first, place, text[start : numbers[first].start]))
        first = place
    return result


def is_span(text: str, numbers: list[Number], place: int) -> bool:
    """Whether a figure is the first of a span such as 10—15个."""
    pair = numbers[place : place + 2] if place >= 0 else []
    signs = [number.comparator for number in pair]
    return signs == [">=", "<="] and bool(_SPAN.fullmatch(text, pair[0].stop, pair[1].start))


def things(clause: str) -> list[str]:
    """The things that a clause lists, each with the measure that follows the last.

    >>> things("小学、初中和高中在校生"), things("小学、初中毛入学率")
    (['小学在校生', '初中在校生', '高中在校生'], ['小学毛入学率', '初中毛入学率'])
    """
    parts = re.split(r"[、和及与]|以及", clause)
    last, first = parts[-1], parts[0]
    measure = next((candidate for candidate in MEASURES if last.endswith(candidate)), "")
    if not measure and re.search("(?:率|比例|比重)$", last) and len(last) > len(first) + 1:
        measure = last[len(first) :]  # 毛入学率 of 小学、初中毛入学率
    return [_with(thing, measure) for thing in parts]


def _with(thing: str, measure: str) -> str:
    """A thing with a measure behind it, what they share written once: 城镇居民, 居民人均收入."""
    if not measure or thing.endswith(measure[-1]):
        return thing
    common = next(length for length in range(len(measure), -1, -1) if thing.endswith(measure[:length]))
    return thing + measure[common:]


def run_times(text: str, numbers: list[Number], dates: list[Time], starts: list[int]) -> dict[int, Time]:
    """The times of figures in runs with as many times before them, by their places among the numbers.

    >>> from plan_monitor.reading import numbers, periods
    >>> text = "2022年、2025年覆盖率分别达到50%、80%以上"
    >>> times = run_times(text, numbers.find(text), periods.times(text, periods.Clock()), [0])
    >>> [times[place].period for place in (0, 1)]
    ['2022', '2025']
    """
    result: dict[int, Time] = {}
    earlier: dict[int, list[Time]] = {}  # the times that a sentence listed: 覆盖率分别为…，巩固率分别为…
    for run in runs(text, numbers, starts) if _EACH.search(text) else []:
        if not run.each_word:
            continue
        place = numbers[run.first].start
        sentence = bisect_right(starts, place)
        run_start = place - len(run.before)
        listed_times = _last_times(
            text, [time for time in dates if run_start <= time.start and time.end <= place]
        )
        if not listed_times and not _LIST.search(run.before):
            listed_times = earlier.get(sentence, [])
        if len(listed_times) == run.stop - run.first:
            earlier[sentence] = listed_times
            result |= dict(zip(range(run.first, run.stop), listed_times, strict=True))
    return result


def _last_times(text: str, dates: list[Time]) -> list[Time]:
    """The last times with only 、 or 和 between them; a span of years as its years."""
    group: list[Time] = []
    for time in dates:
        if group and not _AND.fullmatch(text, group[-1].end, time.start):
            group = []
        years = _YEAR.findall(text[time.start : time.end])
        if len(years) == 2 and not _LIST.search(text, time.start, time.end):
            years = [str(year) for year in range(int(years[0]), int(years[1]) + 1)]
        single = len(years) < 2
        group += [time] if single else [time._replace(period=year) for year in years]
    return group
