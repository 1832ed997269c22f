"""Who imports the library makes reports about plans, unless another subject is set already."""

import importlib

import pytest

import plan_monitor
from reportkit import source


@pytest.mark.parametrize(("before", "after"), [(None, "plan_monitor.subject"), ("bicycles", "bicycles")])
def test_to_import_the_library_sets_the_subject_where_there_is_none(monkeypatch, before, after):
    monkeypatch.delenv(source.VARIABLE)
    if before:
        monkeypatch.setenv(source.VARIABLE, before)
    importlib.reload(plan_monitor)
    assert source.name() == after
