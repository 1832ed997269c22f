"""Which of several published figures counts, on the real rows and by law."""

import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examples import up_to
from fund_rows import FIGURES, row, rows
from plan_monitor.fund import settled, yearly
from plan_monitor.fund.rows import by_basis, places, without_sums


def of(table, scheme, period, region="100000"):
    chosen = table["region"].eq(region) & table["scheme"].eq(scheme) & table["period"].eq(period)
    return table[chosen].squeeze()


def test_a_preliminary_figure_never_fills_a_gap_of_the_final_one(shipped):
    """2018: 22 160.6 received, derived on the scope of 2019; a preliminary reserve of 23 233.74 is not."""
    found = of(settled(shipped.fund), "all", "2018")
    assert (found["id"], found["basis"]) == ("fund-cn-2018-all-derived", "derived")
    assert found["income"] == 22160.6 and math.isnan(found["balance"])
    found = of(settled(shipped.fund), "all", "2020")  # preliminary: 24 638.61 and 20 949.26
    assert found[["income", "expenditure", "balance"]].tolist() == [24846, 21032, 31500]


def test_a_derived_figure_fills_what_the_final_one_leaves_open(shipped):
    """2024: the reserve is 38 628.52 of the pooled funds and 14 471.75 of the personal accounts."""
    found = of(settled(shipped.fund), "all", "2024")
    assert found["balance"] == pytest.approx(38628.52 + 14471.75)
    assert found["income"] == 34913.37
    assert found["id"] == "fund-cn-2024-all-final, fund-cn-2024-all-derived"
    assert found["basis"] == "final derived"


def test_a_derived_figure_never_replaces_a_final_one():
    fund = rows(row(2020, 90, balance=7, basis="derived"), row(2020, 100, 95))
    found = settled(fund).squeeze()
    assert found[["income", "expenditure", "balance"]].tolist() == [100, 95, 7]
    assert found["id"] == "all-2020-final, all-2020-derived"


def test_a_preliminary_figure_counts_where_it_is_alone(shipped):
    found = of(settled(shipped.fund), "new-rural", "2018")
    assert (found["income"], found["basis"]) == (856.89, "preliminary")


def test_doubtful_figures_are_left_out_unless_asked_for():
    fund = rows(row(2020, 100, quality="C"), row(2020, 90, basis="preliminary", quality="B"))
    assert settled(fund)["income"].tolist() == [90]  # the doubtful final one does not even stand in its way
    assert settled(fund, qualities=("A", "B", "C"))["income"].tolist() == [100]
    assert settled(fund.iloc[:1]).empty


def test_nothing_later_than_the_date_asked_for_is_used():
    """The year 2020 ends with December 2020: known as of 2020-12, not as of 2020-11."""
    fund = rows(
        row("2019", 1), row("2020", 2), row("2020-11", 3), row("2020-01/2020-12", 4), row("2021-01", 5)
    )
    assert settled(fund, "2020-11")["income"].tolist() == [1, 3]
    assert set(settled(fund, "2020-12")["income"]) == set(settled(fund, "2020")["income"]) == {1, 2, 3, 4}
    assert yearly(fund, "2020-11")["year"].tolist() == [2019]


def test_january_to_december_stands_for_a_year_without_a_row():
    fund = rows(
        row("2021-01/2021-12", 90, basis="preliminary"),
        row("2021", 100),
        row("2020-01/2020-12", 80, basis="preliminary"),
        row("2022-01/2022-11", 70),
        row("2022-12", 10),
    )
    found = yearly(fund)
    assert found[["year", "period", "income"]].values.tolist() == [[2020, "2020", 80], [2021, "2021", 100]]
    assert found["id"].tolist() == ["all-2020-01-2020-12-preliminary", "all-2021-final"]


def test_january_to_december_stands_for_a_year_of_which_nothing_else_is_known():
    """It neither fills a row of the year, which may have another scope, nor yields to one without figures."""
    whole = row("2021-01/2021-12", 90, 80)
    filled = yearly(rows(whole, row("2021", 100))).squeeze()
    assert (filled["income"], filled["id"]) == (100, "all-2021-final") and math.isnan(filled["expenditure"])
    empty = yearly(rows(row("2021"), whole)).squeeze()
    assert (empty["income"], empty["expenditure"], empty["period"]) == (90, 80, "2021")
    early = row("2021", 70, 60, basis="preliminary")
    assert yearly(rows(early, whole)).squeeze()["income"] == 90
    assert yearly(rows(early, whole | {"basis": "preliminary"})).squeeze()["income"] == 70
    assert yearly(rows(row("2021"))).squeeze()["id"] == "all-2021-final"


def test_years_come_in_order_of_time_for_each_fund():
    given = [(2021, "R"), (2019, "S"), (2020, "R"), (2018, "S"), (2019, "R")]
    found = yearly(rows(*(row(year, 1, region=region) for year, region in given)))
    assert found[["region", "year"]].values.tolist() == [
        ["R", 2019],
        ["R", 2020],
        ["R", 2021],
        ["S", 2018],
        ["S", 2019],
    ]


def test_a_column_that_is_missing_and_a_period_that_is_none_are_refused():
    with pytest.raises(ValueError, match="new_scope"):
        settled(rows(row(2020)).drop(columns="new_scope"))
    with pytest.raises(ValueError, match="not an ISO period"):
        settled(rows(row("2020/13")), "2021")


BASES = ["final", "derived", "preliminary"]


@pytest.mark.slow
@settings(max_examples=up_to(60), deadline=None)
@given(st.data())
def test_every_figure_is_the_best_one_published_for_its_period(data):
    """Final before derived; a preliminary row only where there is neither; nothing that nobody published."""
    found = []
    for scheme in ("all", "residents"):
        for period in ("2020", "2021"):
            for basis in data.draw(st.lists(st.sampled_from(BASES), unique=True)):
                known = {name: data.draw(st.sampled_from([math.nan, 1.0, 2.0, 3.0])) for name in FIGURES}
                found.append(row(period, scheme=scheme, basis=basis, **known))
    if not found:
        return
    fund = rows(*data.draw(st.permutations(found)))
    result = settled(fund)
    assert not result.duplicated(["scheme", "period"]).any()
    assert set(zip(result["scheme"], result["period"], strict=True)) == {
        (one["scheme"], one["period"]) for one in found
    }
    for one in result.to_dict("records"):
        rank = {r["basis"]: r for r in found if (r["scheme"], r["period"]) == (one["scheme"], one["period"])}
        firm = [basis for basis in BASES[:2] if basis in rank]
        used = firm or ["preliminary"]
        assert one["basis"] == " ".join(used)
        assert one["id"] == ", ".join(rank[basis]["id"] for basis in used)
        for name in FIGURES:
            published = [rank[basis][name] for basis in used if not math.isnan(rank[basis][name])]
            best = published[0] if published else math.nan
            assert one[name] == best or (pd.isna(one[name]) and pd.isna(best))


def test_a_sum_goes_where_one_of_its_parts_in_the_same_region_is_there():
    listed = [("R", "all"), ("R", "residents"), ("S", "all"), ("R", "pooled"), ("S", "employees")]
    assert without_sums(listed) == [("R", "residents"), ("S", "employees")]
    apart = [("R", "all"), ("S", "residents"), ("R", "other")]
    assert without_sums(apart) == apart


def test_money_of_a_row_has_the_decimals_of_its_finest_figure():
    fund = rows(row(2020, 11180.9, 10661.49, 5), row(2021, 100, 90), row(2022, 100, 90.5))
    assert places(fund).tolist() == [2, 0, 1]


def test_the_row_of_a_year_itself_comes_before_its_months_whatever_their_order():
    whole, year = row("2021-01/2021-12", 90, 80), row("2021", 100, 70)
    for order in ((whole, year), (year, whole)):
        assert yearly(rows(*order)).squeeze()["income"] == 100
    soft = [one | {"basis": "preliminary"} for one in (whole, year)]
    assert yearly(rows(*soft)).squeeze()["income"] == 100


def test_firm_figures_are_derived_before_they_are_preliminary():
    kinds = [row(2020, n, basis=basis) for n, basis in enumerate(("preliminary", "derived", "final"))]
    assert by_basis(rows(*kinds))["basis"].tolist() == ["final", "derived", "preliminary"]
