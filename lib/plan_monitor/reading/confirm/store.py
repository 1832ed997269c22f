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

    changes : files of the package that change, and what they will hold.
    documents, targets, observations : how many rows are new.
    same : how many figures are rows already.
    replaced : how many rows say another figure now, which a later text of their document has.
    readings : how many rows of the table ``readings`` are new or change.
    decided : how many figures were accepted, refused and put off: "yes", "no", "later".
    undecided : how many figures nobody has decided on.
    unsure : of those that were to be accepted as certain, the ones that cannot be, with what is wrong.
    left : accepted figures that no row of a package can hold, with the reason.
    conflicts : accepted figures of one thing that differ; where there are any, nothing changes.
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
        Accept also what nobody has decided on and nothing needs a look of.

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
    chosen = [accepting.accept(one, catalogue) for one in decisions if one.decision == "yes"]
    if faults := [finding for one in chosen for finding in one.findings]:
        raise DataError(faults)
    certain, unsure = _certain(decisions, catalogue) if accept_certain else ([], [])
    held, added, clashing = _held([*chosen, *certain], folder, catalogue)
    unsure += clashing
    dropped = {one.decision.start for one in unsure}
    accepted = [one for one in (*chosen, *certain) if one.decision.start not in dropped]
    undecided = [one for one in decisions if not one.decision]
    readings, documents = _readings(decisions, accepted, held, added, catalogue)
    stored = tables[TABLE].fillna("").to_dict("records")
    fresh = _fresh(readings, stored)
    fresh += _outdated(stored, added.replaced, fresh)
    new = added.rows | {TABLE: fresh}
    present = {*tables["documents"]["id"].dropna(), *(row["id"] for row in new["documents"])}
    new["documents"] = new["documents"] + [
        document_row(one) for id_, one in documents.items() if id_ not in present
    ]
    taken_now = len(certain) - len([one for one in unsure if one in certain])
    return Outcome(
        changes={} if added.conflicts else rows.changes(folder, new),
        documents=len(new["documents"]),
        targets=len(new["targets"]),
        observations=len(new["observations"]),
        same=added.same,
        replaced=len(added.replaced),
        readings=len(fresh),
        decided={
            "yes": len(accepted),
            **{word: sum(one.decision == word for one in decisions) for word in ("no", "later")},
        },
        undecided=len(undecided) - taken_now,
        unsure=unsure,
        left=[one for one in accepted if one.left],
        conflicts=added.conflicts,
    )


def put(outcome: Outcome) -> None:
    """Write what decisions change: all files, or none."""
    rows.write(outcome.changes)


def _certain(decisions: list[Decision], catalogue: Catalogue) -> tuple[list[Accepted], list[Accepted]]:
    """Undecided figures of which nothing needs a look: those that can be accepted, and those that cannot."""
    tried = [accepting.accept(one, catalogue) for one in decisions if not one.decision and one.certain]
    return [one for one in tried if not one.findings], [one for one in tried if one.findings]


def _held(
    accepted: list[Accepted], folder: Path, catalogue: Catalogue
) -> tuple[list[Accepted], Added, list[Accepted]]:
    """Accepted figures that are rows, the rows, and figures that nobody chose and others speak against."""
    held, unit = [], {}
    clashing = []
    for one in accepted:
        if one.figure is None:
            continue
        counted = _in_one_unit(one, unit)
        (clashing if counted is None else held).append(one if counted is None else counted)
    chosen = [one for one in clashing if one.decision.decision]
    if chosen:
        raise DataError([_other_unit(one, unit) for one in chosen])
    added = _added(held, folder, catalogue)
    doubtful = [
        one for one, id_ in zip(held, added.ids, strict=True) if not id_ and not one.decision.decision
    ]
    if doubtful:
        held = [one for one in held if one not in doubtful]
        added = _added(held, folder, catalogue)
    return held, added, clashing + doubtful


def _added(held: list[Accepted], folder: Path, catalogue: Catalogue) -> Added:
    documents = {one.figure.document: _document(one.decision, catalogue) for one in held}
    figures = _completed([one.figure for one in held])
    changed = {number for number, one in enumerate(held) if one.decision.changed and one.decision.decision}
    return additions(Taken(figures, list(documents.values()), [], [], 0), folder, changed)


def _completed(figures: list[Figure]) -> list[Figure]:
    """Figures that a document tells twice, such as in text and table: what one of them tells, both do."""
    filled: dict[tuple, dict[str, str]] = {}
    for one in figures:
        cells = filled.setdefault(_of(one), {})
        for name in ("comparator", "attribute"):
            cells[name] = cells.get(name) or getattr(one, name)
    return [
        one._replace(**{name: getattr(one, name) or cell for name, cell in filled[_of(one)].items()})
        for one in figures
    ]


def _of(figure: Figure) -> tuple[str, ...]:
    return figure.table, figure.document, figure.indicator, figure.region, figure.period, figure.value


def _document(decision: Decision, catalogue: Catalogue) -> Document:
    return accepting.drafted(decision, catalogue.document(decision)[1])


def _in_one_unit(one: Accepted, unit: dict[str, str]) -> Accepted | None:
    """A figure in the unit of the first of its new indicator; None where it cannot be counted so."""
    figure = one.figure
    usual = unit.setdefault(labels.key(figure.indicator), figure.unit)
    if usual == figure.unit:
        return one
    value = converted(figure.value, figure.unit, usual)
    if value is None:
        return None
    printed = figure.as_printed or f"{figure.value} {figure.unit}"
    return one._replace(figure=figure._replace(value=value, unit=usual, as_printed=printed))


def _other_unit(one: Accepted, unit: dict[str, str]) -> Finding:
    usual = unit[labels.key(one.figure.indicator)]
    zh = f"“{one.figure.indicator}”的单位应一致，前面的是“{usual}”；不是一回事的请改名"
    en = (
        f'expected one unit of "{one.figure.indicator}", {usual} as before; or another name for another thing'
    )
    return one.decision.finding("unit", one.figure.unit, zh, en)


def _readings(
    decisions: list[Decision],
    accepted: list[Accepted],
    held: list[Accepted],
    added: Added,
    catalogue: Catalogue,
) -> tuple[list[dict[str, str]], dict[str, Document]]:
    """A row of ``readings`` for each figure decided on, and the documents that they name."""
    ids = {one.decision.start: id_ for one, id_ in zip(held, added.ids, strict=True)}
    yes = {one.decision.start for one in accepted}
    made, documents = [], {}
    for one in decisions:
        decision = "yes" if one.start in yes else one.decision
        if not decision:
            continue
        document, title = catalogue.document(one)
        documents[document] = accepting.drafted(one, title)
        indicator = catalogue.indicators.find(one.indicator)
        made.append(
            {name: getattr(one, name) for name in _COLUMNS}
            | {"document": document, "start": str(one.start), "digest": one.digest, "decision": decision}
            | {"indicator": indicator, "indicator_zh": one.indicator_zh if indicator else one.indicator}
            | {
                "locator": one.locator or one.place,
                "region": catalogue.region(one),
                "row": ids.get(one.start, ""),
                "note_zh": one.note,
            }
        )
    return made, documents


def _fresh(made: list[dict[str, str]], stored: list[dict[str, str]]) -> list[dict[str, str]]:
    """Readings that are new or say something else than those stored.

    That the catalogue has learnt the indicator's name since changes nothing.
    """
    key = ("document", "start", "digest")
    existing = {tuple(row[name] for name in key): row for row in stored}
    fresh = []
    for row in made:
        before = existing.get(tuple(row[name] for name in key))
        cells = {name: cell for name, cell in row.items() if name not in ("indicator", "indicator_zh")}
        if before is None or any(before[name] != cell for name, cell in cells.items()):
            fresh.append(row)
    return fresh


def _outdated(
    stored: list[dict[str, str]], replaced: frozenset[str], fresh: list[dict[str, str]]
) -> list[dict[str, str]]:
    """Readings of an earlier text whose row says the later text's figure now: accepted no longer."""
    key = ("document", "start", "digest")
    now = {tuple(row[name] for name in key) for row in fresh}
    refused = {
        "decision": "no",
        "note_zh": "后来的文本改了这个数",
        "note_en": "a later text has another figure",
    }
    return [
        row | refused
        for row in stored
        if row["row"] in replaced and row["decision"] == "yes" and tuple(row[name] for name in key) not in now
    ]
