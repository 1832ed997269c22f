"""What is published of any households: never fewer than five of them, in no table and behind no average."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from examples import up_to
from plan_monitor import relapse
from plan_monitor.methods.disclosure import TOTAL
from random_households import LINE, counties


def hidden_or_large(numbers):
    known = np.asarray(numbers, dtype=float)
    known = known[~np.isnan(known)]
    return not ((known > 0) & (known < 5)).any()


@given(counties())
@settings(deadline=None)
def test_no_count_of_fewer_than_five_is_released(households):
    classified = relapse.classify(households, LINE)
    out = relapse.release(classified, "2023")
    for table in (out.townships, out.reasons, out.register, out.years, out.guarantees):
        assert hidden_or_large(table), table
    assert hidden_or_large([out.needed, out.missed, out.outdated])
    assert hidden_or_large(relapse.shocks(households, LINE, "2023", 40.0)["newly"])


@given(counties())
@settings(deadline=None)
def test_what_is_released_is_right(households):
    classified = relapse.classify(households, LINE)
    now = classified[classified["period"] == "2023"]
    out = relapse.release(classified, "2023")
    for table, column in ((out.townships, "township"), (out.reasons, "reason"), (out.register, "monitored")):
        for row in table.index.drop(TOTAL):
            part = now[now[column].fillna("none") == row]
            for group in relapse.GROUPS:
                shown = table.at[row, group]
                assert np.isnan(shown) or shown == (part["group"] == group).sum()
    assert out.years.index.tolist() == sorted(classified["period"].unique())


@given(counties())
@settings(deadline=None)
def test_an_average_is_shown_only_of_a_group_whose_number_is(households):
    classified = relapse.classify(households, LINE)
    now = classified[classified["period"] == "2023"]
    out = relapse.release(classified, "2023")
    for group in out.income.index:
        size = len(now) if group == "all" else (now["group"] == group).sum()
        assert size >= 5
    assert {"households", "persons"}.isdisjoint(out.income.columns)
    if np.isnan(out.townships.at[TOTAL, TOTAL]):
        assert "all" not in out.income.index
    assert np.isnan(out.lacking) == np.isnan(out.needed)
    assert np.isnan(out.needed) or out.needed == (now["group"] != "none").sum()


@given(counties())
@settings(deadline=None)
def test_the_three_tables_hide_the_same_totals(households):
    out = relapse.release(relapse.classify(households, LINE), "2023")
    hidden = [table.loc[TOTAL].isna().tolist() for table in (out.townships, out.reasons, out.register)]
    assert hidden[0] == hidden[1] == hidden[2]


@given(st.lists(st.floats(0, 1), max_size=60), st.booleans())
def test_classes_of_risk_hide_small_numbers_and_lose_nobody(chances, total_hidden):
    shown = relapse.bands(pd.Series(chances, dtype=float), total_hidden)
    assert hidden_or_large(shown)
    assert shown.sum() <= len(chances)
    if shown.notna().all():
        assert shown.sum() == len(chances)
    if total_hidden and chances:  # or the sum of the classes would tell it
        assert shown.isna().any()


def test_a_certain_relapse_is_in_the_highest_class_and_an_unknown_risk_in_none():
    shown = relapse.bands(pd.Series([1.0] * 5 + [0.0] * 6 + [np.nan] * 7), False)
    assert shown.tolist() == [6, 0, 0, 0, 0, 5, 7]


def ranges(release):
    """What each hidden cell may hold by all that is printed, in the tables and beside: lowest, highest."""
    tables = (release.townships, release.reasons, release.register)
    cells = [(n, row, c) for n, table in enumerate(tables) for row in table.index for c in table.columns]
    at = {cell: number for number, cell in enumerate(cells)}
    left, right = [], []

    def add(terms, value=0.0):
        left.append(np.zeros(len(cells)))
        right.append(value)
        for sign, cell in terms:
            left[-1][at[cell]] += sign

    for n, table in enumerate(tables):
        for row in table.index:
            add([*((1, (n, row, group)) for group in relapse.GROUPS), (-1, (n, row, TOTAL))])
        for column in table.columns:
            rows = table.index.drop(TOTAL)
            add([*((1, (n, row, column)) for row in rows), (-1, (n, TOTAL, column))])
            add([(1, (n, TOTAL, column)), (-1, (0, TOTAL, column))])  # the same households
    for n, row, column in cells:
        if not np.isnan(tables[n].at[row, column]):
            add([(1, (n, row, column))], tables[n].at[row, column])
    for value, more, less in (
        (release.needed, (0, TOTAL, TOTAL), (0, TOTAL, "none")),
        (release.missed, (2, "none", TOTAL), (2, "none", "none")),
        (release.outdated, (2, TOTAL, "none"), (2, "none", "none")),
    ):
        if not np.isnan(value):
            add([(1, more), (-1, less)], value)
    for n, row, column in cells:
        if np.isnan(tables[n].at[row, column]):
            cost = np.eye(len(cells))[at[n, row, column]]
            ends = [linprog(sign * cost, A_eq=np.array(left), b_eq=right) for sign in (1, -1)]
            yield (n, row, column), ends[0].fun, np.inf if ends[1].status == 3 else -ends[1].fun


@pytest.mark.slow
@given(counties())
@settings(max_examples=up_to(25), deadline=None)
def test_nothing_hidden_follows_from_everything_that_is_printed(households):
    classified = relapse.classify(households, LINE)
    for cell, lowest, highest in ranges(relapse.release(classified, "2023")):
        assert highest - lowest >= 1 - 1e-6, cell


def test_a_larger_smallest_number_hides_more(generator, sample):
    classified = relapse.classify(sample, generator.LINE)
    usual, strict = (relapse.release(classified, "2023", smallest) for smallest in (5, 20))
    assert strict.townships.isna().sum().sum() > usual.townships.isna().sum().sum()
    assert not strict.townships.lt(20).mask(strict.townships.eq(0), False).any(axis=None)


def test_a_number_of_households_is_whole_or_hidden():
    assert [relapse.counted(number) for number in (0, 4.5)] == [0.0, 5.0]
    assert np.isnan(relapse.counted(3))


HOUSEHOLD = {"region": "R", "period": "2023", "township": "T1", "status": "other", "members": 2}
HOUSEHOLD |= {**dict.fromkeys(relapse.SOURCES, 0.0), **dict.fromkeys(relapse.SPENDING, 0.0)}


def county(*changes):
    """Households of one year, numbered."""
    return pd.DataFrame([HOUSEHOLD | change | {"code": f"H{n}"} for n, change in enumerate(changes)])


def test_what_a_county_lacks_is_what_its_persons_lack_up_to_the_line():
    """Five households of two lack 1 000 yuan a head, one of three 300: 5 · 2 · 1 000 + 3 · 300."""
    poor, near = {"wage": 10_000.0}, {"wage": 17_100.0, "members": 3}
    households = county(*[poor] * 5, near, *[{"wage": 30_000.0}] * 6)
    assert relapse.release(relapse.classify(households, 6000.0), "2023").lacking == 10_900


def test_what_those_lack_whom_a_blow_brings_below_the_line():
    """A fifth off 7 000 yuan a head is 5 600, and 400 short of the line: 5 · 2 · 400 + 3 · 400."""
    households = county(*[{"wage": 14_000.0}] * 5, {"wage": 21_000.0, "members": 3}, *[{"wage": 9000.0}] * 6)
    blows = relapse.shocks(households, 6000.0, "2023", 20.0)
    assert blows.loc["wage"].tolist() == pytest.approx([6, 5200])
    assert blows.loc["medical"].tolist() == [0, 0]


def test_every_class_of_risk_holds_its_lower_end_and_not_its_upper_one():
    ends = [0.0, 0.01, 0.02, 0.05, 0.1, 0.2, 1.0]
    chances = [end for number, end in enumerate(ends[:-1], start=6) for _ in range(number)]
    below = [end - 1e-6 for number, end in enumerate(ends[1:-1], start=6) for _ in range(number)]
    shown = relapse.bands(pd.Series(chances + below), False)
    assert shown.tolist() == [12, 14, 16, 18, 20, 11, 0]
    assert shown.index[:-1].tolist() == list(pairwise(ends))
    assert np.isnan(shown.index[-1]).all()


def test_a_class_of_risk_begins_with_its_lower_end():
    shown = relapse.bands(pd.Series([0.01] * 5 + [0.05] * 6 + [0.2] * 7), False)
    assert shown.tolist() == [0, 5, 0, 6, 0, 7, 0]
    assert shown.index[:2].tolist() == [(0.0, 0.01), (0.01, 0.02)]


def test_who_is_missing_in_the_register_and_who_is_there_in_vain():
    poor, fine = {"wage": 10_000.0, "school": "no"}, {"wage": 30_000.0, "water": "no"}
    households = county(
        *[poor | {"monitored": "marginal"}] * 6,
        *[poor | {"monitored": None}] * 5,
        *[fine | {"monitored": "unstable"}] * 7,
        *[{"wage": 30_000.0, "monitored": "something else"}] * 8,
    )
    out = relapse.release(relapse.classify(households, 6000.0), "2023")
    assert (out.needed, out.missed, out.outdated) == (11, 5, 7)
    assert out.guarantees.to_dict() == {"school": 11, "water": 7}
    assert out.register.loc["none", ["none", "marginal", TOTAL]].tolist() == [8, 5, 13]
    assert out.years.loc["2023", ["none", "marginal", TOTAL]].tolist() == [15, 11, 26]
    few = households.assign(water=["no"] * 4 + [None] * 22)
    assert np.isnan(relapse.release(relapse.classify(few, 6000.0), "2023").guarantees["water"])


def test_a_blow_takes_its_share_of_one_source_in_one_year_and_no_more_than_all_of_it():
    rows = pd.concat([county({"wage": 100.0, "medical": 40.0}).assign(period=p) for p in ("2022", "2023")])
    assert relapse.shocked(rows, "wage", -20, "2023")["wage"].tolist() == [100, 80]
    assert relapse.shocked(rows, "medical", 25, "2022")["medical"].tolist() == [50, 40]
    assert relapse.shocked(rows, "wage", -100, "2023")["wage"].tolist() == [100, 0]
    with pytest.raises(ValueError, match=r"expected a change of at least -100 %, not -100\.5"):
        relapse.shocked(rows, "wage", -100.5, "2023")
    with pytest.raises(ValueError, match="unknown source 'luck'"):
        relapse.shocked(rows, "luck", -20, "2023")


def test_a_number_is_hidden_below_the_smallest_as_it_is_rounded():
    assert [relapse.counted(number) for number in (5, 6)] == [5, 6]
    assert np.isnan([relapse.counted(number) for number in (1, 4, 4.4)]).all()
    assert relapse.counted(3, smallest=3) == 3


def test_where_nobody_is_to_be_monitored_nothing_is_lacking():
    out = relapse.release(relapse.classify(county(*[{"wage": 30_000.0}] * 6), 6000.0), "2023")
    assert (out.needed, out.lacking) == (0, 0)
    assert out.townships.loc["T1", list(relapse.GROUPS)].tolist() == [6, 0, 0, 0]


@pytest.mark.parametrize(("change", "newly"), [(30.0, 6), (29.5, 0), (30.5, 6)])
def test_a_blow_is_severe_from_thirty_percent_on_where_nothing_else_is_said(change, newly):
    """Who has 15 000 yuan a head is above the line after it, but has lost too much since the year before."""
    rows = [county(*[{"wage": 30_000.0}] * 6).assign(period=period) for period in ("2022", "2023")]
    blows = relapse.shocks(pd.concat(rows), 6000.0, "2023", change)
    assert blows.loc["wage"].tolist() == [newly, 0]
    assert relapse.shocks(pd.concat(rows), 6000.0, "2023", change, loss=31).loc["wage", "newly"] == 0
