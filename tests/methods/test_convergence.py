"""Gaps, catching up, σ- and β-convergence: worked numbers, a known process recovered, degenerate panels."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan_monitor.methods.convergence import beta, catch_up, gap, lead, sigma


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


@pytest.mark.parametrize(
    ("gaps", "direction", "years"),
    [
        ({2020: -6.0, 2021: -5.0, 2022: -4.0}, "up", 4.0),
        ({2020: 6.0, 2021: 5.0, 2022: 4.0}, "down", 4.0),
        ({2010: -90.0, 2020: -6.0, 2022: -4.0}, "up", 4.0),  # only the last three years count
        ({2020: -5.0, 2022: -5.0}, "up", math.nan),
        ({2020: -5.0, 2022: -6.0}, "up", math.nan),
        ({2020: 87.8 - 90.0, 2022: 89.4 - 91.6}, "up", math.nan),  # 2.2 both, but for their last digit
        ({2022: -5.0}, "up", math.nan),
        ({}, "up", math.nan),
        ({2020: -5.0, 2022: 0.0}, "up", 0.0),
        ({2020: 9.0, 2022: 1.0}, "up", 0.0),
        ({2020: -6.0, 2022: -4.0, 2023: math.nan}, "up", 4.0),
    ],
)
def test_catch_up(gaps, direction, years):
    answer = catch_up(pd.Series(gaps, dtype=float), direction)
    assert answer == pytest.approx(years, nan_ok=True)


def test_catch_up_needs_a_direction():
    with pytest.raises(ValueError, match="neutral"):
        catch_up(pd.Series([1.0, 2.0]), "neutral")


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


def barro(speed, years, noise=0.0, regions=48):
    """Regions that close the distance to one steady state at a constant speed (Barro & Sala-i-Martin)."""
    rng = np.random.default_rng(7)
    initial = rng.normal(9, 0.5, regions)
    final = 9.8 + math.exp(-speed * years) * (initial - 9) + rng.normal(0, noise, regions)
    return pd.DataFrame(np.exp([initial, final]), index=[2000, 2000 + years])


@pytest.mark.parametrize("years", [5, 20])
def test_beta_recovers_a_speed_of_two_percent(years):
    """The iron law of convergence: 2 % a year, a half-life of 35 years, whatever the period."""
    result = beta(barro(0.02, years), 2000, 2000 + years)
    assert result["slope"] == pytest.approx(-(1 - math.exp(-0.02 * years)) / years)
    assert result["speed"] == pytest.approx(0.02) and result["half_life"] == pytest.approx(34.657, abs=1e-3)
    assert result["n"] == 48


def test_beta_interval_covers_the_slope_of_a_noisy_process():
    result = beta(barro(0.02, 10, noise=0.05), 2000, 2010)
    true = -(1 - math.exp(-0.2)) / 10
    assert result["slope_lower"] < true < result["slope_upper"] < 0


def test_beta_interval_by_the_hc1_formula():
    """HC1: (X'X)⁻¹ X' diag(u²) X (X'X)⁻¹ · n/(n−2), and Student's t with n − 2 degrees (2.5706 for n = 7)."""
    panel = barro(0.03, 10, noise=0.1, regions=7)
    x = np.column_stack([np.ones(7), np.log(panel.loc[2000])])
    y = np.log(panel.loc[2010] / panel.loc[2000]).to_numpy() / 10
    inverse = np.linalg.inv(x.T @ x)
    coefficients = inverse @ x.T @ y
    residuals = y - x @ coefficients
    covariance = inverse @ (x.T * residuals**2) @ x @ inverse * 7 / 5
    half = 2.570582 * math.sqrt(covariance[1, 1])
    result = beta(panel, 2000, 2010)
    assert result["slope"] == pytest.approx(coefficients[1])
    assert result["slope_upper"] - result["slope"] == pytest.approx(half, rel=1e-6)


def test_divergence_has_no_half_life():
    result = beta(barro(-0.02, 10), 2000, 2010)
    assert result["speed"] == pytest.approx(-0.02) and math.isnan(result["half_life"])


def test_overtaking_has_no_speed():
    """Regions that swap places: the slope lies below −1/T."""
    panel = pd.DataFrame([[10.0, 20.0, 40.0], [40.0, 20.0, 10.0]], index=[2010, 2020])
    result = beta(panel, 2010, 2020)
    assert result["slope"] == pytest.approx(-0.2)
    assert math.isnan(result["speed"]) and math.isnan(result["half_life"])


PANEL = pd.DataFrame([[10.0, 20.0, 40.0, np.nan], [20.0, 30.0, 50.0, 9.0]], index=[2010, 2020])


def test_beta_leaves_regions_without_both_years_out():
    assert beta(PANEL, 2010, 2020)["n"] == 3


@pytest.mark.parametrize(
    ("panel", "first", "last", "message"),
    [
        (PANEL[[0, 1, 3]], 2010, 2020, "at least 3 regions.*not 2"),
        (PANEL, 2010, 2021, "two years"),
        (PANEL, 2020, 2010, "two years"),
        (PANEL - 10, 2010, 2020, "positive"),
        (PANEL * 0 + 5, 2010, 2020, "same level"),
    ],
)
def test_beta_refuses(panel, first, last, message):
    with pytest.raises(ValueError, match=message):
        beta(panel, first, last)


@settings(max_examples=30, deadline=None)
@given(st.floats(0.01, 100))
def test_beta_has_no_unit(factor):
    pd.testing.assert_series_equal(
        beta(barro(0.02, 10, 0.05) * factor, 2000, 2010), beta(barro(0.02, 10, 0.05), 2000, 2010), rtol=1e-6
    )


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
