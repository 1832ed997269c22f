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
from reportkit.compare.content import ABOUT, extract, quoted
from reportkit.formats.all import formats
from reportkit.formats.page import Page, lay_out
from reportkit.jobs import Job
from reportkit.kernel import client
from reportkit.language import using
from reportkit.render.manifest import library, versions
from reportkit.render.notebooks import clean
from reportkit.render.tasks import Output, Task

_ENGINE = "reportkit"
_NAMED = 5  # cells in the message
# a worker of a cluster may have several threads, and the language that is set is the process's
_LAYING_OUT = threading.Lock()


class ReportFailed(Exception):
    """A notebook did not finish: the reason in one line, and the partially executed notebook."""

    def __init__(self, reason: str, partial: str):
        self.reason, self.partial = reason, partial


def make(task: Task) -> Output:
    """Make one report; if its notebook fails, the output has the reason and the partial notebook.

    OSError if the disk is full: no other report would succeed, and the caller reports that.
    """
    source.use(task.subject)
    if task.library != library():
        return Output("this worker has another version of the library")
    seconds, start = {}, time.perf_counter()

    def end_step(step: str) -> None:
        nonlocal start
        seconds[step] = round(time.perf_counter() - start, 3)
        start = time.perf_counter()

    try:
        # Windows removes nothing that a kernel still has open: it goes with the folder around it then
        with tempfile.TemporaryDirectory(dir=client.folder(), ignore_cleanup_errors=True) as scratch:
            cwd = _place(task, Path(scratch))
            notebook = clean(_executed(task, cwd, Path(scratch)))
            end_step("execute")
            if task.options.validate:
                _reproduce(notebook, cwd, Path(scratch), task.options.timeout)
                end_step("validate")
        with _LAYING_OUT:
            page = lay_out(notebook, task.job)
            notebook.metadata[ABOUT] = page.about | _provenance(notebook, task.job)
            if task.before:
                _insert_changes(page, notebook, task)
            about, files = page.about, formats(page, task.options.formats, task.alone)
        files[".ipynb"] = nbformat.writes(notebook)
        end_step("page")
    except ReportFailed as error:
        partial: dict[str, str | bytes] = {".failed.ipynb": error.partial} if error.partial else {}
        return Output(error.reason, partial, {}, seconds, versions())
    except Exception as error:
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            raise
        return Output(_reason(error), {}, {}, seconds, versions())
    return Output("", files, about, seconds, versions())


def _provenance(notebook: nbformat.NotebookNode, job: Job) -> dict[str, Any]:
    """Metadata of a published notebook for the next edition: digest of the program, texts of stored rows."""
    record: dict[str, Any] = {"library": library()}
    if job.folder:
        with using(job.lang):
            rows = extract(notebook, job.name).rows
            record["quotes"] = quoted(rows, source.opened(job.folder))
    return record


def _insert_changes(page: Page, notebook: nbformat.NotebookNode, task: Task) -> None:
    """Insert into a page what changed since the last edition; the number of changes also goes to the front
    page."""
    before, after = (extract(version, task.job.name) for version in (json.loads(task.before), notebook))
    changes = compare(before, after)
    with using(task.job.lang):
        insert(page, changes)
    page.about["places"] = changes.places


def _executed(task: Task, cwd: Path, scratch: Path) -> nbformat.NotebookNode:
    """The executed notebook; with a second try if the process that its kernel was forked from has died."""
    data = [task.job.folder] if task.job.folder else []
    client.lend(data)
    try:
        return execute(task, cwd, scratch)
    except ReportFailed:
        if not client.lend(data):
            raise
        return execute(task, cwd, scratch)


def _place(task: Task, scratch: Path) -> Path:
    """The notebook's own folder; on a machine without it, one with the same relative paths to its data."""
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
    """A client that returns as soon as its kernel is ready: jupyter_client listens for another 0.2 s."""

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel has answered, and has reported on the other channel that it is idle again."""
        deadline = time.monotonic() + (timeout or math.inf)
        while time.monotonic() < deadline:
            request_id = self.kernel_info()
            with contextlib.suppress(Empty):
                replied = idle = False
                while not replied:
                    message = await self.get_shell_msg(timeout=1)
                    replied = message["parent_header"].get("msg_id") == request_id
                while not idle:
                    # messages sent before this channel was connected are lost: then the kernel is asked again
                    message = await self.get_iopub_msg(timeout=0.05)
                    idle = message["content"].get("execution_state") == "idle"
                    idle = idle and message["parent_header"].get("msg_id") == request_id
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
        """Execute, and keep the partial notebook also if no cell raised: on a timeout or a dead kernel."""
        try:
            return super().execute_managed_notebook(nb_man, kernel_name, **options)
        except BaseException:
            nb_man.output_path = partial
            raise


papermill_engines.register(_ENGINE, _Engine)


def execute(task: Task, cwd: Path, scratch: Path) -> nbformat.NotebookNode:
    """Run a notebook with its parameters; ReportFailed if a cell raises, takes too long, or the kernel dies.

    Cells tagged ``interactive`` are for work in JupyterLab (such as a list of households): they are removed
    before anything runs, so that neither a page nor the executed notebook can hold their results.
    """
    partial = scratch / f"{task.job.name}.ipynb"
    try:
        notebook = nbformat.reads(task.notebook, as_version=4)
        notebook.cells = [c for c in notebook.cells if "interactive" not in c.metadata.get("tags", [])]
        engine_options = {"engine_name": _ENGINE, "kernel_name": client.spec(), "progress_bar": False}
        parameters = task.job.parameters
        prepared = papermill.execute_notebook(notebook, None, parameters, prepare_only=True, **engine_options)
        # papermill's own function would also write the executed notebook, which nobody reads
        executed = papermill_engines.execute_notebook_with_engine(
            nb=prepared,
            **engine_options,
            partial=str(partial),
            execution_timeout=task.options.timeout,
            kernel_manager_class=_Manager,
            # else a cell waits until it is written to the user's history; nbclient prevents that only for
            # kernels called python3
            extra_arguments=["--HistoryManager.enabled=False"],
            # the working directory of this process would be that of its other threads too
            resources={"metadata": {"path": str(cwd)}},
        )
        raise_for_execution_errors(executed, str(partial))
        return executed
    except Exception as error:
        partial_text = partial.read_text(encoding="utf-8") if partial.exists() else ""
        raise ReportFailed(_reason(error), partial_text) from None


def _reason(error: Any) -> str:  # an exception; papermill does not declare the attributes of its own
    if isinstance(error, PapermillExecutionError):
        lines = error.evalue.strip().splitlines()
        return f"{error.ename}: {lines[0] if lines else ''} (cell {error.cell_index + 1})"
    return f"{type(error).__name__}: {error}".strip().splitlines()[0]


def _reproduce(notebook: nbformat.NotebookNode, cwd: Path, scratch: Path, timeout: int) -> None:
    """Execute a finished notebook again, with nbval, and compare every output but pictures.

    nbval starts the kernel where the notebook lies. The finished one lies in ``scratch``, not with what it
    reads, so a cell before the first goes there; nbval counts it as cell 0. ReportFailed names what differs.
    """
    copy, changed = scratch / "finished.ipynb", deepcopy(notebook)
    change_folder = f"__import__('os').chdir({os.fspath(cwd)!r})"
    changed.cells.insert(0, nbformat.v4.new_code_cell(change_folder, execution_count=1))
    nbformat.write(changed, copy)
    command = ["-m", "pytest", "-q", "--tb=no", "-rfE", "--nbval", f"--nbval-kernel-name={client.spec()}"]
    # empty, so nobody's settings count; pytest may not take the null device for a file
    settings = scratch / "pytest.ini"
    settings.touch()
    options = [f"--nbval-cell-timeout={timeout}", f"--rootdir={scratch}", f"--config-file={settings}"]
    process = subprocess.run(
        [sys.executable, *command, *options, "-p", "nbval.plugin", "-p", "no:cacheprovider", str(copy)],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": ""},
    )
    if process.returncode:
        cells = re.findall(r"^FAILED .*Cell (\d+)", process.stdout, re.MULTILINE)
        numbers = ", ".join(cells[:_NAMED]) + (", ..." if len(cells) > _NAMED else "")
        *_, last = ["", *(process.stdout + process.stderr).strip().splitlines()]
        reason = f"does not reproduce: code cell {numbers}" if cells else f"cannot be run again: {last}"
        raise ReportFailed(reason, nbformat.writes(notebook))
