"""What is published of any households: never fewer than five of them, in no table and behind no average."""

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from plan_monitor.methods import relapse
from plan_monitor.methods.disclosure import TOTAL
from random_households import LINE, counties


def hidden_or_large(numbers):
    known = np.asarray(numbers, dtype=float)
    known = known[~np.isnan(known)]
    return not ((known > 0) & (known < 5)).any()


@given(counties())
@settings(deadline=None)
def test_no_count_of_fewer_than_five_is_released(households):
    found = relapse.classify(households, LINE)
    out = relapse.release(found, "2023")
    for table in (out.townships, out.reasons, out.register, out.years, out.guarantees):
        assert hidden_or_large(table), table
    assert hidden_or_large([out.missed, out.outdated])
    assert hidden_or_large(relapse.shocks(households, LINE, "2023", 40.0)["newly"])


@given(counties())
@settings(deadline=None)
def test_what_is_released_is_right(households):
    found = relapse.classify(households, LINE)
    now = found[found["period"] == "2023"]
    out = relapse.release(found, "2023")
    for table, column in ((out.townships, "township"), (out.reasons, "reason"), (out.register, "monitored")):
        for row in table.index.drop(TOTAL):
            part = now[now[column].fillna("none") == row]
            for group in relapse.GROUPS:
                shown = table.at[row, group]
                assert np.isnan(shown) or shown == (part["group"] == group).sum()
    assert out.years.index.tolist() == sorted(found["period"].unique())


@given(counties())
@settings(deadline=None)
def test_an_average_is_shown_only_of_a_group_whose_number_is(households):
    found = relapse.classify(households, LINE)
    now = found[found["period"] == "2023"]
    out = relapse.release(found, "2023")
    for group in out.income.index:
        size = len(now) if group == "all" else (now["group"] == group).sum()
        assert size >= 5
    assert {"households", "persons"}.isdisjoint(out.income.columns)
    if np.isnan(out.townships.at[TOTAL, TOTAL]):
        assert "all" not in out.income.index
    monitored = (now["group"] != "none").sum()
    assert np.isnan(out.lacking) == (0 < monitored < 5)


@given(counties())
@settings(deadline=None)
def test_the_three_tables_hide_the_same_totals(households):
    out = relapse.release(relapse.classify(households, LINE), "2023")
    hidden = [
        table.loc[TOTAL].iloc[:-1].isna().tolist() for table in (out.townships, out.reasons, out.register)
    ]
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


def test_a_certain_relapse_is_in_the_highest_class():
    shown = relapse.bands(pd.Series([1.0] * 5 + [0.0] * 6), False)
    assert shown.tolist() == [6, 0, 0, 0, 0, 5]


def test_a_larger_smallest_number_hides_more(generator, sample):
    found = relapse.classify(sample, generator.LINE)
    usual, strict = (relapse.release(found, "2023", smallest) for smallest in (5, 20))
    assert strict.townships.isna().sum().sum() > usual.townships.isna().sum().sum()
    assert not strict.townships.lt(20).mask(strict.townships.eq(0), False).any(axis=None)
