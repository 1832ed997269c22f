"""The table in a grid: caption and notes become paragraphs beside it, a box of one column is text."""

import re
from collections.abc import Iterator

from plan_monitor.reading import columns
from plan_monitor.reading.source.blocks import Block, Grid, Paragraph

_BLANKS = re.compile(r"\s+")
_YEAR = re.compile(r"(?:19|20)\d\d年?")
_NOTE = re.compile(r"注\s*[:：\d]|[*＊※]|(?:数据|资料)?来源|说明\s*[:：]|备注\s*[:：]")
_UNIT = re.compile(r"[（(]?(?:计量)?单位\s*[:：]")
_LABEL = 24  # characters; what is longer is prose
_BOTTOM = 4  # rows at the end that can be notes


def parts_of_grid(grid: Grid) -> list[Block]:
    """Caption, table and notes of a grid, in order."""
    if _columns(grid) < 2:
        return [Paragraph(row[at]) for row in grid.rows for at in range(len(row)) if row[at].strip()]
    rows = grid.rows
    top, bottom = 0, len(rows)
    while top < bottom and _is_line_above(rows[top], grid.merged, top):
        top += 1
    while bottom > top and len(rows) - bottom < _BOTTOM and _is_note(rows[bottom - 1]):
        bottom -= 1
    table = tidy(rows[top:bottom], _clipped(grid.merged, top, bottom))
    body = [table] if _columns(table) > 1 else [Paragraph(text) for row in table.rows for text in row if text]
    return [*_lines(rows[:top]), *body, *_lines(rows[bottom:])]


def tidy(rows: list[list[str]], merged: tuple[tuple[int, int, int, int], ...] = ()) -> Grid:
    """Cells on one line each, without empty rows and columns."""
    rows = [[_BLANKS.sub(" ", text).strip() for text in row] for row in rows]
    row_numbers = [at for at, row in enumerate(rows) if any(row)]
    column_numbers = [at for at in range(len(rows[0]) if rows else 0) if any(row[at] for row in rows)]
    areas = []
    for top, left, bottom, right in merged:
        down = [number for number, at in enumerate(row_numbers) if top <= at <= bottom]
        across = [number for number, at in enumerate(column_numbers) if left <= at <= right]
        if down and across and (len(down) > 1 or len(across) > 1):
            areas.append((down[0], across[0], down[-1], across[-1]))
    return Grid([[rows[row][column] for column in column_numbers] for row in row_numbers], tuple(areas))


def repeated_labels(grid: Grid) -> Iterator[tuple[int, int, int]]:
    """Row, column and first row of each place where a label merged over several rows is to be repeated.

    A heading over several rows is not repeated, because the rows below it have headings of their own; nor is
    a figure.
    """
    figures = [any(is_figure(text) for text in row) for row in grid.rows]
    for top, left, bottom, _ in grid.merged:
        text = grid.rows[top][left]
        if bottom == top or not any(figures[top : bottom + 1]) or len(text) > _LABEL or not text:
            continue
        if is_figure(text) or (left and re.search(r"\d", text)):
            continue
        for row in range(top + 1, bottom + 1):
            yield row, left, top


def is_figure(text: str) -> bool:
    """Whether a cell holds a figure; a year alone is a heading."""
    return columns.is_figure(text) and not _YEAR.fullmatch(text)


def _columns(grid: Grid) -> int:
    """The largest number of filled cells in a row: 1 for text that merged areas leave in one column."""
    return max((len([text for text in row if text.strip()]) for row in grid.rows), default=0)


def _clipped(
    merged: tuple[tuple[int, int, int, int], ...], top: int, bottom: int
) -> tuple[tuple[int, int, int, int], ...]:
    return tuple(
        (first - top, left, last - top, right) for first, left, last, right in merged if top <= first < bottom
    )


def _is_line_above(row: list[str], merged: tuple[tuple[int, int, int, int], ...], number: int) -> bool:
    """Whether a row is a line above the table: its caption, its unit, or an empty row."""
    filled_columns = [at for at, text in enumerate(row) if text.strip()]
    if len(filled_columns) != 1:
        return not filled_columns
    text = row[filled_columns[0]].strip()
    if any(top == number and last > number for top, _, last, _ in merged):
        return False  # it is also the heading of rows below
    return bool(_UNIT.match(text)) or (filled_columns[0] == 0 and not is_figure(text))


def _is_note(row: list[str]) -> bool:
    texts = [text.strip() for text in row if text.strip()]
    return not texts or (len(texts) == 1 and bool(_NOTE.match(texts[0]) or len(texts[0]) > _LABEL))


def _lines(rows: list[list[str]]) -> list[Paragraph]:
    return [Paragraph(text) for row in rows for text in row if text.strip()]
