"""Tables with horizontal lines between rows, without lines between their columns."""

import re
from itertools import pairwise
from statistics import median

from plan_monitor.reading.source.pdf.aligned import columns_of, join_rows, to_grid
from plan_monitor.reading.source.pdf.geometry import Box, Fragment, Rule
from plan_monitor.reading.source.pdf.lines import rows_of
from plan_monitor.reading.source.pdf.tables import Part
from plan_monitor.reading.source.shape import is_figure

_SIDES = 4.0  # points by which lines of one table begin or end apart at most
_FULL = 0.6  # of a table's columns, that the first line of a row fills
_COLUMNS = 2  # that text on a page has at most
_LINES = 6  # that a row of as few cells has at most, unless they are short
_TEXT = 8  # characters of a line in a cell with text
_SHORT = 12  # characters
_YEAR = re.compile(r"(?:19|20)\d\d")
_DIGIT = re.compile(r"\d")

Band = tuple[float, float, list[list[Fragment]]]  # from one line to the next, and the rows between


def split_tables(parts: list[Fragment], rules: list[Rule]) -> tuple[list[Part], list[Fragment]]:
    """The tables between horizontal lines of a page, and the fragments outside of them."""
    tables = []
    for group in _same_ends(rules):
        edges = pairwise(rule.at for rule in group)
        bands = [(top, bottom, _rows_inside(parts, group[0], top, bottom)) for top, bottom in edges]
        for run in _runs(bands):
            if part := _table(run, group[0]):
                tables.append(part)
    outside = [part for part in parts if not any(_is_within(part, table.box) for table in tables)]
    return tables, outside


def _same_ends(rules: list[Rule]) -> list[list[Rule]]:
    """Groups of lines with the same ends, from the top down."""
    groups: list[list[Rule]] = []
    for rule in sorted(rules):
        for group in groups:
            if abs(group[0].start - rule.start) <= _SIDES and abs(group[0].end - rule.end) <= _SIDES:
                group.append(rule)
                break
        else:
            groups.append([rule])
    return [group for group in groups if len(group) > 2]


def _rows_inside(parts: list[Fragment], rule: Rule, top: float, bottom: float) -> list[list[Fragment]]:
    box = Box(rule.start - _SIDES, rule.end + _SIDES, top, bottom)
    return rows_of([part for part in parts if _is_within(part, box)])


def _is_within(part: Fragment, box: Box) -> bool:
    return box.x0 <= part.x0 and part.x1 <= box.x1 and box.top <= part.middle <= box.bottom


def _runs(bands: list[Band]) -> list[list[Band]]:
    """Runs of bands that are rows of a table: the first and the last have several cells.

    A single line is a heading of rows, or ends the table where the heading of another one follows.
    """
    runs: list[list[Band]] = [[]]
    for at, band in enumerate(bands):
        run = runs[-1]
        if _is_row(band) or (run and _is_line(band) and _has_figures(bands[at + 1 : at + 2])):
            run.append(band)
        else:
            runs.append([])
    for run in runs:
        while run and not _is_row(run[-1]):
            run.pop()
    return [run for run in runs if len(run) > 1]


def _is_row(band: Band) -> bool:
    rows = band[2]
    if not any(len(row) > 1 for row in rows):
        return False
    if len(rows) <= _LINES or max(map(len, rows)) > _COLUMNS:
        return True
    return median(len(part.text) for row in rows for part in row) <= _SHORT


def _is_text(rows: list[list[Fragment]]) -> bool:
    """Whether rows are the lines of cells with text: at most one of them has figures."""
    figures = [row for row in rows if any(is_figure(part.text) for part in row[1:])]
    return len(figures) < 2 and max(len(part.text) for row in rows for part in row) >= _TEXT


def _is_line(band: Band) -> bool:
    texts = [part.text for row in band[2] for part in row]
    if len(texts) > len(band[2]) or not texts:
        return False
    return len(texts) == 1 or max(map(len, texts)) <= _SHORT


def _has_figures(bands: list[Band]) -> bool:
    texts = [part.text for *_, rows in bands for row in rows for part in row]
    return any(_DIGIT.search(_YEAR.sub("", text)) for text in texts)


def _table(run: list[Band], rule: Rule) -> Part | None:
    columns = columns_of([rows[0] for *_, rows in run if len(rows[0]) > 1]) or columns_of(
        [row for *_, rows in run for row in rows if len(row) > 1]
    )
    if columns is None:
        return None
    full = [sum(len(row) >= _FULL * len(columns) for row in rows) for *_, rows in run]
    each_line_ends_row = len(run) > 2 and median(full) <= 1  # not only the lines of the heading
    lines: list[list[Fragment]] = []
    for number, (*_, rows) in enumerate(run):
        is_single_row = full[number] < 2 or (number and (each_line_ends_row or _is_text(rows)))
        lines += [[part for row in rows for part in row]] if is_single_row else join_rows(rows)
    return Part(Box(rule.start, rule.end, run[0][0], run[-1][1]), to_grid(lines, columns))
