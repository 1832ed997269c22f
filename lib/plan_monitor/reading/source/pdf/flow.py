"""The reading order of a page: its columns, one after the other, between parts that span all of them."""

from collections import Counter
from statistics import median
from typing import NamedTuple

from plan_monitor.reading.source.pdf.geometry import Box, Fragment, overlap, union

_MIDDLE = (0.3, 0.7)  # of the text's width: where the gap between two columns is
_BIN = 4  # points
_LINES = 4  # that each of two columns has at least
_FULL = 0.85  # of a column's width that a line of prose fills
_FILLED = 0.5  # share of a column's lines that do
_CHARACTERS = 9  # of a column's line on average: cells of a table are shorter


class Zone(NamedTuple):
    """Part of a page that is read from the top down; ``items`` are fragments and whatever else has a box."""

    left: float
    right: float
    items: list


def zones(pages: list[list]) -> list[list[Zone]]:
    """The parts of each page in reading order. Items have x0, x1, top and bottom, or a ``box`` with these.

    Where most pages have two columns, so has a last page whose second column is short.
    """
    result = []
    gutters: list[float] = []
    for items in pages:
        gutter = _gutter(items)
        page_zones = _split(items, gutter, _LINES) if gutter else _single_zone(items)
        result.append(page_zones)
        gutters += [gutter] if gutter and len(page_zones) > 1 else []
    if 2 * len(gutters) < len(pages) or not gutters:
        return result
    usual = median(gutters)
    return [
        _split(items, usual, 1) if len(page_zones) == 1 else page_zones
        for items, page_zones in zip(pages, result, strict=True)
    ]


def _single_zone(items: list) -> list[Zone]:
    box = union([_box(item) for item in items]) if items else None
    return [Zone(box.x0, box.x1, items)] if box else []


def _box(item) -> Box | Fragment:
    return getattr(item, "box", item)


def _gutter(items: list) -> float | None:
    """Where the gap between two columns is, across the page; None where there is one column."""
    parts = [item for item in items if isinstance(item, Fragment)]
    if len(parts) <= 2 * _LINES:
        return None
    frame = union([_box(item) for item in items])
    places: Counter[int] = Counter()
    low, high = (frame.x0 + share * (frame.x1 - frame.x0) for share in _MIDDLE)
    ordered = sorted(parts, key=lambda part: part.top)
    for at, part in enumerate(ordered):
        if not low <= part.x1 <= high:
            continue
        neighbours = [
            other
            for other in ordered[max(0, at - 8) : at + 9]
            if other.x0 > part.x1 and overlap(part, other) > 0.2
        ]
        if neighbours:
            nearest = min(other.x0 for other in neighbours)
            places.update(range(int(part.x1 / _BIN) + 1, int(nearest / _BIN) + 1))
    best = [
        place * _BIN for place, count in places.items() if count >= max(_LINES, max(places.values()) * 0.9)
    ]
    if not best:
        return None
    return sorted(best)[len(best) // 2]


def _split(items: list, gutter: float, least: int) -> list[Zone]:
    """The columns left and right of the gap, between parts that span it; one zone where they are no prose.

    least : smallest number of lines of a column.
    """
    frame = union([_box(item) for item in items])
    result: list[Zone] = []
    pending: list = []
    across: list = []

    def close() -> None:
        nonlocal pending, across
        left = [item for item in pending if _box(item).x1 <= gutter + _BIN]
        right = [item for item in pending if _box(item).x0 >= gutter - _BIN]
        if _prose(left, least) and _prose(right, least):
            if across:
                result.append(Zone(frame.x0, frame.x1, across))
                across = []
            for side in (left, right):
                box = union([_box(item) for item in side])
                result.append(Zone(box.x0, box.x1, side))
        else:
            across += pending
        pending = []

    for item in sorted(items, key=lambda item: _box(item).top):
        box = _box(item)
        if box.x0 < gutter - _BIN and box.x1 > gutter + _BIN:
            close()
            across.append(item)
        else:
            pending.append(item)
    close()
    if across:
        result.append(Zone(frame.x0, frame.x1, across))
    return result


def _prose(side: list, least: int) -> bool:
    """Whether the items of a side are the lines of a column of text."""
    parts = [item for item in side if isinstance(item, Fragment)]
    if not parts or len(parts) < least - 2 * (len(parts) < len(side)):
        return False
    box = union(parts)
    full = sum(part.x1 - part.x0 >= _FULL * (box.x1 - box.x0) for part in parts) if least > 1 else len(parts)
    characters = sum(len(part.text) for part in parts) / len(parts)
    return full >= _FILLED * len(parts) and characters >= _CHARACTERS
