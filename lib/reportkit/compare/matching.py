"""Matching tables, rows, columns and sentences of two reports."""

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from typing import Any

from reportkit.compare.content import Table, Text
from reportkit.table import Cell

Pairs = list[tuple[int | None, int | None]]
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def tables(old: Sequence[Table], new: Sequence[Table]) -> Pairs:
    """Match tables by section and title; figures and years in these may differ, or one of the two."""
    return _paired(
        *(old, new),
        lambda table: (table.section, table.title),
        lambda table: (_plain(table.section), _plain(table.title)),
        lambda table: _plain(table.title),
        lambda table: (table.section, *table.headings),
    )


def texts(old: Sequence[Text], new: Sequence[Text]) -> Pairs:
    """Match sentences and charts: identical ones first, then those of the same cell, then by their order."""
    return _paired(
        *(old, new),
        lambda text: (text.kind, text.section, text.text),
        lambda text: (text.kind, text.text),
        lambda text: (text.kind, text.section, _plain(text.text)),
        lambda text: (text.kind, _plain(text.section), text.source),
        lambda text: (text.kind, _plain(text.section)),
    )


def columns(old: Sequence[str], new: Sequence[str]) -> Pairs:
    """Match columns by their heading."""
    return _paired(old, new, str)


def rows(old: Sequence[Sequence[Cell]], new: Sequence[Sequence[Cell]]) -> Pairs:
    """Match rows of the same columns by the first cell, which names them; among several of one name, those
    that have most in common: all cells, the texts beside the figures, the second cell."""
    return _paired(
        *(old, new),
        lambda row: tuple(cell.text for cell in row),
        lambda row: (row[0].text, *(cell.text for cell in row if cell.value is None)),
        lambda row: tuple(cell.text for cell in row[:2]),
        lambda row: row[0].text,
    )


def _paired(old: Sequence, new: Sequence, *keys: Callable[[Any], Hashable]) -> Pairs:
    """Pairs of places in `old` and `new` with the same first key, else with the same second key, and so on.

    Several with one key are matched in their order. Pairs are in order of `new`; items without a match in
    `new` come last.
    """
    matches: dict[int, int] = {}
    rest = [*range(len(old))]
    for key in keys:
        candidates = defaultdict(list)
        for place in rest:
            candidates[key(old[place])].append(place)
        for place, item in enumerate(new):
            if place not in matches and candidates.get(key(item)):
                matches[place] = candidates[key(item)].pop(0)
        rest = sorted(place for places in candidates.values() for place in places)
    return [*((matches.get(place), place) for place in range(len(new))), *((place, None) for place in rest)]


def _plain(text: str) -> str:
    """A text without its figures."""
    return _NUMBER.sub("#", text)
