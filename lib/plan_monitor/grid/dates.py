"""The text that a cell shows for a date or a time."""

import re
from datetime import datetime, timedelta

from plan_monitor.grid.content import Fault, general
from plan_monitor.grid.formats import Section

_DATE_SIGNS = re.compile(r"[-/.,:@年月日号时分秒\s]*")


def date(value: float, section: Section, code: str, from_1904: bool) -> str:
    """A date or time: as ISO 8601 where the cell shows its year, else as the cell shows it."""
    if not 0 <= value < 2_958_466:
        raise Fault(
            f"应为日期；存的是 {general(value)}，不能显示为日期（{code}）",
            f"expected a date; holds {general(value)}, which is none ({code})",
        )
    moment = _moment(value, from_1904)
    parts = _date_parts(section.tokens)
    signs = "".join(part for kind, part in section.tokens if kind in ("literal", "sign"))
    letters = {letter for letter, _ in parts.values()}
    if "y" in letters and _DATE_SIGNS.fullmatch(signs) and not letters & {"[h", "[m", "[s"}:
        day = (
            f"{moment:%Y-%m-%d}"
            if "d" in letters
            else f"{moment:%Y-%m}"
            if "M" in letters
            else f"{moment:%Y}"
        )
        has_time = "h" in letters and (moment.hour or moment.minute or moment.second)
        return f"{day} {moment:%H:%M:%S}" if has_time else day
    half_day = any(kind == "noon" for kind, _ in section.tokens)
    return "".join(
        _date_part(value, moment, *parts[place], half_day)
        if place in parts
        else _date_literal(moment, kind, part)
        for place, (kind, part) in enumerate(section.tokens)
    ).strip()


def _moment(value: float, from_1904: bool) -> datetime:
    """The moment of a day number, to the second. Excel counts a 29 February 1900 that never was."""
    if from_1904:
        first = datetime(1904, 1, 1)
    else:
        first = datetime(1899, 12, 30) if value >= 60 else datetime(1899, 12, 31)
    return first + timedelta(seconds=round(value * 86400))


def _date_parts(tokens: list[tuple[str, str]]) -> dict[int, tuple[str, str]]:
    """What each date token shows: y, M (month), d, a (weekday), h, m (minute), s, or time elapsed ([h …)."""
    places = [place for place, (kind, _) in enumerate(tokens) if kind in ("date", "elapsed")]
    parts = {}
    for index, place in enumerate(places):
        kind, part = tokens[place][0], tokens[place][1].lower()
        letter = {"e": "y"}.get(part[0], part[0])
        if letter == "d" and len(part) > 2:
            letter = "a"
        if kind == "elapsed":
            letter = "[" + letter
        elif letter == "m":
            previous = parts[places[index - 1]][0] if index else ""
            following = tokens[places[index + 1]][1].lower() if index + 1 < len(places) else ""
            if previous not in ("h", "[h") and not following.startswith("s"):
                letter = "M"
        parts[place] = letter, part
    return parts


def _date_part(value: float, moment: datetime, letter: str, part: str, half_day: bool) -> str:
    seconds = round(value * 86400)
    width = len(part.partition(".")[0])
    if letter == "y":
        return f"{moment:%y}" if part == "yy" else f"{moment:%Y}"
    if letter == "M" and width > 2:
        return f"{moment:%b}" if width == 3 else f"{moment:%B}"
    if letter == "a":
        return "星期" + "一二三四五六日"[moment.weekday()]
    count = {
        "M": moment.month,
        "d": moment.day,
        "h": (moment.hour % 12 or 12) if half_day else moment.hour,
        "m": moment.minute,
        "s": moment.second,
        "[h": seconds // 3600,
        "[m": seconds // 60,
        "[s": seconds,
    }[letter]
    return f"{count:02d}" if width == 2 else str(count)


def _date_literal(moment: datetime, kind: str, part: str) -> str:
    if kind != "noon":
        return part
    first, second = part.split("/")
    return first if moment.hour < 12 else second
