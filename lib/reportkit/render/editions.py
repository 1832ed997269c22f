"""Editions of a report: what was published before newer data, or a later period, took its place.

An edition is an edition of the data and the period that a report looks up to. A report made anew within
its edition is a correction and replaces the one before; with the first report of the next edition the
earlier one moves to a folder of the edition's name, with a front page of its own.
"""

import re
import shutil
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, NamedTuple

from reportkit.render.manifest import NAME, Manifest

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|.", re.DOTALL | re.ASCII)
_ALIKE = 0.4  # share of two answers that is the same; below it they are shown one after the other


class Earlier(NamedTuple):
    """A report of an earlier edition; ``published`` says when."""

    edition: str
    published: str
    about: dict[str, Any]


def name(about: dict[str, Any]) -> str:
    """Name of a report's edition, and of its folder; empty where nothing tells editions apart.

    >>> name({"edition": "1.4.0 2026-11-20", "as_of": "2025-12"})
    '1.4.0-2026-11-20_2025-12'
    """
    parts = (re.sub(r"[^\w.]+", "-", about.get(key, "")).strip("-.") for key in ("edition", "as_of"))
    return "_".join(filter(None, parts))


def keep(folder: Path, report: str, record: dict[str, Any]) -> None:
    """Copy a report that is about to be replaced to the folder of its edition.

    Parameters
    ----------
    folder : Path
        Where reports are published.
    report : str
        Its name.
    record : dict
        What the manifest says of it.
    """
    kept = folder / name(record["about"])
    kept.mkdir(exist_ok=True)
    for file in record["files"]:
        if (folder / file).is_file():
            shutil.copy2(folder / file, kept / file)
    manifest = Manifest(kept)
    manifest.reports[report] = record | {"status": "ok"}  # whatever became of later updates
    manifest.save()


def earlier(folder: Path) -> dict[str, list[Earlier]]:
    """Reports of all earlier editions by name, the latest first."""
    kept: dict[str, list[Earlier]] = {}
    for manifest in (Manifest(path.parent) for path in folder.glob(f"*/{NAME}")):
        for report, record in manifest.reports.items():
            one = Earlier(manifest.folder.name, record["published"], record["about"])
            kept.setdefault(report, []).append(one)
    for reports in kept.values():
        reports.sort(key=lambda one: one.published, reverse=True)
    return kept


def changes(before: str, after: str) -> list[tuple[str, str]]:
    """Two answers as one text: pieces that are ``same``, ``gone`` or ``new``, no figure torn apart.

    >>> changes("11 of 19 kept", "12 of 19 kept")
    [('gone', '11'), ('new', '12'), ('same', ' of 19 kept')]
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return [("gone", before), ("new", after)]
    pieces = []
    for tag, i, j, k, m in matcher.get_opcodes():
        texts = [("same", old[i:j])] if tag == "equal" else [("gone", old[i:j]), ("new", new[k:m])]
        pieces += [(kind, "".join(text)) for kind, text in texts if text]
    return pieces
