"""Make one report, on whichever machine: a task goes in, the finished files come out."""

import errno
import os
import tempfile
import threading
import time
from pathlib import Path

import nbformat

from reportkit import source
from reportkit.formats.all import formats
from reportkit.formats.page import lay_out
from reportkit.kernel import client
from reportkit.render import fingerprint
from reportkit.render.execute import ReportFailed, execute
from reportkit.render.kernels import warm
from reportkit.render.notebooks import clean
from reportkit.render.reproduce import reproduce
from reportkit.render.tasks import Made, Task

ABOUT = "reportkit"
# a worker of a cluster may have several threads, and the language that is set is the process's
_LAYING_OUT = threading.Lock()


def make(task: Task) -> Made:
    """Make one report.

    Returns
    -------
    Made
        Also of a notebook that fails: with the reason, and what it had produced until then.

    Raises
    ------
    OSError
        If the disk is full: that no other report will come to a better end is for the caller to say.
    """
    source.use(task.subject)
    if task.library != fingerprint.library():
        return Made("this worker has another version of the library")
    versions, seconds, start = fingerprint.versions(), {}, time.perf_counter()

    def passed(step: str) -> None:
        nonlocal start
        seconds[step] = round(time.perf_counter() - start, 3)
        start = time.perf_counter()

    try:
        with tempfile.TemporaryDirectory(dir=client.folder()) as scratch:
            cwd = _place(task, Path(scratch))
            notebook = _stable(_executed(task, cwd, Path(scratch)))
            passed("execute")
            if task.validate:
                reproduce(notebook, cwd, Path(scratch), task.timeout)
                passed("validate")
        with _LAYING_OUT:
            page = lay_out(notebook, task.job)
            about, files = page.about, formats(page, task.formats, task.alone)
        notebook.metadata[ABOUT] = about
        files[".ipynb"] = nbformat.writes(notebook)
        passed("page")
    except ReportFailed as error:
        partial = {".failed.ipynb": error.partial} if error.partial else {}
        return Made(error.reason, partial, seconds=seconds, versions=versions)
    except Exception as error:
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            raise
        reason = f"{type(error).__name__}: {error}".splitlines()[0]
        return Made(reason, seconds=seconds, versions=versions)
    return Made("", files, about, seconds, versions)


def _executed(task: Task, cwd: Path, scratch: Path) -> nbformat.NotebookNode:
    """The executed notebook; a second try, if the process that its kernel was forked from has died."""

    data = [task.job.folder] if task.job.folder else []
    warm(data)
    try:
        return execute(task.job, task.notebook, cwd, scratch, task.timeout)
    except ReportFailed:
        if not warm(data):
            raise
        return execute(task.job, task.notebook, cwd, scratch, task.timeout)


def _place(task: Task, scratch: Path) -> Path:
    """The notebook's own folder; on a machine that has no such, one that looks like it from inside.

    There the data package lies where the notebook looks for it, and so do the files that it reads beside.
    """
    job = task.job
    if job.notebook.is_file():
        return job.notebook.parent
    root = Path(os.path.commonpath([job.notebook, job.folder]))
    cwd = scratch / "project" / job.notebook.parent.relative_to(root)
    cwd.mkdir(parents=True)
    data = scratch / "project" / job.folder.relative_to(root)
    data.parent.mkdir(parents=True, exist_ok=True)
    data.symlink_to(job.folder, target_is_directory=True)
    for name, content in task.reads.items():
        file = Path(os.path.normpath(cwd / name))
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return cwd


def _stable(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Without what differs from run to run."""
    for cell in clean(notebook).cells:
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell.id = "injected-parameters"  # papermill draws a random one
    return notebook
