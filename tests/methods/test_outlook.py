"""Free scales: there and back, values on a bound, figures that cannot be."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_monitor.methods.outlook import scale_for

NONE = (None, None)


@given(
    st.lists(st.integers(1, 999).map(lambda n: n / 10), min_size=1, max_size=5),
    st.sampled_from([NONE, (0, None), (None, 100), (0, 100)]),
)
def test_there_and_back(values, bounds):
    values = np.array(values)
    scale = scale_for(values, *bounds)
    assert scale.back(scale.to(values)) == pytest.approx(values)


@pytest.mark.parametrize(
    ("values", "bounds", "read_as"),
    [
        ([97.0, 100.0], (0, 100), 99.5),
        ([97.25, 100.0], (0, 100), 99.99),  # at least a ten-thousandth of the width
        ([3.0, 0.0], (0, None), 0.5),
        ([97.0, 100.0], (None, 100), 99.5),
    ],
)
def test_a_figure_on_its_bound_is_read_as_half_a_printed_unit_off(values, bounds, read_as):
    scale = scale_for(np.array(values), *bounds)
    assert scale.back(scale.to(np.array(values)))[-1] == pytest.approx(read_as)


def test_far_away_stays_inside_the_bounds():
    for bounds in [(0, 100), (0, None), (None, 100)]:
        ends = scale_for(np.array([50.0]), *bounds).back(np.array([-1e6, 1e6]))
        assert bounds[0] is None or (ends >= 0).all()
        assert bounds[1] is None or (ends <= 100).all()


def test_outside_the_bounds():
    with pytest.raises(ValueError, match=r"outside the bounds 0 to 100: \[101.0\]"):
        scale_for(np.array([50.0, 101.0]), 0, 100)
