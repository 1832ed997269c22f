"""Answers that go with a package: computed once, never changed by who gets them, never of another package."""

from dataclasses import replace

import pandas as pd
import pytest

from plan_monitor import load
from plan_monitor.data.once import once


@pytest.fixture
def counted():
    """A function of a package that counts how often it was computed."""

    class Counted:
        times = 0

    @once
    def values(package, least=0.0):
        Counted.times += 1
        return package.targets[package.targets["value"] >= least][["id", "value"]]

    values.counted = Counted
    return values


def test_an_answer_is_computed_once_for_each_package_and_arguments(folder, counted):
    package = load(folder)
    whole = counted(package)
    pd.testing.assert_frame_equal(counted(package), whole)
    pd.testing.assert_frame_equal(counted(load(folder)), whole)
    assert counted.counted.times == 1
    assert counted(package, 1e9).empty
    assert counted(package, least=1e9).empty
    assert len(whole) and counted.counted.times == 3


def test_who_changes_an_answer_changes_no_other(folder, counted):
    package = load(folder)
    mine = counted(package)
    mine.loc[:, "value"] = -1.0
    mine["added"] = 1
    mine.index.name = "row"
    again = counted(package)
    assert list(again) == ["id", "value"] and again["value"].gt(0).all() and again.index.name is None


def test_a_package_with_another_table_has_answers_of_its_own(folder, counted):
    package = load(folder)
    assert len(counted(package))
    assert counted(replace(package, targets=package.targets[:0])).empty
    assert counted(package.select(document="no such plan")).empty


def test_a_frame_that_a_package_was_made_of_can_be_changed_without_it(folder, counted):
    package = load(folder)
    rows = package.targets
    other = replace(package, targets=rows)
    before = counted(other)
    rows.loc[:, "value"] = 1e9
    pd.testing.assert_frame_equal(counted(replace(other)), before)
