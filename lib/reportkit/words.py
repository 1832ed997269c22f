"""Words and figures as a report prints them, in the language that is set."""

import unicodedata
from collections.abc import Iterable
from math import isinf

import pandas as pd
from IPython.display import display

from reportkit import measures
from reportkit.decimals import carried, fixed, rounded
from reportkit.language import chosen, current, tr

_COMPARATOR = {">=": "≥ ", "<=": "≤ ", ">": "> ", "<": "< ", "=": "", "about": "≈ ", "+": "+"}


def say(zh: str, en: str) -> None:
    """Show one paragraph (Markdown) of the two given, in the report's language."""
    text = tr(zh, en)
    display({"text/markdown": text, "text/plain": text}, raw=True)


def nothing(title: tuple[str, str]) -> None:
    """Say that a table or chart has nothing to show: a sentence, never an empty frame."""
    say(f"**{title[0]}**：无数据。", f"**{title[1]}**: no data.")


def joined(items: Iterable[str]) -> str:
    """A list as a phrase.

    >>> joined(["water", "roads", "toilets"], "en")
    'water, roads and toilets'
    >>> joined(["供水", "道路", "厕所"], "zh")
    '供水、道路和厕所'
    """
    items = list(items)
    if len(items) < 2:
        return "".join(items)
    comma, last = chosen((("、", "和"), (", ", " and ")))
    return comma.join(items[:-1]) + last + items[-1]


def wide(text: str) -> int:
    """How wide a text is in Latin characters; a Chinese one is as wide as two."""
    return sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in text)


def phrase(parts: Iterable[str]) -> str:
    """Remarks one after another, missing ones left out; – where there is none.

    >>> phrase(["by head", None, "estimate"], "en"), phrase([None], "zh")
    ('by head; estimate', '–')
    """
    said = [part for part in parts if pd.notna(part)]
    return tr("；", "; ").join(said) or "–"


def number(value: float, places: int | None = None, *, signed: bool = False) -> str:
    """A figure with thousands separators, rounded half up in decimal; – where missing.

    A published figure is printed with the decimals it carries: 98 % and 98.88 % stand in one column as their
    sources have them. A computed one is told its places, the same for its whole column (``column`` where
    they follow from the figures). A change may have its sign, unless it rounds to nothing.

    >>> number(12861.0), number(89.55, 1), number(float("nan")), number(0.8, signed=True)
    ('12,861', '89.6', '–', '+0.8')
    """
    if pd.isna(value):
        return "–"
    exact = fixed(value, carried([value]) if places is None else places)
    return f"{exact:+,f}" if signed and exact else f"{exact:,f}"


def column(values: Iterable[float], most: int = 2) -> list[str]:
    """Computed figures of one column with one number of decimals: what the finest needs, `most` at most.

    >>> column([0.8, 1.245, float("nan")]), column([12.0, 8.0])
    (['0.80', '1.25', '–'], ['12', '8'])
    """
    values = list(values)
    places = carried(rounded(value, most) for value in values)
    return [number(value, places) for value in values]


def ratio(value: float, low: float, high: float) -> str:
    """Something computed of rounded figures, with no more digits than they carry, else with its range.

    A digit is carried where all that the figures may have been lies within one unit of it.

    Parameters
    ----------
    value, low, high : float
        As computed, and the least and the most it may be (``methods.ranges.span``).

    >>> ratio(14.4, 12.3, 17.34, "en"), ratio(24.16, 24.07, 24.25, "en")
    ('14 (12.3 to 17.3 by rounding)', '24')
    """
    if high - low <= 1:
        return number(value, max(place for place in (0, 1) if high - low <= 10.0**-place))
    least, most = number(low, 1), "" if isinf(high) else number(high, 1)
    if current() == "zh":
        told = f"按舍入为 {least} 至 {most}" if most else f"按舍入不小于 {least}"
    else:
        told = f"{least} to {most} by rounding" if most else f"at least {least} by rounding"
    return number(value, 0) + aside(told)


def figure(value: float, unit: str, places: int | None = None, comparator: str = "=") -> str:
    """A figure with its unit and comparator, as prose prints it.

    In English, 万 and 亿 are multiplied out; the last digit stays the one that was published.

    Parameters
    ----------
    value : float
        In `unit`.
    unit : str
        As published, or of ``units`` where the indicator is known.
    places : int, optional
        Decimals of a computed figure, in `unit`.
    comparator : str
        As stored; ``+`` for a rise.

    >>> figure(95.0, "%", "en", comparator=">="), figure(2.92, "万人", "zh"), figure(2.92, "万人", "en")
    ('≥ 95 %', '2.92 万人', '29,200 persons')
    >>> figure(64.0, "亿元", "en"), figure(1.0, "所/县市", "en"), figure(2.0, "位", "en")
    ('6.4 billion yuan', '1 school a county', '2nd')
    """
    if pd.isna(value):
        return "–"
    return _COMPARATOR[comparator] + _measured(value, unit, places)


def _measured(value: float, unit: str, places: int | None) -> str:
    """A figure with its unit."""
    if unit == "年" and 1900 < value < 2100:  # a year, not so many of them
        return tr(f"{int(value)} 年", f"{int(value)}")
    if unit == "位" and current() != "zh":
        return f"{int(value)}{_ordinal(int(value))}"
    power, word = measures.scaled(value, unit)
    digits = f"{fixed(value, carried([value]) if places is None else places).scaleb(power):,f}"
    if digits == "1" and current() != "zh" and power == measures.split(unit)[0]:
        word = measures.split(unit)[1]
    return f"{digits} {word}".strip()


def _ordinal(number: int) -> str:
    return "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def change(percent: float) -> str:
    """A change in %, as a word and an amount.

    >>> change(15.43, "zh"), change(-25.6, "en")
    ('增加 15.4 %', 'down 25.6 %')
    """
    up, down = chosen((("增加", "减少"), ("up", "down")))
    return f"{up if percent >= 0 else down} {number(abs(percent), 1)} %"


def aside(text: str) -> str:
    """A remark in the brackets of the language.

    >>> aside("2020", "en"), aside("2020", "zh")
    (' (2020)', '（2020）')
    """
    return tr(f"（{text}）", f" ({text})")


def dated(value: float, unit: str, period: str | None, comparator: str = "=") -> str:
    """A figure with its period, as a table prints it: ``98.88 % (2020)``; – where missing."""
    if pd.isna(value):
        return "–"
    shown = figure(value, unit, comparator=comparator)
    return shown if pd.isna(period) else shown + aside(period.replace("/", "–"))
