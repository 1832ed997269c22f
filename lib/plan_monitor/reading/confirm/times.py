"""A period of a drafted row, as a package writes it."""

import re

from plan_monitor.settle import spans

_HALVES = {"H1": ("01", "06"), "H2": ("07", "12")}


def iso(text: str) -> str:
    """The ISO period of a drafted or typed one; empty where there is none.

    Raises
    ------
    Refused
        Where the text is no time, or may be one of two.

    >>> [iso(text) for text in ("2016H1", "2016-2020", "2016-01/2016-05", "2025年", "")]
    ['2016-01/2016-06', '2016/2020', '2016-01/2016-05', '2025', '']
    """
    if not text:
        return ""
    if half := re.fullmatch(r"(\d{4})(H[12])", text):
        first, last = _HALVES[half[2]]
        return f"{half[1]}-{first}/{half[1]}-{last}"
    if years := re.fullmatch(r"(\d{4})-(\d{4})", text):
        return f"{years[1]}/{years[2]}"
    return spans.period(text)


def last_year(period: str) -> int:
    """The year in which a period ends.

    >>> last_year("2016-01/2016-05"), last_year("2021/2025")
    (2016, 2025)
    """
    return int(period.split("/")[-1][:4])
