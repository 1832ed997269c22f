"""Open JupyterLab with schedules, in the reader's language."""

import json
import os
from pathlib import Path

from jupyterlab.labapp import LabApp
from jupyterlab_server import translation_utils, translations_handler

from reportkit.findings import reader_language
from reportkit.schedule import manager

_HERE = Path(__file__).parent


def serve(root: Path, port: int | None, browser: bool) -> None:
    """Run JupyterLab on a folder until it is stopped; by default on port 8888, or the next free one."""
    settings = [_HERE / "settings"]  # no news and no updates: both would ask a website
    if reader_language() == "zh":
        settings.append(_HERE / "settings_zh")
        _add_words()
    paths = os.environ.get("JUPYTER_CONFIG_PATH", "")
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(filter(None, [paths, *map(str, settings)]))
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
    texts = json.loads((_HERE / "words_zh.json").read_text(encoding="utf-8"))
    words = {word: [text] for word, text in texts.items()}
    original = translation_utils.get_language_pack

    def with_words(locale: str) -> tuple[dict, str]:
        pack, message = original(locale)
        if locale == "zh_CN" and "jupyterlab" in pack:
            pack["jupyterlab"] = {**words, **pack["jupyterlab"]}
        return pack, message

    # the name that the server calls it by, which is not for others
    translations_handler.get_language_pack = with_words  # pyright: ignore[reportPrivateImportUsage]
