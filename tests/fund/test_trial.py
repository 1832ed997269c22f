"""The rolling-origin test of projections: counts and errors by hand, and ranges that hold as promised."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import beta

from fund_rows import years
from plan_monitor.fund import backtest, project

QUANTITIES = ["income", "expenditure", "total"]
TEN = [100 * 1.1**n for n in range(6)]
FIVE = [80 * 1.05**n for n in range(6)]


def counts(found, name="n"):
    return found.loc[QUANTITIES, name].tolist()


def test_each_year_with_enough_before_it_is_a_start():
    """Six years: from the third to three more, from the fourth to two, from the fifth to one: six trials."""
    found = backtest(years(TEN, FIVE))
    assert found.index.tolist() == ["income", "expenditure", "2022", "2023", "2024", "total"]
    assert found["n"].tolist() == [6, 6, 6, 4, 2, 12]
    assert found["series"].tolist() == [1] * 6 and found["origins"].tolist() == [3, 3, 1, 1, 1, 3]
    assert found["error_naive"].to_numpy() == pytest.approx(np.zeros(6), abs=1e-9)


def test_errors_are_of_the_projection_that_could_have_been_made():
    """20, then 10 % more: 150 came; what three years tell is `project` of them, the last rate again 145.2.

    Expenditure grew by 10 % twice, and 121 came: the last rate again says 133.1, 10 % more.
    """
    fund = years([100, 120, 132, 150], [100, 110, 121, 121])
    found, known = backtest(fund), project(fund.head(3), 3)
    assert counts(found) == [1, 1, 2] and found.loc["2022", "n"] == 2
    for name, came in (("income", 150), ("expenditure", 121)):
        low, middle, high = known.quantiles(name).loc[2023, ["lower_80", "median", "upper_80"]]
        assert found.loc[name, "error"] == pytest.approx(100 * abs(middle / came - 1))
        assert found.loc[name, "width"] == pytest.approx(100 * (high - low) / came)
        missed = max(low - came, 0) + max(came - high, 0)
        assert found.loc[name, "score"] == pytest.approx(100 * (high - low + 10 * missed) / came)
        assert found.loc[name, "within"] == (missed == 0)
    assert found.loc["income", "error_naive"] == pytest.approx(3.2)
    assert found.loc["expenditure", "error_naive"] == pytest.approx(10)
    assert found.loc["total", "error_naive"] == pytest.approx(6.6)
    assert found["ratio"].to_numpy() == pytest.approx((found["error"] / found["error_naive"]).to_numpy())


def test_the_plain_random_walk_by_hand():
    """20, then 10 %: ln 1.2 and ln 1.1, mean 0.1388, spread 0.0615, one degree of freedom: t is 3.0777.

    In a year √(1 + 1/2) times that: from 132 · 1.1489 / 1.2613 = 120.24 to 191.29, and 100 came.
    """
    found = backtest(years([100, 120, 132, 100], [100, 110, 121, 133.1]), horizons=[1])
    spread = np.log(1.2 / 1.1) / np.sqrt(2)
    reach = np.exp(3.0776835 * spread * np.sqrt(1.5))
    low, high = 132 * np.sqrt(1.32) / reach, 132 * np.sqrt(1.32) * reach
    assert found.loc["income", "width_walk"] == pytest.approx(high - low)
    assert found.loc["income", "score_walk"] == pytest.approx(high - low + 10 * (low - 100))
    assert found.loc["expenditure", ["width_walk", "score_walk"]].tolist() == pytest.approx([0, 0], abs=1e-6)


def test_comparisons_from_one_start_count_as_one():
    """Jeffreys' interval of 3 of 3 starts, all ranges held, is the beta distribution of 3.5 and 0.5."""
    found = backtest(years(TEN, FIVE))
    assert counts(found, "within") == counts(found)
    assert found.loc["total", "share"] == 100
    assert found.loc["total", "share_low"] == pytest.approx(100 * beta.ppf(0.025, 3.5, 0.5))
    assert found.loc["2022", "share_low"] == pytest.approx(100 * beta.ppf(0.025, 1.5, 0.5))


def test_naive_growth_is_the_last_one_and_yearly():
    """10 %, 10 %, and 44 % in two years: 174.24 at 20 % more are 209.088; 200 came."""
    fund = years([100, 110, 121, np.nan, 174.24, 200], [50] * 6)
    found = backtest(fund, horizons=[1])
    assert found.loc["income", "n"] == 1
    assert found.loc["income", "error_naive"] == pytest.approx(100 * (209.088 / 200 - 1))


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
    assert counts(found) == [3, 6, 9]
    same = backtest(years([*TEN[:3], 99, *TEN[4:]], FIVE, one_off={2023: "income"}))
    assert counts(found, "error") == counts(same, "error")


def test_nothing_is_compared_across_a_change_of_scope():
    """From 2022 to 2023 and from 2024 to 2025; expenditure, of the same scope, six times."""
    broken = [*TEN[:4], *(3 * value for value in TEN[4:])]
    found = backtest(years(broken, FIVE, new_scope={2024: "income"}))
    assert counts(found) == [2, 6, 8]
    assert found.loc["income", "error_naive"] == pytest.approx(0, abs=1e-9)


def test_naive_growth_is_not_taken_across_a_change_of_scope():
    """10 % in 2021 and in 2022, then twice as much of something wider: 10 % again, not twice."""
    wider = [100, 110, 121, 242, 266.2]
    found = backtest(years(wider, FIVE[:5], new_scope={2023: "income"}), horizons=[1])
    assert found.loc["income", "n"] == 1  # from 2023 to 2024
    assert found.loc["income", "error_naive"] == pytest.approx(0, abs=1e-9)


def test_no_reserve_is_needed_and_short_funds_say_nothing():
    fund = years(TEN, FIVE).assign(balance=np.nan)
    short = years(TEN[:3], FIVE[:3]).assign(scheme="residents")
    found = backtest(pd.concat([fund, short], ignore_index=True))
    assert counts(found) == [6, 6, 12] and counts(found, "series") == [1, 1, 1]
    nothing = backtest(short)
    assert nothing.index.tolist() == QUANTITIES
    assert nothing[["n", "within", "series", "origins"]].eq(0).all(axis=None)
    assert nothing.drop(columns=["n", "within", "series", "origins"]).isna().all(axis=None)


@pytest.mark.slow
def test_a_fund_is_tried_by_its_own_past_and_what_others_had_by_then():
    """The same figures in another region and unit: twice the trials, each with the other's spread."""
    one = years([100, 120, 132, 150], [100, 110, 121, 121])
    other = one.assign(region="S", unit="亿元")
    both, single = backtest(pd.concat([one, other], ignore_index=True)), backtest(one)
    assert counts(both) == [2, 2, 4] and counts(both, "series") == [2, 2, 2]
    assert counts(both, "error_naive") == pytest.approx(counts(single, "error_naive"))
    known = project(one.head(3), 3, like=other.head(3)).quantiles("income").loc[2023]
    width = 100 * (known["upper_80"] - known["lower_80"]) / 150
    assert both.loc["income", "width"] == pytest.approx(width) != single.loc["income", "width"]
    later = other.assign(income=[100, 120, 132, 999.0])  # what comes later is not known
    unseen = backtest(pd.concat([one, later], ignore_index=True))
    assert unseen.loc["expenditure"].tolist() == both.loc["expenditure"].tolist()


def test_horizons_and_later_years_may_be_left_out():
    """As of 2024 five years: from the third to two, from the fourth to one; one year ahead: two."""
    fund = years(TEN, FIVE)
    assert counts(backtest(fund, as_of="2024")) == [3, 3, 6]
    assert counts(backtest(fund, [1], as_of="2024")) == [2, 2, 4]
    assert counts(backtest(fund, [3, 1])) == [4, 4, 8]


def test_enrolment_and_cost_per_head_are_projected_together():
    """People double and income a head halves each year: income stays at 100 by the last rate; 110 came."""
    fund = years([100, 100, 100, 110], [10, 20, 40, 80], enrollees=[1.0, 2.0, 4.0, 8.0])
    found = backtest(fund)
    assert found.loc["income", "error_naive"] == pytest.approx(100 / 11)
    assert found.loc["expenditure", "error_naive"] == pytest.approx(0, abs=1e-9)
    assert found.loc["income", "error"] > 0


@pytest.mark.slow
def test_ranges_hold_as_often_as_they_promise():
    """Simulated random walks, fixed seed: the 80 % range holds about that often (fpp3, 5.5)."""
    rng = np.random.default_rng(8)
    walks = 100 * np.exp(rng.normal(0.05, 0.08, (30, 2, 5)).cumsum(axis=2))
    funds = [years(*walk.tolist()).assign(region=f"R{number}") for number, walk in enumerate(walks)]
    found = backtest(pd.concat(funds, ignore_index=True), horizons=[1])
    assert counts(found) == [60, 60, 120]
    assert found.loc["total", "within"] / 120 == pytest.approx(0.80, abs=0.06)


@pytest.mark.slow
def test_a_sum_is_not_counted_beside_its_parts():
    """Two schemes and their sum are two experiences; from where only the sum can be tried, it is one."""
    parts = [years(TEN, FIVE, scheme=scheme) for scheme in ("employees", "residents")]
    whole = years([2 * value for value in TEN], [2 * value for value in FIVE])
    found = backtest(pd.concat([*parts, whole], ignore_index=True))
    assert counts(found, "series") == [2, 2, 2] and counts(found) == [12, 12, 24]
    short = [part.head(3) for part in parts]
    assert counts(backtest(pd.concat([*short, whole], ignore_index=True))) == [6, 6, 12]
    late = [part.tail(4) for part in parts]  # from 2022 the sum to 2023, 2024 and 2025; from 2024 its parts
    assert backtest(pd.concat([*late, whole], ignore_index=True))["n"].tolist() == [7, 7, 6, 4, 4, 14]
    elsewhere = whole.assign(region="S")  # of which no parts are known
    assert counts(backtest(pd.concat([*parts, elsewhere], ignore_index=True)), "series") == [3, 3, 3]


def test_the_shipped_series_count_once(shipped):
    """From 2021 only the national total can be tried; from 2022 and 2023 residents and employees."""
    found = backtest(shipped.fund, as_of="2025-12")
    assert found["n"].to_dict() == {
        "income": 7,
        "expenditure": 7,
        "2021": 6,
        "2022": 4,
        "2023": 4,
        "total": 14,
    }
    assert found.loc["total", ["within", "series", "origins"]].tolist() == [14, 3, 3]
    assert found.loc["total", "score"] < found.loc["total", "score_walk"]


def test_the_walk_over_years_and_a_gap_by_hand():
    """ln 1.44 in two years, ln 1.1 and ln 1.3 in one each: three rates over four years, and three to come."""
    income = [100, 7, 144, 144 * 1.1, 144 * 1.43, 210, np.nan, 300]
    found = backtest(years(income, [50.0] * 8, one_off={2021: "income"}), horizons=[3]).loc["income"]
    growth, between = np.log([1.44, 1.1, 1.3]), np.array([2, 1, 1])
    drift = growth.sum() / 4
    variance = ((growth - drift * between) ** 2 / between).sum() / 2
    reach = 1.8856181 * np.sqrt(variance * (3 + 9 / 4))  # Student's t of two degrees, 0.9
    low, high = 144 * 1.43 * np.exp(3 * drift + np.array([-reach, reach]))
    assert found["n"] == 1  # from 2024 to 2027
    assert found["width_walk"] == pytest.approx(100 * (high - low) / 300)
    missed = max(low - 300, 0) + max(300 - high, 0)
    assert found["score_walk"] == pytest.approx(100 * (high - low + 10 * missed) / 300)


def test_a_share_that_did_not_hold_has_its_interval():
    """Ten times the income came, and expenditure as before: one of two from a single start."""
    found = backtest(years([100, 120, 132, 1500], [100, 110, 121, 133.1]))
    assert counts(found, "within") == [0, 1, 1]
    assert counts(found, "share") == [0, 100, 50]
    for part, held in zip(QUANTITIES, (0, 1, 0.5), strict=True):
        ends = beta.ppf([0.025, 0.975], held + 0.5, 1.5 - held)
        assert found.loc[part, ["share_low", "share_high"]].tolist() == pytest.approx((100 * ends).tolist())


def test_a_year_with_one_of_both_figures_is_no_start():
    fund = years([100, 110, 121, np.nan, 174.24, 200], [50.0, 51, 52, 53, 54, 55])
    found = backtest(fund, horizons=[1])
    assert found.loc["expenditure", "n"] == 2  # from 2022 and from 2024, and not from 2023
