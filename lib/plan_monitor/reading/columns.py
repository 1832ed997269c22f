"""Tables that were copied one cell a line: how many columns they have, found by what stands below each other."""

import re
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
    """The rows of a table that begins at a line, a cell a line, and the line after it; None where none begins there.

    Either an empty line stands between rows, or the heading's cells tell how many there are: the first names
    what rows are about, and in each column all cells below are figures, or none is.
    """
    if not lines[at].text.strip():
        return None
    if grouped := _grouped(lines, at):
        return grouped
    if not _FIRST.fullmatch(labels.plain(lines[at].text)):
        return None
    cells, ends = [], []
    for number in range(at, len(lines)):
        text = lines[number].text.strip()
        if not text:
            continue
        if len(text) > _LONGEST or _SENTENCE.search(text) or "\t" in text:
            break
        cells.append(lines[number])
        ends.append(number + 1)
    best: list[list[Line]] = []
    for width in range(2, min(_WIDEST, len(cells) // 3) + 1):
        rows = _rows(cells, width)
        if len(rows) > 2 and len(rows) * width > sum(map(len, best)):
            best = rows
    return (best, ends[sum(map(len, best)) - 1]) if best else None


def _grouped(lines: list[Line], at: int) -> tuple[list[list[Line]], int] | None:
    rows: list[list[Line]] = [[]]
    number = at
    while number < len(lines):
        text = lines[number].text
        if not text.strip():
            rows.append([])
        elif len(text.strip()) <= _LONGEST and "\t" not in text.strip():
            rows[-1].append(lines[number])
        else:
            break
        number += 1
    if rows[-1] and number < len(lines) and lines[number].text.strip():
        rows.pop()  # its last line goes on in a longer one
    full: list[list[Line]] = []
    for row in filter(None, rows):
        if full and len(row) != len(full[0]):
            break
        full.append(row)
    if len(full) < 2 or len(full[0]) < 2 or any(is_figure(line.text) for line in full[0]):
        return None
    if not all(
        any(is_figure(line.text) or missing(line.text.strip()) for line in row[1:]) for row in full[1:]
    ):
        return None
    return full, lines.index(full[-1][-1]) + 1


def _rows(cells: list[Line], width: int) -> list[list[Line]]:
    """As many rows of a width as have figures where the first of them has, below a heading that has none."""
    rows = [cells[first : first + width] for first in range(0, len(cells) - width + 1, width)]
    if any(is_figure(cell.text) for cell in rows[0]):
        return []
    numeric: list[bool | None] = [None] * width
    for number, row in enumerate(rows[1:], 1):
        for column, cell in enumerate(row):
            if missing(cell.text.strip()):
                continue
            is_number = is_figure(cell.text)
            if numeric[column] is None:
                numeric[column] = is_number
            elif numeric[column] != is_number:
                return rows[:number]
        if number == 1 and not any(numeric):
            return []
    return rows


def is_figure(text: str) -> bool:
    """Whether a cell holds a figure: neither a time, as headings do, nor a sign for "none".

    >>> [is_figure(text) for text in ("≥95", "1-8月累计", "8月同比(%)", "—")]
    [True, False, False, False]
    """
    text = text.strip()
    return figure_like(text) and not missing(text) and not _TIME.search(text)
