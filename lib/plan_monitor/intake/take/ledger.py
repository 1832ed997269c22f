"""Drafted rows into a package's tables: new ones are appended, no row is changed."""

import hashlib
from collections.abc import Container, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import NamedTuple

from plan_monitor.grid import sheets
from plan_monitor.intake import rows
from plan_monitor.intake.take.drafts import Document, Figure, Taken
from plan_monitor.settle import defaults, labels
from plan_monitor.settle.names import Names, aliases
from plan_monitor.settle.regions import Regions

TABLES = ("documents", "targets", "observations")


class Conflict(NamedTuple):
    """Two figures of one document on the same thing that differ; neither replaces the other."""

    table: str
    indicator: str
    region: str
    period: str
    there: str  # the figure that stays, or the first of the two taken
    there_at: str
    taken: str
    taken_at: str


class Written(NamedTuple):
    """What came of the drafted rows."""

    documents: int
    targets: int
    observations: int
    same: int  # were there already
    conflicts: list[Conflict]


class Added(NamedTuple):
    """Rows that are new, by table, and for each drafted figure the id of the row that it becomes or is."""

    rows: dict[str, list[dict[str, str]]]
    ids: list[str]  # empty where a figure is in conflict
    same: int
    conflicts: list[Conflict]
    replaced: frozenset[str] = frozenset()  # ids of stored rows that say something else now

    @property
    def written(self) -> Written:
        """How many of each there are."""
        documents, targets, observations = (len(self.rows[table]) for table in TABLES)
        return Written(documents, targets, observations, self.same, self.conflicts)


def write(taken: Taken, folder: Path) -> Written:
    """Append what is new to ``documents.csv``, ``targets.csv`` and ``observations.csv``: to all, or to none.

    Row ids follow from document, indicator, region, period and kind, so that taking a file again changes
    nothing. A row that says something else on the same thing is a conflict: it is not written.

    Parameters
    ----------
    taken : Taken
    folder : Path
        A data package. Its files keep their columns, encoding, separator and line ends.

    Raises
    ------
    FileNotFoundError
        If one of the three files is not there.
    """
    added = additions(taken, folder)
    paths = {table: folder / f"{table}.csv" for table in TABLES}
    rows.write({paths[table]: rows.put(paths[table], new) for table, new in added.rows.items() if new})
    return added.written


def additions(taken: Taken, folder: Path, replacing: Container[int] = ()) -> Added:
    """What ``write`` would append; nothing is written.

    `replacing` are places of figures that may take the place of a stored row of the same thing.
    """
    existing = {table: _lines(folder / f"{table}.csv") for table in TABLES}
    titles = {
        labels.key(line.get("title_zh", "")): line["id"] for line in existing["documents"] if line.get("id")
    }
    added: dict[str, list[dict[str, str]]] = {table: [] for table in TABLES}
    ids = [""] * len(taken.figures)
    same, conflicts, replaced = 0, [], set()
    names = _Known(folder)
    for table in TABLES[1:]:
        held = {names.key(line): line for line in existing[table] if line.get("indicator")}
        held |= {line["id"]: line for line in existing[table] if line.get("id")}
        stored = {line.get("id") for line in existing[table]}
        doubtful = set()
        for number, figure in enumerate(taken.figures):
            if figure.table != table:
                continue
            title = figure.document
            row = _row(figure, titles.get(labels.key(title)) or defaults.document_id(title))
            key = names.key(row)
            row["id"] = _id(table, key)
            other = held.get(row["id"]) or held.get(key)
            if other is None:
                held[row["id"]] = held[key] = other = row
                added[table].append(row)
            elif _agree(other, row):
                same += 1
            elif number in replacing and other.get("id") in stored - replaced:
                filled = {name: cell for name, cell in row.items() if cell or name == "as_printed"}
                held[other["id"]] = held[key] = other = other | filled | {"id": other["id"]}
                added[table].append(other)
                replaced.add(other["id"])
            else:
                conflicts.append(_conflict(table, other, row))
                doubtful.add(other.get("id"))  # of two figures taken at once, neither is written
                continue
            ids[number] = other.get("id", "")
        dropped = doubtful & {row["id"] for row in added[table]}
        added[table] = [row for row in added[table] if row["id"] not in dropped]
        ids = ["" if one in dropped else one for one in ids]
    used = {row["document"] for table in TABLES[1:] for row in added[table]}
    added["documents"] = [
        document_row(one) for one in taken.documents if labels.key(one.title) not in titles and one.id in used
    ]
    return Added(added, ids, same, conflicts, frozenset(replaced))


class _Known:
    """Names that mean the same: a region by name or code, an indicator by name or id."""

    def __init__(self, folder: Path):
        self._indicators = Names(
            (
                line["id"],
                [line.get("name_zh", ""), line.get("name_en", ""), *aliases(line.get("aliases", ""))],
            )
            for line in _lines(folder / "indicators.csv")
        )
        self._regions = Regions(_lines(folder / "regions.csv"))

    def key(self, row: Mapping[str, str]) -> tuple[str, ...]:
        indicator = self._indicators.find(row["indicator"]).id or row["indicator"]
        region = self._regions.find(row["region"]).id or row["region"]
        kind = row.get("kind", "") if row.get("kind") in ("growth", "cumulative") else ""
        return (row["document"], indicator, region, row.get("period", ""), kind)


def _id(table: str, key: tuple[str, ...]) -> str:
    return f"take-{hashlib.sha256(chr(31).join((table, *key)).encode()).hexdigest()[:10]}"


def _lines(path: Path) -> list[dict[str, str]]:
    """The rows of a table's file as they stand; comments are none."""
    header, *lines = sheets.read(path)[0].rows
    return [
        {name.strip(): cell.strip() for name, cell in zip(header, line, strict=True)}
        for line in lines
        if any(line) and not line[0].lstrip().startswith("#")
    ]


def _row(figure: Figure, document: str) -> dict[str, str]:
    """A row as it is written; what a spreadsheet would run as a formula is set in quotation marks."""
    row = figure._asdict() | {"document": document, "reading": "printed"}
    if figure.as_printed.startswith(("=", "+", "@", "-")):
        row["as_printed"] = f"“{figure.as_printed}”"
    return row


def document_row(one: Document) -> dict[str, str]:
    """A drafted document as a row of ``documents``."""
    return {"id": one.id, "title_zh": one.title} | one._asdict()


def _agree(existing: Mapping[str, str], row: Mapping[str, str]) -> bool:
    """Whether two rows on the same thing say the same; an empty comparator or unit leaves it open."""
    return _number(existing.get("value", "")) == _number(row["value"]) and all(
        not existing.get(name) or not row[name] or existing[name] == row[name]
        for name in ("comparator", "unit")
    )


def _number(text: str) -> Decimal | str:
    try:
        return Decimal(text)
    except InvalidOperation:
        return text


def _conflict(table: str, existing: Mapping[str, str], row: Mapping[str, str]) -> Conflict:
    shown = [
        " ".join(
            part for part in (one.get("comparator", ""), one.get("value", ""), one.get("unit", "")) if part
        )
        for one in (existing, row)
    ]
    place = " · ".join(part for part in (existing.get("id", ""), existing.get("locator", "")) if part)
    return Conflict(
        table, row["indicator"], row["region"], row["period"], shown[0], place, shown[1], row["locator"]
    )
