"""Folders as they are on other systems: no links into them, files in them that cannot go, Chinese in their path."""

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from reportkit.render.manifest import library
from reportkit.render.report import make
from reportkit.render.tasks import Options, Task
from small_project import SHOW, jobs, notebook, project

pytestmark = pytest.mark.slow

LIBRARY = Path(__file__).parents[2] / "lib"
ENTRY = "  - {notebook: schools/plan.ipynb, name: 'plan-{lang}', matrix: {lang: [zh]}}\n"
LEAVES = """
import pathlib
print(pathlib.Path(data, "targets.csv").is_file())
pathlib.Path("held.txt").write_text("held")"""


def test_a_report_is_made_where_its_notebook_is_not_there_and_nothing_can_be_linked_or_removed(
    tmp_path, folder, monkeypatch
):
    """On a worker of a cluster of Windows machines: links need a privilege, and a kernel may end late."""
    recipes = project(tmp_path, ENTRY)
    path = tmp_path / "notebooks/schools/plan.ipynb"
    notebook(path, LEAVES, SHOW)
    [job] = jobs(recipes, folder)
    text = path.read_text(encoding="utf-8")
    shutil.rmtree(path.parent)
    unlink = os.unlink

    def linked(*_, **__):
        raise OSError(1314, "A required privilege is not held by the client")

    def removed(name, **options):
        if Path(name).name == "held.txt":
            raise PermissionError(13, "The process cannot access the file", name)
        unlink(name, **options)

    with monkeypatch.context() as windows:
        windows.setattr(os, "symlink", linked)
        windows.setattr(os, "unlink", removed)
        made = make(Task(replace(job, notebook=path), text, {}, library(), Options()))
    assert made.reason == ""
    assert "True" in made.files[".ipynb"]


def test_word_is_made_by_a_library_in_a_folder_with_a_chinese_name(tmp_path, folder):
    """As in the home of 张三. In the locale C, Lua finds no file by such a path here either."""
    home = tmp_path / "张三"
    shutil.copytree(LIBRARY, home / "lib", ignore=shutil.ignore_patterns("__pycache__"))
    said = "render", "--recipes", project(tmp_path, ENTRY), "--data", folder, "--out", tmp_path / "out"
    done = subprocess.run(
        [sys.executable, "-m", "plan_monitor.cli", *map(str, said), "--format", "docx", "--jobs", "1"],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(home / "lib"), "LC_ALL": "C"},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "out/plan-zh.docx").is_file()
