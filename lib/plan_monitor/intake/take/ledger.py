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
    existing: str  # the stored figure, which stays, or the first of two new ones
    existing_place: str
    new: str
    new_place: str


class Written(NamedTuple):
    """How many drafted rows were written, existed already, or are in conflict."""

    documents: int
    targets: int
    observations: int
    same: int  # existed already
    conflicts: list[Conflict]


class Added(NamedTuple):
    """Rows that are new, by table, and for each drafted figure the id of the row that it becomes or is."""

    rows: dict[str, list[dict[str, str]]]
    ids: list[str]  # an empty id where a figure is in conflict
    same: int
    conflicts: list[Conflict]
    replaced: frozenset[str] = frozenset()  # ids of stored rows that get new cells

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
        If one of the three files does not exist.
    """
    added = additions(taken, folder)
    paths = {table: folder / f"{table}.csv" for table in TABLES}
    rows.write({paths[table]: rows.put(paths[table], new) for table, new in added.rows.items() if new})
    return added.written


def additions(taken: Taken, folder: Path, replacing: Container[int] = ()) -> Added:
    """What ``write`` would append; nothing is written.

    `replacing` are positions of figures that may replace a stored row on the same thing.
    """
    existing = {table: _lines(folder / f"{table}.csv") for table in TABLES}
    titles = {
        labels.key(line.get("title_zh", "")): line["id"] for line in existing["documents"] if line.get("id")
    }
    added: dict[str, list[dict[str, str]]] = {table: [] for table in TABLES}
    ids = [""] * len(taken.figures)
    same, conflicts, replaced = 0, [], set()
    names = _Keys(folder)
    for table in TABLES[1:]:
        by_key = {names.key(line): line for line in existing[table] if line.get("indicator")}
        by_key |= {line["id"]: line for line in existing[table] if line.get("id")}
        stored = {line.get("id") for line in existing[table]}
        conflicting = set()
        for number, figure in enumerate(taken.figures):
            if figure.table != table:
                continue
            title = figure.document
            row = _row(figure, titles.get(labels.key(title)) or defaults.document_id(title))
            key = names.key(row)
            row["id"] = _id(table, key)
            match = by_key.get(row["id"]) or by_key.get(key)
            if match is None:
                by_key[row["id"]] = by_key[key] = match = row
                added[table].append(row)
            elif _agree(match, row):
                same += 1
            elif number in replacing and match.get("id") in stored - replaced:
                changes = {name: cell for name, cell in row.items() if cell or name == "as_printed"}
                by_key[match["id"]] = by_key[key] = match = match | changes | {"id": match["id"]}
                added[table].append(match)
                replaced.add(match["id"])
            else:
                conflicts.append(_conflict(table, match, row))
                conflicting.add(match.get("id"))  # of two figures taken at once, neither is written
                continue
            ids[number] = match.get("id", "")
        withdrawn = conflicting & {row["id"] for row in added[table]}
        added[table] = [row for row in added[table] if row["id"] not in withdrawn]
        ids = ["" if id_ in withdrawn else id_ for id_ in ids]
        replaced -= withdrawn
    cited = {row["document"] for table in TABLES[1:] for row in added[table]}
    added["documents"] = [
        document_row(draft)
        for draft in taken.documents
        if labels.key(draft.title) not in titles and draft.id in cited
    ]
    return Added(added, ids, same, conflicts, frozenset(replaced))


class _Keys:
    """Keys of rows: the same whether a region has its name or code, an indicator its name or id."""

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
    """The rows of a table's file as they are, without comments."""
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


def document_row(document: Document) -> dict[str, str]:
    """A drafted document as a row of ``documents``."""
    return {"id": document.id, "title_zh": document.title} | document._asdict()


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
            part for part in (side.get("comparator", ""), side.get("value", ""), side.get("unit", "")) if part
        )
        for side in (existing, row)
    ]
    place = " · ".join(part for part in (existing.get("id", ""), existing.get("locator", "")) if part)
    return Conflict(
        table, row["indicator"], row["region"], row["period"], shown[0], place, shown[1], row["locator"]
    )
