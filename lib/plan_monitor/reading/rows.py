"""A drafted row: its fields, and the source of each."""

import re
from typing import NamedTuple

from plan_monitor.reading.passages import Passage

KINDS = (
    "level",
    "growth",
    "growth_annual",
    "change",
    "share",
    "contribution",
    "gap",
    "index",
    "ratio",
    "rank",
)
ROLES = ("target", "observation", "investment", "other")
_QUOTE = 30
_BEHIND = re.compile(r"(?:（含）)?[及或]?(?:以[上下内]|之内|左右|上下)")


class Row(NamedTuple):
    """A figure of a document, drafted.

    ``start`` is the place of its first digit in the document's text, ``under`` that of the figure it belongs
    to (a growth to its level). ``value`` is as printed, ``value_signed`` below zero for a fall. ``indicator``
    is the id of the catalogue, empty for a new one; ``nearest`` lists indicators with similar names. The
    columns ``…_from`` tell what each field was read from; ``look`` lists fields that a person should check.
    """

    start: int
    quote: str
    role: str
    value: str
    unit: str
    comparator: str = "="
    indicator: str = ""
    indicator_zh: str = ""
    region: str = ""
    period: str = ""
    value_signed: str = ""
    kind: str = "level"
    base_period: str = ""
    attribute: str = ""
    locator: str = ""
    under: str = ""
    role_from: str = ""
    indicator_from: str = ""
    region_from: str = ""
    period_from: str = ""
    unit_from: str = ""
    nearest: str = ""
    look: str = ""
    document: str = ""


def quote(passage: Passage, start: int, stop: int) -> str:
    """The text around a figure: the words before it, the number, its unit, and a word such as 以上 behind."""
    words_behind = _BEHIND.match(passage.text, stop)
    return passage.text[max(0, start - _QUOTE) : words_behind.end() if words_behind else stop]
