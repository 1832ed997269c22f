"""Figures with earlier decisions, found again in a newer text of their document, and those that changed.

A package keeps no text: the figures of the two texts are compared in their order. Text inserted or removed
between them does not change that order.
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


class Pair(NamedTuple):
    """A drafted row and the earlier reading of the same figure."""

    row: int
    reading: int
    changed: bool


def with_known(rows: pd.DataFrame, tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Drafted rows with the columns ``known`` ("known", "changed" or ""), ``before`` and ``decision`` filled.

    A figure with an earlier decision is drafted as decided; one whose value changed needs a look.

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
        for pair in _pairs({place: drafted[place] for place in places}, earlier):
            _mark(drafted[pair.row], earlier[pair.reading], pair.changed)
    return pd.DataFrame.from_dict(drafted, orient="index", columns=rows.columns)


def _latest(readings: pd.DataFrame) -> dict[int, Cells]:
    """The readings of the latest text of a document."""
    if readings.empty:
        return {}
    return readings[readings["digest"].eq(readings["digest"].iloc[-1])].to_dict("index")


def _pairs(drafted: dict[int, Cells], earlier: dict[int, Cells]) -> Iterator[Pair]:
    """Pairs of drafted rows and earlier readings of the same figure."""
    drafted, earlier = _in_order(drafted), _in_order(earlier)
    if not earlier:
        return
    if next(iter(earlier.values()))["digest"] != next(iter(drafted.values()))["digest"]:
        yield from _aligned(drafted, earlier)
        return
    places = {float(reading["start"]): place for place, reading in earlier.items()}
    for place, row in drafted.items():
        if (start := float(row["start"])) in places:
            yield Pair(place, places[start], False)


def _in_order(rows: dict[int, Cells]) -> dict[int, Cells]:
    """Figures in the order of their text."""
    return dict(sorted(rows.items(), key=lambda item: float(item[1]["start"])))


def _aligned(drafted: dict[int, Cells], earlier: dict[int, Cells]) -> Iterator[Pair]:
    """Pairs of figures by their order in two texts; for those moved elsewhere, by what they are of."""
    new, old = list(drafted), list(earlier)
    old_figures, new_figures = (list(map(_shown, rows.values())) for rows in (earlier, drafted))
    for tag, a, b, c, d in SequenceMatcher(None, old_figures, new_figures, autojunk=False).get_opcodes():
        if tag == "equal" or (tag == "replace" and b - a == d - c):
            changed = tag == "replace"
            for reading, row in zip(old[a:b], new[c:d], strict=True):
                if _is_same_figure(drafted[row], earlier[reading], changed):
                    del drafted[row]
                    yield Pair(row, reading, changed)
                    del earlier[reading]
    yield from _moved(drafted, earlier)


def _moved(drafted: dict[int, Cells], earlier: dict[int, Cells]) -> Iterator[Pair]:
    """Pairs of the remaining figures that are of one thing, each once: first those of the same value."""
    for key_of in (_subject_and_value, _subject):
        places: dict[tuple, list[int]] = {}
        for place, reading in earlier.items():
            places.setdefault(key_of(reading), []).append(place)
        for row, cells in list(drafted.items()):
            if candidates := places.get(key_of(cells)):
                del drafted[row]
                reading = candidates.pop(0)
                del earlier[reading]
                yield Pair(row, reading, key_of is _subject)


def _shown(row: Cells) -> tuple[float, str]:
    """A figure as its text shows it: value without sign, and unit."""
    return abs(float(row["value"])), row["unit"]


def _subject(row: Cells) -> tuple[str, ...]:
    """What a figure is of: name, region, period, kind and unit."""
    name, period = labels.key(row["indicator_zh"]), row["period"].replace("/", "-")
    return name, row["region"], period, row["kind"], row["unit"]


def _subject_and_value(row: Cells) -> tuple:
    return (*_subject(row), abs(float(row["value"])))


def _is_same_figure(drafted: Cells, reading: Cells, changed: bool) -> bool:
    """Whether figures at the same place in the order are the same one, by their name or locator."""
    name, earlier_name = (labels.key(row["indicator_zh"]) for row in (drafted, reading))
    if changed and (drafted["unit"] != reading["unit"] or drafted["kind"] != reading["kind"]):
        return False
    if name == earlier_name:
        return True
    if changed:
        return SequenceMatcher(None, name, earlier_name, autojunk=False).ratio() >= _ALIKE
    return labels.key(drafted["locator"]) == labels.key(reading["locator"])


def _mark(row: Cells, reading: Cells, changed: bool) -> None:
    """Write the earlier reading of a figure into its drafted row."""
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
