"""The rolling-origin test of projections: counts and errors by hand, and ranges that hold as promised."""

import numpy as np
import pandas as pd
import pytest

from fund_rows import years
from plan_monitor.fund import backtest

TEN = [100 * 1.1**n for n in range(6)]
FIVE = [80 * 1.05**n for n in range(6)]


def test_steady_growth_is_projected_without_error():
    """Six years: from the third to three more, from the fourth to two, from the fifth to one: six trials."""
    found = backtest(years(TEN, FIVE))
    assert found.index.tolist() == ["income", "expenditure", "total"]
    assert found["n"].tolist() == [6, 6, 12] and found["series"].tolist() == [1, 1, 1]
    assert found[["error", "error_naive"]].to_numpy() == pytest.approx(np.zeros((3, 2)), abs=1e-9)


def test_errors_by_hand():
    """20, then 10 % more: √1.32 = 14.89 % to come, 151.66 of 150; the last rate again gives 145.2.

    Expenditure grows by 10 % as it did: 133.1 is projected, 121 came, 10 % less; naive growth says the same.
    """
    found = backtest(years([100, 120, 132, 150], [100, 110, 121, 121]))
    assert found["n"].tolist() == [1, 1, 2]
    assert found.loc["income", "error"] == pytest.approx(100 * (132 * 1.32**0.5 / 150 - 1), abs=0.15)
    assert found.loc["income", "error_naive"] == pytest.approx(3.2)
    assert found.loc["expenditure", ["error", "error_naive"]].tolist() == pytest.approx([10, 10])
    assert found.loc["total", "error_naive"] == pytest.approx(6.6)
    assert found.loc["expenditure", "ratio"] == pytest.approx(1)
    # one growth rate more than a spread of 6 points allows for, and one that never moved
    assert found["within"].tolist() == [1, 0, 1]


def test_naive_growth_is_yearly_also_across_a_gap():
    """44 % in two years are 20 % in one: 144 to 172.8; 180 came, 4 % more."""
    fund = years([90, 100, 999, 144, 180], [50] * 5, one_off={2022: "income"})
    found = backtest(fund, horizons=[1])
    assert found.loc["income", "n"] == 1
    assert found.loc["income", "error_naive"] == pytest.approx(4)


def test_a_one_off_year_is_neither_a_start_nor_held_against_a_projection():
    """Without 2023, income is projected from 2022 to 2024 and 2025 and from 2024 to 2025: three trials."""
    disturbed = [*TEN[:3], 55, *TEN[4:]]
    found = backtest(years(disturbed, FIVE, one_off={2023: "income"}))
    assert found["n"].tolist() == [3, 6, 9]
    assert found["error"].tolist() == pytest.approx([0, 0, 0], abs=1e-9)


def test_nothing_is_compared_across_a_change_of_scope():
    """From 2022 to 2023 and from 2024 to 2025; expenditure, of the same scope, six times."""
    broken = [*TEN[:4], *(3 * value for value in TEN[4:])]
    found = backtest(years(broken, FIVE, new_scope={2024: "income"}))
    assert found["n"].tolist() == [2, 6, 8]
    assert found.loc["income", "error"] == pytest.approx(0, abs=1e-9)


def test_naive_growth_is_not_taken_across_a_change_of_scope():
    """10 % in 2021 and in 2022, then twice as much of something wider: 10 % again, not twice."""
    wider = [100, 110, 121, 242, 266.2]
    found = backtest(years(wider, FIVE[:5], new_scope={2023: "income"}), horizons=[1])
    assert found.loc["income", "n"] == 1  # from 2023 to 2024
    assert found.loc["income", ["error", "error_naive"]].tolist() == pytest.approx([0, 0], abs=1e-9)


def test_no_reserve_is_needed_and_short_funds_say_nothing():
    fund = years(TEN, FIVE).assign(balance=np.nan)
    short = years(TEN[:3], FIVE[:3]).assign(scheme="residents")
    found = backtest(pd.concat([fund, short], ignore_index=True))
    assert found["n"].tolist() == [6, 6, 12] and found["series"].tolist() == [1, 1, 1]
    nothing = backtest(short)
    assert nothing["n"].tolist() == [0, 0, 0]
    assert nothing["within"].tolist() == [0, 0, 0]
    assert nothing[["error", "error_naive", "ratio"]].isna().all(axis=None)


def test_each_fund_is_tried_on_its_own_past():
    """The same figures in another region and unit: twice the trials, the same errors."""
    one = years([100, 120, 132, 150], [100, 110, 121, 121])
    other = one.assign(region="S", unit="亿元")
    both, single = backtest(pd.concat([one, other], ignore_index=True)), backtest(one)
    assert both["n"].tolist() == [2, 2, 4] and both["series"].tolist() == [2, 2, 2]
    assert both["within"].tolist() == (2 * single["within"]).tolist()
    columns = ["error", "error_naive"]
    assert both[columns].to_numpy() == pytest.approx(single[columns].to_numpy())


def test_horizons_and_later_years_may_be_left_out():
    """As of 2024 five years: from the third to two, from the fourth to one; one year ahead: two."""
    fund = years(TEN, FIVE)
    assert backtest(fund, as_of="2024")["n"].tolist() == [3, 3, 6]
    assert backtest(fund, [1], as_of="2024")["n"].tolist() == [2, 2, 4]
    assert backtest(fund, [3, 1])["n"].tolist() == [4, 4, 8]


def test_enrolment_and_cost_per_head_are_projected_together():
    """People double and income a head halves each year: income stays at 100; 110 came in the last year."""
    fund = years([100, 100, 100, 110], [10, 20, 40, 80], enrollees=[1.0, 2.0, 4.0, 8.0])
    found = backtest(fund)
    assert found.loc["income", "error"] == pytest.approx(100 / 11)
    assert found.loc["expenditure", "error"] == pytest.approx(0, abs=1e-9)


def test_ranges_hold_as_often_as_they_promise():
    """Simulated random walks, fixed seed: the 80 % range holds about that often (fpp3, 5.5)."""
    rng = np.random.default_rng(8)
    walks = 100 * np.exp(rng.normal(0.05, 0.08, (30, 2, 5)).cumsum(axis=2))
    funds = [years(*walk.tolist()).assign(region=f"R{number}") for number, walk in enumerate(walks)]
    found = backtest(pd.concat(funds, ignore_index=True), horizons=[1])
    assert found["n"].tolist() == [60, 60, 120]
    assert found.loc["total", "within"] / 120 == pytest.approx(0.80, abs=0.06)


def test_a_sum_is_not_counted_beside_its_parts():
    """Two schemes and their sum are two experiences; where only the sum can be tried, it is one."""
    parts = [years(TEN, FIVE, scheme=scheme) for scheme in ("employees", "residents")]
    whole = years([2 * value for value in TEN], [2 * value for value in FIVE])
    found = backtest(pd.concat([*parts, whole], ignore_index=True))
    assert found["series"].tolist() == [2, 2, 2] and found["n"].tolist() == [12, 12, 24]
    short = [part.head(3) for part in parts]
    assert backtest(pd.concat([*short, whole], ignore_index=True))["n"].tolist() == [6, 6, 12]
    elsewhere = whole.assign(region="S")  # of which no parts are known
    assert backtest(pd.concat([*parts, elsewhere], ignore_index=True))["series"].tolist() == [3, 3, 3]


def test_the_shipped_series_count_once(shipped):
    """The national total says nothing that employees and residents do not say."""
    found = backtest(shipped.fund, as_of="2025-12")
    assert found.loc["total", ["n", "within", "series"]].tolist() == [8, 7, 2]
