"""Figures are rounded as they are read: in decimal, half up."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reportkit.decimals import carried, fixed, rounded


@pytest.mark.parametrize(
    ("value", "places", "printed"),
    [
        (89.55, 1, "89.6"),
        (2.095, 2, "2.10"),
        (1.495, 2, "1.50"),
        (2.0949999999999998, 2, "2.10"),  # arithmetic leaves this of 2.095
        (1.1 * 1.15, 3, "1.265"),
        (0.125, 2, "0.13"),  # GB/T 8170 would print 0.12
        (-2.5, 0, "-3"),
        (-0.04, 1, "0.0"),
        (1234567890123456.0, 0, "1234567890123456"),  # a whole number is exact, however long
    ],
)
def test_a_figure_is_rounded_as_it_is_read(value, places, printed):
    assert str(fixed(value, places)) == printed


# a figure as a source prints it: up to eight digits, four of them decimals
PRINTED = st.integers(-(10**8), 10**8).map(lambda digits: Decimal(digits).scaleb(-4))


@given(PRINTED, st.integers(0, 3))
@example(Decimal("89.55"), 1)
def test_any_decimal_text_is_rounded_half_up(text, places):
    expected = text.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    assert fixed(float(text), places) == expected
    assert rounded(float(text), places) == float(expected)


@given(PRINTED, PRINTED, st.integers(0, 3))
def test_noise_of_binary_arithmetic_moves_no_digit(one, other, places):
    """A sum of printed figures is rounded as their sum in decimal is."""
    assert fixed(float(one) + float(other), places) == fixed(one + other, places)


@given(PRINTED)
def test_decimals_carried_are_those_written(text):
    written = max(0, -text.normalize().as_tuple().exponent)
    assert carried([float(text)]) == written
