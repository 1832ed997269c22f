"""Periods on the axis of years: a figure stands at the end of its period."""

import pytest

from reportkit.periods import end, start


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2020", 2019.0, 2020.0),
        ("2020-01", 2019.0, 2019 + 1 / 12),
        ("2020-07", 2019.5, 2019 + 7 / 12),
        ("2020-12", 2019 + 11 / 12, 2020.0),
        ("2020Q1", 2019.0, 2019.25),
        ("2020Q4", 2019.75, 2020.0),
        ("2016/2020", 2015.0, 2020.0),
        ("2020-07/2021Q2", 2019.5, 2020.5),
    ],
)
def test_a_period_begins_and_ends_where_the_calendar_says(period, first, last):
    assert (start(period), end(period)) == (first, last)


@pytest.mark.parametrize(
    "period", ["2020-13", "2020-00", "2020Q5", "2020Q0", "20", "May", "", "2020-1", "2020 "]
)
def test_what_is_no_period_is_refused(period):
    with pytest.raises(ValueError, match="not an ISO period"):
        end(period)
    with pytest.raises(ValueError, match="not an ISO period"):
        start(period)
