import pandas as pd
import pytest

from plan_monitor.methods import danger


def judged(*rows):
    names = ["id", "status", "rho", "kind", "baseline", "value"]
    return pd.DataFrame(rows, columns=names).assign(baseline_period="2020", period="2025", unit="%")


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
        ("even", None, None, "level", 90.0, 95.0),
    )
    odds = pd.DataFrame({"id": ["likely", "unlikely", "even"], "probability": [0.9, 0.1, 0.5]})
    found = danger.rank(rows, odds)
    assert found["id"].tolist() == ["lost", "away", "lagging", "slow", "unlikely"]
    assert found["basis"].tolist() == ["behind"] * 4 + ["unlikely"]
    assert found["probability"].iloc[-1] == 0.1


def test_a_steep_promise_is_no_evidence_of_danger():
    assert danger.rank(judged(("a", None, None, "level", 8.42, 80.0)), NO_CHANCES).empty


def test_ways_are_points_a_year_in_either_direction():
    rows = judged(
        ("up", None, None, "level", 50.0, 60.0),
        ("down", None, None, "level", 40.0, 25.0),
        ("kept", None, None, "floor", 98.88, 98.0),
        ("from nothing known", None, None, "level", None, 60.0),
    )
    ways = danger.longest_ways(rows)
    assert ways["id"].tolist() == ["down", "up"]
    assert ways["points_per_year"].tolist() == pytest.approx([-3.0, 2.0])
    # the bases were 39.5 to 40.5 and 49.5 to 50.5 before they were rounded
    assert ways["points_low"].tolist() == pytest.approx([-3.1, 1.9])
    assert ways["points_high"].tolist() == pytest.approx([-2.9, 2.1])
    assert danger.longest_ways(rows, count=1)["id"].tolist() == ["down"]


def test_a_share_and_its_complement_have_ways_of_one_length():
    share, rest = (
        judged(("a", None, None, "level", 8.0, 80.0)),
        judged(("a", None, None, "level", 92.0, 20.0)),
    )
    lengths = [danger.longest_ways(rows)["points_per_year"].iloc[0] for rows in (share, rest)]
    assert lengths == pytest.approx([14.4, -14.4])


def test_ten_ways_are_shown_and_those_of_everybody_count_as_well():
    rows = judged(*[(f"t{n}", None, None, "coverage", 50.0, 60.0 + n) for n in range(12)])
    found = danger.longest_ways(rows)
    assert found["id"].tolist() == [f"t{n}" for n in range(11, 1, -1)]
    other = danger.longest_ways(rows[:1].assign(baseline_period="2021-12", period="2023-12"))
    assert other["points_per_year"].tolist() == [5.0]
    assert danger.longest_ways(rows.assign(unit="km")).empty


@pytest.mark.parametrize("lacking", ["id", "status", "rho"])
def test_a_table_that_lacks_a_column_is_named(lacking):
    with pytest.raises(ValueError, match=rf"judged: .*missing: {lacking}"):
        danger.rank(judged().drop(columns=lacking), NO_CHANCES)


def test_tables_of_chances_and_of_shares_that_lack_a_column_are_named():
    with pytest.raises(ValueError, match=r"chances: .*missing: probability"):
        danger.rank(judged(), NO_CHANCES[["id"]])
    with pytest.raises(ValueError, match=r"judged: .*missing: baseline_period"):
        danger.longest_ways(judged().drop(columns="baseline_period"))


def test_of_those_behind_alike_the_one_that_has_come_least_far_comes_first():
    rows = judged(*[(name, "slow", rho, "level", 50.0, 60.0) for name, rho in (("b", 0.9), ("a", 0.7))])
    assert danger.rank(rows, NO_CHANCES)["id"].tolist() == ["a", "b"]
    odds = pd.DataFrame({"id": ["c", "d"], "probability": [0.4, 0.3]})
    unlikely = judged(*[(name, None, None, "level", 50.0, 60.0) for name in ("c", "d")])
    found = danger.rank(unlikely, odds)
    assert found["id"].tolist() == ["d", "c"] and found["probability"].tolist() == [0.3, 0.4]
    assert "place" not in danger.rank(rows, NO_CHANCES)
