"""The rolling origin: scores by hand, nobody looks ahead, odds, and ranges that hold as often as they say."""

import math
from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest

from plan_monitor.methods.backtest import backtest, odds, share_interval, trials
from plan_monitor.methods.forecast import attainment_probability, project, typical

MEANS = [
    *("coverage_50", "coverage_80", "coverage_95", "interval_score_80", "crps", "error", "error_naive"),
]


class Even(NamedTuple):
    """Anything from 0 to 20 is equally likely, in each of some years."""

    count: int

    def quantile(self, probability):
        return np.full(self.count, 20.0 * probability)

    def above(self, value):
        return np.full(self.count, np.clip(1 - value / 20, 0, 1))


def even(past, future, others):
    return Even(len(future))


def yearly(values, last=2023):
    return pd.Series(values, index=range(last + 1 - len(values), last + 1), dtype=float)


def test_scores_by_hand():
    """0, 5, 10 known, 20 came; ranges 2 to 18 and 0.5 to 19.5, median 10, a mean change of 20/3 a year.

    The interval score is 16 + 10 · 2. The CRPS is 2/19 of the sum of p (20 − 20 p) over p = 0.05 … 0.95,
    that is 40/19 (9.5 − 6.175) = 7, where the integral would be 20/3. Growth of 5 a year, at half, once and
    one and a half times: 12.5, 15, 17.5.
    """
    row = trials({"a": yearly([0, 5, 10, 20])}, horizons=[1], forecaster=even).iloc[0]
    assert row[["series", "origin", "length", "horizon"]].tolist() == ["a", 2022.0, 3, 1]
    assert not row["coverage_80"] and not row["coverage_95"]
    scores = row[["interval_score_80", "crps", "error", "error_naive"]].astype(float)
    assert scores.tolist() == pytest.approx([36 * 0.15, 7 * 0.15, 10 * 0.15, 10 * 0.15])
    assert row["said"] == pytest.approx([0.375, 0.25, 0.125]) and row["came"] == [True, True, True]


def test_scores_of_a_figure_in_the_middle_by_hand():
    """The CRPS is 4/19 of the sum of k/20 · (10 − k) over k = 1 … 9: 33/19."""
    row = trials([yearly([0, 5, 15, 10])], horizons=[1], forecaster=even).iloc[0]
    assert row["coverage_80"] and row["coverage_95"]
    assert row["crps"] == pytest.approx(33 / 19 / (20 / 3))
    assert row["interval_score_80"] == pytest.approx(16 / (20 / 3))
    assert row["error"] == 0.0 and row["error_naive"] == pytest.approx(5 / (20 / 3))


@pytest.mark.parametrize(
    ("came", "eighty", "most", "score"),
    [
        (1.0, False, True, 16 + 10),
        (19.0, False, True, 16 + 10),
        (0.6, False, True, 16 + 14),
        (0.4, False, False, 16 + 16),
        (19.6, False, False, 16 + 16),
        (2.0, True, True, 16),
        (18.0, True, True, 16),
        (2 - 1e-12, True, True, 16),  # floating-point noise
        (19.5 + 1e-12, False, True, 16 + 15),
    ],
)
def test_ranges_hold_their_ends_and_misses_cost(came, eighty, most, score):
    row = trials([yearly([4, 8, 8, came])], horizons=[1], forecaster=even).iloc[0]
    assert (row["coverage_80"], row["coverage_95"]) == (eighty, most)
    assert row["interval_score_80"] == pytest.approx(score / ((4 + abs(8 - came)) / 3))


def test_a_falling_series_is_hoped_to_fall():
    """20, 15, 10, then 5: asked for at most 7.5, 5 and 2.5."""
    row = trials([yearly([20, 15, 10, 5])], horizons=[1], forecaster=even).iloc[0]
    assert row["said"] == pytest.approx([0.375, 0.25, 0.125]) and row["came"] == [True, True, False]


def test_targets_that_are_met_but_for_floating_point_noise():
    rising, falling = yearly([0.6, 0.7, 0.8, 0.9]), yearly([1.6, 1.5, 1.4, 1.3])
    for series in (rising, falling):
        assert trials([series], horizons=[1], forecaster=even)["came"].iloc[0] == [True, True, False]


@pytest.mark.parametrize("lower", [0, None, math.nan])
def test_targets_stop_at_the_bounds(lower):
    """10 and 5 a year, three years on: 17.5 and, not 25 or 32.5, 18."""
    row = trials([yearly([0, 5, 10, 17, 17, 18])], lower, 18, [3], even).iloc[0]
    assert row["said"] == pytest.approx([0.125, 0.1, 0.1]) and row["came"] == [True, True, True]
    row = trials([yearly([18, 13, 8, 1, 1, 2])], 2 if lower == 0 else lower, math.nan, [3], even).iloc[0]
    expected = [0.1, 0.1, 0.1] if lower == 0 else [0.025, 0, 0]
    assert row["said"] == pytest.approx(expected) and row["came"] == [lower == 0] * 3


def test_a_series_that_did_not_change_has_no_scale_and_no_odds():
    row = trials([yearly([5, 5, 5, 5])], horizons=[1], forecaster=even).iloc[0]
    assert row[["interval_score_80", "crps", "error", "error_naive"]].isna().all()
    assert row["coverage_80"] and row["said"] == row["came"] == []
    back_again = trials([yearly([5, 8, 5, 7])], horizons=[1], forecaster=even).iloc[0]
    assert back_again["said"] == [] and back_again["error"] == pytest.approx(3 / (8 / 3))


def test_every_origin_from_the_third_point_and_every_year_observed():
    """2018, 2019, 2020, 2021 and 2024: from 2020 one year, from 2021 three; 2022 nobody published."""
    gap = pd.Series([1.0, 2.0, 4.0, 5.0, 7.0], index=[2018, 2019, 2020, 2021, 2024])
    series = {"gap": gap, "short": yearly([1, 2]), "one": yearly([1]), "none": yearly([])}
    table = trials(series, horizons=(1, 3, 4), forecaster=even)
    found = table[["series", "origin", "length", "horizon"]].to_numpy().tolist()
    assert found == [["gap", 2020.0, 3, 1], ["gap", 2020.0, 3, 4], ["gap", 2021.0, 4, 3]]
    assert table["error_naive"].tolist() == pytest.approx([1, 3, 2])  # 6 in six years


def test_periods_may_be_text_and_figures_missing():
    years = trials([yearly([1, 2, 4, 5])], forecaster=even)
    text = pd.Series([5.0, 1.0, None, 2.0, 4.0], index=["2023", "2020", "2019", "2021", "2022"])
    pd.testing.assert_frame_equal(trials([text], forecaster=even), years)


def test_what_a_forecaster_is_told():
    """Of the series the points until the origin, of the others as much, of itself nothing; and some moments."""
    first, second, third = yearly([1, 2, 3, 4, 5]), yearly([6, 7, 8, 9]), yearly([2, 4], 2020)
    told = []

    def spy(past, future, others):
        told.append((past.tolist(), future.tolist(), [other.tolist() for other in others]))
        return Even(len(future))

    trials([first, second, third], horizons=(1, 2), forecaster=spy)
    assert told == [
        ([1, 2, 3], [2022, 2023], [[6, 7], [2, 4]]),
        ([1, 2, 3, 4], [2023], [[6, 7, 8], [2, 4]]),
        ([6, 7, 8], [2023], [[1, 2, 3, 4], [2, 4]]),
    ]


def test_our_own_projection_is_that_of_the_report():
    """Ranges, median and odds of the second origin are what `project` and `attainment_probability` give."""
    series = yearly([52, 55, 54, 58, 61])
    others = [yearly([40, 42, 45, 44, 47]), yearly([61, 60, 63, 66, 66])]
    table = trials([series, *others], 0, 100, [1])
    row = table[(table["series"] == 0) & (table["length"] == 4)].iloc[0]
    past, shared = series.iloc[:4], typical([other.iloc[:4] for other in others], 0, 100)
    ahead = project(past, [2023], 0, 100, shared).loc[2023]
    assert row["error"] == pytest.approx(abs(ahead["median"] - 61) / (11 / 4))
    assert row["interval_score_80"] == pytest.approx((ahead["upper_80"] - ahead["lower_80"]) / (11 / 4))
    chances = [attainment_probability(past, 2023, 58 + pace, ">=", 0, 100, shared) for pace in (1, 2, 3)]
    assert row["said"] == pytest.approx(chances) and row["came"] == [True, True, True]


def test_later_figures_change_no_earlier_projection():
    series = [yearly([52, 55, 54, 58, 61, 60]), yearly([40, 42, 45, 44, 47, 49])]
    changed = [one.replace({one.iloc[-1]: 90.0}) for one in series]
    before, after = (trials(panel, 0, 100, [1]).query("origin < 2022") for panel in (series, changed))
    assert len(before) == 4 and before["said"].tolist() == after["said"].tolist()
    # widths of the ranges, in the unit of the series
    scales = [[one.diff().abs().sum() / 5 for one in panel] for panel in (series, changed)]
    widths = [
        table["error"].to_numpy() * table["series"].map(dict(enumerate(scale))).to_numpy()
        for table, scale in zip((before, after), scales, strict=True)
    ]
    assert widths[0] == pytest.approx(widths[1])


def tried(**columns):
    rows = pd.DataFrame({"horizon": [1, 2, 1], "length": [3, 3, 4]} | columns)
    return rows.reindex(columns=["horizon", "length", *MEANS, "said", "came"])


def test_means_by_horizon_and_by_length():
    table = tried(coverage_80=[True, False, False], error=[1.0, 2.0, 6.0], error_naive=[2.0, 4.0, 2.0])
    by_horizon, by_length = backtest(table), backtest(table, "length")
    assert by_horizon.index.tolist() == [1, 2, "total"] and by_horizon.index.name == "horizon"
    assert by_length.index.tolist() == [3, 4, "total"] and by_length.index.name == "length"
    assert by_horizon.columns.tolist() == ["n", *MEANS, "error_ratio"]
    assert by_horizon["n"].tolist() == by_length["n"].tolist() == [2, 1, 3]
    assert by_horizon["coverage_80"].tolist() == pytest.approx([0.5, 0.0, 1 / 3])
    assert by_horizon["error"].tolist() == pytest.approx([3.5, 2.0, 3.0])
    assert by_horizon["error_ratio"].tolist() == pytest.approx([7 / 4, 1 / 2, 9 / 8])
    assert by_length["error_ratio"].tolist() == pytest.approx([3 / 6, 3, 9 / 8])


def test_no_ratio_to_an_error_of_nothing():
    table = backtest(tried(error=[1.0, 2.0, 1.0], error_naive=[0.0, 4.0, 0.0]))
    assert math.isnan(table.loc[1, "error_ratio"]) and table.loc[2, "error_ratio"] == 0.5


def test_nothing_that_could_be_tried():
    for series in ([], [yearly([1, 2, 4])], {"a": yearly([1, 2, 4, 5]).drop(2022)}):
        table = trials(series, horizons=[1])
        assert table.empty and {"said", "came", "length", *MEANS} <= set(table.columns)
        total = backtest(table)
        assert total.index.tolist() == ["total"] and total["n"].tolist() == [0]
        assert total.drop(columns="n").isna().all(axis=None)
        found = odds(table)
        assert found.tenths.empty and math.isnan(found.brier) and math.isnan(found.brier_base)


def test_odds_by_hand():
    """Of 0.05 and 0.35 (twice) nothing, once and once came; 0.3 is the fourth tenth, 1 the last.

    Brier: (0.05² + 0.65² + 0.35² + 0.7² + 0) / 5; three of five came: 0.6 · 0.4.
    """
    said = [[0.05, 0.35, 0.35], [], [0.3, 1.0]]
    came = [[False, True, False], [], [True, True]]
    found = odds(tried(said=said, came=came))
    assert found.tenths.index.tolist() == [0, 3, 9] and found.tenths.index.name == "tenth"
    assert found.tenths["n"].tolist() == [1, 3, 1]
    assert found.tenths["said"].tolist() == pytest.approx([0.05, 1 / 3, 1.0])
    assert found.tenths["came"].tolist() == pytest.approx([0.0, 2 / 3, 1.0])
    assert found.brier == pytest.approx((0.0025 + 0.4225 + 0.1225 + 0.49) / 5)
    assert found.brier_base == pytest.approx(0.24)


def walks(count, years, rng):
    """Random walks with a little common growth, each with a spread of its own."""
    scales = 1.5 * np.sqrt(6 / rng.chisquare(6, count))
    return [yearly((50 + (rng.normal(0.3, 1, years) * scale).cumsum()).round(2)) for scale in scales]


@pytest.mark.slow
def test_ranges_hold_as_often_as_they_promise():
    """Three panels of simulated series, fixed seed; the odds come true about as often as they say."""
    rng = np.random.default_rng(20)
    table = pd.concat([trials(walks(24, 9, rng), horizons=[1, 2, 3]) for _ in range(3)])
    total = backtest(table).loc["total"]
    assert total["coverage_80"] == pytest.approx(0.80, abs=0.04)
    assert total["coverage_95"] == pytest.approx(0.95, abs=0.03)
    found = odds(table)
    large = found.tenths[found.tenths["n"] >= 100]
    assert (large["said"] - large["came"]).abs().max() < 0.1 and len(large) >= 4
    assert found.brier < found.brier_base


def test_the_interval_of_a_share_is_drawn_from_whole_series():
    def tried(*series):
        rows = [(name, float(inside)) for name, some in enumerate(series) for inside in some]
        return pd.DataFrame(rows, columns=["series", "coverage_80"])

    assert np.isnan(share_interval(tried([1, 0, 1]))).all()
    assert share_interval(tried([1, 1], [1])) == (1, 1)
    assert share_interval(tried([1], [0])) == (0, 1)
    assert share_interval(tried([1, 0], [0, 1, 0, 1])) == (0.5, 0.5)  # each has one half


@pytest.mark.parametrize(
    ("came", "fifty"), [(4.9, False), (5.0, True), (10.0, True), (15.0, True), (15.1, False)]
)
def test_the_range_of_fifty_percent_goes_from_one_quarter_to_three(came, fifty):
    row = trials([yearly([4, 8, 8, came])], horizons=[1], forecaster=even).iloc[0]
    assert row["coverage_50"] == fifty


def test_one_to_three_years_ahead_unless_others_are_asked_for():
    table = trials([yearly([1, 2, 4, 5, 7, 9, 10])], forecaster=even)
    assert table["horizon"].tolist() == [1, 2, 3, 1, 2, 3, 1, 2, 1]
    assert table["length"].tolist() == [3, 3, 3, 4, 4, 4, 5, 5, 6]


def test_a_small_error_of_the_naive_way_is_one_as_well():
    table = backtest(tried(error=[0.25, 2.0, 0.25], error_naive=[0.5, 4.0, 0.5]))
    assert table.loc[1, "error_ratio"] == 0.5


def test_a_tenth_is_one_of_ten():
    found = odds(tried(said=[[0.19, 0.91], [0.89], [1.0]], came=[[False, True], [True], [True]]))
    assert found.tenths["n"].to_dict() == {1: 1, 8: 1, 9: 2}


def test_the_same_trials_have_the_same_interval_tomorrow():
    """A thousand draws from a fixed seed: one more, or another seed, and it is another."""
    shares = [[0.31, 0.77, 0.12], [0.93], [0.41, 0.58], [0.05, 0.86, 0.64, 0.99], [0.27]]
    rows = [(name, share) for name, some in enumerate(shares) for share in some]
    low, high = share_interval(pd.DataFrame(rows, columns=["series", "coverage_80"]))
    assert low == pytest.approx(0.45475, abs=1e-9) and high == pytest.approx(5.66 / 9, abs=1e-9)


@pytest.mark.parametrize("values", [[9, 9.5, 10, 10.6], [11, 10.5, 10, 9.4]])
def test_a_slow_series_is_hoped_to_go_on_as_well(values):
    """Half a unit a year: 10.25, 10.5 and 10.75 of 20, or as far below 10."""
    row = trials([yearly(values)], horizons=[1], forecaster=even).iloc[0]
    assert row["said"] == pytest.approx([0.4875, 0.475, 0.4625]) and row["came"] == [True, True, False]


class Sure(NamedTuple):
    """Nothing but zero."""

    count: int

    def quantile(self, probability):
        return np.zeros(self.count)

    def above(self, value):
        return np.full(self.count, float(value < 0))


def test_a_range_of_one_value_holds_that_value():
    row = trials([yearly([4, 2, 1, 0])], horizons=[1], forecaster=lambda past, future, others: Sure(1)).iloc[
        0
    ]
    assert row["coverage_50"] and row["coverage_95"] and row["crps"] == row["interval_score_80"] == 0
