"""The unit behind a number, as a statistics office writes it.

``units.csv`` has the counting words; for some the word that replaces it (a county is counted as 个), and the
characters before which it is no unit but the beginning of another word: 11 万群众, 90 分别.
"""

import csv
import re
from pathlib import Path
from typing import NamedTuple

from plan_monitor.reading.rules import any_of
from plan_monitor.reading.vocabulary import words


class Unit(NamedTuple):
    """A unit and where it ends; `more` where 余 or 多 stands in it. Without a name there is none."""

    name: str
    stop: int
    more: bool = False


with Path(__file__).with_name("units.csv").open(encoding="utf-8", newline="") as _file:
    UNITS = list(csv.DictReader(_file))
"""The rows of ``units.csv``."""

_MEANS = {row["unit"]: row["means"] for row in UNITS if row["means"]}
_NOT_BEFORE = {  # letters behind km make another word of it
    row["unit"]: "A-Za-z" if re.search("[A-Za-z]$", row["unit"]) else row["not_before"] for row in UNITS
}
_BASES = "|".join(
    re.escape(unit) + (f"(?![{_NOT_BEFORE[unit]}])" if _NOT_BEFORE[unit] else "")
    for unit in sorted(_NOT_BEFORE, key=len, reverse=True)
)
_SCALED = any_of(row["unit"] for row in UNITS if row["unit"][0] in "十百千")  # 千瓦 is no thousand
_SHARED_BY = any_of(words("shared by"))
SCALE = "(?:万亿|[十百千]?[万亿]|百|千|十)"
_UNIT = re.compile(
    rf"""
    \s?(?P<odd>[余多来])?                    # 30 余万元
    \s?(?:(?!{_SCALED})(?P<scale>{SCALE}))?
    \s?(?P<more>[余多])?                     # 3.5 万余平方米
    \s?(?P<base>{_BASES})?
    (?P<per>[/／](?:\d{{0,4}}[万百千]?{_SHARED_BY}(?:[·.]{_SHARED_BY})?|10万))?
    (?:[（(](?P<also>[次套间户台组])[）)])?    # 万人（次）
    """,
    re.VERBOSE,
)
_PEOPLE = re.compile(
    r"[^，。；、\d]{0,8}?(?:人口|群众|劳动力|农民|学生|职工|居民|儿童|老人|村民|教师|党员|干部|游客|毕业生|人)"
)
_ENGLISH = re.compile(r"\s?(?P<scale>million|billion)\b", re.IGNORECASE)
_SCALES = {"million": "百万", "billion": "十亿"}


def after(text: str, end: int) -> Unit:
    """The unit behind a number that ends at a place.

    >>> [after(text, 1).name for text in ("3.5万余平方米"[2:], "3个县", "3万贫困人口", "3分别")]
    ['万平方米', '个', '万人', '']
    """
    if english := _ENGLISH.match(text, end):
        return Unit(_SCALES[english["scale"].lower()], english.end())
    unit = _UNIT.match(text, end)
    scale, base, more = unit["scale"] or "", unit["base"] or "", bool(unit["odd"] or unit["more"])
    per = (unit["per"] or "").replace("／", "/")
    if base:
        name = scale + _MEANS.get(base, base) + (unit["also"] or "") + per
    elif scale and _PEOPLE.match(text, unit.end()):
        name = scale + "人"
    else:
        name = scale or (per if per == "/10万" else "")
    return Unit(name, unit.end(), more)
