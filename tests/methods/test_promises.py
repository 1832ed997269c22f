"""One count of promises: roles, states, and whose figures they rest on."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_monitor.methods import promises


@pytest.fixture(scope="module")
def judged(shipped):
    return promises.judge(shipped, "2025-12")


def tallied(judged, document):
    return promises.tally(judged[judged["document"].eq(document)])


def test_shares_of_counties_and_stages_are_no_further_promises(judged):
    """The listing plan: five tasks over four years and ten counties, and five promises beside them."""
    counted = tallied(judged, "listing")
    assert {role: count.total for role, count in counted.items()} == {
        **{"promise": 10, "by_year": 14, "by_region": 138, "past": 0},
    }


def test_what_a_plan_says_of_the_plan_before_is_apart_and_mostly_its_own_word(judged):
    counted = tallied(judged, "rural-145")
    assert counted["past"].total == 22
    assert counted["past"].states == {"achieved": 17, "kept": 4, "doubtful_only": 1}
    assert counted["past"].own == 20  # the retention rate stands in the education plan too
    assert counted["promise"].judged == counted["promise"].own == 0


def test_a_path_to_2035_is_one_promise_an_indicator(judged):
    counted = tallied(judged, "wuhua-2035")
    assert (counted["promise"].total, counted["by_year"].total) == (14, 21)
    assert counted["promise"].states == {"not_due": 14}
    assert counted["by_year"].states == {"awaited": 7, "overdue": 14}


def test_targets_beyond_the_plan_do_not_make_those_of_its_end_a_stage(judged):
    """95 % by 2025 is what the plan promises; 98 % by 2035 is a second promise."""
    rates = judged[
        judged["document"].eq("edu-145") & judged["indicator"].eq("preschool-gross-enrolment-rate")
    ]
    assert rates.set_index("period")["role"].to_dict() == {"2025": "promise", "2035": "promise"}


def test_the_mobile_service_is_on_track_and_another_definition_is_named(judged):
    rows = judged[judged["document"].eq("egov-145")].set_index("indicator")
    users = rows.loc["phone-app-registered-users"]
    assert (users["latest"], users["latest_period"], users["status"]) == (139.28, "2022-06", "on_track")
    assert not users["own"]
    online = rows.loc["online-available-rate"]
    assert (online["latest"], online["latest_quality"], online["status"]) == (99.86, "B", "achieved")
    assert rows.loc["full-online-or-zero-visit-rate", "state"] == "other_definition"
    assert tallied(judged, "egov-145")["promise"].states == {
        **{"achieved": 1, "on_track": 1, "awaited": 12, "other_definition": 3},
    }


def test_every_promise_has_one_role_and_repeated_ones_none(shipped, judged):
    assert judged["role"].isin(promises.ROLES).all()
    assert set(judged["id"]) == set(shipped.targets.loc[shipped.targets["restates"].isna(), "id"])
    assert judged["role"].eq("text").equals(judged["kind"].eq("text"))


REGIONS = pd.DataFrame({"code": ["1", "11", "111"], "parent": [None, "1", "11"]})
DOCUMENTS = pd.DataFrame({"id": ["p", "q"], "period": ["2021/2025", None]})


def role(*rows):
    table = pd.DataFrame(rows, columns=["document", "indicator", "region", "period"]).assign(kind="level")
    return promises.roles(table, DOCUMENTS, REGIONS).tolist()


def test_the_ends_of_a_range_are_one_promise():
    """One to two sports for life: at least 1, at most 2."""
    assert role(("p", "a", "1", "2025"), ("p", "a", "1", "2025"), ("p", "b", "1", "2025")) == [
        *("promise", "bound", "promise"),
    ]


def test_what_begins_later_is_not_due_and_asks_for_its_own_years(judged):
    """Five counties in 2026-2030, three in 2031-2035: one and 0.6 a year, not a tenth or a fifth less."""
    later = judged[judged["id"].isin(["edu-145-190", "edu-145-191"])].set_index("period")
    assert later["state"].tolist() == ["not_due", "not_due"]
    assert later["required_per_year"].round(6).to_dict() == {"2026/2030": 1.0, "2031/2035": 0.6}


def test_a_share_is_one_of_a_region_at_any_distance_above_and_of_the_same_date():
    assert role(("p", "a", "1", "2025"), ("p", "a", "111", "2025")) == ["promise", "by_region"]
    assert role(("p", "a", "1", "2024"), ("p", "a", "111", "2025")) == ["promise", "promise"]
    assert role(("p", "a", "1", "2025"), ("q", "a", "111", "2025")) == ["promise", "promise"]


def test_the_first_year_of_a_plan_is_not_past():
    assert role(("p", "a", "1", "2020"), ("p", "b", "1", "2021")) == ["past", "promise"]
    assert role(("q", "a", "1", "1999"), ("q", "b", "1", None)) == ["promise", "promise"]


@given(
    st.lists(
        st.tuples(
            st.sampled_from("pq"),
            st.sampled_from("ab"),
            st.sampled_from(["1", "11", "111"]),
            st.sampled_from(["2020", "2022", "2025", "2030", None]),
        ),
        unique=True,
        min_size=1,
    )
)
def test_what_is_promised_is_counted_at_least_once_and_no_more_than_it_has_regions_and_horizons(rows):
    table = pd.DataFrame(rows, columns=["document", "indicator", "region", "period"]).assign(kind="level")
    table["role"] = promises.roles(table, DOCUMENTS, REGIONS)
    for _, part in table[table["role"].ne("past")].groupby(["document", "indicator"]):
        counted = part["role"].eq("promise").sum()
        assert 1 <= counted <= part["region"].nunique() * 4


def test_states_are_listed_in_the_order_of_their_meaning():
    rows = [
        *(("promise", "doubtful_only", True), ("promise", "overdue", False)),
        *(("promise", "slow", True), ("promise", "kept", False)),
    ]
    counted = promises.tally(pd.DataFrame(rows, columns=["role", "state", "own"]))["promise"]
    assert list(counted.states) == ["slow", "kept", "overdue", "doubtful_only"]
    assert (counted.judged, counted.own, counted.of("slow", "kept", "lost")) == (2, 1, 2)
