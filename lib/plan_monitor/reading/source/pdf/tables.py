"""Tables that continue over the end of a page."""

import re
from typing import NamedTuple

from plan_monitor.reading.source.blocks import Grid
from plan_monitor.reading.source.pdf.geometry import Box
from plan_monitor.reading.source.pdf.lines import join_lines
from plan_monitor.reading.source.shape import is_figure

CONTINUED = re.compile(
    r"[（(]?\s*(?:续\s*(?:上\s*)?表.*|.*[（(]\s*续(?:表|[一二三四五六七八九\d]+)?\s*[）)])\s*"
)
_SIDES = 12.0  # points by which the sides of parts of a table differ at most
_MOST_HEADINGS = 4  # rows that each page repeats


class Part(NamedTuple):
    """A table, or its part on one page."""

    box: Box
    grid: Grid


def continues(first: Part, second: Part) -> bool:
    """Whether a table at the top of a page continues the one at the end of the page before."""
    return len(first.grid.rows[0]) == len(second.grid.rows[0]) and (
        abs(first.box.x0 - second.box.x0) <= _SIDES and abs(first.box.x1 - second.box.x1) <= _SIDES
    )


def join_parts(first: Part, second: Part) -> Part:
    """Both parts as one table: the heading once, a row divided by the end of the page as one row."""
    rows, merged = [list(row) for row in first.grid.rows], list(first.grid.merged)
    skip = _repeated(rows, second.grid.rows)
    rest = [list(row) for row in second.grid.rows[skip:]]
    if not rest:
        return first._replace(box=second.box)
    label_span = _label_across(first.grid, second.grid, skip)
    if not rest[0][0] and not label_span and any(rest[0]) and not any(map(is_figure, rest[0])):
        rows[-1] = [join_lines([above, below]) for above, below in zip(rows[-1], rest[0], strict=True)]
        rest, skip = rest[1:], skip + 1
    offset = len(rows) - skip
    merged += [
        (top + offset, left, bottom + offset, right)
        for top, left, bottom, right in second.grid.merged
        if top >= skip
    ]
    if label_span:
        origin, end = label_span
        merged = [area for area in merged if area[:2] not in ((origin, 0), (offset + skip, 0))]
        merged.append((origin, 0, end + offset, 0))
    return Part(second.box, Grid(rows + rest, tuple(merged)))


def _repeated(rows: list[list[str]], part_rows: list[list[str]]) -> int:
    """The number of rows at the top of a part that repeat those at the top of the table."""
    count = 0
    while count < min(len(rows), len(part_rows), _MOST_HEADINGS):
        if rows[count] != part_rows[count] or any(map(is_figure, rows[count])):
            break
        count += 1
    return count


def _label_across(first: Grid, second: Grid, skip: int) -> tuple[int, int] | None:
    """The first row, in one part, and the last row, in the other, of a label over the end of the page."""
    row = second.rows[skip]
    if row[0] or not any(map(is_figure, row)):
        return None
    origin = next((at for at in range(len(first.rows) - 1, -1, -1) if first.rows[at][0]), None)
    if origin is None or is_figure(first.rows[origin][0]):
        return None
    end = next((bottom for top, left, bottom, _ in second.merged if (top, left) == (skip, 0)), skip)
    return origin, end
