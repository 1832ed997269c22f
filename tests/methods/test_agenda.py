"""What is to be done next: which promises, in which order, and what comes when."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_monitor.methods import agenda, progress
from plan_monitor.methods.promises import ROLES
from reportkit import periods


def judged(*rows):
    """Promises: id, indicator, due, status or reason, and how due; role, lag and the rest as they mostly are."""
    names = ["id", "indicator", "target_period", "said", "due"]
    frame = pd.DataFrame(rows, columns=names, dtype="str")
    status = frame["said"].where(frame["said"].isin(progress.STATUSES))
    silent = frame["said"].eq("no_observation")
    state = frame["said"].mask(silent, frame["due"])
    return frame.assign(
        status=status, reason=frame["said"].where(status.isna()), state=state, role="promise", lag=6.0
    )


def test_who_is_late_comes_first_and_what_is_due_in_more_than_a_year_does_not_come():
    rows = judged(
        ("far", "a", "2028", "lost", "not_due"),
        ("next", "b", "2026", "slow", "not_due"),
        ("worse", "c", "2026", "lagging", "not_due"),
        ("past", "d", "2024", "slow", "overdue"),
        ("fine", "e", "2026", "on_track", "not_due"),
    )
    found = agenda.endangered(rows, "2025-12")
    assert found["id"].tolist() == ["past", "worse", "next"]
    assert found["past"].tolist() == [True, False, False]


def test_twelve_months_are_the_last_that_count():
    rows = judged(("in", "a", "2026-12", "slow", "not_due"), ("out", "b", "2027-01", "slow", "not_due"))
    assert agenda.endangered(rows, "2025-12")["id"].tolist() == ["in"]


def test_odds_count_below_one_half_and_only_where_there_is_no_status():
    rows = judged(
        ("even", "a", "2026", "no_observation", "not_due"),
        ("poor", "b", "2026", "no_observation", "not_due"),
        ("good", "c", "2026", "achieved", "not_due"),
    )
    odds = pd.DataFrame({"id": ["even", "poor", "good"], "probability": [0.5, 0.49, 0.1]})
    assert agenda.endangered(rows, "2025-12", odds)["id"].tolist() == ["poor"]
    assert agenda.endangered(rows, "2025-12").empty


def test_of_one_indicator_the_whole_comes_and_not_its_parts():
    rows = judged(("part", "a", "2026", "slow", "not_due"), ("whole", "a", "2026", "slow", "not_due"))
    rows["role"] = ["by_region", "promise"]
    assert agenda.endangered(rows, "2025-12")["id"].tolist() == ["whole"]


def test_a_figure_is_expected_its_lag_after_its_period():
    rows = judged(
        ("pending", "a", "2025", "no_observation", "awaited"),
        ("late", "b", "2024", "no_observation", "overdue"),
        ("other", "c", "2024", "other_definition", "overdue"),
        ("words", "d", "2024", "text_only", "overdue"),
        ("open", "e", "2030", "no_observation", "not_due"),
        ("at-once", "f", "2020", "no_elapsed_time", "overdue"),
    )
    found = agenda.unmeasured(rows, "2025-12")
    assert found["id"].tolist() == ["late", "other", "pending"]
    assert found["late"].tolist() == [True, True, False]
    assert found["unlike"].tolist() == [False, True, False]
    assert [agenda.month(moment) for moment in found["expected"]] == ["2025-06", "2025-06", "2026-06"]


def ranked(*rows):
    names = ["id", "attribute", "baseline", "value", "comparator", "direction", "kind", "role"]
    return agenda.important(pd.DataFrame(rows, columns=names))["id"].tolist()


def test_the_most_important_is_binding_and_not_met_in_the_base_year():
    assert ranked(
        ("held", "binding", 98.88, 98.0, ">=", "up", "floor", "promise"),
        ("full", "binding", 100.0, 100.0, "=", "up", "floor", "promise"),
        ("side", None, None, 100.0, "=", "up", "coverage", "promise"),
        ("stage", "binding", 62.0, 70.0, "=", "up", "level", "by_year"),
        ("main", "expected", 91.0, 95.0, "=", "up", "level", "promise"),
        ("goal", "binding", 62.0, 76.0, "=", "up", "level", "promise"),
        ("sum", "binding", 9.0, 5.0, ">=", "up", "cumulative", "promise"),
        ("fewer", None, 5.0, 6.0, "<=", "down", "ceiling", "promise"),
    ) == ["goal", "sum", "stage", "main", "side", "held", "full", "fewer"]


def test_minor_is_what_stands_beside_a_table_of_main_indicators():
    rows = [("a", "binding"), ("a", None), ("b", None)]
    frame = pd.DataFrame(rows, columns=["document", "attribute"])
    assert agenda.minor(frame).tolist() == [False, True, False]


def test_what_comes_due_is_later_than_now_and_the_next_comes_first():
    rows = judged(
        ("later", "a", "2035", "no_observation", "not_due"),
        ("next", "b", "2027", "slow", "not_due"),
        ("kept", "c", "2026", "kept", "not_due"),
        ("now", "d", "2025", "no_observation", "awaited"),
    )
    assert agenda.upcoming(rows, "2025-12")["id"].tolist() == ["next", "later"]


@pytest.mark.parametrize("period", ["2025-01", "2025-06", "2025-12", "1999-11"])
def test_the_month_of_its_own_end_is_that_month(period):
    assert agenda.month(periods.end(period)) == period


STEPS = st.lists(st.lists(st.text(min_size=1), max_size=8), max_size=5)


@given(STEPS)
def test_never_more_than_five_and_never_fewer_than_there_are(kinds):
    chosen = agenda.chosen(kinds)
    assert len(chosen) == min(5, sum(map(len, kinds)))


@given(st.lists(st.integers(0, 8), max_size=5))
def test_every_kind_has_its_turn_in_its_order(sizes):
    kinds = [[(kind, turn) for turn in range(size)] for kind, size in enumerate(sizes)]
    chosen = agenda.chosen(kinds)
    assert chosen == sorted(chosen)
    given_in = {kind for kind, _ in chosen}
    assert given_in == {kind for kind, size in enumerate(sizes) if size}
    first = max((turn for _, turn in chosen), default=0)
    assert all((kind, first - 1) in chosen for kind, size in enumerate(sizes) if first and size >= first)


@st.composite
def promises(draw):
    count = draw(st.integers(0, 12))
    rows = []
    for number in range(count):
        year, said = (
            draw(st.integers(2015, 2035)),
            draw(st.sampled_from([*progress.STATUSES, *progress.REASONS])),
        )
        due = "not_due" if year > 2025 else draw(st.sampled_from(["awaited", "overdue"]))
        rows.append((f"t-{number}", f"i-{draw(st.integers(0, 5))}", str(year), said, due))
    frame = judged(*rows)
    return frame.assign(role=draw(st.lists(st.sampled_from(ROLES), min_size=count, max_size=count)))


@given(promises())
def test_what_is_kept_or_achieved_is_never_on_the_agenda(rows):
    for found in (
        agenda.endangered(rows, "2025-12"),
        agenda.unmeasured(rows, "2025-12"),
        agenda.upcoming(rows, "2025-12"),
    ):
        assert not set(found["status"]) & {"kept", "achieved"}
        assert not set(found["role"]) & {"past", "bound", "text"}


@given(promises())
def test_the_earlier_due_is_the_more_urgent(rows):
    assert agenda.endangered(rows, "2025-12")["moment"].is_monotonic_increasing
    assert agenda.unmeasured(rows, "2025-12")["expected"].is_monotonic_increasing


def test_what_falls_due_now_is_past_and_what_is_moving_away_comes_after_what_is_lost():
    rows = judged(
        ("away", "a", "2025", "moving_away", "awaited"),
        ("lost", "b", "2025", "lost", "awaited"),
        ("month", "c", "2026-01", "slow", "not_due"),
    )
    found = agenda.endangered(rows, "2025-12")
    assert found["id"].tolist() == ["lost", "away", "month"]
    assert found["past"].tolist() == [True, True, False]


def test_of_those_that_are_alike_the_smaller_odds_come_first():
    rows = judged(*[(name, name, "2026", "no_observation", "not_due") for name in ("b", "a")])
    odds = pd.DataFrame({"id": ["a", "b"], "probability": [0.1, 0.4]})
    assert agenda.endangered(rows, "2025-12", odds)["id"].tolist() == ["a", "b"]


def test_figures_are_awaited_of_stages_and_not_of_the_shares_of_regions():
    rows = judged(
        *[(name, name, "2025", "no_observation", "awaited") for name in ("whole", "stage", "share")]
    )
    rows["role"] = ["promise", "by_year", "by_region"]
    assert agenda.unmeasured(rows, "2025-12")["id"].tolist() == ["whole", "stage"]
    at_once = agenda.unmeasured(rows.drop(columns="lag"), "2025-12")
    assert [agenda.month(moment) for moment in at_once["expected"]] == ["2025-12", "2025-12"]
    assert agenda.upcoming(rows, "2025-11")["id"].tolist() == ["whole", "stage", "share"]


def test_a_lag_is_in_months_and_where_there_is_none_the_figure_is_expected_at_once():
    rows = judged(*[(name, name, "2024", "no_observation", "overdue") for name in ("quarter", "none")])
    rows["lag"] = [15.0, None]
    found = agenda.unmeasured(rows, "2026-12").set_index("id")["expected"]
    assert found.to_dict() == {"none": 2024.0, "quarter": 2025.25}


def test_the_indicators_of_the_main_table_come_before_the_others_and_binding_ones_first():
    rows = [(name, name, 1.0, 2.0, ">=", "up", "level", "promise") for name in ("expected", "binding")]
    other = ("other", None, 1.0, 2.0, ">=", "up", "level", "promise")
    assert ranked(other, *rows) == ["binding", "expected", "other"]


def test_a_moment_within_a_month_is_of_that_month():
    assert [agenda.month(2025 + n / 24) for n in (1, 2, 3, 23)] == [
        "2026-01",
        "2026-01",
        "2026-02",
        "2026-12",
    ]
    assert agenda.month(2025.0 + 1e-9) == "2025-12"
