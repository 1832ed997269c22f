"""Make the reports that are not there yet, several at a time, and publish them; a failure stops no other."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
from filelock import FileLock, Timeout

from reportkit import files
from reportkit.files import digest
from reportkit.jobs import Job
from reportkit.render import editions, executors, fingerprint
from reportkit.render.manifest import Manifest
from reportkit.render.publish import publish
from reportkit.render.tasks import FORMATS, TIMEOUT, Made, Task

_LOCK = ".lock"


class Busy(Exception):
    """Another run is writing to the same folder."""


@dataclass(frozen=True)
class Options:
    """How reports are made.

    Attributes
    ----------
    workers : int, optional
        Reports made at the same time on this machine; by default as many as there are processors.
    scheduler : str, optional
        Address of a Dask scheduler, to make them there.
    force : bool
        Also those that are there already and would not change.
    validate : bool
        Publish only what comes out the same when it is run once more.
    timeout : int
        Seconds that one cell may take.
    formats : tuple of str
        Those of ``FORMATS`` to make beside the page and the notebook.
    """

    workers: int | None = None
    scheduler: str | None = None
    force: bool = False
    validate: bool = False
    timeout: int = TIMEOUT
    formats: tuple[str, ...] = ()


@dataclass(frozen=True)
class Result:
    """What became of a job; ``reason`` is empty where its report is there, ``fresh`` if it was made now."""

    job: Job
    reason: str = ""
    fresh: bool = True


def run(
    jobs: list[Job], out: Path, options: Options = Options(), arguments: dict[str, Any] | None = None
) -> Iterator[Result]:
    """Make reports and yield each result as it arrives; the front page and the manifest follow the last.

    Parameters
    ----------
    jobs : list of Job
        Checked jobs; their names are file names below ``out``.
    out : Path
        Folder to publish in; made if missing.
    options : Options
    arguments : dict, optional
        What the jobs were read from, by which ``unchanged`` knows the same run again.

    Raises
    ------
    Busy
        If another run is writing there.
    OSError
        If the folder cannot be written, or the disk is full.
    executors.Unreachable
        If there is no such scheduler.
    """
    out.mkdir(parents=True, exist_ok=True)
    lock = FileLock(out / _LOCK, timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise Busy from None
    try:
        yield from _run(jobs, out, options, arguments)
    finally:
        lock.release()


def _run(jobs: list[Job], out: Path, options: Options, arguments: dict[str, Any] | None) -> Iterator[Result]:
    digest_of = cache(digest)
    manifest = Manifest(out)
    prints = {job.name: fingerprint.of(job, digest_of) for job in jobs}
    stale, same = [], []
    for job in jobs:
        current = manifest.current(job.name, prints[job.name], options.validate, options.formats)
        (same if current and not options.force else stale).append(job)
    try:
        yield from (Result(job, fresh=False) for job in same)
        for task, made in _made(stale, options):
            name = task.job.name
            manifest.note(name, _publish(task, made, out, prints[name], manifest.reports.get(name, {})))
            yield Result(task.job, made.reason)
        if all(manifest.reports[job.name]["status"] == "ok" for job in jobs):
            manifest.last = _last(jobs, prints, arguments, digest_of)
    finally:
        manifest.save()
        publish(out, manifest.reports)


def _made(jobs: list[Job], options: Options) -> Iterator[tuple[Task, Made]]:
    """Tasks and what became of them."""
    if not jobs:
        return
    bare = cache(_bare)
    tasks = [_task(job, bare, options) for job in jobs]
    if options.scheduler:
        yield from executors.cluster(tasks, options.scheduler)
        return
    workers = min(options.workers or os.cpu_count() or 1, len(tasks))
    executors.warm_up(sorted({job.folder for job in jobs if job.folder}))
    yield from executors.local(tasks, workers)


def _task(job: Job, bare: Callable[[Path], str], options: Options) -> Task:
    reads = {os.path.relpath(path, job.notebook.parent): path for path in job.reads}
    return Task(
        job=job,
        notebook=bare(job.notebook),
        # a worker that sees the notebook's folder sees these too
        reads={name: path.read_bytes() for name, path in reads.items()} if options.scheduler else {},
        library=fingerprint.library(),
        timeout=options.timeout,
        validate=options.validate,
        formats=options.formats,
    )


def _bare(path: Path) -> str:
    """A notebook's text without outputs, which nobody needs who executes it."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = []
    return nbformat.writes(notebook)


def _publish(task: Task, made: Made, out: Path, made_of: str, before: dict[str, Any]) -> dict[str, Any]:
    """Put the files in their place, those of an earlier edition in its own; what the manifest says of it."""
    name = task.job.name
    if made.about and before.get("about") and editions.name(made.about) != editions.name(before["about"]):
        editions.keep(out, name, before)
    for ending, text in made.files.items():
        files.write(out / f"{name}{ending}", text)
    if not made.reason:
        gone = [ending for ending in FORMATS if f".{ending}" not in made.files]  # they would be out of date
        for ending in ["failed.ipynb", *gone]:
            (out / f"{name}.{ending}").unlink(missing_ok=True)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    written = {f"{name}{ending}": digest(out / f"{name}{ending}") for ending in made.files}
    return {
        "notebook": "/".join(task.job.notebook.parts[-2:]),
        "parameters": task.job.parameters,
        "fingerprint": made_of,
        "status": "failed" if made.reason else "ok",
        "validated": task.validate,
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
    jobs: list[Job],
    prints: dict[str, str],
    arguments: dict[str, Any] | None,
    digest_of: Callable[[Path], str],
) -> dict[str, Any]:
    """Everything that this run read, to know the same run again without reading recipes or data."""
    if arguments is None:
        return {}
    paths = {Path(arguments["recipes"]), *(job.notebook for job in jobs)}
    paths |= {job.folder for job in jobs if job.folder} | {path for job in jobs for path in job.reads}
    return {
        "arguments": arguments,
        "inputs": {str(path): digest_of(path) for path in sorted(paths)},
        "library": fingerprint.library(),
        "versions": fingerprint.versions(),
        "reports": prints,
    }
