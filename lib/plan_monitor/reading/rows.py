"""A drafted row: what it holds, and where each field of it comes from."""

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
    is the id of the catalogue, empty for a new one; ``nearest`` names indicators called alike. The columns
    ``…_from`` tell what each field was read from; ``look`` lists what a person should look at.
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


def quoted(passage: Passage, start: int, stop: int) -> str:
    """What a figure stands in: the words before it, the number, its unit, and 以上 or its like behind."""
    behind = _BEHIND.match(passage.text, stop)
    return passage.text[max(0, start - _QUOTE) : behind.end() if behind else stop]
