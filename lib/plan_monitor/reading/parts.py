"""Parts of a year as a text writes them: 上半年, 前三季度, 1—5月."""

import re

from plan_monitor.reading.rules import DASH, rule

_TO = f"(?:{DASH}|至|到)"
_NUMERALS = {c: n for n, c in enumerate("一二三四五六七八九十", 1)} | {"两": 2}

RULES = [
    rule("H1", r"上半年", "⟦上半年⟧完成投资3亿元"),
    rule("H2", r"下半年", "⟦下半年⟧完成投资3亿元"),
    rule("-01/-09", r"前[三3]个?季度", "⟦前三季度⟧完成投资3亿元"),
    rule("Q1", r"第?[一1首]季度", "⟦一季度⟧完成投资3亿元"),
    rule("Q2", r"第?[二2]季度", "⟦第二季度⟧完成投资3亿元"),
    rule("Q3", r"第?[三3]季度", "⟦3季度⟧完成投资3亿元"),
    rule("Q4", r"第?[四4]季度", "⟦四季度⟧完成投资3亿元"),
    rule(
        "-01/",
        rf"(?<!\d)1月?份?{_TO}(?P<to>1[0-2]|[2-9])月|前(?P<many>1[01]|[2-9]|十一|[二三四五六七八九十])个?月",
        "⟦1—5月⟧完成投资3亿元",
    ),
    rule("-", r"(?<![\d个])(?P<month>1[0-2]|[1-9])月份?[末底]?", "⟦8月份⟧完成投资3亿元"),
]
"""The name of a rule is what it adds to a year; the month follows "-01/" and "-"."""

PATTERN = "|".join(f"(?P<p{place}>{one.pattern.pattern})" for place, one in enumerate(RULES))
"""Any of them."""

_ANY = re.compile(PATTERN)


def part_of_year(text: str) -> str:
    """The part of a year that a text such as a title is about: 上半年, 前三季度, 1—5月.

    >>> [part_of_year(text) for text in ("上半年全市经济运行", "前三季度", "1-5月", "2012年公报")]
    ['H1', '-01/-09', '-01/-05', '']
    """
    match = _ANY.search(text)
    return part(match) if match else ""


def part(match: re.Match) -> str:
    """The part of a year that a match of the pattern means."""
    name = next(entry.name for place, entry in enumerate(RULES) if match[f"p{place}"])
    if name == "-01/":
        month = match["to"] or match["many"]
        return f"-01/-{int(month) if month.isdigit() else tens(month):02d}"
    return f"-{int(match['month']):02d}" if name == "-" else name


def format_period(year: int, part: str = "") -> str:
    """A period of a year and a part of it.

    >>> format_period(2016), format_period(2016, "H1"), format_period(2016, "-01/-05")
    ('2016', '2016H1', '2016-01/2016-05')
    """
    return (
        "/".join(f"{year}{month}" for month in part.split("/")) if part.startswith("-") else f"{year}{part}"
    )


def tens(count: str) -> int:
    """A numeral up to 39."""
    digit, _, ones = count.rpartition("十")
    return (_NUMERALS.get(digit, 1) * 10 if "十" in count else 0) + _NUMERALS.get(ones, 0)
