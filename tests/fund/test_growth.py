"""Growth and its spread as `project` describes them: by hand, by another form of their covariance, by law."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examples import up_to
from fund_rows import row, rows, years
from plan_monitor.fund import project, yearly
from plan_monitor.fund.growth import components, is_whole, rates, runs

FLAT = [100.0] * 9


def fits(income, expenditure=None, **columns):
    """What is fitted to some years of income; expenditure is steady unless given."""
    fund = years(income, expenditure or FLAT[: len(income)], **columns)
    return project(fund, 1, paths=1).fits


def expected(spans, rates, until, lasting=0.5, fading=0.07):
    """Growth to come and own spread by the covariance of growth that the docstrings state, as a variogram."""

    def apart(years):
        lasts = 2 * (fading * years - 1 + np.exp(-fading * years)) / fading**2
        return years + lasting**2 * lasts + years**2

    def together(first, second):
        (a, b), (c, d) = (np.array(pairs, dtype=float).T for pairs in (first, second))
        a, b = a[:, None], b[:, None]
        return (apart(abs(b - c)) + apart(abs(a - d)) - apart(abs(b - d)) - apart(abs(a - c))) / 2

    ahead = [(spans[-1][1], until)]
    inside = np.linalg.inv(together(spans, spans))
    growth = together(ahead, spans) @ inside @ rates
    return growth.item(), np.sqrt(rates @ inside @ rates / len(rates))


def test_growth_and_spread_of_three_years_by_hand():
    """10 and 20 % more, of each other as far apart as two years are; a lone fund has 4 % worth 4 df."""
    found = fits([100, 110, 132]).loc["income"]
    growth, own = expected([(2020, 2021), (2021, 2022)], np.log([1.1, 1.2]), 2023)
    assert found["growth"] == pytest.approx(100 * math.expm1(growth))
    assert found["own"] == pytest.approx(100 * own)
    assert found["spread"] == pytest.approx(100 * math.sqrt((4 * 0.04**2 + 2 * own**2) / 6))
    assert found[["df", "rates", "points", "one_off", "new_scope"]].tolist() == [6, 2, 3, (), ()]
    assert found["lasting"] == 0.5


def test_steady_growth_goes_on_but_for_what_fades():
    """Ten years of 10 %: of the years to come a little less is expected, and less with every year."""
    result = project(years((100 * 1.1 ** np.arange(11)).tolist(), [100.0] * 11), 8, paths=9999)
    yearly = np.diff(np.log(result.quantiles("income")["median"]))
    assert 0.07 < yearly[-1] < yearly[0] < 0.9 * math.log(1.1)


def test_growth_across_a_gap_counts_for_the_years_it_took():
    """44 % in two years and 10 % in one."""
    found = fits([100, math.nan, 144, 158.4]).loc["income"]
    growth, own = expected([(2020, 2022), (2022, 2023)], np.log([1.44, 1.1]), 2024)
    assert found["growth"] == pytest.approx(100 * math.expm1(growth))
    assert found["own"] == pytest.approx(100 * own)
    assert (found["rates"], found["points"]) == (2, 3)


def test_growth_is_measured_across_a_one_off_year_as_if_it_had_no_row():
    marked = fits([100, 50, 144, 158.4], one_off={2021: "income"}).loc["income"]
    absent = fits([100, math.nan, 144, 158.4]).loc["income"]
    told = ["growth", "own", "spread", "df", "rates", "points"]
    assert marked[told].tolist() == absent[told].tolist()
    assert (marked["one_off"], absent["one_off"]) == ((2021,), ())


def test_growth_into_a_year_of_new_scope_is_left_out():
    """10 %, then a jump to four times as much, then 10 and 21 %."""
    found = fits([100, 110, 440, 484, 585.64], new_scope={2022: "income"}).loc["income"]
    spans = [(2020, 2021), (2022, 2023), (2023, 2024)]
    assert found["growth"] == pytest.approx(
        100 * math.expm1(expected(spans, np.log([1.1, 1.1, 1.21]), 2025)[0])
    )
    assert (found["rates"], found["points"], found["new_scope"]) == (3, 5, (2022,))


def test_a_new_scope_in_a_year_without_a_figure_takes_the_growth_across_it_away():
    """10 %, then 340 % in two years in whose first the scope changed, then 10 %."""
    missing = fits([100, 110, math.nan, 484, 532.4], new_scope={2022: "income"}).loc["income"]
    one_off = fits([100, 110, 7, 484, 532.4], new_scope={2022: "income"}, one_off={2022: "income"}).loc[
        "income"
    ]
    growth, _ = expected([(2020, 2021), (2023, 2024)], np.log([1.1, 1.1]), 2025)
    for found in (missing, one_off):
        assert found["growth"] == pytest.approx(100 * math.expm1(growth))
        assert (found["rates"], found["points"], found["new_scope"]) == (2, 4, (2022,))
    assert (missing["one_off"], one_off["one_off"]) == ((), (2022,))


def test_a_new_scope_of_the_first_year_or_before_concerns_no_growth():
    found = fits([math.nan, 100, 110, 132], new_scope={2020: "income", 2021: "income"}).loc["income"]
    assert (found["new_scope"], found["rates"]) == ((), 2)
    growth, _ = expected([(2021, 2022), (2022, 2023)], np.log([1.1, 1.2]), 2024)
    assert found["growth"] == pytest.approx(100 * math.expm1(growth))


def test_a_mark_concerns_only_the_figures_it_names():
    found = fits([100, 110, 121, 133.1], [50, 80, 60, 66], one_off={2021: "expenditure"})
    assert found["one_off"].to_dict() == {"income": (), "expenditure": (2021,)}
    assert found.loc["income", "growth"] == fits([100, 110, 121, 133.1]).loc["income", "growth"]


def test_a_mark_on_enrolment_reaches_what_is_counted_by_head():
    heads = [1.0, 1.1, 1.21, 1.331, 1.4641]
    found = fits(
        [100, 110, 121, 133.1, 146.41],
        enrollees=heads,
        one_off={2022: "enrollees"},
        new_scope={2021: "enrollees"},
    )
    assert set(found.index) == {"people", "income", "expenditure"}
    assert found["one_off"].tolist() == [(2022,)] * 3
    assert found["new_scope"].tolist() == [(2021,)] * 3
    assert found["rates"].tolist() == [2, 2, 2]  # 2021 to 2023, and to 2024
    assert found.loc["income", "growth"] == pytest.approx(0)
    assert found.loc["people", "growth"] > 5 and found.loc["expenditure", "growth"] < -5


def test_without_enough_years_of_enrolment_the_whole_is_projected():
    """Income grows by 10 % and enrolment by 4 %: per head where enrolment is known, else as a whole."""
    income = [100, 110, 121, 133.1]
    heads = [1.0, 1.04, 1.0816, 1.124864]
    known = fits(income, enrollees=heads)
    alone = [fits(values).loc["income", "growth"] for values in (heads, np.divide(income, heads).tolist())]
    assert known.loc[["people", "income"], "growth"].tolist() == pytest.approx(alone)
    unknown = fits(income, enrollees=[*heads[:2], math.nan, math.nan])
    assert unknown.index.tolist() == ["income", "expenditure"]
    assert unknown.loc["income", "growth"] == pytest.approx(fits(income).loc["income", "growth"])


def test_the_marked_years_of_the_national_fund(shipped):
    """Contributions were halved in 2020; employees have included maternity insurance since 2019."""
    national = shipped.fund[shipped.fund["region"] == "100000"]
    found = project(national[national["scheme"] == "all"], 1, paths=1).fits
    assert found["one_off"].to_dict() == {"people": (), "income": (2020,), "expenditure": ()}
    per_head = np.log([1648.216464, 1803.525667, 2107.719172, 2297.474590, 2511.553426, 2631.752042])
    spans = [(2018, 2019), (2019, 2021), (2021, 2022), (2022, 2023), (2023, 2024)]
    growth, own = expected(spans, np.diff(per_head), 2025)
    assert found.loc["income", ["growth", "own"]].tolist() == pytest.approx(
        [100 * math.expm1(growth), 100 * own]
    )
    assert (found.loc["income", "points"], found.loc["income", "rates"]) == (6, 5)
    found = project(national[national["scheme"] == "employees"], 1, paths=1).fits
    assert found["new_scope"].to_dict() == {"people": (), "income": (2019,), "expenditure": (2019,)}
    assert found.loc["income", "rates"] == 3  # 2021 to 2024


FIGURES = st.lists(st.floats(1, 1000).map(lambda x: round(x, 2)), min_size=5, max_size=8)


@pytest.mark.slow
@settings(max_examples=up_to(25), deadline=None)
@given(FIGURES, st.sampled_from([0.01, 7.0, 1e4]))
def test_units_do_not_matter_to_growth(figures, factor):
    before = fits(figures).loc["income", ["growth", "own"]].to_numpy(dtype=float)
    after = fits([factor * figure for figure in figures]).loc["income", ["growth", "own"]]
    assert after.to_numpy(dtype=float) == pytest.approx(before, rel=1e-6, abs=1e-6)


def test_rows_out_of_order_fit_the_same():
    fund = years([100, 110, 132, 120], [90, 99, 95, 97])
    pd.testing.assert_frame_equal(project(fund[::-1], 1, paths=1).fits, project(fund, 1, paths=1).fits)


def parts(*given):
    """The components of some rows."""
    return components(yearly(rows(*given)))


def heads(known, flows, one_off=()):
    """A year from 2020 for each letter of `flows` (b both, i income, - none), enrolment where it is `known`."""
    found = []
    for number, (count, letter) in enumerate(zip(known, flows, strict=True)):
        income = 8.0 if letter in "bi" else math.nan
        spent = 6.0 if letter == "b" else math.nan
        people = 2.0 if count == "n" else math.nan
        mark = "enrollees" if number in one_off else None
        found.append(row(2020 + number, income, spent, enrollees=people, one_off=mark))
    return found


@pytest.mark.parametrize(
    ("known", "flows", "one_off", "by_head"),
    [
        ("nnn-", "bbbb", (), True),  # three years suffice
        ("nn--", "bbbb", (), False),
        ("nnn-", "bbbb", (1,), False),  # an unusual enrolment is none of the three
        ("nnnn", "bbbb", (1,), True),
        ("nnn-", "iiib", (), True),  # either flow is enough
        ("nnn--", "-bbbb", (), False),  # heads without money are no cost per head
        ("n", "b", (), True),  # of one year that one
        ("-", "b", (), False),
    ],
)
def test_a_fund_counts_by_head_where_enough_of_its_years_have_people_and_money(
    known, flows, one_off, by_head
):
    table = parts(*heads(known, flows, one_off))
    assert is_whole(table) is not by_head
    first = table["people"].iloc[0]
    assert first == (20_000 if by_head else 1)  # persons
    assert table["income"].dropna().iloc[0] == (80_000 / first)


def test_components_are_persons_and_yuan_a_head_in_either_unit():
    """3 亿元 for 1.5 万人 are 20 000 yuan a head, 3 万元 two."""
    for unit, per_head in (("亿元", 20_000.0), ("万元", 2.0)):
        found = parts(row(2020, 3, 6, enrollees=1.5, unit=unit)).loc[2020]
        assert found[["people", "income", "expenditure"]].tolist() == [15_000, per_head, 2 * per_head]


def test_a_fund_of_a_single_person_in_a_year_is_counted_by_head_all_the_same():
    table = parts(*(row(2020 + n, 5, 4, enrollees=(n + 1) / 10_000) for n in range(3)))
    assert table["people"].tolist() == pytest.approx([1, 2, 3]) and not is_whole(table)


MARKED = ["enrollees", "income", None, "income expenditure"]


def test_a_mark_is_of_one_figure_or_of_all_that_is_counted_by_head():
    found = parts(*(row(2020 + n, 5, 4, enrollees=2, new_scope=mark) for n, mark in enumerate(MARKED)))
    names = [f"{name}_new_scope" for name in ("people", "income", "expenditure")]
    assert found[names].values.tolist() == [
        [True, True, True],
        [False, True, False],
        [False, False, False],
        [False, True, True],
    ]
    whole = parts(*(row(2020 + n, 5, 4, new_scope=mark) for n, mark in enumerate(MARKED)))
    assert whole["people_new_scope"].sum() == whole["income_new_scope"].iloc[0] == 0


def test_figures_of_one_scope_are_a_run():
    """The scope changes in 2022, and in 2024, of which there is no figure; 2025 is unusual."""
    income = [1, 2, 3, 4, math.nan, 6, 7, 8]
    table = components(
        yearly(years(income, income, new_scope={2022: "income", 2024: "income"}, one_off={2026: "income"}))
    )
    found = [run.index.tolist() for run in runs(table, "income")]
    assert found == [[2020, 2021], [2022, 2023], [2025, 2027]]
    assert [run.tolist() for run in runs(table, "income")][1] == [30_000, 40_000]
    assert [len(run) for run in runs(table, "expenditure")] == [7]


def test_without_figures_there_is_no_run_and_no_growth():
    table = parts(row(2020, 5), row(2021, 6))
    assert runs(table, "expenditure") == [] and rates(table, "expenditure").empty
    one = parts(row(2020, 5))
    assert [run.tolist() for run in runs(one, "income")] == [[50_000]] and rates(one, "income").empty


def test_growth_says_between_which_years_it_is_measured():
    """From 2 to 4 to 12 with a year missing; into 2024 it is not measured."""
    table = components(yearly(years([2, 4, math.nan, 12, 13], [1] * 5, new_scope={2024: "income"})))
    found = rates(table, "income")
    assert found[["start", "end", "years"]].values.tolist() == [[2020, 2021, 1], [2021, 2023, 2]]
    assert found["growth"].tolist() == pytest.approx([math.log(2), math.log(3)])


def test_a_new_scope_of_the_last_year_is_named_and_one_after_it_is_not():
    last = fits([100, 110, 121, 300], new_scope={2023: "income"}).loc["income"]
    assert (last["new_scope"], last["rates"]) == ((2023,), 2)
    after = fits([100, 110, 121, math.nan], new_scope={2023: "income"}).loc["income"]
    assert (after["new_scope"], after["rates"]) == ((), 2)


def test_the_growth_told_is_that_of_the_first_year_to_come():
    """Growth fades: of the first year it is another than of the third."""
    fund = years([100, 110, 132], [100, 120, 150])
    told = [project(fund, ahead, paths=1).fits["growth"].tolist() for ahead in (1, 3)]
    assert told[0] == pytest.approx(told[1])
