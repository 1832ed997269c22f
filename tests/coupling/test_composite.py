"""Composite indices against the library, hand-computed cases, and what must hold for any figures."""

import numpy as np
import pandas as pd
import pymcdm.weights
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from plan_monitor.coupling import composite, robustness

positive = arrays(float, st.tuples(st.integers(2, 8), st.integers(2, 5)), elements=st.floats(0.01, 1000))
shape = st.tuples(st.integers(2, 6), st.integers(1, 5))
# few values, so that rows, columns and orders are often the same
any_table = arrays(
    float, shape, elements=st.sampled_from([0.0, 1.0, -2.0, 0.1, 1e-300]) | st.floats(-1e6, 1e6)
)
shares = arrays(float, st.tuples(st.integers(1, 8), st.integers(2, 5)), elements=st.floats(0, 1))


def frame(figures):
    return pd.DataFrame(figures, columns=[f"i{n}" for n in range(figures.shape[1])])


def up(values):
    """A table on the scale, of indicators for which more is better."""
    return composite.scale(values, pd.Series("up", index=values.columns))


@given(positive)
def test_entropy_weights_are_the_librarys_where_nothing_is_zero(figures):
    figures = figures / 1000
    assume((np.ptp(figures, axis=0) > 1e-5).any())
    ours = composite.entropy_weights(frame(figures)).to_numpy()
    assert ours == pytest.approx(pymcdm.weights.entropy_weights(figures), abs=1e-6)
    assert ours.sum() == pytest.approx(1)
    assert (ours >= 0).all()


def test_the_librarys_entropy_weights_refuse_the_zero_that_every_scale_has():
    with pytest.raises(ValueError, match="requires all positive values"):
        pymcdm.weights.entropy_weights(up(pd.DataFrame({"a": [1.0, 2.0], "b": [3.0, 7.0]})).to_numpy())


def test_one_zero_does_not_make_an_indicator_the_heaviest():
    # p = (0, 1/2, 1/2): e = ln 2 / ln 3; and p = (1/9, 1/9, 7/9), less even
    weights = composite.entropy_weights(pd.DataFrame({"a": [0.0, 1.0, 1.0], "b": [0.1, 0.1, 0.7]}))
    first = 1 - np.log(2) / np.log(3)
    second = 1 + (2 / 9 * np.log(1 / 9) + 7 / 9 * np.log(7 / 9)) / np.log(3)
    assert weights["a"] == pytest.approx(first / (first + second))


@pytest.mark.parametrize(
    ("figures", "message"),
    [
        ([[1.0, 0.2]], "at least two rows, found 1"),
        ([[1.0, -0.1], [0.2, 0.3]], r"1, row 0: expected a figure from 0 to 1, none missing, found -0\.1"),
        ([[1.0, 0.1], [0.2, 1.3]], r"1, row 1: expected a figure from 0 to 1, none missing, found 1\.3"),
        ([[1.0, np.nan], [1.0, 0.2]], "1, row 0: expected a figure from 0 to 1, none missing, found nan"),
        ([[0.0, 0.1], [0.0, 0.2]], r"above zero in each column: \[0\]"),
        ([[0.3, 1.0], [0.3, 1.0]], r"of \[0, 1\]: no indicator differs between the rows"),
    ],
)
def test_figures_without_an_entropy_are_refused(figures, message):
    with pytest.raises(ValueError, match=message):
        composite.entropy_weights(pd.DataFrame(figures))


def test_a_scale_needs_a_direction_and_complete_figures_of_two_rows():
    values, rising = pd.DataFrame({"rate": [1.0, 2.0]}), pd.Series({"rate": "up"})
    with pytest.raises(ValueError, match=r"up or down: \{'rate': 'neutral'\}"):
        composite.scale(values, pd.Series({"rate": "neutral"}))
    with pytest.raises(ValueError, match=r"up or down: \{'rate': nan\}"):
        composite.scale(values, pd.Series({"other": "up"}))
    with pytest.raises(ValueError, match="rate, row 1: expected a figure, none missing, found nan"):
        composite.scale(pd.DataFrame({"rate": [1.0, np.nan]}), rising)
    with pytest.raises(ValueError, match="rate, row 0: expected a figure, none missing, found inf"):
        composite.scale(pd.DataFrame({"rate": [np.inf, 1.0]}), rising)
    with pytest.raises(ValueError, match="two rows to compare, found 1"):
        composite.scale(values.head(1), rising)
    assert (
        composite.scale(pd.DataFrame({"rate": [3.0, 3.0]}), pd.Series({"rate": "down"}))["rate"].eq(1).all()
    )


def test_critic_weights_by_hand_and_by_the_library():
    # correlations: a and b −1, a and c 0, b and c 0; spread 1/2, 1/2, √(1/3): 1.5, 1.5, 1.1547
    figures = pd.DataFrame({"a": [0.0, 0.5, 1.0], "b": [1.0, 0.5, 0.0], "c": [0.0, 1.0, 0.0]})
    weights = composite.weigh(figures, "critic")
    assert weights.tolist() == pytest.approx([0.36104, 0.36104, 0.27793], abs=1e-5)
    assert weights.tolist() == pytest.approx(pymcdm.weights.critic_weights(figures.to_numpy()))
    with pytest.raises(ValueError, match="unknown weighting 'best'; known: entropy, equal, critic"):
        composite.weigh(figures, "best")
    with pytest.raises(ValueError, match="b, row 2: expected a figure from 0 to 1, none missing, found nan"):
        composite.weigh(figures.where(figures["a"] < 1, np.nan)[["b"]], "equal")


def test_an_indicator_that_never_differs_weighs_nothing_and_one_alone_that_does_weighs_all():
    one = pd.DataFrame({"a": [0.0, 0.4, 1.0], "flat": [1.0, 1.0, 1.0]})
    two = one.assign(b=[1.0, 0.0, 0.3])
    for weighting in ("entropy", "critic"):
        assert composite.weigh(one, weighting).to_dict() == {"a": 1, "flat": 0}
        assert composite.weigh(two, weighting)["flat"] == 0
        assert (composite.weigh(two, weighting)[["a", "b"]] > 0.1).all()
    assert composite.weigh(one, "equal").to_dict() == {"a": 0.5, "flat": 0.5}
    assert composite.weigh(one[["a"]], "critic").to_dict() == {"a": 1}


@pytest.mark.filterwarnings("ignore")
def test_the_library_has_no_critic_weights_of_what_never_differs_and_of_a_single_indicator():
    assert np.isnan(pymcdm.weights.critic_weights(np.array([[0.0], [1.0]]))).all()
    with_flat = np.array([[0.0, 1.0, 1.0], [0.4, 0.0, 1.0], [1.0, 0.3, 1.0]])
    assert np.isnan(pymcdm.weights.critic_weights(with_flat)).all()


def test_critic_has_no_weights_where_all_agree_perfectly():
    rising = pd.DataFrame({"a": [1.0, 2.0, 4.0], "b": [10.0, 30.0, 70.0], "flat": [5.0, 5.0, 5.0]})
    scaled = up(rising)
    assert composite.obstacle(scaled, "critic") == "agree"
    with pytest.raises(ValueError, match=r"critic weights of \['a', 'b', 'flat'\]: all .* agree perfectly"):
        composite.weigh(scaled, "critic")
    assert composite.obstacle(scaled, "entropy") is None
    # perfect disagreement, and a little of it, are something to weigh by
    against = composite.scale(rising, pd.Series({"a": "up", "b": "down", "flat": "up"}))
    assert composite.weigh(against, "critic").tolist() == pytest.approx([0.5, 0.5, 0])
    assert composite.obstacle(up(rising.assign(b=[10.0, 30.0, 70.1])), "critic") is None


@pytest.mark.parametrize("weighting", composite.WEIGHTINGS)
def test_rows_that_are_all_the_same_have_no_weights(weighting):
    scaled = up(pd.DataFrame({"a": [3.0, 3.0], "b": [7.0, 7.0]}))
    assert composite.obstacle(scaled, weighting) == "same"
    with pytest.raises(ValueError, match=rf"{weighting} weights of \['a', 'b'\]: no indicator differs"):
        composite.weigh(scaled, weighting)
    assert composite.obstacle(scaled.head(1), weighting) == "same"


def test_the_system_without_weights_is_named():
    scaled = up(
        pd.DataFrame({"a": [3.0, 3.0, 3.0], "b": [1.0, 2.0, 4.0], "c": [2.0, 3.0, 5.0], "d": [1, 5, 2]})
    )
    systems = pd.Series({"a": "still", "b": "rising", "c": "rising", "d": "alone"})
    assert composite.obstacles(scaled, systems, "entropy") == {"still": "same"}
    assert composite.obstacles(scaled, systems, "critic") == {"still": "same", "rising": "agree"}
    moving = systems.drop("a")
    assert robustness.sensitivity(scaled, moving).columns.tolist() == ["entropy", "equal"]
    with pytest.raises(ValueError, match=r"critic weights of \['b', 'c'\]"):
        robustness.by_chance(scaled, moving, "critic")


def test_an_indicator_without_which_the_others_have_no_weights_is_not_left_out():
    scaled = up(
        pd.DataFrame({"a": [1.0, 2.0, 4.0], "b": [2.0, 3.0, 5.0], "c": [1.0, 5.0, 2.0], "d": [1.0, 3, 2]})
    )
    systems = pd.Series({"a": "one", "b": "one", "c": "one", "d": "two"})
    assert robustness.without_each(scaled, systems, "critic").columns.tolist() == ["a", "b"]
    assert robustness.without_each(scaled, systems, "entropy").columns.tolist() == ["a", "b", "c"]


@given(any_table, st.sampled_from(composite.WEIGHTINGS))
def test_there_are_weights_or_it_is_said_why_not(figures, weighting):
    scaled = up(frame(figures))
    if composite.obstacle(scaled, weighting):
        with pytest.raises(ValueError, match=f"{weighting} weights of"):
            composite.weigh(scaled, weighting)
    else:
        weights = composite.weigh(scaled, weighting)
        assert weights.index.equals(scaled.columns)
        assert (weights >= 0).all() and weights.sum() == pytest.approx(1)


@pytest.mark.parametrize("weights", [{"a": 0.5}, {"a": 0.7, "b": 0.4}, {"a": 1.2, "b": -0.2}])
def test_weights_that_are_none_make_no_index(weights):
    scaled, systems = pd.DataFrame({"a": [0.0, 1.0], "b": [1.0, 0.2]}), pd.Series({"a": "one", "b": "one"})
    with pytest.raises(ValueError, match="expected weights that add up to 1 in each system"):
        composite.weighed(scaled, systems, pd.Series(weights))
    with pytest.raises(ValueError, match="b, row 1: expected a figure from 0 to 1"):
        composite.weighed(scaled.where(scaled != 0.2), systems, pd.Series({"a": 0.5, "b": 0.5}))


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
    assert found[["coupling", "coordination"]].values.tolist() == [[0, 0], [0, 0]]


@pytest.mark.parametrize(
    ("systems", "message"),
    [
        ({"a": [0.5]}, "at least two systems"),
        ({"a": [0.5], "b": [1.2]}, r"b, row 0: expected a figure from 0 to 1, none missing, found 1\.2"),
        ({"a": [0.5], "b": [-1e-6]}, "b, row 0: expected a figure from 0 to 1"),
        ({"a": [0.5], "b": [np.nan]}, "none missing, found nan"),
    ],
)
def test_what_cannot_be_coupled_is_refused(systems, message):
    with pytest.raises(ValueError, match=message):
        composite.coupling(pd.DataFrame(systems))


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


@pytest.mark.slow
@given(any_table)
def test_no_own_result_is_refused_by_an_own_check_and_none_is_missing(figures):
    values = frame(np.hstack([figures, figures[:, :1]]))
    scaled, systems = up(values), one_and_other(values)
    for weighting in composite.WEIGHTINGS:
        if not composite.obstacles(scaled, systems, weighting):
            found = composite.coupling(composite.indices(scaled, systems, weighting))
            assert ((found >= 0) & (found <= 1)).all(axis=None)
            assert robustness.without_each(scaled, systems, weighting).notna().all(axis=None)
    assert robustness.sensitivity(scaled, systems).notna().all(axis=None)


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


def test_a_figure_below_zero_by_noise_is_zero_and_one_above_one_is_one():
    found = composite.coupling(pd.DataFrame({"a": [-1e-10, 1 + 1e-10], "b": [0.5, 1.0]}))
    assert found["coupling"].tolist() == [0, 1]
    assert found["development"].tolist() == [0.25, 1]
    with pytest.raises(ValueError, match="a, row 0: expected a figure from 0 to 1"):
        composite.coupling(pd.DataFrame({"a": [-1e-8], "b": [0.5]}))
    with pytest.raises(ValueError, match="a, row 0: expected a figure from 0 to 1"):
        composite.coupling(pd.DataFrame({"a": [1 + 1e-8], "b": [0.5]}))


def test_the_first_of_several_figures_that_do_not_fit_is_named():
    values = pd.DataFrame({"a": [0.1, np.nan, np.nan], "b": [0.1, np.nan, 0.2]}, index=["x", "y", "z"])
    with pytest.raises(ValueError, match="a, row y: expected a figure, none missing, found nan"):
        composite.scale(values, pd.Series({"a": "up", "b": "up"}))
    late = pd.DataFrame({"a": [0.1, 0.2, 0.3], "b": [0.1, 7.0, 8.0]}, index=["x", "y", "z"])
    with pytest.raises(ValueError, match=r"b, row y: .*, found 7"):
        composite.coupling(late)


@pytest.mark.parametrize("number", [2, 3, 5, 7, 10])
def test_degrees_of_systems_that_are_alike_are_never_above_one(number):
    """Roots and sums of floating point are, by a hair."""
    levels = np.arange(1, 201) / 200
    found = composite.coupling(pd.DataFrame({f"s{n}": levels for n in range(number)}))
    assert (found <= 1).all(axis=None)
    assert found["coupling"].tolist() == pytest.approx([1] * 200)
    assert found["development"].tolist() == pytest.approx(levels.tolist())


def test_an_index_of_figures_that_are_all_one_is_one_whatever_the_weights_add_up_to():
    """0.7 + 0.1 + 0.2 is 0.9999999999999999, and 0.1 + 0.7 + 0.2 as much; six sixths and ten tenths likewise."""
    for weights in (
        [0.1, 0.2, 0.7],
        [0.7, 0.1, 0.2],
        [0.15, 0.35, 0.5],
        [1 / 3] * 3,
        [1 / 6] * 6,
        [0.1] * 10,
        [1 / 49] * 49,
    ):
        names = [f"i{n}" for n in range(len(weights))]
        scaled = pd.DataFrame(1.0, index=[0], columns=names)
        found = composite.weighed(scaled, pd.Series("one", index=names), pd.Series(weights, names))
        assert found["one"].item() == pytest.approx(1) and found["one"].item() <= 1


def test_systems_stand_in_their_own_order():
    scaled = pd.DataFrame({"a": [0.0, 1.0], "b": [1.0, 0.0], "c": [0.0, 1.0]})
    systems = pd.Series({"b": "two", "a": "one", "c": "two"})
    assert composite.system_weights(scaled, systems, "equal").to_dict() == {"b": 0.5, "c": 0.5, "a": 1.0}
    assert composite.system_weights(scaled, systems, "equal").index.tolist() == ["b", "c", "a"]
    assert composite.indices(scaled, systems, "equal").columns.tolist() == ["two", "one"]
    still = scaled.assign(a=1.0, b=1.0, c=1.0)
    assert list(composite.obstacles(still, systems, "equal")) == ["two", "one"]


def test_a_weight_of_nothing_is_a_weight_and_each_system_has_all_of_its_own():
    scaled = pd.DataFrame({"a": [0.2, 0.4], "b": [0.9, 0.9], "c": [0.3, 0.5]})
    systems = pd.Series({"a": "one", "b": "one", "c": "two"})
    found = composite.weighed(scaled, systems, pd.Series({"a": 1.0, "b": 0.0, "c": 1.0}))
    assert found.values.tolist() == [[0.2, 0.3], [0.4, 0.5]]
    assert composite.weighed(scaled, systems, pd.Series({"c": 1.0, "a": 0.25, "b": 0.75}))[
        "one"
    ].tolist() == (pytest.approx([0.725, 0.775]))
    for wrong in (
        {"a": 0.5, "b": 0.5, "c": 0.9},
        {"a": 0.5, "b": 0.4, "c": 1.0},
        {"a": 1.5, "b": -0.5, "c": 1.0},
    ):
        with pytest.raises(ValueError, match="expected weights that add up to 1 in each system"):
            composite.weighed(scaled, systems, pd.Series(wrong))


def test_equal_weights_are_of_as_many_as_there_are():
    scaled = pd.DataFrame({"a": [0.0, 0.4, 1.0], "b": [1.0, 0.0, 0.3], "c": [0.0, 1.0, 0.2]})
    assert composite.weigh(scaled, "equal").tolist() == pytest.approx([1 / 3] * 3)


def test_of_indicators_in_order_and_against_it_some_agree_and_all_do_not():
    figures = pd.DataFrame({"a": [0.0, 0.5, 1.0], "b": [0.0, 0.5, 1.0], "c": [1.0, 0.5, 0.0]})
    assert composite.obstacle(figures, "critic") is None
    assert composite.obstacle(figures[["a", "b"]], "critic") == "agree"
    assert composite.obstacle(figures[["a"]], "critic") is None
    # a correlation of 0.98 is not agreement
    assert composite.obstacle(pd.DataFrame({"a": [0.0, 0.5, 1.0], "b": [0.0, 0.3, 1.0]}), "critic") is None


def test_draws_are_ten_thousand_and_the_same_every_time():
    scaled = pd.DataFrame({"a": [0.2, 0.5, 1.0], "b": [0.1, 0.6, 0.9], "c": [0.3, 0.0, 0.8]})
    found = robustness.by_chance(scaled, pd.Series({"a": "one", "b": "two", "c": "three"}), "equal")
    assert len(found.shuffled) == 10_000
    drawn = np.random.default_rng(20251231)
    rows = pd.DataFrame({name: drawn.choice(scaled[name], 10_000) for name in scaled})
    assert found.shuffled.tolist() == pytest.approx(composite.coupling(rows)["coordination"].tolist())
    # the best of each: 1, 0.9 and 0.8
    assert found.rising == pytest.approx(np.sqrt(np.cbrt(0.72)))
