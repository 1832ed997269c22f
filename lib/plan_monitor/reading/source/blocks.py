"""What a document is made of before it is text: paragraphs and grids of cells."""

import re
from typing import NamedTuple


class Paragraph(NamedTuple):
    """A paragraph; ``text`` has a line break where one is broken within.

    level : of a heading by its format, 0 where the format says that it is none; None: its text decides.
    unbroken : one passage, whatever line breaks it has.
    """

    text: str
    level: int | None = None
    unbroken: bool = False


class Grid(NamedTuple):
    """Cells in rows of one length; a merged area's text is in its first cell, the others are empty.

    merged : first row, first column, last row, last column of each area, counted from 0.
    """

    rows: list[list[str]]
    merged: tuple[tuple[int, int, int, int], ...] = ()


class Remark(NamedTuple):
    """A sentence about parts of a document that could not be read."""

    zh: str
    en: str


Block = Paragraph | Grid

_SUPERSCRIPT = str.maketrans("0123456789+-−()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾")
_RAISED = re.compile(r"[\d+\-−()]*\d[\d+\-−()]*")


def superscript(text: str) -> str:
    """Raised digits as superscript characters, so that 95%¹ and 10⁴ stay the numbers that they are.

    >>> superscript("2"), superscript("[1]")
    ('²', '[1]')
    """
    return text.translate(_SUPERSCRIPT) if _RAISED.fullmatch(text) else text


class Spanned(NamedTuple):
    """A cell as documents write it: in a row, over so many rows and columns."""

    text: str
    down: int = 1
    across: int = 1


_MOST_COLUMNS = 256


def spread(rows: list[list[Spanned]]) -> Grid:
    """A grid of rows whose cells span others, as HTML has them."""
    places: dict[tuple[int, int], str] = {}
    merged = []
    for row, cells in enumerate(rows):
        column = 0
        for cell in cells:
            while (row, column) in places:
                column += 1
            down = min(cell.down or len(rows), len(rows) - row)
            across = min(cell.across, _MOST_COLUMNS)
            if column + across > _MOST_COLUMNS:
                break
            for below in range(row, row + down):
                for right in range(column, column + across):
                    places.setdefault((below, right), "")
            places[row, column] = cell.text
            if down > 1 or across > 1:
                merged.append((row, column, row + down - 1, column + across - 1))
            column += across
    width = max((column + 1 for _, column in places), default=0)
    return Grid(
        [[places.get((row, column), "") for column in range(width)] for row in range(len(rows))],
        tuple(merged),
    )
