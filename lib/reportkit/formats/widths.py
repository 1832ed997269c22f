"""How wide the columns of a printed table are, and how large its letters."""

import re

from reportkit.words import wide

# GB/T 9704-2012: A4, 37 mm above and 28 mm left of an area of 156 × 225 mm; body 3号, tables down to 5号
AREA_MM = (156, 225)
BODY, SMALL = 16, 10.5  # points
SIZES = (SMALL, 9, 7.5)  # of letters in tables: the largest in which nothing is torn apart
_LATIN_MM = 0.3528 / 2  # width of a Latin character or digit, a point of size
_PADDING_MM = 3  # of a column, both sides
# no line is broken between % and a bracket: a share and its month stay together
_PIECE = re.compile(
    r"[\d.,]+\s?%（[^）]*）|[\u2e80-\u9fff\uff00-\uffef][，。、；：）》”]*|[^\s\u2e80-\u9fff\uff00-\uffef]+"
)
_SHORT, _SHORT_FIGURE = 12, 16  # wide: a name, and a figure with its sign and unit, that stay on one line


def widths(rows: list[list[str]]) -> tuple[list[float], float]:
    """How wide columns are, in percent, and the size of their letters: the largest that tears nothing apart.

    Parameters
    ----------
    rows : list of list of str
        Cells, the headings first.
    """
    columns = list(zip(*rows, strict=True))
    needed = [max(map(_unbroken, column)) + 1 for column in columns]
    wished = [max(map(wide, column)) + 1 for column in columns]
    for size in SIZES:
        room = (AREA_MM[0] - _PADDING_MM * len(columns)) / (_LATIN_MM * size)
        if sum(needed) <= room:
            break
    spare = max(room - sum(needed), 0)
    more = [min(wish, room) - min(need, room) for wish, need in zip(wished, needed, strict=True)]
    scale = spare / sum(more) if sum(more) > 0 else 0
    # what is left over when all have what they wish for is everybody's
    letters = [need + extra * scale for need, extra in zip(needed, more, strict=True)]
    padding = _PADDING_MM / (_LATIN_MM * size)
    total = sum(letters) + padding * len(letters)
    return [100 * (width + padding) / total for width in letters], size


def _unbroken(text: str) -> int:
    """How wide the widest piece of a text is that no line break may tear."""
    if wide(text) <= (_SHORT_FIGURE if any(character.isdigit() for character in text) else _SHORT):
        return wide(text)
    return max((wide(piece) for piece in _PIECE.findall(text)), default=0)
