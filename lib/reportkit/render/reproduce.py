"""Run a finished notebook once more with nbval: what does not come out the same is not published.

nbval starts the kernel where the notebook lies. A finished notebook lies elsewhere than what it reads, so
this module is also a plugin of that pytest run, which gives the kernel the right folder.
"""

import os
import re
import subprocess
import sys
from functools import partial
from pathlib import Path

import nbformat

from reportkit.render.execute import ReportFailed
from reportkit.render.kernels import kernel

_FOLDER = "REPORTKIT_FOLDER"
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
    copy = scratch / "finished.ipynb"
    nbformat.write(notebook, copy)
    command = ["-m", "pytest", "-q", "--tb=no", "-rfE", "--nbval", f"--nbval-kernel-name={kernel()}"]
    options = [f"--nbval-cell-timeout={timeout}", f"--rootdir={scratch}", f"--config-file={os.devnull}"]
    plugins = ["-p", "nbval.plugin", "-p", __name__, "-p", "no:cacheprovider"]
    done = subprocess.run(
        [sys.executable, *command, *options, *plugins, str(copy)],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": "", _FOLDER: str(cwd)},
    )
    if done.returncode:
        cells = [int(number) + 1 for number in re.findall(r"^FAILED .*Cell (\d+)", done.stdout, re.MULTILINE)]
        listed = ", ".join(map(str, cells[:_NAMED])) + (", ..." if len(cells) > _NAMED else "")
        *_, last = ["", *(done.stdout + done.stderr).strip().splitlines()]
        reason = f"does not reproduce: code cell {listed}" if cells else f"cannot be run again: {last}"
        raise ReportFailed(reason, nbformat.writes(notebook))


def pytest_configure() -> None:
    """As a plugin: start nbval's kernels in the folder that the environment names."""
    import nbval.plugin

    nbval.plugin.RunningKernel = partial(_kernel, nbval.plugin.RunningKernel)


def _kernel(kind: type, name: str, **options):
    return kind(name, **{**options, "cwd": os.environ[_FOLDER]})
