"""Projection: fixed growth by hand, the analytic ranges, where it starts, and laws of all paths."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fund_rows import funds, row, rows, years
from plan_monitor.fund import Projection, obstacle, project
from plan_monitor.methods import forecast

# every year the same growth, so that all paths are one: 10 % more income, 20 % more expenditure
STEADY = years([100, 110, 121, 133.1], [50, 60, 72, 86.4])
CODES = {"no_flows", "no_reserve", "too_few_years", "not_positive"}


def medians(result, what="balance"):
    return result.quantiles(what)["median"].tolist()


def test_growth_without_spread_by_hand():
    """133.1 and 86.4 go on to 146.41 and 103.68, then 161.05 and 124.42; the reserve starts at 295.7."""
    result = project(STEADY, 2, paths=50)
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
    result = project(fund, 2, paths=20)
    assert result.fits["growth"].tolist() == pytest.approx([100, -50, 0])
    assert medians(result, "income") == pytest.approx([100, 100])
    assert medians(result, "expenditure") == pytest.approx([80, 160])


def test_the_year_of_the_first_deficit_and_of_the_empty_reserve():
    """Income 100; 96.8 goes on to 106.48, 117.13, 128.84: from a reserve of 10 to 3.52, -13.61, -42.45."""
    fund = years([100, 100, 100], [80, 88, 96.8], reserve=10 - 35.2)
    result = project(fund, 3, paths=30)
    assert medians(result) == pytest.approx([3.52, -13.608, -42.4488])
    assert result.p_deficit.to_dict() == {2023: 1, 2024: 1, 2025: 1}
    assert result.p_exhausted.to_dict() == {2023: 0, 2024: 1, 2025: 1}


def made_up(income, expenditure, balance):
    found = [np.array(table, dtype=float) for table in (income, expenditure, balance)]
    ahead = [2025 + n for n in range(found[0].shape[1])]
    return Projection("万元", pd.Series(dtype=float), ahead, *found, pd.DataFrame())


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


@pytest.mark.parametrize("heads", [math.nan, 5.0])
@pytest.mark.parametrize("income", [[100, 120, 114], [90, 99, 101, 120], [50, 56, 60, 61, 66, 70, 81]])
def test_one_component_has_the_analytic_range_of_a_random_walk(income, heads):
    """`forecast.project` gives Student's t; of 40 000 paths as many lie below each limit, ± 4.5 errors."""
    fund = years(income, income[::-1], enrollees=heads)
    result = project(fund, 5, paths=40_000)
    series = fund["income"].set_axis(range(2020, 2020 + len(income)))
    limits = forecast.project(series, result.years, lower=0)
    assert set(limits["method"]) == {"drift"}
    shares = {"median": 0.5, "lower_80": 0.1, "upper_80": 0.9, "lower_95": 0.025, "upper_95": 0.975}
    for name, share in shares.items():
        below = (result.income < limits[name].to_numpy()).mean(axis=0)
        assert below == pytest.approx(np.full(5, share), abs=4.5 * math.sqrt(share * (1 - share) / 40_000))


def test_gaps_between_the_years_have_the_analytic_range_too():
    series = pd.Series([100.0, 150.0, 160.0, 200.0], index=[2016, 2019, 2020, 2022])
    fund = rows(*(row(year, value, value, 9) for year, value in series.items()))
    result = project(fund, 3, paths=40_000)
    limits = forecast.project(series, result.years, lower=0)
    below = (result.expenditure < limits["upper_80"].to_numpy()).mean(axis=0)
    assert below == pytest.approx(np.full(3, 0.9), abs=4.5 * math.sqrt(0.09 / 40_000))


def test_components_move_independently():
    """The same figures twice: both end above their medians in one path of four, not in one of two."""
    fund = years([100, 110, 100, 110, 105], [100, 110, 100, 110, 105])
    result = project(fund, 2, paths=20_000)
    above = [paths > np.median(paths, axis=0) for paths in (result.income, result.expenditure)]
    assert (above[0] & above[1]).mean(axis=0) == pytest.approx([0.25, 0.25], abs=0.014)
    assert (above[0][:, 0] & above[0][:, 1]).mean() > 0.3  # while the years of one path go together


def test_a_one_off_year_at_the_end_is_no_start():
    """121 grew by 10 % to what would have been 133.1; the 60 received instead changed only the reserve."""
    fund = years([100, 110, 121, 60], [50, 50, 50, 50], one_off={2023: "income"})
    result = project(fund, 2, paths=20)
    assert result.start[["year", "income", "balance"]].tolist() == [2023, 60, 291]
    assert medians(result, "income") == pytest.approx([146.41, 161.051])
    assert medians(result) == pytest.approx([291 + 96.41, 291 + 96.41 + 111.051])


def test_the_year_without_a_usual_figure_adds_to_the_spread():
    """Two years from the last usual figure instead of one: √(2 (1 + 2/3)) against √(1 + 1/3), both t."""
    usual = [100, 112, 115, 130]
    last = project(years(usual, usual), 1, paths=40_000)
    later = project(years([*usual, 77], [*usual, 130], one_off={2024: "income"}), 1, paths=40_000)
    spread = [np.subtract(*np.quantile(np.log(r.income), [0.9, 0.1])) for r in (last, later)]
    assert spread[1] / spread[0] == pytest.approx(math.sqrt((10 / 3) / (4 / 3)), rel=0.03)


def test_a_reserve_is_carried_on_through_accounts_without_one():
    """295.7 in 2023; 2024 receives 146.41 and spends 103.68 and 2025 161.05 and 124.42, reserves unknown."""
    fund = pd.concat(
        [STEADY, rows(row(2024, 146.41, 103.68), row(2025, 161.051, 124.416))], ignore_index=True
    )
    result = project(fund, 1, paths=10)
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
        "万元", pd.Series(dtype=float), [2025, 2026], **flows, balance=np.zeros((2, 2)), fits=None
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
    """Baoshan's residents start from their own 54 527 (万元), with the growth of the country's."""
    residents = shipped.fund[shipped.fund["scheme"] == "residents"]
    own, national = (residents[residents["region"] == region] for region in ("530500", "100000"))
    assert obstacle(own, history=national) is None
    result = project(own, 2, paths=20, history=national)
    assert result.start[["year", "income", "balance"]].tolist() == [2021, 186844, 54527]
    assert result.unit == "万元"
    pd.testing.assert_frame_equal(result.fits, project(national, 2, paths=20).fits)


def test_borrowed_growth_by_hand():
    """From 40 and 30, 10 and 20 % a year: 44 and 36, then 48.4 and 43.2; enrolment elsewhere doubles both."""
    own = rows(row(2030, 40, 30, 5, region="S"))
    result = project(own, 2, paths=10, history=STEADY)
    assert medians(result, "income") == pytest.approx([44, 48.4])
    assert medians(result) == pytest.approx([13, 18.2])
    doubling = STEADY.assign(enrollees=[1.0, 2.0, 4.0, 8.0], income=[100.0, 200, 400, 800])
    assert medians(project(own, 2, paths=10, history=doubling), "income") == pytest.approx([80, 160])
    assert obstacle(own, history=STEADY.iloc[:2]) == "too_few_years"
    assert obstacle(own.assign(income=0.0), history=STEADY) == "not_positive"
    assert obstacle(own, history=STEADY, as_of="2029") == "no_flows"


@pytest.mark.parametrize(
    ("fund", "arguments", "message"),
    [
        (STEADY, {"years": 0}, "at least 1"),
        (STEADY, {"years": 1, "paths": 0}, "at least 1"),
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


@settings(max_examples=60, deadline=None)
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


@settings(max_examples=40, deadline=None)
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
