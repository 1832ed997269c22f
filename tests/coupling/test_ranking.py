"""Which row is best in all, and which regions can be ranked: by hand, and what must hold for any figures."""

import numpy as np
import pandas as pd
import pymcdm.methods
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from plan_monitor.coupling import composite, ranking
from plan_monitor.coupling.robustness import Chance

shape = st.tuples(st.integers(2, 6), st.integers(1, 5))
# few values, so that rows and columns are often the same
any_table = arrays(
    float, shape, elements=st.sampled_from([0.0, 1.0, -2.0, 0.1, 1e-300]) | st.floats(-1e6, 1e6)
)


def frame(figures):
    return pd.DataFrame(figures, columns=[f"i{n}" for n in range(figures.shape[1])])


@given(any_table, st.lists(st.sampled_from([0.0, 1e-200, 0.3, 1.0]), min_size=5, max_size=5))
def test_every_row_has_a_closeness_and_a_rank_or_there_is_none(figures, drawn):
    values = frame(figures)
    sides = pd.Series("down", index=values.columns)
    weights = pd.Series(drawn[: values.shape[1]], index=values.columns)
    if values.loc[:, weights > 0].drop_duplicates().shape[0] < 2 or not weights.any():
        with pytest.raises(ValueError, match="no rank: the rows are the same in all that weighs"):
            ranking.topsis(values, sides, weights)
    else:
        found = ranking.topsis(values, sides, weights)
        assert found["closeness"].between(0, 1).all()
        assert found["rank"].between(1, len(values)).all() and found["rank"].min() == 1
        assert (found["rank"].map(found["rank"].value_counts()) + found["rank"] - 1 <= len(values)).all()


def test_a_rank_by_hand_and_what_cannot_be_ranked():
    values = pd.DataFrame({"a": [0.0, 10.0, 4.0], "b": [1.0, 0.0, 0.5]}, index=["x", "y", "z"])
    sides = pd.Series("up", index=["a", "b"])
    # by 0.6 and 0.4: x has 0.4 to the worst and 0.6 to the best; z √(0.24² + 0.2²) and √(0.36² + 0.2²)
    found = ranking.topsis(values, sides, pd.Series({"a": 0.6, "b": 0.4}))
    assert found["closeness"].tolist() == pytest.approx([0.4, 0.6, 0.43136], abs=1e-5)
    assert found["rank"].tolist() == [3, 1, 2]
    with pytest.raises(ValueError, match=r"same in all that weighs, of \['a', 'b'\]"):
        ranking.topsis(values.iloc[[0, 0]], sides, pd.Series({"a": 0.6, "b": 0.4}))
    for wrong in ({"a": 1.0}, {"a": 1.2, "b": -0.2}):
        with pytest.raises(ValueError, match="expected a weight for each indicator, none negative"):
            ranking.topsis(values, sides, pd.Series(wrong))


def test_the_librarys_closeness_of_rows_that_are_the_same_is_no_number():
    method = pymcdm.methods.TOPSIS(normalization_function=lambda column, cost: column)
    with np.errstate(invalid="ignore"):
        assert np.isnan(method(np.ones((3, 2)), np.full(2, 0.5), np.ones(2), validation=False)).all()


@given(any_table)
def test_a_year_that_is_best_in_everything_ranks_first(figures):
    best = np.vstack([figures, figures.max(axis=0) + 1])
    values = frame(best)
    sides = pd.Series("up", index=values.columns)
    weights = composite.weigh(composite.scale(values, sides), "equal")
    ranked = ranking.topsis(values, sides, weights)
    assert ranked["rank"].iloc[-1] == 1
    assert ranked["closeness"].iloc[-1] == pytest.approx(1)


def test_the_largest_table_is_complete_and_of_one_year_and_level():
    rows = [(r, "county", i, "2019", 1.0) for r in "ABC" for i in "xyz"]
    rows += [(r, "county", i, "2021", 1.0) for r in "ABCD" for i in "xy"]  # smaller: 8 figures
    rows += [("D", "county", "x", "2019", 1.0), ("A", "county", "w", "2019", 1.0)]
    # a prefecture, its province and the nation are no peers, of each other or of counties
    above = (("P", "prefecture"), ("Q", "prefecture"), ("R", "province"), ("N", "nation"))
    higher = [(*one, i, "2019", 1.0) for one in above for i in "xyz"]
    columns = ["region", "level", "indicator", "period", "value"]
    table = ranking.largest_table(pd.DataFrame(rows + higher, columns=columns))
    assert (table.attrs["period"], table.index.tolist(), table.columns.tolist()) == (
        "2019",
        list("ABC"),
        list("xyz"),
    )
    assert ranking.largest_table(pd.DataFrame(higher, columns=columns)).empty
    assert ranking.largest_table(pd.DataFrame(rows[:2], columns=columns)).empty


def test_a_draw_as_high_as_the_degree_reaches_it():
    null = Chance(1.0, pd.Series([0.5, 0.7, 0.8, 0.1 + 0.2]))
    assert [null.reached(degree) for degree in (0.3, 0.5, 0.7, 0.7001, 0.9)] == [1, 0.75, 0.5, 0.25, 0]


def table_of(*rows):
    frame = pd.DataFrame(rows, columns=["region", "indicator", "period"]).assign(level="county", value=1.0)
    return ranking.largest_table(frame)


def test_three_regions_and_two_indicators_are_the_least_to_rank():
    least = [(region, name, "2020") for region in "ABC" for name in "xy"]
    assert table_of(*least).shape == (3, 2)
    assert table_of(*[row for row in least if row[0] != "C"]).empty
    assert table_of(*[(region, name, "2020") for region in "AB" for name in "xyz"]).empty
    assert table_of(*[row for row in least if row[1] != "y"]).empty
    assert table_of(*[(region, "x", "2020") for region in "ABCDE"]).empty


def test_of_tables_as_large_the_latest_counts_and_that_of_more_regions():
    both = [(region, name, year) for year in ("2020", "2021") for region in "ABC" for name in "xy"]
    assert table_of(*both).attrs["period"] == "2021"
    assert table_of(*both[::-1]).attrs["period"] == "2021"
    more = [(region, name, "2020") for region in "ABCD" for name in "xyz"]
    more += [(region, "w", "2020") for region in "ABC"]
    assert table_of(*more).shape == (4, 3)
    assert table_of(*more, *[(region, "v", "2020") for region in "ABC"]).shape == (3, 5)


@pytest.mark.parametrize("weights", [(1e-200, 1e-200), (1e-200, 1.0), (3.0, 1.0), (0.75, 0.25)])
def test_only_the_shares_of_weights_count_however_small_they_are(weights):
    values = pd.DataFrame({"a": [0.0, 10.0, 4.0], "b": [1.0, 0.0, 0.5]})
    sides = pd.Series("up", index=["a", "b"])
    found = ranking.topsis(values, sides, pd.Series(weights, ["a", "b"]))["closeness"]
    a, b = (weight / max(weights) for weight in weights)
    far, near = np.hypot(0.6 * a, 0.5 * b), np.hypot(0.4 * a, 0.5 * b)
    assert found.tolist() == pytest.approx([b / (a + b), a / (a + b), near / (near + far)])


def test_what_weighs_nothing_makes_no_rank_and_what_differs_in_two_rows_does():
    values, sides = pd.DataFrame({"a": [1.0, 2.0], "b": [3.0, 3.0]}), pd.Series("up", index=["a", "b"])
    found = ranking.topsis(values, sides, pd.Series({"a": 0.5, "b": 0.5}))
    assert found.values.tolist() == [[0, 2], [1, 1]]
    with pytest.raises(ValueError, match="no rank"):
        ranking.topsis(values, sides, pd.Series({"a": 0.0, "b": 1.0}))


def test_rows_that_are_alike_share_the_better_rank():
    values = pd.DataFrame({"a": [0.1 + 0.2, 0.3, 1.0, 0.0]})
    found = ranking.topsis(values, pd.Series({"a": "up"}), pd.Series({"a": 1.0}))
    assert found["rank"].tolist() == [2, 2, 1, 4]
