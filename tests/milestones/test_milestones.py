"""Dated promises: what is known of them, and whether deadlines and planned years fit."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_monitor.milestones.states import STATES, against_deadlines, states

PROMISES = pd.DataFrame({"id": ["a", "b", "c"], "period": ["2023", "2024", "2026"]})
NOTHING = pd.DataFrame({"milestone": [], "period": [], "state": []}, dtype="str")


def known(*rows):
    return pd.DataFrame(rows, columns=["milestone", "period", "state"])


def test_silence_is_unknown_and_never_an_outcome():
    assert states(PROMISES, NOTHING, "2025")["state"].tolist() == ["unknown", "unknown", "not_due"]
    assert states(PROMISES, NOTHING, "2023-06")["state"].tolist() == ["not_due"] * 3
    assert states(PROMISES, NOTHING, "2023-12")["state"].tolist() == ["unknown", "not_due", "not_due"]


def test_the_last_record_up_to_the_date_counts():
    table = known(("a", "2024-06", "done"), ("a", "2023-06", "under_way"), ("c", "2025-03", "dropped"))
    assert states(PROMISES, table, "2024-12")["state"].tolist() == ["done", "unknown", "not_due"]
    assert states(PROMISES, table, "2023-06")["state"].tolist() == ["under_way", "not_due", "not_due"]
    # its date has come, and that it was under way before says nothing of the outcome
    assert states(PROMISES, table, "2023-12")["state"].tolist() == ["unknown", "not_due", "not_due"]
    later = states(PROMISES, table, "2025-12")
    assert later["state"].tolist() == ["done", "unknown", "dropped"]
    assert later["state_period"].tolist() == ["2024-06", None, "2025-03"] or pd.isna(later["state_period"][1])


@pytest.mark.parametrize(("recorded", "state"), [("2023", "unknown"), ("2024-01", "under_way")])
def test_under_way_says_what_came_of_a_date_only_where_it_is_recorded_later(recorded, state):
    table = known(("a", recorded, "under_way"))
    assert states(PROMISES, table, "2024")["state"].tolist() == [state, "unknown", "not_due"]


def test_a_record_is_overdue_only_when_it_should_be_there():
    ten = PROMISES.assign(lag=10.0)  # months, though ten twelfths of a year are no exact number
    assert [states(ten, NOTHING, as_of)["state"][0] for as_of in ("2024-09", "2024-10")] == [
        "awaited",
        "unknown",
    ]
    promises = PROMISES.assign(lag=6.0)
    at = {
        as_of: states(promises, NOTHING, as_of)["state"].tolist()
        for as_of in ("2023-12", "2024-05", "2024-06")
    }
    assert at["2023-12"] == at["2024-05"] == ["awaited", "not_due", "not_due"]
    assert at["2024-06"] == ["unknown", "not_due", "not_due"]


def dates(*rows):
    return pd.DataFrame(rows, columns=["id", "region", "period", "timing"])


def test_a_planned_year_inside_the_deadline_is_no_contradiction():
    table = against_deadlines(
        dates(
            ("d1", "R1", "2035", "by"),
            ("p1", "R1", "2031", "in"),
            ("d2", "R2", "2025", "by"),
            ("p2", "R2", "2025", "in"),
            ("d3", "R3", "2030", "by"),
            ("p3", "R3", "2032", "in"),
            ("d4", "R4", "2030", "by"),
            ("p5", "R5", "2026", "in"),
        )
    ).set_index("region")
    assert table["fits"].to_dict() == {"R2": True, "R5": None, "R4": None, "R1": True, "R3": False}
    assert list(table.index) == ["R2", "R5", "R4", "R1", "R3"]  # by planned year, else by deadline
    assert table.loc["R1", ["deadline_id", "planned_id", "years_early"]].tolist() == ["d1", "p1", 4.0]


def test_the_real_timetable(shipped):
    rows = shipped.milestones[shipped.milestones["programme_zh"] == "义务教育优质均衡"]
    rows = rows[(rows["region"] != "532300") & rows["document"].isin(["edu-145", "edu-balanced"])]
    table = against_deadlines(rows)
    assert len(table) == 10
    assert (table["fits"] == True).all()  # noqa: E712 (None would be truthy to a negation)
    assert table.set_index("region").at["532325", "years_early"] == 4  # 2031 inside "by 2035"
    assert table.loc[table["planned"] <= "2025", "region"].tolist() == ["532323", "532327"]  # two, not three


@pytest.mark.parametrize("column", ["id", "period"])
def test_a_missing_column_is_named(column):
    with pytest.raises(ValueError, match=column):
        states(PROMISES.drop(columns=column), NOTHING, "2025")


@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.integers(2020, 2030), st.sampled_from(STATES[:4])), max_size=8
    ),
    st.integers(2019, 2031),
)
def test_every_promise_has_exactly_one_state(rows, year):
    table = known(*[(milestone, str(period), state) for milestone, period, state in rows])
    judged = states(PROMISES, table if rows else NOTHING, str(year))
    assert judged["id"].tolist() == ["a", "b", "c"]
    for row in judged.itertuples():
        told = [state for milestone, period, state in rows if milestone == row.id and period <= year]
        silent = "unknown" if int(row.period) <= year else "not_due"
        assert row.state in (
            [*told, silent] if set(told) <= {"under_way"} else told + ["unknown"] * ("under_way" in told)
        )


def test_without_a_lag_a_date_that_has_come_is_not_awaited():
    """On the day itself, and a month later."""
    for lag, state in ((None, "unknown"), (0.0, "unknown"), (1.0, "awaited")):
        promises = PROMISES if lag is None else PROMISES.assign(lag=lag)
        assert states(promises, NOTHING, "2023-12")["state"][0] == state
        assert states(promises, NOTHING, "2024-01")["state"][0] == "unknown"


def test_of_two_records_of_one_period_the_later_row_counts():
    """A record of a year and one of its December are of the same day."""
    for rows in ([("2024", "missed"), ("2024-12", "done")], [("2024-12", "done"), ("2024", "missed")]):
        table = known(*(("b", period, state) for period, state in rows))
        found = states(PROMISES, table, "2024-12").iloc[1]
        assert (found["state_period"], found["state"]) == rows[1]


def test_the_first_deadline_and_the_first_plan_of_a_region_count():
    table = against_deadlines(
        dates(
            ("d2", "R1", "2032", "by"),
            ("p2", "R1", "2033", "in"),
            ("d1", "R1", "2030", "by"),
            ("p1", "R1", "2031-06", "in"),
        )
    )
    assert table[["deadline_id", "planned_id", "years_early", "fits"]].values.tolist() == [
        ["d1", "p1", -0.5, False]
    ]
    assert next(iter(table)) == "region" and table.index.tolist() == [0]


def test_a_plan_of_the_very_end_of_the_deadline_fits():
    late = [dates(("d", "R1", "2030", "by"), ("p", "R1", when, "in")) for when in ("2030-12", "2031-01")]
    assert [against_deadlines(one)["fits"].tolist() for one in late] == [[True], [False]]
