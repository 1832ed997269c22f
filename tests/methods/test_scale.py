"""Free scales: there and back, values on a bound, what rounding adds, figures that cannot be."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_monitor.methods.scale import scale_for

NONE = (None, None)


def logit(share):
    return math.log(share / (1 - share))


@given(
    st.lists(st.integers(1, 999).map(lambda n: n / 10), min_size=1, max_size=5),
    st.sampled_from([NONE, (0, None), (None, 100), (0, 100)]),
)
def test_there_and_back(values, bounds):
    values = np.array(values)
    scale = scale_for(values, *bounds)
    assert scale.back(scale.to(values)) == pytest.approx(values)


@given(
    st.lists(st.integers(0, 1000).map(lambda n: n / 10), min_size=1, max_size=5),
    st.sampled_from([NONE, (0, None), (None, 100), (0, 100)]),
)
def test_the_order_is_kept_or_turned(values, bounds):
    values = np.sort(values)
    scale = scale_for(values, *bounds)
    steps = np.diff(scale.to(values))
    assert ((steps if scale.increasing else -steps) >= 0).all()


def test_only_a_single_upper_bound_turns_the_order():
    found = [
        scale_for(np.array([50.0]), *bounds).increasing for bounds in [NONE, (0, None), (None, 100), (0, 100)]
    ]
    assert found == [True, True, False, True]


@pytest.mark.parametrize(
    ("values", "bounds", "read_as"),
    [
        ([97.0, 100.0], (0, 100), logit(101 / 102)),
        ([97.5, 0.0], (0, 100), logit(0.1 / 100.2)),
        ([97.25, 100.0], (0, 100), logit(100.02 / 100.04)),  # at least a five-thousandth of the width
        ([0.5, 1.0], (0, 1), logit(1.1 / 1.2)),
        ([1.0, 1.0], (0, 1), logit(1.25 / 1.5)),  # at most a quarter of it
        ([30.0, 40.0], (20, 40), logit(21 / 22)),
        ([3.0, 0.0], (0, None), math.log(0.5)),
        ([3.5, 2.0], (2, None), math.log(0.05)),
        ([97.0, 100.0], (None, 100), math.log(0.5)),
        ([20_000.0, 0.0], (0, None), math.log(1.0)),  # a ten-thousandth of the mean distance, 10 000
        ([30_000.0, 10_000.0], (10_000, None), math.log(1.0)),
        ([-20_000.0, 0.0], (None, 0), math.log(1.0)),
    ],
)
def test_a_figure_on_its_bound_is_read_as_a_printed_unit_off(values, bounds, read_as):
    values = np.array(values)
    scale = scale_for(values, *bounds)
    free = scale.to(values)
    assert free[-1] == pytest.approx(read_as)
    assert scale.back(free) == pytest.approx(values) and scale.back(free)[-1] == values[-1]


@pytest.mark.parametrize("bounds", [(0, 100), (None, 100)])
def test_what_is_printed_as_the_bound_comes_back_as_the_bound(bounds):
    """With one decimal 99.96 is printed 100.0, and 99.94 is not."""
    scale = scale_for(np.array([97.5, 98.0]), *bounds)
    assert scale.back(scale.to(np.array([99.96, 99.94, 97.5]))) == pytest.approx(
        [100.0, 99.94, 97.5], abs=1e-9
    )
    assert scale.back(scale.to(np.array([99.96])))[0] == 100.0


def test_a_target_on_the_bound_asks_for_what_is_printed_so():
    """With one decimal 100 is met from 99.95 on, and 0 up to 0.05; a target off the bounds is itself."""
    rate = scale_for(np.array([97.5, 98.0]), 0, 100)
    assert rate.edge(np.array([100.0, 0.0, 97.5])) == pytest.approx(rate.to(np.array([99.95, 0.05, 97.5])))
    assert rate.to(np.array([100.0]))[0] > rate.edge(np.array([100.0]))[0]
    assert scale_for(np.array([5.0])).edge(np.array([7.0]))[0] == 7.0
    above = scale_for(np.array([5.0]), 0)
    assert above.edge(np.array([0.0, 7.0])) == pytest.approx([math.log(0.5), math.log(7)])


def test_what_is_printed_as_zero_comes_back_as_zero():
    for upper in (None, 100):
        scale = scale_for(np.array([1.5, 2.0]), 0, upper)
        assert scale.back(scale.to(np.array([0.04])))[0] == 0.0
        assert scale.back(scale.to(np.array([0.06])))[0] == pytest.approx(0.06)


def test_far_away_stays_inside_the_bounds():
    for bounds in [(0, 100), (0, None), (None, 100)]:
        ends = scale_for(np.array([50.0]), *bounds).back(np.array([-1e6, 1e6]))
        assert np.isfinite(ends).all()
        assert bounds[0] is None or (ends >= 0).all()
        assert bounds[1] is None or (ends <= 100).all()


@pytest.mark.parametrize("bounds", [(50, 50), (100, 0)])
def test_bounds_with_nothing_between_are_refused(bounds):
    with pytest.raises(ValueError, match="nothing lies between the bounds"):
        scale_for(np.array([50.0]), *bounds)


def test_bounds_that_are_missing():
    values = np.array([5.0, 7.0])
    assert scale_for(values, math.nan, math.nan).to(values).tolist() == [5.0, 7.0]
    assert scale_for(values, 0, math.nan).to(values) == pytest.approx(np.log(values))
    assert scale_for(values, math.nan, 8).to(values) == pytest.approx(np.log(8 - values))


@pytest.mark.parametrize(
    ("values", "unit"),
    [([3.0, 1200.0], 1.0), ([3.0, 1200.5], 0.1), ([0.25, 3.0], 0.01), ([1 / 3, 2.0], 1e-6)],
)
def test_rounding_without_bounds_by_hand(values, unit):
    """Two figures, each off by a twelfth of a squared unit."""
    assert scale_for(np.array(values)).rounding(np.array(values)) == pytest.approx(
        unit**2 / 6, rel=1e-6, abs=0
    )


def farther_out(rate):
    """The logit of a rate with one decimal, its bounds a tenth farther out."""
    return math.log((rate + 0.1) / (100.1 - rate))


@pytest.mark.parametrize(
    ("values", "bounds", "step"),
    [
        ([60.5], (0, 100), farther_out(60.6) - farther_out(60.5)),  # the step towards the nearer bound
        ([39.5], (0, 100), farther_out(39.5) - farther_out(39.4)),
        ([99.9], (0, 100), farther_out(100.0) - farther_out(99.9)),
        ([100.0], (0, 100), math.log(101 / 1) - math.log(100 / 2)),  # nothing is left above
        ([99.5, 100.0], (0, 100), (math.log(1001 / 1000 * 2) + farther_out(99.6) - farther_out(99.5)) / 2),
        ([2.0, 4.0, 8.0], (0, None), math.log(4 / 3)),  # the median of ln 2, ln 4/3 and ln 8/7
        ([92.0, 96.0, 98.0], (None, 100), math.log(4 / 3)),
    ],
)
def test_rounding_between_bounds_by_hand(values, bounds, step):
    values = np.array(values)
    assert scale_for(values, *bounds).rounding(values) == pytest.approx(step**2 / 6)


def test_outside_the_bounds():
    with pytest.raises(ValueError, match=r"outside the bounds 0 to 100: \[101.0\]"):
        scale_for(np.array([50.0, 101.0]), 0, 100)
    with pytest.raises(ValueError, match=r"outside the bounds 0 to inf: \[-0.5\]"):
        scale_for(np.array([50.0, -0.5]), 0)
