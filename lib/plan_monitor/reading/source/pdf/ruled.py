"""Tables drawn by ruling lines: their cells, merged ones included."""

from bisect import bisect
from typing import NamedTuple

from plan_monitor.reading.source.blocks import Grid
from plan_monitor.reading.source.pdf.geometry import Box, Char, Rule
from plan_monitor.reading.source.pdf.lines import fragments, join_lines, rows_of

_SNAP = 3.0  # points between lines that are one
_REACH = 4.0  # points by which lines that meet may miss each other
_OPEN = 8.0  # points by which lines across reach beyond the outermost line down, where a table has open sides
_MOST_PAIRS = 200_000  # of lines across and down, likewise
_MOST_RULES = 4000  # of a page; a drawing has more


class Ruled(NamedTuple):
    """A table's box, its vertical lines (xs) and horizontal lines (ys), and the places of each cell."""

    box: Box
    xs: list[float]
    ys: list[float]
    cells: list[tuple[int, int, int, int]]  # first row, first column, last row, last column


def tables(horizontal: list[Rule], vertical: list[Rule]) -> list[Ruled]:
    """The tables drawn by lines on a page, from the top down.

    A box of one column is no table: it holds text.
    """
    if len(horizontal) + len(vertical) > _MOST_RULES:
        return []
    across, down = merge_rules(horizontal), merge_rules(vertical)
    if len(across) * len(down) > _MOST_PAIRS:
        return []
    result = [_table(*group) for group in _groups(across, down)]
    return sorted((table for table in result if table), key=lambda table: table.box.top)


def grid(table: Ruled, chars: list[Char]) -> Grid:
    """A table's texts, each cell's lines together."""
    chars_by_cell: dict[tuple[int, int], list[Char]] = {}
    owner = {
        (row, column): (top, left)
        for top, left, bottom, right in table.cells
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    }
    for char in chars:
        row, column = _index(table.ys, char.top, char.bottom), _index(table.xs, char.x0, char.x1)
        if (row, column) in owner:
            chars_by_cell.setdefault(owner[row, column], []).append(char)
    rows = [[""] * (len(table.xs) - 1) for _ in range(len(table.ys) - 1)]
    for (row, column), cell_chars in chars_by_cell.items():
        lines = rows_of(fragments(cell_chars))
        rows[row][column] = join_lines([" ".join(part.text for part in line) for line in lines])
    merge_rules = tuple(cell for cell in table.cells if cell[0] != cell[2] or cell[1] != cell[3])
    return Grid(rows, merge_rules)


def _index(edges: list[float], start: float, end: float) -> int:
    """The number of the last edge before the middle of a character."""
    return bisect(edges, (start + end) / 2) - 1


def merge_rules(rules: list[Rule]) -> list[Rule]:
    """Lines joined with those that continue them, such as the pieces of a dashed line."""
    clusters: list[list[Rule]] = []
    for rule in sorted(rules):
        if clusters and rule.at - clusters[-1][0].at <= _SNAP:
            clusters[-1].append(rule)
        else:
            clusters.append([rule])
    result = []
    for cluster in clusters:
        at = sum(rule.at for rule in cluster) / len(cluster)
        start, end = None, None
        for rule in sorted(cluster, key=lambda rule: rule.start):
            if end is not None and rule.start <= end + _REACH:
                end = max(end, rule.end)
                continue
            if end is not None:
                result.append(Rule(at, start, end))
            start, end = rule.start, rule.end
        result.append(Rule(at, start, end))
    return result


def _groups(across: list[Rule], down: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Lines that meet each other, directly or over others."""
    parent = list(range(len(across) + len(down)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    for line_number, line in enumerate(across):
        for post_number, post in enumerate(down):
            meets = line.start - _REACH <= post.at <= line.end + _REACH
            if meets and post.start - _REACH <= line.at <= post.end + _REACH:
                parent[root(line_number)] = root(len(across) + post_number)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for at, rule in enumerate([*across, *down]):
        groups.setdefault(root(at), ([], []))[at >= len(across)].append(rule)
    return [group for group in groups.values() if len(group[0]) > 1 and group[1]]


def _table(across: list[Rule], down: list[Rule]) -> Ruled | None:
    ys = _edges([rule.at for rule in across])
    xs = _edges([rule.at for rule in down])
    left, right = min(rule.start for rule in across), max(rule.end for rule in across)
    open_left, open_right = xs[0] - left > _OPEN, right - xs[-1] > _OPEN
    xs = [left] * open_left + xs + [right] * open_right
    if len(xs) < 3 or len(ys) < 2:
        return None
    sides = [Rule(xs[at], ys[0], ys[-1]) for at, is_open in ((0, open_left), (-1, open_right)) if is_open]
    cells = _cells(xs, ys, across, [*down, *sides])
    if len(cells) < 2:
        return None
    return Ruled(Box(xs[0], xs[-1], ys[0], ys[-1]), xs, ys, cells)


def _edges(places: list[float]) -> list[float]:
    edges: list[float] = []
    for place in sorted(places):
        if not edges or place - edges[-1] > _SNAP:
            edges.append(place)
    return edges


def _cells(
    xs: list[float], ys: list[float], across: list[Rule], down: list[Rule]
) -> list[tuple[int, int, int, int]]:
    """The cells between lines; places without a line between them are one cell."""
    wide, high = len(xs) - 1, len(ys) - 1
    below = {
        (row, column)
        for column in range(wide)
        for row in _crossed(ys, across, (xs[column] + xs[column + 1]) / 2)
    }
    beside = {
        (row, column) for row in range(high) for column in _crossed(xs, down, (ys[row] + ys[row + 1]) / 2)
    }
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    cells = []
    for row in range(high):
        for column in range(wide):
            if (row, column) in owner:
                continue
            right = column
            while right + 1 < wide and (row, right + 1) not in beside and (row, right + 1) not in owner:
                right += 1
            bottom = row
            while bottom + 1 < high and not any((bottom + 1, at) in below for at in range(column, right + 1)):
                bottom += 1
            for place in ((r, c) for r in range(row, bottom + 1) for c in range(column, right + 1)):
                owner.setdefault(place, (row, column))
            cells.append((row, column, bottom, right))
    return cells


def _crossed(edges: list[float], rules: list[Rule], middle: float) -> list[int]:
    """The numbers of the edges that have a line at a place along them."""
    at = [rule.at for rule in rules if rule.start - 1 <= middle <= rule.end + 1]
    return [number for number, edge in enumerate(edges) if any(abs(edge - place) <= _SNAP for place in at)]
