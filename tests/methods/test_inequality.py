"""Gini and Theil against PySAL, and what must hold for any incomes."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

pytest.importorskip("inequality")
from inequality.gini import Gini
from inequality.theil import Theil, TheilD

from plan_monitor.methods.inequality import gini, theil

incomes = st.lists(st.floats(1, 1e6), min_size=2, max_size=60)


@given(incomes)
def test_gini_is_pysals(values):
    assert gini(pd.Series(values)) == pytest.approx(Gini(np.array(values)).g, abs=1e-9)


@given(incomes, st.data())
def test_theil_and_its_parts_are_pysals(values, data):
    groups = data.draw(st.lists(st.sampled_from("abc"), min_size=len(values), max_size=len(values)))
    ours = theil(pd.Series(values), pd.Series(groups))
    theirs = TheilD(np.array(values).reshape(-1, 1), np.array(groups))
    assert ours.total == pytest.approx(Theil(np.array(values)).T, abs=1e-8)
    assert ours.between == pytest.approx(theirs.bg[0], abs=1e-8)
    assert ours.within == pytest.approx(theirs.wg[0], abs=1e-8)


@given(st.lists(st.tuples(st.floats(0, 1e5), st.integers(1, 6)), min_size=1, max_size=20))
@example([(5e-324, 1)])  # half of it is zero
def test_a_weight_counts_as_that_many_persons(rows):
    values, weights = map(pd.Series, zip(*rows, strict=True))
    if not (values > 0).any():
        return
    repeated = values.repeat(weights)
    assert gini(values, weights) == pytest.approx(gini(repeated), abs=1e-9)
    assert theil(values, weights=weights).total == pytest.approx(theil(repeated).total, abs=1e-9)


@given(incomes, st.floats(0.01, 100))
def test_the_unit_of_money_does_not_matter(values, factor):
    assert gini(pd.Series(values) * factor) == pytest.approx(gini(pd.Series(values)), abs=1e-9)
    assert theil(pd.Series(values) * factor).total == pytest.approx(theil(pd.Series(values)).total, abs=1e-9)


def test_the_ends_of_the_scale():
    assert gini(pd.Series([7.0, 7.0, 7.0])) == 0
    assert gini(pd.Series([0.0] * 99 + [5.0])) == pytest.approx(0.99)
    assert theil(pd.Series([0.0] * 99 + [5.0])).total == pytest.approx(np.log(100))


@pytest.mark.parametrize("values", [[1.0, -1.0], [0.0, 0.0], [1.0, np.nan], []])
def test_incomes_without_an_inequality_are_refused(values):
    for function in (gini, theil):
        with pytest.raises(ValueError, match="expected figures of at least zero"):
            function(pd.Series(values, dtype=float))


def test_missing_weights_and_groups_are_refused():
    with pytest.raises(ValueError, match="a weight above zero"):
        gini(pd.Series([1.0, 2.0]), pd.Series([1.0, 0.0]))
    with pytest.raises(ValueError, match="a group for each"):
        theil(pd.Series([1.0, 2.0]), pd.Series(["a", None]))


def test_weights_stand_for_so_many_persons():
    """Three have 1 and one has 3: 2 · 3 · 2 / (2 · 16 · 1.5)."""
    weighed, listed = (
        gini(pd.Series([1.0, 3.0]), pd.Series([3.0, 1.0])),
        gini(pd.Series([3.0, 1.0, 1.0, 1.0])),
    )
    assert weighed == pytest.approx(0.25) and listed == pytest.approx(0.25)
    weighted = theil(pd.Series([1.0, 3.0]), weights=pd.Series([3.0, 1.0]))
    assert weighted.total == pytest.approx(0.5 * np.log(0.5 / 0.75) + 0.5 * np.log(0.5 / 0.25))
    assert (weighted.between, weighted.within) == (0, weighted.total)
    mixed = theil(pd.Series([1.0, 1.0, 4.0, 4.0]), pd.Series(["a", "b", "a", "b"]))
    assert mixed.between == pytest.approx(0) and mixed.within == pytest.approx(mixed.total)


def test_incomes_below_one_have_an_inequality_as_well():
    assert gini(pd.Series([0.2, 0.6])) == pytest.approx(0.25)
    assert gini(pd.Series([0.2, 0.6]), pd.Series([0.5, 0.5])) == pytest.approx(0.25)
    assert theil(pd.Series([0.5, 0.5])).total == 0


@pytest.mark.parametrize("count", range(2, 40))
def test_where_all_have_the_same_there_is_none_at_all(count):
    """Not even one of floating-point noise below zero."""
    for value in (0.1, 1 / 3, 0.7):
        even = pd.Series([value] * count)
        assert 0 <= gini(even) < 1e-12 and 0 <= gini(even, even) < 1e-12
        parts = theil(even, pd.Series([n % 3 for n in range(count)]))
        assert all(0 <= part < 1e-12 for part in parts)
