"""Tables without lines between their columns: texts below each other form a column."""

import re
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from plan_monitor.intake.take.blocks import missing
from plan_monitor.reading.columns import is_figure
from plan_monitor.reading.source.blocks import Grid
from plan_monitor.reading.source.pdf.geometry import Box, Fragment, Rule, union
from plan_monitor.reading.source.pdf.lines import join_lines

_ROWS = 3  # with several cells that a table has at least
_LEAD = 2.2  # of the size: a wider gap between rows ends a table
_TIGHT = 0.45  # of the size: a gap that lines of one cell have between them at most
_SENTENCE = re.compile(r"[。；]$")
_MOST_LINES = 4  # of a cell, below each other
_NEAR = 4  # points around a column that are still its own
_LONGEST = 30  # characters of a cell; lines of prose are longer


class Aligned(NamedTuple):
    """A table's place and its texts."""

    box: Box
    grid: Grid


def group_tables(rows: list[list[Fragment]], rules: list[Rule]) -> list[list[Fragment] | Aligned]:
    """Rows of a column of a page, with the rows of each table put together; `rules` are horizontal lines."""
    result: list[list[Fragment] | Aligned] = []
    first = 0
    while first < len(rows):
        end = _end(rows, first) if len(rows[first]) > 1 else first
        table = _table(rows[first:end], rules) if end > first else None
        if table is None:
            result.append(rows[first])
            first += 1
        else:
            result.append(table)
            first = end
    return result


def _end(rows: list[list[Fragment]], first: int) -> int:
    """The number of the row after a run of rows with several cells; it may include lines of one cell."""
    end = first + 1
    at = first + 1
    while at < len(rows):
        above, row = union(rows[at - 1]), union(rows[at])
        size = max(part.size for part in rows[at])
        if row.top - above.bottom > _LEAD * size:
            break
        if any(len(part.text) > _LONGEST for part in rows[at]) or at - end >= _MOST_LINES:
            break
        at += 1
        if len(rows[at - 1]) > 1:
            end = at
    table = union([part for row in rows[first:end] for part in row])
    while end < len(rows) and _continues_cell(rows[end], union(rows[end - 1]), table.x1 - table.x0):
        end += 1
    return end


def _continues_cell(row: list[Fragment], above: Box, width: float) -> bool:
    """Whether a line below a table is the rest of a cell of its last row."""
    tight = row[0].top - above.bottom <= _TIGHT * row[0].size
    return len(row) == 1 and tight and row[0].x1 - row[0].x0 < width / 3 and len(row[0].text) <= _LONGEST


def _table(rows: list[list[Fragment]], rules: list[Rule]) -> Aligned | None:
    long_rows = [row for row in rows if len(row) > 1]
    figures = sum(any(is_figure(part.text) for part in row) for row in long_rows)
    ruled = _ruled(union([part for row in rows for part in row]), rules)
    if (
        len(long_rows) < (_ROWS - ruled)
        or not figures
        or any(_SENTENCE.search(row[-1].text) for row in long_rows)
    ):
        return None
    columns = columns_of(long_rows)
    if columns is None:
        return None
    return Aligned(union([part for row in rows for part in row]), to_grid(join_rows(rows), columns))


def to_grid(rows: list[list[Fragment]], columns: list[tuple[float, float]]) -> Grid:
    """The texts of rows in their columns; the lines of a cell are joined to one text."""
    merged: list[tuple[int, int, int, int]] = []
    texts: list[list[str]] = []
    for row in rows:
        cells: list[list[str]] = [[] for _ in columns]
        spans: dict[int, int] = {}
        for part in sorted(row, key=lambda part: part.middle):
            left, right = _place(part, columns)
            pieces = part.text.split(" ")
            if len(pieces) == right - left + 1 and all(map(_is_value, pieces[1:])):
                for at, piece in enumerate(pieces, left):  # cells that stand close beside each other
                    cells[at].append(piece)
                continue
            cells[left].append(part.text)
            spans[left] = max(right, spans.get(left, left))
        merged += [(len(texts), left, len(texts), right) for left, right in spans.items() if right > left]
        texts.append([join_lines(lines) for lines in cells])
    return Grid(texts, tuple(merged))


def _is_value(text: str) -> bool:
    return is_figure(text) or missing(text)


def _ruled(box: Box, rules: list[Rule]) -> bool:
    """Whether horizontal lines as wide as the table lie above and below it."""
    wide = [rule.at for rule in rules if rule.start <= box.x0 + 8 and rule.end >= box.x1 - 8]
    near = (box.bottom - box.top) / 2 + 20
    return any(box.top - near <= at <= box.top + 4 for at in wide) and any(
        box.bottom - 4 <= at <= box.bottom + near for at in wide
    )


def columns_of(rows: list[list[Fragment]]) -> list[tuple[float, float]] | None:
    """The left and right side of each column; None where the rows do not form columns.

    They follow from the rows with the most frequent number of cells, else from those with the most cells.
    """
    if not rows:
        return None
    counts = [len(row) for row in rows]
    usual = max(set(counts), key=lambda count: (counts.count(count) * count, count))
    for count in (usual, max(counts)):
        full = [row for row in rows if len(row) == count]
        columns = [(min(p.x0 for p in cells), max(p.x1 for p in cells)) for cells in zip(*full, strict=True)]
        if all(left[1] < right[0] for left, right in pairwise(columns)):
            return _with_more(columns, rows)
    return None


def _with_more(columns: list[tuple[float, float]], rows: list[list[Fragment]]) -> list[tuple[float, float]]:
    """Columns, and further ones for cells that lie in none of them."""
    for row in rows:
        for part in row:
            if not any(start - _NEAR < part.x1 and part.x0 < end + _NEAR for start, end in columns):
                columns.append((part.x0, part.x1))
                columns.sort()
    return columns


def _place(part: Fragment, columns: list[tuple[float, float]]) -> tuple[int, int]:
    """The first and the last column of a cell."""
    covered = [
        at
        for at, (start, end) in enumerate(columns)
        if min(part.x1, end) - max(part.x0, start) > 0.3 * min(end - start, part.size)
    ]
    if covered:
        return covered[0], covered[-1]
    middle = (part.x0 + part.x1) / 2
    nearest = min(range(len(columns)), key=lambda at: abs(sum(columns[at]) / 2 - middle))
    return nearest, nearest


def join_rows(rows: list[list[Fragment]]) -> list[list[Fragment]]:
    """Rows with their continuation lines: a line close below another has the rest of its cells."""
    gaps = [union(lower).top - union(upper).bottom for upper, lower in pairwise(rows)]
    usual = median(gaps) if gaps else 0
    result: list[list[Fragment]] = [list(rows[0])]
    for upper, lower, gap in zip(rows, rows[1:], gaps, strict=False):
        is_rest = len(lower) == 1 and len(upper) > 1
        if is_rest and gap <= _TIGHT * lower[0].size and gap < usual - 1:
            result[-1] += lower
        else:
            result.append(list(lower))
    return result
