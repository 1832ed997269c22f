"""One assumption changed at a time: what each does to paths, and to the odds."""

import math

import numpy as np
import pandas as pd
import pytest

from fund_rows import steady, years
from plan_monitor.fund import ASSUMPTIONS, assumptions, project
from plan_monitor.fund.common import common

INCOME = [100, 108, 112, 125, 131.0]
SPENT = [90, 99, 104, 119, 127.0]
FUND = years(INCOME, SPENT, reserve=20)
OTHERS = pd.concat(
    [
        years([100, 103, 105, 109, 112], [80, 83, 84, 88, 90], region="S"),
        years([50, 51, 53, 54, 56], [50, 52, 53, 55, 57.0], region="T"),
    ]
)


def projected(assumption, fund=FUND, like=OTHERS, ahead=3):
    return project(fund, ahead, paths=20_000, like=like, assumption=assumption)


def medians(result, what):
    return result.quantiles(what)["median"].to_numpy()


def test_each_assumption_has_its_row_and_the_first_is_the_projection():
    found = assumptions(FUND, 3, 2, like=OTHERS, paths=2000)
    assert found.index.tolist() == ["base", *ASSUMPTIONS] and found.notna().all(axis=None)
    plain = project(FUND, 3, paths=2000, like=OTHERS)
    assert found.loc["base"].tolist() == [plain.p_deficit.iloc[-1], plain.p_below(2).iloc[-1]]
    for name in ASSUMPTIONS:
        other = project(FUND, 3, paths=2000, like=OTHERS, assumption=name)
        assert found.loc[name].tolist() == [other.p_deficit.iloc[-1], other.p_below(2).iloc[-1]]


def test_own_spread_is_that_of_its_own_growth_alone():
    fits = projected("own_spread").fits
    assert fits["spread"].tolist() == fits["own"].tolist()
    assert fits["df"].tolist() == [4, 4]


def test_a_fixed_correlation_is_known():
    base = projected(None).fits.loc["income"]
    for name, of in (("correlation_low", "correlation_low"), ("correlation_high", "correlation_high")):
        fits = projected(name).fits.loc["income", ["correlation", "correlation_low", "correlation_high"]]
        assert fits.tolist() == pytest.approx([base[of]] * 3)
    assert projected("independent").fits.loc["income", "correlation"] == 0


def test_a_surplus_that_goes_up_and_down_together_is_safer_than_one_that_does_not():
    """Income and expenditure that move together keep their difference: the odds fall with the correlation."""
    safe = FUND.assign(expenditure=0.9 * FUND["expenditure"])
    found = assumptions(safe, 3, 2, like=OTHERS)["p_deficit"]
    assert found["correlation_high"] < found["base"] < found["correlation_low"]


def test_growth_of_all_is_the_mean_of_the_others():
    """12 % in four years of 100 and 112, of 50 and 56: ln 1.12 / 4 a year; 12.5 and 14 % of expenditure."""
    found = projected("growth_of_all")
    assert medians(found, "income") == pytest.approx(131 * 1.12 ** (np.arange(1, 4) / 4), rel=0.005)
    rate = (math.log(90 / 80) + math.log(57 / 50)) / 8
    assert medians(found, "expenditure") == pytest.approx(127 * np.exp(rate * np.arange(1, 4)), rel=0.005)


def test_without_the_newest_rate_the_start_is_the_same_and_the_growth_is_that_before():
    found = projected("without_newest")
    assert found.start["balance"] == projected(None).start["balance"]
    assert found.fits["rates"].tolist() == [3, 3]
    before = project(FUND.head(4), 4, paths=20_000, like=common(FUND, OTHERS))
    growth = np.log(medians(before, "income")[1:]) - np.log(medians(before, "income")[0])
    assert np.log(medians(found, "income") / 131)[:2] == pytest.approx(growth[:2], abs=0.006)


def test_income_grows_as_expenditure_from_where_it_is():
    found, base = projected("income_as_expenditure"), projected(None)
    assert medians(found, "expenditure") == pytest.approx(medians(base, "expenditure"))
    assert medians(found, "income") / 131 == pytest.approx(medians(base, "expenditure") / 127, rel=0.005)


def test_what_a_fund_has_not_is_left_empty():
    """No other fund grows; and of three years the newest rate cannot be spared."""
    alone = assumptions(years(INCOME, SPENT), 2, 2, paths=50)
    assert alone.index[alone["p_deficit"].isna()].tolist() == ["growth_of_all"]
    short = assumptions(years(INCOME[:3], SPENT[:3]), 2, 2, paths=50)
    assert short.index[short["p_deficit"].isna()].tolist() == ["growth_of_all", "without_newest"]
    with pytest.raises(ValueError, match="too_few_years"):
        assumptions(years(INCOME[:2], SPENT[:2]), 2, 2, paths=50)


def test_income_that_grows_as_expenditure_is_told_to():
    found = projected("income_as_expenditure").fits["growth"]
    assert found["income"] == found["expenditure"] != projected(None).fits.loc["income", "growth"]


def test_income_grows_as_expenditure_from_its_middle_path_where_the_last_year_is_unusual():
    """121 of 2022 and 10 % are 133.1 in 2023, of which 60 came; from there 20 % as expenditure."""
    fund = years([100, 110, 121, 60], [50, 60, 72, 86.4], one_off={2023: "income"})
    always = steady(income=1.1, expenditure=1.2)
    result = project(fund, 2, paths=5, like=always, assumption="income_as_expenditure")
    assert medians(result, "income").tolist() == pytest.approx([133.1 * 1.2, 133.1 * 1.44])


def test_without_the_newest_rate_people_and_money_per_head_have_one_less():
    fund = FUND.assign(enrollees=[1.0, 1.02, 1.03, 1.06, 1.08])
    found = project(fund, 2, paths=9, like=OTHERS, assumption="without_newest").fits
    assert found["rates"].tolist() == [3, 3, 3]
    late = pd.concat([FUND, years([140], [math.nan], first=2025)])  # income of one year more
    found = project(late, 2, paths=9, like=OTHERS, assumption="without_newest").fits
    assert found["rates"].tolist() == [3, 3]


def test_the_spread_of_its_own_counts_by_its_own_rates_alone():
    found = projected("own_spread").fits
    assert (found["df"] == found["rates"]).all()
