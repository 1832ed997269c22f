"""A sheet as text, and a file that cannot be one."""

from itertools import chain
from typing import NamedTuple

_MOST_CELLS = (
    20_000_000  # of the rectangle that a sheet's content spans; the package's largest table has 900 000
)


class Sheet(NamedTuple):
    """The cells of one sheet as a reader sees them.

    file : name of the file, as shown to its user.
    name : title of the sheet; None for a CSV file.
    rows : the text that each cell shows, "" where empty, all rows of one length. An indented cell of a
        workbook begins with one ideographic space a level.
    faults : (row counted from 1, column counted from 0) -> why the cell cannot be read, in "zh" and "en".
    merged : first row, first column, last row, last column of each merged area (counted alike), as far as
        ``rows`` reach; only its first cell holds text.
    hidden : rows, from 1, that the file hides.
    hidden_columns : columns, from 0, that the file hides.
    visible : False for a sheet that the file hides.
    counts : how many cells each row of a CSV file has, which is not padded; empty for a workbook.
    """

    file: str
    name: str | None
    rows: list[list[str]]
    faults: dict[tuple[int, int], dict[str, str]]
    merged: list[tuple[int, int, int, int]]
    hidden: frozenset[int]
    hidden_columns: frozenset[int] = frozenset()
    visible: bool = True
    counts: tuple[int, ...] = ()


class Unreadable(ValueError):
    """A file that cannot be read at all; ``expected`` says what was, in "zh" and "en"."""

    def __init__(self, zh: str, en: str):
        self.expected = {"zh": zh, "en": en}
        super().__init__(en)


def refuse_too_large(name: str, height: int, width: int) -> None:
    """A sheet of that many rows and columns does not fit into memory.

    Raises
    ------
    Unreadable
        Where it is so.
    """
    if height * width > _MOST_CELLS:
        raise Unreadable(
            f"工作表“{name}”有内容的格一直到第 {height} 行、第 {width} 列；请清除表外的格",
            f'expected a table; the sheet "{name}" reaches row {height}, column {width}: clear stray cells',
        )


def laid_out(
    file: str,
    name: str,
    cells: dict[tuple[int, int], str],
    faults: dict[tuple[int, int], dict[str, str]],
    merged: list[tuple[int, int, int, int]],
    hidden: set[int],
    hidden_columns: set[int],
    visible: bool,
) -> Sheet:
    """A sheet of a workbook from its filled cells.

    Raises
    ------
    Unreadable
        Where the filled cells lie so far apart that the sheet between them does not fit into memory.
    """
    for top, left, bottom, right in merged:
        for place in _within(top, left, bottom, right, cells, faults):
            if place != (top, left):
                cells.pop(place, None)
                faults.pop(place, None)
    height = max((row for row, _ in chain(cells, faults)), default=0)
    width = max((column + 1 for _, column in chain(cells, faults)), default=0)
    refuse_too_large(name, height, width)
    rows = [[""] * width for _ in range(height)]
    for (row, column), text in cells.items():
        rows[row - 1][column] = text
    clipped = [
        (top, left, min(bottom, height), min(right, width - 1))
        for top, left, bottom, right in merged
        if top <= height and left < width
    ]
    return Sheet(
        file,
        name,
        rows,
        faults,
        clipped,
        frozenset(row for row in hidden if row <= height),
        frozenset(column for column in hidden_columns if column < width),
        visible,
    )


def _within(top: int, left: int, bottom: int, right: int, *filled: dict[tuple[int, int], object]):
    """Places of an area, or the filled ones in it where that is shorter."""
    if (bottom - top + 1) * (right - left + 1) <= 1000:
        return [(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]
    return [
        (row, column) for row, column in chain(*filled) if top <= row <= bottom and left <= column <= right
    ]
