"""The generator of the synthetic households, and households drawn at random."""

import importlib.util
from pathlib import Path

import pandas as pd
import pytest

SCRIPT = Path(__file__).parents[3] / "data/samples/generate_households.py"


@pytest.fixture(scope="session")
def generator():
    spec = importlib.util.spec_from_file_location("generate_households", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def sample(generator):
    """The synthetic households, three years."""
    return pd.DataFrame(generator.households())
