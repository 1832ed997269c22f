"""Which table, row, column or sentence of one report is which of another."""

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from typing import Any

from reportkit.compare.told import Table, Text
from reportkit.table import Cell

Pairs = list[tuple[int | None, int | None]]
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def tables(old: Sequence[Table], new: Sequence[Table]) -> Pairs:
    """Tables by section and title; figures and years in these may have changed, or the one of the two."""
    return _paired(
        *(old, new),
        lambda table: (table.section, table.title),
        lambda table: (_plain(table.section), _plain(table.title)),
        lambda table: _plain(table.title),
        lambda table: (table.section, *table.headings),
    )


def texts(old: Sequence[Text], new: Sequence[Text]) -> Pairs:
    """Sentences and charts: those that stay as they are, then those of the same cell, then by their order."""
    return _paired(
        *(old, new),
        lambda text: (text.kind, text.section, text.text),
        lambda text: (text.kind, text.text),
        lambda text: (text.kind, text.section, _plain(text.text)),
        lambda text: (text.kind, _plain(text.section), text.source),
        lambda text: (text.kind, _plain(text.section)),
    )


def columns(old: Sequence[str], new: Sequence[str]) -> Pairs:
    """Columns by their heading."""
    return _paired(old, new, str)


def rows(old: Sequence[Sequence[Cell]], new: Sequence[Sequence[Cell]]) -> Pairs:
    """Rows of the same columns by the first cell, which names them; of several of one name, those that have
    most in common: all, the text beside the figures, the second cell."""
    return _paired(
        *(old, new),
        lambda row: tuple(cell.text for cell in row),
        lambda row: (row[0].text, *(cell.text for cell in row if cell.value is None)),
        lambda row: tuple(cell.text for cell in row[:2]),
        lambda row: row[0].text,
    )


def _paired(old: Sequence, new: Sequence, *keys: Callable[[Any], Hashable]) -> Pairs:
    """Places in `old` and `new` that have the same first key, else the same next one, and so on.

    Of several with one key, the first is the first. In order of `new`; what is gone stands at the end.
    """
    found: dict[int, int] = {}
    left = [*range(len(old))]
    for key in keys:
        waiting = defaultdict(list)
        for place in left:
            waiting[key(old[place])].append(place)
        for place, one in enumerate(new):
            if place not in found and waiting.get(key(one)):
                found[place] = waiting[key(one)].pop(0)
        left = sorted(place for places in waiting.values() for place in places)
    return [*((found.get(place), place) for place in range(len(new))), *((place, None) for place in left)]


def _plain(text: str) -> str:
    """A text without its figures."""
    return _NUMBER.sub("#", text)
