"""The usual variance of a group: the published estimator, its limits, and what an own estimate adds."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import polygamma, psi

from plan_monitor.methods.spread import Usual, usual

ESTIMATES = st.lists(
    st.tuples(st.floats(0.001, 1000), st.integers(1, 12).map(float)), min_size=1, max_size=12
)


def test_two_estimates_by_hand():
    """Trigamma is π²/6 at 1 and π²/6 − 1 at 2; digamma at 1 is −γ, which falls out of the mean.

    Logarithms D apart vary by D²/2; with D² = 2π²/3 + 6, (D²/2 − π²/6 + 3 (π²/6 − 1)) / 4 = π²/6: two
    degrees of freedom, and the mean of the logarithms is that of 1.
    """
    half = math.sqrt(2 * math.pi**2 / 3 + 6) / 2
    assert usual([math.exp(half), math.exp(-half)], [2, 2]) == pytest.approx((1.0, 2.0))


def test_as_limma_does():
    """R's limma, of estimates 0.5, 1.3 and 7.8 of three degrees each: 1.676927 and 2.830777.

    The figures are those that the tests of inmoose hold its `squeezeVar` against. They are of two independent
    differences; three more say four degrees, which moves the degrees of freedom and what goes with them.
    """
    variance, df = usual([0.5, 1.3, 7.8], [3, 3, 3])
    between = (2 * polygamma(1, 2.830777 / 2) + 3 * polygamma(1, 4 / 2)) / (2 + 3)
    assert polygamma(1, df / 2) == pytest.approx(between, rel=1e-6)
    without = lambda s, d: math.log(s) - psi(d / 2) + math.log(d / 2)  # noqa: E731
    assert without(variance, df) == pytest.approx(without(1.676927, 2.830777), abs=1e-6)


def test_one_estimate_is_worth_four_degrees():
    """Digamma at 2 is 1 − γ, at 1 it is −γ: e · 1/2 of an estimate with two degrees of freedom."""
    assert usual([3.0], [2]) == pytest.approx((3.0 * math.e / 2, 4.0))


def test_estimates_alike_are_as_good_as_known():
    """60 equal ones with eight degrees: nothing between them but the three that say four."""
    alike = usual([2.0] * 60, [8] * 60)
    assert alike.df == 50.0
    bias = psi(4) - math.log(4) - psi(25) + math.log(25)
    assert alike.variance == pytest.approx(2.0 * math.exp(-bias))
    assert usual([2.0] * 20, [8] * 20).df < 50.0


def test_estimates_very_different_tell_little_of_one_more():
    apart = usual([0.001, 0.1, 10.0, 1000.0], [8, 8, 8, 8])
    assert apart.df < 0.6
    variance, _ = apart.with_own(100.0, 8)
    assert 90 < variance < 110


def test_simulated_variances_are_recovered():
    """True variances 8 · 0.25 / χ²(8), each estimated with four degrees (Smyth 2004, section 2)."""
    rng = np.random.default_rng(4)
    true = 8 * 0.25 / rng.chisquare(8, 4000)
    found = usual(true * rng.chisquare(4, 4000) / 4, np.full(4000, 4))
    assert found.variance == pytest.approx(0.25, rel=0.05) and found.df == pytest.approx(8, rel=0.12)


def test_own_estimates_counted_in_by_hand():
    """(4 · 1 + 2 · 4) / 6 and (4 · 1 + 12 · 4) / 16."""
    variance, df = Usual(1.0, 4.0).with_own(4.0, [2, 12])
    assert variance == pytest.approx([2.0, 3.25]) and df.tolist() == [6.0, 16.0]


@given(ESTIMATES, st.sampled_from([1e-6, 0.5, 1e4]))
def test_the_unit_does_not_matter(estimates, factor):
    variances, dfs = np.array(estimates).T
    before, after = usual(variances, dfs), usual(variances * factor, dfs)
    assert after == pytest.approx((before.variance * factor, before.df), rel=1e-6)


@given(ESTIMATES, st.randoms(use_true_random=False))
def test_the_order_does_not_matter(estimates, random):
    shuffled = random.sample(estimates, len(estimates))
    assert usual(*np.array(estimates).T) == pytest.approx(usual(*np.array(shuffled).T), rel=1e-6)


@given(ESTIMATES, st.floats(0.001, 1000), st.integers(1, 12))
def test_own_and_usual_meet_between_them(estimates, own, df):
    group = usual(*np.array(estimates).T)
    variance, total = group.with_own(own, df)
    low, high = sorted([own, group.variance])
    assert low * (1 - 1e-9) <= variance <= high * (1 + 1e-9)
    assert 0 < group.df <= 50 and total == pytest.approx(group.df + df)


@pytest.mark.parametrize("variances", [[], [1.0, 0.0], [1.0, -2.0], [1.0, math.nan]])
def test_what_is_no_variance(variances):
    with pytest.raises(ValueError, match="variances above zero, at least one"):
        usual(variances, [2] * len(variances))


@pytest.mark.parametrize(("apart", "df"), [(1.001, 5.057), (100.0, 1.333), (1e6, 0.417), (1e12, 0.206)])
def test_degrees_of_freedom_solve_their_equation_however_far_apart_estimates_are(apart, df):
    """Two estimates with eight degrees: the variance of logarithms, less what chance explains, and three of four."""
    found = usual([1.0, apart], [8, 8]).df
    excess = math.log(apart) ** 2 / 2 - polygamma(1, 4)
    between = (max(excess, 0) + 3 * polygamma(1, 2)) / 4
    assert polygamma(1, found / 2) == pytest.approx(between, rel=1e-8) and found == pytest.approx(
        df, abs=6e-4
    )
