"""Tables of Word documents as grids."""

from collections.abc import Callable, Iterator

from lxml import etree

from plan_monitor.reading.source.blocks import Grid, Spanned, spread
from plan_monitor.reading.source.word.names import child, integer, is_on, local, value

_MOST = 200  # columns


def grid(table: etree._Element, text_of: Callable[[etree._Element], str]) -> Grid:
    """A table's cells with the texts that `text_of` gives them."""
    rows: list[list[_Cell]] = []
    for row in _parts(table, "tr"):
        properties = child(row, "trPr")
        if is_on(properties, "hidden") or is_on(properties, "del"):
            continue
        rows.append(list(_cells(row, integer(child(properties, "gridBefore")) or 0)))
    return spread([list(_spanned(rows, number, text_of)) for number in range(len(rows))])


class _Cell:
    """A cell: its element (None for a free place), its columns, and whether it continues the one above."""

    def __init__(self, element: etree._Element | None, column: int, across: int) -> None:
        properties = child(element, "tcPr")
        merged = child(properties, "vMerge")
        self.element = element
        self.column = column
        self.across = across
        self.continues = merged is not None and value(merged) != "restart"
        self.sideways = value(child(properties, "hMerge")) if child(properties, "hMerge") is not None else ""


def _cells(row: etree._Element, columns_before: int) -> Iterator[_Cell]:
    column = min(columns_before, _MOST)
    if column:
        yield _Cell(None, 0, column)
    previous: _Cell | None = None
    for element in _parts(row, "tc"):
        across = max(1, min(integer(child(child(element, "tcPr"), "gridSpan")) or 1, _MOST))
        cell = _Cell(element, column, across)
        column += across
        if previous is not None and cell.sideways not in ("", "restart"):  # as Word 97 merged cells
            previous.across += across
            continue
        if previous is not None:
            yield previous
        previous = cell
    if previous is not None:
        yield previous


def _spanned(
    rows: list[list[_Cell]], number: int, text_of: Callable[[etree._Element], str]
) -> Iterator[Spanned]:
    for cell in rows[number]:
        if cell.continues and number and _above(rows, number, cell):
            continue
        down = 1
        while number + down < len(rows) and (below := _at(rows[number + down], cell)) and below.continues:
            down += 1
        yield Spanned("" if cell.element is None else text_of(cell.element), down, cell.across)


def _above(rows: list[list[_Cell]], number: int, cell: _Cell) -> bool:
    """Whether there is a cell above of the same columns that a cell can continue."""
    return _at(rows[number - 1], cell) is not None


def _at(row: list[_Cell], cell: _Cell) -> _Cell | None:
    return next((other for other in row if (other.column, other.across) == (cell.column, cell.across)), None)


def _parts(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """Rows or cells, also those inside controls and marks of changes."""
    for part in element:
        if local(part) == name:
            yield part
        elif local(part) in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _parts(part, name)
