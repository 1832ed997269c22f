"""Stress tests: each change by hand on growth without spread, and what may never happen under one seed."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examples import up_to
from fund_rows import rows, steady, years
from plan_monitor.fund import applicable, project, reached, stress
from plan_monitor.fund.scenario import factors

# 10 % more income and 20 % more expenditure a year; one in four is retired
STEADY = years([100, 110, 121], [50, 60, 72], workers=math.nan, retirees=math.nan)
TENTH = steady(income=1.1, expenditure=1.2)
STEADY.loc[1, ["workers", "retirees"]] = [75.0, 25.0]
UNSTEADY = years([100, 120, 114, 130], [95, 101, 122, 121], reserve=30)
CHANGES = ["income_growth", "expenditure_growth", "saving", "retiree_share", "retiree_cost"]


def scenarios(**changes):
    """A row of `fund_scenarios` each, empty but for what is given."""
    table = pd.DataFrame.from_dict(changes, orient="index").reindex(columns=CHANGES)
    return table.rename_axis("id").reset_index()


def medians(what, **scenario):
    return project(STEADY, 2, paths=10, scenario=scenario, like=TENTH).quantiles(what)["median"].tolist()


def test_points_are_added_to_the_yearly_growth():
    """10 % less 2 points are 8 %: 121 to 130.68 and 141.13; 20 and 1 are 21 %: 72 to 87.12 and 105.42."""
    assert medians("income", income_growth=-2) == pytest.approx([130.68, 141.1344])
    assert medians("expenditure", income_growth=-2) == pytest.approx([86.4, 103.68])
    assert medians("expenditure", expenditure_growth=1) == pytest.approx([87.12, 105.4152])
    assert medians("income", expenditure_growth=1) == pytest.approx([133.1, 146.41])


def test_points_are_added_to_the_growth_per_head_not_to_that_of_enrolment():
    """5 % more people and 10 % more a head, less 2 points: 1.05 · 1.08."""
    heads = [1.0, 1.05, 1.1025]
    fund = years([100 * 1.1**n * heads[n] for n in range(3)], [50, 50, 50], enrollees=heads)
    like = steady(1.05, 1.1, 1 / 1.05)
    result = project(fund, 1, paths=10, scenario={"income_growth": -2}, like=like)
    assert result.quantiles("income")["median"].item() == pytest.approx(121 * 1.1025 * 1.05 * 1.08)


def test_a_saving_lowers_expenditure_once_and_for_all():
    """5 % off 86.4 and off 103.68."""
    assert medians("expenditure", saving=5) == pytest.approx([82.08, 98.496])
    assert medians("balance", saving=5) == pytest.approx([249 + 133.1 - 82.08, 249 + 279.51 - 180.576])


def test_more_retirees_pay_less_and_cost_more():
    """25 % are retired, then 30 and 35 %; they pay nothing and cost three times as much:
    income 70/75 and 65/75, expenditure 1.6/1.5 and 1.7/1.5."""
    given = {"retiree_share": 5, "retiree_cost": 3}
    assert medians("income", **given) == pytest.approx([133.1 * 70 / 75, 146.41 * 65 / 75])
    assert medians("expenditure", **given) == pytest.approx([86.4 * 1.6 / 1.5, 103.68 * 1.7 / 1.5])


def test_the_last_year_with_workers_and_retirees_tells_the_share():
    """Of the last year only workers are known, of the first only retirees: 75 and 25 of the second count."""
    partly = STEADY.copy()
    partly.loc[0, "retirees"], partly.loc[2, "workers"] = 50.0, 10.0
    given = {"retiree_share": 5, "retiree_cost": 3}
    result = project(partly, 2, paths=10, scenario=given, like=TENTH).quantiles("income")
    assert result["median"].tolist() == pytest.approx([133.1 * 70 / 75, 146.41 * 65 / 75])


def test_nobody_is_left_to_retire():
    """60 points a year: from 25 to 85 % and to all, who pay nothing and cost twice as much: 2/1.25."""
    given = {"retiree_share": 60, "retiree_cost": 2}
    assert medians("income", **given) == pytest.approx([133.1 * 0.2, 0])
    assert medians("expenditure", **given) == pytest.approx([86.4 * 1.85 / 1.25, 103.68 * 2 / 1.25])


def test_changes_multiply():
    """10 less 2 and 20 and 1 per cent, 5 % saved, one year on: 130.68 and 87.12 · 0.95."""
    given = {"income_growth": -2, "expenditure_growth": 1, "saving": 5}
    assert medians("income", **given)[0] == pytest.approx(130.68)
    assert medians("expenditure", **given)[0] == pytest.approx(82.764)


def test_an_empty_scenario_changes_nothing():
    plain = project(UNSTEADY, 3, paths=40)
    for scenario in ({}, dict.fromkeys(CHANGES), dict.fromkeys(CHANGES, math.nan), dict.fromkeys(CHANGES, 0)):
        changed = project(UNSTEADY, 3, paths=40, scenario=scenario)
        assert np.array_equal(changed.income, plain.income)
        assert np.array_equal(changed.expenditure, plain.expenditure)


def test_what_a_scenario_cannot_ask_for():
    with pytest.raises(ValueError, match="workers and retirees"):
        project(UNSTEADY, 1, scenario={"retiree_share": 1, "retiree_cost": 3})
    with pytest.raises(ValueError, match="nothing would be left"):
        project(UNSTEADY, 1, scenario={"income_growth": -120})
    with pytest.raises(ValueError, match="nothing would be left to spend"):
        project(UNSTEADY, 1, scenario={"saving": 100})
    with pytest.raises(ValueError, match="retiree_cost"):
        project(STEADY, 1, scenario={"retiree_share": 1})


def test_the_table_of_stress_tests_by_hand():
    """Income 100; 80, 88 and 96.8 go on to 106.48, 117.13, 128.84; the reserve of 20 to 13.52, -3.61, -32.45.

    5 % saved: 101.16, 111.27, 122.40 leave 18.84, 7.57, -14.83. 15 % saved: 90.51, 99.56 and 109.51 leave
    29.49, 29.94 and 20.42. Costs that stay (10 points less): 96.8 a year leave 23.2, 26.4 and 29.6.
    """
    fund = years([100, 100, 100], [80, 88, 96.8], reserve=20 - 35.2)
    tests = scenarios(small={"saving": 5}, large={"saving": 15}, still={"expenditure_growth": -10})
    found = stress(fund, tests, years=3, paths=20, like=steady(expenditure=1.1))
    assert found.index.tolist() == ["base", "small", "large", "still"]
    assert found["first_deficit"].tolist() == pytest.approx([2023, 2023, 2025, math.nan], nan_ok=True)
    assert found["first_exhausted"].tolist() == pytest.approx([2024, 2025, math.nan, math.nan], nan_ok=True)
    assert found["p_deficit"].tolist() == [1, 1, 1, 0]
    assert found["p_exhausted"].tolist() == [1, 1, 0, 0]
    last = [(-32.4488, 128.8408), (-14.826368, 122.39876), (20.4185, 109.51468), (29.6, 96.8)]
    assert found["reserve_months"].tolist() == pytest.approx(
        [12 * left / spent for left, spent in last], rel=1e-5
    )
    assert found["reason"].isna().all()


def test_a_test_that_needs_retirees_says_so_where_none_are_known(shipped):
    """Only employees have retirees: one in 3.6 in 2024."""
    national = shipped.fund[shipped.fund["region"] == "100000"]
    tables = {
        scheme: stress(national[national["scheme"] == scheme], shipped.fund_scenarios, years=5, paths=500)
        for scheme in ("residents", "employees")
    }
    figures = ["p_deficit", "p_exhausted", "reserve_months"]
    residents, employees = tables["residents"], tables["employees"]
    assert employees["reason"].isna().all() and employees[figures].notna().all(axis=None)
    unknown = national.assign(workers=math.nan)[national["scheme"] == "employees"]
    untold = stress(unknown, shipped.fund_scenarios, years=5, paths=50)
    assert untold.loc["stress-ageing", "reason"] == "no_retirees"
    assert untold.loc["stress-ageing", figures].isna().all()
    assert untold["reason"].drop("stress-ageing").isna().all()
    for table, less, both in (
        (residents, "stress-contributions", "stress-squeeze-residents"),
        (employees, "stress-wages", "stress-squeeze"),
    ):
        base, squeeze = table.loc["base"], table.loc[both]
        for name in (less, "stress-costs"):
            assert base["p_deficit"] < table.loc[name, "p_deficit"] < squeeze["p_deficit"]
            assert base["reserve_months"] > table.loc[name, "reserve_months"] > squeeze["reserve_months"]
        assert table.loc["stress-payment-reform", "p_deficit"] < base["p_deficit"]
    assert employees.loc["stress-ageing", "p_deficit"] > employees.loc["base", "p_deficit"]


def test_each_scheme_has_the_stress_tests_that_concern_it(shipped):
    """Residents pay no share of wages and do not retire; of the sum neither is true as a whole."""
    nation = shipped.fund[shipped.fund["region"] == "100000"]
    tests = {
        scheme: set(stress(nation[nation["scheme"] == scheme], shipped.fund_scenarios, 1, paths=20).index)
        for scheme in ("employees", "residents", "all")
    }
    everybody = {"base", "stress-costs", "stress-payment-reform"}
    assert tests["employees"] == everybody | {"stress-wages", "stress-ageing", "stress-squeeze"}
    assert tests["residents"] == everybody | {"stress-contributions", "stress-squeeze-residents"}
    assert tests["all"] == everybody | {"stress-squeeze-all"}
    assert applicable(shipped.fund_scenarios, "employees-pooled")["id"].isin(tests["employees"]).all()


def test_scenarios_of_an_older_package_are_for_everybody(shipped):
    older = shipped.fund_scenarios.drop(columns="schemes")
    assert applicable(older, "residents")["id"].tolist() == older["id"].tolist()


def test_where_all_years_are_over_no_probability_is_given():
    found = stress(UNSTEADY, scenarios(saving={"saving": 5}), years=2, paths=20, as_of="2025-12")
    assert found[["p_deficit", "p_exhausted", "first_deficit"]].isna().all(axis=None)
    assert found["reserve_months"].notna().all()


def test_the_base_is_the_projection_itself():
    found = stress(UNSTEADY, scenarios(saving={"saving": 5}), years=4, paths=300, seed=5)
    plain = project(UNSTEADY, 4, paths=300, seed=5)
    assert found.loc["base", "p_deficit"] == plain.p_deficit.iloc[-1]
    assert found.loc["base", "p_exhausted"] == plain.p_exhausted.iloc[-1]
    assert found.loc["base", "reserve_months"] == plain.quantiles("reserve_months")["median"].iloc[-1]


def test_stress_tests_work_on_borrowed_growth():
    """From 40 and 30 with 10 and 20 %: 44 and 36 in a year; 10 % saved leave 5 + 44 - 32.4."""
    own = years([40], [30], first=2030, reserve=-5).assign(region="S")
    found = stress(own, scenarios(saved={"saving": 10}), years=1, paths=10, history=STEADY, like=TENTH)
    assert found["reserve_months"].tolist() == pytest.approx([12 * 13 / 36, 12 * 16.6 / 32.4])


def test_the_year_in_which_a_probability_is_reached():
    chance = pd.Series([0.2, 0.5, 0.7], index=[2025, 2026, 2027])
    assert [reached(chance, level) for level in (0.1, 0.5, 0.51, 0.7)] == [2025, 2026, 2027, 2027]
    assert math.isnan(reached(chance, 0.71))


@pytest.mark.slow
@settings(max_examples=up_to(20), deadline=None)
@given(st.floats(0, 99), st.floats(-5, 0), st.floats(0, 5), st.integers(0, 1000))
def test_under_one_seed_relief_never_hurts_and_stress_never_helps(saving, wages, costs, seed):
    tests = scenarios(
        relief={"saving": saving}, wages={"income_growth": wages}, costs={"expenditure_growth": costs}
    )
    found = stress(UNSTEADY, tests, years=4, paths=100, seed=seed)
    for column in ("p_deficit", "p_exhausted"):
        assert found.loc["relief", column] <= found.loc["base", column]
        assert found.loc["wages", column] >= found.loc["base", column]
        assert found.loc["costs", column] >= found.loc["base", column]


@settings(max_examples=up_to(15), deadline=None)
@given(st.floats(0, 10), st.floats(1, 6))
def test_ageing_never_helps_where_retirees_cost_more(share, cost):
    fund = rows(*UNSTEADY.assign(workers=70.0, retirees=30.0).to_dict("records"))
    tests = scenarios(ageing={"retiree_share": share, "retiree_cost": cost})
    found = stress(fund, tests, years=4, paths=100)
    assert found.loc["ageing", "p_deficit"] >= found.loc["base", "p_deficit"]
    assert found.loc["ageing", "reserve_months"] <= found.loc["base", "reserve_months"]


def changed(rates=(0.0, 0.0), rows_=STEADY, ahead=2, **scenario):
    """Factors of income and of expenditure of each year."""
    found = factors(scenario, dict(zip(("income", "expenditure"), rates, strict=True)), rows_, ahead)
    return {name: values.tolist() for name, values in found.items()}


@pytest.mark.parametrize(
    ("scenario", "rates", "message"),
    [
        ({"income_growth": -100}, (0.0, 0.0), "income_growth: nothing would be left"),
        ({"expenditure_growth": -100}, (0.0, 0.0), "expenditure_growth: nothing would be left"),
        ({"income_growth": -110}, ([1.0, 0.0], 0.0), "income_growth"),  # in the second year alone
        ({"saving": 100}, (0.0, 0.0), "nothing would be left to spend"),
        ({"retiree_share": 1, "retiree_cost": 0}, (0.0, 0.0), "above 0"),
    ],
)
def test_nothing_left_is_refused_at_the_bound(scenario, rates, message):
    with pytest.raises(ValueError, match=message):
        changed(rates, **scenario)


def test_what_leaves_a_little_is_allowed():
    """99 points less of flat income leave a hundredth, then a ten thousandth; 99 % saved a hundredth."""
    assert changed(income_growth=-99)["income"] == pytest.approx([0.01, 0.0001])
    assert changed(saving=99)["expenditure"] == pytest.approx([0.01, 0.01])


@pytest.mark.parametrize(("cost", "expenditure"), [(1, [1, 1]), (0.5, [0.85 / 0.875, 0.825 / 0.875])])
def test_retirees_may_cost_as_much_as_a_worker_or_less(cost, expenditure):
    """Of 25 % retired 5 and 10 points more."""
    found = changed(retiree_share=5, retiree_cost=cost)
    assert found["expenditure"] == pytest.approx(expenditure)


def test_fewer_retirees_pay_more_until_none_is_left():
    """25 % are retired, then 5 %, then none: 0.95 and 1 of 0.75 pay, at a cost of 3 each."""
    found = changed(retiree_share=-20, retiree_cost=3)
    assert found["income"] == pytest.approx([0.95 / 0.75, 1 / 0.75])
    assert found["expenditure"] == pytest.approx([1.1 / 1.5, 1 / 1.5])


@pytest.mark.parametrize(("workers", "retirees"), [(0.0, 10.0), (5.0, math.nan), (math.nan, 5.0)])
def test_a_year_without_workers_tells_no_share_of_retirees(workers, retirees):
    partly = STEADY.assign(workers=[math.nan, 0.6, workers], retirees=[math.nan, 0.2, retirees])
    found = changed(rows_=partly, retiree_share=5, retiree_cost=3)
    assert found["income"] == pytest.approx([70 / 75, 65 / 75])


def test_a_fund_whose_workers_have_no_retirees_yet_may_age():
    """None of a hundred, then 5 and 10."""
    young = STEADY.assign(workers=100.0, retirees=0.0)
    assert changed(rows_=young, retiree_share=5, retiree_cost=3)["income"] == pytest.approx([0.95, 0.9])
