"""Run a finished notebook once more with nbval: what does not come out the same is not published.

nbval starts the kernel where the notebook lies. A finished one lies elsewhere than what it reads, so a cell
before the first goes there; nbval counts it as cell 0.
"""

import os
import re
import subprocess
import sys
from copy import deepcopy
from pathlib import Path

import nbformat

from reportkit.render.execute import ReportFailed
from reportkit.render.kernels import kernel

_NAMED = 5  # cells in the message


def reproduce(notebook: nbformat.NotebookNode, cwd: Path, scratch: Path, timeout: int) -> None:
    """Execute a finished notebook again and compare every output but pictures.

    Parameters
    ----------
    notebook : NotebookNode
        Executed.
    cwd : Path
        Where it runs.
    scratch : Path
        A folder for its copy.
    timeout : int
        Seconds that one cell may take.

    Raises
    ------
    ReportFailed
        If an output differs; it names the cells.
    """
    copy, begun = scratch / "finished.ipynb", deepcopy(notebook)
    go = f"__import__('os').chdir({os.fspath(cwd)!r})"
    begun.cells.insert(0, nbformat.v4.new_code_cell(go, execution_count=1))
    nbformat.write(begun, copy)
    command = ["-m", "pytest", "-q", "--tb=no", "-rfE", "--nbval", f"--nbval-kernel-name={kernel()}"]
    options = [f"--nbval-cell-timeout={timeout}", f"--rootdir={scratch}", f"--config-file={os.devnull}"]
    done = subprocess.run(
        [sys.executable, *command, *options, "-p", "nbval.plugin", "-p", "no:cacheprovider", str(copy)],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": ""},
    )
    if done.returncode:
        cells = [int(number) for number in re.findall(r"^FAILED .*Cell (\d+)", done.stdout, re.MULTILINE)]
        listed = ", ".join(map(str, cells[:_NAMED])) + (", ..." if len(cells) > _NAMED else "")
        *_, last = ["", *(done.stdout + done.stderr).strip().splitlines()]
        reason = f"does not reproduce: code cell {listed}" if cells else f"cannot be run again: {last}"
        raise ReportFailed(reason, nbformat.writes(notebook))
