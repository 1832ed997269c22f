"""Figures that were decided on before, found again in a newer text of their document, and those that changed.

A package keeps no text: what is held against each other are the figures of the two texts in their order.
Text that was put in or taken out between them moves no figure out of that order.
"""

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

import pandas as pd

from plan_monitor.settle import labels
from plan_monitor.settle.names import Names

_CORRECTED = ("role", "indicator", "indicator_zh", "region", "period", "comparator", "unit", "kind")
Cells = dict[str, str]
_ALIKE = 0.6  # of names that may be of one figure, where its value changed


class Known(NamedTuple):
    """A drafted row and the earlier reading of the same figure."""

    row: int
    reading: int
    changed: bool


def marked(rows: pd.DataFrame, tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Drafted rows with the columns ``known`` ("known", "changed" or ""), ``before`` and ``decision`` filled.

    A figure that was decided on is drafted as it was decided; one whose value changed is to be looked at.

    Parameters
    ----------
    rows : DataFrame
        Drafted rows, ``columns.COLUMNS``.
    tables : dict of str to DataFrame
        ``documents`` and ``readings`` of a package.
    """
    readings = tables.get("readings", pd.DataFrame())
    if readings.empty or rows.empty:
        return rows
    documents = tables["documents"].reindex(columns=["id", "title_zh"]).fillna("")
    ids = Names((row.id, (row.title_zh,)) for row in documents.itertuples())
    readings = readings[readings["decision"].notna()].astype(object)
    readings = readings.where(readings.notna(), "")
    drafted: dict[int, Cells] = rows.to_dict("index")
    for title, places in rows.groupby("document", sort=False).groups.items():
        earlier = _latest(readings[readings["document"].eq(ids.find(title, near=False).id or "")])
        for one in _pairs({place: drafted[place] for place in places}, earlier):
            _mark(drafted[one.row], earlier[one.reading], one.changed)
    return pd.DataFrame.from_dict(drafted, orient="index", columns=rows.columns)


def _latest(readings: pd.DataFrame) -> dict[int, Cells]:
    """The readings of the text of a document that was read last."""
    if readings.empty:
        return {}
    return readings[readings["digest"].eq(readings["digest"].iloc[-1])].to_dict("index")


def _pairs(drafted: dict[int, Cells], earlier: dict[int, Cells]) -> Iterator[Known]:
    """Which drafted row is which earlier reading."""
    drafted, earlier = _in_order(drafted), _in_order(earlier)
    if not earlier:
        return
    if next(iter(earlier.values()))["digest"] != next(iter(drafted.values()))["digest"]:
        yield from _aligned(drafted, earlier)
        return
    places = {float(reading["start"]): place for place, reading in earlier.items()}
    for place, row in drafted.items():
        if (start := float(row["start"])) in places:
            yield Known(place, places[start], False)


def _in_order(rows: dict[int, Cells]) -> dict[int, Cells]:
    """Figures in the order of their text."""
    return dict(sorted(rows.items(), key=lambda one: float(one[1]["start"])))


def _aligned(drafted: dict[int, Cells], earlier: dict[int, Cells]) -> Iterator[Known]:
    """Figures of two texts by the order they stand in; what was moved elsewhere, by what it is."""
    new, old = list(drafted), list(earlier)
    before, now = (list(map(_shown, rows.values())) for rows in (earlier, drafted))
    for tag, a, b, c, d in SequenceMatcher(None, before, now, autojunk=False).get_opcodes():
        if tag == "equal" or (tag == "replace" and b - a == d - c):
            changed = tag == "replace"
            for reading, row in zip(old[a:b], new[c:d], strict=True):
                if _is_one(drafted[row], earlier[reading], changed):
                    del drafted[row]
                    yield Known(row, reading, changed)
                    del earlier[reading]
    yield from _moved(drafted, earlier)


def _moved(drafted: dict[int, Cells], earlier: dict[int, Cells]) -> Iterator[Known]:
    """Figures left over that are of one thing, each at most once: first those of the same value."""
    for about in (_of_value, _of):
        places: dict[tuple, list[int]] = {}
        for place, reading in earlier.items():
            places.setdefault(about(reading), []).append(place)
        for row, cells in list(drafted.items()):
            if found := places.get(about(cells)):
                del drafted[row]
                reading = found.pop(0)
                del earlier[reading]
                yield Known(row, reading, about is _of)


def _shown(row: Cells) -> tuple[float, str]:
    """What a text shows of a figure."""
    return abs(float(row["value"])), row["unit"]


def _of(row: Cells) -> tuple[str, ...]:
    """What a figure is of."""
    name, period = labels.key(row["indicator_zh"]), row["period"].replace("/", "-")
    return name, row["region"], period, row["kind"], row["unit"]


def _of_value(row: Cells) -> tuple:
    return (*_of(row), abs(float(row["value"])))


def _is_one(drafted: Cells, reading: Cells, changed: bool) -> bool:
    """Whether figures that stand at the same place in the order are one: by their name or their place."""
    one, other = (labels.key(row["indicator_zh"]) for row in (drafted, reading))
    if changed and (drafted["unit"] != reading["unit"] or drafted["kind"] != reading["kind"]):
        return False
    if one == other:
        return True
    if changed:
        return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE
    return labels.key(drafted["locator"]) == labels.key(reading["locator"])


def _mark(row: Cells, reading: Cells, changed: bool) -> None:
    """Put down what is known of a drafted row."""
    number = f"{float(reading['value']):.15g}"
    row["known"], row["before"] = "changed" if changed else "known", f"{number} {reading['unit']}".strip()
    if changed:
        row["look"] = " ".join(dict.fromkeys([*row["look"].split(), "value"]))
        return
    row |= {name: reading[name] for name in _CORRECTED if reading[name] or name == "indicator"}
    if abs(float(row["value"])) != abs(float(reading["value"])):
        row["value"] = row["value_signed"] = number
    row["decision"] = reading["decision"]
    if reading["decision"] != "later":
        row["look"] = ""
