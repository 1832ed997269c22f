"""Execute one notebook, in a kernel forked from a warm process."""

from pathlib import Path

import nbformat
import papermill
from papermill.engines import NBClientEngine, papermill_engines
from papermill.exceptions import PapermillExecutionError

from plan_monitor.render.jobs import Job

KERNEL = "plan-monitor"  # the kernelspec
TIMEOUT = 1800  # seconds for one cell


class ReportFailed(Exception):
    """A notebook that did not finish: the reason in one line, and what it had produced until then."""

    def __init__(self, reason: str, partial: str):
        super().__init__(reason, partial)
        self.reason, self.partial = reason, partial


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


papermill_engines.register(KERNEL, _Engine)


def execute(job: Job, text: str, cwd: Path, scratch: Path, timeout: int = TIMEOUT) -> nbformat.NotebookNode:
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
            engine_name=KERNEL,
            kernel_name=KERNEL,
            request_save_on_cell_execute=False,
            partial=str(partial),
            execution_timeout=timeout,
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
        said = error.evalue.strip().splitlines()
        return f"{error.ename}: {said[0] if said else ''} (cell {error.cell_index + 1})"
    return f"{type(error).__name__}: {error}".strip().splitlines()[0]
