"""Verdicts on targets: worked numbers, every status and reason, and properties that must always hold."""

import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from judged_target import BASE, figures, judge, target

from examples import up_to
from plan_monitor.methods import pace
from plan_monitor.methods.progress import REASONS, STATUSES, assess


def test_worked_example_of_a_level():
    """91 % in 2020, 92.5 % in 2023, 95 % promised for 2025: 37.5 % of the way in 60 % of the time."""
    row = judge(
        target(base_period="2020", comparator=">=", id="t-1"), figures(("2020", 91.0), ("2023", 92.5))
    )
    assert row["completion"] == pytest.approx(0.375)
    assert row["elapsed"] == pytest.approx(0.6)
    assert row["rho"] == pytest.approx(0.625)
    assert row["status"] == "slow" and pd.isna(row["reason"])
    assert (row["baseline"], row["baseline_period"], row["baseline_id"]) == (91.0, "2020", "o-0")
    assert (row["latest"], row["latest_period"], row["latest_quality"], row["latest_id"]) == (
        92.5, "2023", "A", "o-1",
    )  # fmt: skip
    assert row["gap"] == 2.5 and row["required_per_year"] == 1.25
    assert row["required_growth"] == pytest.approx(100 * ((95 / 92.5) ** 0.5 - 1))
    assert row["pace"] == 0.5 and row["arrival_year"] == 2028 and row["target_period"] == "2025"
    assert row["id"] == "t-1" and row["kind"] == "level"


def test_the_ratio_of_eurostat_by_hand():
    """20 to 25 in five years of ten, 40 promised: (1.25^(1/5) − 1) / (2^(1/10) − 1) = 4.5640 / 7.1773 %."""
    assert pace.eurostat_ratio(20, 25, 40, 5, 10) == pytest.approx(0.045640 / 0.071773, rel=1e-4)
    row = judge(target(40.0, "2030"), figures(("2020", 20.0), ("2025", 25.0)), "2025")
    assert row["eurostat_ratio"] == pytest.approx(0.63588, rel=1e-4)
    assert row["rho"] == pytest.approx(0.5)
    assert row["status"] == "lagging" and row["disagrees"]  # Eurostat's classes call it moderate


def test_zero_baseline_is_not_on_track():
    """40 of 100 after three of five years is slow, and growth from zero has no ratio."""
    row = judge(target(100.0), figures(("2020", 0.0), ("2023", 40.0)))
    assert row["status"] == "slow" and row["rho"] == pytest.approx(2 / 3)
    assert math.isnan(row["eurostat_ratio"]) and not row["disagrees"]


@pytest.mark.parametrize(
    ("latest", "status"),
    [(95.0, "achieved"), (93.28, "on_track"), (93.27, "slow"), (92.44, "slow"), (92.43, "lagging"),
     (91.0, "lagging"), (90.9, "moving_away")],
)  # fmt: skip
def test_thresholds(latest, status):
    """After three of five years on the way from 91 to 95, ρ = 0.95 lies at 93.28 and 0.60 at 92.44."""
    assert judge(target(), figures(("2020", 91.0), ("2023", latest)))["status"] == status


def test_achieved_row_needs_nothing_more():
    row = judge(target(), figures(("2020", 91.0), ("2022", 96.0)))
    assert row["status"] == "achieved" and row["gap"] == -1.0
    assert math.isnan(row["required_per_year"]) and row["arrival_year"] == 2022
    assert row["completion"] == 1.25


def test_at_the_due_a_missed_target_is_not_on_track():
    row = judge(target(period="2023"), figures(("2020", 91.0), ("2023", 94.9)))
    assert row["rho"] == pytest.approx(0.975) and row["status"] == "slow" and row["elapsed"] == 1
    assert math.isnan(row["required_per_year"])


def test_past_targets_are_judged_by_their_own_period():
    observed = figures(("2020", 91.0), ("2022", 94.0), ("2024", 97.0))
    row = judge(target(period="2022"), observed, "2025")
    assert row["latest"] == 94.0 and row["status"] == "slow"


@pytest.mark.parametrize(("latest", "status"), [(98.0, "kept"), (98.0 - 1e-12, "kept"), (97.9, "lost")])
def test_level_that_the_base_already_satisfies_is_a_floor(latest, status):
    row = judge(target(98.0, direction="up"), figures(("2020", 98.88), ("2023", latest)))
    assert (row["kind"], row["status"]) == ("floor", status)
    assert math.isnan(row["rho"]) and math.isnan(row["arrival_year"])
    assert row["gap"] == pytest.approx(98.0 - latest)


def test_ceiling():
    promise = target(5.0, comparator="<=")
    assert judge(promise, figures(("2020", 4.0), ("2022", 5.0)))[["kind", "status"]].tolist() == [
        "ceiling",
        "kept",
    ]
    assert judge(promise | {"kind": "ceiling"}, figures(("2020", 4.0), ("2022", 5.1)))["status"] == "lost"


def test_falling_target():
    row = judge(target(0.0, direction="down", kind="level"), figures(("2020", 20.0), ("2022", 12.0)))
    assert row["rho"] == pytest.approx(1.0) and row["status"] == "on_track"
    assert row["required_per_year"] == -4.0 and math.isnan(row["required_growth"])


@pytest.mark.parametrize(
    ("value", "latest", "status"),
    [(12.0, 12.4, "achieved"), (12.5, 12.4, "slow"), (12.0, 13.5, "lagging"), (12.0, 15.0, "moving_away")],
)
def test_neutral_indicator_must_hit_the_number_as_printed(value, latest, status):
    row = judge(target(value, "2022", direction="neutral"), figures(("2020", 10.0), ("2022", latest)))
    assert row["status"] == status


def test_strictly_more_than_the_baseline():
    promise = target(95.0, comparator=">")
    assert judge(promise, figures(("2020", 95.0), ("2022", 95.0)))["status"] == "lagging"
    assert judge(promise, figures(("2020", 95.0), ("2022", 94.0)))["status"] == "moving_away"
    assert judge(promise, figures(("2020", 95.0), ("2022", 95.1)))["status"] == "achieved"


def test_reached_without_a_known_base_is_reached():
    observed = figures(("2022", 96.0))
    promise = target(comparator=">=")
    assert judge(promise | {"base_period": "2020"}, observed)["status"] == "achieved"
    assert judge(promise | {"base_period": "2020", "value": 97.0}, observed)["reason"] == "no_baseline"
    assert judge(promise | {"period": "2022"}, observed)["status"] == "achieved"


def test_sum_of_flows():
    """12 + 15 + 13 of 80 in three of five years: half the sum, ρ = 5/6."""
    promise = target(80.0, "2021/2025", kind="cumulative", base_period="2020")
    row = judge(promise, figures(("2020", 99.0), ("2021", 12.0), ("2022", 15.0), ("2023", 13.0)))
    assert row["completion"] == 0.5 and row["elapsed"] == pytest.approx(0.6)
    assert row["rho"] == pytest.approx(5 / 6) and row["status"] == "slow"
    assert (row["latest"], row["latest_period"], row["latest_id"]) == (40.0, "2021/2023", "o-1, o-2, o-3")
    assert row["gap"] == 40.0 and row["required_per_year"] == 20.0
    assert row["pace"] == pytest.approx(40 / 3) and row["arrival_year"] == 2026


def test_sum_with_a_cap_is_a_ceiling():
    promise = target(80.0, "2021/2025", kind="cumulative", comparator="<=")
    assert judge(promise, figures(("2021", 20.0)))[["kind", "status"]].tolist() == ["ceiling", "kept"]
    assert judge(promise, figures(("2021", 81.0)))["status"] == "lost"


def test_average_growth():
    """10 % and then 4.5 %: √(1.1 · 1.045) − 1 = 7.2148 % a year, where 8 % is promised."""
    promise = target(8.0, "2021/2025", kind="growth", base_period="2020", comparator=">=")
    row = judge(promise, figures(("2021", 10.0), ("2022", 4.5)))
    assert row["latest"] == pytest.approx(7.2148, abs=1e-4)
    assert row["rho"] == pytest.approx(0.90185, abs=1e-4) and row["status"] == "slow"
    assert row["required_growth"] == pytest.approx(100 * ((1.08**5 / (1.1 * 1.045)) ** (1 / 3) - 1))
    assert row["gap"] == pytest.approx(0.7852, abs=1e-4)


def test_growth_past_its_target_has_a_gap_below_zero():
    promise = target(8.0, "2021/2025", kind="growth", comparator=">=")
    assert judge(promise, figures(("2021", 9.5)))["gap"] == pytest.approx(-1.5)


def test_growth_is_achieved_only_at_the_end():
    promise = target(8.0, "2021/2022", kind="growth")
    assert judge(promise, figures(("2021", 9.0)), "2021")["status"] == "on_track"
    assert judge(promise, figures(("2021", 9.0), ("2022", 7.5)))["status"] == "achieved"
    assert judge(promise, figures(("2021", 9.0), ("2022", 6.5)))["status"] == "slow"


def test_growth_from_a_span_and_falls():
    row = judge(target(8.0, "2020", kind="growth", base_period="2015"), figures(("2016/2020", 8.5)), "2020")
    assert row["status"] == "achieved" and row["elapsed"] == 1
    fall = target(-5.0, "2021/2025", kind="growth", comparator="<=")
    assert judge(fall, figures(("2021", -4.0)))["rho"] == pytest.approx(0.8)
    assert judge(fall, figures(("2021", 2.0)))["status"] == "moving_away"


@pytest.mark.parametrize(
    ("value", "comparator", "rate", "kind", "status"),
    [
        (0.0, ">=", 0.5, "floor", "kept"),
        (0.0, ">=", -0.5, "floor", "lost"),
        (5.0, "<=", 4.0, "ceiling", "kept"),
    ],
)
def test_growth_limits_are_kept_or_lost(value, comparator, rate, kind, status):
    promise = target(value, "2021/2025", kind="growth", comparator=comparator)
    assert judge(promise, figures(("2021", rate)))[["kind", "status"]].tolist() == [kind, status]


def test_reason_rows_carry_the_gap_and_the_pace_needed():
    row = judge(target(base_period="2020"), figures(BASE))
    assert row["gap"] == 4.0 and row["required_per_year"] == 0.8
    row = judge(target(80.0, "2021/2025", kind="cumulative"), figures())
    assert row["gap"] == 80.0 and row["required_per_year"] == 16.0


@pytest.mark.parametrize(
    ("period", "lag", "as_of", "due"),
    [
        ("2025", 6, "2025-11", "not_due"),
        ("2025", 6, "2025-12", "awaited"),
        ("2025", 6, "2026-05", "awaited"),
        ("2025", 6, "2026-06", "overdue"),
        ("2025", 0, "2025-12", "overdue"),
        ("2025", 24, "2027-11", "awaited"),
        ("2025", 24, "2027-12", "overdue"),
        ("2025", None, "2025-11", "not_due"),
        ("2025", None, "2025-12", "overdue"),
        ("2021/2025", 10, "2026-09", "awaited"),
        ("2021/2025", 10, "2026-10", "overdue"),
        (None, 6, "2026", "undated"),
    ],
)
def test_due_is_not_published(period, lag, as_of, due):
    row = judge(target(period=period, lag=lag, base_period="2020"), figures(BASE), as_of)
    assert row["due"] == due
    assert row["state"] == (due if period else "no_deadline")


def test_nothing_is_needed_a_year_once_the_date_is_over_or_for_what_is_only_to_be_kept():
    promise = target(base_period="2020")
    assert judge(promise, figures(BASE), "2025-11")["required_per_year"] == pytest.approx(0.8)
    over = judge(promise, figures(BASE, ("2023", 92.0)), "2025-12")
    assert math.isnan(over["required_per_year"]) and math.isnan(over["required_growth"])
    floor = judge(target(98.0, kind="floor", base_period="2020"), figures(("2020", 98.88)), "2023")
    assert math.isnan(floor["required_per_year"])  # not -0.176
    lost = judge(target(98.0, kind="floor", base_period="2020"), figures(("2020", 98.88), ("2022", 97.0)))
    assert lost["required_per_year"] == pytest.approx(1 / 3)  # from 97 in 2022 to 98 in 2025


def test_best_quality_wins_then_table_order():
    observed = figures(
        BASE, ("2022", 90.0, "C"), ("2022", 94.0, "B"), ("2022", 93.0, "A"), ("2022", 92.0, "A")
    )
    assert judge(target(), observed)["latest"] == 93.0
    chosen = assess(pd.DataFrame([target(base_period="2020")]), observed, "2023", qualities=("B", "C"))
    assert chosen.iloc[0]["latest"] == 94.0 and chosen.iloc[0]["reason"] == "no_baseline"


def test_lean_tables_keep_their_columns_order_and_index():
    promises = pd.DataFrame([target(97.0, remark="x"), target(93.0, remark="y")], index=[7, 3])
    result = assess(promises, figures(BASE, ("2022", 92.0)).drop(columns=["id", "quality"]), "2023")
    assert result.index.tolist() == [7, 3] and result["remark"].tolist() == ["x", "y"]
    assert result["latest_id"].isna().all()
    assert "kind" not in promises  # the caller's table is left alone


def test_no_targets_give_an_empty_table_with_all_columns():
    empty = assess(pd.DataFrame([target()]).iloc[:0], figures(BASE), "2023")
    assert len(empty) == 0 and {"status", "reason", "rho", "gap"} <= set(empty)


def test_bad_input_is_named():
    with pytest.raises(ValueError, match=r"targets.*period"):
        assess(pd.DataFrame([target()]).drop(columns="period"), figures(BASE), "2023")
    with pytest.raises(ValueError, match=r"observations.*value"):
        assess(pd.DataFrame([target()]), figures(BASE).drop(columns="value"), "2023")
    with pytest.raises(ValueError, match="levle"):
        judge(target(kind="levle"), figures(BASE))
    with pytest.raises(ValueError, match="not an ISO period"):
        judge(target(), figures(BASE), "last year")


YEARS = [str(year) for year in range(2018, 2027)]
PERIODS = [*YEARS, "2021/2025", "2022-06", "2020-12", "2023Q2"]
VALUES = st.one_of(st.just(0.0), st.integers(-300, 300).map(lambda n: n / 3))
PROMISES = st.fixed_dictionaries(
    {
        "indicator": st.just("rate"),
        "region": st.just("A1"),
        "period": st.one_of(st.none(), st.sampled_from(PERIODS)),
        "value": st.one_of(st.none(), VALUES),
        "kind": st.sampled_from(
            [None, "level", "floor", "ceiling", "cumulative", "growth", "coverage", "text"]
        ),
        "comparator": st.sampled_from([None, *pace.COMPARATORS]),
        "direction": st.sampled_from([None, "up", "down", "neutral"]),
        "base_period": st.sampled_from([None, "2016/2020", *YEARS]),
    }
)
OBSERVED = st.lists(
    st.tuples(st.sampled_from([*PERIODS, "2022-01/2022-06"]), VALUES, st.sampled_from("ABC")),
    max_size=8,
    unique_by=lambda row: row[0],
).map(lambda rows: figures(*rows))


@pytest.mark.slow
@settings(max_examples=up_to(300), deadline=None)
@given(st.lists(PROMISES, min_size=1, max_size=3), OBSERVED, st.sampled_from(YEARS))
def test_exactly_one_of_status_and_reason(promises, observed, as_of):
    result = assess(pd.DataFrame(promises), observed, as_of)
    assert (result["status"].notna() ^ result["reason"].notna()).all()
    assert set(result["status"].dropna()) <= set(STATUSES) and set(result["reason"].dropna()) <= set(REASONS)


@pytest.mark.slow
@settings(max_examples=up_to(60), deadline=None)
@given(PROMISES, OBSERVED, st.randoms(use_true_random=False))
def test_order_of_the_observations_does_not_matter(promise, observed, random):
    order = list(range(len(observed)))
    random.shuffle(order)
    promises = pd.DataFrame([promise])
    pd.testing.assert_frame_equal(
        assess(promises, observed, "2024"), assess(promises, observed.iloc[order], "2024")
    )


RATES = st.integers(1, 999).map(lambda n: n / 10)


@pytest.mark.slow
@settings(max_examples=up_to(100), deadline=None)
@given(RATES, RATES, RATES)
def test_a_rate_and_its_complement_get_the_same_verdict(base, latest, value):
    up = judge(target(value, direction="up"), figures(("2020", base), ("2022", latest)))
    down = judge(target(100 - value, direction="down"), figures(("2020", 100 - base), ("2022", 100 - latest)))
    assert up["status"] == down["status"]
    assert up["rho"] == pytest.approx(down["rho"], rel=1e-6, abs=1e-9, nan_ok=True)


@pytest.mark.slow
@settings(max_examples=up_to(100), deadline=None)
@given(RATES, RATES, RATES, st.sampled_from([0.01, 10_000.0, 3.0]), st.sampled_from(["level", "cumulative"]))
def test_units_do_not_matter(base, latest, value, factor, kind):
    promise = target(value, direction="up", kind=kind, base_period="2020")
    before = judge(promise, figures(("2020", base), ("2021", latest)))
    after = judge(
        promise | {"value": value * factor}, figures(("2020", base * factor), ("2021", latest * factor))
    )
    assert before["status"] == after["status"] and before["kind"] == after["kind"]
    for share in ("rho", "completion", "eurostat_ratio", "required_growth", "arrival_year"):
        assert after[share] == pytest.approx(before[share], rel=1e-6, nan_ok=True)
    for amount in ("gap", "required_per_year", "pace"):
        assert after[amount] == pytest.approx(before[amount] * factor, rel=1e-6, abs=1e-9, nan_ok=True)


def test_pure_functions_refuse_what_they_cannot_answer():
    with pytest.raises(ValueError, match="no time left"):
        pace.required_per_year(91.0, 95.0, 0)
    with pytest.raises(ValueError, match="positive"):
        pace.average_annual_growth(0.0, 10.0, 5)
    with pytest.raises(ValueError, match="time"):
        pace.average_annual_growth(1.0, 10.0, 0)


@pytest.mark.parametrize(
    ("value", "rate", "kind", "status"),
    [
        (0.0, 0.5, "floor", "kept"),  # not to fall, whatever sign it is printed with
        (0.0, -0.1, "floor", "lost"),
        (0.5, 0.4, "growth", "slow"),  # a small rise is a rise, and a small fall a fall
        (-0.5, -0.4, "growth", "slow"),
        (-0.5, -0.6, "growth", "on_track"),
    ],
)
def test_a_rate_without_a_side_is_one_of_rising_unless_it_is_below_zero(value, rate, kind, status):
    row = judge(target(value, "2021/2025", kind="growth", comparator="="), figures(("2021", rate)))
    assert (row["kind"], row["status"]) == (kind, status)


@pytest.mark.parametrize(("rate", "needed"), [(-99.5, True), (-100.0, False)])
def test_from_nothing_no_growth_leads_anywhere(rate, needed):
    row = judge(target(8.0, "2021/2025", kind="growth", comparator=">="), figures(("2021", rate)))
    assert math.isnan(row["required_growth"]) != needed


@pytest.mark.parametrize(("total", "status"), [(0.0, "lagging"), (-1.0, "moving_away")])
def test_a_sum_that_is_to_be_more_than_nothing_stands_still_at_nothing(total, status):
    promise = target(0.0, "2021/2025", kind="cumulative", comparator=">")
    assert judge(promise, figures(("2021", total)))["status"] == status


def test_a_target_at_its_base_whose_direction_nobody_knows_is_not_to_be_passed():
    promise, base = target(95.0), ("2020", 95.0)
    assert judge(promise, figures(base, ("2022", 95.0)))[["kind", "status"]].tolist() == ["ceiling", "kept"]
    assert judge(promise, figures(base, ("2022", 95.5)))["status"] == "lost"
    assert judge(promise | {"direction": "up"}, figures(base, ("2022", 95.5)))["kind"] == "floor"


@pytest.mark.parametrize(
    ("period", "base_period", "last", "needed"),
    [
        ("2024", "2020", "2023", 2.0),
        ("2024-09", "2020-12", "2023-12", 8 / 3),
        ("2023", "2020", "2023", math.nan),
    ],
)
def test_what_is_needed_a_year_is_told_to_the_last_months(period, base_period, last, needed):
    """93 of 95 at the end of 2023, so that two points are left for a year or for nine months of it."""
    row = judge(target(period=period, base_period=base_period), figures((base_period, 91.0), (last, 93.0)))
    assert row["required_per_year"] == pytest.approx(needed, nan_ok=True)


@pytest.mark.parametrize(
    ("base", "value", "growth"),
    [
        (0.0, 100.0, math.nan),
        (-0.5, 100.0, math.nan),
        (0.5, 0.605, 10.0),  # less than one is something
        (10.0, 0.0, math.nan),
        (10.0, -0.5, math.nan),
        (1.0, 0.81, -10.0),
    ],
)
def test_only_from_something_to_something_there_is_a_growth(base, value, growth):
    row = judge(target(value, "2022", base_period="2020"), figures(("2020", base)), "2021")
    assert row["required_growth"] == pytest.approx(growth, nan_ok=True)


def test_a_sum_needs_nothing_more_once_its_last_year_is_there():
    years = [("2021", 10.0), ("2022", 10.0), ("2023", 10.0)]
    promise = target(80.0, "2021/2023", kind="cumulative")
    assert math.isnan(judge(promise, figures(*years))["required_per_year"])
    last = judge(promise, figures(*years[:2]), "2022")
    assert last["required_per_year"] == 60.0 and last["gap"] == 60.0
    missing = judge(promise, figures(*years[1:]))
    assert missing["reason"] == "incomplete_sum" and math.isnan(missing["gap"])


@pytest.mark.parametrize(
    ("comparator", "direction", "kind"),
    [
        ("=", "down", "ceiling"),
        ("=", "up", "cumulative"),
        ("=", "neutral", "cumulative"),
        (">=", "down", "cumulative"),
    ],
)
def test_a_sum_is_a_cap_where_less_is_better(comparator, direction, kind):
    promise = target(80.0, "2021/2025", kind="cumulative", comparator=comparator, direction=direction)
    assert judge(promise, figures(("2021", 20.0)))["kind"] == kind


def test_without_any_rate_the_promised_one_is_needed_all_the_time():
    promise = target(8.0, "2024/2026", kind="growth", comparator=">=")
    row = judge(promise, figures(("2021", 3.0)), "2023")
    assert row["required_growth"] == pytest.approx(8.0) and math.isnan(row["rho"])
    assert judge(promise | {"value": -100.0}, figures(), "2024")[["required_growth"]].isna().all()


@pytest.mark.parametrize(("rate", "status"), [(-4.0, "kept"), (-5.0, "kept"), (-6.0, "lost")])
def test_a_rate_that_is_to_fall_no_faster_is_a_floor(rate, status):
    promise = target(-5.0, "2021/2025", kind="growth", comparator=">=")
    assert judge(promise, figures(("2021", rate)))[["kind", "status"]].tolist() == ["floor", status]


@pytest.mark.parametrize(
    ("value", "kind"), [(0.0, "ceiling"), (0.5, "ceiling"), (-0.5, "growth"), (-5.0, "growth")]
)
def test_a_rate_to_fall_is_a_ceiling_unless_it_is_below_zero(value, kind):
    promise = target(value, "2021/2025", kind="growth", comparator="<=")
    assert judge(promise, figures(("2021", -1.0)))["kind"] == kind


def test_a_sum_at_its_due_date_is_slow_at_best():
    promise = target(100.0, "2021/2023", kind="cumulative")
    row = judge(promise, figures(("2021", 33.0), ("2022", 33.0), ("2023", 33.0)))
    assert row["rho"] == pytest.approx(0.99) and row["status"] == "slow"


@pytest.mark.parametrize(
    ("period", "needed"), [("2021/2022", 100 * (1.08**2 / 1.04 - 1)), ("2021", math.nan)]
)
def test_the_last_year_of_a_rate_makes_up_for_those_before(period, needed):
    promise = target(8.0, period, kind="growth", comparator=">=")
    row = judge(promise, figures(("2021", 4.0)), "2021")
    assert row["required_growth"] == pytest.approx(needed, nan_ok=True)
