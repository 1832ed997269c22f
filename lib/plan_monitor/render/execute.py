"""Execute one notebook. Incremental and warm-kernel execution belong here, behind the same function."""

import os
from pathlib import Path

import nbformat
import papermill
from papermill.exceptions import PapermillExecutionError

from plan_monitor.render.kernels import connection
from plan_monitor.render.recipes import Job


class ReportFailed(Exception):
    """A notebook that did not finish: the reason in one line, and what it had produced until then."""

    def __init__(self, reason: str, partial: str):
        super().__init__(reason, partial)
        self.reason, self.partial = reason, partial


def quiet() -> None:
    """Silence what papermill, nbconvert and kernels would print beside the progress display.

    For a process that only executes: kernels inherit its standard error. What matters is a result.
    """
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 2)


def execute(job: Job, scratch: Path) -> nbformat.NotebookNode:
    """Run a job's notebook with its parameters, in the notebook's own folder.

    Cells tagged ``interactive`` are for whoever works in JupyterLab (a list of households, say): they are
    taken out before anything runs, so that neither a page nor the executed notebook can hold their results.

    Parameters
    ----------
    job : Job
        Checked: papermill would only warn about a parameter that the notebook does not have.
    scratch : Path
        Folder for what exists before the notebook has finished; the caller removes it.

    Raises
    ------
    ReportFailed
        If a cell raises or the kernel dies.
    """
    partial = scratch / f"{job.name}.ipynb"
    try:
        notebook = nbformat.read(job.notebook, as_version=4)
        notebook.cells = [c for c in notebook.cells if "interactive" not in c.metadata.get("tags", [])]
        return papermill.execute_notebook(
            notebook,
            partial,
            parameters=job.parameters,
            cwd=job.notebook.parent,
            progress_bar=False,
            config=connection(scratch),
        )
    except Exception as error:
        text = partial.read_text(encoding="utf-8") if partial.exists() else ""
        raise ReportFailed(_reason(error), text) from None


def _reason(error: Exception) -> str:
    """One line that says what went wrong."""
    if isinstance(error, PapermillExecutionError):
        said = error.evalue.strip().splitlines()
        return f"{error.ename}: {said[0] if said else ''} (cell {error.cell_index + 1})"
    return f"{type(error).__name__}: {error}".strip().splitlines()[0]
