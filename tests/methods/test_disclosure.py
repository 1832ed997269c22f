"""Whatever the counts, no small one is printed, and none can be reckoned back from what is."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import linprog

from plan_monitor.methods.disclosure import small, suppress, suppress_linked

# many zeros and small cells, as townships have
count = st.one_of(st.sampled_from([0, 0, 1, 2, 3, 4, 5, 9]), st.integers(0, 300))
tables = arrays(int, st.tuples(st.integers(1, 6), st.integers(1, 5)), elements=count)


def frame(figures):
    return pd.DataFrame(figures, columns=[f"g{n}" for n in range(figures.shape[1])])


def ranges(shown):
    """For each hidden cell, how much may be in it by all the sums of a printed table: lowest and highest."""
    cells = shown.to_numpy()
    height, width = cells.shape
    hidden = [tuple(place) for place in np.argwhere(np.isnan(cells))]
    sign = np.ones_like(cells)
    sign[-1, :-1], sign[:-1, -1] = -1, -1
    equations, right = [], []
    lines = [[(r, c) for c in range(width)] for r in range(height)]
    lines += [[(r, c) for r in range(height)] for c in range(width)]
    for line in lines:
        equations.append([sign[place] if place in line else 0.0 for place in hidden])
        right.append(-sum(sign[p] * cells[p] for p in line if not np.isnan(cells[p])))
    found = {}
    for number, place in enumerate(hidden):
        cost = np.zeros(len(hidden))
        cost[number] = 1
        ends = [linprog(s * cost, A_eq=equations, b_eq=right, bounds=(0, None)) for s in (1, -1)]
        assert ends[0].status == 0
        found[place] = (ends[0].fun, np.inf if ends[1].status == 3 else -ends[1].fun)
    return found


@given(tables)
def test_no_small_count_is_printed_and_none_follows_from_the_sums(figures):
    shown = suppress(frame(figures))
    full = np.pad(figures, ((0, 1), (0, 1)))
    full[-1, :-1], full[:, -1] = figures.sum(axis=0), full.sum(axis=1)
    full[-1, -1] = figures.sum()
    printed = ~np.isnan(shown.to_numpy())
    assert (shown.to_numpy()[printed] == full[printed]).all()
    assert not np.isin(shown.to_numpy()[printed], [1, 2, 3, 4]).any()
    for place, (lowest, highest) in ranges(shown).items():
        assert highest - lowest >= 1, (place, shown)
    for cells, mask in [*zip(full, ~printed, strict=True), *zip(full.T, ~printed.T, strict=True)]:
        if not mask[-1]:  # the total is printed, and so is what the hidden cells add up to
            assert cells[:-1][mask[:-1]].sum() not in (1, 2, 3, 4), shown


@given(tables)
def test_what_needs_no_hiding_is_printed(figures):
    if not ((frame(figures) > 0) & (frame(figures) < 5)).any(axis=None):
        rows, columns = figures.sum(axis=1), figures.sum(axis=0)
        assert suppress(frame(figures)).iloc[:-1, :-1].notna().all(axis=None), (rows, columns)


@given(st.lists(tables, min_size=2, max_size=3))
def test_a_total_hidden_in_one_table_is_hidden_in_all(figures):
    width = max(table.shape[1] for table in figures)
    padded = [np.pad(table, ((0, 0), (0, width - table.shape[1]))) for table in figures]
    most = np.max([table.sum(axis=0) for table in padded], axis=0)
    same = [frame(np.vstack([table, most - table.sum(axis=0)])) for table in padded]
    hidden = [table.loc["total"].isna().tolist() for table in suppress_linked(same)]
    assert all(each == hidden[0] for each in hidden)


def test_tables_with_other_sums_are_no_tables_of_the_same_households():
    with pytest.raises(ValueError, match="have the same sums"):
        suppress_linked([pd.DataFrame({"a": [5]}), pd.DataFrame({"a": [6]})])


@pytest.mark.parametrize("counts", [[-1.0], [1.5], [np.nan], [9.0, -1.0], [9.5, 9.0]])
def test_what_is_no_count_is_refused(counts):
    with pytest.raises(ValueError, match="whole numbers of at least zero"):
        suppress(pd.DataFrame({"a": counts}))


def test_small_is_from_one_to_four():
    assert [bool(small(count)) for count in (0, 1, 4, 5)] == [False, True, True, False]
    assert [bool(small(count, 3)) for count in (2, 3)] == [True, False]


def test_nothing_is_hidden_of_five_and_the_totals_stand_beside():
    shown = suppress(pd.DataFrame({"a": [5, 0], "b": [6, 7]}, index=["x", "y"]))
    assert shown.values.tolist() == [[5, 6, 11], [0, 7, 7], [5, 13, 18]]
    assert suppress(pd.DataFrame({"a": [5, 9], "b": [6, 7]}), 6).isna().sum().sum() >= 4


def test_a_circle_goes_through_cells_that_are_hidden_already():
    """Both twos are hidden; with them and their sums no five needs to be."""
    shown = suppress(pd.DataFrame({"a": [2, 2], "b": [5, 0]}, index=["x", "y"]))
    assert shown["b"].tolist() == [5, 0, 5] and shown[["a", "total"]].isna().all(axis=None)
