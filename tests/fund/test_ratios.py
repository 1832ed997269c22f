"""Ratios against the published ones, and every edge of the warning bands."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examples import up_to
from fund_rows import row, rows, years
from plan_monitor.fund import RATIOS, indicators, warn


@pytest.fixture(scope="module")
def ratios(shipped):
    return indicators(shipped.fund).set_index(["region", "scheme", "period"])


def test_published_ratios_by_hand(ratios):
    residents = ratios.loc[("100000", "residents", "2024")]
    assert residents["reserve_months"] == pytest.approx(8183.02 / (10661.49 / 12))
    assert round(residents["reserve_months"], 2) == 9.21
    # 24 224 workers for 8 700 retirees: the bulletin of 2019 prints 2.78
    assert round(ratios.loc[("100000", "employees", "2019"), "dependency_ratio"], 2) == 2.78
    # 54 527 ÷ (170 160 ÷ 12)
    assert round(ratios.loc[("530500", "residents", "2021"), "reserve_months"], 1) == 3.8
    # 6 324.93 of 30 922.17
    assert round(ratios.loc[("100000", "all", "2022"), "surplus_rate"], 2) == 20.45
    # 11 180.90 and 10 661.49 (亿元) for 94 713.74 (万人)
    assert residents["income_per_head"] == pytest.approx(1180.49, abs=0.005)
    assert residents["expenditure_per_head"] == pytest.approx(1125.65, abs=0.005)


@pytest.mark.parametrize(
    ("region", "scheme", "period", "income", "expenditure", "decimals"),
    [
        ("530500", "residents", "2021", 12.34, 1.88, 2),
        ("530500", "employees", "2021", 12.75, 30.52, 2),
        ("100000", "all", "2019", 10.2, 12.2, 1),
    ],
)
def test_growth_is_what_the_sources_publish(ratios, region, scheme, period, income, expenditure, decimals):
    found = ratios.loc[(region, scheme, period)]
    assert round(found["income_growth"], decimals) == income
    assert round(found["expenditure_growth"], decimals) == expenditure
    assert found["growth_gap"] == pytest.approx(expenditure - income, abs=10.0**-decimals)


def test_one_year_by_hand():
    """240 万元 for 0.2 万人 are 1 200 yuan a head, 20 % up on 1 000; 40 left over of 240; 100 last 6 months."""
    fund = rows(
        row(2020, 150, 160, 60, enrollees=0.15),
        row(2021, 240, 200, 100, enrollees=0.2, workers=0.16, retirees=0.04),
    )
    found = indicators(fund).iloc[1]
    assert found["current_balance"] == pytest.approx(40)
    assert found["surplus_rate"] == pytest.approx(100 / 6)
    assert found["reserve_months"] == pytest.approx(6)
    assert found["dependency_ratio"] == pytest.approx(4)
    assert found[["income_per_head", "expenditure_per_head"]].tolist() == pytest.approx([1200, 1000])
    growth = [
        f"{name}_growth"
        for name in ("enrollees", "income", "expenditure", "income_per_head", "expenditure_per_head")
    ]
    assert found[growth].tolist() == pytest.approx([100 / 3, 60, 25, 20, 100 * (1000 / (1600 / 1.5) - 1)])
    assert found["growth_gap"] == pytest.approx(-35)
    assert indicators(fund)[growth].iloc[0].isna().all()


def test_a_published_current_balance_stands_in_for_flows_nobody_published(ratios):
    """Where both flows are known they count."""
    alone = indicators(rows(row(2024, period_balance=4639.17)))
    assert alone["current_balance"].tolist() == [4639.17]
    assert alone["surplus_rate"].isna().all()
    assert indicators(rows(row(2020, 10, 6, period_balance=5)))["current_balance"].tolist() == [4]


def test_the_pooled_funds_of_2024(ratios):
    """28 523.36 less 23 884.20; 30 445.50 against 13 222.71 a year are 27.6 months, with accounts 28.2."""
    pooled, employees = (ratios.loc[("100000", name, "2024")] for name in ("pooled", "employees-pooled"))
    assert pooled["current_balance"] == pytest.approx(4639.16)
    assert pooled["reserve_months"] == pytest.approx(12 * 38628.52 / 23884.20)
    assert employees["reserve_months"] == pytest.approx(12 * 30445.5 / 13222.71)
    assert ratios.loc[("100000", "employees", "2024"), "reserve_months"] == pytest.approx(
        12 * 44917.25 / 19102.54
    )


def test_there_is_no_growth_into_a_new_scope_or_across_a_gap():
    fund = years(
        [100, 110, 121, 133.1],
        [100, 120, 144, 172.8],
        enrollees=[1.0, 1.1, 1.21, 1.331],
        new_scope={2021: "income", 2022: "enrollees"},
    )
    found = indicators(fund).set_index("year")
    assert found["income_growth"].tolist() == pytest.approx([math.nan, math.nan, 10, 10], nan_ok=True)
    assert found["expenditure_growth"].tolist() == pytest.approx([math.nan, 20, 20, 20], nan_ok=True)
    assert found["growth_gap"].tolist() == pytest.approx([math.nan, math.nan, 10, 10], nan_ok=True)
    assert found["enrollees_growth"].tolist() == pytest.approx([math.nan, 10, math.nan, 10], nan_ok=True)
    heads = found[["income_per_head_growth", "expenditure_per_head_growth"]]
    assert heads.loc[2021].tolist() == pytest.approx([math.nan, 100 / 11], nan_ok=True)
    assert heads.loc[2022].isna().all()  # a change in who is counted changes what a head is
    gap = indicators(fund.drop(index=2)).set_index("year")
    assert math.isnan(gap.loc[2023, "expenditure_growth"])


def test_growth_never_compares_two_funds():
    fund = pd.concat([years([1], [1]), years([2, 4], [2, 2], first=2021).assign(scheme="residents")])
    found = indicators(fund.reset_index(drop=True)).set_index(["scheme", "year"])
    assert math.isnan(found.loc[("residents", 2021), "income_growth"])
    assert found.loc[("residents", 2022), "income_growth"] == pytest.approx(100)


def test_a_zero_leaves_a_ratio_open():
    fund = rows(row(2020, 0, 0, 5, enrollees=0, workers=3, retirees=0), row(2021, 5, 5, 5, enrollees=1))
    found = indicators(fund)
    open_ = ["surplus_rate", "reserve_months", "dependency_ratio", "income_per_head"]
    assert found.loc[0, open_].isna().all()
    assert found.loc[1, ["income_growth", "enrollees_growth", "income_per_head_growth"]].isna().all()
    assert found.loc[0, "current_balance"] == 0


def test_expenditure_without_income_is_no_share_of_it():
    """Nor infinitely many percent."""
    found = indicators(rows(row(2020, 0, 5, 5))).iloc[0]
    assert math.isnan(found["surplus_rate"]) and found["current_balance"] == -5


def test_later_years_are_left_out(shipped):
    found = indicators(shipped.fund, as_of="2021")
    assert found["year"].max() == 2021
    assert (
        round(found.set_index(["region", "scheme", "year"]).loc[("530500", "all", 2021), "reserve_months"], 1)
        == 9.7
    )


def band_of(shipped, scheme, **ratio):
    """Severity and the rest of the id of the band of one ratio."""
    (name,) = ratio
    given = (
        {"region": "R", "scheme": scheme, "period": "2020", "id": "r"}
        | dict.fromkeys(RATIOS, math.nan)
        | ratio
    )
    found = warn(pd.DataFrame([given]), shipped.fund_bands).set_index("ratio").loc[name]
    return None if found["band"] is None else (found["severity"], found["band"].split("-")[-1])


@pytest.mark.parametrize("scheme", ["residents", "employees-pooled", "pooled"])
@pytest.mark.parametrize(
    ("months", "expected"),
    [
        (-1, ("alarm", "short")),
        (2.999, ("alarm", "short")),
        (3, ("watch", "low")),
        (5.999, ("watch", "low")),
        (6, ("ok", "normal")),
        (9, ("ok", "normal")),
        (9.001, ("ok", "high")),
        (15, ("ok", "high")),
        (15.001, ("watch", "excess")),
    ],
)
def test_the_published_edges_of_the_reserve(shipped, scheme, months, expected):
    """Below 3 months short, 6 to 9 normal, above 15 excessive."""
    assert band_of(shipped, scheme, reserve_months=months) == expected


def test_an_edge_is_met_though_not_in_binary(shipped):
    """0.9 is nine months of 1.2 a year; in floating point it is 9.000000000000002."""
    found = indicators(rows(row(2020, 1.2, 1.2, 0.9, scheme="residents")))
    assert found["reserve_months"].item() > 9
    assert warn(found, shipped.fund_bands)["band"].iloc[0] == "band-residents-normal"


@pytest.mark.parametrize(
    ("ratio", "value", "expected"),
    [
        ("surplus_rate", -0.01, ("alarm", "deficit")),
        ("surplus_rate", 0, ("watch", "thin")),
        ("surplus_rate", 2.99, ("watch", "thin")),
        ("surplus_rate", 3, ("ok", "ok")),
        ("growth_gap", -3, ("ok", "even")),
        ("growth_gap", 0, ("ok", "even")),
        ("growth_gap", 0.01, ("watch", "faster")),
        ("growth_gap", 5, ("watch", "faster")),
        ("growth_gap", 5.01, ("alarm", "faster")),
    ],
)
def test_the_edges_of_the_lines_for_all_schemes(shipped, ratio, value, expected):
    for scheme in ("all", "residents"):
        assert band_of(shipped, scheme, **{ratio: value}) == expected


def bands(*given):
    return pd.DataFrame(given, columns=["id", "scheme", "ratio", "comparator", "upper", "severity"])


def judged(table, scheme, months):
    given = {"region": "R", "scheme": scheme, "period": "2020", "id": "r"} | dict.fromkeys(RATIOS, 1.0)
    found = warn(pd.DataFrame([given | {"reserve_months": months}]), table).iloc[0]
    return found[["band", "severity", "reason"]].tolist()


def test_bands_of_a_scheme_come_before_those_for_all():
    table = bands(
        ("all-low", None, "reserve_months", "<", 10, "alarm"),
        ("all-high", None, "reserve_months", None, None, "ok"),
        ("own", "residents", "reserve_months", "<=", 4, "watch"),
    )
    assert judged(table, "residents", 4) == ["own", "watch", None]
    assert judged(table, "residents", 5) == [None, None, "no_band"]  # not mixed with those for all
    assert judged(table, "employees", 4) == ["all-low", "alarm", None]
    assert judged(table, "employees", 10) == ["all-high", "ok", None]


def test_a_limit_of_its_own_above_a_range_that_ends_before_it():
    """Below 3 and exactly 3 are two bands."""
    table = bands(
        ("at", None, "reserve_months", "<=", 3, "watch"), ("below", None, "reserve_months", "<", 3, "ok")
    )
    assert [judged(table, "all", months)[0] for months in (2.9, 3, 3.1)] == ["below", "at", None]


def test_no_value_and_no_band_are_told_apart(shipped):
    national = indicators(shipped.fund[shipped.fund["region"] == "100000"])
    found = warn(national, shipped.fund_bands).set_index(["scheme", "period", "ratio"]).sort_index()
    assert len(found) == 3 * len(national)
    assert found.loc[("all", "2022", "reserve_months"), "reason"] == "no_band"
    assert found.loc[("residents", "2018", "reserve_months"), "reason"] == "no_value"
    last = found.loc[("residents", "2024")]
    assert last["severity"].to_dict() == {"reserve_months": "ok", "surplus_rate": "ok", "growth_gap": "ok"}
    assert found.loc[("employees", "2024", "growth_gap"), "severity"] == "watch"  # 7.6 less 3.5
    # a warning names the accounts it rests on
    ids = "fund-cn-2024-employees-final, fund-cn-2024-employees-derived"
    assert found.loc[("employees", "2024", "growth_gap"), "id"] == ids


@settings(max_examples=up_to(60), deadline=None)
@given(
    st.lists(st.tuples(st.integers(-20, 20), st.sampled_from(["<", "<="])), unique_by=lambda limit: limit[0]),
    st.integers(-50, 50).map(lambda n: n / 2),
    st.randoms(use_true_random=False),
)
def test_a_value_falls_into_the_lowest_band_that_reaches_up_to_it(limits, value, random):
    given = [(str(limit), None, "reserve_months", sign, limit, "ok") for limit, sign in limits]
    given.append(("open", None, "reserve_months", None, np.nan, "alarm"))
    random.shuffle(given)
    reaching = [limit for limit, sign in limits if value < limit or (value == limit and sign == "<=")]
    expected = str(min(reaching)) if reaching else "open"
    assert judged(bands(*given), "all", value)[0] == expected


def test_figures_below_one_count_like_others():
    """0.5 亿元 received and 0.4 spent, 0.2 left; the year before 0.4 and 0.3: a quarter and a third more."""
    fund = rows(
        row(2020, 0.4, 0.3, 0.1, enrollees=0.2),
        row(2021, 0.5, 0.4, 0.2, enrollees=0.25, workers=0.2, retirees=0.05),
    )
    found = indicators(fund).iloc[1]
    assert found["surplus_rate"] == pytest.approx(20) and found["reserve_months"] == pytest.approx(6)
    assert found["dependency_ratio"] == pytest.approx(4) and found["income_per_head"] == pytest.approx(2)
    names = ["income_growth", "expenditure_growth", "enrollees_growth", "income_per_head_growth"]
    assert found[names].tolist() == pytest.approx([25, 100 / 3, 25, 0])


@pytest.mark.parametrize(("months", "band"), [(9.000000008, "own"), (9.00000001, None)])
def test_what_binary_arithmetic_leaves_over_is_less_than_a_billionth(months, band):
    assert judged(bands(("own", None, "reserve_months", "<=", 9, "ok")), "all", months)[0] == band
