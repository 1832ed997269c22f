"""The county's verdict: aspects, items, what is open, and what the school table answers by itself."""

import pandas as pd
import pytest

from balance_schools import school, schools
from plan_monitor.balance import evaluate_county

ROOMY = {
    **{"classes": 24, "largest_class": 44, "music_rooms": 2, "smallest_music_room": 96},
    **{"art_rooms": 2, "smallest_art_room": 90},
}
GOOD = schools(school("1", **ROOMY), school("2", "junior", **ROOMY))


def all_answered(standard, **changes):
    """Every item answered just well enough, but for the changes: standard id (with _) → value or answer."""
    rows = []
    for row in standard[
        standard["group"].isin(["government", "quality", "recognition", "veto"])
    ].itertuples():
        value = row.threshold - (0.01 if row.comparator == "<" else 0)
        answer = None if pd.notna(value) else "no" if row.group == "veto" else "yes"
        change = changes.get(row.id.replace("-", "_"), value if answer is None else answer)
        if change is not None:
            rows.append((row.id, change if answer is None else None, answer and change))
    return pd.DataFrame(rows, columns=["standard", "value", "answer"])


def aspect(verdict, name):
    row = verdict.aspects.set_index("aspect").loc[name]
    return [*row[["met", "not_met", "open", "total"]], row["status"]]


def test_a_county_that_passes(standard):
    verdict = evaluate_county(GOOD, all_answered(standard), standard)
    assert verdict.status == "passes"
    assert aspect(verdict, "schools") == [2, 0, 0, 2, "passes"]
    assert aspect(verdict, "coefficients") == [14, 0, 0, 14, "passes"]  # one school a level: 0
    assert aspect(verdict, "government") == [15, 0, 0, 15, "passes"]
    assert aspect(verdict, "quality") == [9, 0, 0, 9, "passes"]
    assert aspect(verdict, "recognition") == [1, 0, 0, 1, "passes"]
    assert aspect(verdict, "veto") == [6, 0, 0, 6, "passes"]


@pytest.mark.parametrize(
    ("changes", "name", "expected"),
    [
        ({"std_034": None}, "government", [14, 0, 1, 15, "open"]),
        ({"std_020": None, "std_021": None}, "government", [14, 0, 1, 15, "open"]),  # one item, two standards
        ({"std_020": None, "std_021": "no"}, "government", [14, 1, 0, 15, "fails"]),
        ({"std_041": 99.9}, "government", [14, 1, 0, 15, "fails"]),  # nearby enrolment: 100 % primary ...
        ({"std_042": 95.0}, "government", [15, 0, 0, 15, "passes"]),  # ... and 95 % junior
        ({"std_042": 94.9}, "government", [14, 1, 0, 15, "fails"]),
        ({"std_056": 0.15}, "quality", [8, 1, 0, 9, "fails"]),  # below 0.15
        ({"std_058": 84.9}, "recognition", [0, 1, 0, 1, "fails"]),
        ({"std_061": "yes"}, "veto", [5, 1, 0, 6, "fails"]),
        ({"std_064": None}, "veto", [5, 0, 1, 6, "open"]),
    ],
)
def test_one_item_decides(standard, changes, name, expected):
    verdict = evaluate_county(GOOD, all_answered(standard, **changes), standard)
    assert aspect(verdict, name) == expected
    assert verdict.status == expected[-1]


def test_without_answers_only_schools_speak(standard):
    verdict = evaluate_county(GOOD, all_answered(standard).iloc[:0], standard)
    assert verdict.status == "open"
    assert aspect(verdict, "government") == [3, 0, 12, 15, "open"]  # class and school size, special rooms
    by_source = verdict.items.groupby("source", dropna=False)["id"].agg(list)
    assert by_source["schools"] == [f"std-0{n}" for n in range(24, 32)]


@pytest.mark.parametrize(
    ("change", "failing"),
    [
        ({"largest_class": 46}, {"std-030"}),
        ({"students": 2001}, {"std-028"}),
        ({"music_rooms": 1}, {"std-024"}),  # 24 classes need two
        ({"art_rooms": 0, "smallest_art_room": None}, {"std-025"}),
        ({"smallest_music_room": 95.9}, {"std-026"}),
    ],
)
def test_the_worst_school_decides_on_sizes_and_rooms(standard, change, failing):
    county = schools(school("1", **ROOMY), school("2", **(ROOMY | change)), school("3", "junior", **ROOMY))
    items = evaluate_county(county, all_answered(standard), standard).items
    assert set(items.loc[items["state"] == "not_met", "id"]) == failing


def test_an_answer_stands_in_where_school_figures_are_missing(standard):
    unknown = schools(school("1", **(ROOMY | {"largest_class": None})), school("2", "junior", **ROOMY))
    items = evaluate_county(unknown, all_answered(standard, std_030=44), standard).items.set_index("id")
    assert items.loc["std-030", ["value", "source", "state"]].tolist() == [44, "answers", "met"]
    crowded = pd.concat([unknown, schools(school("3", **(ROOMY | {"largest_class": 51})))])
    items = evaluate_county(crowded, all_answered(standard, std_030=44), standard).items.set_index("id")
    assert items.loc["std-030", ["value", "source", "state"]].tolist() == [51, "schools", "not_met"]


def test_a_nine_year_school_is_two_schools_of_one_size(shipped, standard):
    nine = [
        school("1", "primary", 1300, **ROOMY) | {"type": "nine-year"},
        school("1", "junior", 1200, **ROOMY) | {"type": "nine-year"},
    ]
    parts = schools(*nine)
    shared = [
        "teaching_area",
        "sports_area",
        "equipment_value",
        "multimedia_rooms",
        "music_rooms",
        "art_rooms",
    ]
    shared += ["smallest_music_room", "smallest_art_room"]
    whole = {**nine[0], "level": "whole", "students": None, "classes": None, "largest_class": None}
    whole |= dict.fromkeys(shared[:4], 99000000) | {"music_rooms": 4, "art_rooms": 3}
    parts[shared] = None
    county = pd.concat([parts, schools(whole)], ignore_index=True)
    verdict = evaluate_county(county, all_answered(standard), standard, shipped.level_weights)
    assert aspect(verdict, "schools") == [2, 0, 0, 2, "passes"]
    items = verdict.items.set_index("id")
    assert items.at["std-029", "value"] == 2500  # both levels together, at the limit
    assert items.at["std-029", "state"] == "met"
    assert items.at["std-028", "state"] == "met"  # no other school that could be too large
    assert items.at["std-024", "value"] == 1.0  # 4 rooms for 48 classes
    assert items.at["std-025", "state"] == "not_met"
    with pytest.raises(ValueError, match="split_levels first"):
        evaluate_county(county, all_answered(standard), standard)


def test_schools_without_pupils_count_nowhere(standard):
    closed = schools(school("9", students=0, **(ROOMY | {"music_rooms": 0})))
    verdict = evaluate_county(pd.concat([GOOD, closed]), all_answered(standard), standard)
    assert verdict.status == "passes"
    assert verdict.schools["status"].tolist() == ["passes", "passes", "no_students"]
    nobody = evaluate_county(closed, all_answered(standard), standard)
    assert aspect(nobody, "schools") == [0, 0, 0, 0, "open"]
    assert nobody.status == "open"


def test_a_level_without_schools_is_open_and_not_balanced(standard):
    verdict = evaluate_county(GOOD[GOOD["level"] == "junior"], all_answered(standard, std_030=None), standard)
    assert aspect(verdict, "coefficients") == [7, 0, 7, 14, "open"]
    assert verdict.items.set_index("id").at["std-030", "state"] == "unanswered"
    assert verdict.status == "open"


def test_rooms_of_a_level_that_are_not_known_are_not_none(shipped, standard):
    nine = school("1", "primary", 900, **ROOMY) | {"type": "nine-year"}
    other = school("1", "junior", 900, **(ROOMY | {"music_rooms": None})) | {"type": "nine-year"}
    items = evaluate_county(schools(nine, other), all_answered(standard, std_024=None), standard).items
    assert items.set_index("id").at["std-024", "state"] == "unanswered"
    assert items.set_index("id").at["std-025", "state"] == "met"


def test_what_it_refuses(standard):
    answers = all_answered(standard)
    with pytest.raises(ValueError, match="answered twice: std-019"):
        evaluate_county(GOOD, pd.concat([answers, answers.iloc[:1]]), standard)
    with pytest.raises(ValueError, match="one county"):
        evaluate_county(pd.concat([GOOD, GOOD.assign(region="B")]), answers, standard)
    with pytest.raises(ValueError, match="14 items of government"):
        evaluate_county(GOOD, answers, standard[standard["item"] != "第七条(一)"])


def test_one_small_room_fails_and_a_room_that_is_not_there_has_no_area(standard):
    junior = school("2", "junior", **ROOMY)
    one = ROOMY | {"classes": 12, "music_rooms": 1, "smallest_music_room": 95.9}
    items = evaluate_county(schools(school("1", **one), junior), all_answered(standard), standard).items
    assert items.set_index("id").loc["std-026", ["value", "state"]].tolist() == [95.9, "not_met"]
    none = ROOMY | {"art_rooms": 0, "smallest_art_room": None}
    items = evaluate_county(schools(school("1", **none), junior), all_answered(standard), standard).items
    items = items.set_index("id")
    assert items.loc["std-027", ["value", "source", "state"]].tolist() == [90, "schools", "met"]
    assert items.loc["std-025", ["value", "source", "state"]].tolist() == [0, "schools", "not_met"]
