"""Open JupyterLab with schedules, in the reader's language."""

import os
from pathlib import Path

from jupyterlab.labapp import LabApp

from plan_monitor.findings import reader_language

_MANAGER = "plan_monitor.schedule.manager"
_CHINESE = Path(__file__).parent / "zh"  # a folder of settings


def serve(root: Path, port: int | None, browser: bool) -> None:
    """Run JupyterLab until it is ended.

    Parameters
    ----------
    root : Path
        Folder that it shows.
    port : int, optional
        By default 8888, or the next one that is free.
    browser : bool
        Whether to open one.
    """
    if reader_language() == "zh":
        others = os.environ.get("JUPYTER_CONFIG_PATH")
        os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(filter(None, [str(_CHINESE), others]))
    os.chdir(root)  # jupyter-scheduler puts the files of jobs below the working directory
    options = [
        f"--ServerApp.root_dir={Path.cwd()}",
        f"--SchedulerApp.environment_manager_class={_MANAGER}.Environments",
        f"--Scheduler.execution_manager_class={_MANAGER}.Renders",
    ]
    options += [f"--ServerApp.port={port}"] * (port is not None)
    options += ["--no-browser"] * (not browser)
    LabApp.launch_instance(options)
