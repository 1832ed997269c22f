"""The arithmetic of progress on its own."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_monitor.methods import pace

AMOUNTS = st.integers(1, 10_000).map(lambda n: n / 10)


@given(AMOUNTS, AMOUNTS, st.integers(1, 20))
def test_growth_leads_from_the_first_value_to_the_last(first, last, years):
    growth = pace.average_annual_growth(first, last, years)
    assert first * (1 + growth / 100) ** years == pytest.approx(last)


@given(AMOUNTS, AMOUNTS, st.integers(1, 20))
def test_required_change_closes_the_gap(latest, target, years):
    assert latest + years * pace.required_per_year(latest, target, years) == pytest.approx(target)


@given(AMOUNTS, AMOUNTS, AMOUNTS)
def test_completion_is_the_same_for_a_rate_and_its_complement(baseline, latest, target):
    ours = pace.completion(baseline, latest, target)
    assert ours == pytest.approx(pace.completion(1000 - baseline, 1000 - latest, 1000 - target), nan_ok=True)


@pytest.mark.parametrize(
    ("value", "target", "comparator", "direction", "met"),
    [
        (98.0, 98.0, ">=", "up", True),
        (98.0 - 1e-12, 98.0, ">=", "up", True),
        (98.0 + 1e-12, 98.0, ">", "up", False),
        (97.99, 98.0, "=", "up", False),
        (97.99, 98.0, "about", "down", True),
        (97.99, 98.0, ">=", "down", False),  # what is printed counts, not the indicator's direction
        (97.6, 98.0, "=", "neutral", True),
        (97.6, 98.04, "about", "neutral", False),
        (math.nan, 98.0, "=", "neutral", False),
        (math.nan, 98.0, "<=", "up", False),
    ],
)
def test_meets(value, target, comparator, direction, met):
    assert pace.meets(value, target, comparator, direction) is met


def test_arrival_counts_the_first_year_that_meets_the_target():
    assert pace.arrival_year(91.0, 2020.0, 95.0, 0.8) == 2025
    assert pace.arrival_year(91.0, 2020.0, 95.0, 0.79) == 2026
    assert math.isnan(pace.arrival_year(91.0, 2020.0, 95.0, 0.0))
    assert math.isnan(pace.arrival_year(91.0, 2020.0, 95.0, 1e-320))


@pytest.mark.parametrize(
    ("ratio", "status"),
    [
        (0.95, "on_track"),
        (0.9499, "slow"),
        (0.60, "slow"),
        (0.5999, "lagging"),
        (0.0, "lagging"),
        (-0.0001, "moving_away"),
    ],
)
def test_a_ratio_has_the_status_of_the_threshold_that_it_reaches(ratio, status):
    assert pace.ratio_class(ratio) == pace.ratio_class(ratio - 1e-12) == status


def test_growth_and_pace_need_time_and_positive_values():
    assert pace.required_per_year(91.0, 95.0, 5) == pytest.approx(0.8)
    assert pace.average_annual_growth(100.0, 121.0, 2) == pytest.approx(10)
    for years in (0, -1, math.nan):
        with pytest.raises(ValueError, match="no time left"):
            pace.required_per_year(1, 2, years)
        with pytest.raises(ValueError, match="growth needs time to pass"):
            pace.average_annual_growth(1, 2, years)
    for first, last in ((0, 2), (1, 0), (-1, 2), (1, -2)):
        with pytest.raises(ValueError, match="growth needs positive values"):
            pace.average_annual_growth(first, last, 1)


def test_the_ratio_of_growth_by_hand_and_where_there_is_none():
    """10 to 12.1 in two years are 10 % a year, 10 to 14.4 twenty."""
    assert pace.eurostat_ratio(10, 12.1, 14.4, 2, 2) == pytest.approx(0.5)
    assert pace.eurostat_ratio(10, 14.4, 14.4, 2, 4) == pytest.approx(20 / (100 * (1.2**0.5 - 1)))
    given = [10, 12.1, 14.4, 2, 2]
    for place in range(5):
        assert math.isnan(pace.eurostat_ratio(*given[:place], 0, *given[place + 1 :]))
    assert math.isnan(pace.eurostat_ratio(10, 12, 10, 2, 2))


def test_a_target_at_the_base_is_not_completed_and_never_arrived_at():
    assert math.isnan(pace.completion(5.0, 6.0, 5.0))
    assert pace.completion(9.0, 7.0, 5.0) == pytest.approx(0.5)
    assert math.isnan(pace.arrival_year(5.0, 2020.0, 5.0, 1.0))
    assert pace.arrival_year(9.0, 2020.0, 5.0, -2.0) == 2022
    assert math.isnan(pace.arrival_year(9.0, 2020.0, 5.0, 2.0))


@pytest.mark.parametrize(
    ("value", "target", "comparator", "met"),
    [
        (12.5, 12.0, "=", True),  # half a unit of its last decimal off
        (11.5, 12.0, "=", True),
        (12.51, 12.0, "=", False),
        (12.56, 12.5, "about", False),
        (12.55, 12.5, "about", True),
        (1249.5, 1250.0, "=", True),
        (1249.4, 1250.0, "=", False),
    ],
)
def test_an_exact_value_is_met_as_far_as_it_is_printed(value, target, comparator, met):
    assert pace.meets(value, target, comparator, "neutral") is met


def test_a_ratio_of_growth_is_one_of_figures_below_one_as_well():
    """A tenth more in half a year of two, from 0.5: growth of 21 % a year, where 0.5 to 0.72 is 20 %."""
    assert pace.eurostat_ratio(0.5, 0.55, 0.72, 0.5, 2) == pytest.approx(21 / 20)
    assert pace.average_annual_growth(0.5, 0.55, 0.5) == pytest.approx(21)
    assert pace.required_per_year(0.5, 0.55, 0.5) == pytest.approx(0.1)
