"""An empty package for another place, made once and copied for each test."""

import shutil
from pathlib import Path

import pytest

from plan_monitor.data import starter

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def empty(tmp_path_factory):
    """An empty package, which no test changes."""
    folder = tmp_path_factory.mktemp("packages") / "mine"
    starter.write(folder, ROOT / "data")
    return folder


@pytest.fixture
def mine(empty, tmp_path):
    """An empty package to put something into."""
    return Path(shutil.copytree(empty, tmp_path / "mine"))
