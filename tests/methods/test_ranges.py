"""What printed figures may have been, and whether relations between them hold: by hand."""

import math

import pytest

from plan_monitor.methods.ranges import Side, printed_range, span, verdict, within


@pytest.mark.parametrize(
    ("left", "relation", "right", "expected"),
    [
        ((9.25, 9.2, 9.3), "=", (9.15, 9.05, 9.25), "holds"),  # where the range of the print ends
        ((9.05, 9.0, 9.1), "=", (9.15, 9.05, 9.25), "holds"),
        ((9.0, 8.9, 9.1), "=", (9.15, 9.05, 9.25), "rounding"),
        ((9.3, 9.2, 9.4), "=", (9.15, 9.05, 9.25), "rounding"),
        ((9.1, 9.0, 9.2), "=", (8.9, 8.8, 9.0), "contradicts"),  # ranges that only touch
        ((8.9, 8.8, 9.0), "=", (9.1, 9.0, 9.2), "contradicts"),
        ((9.0, 9.0, 9.0), "!=", (9.0, 8.5, 9.5), "contradicts"),
        ((9.6, 9.6, 9.6), "!=", (9.0, 8.5, 9.5), "holds"),
        ((4, 4, 4), ">", (3, 3, 3), "holds"),
        ((3, 3, 3), ">", (4, 4, 4), "contradicts"),
        ((3, 3, 3), ">", (3, 3, 3), "contradicts"),
        ((3, 3, 3), ">=", (3, 3, 3), "holds"),
        ((3, 2.5, 3.5), ">", (3, 2.5, 3.5), "rounding"),
        ((3, 2.5, 3.5), ">", (4, 3.5, 4.5), "contradicts"),
        ((3, 2.4, 3.6), ">", (4, 3.4, 4.6), "rounding"),
        ((3, 3, 3), "<", (4, 4, 4), "holds"),
        ((4, 4, 4), "<=", (3, 3, 3), "contradicts"),
        ((4, 3.5, 4.5), "<", (3, 2.5, 3.5), "contradicts"),
        ((4, 3.4, 4.6), "<", (3, 2.4, 3.6), "rounding"),
        ((0.1 + 0.2,) * 3, "<=", (0.3, 0.3, 0.3), "holds"),
        ((0.1 + 0.2,) * 3, ">", (0.3, 0.3, 0.3), "contradicts"),
        ((math.nan,) * 3, "=", (3, 3, 3), "unknown"),
        ((3, 3, 3), ">", (math.nan,) * 3, "unknown"),
    ],
)
def test_a_relation_holds_can_hold_or_cannot(left, relation, right, expected):
    assert verdict(Side(*left), relation, Side(*right)) == expected


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "expected"),
    [
        (33.4, "%", 0, (33.35, 33.45)),
        (33.38, "万人", 1, (33.375, 33.385)),  # has more than it had at least
        (15.0, "年", 2, (14.995, 15.005)),
        (1200.0, "元", 0, (1199.5, 1200.5)),
        (7.0, "所", 0, (7.0, 7.0)),  # counted, not measured
    ],
)
def test_a_printed_figure_is_half_a_unit_of_its_last_decimal_off_at_most(value, unit, decimals, expected):
    assert printed_range(value, unit, decimals) == expected


def test_the_ends_of_what_is_computed_are_at_ends_of_its_figures():
    assert span(lambda a, b: a - b, [(1.0, 2.0), (10.0, 30.0)]) == (-29.0, -8.0)


def test_noise_is_clipped_and_what_lies_farther_out_is_refused():
    assert within([1 + 1e-15, -1e-17, 0.5], 0, 1).tolist() == [1.0, 0.0, 0.5]
    assert within([0.0, 7.0]).tolist() == [0.0, 7.0]  # without an upper end
    for wrong in ([1.001], [-0.001], [0.5, math.nan]):
        with pytest.raises(ValueError, match="expected figures from 0 to 1, none missing"):
            within(wrong, 0, 1)


def test_without_a_word_on_decimals_a_figure_may_have_had_none():
    assert printed_range(1200.0, "元") == (1199.5, 1200.5)
    assert printed_range(0.125, "%") == (0.1245, 0.1255)


def test_figures_are_at_least_zero_unless_another_end_is_named():
    with pytest.raises(ValueError, match="expected figures from 0 to inf, none missing"):
        within([-0.5, 3.0])
    assert within([-0.5, 3.0], -1).tolist() == [-0.5, 3.0]


def test_decimals_that_are_noise_are_none():
    assert printed_range(0.1 + 0.2, "%") == (0.3, 0.3)
    assert printed_range(0.12345678, "%") == (0.123456775, 0.123456785)
