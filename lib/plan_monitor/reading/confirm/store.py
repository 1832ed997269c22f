"""Decisions on drafted figures put into a package: all of them, or none."""

from pathlib import Path
from typing import NamedTuple

from plan_monitor.data.descriptor import DESCRIPTOR
from plan_monitor.data.inspection import settled
from plan_monitor.intake import rows
from plan_monitor.intake.take import Added, Conflict, Document, Figure, Taken, additions, document_row
from plan_monitor.reading.confirm import accept as accepting
from plan_monitor.reading.confirm.accept import Accepted, Catalogue
from plan_monitor.reading.confirm.decisions import Decision
from plan_monitor.reading.confirm.units import converted
from plan_monitor.settle import labels
from plan_monitor.settle.parts import joined
from reportkit.findings import DataError, Finding

TABLE = "readings"
_COLUMNS = ("role", "period", "comparator", "value", "unit", "kind")


class Outcome(NamedTuple):
    """What decisions change in a package; nothing is written yet.

    changes : files of the package that change, and their new content.
    documents, targets, observations : how many rows are new.
    same : how many figures are rows already.
    replaced : how many rows get another figure, from a later text of their document.
    readings : how many rows of the table ``readings`` are new or change.
    decided : how many figures were accepted, refused and put off: "yes", "no", "later".
    undecided : how many figures have no decision.
    unsure : figures to be accepted as certain that cannot be, with what is wrong.
    left : accepted figures that no row of a package can hold, with the reason.
    conflicts : accepted figures of one thing that differ; if there are any, nothing changes.
    """

    changes: dict[Path, bytes]
    documents: int
    targets: int
    observations: int
    same: int
    replaced: int
    readings: int
    decided: dict[str, int]
    undecided: int
    unsure: list[Accepted]
    left: list[Accepted]
    conflicts: list[Conflict]


def confirm(decisions: list[Decision], folder: Path, accept_certain: bool = False) -> Outcome:
    """What decisions would change in a package.

    Parameters
    ----------
    decisions : list of Decision
        As ``decisions.read`` gives them.
    folder : Path
        A package.
    accept_certain : bool
        Accept also figures without a decision of which no field needs a look.

    Raises
    ------
    DataError
        If the folder is no package, if its descriptor lacks the table ``readings``, or where an accepted
        figure lacks something or does not fit its indicator.
    """
    parts, findings, _ = settled(folder)
    if not parts:
        raise DataError(findings)
    if TABLE not in parts:
        expected = {
            "zh": "数据包说明应列出此表；请从 plan-monitor 自带的数据包说明中照抄 readings 一节",
            "en": "expected this table in the descriptor; copy its section from plan-monitor's own",
        }
        raise DataError([Finding(DESCRIPTOR, None, TABLE, None, expected)])
    tables = {table: joined(parts, table) for table in ("documents", "indicators", "regions", TABLE)}
    catalogue = Catalogue(tables)
    chosen = [accepting.accept(item, catalogue) for item in decisions if item.decision == "yes"]
    if faults := [finding for item in chosen for finding in item.findings]:
        raise DataError(faults)
    certain, unsure = _certain(decisions, catalogue) if accept_certain else ([], [])
    row_figures, added, clashing = _row_figures([*chosen, *certain], folder, catalogue)
    unsure += clashing
    rejected = {item.decision.start for item in unsure}
    accepted = [item for item in (*chosen, *certain) if item.decision.start not in rejected]
    undecided = [item for item in decisions if not item.decision]
    readings, documents = _readings(decisions, accepted, row_figures, added, catalogue)
    stored = tables[TABLE].fillna("").to_dict("records")
    new_readings = _fresh(readings, stored)
    new_readings += _outdated(stored, added.replaced, new_readings)
    new_rows = added.rows | {TABLE: new_readings}
    known_documents = {*tables["documents"]["id"].dropna(), *(row["id"] for row in new_rows["documents"])}
    new_rows["documents"] = new_rows["documents"] + [
        document_row(item) for id_, item in documents.items() if id_ not in known_documents
    ]
    newly_accepted = len(certain) - len([item for item in unsure if item in certain])
    return Outcome(
        changes={} if added.conflicts else rows.changes(folder, new_rows),
        documents=len(new_rows["documents"]),
        targets=len(new_rows["targets"]),
        observations=len(new_rows["observations"]),
        same=added.same,
        replaced=len(added.replaced),
        readings=len(new_readings),
        decided={
            "yes": len(accepted),
            **{word: sum(item.decision == word for item in decisions) for word in ("no", "later")},
        },
        undecided=len(undecided) - newly_accepted,
        unsure=unsure,
        left=[item for item in accepted if item.left],
        conflicts=added.conflicts,
    )


def put(outcome: Outcome) -> None:
    """Write what decisions change: all files, or none."""
    rows.write(outcome.changes)


def _certain(decisions: list[Decision], catalogue: Catalogue) -> tuple[list[Accepted], list[Accepted]]:
    """Undecided figures without a field that needs a look: those that can be accepted, and the others."""
    results = [accepting.accept(item, catalogue) for item in decisions if not item.decision and item.certain]
    return [item for item in results if not item.findings], [item for item in results if item.findings]


def _row_figures(
    accepted: list[Accepted], folder: Path, catalogue: Catalogue
) -> tuple[list[Accepted], Added, list[Accepted]]:
    """Accepted figures that become rows, the rows, and automatically accepted ones that clash with others."""
    row_figures, units = [], {}
    clashing = []
    for item in accepted:
        if item.figure is None:
            continue
        figure_in_unit = _in_one_unit(item, units)
        (clashing if figure_in_unit is None else row_figures).append(
            item if figure_in_unit is None else figure_in_unit
        )
    chosen = [item for item in clashing if item.decision.decision]
    if chosen:
        raise DataError([_other_unit(item, units) for item in chosen])
    added = _added(row_figures, folder, catalogue)
    doubtful = [
        item
        for item, id_ in zip(row_figures, added.ids, strict=True)
        if not id_ and not item.decision.decision
    ]
    if doubtful:
        row_figures = [item for item in row_figures if item not in doubtful]
        added = _added(row_figures, folder, catalogue)
    return row_figures, added, clashing + doubtful


def _added(row_figures: list[Accepted], folder: Path, catalogue: Catalogue) -> Added:
    documents = {item.figure.document: _document(item.decision, catalogue) for item in row_figures}
    figures = _with_shared_cells([item.figure for item in row_figures])
    changed = {
        number for number, item in enumerate(row_figures) if item.decision.changed and item.decision.decision
    }
    return additions(Taken(figures, list(documents.values()), [], [], 0), folder, changed)


def _with_shared_cells(figures: list[Figure]) -> list[Figure]:
    """Figures with the comparator and attribute that the same figure has elsewhere, as in text and table."""
    shared_cells: dict[tuple, dict[str, str]] = {}
    for figure in figures:
        cells = shared_cells.setdefault(_key(figure), {})
        for name in ("comparator", "attribute"):
            cells[name] = cells.get(name) or getattr(figure, name)
    return [
        figure._replace(
            **{name: getattr(figure, name) or cell for name, cell in shared_cells[_key(figure)].items()}
        )
        for figure in figures
    ]


def _key(figure: Figure) -> tuple[str, ...]:
    return figure.table, figure.document, figure.indicator, figure.region, figure.period, figure.value


def _document(decision: Decision, catalogue: Catalogue) -> Document:
    return accepting.draft_document(decision, catalogue.document(decision)[1])


def _in_one_unit(accepted: Accepted, units: dict[str, str]) -> Accepted | None:
    """A figure in the unit of the first figure of its new indicator; None where it cannot be converted."""
    figure = accepted.figure
    usual = units.setdefault(labels.key(figure.indicator), figure.unit)
    if usual == figure.unit:
        return accepted
    value = converted(figure.value, figure.unit, usual)
    if value is None:
        return None
    printed = f"{figure.value} {figure.unit}"
    return accepted._replace(figure=figure._replace(value=value, unit=usual, as_printed=printed))


def _other_unit(accepted: Accepted, units: dict[str, str]) -> Finding:
    name = accepted.figure.indicator
    usual = units[labels.key(name)]
    zh = f"“{name}”的单位应一致，前面的是“{usual}”；不是一回事的请改名"
    en = f'expected one unit of "{name}", {usual} as before; or another name for another thing'
    return accepted.decision.finding("unit", accepted.figure.unit, zh, en)


def _readings(
    decisions: list[Decision],
    accepted: list[Accepted],
    row_figures: list[Accepted],
    added: Added,
    catalogue: Catalogue,
) -> tuple[list[dict[str, str]], dict[str, Document]]:
    """A row of ``readings`` for each figure with a decision, and the documents that they name."""
    ids = {item.decision.start: id_ for item, id_ in zip(row_figures, added.ids, strict=True)}
    accepted_starts = {item.decision.start for item in accepted}
    readings, documents = [], {}
    for item in decisions:
        decision = "yes" if item.start in accepted_starts else item.decision
        if not decision:
            continue
        document, title = catalogue.document(item)
        documents[document] = accepting.draft_document(item, title)
        indicator = catalogue.indicators.find(item.indicator)
        readings.append(
            {name: getattr(item, name) for name in _COLUMNS}
            | {"document": document, "start": str(item.start), "digest": item.digest, "decision": decision}
            | {"indicator": indicator, "indicator_zh": item.indicator_zh if indicator else item.indicator}
            | {
                "locator": item.locator or item.place,
                "region": catalogue.region(item),
                "row": ids.get(item.start, ""),
                "note_zh": item.note,
            }
        )
    return readings, documents


def _fresh(readings: list[dict[str, str]], stored: list[dict[str, str]]) -> list[dict[str, str]]:
    """Readings that are new or differ from the stored ones.

    A difference in the indicator, whose name the catalogue may have got since, does not count.
    """
    key = ("document", "start", "digest")
    existing = {tuple(row[name] for name in key): row for row in stored}
    result = []
    for row in readings:
        earlier = existing.get(tuple(row[name] for name in key))
        cells = {name: cell for name, cell in row.items() if name not in ("indicator", "indicator_zh")}
        if earlier is None or any(earlier[name] != cell for name, cell in cells.items()):
            result.append(row)
    return result


def _outdated(
    stored: list[dict[str, str]], replaced: frozenset[str], new_readings: list[dict[str, str]]
) -> list[dict[str, str]]:
    """Readings of an earlier text whose row now has a later text's figure: they are no longer accepted."""
    key = ("document", "start", "digest")
    current_keys = {tuple(row[name] for name in key) for row in new_readings}
    refusal = {
        "decision": "no",
        "note_zh": "后来的文本改了这个数",
        "note_en": "a later text has another figure",
    }
    return [
        row | refusal
        for row in stored
        if row["row"] in replaced
        and row["decision"] == "yes"
        and tuple(row[name] for name in key) not in current_keys
    ]
