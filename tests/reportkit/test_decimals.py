"""Figures are rounded as they are read: in decimal, half up."""

from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reportkit.decimals import (
    NOISE,
    against,
    all_against,
    around,
    beside,
    carried,
    certain,
    fixed,
    last_digit,
    rounded,
    shared,
    side,
)


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


ENDS = (
    st.tuples(PRINTED, PRINTED)
    .map(lambda pair: tuple(map(float, sorted(pair))))
    .filter(lambda e: e[0] < e[1])
)
WITHIN = st.floats(0, 1)


@given(ENDS)
@example((15.27, 15.59))
@example((0.0, 1.0))
def test_a_digit_is_certain_where_all_that_a_figure_may_be_lies_within_one_unit_of_it(ends):
    low, high = ends
    unit = Decimal(1).scaleb(-certain(*ends))
    width = Decimal(repr(high)) - Decimal(repr(low))
    assert width <= unit < 10 * width


@given(ENDS, WITHIN)
@example((0.0, 5.0), 0.5)
def test_a_figure_beside_its_range_is_rounded_by_a_tenth_of_it_at_most(ends, part):
    low, high = ends
    value, width = low + part * (high - low), high - low
    assert abs(rounded(value, beside(*ends)) - value) <= width / 10 + 1e-6
    assert 10.0 ** -beside(*ends) > width / 50.0001  # and has no digit that the range does not ask for


@given(ENDS, st.floats(1.0, 1000.0))
def test_who_knows_less_prints_no_more(ends, wider):
    low, high = ends
    room = (wider - 1) * (high - low) / 2
    assert certain(low - room, high + room) <= certain(*ends)
    assert beside(low - room, high + room) <= beside(*ends)


def test_what_is_exact_has_all_its_digits():
    assert certain(2.5, 2.5) > 20
    assert (beside(2.5, 2.5), beside(0.3, 0.1 + 0.2)) == (1, 1)


@given(st.lists(ENDS, min_size=1, max_size=6), st.integers(0, 3))
def test_a_column_of_computed_figures_prints_no_digit_that_one_of_them_lacks(rows, most):
    values = [low for low, _ in rows]
    places = shared(values, rows, most)
    assert 0 <= places <= most
    least = max(0, min(certain(*ends) for ends in rows))
    smallest = [value for value in values if rounded(value, most)]
    seen = [min(certain(*ends), 4) for value, ends in zip(values, rows, strict=True) if value in smallest]
    assert places <= max([least, *seen])
    if places > least:  # only so that a figure that is sure to be there can be seen
        assert any(abs(value) < 10.0 ** (1 - places) for value in smallest)


def test_a_small_change_is_seen_beside_a_large_one():
    assert shared([0.3, 7.0], [(0.25, 0.35), (6.5, 7.5)]) == 1
    assert shared([0.3, 7.0], [(-0.2, 0.8), (6.5, 7.5)]) == 0  # which may be none
    assert shared([float("nan")], [(float("nan"),) * 2]) == 0


def test_digits_follow_from_the_width_of_a_range():
    assert [certain(0.0, width) for width in (1.0, 1.1, 0.1, 0.11, 10.0, 95.0)] == [0, -1, 1, 0, -1, -2]
    assert certain(0.3, 0.1 + 0.2) == 99
    assert [beside(0.0, width) for width in (5.0, 4.9, 50.0, 0.5, 49.0)] == [0, 1, -1, 1, 0]
    assert beside(98.88, 98.88) == 2


def test_an_estimate_that_would_print_as_nothing_has_one_digit_more():
    assert (around(4.6, 0.0, 130.0), around(5.0, 0.0, 130.0), around(0.0, 0.0, 130.0)) == (0, -1, -1)
    assert (around(-4.6, -130.0, 0.0), around(91.37, 84.2, 95.1)) == (0, 0)


def test_a_column_has_two_decimals_at_most_unless_more_are_asked_for():
    exact = [(1.2345, 1.2345)]
    assert [shared([1.2345], exact), shared([1.2345], exact, 3), shared([1.2345], exact, 0)] == [2, 3, 0]
    assert shared([12.0, 8.0], [(12.0, 12.0), (8.0, 8.0)]) == 0
    assert shared([0.04, 7.0], [(0.035, 0.045), (6.5, 7.5)]) == 2
    assert shared([0.0, 7.0], [(-0.01, 0.01), (6.5, 7.5)]) == 0
    assert shared([], []) == 0


def test_the_last_digit_of_a_figure_is_that_of_its_text():
    assert [last_digit(value) for value in (98.88, 1200.0, 5.0, 0.5, 0.0)] == [-2, 2, 0, -1, 0]
    assert [carried(values) for values in ([91.0, 98.88], [1200.0], [], [float("nan")], [0.123456])] == [
        *(2, 0, 0, 0),
        4,
    ]
    assert rounded(1234.5, -2) == 1200.0 and rounded(1250.0, -2) == 1300.0
    assert rounded(2.5) == 3.0 and str(rounded(float("nan"))) == "nan"


def test_what_follows_six_decimals_behind_the_last_is_left_over():
    """Half of the seventh decimal makes it up to a half, and so to one; less does not."""
    assert [str(fixed(value, 0)) for value in (0.4999995, 0.4999994)] == ["1", "0"]
    assert [str(fixed(value, 2)) for value in (0.004999995, 0.004999994)] == ["0.01", "0.00"]


def test_a_range_narrower_than_eleven_decimals_has_no_width():
    assert [certain(0.0, width) for width in (1e-11, 4e-12)] == [11, 99]


def test_noise_is_less_than_any_figure_differs_by_and_more_than_sums_lose():
    assert 0.1 + 0.2 - 0.3 < NOISE < 1e-6


LIMITS = st.integers(-(10**6), 10**6).map(lambda digits: Decimal(digits).scaleb(-3))
STEPS = st.integers(-50, 50) | st.integers(-(10**5), 10**5)


@given(LIMITS, STEPS, st.integers(0, 4))
@example(Decimal("3.0"), -4000, 1)  # 2.96
@example(Decimal("2.96"), 0, 1)
@example(Decimal("100"), -1, 0)
def test_a_figure_is_printed_on_its_own_side_of_a_limit_with_no_digit_more_than_that_takes(limit, off, least):
    """Limits of up to three decimals, and figures up to 1 from them, by steps of a hundred-thousandth."""
    value = float(limit + Decimal(off).scaleb(-5))
    places = against(value, [float(limit)], least)
    told = fixed(value, places)
    assert (told < limit, told > limit) == (off < 0, off > 0)
    assert places >= least
    for fewer in range(least, places):
        short = fixed(value, fewer)
        assert (short < limit, short > limit) != (off < 0, off > 0)


@pytest.mark.parametrize(
    ("value", "limits", "printed"),
    [
        (2.94, [3.0], "2.9"),
        (2.95, [3.0], "2.95"),  # which is rounded up
        (2.96, [3.0], "2.96"),
        (2.996, [3.0], "2.996"),
        (3.0, [3.0], "3.0"),
        (3.04, [3.0], "3.04"),
        (3.05, [3.0], "3.1"),
        (2.96, [2.96], "2.96"),  # a limit with more decimals
        (2.94, [2.96], "2.9"),
        (2.97, [2.96], "3.0"),
        (5.98, [3.0, 6.0], "5.98"),
        (-0.04, [0.0], "-0.04"),
        (0.04, [float("nan")], "0.0"),
        (2.96, [], "3.0"),
    ],
)
def test_a_limit_is_printed_only_of_what_equals_it(value, limits, printed):
    assert str(fixed(value, against(value, limits, 1))) == printed


def test_a_figure_equals_a_limit_but_for_noise():
    """A billionth of the larger of both, or of 1 if both are smaller."""
    assert [side(3.0 + off, 3.0) for off in (-4e-9, -2e-9, 0.0, 2e-9, 4e-9)] == [-1, 0, 0, 0, 1]
    assert [side(off, 0.0) for off in (-2e-9, 5e-10, 2e-9)] == [-1, 0, 1]
    assert side(1e6 + 5e-4, 1e6) == 0 and side(1e6 + 2e-3, 1e6) == 1
    assert against(12 * 0.35 / 1.4, [3.0], 1) == 1  # 2.9999999999999996
    assert side(float("nan"), 3.0) == side(3.0, float("nan")) == 0
    assert side(np.float64(2.9), np.float64(3.0)) == -1 and side(np.float64(3.1), 3.0) == 1


def test_a_digit_more_for_one_figure_of_a_column_takes_no_other_to_its_limit():
    """With three decimals 0.6496 is 0.650 beside its 0.65; with four 0.64996 would be 0.6500."""
    assert all_against([0.64, 0.44], [[0.65], [0.45]], 3) == 3
    assert all_against([0.6496, 0.44], [[0.65], [0.45]], 3) == 4
    assert all_against([0.6496, 0.64996], [[0.65], [0.65]], 3) == 5
    assert all_against([2.949, 2.9], [[2.95], [3.0]], 1) == 1
    assert all_against([2.949, 2.96], [[2.95], [3.0]], 1) == 3  # with two, 2.949 would be its limit, 2.95
    assert all_against([0.6496, float("nan")], [[float("nan")], [0.65]], 3) == 3
    assert all_against([2.96, 5.98], [[3.0, 6.0], (limit for limit in (3.0, 6.0))], 1) == 2
    assert all_against([2.949, 2.96], [[2.95, 3.0]] * 2, 1) == 3
    assert all_against([], [], 2) == 2
