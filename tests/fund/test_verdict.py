"""Whether a fund holds: each rule by hand at its threshold, what cannot be told, and what no answer may do."""

import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examples import up_to
from fund_rows import funds, years
from plan_monitor.fund import ENOUGH, holds, verdict

LINE = pd.DataFrame(
    {
        **{"id": ["short", "high", "surplus"], "scheme": [None] * 3, "comparator": ["<", None, "<"]},
        **{"ratio": ["reserve_months", "reserve_months", "surplus_rate"], "upper": [3.0, math.nan, 0.0]},
        "severity": ["alarm", "ok", "alarm"],
    }
)
NONE = pd.DataFrame(
    columns=[
        "id",
        "schemes",
        "income_growth",
        "expenditure_growth",
        "saving",
        "retiree_share",
        "retiree_cost",
    ]
)
WAGES = pd.DataFrame([{"id": "wages", "schemes": "employees-pooled", "income_growth": -2.0}]).reindex(
    columns=NONE.columns
)
TENTH = [80.0, 88.0, 96.8, 106.48]  # 10 % more a year


def judge(fund, tests=NONE, scheme="residents", as_of="2023", bands=LINE):
    return holds(fund, "R", scheme, bands, tests, as_of)


def of(scheme, income, spent, reserve, **given):
    """A fund whose reserve is this at the end."""
    before = reserve - sum(income) + sum(spent)
    return years(income, spent, reserve=before, scheme=scheme, **given)


def flat(reserve, scheme="residents", first=2020):
    """Income of 100 that stays, expenditure that has grown by 10 % a year, and a reserve at the end of 2023."""
    return of(scheme, [100.0] * 4, TENTH, reserve, first=first)


def test_a_reserve_that_outlasts_the_worst_is_a_yes_without_a_probability():
    """Expenditure goes on to 117.128, 128.84 and 141.72, income stays at 100: 87.69 goes, 35.43 is the line."""
    enough, short = judge(flat(123.2)), judge(flat(123.0))
    assert (enough.answer, enough.rule, enough.years) == ("yes", "reserve", (2024, 2026))
    assert enough.worst.months == pytest.approx(12 * (123.2 + 300 - 387.69368) / 141.72488)
    assert (enough.worst.year, enough.worst.scenario) == (2026, None)
    assert enough.worst.growth == pytest.approx(10)
    assert math.isnan(enough.chance) and math.isnan(enough.stressed)
    assert (short.answer, short.reasons) == ("unknown", ("few_years",))
    assert short.rates == ENOUGH - 1


def test_income_grows_no_more_however_it_grew():
    """Income that doubled each year is held at its last figure."""
    growing = of("residents", [12.5, 25.0, 50.0, 100.0], TENTH, 123.2)
    assert judge(growing).worst.months == pytest.approx(judge(flat(123.2)).worst.months)


def test_the_hardest_stress_test_comes_on_top():
    """Two points less: 98, 96.04 and 94.1192 instead of 100 each, 11.84 less; saving 5 % is no stress."""
    tests = pd.concat([WAGES.assign(schemes=None), WAGES.assign(id="saved", schemes=None, saving=5.0)])
    tests.loc[tests["id"] == "saved", "income_growth"] = math.nan
    found = judge(flat(135.1), tests)
    assert (found.answer, found.worst.scenario) == ("yes", "wages")
    assert found.worst.months == pytest.approx(12 * (135.1 + 288.1592 - 387.69368) / 141.72488)
    assert judge(flat(134.9), tests).answer == "unknown"


def test_a_stress_test_for_others_is_not_run():
    assert judge(flat(123.2), WAGES).answer == "yes"
    assert (
        judge(flat(123.2), WAGES.drop(columns="schemes")).answer == "unknown"
    )  # of an older package: for all


def test_the_fastest_year_may_be_one_of_a_region_above():
    """Where the nation's expenditure once grew by 40 %, 10 % is no worst case."""
    nation = flat(1000.0).assign(region="N", expenditure=[10.0, 14.0, 14.0, 14.0])
    fund = pd.concat([flat(123.2), nation])
    found = holds(fund, "R", "residents", LINE, NONE, "2023", above=["N"])
    assert (found.answer, found.worst.region) == ("unknown", "N")
    assert found.worst.growth == pytest.approx(40)
    assert holds(fund, "R", "residents", LINE, NONE, "2023").answer == "yes"


def test_one_or_two_growth_rates_are_no_worst_case():
    two = of("residents", [100.0] * 3, TENTH[1:], 500.0, first=2021)
    assert judge(two).worst is None
    assert judge(two).reasons == ("few_years",)


def test_expenditure_that_only_ever_fell_shows_no_worst_case():
    falling = of("residents", [100.0] * 4, [90.0, 85.0, 80.0, 76.0], 60.0)
    found = judge(falling)
    assert (found.answer, found.reasons, found.worst) == ("unknown", ("few_years",), None)


def test_below_the_line_already_is_a_no():
    """26.62 is three months of 106.48."""
    assert judge(flat(26.6)).answer == "no" and judge(flat(26.6)).rule == "below"
    assert judge(flat(26.7)).answer == "unknown"


SAME = [100 * 1.1**n for n in range(5)]


FASTER = [100 * 1.15**n for n in range(5)]


def test_with_enough_years_a_small_probability_is_a_yes():
    """Both grow by 10 %; a reserve of 120 stays, and three months of 194.87, spent in 2027, are 48.7."""
    found = judge(of("residents", SAME, SAME, 120.0), as_of="2024")
    assert (found.answer, found.rule, found.rates) == ("yes", "chance", ENOUGH)
    assert found.chance == found.stressed == found.assumed.loc["base", "chance"] <= verdict.SURE
    assert (found.assumed["stressed"] <= verdict.SURE).all() and found.hinges == ()
    assert found.worst.months < 3  # by its reserve alone it would not


def test_what_a_stress_test_breaks_cannot_be_told():
    """Income that grows by 2 points less falls short of expenditure, and 60 is soon below the line."""
    tests = WAGES.assign(schemes="residents", income_growth=-6.0)
    found = judge(of("residents", SAME, SAME, 120.0), tests, as_of="2024")
    assert (found.answer, found.scenario) == ("unknown", "wages")
    assert found.chance <= verdict.SURE < found.stressed < 1 - verdict.SURE
    assert found.assumed.loc["base"].tolist() == [found.chance, found.stressed]


def test_a_large_probability_without_any_stress_is_a_no():
    found = judge(of("residents", SAME, FASTER, 70.0), as_of="2024")
    assert (found.answer, found.rule, found.hinges) == ("no", "chance", ())
    assert found.chance >= 1 - verdict.SURE


@pytest.mark.parametrize(
    ("spent", "reserve", "hinges"),
    [
        (SAME, 100.0, {"independent"}),
        (SAME, 70.0, {"correlation_high"}),
        (FASTER, 100.0, {"income_as_expenditure"}),
    ],
)
def test_an_answer_that_another_assumption_turns_cannot_be_told(spent, reserve, hinges):
    """Alike in every year, income and expenditure hold together; were they independent, they might not."""
    found = judge(of("residents", SAME, spent, reserve), as_of="2024")
    assert (found.answer, found.reasons) == ("unknown", ("assumptions",))
    assert hinges <= set(found.hinges)
    turned = found.assumed.loc[list(found.hinges)]
    sure = (found.assumed["stressed"] <= verdict.SURE) | (found.assumed["chance"] >= 1 - verdict.SURE)
    assert (sure[turned.index] != sure["base"]).all()
    assert (sure.drop(turned.index) == sure["base"]).all()


def test_a_probability_between_whatever_is_assumed_is_told_as_such():
    found = judge(of("residents", SAME, FASTER, 200.0), as_of="2024")
    assert (found.answer, found.reasons, found.hinges) == ("unknown", ("between",), ())
    assert found.assumed["chance"].between(verdict.SURE, 1 - verdict.SURE).all()


def test_a_probability_takes_years_of_one_scope():
    fund = of("residents", SAME, SAME, 60.0, new_scope={2022: "income"})
    assert judge(fund, as_of="2024").reasons == ("few_years",)
    assert judge(fund, as_of="2024").rates == 3


def test_accounts_that_are_old_tell_nothing():
    """Of 2023: at the end of 2025 two years are over since, a month later still two, in 2026-12 three."""
    assert [judge(flat(900.0), as_of=month).answer for month in ("2025-12", "2026-11")] == ["yes", "yes"]
    found = judge(flat(900.0), as_of="2026-12")
    assert (found.answer, found.reasons, found.newest) == ("unknown", ("stale", "few_years"), 2023)


def test_the_years_to_come_begin_with_the_first_that_is_not_over():
    assert judge(flat(900.0), as_of="2024-11").years == (2024, 2026)
    assert judge(flat(900.0), as_of="2024-12").years == (2025, 2027)


def test_of_employees_the_pooled_fund_is_judged():
    """The whole, with personal accounts, would hold for long; the pooled fund is below the line."""
    whole, pooled = flat(900.0, "employees"), flat(20.0, "employees-pooled")
    found = judge(pd.concat([whole, pooled]), scheme="employees")
    assert (found.answer, found.rule, found.scheme) == ("no", "below", "employees-pooled")
    alone = judge(whole, scheme="employees")
    assert (alone.answer, alone.reasons) == ("unknown", ("no_pooled", "few_years"))
    assert alone.newest == 2023


def test_a_pooled_fund_of_one_year_may_hold_by_the_growth_of_the_whole():
    """One year of its own; the whole grew by 10 %."""
    pooled = flat(123.2, "employees-pooled").tail(1)
    found = judge(pd.concat([flat(900.0, "employees"), pooled]), scheme="employees")
    assert (found.answer, found.rule, found.worst.scheme) == ("yes", "reserve", "employees")


@pytest.mark.parametrize(
    ("employees", "residents", "answer"),
    [(900, 900, "yes"), (900, 40, "unknown"), (900, 20, "no"), (40, 20, "no"), (40, 40, "unknown")],
)
def test_a_sum_holds_if_each_of_its_funds_does(employees, residents, answer):
    fund = pd.concat(
        [
            flat(employees, "employees"),
            flat(employees, "employees-pooled"),
            flat(residents),
            flat(9000, "all"),
        ]
    )
    found = judge(fund, scheme="all")
    assert (found.answer, found.rule) == (answer, "parts")
    assert [part.scheme for part in found.parts] == ["employees-pooled", "residents"]


@pytest.mark.parametrize(
    ("fund", "bands", "reasons"),
    [
        (flat(900.0).iloc[:0], LINE, ("no_flows",)),
        (flat(900.0).assign(balance=math.nan), LINE, ("no_reserve", "few_years")),
        (flat(900.0), LINE.iloc[2:], ("no_line", "few_years")),
    ],
)
def test_what_is_missing_is_the_reason(fund, bands, reasons):
    found = judge(fund, bands=bands)
    assert (found.answer, found.reasons) == ("unknown", reasons)


@pytest.mark.slow
def test_the_answers_of_the_shipped_funds(shipped):
    """The pooled fund of employees, 30 445.5 of 2024 at 27.6 months, outlasts 17.4 % a year; nobody else is told."""
    found = {
        (region, scheme): holds(
            shipped.fund, region, scheme, shipped.fund_bands, shipped.fund_scenarios, "2025-12", ["100000"]
        )
        for region in ("100000", "530500")
        for scheme in ("employees", "residents", "all")
    }
    answers = {key: verdict.answer for key, verdict in found.items()}
    assert answers.pop(("100000", "employees")) == "yes"
    assert set(answers.values()) == {"unknown"}
    income, spent, left = 17342.45, 13222.71, 30445.5
    fastest = 17750.73 / 15243.8 + 0.01
    for year in range(1, 5):  # to 2028
        left += income * 0.98**year - spent * fastest**year
    assert found["100000", "employees"].worst.months == pytest.approx(12 * left / (spent * fastest**4))
    residents = found["100000", "residents"]
    assert residents.reasons == ("between",) and 0.1 < residents.chance < residents.stressed < 0.9
    assert residents.scenario == "stress-squeeze-residents"
    assert found["530500", "residents"].reasons == ("stale", "few_years")
    assert found["530500", "employees"].reasons == ("no_pooled", "stale", "few_years")
    assert all(verdict.years == (2026, 2028) for verdict in found.values())


@pytest.mark.slow
@settings(max_examples=up_to(20), deadline=None)
@given(funds(), st.sampled_from(["2019", "2021-06", "2024", "2027"]))
def test_no_answer_by_chance_without_enough_years_and_none_of_the_past(fund, as_of):
    found = judge(fund.assign(scheme="residents"), as_of=as_of)
    assert found.years[0] > int(as_of[:4]) - (len(as_of) > 4)
    assert found.newest is None or found.newest < found.years[0]
    assert (found.answer == "unknown") == bool(found.reasons)
    if pd.notna(found.chance):
        assert found.rates >= ENOUGH and 0 <= found.chance <= found.stressed <= 1
    if found.rule == "chance":
        told = found.assumed
        assert told["stressed"].max() <= verdict.SURE or told["chance"].min() >= 1 - verdict.SURE
    if found.newest is not None and found.years[0] - 1 - found.newest > verdict.OLD:
        assert found.answer == "unknown"


def test_a_reserve_at_the_line_is_not_below_it():
    """120 a year are ten a month: 30 last for three."""
    at, below = (of("residents", [100.0] * 4, [90.0, 100.0, 110.0, 120.0], left) for left in (30.0, 29.75))
    assert judge(at).months == 3 and judge(at).rule != "below"
    assert judge(below).rule == "below"


def test_the_worst_at_the_line_is_enough():
    worst = judge(flat(200.0)).worst.months
    assert judge(flat(200.0), bands=LINE.assign(upper=worst)).rule == "reserve"
    assert judge(flat(200.0), bands=LINE.assign(upper=worst + 1e-7)).rule is None


def test_expenditure_that_stays_shows_no_worst_case_and_a_little_growth_does():
    still = of("residents", [100.0] * 4, [80.0] * 4, 60.0)
    slow = of("residents", [100.0] * 4, [80.0, 80.0, 80.0, 80.5], 60.0)
    assert judge(still).worst is None
    assert judge(slow).worst.growth == pytest.approx(100 * (80.5 / 80 - 1))


def test_growth_across_a_gap_is_that_of_a_year():
    """44 % in two years are 20 a year, slower than the 30 % of one; and of that gap the years are told."""
    spent = [50.0, math.nan, 72.0, 93.6, 93.6]
    fund = of("residents", [100.0] * 5, spent, math.nan).assign(balance=900.0)
    found = judge(fund, as_of="2024")
    assert (found.worst.growth, found.worst.start, found.worst.end) == (pytest.approx(30), 2022, 2023)
    assert (found.rates, found.averages) == (3, ((2020, 2022),))
    slower = fund.assign(expenditure=[50.0, math.nan, 72.0, 79.2, 79.2])
    found = judge(slower, as_of="2024")
    assert (found.worst.growth, found.worst.start, found.worst.end) == (pytest.approx(20), 2020, 2022)


def test_a_year_without_expenditure_is_no_growth_to_infinity():
    nothing = of("residents", [100.0] * 5, [0.0, *TENTH], 300.0, first=2019)
    found = judge(nothing)
    assert found.worst.growth == pytest.approx(10) and found.rates == 3
    assert judge(flat(300.0).tail(1).assign(expenditure=0.0)).reasons == ("no_flows",)


def test_a_fund_that_counts_in_small_figures_is_judged_like_a_large_one():
    """Half a 亿元 a year."""
    for reserve in (123.2, 123.0, 26.6):
        small = flat(reserve).copy()
        small[["income", "expenditure", "balance"]] /= 500
        large, found = judge(flat(reserve)), judge(small)
        assert (found.answer, found.rule, found.newest) == (large.answer, large.rule, large.newest)
        assert found.months == pytest.approx(large.months) and found.rates == large.rates


@pytest.mark.parametrize(
    ("income", "spent", "heads", "rates", "averages"),
    [
        ([100.0, 101, 102, 103], TENTH, None, 3, ()),
        ([100.0, math.nan, 102, 103], TENTH, None, 2, ((2020, 2022),)),
        ([100.0, 101, 102, 103], [80.0, 88.0, math.nan, 106.48], None, 2, ((2021, 2023),)),
        ([100.0, math.nan, 102, 103], [80.0, 88.0, math.nan, 106.48], None, 1, ((2020, 2023),)),
        ([100.0, 101, 102, 103], TENTH, [1.0, math.nan, 1.02, 1.03], 2, ((2020, 2022),)),
    ],
)
def test_the_rates_that_count_are_those_of_whatever_is_known_least(income, spent, heads, rates, averages):
    columns = {} if heads is None else {"enrollees": heads}
    fund = years(income, spent, scheme="residents", **columns).assign(balance=900.0)
    found = judge(fund)
    assert (found.rates, found.averages) == (rates, averages)


def test_of_a_sum_the_oldest_accounts_are_told():
    pooled = flat(900.0, "employees-pooled")
    older = flat(900.0, first=2019)
    found = judge(pd.concat([pooled, flat(900.0, "employees"), older]), scheme="all")
    assert found.newest == 2022


@pytest.mark.parametrize(("least", "answer"), [(0.0, "yes"), (1e-9, "unknown")])
def test_a_probability_at_the_bound_is_small_enough(monkeypatch, least, answer):
    fund = of("residents", SAME, SAME, 120.0)
    largest = judge(fund, as_of="2024").assumed["stressed"].max()
    monkeypatch.setattr(verdict, "SURE", largest - least)
    assert 0 < largest < 0.1 and judge(fund, as_of="2024").answer == answer


@pytest.mark.parametrize(
    ("reserve", "spent", "rule"),
    [(0.34, 1.4, "below"), (0.35, 1.4, None), (0.74, 2.96, None), (0.73, 2.96, "below")],
)
def test_a_reserve_of_just_the_line_is_not_below_it_for_noise(reserve, spent, rule):
    """12 · 0.35 / 1.4 and 12 · 0.74 / 2.96 are 2.9999999999999996 in binary, and three months."""
    found = judge(of("residents", [spent] * 4, [spent] * 4, reserve))
    assert (found.answer == "no", found.rule) == (rule == "below", rule)
