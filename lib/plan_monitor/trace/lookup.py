"""Trace a number: the stored rows, checks and reports that a figure leads to."""

import json
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd

from plan_monitor.data.figures import stored
from plan_monitor.data.package import Package
from reportkit.brief import BRIEF
from reportkit.decimals import NOISE
from reportkit.language import tr, using
from reportkit.measures import scaled
from reportkit.table import TABLE, unpack

_DIGITS = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?")
_NUMBER = re.compile(r"\s*[<>≥≤≈]?\s*([-+]?\d[\d,]*(?:\.(\d+))?)\s*%?\s*")


def number(query: str) -> tuple[float, int] | None:
    """The figure that a query is, and its decimals; None for a name, even one with digits in it.

    >>> number("12,861"), number("≥ 15.60 %"), number("15 schools")
    ((12861.0, 0), (15.6, 2), None)
    """
    match = _NUMBER.fullmatch(query)
    return (float(match[1].replace(",", "")), len(match[2] or "")) if match else None


def find(package: Package, query: str) -> pd.DataFrame:
    """Rows of ``figures.stored`` that a query leads to.

    It is a figure as it is printed in either language (``2.92`` 万人 or ``29,200`` persons), a row's id, or
    an indicator's id or a part of its Chinese or English name.
    """
    figures = stored(package)
    if query in figures.index:
        return figures.loc[[query]]
    if figure := number(query):
        pairs = zip(figures["value"], figures["unit"], strict=True)
        with using("en"):
            english = [_multiplied(*pair) for pair in pairs]
        alike = partial(np.isclose, b=figure[0], rtol=NOISE, atol=NOISE)
        return figures[alike(figures["value"]) | alike(english)]
    names = figures[["indicator", "name_zh", "name_en"]].astype("str")
    matches = names.apply(lambda column: column.str.contains(query, case=False, regex=False))
    return figures[matches.any(axis=1) & figures["table"].ne("documents")]


def _multiplied(value: float, unit: str) -> float:
    """A stored figure as English prints it, with 万 and 亿 multiplied out."""
    return value if pd.isna(unit) else value * 10.0 ** scaled(value, unit)[0]


def computed(checked: pd.DataFrame, query: str) -> pd.DataFrame:
    """Rows of `checked` (of ``audit.run``) whose computed figure rounds to the one in the query."""
    if not (figure := number(query)):
        return checked.iloc[:0]
    several = checked["rows"].map(len) > 1  # else it is a stored figure itself
    return checked[several & ((checked["computed"] - figure[0]).abs() <= _half(figure[1]))]


def printed(folder: Path, query: str) -> pd.DataFrame:
    """Figures in tables and on first pages of executed notebooks: of each ``.ipynb`` in a folder of published
    reports.

    A query with decimals also finds figures that round to it; any query finds figures that their column shows
    so; a query that is no figure finds nothing. Columns report, table (its title; of a first page, its name),
    heading (of the column; name of the figure), cell (as printed) and ids (of stored rows).
    """
    rows, figure = [], number(query)
    tolerance = _half(figure[1]) if figure and figure[1] else NOISE
    for path in sorted(folder.glob("*.ipynb")) if figure else []:
        shown = [*_shown(json.loads(path.read_text(encoding="utf-8")))]
        for fact in (fact for data in shown for fact in data.get(BRIEF, {}).get("facts", ())):
            printed = map(number, _DIGITS.findall(fact["figure"]))
            if any(pair and abs(pair[0] - figure[0]) <= tolerance for pair in printed):
                rows.append(
                    (path.stem, tr("一页摘要", "on one page"), fact["label"], fact["figure"], fact["ids"])
                )
        for table in (data[TABLE] for data in shown if TABLE in data):
            for row in unpack(table):
                for heading, cell in zip(table["headings"], row, strict=True):
                    equal = cell.value is not None and abs(cell.value - figure[0]) <= tolerance
                    if equal or (cell.value is not None and number(cell.text) == figure):
                        rows.append((path.stem, table["title"], heading, cell.text, cell.ids))
    return pd.DataFrame(rows, columns=["report", "table", "heading", "cell", "ids"])


def _half(places: int) -> float:
    """Half of the last digit of a figure with so many decimals: what rounds to it is no farther off."""
    return 0.5 * 10.0**-places + NOISE


def _shown(notebook: dict) -> Iterator[dict]:
    """The outputs of an executed notebook, each as data by MIME type."""
    for cell in notebook.get("cells", []):
        yield from (output.get("data", {}) for output in cell.get("outputs", []))
