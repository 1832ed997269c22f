import pandas as pd
import pytest

from plan_monitor.methods import promises
from plan_monitor.methods.places import places_and_pupils

YEARS = ("2019", "2020", "2021")
LEVELS = {
    "preschool": ("preschool-places", "preschool-places-new", "kindergarten-children"),
    "primary": ("primary-places", "primary-places-new", "primary-students"),
    "nowhere": ("no-places", "no-places-new", "no-pupils"),
}


@pytest.fixture(scope="module")
def table(shipped):
    plan = shipped.select(document="edu-145", region="532300")
    judged = promises.judge(plan, "2025-12")
    due = judged[judged["period"].eq("2025")]
    return places_and_pupils(due, shipped.observations, LEVELS, "100000", "2025-12").set_index("level")


def test_the_plan_expects_more_children_while_the_nation_has_fewer(table):
    """7.63 / 6.61 and, in the nation, 3583.99 / 4818.26; 3.5 × 10 000 places are added."""
    row = table.loc["preschool"]
    assert row["planned"] == pytest.approx(15.43, abs=0.01)
    assert row["elsewhere"] == pytest.approx(-25.62, abs=0.01)
    # as printed 6.605 to 6.615 and 7.625 to 7.635
    assert row[["planned_low", "planned_high"]].tolist() == pytest.approx([15.268, 15.594], abs=0.001)
    assert row["elsewhere_low"] < row["elsewhere"] < row["elsewhere_high"] < row["elsewhere_low"] + 0.001
    assert (row["elsewhere_first"], row["elsewhere_last"]) == ("2020", "2024")
    assert row["added"] == 3.5 and row["spare"] == pytest.approx(1 - 7.63 / 10.06)
    assert row[["start_id", "pupils_id", "elsewhere_ids"]].tolist() == [
        *("edu-145-144", "edu-145-145", ["obs-199", "obs-203"]),
    ]


def test_a_level_without_figures_elsewhere_has_no_comparison_and_one_without_a_plan_no_row(table):
    assert list(table.index) == ["preschool", "primary"]
    assert table.loc["primary"][["elsewhere", "elsewhere_first"]].isna().all()


def test_only_what_was_known_at_the_date_is_compared(shipped):
    judged = promises.judge(shipped.select(document="edu-145", region="532300"), "2022")
    due = judged[judged["period"].eq("2025")]
    row = places_and_pupils(due, shipped.observations, LEVELS, "100000", "2022").iloc[0]
    assert row["elsewhere_last"] == "2022" and row["elsewhere"] == pytest.approx(-3.96, abs=0.01)


def test_from_none_or_an_unknown_number_there_is_no_change(shipped):
    judged = promises.judge(shipped.select(document="edu-145", region="532300"), "2022")
    due = judged[judged["period"].eq("2025")]
    for start in (0.0, float("nan")):
        rows = places_and_pupils(due.assign(baseline=start), shipped.observations, LEVELS, "100000", "2022")
        assert rows[["planned", "planned_low", "planned_high"]].isna().all(axis=None)


def test_there_is_no_change_elsewhere_without_a_later_year(shipped):
    judged = promises.judge(shipped.select(document="edu-145", region="532300"), "2022")
    due = judged[judged["period"].eq("2025")]
    found = {
        as_of: places_and_pupils(due, shipped.observations, LEVELS, "100000", as_of).iloc[0]
        for as_of in YEARS
    }
    assert [bool(pd.isna(found[as_of]["elsewhere"])) for as_of in YEARS] == [True, True, False]


def compared(*figures, since="2020-12", pupils=0.9, start=0.6):
    """One level of schools, pupils planned from `start` on, beside yearly figures elsewhere."""
    needed = {"id": "t", "indicator": "pupils", "period": "2025", "value": pupils, "unit": "人"}
    needed |= {"baseline": start, "baseline_period": since, "baseline_id": "b"}
    targets = pd.DataFrame([needed, needed | {"id": "u", "indicator": "places", "value": 1.2}])
    rows = [(f"o{n}", "pupils", "E", period, value, "人") for n, (period, value) in enumerate(figures)]
    observed = pd.DataFrame(rows, columns=["id", "indicator", "region", "period", "value", "unit"])
    levels = {"one": ("places", "added", "pupils"), "other": ("places", "added", "none")}
    table = places_and_pupils(targets, observed, levels, "E", "2025")
    assert table["level"].tolist() == ["one"]  # the other expects no number of pupils
    return table


def test_pupils_of_less_than_one_unit_change_as_well():
    row = compared(("2020-12", 10.0), ("2022", 15.0), ("2023-12", 8.0)).iloc[0]
    assert row[["planned", "elsewhere", "spare"]].tolist() == pytest.approx([50.0, -20.0, 0.25])
    assert row[["elsewhere_first", "elsewhere_last"]].tolist() == ["2020-12", "2023-12"]
    assert row["elsewhere_ids"] == ["o0", "o2"] and row["due"] == "2025"


@pytest.mark.parametrize(
    ("figures", "since"),
    [
        ([("2019", 10.0), ("2021", 15.0)], "2020-12"),  # none of the year that the plan counts from
        ([("2019", 10.0), ("2020-12", 15.0)], "2020"),  # none since
        ([("2020", 10.0), ("2021", 15.0)], None),
        ([], "2020"),
    ],
)
def test_without_figures_of_both_years_nothing_is_said_of_elsewhere(figures, since):
    table = compared(*figures, since=since)
    names = [
        "elsewhere",
        "elsewhere_low",
        "elsewhere_high",
        "elsewhere_first",
        "elsewhere_last",
        "elsewhere_ids",
    ]
    assert table[names].isna().all(axis=None)
    assert "index" not in table


@pytest.mark.parametrize(
    ("start", "pupils"), [(0.0, 0.9), (float("nan"), 0.9), (0.6, float("nan")), (-1.0, 0.9)]
)
def test_no_change_leads_from_nothing_or_to_an_unknown_number(start, pupils):
    row = compared(("2020", 10.0), ("2022", 15.0), start=start, pupils=pupils).iloc[0]
    assert row[["planned", "planned_low", "planned_high"]].isna().all() and row["elsewhere"] == pytest.approx(
        50
    )
