"""The front pages of a folder of reports: of the latest, and of earlier editions of the data or the period.

A report made anew within its edition is a correction and replaces the one before; with the first report of
the next edition the earlier one moves to a folder of the edition's name, with a front page of its own.
"""

import re
import shutil
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from reportkit.jobs import Job
from reportkit.render import front
from reportkit.render.front import Earlier
from reportkit.render.manifest import NAME, Manifest


def edition(about: dict[str, Any]) -> str:
    """Name of a report's edition, and of its folder; empty where nothing tells editions apart.

    >>> edition({"edition": "1.4.0 2026-11-20", "as_of": "2025-12"})
    '1.4.0-2026-11-20_2025-12'
    """
    parts = (re.sub(r"[^\w.]+", "-", about.get(key, "")).strip("-.") for key in ("edition", "as_of"))
    return "_".join(filter(None, parts))


def keep(folder: Path, report: str, record: dict[str, Any]) -> None:
    """Copy a published report, of which the manifest holds this record, to the folder of its edition."""
    kept = folder / edition(record["about"])
    kept.mkdir(exist_ok=True)
    for file in record["files"]:
        if (folder / file).is_file():
            shutil.copy2(folder / file, kept / file)
    manifest = Manifest(kept)
    manifest.reports[report] = record | {"status": "ok"}  # whatever became of later updates
    manifest.save()


def last_editions(folder: Path, jobs: Iterable[Job], reports: dict[str, dict[str, Any]]) -> dict[str, Path]:
    """For each report that is to be made, by its name, the notebook of the edition before, if there is one.

    That is the one published now, or, where that is of the same edition, the last that was kept.
    """
    earlier, found = _earlier(folder), {}
    for job in jobs:
        coming = edition({"edition": job.edition, "as_of": str(job.parameters.get("as_of", ""))})
        now = reports.get(job.name, {}).get("about")
        editions = [(edition(now), folder)] if now else []
        editions += [(one.edition, folder / one.edition) for one in earlier.get(job.name, [])]
        paths = (place / f"{job.name}.ipynb" for name, place in editions if name != coming)
        if path := next((path for path in paths if path.is_file()), None):
            found[job.name] = path
    return found


def publish(folder: Path, reports: dict[str, dict[str, Any]]) -> None:
    """Write the front pages of a folder and of its earlier editions; a report that failed since, says so."""
    earlier = _earlier(folder)
    for path in folder.glob(f"*/{NAME}"):
        front.write(path.parent, Manifest(path.parent).reports, {}, [], "../index.html")
    before = {}
    for name, record in reports.items():
        others = (one for one in earlier.get(name, []) if one.edition != edition(record["about"]))
        if last := next(others, None):
            before[name] = last
    front.write(folder, reports, before, _listed(earlier), "")


def _listed(earlier: dict[str, list[Earlier]]) -> list[tuple[str, str, int]]:
    """Earlier editions: name, day of the last report, and how many there are; the latest first."""
    days = defaultdict(list)
    for reports in earlier.values():
        for one in reports:
            days[one.edition].append(one.published)
    listed = [(max(published), name, len(published)) for name, published in days.items()]
    return [(name, last[:10], count) for last, name, count in sorted(listed, reverse=True)]


def _earlier(folder: Path) -> dict[str, list[Earlier]]:
    """Reports of all earlier editions by name, the latest first."""
    kept = defaultdict(list)
    for path in folder.glob(f"*/{NAME}"):
        for report, record in Manifest(path.parent).reports.items():
            kept[report].append(Earlier(path.parent.name, record["published"], record["about"]))
    for reports in kept.values():
        reports.sort(key=lambda one: one.published, reverse=True)
    return kept
