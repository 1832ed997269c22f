"""What became of projections before: the figures of the benchmark are whole, and good enough to be quoted."""

import pytest

from plan_monitor.methods import record

WAYS = ["ours", "alone", "before", "shared_spread", "local_level", "theta", "simulated", "conformal"]


def test_every_way_that_was_tried_has_its_coverage_and_scores():
    rows, scores = record.coverage(), record.scores()
    assert sorted(scores.index) == sorted(WAYS)
    assert rows.groupby("way")["at"].agg(list).to_dict() == {way: [50, 80, 95] for way in WAYS}
    assert rows["value"].between(0, 1).all() and (rows["n"] > 1000).all()
    assert scores.loc["before", ["interval_score_80", "crps", "error"]].tolist() == [1, 1, 1]


def test_ranges_hold_what_they_promise():
    """The guide quotes it: ranges of 80 % held 80 % of what came on panels on which no setting was chosen."""
    rows = record.coverage().query("way == 'ours'").set_index("at")["value"]
    assert round(rows[80], 2) == 0.80
    assert rows[50] == pytest.approx(0.50, abs=0.05) and rows[95] == pytest.approx(0.95, abs=0.03)
    scores = record.scores().loc["ours"]
    assert (scores[["interval_score_80", "crps", "error"]] < 0.87).all()


def test_odds_came_true_in_every_tenth():
    tenths = record.tenths()
    assert sorted(tenths) == list(range(10))
    for place, came in tenths.items():
        assert place / 10 <= came.mean <= (place + 1) / 10 and came.n > 100
        assert came.share == pytest.approx(came.mean, abs=0.05)  # as the guide says


@pytest.mark.parametrize(
    ("probability", "place"), [(0, 0), (0.0999, 0), (0.1, 1), (0.3, 3), (0.7, 7), (1, 9)]
)
def test_the_tenth_of_a_probability(probability, place):
    assert record.tenth(probability) == place
