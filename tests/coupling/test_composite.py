"""Composite indices against the library, hand-computed cases, and what must hold for any figures."""

import numpy as np
import pandas as pd
import pymcdm.weights
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from plan_monitor.coupling import composite, ranking, robustness

positive = arrays(float, st.tuples(st.integers(2, 8), st.integers(2, 5)), elements=st.floats(0.01, 1000))
shares = arrays(float, st.tuples(st.integers(1, 8), st.integers(2, 5)), elements=st.floats(0, 1))


def frame(figures):
    return pd.DataFrame(figures, columns=[f"i{n}" for n in range(figures.shape[1])])


@given(positive)
def test_entropy_weights_are_the_librarys_where_nothing_is_zero(figures):
    assume((np.ptp(figures, axis=0) > 0.01).any())
    ours = composite.entropy_weights(frame(figures)).to_numpy()
    assert ours == pytest.approx(pymcdm.weights.entropy_weights(figures), abs=1e-6)
    assert ours.sum() == pytest.approx(1)
    assert (ours >= 0).all()


def test_one_zero_does_not_make_an_indicator_the_heaviest():
    # p = (0, 1/2, 1/2): e = ln 2 / ln 3; and p = (1/9, 1/9, 7/9), less even
    weights = composite.entropy_weights(pd.DataFrame({"a": [0.0, 1.0, 1.0], "b": [1.0, 1.0, 7.0]}))
    first = 1 - np.log(2) / np.log(3)
    second = 1 + (2 / 9 * np.log(1 / 9) + 7 / 9 * np.log(7 / 9)) / np.log(3)
    assert weights["a"] == pytest.approx(first / (first + second))


@pytest.mark.parametrize(
    "figures",
    [[[1.0, 2.0]], [[1.0, -1.0], [2.0, 3.0]], [[0.0, 1.0], [0.0, 2.0]], [[1.0, np.nan], [1.0, 2.0]]],
)
def test_figures_without_an_entropy_are_refused(figures):
    with pytest.raises(ValueError, match=r"entropy weights need|expected figures"):
        composite.entropy_weights(pd.DataFrame(figures))


def test_a_scale_needs_a_direction_and_complete_figures():
    values = pd.DataFrame({"rate": [1.0, 2.0]})
    with pytest.raises(ValueError, match=r"up or down: \{'rate': 'neutral'\}"):
        composite.scale(values, pd.Series({"rate": "neutral"}))
    with pytest.raises(ValueError, match="without a missing figure"):
        composite.scale(pd.DataFrame({"rate": [1.0, np.nan]}), pd.Series({"rate": "up"}))
    assert composite.scale(pd.DataFrame({"rate": [3.0, 3.0]}), pd.Series({"rate": "up"}))["rate"].eq(1).all()


def test_critic_weights_are_the_librarys_and_equal_where_it_has_none():
    figures = frame(np.array([[0.0, 1.0, 0.3], [0.5, 0.4, 0.9], [1.0, 0.0, 0.1]]))
    expected = pymcdm.weights.critic_weights(figures.to_numpy())
    assert composite.weigh(figures, "critic").to_numpy() == pytest.approx(expected)
    same = frame(np.array([[0.0, 0.0], [1.0, 1.0]]))
    assert composite.weigh(same, "critic").tolist() == [0.5, 0.5]
    with pytest.raises(ValueError, match="unknown weighting 'best'; known: entropy, equal, critic"):
        composite.weigh(figures, "best")


@given(shares)
def test_a_coordination_degree_lies_between_zero_and_the_mean_index(figures):
    found = composite.coupling(frame(figures))
    assert found[["coupling", "development", "coordination"]].stack().between(0, 1 + 1e-9).all()
    # C is at most 1, so D is at most the root of T; and it is that only where all systems are alike
    assert (found["coordination"] <= np.sqrt(found["development"]) + 1e-9).all()
    order = composite.coupling(frame(figures[:, ::-1]))
    assert order["coordination"].to_numpy() == pytest.approx(found["coordination"].to_numpy())


@given(st.floats(0.001, 1), st.integers(2, 6))
def test_systems_that_are_alike_are_fully_coupled(level, number):
    found = composite.coupling(frame(np.full((1, number), level))).iloc[0]
    assert found["coupling"] == pytest.approx(1)
    assert found["coordination"] == pytest.approx(np.sqrt(level))


def test_a_worked_example_of_three_systems():
    # C = 3 * cbrt(0.8 * 0.6 * 0.4) / 1.8 = 0.96150; T = 0.6; D = sqrt(0.57690) = 0.75954
    found = composite.coupling(pd.DataFrame({"a": [0.8], "b": [0.6], "c": [0.4]})).iloc[0]
    assert found["coupling"] == pytest.approx(0.96150, abs=1e-5)
    assert found["coordination"] == pytest.approx(0.75954, abs=1e-5)


def test_systems_at_zero_are_not_coupled_and_nothing_is_divided_by_zero():
    found = composite.coupling(pd.DataFrame({"a": [0.0, 0.0], "b": [0.0, 1.0]}))
    assert found["coordination"].tolist() == [0, 0]


@pytest.mark.parametrize(
    ("systems", "message"),
    [
        ({"a": [0.5]}, "at least two systems"),
        ({"a": [0.5], "b": [1.2]}, "from 0 to 1"),
        ({"a": [0.5], "b": [-1e-6]}, "from 0 to 1"),
        ({"a": [0.5], "b": [np.nan]}, "none missing"),
    ],
)
def test_what_cannot_be_coupled_is_refused(systems, message):
    with pytest.raises(ValueError, match=message):
        composite.coupling(pd.DataFrame(systems))


@given(positive)
def test_a_year_that_is_best_in_everything_ranks_first(figures):
    best = np.vstack([figures, figures.max(axis=0) + 1])
    values = frame(best)
    sides = pd.Series("up", index=values.columns)
    weights = composite.weigh(composite.scale(values, sides), "equal")
    ranked = ranking.topsis(values, sides, weights)
    assert ranked["rank"].iloc[-1] == 1
    assert ranked["closeness"].iloc[-1] == pytest.approx(1)


def test_leaving_out_an_indicator_is_computing_without_it():
    figures = frame(np.array([[0.0, 1.0, 0.3, 0.2], [0.5, 0.4, 0.9, 0.8], [1.0, 0.0, 0.1, 1.0]]))
    systems = pd.Series(["one", "one", "one", "two"], index=figures.columns)
    found = robustness.without_each(figures, systems, "entropy")
    assert found.columns.tolist() == ["i0", "i1", "i2"]  # the only indicator of a system stays
    rest = composite.indices(figures[["i0", "i1", "i3"]], systems.drop("i2"), "entropy")
    assert found["i2"].tolist() == composite.coupling(rest)["coordination"].tolist()
    degrees = robustness.sensitivity(figures, systems)
    assert degrees.columns.tolist() == list(composite.WEIGHTINGS)
    expected = composite.coupling(composite.indices(figures, systems, "equal"))["coordination"]
    assert degrees["equal"].tolist() == expected.tolist()


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


def one_and_other(values):
    """The last indicator is a system of its own, the others are one."""
    names = values.columns
    return pd.Series(["one"] * (len(names) - 1) + ["other"], index=names)


def rising(values):
    """Coordination of indicators for which more is better, by entropy weights."""
    scaled = composite.scale(values, pd.Series("up", index=values.columns))
    return composite.coupling(composite.indices(scaled, one_and_other(values), "entropy"))


def test_an_index_that_sums_to_a_hair_above_one_is_one():
    # the weighted sum of the last year is 1.0000000000000002
    found = rising(pd.DataFrame({"a": [50, 61, 82], "b": [56, 60, 72], "c": [81, 85, 87], "d": [75, 79, 93]}))
    assert found["coordination"].iloc[-1] == 1


@given(arrays(int, st.tuples(st.integers(2, 8), st.integers(2, 13)), elements=st.integers(1, 40)))
def test_indicators_that_only_rise_end_at_full_coordination_whatever_links_them(steps):
    """No table is refused for its floating-point noise, and no result lies outside 0 to 1."""
    found = rising(frame(50.0 + steps.cumsum(axis=0)))
    assert ((found >= 0) & (found <= 1)).all(axis=None)
    assert found["coordination"].iloc[-1] == pytest.approx(1)


@given(arrays(float, st.tuples(st.integers(2, 8), st.integers(2, 13)), elements=st.floats(-1e6, 1e6)))
def test_no_own_result_is_refused_by_an_own_check(figures):
    values = frame(figures)
    scaled = composite.scale(values, pd.Series("down", index=values.columns))
    for weighting in composite.WEIGHTINGS:
        found = composite.coupling(composite.indices(scaled, one_and_other(values), weighting))
        assert ((found >= 0) & (found <= 1)).all(axis=None)


def test_the_null_of_five_years_of_independent_figures():
    """Full coordination if they all rise, a median near 0.66 in random order: neither is evidence."""
    random = np.random.default_rng(1)
    steps = frame(random.exponential(size=(5, 9)).cumsum(axis=0))
    scaled = composite.scale(steps, pd.Series("up", index=steps.columns))
    systems = pd.Series(["a"] * 4 + ["b"] * 3 + ["c"] * 2, index=steps.columns)
    found = robustness.by_chance(scaled, systems, "entropy")
    last = composite.coupling(composite.indices(scaled, systems, "entropy"))["coordination"].iloc[-1]
    assert found.rising == pytest.approx(last) == pytest.approx(1)
    assert 0.6 < found.shuffled.median() < 0.75
    again = robustness.by_chance(scaled, systems, "entropy")
    assert again.shuffled.equals(found.shuffled)


def test_shuffling_gives_the_degrees_of_every_order():
    """All orders of two indicators counted out, against draws."""
    scaled = pd.DataFrame({"a": [0.2, 0.5, 1.0], "b": [0.1, 0.6, 0.9]})
    pairs = pd.DataFrame([(a, b) for a in scaled["a"] for b in scaled["b"]], columns=["one", "two"])
    exact = composite.coupling(pairs)["coordination"]
    drawn = robustness.by_chance(scaled, pd.Series({"a": "one", "b": "two"}), "equal").shuffled
    assert set(drawn.round(9)) == set(exact.round(9))
    assert drawn.mean() == pytest.approx(exact.mean(), abs=0.01)
