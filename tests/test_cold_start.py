"""What a command does not import: whoever asks a small thing does not wait for what draws, fits or runs."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

from plan_monitor.data.cache import FOLDER, LIBRARIES

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
DRAWS, FITS = {"matplotlib", "seaborn", "PIL"}, {"scipy", "statsmodels"}
RUNS = {"jupyter_client", "nbclient", "nbconvert", "nbformat", "papermill", "zmq"}
CHECKS = {"frictionless", "jsonschema", "lxml", "openpyxl"}
LISTS = """
import runpy, sys
try:
    runpy.run_module("plan_monitor.cli", run_name="__main__", alter_sys=True)
finally:
    print("imported:", *sorted({name.partition(".")[0] for name in sys.modules}))
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> Path:
    """The shipped data, checked once before."""
    folder = tmp_path_factory.mktemp("cold") / "data"
    shutil.copytree(ROOT / "data", folder, ignore=shutil.ignore_patterns(FOLDER))
    imported("check", folder)
    return folder


def imported(*arguments) -> set[str]:
    """Top-level modules that a command has imported at its end."""
    environment = os.environ | {"PYTHONPATH": str(ROOT / "lib")}
    command = [sys.executable, "-c", LISTS, *map(str, arguments)]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.rpartition("imported:")[2].split())


@pytest.mark.parametrize(
    ("arguments", "needless"),
    [
        (["--help"], {"pandas", "numpy", "yaml"} | DRAWS | FITS | RUNS | CHECKS),
        (["check", "{data}"], {"IPython"} | DRAWS | FITS | RUNS | CHECKS),
        (["trace", "15.6", "--data", "{data}"], DRAWS | FITS | RUNS | CHECKS),
        (["list", "--data", "{data}"], DRAWS | FITS | {"frictionless", "openpyxl"}),
    ],
)
def test_a_command_imports_only_what_it_needs(data, arguments, needless):
    assert not imported(*(one.format(data=data) for one in arguments)) & needless


def test_whatever_reads_and_checks_files_decides_which_copy_is_valid(data, tmp_path):
    """A new version of any of them checks anew: each requirement that a check imports is in the key."""
    folder = tmp_path / "data"
    shutil.copytree(data, folder, ignore=shutil.ignore_patterns(FOLDER))
    modules = imported("check", folder) - imported("--help")
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    required = {re.match(r"[\w.-]+", one)[0] for one in declared}
    owners = metadata.packages_distributions()
    used = {owner.lower() for module in modules for owner in owners.get(module, ())}
    assert (used & required) - {"tabulate"} <= {*LIBRARIES}  # with which frictionless prints
    assert {"pandas", "numpy"} <= used
