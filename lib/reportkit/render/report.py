"""Make one report, on whichever machine: a task goes in, the finished files come out."""

import contextlib
import errno
import json
import math
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from copy import deepcopy
from pathlib import Path
from queue import Empty
from typing import Any

import nbformat
import papermill
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.manager import AsyncKernelManager
from papermill.engines import NBClientEngine, papermill_engines
from papermill.exceptions import PapermillExecutionError
from papermill.execute import raise_for_execution_errors
from traitlets import Type

from reportkit import source
from reportkit.compare.box import insert
from reportkit.compare.changes import compare
from reportkit.compare.told import ABOUT, quoted, tell
from reportkit.formats.all import formats
from reportkit.formats.page import Page, lay_out
from reportkit.jobs import Job
from reportkit.kernel import client
from reportkit.language import using
from reportkit.render.manifest import library, versions
from reportkit.render.notebooks import clean
from reportkit.render.tasks import Made, Task

_ENGINE = "reportkit"
_NAMED = 5  # cells in the message
# a worker of a cluster may have several threads, and the language that is set is the process's
_LAYING_OUT = threading.Lock()


class ReportFailed(Exception):
    """A notebook that did not finish: the reason in one line, and what it had produced until then."""

    def __init__(self, reason: str, partial: str):
        super().__init__(reason, partial)
        self.reason, self.partial = reason, partial


def make(task: Task) -> Made:
    """Make one report; of a notebook that fails: the reason, and what it had produced until then.

    OSError if the disk is full: that no other report will come to a better end is for the caller to say.
    """
    source.use(task.subject)
    if task.library != library():
        return Made("this worker has another version of the library")
    seconds, start = {}, time.perf_counter()

    def passed(step: str) -> None:
        nonlocal start
        seconds[step] = round(time.perf_counter() - start, 3)
        start = time.perf_counter()

    try:
        # Windows removes nothing that a kernel still has open: it goes with the folder around it then
        with tempfile.TemporaryDirectory(dir=client.folder(), ignore_cleanup_errors=True) as scratch:
            cwd = _place(task, Path(scratch))
            notebook = clean(_executed(task, cwd, Path(scratch)))
            passed("execute")
            if task.options.validate:
                _reproduce(notebook, cwd, Path(scratch), task.options.timeout)
                passed("validate")
        with _LAYING_OUT:
            page = lay_out(notebook, task.job)
            notebook.metadata[ABOUT] = page.about | _made_of(notebook, task.job)
            if task.before:
                _tell_changes(page, notebook, task)
            about, files = page.about, formats(page, task.options.formats, task.alone)
        files[".ipynb"] = nbformat.writes(notebook)
        passed("page")
    except ReportFailed as error:
        partial: dict[str, str | bytes] = {".failed.ipynb": error.partial} if error.partial else {}
        return Made(error.reason, partial, {}, seconds, versions())
    except Exception as error:
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            raise
        return Made(_reason(error), {}, {}, seconds, versions())
    return Made("", files, about, seconds, versions())


def _made_of(notebook: nbformat.NotebookNode, job: Job) -> dict[str, Any]:
    """What a published notebook keeps for the next edition: the program, and what its stored rows said."""
    kept: dict[str, Any] = {"library": library()}
    if job.folder:
        with using(job.lang):
            rows = tell(notebook, job.name).rows
            kept["quotes"] = quoted(rows, source.opened(job.folder))
    return kept


def _tell_changes(page: Page, notebook: nbformat.NotebookNode, task: Task) -> None:
    """Say in a page what changed since the last edition; how much, also for the front page."""
    before, after = (tell(one, task.job.name) for one in (json.loads(task.before), notebook))
    changed = compare(before, after)
    with using(task.job.lang):
        insert(page, changed)
    page.about["places"] = changed.places


def _executed(task: Task, cwd: Path, scratch: Path) -> nbformat.NotebookNode:
    """The executed notebook; a second try, if the process that its kernel was forked from has died."""
    data = [task.job.folder] if task.job.folder else []
    client.lend(data)
    try:
        return execute(task, cwd, scratch)
    except ReportFailed:
        if not client.lend(data):
            raise
        return execute(task, cwd, scratch)


def _place(task: Task, scratch: Path) -> Path:
    """The notebook's own folder; on a machine that has no such, one where its data and files lie the same."""
    job = task.job
    if job.notebook.is_file():
        return job.notebook.parent
    folders = [job.folder] if job.folder else []
    root = Path(os.path.commonpath([job.notebook.parent, *folders]))
    cwd = scratch / "project" / job.notebook.parent.relative_to(root)
    cwd.mkdir(parents=True)
    for folder in folders:
        data = scratch / "project" / folder.relative_to(root)
        data.parent.mkdir(parents=True, exist_ok=True)
        try:
            data.symlink_to(folder, target_is_directory=True)
        except OSError:  # Windows lets only some users make links
            shutil.copytree(folder, data)
    for name, content in task.reads.items():
        file = Path(os.path.normpath(cwd / name))
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return cwd


class Client(AsyncKernelClient):
    """A client that knows at once when its kernel is ready: jupyter_client listens another 0.2 s for more."""

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel has answered, and has said on the other channel that it is idle again."""
        until = time.monotonic() + (timeout or math.inf)
        while time.monotonic() < until:
            asked = self.kernel_info()
            with contextlib.suppress(Empty):
                replied = idle = False
                while not replied:
                    message = await self.get_shell_msg(timeout=1)
                    replied = message["parent_header"].get("msg_id") == asked
                while not idle:
                    # what it said before it had heard of this channel is lost: it is asked again then
                    message = await self.get_iopub_msg(timeout=0.05)
                    idle = message["content"].get("execution_state") == "idle"
                    idle = idle and message["parent_header"].get("msg_id") == asked
                return
            if not await self.is_alive():
                raise RuntimeError("Kernel died before replying to kernel_info")
        raise RuntimeError(f"Kernel didn't respond in {timeout} seconds")


class _Manager(AsyncKernelManager):
    client_factory = Type(Client)  # client_class names one too, but this trait's own default comes first


class _Engine(NBClientEngine):
    """papermill's engine, writing the notebook once, not before and after every cell."""

    @classmethod
    def execute_managed_notebook(cls, nb_man, kernel_name, partial, **options):
        """Execute, and keep what there is also where no cell raised: time ran out, the kernel died."""
        try:
            return super().execute_managed_notebook(nb_man, kernel_name, **options)
        except BaseException:
            nb_man.output_path = partial
            raise


papermill_engines.register(_ENGINE, _Engine)


def execute(task: Task, cwd: Path, scratch: Path) -> nbformat.NotebookNode:
    """Run a notebook with its parameters; ReportFailed if a cell raises, takes too long, or the kernel dies.

    Cells tagged ``interactive`` are for whoever works in JupyterLab (a list of households, say): they are
    taken out before anything runs, so that neither a page nor the executed notebook can hold their results.
    """
    partial = scratch / f"{task.job.name}.ipynb"
    try:
        notebook = nbformat.reads(task.notebook, as_version=4)
        notebook.cells = [c for c in notebook.cells if "interactive" not in c.metadata.get("tags", [])]
        ways = {"engine_name": _ENGINE, "kernel_name": client.spec(), "progress_bar": False}
        given = task.job.parameters
        prepared = papermill.execute_notebook(notebook, None, given, prepare_only=True, **ways)
        # by itself, papermill would now write what it executed, which nobody reads
        executed = papermill_engines.execute_notebook_with_engine(
            nb=prepared,
            **ways,
            partial=str(partial),
            execution_timeout=task.options.timeout,
            kernel_manager_class=_Manager,
            # a cell would wait for the disk to have it in the user's history; nbclient knows python3 only
            extra_arguments=["--HistoryManager.enabled=False"],
            # the working directory of this process would be that of its other threads too
            resources={"metadata": {"path": str(cwd)}},
        )
        raise_for_execution_errors(executed, str(partial))
        return executed
    except Exception as error:
        kept = partial.read_text(encoding="utf-8") if partial.exists() else ""
        raise ReportFailed(_reason(error), kept) from None


def _reason(error: Any) -> str:  # an exception; papermill does not say what its own has
    if isinstance(error, PapermillExecutionError):
        lines = error.evalue.strip().splitlines()
        return f"{error.ename}: {lines[0] if lines else ''} (cell {error.cell_index + 1})"
    return f"{type(error).__name__}: {error}".strip().splitlines()[0]


def _reproduce(notebook: nbformat.NotebookNode, cwd: Path, scratch: Path, timeout: int) -> None:
    """Execute a finished notebook again, with nbval, and compare every output but pictures.

    nbval starts the kernel where the notebook lies. The finished one lies in ``scratch``, not with what it
    reads, so a cell before the first goes there; nbval counts it as cell 0. ReportFailed names what differs.
    """
    copy, begun = scratch / "finished.ipynb", deepcopy(notebook)
    go = f"__import__('os').chdir({os.fspath(cwd)!r})"
    begun.cells.insert(0, nbformat.v4.new_code_cell(go, execution_count=1))
    nbformat.write(begun, copy)
    command = ["-m", "pytest", "-q", "--tb=no", "-rfE", "--nbval", f"--nbval-kernel-name={client.spec()}"]
    settings = (
        scratch / "pytest.ini"
    )  # none: of anybody's, and pytest may not take the null device for a file
    settings.touch()
    options = [f"--nbval-cell-timeout={timeout}", f"--rootdir={scratch}", f"--config-file={settings}"]
    done = subprocess.run(
        [sys.executable, *command, *options, "-p", "nbval.plugin", "-p", "no:cacheprovider", str(copy)],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": ""},
    )
    if done.returncode:
        cells = re.findall(r"^FAILED .*Cell (\d+)", done.stdout, re.MULTILINE)
        listed = ", ".join(cells[:_NAMED]) + (", ..." if len(cells) > _NAMED else "")
        *_, last = ["", *(done.stdout + done.stderr).strip().splitlines()]
        reason = f"does not reproduce: code cell {listed}" if cells else f"cannot be run again: {last}"
        raise ReportFailed(reason, nbformat.writes(notebook))
