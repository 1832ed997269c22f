"""``manifest.json``: for every report of a folder its inputs, date, duration and checksums.

A report is recorded in a journal as soon as it is published, so that an interrupted run can be resumed; the
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
_CONDITIONS = re.compile(r"[^\w.-].*")  # behind the name of a library that is required
_PAGES = ("ipykernel", "lxml", "nbclient", "nbconvert", "papermill", "pypandoc-binary", "typst")


@cache
def library() -> str:
    """Digest of the files of the engine and of its subject's library."""
    return " ".join(map(digest, source.libraries()))


@cache
def versions() -> dict[str, str]:
    """Versions of Python and of the subject with all its requirements, or else of the libraries for pages."""
    names, subject = _PAGES, source.current()
    if subject:
        required = [name for name in metadata.requires(subject.NAME) or [] if "extra ==" not in name]
        names = [subject.NAME, *sorted({_CONDITIONS.sub("", name) for name in required})]
    return {"python": platform.python_version(), **{name: metadata.version(name) for name in names}}


def fingerprint(job: Job, digest_of: Callable[[Path], str] = digest, previous: str = "") -> str:
    """Digest of all inputs of the report of a checked job: equal digests mean equal reports.

    `previous` is the checksum of the previous edition's notebook, with which the report is compared.
    """
    parts = {
        "notebook": digest_of(job.notebook),
        "parameters": job.parameters,
        "data": digest_of(job.folder) if job.folder else "",
        "reads": {os.path.relpath(path, job.notebook.parent): digest_of(path) for path in job.reads},
        "cover": [job.domain, job.rank, job.region_name, job.document_name, job.edition, job.head],
        "before": previous,
        "library": library(),
        "versions": versions(),
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()


class Manifest:
    """The manifest of a folder of reports; empty if there is none, or none that can be read."""

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
        """Names of reports that are up to date: same fingerprint, these formats, files as published, and
        validated if that is required."""

        def is_current(name: str) -> bool:
            record = self.reports.get(name, {})
            matches = record.get("status") == "ok" and record.get("fingerprint") == prints[name]
            matches = matches and record["validated"] >= validated
            brief = "facts" in record.get("about", {})
            matches = matches and all(
                f"{name}{ending}" in record["files"] for ending in endings(formats, brief)
            )
            return matches and all(self.store.checksum(file) == sha for file, sha in record["files"].items())

        with ThreadPoolExecutor() as pool:  # computing checksums releases the interpreter's lock
            return {name for name, found in zip(prints, pool.map(is_current, prints), strict=True) if found}

    def note(self, name: str, record: dict[str, Any]) -> None:
        self.reports[name] = record
        self.last = {}  # the folder differs from what that run left
        note(self.store, name, record)

    def save(self) -> None:
        """Write the manifest, without reports whose page is missing."""
        reports = {
            name: record
            for name, record in sorted(self.reports.items())
            if record["status"] != "ok" or self.store.exists(f"{name}.html")
        }
        text = {"format": _FORMAT, "reports": reports, "last": self.last}
        self.store.write(MANIFEST, json.dumps(text, ensure_ascii=False, indent=1))
        self.store.forget()


def note(store: Store, name: str, record: dict[str, Any]) -> None:
    """Record a report in the journal of a folder; the manifest need not be read for it."""
    store.note(name, json.dumps({"name": name, **record}, ensure_ascii=False))


def earlier_manifests(store: Store) -> dict[str, Manifest]:
    """Manifests of earlier editions by their names, with entries of their journals merged in."""
    manifests = {name: Manifest(store.edition(name)) for name in store.editions()}
    for manifest in manifests.values():
        if not manifest.saved:
            manifest.save()
    return manifests


def unchanged(store: Store, arguments: dict[str, Any]) -> list[str] | None:
    """Names of all reports, if a run with these arguments would find nothing to do; else None.

    It imports nothing that makes reports, so that it answers at once.
    """
    manifest = Manifest(store)
    last, options = manifest.last, (arguments["validate"], arguments["formats"])
    same = bool(last) and last["arguments"] == arguments
    same = same and last["library"] == library() and last["versions"] == versions()
    same = same and all(digest(Path(path)) == recorded for path, recorded in last["inputs"].items())
    same = same and manifest.current(last["reports"], *options) == last["reports"].keys()
    return [*last["reports"]] if same else None
