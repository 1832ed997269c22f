import pandas as pd
import pytest

from plan_monitor.methods import danger


def judged(*rows):
    names = ["id", "status", "rho", "kind", "baseline", "value"]
    return pd.DataFrame(rows, columns=names).assign(baseline_period="2020", period="2025")


NO_CHANCES = pd.DataFrame({"id": [], "probability": []})


def test_what_is_known_to_be_behind_comes_first_and_the_worst_of_it_before():
    rows = judged(
        ("steep", None, None, "level", 8.0, 80.0),
        ("slow", "slow", 0.7, "level", 50.0, 60.0),
        ("done", "achieved", 1.2, "level", 50.0, 60.0),
        ("away", "moving_away", -0.5, "level", 50.0, 60.0),
        ("lagging", "lagging", 0.3, "level", 50.0, 60.0),
        ("likely", None, None, "floor", 50.0, 60.0),
        ("lost", "lost", None, "floor", 50.0, 60.0),
        ("unlikely", None, None, "level", 90.0, 95.0),
    )
    odds = pd.DataFrame({"id": ["likely", "unlikely"], "probability": [0.9, 0.1]})
    found = danger.rank(rows, odds)
    assert found["id"].tolist() == ["lost", "away", "lagging", "slow", "unlikely", "steep"]
    assert found["basis"].tolist() == ["behind"] * 4 + ["unlikely", "steep"]


def test_steepness_is_growth_a_year_in_either_direction():
    found = danger.rank(
        judged(("up", None, None, "level", 50.0, 100.0), ("down", None, None, "level", 100.0, 40.0)),
        NO_CHANCES,
    )
    assert found["id"].tolist() == ["down", "up"]
    assert found["growth"].tolist() == pytest.approx([16.74, 14.87], abs=0.01)


def test_no_more_than_asked_for_and_nothing_where_nothing_is_known():
    many = judged(*[(str(i), None, None, "level", 1.0, 2.0 + i) for i in range(15)])
    assert len(danger.rank(many, NO_CHANCES)) == 10
    assert danger.rank(judged(("a", None, None, "text", None, None)), NO_CHANCES).empty
