"""Front pages of a folder of reports: for the latest edition, and for earlier ones of the data or the period.

A report made again within its edition is a correction and replaces the previous one. When a report of the
next edition is made, the earlier one moves to a folder named after its edition, with its own front page.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from reportkit.jobs import Job
from reportkit.render import front
from reportkit.render.front import Earlier
from reportkit.render.manifest import Manifest, earlier_manifests, note
from reportkit.render.store import Store


def edition(about: dict[str, Any]) -> str:
    """Name of a report's edition, and of its folder; empty if nothing distinguishes editions.

    >>> edition({"edition": "1.4.0 2026-11-20", "as_of": "2025-12"})
    '1.4.0-2026-11-20_2025-12'
    """
    parts = (re.sub(r"[^\w.]+", "-", about.get(key, "")).strip("-.") for key in ("edition", "as_of"))
    return "_".join(filter(None, parts))


def keep(store: Store, report: str, record: dict[str, Any]) -> None:
    """Copy a published report, with its record in the manifest, to the folder of its edition."""
    name = edition(record["about"])
    store.keep(record["files"], name)
    note(store.edition(name), report, record | {"status": "ok"})  # whatever became of later updates


def last_editions(store: Store, jobs: Iterable[Job], reports: dict[str, dict[str, Any]]) -> dict[str, Store]:
    """For each report to be made, by its name, the store with its notebook of the previous edition, if any.

    That is the one published now or, if that is of the same edition, the last one kept.
    """
    manifests = earlier_manifests(store)
    earlier, stores = _earlier(manifests), {}
    for job in jobs:
        next_edition = edition({"edition": job.edition, "as_of": str(job.parameters.get("as_of", ""))})
        about = reports.get(job.name, {}).get("about")
        editions = [(edition(about), store)] if about else []
        editions += [
            (report.edition, manifests[report.edition].store) for report in earlier.get(job.name, [])
        ]
        places = (place for name, place in editions if name != next_edition)
        if place := next((place for place in places if place.exists(f"{job.name}.ipynb")), None):
            stores[job.name] = place
    return stores


def publish(store: Store, reports: dict[str, dict[str, Any]]) -> None:
    """Write the front pages of a folder and of its earlier editions; reports that failed are marked."""
    manifests = earlier_manifests(store)
    for manifest in manifests.values():
        front.write(manifest.store, manifest.reports, {}, [], "../index.html")
    earlier, previous = _earlier(manifests), {}
    for name, record in reports.items():
        candidates = (
            report for report in earlier.get(name, []) if report.edition != edition(record["about"])
        )
        if latest := next(candidates, None):
            previous[name] = latest
    front.write(store, reports, previous, _listed(earlier), "")


def _listed(earlier: dict[str, list[Earlier]]) -> list[tuple[str, str, int]]:
    """Earlier editions: name, day of the last report, number of reports; the latest first."""
    days = defaultdict(list)
    for reports in earlier.values():
        for report in reports:
            days[report.edition].append(report.published)
    rows = [(max(published), name, len(published)) for name, published in days.items()]
    return [(name, last[:10], count) for last, name, count in sorted(rows, reverse=True)]


def _earlier(manifests: Mapping[str, Manifest]) -> dict[str, list[Earlier]]:
    """Reports of all earlier editions by name, the latest first."""
    earlier = defaultdict(list)
    for name, manifest in manifests.items():
        for report, record in manifest.reports.items():
            earlier[report].append(Earlier(name, record["published"], record["about"]))
    for reports in earlier.values():
        reports.sort(key=lambda report: report.published, reverse=True)
    return earlier
