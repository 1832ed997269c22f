"""What is imported and loaded before kernels are forked; nothing of it is here."""

import gc
import importlib
import os
import runpy
import sys
from pathlib import Path
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
    monkeypatch.setattr(pixels, "png", lambda *given: made.append(given))
    monkeypatch.setattr(seaborn, "set_color_codes", made.append)
    styled = canvas.style
    monkeypatch.setattr(canvas, "style", lambda: made.append("styled") or styled())
    before = dict(matplotlib.rcParams)
    warm._draw()
    styled_first, (drawn, resolution), reset = made
    assert (styled_first, resolution, reset) == ("styled", 100, "reset") and isinstance(drawn, memoryview)
    assert dict(matplotlib.rcParams) == before


@pytest.fixture
def forkserver(monkeypatch):
    """Import the module as a forkserver does, with the way to modules that it has; what is done, and the way left."""
    done = []
    subject = SimpleNamespace(MODULES=[], find=lambda folder: folder, prepare=done.append)
    monkeypatch.setattr(warm.source, "current", lambda: subject)
    monkeypatch.setattr(importlib, "import_module", lambda name: None)
    for name in ("disable", "freeze", "enable"):
        monkeypatch.setattr(gc, name, lambda name=name: done.append(name))

    def forkserver(*path):
        with monkeypatch.context() as patch:
            patch.setattr(sys, "path", [*path])
            runpy.run_path(warm.__file__)
            return done, sys.path

    return forkserver


def test_a_forkserver_loads_the_data_it_was_given_without_looking_for_garbage(forkserver, monkeypatch):
    monkeypatch.setenv("REPORTKIT_WARM_DATA", os.pathsep.join(["/a", "/b"]))
    place, *rest = filter(None, sys.path)
    done, path = forkserver("", place, *rest)
    assert done == ["disable", Path("/a"), Path("/b"), "freeze", "enable"]
    assert path == [place, *rest]  # not the folder that it was started in
    assert forkserver(place, "", *rest)[1] == [place, "", *rest]


def test_another_process_that_imports_it_loads_nothing(forkserver, monkeypatch):
    monkeypatch.delenv("REPORTKIT_WARM_DATA", raising=False)
    assert forkserver("", *filter(None, sys.path)) == ([], ["", *filter(None, sys.path)])
