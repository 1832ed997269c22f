"""Growth by factor: by hand, and the laws of the logarithmic mean Divisia index."""

import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examples import up_to
from plan_monitor.fund import decompose, indicators


def split(total, **factors):
    index = range(2020, 2020 + len(total))
    return decompose(pd.Series(total, index=index, dtype=float), pd.DataFrame(factors, index=index))


def test_the_parts_by_hand():
    """From 30 to 80: L = 50 / ln(8/3) = 50.98; four times the people 70.67, two thirds of the cost -20.67."""
    found = split([30, 80], people=[10, 40], cost=[3.0, 2.0]).iloc[0]
    assert found[["start", "end", "total_start", "total_end", "change"]].tolist() == [2020, 2021, 30, 80, 50]
    assert found["people"] == pytest.approx(50.98 * math.log(4), abs=0.005)
    assert found["cost"] == pytest.approx(50.98 * math.log(2 / 3), abs=0.005)
    assert found["people"] + found["cost"] == pytest.approx(50)
    assert found["rest"] == pytest.approx(0)


def test_factors_that_cancel_out_have_equal_and_opposite_parts():
    """Nothing changes: L(100, 100) = 100; twice the people are 100 · ln 2 = 69.3."""
    found = split([100, 100], people=[1, 2], cost=[100, 50]).iloc[0]
    assert found[["change", "people", "cost", "rest"]].tolist() == pytest.approx(
        [0, 100 * math.log(2), -100 * math.log(2), 0]
    )


def test_what_the_factors_leave_open_is_the_rest():
    """Twice the people explain 20 of 60 · (ln 2 / ln 4): half of 60; nothing else is given."""
    found = split([20, 80], people=[1, 2]).iloc[0]
    assert found[["people", "rest"]].tolist() == pytest.approx([30, 30])


def test_the_cost_of_residents_in_2024(shipped):
    """Expenditure 10 457.65 to 10 661.49: 1.7 % fewer people, 3.6 % more a head (亿元)."""
    ratios = indicators(shipped.fund)
    ratios = ratios[ratios["region"].eq("100000") & ratios["scheme"].eq("residents")].set_index("year")
    factors = ratios[["enrollees", "expenditure_per_head"]]
    found = decompose(ratios["expenditure"], factors).set_index("end").loc[2024]
    mean = 203.84 / math.log(10661.49 / 10457.65)
    assert found["change"] == pytest.approx(203.84)
    assert found["enrollees"] == pytest.approx(mean * math.log(94713.74 / 96294))
    assert found["expenditure_per_head"] == pytest.approx(203.84 - found["enrollees"])
    assert found["rest"] == pytest.approx(0, abs=1e-6)


def test_a_year_in_which_something_is_unknown_is_passed_over():
    found = split([10, 20, 30, 40], people=[1, None, 3, 4])
    assert found[["start", "end", "change"]].values.tolist() == [[2020, 2022, 20], [2022, 2023, 10]]
    assert split([10], people=[1]).empty


def test_nothing_is_compared_across_a_change_of_scope():
    """From 2021 on it is something else, also where 2021 itself is not known."""
    index = range(2020, 2024)
    total = pd.Series([10.0, None, 30.0, 40.0], index=index)
    factors = pd.DataFrame({"people": [1.0, 2, 3, 4]}, index=index)
    scope = pd.Series([False, True, False, False], index=index)
    assert decompose(total, factors)["start"].tolist() == [2020, 2022]
    assert decompose(total, factors, scope)["start"].tolist() == [2022]


def test_years_may_come_in_any_order():
    total = pd.Series([10.0, 20.0, 15.0], index=[2020, 2021, 2022])
    factors = pd.DataFrame({"people": [1, 3, 2]}, index=[2020, 2021, 2022])
    assert decompose(total[::-1], factors.loc[[2021, 2022, 2020]]).equals(decompose(total, factors))


@pytest.mark.parametrize(("total", "people"), [([1, 0], [1, 1]), ([1, 2], [-1, 1])])
def test_what_is_not_above_zero_is_refused(total, people):
    with pytest.raises(ValueError, match="not above zero"):
        split(total, people=people)


POSITIVE = st.floats(-3, 6).map(lambda power: float(f"{10**power:.9g}"))
TWO = st.tuples(POSITIVE, POSITIVE)
TOTALS = st.one_of(TWO, POSITIVE.map(lambda total: (total, total * (1 + 1e-12))))
FACTORS = st.lists(TWO, min_size=1, max_size=5).map(
    lambda pairs: {f"x{n}": list(p) for n, p in enumerate(pairs)}
)


def scale(total):
    """A part is at most the larger total times the logarithm of a factor of 10^9."""
    return 1e-9 * max(total) * 21


@settings(max_examples=up_to(100), deadline=None)
@given(TOTALS, FACTORS)
def test_the_parts_add_up_to_the_change(total, factors):
    found = split(total, **factors).iloc[0]
    parts = found[[*factors, "rest"]].sum()
    assert parts == pytest.approx(found["change"], rel=1e-9, abs=scale(total))
    assert found["change"] == total[1] - total[0]


@settings(max_examples=up_to(60), deadline=None)
@given(TOTALS, FACTORS, POSITIVE)
def test_a_factor_that_does_not_move_has_no_part(total, factors, still):
    with_it = split(total, **factors, still=[still, still]).iloc[0]
    without = split(total, **factors).iloc[0]
    assert with_it["still"] == 0
    assert with_it[[*factors, "rest"]].tolist() == pytest.approx(
        without[[*factors, "rest"]].tolist(), rel=1e-9, abs=scale(total)
    )


@settings(max_examples=up_to(60), deadline=None)
@given(TOTALS, FACTORS, st.data())
def test_neither_the_order_nor_the_unit_of_a_factor_matters(total, factors, data):
    order = data.draw(st.permutations(list(factors)))
    units = {name: data.draw(st.sampled_from([1e-4, 1.0, 12.0])) for name in factors}
    turned = {name: [units[name] * value for value in factors[name]] for name in order}
    before, after = split(total, **factors).iloc[0], split(total, **turned).iloc[0]
    names = [*factors, "rest"]
    assert after[names].tolist() == pytest.approx(before[names].tolist(), rel=1e-9, abs=scale(total))


@settings(max_examples=up_to(60), deadline=None)
@given(TOTALS, FACTORS)
def test_back_in_time_every_part_has_the_other_sign(total, factors):
    there = split(total, **factors).iloc[0]
    back = split(total[::-1], **{name: values[::-1] for name, values in factors.items()}).iloc[0]
    names = ["change", *factors, "rest"]
    assert back[names].tolist() == pytest.approx((-there[names]).tolist(), rel=1e-9, abs=scale(total))


def test_a_table_of_several_changes_is_counted_from_nought_and_has_no_other_columns():
    index = range(2020, 2024)
    total = pd.Series([10.0, 20.0, 30.0, 45.0], index=index)
    factors = pd.DataFrame({"people": [1.0, 2, 3, 4]}, index=index)
    scope = pd.Series([False, True, False, False], index=index)
    names = ["start", "end", "total_start", "total_end", "change", "people", "rest"]
    for found in (decompose(total, factors), decompose(total, factors, scope)):
        assert list(found) == names and found.index.tolist() == list(range(len(found)))
    assert decompose(total, factors, scope)["start"].tolist() == [2021, 2022]
