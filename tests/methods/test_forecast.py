"""Projection: ranges of few points, bounds, probabilities, and what comparable series change."""

import math
import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from examples import up_to
from plan_monitor.methods.forecast import attainment_probability, project, typical
from plan_monitor.methods.outlook import Typical
from plan_monitor.methods.spread import Usual

FOUR = pd.Series([10.0, 12.0, 13.0, 16.0], index=[2020, 2021, 2022, 2023])
WALK = Typical(lasting=0.0, spread=Usual(1.0, 0.0))  # nothing lasts, and nothing is known but the series


def yearly(values):
    return pd.Series(values, index=range(2024 - len(values), 2024), dtype=float)


def test_a_random_walk_by_hand():
    """Changes 2, 1, 3: σ² = 14/3 with three degrees; in two years 16 ± t · √(2 · 14/3)."""
    row = project(FOUR, [2025], like=WALK).loc[2025]
    for level, share in ((80, 0.9), (95, 0.975)):
        width = stats.t.ppf(share, 3) * math.sqrt(28 / 3)
        assert row[f"upper_{level}"] == pytest.approx(16 + width)
        assert row[f"lower_{level}"] == pytest.approx(16 - width)
    assert row["median"] == pytest.approx(16.0)


def test_income_grows_in_percent():
    """10 % a year on the log scale, of which all is usual: 100, 110, 121 goes on to 133.1."""
    usual = Typical(growth=math.log(1.1), spread=Usual(0.01, 4.0))
    table = project(yearly([100, 110, 121]), [2024, 2025], lower=0, like=usual)
    assert table["median"].tolist() == pytest.approx([133.1, 146.41])


def test_an_upper_bound_alone_mirrors_a_lower_one():
    series = yearly([70, 80, 84, 90])
    above, below = project(series, [2024], upper=100).iloc[0], project(100 - series, [2024], lower=0).iloc[0]
    for one, other in (("median", "median"), ("upper_95", "lower_95"), ("lower_80", "upper_80")):
        assert above[one] == pytest.approx(100 - below[other])


def test_periods_as_text_and_missing_values():
    texts = pd.Series([16.0, 10.0, None, 12.0, 13.0], index=["2023", "2020", "2019", "2021", "2022"])
    expected = project(FOUR, [2024])
    assert project(texts, ["2024"]).iloc[0].tolist() == expected.iloc[0].tolist()
    assert project(FOUR, [2024], float("nan"), float("nan")).equals(expected)
    columns = ["median", "lower_80", "upper_80", "lower_95", "upper_95"]
    assert expected.columns.tolist() == columns and expected.index.name == "period"
    assert project(FOUR, (year for year in (2024, 2026))).index.tolist() == [2024, 2026]


def test_doubled_twice_need_not_double_for_ever():
    """10, 20, 40: five times doubled would be 1280."""
    doubling = yearly([10, 20, 40])
    row = project(doubling, [2028], lower=0).iloc[0]
    assert 40 < row["median"] < 200 and row["upper_80"] < 1280
    assert 0 < row["lower_95"] < row["lower_80"] < row["median"] < row["upper_80"] < row["upper_95"]
    assert 0 < attainment_probability(doubling, 2028, 40.0, lower=0) < 1
    assert 0.5 < attainment_probability(doubling, 2028, 40.0, lower=0) < 0.9


def test_a_rate_just_off_its_bound():
    """100, 100, 99.9: the next year is near, and not between nothing and all."""
    for lower in (None, 0):
        row = project(yearly([100, 100, 99.9]), [2024], lower, 100).iloc[0]
        assert 99 < row["lower_80"] < row["median"] < row["upper_80"] <= 100
        assert 99 < row["lower_95"] < row["upper_95"] <= 100


def test_a_rate_on_its_bound_stays_there_mostly():
    full = yearly([100, 100, 100, 100])
    row = project(full, [2024], 0, 100).iloc[0]
    assert row["median"] == row["upper_80"] == 100.0 and 98 < row["lower_95"] < row["lower_80"] < 100
    assert 0.8 < attainment_probability(full, 2024, 100.0, ">=", 0, 100) < 0.95
    assert project(yearly([1, 1, 1]), [2024], 0, 1)["median"].iloc[0] == 1.0
    assert project(yearly([0, 0, 0]), [2024], 0, 1)["median"].iloc[0] == 0.0


def test_what_never_moved_may_by_less_than_is_printed():
    """Whole numbers are off by √(1/12), a change by √(1/6); a decimal more is a tenth of it."""
    flat, finer = project(yearly([5] * 4), [2024], like=WALK), project(yearly([5.5] * 4), [2024], like=WALK)
    width = stats.t.ppf(0.9, 3) * math.sqrt(1 / 6)
    assert flat["upper_80"].iloc[0] == pytest.approx(5 + width)
    assert finer["upper_80"].iloc[0] == pytest.approx(5.5 + width / 10)
    assert 0 < attainment_probability(yearly([5] * 4), 2024, 6.0) < 0.1


def test_a_straight_line_has_a_range():
    for line in ([0.1, 0.2, 0.3], [0.1, 0.2, 0.3, 0.4]):
        row = project(yearly(line), [2024]).iloc[0]
        assert row["lower_80"] < row["median"] < row["upper_80"]
        assert line[-1] < row["median"] < line[-1] + 0.1
        assert 0.01 < attainment_probability(yearly(line), 2024, line[-1] + 0.1) < 0.5


def test_no_warning_reaches_the_reader():
    step = yearly([5.0] * 8 + [6.0])
    nearly_full = yearly([99.999, *[100.0] * 8])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert np.isfinite(project(step, [2024])).all(axis=None)
        assert project(nearly_full, [2024], 0, 100)["upper_95"].iloc[0] <= 100
        assert project(yearly([97, 98, 99.5]), [2024], 0, 100, [nearly_full]).notna().all(axis=None)


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
    with pytest.raises(ValueError, match=message):
        attainment_probability(series, period, 12.0, ">=", *bounds)


def test_attainment_by_hand():
    """P(value in 2025 ≥ 18): 2 above 16, spread √(28/3), Student's t with three degrees."""
    expected = stats.t.sf(2 / math.sqrt(28 / 3), 3)
    assert attainment_probability(FOUR, 2025, 18.0, like=WALK) == pytest.approx(expected)
    assert attainment_probability(FOUR, 2025, 18.0, "<=", like=WALK) == pytest.approx(1 - expected)
    assert attainment_probability(FOUR, 2025, 18.0, "<", like=WALK) == pytest.approx(1 - expected)
    assert attainment_probability(FOUR, "2025", 14.0, ">", like=WALK) == pytest.approx(1 - expected)


@pytest.mark.parametrize("bounds", [(None, None), (0, None), (None, 20), (0, 20)])
def test_attainment_agrees_with_the_ranges(bounds):
    """One chance in ten to end above the upper limit of the 80 % range, one in forty above that of 95."""
    row = project(FOUR, [2024], *bounds).iloc[0]
    for limit, chance in (("upper_80", 0.1), ("median", 0.5), ("lower_80", 0.9), ("upper_95", 0.025)):
        found = attainment_probability(FOUR, 2024, row[limit], ">=", *bounds)
        assert found == pytest.approx(chance, abs=1e-9)


def test_targets_on_and_beyond_the_bounds():
    rate = yearly([95, 97, 98, 99])
    assert 0 < attainment_probability(rate, 2025, 100.0, ">=", 0, 100) < 1
    assert 0 < attainment_probability(rate, 2025, 0.0, "<=", 0, 100) < 0.01
    assert attainment_probability(rate, 2025, 100.0, "<=", 0, 100) == 1.0
    assert attainment_probability(rate, 2025, 0.0, ">=", 0, 100) == 1.0
    for target, met, missed in ((101.0, "<=", ">="), (-1.0, ">=", "<=")):
        assert attainment_probability(rate, 2025, target, met, 0, 100) == 1.0
        assert attainment_probability(rate, 2025, target, missed, 0, 100) == 0.0
    assert attainment_probability(rate, 2025, 101.0, ">=", math.nan, math.nan) > 0.0
    for comparator in ("=", "about"):
        with pytest.raises(ValueError, match="probability needs"):
            attainment_probability(rate, 2025, 99.0, comparator)


OTHERS = {
    "east": yearly([50, 51, 53, 54, 56, 57]),
    "west": yearly([40, 42, 43, 45, 46, 48]),
    "north": yearly([61, 61, 63, 64, 64, 66]),
}


def test_comparable_series_may_come_in_any_form():
    shared = typical(OTHERS, 0, 100)
    expected = project(FOUR, [2024, 2025], 0, 100, shared)
    for like in (OTHERS, list(OTHERS.values()), (series for series in OTHERS.values())):
        assert project(FOUR, [2024, 2025], 0, 100, like).equals(expected)
    chances = [attainment_probability(FOUR, 2025, 18.0, ">=", 0, 100, like) for like in (shared, OTHERS)]
    assert chances[0] == chances[1] and typical(OTHERS.values(), 0, 100) == shared


def test_none_to_compare_is_as_nothing_said():
    assert project(FOUR, [2024], 0, 100, {}).equals(project(FOUR, [2024], 0, 100))
    assert project(FOUR, [2024], 0, 100, []).equals(project(FOUR, [2024], 0, 100, typical([], 0, 100)))


def test_comparable_series_are_on_the_scale_of_the_bounds():
    """Growth of 1 % a year is of the logarithm; three tenths of it are expected of another series."""
    growing = [yearly([100, 101, 102.01, 103.0301]), yearly([200, 202, 204.02, 206.0602])]
    assert typical(growing, 0).growth == pytest.approx(0.3 * math.log(1.01))
    assert typical(growing).growth == pytest.approx(0.3 * (3.0301 + 6.0602) / 6)


def width(series, like=None):
    row = project(series, [2026], 0, 100, like).iloc[0]
    return row["upper_80"] - row["lower_80"]


def test_comparable_series_narrow_a_wild_range_and_widen_a_steady_one():
    wild, steady = yearly([40, 60, 45]), yearly([50, 51, 52])
    assert width(wild, OTHERS) < 0.8 * width(wild)
    jumping = [yearly([50, 65, 40, 60]), yearly([30, 20, 45, 25]), yearly([60, 70, 45, 55])]
    assert width(steady, jumping) > 2 * width(steady)


VALUES = st.lists(st.integers(0, 1000).map(lambda n: n / 10), min_size=3, max_size=9)
BOUNDS = st.sampled_from([(None, None), (0, None), (None, 100), (0, 100)])
LIKE = st.sampled_from([None, OTHERS])


@settings(max_examples=up_to(80))
@given(VALUES, BOUNDS, LIKE)
def test_ranges_are_ordered_and_inside_the_bounds(values, bounds, like):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        table = project(yearly(values), range(2024, 2030), *bounds, like)
    ordered = table[["lower_95", "lower_80", "median", "upper_80", "upper_95"]].to_numpy()
    lower, upper = (-math.inf if bounds[0] is None else 0), (math.inf if bounds[1] is None else 100)
    assert (ordered[:, :-1] <= ordered[:, 1:]).all()
    assert ((ordered >= lower) & (ordered <= upper)).all()
    on_a_bound = np.isin(ordered[:, 0], [lower, upper])  # all that rounds to a bound comes back as it
    assert (on_a_bound | (ordered[:, 0] < ordered[:, -1])).all()


def test_figures_that_never_left_their_bound_hardly_leave_it_within_a_year():
    table = project(yearly([0, 0, 0]), [2024, 2025], 0, 100, OTHERS)
    assert table["upper_95"].iloc[0] == 0 < table["upper_95"].iloc[1]


@given(VALUES, LIKE)
def test_ranges_widen_with_the_horizon(values, like):
    table = project(yearly(values), range(2024, 2030), like=like)
    for level in ("80", "95"):
        assert ((table[f"upper_{level}"] - table[f"lower_{level}"]).diff().dropna() > 0).all()


@given(VALUES, BOUNDS, st.integers(-5, 105), LIKE)
def test_probabilities_are_complementary(values, bounds, target, like):
    above = attainment_probability(yearly(values), 2026, target, ">=", *bounds, like)
    below = attainment_probability(yearly(values), 2026, target, "<", *bounds, like)
    assert 0 <= above <= 1 and 0 <= below <= 1
    if target in bounds:
        assert above + below >= 1 - 1e-9
    else:
        assert above + below == pytest.approx(1.0)


@given(VALUES, BOUNDS, st.integers(1, 98), LIKE)
def test_more_is_less_probable(values, bounds, target, like):
    series = yearly(values)
    less, more = (attainment_probability(series, 2026, t, ">=", *bounds, like) for t in (target, target + 1))
    assert more <= less


@settings(max_examples=up_to(30))
@given(
    st.lists(st.integers(0, 1000).filter(lambda n: n % 10), min_size=3, max_size=9),
    st.sampled_from([10, 0.1]),
)
def test_units_do_not_matter(values, factor):
    series, divisor = yearly(values), round(10 / factor)  # the last decimal moves along
    others = [yearly([501, 517, 533, 541]), yearly([401, 427, 433, 459])]
    like = [[other / by for other in others] for by in (10, divisor)]
    for before_like, after_like in ((None, None), like):
        before = project(series / 10, [2024, 2026], like=before_like)
        after = project(series / divisor, [2024, 2026], like=after_like)
        assert after.to_numpy() == pytest.approx(before.to_numpy() * factor, rel=1e-6, abs=1e-6 * factor)


@settings(max_examples=up_to(30))
@given(VALUES, BOUNDS, LIKE)
def test_the_same_input_gives_the_same_digits(values, bounds, like):
    series = yearly(values)
    before, after = (project(s, [2024, 2027], *bounds, like) for s in (series, series[::-1]))
    assert before.equals(after)


@given(VALUES)
def test_values_that_move_are_less_certain_than_values_that_do_not(values):
    assume(len(set(values)) > 1)
    flat = yearly([values[0]] * len(values))
    moved, still = (project(series, [2024], like=WALK).iloc[0] for series in (yearly(values), flat))
    assert moved["upper_95"] - moved["lower_95"] >= (still["upper_95"] - still["lower_95"]) * 0.09
