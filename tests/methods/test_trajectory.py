"""Stages of a trajectory, with Wuhua's published path to 2035."""

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_monitor.methods.trajectory import stages

COLUMNS = ["indicator", "region", "period", "value"]


def path(*points):
    return pd.DataFrame([("x", "r", period, value) for period, value in points], columns=COLUMNS)


def test_the_published_path_of_years_of_schooling():
    result = stages(path(("2018", 11.97), ("2020", 12.0), ("2022", 12.06), ("2025", 12.12), ("2035", 15.0)))
    assert result["per_year"].round(3).tolist() == [0.015, 0.03, 0.02, 0.288]
    assert result["ratio"].round(2).tolist()[1:] == [2.0, 0.67, 14.4]
    assert math.isnan(result["ratio"][0])


def test_a_flat_stage_has_no_ratio():
    assert stages(path(("2020", 100), ("2025", 100), ("2035", 100)))["ratio"].isna().all()


def test_two_figures_for_one_moment_are_refused():
    with pytest.raises(ValueError, match="two figures for one moment"):
        stages(path(("2020", 1), ("2020-12", 2)))


def test_a_single_point_has_no_stage():
    assert stages(path(("2020", 1))).empty


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=8), st.randoms())
def test_the_stages_add_up_to_the_whole_whatever_the_row_order(values, random):
    points = [(str(2000 + 2 * i), value) for i, value in enumerate(values)]
    random.shuffle(points)
    result = stages(path(*points))
    assert (2 * result["per_year"]).sum() == pytest.approx(values[-1] - values[0], abs=1e-6)
