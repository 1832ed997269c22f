"""Words and figures as a report prints them, in the language that is set."""

import unicodedata
from collections.abc import Iterable
from math import isinf

import pandas as pd
from IPython.display import display

from reportkit import measures
from reportkit.cited import span, spans, unique_ids, unmarked
from reportkit.decimals import against, all_against, around, beside, carried, certain, fixed, shared
from reportkit.figure import Figure
from reportkit.language import Text, chosen, of_data, tr

SENTENCE = "application/vnd.reportkit.sentence+json"  # a paragraph as HTML in Markdown, and its rows' ids
NOTHING = "–"  # where there is no figure
_ROOMY = ("）", "》", "】", "」")
_QUOTES = "“”‘’—…·"  # marks of Chinese sentences that are no wider than letters
_COMPARATOR = {">=": "≥ ", "<=": "≤ ", ">": "> ", "<": "< ", "=": "", "about": "≈ ", "+": "+"}


def say(zh: str, en: str, basis: Iterable[str] = (), **others: str) -> None:
    """Show one paragraph (Markdown), in the report's language.

    A figure that was ``cited`` links to its stored rows. `basis`: ids of the rows that the other figures are
    computed from; a page links to them at the end of the paragraph.
    """
    text = tr(zh, en, **others)
    plain, sets, rows = unmarked(text), [], unique_ids(basis)
    linked = spans(text, sets) + (span(rows, sets) if rows else "")
    data = {"text/markdown": plain, "text/plain": plain}
    display(data | ({SENTENCE: {"text": linked, "sets": sets}} if sets else {}), raw=True)


def nothing(title: Text) -> None:
    """Say that a table or chart has nothing to show: a sentence, never an empty frame."""
    say(f"**{chosen(title)}**：无数据。", f"**{chosen(title)}**: no data.")


def joined(items: Iterable[str]) -> str:
    """A list as a phrase: ``供水、道路和厕所``, ``water, roads and toilets``."""
    items = list(items)
    if len(items) < 2:
        return "".join(items)
    first = tr("、", ", ").join(items[:-1])
    return tr(between(first, "和", items[-1]), f"{first} and {items[-1]}")


def between(before: str, word: str, after: str) -> str:
    """Two pieces of a Chinese sentence and the word between them, from which figures and letters stand apart.

    >>> between("小学", "和", "初中"), between("2020", "和", "2022"), between("98 %（2020）", "与", "≥ 95 %")
    ('小学和初中', '2020 和 2022', '98 %（2020）与 ≥ 95 %')
    """
    left, right = unmarked(before)[-1:], unmarked(after)[:1]
    return before + " " * _is_narrow(left) + word + " " * _is_narrow(right) + after


def _is_narrow(character: str) -> bool:
    """Whether a character is a digit, a letter or a sign beside which a Chinese one has a blank."""
    return bool(character) and character not in _QUOTES and wide(character) == 1


def apart(text: str) -> str:
    """A piece of a Chinese sentence and the blank between it and what is written in other letters.

    A full-width bracket at its end brings room of its own: ``98 %（2025）到``, but ``98 % 到``.
    """
    return text if unmarked(text).endswith(_ROOMY) else text + " "


def wide(text: str) -> int:
    """Width of a text in Latin characters; a Chinese character counts as two."""
    if text.isascii():
        return len(text)
    kinds = [*map(unicodedata.east_asian_width, text)]
    return len(text) + kinds.count("W") + kinds.count("F")


def phrase(parts: Iterable[str]) -> str:
    """Remarks joined by semicolons, missing ones left out: ``按人数；估计``; – where there is none."""
    return tr("；", "; ").join(part for part in parts if pd.notna(part)) or NOTHING


def number(
    value: float, places: int | None = None, *, limits: Iterable[float] = (), signed: bool = False
) -> str:
    """A figure with thousands separators, rounded half up in decimal; – where missing.

    A published figure keeps the decimals of its source; in a column of figures to be compared, ``table``
    rounds them. For a computed figure give `places`, which follow from its range (``column``, ``ratio``,
    ``interval``), and the `limits` by which it is judged: it is printed on its own side of each
    (``decimals.against``). If `signed`, a rise has a plus, unless it rounds to 0.
    """
    if pd.isna(value):
        return NOTHING
    return Figure.of(value, against(value, limits, _digits(value, places)), signed=signed)


def _digits(value: float, places: int | None) -> int:
    """Decimals of a figure that are given, else those it carries."""
    return carried([value]) if places is None else places


def column(
    values: Iterable[float],
    ranges: Iterable[tuple[float, float]],
    most: int = 2,
    limits: Iterable[Iterable[float]] | None = None,
) -> list[str]:
    """Computed figures of one column, all with the same number of decimals (``decimals.shared``).

    `ranges` are low and high of each (``methods.ranges.span``; for an exact figure, itself twice), `limits`
    those by which each is judged, if they are: it is printed on its own side of them.
    """
    values = list(values)
    places = shared(values, ranges, most)
    places = places if limits is None else all_against(values, limits, places)
    return [number(value, places) for value in values]


def ratio(value: float, low: float, high: float) -> str:
    """A figure computed from rounded ones, with no more digits than their rounding allows, or with its range.

    A digit is printed where the whole range that rounding leaves, `low` to `high` (``methods.ranges.span``),
    lies within one unit of it, at most one decimal; otherwise: ``14（按舍入为 12.3 至 17.3）``.
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
    """An estimate and both ends of its interval in `unit`, with the decimals of ``decimals.around``.

    >>> interval(91.37, 84.2, 95.1, "%")
    ('91 %', '84 %', '95 %')
    """
    places = around(value, low, high)
    return figure(value, unit, places), figure(low, unit, places), figure(high, unit, places)


def figure(
    value: float,
    unit: str,
    places: int | None = None,
    comparator: str = "=",
    limits: Iterable[float] = (),
) -> str:
    """A figure with its unit (as published, or from ``measures.units``) and comparator, as prose prints it.

    `places` are the decimals of a computed figure, in `unit`, in which are the `limits` by which it is judged
    (see ``number``); the comparator ``+`` marks a rise. In English, 万 and 亿 are multiplied out (2.92 万人
    becomes 29,200 persons), without adding significant digits.
    """
    if pd.isna(value):
        return NOTHING
    sign = _COMPARATOR[comparator]
    if unit == "年" and 1900 < value < 2100:  # a year, not so many of them
        return sign + tr(f"{int(value)} 年", f"{int(value)}")
    if unit == "位" and of_data() == "en":
        return Figure.printed(f"{int(value)}", int(value), sign, _ordinal(int(value)))
    power, name = measures.scaled(value, unit)
    exact = fixed(value, against(value, limits, _digits(value, places))).scaleb(power)
    if f"{exact:f}" == "1" and of_data() == "en" and power == measures.split(unit)[0]:
        name = measures.split(unit)[1]
    return Figure.printed(f"{exact:,f}", float(exact), sign, f" {name}" if name else "")


def _ordinal(number: int) -> str:
    return "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def change(percent: float, *ends: float) -> str:
    """A change in %, as a word and an amount: ``减少 25.6 %``; with as many digits as are certain between its
    two `ends`, at most one decimal; a small change is not printed as none."""
    up, down = tr("增加", "up"), tr("减少", "down")
    places = min(1, certain(*ends)) if ends else 1
    return f"{up if percent >= 0 else down} {number(abs(percent), places, limits=[0])} %"


def aside(text: str) -> str:
    """A remark in brackets, as the language writes them."""
    return tr(f"（{text}）", f" ({text})")


def dated(
    value: float,
    unit: str,
    period: str | None,
    comparator: str = "=",
    limits: Iterable[float] = (),
) -> str:
    """A figure with its period, as a table prints it: ``98.88 % (2020)``; – where missing."""
    text = figure(value, unit, comparator=comparator, limits=limits)
    if pd.isna(value) or pd.isna(period):
        return text
    time = aside(period.replace("/", "–"))
    return text.followed(time) if isinstance(text, Figure) else text + time
