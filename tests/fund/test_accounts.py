"""Do the accounts add up: the published ones by hand, and made-up ones by law."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examples import up_to
from fund_rows import row, rows, years
from plan_monitor.fund import check_accounts, places


@pytest.fixture(scope="module")
def judged(shipped):
    return check_accounts(shipped.fund).set_index(["id", "identity"])


def states(fund, identity="reserve"):
    result = check_accounts(fund)
    return result.loc[result["identity"] == identity, "state"].tolist()


@pytest.mark.parametrize(
    ("row_id", "identity", "stated", "computed", "difference", "state"),
    [
        # 42 639.89 - 36 156.30 against 30 922.17 - 24 597.24
        ("fund-cn-2022-all-final", "reserve", 6483.59, 6324.93, 158.66, "broken"),
        ("fund-cn-2022-all-final", "current", 6324.93, 6324.93, 0, "holds"),
        # 27 697 - 23 233.74, the reserve before without maternity insurance, against 24 421 - 20 854
        ("fund-cn-2019-all-final", "reserve", 4463.26, 3567, 896.26, "new_scope"),
        # 8 183.02 - 7 663.70 against 11 180.90 - 10 661.49: rounding explains 0.035 at most
        ("fund-cn-2024-residents-derived", "reserve", 519.32, 519.41, -0.09, "broken"),
        # 428.1 is printed for 9 724.48 - 9 296.37
        ("fund-cn-2021-residents-final", "current", 428.10, 428.11, -0.01, "rounding"),
        # 7 663.70 - 7 534.13 against 112.06: 17.51 that the source does not explain
        ("fund-cn-2023-residents-final", "reserve", 129.57, 112.06, 17.51, "broken"),
        # 54 527 - 37 843 against 186 844 - 170 160
        ("fund-baoshan-2021-residents-final", "reserve", 16684, 16684, 0, "holds"),
        # a derived reserve alone: 35 105.76 - 29 439.72 against the published 20 793.27 - 15 243.80
        ("fund-cn-2022-employees-derived", "reserve", 5666.04, 5549.47, 116.57, "broken"),
    ],
)
def test_published_accounts_by_hand(judged, row_id, identity, stated, computed, difference, state):
    found = judged.loc[(row_id, identity)]
    assert found[["stated", "computed", "difference"]].tolist() == pytest.approx(
        [stated, computed, difference], abs=1e-6
    )
    assert found["state"] == state


def test_each_row_names_the_reserve_before_it(judged):
    before = judged["before"].xs("reserve", level="identity")
    assert before["fund-cn-2019-all-final"] == "fund-cn-2018-all-preliminary"
    assert before["fund-cn-2020-all-preliminary"] == "fund-cn-2019-all-final"
    assert before["fund-cn-2024-residents-derived"] == "fund-cn-2023-residents-final"
    assert before["fund-baoshan-2021-residents-final"] == "fund-baoshan-2020-residents-derived"
    assert pd.isna(before["fund-cn-2018-all-preliminary"])


def test_what_agrees_by_derivation_is_marked(judged):
    """The reserve of 2020 is that of 2021 less its balance, so that this identity cannot but hold."""
    derived = judged["derived"]
    assert derived["fund-baoshan-2021-residents-final", "reserve"]
    assert not derived["fund-baoshan-2021-residents-final", "current"]
    assert derived["fund-cn-2024-residents-derived", "current"]
    assert derived["fund-cn-2024-pooled-final", "current"]  # its flows stand in a derived row
    assert not derived["fund-cn-2022-all-final", "reserve"]


def test_a_difference_of_the_total_that_is_that_of_its_parts_is_one(judged):
    """158.66 is 116.57 of employees and 42.09 of residents; nothing else is counted twice."""
    assert judged.index[judged["summed"]].tolist() == [("fund-cn-2022-all-final", "reserve")]


def test_most_identities_of_the_nation_cannot_be_checked(judged, shipped):
    nation = judged.loc[shipped.fund.loc[shipped.fund["region"] == "100000", "id"]]
    assert nation["state"].value_counts()[["unknown", "broken", "new_scope"]].tolist() == [135, 9, 1]


def test_every_row_is_held_against_both_identities(shipped, judged):
    assert judged.index.tolist() == [(i, name) for i in shipped.fund["id"] for name in ("current", "reserve")]


@pytest.mark.parametrize(
    ("income", "expenditure", "before", "after", "allowed", "state"),
    [
        (10, 8, 5, 7, 2, "holds"),
        (10, 8, 5, 9, 2, "rounding"),  # four figures in whole units: up to half a unit each
        (10, 8, 5, 5, 2, "rounding"),
        (10, 8, 5, 10, 2, "broken"),
        (10, 8, 5, 8.6, 0.65, "broken"),  # 1.6 too much; its row has a decimal, that before has none
        (10.5, 8, 5, 8, 0.65, "rounding"),  # 8 beside 10.5 is 8.0
        (10.25, 8.25, 5.25, 7.27, 0.02, "rounding"),
        (10.25, 8.25, 5.25, 7.28, 0.02, "broken"),
        (10.25, 8.25, 5.25, 7.22, 0.02, "broken"),
        (1.1, 0.9, 0.1, 0.3, 0.2, "holds"),  # though not in binary
    ],
)
def test_rounding_explains_half_a_unit_of_the_last_digit_of_every_figure(
    income, expenditure, before, after, allowed, state
):
    fund = rows(row(2020, balance=before), row(2021, income, expenditure, after))
    found = check_accounts(fund).iloc[-1]
    assert found["allowed"] == pytest.approx(allowed)
    assert (found["identity"], found["state"]) == ("reserve", state)


def test_zeros_that_storage_loses_are_no_rounding(judged):
    """7 663.7 beside 10 569.71 is 7 663.70: the reserves of 2022 to 2024 are known to half a hundredth."""
    allowed = judged["allowed"].xs("reserve", level="identity")
    of = [
        f"fund-cn-{year}"
        for year in ("2022-residents-final", "2023-residents-final", "2024-residents-derived")
    ]
    assert allowed[of].tolist() == pytest.approx(
        [0.02, 0.02, 0.035]
    )  # three of 2024 are each of two published figures
    assert allowed["fund-cn-2021-all-final"] == pytest.approx(0.5 + 3 * 0.005)  # 31 500 is in whole units


@settings(max_examples=up_to(60), deadline=None)
@given(st.lists(st.integers(0, 10**8), min_size=4, max_size=4), st.integers(0, 3))
def test_the_decimals_of_a_row_are_those_of_its_most_precise_figure(figures, decimals):
    """Whatever zeros the others end with; where all do, nobody can know of them."""
    scaled = [figure / 10**decimals for figure in figures]
    printed = max(len(f"{figure:.6f}".rstrip("0").split(".")[1]) for figure in scaled)
    fund = rows(row(2020, *scaled[:3], period_balance=scaled[3]))
    assert places(fund).tolist() == [printed]
    assert places(fund.assign(income=figures[0] + 0.125)).tolist() == [3]


def test_a_current_balance_is_held_against_its_own_row():
    """5 is 1 more than 10 - 6, and within half a unit of three figures; 6 is not."""
    fund = rows(*(row(2020 + n, 10, 6, period_balance=4 + n) for n in range(3)))
    assert states(fund, "current") == ["holds", "rounding", "broken"]
    assert states(fund) == ["unknown"] * 3


def test_the_reserve_before_may_be_that_of_a_month_or_of_a_year():
    fund = rows(
        row("2020", balance=100.25),
        row("2021-01", 10.25, 5.25, 105.25),  # from the end of 2020
        row("2021-02", 10.25, 20.25, 95.25),  # from January: -10
        row("2021-01/2021-03", 30.25, 20.25, 110.25),  # from the end of 2020: +10
        row("2021-04", 1.25, 2.25, 110.25),  # from March: should be -1
        row("2021-06", 1.25, 2.25, 108.25),  # nobody knows the end of May
    )
    result = check_accounts(fund)
    reserve = result[result["identity"] == "reserve"]
    assert reserve["state"].tolist() == ["unknown", "holds", "holds", "holds", "broken", "unknown"]
    assert reserve["before"].iloc[1:5].tolist() == [
        "all-2020-final",
        "all-2021-01-final",
        "all-2020-final",
        "all-2021-01-2021-03-final",
    ]


def test_a_final_reserve_before_comes_before_a_derived_and_a_preliminary_one():
    last = row(2021, 10.25, 5.25, 105.25)
    published = [
        row(2020, balance=60.25, basis="preliminary"),
        row(2020, balance=80.25, basis="derived"),
        row(2020, balance=100.25),
    ]
    assert [check_accounts(rows(last, *published[:n]))["stated"].iloc[1] for n in (1, 2, 3)] == [45, 25, 5]


def test_the_reserve_of_another_fund_is_no_reserve_before():
    fund = rows(
        row(2020, balance=1, scheme="residents"), row(2020, balance=1, region="S"), row(2021, 9, 8, 2)
    )
    assert states(fund) == ["unknown"] * 3


def test_a_new_scope_of_the_flows_does_not_excuse_the_reserve():
    apart = years([9.25, 9.25], [8.25, 8.25], new_scope={2021: "income expenditure"})
    apart.loc[1, "balance"] += 50
    assert states(apart)[1] == "broken"
    apart["new_scope"] = [None, "income balance"]
    assert states(apart)[1] == "new_scope"


MONEY = st.integers(1, 10**9).map(lambda n: n / 1000)
ACCOUNTS = st.lists(st.tuples(MONEY, MONEY), min_size=2, max_size=6)


def booked(flows):
    income, expenditure = zip(*flows, strict=True)
    fund = years(income, expenditure, reserve=1e6)
    fund["period_balance"] = fund["income"] - fund["expenditure"]
    return fund


@pytest.mark.slow
@settings(max_examples=up_to(60), deadline=None)
@given(ACCOUNTS, st.integers(0, 3))
def test_consistent_accounts_are_never_broken_however_they_are_rounded(flows, decimals):
    fund = booked(flows).round(
        dict.fromkeys(("income", "expenditure", "period_balance", "balance"), decimals)
    )
    result = check_accounts(fund)
    assert set(result["state"].iloc[[0, *range(2, len(result))]]) <= {"holds", "rounding"}
    assert result["state"].iloc[1] == "unknown"  # nobody knows the reserve before the first year
    if decimals == 3:
        assert "rounding" not in set(result["state"])


@pytest.mark.slow
@settings(max_examples=up_to(60), deadline=None)
@given(ACCOUNTS, st.data())
def test_a_changed_reserve_is_found_in_its_year_and_the_next(flows, data):
    """Changed by at least 3 in figures with up to three decimals: rounding explains at most 2."""
    fund = booked(flows).round(3)
    place = data.draw(st.integers(1, len(fund) - 1))
    change = data.draw(st.integers(3, 1000)) * data.draw(st.sampled_from([-1, 1]))
    fund.loc[place, "balance"] = round(fund.loc[place, "balance"] + change, 3)
    assert [n for n, state in enumerate(states(fund)) if state == "broken"] == [
        n for n in (place, place + 1) if n < len(fund)
    ]
    assert set(states(fund, "current")) == {"holds"}


def test_accounts_of_nothing_hold():
    fund = rows(row(2020, 0, 0, 0), row(2021, 0, 0, 0, period_balance=0))
    assert states(fund)[1] == states(fund, "current")[1] == "holds"


def test_large_accounts_hold_to_the_last_digit_and_no_further():
    """Ten million million yuan: what binary arithmetic leaves over is nothing, and 1 万元 too much is broken."""
    income, spent, before = 987_654_321.12, 876_543_210.01, 1_234_567_890.23
    for extra, state in ((0.0, "holds"), (1.0, "broken")):
        fund = rows(row(2020, balance=before), row(2021, income, spent, before + 111_111_111.11 + extra))
        assert states(fund)[1] == state


def test_a_month_begins_where_the_one_before_ends():
    """The reserve at the end of June is not that at the end of July, in any month of a year."""
    for month in range(1, 12):
        reserves = [row(f"2020-{n:02}", balance=100.25 * n) for n in range(1, 13)]
        reserves[month] |= {"income": 110.25, "expenditure": 10.0}
        found = check_accounts(rows(*reserves[::-1]))
        found = found[found["identity"].eq("reserve")].set_index("period").loc[f"2020-{month + 1:02}"]
        assert (found["before"], found["state"]) == (f"all-2020-{month:02}-final", "holds")


def test_a_derived_reserve_is_held_against_flows_published_elsewhere_even_where_it_has_one_of_them():
    fund = rows(
        row(2020, balance=5.25),
        row(2021, 10.25, 8.25),
        row(2021, 10.25, balance=7.25, basis="derived"),
        row(2021, 99.0, basis="preliminary"),
    )
    found = check_accounts(fund)
    found = found[found["identity"] == "reserve"].set_index("id")
    assert found.at["all-2021-derived", "state"] == "holds" and found.at["all-2021-derived", "computed"] == 2
    assert found.at["all-2021-final", "state"] == "unknown"


def test_a_new_scope_of_the_reserve_does_not_excuse_the_current_balance():
    fund = rows(row(2020, 10, 6, 5, period_balance=9, new_scope="balance"))
    assert states(fund, "current") == ["broken"]


def three(whole, employees, residents, before=100):
    """Reserves that differ by so much, of the sum and of its two parts; figures in whole units."""
    found = []
    for scheme, gap in (("all", whole), ("employees", employees), ("residents", residents)):
        if gap is not None:
            first, last = row(2020, balance=before), row(2021, 10, 8, before + 2 + gap)
            found += [one | {"scheme": scheme, "id": f"{scheme}-{one['period']}"} for one in (first, last)]
    result = check_accounts(rows(*found)).set_index(["id", "identity"])
    assert not result["summed"].drop(("all-2021", "reserve")).any()
    return result.loc[("all-2021", "reserve"), "summed"]


@pytest.mark.parametrize(
    ("whole", "employees", "residents", "summed"),
    [
        (10, 6, 4, True),
        (10, 6, 6, True),  # 12: rounding explains 2
        (10, 5, 3, True),
        (10, 6, 7, False),
        (10, 4, 3, False),
        (-10, 4, 6, False),
        (10, 10, None, False),  # one part alone is no sum
        (10, 10, 1, False),  # what rounding explains is not broken
    ],
)
def test_a_difference_of_a_sum_is_that_of_both_its_parts_within_rounding(whole, employees, residents, summed):
    assert bool(three(whole, employees, residents)) is summed


def test_accounts_without_any_row_are_none():
    found = check_accounts(rows(row(2020)).iloc[:0])
    assert found.empty and {"state", "summed", "difference"} <= {*found}
