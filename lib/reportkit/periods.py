"""ISO 8601 periods as points on one axis of years.

A figure for a year describes its end, as official statistics mean it: the year 2020, the month 2020-12 and
the fourth quarter of 2020 all end at 2020.0, the month 2020-06 at 2019.5.
"""

import re

_POINT = re.compile(r"(?P<year>\d{4})(?:-(?P<month>0[1-9]|1[0-2])|Q(?P<quarter>[1-4]))?")


def start(period: str) -> float:
    """Moment at which a period begins, in years; ValueError where it is no period."""
    return _bounds(period.split("/")[0])[0]


def end(period: str) -> float:
    """Moment at which a period ends, in years; ValueError where it is no period.

    >>> start("2016/2020"), start("2020-07"), end("2016/2020"), end("2020-12"), end("2020Q4")
    (2015.0, 2019.5, 2020.0, 2020.0, 2020.0)
    """
    return _bounds(period.split("/")[-1])[1]


def _bounds(point: str) -> tuple[float, float]:
    """Start and end of a single year, quarter or month."""
    match = _POINT.fullmatch(point)
    if match is None:
        raise ValueError(f"not an ISO period: {point!r} (expected 2020, 2020-06, 2020Q3 or 2021/2025)")
    before, parts = int(match["year"]) - 1.0, 12 if match["month"] else 4
    number = match["month"] or match["quarter"]
    if number is None:
        return before, before + 1
    return before + (int(number) - 1) / parts, before + int(number) / parts
