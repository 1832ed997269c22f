"""Make the reports that are missing or outdated, in parallel, and publish them; a failure stops no other."""

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
from reportkit.render.tasks import FORMATS, Options, Output, Task

_USUAL = Options()


@dataclass(frozen=True)
class Result:
    """The result of a job; ``reason`` is empty if its report exists, ``fresh`` says that it was made now.

    ``letters`` are those of the report that no font has; a PDF and charts show their numbers instead.
    """

    job: Job
    reason: str = ""
    fresh: bool = True
    letters: str = ""


def run(
    jobs: list[Job], store: Store, options: Options = _USUAL, arguments: dict[str, Any] | None = None
) -> Iterator[Result]:
    """Make reports of checked jobs and yield each result; front page and manifest are written at the end.

    ``arguments`` are what the jobs were read from, by which ``unchanged`` recognises the same run. Raises
    Busy if another run is writing to ``store``, OSError if it cannot be written or the disk is full,
    Unreachable if there is no such scheduler.
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
    fingerprints = {job.name: fingerprint(job, digest_of, notebooks.get(job.name, "")) for job in jobs}
    current = set() if options.force else manifest.current(fingerprints, options.validate, options.formats)
    same = [job for job in jobs if job.name in current]
    stale = [job for job in jobs if job.name not in current]
    try:
        yield from (Result(job, fresh=False) for job in same)
        for job, output in _outputs(stale, options, last):
            previous = manifest.reports.get(job.name, {})
            record = _publish(job, output, store, fingerprints[job.name], previous, options.validate)
            manifest.note(job.name, record)
            yield Result(job, output.reason, letters=output.about.get("letters", ""))
        if "brief" in options.formats and stale:
            briefs.write(store, manifest.reports)
        if all(manifest.reports[job.name]["status"] == "ok" for job in jobs):
            manifest.last = _last(jobs, fingerprints, arguments, digest_of)
    finally:
        manifest.save()
        publish(store, manifest.reports)


def _outputs(jobs: list[Job], options: Options, last: dict[str, Store]) -> Iterator[tuple[Job, Output]]:
    if not jobs:
        return
    bare_text = cache(_bare)

    def task(job: Job) -> Task:
        return _task(job, bare_text, options, last.get(job.name))

    if options.scheduler:
        yield from executors.cluster(jobs, options.scheduler, task)
        return
    workers = min(options.workers or os.cpu_count() or 1, len(jobs))
    executors.warm_up(sorted({job.folder for job in jobs if job.folder}))
    yield from executors.local(jobs, workers, task)


def _task(job: Job, bare_text: Callable[[Path], str], options: Options, last: Store | None) -> Task:
    reads = {}
    if options.scheduler:  # workers of this machine can read these files themselves
        reads = {os.path.relpath(path, job.notebook.parent): path.read_bytes() for path in job.reads}
    previous = last.read(f"{job.name}.ipynb").decode() if last else ""
    return Task(job, bare_text(job.notebook), reads, library(), options, previous)


def _bare(path: Path) -> str:
    """A notebook's text without outputs, which are not needed for executing it."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = []
    return nbformat.writes(notebook)


def _publish(
    job: Job, output: Output, store: Store, input_digest: str, previous: dict[str, Any], validated: bool
) -> dict[str, Any]:
    """Write the files, after copying those of an earlier edition to its folder; the manifest's record."""
    name = job.name
    if output.about and previous.get("about") and edition(output.about) != edition(previous["about"]):
        keep(store, name, previous)
    checksums = {
        f"{name}{ending}": store.write(f"{name}{ending}", text) for ending, text in output.files.items()
    }
    if not output.reason:
        outdated = [ending for ending in endings(FORMATS, True) if ending not in output.files]  # out of date
        store.remove(f"{name}{ending}" for ending in [".failed.ipynb", *outdated])
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return {
        "notebook": "/".join(job.notebook.parts[-2:]),
        "parameters": job.parameters,
        "fingerprint": input_digest,
        "status": "failed" if output.reason else "ok",
        "validated": validated,
        "reason": output.reason,
        "finished": now,
        "seconds": output.seconds,
        "versions": output.versions,
        # if a report failed, the previously published one stays
        "published": previous.get("published", "") if output.reason else now,
        "files": (previous.get("files", {}) if output.reason else {}) | checksums,
        "about": output.about or previous.get("about", {}),
    }


def _last(
    jobs: list[Job], fingerprints: dict[str, str], arguments: dict | None, digest_of: Callable[[Path], str]
) -> dict[str, Any]:
    """Everything that this run read, so that the same run is recognised without reading recipes or data."""
    if arguments is None:
        return {}
    paths = {Path(arguments["recipes"]), *(job.notebook for job in jobs)}
    paths |= {job.folder for job in jobs if job.folder} | {path for job in jobs for path in job.reads}
    return {
        "arguments": arguments,
        "inputs": {str(path): digest_of(path) for path in sorted(paths)},
        "library": library(),
        "versions": versions(),
        "reports": fingerprints,
    }
