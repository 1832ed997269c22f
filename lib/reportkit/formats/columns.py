"""Columns of a table on paper: their widths, the size of letters, and how many fit beside each other."""

import re
from collections.abc import Sequence

from reportkit.words import wide

# GB/T 9704-2012: A4, 37 mm above and 28 mm left of an area of 156 × 225 mm; tables down to 5号, and smaller
AREA_MM = (156, 225)
SMALL = 10.5  # points
SIZES = (SMALL, 9, 7.5)  # of letters in tables, in points
_LATIN_MM = 0.3528 / 2  # width of a Latin character or digit, a point of size
_PADDING_MM = 3  # of a column, both sides
_CJK = "\u2e80-\u9fff\uff00-\uffef"
_MARK = r"(?:\u00a0\s*\[[^\]]*\]?)?"  # the number of its note stays with a figure
# pieces without a line break: a sign and its figure, a share and its month, a time in brackets, a character
# with the punctuation after it, a word of Latin letters
_PIECE = re.compile(
    rf"(?:[≥≤≈] )?[\d.,]+[ \u00a0]?%(?:（[^）]*）)?{_MARK}|[≥≤≈] [\d.,]+{_MARK}|（[\d./–-]+）{_MARK}"
    rf"|[{_CJK}][，。、；：）》”]*{_MARK}|[^ \t\n{_CJK}]+"
)
_FAIR = (14, 9)  # preferred minimum widths of a column of text, if letters can still be easy to read
_SHORT, _SHORT_FIGURE = 12, 16  # widths up to which a name, or a figure with its unit, stays on one line

Rows = Sequence[Sequence[str]]  # texts of the cells


def widths(rows: Rows) -> tuple[list[float], float]:
    """Widths of columns in percent, and the size of their letters in points.

    The size is the largest with which no short text is broken and no column of text is too narrow, unless
    that is the smallest size; else the largest with which no short text is broken, or at least no piece.
    """
    columns = list(zip(*rows, strict=True))
    preferred = [max(map(wide, column)) + 1 for column in columns]
    unbroken = [max(map(_unbroken, column)) + 1 for column in columns]
    pairs = [*zip(unbroken, preferred, strict=True)]
    minimums = [[max(need, min(wish, least)) for need, wish in pairs] for least in _FAIR]
    candidates = [(needed, size) for needed in minimums for size in SIZES[:-1]]
    candidates += [(needed, size) for needed in (unbroken, _pieces(columns)) for size in SIZES]
    fitting = ((needed, size) for needed, size in candidates if sum(needed) <= _room(len(columns), size))
    needed, size = next(fitting, (_pieces(columns), SIZES[-1]))
    room = _room(len(columns), size)
    spare = max(room - sum(needed), 0)
    extras = [min(wish, room) - min(need, room) for wish, need in zip(preferred, needed, strict=True)]
    scale = min(1, spare / (sum(extras) or 1))
    # room that is left when all columns have their preferred widths is distributed by their shares
    letters = [need + extra * scale for need, extra in zip(needed, extras, strict=True)]
    padding = _PADDING_MM / (_LATIN_MM * size)
    total = sum(letters) + padding * len(letters)
    return [100 * (width + padding) / total for width in letters], size


def parts(rows: Rows) -> list[list[int]]:
    """Groups of columns that fit the page in the smallest letters; the first column, which names the rows, is
    in every group.

    >>> figures = ["12,345,678.9"] * 11
    >>> parts([["县", *figures], ["甲", *figures]])
    [[0, 1, 2, 3, 4, 5, 6, 7], [0, 8, 9, 10, 11]]
    """
    first, *others = _pieces(list(zip(*rows, strict=True)))
    groups, width = [[0]], first
    for place, needed in enumerate(others, start=1):
        if len(groups[-1]) > 1 and width + needed > _room(len(groups[-1]) + 1, SIZES[-1]):
            groups.append([0])
            width = first
        groups[-1].append(place)
        width += needed
    return groups


def _room(columns: int, size: float) -> float:
    """Width in Latin characters of a size that a number of columns have together."""
    return (AREA_MM[0] - _PADDING_MM * columns) / (_LATIN_MM * size)


def _pieces(columns: Sequence[Sequence[str]]) -> list[int]:
    """Width that each column needs if lines are broken wherever possible."""
    return [max(map(_widest_piece, column)) + 1 for column in columns]


def _unbroken(text: str) -> int:
    """Width of the widest piece of a text that should not be broken."""
    short = _SHORT_FIGURE if any(character.isdigit() for character in text) else _SHORT
    return wide(text) if wide(text) <= short else _widest_piece(text)


def _widest_piece(text: str) -> int:
    return max((wide(piece) for piece in _PIECE.findall(text)), default=0)
