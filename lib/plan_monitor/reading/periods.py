"""The time of a figure in a sentence: the last time told before it, where that is not what it is compared with.

A period is written as a year, ``2016H1``, ``2016Q1``, ``2016-05``, a span of months ``2016-01/2016-05`` or of years
``2016-2020``.
"""

import re
from typing import NamedTuple

_YEAR = r"(?:19|20)\d\d"
_DASH = r"(?:[-‐‑‒–—―−~～〜]+|至|到)"
_NUMERALS = {c: n for n, c in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
PLANS = {
    "九五": 1996,
    "十五": 2001,
    "十一五": 2006,
    "十二五": 2011,
    "十三五": 2016,
    "十四五": 2021,
    "十五五": 2026,
    "十六五": 2031,
}
_COMPARED = re.compile(r"(?:比|较|与|同|和|相比于|高于|低于|超过|对比|相较于?)$")
_THAN = re.compile(r"的?(?:同期)?(?:相比|为基期|的?基础|水平)|的[\d.]+倍")
_AND = re.compile(r"[、和与及]|以及")


class Clock(NamedTuple):
    """What times are told from.

    ``year`` is the year that a document looks back on, ``part`` the part of it ("", "H1", "Q1", or months as
    in "-01/-05"), ``plan`` the first and the last year of what it plans.
    """

    year: int | None = None
    part: str = ""
    plan: tuple[int, int] | None = None

    @property
    def period(self) -> str:
        """The period of what no sentence dates."""
        return written(self.year, self.part) if self.year else ""

    @property
    def ahead(self) -> str:
        """The period of an aim that no sentence dates."""
        return "{}-{}".format(*self.plan) if self.plan else ""


class Time(NamedTuple):
    """A time told in a text: where, and the period.

    Where ``base``, another figure is compared with it. It holds up to ``until``, or to the end of its sentence.
    """

    start: int
    end: int
    period: str
    base: bool = False
    until: int | None = None

    def moved(self, by: int) -> "Time":
        """The same time in a text that begins `by` characters earlier."""
        until = None if self.until is None else self.until + by
        return self._replace(start=self.start + by, end=self.end + by, until=until)


def written(year: int, part: str = "") -> str:
    """A period of a year and a part of it."""
    return (
        "/".join(f"{year}{month}" for month in part.split("/")) if part.startswith("-") else f"{year}{part}"
    )


_PARTS = {
    "H1": r"上半年",
    "H2": r"下半年",
    "-01/-09": r"前[三3]个?季度",
    "Q1": r"第?[一1首]季度",
    "Q2": r"第?[二2]季度",
    "Q3": r"第?[三3]季度",
    "Q4": r"第?[四4]季度",
    "-01/": rf"(?<!\d)1月?(?:份)?{_DASH}(?P<to>1[0-2]|[2-9])月|前(?P<many>1[01]|[2-9]|十一|[二三四五六七八九十])个?月",
    "-": r"(?<![\d个])(?P<month>1[0-2]|[1-9])月(?:份)?[末底]?",
}
_PART = re.compile("|".join(f"(?P<p{n}>{pattern})" for n, pattern in enumerate(_PARTS.values())))


def part_of_year(text: str) -> str:
    """The part of a year that a text such as a title is about: 上半年, 前三季度, 1—5月.

    >>> [part_of_year(text) for text in ("上半年全市经济运行", "前三季度", "1-5月", "2012年公报")]
    ['H1', '-01/-09', '-01/-05', '']
    """
    match = _PART.search(text)
    return _part(match) if match else ""


def _part(match: re.Match) -> str:
    part = next(part for n, part in enumerate(_PARTS) if match[f"p{n}"])
    if part == "-01/":
        month = match["to"] or match["many"]
        return f"-01/-{int(month) if month.isdigit() else _tens(month):02d}"
    return f"-{int(match['month']):02d}" if part == "-" else part


_ABSOLUTE = re.compile(
    rf"(?P<first>{_YEAR})年?度?(?:{_DASH}|[、和与])(?P<last>{_YEAR})(?:年度?|学年)?"
    rf"|(?P<year>{_YEAR})(?:年|学年)(?:度|末|底|初)?(?P<part>[^\d，,。；;、]{{0,2}}(?:{_PART.pattern}))?(?P<day>\d{{1,2}}日)?[末底]?"
)
_SINCE = re.compile(r"以来|以后|起(?=[，,至])|至今")
_RELATIVE = [
    (re.compile(r"(?:去年|上年|上一年)同期|(?<!全省)同期"), "a year ago"),
    (re.compile(r"(?:去年|上年|上一年)(?:全年|末|底)?"), "last year"),
    (re.compile(r"前年"), "the year before"),
    (re.compile(r"(?P<count>十[一二五]?|[二三]十|[一二三四五六七八九两])年前"), "years ago"),
    (re.compile(r"(?:今年|本年|当年|年末|年底|年内|目前|现在|现有|至今|如今|当前)(?:以来)?"), "now"),
    (re.compile(r"全年"), "this year"),
    (re.compile(r"明年|下一年"), "next year"),
]
_PLAN = re.compile(
    r"[“\"]?(?P<plan>十[一二三四五六]五|十五(?=[”\"]|期|时)|九五)[”\"]?(?P<part>时期末|期末|末年?|收官|时期|期间|以来)?"
)


def times(text: str, clock: Clock) -> list[Time]:
    """The times told in a text, by place.

    >>> [(time.period, time.base) for time in times("比2019年增加3所，到2025年达到20所", Clock(2020))]
    [('2019', True), ('2025', False)]
    """
    told = [Time(*match.span(), _dated(text, match, clock)) for match in _ABSOLUTE.finditer(text)]
    for match in _PLAN.finditer(text):
        first = PLANS[match["plan"]]
        last = "末" in (match["part"] or "") or match["part"] == "收官"
        told.append(Time(*match.span(), str(first + 4) if last else f"{first}-{first + 4}"))
    if clock.year:
        told += _relative(text, clock, {place for time in told for place in range(time.start, time.end)})
    told = [_bounded(text, time) for time in sorted(told)]
    for number, time in enumerate(told):
        before, after = text[max(0, time.start - 4) : time.start], text[time.end : time.end + 9]
        listed = number and told[number - 1].base and _AND.fullmatch(text[told[number - 1].end : time.start])
        told[number] = time._replace(base=bool(listed or _COMPARED.search(before) or _THAN.match(after)))
    return told


def _dated(text: str, match: re.Match, clock: Clock) -> str:
    if match["first"]:
        return f"{match['first']}-{match['last']}"
    year = int(match["year"])
    if clock.year and year < clock.year and _SINCE.match(text[match.end() :]):
        return f"{year}-{clock.year}"
    part = part_of_year(match["part"]) if match["part"] else ""
    begins = text[match.end() : match.end() + 1] == "起"
    return written(year, "" if part == "-12" or begins or re.search("[末底]$", match[0]) else part)


def _relative(text: str, clock: Clock, covered: set[int]) -> list[Time]:
    """Times told from the document's own year."""
    told = []
    for pattern, kind in [*_RELATIVE, (_PART, "part")]:
        for match in pattern.finditer(text):
            if not covered.isdisjoint(range(*match.span())):
                continue
            covered |= set(range(*match.span()))
            told.append(Time(*match.span(), _told(match, kind, clock)))
    return told


def _told(match: re.Match, kind: str, clock: Clock) -> str:
    if kind == "a year ago":
        return written(clock.year - 1, clock.part)
    if kind == "now":
        return clock.period
    if kind == "part":
        return written(clock.year, _part(match))
    away = {"last year": -1, "the year before": -2, "this year": 0, "next year": 1}
    return str(clock.year + (away[kind] if kind in away else -_tens(match["count"])))


def _tens(count: str) -> int:
    """A numeral up to 39."""
    tens, _, ones = count.rpartition("十")
    return (_NUMERALS.get(tens, 1) * 10 if "十" in count else 0) + _NUMERALS.get(ones, 0)


_BRACKETS = re.compile(r"[（(][^（）()]*[）)]?")
_TO_END = re.compile(
    r"(?:提高|提升|增加|增长|增|上升|缩小|降低|下降|降|减少|扩大|发展|升)?(?:到|至)(?!了|目前)|(?:提高|提升|增加|增长|上升|降|缩小|调整|变化?|改)为"
)


def _bounded(text: str, time: Time) -> Time:
    """A time in brackets, or the first of 由…到…, ends before its sentence does."""
    for bracket in _BRACKETS.finditer(text):
        if bracket.start() < time.start < bracket.end():
            return time._replace(until=bracket.end())
    if text[max(0, time.start - 1) : time.start] in ("由", "从", "自") and (
        to := _TO_END.search(text, time.end)
    ):
        return time._replace(until=to.start())
    return time


def holding(place: int, told: list[Time], before: str) -> Time | None:
    """The time that holds at a place, of those told in its sentence; `before` is the sentence up to it."""
    found = None
    start = place - len(before)
    for time in told:
        if time.end > place:
            break
        between = before[time.end - start :]
        if time.base and (between not in ("的", "为") or re.match(r"的[\d.]+倍", between)):
            continue
        if time.until is None or place < time.until:
            found = time
    return found
