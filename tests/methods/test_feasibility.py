"""Does a promised level fit a promised growth? The rural plan's income path."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_monitor.methods.feasibility import implied_growth


def starts(*rows):
    return pd.DataFrame(rows, columns=["value", "period"])


def test_the_three_readings_of_the_income_path():
    result = implied_growth(starts((12861, "2020"), (11637, "2020"), (12861, "2021")), 26581, "2025", 19.2)
    assert result["growth"].round(1).tolist() == [15.6, 18.0, 19.9]
    assert result["fits"].tolist() == [False, False, True]


def test_a_start_after_the_due_date_is_refused():
    with pytest.raises(ValueError):
        implied_growth(starts((100, "2025")), 110, "2025", 2)


def test_a_start_at_zero_is_refused():
    with pytest.raises(ValueError):
        implied_growth(starts((0, "2020")), 110, "2025", 2)


@given(st.floats(1, 1e6), st.floats(0.5, 40), st.integers(1, 15))
def test_the_pledged_rate_implies_itself(value, rate, years):
    due = str(2020 + years)
    reached = value * (1 + rate / 100) ** years
    row = implied_growth(starts((value, "2020")), reached, due, rate).iloc[0]
    assert row["growth"] == pytest.approx(rate)
    assert row["reaches"] == pytest.approx(reached)
