"""``manifest.json``: what every report of a folder was made of, when, how long it took, and its checksums.

A report is noted in a journal as soon as it is published, so that a run that was cut short is resumed; the
manifest itself is written at the end of a run.
"""

import contextlib
import hashlib
import json
import os
import platform
import re
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from reportkit import source
from reportkit.files import digest
from reportkit.formats.endings import endings
from reportkit.jobs import Job
from reportkit.render.store import MANIFEST, Store

_FORMAT = 2
_PAGES = ("ipykernel", "lxml", "nbclient", "nbconvert", "papermill", "pypandoc-binary", "typst")


@cache
def library() -> str:
    """Digest of the files of the engine and of its subject's library."""
    return " ".join(map(digest, source.libraries()))


@cache
def versions() -> dict[str, str]:
    """Versions of Python and of all that the subject requires, itself included, or of what makes pages."""
    names, subject = _PAGES, source.current()
    if subject:
        required = [name for name in metadata.requires(subject.NAME) or [] if "extra ==" not in name]
        names = [subject.NAME, *sorted({re.split(r"[^\w.-]", name, maxsplit=1)[0] for name in required})]
    return {"python": platform.python_version(), **{name: metadata.version(name) for name in names}}


def fingerprint(job: Job, digest_of: Callable[[Path], str] = digest, before: str = "") -> str:
    """What the report of a checked job is made of, as one digest: with the same, the same report.

    `before` is the checksum of the notebook of the edition before, of which the report tells what changed.
    """
    parts = {
        "notebook": digest_of(job.notebook),
        "parameters": job.parameters,
        "data": digest_of(job.folder) if job.folder else "",
        "reads": {os.path.relpath(path, job.notebook.parent): digest_of(path) for path in job.reads},
        "cover": [job.domain, job.rank, job.region_name, job.document_name, job.edition, job.head],
        "before": before,
        "library": library(),
        "versions": versions(),
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()


class Manifest:
    """The manifest of a folder of reports; empty where there is none, or none that can be read."""

    def __init__(self, store: Store):
        self.store = store
        self.reports: dict[str, dict[str, Any]] = {}  # by name
        self.last: dict[str, Any] = {}  # the last run that came to its end, to recognise the same again
        with contextlib.suppress(FileNotFoundError, ValueError, AttributeError, KeyError):
            stored = json.loads(store.read(MANIFEST))
            if stored.get("format") == _FORMAT:
                self.reports, self.last = stored["reports"], stored["last"]
        lines = [*store.noted()]
        self.saved = not lines  # whether there is nothing but the manifest itself
        for line in lines:
            with contextlib.suppress(ValueError, KeyError):  # the last line of a run that was killed
                record = json.loads(line)
                self.reports[record.pop("name")] = record

    def current(self, prints: dict[str, str], validated: bool, formats: Iterable[str]) -> set[str]:
        """Which reports are there as published, of just this, in these formats, and validated if asked."""

        def current(name: str) -> bool:
            record = self.reports.get(name, {})
            made = record.get("status") == "ok" and record.get("fingerprint") == prints[name]
            made = made and record["validated"] >= validated
            brief = "facts" in record.get("about", {})
            made = made and all(f"{name}{ending}" in record["files"] for ending in endings(formats, brief))
            return made and all(self.store.checksum(file) == sha for file, sha in record["files"].items())

        with ThreadPoolExecutor() as pool:  # checksums need not wait for the interpreter
            return {name for name, found in zip(prints, pool.map(current, prints), strict=True) if found}

    def note(self, name: str, record: dict[str, Any]) -> None:
        self.reports[name] = record
        self.last = {}  # the folder is no more what a run left
        note(self.store, name, record)

    def save(self) -> None:
        """Write the manifest, without reports whose page is gone."""
        kept = {
            name: record
            for name, record in sorted(self.reports.items())
            if record["status"] != "ok" or self.store.exists(f"{name}.html")
        }
        text = {"format": _FORMAT, "reports": kept, "last": self.last}
        self.store.write(MANIFEST, json.dumps(text, ensure_ascii=False, indent=1))
        self.store.forget()


def note(store: Store, name: str, record: dict[str, Any]) -> None:
    """Note a report in the journal of a folder, whose manifest need not be read for it."""
    store.note(name, json.dumps({"name": name, **record}, ensure_ascii=False))


def kept_manifests(store: Store) -> dict[str, Manifest]:
    """Manifests of earlier editions by their names, each with what has been noted since it was saved."""
    manifests = {name: Manifest(store.edition(name)) for name in store.editions()}
    for manifest in manifests.values():
        if not manifest.saved:
            manifest.save()
    return manifests


def unchanged(store: Store, arguments: dict[str, Any]) -> list[str] | None:
    """Names of all reports of a run that is told the same as ``run`` was, if it would find nothing to do.

    Else None. It imports nothing of what a report is made with, so that it answers at once.
    """
    manifest = Manifest(store)
    last, asked = manifest.last, (arguments["validate"], arguments["formats"])
    same = bool(last) and last["arguments"] == arguments
    same = same and last["library"] == library() and last["versions"] == versions()
    same = same and all(digest(Path(path)) == before for path, before in last["inputs"].items())
    same = same and manifest.current(last["reports"], *asked) == last["reports"].keys()
    return [*last["reports"]] if same else None
