"""Units in English: what a published unit is called, how many of it, and 万 and 亿 multiplied out."""

import csv
import re
from functools import cache
from pathlib import Path

import pandas as pd

from reportkit.decimals import carried, fixed
from reportkit.language import of_data

_UNITS = Path(__file__).with_name("units.csv")
_SCALE = {"亿": 8, "百万": 6, "万": 4, "千": 3}  # powers of ten
_TENS = {0: "", 3: "1,000", 4: "10,000", 6: "million", 8: "100 million"}
_ROUND = ((9, "billion"), (6, "million"))
_UNCOUNTED = {"yuan", "mu", "km", "per", "for", "Mbit/s", "Gbit/s", "GWh"}


def counted(count: float, one: str, many: str = "") -> str:
    """A number of things in English, ``12 counties``; `many` where more of them are not called as usual."""
    shown = f"{fixed(count, carried([count])):,f}"
    return f"{shown} {one if shown == '1' else many or several(one)}"


def several(one: str) -> str:
    """The plural of an English unit or noun; what it is counted for stays as it is.

    >>> several("school a county"), several("county"), several("yuan a person"), several("m²")
    ('schools a county', 'counties', 'yuan a person', 'm²')
    """
    head, *rest = re.split(r"(?= (?:a|at|of|per|and) )", one, maxsplit=1)
    plural = head.endswith("s") and not head.endswith("ss")
    if plural or not head[-1:].islower() or not head.isascii() or _UNCOUNTED & set(head.split(" ")):
        return one
    if head.endswith("y") and head[-2] not in "aeiou":
        head = head[:-1] + "ies"
    else:
        head += "es" if head.endswith(("ss", "x", "ch", "sh")) else "s"
    return "".join([head, *rest])


def units(indicators: pd.DataFrame) -> pd.Series:
    """Unit of each indicator as ``figure`` takes it, by its id; ``named`` says what unit_en is for."""
    units, own = (indicators[name].to_numpy(dtype=object) for name in ("unit", "unit_en"))
    if of_data() != "zh":
        has_own = indicators["unit_en"].notna()
        pairs = zip(units, own, has_own, strict=True)
        units = [_with_noun(unit, noun) if its_own else unit for unit, noun, its_own in pairs]
    return pd.Series(units, indicators["id"], dtype=object)


def named(unit: str, own: str) -> str:
    """A published unit as ``figure`` takes it; in English with the noun that an indicator has of its `own`.

    English has several words for one unit: enterprises, households for 户. 万个 of places is 万 place.
    """
    return unit if of_data() == "zh" or pd.isna(own) else _with_noun(unit, own)


@cache
def _with_noun(unit: str, own: str) -> str:
    sign = next((sign for sign in _SCALE if unit.startswith(sign)), "")
    return f"{sign} {own}".strip()


def split(unit: str) -> tuple[int, str]:
    """The power of ten of a unit and its English, one of it: (4, 'person') of 万人, (4, 'place') of 万
    place."""
    power = next((power for sign, power in _SCALE.items() if unit.startswith(sign)), 0)
    rest = unit.lstrip("".join(_SCALE)).strip() if power else unit
    return power, _english().get(rest, rest)


@cache
def _english() -> dict[str, str]:
    """One of each published unit, without its sign of scale; nothing for a counter, which needs a noun."""
    with _UNITS.open(encoding="utf-8", newline="") as file:
        return {row["unit"]: row["en"] for row in csv.DictReader(file)}


def scaled(largest: float, unit: str) -> tuple[int, str]:
    """How figures of one unit are shown beside each other: a power of ten to multiply them by, and a word.

    Chinese counts in 万 and 亿 as published; English in ones, millions or billions, by the largest figure: of
    7.63 万人 (4, 'persons'), of 64.0 亿元 (-1, 'billion yuan').
    """
    if of_data() == "zh":
        return 0, unit
    power, one = split(unit)
    for size, name in _ROUND:
        if power and abs(largest) * 10.0**power >= 10.0**size:
            return power - size, f"{name} {several(one)}".strip()
    return power, several(one)


def unit_word(unit: str) -> str:
    """A published unit over figures that stay as they are: in English, 万人 is ``10,000 persons``."""
    if of_data() == "zh":
        return unit
    power, one = split(unit)
    return f"{_TENS[power]} {several(one)}".strip()
