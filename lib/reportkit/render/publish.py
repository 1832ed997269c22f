"""The front pages of a folder of reports: of the latest, and of earlier editions of the data or the period.

A report made anew within its edition is a correction and replaces the one before; with the first report of
the next edition the earlier one moves to a folder of the edition's name, with a front page of its own.
"""

import re
import shutil
from collections import defaultdict
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from reportkit import files, source
from reportkit.compare.wording import changes
from reportkit.formats.endings import endings
from reportkit.formats.jinja import environment, script
from reportkit.jobs import Job
from reportkit.language import chosen, named, tag, using
from reportkit.render.briefs import NAME as BRIEFS
from reportkit.render.manifest import Manifest, kept_manifests, note
from reportkit.render.parameters import LANGUAGES
from reportkit.render.tasks import FORMATS


class Earlier(NamedTuple):
    """A report of an earlier edition; ``published`` says when."""

    edition: str
    published: str
    about: dict[str, Any]


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
    note(kept, report, record | {"status": "ok"})  # whatever became of later updates


def last_editions(folder: Path, jobs: Iterable[Job], reports: dict[str, dict[str, Any]]) -> dict[str, Path]:
    """For each report that is to be made, by its name, the notebook of the edition before, if there is one.

    That is the one published now, or, where that is of the same edition, the last that was kept.
    """
    earlier, found = _earlier(kept_manifests(folder)), {}
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
    kept = kept_manifests(folder)
    for manifest in kept:
        _index(manifest.folder, manifest.reports, {}, "../index.html")
    _index(folder, reports, _earlier(kept), "")


def _index(
    folder: Path, reports: dict[str, dict[str, Any]], earlier: dict[str, list[Earlier]], latest: str
) -> None:
    """Every report of a folder, by language and domain, as the recipes order them."""
    entries = [
        _entry(folder, name, record, earlier.get(name, []))
        for name, record in reports.items()
        if record["about"] and (folder / f"{name}.html").is_file()
    ]
    groups = defaultdict(lambda: defaultdict(list))
    for entry in sorted(entries, key=lambda entry: (entry["rank"], entry["domain"], entry["name"])):
        groups[entry["lang"]][entry["domain"]].append(entry)
    for group in groups.values():
        _tell_apart([entry for domain in group.values() for entry in domain])
    subject, title, house, lead = source.current(), ("报告", "Reports"), "", ""
    if subject:
        title, house, lead = subject.TITLE, subject.NAME, subject.LEAD
    front, index = (environment().get_template(name) for name in ("front.html.j2", "index.html.j2"))
    fronts = {}
    for lang in sorted(groups, key=lambda lang: ([*LANGUAGES, lang].index(lang), lang)):
        with using(lang):
            briefs = [f"{BRIEFS}{lang}{ending}" for ending in (".pdf", ".docx")]
            briefs = [name for name in briefs if (folder / name).is_file()]
            shown = {"groups": groups[lang], "earlier": _listed(earlier), "latest": latest, "briefs": briefs}
            fronts[lang] = named(), tag(), front.render(**shown, title=chosen(title), lead=chosen(lead))
    with using(next(iter(fronts), LANGUAGES[0])):
        shown = {"fronts": fronts, "title": chosen(title), "house": house}
        text = index.render(**shown, scripts=[script("index.js")])
    files.write(folder / "index.html", text)


def _tell_apart(entries: list[dict[str, Any]]) -> None:
    """Head each report by what it is about, and those that are about the same by what they differ in."""
    for _, alike in groupby(sorted(entries, key=_headed), key=_headed):
        alike = [*alike]
        values = [{**one["parameters"], "region": one["region"]} for one in alike]
        differ = [key for key in values[0] if len({str(one.get(key)) for one in values}) > 1]
        for entry, of in zip(alike, values, strict=True):
            parts = [entry.get("document") or entry["title"], *(str(of.get(key, "")) for key in differ)]
            heading = " · ".join(filter(None, parts))
            entry["heading"] = heading[:1].upper() + heading[1:]


def _headed(entry: dict[str, Any]) -> tuple[str, str]:
    return entry["title"], entry.get("document", "")


def _entry(folder: Path, name: str, record: dict[str, Any], earlier: list[Earlier]) -> dict[str, Any]:
    """A row of the front page: what the report says of itself, its files, and what changed since."""
    about = record["about"]
    before = next((one for one in earlier if one.edition != edition(about)), None)
    answers = zip(before.about["answer"], about["answer"], strict=False) if before else ()
    changed = [changes(old, new) for old, new in answers if old != new]
    failed = record["status"] != "ok"
    states = {"failed": failed, "changed": changed, "synthetic": about["synthetic"], "current": not failed}
    return {
        **about,
        "parameters": record.get("parameters", {}),
        "name": name,
        "made": record["published"],
        "formats": [ending for ending in endings(FORMATS, True) if (folder / f"{name}{ending}").is_file()],
        "before": before,
        "changed": changed,
        "states": [state for state, holds in states.items() if holds],
    }


def _listed(earlier: dict[str, list[Earlier]]) -> list[tuple[str, str, int]]:
    """Earlier editions: name, day of the last report, and how many there are; the latest first."""
    days = defaultdict(list)
    for reports in earlier.values():
        for one in reports:
            days[one.edition].append(one.published)
    listed = [(max(published), name, len(published)) for name, published in days.items()]
    return [(name, last[:10], count) for last, name, count in sorted(listed, reverse=True)]


def _earlier(manifests: Iterable[Manifest]) -> dict[str, list[Earlier]]:
    """Reports of all earlier editions by name, the latest first."""
    kept = defaultdict(list)
    for manifest in manifests:
        for report, record in manifest.reports.items():
            kept[report].append(Earlier(manifest.folder.name, record["published"], record["about"]))
    for reports in kept.values():
        reports.sort(key=lambda one: one.published, reverse=True)
    return kept
