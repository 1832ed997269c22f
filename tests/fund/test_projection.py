"""Projection: fixed growth by hand, the analytic ranges, where it starts, and laws of all paths."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtri, stdtrit

from examples import up_to
from fund_rows import funds, row, rows, steady, years
from plan_monitor.fund import Projection, obstacle, project
from plan_monitor.fund.common import COMPONENTS, Common, Correlation
from plan_monitor.methods import forecast
from plan_monitor.methods.outlook import Typical
from plan_monitor.methods.spread import Usual

# every year the same growth, so that all paths are one: 10 % more income, 20 % more expenditure
STEADY = years([100, 110, 121, 133.1], [50, 60, 72, 86.4])
ALWAYS = steady(income=1.1, expenditure=1.2)
CODES = {"no_flows", "no_reserve", "too_few_years", "not_positive"}


def medians(result, what="balance"):
    return result.quantiles(what)["median"].tolist()


def test_growth_without_spread_by_hand():
    """133.1 and 86.4 go on to 146.41 and 103.68, then 161.05 and 124.42; the reserve starts at 295.7."""
    result = project(STEADY, 2, paths=50, like=ALWAYS)
    assert result.start[["year", "income", "expenditure", "balance", "carried"]].tolist() == pytest.approx(
        [2023, 133.1, 86.4, 295.7, 0]
    )
    assert (result.years, result.unit, result.balance.shape) == ([2024, 2025], "万元", (50, 2))
    assert medians(result, "income") == pytest.approx([146.41, 161.051])
    assert medians(result, "expenditure") == pytest.approx([103.68, 124.416])
    assert medians(result) == pytest.approx([338.43, 375.065])
    assert medians(result, "reserve_months") == pytest.approx([338.43 / 8.64, 375.065 / 10.368])
    assert np.ptp(result.balance, axis=0) == pytest.approx([0, 0], abs=1e-6)


def test_people_and_cost_per_head_multiply():
    """Twice the people at half the income a head: income stays. Expenditure a head stays: it doubles."""
    fund = years([100, 100, 100], [10, 20, 40], enrollees=[1.0, 2.0, 4.0])
    result = project(fund, 2, paths=20, like=steady(2, 1 / 2, 1))
    assert result.fits["growth"].tolist() == pytest.approx([100, -50, 0])
    assert medians(result, "income") == pytest.approx([100, 100])
    assert medians(result, "expenditure") == pytest.approx([80, 160])


def test_the_year_of_the_first_deficit_and_of_the_empty_reserve():
    """Income 100; 96.8 goes on to 106.48, 117.13, 128.84: from a reserve of 10 to 3.52, -13.61, -42.45."""
    fund = years([100, 100, 100], [80, 88, 96.8], reserve=10 - 35.2)
    result = project(fund, 3, paths=30, like=steady(expenditure=1.1))
    assert medians(result) == pytest.approx([3.52, -13.608, -42.4488])
    assert result.p_deficit.to_dict() == {2023: 1, 2024: 1, 2025: 1}
    assert result.p_exhausted.to_dict() == {2023: 0, 2024: 1, 2025: 1}


def made_up(income, expenditure, balance):
    found = [np.array(table, dtype=float) for table in (income, expenditure, balance)]
    ahead = [2025 + n for n in range(found[0].shape[1])]
    return Projection("万元", pd.Series(dtype=float), ahead, *found, pd.DataFrame(), borrowed=False, over=0)


def test_a_deficit_that_is_made_good_again_still_counts():
    """One path of four is short in the first year only, one in the second only: 25 %, then 50 %."""
    income = [[1, 9], [9, 1], [9, 9], [2, 2]]
    result = made_up(income, np.full((4, 2), 2), [[-1, 6], [7, -1], [7, 14], [0, 0]])
    assert result.p_deficit.to_dict() == {2025: 0.25, 2026: 0.5}
    assert result.p_exhausted.to_dict() == {2025: 0.25, 2026: 0.5}  # a reserve of zero is not below it


def test_quantiles_of_known_paths():
    """Reserves 0, 1 ... 100 against 120 spent a year: the median of 50 lasts five months."""
    paths = np.arange(101).reshape(-1, 1)
    result = made_up(paths, np.full((101, 1), 120), paths)
    expected = {"median": 50, "lower_80": 10, "upper_80": 90, "lower_95": 2.5, "upper_95": 97.5}
    assert result.quantiles("balance").loc[2025].to_dict() == pytest.approx(expected)
    in_months = {name: value / 10 for name, value in expected.items()}
    assert result.quantiles("reserve_months").loc[2025].to_dict() == pytest.approx(in_months)


def other_fund(growth, variance=0.0, spread=(0.03, 5.0), correlation=None):
    """What a fund has in common with others: the same for income and expenditure; people stay."""
    typical = Typical(growth, variance, 0.7, Usual(spread[0] ** 2, spread[1]))
    still = {"people": steady().typical["people"]}
    return Common(dict.fromkeys(COMPONENTS, typical) | still, {}, correlation or Correlation(0.0, 0.0, 0), 1)


@pytest.mark.parametrize("heads", [math.nan, 5.0])
@pytest.mark.parametrize("income", [[100, 120, 114], [90, 99, 101, 120], [50, 56, 60, 61, 66, 70, 81]])
def test_one_component_has_the_analytic_range_of_a_student_process(income, heads):
    """Student's t about the conditional mean; of 40 000 paths as many lie below each limit, ± 4.5 errors.

    Growth of years i and j before and to come has the covariance 1 [i = j] + 1 + what lasts, the integral of
    0.7² e^(-0.1 |s - t|) over both (`outlook`), and what is usual for all is known to ± 2 points a year.
    """
    fund = years(income, income[::-1], enrollees=heads)
    result = project(fund, 5, paths=40_000, like=other_fund(0.02, 0.02**2))
    n = len(income) - 1
    apart = np.abs(np.subtract.outer(np.arange(n + 5), np.arange(n + 5)))
    ends = np.exp(-0.1 * (apart + 1)) + np.exp(-0.1 * np.abs(apart - 1)) - 2 * np.exp(-0.1 * apart)
    lasts = 0.49 * 100 * (ends + 0.2 * (apart == 0))
    both = np.eye(n + 5) + 1 + lasts
    free = np.diff(np.log(income)) - 0.02
    solved = np.linalg.solve(both[:n, :n], np.column_stack([both[:n, n:], free]))
    spread = (5 * 0.03**2 + free @ solved[:, -1]) / (5 + n)
    left = both[n:, n:] - both[n:, :n] @ solved[:, :-1]
    sums, ahead = np.tri(5), np.arange(1, 6)
    center = math.log(income[-1]) + 0.02 * ahead + sums @ (both[n:, :n] @ solved[:, -1])
    width = np.sqrt(spread * (sums @ left @ sums.T).diagonal() + (0.02 * ahead) ** 2)
    for share in (0.5, 0.1, 0.9, 0.025, 0.975):
        limit = np.exp(center + width * stdtrit(5 + n, share))
        below = (result.income < limit).mean(axis=0)
        assert below == pytest.approx(np.full(5, share), abs=4.5 * math.sqrt(share * (1 - share) / 40_000))


def test_what_a_series_alone_tells_is_that_of_the_core_but_for_its_own_usual_growth():
    """Far more years than fade: the median is near that of `methods.forecast`, and so is the range."""
    values = 100 * np.exp(np.cumsum(np.random.default_rng(4).normal(0.03, 0.05, 30)))
    fund = years(values.tolist(), values.tolist(), first=1990)
    found = project(fund, 3, paths=20_000).quantiles("income")
    core = forecast.project(fund["income"].set_axis(range(1990, 2020)), range(2020, 2023), lower=0)
    assert found["median"].to_numpy() == pytest.approx(core["median"].to_numpy(), rel=0.03)
    widths = [table["upper_80"] - table["lower_80"] for table in (found, core)]
    assert (widths[0].to_numpy() / widths[1].to_numpy()) == pytest.approx(np.ones(3), abs=0.2)


@pytest.mark.parametrize("rho", [-0.6, 0.0, 0.8])
def test_income_and_expenditure_move_together_as_much_as_is_assumed(rho):
    """Of what is new in the first year, across the paths; of two normal ones both are above their medians
    in 1/4 + arcsin(ρ) / 2π of the paths (Sheppard 1899), and a heavy tail of each alone leaves signs alone."""
    fund = years([100, 110, 100, 110, 105], [100, 95, 100, 101, 105])
    together = Correlation(float(np.arctanh(rho)), 0.0, 5)
    result = project(fund, 2, paths=20_000, like=other_fund(0.02, correlation=together))
    above = [paths[:, 0] > np.median(paths[:, 0]) for paths in (result.income, result.expenditure)]
    share = 0.25 + math.asin(rho) / (2 * math.pi)
    assert (above[0] & above[1]).mean() == pytest.approx(share, abs=0.014)
    told = result.fits.loc["income", ["correlation", "correlation_low", "correlation_high"]]
    assert told.tolist() == pytest.approx([rho] * 3)


def test_how_little_is_known_of_the_correlation_is_in_the_paths():
    """z = 0.5 ± 0.8: the mean of arcsin(tanh z) over it, not that of 0.5."""
    fund = years([100, 110, 100, 110, 105], [100, 95, 100, 101, 105])
    result = project(fund, 1, paths=40_000, like=other_fund(0.02, correlation=Correlation(0.5, 0.8, 5)))
    above = [paths[:, 0] > np.median(paths[:, 0]) for paths in (result.income, result.expenditure)]
    z = 0.5 + 0.8 * ndtri((np.arange(2000) + 0.5) / 2000)
    share = 0.25 + np.arcsin(np.tanh(z)).mean() / (2 * math.pi)
    assert (above[0] & above[1]).mean() == pytest.approx(share, abs=0.01)
    assert abs(share - 0.25 - math.asin(math.tanh(0.5)) / (2 * math.pi)) > 0.01
    limits = np.tanh(0.5 + 0.8 * np.array([-1.2816, 1.2816]))
    assert result.fits.loc["income", ["correlation_low", "correlation_high"]].tolist() == pytest.approx(
        limits, abs=1e-4
    )


def test_a_one_off_year_at_the_end_is_no_start():
    """121 grew by 10 % to what would have been 133.1; the 60 received instead changed only the reserve."""
    fund = years([100, 110, 121, 60], [50, 50, 50, 50], one_off={2023: "income"})
    result = project(fund, 2, paths=20, like=steady(income=1.1))
    assert result.start[["year", "income", "balance"]].tolist() == [2023, 60, 291]
    assert medians(result, "income") == pytest.approx([146.41, 161.051])
    assert medians(result) == pytest.approx([291 + 96.41, 291 + 96.41 + 111.051])


def test_the_year_without_a_usual_figure_adds_to_the_spread():
    """Two years from the last usual figure to the first to come are as wide as the second year without."""
    usual, like = [100, 112, 115, 130], other_fund(0.02)
    last = project(years(usual, usual), 2, paths=40_000, like=like)
    later = project(years([*usual, 77], [*usual, 130], one_off={2024: "income"}), 1, paths=40_000, like=like)
    for share in (0.1, 0.5, 0.9):
        limits = [np.quantile(paths, share) for paths in (last.income[:, 1], later.income[:, 0])]
        assert limits[1] == pytest.approx(limits[0], rel=0.01)


def test_a_reserve_is_carried_on_through_accounts_without_one():
    """295.7 in 2023; 2024 receives 146.41 and spends 103.68 and 2025 161.05 and 124.42, reserves unknown."""
    fund = pd.concat(
        [STEADY, rows(row(2024, 146.41, 103.68), row(2025, 161.051, 124.416))], ignore_index=True
    )
    result = project(fund, 1, paths=10, like=ALWAYS)
    assert result.start[["year", "balance", "carried"]].tolist() == pytest.approx([2025, 375.065, 2])
    assert medians(result) == pytest.approx([375.065 + 177.1561 - 149.2992])


def test_a_later_reserve_without_flows_does_not_move_the_start():
    fund = pd.concat([STEADY, rows(row(2024, balance=999, income=1))], ignore_index=True)
    assert project(fund, 1, paths=10).start[["year", "balance"]].tolist() == pytest.approx([2023, 295.7])


def test_the_start_of_the_national_fund(shipped):
    """The reserve of 2023 was not published: 42 639.89 and 33 501.36 less 28 208.38."""
    fund = shipped.fund[shipped.fund["region"].eq("100000") & shipped.fund["scheme"].eq("all")]
    result = project(fund, 3, paths=10, as_of="2023")
    assert result.start[["year", "balance", "carried"]].tolist() == pytest.approx([2023, 47932.87, 1])
    assert (result.years, result.unit) == ([2024, 2025, 2026], "亿元")
    assert project(fund, 3, paths=10).start["balance"] == 53100.27


@pytest.mark.parametrize(
    ("fund", "code"),
    [
        (rows(row(2020, 5, balance=9), row(2021, expenditure=5, balance=9)), "no_flows"),
        (years([9, 9, 9], [8, 8, 8], one_off=dict.fromkeys((2020, 2021, 2022), "income")), "no_flows"),
        (STEADY.iloc[:0], "no_flows"),
        (rows(row(2020, 9, 8), row(2021, 9, 8), row(2022, 9, 8)), "no_reserve"),
        (rows(row(2020, 9, 8, 7), row(2021, 9), row(2022, 9, 8), row(2023, 9, 8)), "no_reserve"),
        (rows(row(2019, balance=7), row(2021, 9, 8), row(2022, 9, 8), row(2023, 9, 8)), "no_reserve"),
        (  # what is in the reserve of 2022 is not the reserve of 2021 and the accounts since
            rows(row(2020, 9, 8), row(2021, 9, 8, 7), row(2022, 9, 8, new_scope="income balance")),
            "no_reserve",
        ),
        (years([9, 9], [8, 8]), "too_few_years"),
        (years([9, 9, 9, 9], [8, 8, 8, 8], new_scope={2021: "income", 2022: "income"}), "too_few_years"),
        (years([9, 9, 9], [8, 8, 8], one_off={2020: "expenditure"}), "too_few_years"),
        (years([9, 0, 9], [8, 8, 8]), "not_positive"),
        (years([9, 9, 9], [8, 8, 8], enrollees=[1.0, 0.0, 1.0]), "not_positive"),
    ],
)
def test_each_obstacle_has_its_code(fund, code):
    assert obstacle(fund) == code
    with pytest.raises(ValueError, match=f"cannot be projected: {code}"):
        project(fund, 1)


def test_the_obstacles_of_the_shipped_funds(shipped):
    """Baoshan published two years, the pooled funds one, the new rural scheme no reserve."""
    fund = shipped.fund
    found = {
        (region, scheme): obstacle(part)
        for (region, scheme), part in fund[fund["region"].isin(["100000", "530500"])].groupby(
            ["region", "scheme"]
        )
    }
    assert found[("100000", "residents")] is None
    assert found[("530500", "residents")] == "too_few_years"
    assert found[("100000", "pooled")] == "too_few_years"
    assert found[("100000", "new-rural")] == "no_reserve"


@pytest.mark.parametrize(
    ("as_of", "first"),
    [(None, 2025), ("2024-12", 2025), ("2025-11", 2025), ("2025-12", 2026), ("2026-06", 2026)],
)
def test_no_year_that_is_over_has_a_probability(shipped, as_of, first):
    """The accounts end with 2024; what became of 2025 is no question of chance once it is over."""
    fund = shipped.fund[shipped.fund["region"].eq("100000") & shipped.fund["scheme"].eq("residents")]
    result = project(fund, 4, paths=20, as_of=as_of)
    assert result.years == [2025, 2026, 2027, 2028]
    for chance in (result.p_deficit, result.p_exhausted, result.p_below(3)):
        assert chance.index.tolist() == list(range(first, 2029))


def test_what_happened_in_a_year_that_is_over_does_not_count():
    """One path of two is short in 2025 only, the other in 2026 only."""
    flows = {"income": np.array([[1.0, 9], [9, 1]]), "expenditure": np.full((2, 2), 2.0)}
    result = Projection(
        "万元",
        pd.Series(dtype=float),
        [2025, 2026],
        **flows,
        balance=np.zeros((2, 2)),
        fits=None,
        borrowed=False,
        over=0,
    )
    assert result.p_deficit.to_dict() == {2025: 0.5, 2026: 1}
    later = Projection(**{**vars(result), "over": 2025})
    assert later.p_deficit.to_dict() == {2026: 0.5}
    assert Projection(**{**vars(result), "over": 2026}).p_deficit.empty


def test_below_a_line_of_months():
    """Reserves 0, 1 ... 99 against 120 a year, ten a month: thirty of a hundred are below three months."""
    paths = np.arange(100).reshape(-1, 1)
    result = made_up(paths, np.full((100, 1), 120), paths)
    assert result.p_below(3).tolist() == [0.3]
    assert result.p_exhausted.tolist() == result.p_below(0).tolist() == [0]


def test_years_of_its_own_carry_a_probability_and_borrowed_ones_never():
    five = years([100, 110, 121, 133.1, 140], [50, 60, 72, 86.4, 90])
    assert project(five, 1, paths=9).carries and project(five, 1, paths=9, history=five).carries
    assert not project(STEADY, 1, paths=9).carries and project(STEADY, 1, paths=9).rates == 3
    other = project(five.tail(1).assign(region="S"), 1, paths=9, history=five)
    assert other.borrowed and not other.carries and other.rates == 4


def test_growth_may_be_borrowed_from_elsewhere(shipped):
    """Baoshan's residents start from their own 54 527 (万元) in 2021; the country's income a head grew by
    30 922.17 / 134 592 and so on, known until 2024: of residents 10 128.9 / 9 724.48 in 2022."""
    residents = shipped.fund[shipped.fund["scheme"] == "residents"]
    own, national = (residents[residents["region"] == region] for region in ("530500", "100000"))
    assert obstacle(own, history=national) is None
    result = project(own, 2, paths=20, history=national)
    assert result.start[["year", "income", "balance"]].tolist() == [2021, 186844, 54527]
    assert result.unit == "万元" and result.borrowed
    assert medians(result, "income")[0] == pytest.approx(186844 * 10128.9 / 9724.48, rel=1e-3)
    later = project(national, 2, paths=20).fits
    assert result.fits[["own", "spread", "df", "points"]].equals(later[["own", "spread", "df", "points"]])


def test_borrowed_growth_by_hand():
    """From 40 and 30, 10 and 20 % a year: 44 and 36, then 48.4 and 43.2; enrolment elsewhere doubles both."""
    own = rows(row(2030, 40, 30, 5, region="S"))
    result = project(own, 2, paths=10, history=STEADY, like=ALWAYS)
    assert medians(result, "income") == pytest.approx([44, 48.4])
    assert medians(result) == pytest.approx([13, 18.2])
    doubling = STEADY.assign(enrollees=[1.0, 2.0, 4.0, 8.0], income=[100.0, 200, 400, 800])
    twice = project(own, 2, paths=10, history=doubling, like=steady(2, 1, 0.6))
    assert medians(twice, "income") == pytest.approx([80, 160])
    assert obstacle(own, history=STEADY.iloc[:2]) == "too_few_years"
    assert obstacle(own.assign(income=0.0), history=STEADY) == "not_positive"
    assert obstacle(own, history=STEADY, as_of="2029") == "no_flows"


@pytest.mark.parametrize(
    ("fund", "arguments", "message"),
    [
        (STEADY, {"years": 0}, "at least 1"),
        (STEADY, {"years": 1, "paths": 0}, "at least 1"),
        (STEADY, {"years": 1, "assumption": "luck"}, "no assumption 'luck'; known: own_spread"),
        (pd.concat([STEADY, STEADY.assign(region="S")]), {"years": 1}, "one region and scheme"),
        (pd.concat([STEADY, STEADY.assign(scheme="residents")]), {"years": 1}, "one region and scheme"),
    ],
)
def test_what_it_refuses(fund, arguments, message):
    with pytest.raises(ValueError, match=message):
        project(fund, **arguments)


@pytest.mark.parametrize("other", [{"region": "S"}, {"scheme": "residents"}])
def test_growth_is_borrowed_from_one_fund(other):
    several = pd.concat([STEADY, STEADY.assign(**other)])
    for refuses in (lambda: project(STEADY, 1, history=several), lambda: obstacle(STEADY, several)):
        with pytest.raises(ValueError, match="one region and scheme"):
            refuses()


def test_the_seed_decides():
    fund = years([100, 120, 114], [90, 95, 101])
    same, again, other = (project(fund, 3, paths=50, seed=seed) for seed in (1, 1, 2))
    assert np.array_equal(same.balance, again.balance)
    assert not np.isclose(same.balance, other.balance).any()


@pytest.mark.slow
@settings(max_examples=up_to(60), deadline=None)
@given(funds(), st.integers(1, 8), st.integers(0, 2**32))
def test_what_holds_of_every_projection(fund, ahead, seed):
    code = obstacle(fund)
    if code is not None:
        assert code in CODES
        with pytest.raises(ValueError, match=code):
            project(fund, ahead)
        return
    result = project(fund, ahead, paths=100, seed=seed)
    again = project(fund[::-1], ahead, paths=100, seed=seed)
    for name in ("income", "expenditure", "balance"):
        paths = getattr(result, name)
        assert paths.shape == (100, ahead) and np.isfinite(paths).all()
        assert np.array_equal(paths, getattr(again, name))
        table = result.quantiles(name)
        assert np.isfinite(table).all(axis=None)
        ordered = table[["lower_95", "lower_80", "median", "upper_80", "upper_95"]].to_numpy()
        assert (np.diff(ordered, axis=1) >= 0).all()
    assert (result.income > 0).all() and (result.expenditure > 0).all()
    saved = result.start["balance"] + np.cumsum(result.income - result.expenditure, axis=1)
    assert np.array_equal(result.balance, saved)
    assert result.years == [int(result.start["year"]) + n for n in range(1, ahead + 1)]
    for chance in (result.p_deficit, result.p_exhausted):
        assert chance.index.tolist() == result.years
        assert ((chance >= 0) & (chance <= 1)).all() and (chance.diff().dropna() >= 0).all()


@pytest.mark.slow
@settings(max_examples=up_to(40), deadline=None)
@given(funds(widest=1), st.integers(1, 5))
def test_the_unit_of_money_does_not_matter(fund, ahead):
    """A fund in 亿元 is the same in 万元, ten thousand times the figures."""
    fund["unit"] = "亿元"
    small = fund.assign(unit="万元")
    small[["income", "expenditure", "balance"]] *= 1e4
    assert obstacle(small) == obstacle(fund)
    if obstacle(fund) is not None:
        return
    before, after = (project(one, ahead, paths=50) for one in (fund, small))
    for name in ("income", "expenditure"):
        assert np.allclose(1e4 * getattr(before, name), getattr(after, name), rtol=1e-6, atol=0)
    flows = 1e4 * (before.income + before.expenditure).cumsum(axis=1) + abs(after.start["balance"])
    assert (np.abs(1e4 * before.balance - after.balance) <= 1e-6 * flows).all()
    assert (before.unit, after.unit) == ("亿元", "万元")
    assert after.p_deficit.tolist() == before.p_deficit.tolist()


def test_borrowed_figures_and_the_years_that_are_over_are_told():
    plain = project(STEADY, 2, paths=9)
    assert (plain.borrowed, plain.over, plain.passed) == (False, 0, 0)
    late = project(STEADY, 2, paths=9, as_of="2024-12")
    assert (late.over, late.passed) == (2024, 1)
    assert project(STEADY, 2, paths=9, as_of="2023-06", history=STEADY).passed == 0


def test_small_figures_are_projected_like_large_ones():
    """Half a yuan a year is above zero."""
    small = STEADY.copy()
    small[["income", "expenditure", "balance"]] *= 1e-6
    assert obstacle(small) is None
    large, tiny = (medians(project(fund, 2, paths=9, like=ALWAYS)) for fund in (STEADY, small))
    assert [1e6 * value for value in tiny] == pytest.approx(large)
