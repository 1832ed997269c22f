"""The shipped rule book."""

from pathlib import Path

import pytest

from plan_monitor import load

DATA = Path(__file__).parents[3] / "data"


@pytest.fixture(scope="session")
def package():
    return load(DATA)


@pytest.fixture(scope="session")
def standard(package):
    return package.select(document="edu-balanced").standards
