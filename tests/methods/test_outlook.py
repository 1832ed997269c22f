"""The model of a projection: against statsmodels and by hand, and what comparable series teach."""

import math

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from examples import up_to
from plan_monitor.methods.outlook import Typical, by_time, growth_covariance, learn, project_times
from plan_monitor.methods.spread import Usual, usual

FADING = 0.07
LASTINGS = (0.25, 0.35, 0.5, 0.7, 1.0, 1.4, 2.0)
NONE = (None, None)


def yearly(values, last=2023):
    return by_time(pd.Series(values, index=range(last + 1 - len(values), last + 1), dtype=float))


def known(variance, **shared):
    """Comparable series that are so many that the variance of a year is known."""
    return Typical(spread=Usual(variance, 1e12), **shared)


def autocovariances(lasting, count):
    """Of the growth of single years, for a spread of 1: the kernel, integrated over two years by hand."""
    theta = FADING
    own = 1 + lasting**2 * 2 * (theta - 1 + math.exp(-theta)) / theta**2
    lags = np.arange(1, count)
    later = lasting**2 * (math.exp(theta) - 1) ** 2 * np.exp(-theta * (lags + 1)) / theta**2
    return np.array([own, *later])


def arima(series, lasting, variance):
    """The same model as an ARIMA(1, 1, 1): φ = e^−θ, the rest from the first two autocovariances."""
    phi, (zero, one) = math.exp(-FADING), variance * autocovariances(lasting, 2)
    at_zero, at_one = zero * (1 + phi**2) - 2 * phi * one, one - phi * zero
    ratio = at_zero / at_one  # (1 + ψ²) / ψ
    moving = (ratio + math.sqrt(ratio**2 - 4)) / 2 if ratio < 0 else (ratio - math.sqrt(ratio**2 - 4)) / 2
    model = sm.tsa.SARIMAX(series, order=(1, 1, 1), use_exact_diffuse=True)
    return model.filter([phi, moving, at_one / moving])


GAPS = [1.0, 2.5, 3.0, np.nan, 5.5, np.nan, np.nan, 6.0, 8.5]


@pytest.mark.parametrize("values", [[3.0, 4.0, 6.5], [1.0, 2.5, 3.0, 2.0, 5.5, 6.0, 8.5, 9.0], GAPS])
@pytest.mark.parametrize("lasting", [0.25, 0.5, 2.0])
def test_yearly_growth_is_an_arma_process(values, lasting):
    """statsmodels, told the parameters, gives the same forecasts and variances; gaps are as missing there."""
    expected = arima(values, lasting, 0.8).get_forecast(6)
    past = yearly(values).dropna()
    outlook = project_times(past, 2023.0 + np.arange(1, 7), *NONE, known(0.8, lasting=lasting))
    assert outlook.center == pytest.approx(expected.predicted_mean, rel=1e-6)
    assert outlook.spread**2 == pytest.approx(expected.var_pred_mean, rel=1e-6)


def test_growth_that_is_usual_is_taken_out_and_put_in_again():
    """A slope of 2 a year more, of which the model knows, moves the forecast by as much."""
    values, ahead = np.array([1.0, 2.5, 3.0, 2.0, 5.5]), 2023.0 + np.arange(1, 4)
    plain = project_times(yearly(values), ahead, *NONE, known(0.8))
    steep = project_times(yearly(values + 2 * np.arange(5)), ahead, *NONE, known(0.8, growth=2.0))
    assert steep.center == pytest.approx(plain.center + 2 * np.arange(5, 8))
    assert steep.spread == pytest.approx(plain.spread)


def test_without_lasting_growth_by_hand():
    """Gains of 1 and 4 in one and two years, 0.5 a year expected: 0.25/1 + 9/2 of two degrees of freedom.

    A variance of 2 that is worth three: (3 · 2 + 4.75) / 5 = 2.15, once a year; a growth known to 0.1 adds
    0.1 h².
    """
    past = by_time(pd.Series([0.0, 1.0, 5.0], index=[2020, 2021, 2023]))
    shared = Typical(growth=0.5, growth_variance=0.1, lasting=0.0, spread=Usual(2.0, 3.0))
    outlook = project_times(past, np.array([2024.0, 2027.0]), *NONE, shared)
    assert outlook.center == pytest.approx([5.5, 7.0]) and outlook.df == 5
    assert outlook.spread**2 == pytest.approx([2.15 + 0.1, 4 * 2.15 + 16 * 0.1])


def test_three_points_by_hand():
    """The next of three equally correlated gains, from the two before: Cramer's rule."""
    zero, one, two = autocovariances(1.4, 3)
    first, second = 2.0, 3.0
    det = zero**2 - one**2
    weights = np.array([two * zero - one * one, one * zero - two * one]) / det
    own = (zero * first**2 - 2 * one * first * second + zero * second**2) / det / 2
    variance = (4 * 0.5 + 2 * own) / 6
    left = zero - weights @ [two, one]
    past = yearly([10.0, 12.0, 15.0])
    outlook = project_times(past, np.array([2024.0]), *NONE, Typical(lasting=1.4, spread=Usual(0.5, 4.0)))
    assert outlook.center == pytest.approx(15 + weights @ [first, second])
    assert outlook.spread**2 == pytest.approx(variance * left) and outlook.df == 6


def test_on_the_log_scale_by_hand():
    """Doubled twice: ln 2 a year, a random walk of the logarithm, Student's t with the two own degrees."""
    past = yearly([10.0, 20.0, 40.0])
    outlook = project_times(past, np.array([2025.0]), 0, None, Typical(lasting=0.0, spread=Usual(1.0, 0.0)))
    away = math.log(2) * math.sqrt(2)
    assert outlook.quantile(0.9) == pytest.approx(40 * math.exp(away * stats.t.ppf(0.9, 2)))
    assert outlook.above(60.0) == pytest.approx(stats.t.sf(math.log(1.5) / away, 2))
    assert np.concatenate(outlook.limits(80)) == pytest.approx(
        np.concatenate([outlook.quantile(0.1), outlook.quantile(0.9)])
    )


def test_below_an_upper_bound_the_scale_runs_backwards():
    past = yearly([10.0, 20.0, 40.0])
    shared = Typical(lasting=0.5, spread=Usual(0.1, 2.0))
    up = project_times(past, np.array([2025.0]), 0, None, shared)
    down = project_times(100 - past, np.array([2025.0]), None, 100, shared)
    for probability in (0.1, 0.5, 0.8):
        assert down.quantile(probability) == pytest.approx(100 - up.quantile(1 - probability))
    assert down.above(70.0) == pytest.approx(1 - up.above(30.0))


def test_what_never_moved_may_have_by_less_than_is_printed():
    """A change of two figures of whole numbers is off by 1/6; without lasting growth h/6 after h years."""
    outlook = project_times(
        yearly([5.0] * 4), np.array([2025.0]), *NONE, Typical(lasting=0.0, spread=Usual(1, 0))
    )
    assert outlook.center == pytest.approx([5.0]) and outlook.spread**2 == pytest.approx([2 / 6])


def test_nothing_is_asked_of_no_moment():
    assert project_times(yearly([1.0, 2.0, 4.0]), np.array([]), *NONE, Typical()).quantile(0.5).size == 0


def test_what_cannot_be_projected():
    with pytest.raises(ValueError, match="at least 3 points, not 2"):
        project_times(yearly([1.0, 2.0]), np.array([2024.0]), *NONE, Typical())
    for moment in (2022.5, 2023.0):
        with pytest.raises(ValueError, match="after the last observation"):
            project_times(yearly([1.0, 2.0, 4.0]), np.array([2025.0, moment]), *NONE, Typical())


def test_moments_are_those_that_periods_end_at():
    mixed = pd.Series([3.0, 1.0, None, 2.0], index=["2021-06", 2020, 2019, "2020Q4"])
    with pytest.raises(ValueError, match="two values for one period"):
        by_time(mixed)
    found = by_time(mixed.iloc[:3])
    assert found.index.tolist() == [2020.0, 2020.5] and found.tolist() == [1.0, 3.0]


POINTS = st.lists(st.integers(-50, 50).map(float), min_size=4, max_size=9)


@given(POINTS, st.integers(1, 7), st.sampled_from([0.25, 0.5, 2.0]))
def test_a_point_more_never_makes_less_certain(values, place, lasting):
    past, ahead = yearly(values), np.array([2024.0, 2028.0])
    fewer = past.drop(past.index[place % (len(past) - 1)])
    more = project_times(past, ahead, *NONE, known(1.0, lasting=lasting))
    less = project_times(fewer, ahead, *NONE, known(1.0, lasting=lasting))
    assert (more.spread <= less.spread * (1 + 1e-9)).all()


# what series have in common


def test_nothing_to_compare_gives_the_usual_values():
    assert learn([], 0, 100) == learn([], 0) == learn([], None, 100) == Typical(0, 0, 0.5, (0.04**2, 1.0))
    assert learn([]) == learn([], math.nan, math.nan) == Typical(0, 0, 0.5, (1.0, 0.0))


def test_three_tenths_of_common_growth_are_expected_to_go_on():
    """Lines of 1 and 3 a year grow by 2, every year by as much."""
    found = learn([yearly([1.0, 2.0, 3.0, 4.0]), yearly([0.0, 3.0, 6.0, 9.0])])
    assert found.growth == pytest.approx(0.6) and found.growth_variance == pytest.approx(0.0)


def test_common_growth_of_different_years_by_hand():
    """1 until 2021, 3 and (10 in two years) 5 until 2022, 7 until 2023: 1, 4 and 7 vary by 9, a third is left.

    One series grows by 2 a year, the other by 17 in three years: 0.3 of the mean.
    """
    first = by_time(pd.Series([0.0, 1.0, 4.0], index=[2020, 2021, 2022]))
    second = by_time(pd.Series([0.0, 10.0, 17.0], index=[2020, 2022, 2023]))
    found = learn([first, second])
    assert found.growth == pytest.approx(0.3 * (2 + 17 / 3) / 2)
    assert found.growth_variance == pytest.approx(9 / 3)


def test_common_growth_is_that_of_the_free_scale():
    found = learn([yearly([10.0, 20.0, 40.0]), yearly([5.0, 10.0, 20.0])], 0)
    assert found.growth == pytest.approx(0.3 * math.log(2))


def test_short_series_and_those_outside_the_bounds_say_nothing():
    some = [yearly([91.0, 92.5, 93.0]), yearly([95.0, 94.0, 96.5])]
    short, outside = yearly([50.0, 60.0]), yearly([99.0, 100.0, 100.5])
    assert learn([*some, short, outside], 0, 100) == learn(some, 0, 100)
    assert learn([short, outside], 0, 100) == learn([], 0, 100)


def test_series_on_their_bound_move_by_what_is_printed():
    """Nothing else varies; what is learned of them is finite, and less growth than of the others."""
    some = [yearly([91.0, 92.5, 93.0]), yearly([95.0, 94.0, 96.5])]
    full = [yearly([99.999, 100.0, 100.0]), yearly([100.0] * 3)]
    for bounds, series in (((0, 100), full), ((0, None), [yearly([0.0] * 3)])):
        assert np.isfinite(learn(series, *bounds).spread.variance) and learn(series, *bounds).growth < 1
    assert 0 < learn([*some, *full], 0, 100).growth < learn(some, 0, 100).growth


def likely(panel, growth, lasting):
    """Log-likelihood by scipy's multivariate t, beside what is assumed of how much lasts; and the spread."""
    lags = np.abs(np.subtract.outer(range(9), range(9)))
    tables = []
    for series in panel:
        count = len(series) - 1
        kernel = autocovariances(lasting, 9)[lags][:count, :count]
        gains = np.diff(series) - growth
        tables.append((gains, kernel, gains @ np.linalg.inv(kernel) @ gains))
    dfs = [len(gains) for gains, _, _ in tables]
    spread = usual([square / df for (_, _, square), df in zip(tables, dfs, strict=True)], dfs)
    fits = [
        stats.multivariate_t.logpdf(gains, shape=spread.variance * kernel, df=spread.df)
        for gains, kernel, _ in tables
    ]
    return sum(fits) + stats.norm.logpdf(math.log(lasting), math.log(0.5), math.sqrt(0.5)), spread


@pytest.mark.slow
def test_the_most_likely_share_of_growth_that_lasts():
    """120 small panels of simulated series of five to nine years: as scipy has it."""
    rng, found = np.random.default_rng(11), []
    for _ in range(120):
        true = rng.choice(LASTINGS)
        lags = np.abs(np.subtract.outer(range(9), range(9)))
        root = np.linalg.cholesky(autocovariances(true, 9)[lags])
        panel = []
        for count in rng.integers(4, 9, size=rng.integers(1, 8)):
            gains = 0.5 + rng.gamma(3) * (root @ rng.normal(size=9))[:count]
            panel.append(np.cumsum([0, *gains]).round(6))
        shared = learn(map(yearly, panel))
        choices = {lasting: likely(panel, shared.growth, lasting) for lasting in LASTINGS}
        best = max(choices, key=lambda lasting: choices[lasting][0])
        assert shared.lasting == best
        assert shared.spread == pytest.approx(choices[best][1], rel=1e-6)
        found.append(best)
    assert len(set(found)) >= 5


def simulated(lasting, count, rng, years=10, spread=0.3):
    """Series of the model with an own variance each: scaled inverse chi-square with six degrees."""
    lags = np.abs(np.subtract.outer(range(years), range(years)))
    root = np.linalg.cholesky(autocovariances(lasting, years)[lags])
    scales = spread * np.sqrt(6 / rng.chisquare(6, count))
    gains = (rng.normal(size=(count, years)) @ root.T) * scales[:, None]
    return [yearly(np.cumsum([0, *row]).round(6)) for row in gains]


@pytest.mark.parametrize("lasting", LASTINGS)
def test_what_series_were_made_with_is_found_again(lasting):
    found = learn(simulated(lasting, 1000, np.random.default_rng(8)))
    assert found.lasting == lasting
    assert found.spread.variance == pytest.approx(0.3**2, rel=0.06)
    assert found.spread.df == pytest.approx(6, rel=0.15)


def test_steady_growth_lasts_and_a_random_walk_has_none():
    rng = np.random.default_rng(3)
    walks = [yearly(rng.normal(0, 1, 9).cumsum().round(6)) for _ in range(40)]
    steady = [
        yearly((rng.normal(0, 2) * np.arange(9) + rng.normal(0, 0.3, 9).cumsum()).round(6)) for _ in range(40)
    ]
    assert learn(walks).lasting == 0.25 and learn(steady).lasting >= 1.4


def test_figures_that_never_moved_have_the_spread_of_their_rounding():
    """Whole numbers: 1/6 for each series; three equal ones with two degrees of freedom."""
    assert learn([yearly([5.0, 5.0, 5.0])] * 3).spread == pytest.approx(usual([1 / 6] * 3, [2] * 3))


@settings(max_examples=up_to(30))
@given(st.lists(POINTS, min_size=2, max_size=5), st.randoms(use_true_random=False))
def test_the_order_of_series_and_their_unit_do_not_matter(panel, random):
    whole = [yearly(values, 2020 + len(values)) * 10 + 3 for values in panel]  # so that a tenth has a decimal
    series = [values / 10 for values in whole]
    before = learn(series)
    shuffled = learn(random.sample(series, len(series)))
    tenths = learn([values / 100 for values in whole])
    for found, unit in ((shuffled, 1), (tenths, 0.1)):
        assert found.growth == pytest.approx(before.growth * unit, abs=1e-9)
        assert found.growth_variance == pytest.approx(before.growth_variance * unit**2, abs=1e-9)
        assert found.lasting == before.lasting
        assert found.spread.variance == pytest.approx(before.spread.variance * unit**2)
        assert found.spread.df == pytest.approx(before.spread.df)


@pytest.mark.slow
@pytest.mark.parametrize("lasting", [0.25, 1.0])
def test_ranges_of_the_models_own_series_hold_as_often_as_they_promise(lasting):
    rng = np.random.default_rng(21)
    shared = Typical(lasting=lasting, spread=Usual(0.3**2, 6.0))
    held = []
    for series in simulated(lasting, 1000, rng):
        past, came = series.iloc[:5], series.iloc[5:8]
        outlook = project_times(past, came.index.to_numpy(), *NONE, shared)
        held.append([[low <= came, came <= high] for low, high in map(outlook.limits, (80, 95))])
    eighty, most = np.array(held).all(axis=2).mean(axis=(0, 2))
    assert eighty == pytest.approx(0.80, abs=0.02) and most == pytest.approx(0.95, abs=0.015)


def spans(*pairs):
    return tuple(np.array(ends, dtype=float) for ends in zip(*pairs, strict=True))


def test_without_lasting_growth_gains_have_in_common_what_their_spans_do():
    found = growth_covariance(
        spans((2020, 2022), (2021, 2024)), spans((2021, 2022), (2023, 2026), (2019, 2025)), 0.0
    )
    assert found == pytest.approx(np.array([[1, 0, 2], [1, 1, 3]]))


@pytest.mark.parametrize("lasting", [0.5, 2.0])
@pytest.mark.parametrize("shift", [-3, 0, 3])
def test_gains_of_single_years_have_the_covariance_of_their_distance(lasting, shift):
    """Whichever of the spans begins first, and whatever year it is."""
    first = spans(*((year, year + 1) for year in (2022, 2020)))
    second = spans(*((year + shift, year + shift + 1) for year in (2021, 2023, 2020)))
    distances = np.abs(np.subtract.outer(first[0], second[0])).astype(int)
    assert growth_covariance(first, second, lasting) == pytest.approx(autocovariances(lasting, 9)[distances])
