"""The difference coefficient, worked by hand and against its laws."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from balance_schools import counties, school, schools
from examples import up_to
from plan_monitor.balance import RESOURCES, coefficients, difference_coefficient

# the published example of the calculation method: five primary schools and their books
STUDENTS, BOOKS = [45, 37, 89, 76, 55], [279, 137, 935, 160, 402]

totals = st.lists(st.tuples(st.integers(0, 5000), st.integers(1, 3000)), min_size=1, max_size=20)


def test_the_published_example_step_by_step():
    each = [x / p for x, p in zip(BOOKS, STUDENTS, strict=True)]
    assert [round(figure, 2) for figure in each] == [6.2, 3.7, 10.51, 2.11, 7.31]  # as printed
    mean = sum(BOOKS) / sum(STUDENTS)
    assert round(mean, 2) == 6.33
    parts = [p / 302 * (x - mean) ** 2 for x, p in zip(each, STUDENTS, strict=True)]
    # printed: 0.003, 0.85, 5.13, 4.50, 0.17; sum 10.65; root 3.26; divided by 6.33: 0.52
    assert [round(part, 3) for part in parts] == [0.003, 0.849, 5.127, 4.501, 0.173]
    assert round(math.sqrt(sum(parts)) / mean, 2) == 0.52
    assert round(difference_coefficient(BOOKS, STUDENTS), 2) == 0.52


def test_two_schools_by_hand():
    # 30 things for 10 pupils, 10 for 30: 3 and 1/3 each, mean 40/40 = 1
    # S² = 10/40·(3−1)² + 30/40·(1/3−1)² = 1 + 1/3, S = 1.1547, CV = 1.1547
    assert difference_coefficient([30, 10], [10, 30]) == pytest.approx(math.sqrt(4 / 3))


def unweighted(totals, students):
    each = np.divide(totals, students)
    return each.std() / each.mean()


def test_the_unweighted_coefficient_is_another_number():
    assert round(unweighted(BOOKS, STUDENTS), 2) == 0.49
    assert unweighted(BOOKS, STUDENTS) < 0.5 < difference_coefficient(BOOKS, STUDENTS)  # a pass for a fail


@pytest.mark.parametrize(
    ("totals", "students", "expected"),
    [
        ([7], [3], 0.0),  # one school
        ([5, 10], [10, 20], 0.0),  # equal
        ([5, 10, 99], [10, 20, 0], 0.0),  # a school without pupils does not count, nor what it has
        ([0, 9], [10, 10], 1.0),  # one has nothing: figures 0 and 0.9, mean 0.45
    ],
)
def test_degenerate_counties(totals, students, expected):
    assert difference_coefficient(totals, students) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(("totals", "students"), [([], []), ([0, 0], [5, 5]), ([4], [0])])
def test_where_it_is_not_defined(totals, students):
    assert math.isnan(difference_coefficient(totals, students))


@pytest.mark.parametrize(
    ("totals", "students"), [([1, 2], [1]), ([1, math.nan], [1, 1]), ([-1, 2], [1, 1]), ([1, 2], [1, -1])]
)
def test_what_it_refuses(totals, students):
    with pytest.raises(ValueError, match="total"):
        difference_coefficient(totals, students)


@given(totals, st.integers(2, 1000))
def test_it_has_no_unit_and_no_size(rows, factor):
    things, pupils = map(np.array, zip(*rows, strict=True))
    assume(things.sum() > 0)
    value = difference_coefficient(things, pupils)
    assert value >= 0
    assert difference_coefficient(things * factor, pupils) == pytest.approx(value, abs=1e-9)
    assert difference_coefficient(things * factor, pupils * factor) == pytest.approx(value, abs=1e-9)


@given(totals)
def test_splitting_a_school_into_equal_halves_changes_nothing(rows):
    things, pupils = map(list, zip(*rows, strict=True))
    assume(sum(things) > 0)
    halves = [x / 2 for x in things] * 2, [p / 2 for p in pupils] * 2
    assert difference_coefficient(*halves) == pytest.approx(difference_coefficient(things, pupils), abs=1e-9)


@pytest.mark.slow
@settings(max_examples=up_to(40), deadline=None)
@given(counties())
def test_the_table_says_what_the_function_says(standard, county):
    column = dict(zip(RESOURCES["indicator"], RESOURCES["column"], strict=True))
    for row in coefficients(county, standard).itertuples():
        part = county[county["level"] == row.level]
        single = difference_coefficient(part[column[row.indicator]], part["students"])
        assert row.cv == pytest.approx(single, abs=1e-12, nan_ok=True)
        assert row.state == (
            "open" if math.isnan(single) else "met" if single <= row.limit + 1e-9 else "not_met"
        )


def test_levels_have_their_own_limits_and_counties_stay_apart(standard):
    table = coefficients(
        schools(
            school("1", "primary", region="B"),
            school("2", "junior", region="A"),
            school("3", "junior", region="B"),
        ),
        standard,
    )
    assert list(dict.fromkeys(zip(table["region"], table["level"], strict=True))) == [
        ("A", "junior"),
        ("B", "primary"),
        ("B", "junior"),
    ]
    assert table.groupby("level")["limit"].unique().to_dict() == {"primary": [0.5], "junior": [0.45]}
    assert (table["state"] == "met").all()


def test_a_missing_figure_leaves_the_coefficient_open(standard):
    table = coefficients(schools(school("1"), school("2", sports_area=None)), standard).set_index("indicator")
    assert table.loc["sports-area-per-student", ["schools", "missing", "state"]].tolist() == [1, 1, "open"]
    assert (table.drop("sports-area-per-student")["state"] == "met").all()
    assert table.at["teaching-area-per-student", "mean"] == pytest.approx(4.5)
    assert table.at["backbone-teachers-per-100", "mean"] == pytest.approx(1.0)  # for a hundred pupils


@pytest.mark.parametrize(("teachers", "state"), [(30, "met"), (31, "not_met")])
def test_a_coefficient_at_its_limit_keeps_it(standard, teachers, state):
    """30 and 10 teachers of a thousand pupils each: the deviation of 10 is half of the mean of 20."""
    county = schools(school("1", backbone_teachers=teachers), school("2", backbone_teachers=10))
    table = coefficients(county, standard).set_index("indicator")
    assert table.at["backbone-teachers-per-100", "state"] == state


@pytest.mark.parametrize(
    ("level", "areas", "state"),
    [
        ("primary", (3750, 11_250), "met"),  # 3.75 and 11.25 a pupil: 0.5 of their mean of 7.5
        ("primary", (3749, 11_251), "not_met"),
        ("junior", (5610, 14_790), "met"),  # 0.45 of 10.2
        ("junior", (5609, 14_791), "not_met"),
    ],
)
def test_a_coefficient_at_its_limit_is_within_it(standard, level, areas, state):
    pair = [school(str(n), level, sports_area=area) for n, area in enumerate(areas)]
    table = coefficients(schools(*pair), standard).set_index("indicator")
    found = table.loc["sports-area-per-student"]
    assert (found["state"], found["schools"], found["missing"]) == (state, 2, 0)
    assert found["mean"] == pytest.approx(7.5 if level == "primary" else 10.2)
    assert found["deviation"] == pytest.approx((areas[1] - areas[0]) / 2000)
    teachers = table.loc["teachers-above-degree-per-100", ["mean", "cv"]].tolist()
    assert teachers == pytest.approx([4.2 if level == "primary" else 5.3, 0])


def test_a_school_with_one_pupil_counts_and_one_without_is_not_among_those_counted(standard):
    """9 and 1 things for a pupil each: a mean of 5 and a deviation of 4."""
    assert difference_coefficient([9, 1], [1, 1]) == pytest.approx(0.8)
    county = schools(school("1", students=1, sports_area=9), school("2", students=1, sports_area=1))
    closed = schools(school("3", students=0, sports_area=500))
    table = coefficients(pd.concat([county, closed]), standard).set_index("indicator")
    found = table.loc["sports-area-per-student", ["schools", "missing", "mean", "deviation", "cv", "state"]]
    assert found.tolist() == [2, 0, 5, 4, pytest.approx(0.8), "not_met"]


def test_where_nobody_has_any_of_a_resource_the_coefficient_is_open(standard):
    table = coefficients(schools(school("1", sports_area=0), school("2", sports_area=0)), standard)
    found = table.set_index("indicator").loc["sports-area-per-student"]
    assert (found["state"], found["missing"], found["mean"]) == ("open", 0, 0)
    assert math.isnan(found["cv"])


def test_figures_are_stated_for_a_hundred_pupils_or_for_one(standard):
    pair = school("1", students=500, backbone_teachers=10, teaching_area=4000), school("2", students=1500)
    table = coefficients(schools(*pair), standard).set_index("indicator")
    # 10 for 500 and 15 for 1 500: 2 and 1 a hundred, 25 for 2 000; 8 and 4.5 m² a pupil, 10 750 for 2 000
    expected = {
        "backbone-teachers-per-100": (1.25, 0.4330127),
        "teaching-area-per-student": (5.375, 1.5155445),
    }
    for name, figures in expected.items():
        assert table.loc[name, ["mean", "deviation"]].tolist() == pytest.approx(figures)
        assert table.at[name, "cv"] == pytest.approx(figures[1] / figures[0])
        assert table.at[name, "limit"] == 0.5


@pytest.mark.parametrize(("totals", "students"), [([[1, 2]], [[1, 1]]), (3, 1), ([[1, 2]], [1, 1])])
def test_totals_and_pupils_are_two_lists(totals, students):
    with pytest.raises(ValueError, match="as many totals as pupil numbers are needed"):
        difference_coefficient(totals, students)


def test_nothing_and_no_pupils_are_numbers_like_others():
    assert difference_coefficient([0, 4, 0], [1, 3, 0]) == pytest.approx(math.sqrt(1 / 3))
