"""The county's verdict: aspects, items, what is open, and what the school table answers by itself."""

import pandas as pd
import pytest

from balance_schools import school, schools
from plan_monitor.balance import ASPECTS, evaluate_county

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


def of(items, number):
    """Value, answer, source and state of a standard."""
    row = items.set_index("id").loc[f"std-0{number}", ["value", "answer", "source", "state"]]
    return [None if pd.isna(cell) else cell for cell in row]


def test_an_item_has_the_figure_or_answer_that_it_was_judged_by(standard):
    items = evaluate_county(GOOD, all_answered(standard, std_058=90.5, std_061="yes"), standard).items
    assert (
        items["id"].tolist()
        == standard.loc[
            standard["group"].isin(["government", "quality", "recognition", "veto"]), "id"
        ].tolist()
    )
    assert of(items, 58) == [90.5, None, "answers", "met"]
    assert of(items, 61) == [None, "yes", "answers", "not_met"]
    assert of(items, 62) == [None, "no", "answers", "met"]
    assert of(items, 30) == [44, None, "schools", "met"]


@pytest.mark.parametrize(("number", "value", "answer"), [(58, None, "yes"), (61, 3.0, None)])
def test_a_word_where_a_number_is_asked_for_and_a_number_where_a_word_is_are_no_answers(
    standard, number, value, answer
):
    answers = all_answered(standard).set_index("standard")
    answers.loc[f"std-0{number}"] = [value, answer]
    items = evaluate_county(GOOD, answers.reset_index(), standard).items
    assert of(items, number) == [None, None, None, "unanswered"]


def test_where_there_are_no_schools_none_of_them_is_good(standard):
    items = evaluate_county(GOOD.iloc[:0], all_answered(standard).iloc[:0], standard).items
    assert set(items["state"]) == {"unanswered"}
    answered = evaluate_county(GOOD.iloc[:0], all_answered(standard), standard).items
    assert of(answered, 24)[2:] == ["answers", "met"]


def test_one_school_with_one_pupil_and_one_class_is_a_school(standard):
    tiny = school(
        "1", students=1, **(ROOMY | {"classes": 1, "music_rooms": 1, "art_rooms": 1, "largest_class": 1})
    )
    verdict = evaluate_county(schools(tiny), all_answered(standard).iloc[:0], standard)
    assert aspect(verdict, "schools")[-2:] == [1, "passes"]
    assert [of(verdict.items, number)[0] for number in (24, 26, 28, 30)] == [12, 96, 1, 1]
    assert {of(verdict.items, number)[2] for number in (24, 25, 26, 27, 28, 30)} == {"schools"}
    crowded = schools(
        school("1", **ROOMY), tiny | {"code": "2", "largest_class": 51, "smallest_music_room": 95}
    )
    items = evaluate_county(crowded, all_answered(standard), standard).items
    assert set(items.loc[items["state"] == "not_met", "id"]) == {"std-026", "std-030"}


def test_a_school_without_classes_has_no_rooms_for_each_twelve(standard):
    county = schools(school("1", **(ROOMY | {"classes": 0})), school("2", "junior", **ROOMY))
    items = evaluate_county(county, all_answered(standard).iloc[:0], standard).items
    assert of(items, 24) == [None, None, None, "unanswered"]
    assert of(items, 26)[2:] == ["schools", "met"]


def test_the_size_of_a_school_is_not_known_where_that_of_a_level_is_not(standard):
    nine = [school("1", level, **ROOMY) | {"type": "nine-year"} for level in ("primary", "junior")]
    nine[1]["students"] = None
    items = evaluate_county(schools(*nine), all_answered(standard).iloc[:0], standard).items
    assert of(items, 29)[3] == "unanswered"
    whole = [row | {"students": students} for row, students in zip(nine, (1300, 1201), strict=True)]
    items = evaluate_county(schools(*whole), all_answered(standard).iloc[:0], standard).items
    assert of(items, 29) == [2501, None, "schools", "not_met"]


def test_a_veto_alone_and_a_question_alone_decide(standard):
    """Something that certainly is not met outweighs what is open, wherever it stands."""
    both = evaluate_county(GOOD, all_answered(standard, std_061="yes", std_034=None), standard)
    assert (both.status, aspect(both, "government")[-1], aspect(both, "veto")[-1]) == (
        "fails",
        "open",
        "fails",
    )
    assert both.aspects["aspect"].tolist() == list(ASPECTS)
    within = evaluate_county(GOOD, all_answered(standard, std_034=None, std_041=99.9), standard)
    assert aspect(within, "government") == [13, 1, 1, 15, "fails"]


def test_columns_of_answers_are_asked_for_by_name(standard):
    with pytest.raises(ValueError, match=r"answers: column\(s\) missing: value, answer"):
        evaluate_county(GOOD, all_answered(standard)[["standard"]], standard)


def test_the_smaller_of_the_rooms_that_levels_of_a_school_give_is_its_smallest(standard):
    nine = [
        school("1", level, **(ROOMY | {"smallest_music_room": area})) | {"type": "nine-year"}
        for level, area in (("primary", 95.0), ("junior", 97.0))
    ]
    items = evaluate_county(schools(*nine), all_answered(standard).iloc[:0], standard).items
    assert of(items, 26) == [95.0, None, "schools", "not_met"]
