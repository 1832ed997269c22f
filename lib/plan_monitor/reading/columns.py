"""Tables that were copied with one cell on each line: their columns, found by the cells below each other."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from plan_monitor.intake.take import headings, labels
from plan_monitor.intake.take.blocks import figure_like, missing

_LONGEST = 28
_SENTENCE = re.compile(r"[。；;：:！？]|，.*，")
_TIME = re.compile(r"\d\s*(?:月|季度|年)(?:末|底|初|份)?[^\d]*$")
_WIDEST = 12
_FIRST = re.compile(
    "|".join(headings.ROLES[role] for role in ("label", "region", "period", "number", "group"))
)


class Line(NamedTuple):
    """A line of a text and the place of its first character."""

    start: int
    text: str


def find(lines: list[Line], at: int) -> tuple[list[list[Line]], int] | None:
    """The rows of a table with one cell on each line that begins at a line, and the line after it; else None.

    Either empty lines separate the rows, or the width follows from the cells: the first heading names what
    rows are about, and in each column all cells below are figures, or none is.
    """
    if not lines[at].text.strip():
        return None
    if grouped := _grouped(lines, at):
        return grouped
    if not _FIRST.fullmatch(labels.plain(lines[at].text)):
        return None
    best: list[list[Line]] = []
    for width in range(2, _WIDEST + 1):
        rows = _rows(_cells(lines, at), width)
        if len(rows) > 2 and len(rows) * width > sum(map(len, best)):
            best = rows
    if not best:
        return None
    return best, _next_line(lines, at, best)


def _next_line(lines: list[Line], at: int, rows: list[list[Line]]) -> int:
    """The line after the last of some rows."""
    last = rows[-1][-1]
    return next(number for number in range(at, len(lines)) if lines[number] is last) + 1


def _is_cell(text: str) -> bool:
    text = text.strip()
    return len(text) <= _LONGEST and "\t" not in text


def _cells(lines: list[Line], at: int) -> Iterator[Line]:
    """The cells from a line on, up to a line that is no cell."""
    for number in range(at, len(lines)):
        line = lines[number]
        if not line.text.strip():
            continue
        if not _is_cell(line.text) or _SENTENCE.search(line.text.strip()):
            return
        yield line


def _grouped(lines: list[Line], at: int) -> tuple[list[list[Line]], int] | None:
    """The rows between empty lines, as many cells each as the first."""
    rows: list[list[Line]] = []
    for row in _blocks(lines, at):
        if not rows and (len(row) < 2 or any(is_figure(line.text) for line in row)):
            return None
        figures = any(is_figure(line.text) or missing(line.text.strip()) for line in row[1:])
        if rows and (len(row) != len(rows[0]) or not figures):
            break
        rows.append(row)
    if len(rows) < 2:
        return None
    return rows, _next_line(lines, at, rows)


def _blocks(lines: list[Line], at: int) -> Iterator[list[Line]]:
    """Blocks of lines between empty ones, up to a line that is no cell; a block that it cuts is left out."""
    block: list[Line] = []
    for number in range(at, len(lines)):
        line = lines[number]
        if line.text.strip() and not _is_cell(line.text):
            return
        if line.text.strip():
            block.append(line)
        elif block:
            yield block
            block = []
        if len(block) > _WIDEST:
            return
    if block:
        yield block


def _rows(cells: Iterator[Line], width: int) -> list[list[Line]]:
    """Rows of a width below a heading without figures, as long as figures stay in the same columns."""
    heading = [*islice(cells, width)]
    if any(is_figure(cell.text) for cell in heading):
        return []
    rows = [heading]
    numeric: list[bool | None] = [None] * width
    while len(row := [*islice(cells, width)]) == width:
        pairs = [(_numeric(cell.text), previous) for cell, previous in zip(row, numeric, strict=True)]
        if any(None not in pair and pair[0] != pair[1] for pair in pairs):
            break
        numeric = [previous if kind is None else kind for kind, previous in pairs]
        if not any(numeric):
            return []
        rows.append(row)
    return rows


@lru_cache(maxsize=4096)
def _numeric(text: str) -> bool | None:
    """Whether a cell holds a figure; None where it says that there is none."""
    return None if missing(text.strip()) else is_figure(text)


@lru_cache(maxsize=4096)
def is_figure(text: str) -> bool:
    """Whether a cell holds a figure: neither a time, as headings do, nor a sign for "none".

    >>> [is_figure(text) for text in ("≥95", "1-8月累计", "8月同比(%)", "—")]
    [True, False, False, False]
    """
    text = text.strip()
    return figure_like(text) and not missing(text) and not _TIME.search(text)
