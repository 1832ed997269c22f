"""Open JupyterLab with schedules, in the reader's language."""

import json
import os
from pathlib import Path

from jupyterlab.labapp import LabApp
from jupyterlab_server import translations_handler

from reportkit.findings import reader_language
from reportkit.schedule import manager

_HERE = Path(__file__).parent
_QUIET = _HERE / "settings"  # no news and no updates: both would ask a website
_CHINESE = _HERE / "settings_zh"
_WORDS = _HERE / "words_zh.json"


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
    settings = [_QUIET]
    if reader_language() == "zh":
        settings.append(_CHINESE)
        _add_words()
    others = os.environ.get("JUPYTER_CONFIG_PATH", "")
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(filter(None, [others, *map(str, settings)]))
    os.chdir(root)  # jupyter-scheduler puts the files of jobs below the working directory
    options = [
        f"--ServerApp.root_dir={Path.cwd()}",
        f"--SchedulerApp.environment_manager_class={manager.__name__}.Environments",
        f"--Scheduler.execution_manager_class={manager.__name__}.Renders",
        f"--Scheduler.output_directory={manager.JOBS}",
    ]
    options += [f"--ServerApp.port={port}"] * (port is not None)
    options += ["--no-browser"] * (not browser)
    LabApp.launch_instance(options)


def _add_words() -> None:
    """Let the server hand out jupyter-scheduler's words in Chinese, which JupyterLab's language pack lacks.

    They belong to JupyterLab's own domain, and a package may add to that (entry point ``jupyterlab.locale``)
    only if the pack's version is a number, which the Chinese one's is not.
    """
    words = {word: [text] for word, text in json.loads(_WORDS.read_text(encoding="utf-8")).items()}
    handed_out = translations_handler.get_language_pack

    def with_ours(locale: str) -> tuple[dict, str]:
        pack, message = handed_out(locale)
        if locale == "zh_CN" and "jupyterlab" in pack:
            pack["jupyterlab"] = {**words, **pack["jupyterlab"]}
        return pack, message

    translations_handler.get_language_pack = with_ours
