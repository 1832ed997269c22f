"""The outlook for a plan's targets, on the published enrolment series of the 13th plan."""

import pandas as pd
import pytest

from plan_monitor.methods import forecast
from plan_monitor.methods.prospects import chances, fans, of_others

# preschool gross enrolment, 2015-2020, table of the 13th plan
PUBLISHED = [61.87, 72.89, 77.24, 81.95, 84.39, 91.00]
COLUMNS = ["id", "indicator", "region", "period", "value"]


@pytest.fixture
def history():
    rows = [(f"o-{i}", "preschool", "r", str(2015 + i), value) for i, value in enumerate(PUBLISHED)]
    return pd.DataFrame(rows, columns=COLUMNS)


def targets(*rows):
    columns = ["id", "indicator", "region", "period", "comparator", "value", "direction"]
    return pd.DataFrame(rows, columns=columns)


def test_a_fan_starts_at_the_last_figure_and_stays_in_bounds(history):
    fan = fans(history, ["preschool"], "r", "2025", 0, 100)
    assert fan["year"].tolist() == list(range(2020, 2026))
    assert fan.iloc[0][["median", "lower_80", "upper_95"]].tolist() == [91.0, 91.0, 91.0]
    assert fan[["lower_95", "upper_95"]].stack().between(0, 100).all()
    ordered = fan[["lower_95", "lower_80", "median", "upper_80", "upper_95"]]
    assert (ordered.diff(axis=1).iloc[:, 1:] >= 0).all(axis=None)


def test_a_chance_agrees_with_the_forecast_it_rests_on(history):
    row = chances(targets(("t", "preschool", "r", "2025", "=", 95.0, "up")), history, "2021", 0, 100).iloc[0]
    past = pd.Series(PUBLISHED, index=range(2015, 2021))
    assert row["probability"] == forecast.attainment_probability(past, 2025, 95.0, ">=", 0, 100)
    assert (row["last"], row["last_period"], row["last_id"]) == (91.0, "2020", "o-5")
    assert row["lower_95"] < 95 < row["median"]


def test_at_the_median_the_chance_is_one_half(history):
    row = chances(targets(("t", "preschool", "r", "2025", ">=", 95.0, "up")), history, "2021", 0, 100).iloc[0]
    even = chances(
        targets(("t", "preschool", "r", "2025", ">=", row["median"], "up")), history, "2021", 0, 100
    )
    assert even["probability"].iloc[0] == pytest.approx(0.5)


def test_a_target_downwards_asks_for_less(history):
    up = chances(targets(("t", "preschool", "r", "2025", "=", 95.0, "up")), history, "2021", 0, 100)
    down = chances(targets(("t", "preschool", "r", "2025", "=", 95.0, "down")), history, "2021", 0, 100)
    assert up["probability"].iloc[0] + down["probability"].iloc[0] == pytest.approx(1)


@pytest.mark.parametrize(
    ("comparator", "direction", "n"), [("=", "neutral", 0), (">=", "neutral", 1), ("about", "up", 1)]
)
def test_an_exact_value_has_no_chance(history, comparator, direction, n):
    asked = targets(("t", "preschool", "r", "2025", comparator, 95.0, direction))
    assert len(chances(asked, history, "2021", 0, 100)) == n


def test_two_points_and_targets_already_due_are_left_out(history):
    assert fans(history.iloc[:2], ["preschool"], "r", "2025", 0, 100).empty
    assert fans(history, ["preschool"], "r", "2020", 0, 100).empty
    late = targets(
        ("t", "preschool", "r", "2020", "=", 95.0, "up"), ("u", "other", "r", "2025", "=", 9.0, "up")
    )
    assert chances(late, history, "2021", 0, 100).empty


def test_a_year_that_is_over_has_no_probability(history):
    goal = targets(("t", "preschool", "r", "2025", "=", 95.0, "up"))
    assert len(chances(goal, history, "2025-11", 0, 100)) == 1
    assert chances(goal, history, "2025-12", 0, 100).empty


def test_a_chance_rests_on_what_was_known_at_the_date(history):
    goal = targets(("t", "preschool", "r", "2025", "=", 95.0, "up"))
    row = chances(goal, history, "2019", 0, 100).iloc[0]
    assert (row["last"], row["last_period"]) == (84.39, "2019")


def test_three_years_can_be_projected_and_one_year_ahead(history):
    assert fans(history.iloc[:3], ["preschool"], "r", "2018", 0, 100)["year"].tolist() == [2017, 2018]
    assert fans(history, ["preschool"], "r", "2021", 0, 91).empty is False
    assert fans(history, ["preschool"], "r", "2021", 0, 90.9).empty  # a figure lies outside


@pytest.mark.parametrize(("many", "is_shared"), [(30, False), (31, True)])
def test_among_more_than_thirty_series_ones_own_makes_no_difference(many, is_shared):
    series = {n: pd.Series([50.0, 51.0 + n / 10, 52.0], index=[2019, 2020, 2021]) for n in range(many)}
    typical = of_others(series, 0, 100)
    assert (typical(0) == typical(many - 1)) is is_shared


def test_a_series_ends_where_its_fan_begins(history):
    fan = fans(history, ["preschool", "none"], "r", "2022", 0, 100)
    assert fan.columns.tolist() == [
        "indicator",
        "year",
        "median",
        "lower_80",
        "upper_80",
        "lower_95",
        "upper_95",
    ]
    assert fan["year"].tolist() == [2020, 2021, 2022]
    past = pd.Series(PUBLISHED, index=range(2015, 2021))
    ahead = forecast.project(past, [2021, 2022], 0, 100)
    assert fan["median"].tolist() == pytest.approx([91.0, *ahead["median"]])


def test_tables_that_lack_a_column_are_named(history):
    goal = targets(("t", "preschool", "r", "2025", "=", 95.0, "up"))
    with pytest.raises(ValueError, match=r"targets: .*missing: direction"):
        chances(goal.drop(columns="direction"), history, "2021", 0, 100)
    with pytest.raises(ValueError, match=r"history: .*missing: id"):
        chances(goal, history.drop(columns="id"), "2021", 0, 100)


def test_a_series_with_a_figure_outside_the_bounds_has_no_chance(history):
    goal = targets(("t", "preschool", "r", "2025", "=", 90.0, "up"))
    assert chances(goal, history, "2021", 0, 90.9).empty and len(chances(goal, history, "2021", 0, 91)) == 1
    assert chances(goal, history.iloc[:2], "2021", 0, 100).empty
