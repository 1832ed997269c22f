"""Targets looked back on, and shares computed again from printed figures."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_monitor.methods import progress, review

COLUMNS = ["indicator", "region", "period", "value", "kind"]


def looked_back(value, kind, *figures, worded=False, doubtful=False):
    """The outcome of one target of 2020 by figures of (year, value)."""
    rows = [(f"o{n}", "x", "A", year, v, "printed") for n, (year, v) in enumerate(figures)]
    known = pd.DataFrame(rows, columns=["id", "indicator", "region", "period", "value", "reading"])
    if worded:
        known.loc[known.index[-1], "reading"] = "worded"
    known["quality"] = "A"
    if doubtful:
        known.loc[known.index[-1], "quality"] = "C"
    targets = pd.DataFrame([("x", "A", "2020", value, kind)], columns=COLUMNS).assign(unit="%")
    targets["base_period"] = "2015"
    return review.outcomes(progress.assess(targets, known, "2020"), known).iloc[0]


def test_what_each_kind_of_target_amounts_to():
    found = looked_back(64.5, "level", ("2015", 63.5), ("2020", 68.01))
    assert (found["evidence"], round(found["way"]), round(found["share"], 1)) == ("measured", 451, 105.4)
    assert looked_back(100.0, "floor", ("2015", 100.0), ("2020", 100.0))["evidence"] == "already"
    assert looked_back(100.0, "coverage", ("2020", 100.0))["evidence"] == "no_base"
    assert looked_back(5.0, "level", ("2015", 3.0))["evidence"] == "none"
    assert looked_back(100.0, "cumulative", ("2016/2020", 120.0))["evidence"] == "from_zero"


def test_an_outcome_in_words_makes_no_share_and_no_way():
    for before in ((), (("2015", 1.89),)):
        found = looked_back(5.0, "level", *before, ("2020", 5.0), worded=True)
        assert found["evidence"] == "worded"
        assert found[["share", "way", "way_low", "way_high"]].isna().all()


def test_the_change_achieved_has_the_range_that_rounding_allows():
    found = looked_back(64.5, "level", ("2015", 63.5), ("2020", 68.01))
    # the base was 63.45 to 63.55, the outcome 68.005 to 68.015: 4.465/0.95 and 4.555/1.05 are the ends
    assert found[["way_low", "way_high"]].round(1).tolist() == [433.8, 470.0]
    reached = looked_back(100.0, "level", ("2015", 79.5), ("2020", 100.0))
    assert reached[["way", "way_low", "way_high"]].tolist() == [100, 100, 100]  # printed like the target
    summed = looked_back(100.0, "cumulative", ("2016/2020", 120.0))
    assert summed[["way_low", "way_high"]].tolist() == [120, 120]


def test_a_share_of_a_target_is_as_sure_as_its_outcome():
    """98.2 of 95 as printed: 98.15 to 98.25; what is printed like its target is all of it."""
    found = looked_back(95.0, "level", ("2020", 98.2))
    assert found[["share_low", "share_high"]].tolist() == pytest.approx([98.15 / 0.95, 98.25 / 0.95])
    reached = looked_back(100.0, "level", ("2020", 100.0))
    assert reached[["share_low", "share", "share_high"]].tolist() == [100, 100, 100]


def test_a_doubtful_outcome_is_shown_and_measures_nothing():
    found = looked_back(64.5, "level", ("2015", 63.5), ("2020", 68.01), doubtful=True)
    assert found[["evidence", "latest", "latest_id"]].tolist() == ["doubtful", 68.01, "o1"]
    assert found[["status", "share", "way"]].isna().all()
    assert found["reason"] == "doubtful_only"


def test_a_share_of_a_target_that_wants_less_says_nothing():
    found = looked_back(0.0, "level", ("2015", 20.93), ("2020", 0.0))
    assert pd.isna(found["share"]) and found["way"] == 100
    assert pd.isna(looked_back(10.0, "level", ("2015", 20.0), ("2020", 12.0))["share"])


@pytest.mark.parametrize("target", [64.45, 64.52, 64.55])
def test_a_base_that_may_have_been_the_target_sets_no_upper_end_to_the_change(target):
    """64.5 as printed was 64.45 to 64.55."""
    found = looked_back(target, "level", ("2015", 64.5), ("2020", 68.01))
    assert found[["way", "way_low"]].tolist() == pytest.approx([100 * 3.51 / (target - 64.5)] * 2)
    assert found["way_high"] == float("inf")
    near = looked_back(64.56, "level", ("2015", 64.5), ("2020", 68.01))
    assert near["way_high"] == pytest.approx(100 * (68.015 - 64.55) / (64.56 - 64.55))


def test_a_share_needs_a_target_above_zero_and_one_that_does_not_want_less():
    assert pd.isna(looked_back(0.0, "level", ("2020", 5.0))["share"])
    assert looked_back(1.0, "level", ("2020", 2.0))["share"] == 200
    assert looked_back(100.0, "floor", ("2015", 100.0), ("2020", 98.0))["share"] == 98


@pytest.mark.parametrize(
    ("part", "whole", "stated", "verdict"),
    [
        ((33.38, "万人"), (20.93, "万人"), 159.6, "contradicts"),  # 159.42 to 159.55
        ((33.38, "万人"), (20.93, "万人"), 159.5, "holds"),
        ((47828, "人"), (47805, "人"), 100.05, "holds"),
        ((87233, "户"), (60122, "户"), 145, "holds"),
        ((7, "个"), (7, "个"), 100, "holds"),
        ((7, "个"), (8, "个"), 100, "contradicts"),
        ((1.0, "万户"), (3.0, "万户"), 33.9, "rounding"),  # 1.0 may have been 1.04
        ((1, "个"), (8, "个"), 12, "holds"),  # 12.5 is where 12 ends and 13 begins
        ((1, "个"), (8, "个"), 13, "holds"),
        ((2.5, "万人"), (10, "个"), 24, "rounding"),  # 24.5 to 25.5
        ((2.5, "万人"), (10, "个"), 26, "rounding"),
        ((2.5, "万人"), (10, "个"), 23, "contradicts"),
        ((2.5, "万人"), (10, "个"), 27, "contradicts"),
    ],
)
def test_stated_shares_are_held_against_their_figures(part, whole, stated, verdict):
    row = {"part": part[0], "part_unit": part[1], "whole": whole[0], "whole_unit": whole[1], "stated": stated}
    assert review.recompute(pd.DataFrame([row]))["verdict"].iloc[0] == verdict


@given(st.floats(1, 1e6), st.floats(1, 1e6), st.integers(0, 2), st.integers(0, 2))
def test_a_share_stated_from_the_unrounded_figures_never_contradicts(part, whole, places, digits):
    """However the two figures and their share were rounded for print."""
    printed = {
        "part": round(part, places),
        "whole": round(whole, places),
        "stated": round(100 * part / whole, digits),
    }
    row = {**printed, "part_unit": "万人", "whole_unit": "万人"}
    assert review.recompute(pd.DataFrame([row]))["verdict"].iloc[0] != "contradicts"


def test_a_stated_share_finds_its_outcome_and_its_target_or_base(shipped):
    plan = shipped.select(document="rural-145", region="532300")
    own = plan.observations[
        plan.observations["document"].eq("rural-145") & plan.observations["period"].lt("2021")
    ]
    targets = plan.targets[plan.targets["period"] < "2021"]
    found = review.outcomes(progress.assess(targets, own, "2025"), own)
    made_of = {
        "people-lifted-completion": ("people-lifted-10k", "registered-poor-population"),
        "poor-villages-delisted-completion": ("poor-villages-delisted", "poor-villages-delisted"),
        "nowhere-completion": ("poor-villages-delisted", "poor-villages-delisted"),
        "poor-counties-delisted-completion": ("poor-counties-delisted", "forest-cover"),
    }
    rows = review.statements(made_of, found, own).set_index("indicator")
    assert rows.index.tolist() == list(made_of)[:2]  # the others lack a figure
    assert rows.loc["people-lifted-completion", ["part", "whole", "stated"]].tolist() == [33.38, 20.93, 159.6]
    assert rows.at["people-lifted-completion", "whole_id"] in set(own["id"])
    assert rows.at["poor-villages-delisted-completion", "whole"] == 220
    assert rows.at["poor-villages-delisted-completion", "whole_id"] in set(targets["id"])


@pytest.mark.parametrize("count", [0, 1, 3])
def test_any_number_of_targets_is_looked_back_on_at_once(count):
    values = [100.0, 80.0, 50.0][:count]
    targets = pd.DataFrame(
        [(f"x{n}", "A", "2020", value, "level") for n, value in enumerate(values)], columns=COLUMNS
    )
    rows = [
        (f"o{n}{year}", f"x{n}", "A", year, 20.0 + at, "printed")
        for n in range(3)
        for year, at in (("2015", 0.0), ("2020", 20.0))
    ]
    known = pd.DataFrame(rows, columns=["id", "indicator", "region", "period", "value", "reading"])
    targets = targets.assign(unit="人", base_period="2015")
    found = review.outcomes(progress.assess(targets, known, "2020"), known)
    for way in (found["way"], found["way_low"]):
        assert way.tolist() == pytest.approx([25.0, 100 / 3, 200 / 3][:count])
    assert found["share_high"].tolist() == pytest.approx([40.0, 50.0, 80.0][:count])


def stated(target, base):
    """What a share of 50 % is made of that a document states, by the target and the base of its whole."""
    names = ["id", "indicator", "period", "value", "unit"]
    rows = [
        ("s", "share", "2020", 50.0, "%"),
        ("p", "part", "2020", 0.2, "km"),
        ("q", "part", "2019", 9.0, "km"),
    ]
    outcome = pd.DataFrame({"id": ["t"], "indicator": ["whole"], "value": [target], "unit": ["km"]})
    outcome = outcome.assign(baseline=base, baseline_id="b")
    return review.statements({"share": ("part", "whole")}, outcome, pd.DataFrame(rows, columns=names))


@pytest.mark.parametrize(
    ("target", "base", "whole"), [(0.4, 9.0, (0.4, "t")), (0.0, 0.4, (0.4, "b")), (-1.0, 0.4, (0.4, "b"))]
)
def test_the_whole_of_a_share_is_a_target_above_zero_else_its_base(target, base, whole):
    row = stated(target, base).iloc[0]
    assert (row["whole"], row["whole_id"]) == whole
    assert row[["stated", "stated_id", "part", "part_id", "part_unit"]].tolist() == [
        50.0,
        "s",
        0.2,
        "p",
        "km",
    ]


def test_without_a_whole_above_zero_there_is_no_share():
    assert stated(0.0, 0.0).empty


def test_tables_of_outcomes_and_figures_that_lack_a_column_are_named():
    rows = pd.DataFrame(columns=["part", "part_unit", "whole", "whole_unit"])
    with pytest.raises(ValueError, match=r"statements: .*missing: stated"):
        review.recompute(rows)
    with pytest.raises(ValueError, match=r"judged: .*missing"):
        review.outcomes(pd.DataFrame(columns=COLUMNS), rows)
