"""What funds share: the correlation of income and expenditure by hand, which fund counts, what is a sum."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examples import up_to
from fund_rows import years
from plan_monitor.fund import project
from plan_monitor.fund.common import Correlation, common
from plan_monitor.methods.outlook import learn

UP_AND_DOWN = [100 * math.exp(x) for x in (0, 0.1, 0.1, 0.2, 0.2, 0.3)]  # 10 points, none, and so on
LATER = [100 * math.exp(x) for x in (0, 0.0, 0.1, 0.1, 0.2, 0.2)]  # the other way round
NO_IDEA = 12 / math.pi**2
BOTH = UP_AND_DOWN, LATER
FUND = years(*BOTH)


def elsewhere(income, spent, region="S", **given):
    return years(income, spent, region=region, **given)


def test_the_correlation_of_one_fund_by_hand():
    """Growth of 1, 0, 1, 0, 1 and of 1, 0, 0, 0, 1: less their means 0.6 and 0.4 they are correlated by
    0.8 / sqrt(1.2 * 1.2) = 2/3; z of five pairs counts twice, beside 12 / pi^2 for a mean of 0."""
    spent = [100 * math.exp(x) for x in (0, 0.1, 0.1, 0.1, 0.1, 0.2)]
    found = common(years(UP_AND_DOWN, spent)).correlation
    assert found.pairs == 5
    assert found.z == pytest.approx(2 * math.atanh(2 / 3) / (2 + NO_IDEA))
    assert found.spread == pytest.approx((2 + NO_IDEA) ** -0.5)
    assert found.at(0.5) == pytest.approx(math.tanh(found.z))
    assert found.at(0.9) == pytest.approx(math.tanh(found.z + 1.2815516 * found.spread))


def test_what_goes_the_other_way_is_correlated_below_zero():
    found = common(years(UP_AND_DOWN, LATER)).correlation
    assert found.z == pytest.approx(2 * math.atanh(-0.999) / (2 + NO_IDEA))


def test_three_pairs_tell_nothing_and_nothing_is_assumed_of_them():
    """A correlation that may as well be anything from -1 to 1: z has the standard deviation pi / sqrt 12."""
    found = common(years(UP_AND_DOWN[:4], UP_AND_DOWN[:4])).correlation
    assert found[:2] == pytest.approx((0.0, math.pi / math.sqrt(12)))
    assert found.at(0.9) == pytest.approx(0.82, abs=0.01)  # of an even spread from -1 to 1 it would be 0.8


def test_pairs_of_several_funds_go_together_each_about_its_own_mean():
    """A fund that grows faster in both, always, adds pairs of no difference, and costs one mean."""
    own = years(UP_AND_DOWN, UP_AND_DOWN)
    fast = [100 * 1.3**n for n in range(6)]
    one, both = common(own).correlation, common(own, elsewhere(fast, fast)).correlation
    assert (one.pairs, both.pairs) == (5, 10)
    assert both.spread == pytest.approx((10 - 2 - 2 + NO_IDEA) ** -0.5)
    assert both.z == pytest.approx(6 * math.atanh(0.999) / (6 + NO_IDEA))


def test_pairs_are_of_years_usual_in_both_and_of_one_scope():
    """The relief of 2022 leaves growth from 2021 to 2023, the new scope of 2024 none into it."""
    fund = years(UP_AND_DOWN, LATER, one_off={2022: "income"}, new_scope={2024: "expenditure"})
    assert common(fund).correlation.pairs == 3
    missing = years([*UP_AND_DOWN[:5], math.nan], LATER)
    assert common(missing).correlation.pairs == 4


def test_spread_and_growth_are_learned_from_the_others_not_from_the_fund_itself():
    wild = [100, 200, 120, 260, 150, 300.0]
    others = pd.concat([elsewhere(UP_AND_DOWN, LATER), elsewhere(LATER, UP_AND_DOWN, "T")])
    found = common(years(wild, wild), pd.concat([others, years(wild, wild)]))
    assert found.funds == 2
    runs = [pd.Series(values, range(2020, 2026)) for values in (UP_AND_DOWN, LATER)]
    of_both, typical = learn(runs, lower=0), found.typical["income"]
    assert typical[:3] == pytest.approx(of_both[:3]) and typical.spread == pytest.approx(of_both.spread)
    assert found.growth["income"] == pytest.approx((0.3 + 0.2) / 10)
    assert math.isnan(found.growth["people"])


def test_without_another_fund_four_per_cent_count_as_four_degrees_of_freedom():
    found = common(years(UP_AND_DOWN, LATER))
    assert found.funds == 0
    assert found.typical["income"].spread == pytest.approx((0.0016, 4.0))
    assert math.isnan(found.growth["income"])


def test_a_sum_and_its_parts_are_one_experience():
    parts = [elsewhere(UP_AND_DOWN, LATER, scheme=name) for name in ("employees", "residents")]
    whole = elsewhere(LATER, UP_AND_DOWN)
    other = years(UP_AND_DOWN, UP_AND_DOWN)
    assert common(other, pd.concat([*parts, whole])).funds == 2
    assert common(other, whole).funds == 1
    of_part = common(parts[0], pd.concat([*parts, whole]))
    assert of_part.funds == 1 and of_part.correlation.pairs == 10
    assert common(parts[0], whole).funds == 0  # its own sum says nothing that it does not say
    of_sum = common(whole, pd.concat([*parts, whole]))
    assert of_sum.funds == 2 and of_sum.correlation.pairs == 10  # those of the parts


def test_what_was_not_known_yet_is_not_learned():
    others = elsewhere(UP_AND_DOWN, LATER)
    early = common(years(UP_AND_DOWN, LATER), others, as_of="2023")
    known = common(years(UP_AND_DOWN[:4], LATER[:4]), others.head(4))
    assert early == known


def test_years_of_a_wild_fund_become_calmer_among_calm_ones():
    """The spread of its own is averaged with that of the others by degrees of freedom (Smyth 2004)."""
    wild = years([100, 140, 120, 160], [100, 130, 150, 140])
    calm = [elsewhere(UP_AND_DOWN, LATER, f"S{n}") for n in range(8)]
    alone, among = (project(wild, 2, paths=10, like=like).fits for like in (None, pd.concat(calm)))
    assert (among["spread"] < alone["spread"]).all() and (among["df"] > alone["df"]).all()
    usual = common(wild, pd.concat(calm)).typical["income"].spread
    own, df = among.loc["income", "own"] / 100, among.loc["income", "rates"]
    average = (usual.df * usual.variance + df * own**2) / (usual.df + df)
    assert among.loc["income", "spread"] == pytest.approx(100 * math.sqrt(average))


@pytest.mark.slow
@settings(max_examples=up_to(25), deadline=None)
@given(st.lists(st.tuples(st.floats(1, 9), st.floats(1, 9)), min_size=2, max_size=8), st.floats(0.01, 100))
def test_the_correlation_is_one_and_of_no_unit(flows, factor):
    income, spent = (list(values) for values in zip(*flows, strict=True))
    found = common(years(income, spent)).correlation
    limits = [found.at(share) for share in (0.1, 0.5, 0.9)]
    assert -1 < limits[0] < limits[1] < limits[2] < 1
    turned = common(years(spent, (factor * np.array(income)).tolist())).correlation
    assert turned.z == pytest.approx(found.z, abs=1e-6) and turned.pairs == found.pairs


def test_a_correlation_without_spread_is_the_same_at_every_probability():
    sure = Correlation(0.5, 0.0, 9)
    assert [sure.at(share) for share in (0.1, 0.5, 0.9)] == pytest.approx([math.tanh(0.5)] * 3)
    assert Correlation(0.0, 1.0, 9).at(0.1) == pytest.approx(math.tanh(-1.2815516))


def deviations(growth, years_between):
    """Growth less its mean, each over the root of its years, by the docstring."""
    growth, width = np.array(growth), np.array(years_between, dtype=float)
    return (growth - growth.sum() / width.sum() * width) / np.sqrt(width)


def test_growth_of_several_years_deviates_from_the_mean_of_as_many():
    """10 and 0 points, then 50 in two years, then 10, 0 and 20; of expenditure others."""
    logs = ([0, 10, 10, 60, 70, 70, 90], [0, 20, 10, 20, 60, 50, 90])
    income, spent = ([100 * math.exp(x / 100) for x in one] for one in logs)
    known = [*income[:3], math.nan, *income[3:]]
    found = common(years(known, [*spent[:3], 77, *spent[3:]])).correlation
    between = [1, 1, 2, 1, 1, 1]
    first, second = (deviations(np.diff(one) / 100, between) for one in logs)
    sample = (first * second).sum() / math.sqrt((first**2).sum() * (second**2).sum())
    assert found.pairs == 6 and 0.1 < sample < 0.9
    assert found.z == pytest.approx(3 * math.atanh(sample) / (3 + NO_IDEA))


def test_two_pairs_and_one_and_none_tell_nothing_either():
    for known in (3, 2, 1):
        found = common(years(UP_AND_DOWN[:known], LATER[:known])).correlation
        assert found == pytest.approx((0.0, math.pi / math.sqrt(12), known - 1))


def test_what_never_changes_is_correlated_with_nothing():
    found = common(years(UP_AND_DOWN, [80.0] * 6)).correlation
    assert found == pytest.approx((0.0, math.pi / math.sqrt(12), 5))


def test_the_size_of_the_figures_does_not_matter():
    """Of a millionth of a 万元, too."""
    small = [[1e-8 * value for value in values] for values in (UP_AND_DOWN, LATER)]
    other = elsewhere(*small)
    found, same = (common(one, like) for one, like in ((years(*small), other), (FUND, elsewhere(*BOTH))))
    assert found.correlation == pytest.approx(same.correlation)
    assert found.growth == pytest.approx(same.growth, nan_ok=True)
    for name in ("income", "expenditure"):
        assert found.typical[name].spread == pytest.approx(same.typical[name].spread)


def test_a_year_of_nothing_is_passed_over():
    """As one without a figure: growth from nothing, or to it, cannot be measured."""
    income = [*UP_AND_DOWN[:3], 0.0, *UP_AND_DOWN[3:]]
    spent = [*LATER[:3], 88.0, *LATER[3:]]
    gone = [value or math.nan for value in income]
    zero, missing = (common(FUND, elsewhere(one, spent)) for one in (income, gone))
    assert zero.correlation == missing.correlation
    assert zero.growth == pytest.approx(missing.growth, nan_ok=True)
    assert zero.typical["income"] == missing.typical["income"]
    own = [common(years(one, spent)).correlation for one in (income, gone)]
    assert own[0] == own[1] and own[0].pairs == 5


def test_another_fund_tells_of_spread_from_three_years_on():
    three, two = (elsewhere(UP_AND_DOWN[:known], LATER[:known]) for known in (3, 2))
    assert common(FUND, three).growth["income"] == pytest.approx(0.05)
    assert common(FUND, three).funds == 1
    assert math.isnan(common(FUND, two).growth["income"]) and common(FUND, two).funds == 0


def test_a_part_that_tells_nothing_does_not_stand_in_for_its_sum():
    """Residents of one year only leave the sum its place; with years of income alone they do not."""
    whole = elsewhere(LATER, UP_AND_DOWN)
    one = elsewhere(UP_AND_DOWN[:1], LATER[:1], scheme="residents")
    income = elsewhere(UP_AND_DOWN, [math.nan] * 6, scheme="residents")
    assert common(FUND, pd.concat([whole, one])).growth["income"] == pytest.approx(0.2 / 5)
    found = common(FUND, pd.concat([whole, income]))
    assert found.growth["income"] == pytest.approx(0.3 / 5) and math.isnan(found.growth["expenditure"])


def test_people_of_others_are_learned_where_they_are_counted():
    counted = elsewhere(UP_AND_DOWN, LATER, enrollees=[1.0, 1.1, 1.2, 1.3, 1.4, 1.5])
    single = elsewhere(UP_AND_DOWN, LATER, enrollees=[n / 10_000 for n in range(1, 7)])
    assert common(FUND, counted).growth["people"] == pytest.approx(math.log(1.5) / 5)
    assert common(FUND, single).growth["people"] == pytest.approx(math.log(6) / 5)
