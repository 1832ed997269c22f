"""Stages of a trajectory, with Wuhua's published path to 2035."""

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_monitor.methods.trajectory import stages

COLUMNS = ["indicator", "region", "period", "value", "unit"]


def path(*points, unit="年"):
    return pd.DataFrame([("x", "r", *point, unit) for point in points], columns=COLUMNS)


def test_the_published_path_of_years_of_schooling():
    result = stages(path(("2018", 11.97), ("2020", 12.0), ("2022", 12.06), ("2025", 12.12), ("2035", 15.0)))
    assert result["per_year"].round(3).tolist() == [0.015, 0.03, 0.02, 0.288]
    assert result["ratio"].round(2).tolist()[1:] == [2.0, 0.67, 14.4]
    assert math.isnan(result["ratio"][0])


def test_a_ratio_of_rounded_figures_has_the_range_that_rounding_allows():
    """12.06, 12.12 and 15.00: 14.4 times, and anything from 12.3 to 17.3."""
    steep = stages(path(("2022", 12.06), ("2025", 12.12), ("2035", 15.0))).iloc[-1]
    assert steep[["ratio", "ratio_low", "ratio_high"]].round(1).tolist() == [14.4, 12.3, 17.3]


def test_the_pace_of_a_stage_has_the_range_that_rounding_allows():
    """12.12 and 15.00, ten years apart: 2.87 to 2.89 in all; one pace of counts is exact."""
    steep = stages(path(("2025", 12.12), ("2035", 15.0))).iloc[-1]
    assert steep[["per_year_low", "per_year_high"]].tolist() == pytest.approx([0.287, 0.289])
    counted = stages(path(("2020", 10), ("2022", 12), unit="所")).iloc[-1]
    assert counted[["per_year_low", "per_year", "per_year_high"]].tolist() == [1.0, 1.0, 1.0]


def test_a_ratio_of_counts_is_exact():
    steep = stages(path(("2020", 10), ("2022", 12), ("2024", 20), unit="所")).iloc[-1]
    assert steep[["ratio", "ratio_low", "ratio_high"]].tolist() == [4.0, 4.0, 4.0]


def test_a_stage_that_may_have_been_flat_has_no_largest_ratio():
    steep = stages(path(("2020", 1.0), ("2021", 1.1), ("2022", 3.0))).iloc[-1]
    assert steep["ratio_high"] == math.inf


@given(st.lists(st.integers(0, 10**4), min_size=3, max_size=3, unique=True).map(sorted), st.data())
def test_no_figure_that_rounds_to_the_printed_one_leaves_the_range(printed, data):
    exact = [data.draw(st.integers(max(10 * n - 4, 0), 10 * n + 4)) / 1000 for n in printed]
    printed = [n / 100 for n in printed]
    told = stages(path(*zip(("2020", "2022", "2026"), printed, strict=True))).iloc[-1]
    true = stages(path(*zip(("2020", "2022", "2026"), exact, strict=True))).iloc[-1]["ratio"]
    assert math.isnan(true) or told["ratio_low"] - 1e-9 <= true <= told["ratio_high"] + 1e-9


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


@pytest.mark.parametrize("values", [(100, 100, 110), (100, 110, 110), (100, 90, 110), (100, 110, 90)])
def test_only_a_rise_after_a_rise_has_a_ratio(values):
    points = zip(("2020", "2022", "2024"), values, strict=True)
    last = stages(path(*points, unit="所")).iloc[-1]
    assert last[["ratio", "ratio_low", "ratio_high"]].isna().all()
    assert last["per_year"] == (values[2] - values[1]) / 2


def test_a_table_that_lacks_a_column_is_named():
    with pytest.raises(ValueError, match=r"points: .*missing: unit"):
        stages(path(("2020", 1), ("2022", 2)).drop(columns="unit"))


def test_stages_are_those_of_each_indicator_and_region_in_their_order():
    points = pd.concat(
        [path(("2022", 5.0), ("2020", 1.0)), path(("2020", 2.0), ("2021", 2.5)).assign(region="a")]
    )
    found = stages(points)
    assert found[["region", "start", "end", "first", "last", "per_year"]].values.tolist() == [
        ["r", "2020", "2022", 1.0, 5.0, 2.0], ["a", "2020", "2021", 2.0, 2.5, 0.5]
    ]  # fmt: skip
    assert found["ratio"].isna().all()


def test_figures_of_a_chain_are_as_exact_as_the_finest_of_them():
    """2 of a chain with 2.25 in it was 1.995 to 2.005."""
    first = stages(path(("2020", 2.0), ("2021", 2.25))).iloc[0]
    assert first[["per_year_low", "per_year_high"]].tolist() == pytest.approx([0.24, 0.26])
