"""Make reports from jobs, several at a time: execute, lay out, publish; one failure stops no other."""

import multiprocessing
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

import nbformat

from plan_monitor.render import publish
from plan_monitor.render.execute import ReportFailed, execute, quiet
from plan_monitor.render.notebooks import clean
from plan_monitor.render.page import page
from plan_monitor.render.recipes import Job

# seconds for a worker to end; a busy kernel alone is given about eight before it is killed
_GRACE = 20


@dataclass(frozen=True)
class Result:
    """What became of a job; ``reason`` is empty where the report was published."""

    job: Job
    reason: str = ""


def make(job: Job, out: Path, scratch: Path) -> Result:
    """Make one report: ``<name>.html`` and the executed ``<name>.ipynb``, or ``<name>.failed.ipynb``."""
    failed = out / f"{job.name}.failed.ipynb"
    try:
        notebook = clean(execute(job, scratch))
        for cell in notebook.cells:
            if "injected-parameters" in cell.metadata.get("tags", []):
                cell.id = "injected-parameters"  # papermill draws a random one on every run
        html, about = page(notebook, job)
        notebook.metadata[publish.ABOUT] = about
        publish.write(out / f"{job.name}.ipynb", nbformat.writes(notebook))
        publish.write(out / f"{job.name}.html", html)
        failed.unlink(missing_ok=True)
    except ReportFailed as error:
        if error.partial:
            publish.write(failed, error.partial)
        return Result(job, error.reason)
    except Exception as error:
        return Result(job, f"{type(error).__name__}: {error}".splitlines()[0])
    return Result(job)


def run(jobs: list[Job], out: Path, workers: int | None = None) -> Iterator[Result]:
    """Make reports in parallel and yield each result as it arrives; the front page follows the last.

    Parameters
    ----------
    jobs : list of Job
        Checked jobs; their names are file names below ``out``.
    out : Path
        Folder to publish in; made if missing.
    workers : int, optional
        Reports made at the same time; by default as many as there are processors.

    Raises
    ------
    OSError
        If the folder cannot be written.
    """
    out.mkdir(parents=True, exist_ok=True)
    publish.index(out)
    workers = min(workers or os.cpu_count() or 1, len(jobs))
    # fresh processes: papermill changes the working directory, and a fork would copy the display's thread
    context = multiprocessing.get_context("spawn")
    executor = ProcessPoolExecutor(workers, mp_context=context, initializer=quiet)
    scratch = Path(tempfile.mkdtemp(prefix="plan-monitor-"))
    try:
        waiting = {executor.submit(make, job, out, scratch): job for job in jobs}
        # the pool starts a worker after it has heard of the job, and watches it from its next event on:
        # without one more, the death of the last worker would go unnoticed
        executor.submit(int)
        for future in as_completed(waiting):
            try:
                yield future.result()
            except BrokenProcessPool:
                yield Result(waiting[future], "the process making this report was killed")
    except (KeyboardInterrupt, GeneratorExit):
        executor.shutdown(wait=False, cancel_futures=True)
        _end(multiprocessing.active_children())
        raise
    finally:
        executor.shutdown(cancel_futures=True)
        shutil.rmtree(scratch, ignore_errors=True)
        publish.index(out)


def _end(workers: list[multiprocessing.process.BaseProcess]) -> None:
    """Let workers shut their kernels down, which is all that nbclient does on being told to end; end them."""
    for worker in workers:
        worker.terminate()
    until = time.monotonic() + _GRACE
    for worker in workers:
        worker.join(max(0, until - time.monotonic()))
        worker.kill()
