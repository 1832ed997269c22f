"""The command line where Python is as on a Chinese Windows: outputs are those of this system, byte for byte.

Programs start with a module that takes away what Windows does not have (fork, groups of processes, links) and
does as Windows does: a file that is opened as text without more is in GBK, its lines end in two characters.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from plan_monitor.cli import app
from reportkit.kernel import client
from small_project import project

pytestmark = pytest.mark.slow

ENTRY = "  - {notebook: schools/plan.ipynb, name: 'plan-{lang}', matrix: {lang: [zh, en]}}\n"
SAMPLES = sorted((Path(__file__).parents[2] / "data/samples").glob("*.xlsx"))
WINDOWS = """
import builtins, io, os

for name in ("fork", "forkpty", "killpg", "setsid", "getpgid"):
    vars(os).pop(name, None)

def symlink(*_, **__):
    raise OSError(1314, "A required privilege is not held by the client")

def opened(file, mode="r", buffering=-1, encoding=None, errors=None, newline=None, *more, **options):
    if "b" not in mode:
        encoding = "gbk" if encoding in (None, "locale") else encoding
        newline = "\\r\\n" if newline is None and mode[0] in "wax" else newline
    return plain(file, mode, buffering, encoding, errors, newline, *more, **options)

os.symlink, plain, io.open, builtins.open = symlink, io.open, opened, opened
"""


@pytest.fixture
def windows(tmp_path):
    """Run a command as on Windows, in a folder; what it says, as one who reads GBK reads it."""
    (tmp_path / "windows").mkdir()
    (tmp_path / "windows/sitecustomize.py").write_text(WINDOWS, encoding="utf-8")
    paths = [str(tmp_path / "windows"), *filter(None, [os.environ.get("PYTHONPATH")])]
    env = {name: value for name, value in os.environ.items() if name not in ("LC_ALL", client.ADDRESS)}
    env |= {"PYTHONPATH": os.pathsep.join(paths), "PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"}
    env |= {"LC_CTYPE": "C.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}  # names of files are Unicode there too

    def command(folder, *arguments):
        words = [sys.executable, "-m", "plan_monitor.cli", *map(str, arguments)]
        done = subprocess.run(words, cwd=folder, capture_output=True, env=env)
        said = (done.stdout + done.stderr).decode("gbk")
        assert done.returncode == 0, said
        return said

    return command


@pytest.fixture
def here(monkeypatch):
    """Run a command on this system, in a folder; what it says."""

    def command(folder, *arguments):
        monkeypatch.chdir(folder)
        monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
        done = CliRunner().invoke(app, [*map(str, arguments)])
        assert done.exit_code == 0, done.output
        return done.output

    return command


def files(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
        and path.name not in ("tables.xlsx", "manifest.json", ".lock")  # these know the time
    }


def test_a_package_is_begun_and_filled(tmp_path, here, windows):
    made = []
    for name, command in (("here", here), ("there", windows)):
        (folder := tmp_path / name).mkdir()
        command(folder, "new", "县")
        command(folder, "take", SAMPLES[0], "--into", "县", "--write")
        command(folder, "adopt", "县")
        assert "没有问题" in command(folder, "check", "县")
        made.append(files(folder))
    assert "县/datapackage.yaml" in made[0]
    assert made[1] == made[0]


def test_reports_are_the_same_from_workers_and_kernels_that_nobody_forked(tmp_path, folder, here, windows):
    said = ["render", "--recipes", project(tmp_path, ENTRY), "--data", folder, "--jobs", "2"]
    said += [word for kind in ("pdf", "docx", "xlsx") for word in ("--format", kind)]
    made = []
    for name, command in (("here", here), ("there", windows)):
        assert "完成 2，无变化 0，失败 0" in command(tmp_path, *said, "--out", tmp_path / name)
        made.append(files(tmp_path / name))
    assert len(made[0]) == 11
    assert made[1] == made[0]
