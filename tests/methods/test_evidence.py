"""Which figures bear on a target, and why there is no verdict where none does."""

import math

import pandas as pd
import pytest
from judged_target import BASE, figures, judge, target

from plan_monitor.methods.evidence import average_rate


def test_figures_after_as_of_are_ignored():
    row = judge(target(), figures(("2020", 91.0), ("2022", 92.0), ("2023", 99.0)), "2022")
    assert row["latest_period"] == "2022" and row["status"] == "slow"


def test_span_replaces_the_years_it_covers():
    promise = target(80.0, "2021/2025", kind="cumulative")
    row = judge(promise, figures(("2021", 12.0), ("2021/2022", 30.0), ("2022", 15.0), ("2023", 13.0)))
    assert row["latest"] == 43.0 and row["latest_id"] == "o-1, o-3"


def test_a_missing_year_is_not_zero():
    promise = target(80.0, "2021/2025", kind="cumulative")
    row = judge(promise, figures(("2021", 20.0), ("2023", 20.0)))
    assert row["latest"] == 20.0 and row["elapsed"] == pytest.approx(0.2) and row["status"] == "on_track"
    assert judge(promise, figures(("2022", 20.0), ("2023", 20.0)))["reason"] == "incomplete_sum"


@pytest.mark.parametrize(
    ("promise", "observed", "reason"),
    [
        (target(float("nan"), kind="text"), figures(BASE), "text_only"),
        (target(None), figures(BASE), "text_only"),
        (target(95.0, kind="text"), figures(BASE), "text_only"),
        (target(period=None), figures(BASE, ("2022", 92.0)), "no_deadline"),
        (target(base_period="2023"), figures(BASE), "no_elapsed_time"),
        (target(base_period="2020"), figures(BASE), "no_observation"),
        (target(), figures(), "no_observation"),
        (target(base_period="2020"), figures(BASE, ("2022", 93.0, "C")), "doubtful_only"),
        (target(base_period="2019"), figures(("2022", 93.0)), "no_baseline"),
        (target(kind="growth", base_period="2025"), figures(("2021", 93.0)), "no_elapsed_time"),
        (target(kind="cumulative", base_period="2020"), figures(("2021", 93.0, "C")), "doubtful_only"),
        (target(kind="floor", base_period="2020"), figures(("2020", 97.0)), "no_observation"),
        (target(base_period="2020"), figures(BASE, ("2022-06", 93.0)), "other_period"),
        (target(base_period="2020", nature="flow"), figures(BASE, ("2022-06", 93.0)), "other_period"),
        (target(base_period="2020", nature="stock"), figures(BASE, ("2021/2022", 93.0)), "other_period"),
        (target(base_period="2020", nature="stock"), figures(BASE, ("2022-06", 93.0, "C")), "doubtful_only"),
        (target(period="2021", base_period="2020"), figures(BASE, ("2022", 93.0)), "after_due"),
        (target(kind="cumulative", base_period="2020"), figures(("2021-06", 93.0)), "other_period"),
        (target(kind="growth", period="2021", base_period="2020"), figures(("2022", 9.0)), "after_due"),
        # the end of the date is in time, and what is of no whole year is no figure of a sum
        (target(base_period="2020"), figures(BASE, ("2023", 93.0, "C")), "doubtful_only"),
        (target(base_period="2020"), figures(BASE, ("2022/2023", 93.0)), "other_period"),
        (target(kind="cumulative", base_period="2020"), figures(("2021-06", 93.0, "C")), "no_observation"),
        (target(kind="cumulative", base_period="2020"), figures(("2019", 93.0, "C")), "no_observation"),
        # what may be used comes before what may not
        (target(base_period="2020"), figures(BASE, ("2022-06", 93.0), ("2022", 9.0, "C")), "other_period"),
    ],
)
def test_reasons(promise, observed, reason):
    row = judge(promise, observed)
    assert row["reason"] == reason and pd.isna(row["status"]) and not row["disagrees"]


def test_figures_of_another_definition_are_named_and_never_used():
    other = figures(("2022", 99.0)).assign(indicator="other-rate")
    observed = pd.concat([figures(BASE), other])
    row = judge(target(base_period="2020", alike="some-rate other-rate"), observed)
    assert row["reason"] == "other_definition" and pd.isna(row["latest"])
    assert judge(target(base_period="2020"), observed)["reason"] == "no_observation"
    before_the_base = pd.concat([figures(BASE), other.assign(period="2019")])
    row = judge(target(base_period="2020", alike="other-rate"), before_the_base)
    assert row["reason"] == "no_observation"


@pytest.mark.parametrize("period", ["2022-06", "2022Q2", "2022-01/2022-06", "2021/2022"])
def test_part_years_and_spans_never_stand_for_a_year(period):
    assert judge(target(base_period="2020"), figures(BASE, (period, 94.0)))["reason"] == "other_period"


def test_a_stock_is_read_at_any_month():
    """49.02 of 2020 became 139.28 by mid-2022, 150 promised for 2025: 89 % of the way in 30 % of the time."""
    row = judge(
        target(150.0, base_period="2020", nature="stock"), figures(("2020", 49.02), ("2022-06", 139.28))
    )
    assert (row["status"], row["latest"], row["latest_period"]) == ("on_track", 139.28, "2022-06")
    assert row["elapsed"] == pytest.approx(0.3) and row["rho"] == pytest.approx(2.979, abs=0.001)
    later = figures(BASE, ("2022", 93.0), ("2022-06", 92.0))
    assert judge(target(base_period="2020", nature="stock"), later)["latest"] == 93.0


def test_december_stands_for_its_year_but_the_year_comes_first():
    assert judge(target(), figures(BASE, ("2022-12", 92.0)))["latest"] == 92.0
    assert judge(target(), figures(BASE, ("2022", 93.0), ("2022-12", 92.0)))["latest"] == 93.0


def test_monthly_targets_use_monthly_figures():
    row = judge(target(95.0, "2023-06", base_period="2021-12"), figures(("2021-12", 91.0), ("2022-09", 93.0)))
    assert row["elapsed"] == pytest.approx(0.5) and row["status"] == "on_track"


def test_other_indicators_and_regions_do_not_count():
    stranger = figures(("2020", 1.0), ("2022", 2.0)).assign(region="B2")
    assert judge(target(), pd.concat([stranger, figures(BASE, ("2022", 93.0))]))["latest"] == 93.0


@pytest.mark.parametrize(
    ("rates", "expected"),
    [
        ([(2020, 2022, 10.0), (2022, 2023, 0.0)], 100 * (1.21 ** (1 / 3) - 1)),
        ([(2020, 2021, 10.0), (2021, 2022, -10.0)], 100 * (0.99**0.5 - 1)),
        ([(2020, 2021, 7.0)], 7.0),
        ([(2020, 2021, 7.0), (2021, 2022, -100.0)], -100.0),
        ([(2020, 2021, -120.0)], -100.0),  # nothing falls by more than all of it
    ],
)
def test_the_average_of_rates_weighs_the_years_they_cover(rates, expected):
    rows = [{"start": float(start), "end": float(end), "value": rate} for start, end, rate in rates]
    assert average_rate(rows) == pytest.approx(expected)


def test_a_period_of_months_that_ends_a_year_is_one_of_years():
    """From the first month of a plan to its last: yearly figures count; to a June they do not."""
    observed = figures(("2020", 91.0), ("2022", 93.0))
    assert judge(target(period="2021-01/2025-12"), observed)["latest"] == 93.0
    assert pd.isna(judge(target(period="2021-01/2025-06"), observed)["latest"])


@pytest.mark.parametrize(
    ("base_period", "base"),
    [
        ("2020-12", 89.0),  # as it is named
        ("2020Q4", 90.0),
        ("2020", 91.0),
        (None, 91.0),  # the longest of those that end first
    ],
)
def test_of_figures_of_one_moment_the_base_is_the_one_named_else_the_longest(base_period, base):
    observed = figures(("2020", 91.0), ("2020-12", 89.0), ("2020Q4", 90.0), ("2022", 93.0))
    found = judge(target(base_period=base_period), observed)
    assert (found["baseline"], found["latest"]) == (base, 93.0)
    without = observed[observed["period"].ne("2020")]
    expected = 90.0 if base == 91.0 else base
    assert judge(target(base_period=base_period), without)["baseline"] == expected


def test_the_last_of_several_figures_counts_alone():
    row = judge(target(base_period="2020"), figures(BASE, ("2021", 94.0), ("2022", 92.5), ("2023", 93.0)))
    assert (row["latest"], row["latest_period"], row["latest_id"]) == (93.0, "2023", "o-3")


@pytest.mark.parametrize(
    ("period", "base_period", "total"),
    [
        ("2023", None, 9.0),  # of the one year
        ("2023", "2021", 17.0),
        ("2022/2025", "2020", 17.0),  # a span begins where it says, however early the base
        ("2021/2025", "2022", 9.0),
        (None, None, 20.0),  # from the first year there is
    ],
)
def test_a_sum_begins_after_its_base_and_not_before_its_own_span(period, base_period, total):
    promise = target(80.0, period, kind="cumulative", base_period=base_period)
    row = judge(promise, figures(("2021", 3.0), ("2022", 8.0), ("2023", 9.0)))
    assert row["latest"] == total


def test_a_sum_begins_at_nothing_and_a_rate_at_that_of_its_base():
    observed = figures(("2020", 5.0), ("2021", 8.0))
    total = judge(target(80.0, kind="cumulative", base_period="2020"), observed)
    assert (total["baseline"], total["baseline_period"]) == (0.0, "2020") and pd.isna(total["baseline_id"])
    rate = judge(target(9.0, kind="growth", base_period="2020"), observed)
    assert (rate["baseline"], rate["baseline_period"], rate["baseline_id"]) == (5.0, "2020", "o-0")
    assert math.isnan(judge(target(9.0, kind="growth", base_period="2019"), observed)["baseline"])


def test_of_rates_until_the_base_the_one_over_most_years_is_the_base():
    observed = figures(("2020", 5.0), ("2016/2020", 6.0), ("2019/2020", 7.0), ("2021", 8.0))
    assert judge(target(9.0, kind="growth", base_period="2020"), observed)["baseline"] == 6.0


@pytest.mark.parametrize(("as_of", "gap"), [("2022", 9.0), ("2023-11", 9.0), ("2023", 4.0), ("2024", 4.0)])
def test_the_rate_of_the_base_is_known_once_its_year_is_over(as_of, gap):
    row = judge(target(9.0, kind="growth", base_period="2023"), figures(("2023", 5.0)), as_of)
    assert row["gap"] == gap or (math.isnan(row["gap"]) and gap == 9.0)


def test_a_sum_is_as_good_as_the_worst_of_its_figures():
    promise = target(80.0, "2021/2025", kind="cumulative")
    row = judge(promise, figures(("2021", 5.0), ("2022", 6.0, "B"), ("2023", 7.0)))
    assert row["latest_quality"] == "B"


def test_an_average_rate_leaves_out_years_that_nobody_published():
    promise = target(8.0, "2021/2025", kind="growth", base_period="2020")
    row = judge(promise, figures(("2021", 4.0), ("2023", 4.0)))
    assert (row["latest"], row["latest_id"]) == (pytest.approx(4.0), "o-0, o-1")
