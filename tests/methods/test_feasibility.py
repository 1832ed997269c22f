"""Does a promised level fit a promised growth? The rural plan's income path."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_monitor.methods.feasibility import implied_growth, past_growth


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


def test_what_rural_incomes_have_done_beside_what_is_needed(shipped):
    from plan_monitor.methods import series

    names = ["rural-disposable-income", "registered-poor-income", "poor-area-rural-income"]
    rows = series.annual_rows(shipped.observations, names, ["532300", "530000", "100000"], "2025")
    found = past_growth(rows, 15.6).set_index(["indicator", "region"])
    poor = found.loc[("registered-poor-income", "532300")]
    assert (poor["first"], poor["last"], poor["reaches"]) == ("2014", "2020", True)
    assert poor["growth"] == pytest.approx(100 * ((11637 / 2467) ** (1 / 6) - 1))
    nation = found.loc[("rural-disposable-income", "100000")]
    assert nation["growth"] == pytest.approx(100 * ((23119 / 17131) ** (1 / 4) - 1))
    assert (nation["fastest_period"], nation["reaches"]) == ("2020/2021", False)
    assert (poor["newest_period"], round(poor["newest"], 1)) == ("2019/2020", 11.8)  # 10 407 to 11 637
    assert found.loc[("poor-area-rural-income", "530000"), "growth"] == pytest.approx(11.98, abs=0.01)
    assert found["growth"].is_monotonic_decreasing


def test_a_single_year_has_no_growth():
    rows = pd.DataFrame(
        [("o", "x", "A", "2020", 5.0)], columns=["id", "indicator", "region", "period", "value"]
    )
    assert past_growth(rows, 1.0).empty
