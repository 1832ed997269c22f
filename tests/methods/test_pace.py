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
