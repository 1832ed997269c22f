"""Make the reports that are not there yet, several at a time, and publish them; a failure stops no other."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import nbformat

from reportkit.files import digest
from reportkit.formats.endings import endings
from reportkit.jobs import Job
from reportkit.render import briefs, executors
from reportkit.render.manifest import Manifest, fingerprint, library, versions
from reportkit.render.publish import edition, keep, last_editions, publish
from reportkit.render.store import Store
from reportkit.render.tasks import FORMATS, Made, Options, Task

_USUAL = Options()


@dataclass(frozen=True)
class Result:
    """What became of a job; ``reason`` is empty where its report is there, ``fresh`` if it was made now.

    ``letters`` are those of the report that no font has, so that a PDF and charts say their numbers.
    """

    job: Job
    reason: str = ""
    fresh: bool = True
    letters: str = ""


def run(
    jobs: list[Job], store: Store, options: Options = _USUAL, arguments: dict[str, Any] | None = None
) -> Iterator[Result]:
    """Make reports of checked jobs and yield each result; the front page and the manifest follow the last.

    By ``arguments``, what the jobs were read from, ``unchanged`` knows the same run again. Raises Busy if
    another run is writing to ``store``, OSError if it cannot be written or the disk is full, Unreachable if
    there is no such scheduler.
    """
    with store.locked():
        yield from _run(jobs, store, options, arguments)


def _run(
    jobs: list[Job], store: Store, options: Options, arguments: dict[str, Any] | None
) -> Iterator[Result]:
    digest_of = cache(digest)
    manifest = Manifest(store)
    last = last_editions(store, jobs, manifest.reports)
    notebooks = {name: place.checksum(f"{name}.ipynb") for name, place in last.items()}
    prints = {job.name: fingerprint(job, digest_of, notebooks.get(job.name, "")) for job in jobs}
    current = set() if options.force else manifest.current(prints, options.validate, options.formats)
    same = [job for job in jobs if job.name in current]
    stale = [job for job in jobs if job.name not in current]
    try:
        yield from (Result(job, fresh=False) for job in same)
        for job, made in _made(stale, options, last):
            before = manifest.reports.get(job.name, {})
            record = _publish(job, made, store, prints[job.name], before, options.validate)
            manifest.note(job.name, record)
            yield Result(job, made.reason, letters=made.about.get("letters", ""))
        if "brief" in options.formats and stale:
            briefs.write(store, manifest.reports)
        if all(manifest.reports[job.name]["status"] == "ok" for job in jobs):
            manifest.last = _last(jobs, prints, arguments, digest_of)
    finally:
        manifest.save()
        publish(store, manifest.reports)


def _made(jobs: list[Job], options: Options, last: dict[str, Store]) -> Iterator[tuple[Job, Made]]:
    if not jobs:
        return
    bare = cache(_bare)

    def task(job: Job) -> Task:
        return _task(job, bare, options, last.get(job.name))

    if options.scheduler:
        yield from executors.cluster(jobs, options.scheduler, task)
        return
    workers = min(options.workers or os.cpu_count() or 1, len(jobs))
    executors.warm_up(sorted({job.folder for job in jobs if job.folder}))
    yield from executors.local(jobs, workers, task)


def _task(job: Job, bare: Callable[[Path], str], options: Options, last: Store | None) -> Task:
    reads = {}
    if options.scheduler:  # a worker of this machine sees these too
        reads = {os.path.relpath(path, job.notebook.parent): path.read_bytes() for path in job.reads}
    before = last.read(f"{job.name}.ipynb").decode() if last else ""
    return Task(job, bare(job.notebook), reads, library(), options, before)


def _bare(path: Path) -> str:
    """A notebook's text without outputs, which nobody needs who executes it."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = []
    return nbformat.writes(notebook)


def _publish(
    job: Job, made: Made, store: Store, made_of: str, before: dict[str, Any], validated: bool
) -> dict[str, Any]:
    """Put the files in their place, those of an earlier edition in its own; what the manifest says of it."""
    name = job.name
    if made.about and before.get("about") and edition(made.about) != edition(before["about"]):
        keep(store, name, before)
    written = {f"{name}{ending}": store.write(f"{name}{ending}", text) for ending, text in made.files.items()}
    if not made.reason:
        gone = [ending for ending in endings(FORMATS, True) if ending not in made.files]  # out of date
        store.remove(f"{name}{ending}" for ending in [".failed.ipynb", *gone])
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return {
        "notebook": "/".join(job.notebook.parts[-2:]),
        "parameters": job.parameters,
        "fingerprint": made_of,
        "status": "failed" if made.reason else "ok",
        "validated": validated,
        "reason": made.reason,
        "finished": now,
        "seconds": made.seconds,
        "versions": made.versions,
        # of a report that failed, what is there is what was published before
        "published": before.get("published", "") if made.reason else now,
        "files": (before.get("files", {}) if made.reason else {}) | written,
        "about": made.about or before.get("about", {}),
    }


def _last(
    jobs: list[Job], prints: dict[str, str], arguments: dict | None, digest_of: Callable[[Path], str]
) -> dict[str, Any]:
    """Everything that this run read, to know the same run again without reading recipes or data."""
    if arguments is None:
        return {}
    paths = {Path(arguments["recipes"]), *(job.notebook for job in jobs)}
    paths |= {job.folder for job in jobs if job.folder} | {path for job in jobs for path in job.reads}
    return {
        "arguments": arguments,
        "inputs": {str(path): digest_of(path) for path in sorted(paths)},
        "library": library(),
        "versions": versions(),
        "reports": prints,
    }
