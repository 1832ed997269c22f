"""Sharing out what a school of several levels has."""

import numpy as np
import pandas as pd
import pytest

from plan_monitor.balance import evaluate_schools, split_levels, with_additions

COLUMNS = ["region", "period", "code", "type", "level", "students", "teaching_area", "backbone_teachers"]


def rows(*given):
    return pd.DataFrame([("A", "2024", *row) for row in given], columns=COLUMNS)


def test_the_published_example(shipped):
    """A nine-year school: 166 primary and 210 junior pupils, 23 226 books; printed: 9 711 and 13 515."""
    school = rows(
        ("1", "nine-year", "primary", 166, None, 3),
        ("1", "nine-year", "junior", 210, None, 4),
        ("1", "nine-year", "whole", None, 23226, None),
    )
    parts = split_levels(school, shipped.level_weights)
    per_pupil = 23226 / (166 + 1.1 * 210)
    assert round(per_pupil, 1) == 58.5  # printed, and then multiplied by 166
    assert parts["teaching_area"].tolist() == pytest.approx([166 * per_pupil, 1.1 * 210 * per_pupil])
    assert int(58.5 * 166) == 9711
    assert parts["backbone_teachers"].tolist() == [3, 4]  # teachers stay where they teach


def test_senior_pupils_take_their_part_and_leave(shipped):
    school = rows(
        ("1", "twelve-year", "primary", 100, None, 0),
        ("1", "twelve-year", "junior", 100, None, 0),
        ("1", "twelve-year", "senior", 100, None, 0),
        ("1", "twelve-year", "whole", None, 342, None),
        ("2", "complete", "junior", 100, None, 0),
        ("2", "complete", "senior", 100, None, 0),
        ("2", "complete", "whole", None, 220, None),
    )
    parts = split_levels(school, shipped.level_weights)
    assert parts[["code", "level"]].values.tolist() == [["1", "primary"], ["1", "junior"], ["2", "junior"]]
    assert parts["teaching_area"].tolist() == pytest.approx([100, 110, 100])


def test_a_level_keeps_its_own_figure_and_what_is_missing_stays_missing(shipped):
    school = rows(
        ("1", "nine-year", "primary", 100, 450, 1),
        ("1", "nine-year", "junior", 100, None, 1),
        ("1", "nine-year", "whole", None, None, None),
        ("2", "primary", "primary", 50, 200, 0),
    )
    parts = split_levels(school, shipped.level_weights)
    assert parts["teaching_area"].tolist()[::2] == [450, 200]
    assert np.isnan(parts["teaching_area"][1])


def test_nothing_to_split_is_left_alone(shipped):
    school = rows(("2", "primary", "primary", 50, 200, 0), ("3", "junior", "junior", 0, 10, 0))
    pd.testing.assert_frame_equal(split_levels(school, shipped.level_weights), school)


def test_a_level_without_weight_or_number_of_pupils_is_refused(shipped):
    whole = ("1", "nine-year", "whole", None, 9, None)
    unknown = rows(
        ("1", "nine-year", "primary", None, None, 0), ("1", "nine-year", "junior", 9, None, 0), whole
    )
    with pytest.raises(ValueError, match="to share out by: 1"):
        split_levels(unknown, shipped.level_weights)
    odd = rows(("1", "primary", "primary", 10, None, 0), ("1", "primary", "whole", None, 9, None))
    with pytest.raises(ValueError, match="no weight given to share out by: 1"):
        split_levels(odd, shipped.level_weights)


def test_a_school_that_nobody_attends_has_nothing_to_share_out(shipped, standard):
    closed = shipped.schools[shipped.schools["type"] == "nine-year"].copy()
    closed["students"] = closed["students"].where(closed["students"].isna(), 0)
    judged = evaluate_schools(split_levels(closed, shipped.level_weights), standard)
    assert set(judged["status"]) == {"no_students"}


def test_additions_go_where_the_figure_stood(shipped):
    schools = shipped.schools
    nine = schools.loc[schools["type"] == "nine-year", ["region", "period", "code"]].iloc[0]
    row = {**nine, "level": "junior"}
    additions = pd.DataFrame(
        [
            row | {"column": "sports_area", "addition": 100.0},
            row | {"column": "backbone_teachers", "addition": 2.0},
        ]
    )
    after = with_additions(schools, additions)
    changed = after[["sports_area", "backbone_teachers"]].fillna(0) - schools[
        ["sports_area", "backbone_teachers"]
    ].fillna(0)
    where = schools["level"].where(changed.any(axis=1)).dropna()
    assert where.tolist() == ["junior", "whole"]
    assert changed.sum().tolist() == [100, 2]
    split = [split_levels(table, shipped.level_weights)["sports_area"].sum() for table in (schools, after)]
    assert split[1] - split[0] == pytest.approx(100)  # both levels together


def test_tables_of_schools_and_weights_are_asked_for_their_columns(shipped):
    school = rows(("1", "primary", "primary", 10, None, 0))
    with pytest.raises(ValueError, match=r"schools: column\(s\) missing: code, type"):
        split_levels(school.drop(columns=["code", "type"]), shipped.level_weights)
    with pytest.raises(ValueError, match=r"weights: column\(s\) missing: weight"):
        split_levels(school, shipped.level_weights.drop(columns="weight"))


def test_only_a_school_with_something_to_share_out_needs_weights_and_pupils(shipped):
    others = (("2", "primary", "primary", None, 5, 0), ("3", "odd", "primary", 7, None, 0))
    whole = ("1", "odd", "whole", None, 9, None)
    with pytest.raises(ValueError, match=r"to share out by: 1$"):
        split_levels(rows(*others, ("1", "odd", "primary", 10, None, 0), whole), shipped.level_weights)
    nine = (("1", "nine-year", "primary", 10, None, 0), ("1", "nine-year", "junior", 10, None, 0))
    parts = split_levels(
        rows(*others, *nine, ("1", "nine-year", "whole", None, 42, None)), shipped.level_weights
    )
    assert parts.columns.tolist() == COLUMNS
    assert parts["teaching_area"].fillna(-1).tolist() == pytest.approx([5, -1, 20, 22])


def test_an_addition_to_a_level_with_a_figure_of_its_own_goes_there():
    """Where both rows have one, the level's own is what is counted."""
    school = rows(
        ("1", "nine-year", "primary", 100, 450, 1),
        ("1", "nine-year", "junior", 100, None, 1),
        ("1", "nine-year", "whole", None, 900, None),
    )
    added = pd.DataFrame(
        [
            ("A", "2024", "1", level, "teaching_area", more)
            for level, more in (("primary", 7.0), ("junior", 5.0))
        ],
        columns=["region", "period", "code", "level", "column", "addition"],
    )
    after = with_additions(school.set_axis([7, 8, 9]), added)
    assert after.columns.tolist() == COLUMNS
    assert after["teaching_area"].fillna(0).tolist() == [457, 0, 905]
