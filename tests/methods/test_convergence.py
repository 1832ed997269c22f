"""Gaps and σ-convergence: worked numbers, degenerate panels."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan_monitor.methods.convergence import gap, lead, sigma


def observations(**regions):
    """Rows from region=[(period, value), …]."""
    rows = [("rate", region, period, value) for region, pairs in regions.items() for period, value in pairs]
    return pd.DataFrame(rows, columns=["indicator", "region", "period", "value"])


def test_gap_to_two_benchmarks():
    table = gap(
        observations(
            A1=[("2021", 92.0), ("2020", 91.0), ("2022-06", 50.0)],
            A=[("2020", 88.5), ("2021", 90.0)],
            N=[("2021-12", 93.5), ("2022", 95.0)],
        ),
        "rate", "A1", ["A", "N"],
    )  # fmt: skip
    assert table.index.tolist() == [2020, 2021] and list(table) == ["value", "gap_A", "gap_N"]
    assert table["gap_A"].tolist() == [2.5, 2.0] and table["gap_N"].fillna(0).tolist() == [0.0, -1.5]


def test_gap_leaves_doubtful_figures_out():
    table = observations(A1=[("2020", 91.0), ("2021", 99.0)], A=[("2020", 90.0), ("2021", 90.0)])
    table["quality"] = ["A", "C", "A", "A"]
    assert gap(table, "rate", "A1", ["A"]).index.tolist() == [2020]
    assert gap(table, "rate", "A1", ["A"], qualities=("A", "C"))["gap_A"].tolist() == [1.0, 9.0]


def test_gap_of_an_unknown_region_is_empty():
    assert gap(observations(A=[("2020", 90.0)]), "rate", "A1", ["A"]).empty


def test_sigma_by_hand():
    """10, 20, 30: mean 20, population deviation √(200/3), so 0.40825."""
    panel = pd.DataFrame(
        [[10.0, 20.0, 30.0], [5.0, np.nan, np.nan], [-1.0, 1.0, 0.0]], index=[2020, 2021, 2022]
    )
    result = sigma(panel)
    assert result[2020] == pytest.approx(math.sqrt(200 / 3) / 20)
    assert result[[2021, 2022]].isna().all()  # one region; a mean of zero


@settings(max_examples=50, deadline=None)
@given(st.lists(st.floats(1, 1e6), min_size=2, max_size=8), st.floats(0.01, 100))
def test_sigma_has_no_unit(values, factor):
    panel = pd.DataFrame([values], index=[2020])
    assert sigma(panel * factor)[2020] == pytest.approx(sigma(panel)[2020], rel=1e-6, abs=1e-9)


def test_the_lead_of_the_published_table_of_the_13th_plan():
    """Preschool enrolment beside the nation: 61.87 against 75.00 in 2015, 91.00 against 85.20 in 2020."""
    rows = [
        ("p", "r", "2015", 61.87),
        ("p", "r", "2020", 91.0),
        ("p", "n", "2015", 75.0),
        ("p", "n", "2020", 85.2),
    ]
    observed = pd.DataFrame(
        [*rows, ("p", "n", "2024", 92.0)], columns=["indicator", "region", "period", "value"]
    )
    found = lead(observed, ["p", "missing"], "r", ["n", "unknown"])
    assert found[["first_year", "last_year"]].values.tolist() == [[2015, 2020]]
    assert found[["first", "last"]].round(2).values.tolist() == [[-13.13, 5.8]]
