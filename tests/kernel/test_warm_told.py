"""What is imported and loaded before kernels are forked; nothing of it is here."""

import importlib
import os
from types import SimpleNamespace

import matplotlib
import pytest
import seaborn

from reportkit.charts import canvas, pixels
from reportkit.kernel import warm


@pytest.fixture
def warmed(monkeypatch):
    """Names of the modules that are imported, and the folders whose data are loaded."""
    told = SimpleNamespace(modules=[], loaded=[], drawn=0)

    def drawn():
        told.drawn += 1

    def find(folder):
        if folder == "broken":
            raise ValueError(folder)
        return folder or "nearest"

    imported = importlib.import_module
    subject = SimpleNamespace(MODULES=["json", "csv"], find=find, prepare=told.loaded.append)
    monkeypatch.setattr(warm, "_draw", drawn)
    monkeypatch.setattr(
        warm.importlib,
        "import_module",
        lambda name: told.modules.append(name) or imported("json" if "json" in name else "csv"),
    )
    monkeypatch.setattr(warm.source, "current", lambda: told.subject)
    told.subject = subject
    return told


def test_modules_of_a_subject_and_what_every_report_needs_are_imported(warmed):
    warm.up([])
    assert warmed.modules[: len(warm._LIBRARIES)] == [*warm._LIBRARIES]
    rest = warmed.modules[len(warm._LIBRARIES) :]
    assert rest[0] == "json" and {"json.decoder", "json.encoder"} <= {*rest} and rest[-1] == "csv"
    assert (warmed.drawn, warmed.loaded) == (1, ["nearest"])


def test_data_are_loaded_from_each_folder_and_one_that_cannot_be_is_left_to_the_kernel(warmed):
    warm.up(["one", "broken", "two"])
    assert warmed.loaded == ["one", "two"]


def test_without_a_subject_nothing_of_one_is_imported(warmed):
    warmed.subject = None
    warm.up(["one"])
    assert warmed.modules == [*warm._LIBRARIES] and (warmed.drawn, warmed.loaded) == (1, [])


@pytest.mark.parametrize(
    ("before", "after"), [(None, "module://matplotlib_inline.backend_inline"), ("agg", "agg")]
)
def test_charts_are_drawn_as_a_kernel_shows_them_unless_another_way_is_set(
    warmed, monkeypatch, before, after
):
    monkeypatch.setenv("MPLBACKEND", before or "")
    if before is None:
        monkeypatch.delenv("MPLBACKEND")
    warm.up([])
    assert os.environ["MPLBACKEND"] == after


def test_a_first_chart_is_drawn_and_leaves_all_settings_as_they_were(monkeypatch):
    made = []
    monkeypatch.setattr(pixels, "png", lambda *given: made.append(given[1]))
    monkeypatch.setattr(seaborn, "set_color_codes", made.append)
    styled = canvas.style
    monkeypatch.setattr(canvas, "style", lambda: made.append("styled") or styled())
    before = dict(matplotlib.rcParams)
    warm._draw()
    assert made == ["styled", 100, "reset"] and dict(matplotlib.rcParams) == before
