"""Execute one notebook, in a kernel forked from a warm process."""

import contextlib
import math
import time
from pathlib import Path
from queue import Empty

import nbformat
import papermill
from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.manager import AsyncKernelManager
from papermill.engines import NBClientEngine, papermill_engines
from papermill.exceptions import PapermillExecutionError

from reportkit.jobs import Job
from reportkit.render.kernels import kernel

_ENGINE = "reportkit"


class ReportFailed(Exception):
    """A notebook that did not finish: the reason in one line, and what it had produced until then."""

    def __init__(self, reason: str, partial: str):
        super().__init__(reason, partial)
        self.reason, self.partial = reason, partial


class Client(AsyncKernelClient):
    """A client that knows at once when its kernel is ready: jupyter_client listens another 0.2 s for more."""

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel has answered, and has said on the other channel that it is idle again.

        Raises
        ------
        RuntimeError
            If it dies, or has not answered in time.
        """
        until = time.monotonic() + (timeout or math.inf)
        while time.monotonic() < until:
            asked = self.kernel_info()
            with contextlib.suppress(Empty):
                reply = None
                while reply is None or reply["parent_header"].get("msg_id") != asked:
                    reply = await self.get_shell_msg(timeout=1)
                state = None
                while state is None or state["parent_header"].get("msg_id") != asked or not _idle(state):
                    state = await self.get_iopub_msg(timeout=1)
                return
            if not await self.is_alive():
                raise RuntimeError("Kernel died before replying to kernel_info")
        raise RuntimeError(f"Kernel didn't respond in {timeout} seconds")


def _idle(message: dict) -> bool:
    return message["msg_type"] == "status" and message["content"]["execution_state"] == "idle"


class _Manager(AsyncKernelManager):
    client_class = f"{__name__}.{Client.__name__}"


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


def execute(job: Job, text: str, cwd: Path, scratch: Path, timeout: int) -> nbformat.NotebookNode:
    """Run a job's notebook with its parameters.

    Cells tagged ``interactive`` are for whoever works in JupyterLab (a list of households, say): they are
    taken out before anything runs, so that neither a page nor the executed notebook can hold their results.

    Parameters
    ----------
    job : Job
        Checked: papermill would only warn about a parameter that the notebook does not have.
    text : str
        The notebook.
    cwd : Path
        Folder to run in.
    scratch : Path
        Folder for what exists before the notebook has finished; the caller removes it.
    timeout : int
        Seconds that one cell may take.

    Raises
    ------
    ReportFailed
        If a cell raises or takes too long, or the kernel dies.
    """
    partial = scratch / f"{job.name}.ipynb"
    try:
        notebook = nbformat.reads(text, as_version=4)
        notebook.cells = [c for c in notebook.cells if "interactive" not in c.metadata.get("tags", [])]
        return papermill.execute_notebook(
            notebook,
            partial,
            parameters=job.parameters,
            engine_name=_ENGINE,
            kernel_name=kernel(),
            request_save_on_cell_execute=False,
            partial=str(partial),
            execution_timeout=timeout,
            kernel_manager_class=_Manager,
            # the working directory of this process would be that of its other threads too
            resources={"metadata": {"path": str(cwd)}},
            progress_bar=False,
        )
    except Exception as error:
        kept = partial.read_text(encoding="utf-8") if partial.exists() else ""
        raise ReportFailed(_reason(error), kept) from None


def _reason(error: Exception) -> str:
    """One line that says what went wrong."""
    if isinstance(error, PapermillExecutionError):
        lines = error.evalue.strip().splitlines()
        return f"{error.ename}: {lines[0] if lines else ''} (cell {error.cell_index + 1})"
    return f"{type(error).__name__}: {error}".strip().splitlines()[0]
