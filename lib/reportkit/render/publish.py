"""The front pages of a folder of reports: of the latest, and of earlier editions of the data or the period.

A report made anew within its edition is a correction and replaces the one before; with the first report of
the next edition the earlier one moves to a folder of the edition's name, with a front page of its own.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from reportkit.jobs import Job
from reportkit.render import front
from reportkit.render.front import Earlier
from reportkit.render.manifest import Manifest, kept_manifests, note
from reportkit.render.store import Store


def edition(about: dict[str, Any]) -> str:
    """Name of a report's edition, and of its folder; empty where nothing tells editions apart.

    >>> edition({"edition": "1.4.0 2026-11-20", "as_of": "2025-12"})
    '1.4.0-2026-11-20_2025-12'
    """
    parts = (re.sub(r"[^\w.]+", "-", about.get(key, "")).strip("-.") for key in ("edition", "as_of"))
    return "_".join(filter(None, parts))


def keep(store: Store, report: str, record: dict[str, Any]) -> None:
    """Copy a published report, of which the manifest holds this record, to the folder of its edition."""
    kept = edition(record["about"])
    store.keep(record["files"], kept)
    note(store.edition(kept), report, record | {"status": "ok"})  # whatever became of later updates


def last_editions(store: Store, jobs: Iterable[Job], reports: dict[str, dict[str, Any]]) -> dict[str, Store]:
    """For each report that is to be made, by its name, where its notebook of the edition before is, if there.

    That is the one published now, or, where that is of the same edition, the last that was kept.
    """
    kept = kept_manifests(store)
    earlier, found = _earlier(kept), {}
    for job in jobs:
        coming = edition({"edition": job.edition, "as_of": str(job.parameters.get("as_of", ""))})
        now = reports.get(job.name, {}).get("about")
        editions = [(edition(now), store)] if now else []
        editions += [(one.edition, kept[one.edition].store) for one in earlier.get(job.name, [])]
        places = (place for name, place in editions if name != coming)
        if place := next((place for place in places if place.exists(f"{job.name}.ipynb")), None):
            found[job.name] = place
    return found


def publish(store: Store, reports: dict[str, dict[str, Any]]) -> None:
    """Write the front pages of a folder and of its earlier editions; a report that failed since, says so."""
    kept = kept_manifests(store)
    for manifest in kept.values():
        front.write(manifest.store, manifest.reports, {}, [], "../index.html")
    earlier, before = _earlier(kept), {}
    for name, record in reports.items():
        others = (one for one in earlier.get(name, []) if one.edition != edition(record["about"]))
        if last := next(others, None):
            before[name] = last
    front.write(store, reports, before, _listed(earlier), "")


def _listed(earlier: dict[str, list[Earlier]]) -> list[tuple[str, str, int]]:
    """Earlier editions: name, day of the last report, and how many there are; the latest first."""
    days = defaultdict(list)
    for reports in earlier.values():
        for one in reports:
            days[one.edition].append(one.published)
    listed = [(max(published), name, len(published)) for name, published in days.items()]
    return [(name, last[:10], count) for last, name, count in sorted(listed, reverse=True)]


def _earlier(manifests: Mapping[str, Manifest]) -> dict[str, list[Earlier]]:
    """Reports of all earlier editions by name, the latest first."""
    kept = defaultdict(list)
    for name, manifest in manifests.items():
        for report, record in manifest.reports.items():
            kept[report].append(Earlier(name, record["published"], record["about"]))
    for reports in kept.values():
        reports.sort(key=lambda one: one.published, reverse=True)
    return kept
