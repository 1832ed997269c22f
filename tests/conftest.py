"""The shipped data, made-up households, and a small, valid data package that tests may damage."""

import gc
import os
import shutil
from itertools import groupby
from pathlib import Path

import pandas as pd
import pytest
import yaml
from hypothesis import settings

import changed
from examples import QUICK
from plan_monitor import load
from reportkit import language, source
from reportkit.kernel import client
from scripts import loaded
from small_tables import TABLES

ROOT = Path(__file__).parents[1]
# a slow machine is no fault: no test is timed
settings.register_profile("untimed", deadline=None, max_examples=50)
settings.register_profile("quick", deadline=None, max_examples=QUICK)  # for `make test-fast`
settings.load_profile("untimed")
# their scripts measure with a module that Windows does not have, and doctest imports them all
collect_ignore_glob = ["benchmarks/*"] if os.name == "nt" else []


def pytest_addoption(parser):
    parser.addoption("--changed-first", action="store_true", help="what is near to changed files first")


def pytest_collection_modifyitems(config, items):
    """Files that take long first, so that no worker is left alone with one in the end; or those near to changes.

    Tests of a file stay together: they share what they set up.
    """
    files = changed.files() if config.getoption("--changed-first") else None

    def rank(item):
        return changed.distance(item, files) if files else item.get_closest_marker("slow") is None

    first = {path: min(map(rank, group)) for path, group in groupby(items, key=lambda item: item.path)}
    items.sort(key=lambda item: first[item.path])


@pytest.hookimpl(wrapper=True)
def pytest_collection():
    """Nothing that is imported or collected becomes garbage: to look for it there took a third of the time."""
    gc.disable()
    collected = yield
    gc.freeze()  # nor is it looked through while tests run
    gc.enable()
    gc.set_threshold(100_000, 50, 100)  # seldom: a test leaves little behind
    return collected


def pytest_configure(config):
    """One server for all kernels of all workers, those of nbval included; quick tests start none."""
    source.use("plan_monitor.subject")
    if client.FORKS and not hasattr(config, "workerinput") and config.option.markexpr != "not slow":
        client.lend([ROOT / "data"])


@pytest.fixture(scope="session")
def shipped():
    """The project's own data."""
    return load(ROOT / "data")


@pytest.fixture(scope="session")
def standard(shipped):
    """The rule book of balanced compulsory education."""
    return shipped.select(document="edu-balanced").standards


@pytest.fixture(scope="session")
def generator():
    """The script that made the synthetic households, with the truth they were drawn from."""
    return loaded(ROOT / "data/samples/generate_households.py")


@pytest.fixture(scope="session")
def sample(generator):
    """The synthetic households, three years."""
    return pd.DataFrame(generator.households())


@pytest.fixture(scope="session")
def shared(tmp_path_factory) -> Path:
    """A folder for what is made once for all workers of a run."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def small_package(tmp_path_factory) -> Path:
    """A data folder with `small_tables`, the others empty, and the project's own descriptor; never changed."""
    descriptor = yaml.safe_load((ROOT / "data/datapackage.yaml").read_text(encoding="utf-8"))
    descriptor |= {"version": "0.9.0", "created": "2026-01-31T00:00:00Z"}
    descriptor["resources"] = [r for r in descriptor["resources"] if "table" not in r]  # no samples
    path = tmp_path_factory.mktemp("package") / "my-county"
    path.mkdir()
    (path / "datapackage.yaml").write_text(yaml.safe_dump(descriptor, allow_unicode=True), encoding="utf-8")
    for resource in descriptor["resources"]:
        header = ",".join(field["name"] for field in resource["schema"]["fields"]) + "\n"
        (path / f"{resource['name']}.csv").write_text(TABLES.get(resource["name"], header), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def package(small_package):
    """The small package: one promise is at 93 of 91 to 95 %, one below its base, one has a base only."""
    return load(small_package)


@pytest.fixture
def folder(small_package, tmp_path) -> Path:
    """A copy of the small package, to be damaged."""
    return Path(shutil.copytree(small_package, tmp_path / small_package.name))


@pytest.fixture(autouse=True)
def chinese():
    """Every test begins in Chinese; ``language.use`` or ``language.using`` set another."""
    with language.using("zh"):
        yield


@pytest.fixture
def shown(monkeypatch):
    """The bundles that a notebook would display, in order."""
    from plan_monitor.report import overview  # slow to import: matplotlib
    from reportkit import brief, table, words
    from reportkit.charts import canvas

    bundles = []

    def display(bundle, raw):
        assert raw, "each type of a bundle has its own content"
        bundles.append(bundle)

    for module in (brief, canvas, overview, table, words):
        monkeypatch.setattr(module, "display", display)
    return bundles


@pytest.fixture
def drawn(shown, monkeypatch):
    """The charts themselves, where their text cannot tell."""
    import matplotlib.pyplot as plt  # slow

    charts, close = [], plt.close
    monkeypatch.setattr(plt, "close", lambda chart: (charts.append(chart), close(chart)))
    return charts
