"""The time of a figure in a sentence: the last one before it that is not a base of comparison.

A period is written as a year, ``2016H1``, ``2016Q1``, ``2016-05``, a span of months ``2016-01/2016-05`` or of
years ``2016-2020``.
"""

import re
from typing import NamedTuple

from plan_monitor.reading import parts
from plan_monitor.reading.parts import format_period, part_of_year
from plan_monitor.reading.rules import DASH, rule

__all__ = ["PLANS", "Clock", "Time", "format_period", "heading_period", "holding", "part_of_year", "times"]

_YEAR = r"(?:19|20)\d\d"
_TO = f"(?:{DASH}|至|到)"
_FIRST_PLAN = 1996
PLANS = {
    name: _FIRST_PLAN + 5 * number
    for number, name in enumerate(
        ["九五", "十五", "十一五", "十二五", "十三五", "十四五", "十五五", "十六五"]
    )
}
"""The first year of each five-year plan."""

SPAN = rule(
    "span of years",
    rf"(?P<first>{_YEAR})年?度?(?:(?:{_TO}|[、和与及/])(?P<last>{_YEAR})(?:年度?|学年)?){{1,9}}",
    "⟦2016年至2020年⟧建成12所",
)
YEAR = rule(
    "year",
    rf"(?P<year>{_YEAR})(?:年|学年)[度末底初]?(?P<part>[^\d，,。；;、]{{0,2}}(?:{parts.PATTERN}))?(?:\d{{1,2}}日)?[末底]?(?:[之以]?前)?",
    "到⟦2020年底⟧建成12所",
)
PLAN = rule(
    "five-year plan",
    r"[“\"]?(?P<plan>十[一二三四五六]五|十五(?=[”\"]|期|时)|九五)[”\"]?(?P<part>时期末|期末|末年?|收官|时期|期间|以来)?",
    "⟦“十四五”末⟧达到12所",
)
RELATIVE = [
    rule("a year ago", r"(?:去年|上年|上一年)同期|(?<!全省)同期", "比⟦上年同期⟧增加12所"),
    rule("last year", r"(?:去年|上年|上一年)(?:全年|末|底)?", "比⟦上年末⟧增加12所"),
    rule("the year before", r"前年", "比⟦前年⟧增加12所"),
    rule(
        "years ago",
        r"(?P<count>十[一二五]?|[二三]十|[一二三四五六七八九两])年前",
        "由⟦十年前⟧的12所增加到20所",
    ),
    rule(
        "now",
        r"(?:今年|本年|当年|(?<![一二三四五六七八九十两几数])年[末底内]|目前|现在|现有|至今|如今|当前)(?:以来)?",
        "⟦目前⟧有学校12所",
    ),
    rule("this year", r"全年", "⟦全年⟧招生120人"),
    rule("next year", r"明年|下一年", "⟦明年⟧新建12所"),
]
RULES = [SPAN, YEAR, PLAN, *RELATIVE]
_AWAY = {"last year": -1, "the year before": -2, "this year": 0, "next year": 1}
_PART = re.compile(parts.PATTERN)
_COMPARED = re.compile(r"(?:比|较|与|同|和|相比于|高于|低于|超过|对比|相较于?)$")
_THAN = re.compile(r"的?(?:同期)?(?:相比|为基期|的?基础|水平)|的[\d.]+倍")
_TIMES = re.compile(r"的[\d.]+倍")
_AND = re.compile(r"[、和与及]|以及")


class Clock(NamedTuple):
    """The years that relative times refer to.

    ``year`` is the year that a document looks back on, ``part`` the part of it ("", "H1", "Q1", or months as
    in "-01/-05"), ``plan`` the first and the last year that it plans.
    """

    year: int | None = None
    part: str = ""
    plan: tuple[int, int] | None = None

    @property
    def period(self) -> str:
        """The period of figures without a date in their sentence."""
        return format_period(self.year, self.part) if self.year else ""

    @property
    def ahead(self) -> str:
        """The period of targets without a date in their sentence."""
        return "{}-{}".format(*self.plan) if self.plan else ""


class Time(NamedTuple):
    """A time in a text: its place and period.

    ``base`` tells that figures are compared with it. It holds up to ``until``, else to its sentence's end.
    """

    start: int
    end: int
    period: str
    base: bool = False
    until: int | None = None

    def shifted(self, by: int) -> "Time":
        """The same time in a text that begins `by` characters earlier."""
        until = None if self.until is None else self.until + by
        return self._replace(start=self.start + by, end=self.end + by, until=until)


def times(text: str, clock: Clock) -> list[Time]:
    """The times in a text, by place.

    >>> [(time.period, time.base) for time in times("比2019年增加3所，到2025年达到20所", Clock(2020))]
    [('2019', True), ('2025', False)]
    """
    dates = [
        Time(*match.span(), f"{match['first']}-{match['last']}") for match in SPAN.pattern.finditer(text)
    ]
    used = {place for time in dates for place in range(time.start, time.end)}
    for match in YEAR.pattern.finditer(text):
        if match.start() not in used:
            dates.append(Time(*match.span(), _year_period(text, match, clock)))
    for match in PLAN.pattern.finditer(text):
        first = PLANS[match["plan"]]
        last = "末" in (match["part"] or "") or match["part"] == "收官"
        dates.append(Time(*match.span(), str(first + 4) if last else f"{first}-{first + 4}"))
    if clock.year:
        dates += _relative(text, clock, {place for time in dates for place in range(time.start, time.end)})
    dates = [_bounded(text, time) for time in sorted(dates)]
    for number, time in enumerate(dates):
        before, after = text[max(0, time.start - 4) : time.start], text[time.end : time.end + 9]
        in_list = (
            number and dates[number - 1].base and _AND.fullmatch(text[dates[number - 1].end : time.start])
        )
        base = bool(in_list or _COMPARED.search(before) or _THAN.match(after))
        dates[number] = time._replace(base=base, until=time.end if _TIMES.match(after) else time.until)
    return dates


_SINCE = re.compile(r"以来|以后|起(?=[，,至])|至今")


def _year_period(text: str, match: re.Match, clock: Clock) -> str:
    year = int(match["year"])
    if clock.year and year < clock.year and _SINCE.match(text, match.end()):
        return f"{year}-{clock.year}"
    part = part_of_year(match["part"]) if match["part"] else ""
    is_start = text[match.end() : match.end() + 1] == "起"
    return format_period(
        year, "" if part == "-12" or is_start or re.search("[末底](?:[之以]?前)?$", match[0]) else part
    )


def _relative(text: str, clock: Clock, covered: set[int]) -> list[Time]:
    """Times relative to the document's own year."""
    dates = []
    for name, pattern in [*((entry.name, entry.pattern) for entry in RELATIVE), ("part", _PART)]:
        for match in pattern.finditer(text):
            if covered.isdisjoint(range(*match.span())):
                covered |= set(range(*match.span()))
                dates.append(Time(*match.span(), _relative_period(match, name, clock)))
    return dates


def _relative_period(match: re.Match, name: str, clock: Clock) -> str:
    if name == "a year ago":
        return format_period(clock.year - 1, clock.part)
    if name == "now":
        return clock.period
    if name == "part":
        return format_period(clock.year, parts.part(match))
    return str(clock.year + (_AWAY[name] if name in _AWAY else -parts.tens(match["count"])))


_SPANS_NAMED = ("两年", "三年", "四年", "五年", "期间", "时期")
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]?")
_TO_END = re.compile(
    r"(?:提高|提升|增加|增长|增|上升|缩小|降低|下降|降|减少|扩大|发展|升)?(?:到|至)(?!了|目前)"
    r"|(?:提高|提升|增加|增长|上升|降|缩小|调整|变化?|改)为"
)


def _bounded(text: str, time: Time) -> Time:
    """A time in brackets, or the first of 由…到…, ends before its sentence does."""
    opening = max(text.rfind("（", 0, time.start), text.rfind("(", 0, time.start))
    if opening >= 0 and text[opening - 2 : opening] in _SPANS_NAMED:
        return time  # 三年（2021—2023年）
    if opening >= 0 and (bracket := _BRACKETS.match(text, opening)) and time.start < bracket.end():
        return time._replace(until=bracket.end())
    if text[max(0, time.start - 1) : time.start] in ("由", "从", "自") and (
        end_words := _TO_END.search(text, time.end)
    ):
        return time._replace(until=end_words.start())
    return time


def heading_period(path: tuple[str, ...], clock: Clock) -> str:
    """The period of the nearest heading that has one; else "".

    >>> heading_period(("2025年目标", "（一）教育"), Clock())
    '2025'
    """
    for name in reversed(path):
        dates = [time for time in times(name, clock) if not time.base]
        if dates:
            return dates[-1].period
    return ""


def holding(place: int, dates: list[Time], before: str) -> Time | None:
    """The time that holds at a place, among those of its sentence; `before` is the sentence up to there."""
    result = None
    start = place - len(before)
    for time in dates:
        if time.end > place:
            break
        between = before[time.end - start :]
        if time.base and between not in ("的", "为"):
            continue
        if time.until is None or place < time.until:
            result = time
    return result
