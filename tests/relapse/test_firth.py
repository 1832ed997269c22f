"""Penalised likelihood gives published figures, holds where cases are told apart, and errs to the known side."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plan_monitor.relapse.firth import Firth

# pulsatility index / endometrium height of the patients of the endometrial cancer study of Heinze and
# Schemper (2002), Statistics in Medicine 21: by grade, and by whether there was neovasculization; where
# there was, all were of high grade
LOW = """13/1.64 16/2.26 8/3.14 34/2.68 20/1.28 5/2.31 17/1.8 10/1.68 26/1.56 17/2.31 8/2.01 7/1.89 20/3.15
10/1.23 18/1.27 16/1.76 18/2 28/1.5 11/1.33 19/2.37 10/1.82 10/3.13 18/1.31 14/1.92 21/1.64 11/2.01 17/1.88
25/1.93 16/2.11 19/1.29 15/1.72 33/0.75 24/1.92 29/2.02 15/2.29 12/2.33 3/2.9 20/1.7 23/1.41 12/2.25 22/1.54
42/1.97 15/1.75 13/2.16 14/2.57 19/1.37 12/3.61 13/2.04 10/2.17"""
HIGH = """8/2.64 29/0.88 12/1.27 20/1.37 7/0.97 48/1.84 12/1.11 19/1.61 2/1.18 21/1.19 15/1.06 12/1.69 6/1.84
5/1.3 17/0.96 5/0.35 33/0.85"""
HIGH_WITH = """38/0.97 22/1.14 7/0.88 25/0.91 15/0.58 22/1.44 40/1.18 5/0.93 0/1.17 49/0.27 11/1.01 21/0.98
19/1.02"""


@pytest.fixture(scope="module")
def endometrial():
    rows = []
    for patients, with_it, high in ((LOW, 0, 0), (HIGH, 0, 1), (HIGH_WITH, 1, 1)):
        rows += [(1, with_it, *map(float, patient.split("/")), high) for patient in patients.split()]
    figures = np.array(rows)
    assert figures.shape == (79, 5)
    return Firth(figures[:, :4], figures[:, 4])


def coefficient(place, count):
    gradient = np.eye(count)[place]
    return lambda beta: (beta[place], gradient)


def test_coefficients_and_profile_intervals_are_those_of_the_published_example(endometrial):
    # as R's package logistf has them of these data: constant, neovasculization, index, height
    published = [3.77455951, 2.92927330, -0.03475175, -2.60416387]
    assert endometrial.coefficients == pytest.approx(published, rel=1e-5)
    ends = [endometrial.interval(coefficient(place, 4)) for place in range(4)]
    assert ends[0] == pytest.approx((1.0825371, 7.2092805), rel=1e-6)
    assert ends[1] == pytest.approx((0.6097244, 7.8546317), rel=1e-6)
    assert ends[2] == pytest.approx((-0.1244587, 0.0404555), rel=1e-5)
    assert ends[3] == pytest.approx((-4.3651832, -1.2327211), rel=1e-6)


def test_a_p_value_is_where_an_interval_begins_to_hold_zero(endometrial):
    for place in range(4):
        p_value = endometrial.p_value(place)
        ends = endometrial.interval(coefficient(place, 4), confidence=1 - p_value)
        assert min(map(abs, ends)) == pytest.approx(0, abs=1e-5)
    assert endometrial.p_value(1) < 0.05 < endometrial.p_value(2)


@given(*[st.integers(0, 60)] * 4)
@example(0, 1, 0, 2)  # steps of full length lead from one side of the peak to the other and back
def test_of_a_table_of_four_it_is_the_odds_ratio_with_a_half_added_to_each_cell(a, b, c, d):
    """Firth (1993), Biometrika 80; cells may be empty, where maximum likelihood has no end."""
    if not (a + b and c + d):
        return
    x = np.repeat([[1.0, 0.0]] * 2 + [[1.0, 1.0]] * 2, [a, b, c, d], axis=0)
    model = Firth(x, np.repeat([1.0, 0.0, 1.0, 0.0], [a, b, c, d]))
    base = np.log((a + 0.5) / (b + 0.5))
    assert model.coefficients == pytest.approx([base, np.log((c + 0.5) / (d + 0.5)) - base], abs=1e-4)


@given(st.integers(1, 200), st.integers(1, 200))
def test_the_level_makes_the_mean_probability_the_share_of_cases(cases, others):
    x, outcome = np.ones((cases + others, 1)), np.repeat([1.0, 0.0], [cases, others])
    model = Firth(x, outcome)
    wanted = np.log(cases / others)
    assert model.coefficients[0] + model.level() == pytest.approx(wanted, abs=1e-6)
    # without it, the rarer of both is foreseen too often
    assert abs(model.coefficients[0]) <= abs(wanted)


def test_columns_that_depend_on_each_other_have_no_estimate():
    x = np.column_stack([np.ones(8), np.arange(8.0), 2 * np.arange(8.0) + 1])
    with pytest.raises(np.linalg.LinAlgError):
        Firth(x, np.array([0, 1, 0, 1, 1, 0, 1, 0]))


def test_cases_that_are_all_told_apart_have_finite_estimates_and_wide_intervals():
    x = np.column_stack([np.ones(12), np.arange(12.0)])
    model = Firth(x, (np.arange(12) >= 6).astype(float))
    lower, upper = model.interval(coefficient(1, 2))
    assert 0 < lower < model.coefficients[1] < upper < 100


@pytest.mark.parametrize("scale", [30, 300])
@pytest.mark.parametrize("others", [[], [np.sin(np.arange(8.0) ** 2)]])
def test_the_unit_of_a_column_changes_its_coefficient_alone(scale, others):
    """Of cases that are told apart, which takes many steps where the unit is small."""
    outcome, places = (np.arange(8) >= 7).astype(float), np.arange(8.0)
    columns = [np.ones(8), places, *others]
    model = Firth(np.column_stack(columns), outcome)
    fine = Firth(np.column_stack([np.ones(8), *(scale * column for column in columns[1:])]), outcome)
    assert fine.coefficients[0] == pytest.approx(model.coefficients[0], rel=1e-3)
    assert scale * fine.coefficients[1:] == pytest.approx(model.coefficients[1:], rel=1e-3)
    assert fine.interval(coefficient(0, len(columns))) == pytest.approx(
        model.interval(coefficient(0, len(columns))), rel=1e-3
    )
    assert fine.p_value(1) == pytest.approx(model.p_value(1), rel=1e-3)
    assert fine.level() == pytest.approx(model.level(), rel=1e-3)
