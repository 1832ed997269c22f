"""The cheapest plan: by hand, against brute force, and always good when put back in as data."""

import itertools
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from balance_schools import COLUMNS, counties, school, schools
from examples import up_to
from plan_monitor.balance import RESOURCES, cheapest_plan, coefficients, evaluate_schools
from plan_monitor.balance.levelling import excess, level, tangent, whole_units
from plan_monitor.balance.plan import Plan, _stuck

PRICES = dict(zip(RESOURCES["indicator"], (30_000, 20_000, 500_000, 3_000, 600, 1, 50_000), strict=True))


def prices(**changes):
    given = {name.replace("-", "_"): price for name, price in PRICES.items()} | changes
    return pd.DataFrame({"indicator": list(PRICES), "unit_cost": list(given.values())})


def assert_passes(plan, standard):
    assert plan.possible
    assert set(evaluate_schools(plan.schools, standard)["status"]) <= {"passes", "no_students"}
    assert set(coefficients(plan.schools, standard)["state"]) <= {"met", "open"}  # open: nobody has any
    assert plan.cost == pytest.approx(plan.additions["cost"].sum())
    assert (plan.additions["addition"] > 0).all()
    assert (plan.additions["addition"] % 1 == 0).all()
    assert plan.bound <= plan.cost * (1 + 1e-9)


def test_a_county_that_passes_needs_nothing(standard):
    plan = cheapest_plan(schools(school()), standard, prices())
    assert (plan.cost, plan.gap, len(plan.additions)) == (0, 0, 0)


def test_the_dearest_shortfall_is_the_one_to_waive(standard):
    # short of 1 PE teacher (500 000; 8 of 9 are 89 %) and of 500 m² of sports ground (300 000; 93 %)
    plan = cheapest_plan(schools(school(pe_arts_teachers=8, sports_area=7000)), standard, prices())
    assert plan.additions[["column", "addition", "cost"]].values.tolist() == [["sports_area", 500, 300_000]]
    assert plan.waived["indicator"].tolist() == ["pe-arts-teachers-per-100"]
    assert plan.waived["figure"].tolist() == pytest.approx([0.8])
    # at a tenth of the price it is the sports ground that may stay
    plan = cheapest_plan(
        schools(school(pe_arts_teachers=8, sports_area=7000)),
        standard,
        prices(pe_arts_teachers_per_100=50_000),
    )
    assert plan.additions[["column", "addition", "cost"]].values.tolist() == [["pe_arts_teachers", 1, 50_000]]


def test_what_is_waived_is_still_raised_to_85_percent(standard):
    plan = cheapest_plan(schools(school(sports_area=0, backbone_teachers=9)), standard, prices())
    # either the sports ground to 6 375 m² and the teacher, or the whole ground: the first is cheaper
    assert plan.additions[["column", "addition"]].values.tolist() == [
        ["backbone_teachers", 1],
        ["sports_area", 6375],
    ]
    assert plan.cost == 20_000 + 6375 * 600


def test_unequal_schools_are_levelled_from_below(standard):
    # both pass; rooms 23 and 230 for 1 000 pupils each: mean 12.65, deviation 10.35 a hundred, CV 0.82
    # with t rooms the poorer: (230 − t)/(230 + t) ≤ 0.5 means t ≥ 76.67: 77 rooms, 54 more
    plan = cheapest_plan(schools(school("1"), school("2", multimedia_rooms=230)), standard, prices())
    assert plan.additions[["code", "column", "addition"]].values.tolist() == [["1", "multimedia_rooms", 54]]
    assert plan.gap <= 1e-3
    assert_passes(plan, standard)


def test_a_school_without_pupils_gets_nothing_and_needs_nothing(standard):
    plan = cheapest_plan(schools(school("1", sports_area=0), school("2", students=0)), standard, prices())
    assert set(plan.additions["code"]) == {"1"}
    assert_passes(plan, standard)
    nobody = cheapest_plan(schools(school(students=0)), standard, prices())
    assert (nobody.possible, nobody.cost) == (True, 0)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([school(sports_area=6000)], [("below", "1", "sports-area-per-student")]),
        ([school(sports_area=None)], [("missing", "1", "sports-area-per-student")]),
        (
            [school(sports_area=6400, teaching_area=4400)],
            [("too_many", "1", "teaching-area-per-student"), ("too_many", "1", "sports-area-per-student")],
        ),
        ([school("1"), school("2", sports_area=80_000)], [("unequal", None, "sports-area-per-student")]),
    ],
)
def test_where_nothing_can_be_added_the_plan_says_what_stands_in_the_way(standard, rows, expected):
    fixed = prices(sports_area_per_student=math.nan, teaching_area_per_student=math.nan)
    plan = cheapest_plan(schools(*rows), standard, fixed)
    assert not plan.possible
    assert math.isnan(plan.cost)
    obstacles = plan.obstacles[["reason", "code", "indicator"]].astype(object)
    assert [tuple(None if pd.isna(v) else v for v in row) for row in obstacles.values] == expected


def test_one_fixed_shortfall_takes_the_waiver(standard):
    fixed = prices(sports_area_per_student=math.nan)
    plan = cheapest_plan(schools(school(sports_area=6400, pe_arts_teachers=8)), standard, fixed)
    assert plan.waived["indicator"].tolist() == ["sports-area-per-student"]
    assert plan.additions["column"].tolist() == ["pe_arts_teachers"]
    assert_passes(plan, standard)


def test_what_it_refuses(standard):
    with pytest.raises(ValueError, match="one county"):
        cheapest_plan(schools(school(), school(region="B")), standard, prices())
    with pytest.raises(ValueError, match="the pupils of every school"):
        cheapest_plan(schools(school(students=math.nan)), standard, prices())
    with pytest.raises(ValueError, match="positive"):
        cheapest_plan(schools(school()), standard, prices(sports_area_per_student=0))


@pytest.mark.slow
@settings(max_examples=up_to(60), deadline=None)
@given(counties(), st.lists(st.floats(0.01, 1e6), min_size=7, max_size=7))
def test_the_plan_put_back_in_as_data_passes(standard, county, costs):
    costs = pd.DataFrame({"indicator": RESOURCES["indicator"], "unit_cost": costs})
    plan = cheapest_plan(county, standard, costs)
    assert_passes(plan, standard)
    # what can be shown to be missing: one unit of one resource at the most for each coefficient
    assert plan.cost - plan.bound <= max(2e-3 * plan.cost, 2 * 14 * costs["unit_cost"].max())
    again = cheapest_plan(plan.schools, standard, costs)
    assert again.cost == 0


@pytest.mark.slow
@settings(max_examples=up_to(15), deadline=None)
@given(st.data())
def test_no_choice_of_waivers_and_rooms_is_cheaper(standard, data):
    """Brute force over two schools that lack some of three countable resources."""
    counted = ["teachers_above_degree", "backbone_teachers", "multimedia_rooms"]
    rows = []
    for code in "12":
        students = data.draw(st.sampled_from([100, 150, 200]))
        has = {column: data.draw(st.integers(0, 12)) for column in counted}
        plenty = dict.fromkeys(set(COLUMNS) - set(counted), 0)
        plenty = {column: school(students=students)[column] * 1.2 for column in plenty}
        rows.append(school(code, students=students, **plenty, **has))
    county, costs = schools(*rows), prices()
    plan = cheapest_plan(county, standard, costs)
    assert_passes(plan, standard)
    price = costs.set_index("indicator")["unit_cost"].reindex(RESOURCES["indicator"])
    price = dict(zip(COLUMNS, price, strict=True))
    best = math.inf
    for waived in itertools.product([None, *counted], repeat=2):  # what each school leaves at 85 %
        total = 0
        for column in counted:
            low = [
                minimum(row, column, standard, 0.85 if waived[i] == column else 1.0)
                for i, row in enumerate(rows)
            ]
            total += price[column] * fewest(low, [row[column] for row in rows], [r["students"] for r in rows])
        best = min(best, total)
    assert plan.cost == pytest.approx(best, rel=1e-3)


def minimum(row, column, standard, share):
    """Fewest units a school must have of a resource."""
    indicator = dict(zip(RESOURCES["column"], RESOURCES["indicator"], strict=True))[column]
    threshold = standard[(standard["indicator"] == indicator) & (standard["level"] == "primary")][
        "threshold"
    ].item()
    return max(row[column], math.ceil(share * threshold * row["students"] / 100 - 1e-9))


def fewest(low, have, students):
    """Fewest units to add to two schools, from their minimum upwards, that keep the coefficient at 0.5."""
    students = np.array(students, dtype=float)
    for extra in itertools.count():
        for first in range(extra + 1):
            totals = np.array([low[0] + first, low[1] + extra - first], dtype=float)
            if excess(totals, students, 0.5) <= 0:
                return totals.sum() - sum(have)


@settings(max_examples=up_to(100), deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 300), st.integers(1, 500)), min_size=2, max_size=12),
    st.sampled_from([0.1, 0.45, 0.5]),
)
def test_levelling_is_enough_and_its_tangent_valid(rows, limit):
    totals, students = (np.array(side, dtype=float) for side in zip(*rows, strict=True))
    totals[0] += 1  # somebody has something
    height = level(totals, students, limit)
    if height is None:
        assert excess(totals, students, limit) <= 0
        return
    filled = np.maximum(totals, students * height)
    assert abs(excess(filled, students, limit)) <= 1e-9 * filled.sum()
    units = whole_units(totals, students, limit, height)
    assert excess(totals + units, students, limit) <= 0
    assert ((units >= 0) & (units % 1 == 0)).all()
    weights = tangent(totals, students, limit, height)
    # the cut passes through the cheapest point, cuts off the start and allows any totals within the limit
    assert weights @ filled == pytest.approx(0, abs=1e-6 * (np.abs(weights) @ filled))
    assert weights @ totals > 0
    equal = students * 7.0
    assert weights @ equal <= 1e-9 * (np.abs(weights) @ equal)
    assert weights @ (totals + units) <= 1e-9 * (np.abs(weights) @ (totals + units))


def test_two_schools_levelled_by_hand():
    """10 and 40 things for 10 pupils each: the poorer one needs 13.33 of 40 for a coefficient of a half."""
    totals, students = np.array([10.0, 40.0]), np.array([10.0, 10.0])
    assert excess(totals, students, 0.5) == pytest.approx(1.5 - 1.25)
    height = level(totals, students, 0.5)
    assert height == pytest.approx(4 / 3)
    assert whole_units(totals, students, 0.5, height).tolist() == [4, 0]
    weights = tangent(totals, students, 0.5, height)
    assert weights == pytest.approx([-1, 1 / 3])  # the mean is 8/3, the deviation 4/3
    assert level(np.array([20.0, 40.0]), students, 0.5) is None
    assert level(np.array([10.0, 10.0]), students, 0.5) is None


def test_the_gap_is_the_share_of_the_cost_that_a_cheaper_plan_might_save():
    nothing = pd.DataFrame()
    assert Plan(nothing, nothing, nothing, 200.0, 150.0, nothing).gap == 0.25
    assert Plan(nothing, nothing, nothing, 0.0, 0.0, nothing).gap == 0
    assert Plan(nothing, nothing, nothing, 200.0, 150.0, nothing).possible


def test_a_coefficient_just_at_its_limit_is_levelled_no_further():
    """10 and 30 things: a deviation of 10, half of the mean of 20; 20 and 60 likewise."""
    pupils = np.array([10.0, 10.0])
    assert excess(np.array([10.0, 30.0]), pupils, 0.5) == 0
    assert level(np.array([10.0, 30.0]), pupils, 0.5) is None
    totals = np.array([10.0, 60.0])
    assert level(totals, pupils, 0.5) == pytest.approx(2)
    assert whole_units(totals, pupils, 0.5, 2.0).tolist() == [10, 0]


def where_it_helps_most(totals, students, limit, height):
    """Whole units one by one, each where it leaves the least excess, tried at every school."""
    added = np.maximum(np.floor(students * height - totals + 1e-9), 0)
    while excess(totals + added, students, limit) > 0:
        tried = [excess(totals + added + one, students, limit) for one in np.eye(len(totals))]
        added[np.argmin(np.round(tried, 12))] += 1
    return added


@pytest.mark.parametrize("seed", range(20))
def test_the_last_units_go_where_they_help_most(seed):
    chance = np.random.default_rng(seed)
    students = chance.choice([7.0, 11.0, 13.0, 29.0, 53.0], 6, replace=True)
    totals = np.floor(students * chance.choice([0.1, 0.2, 0.3, 2.0, 5.0], 6))
    height = level(totals, students, 0.3)
    expected = where_it_helps_most(totals, students, 0.3, height)
    found = whole_units(totals, students, 0.3, height)
    assert found.sum() == expected.sum()
    assert excess(totals + found, students, 0.3) == pytest.approx(excess(totals + expected, students, 0.3))


def test_a_plan_has_the_form_of_its_input_and_says_where_each_addition_belongs(standard):
    rows = schools(school("1"), school("2", "junior", 500, sports_area=2000), school("3", sports_area=7400))
    plan = cheapest_plan(rows.set_axis([5, 6, 9]), standard, prices())
    assert plan.schools.columns.tolist() == rows.columns.tolist()
    assert plan.schools["code"].tolist() == ["1", "2", "3"]
    assert plan.schools["sports_area"].tolist() == [7500, 4335, 7400]
    identity = ["region", "period", "code", "type", "level", "name_zh", "name_en", "students"]
    assert plan.additions.columns.tolist() == [*identity, "indicator", "column", "addition", "cost"]
    assert plan.additions[["code", "level", "addition", "cost"]].values.tolist() == [
        ["2", "junior", 2335.0, 2335 * 600.0]
    ]
    assert plan.waived.columns.tolist() == [*identity, "indicator", "figure", "threshold"]
    assert plan.waived[["code", "figure", "threshold"]].values.tolist() == [
        ["2", 8.67, 10.2],
        ["3", 7.4, 7.5],
    ]
    assert (plan.cost, plan.bound) == (2335 * 600, pytest.approx(2335 * 600, rel=1e-3))


def test_a_school_with_one_pupil_has_a_plan_too(standard):
    plan = cheapest_plan(schools(school(students=1, sports_area=5, teaching_area=4)), standard, prices())
    assert plan.additions[["column", "addition"]].values.tolist() == [["sports_area", 3]]
    assert plan.waived["indicator"].tolist() == ["teaching-area-per-student"]


def test_a_coefficient_at_its_limit_needs_nothing(standard):
    """30 and 10 teachers of a thousand pupils each: half of the mean."""
    county = schools(school("1", backbone_teachers=30), school("2", backbone_teachers=10))
    assert cheapest_plan(county, standard, prices()).additions.empty
    more = schools(school("1", backbone_teachers=31), school("2", backbone_teachers=10))
    plan = cheapest_plan(more, standard, prices())
    assert plan.additions[["code", "column", "addition"]].values.tolist() == [["2", "backbone_teachers", 1]]


FIXED = {"sports_area_per_student": math.nan, "teaching_area_per_student": math.nan}


@pytest.mark.parametrize(
    ("totals", "reasons"),
    [
        ({"pe_arts_teachers": 7}, []),  # what nobody lacks may be fixed
        ({"sports_area": 7499}, []),
        ({"sports_area": 7499, "teaching_area": 4499}, ["too_many", "too_many"]),
        ({"sports_area": 6375}, []),
        ({"sports_area": 6374}, ["below"]),
        ({"sports_area": 6374, "teaching_area": 4499}, ["below", "too_many"]),
    ],
)
def test_what_cannot_be_added_to_may_be_missed_once_and_not_below_the_floor(standard, totals, reasons):
    county = schools(school("1", **totals))
    plan = cheapest_plan(county, standard, prices(**FIXED))
    assert sorted(plan.obstacles["reason"]) == reasons
    assert plan.possible == (not reasons)
    if reasons:
        assert plan.additions.empty and plan.waived.empty
        assert math.isnan(plan.cost) and math.isnan(plan.bound)
        pd.testing.assert_frame_equal(plan.schools, county)


def test_a_level_without_inequality_is_no_obstacle_where_another_has_one(standard):
    county = schools(
        school("1"), school("2"), school("3", "junior"), school("4", "junior", sports_area=200_000)
    )
    plan = cheapest_plan(county, standard, prices(**FIXED))
    assert plan.obstacles[["reason", "level", "indicator"]].values.tolist() == [
        ["unequal", "junior", "sports-area-per-student"]
    ]
    assert plan.additions.empty and plan.waived.empty


def test_one_school_of_which_the_pupils_are_not_known_is_enough_to_have_no_plan(standard):
    with pytest.raises(ValueError, match="the pupils of every school"):
        cheapest_plan(schools(school("1"), school("2") | {"students": math.nan}), standard, prices())
    with pytest.raises(ValueError, match=r"unit costs: column\(s\) missing: unit_cost"):
        cheapest_plan(schools(school("1")), standard, prices()[["indicator"]])


def test_where_nobody_goes_to_school_nothing_is_the_least_cost(standard):
    plan = cheapest_plan(schools(school(students=0)), standard, prices())
    assert (plan.cost, plan.bound, plan.gap) == (0, 0, 0)


def test_the_bound_is_what_is_left_where_units_need_not_be_whole(standard):
    """t = 76.67 of 230 rooms is enough for a half; no plan of whole rooms costs less than 53.67 of them."""
    plan = cheapest_plan(schools(school("1"), school("2", multimedia_rooms=230)), standard, prices())
    assert plan.cost == 54 * 50_000
    assert 53.66 * 50_000 <= plan.bound <= plan.cost
    # square metres at several schools: whole ones cost a little more than fractions would
    grounds = ((12, 0), (12, 900), (33, 100))
    rows = [school(str(n), students=many, sports_area=area) for n, (many, area) in enumerate(grounds)]
    plan = cheapest_plan(schools(*rows), standard, prices())
    assert 0 < plan.gap < 1e-3
    assert_passes(plan, standard)


def test_a_plan_of_several_schools_and_both_levels_is_the_cheapest_there_is(standard):
    """Of each school what it lacks but its dearest, each level by itself."""
    county = schools(
        school("1", sports_area=7000, backbone_teachers=8),  # 500 m² or two teachers: 300 000, 40 000
        school("2", "junior", sports_area=9000, multimedia_rooms=21),  # 720 000, three rooms: 150 000
        school("3", equipment_value=1_900_000, pe_arts_teachers=8),  # 100 000, 500 000
    )
    plan = cheapest_plan(county, standard, prices())
    assert plan.additions[["code", "column", "addition"]].values.tolist() == [
        ["1", "backbone_teachers", 2],
        ["2", "multimedia_rooms", 3],
        ["3", "equipment_value", 100_000],
    ]
    assert plan.waived[["code", "indicator"]].values.tolist() == [
        ["1", "sports-area-per-student"],
        ["2", "sports-area-per-student"],
        ["3", "pe-arts-teachers-per-100"],
    ]
    assert plan.cost == 40_000 + 150_000 + 100_000
    assert plan.gap <= 1e-3
    assert Plan(county, county, county, 1.0, 0.5, county).gap == 0.5


@pytest.mark.parametrize(
    ("bounds", "stuck"),
    [
        ([10, 10, 10, 10, 10], False),  # not yet five rounds on
        ([10, 10, 10, 10, 10, 10.095], True),
        ([10, 10, 10, 10, 10, 10.105], False),
        ([5, 10, 10, 10, 10, 10, 10.095], True),
        ([10, 10, 11, 11, 11, 11, 11], False),  # six rounds ago it was as low
        ([10, 11, 11, 11, 11, 11, 11], True),
    ],
)
def test_a_search_ends_where_five_rounds_raise_the_bound_by_less_than_a_ten_thousandth_of_the_cost(
    bounds, stuck
):
    assert _stuck(bounds, 1000.0) is stuck
