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


def test_growth_is_held_against_the_pledge_as_it_is_printed():
    """19.16 % a year is 19.2, 19.14 % is not; 100 yuan that grow by 19.2 % are 119.2."""
    found = [implied_growth(starts((100, "2020")), due, "2021", 19.2) for due in (119.16, 119.14)]
    assert [one["fits"].item() for one in found] == [True, False]
    assert found[0][["years", "reaches"]].iloc[0].tolist() == pytest.approx([1, 119.2])


def test_the_fastest_and_the_newest_growth_and_whether_the_average_reaches_what_is_needed():
    rows = [("o1", "x", "A", "2020", 100.0), ("o2", "x", "A", "2021", 130.0), ("o3", "x", "A", "2023", 157.3)]
    table = pd.DataFrame(rows, columns=["id", "indicator", "region", "period", "value"])
    found = past_growth(table, 16.3).iloc[0]
    assert (found["fastest_period"], found["newest_period"]) == ("2020/2021", "2021/2023")
    assert found[["fastest", "newest", "growth"]].tolist() == pytest.approx([30, 10, 16.30], abs=0.005)
    assert found["ids"] == ["o1", "o3"] and (found["from"], found["to"]) == (100, 157.3)
    assert [bool(past_growth(table, needed)["reaches"].item()) for needed in (16.3, 16.34, 16.36)] == [
        *(True, True, False),
    ]


def test_two_years_have_a_growth_and_the_fastest_comes_first():
    rows = [("o1", "x", "A", "2020", 100.0), ("o2", "x", "A", "2021", 104.0), ("o3", "x", "B", "2020", 100.0)]
    rows += [("o4", "x", "B", "2022", 121.0)]
    found = past_growth(pd.DataFrame(rows, columns=["id", "indicator", "region", "period", "value"]), 4.0)
    assert found["region"].tolist() == ["B", "A"] and found.index.tolist() == [0, 1]
    assert found["growth"].tolist() == found["newest"].tolist() == pytest.approx([10.0, 4.0])
    assert found["reaches"].tolist() == [True, True]


def test_tables_that_lack_a_column_are_named():
    with pytest.raises(ValueError, match=r"starts: .*missing: period"):
        implied_growth(starts((100, "2020"))[["value"]], 110, "2025", 2)
    with pytest.raises(ValueError, match=r"figures: .*missing: id, region"):
        past_growth(pd.DataFrame(columns=["indicator", "period", "value"]), 1.0)
