"""Workbooks and CSV files as headings and grids."""

from bisect import bisect_left, bisect_right
from pathlib import Path

from plan_monitor.grid import sheets
from plan_monitor.grid.sheet import Sheet
from plan_monitor.reading.source.blocks import Block, Grid, Paragraph, Remark
from plan_monitor.reading.source.shape import is_figure


def blocks(path: Path) -> tuple[list[Block], list[Remark]]:
    """The tables of a file's sheets, each below the sheet's name, and remarks on cells that cannot be read.

    Raises
    ------
    Unreadable
        Where `plan_monitor.grid.sheets.read` does.
    """
    blocks: list[Block] = []
    remarks = []
    for sheet in sheets.read(path):
        if not sheet.visible:
            continue
        grids = _grids(sheet)
        if sheet.name and grids:
            blocks += [Paragraph(sheet.name, 1), *grids]
        else:
            blocks += grids
        remarks += [_remark(sheet, *place, expected) for place, expected in sheet.faults.items()]
    return blocks, remarks


def _grids(sheet: Sheet) -> list[Grid]:
    """The tables of a sheet: an empty row with a heading below it separates them."""
    visible_rows = [row for row in range(len(sheet.rows)) if row + 1 not in sheet.hidden]
    columns = [at for at in range(len(sheet.rows[0]) if sheet.rows else 0) if at not in sheet.hidden_columns]
    rows = [[sheet.rows[row][column] for column in columns] for row in visible_rows]
    starts = [0]
    for at in range(1, len(rows)):
        if any(rows[at]) and not any(rows[at - 1]) and not any(map(is_figure, rows[at])):
            starts.append(at)
    areas = _areas(sheet, visible_rows, columns)
    grids = []
    for first, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        if any(map(any, rows[first:end])):
            inner = [area for area in areas if first <= area[0] < end]
            merged = tuple(
                (top - first, left, min(bottom, end - 1) - first, right) for top, left, bottom, right in inner
            )
            grids.append(Grid(rows[first:end], merged))
    return grids


def _areas(sheet: Sheet, visible_rows: list[int], columns: list[int]) -> list[tuple[int, int, int, int]]:
    """Merged areas, counted in the rows and columns that are visible."""
    areas = []
    for top, left, bottom, right in sheet.merged:
        first, last = bisect_left(visible_rows, top - 1), bisect_right(visible_rows, bottom - 1) - 1
        start, end = bisect_left(columns, left), bisect_right(columns, right) - 1
        if first <= last and start <= end:
            areas.append((first, start, last, end))
    return areas


def _remark(sheet: Sheet, row: int, column: int, expected: dict[str, str]) -> Remark:
    name = f"“{sheet.name}”" if sheet.name else ""
    return Remark(
        f"工作表{name}第 {row} 行第 {column + 1} 列没有读：{expected['zh']}",
        f"sheet {name} row {row}, column {column + 1} was not read: {expected['en']}".replace("sheet  ", ""),
    )
