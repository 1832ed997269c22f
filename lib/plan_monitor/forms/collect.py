"""Forms that came back: checked against the package, and merged whole or not at all."""

import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from plan_monitor.data import cache
from plan_monitor.data.package import Package, check, load
from plan_monitor.forms import conflicts, replies
from plan_monitor.forms.answers import Answer, Context, read_form
from plan_monitor.forms.ask import request_descriptor
from plan_monitor.forms.conflicts import Conflict
from plan_monitor.intake.rows import changes
from plan_monitor.intake.rows import write as write_all
from plan_monitor.methods import promises
from plan_monitor.settle.names import Names
from reportkit.findings import DataError, Finding


class Collected(NamedTuple):
    """The answers that came back, and the changes they make.

    Attributes
    ----------
    changes : dict of Path to bytes
        Files of the package that change, and what they will hold.
    sources : list of str
        Titles of documents that the package does not have yet.
    answered, refused : list of Answer
        What is new.
    remarks : list of Answer
        Rows with a remark and no answer; nothing is stored of them.
    same : int
        Answers that are stored already.
    unjudged : list of (Answer, str)
        Figures by which their promise cannot be judged, and its state.
    conflicts : list of Conflict
        Answers left out because they differ from others or from what is stored.
    findings : list of Finding
        Faults of forms; a form with faults is left out whole.
    left_out : list of str
        Names of these forms.
    """

    changes: dict[Path, bytes]
    sources: list[str]
    answered: list[Answer]
    refused: list[Answer]
    remarks: list[Answer]
    same: int
    unjudged: list[tuple[Answer, str]]
    conflicts: list[Conflict]
    findings: list[Finding]
    left_out: list[str]


def collect(
    folder: Path, paths: Iterable[Path], who: str | None = None, when: date | None = None
) -> Collected:
    """Read forms that came back and work out the changes; ``write`` merges them.

    Parameters
    ----------
    folder : Path
        The package that the forms were made of.
    paths : iterable of Path
        Workbooks, or CSV files of their table.
    who : str, optional
        Who filled them in, where a form does not say; else its file's name.
    when : date, optional
        The day; today.

    Raises
    ------
    DataError
        If the package has faults, or would have with what came back, or if its descriptor does not know the
        table ``requests``.
    """
    when = when or date.today()
    package, descriptor = load(folder), request_descriptor(folder)
    titles = package.documents[["id", "title_zh", "title_en"]].fillna("")
    documents = Names((row.id, (row.title_zh, row.title_en)) for row in titles.itertuples())
    context = Context(package, descriptor["name"], documents, when)
    forms = [read_form(path, context, who) for path in paths]
    complete = [answer for form in forms if not form.findings for answer in form.answers]
    figures, reasons, differing = conflicts.separate(complete, package)
    rows, answered, refused = replies.rows(figures, reasons, package, when)
    changed = changes(folder, rows)
    if faults := _faults(folder, changed):
        raise DataError(faults)
    return Collected(
        changes=changed,
        sources=[row["title_zh"] for row in rows["documents"]],
        answered=answered,
        refused=refused,
        remarks=[answer for answer in complete if answer.value is None and not answer.reason],
        same=len(figures) + len(reasons) - len(answered) - len(refused),
        unjudged=_unjudged(answered, rows["observations"], package, when),
        conflicts=differing,
        findings=[finding for form in forms for finding in form.findings],
        left_out=[form.file for form in forms if form.findings],
    )


def write(collected: Collected) -> list[Path]:
    """Merge what was collected into the package: all of it, or nothing.

    Returns
    -------
    list of Path
        The files that changed; none where everything was stored already.
    """
    write_all(collected.changes)
    return list(collected.changes)


def _faults(folder: Path, changed: dict[Path, bytes]) -> list[Finding]:
    """Findings of a package as it would be with some files changed."""
    if not changed:
        return []
    with tempfile.TemporaryDirectory(dir=folder.resolve().parent, prefix=f".{folder.name}-") as scratch:
        trial = Path(scratch) / folder.name
        shutil.copytree(folder, trial, ignore=shutil.ignore_patterns(cache.FOLDER))
        for path, content in changed.items():
            (trial / path.relative_to(folder)).write_bytes(content)
        return check(trial)


def _unjudged(
    answered: list[Answer], rows: list[dict[str, str]], package: Package, when: date
) -> list[tuple[Answer, str]]:
    """Answers whose promise still has no status, such as those of another period, with its state."""
    new = pd.DataFrame(rows, columns=package.observations.columns).astype({"value": float})
    observations = pd.concat([package.observations, new])
    judged = promises.judge(replace(package, observations=observations), f"{when:%Y-%m}").set_index("id")
    states = judged.loc[judged["status"].isna(), "state"]
    return [(answer, states[answer.target]) for answer in answered if answer.target in states.index]
