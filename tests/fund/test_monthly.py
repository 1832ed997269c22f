"""Months, sums to date and the year before: the published ones, by hand, and by law."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examples import up_to
from fund_rows import row, rows
from plan_monitor.fund import months
from plan_monitor.fund.report import month_words, months_table
from reportkit.cited import unmarked
from reportkit.table import TABLE, unpack


def of(table, period, scheme="all"):
    return table[table["period"].eq(period) & table["scheme"].eq(scheme)].squeeze()


def test_june_2023_by_hand(shipped):
    """16 349.02 to June less 13 709.91 to May are 2 639.11; in 2022 it was 15 194 less 12 671: 4.6 % more."""
    found = of(months(shipped.fund), "2023-06")
    assert found["income"] == pytest.approx(2639.11)
    assert found["income_before"] == 2523
    assert found["income_growth"] == pytest.approx(100 * (2639.11 / 2523 - 1))
    # the source: income to date 7.6 % and expenditure 18.2 % more
    assert round(found["income_to_date_growth"], 1) == 7.6
    assert round(found["expenditure_to_date_growth"], 1) == 18.2


def test_a_sum_of_several_unknown_months_gives_none_of_them(shipped):
    """To March 2023 and to May are published; April is not, so neither is May alone."""
    table = months(shipped.fund)
    for period, to_date in (("2023-03", 9100.48), ("2023-05", 13709.91), ("2023-10", 26187.73)):
        found = of(table, period)
        assert found["income_to_date"] == to_date
        assert math.isnan(found["income"]) and math.isnan(found["income_growth"])
    assert "2023-04" not in set(table["period"])


def test_a_sum_begins_anew_in_january():
    """December is 10 of 120; January's sum of 30 is January itself."""
    fund = rows(
        row("2020-01/2020-11", 110),
        row("2020-01/2020-12", 120),
        row("2021-01/2021-01", 30),
        row("2021-02", 12),
    )
    found = months(fund).set_index("period")
    assert found["income"].to_dict() == pytest.approx(
        {"2020-11": math.nan, "2020-12": 10, "2021-01": 30, "2021-02": 12}, nan_ok=True
    )
    assert found["income_to_date"].tolist() == [110, 120, 30, 42]


def test_months_add_up_until_one_is_missing():
    fund = rows(*(row(f"2020-{month:02}", month, 1) for month in (1, 2, 4)))
    found = months(fund)
    assert found["period"].tolist() == ["2020-01", "2020-02", "2020-04"]
    assert found["income_to_date"].tolist() == pytest.approx([1, 3, math.nan], nan_ok=True)


def test_income_may_be_known_where_expenditure_is_not():
    fund = rows(row("2020-01", 5, 3), row("2020-01/2020-02", 9))
    assert months(fund)["income"].tolist() == [5, 4]
    assert months(fund)["expenditure"].tolist() == pytest.approx([3, math.nan], nan_ok=True)


def test_the_year_before_may_be_known_only_as_a_sum():
    fund = rows(
        row("2020-01/2020-02", 40), row("2020-01/2020-03", 60), row("2021-03", 30), row("2021-01/2021-03", 90)
    )
    found = months(fund).set_index("period").loc["2021-03"]
    assert found[["income", "income_before", "income_growth"]].tolist() == [30, 20, 50]
    assert found[["income_to_date", "income_to_date_before", "income_to_date_growth"]].tolist() == [
        90,
        60,
        50,
    ]


def test_there_is_no_growth_on_nothing():
    found = months(rows(row("2020-01", 0, 5), row("2021-01", 7, 4))).iloc[1]
    assert found["income_before"] == 0 and math.isnan(found["income_growth"])
    assert found["expenditure_growth"] == pytest.approx(-20)


def test_a_month_names_its_rows_and_the_reserve_at_its_end():
    fund = rows(row("2020-02", 5), row("2020-01/2020-02", 9, balance=70), row("2020", 99, 98, 97))
    found = months(fund)
    assert found["id"].tolist() == ["all-2020-01-2020-02-final, all-2020-02-final"]
    assert found["balance"].tolist() == [70]
    assert found["period"].tolist() == ["2020-02"]  # a year is no month


def test_a_firm_reserve_comes_before_a_preliminary_one():
    """Whichever of the two rows of June is which, in any order."""
    single, to_date = row("2020-06", 5, balance=70), row("2020-01/2020-06", 30, balance=71)
    for firm, soft in ((single, to_date), (to_date, single)):
        soft = soft | {"basis": "preliminary"}
        for order in ((firm, soft), (soft, firm)):
            assert months(rows(*order))["balance"].tolist() == [firm["balance"]]


def test_what_was_revised_does_not_pass_for_money_of_a_month():
    """To May 50, revised to 48; to June 60 before, 57 after: June is 10 or 9, and not 12 or 7."""
    before = [
        row(f"2020-01/2020-{month}", sum_, basis="preliminary") for month, sum_ in (("05", 50), ("06", 60))
    ]
    after = [row(f"2020-01/2020-{month}", sum_) for month, sum_ in (("05", 48), ("06", 57))]
    june = [
        months(rows(may, june))["income"].iloc[-1]
        for may in (before[0], after[0])
        for june in (before[1], after[1])
    ]
    assert june == pytest.approx([10, math.nan, math.nan, 9], nan_ok=True)


def test_preliminary_months_are_added_to_firm_ones_but_not_taken_from_firm_sums():
    """10 and a preliminary 9 are 19 to date; a firm 31 to March less those 19 would not be March."""
    fund = rows(row("2020-01", 10), row("2020-02", 9, basis="preliminary"), row("2020-01/2020-03", 31))
    found = months(fund)
    assert found["income_to_date"].tolist() == [10, 19, 31]
    assert found["income"].tolist() == pytest.approx([10, 9, math.nan], nan_ok=True)
    january = rows(row("2019-01/2019-12", 90, basis="preliminary"), row("2020-01/2020-01", 10))
    assert months(january)["income"].tolist() == pytest.approx([math.nan, 10], nan_ok=True)


def test_funds_are_kept_apart_and_later_months_left_out():
    fund = rows(
        row("2020-01", 5),
        row("2020-01/2020-02", 9, scheme="residents"),
        row("2021-01", 10, scheme="residents"),
    )
    found = months(fund)
    assert found[["scheme", "period"]].values.tolist() == [
        ["all", "2020-01"],
        ["residents", "2020-02"],
        ["residents", "2021-01"],
    ]
    assert found.loc[1:, "income"].isna().tolist() == [True, False]
    assert found.loc[2, ["income_before", "income_growth"]].isna().all()  # not that of the other scheme
    assert months(fund, "2020-12")["period"].tolist() == ["2020-01", "2020-02"]


def test_a_fund_without_months_gives_an_empty_table_with_all_columns(shipped):
    years = shipped.fund[shipped.fund["period"].str.len() == 4]
    assert months(years).empty
    assert list(months(years)) == list(months(shipped.fund))


@pytest.mark.slow
@settings(max_examples=up_to(60), deadline=None)
@given(st.data())
def test_months_and_sums_agree_with_the_full_series_and_nothing_is_invented(data):
    """Two years whose months are all known to the test, of which any are published in either form."""
    size = data.draw(st.sampled_from([24, 15]))
    grid = [f"{2020 + n // 12}-{n % 12 + 1:02}" for n in range(size)]
    truth = data.draw(st.lists(st.integers(1, 10**7), min_size=size, max_size=size))
    month = dict(zip(grid, (cents / 100 for cents in truth), strict=True))
    to_date = {period: sum(truth[n - n % 12 : n + 1]) / 100 for n, period in enumerate(grid)}
    single = set(data.draw(st.lists(st.sampled_from(grid))))
    sums = set(data.draw(st.lists(st.sampled_from(grid))))
    given = [row(period, month[period], 1) for period in single]
    given += [row(f"{period[:4]}-01/{period}", to_date[period], 1) for period in sums]
    if not given:
        return
    found = months(rows(*data.draw(st.permutations(given)))).set_index("period")
    assert list(found.index) == sorted(single | sums)
    for period, one in found.iterrows():
        before = f"{int(period[:4]) - 1}{period[4:]}"
        for column, full in (("income", month), ("income_to_date", to_date)):
            if not math.isnan(one[column]):
                assert one[column] == pytest.approx(full[period], abs=1e-6)
            if not math.isnan(one[f"{column}_before"]):
                assert one[f"{column}_before"] == pytest.approx(full[before], abs=1e-6)
            growth = 100 * (one[column] / one[f"{column}_before"] - 1)
            assert one[f"{column}_growth"] == pytest.approx(growth, nan_ok=True)
        # what is published comes out, and so do the two rules
        year, number = period[:4], int(period[5:])
        last = f"{year}-{number - 1:02}"
        neighbours = period in sums and (number == 1 or last in sums)
        assert not math.isnan(one["income"]) or not (period in single or neighbours)
        all_months = {f"{year}-{n:02}" for n in range(1, number + 1)} <= single
        assert not math.isnan(one["income_to_date"]) or not (period in sums or all_months)


def accounts():
    """January and February of two years, and a sum to April: March and April alone are not known."""
    return months(
        rows(
            row("2020-01", 100, 80),
            row("2020-02", 110, 90),
            row("2021-01", 120, 76),
            row("2021-02", 121, 99),
            row("2021-01/2021-04", 500, 400),
        )
    )


def test_the_newest_month_that_is_known_by_itself_is_told_and_that_sums_are_newer():
    """121 is 10 % more than 110; 241 to date are 14.8 % more than 210."""
    newest, sums = map(unmarked, month_words(accounts()))
    assert newest == (
        "**2021-02**：当月收入 121 万元（同比 +10.0 %），累计收入 241 万元（同比 +14.8 %），"
        "当月支出 99 万元（同比 +10.0 %），累计支出 175 万元（同比 +2.9 %）。"
    )
    assert sums == "累计数最新到 2021-04；2021-02 是最近一个算得出当月数的月份。"
    (only,) = month_words(accounts()[:3])
    assert unmarked(only).startswith("**2021-01**：当月收入 120 万元（同比 +20.0 %）")
    (first,) = month_words(accounts()[:1])
    assert "当月收入 100 万元（同比 –）" in unmarked(first)
    assert month_words(accounts()[-1:]) == []


def test_a_table_of_months_has_each_growth_beside_its_figure(shown):
    months_table(accounts(), ("标题", "Title"))
    table = [[cell.text for cell in line] for line in unpack(shown[0][TABLE])]
    assert table[-2:] == [
        ["2021-02", "121", "10.0", "241", "14.8", "99", "10.0", "175", "2.9"],
        ["2021-04", "–", "–", "500", "–", "–", "–", "400", "–"],
    ]


def test_months_and_firm_sums_give_the_month_between_them():
    """10 and 12 of firm months are 22 to date; 40 to March leave 18."""
    fund = rows(row("2020-01", 10), row("2020-02", 12), row("2020-01/2020-03", 40))
    assert months(fund)["income"].tolist() == [10, 12, 18]


def test_a_preliminary_year_does_not_make_the_next_one_preliminary():
    """December 2019 is preliminary; of 2020 all is firm: 25 to February less 10."""
    fund = rows(
        row("2019-01/2019-12", 90, basis="preliminary"), row("2020-01", 10), row("2020-01/2020-02", 25)
    )
    assert months(fund)["income"].iloc[1:].tolist() == [10, 15]


def test_what_follows_a_preliminary_sum_is_preliminary_until_a_firm_one():
    """A preliminary 20 to February and a firm 9 of March are 29; a firm 45 to April less 29 is no month."""
    fund = rows(
        row("2020-01/2020-02", 20, basis="preliminary"), row("2020-03", 9), row("2020-01/2020-04", 45)
    )
    found = months(fund)
    assert found["income_to_date"].tolist() == [20, 29, 45] and math.isnan(found["income"].iloc[-1])


def test_a_month_of_less_than_one_grows_as_any_other():
    found = months(rows(row("2020-01", 0.4), row("2021-01", 0.5)))
    assert found["income_growth"].iloc[-1] == pytest.approx(25)


def test_a_difference_of_sums_has_their_decimals_and_no_others():
    """0.3 less 0.1 is 0.2, and of six decimals none is lost."""
    fund = rows(row("2020-01/2020-01", 0.1, 1.000001), row("2020-01/2020-02", 0.3, 3.000004))
    assert months(fund)[["income", "expenditure"]].iloc[1].tolist() == [0.2, 2.000003]
