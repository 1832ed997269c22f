"""Projection: the textbook interval, bounds, degenerate series, probabilities, and the rolling origin."""

import math
import warnings

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from plan_monitor.methods.forecast import attainment_probability, backtest, project

FOUR = pd.Series([10.0, 12.0, 13.0, 16.0], index=[2020, 2021, 2022, 2023])


def test_random_walk_with_drift_by_hand():
    """Changes 2, 1, 3: drift 2, σ = 1, df = 2; in two years 20 ± t · √(2 (1 + 2/3))."""
    row = project(FOUR, [2025]).loc[2025]
    width = stats.t.ppf(0.975, 2) * math.sqrt(2 * (1 + 2 / 3))
    assert row["median"] == pytest.approx(20.0)
    assert row["upper_95"] == pytest.approx(20.0 + width) and row["lower_95"] == pytest.approx(20.0 - width)
    assert row["upper_80"] == pytest.approx(20.0 + stats.t.ppf(0.9, 2) * math.sqrt(10 / 3))
    assert row["method"] == "drift"


def test_one_step_interval_is_that_of_a_regression_on_a_constant():
    """A random walk with drift is a constant fitted to the changes: statsmodels gives the same interval."""
    changes = FOUR.diff().dropna()
    fit = sm.OLS(changes.to_numpy(), np.ones(3)).fit()
    expected = fit.get_prediction(np.ones(1)).conf_int(obs=True, alpha=0.05)[0] + FOUR.iloc[-1]
    assert project(FOUR, [2024])[["lower_95", "upper_95"]].to_numpy()[0] == pytest.approx(expected)


def test_uneven_spacing_scales_the_changes():
    """Changes of 2 in one year and 6 in two: drift 8/3, σ² = (2/3)² + (2/3)²/2 with one degree of freedom."""
    row = project(pd.Series([0.0, 2.0, 8.0], index=["2020", "2021", "2023"]), ["2024"]).iloc[0]
    assert row["median"] == pytest.approx(8 + 8 / 3)
    sigma = math.sqrt(4 / 9 + 2 / 9)
    assert row["upper_80"] - row["median"] == pytest.approx(
        stats.t.ppf(0.9, 1) * sigma * math.sqrt(1 + 1 / 3)
    )


def test_income_grows_in_percent():
    """With a lower bound of zero the drift is a constant growth rate: 100, 110, 121 goes on to 133.1."""
    series = pd.Series([100.0, 110.0, 121.0], index=[2020, 2021, 2022])
    assert project(series, [2023], lower=0)["median"].iloc[0] == pytest.approx(133.1)


def test_an_upper_bound_alone_mirrors_a_lower_one():
    series = pd.Series([70.0, 80.0, 84.0, 90.0], index=range(2020, 2024))
    above, below = project(series, [2024], upper=100), project(100 - series, [2024], lower=0)
    assert above["median"].iloc[0] == pytest.approx(100 - below["median"].iloc[0])
    assert above["upper_95"].iloc[0] == pytest.approx(100 - below["lower_95"].iloc[0])


def test_a_rate_of_100_is_read_as_printed():
    """100 among figures with one decimal counts as 99.95."""
    to = lambda x: math.log(x / (100 - x))  # noqa: E731
    series = pd.Series([98.5, 99.2, 100.0], index=[2020, 2021, 2022])
    expected = 1.5 * to(99.95) - 0.5 * to(98.5)
    assert project(series, [2023], 0, 100)["median"].iloc[0] == pytest.approx(100 / (1 + math.exp(-expected)))


def test_periods_as_text_and_missing_values():
    texts = pd.Series([16.0, 10.0, None, 12.0, 13.0], index=["2023", "2020", "2019", "2021", "2022"])
    expected = project(FOUR, [2024])
    assert project(texts, ["2024"]).iloc[0].tolist() == expected.iloc[0].tolist()
    assert project(FOUR, [2024], float("nan"), float("nan")).equals(expected)


def test_constant_series_stays_and_says_so():
    flat = pd.Series([100.0] * 4, index=range(2020, 2024))
    table = project(flat, [2024, 2030], 0, 100)
    assert (table.drop(columns="method") == 100.0).all(axis=None) and set(table["method"]) == {"constant"}
    assert attainment_probability(flat, 2025, 100.0, upper=100) == 1.0
    assert attainment_probability(flat, 2025, 100.1) == 0.0
    assert attainment_probability(flat, 2025, 100.0, "<=") == 1.0


def test_straight_line_has_an_empty_range():
    line = pd.Series([0.1, 0.2, 0.3, 0.4], index=range(2020, 2024))
    row = project(line, [2025]).iloc[0]
    assert row["lower_95"] == row["median"] == row["upper_95"] == pytest.approx(0.6)
    assert attainment_probability(line, 2025, 0.6) == 1.0 and attainment_probability(line, 2025, 0.61) == 0.0


NINE = pd.Series([50.0, 56, 60.5, 65, 67.5, 70.5, 72, 73.8, 74.9], index=range(2015, 2024))


def test_damped_trend_from_eight_points():
    """Growth that slows goes on slowing: below the straight line on from the last step's average."""
    table = project(NINE, [2024, 2028])
    assert set(table["method"]) == {"damped_trend"}
    assert set(project(NINE.iloc[2:], [2024])["method"]) == {"drift"}
    assert 74.9 < table["median"].iloc[1] < 74.9 + 5 * NINE.diff().mean()


def test_damped_trend_range_is_never_narrower_than_the_random_walk():
    table = project(NINE, [2024])
    sigma = NINE.diff().std()
    width = 2 * stats.t.ppf(0.975, 7) * sigma * math.sqrt(1 + 1 / 8)
    assert (table["upper_95"] - table["lower_95"]).iloc[0] >= width * (1 - 1e-9)


def test_fallback_is_named():
    uneven = NINE.drop(2018).set_axis([2013, 2015, *range(2017, 2023)])
    assert set(project(uneven, [2024])["method"]) == {"drift_fallback"}


def test_no_warning_reaches_the_reader():
    step = pd.Series([5.0] * 8 + [6.0], index=range(2015, 2024))
    nearly_full = pd.Series([99.999, *[100.0] * 8], index=range(2015, 2024))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert np.isfinite(project(step, [2024]).drop(columns="method").astype(float)).all(axis=None)
        assert project(nearly_full, [2024], 0, 100)["upper_95"].iloc[0] <= 100


@pytest.mark.parametrize(
    ("series", "period", "bounds", "message"),
    [
        (FOUR.iloc[:2], 2024, (None, None), "at least 3 points, not 2"),
        (FOUR, 2023, (None, None), "after the last observation"),
        (FOUR, 2024, (0, 15), "outside the bounds"),
        (FOUR.set_axis([2020, 2021, 2021, 2022]), 2024, (None, None), "two values for one period"),
        (FOUR, "next year", (None, None), "not an ISO period"),
    ],
)
def test_what_cannot_be_projected(series, period, bounds, message):
    with pytest.raises(ValueError, match=message):
        project(series, [period], *bounds)


def test_attainment_by_hand():
    """P(value in 2025 ≥ 22): 2 above the median of 20, spread √(10/3), Student's t with 2 degrees."""
    expected = stats.t.sf(2 / math.sqrt(10 / 3), 2)
    assert attainment_probability(FOUR, 2025, 22.0) == pytest.approx(expected)
    assert attainment_probability(FOUR, 2025, 22.0, "<=") == pytest.approx(1 - expected)
    assert attainment_probability(FOUR, "2025", 18.0, ">") == pytest.approx(1 - expected)


def test_attainment_agrees_with_the_ranges():
    """One chance in ten to end above the upper limit of the 80 % range, on every scale."""
    for series, lower, upper in [(FOUR, None, None), (FOUR, 0, None), (FOUR, None, 20), (FOUR, 0, 20)]:
        limit = project(series, [2025], lower, upper)["upper_80"].iloc[0]
        chance = attainment_probability(series, 2025, limit, ">=", lower, upper)
        assert chance == pytest.approx(0.1, abs=1e-9)


def test_targets_on_and_beyond_the_bounds():
    rate = pd.Series([95.0, 97.0, 98.0, 99.0], index=range(2020, 2024))
    assert 0 < attainment_probability(rate, 2025, 100.0, ">=", 0, 100) < 1
    assert attainment_probability(rate, 2025, 101.0, ">=", 0, 100) == 0.0
    assert attainment_probability(rate, 2025, 100.0, "<=", 0, 100) == 1.0
    assert attainment_probability(rate, 2025, 0.0, ">=", 0, 100) == 1.0
    with pytest.raises(ValueError, match="probability needs"):
        attainment_probability(rate, 2025, 99.0, "=")


def test_backtest_by_hand():
    """From 1, 2, 4: next 5.5, seen 6, error 0.5 (last value: 2). From 1, 2, 4, 6: 7.667 for 7, 0.667 (1)."""
    series = pd.Series([1.0, 2.0, 4.0, 6.0, 7.0], index=range(2019, 2024))
    table = backtest([series], horizons=(1, 2, 3))
    assert table.index.tolist() == [1, 2, 3, "total"] and table["n"].tolist() == [2, 1, 0, 3]
    assert table.loc[1, "mae"] == pytest.approx((0.5 + 2 / 3) / 2) and table.loc[1, "mae_naive"] == 1.5
    assert table.loc[1, "mae_ratio"] == pytest.approx((0.5 + 2 / 3) / 3)
    assert table.loc[2, "mae"] == pytest.approx(0.0) and table.loc[2, "coverage_80"] == 1.0
    assert table.loc[3, ["coverage_80", "mae", "mae_ratio"]].isna().all()


def test_backtest_counts_misses():
    jump = pd.Series([1.0, 2.0, 3.1, 4.0, 40.0], index=range(2019, 2024))
    table = backtest([jump], horizons=[1])
    assert table.loc["total", "coverage_95"] == 0.5 and table.loc["total", "n"] == 2


def test_backtest_skips_years_nobody_published_and_short_series():
    gap = pd.Series([1.0, 2.0, 4.0, 7.0], index=[2018, 2019, 2020, 2023])
    table = backtest({"gap": gap, "short": FOUR.iloc[:2]}, horizons=(1, 3))
    assert table["n"].tolist() == [0, 1, 1]


def test_the_backtest_of_nothing_is_empty():
    table = backtest([])
    assert (table["n"] == 0).all() and table["mae"].isna().all()


def test_ranges_hold_as_often_as_they_promise():
    """Simulated random walks, fixed seed: the 80 and 95 % ranges hold about that often (fpp3, 5.5)."""
    rng = np.random.default_rng(20)
    walks = [pd.Series(rng.normal(1, 2, 7).cumsum(), index=range(2017, 2024)) for _ in range(150)]
    total = backtest(walks).loc["total"]
    assert total["coverage_80"] == pytest.approx(0.80, abs=0.05)
    assert total["coverage_95"] == pytest.approx(0.95, abs=0.03)


VALUES = st.lists(st.integers(0, 1000).map(lambda n: n / 10), min_size=3, max_size=9)
BOUNDS = st.sampled_from([(None, None), (0, None), (None, 100), (0, 100)])


def yearly(values):
    return pd.Series(values, index=range(2024 - len(values), 2024))


@settings(max_examples=80, deadline=None)
@given(VALUES, BOUNDS)
def test_ranges_are_ordered_and_inside_the_bounds(values, bounds):
    table = project(yearly(values), range(2024, 2030), *bounds).drop(columns="method")
    ordered = table[["lower_95", "lower_80", "median", "upper_80", "upper_95"]].to_numpy()
    lower, upper = (-math.inf if bounds[0] is None else 0), (math.inf if bounds[1] is None else 100)
    assert (ordered[:, :-1] <= ordered[:, 1:] + 1e-9).all()
    assert ((ordered >= lower) & (ordered <= upper)).all()


@settings(max_examples=60, deadline=None)
@given(VALUES)
def test_ranges_widen_with_the_horizon(values):
    table = project(yearly(values), range(2024, 2030))
    for level in ("80", "95"):
        width = table[f"upper_{level}"] - table[f"lower_{level}"]
        assert (width.diff().dropna() >= -1e-6 * width.max()).all()


@settings(max_examples=60, deadline=None)
@given(VALUES, BOUNDS, st.integers(-5, 105))
def test_probabilities_are_complementary(values, bounds, target):
    assume(len(set(values)) > 1)
    above = attainment_probability(yearly(values), 2026, target, ">=", *bounds)
    below = attainment_probability(yearly(values), 2026, target, "<", *bounds)
    assert 0 <= above <= 1 and 0 <= below <= 1
    on_bound_or_certain = target in bounds or {above, below} <= {0.0, 1.0}
    assert above + below == pytest.approx(1.0) or on_bound_or_certain


@settings(max_examples=30, deadline=None)
@given(VALUES.filter(lambda values: len(values) < 8), st.sampled_from([0.01, 1000.0]))
def test_units_do_not_matter(values, factor):
    before = project(yearly(values), [2024, 2026]).drop(columns="method")
    after = project(yearly(values) * factor, [2024, 2026]).drop(columns="method")
    assert after.to_numpy() == pytest.approx(before.to_numpy() * factor, rel=1e-6, abs=1e-6 * factor)


def test_units_do_not_matter_to_a_damped_trend():
    """National preschool enrolment 2015-2024; a fitted model agrees to what its optimiser can tell apart."""
    values = [75.0, 77.4, 79.6, 81.7, 83.4, 85.2, 88.1, 89.7, 91.1, 92.0]
    before = project(yearly(values), [2026])
    after = project(yearly(values) * 1000, [2026])
    assert before["method"].tolist() == ["damped_trend"]
    columns = ["median", "lower_80", "upper_95"]
    assert after[columns].to_numpy() == pytest.approx(1000 * before[columns].to_numpy(), rel=1e-3)


@settings(max_examples=15, deadline=None)
@given(VALUES, BOUNDS)
def test_the_same_input_gives_the_same_digits(values, bounds):
    series = yearly(values)
    assert project(series, [2024, 2027], *bounds).equals(project(series[::-1], [2024, 2027], *bounds))
