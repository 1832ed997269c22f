"""Units in English: names of published units, their plurals, and 万 and 亿 multiplied out."""

import csv
import re
from functools import cache
from pathlib import Path

import pandas as pd

from reportkit.decimals import carried, fixed
from reportkit.language import of_data

_UNITS = Path(__file__).with_name("units.csv")
# 千瓦 and 百分点 are units of their own, no thousand and no hundred of others
_SCALE = re.compile("万亿|[十百千]?[万亿]|[十百千](?![瓦米克升伏帕卡分])")
_ZEROS = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
_ROUND = ((9, "billion"), (6, "million"))
_UNCOUNTED = {"yuan", "mu", "km", "per", "for", "Mbit/s", "Gbit/s", "GWh"}


def scale(unit: str) -> tuple[int, str]:
    """The power of ten that a published unit begins with, and the rest of the unit.

    >>> scale("万人"), scale("十亿元"), scale("万亿元"), scale("万千瓦"), scale("百分点")
    ((4, '人'), (9, '元'), (12, '元'), (4, '千瓦'), (0, '百分点'))
    """
    match = _SCALE.match(unit)
    word = match[0] if match else ""
    return sum(_ZEROS[character] for character in word), unit[len(word) :]


def counted(count: float, singular: str, plural_form: str = "") -> str:
    """A number of things in English, ``12 counties``; `plural_form` is for an irregular plural."""
    number = f"{fixed(count, carried([count])):,f}"
    return f"{number} {singular if number == '1' else plural_form or plural(singular)}"


def plural(noun: str) -> str:
    """The plural of an English unit or noun; only the part before "a", "of" or "per" changes.

    >>> plural("school a county"), plural("county"), plural("yuan a person"), plural("m²")
    ('schools a county', 'counties', 'yuan a person', 'm²')
    """
    head, *rest = re.split(r"(?= (?:a|at|of|per|and) )", noun, maxsplit=1)
    plural = head.endswith("s") and not head.endswith("ss")
    if plural or not head[-1:].islower() or not head.isascii() or _UNCOUNTED & set(head.split(" ")):
        return noun
    if head.endswith("y") and head[-2] not in "aeiou":
        head = head[:-1] + "ies"
    else:
        head += "es" if head.endswith(("ss", "x", "ch", "sh")) else "s"
    return "".join([head, *rest])


def units(indicators: pd.DataFrame) -> pd.Series:
    """Unit of each indicator as ``words.figure`` takes it, by indicator id; for unit_en see ``named``."""
    units, nouns = (indicators[name].to_numpy(dtype=object) for name in ("unit", "unit_en"))
    if of_data() != "zh":
        has_noun = indicators["unit_en"].notna()
        pairs = zip(units, nouns, has_noun, strict=True)
        units = [_with_noun(unit, noun) if uses_noun else unit for unit, noun, uses_noun in pairs]
    return pd.Series(units, indicators["id"], dtype=object)


def named(unit: str, noun: str) -> str:
    """A published unit as ``words.figure`` takes it; in English with the indicator's own `noun` (unit_en).

    English has several words for one unit: 户 are enterprises or households. 万个 with the noun place is
    万 place.
    """
    return unit if of_data() == "zh" or pd.isna(noun) else _with_noun(unit, noun)


@cache
def _with_noun(unit: str, noun: str) -> str:
    return f"{unit.removesuffix(scale(unit)[1])} {noun}".strip()


def split(unit: str) -> tuple[int, str]:
    """The power of ten of a unit and its English singular: (4, 'person') for 万人, (4, 'place') for 万
    place."""
    power, rest = scale(unit)
    rest = rest.strip()
    return power, _english().get(rest, rest)


@cache
def _english() -> dict[str, str]:
    """English singular of each published unit without 万 or 亿; empty for a counter, which needs a noun."""
    with _UNITS.open(encoding="utf-8", newline="") as file:
        return {row["unit"]: row["en"] for row in csv.DictReader(file)}


def scaled(largest: float, unit: str) -> tuple[int, str]:
    """The power of ten to multiply figures of one unit by when they are shown together, and their unit.

    Chinese counts in 万 and 亿 as published; English in ones, millions or billions, by the largest figure: of
    7.63 万人 (4, 'persons'), of 64.0 亿元 (-1, 'billion yuan').
    """
    if of_data() == "zh":
        return 0, unit
    power, singular = split(unit)
    for size, name in _ROUND:
        if power and abs(largest) * 10.0**power >= 10.0**size:
            return power - size, f"{name} {plural(singular)}".strip()
    return power, plural(singular)


def unit_word(unit: str) -> str:
    """A published unit above figures that are not multiplied out: in English, 万人 is ``10,000 persons``."""
    if of_data() == "zh":
        return unit
    power, singular = split(unit)
    return f"{_tens(power)} {plural(singular)}".strip()


def _tens(power: int) -> str:
    """A power of ten in English: 10,000 of 4, 100 million of 8; "" of 0."""
    for size, name in _ROUND:
        if power >= size:
            return f"{10 ** (power - size):,} {name}".removeprefix("1 ")
    return f"{10**power:,}" if power else ""
