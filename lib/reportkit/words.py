"""Words and figures as a report prints them, in the language that is set."""

import unicodedata
from collections.abc import Iterable
from math import isinf

import pandas as pd
from IPython.display import display

from reportkit import measures
from reportkit.cited import known, span, spans, unmarked
from reportkit.decimals import around, beside, carried, certain, fixed, shared
from reportkit.figure import Figure
from reportkit.language import Text, chosen, of_data, tr

SENTENCE = "application/vnd.reportkit.sentence+json"  # a paragraph as HTML in Markdown, and its rows' ids
NOTHING = "–"  # where there is no figure
_COMPARATOR = {">=": "≥ ", "<=": "≤ ", ">": "> ", "<": "< ", "=": "", "about": "≈ ", "+": "+"}


def say(zh: str, en: str, basis: Iterable[str] = (), **others: str) -> None:
    """Show one paragraph (Markdown) of those given, in the report's language.

    A figure in it that was ``cited`` leads to its stored rows. `basis`: ids of the rows that its other
    figures are computed from; a page leads there from the end of the paragraph.
    """
    text = tr(zh, en, **others)
    shown, sets, rows = unmarked(text), [], known(basis)
    traced = spans(text, sets) + (span(rows, sets) if rows else "")
    data = {"text/markdown": shown, "text/plain": shown}
    display(data | ({SENTENCE: {"text": traced, "sets": sets}} if sets else {}), raw=True)


def nothing(title: Text) -> None:
    """Say that a table or chart has nothing to show: a sentence, never an empty frame."""
    say(f"**{chosen(title)}**：无数据。", f"**{chosen(title)}**: no data.")


def joined(items: Iterable[str]) -> str:
    """A list as a phrase: ``供水、道路和厕所``, ``water, roads and toilets``."""
    items = list(items)
    if len(items) < 2:
        return "".join(items)
    comma, last = tr("、", ", "), tr("和", " and ")
    if last == "和" and unmarked(items[-1])[:1].isascii():  # a figure stands apart from characters
        last += " "
    return comma.join(items[:-1]) + last + items[-1]


def wide(text: str) -> int:
    """How wide a text is in Latin characters; a Chinese one is as wide as two."""
    if text.isascii():
        return len(text)
    kinds = [*map(unicodedata.east_asian_width, text)]
    return len(text) + kinds.count("W") + kinds.count("F")


def phrase(parts: Iterable[str]) -> str:
    """Remarks one after another, missing ones left out: ``按人数；估计``; – where there is none."""
    return tr("；", "; ").join(part for part in parts if pd.notna(part)) or NOTHING


def number(value: float, places: int | None = None, *, signed: bool = False) -> str:
    """A figure with thousands separators, rounded half up in decimal; – where missing.

    A published figure is printed with the decimals it carries, as its source has it; where it stands in a
    column to be compared, ``table`` sees to it. A computed one is told its places, which follow from what it
    may be (``column``, ``ratio``, ``interval``). A change may have its sign, unless it rounds to nothing.
    """
    if pd.isna(value):
        return NOTHING
    return Figure.of(value, carried([value]) if places is None else places, signed=signed)


def column(values: Iterable[float], ranges: Iterable[tuple[float, float]], most: int = 2) -> list[str]:
    """Computed figures of one column with one number of decimals, those that all of them carry.

    `ranges` are what each may be, low and high (``methods.ranges.span``; of an exact one, itself twice).
    """
    values = list(values)
    places = shared(values, ranges, most)
    return [number(value, places) for value in values]


def ratio(value: float, low: float, high: float) -> str:
    """Something computed of rounded figures, with no more digits than they carry, else with its range.

    A digit is carried where all that the figures may have been, `low` to `high` (``methods.ranges.span``),
    lies within one unit of it, one decimal at most: ``14（按舍入为 12.3 至 17.3）``.
    """
    if isinf(high):
        least = number(low, 1)
        spread = tr(f"按舍入不小于 {least}", f"at least {least} by rounding")
        return Figure.of(value, 0, after=aside(spread))
    if (places := certain(low, high)) >= 0:
        return number(value, min(1, places))
    places = beside(low, high)  # the ends are bounds: one digit more, lest they are cut
    least, most = (number(end, places + 1) for end in (low, high))
    spread = tr(f"按舍入为 {least} 至 {most}", f"{least} to {most} by rounding")
    return Figure.of(value, places, after=aside(spread))


def interval(value: float, low: float, high: float, unit: str = "") -> tuple[str, str, str]:
    """An estimate and its interval, all with the digits that the interval leaves it (``around``), in `unit`.

    >>> interval(91.37, 84.2, 95.1, "%")
    ('91 %', '84 %', '95 %')
    """
    places = around(value, low, high)
    return figure(value, unit, places), figure(low, unit, places), figure(high, unit, places)


def figure(value: float, unit: str, places: int | None = None, comparator: str = "=") -> str:
    """A figure with its unit (as published, or of ``measures.units``) and comparator, as prose prints it.

    `places` are the decimals of a computed figure, in `unit`; ``+`` is the comparator of a rise. In English,
    万 and 亿 are multiplied out (2.92 万人 to 29,200 persons); the last digit stays the one that was
    published.
    """
    if pd.isna(value):
        return NOTHING
    sign = _COMPARATOR[comparator]
    if unit == "年" and 1900 < value < 2100:  # a year, not so many of them
        return sign + tr(f"{int(value)} 年", f"{int(value)}")
    if unit == "位" and of_data() == "en":
        return Figure.printed(f"{int(value)}", int(value), sign, _ordinal(int(value)))
    power, name = measures.scaled(value, unit)
    exact = fixed(value, carried([value]) if places is None else places).scaleb(power)
    if f"{exact:f}" == "1" and of_data() == "en" and power == measures.split(unit)[0]:
        name = measures.split(unit)[1]
    return Figure.printed(f"{exact:,f}", float(exact), sign, f" {name}" if name else "")


def _ordinal(number: int) -> str:
    return "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def change(percent: float, *ends: float) -> str:
    """A change in %, as a word and an amount: ``减少 25.6 %``; with as many digits as what it may be, its two
    `ends`, leaves it, one decimal at most."""
    up, down = tr("增加", "up"), tr("减少", "down")
    places = min(1, certain(*ends)) if ends else 1
    return f"{up if percent >= 0 else down} {number(abs(percent), places)} %"


def aside(text: str) -> str:
    """A remark in the brackets of the language."""
    return tr(f"（{text}）", f" ({text})")


def dated(value: float, unit: str, period: str | None, comparator: str = "=") -> str:
    """A figure with its period, as a table prints it: ``98.88 % (2020)``; – where missing."""
    shown = figure(value, unit, comparator=comparator)
    if pd.isna(value) or pd.isna(period):
        return shown
    when = aside(period.replace("/", "–"))
    return shown.followed(when) if isinstance(shown, Figure) else shown + when
