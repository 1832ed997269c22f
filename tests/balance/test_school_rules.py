"""What rows of schools and answers may not say together: each rule at its bound, on tables of a few cells."""

import pandas as pd
import pytest

from plan_monitor.balance.validation import RULES
from plan_monitor.settle.parts import Part

LEVEL = (
    "students",
    "classes",
    "largest_class",
    "teachers_above_degree",
    "backbone_teachers",
    "pe_arts_teachers",
)
SHARED = ("teaching_area", "sports_area", "equipment_value", "multimedia_rooms")
ROOMS = ("music_rooms", "smallest_music_room", "art_rooms", "smallest_art_room")
WHOLE_NUMBERS = (*LEVEL, "multimedia_rooms", "music_rooms", "art_rooms")
ONE = {"region": "R", "period": "2024", "code": "1", "type": "primary", "level": "primary"}
ONE |= dict.fromkeys((*LEVEL, *SHARED, *ROOMS), "3")
OWN = ONE | dict.fromkeys((*SHARED, *ROOMS))  # of a level that shares the rest with others
NINE = [OWN | {"type": "nine-year", "level": level} for level in ("primary", "junior")]
WHOLE = ONE | {"type": "nine-year", "level": "whole"} | dict.fromkeys(LEVEL)


def part(table, frame):
    return Part(table, f"{table}.csv", frame, {"fields": []}, True)


def found(*rows):
    """Findings about rows of schools: row, column, value and what was expected, numbered from 2."""
    frame = pd.DataFrame(list(rows), dtype="str")
    frame.index += 2
    return [
        (row, one.column, value, one.expected["en"])
        for one in RULES["schools"](part("schools", frame), {}, set())
        for row, value in zip(one.rows.tolist(), one.values.tolist(), strict=True)
    ]


def test_schools_of_one_level_and_of_several_are_in_order():
    assert found(ONE, *({**row, "code": "2"} for row in (*NINE, WHOLE))) == []
    three = [
        row | {"type": "twelve-year", "code": "3"} for row in (*NINE, NINE[0] | {"level": "senior"}, WHOLE)
    ]
    two = [row | {"type": "complete", "code": "4"} for row in (NINE[1], NINE[0] | {"level": "senior"})]
    assert found(*three, *two) == []


@pytest.mark.parametrize(
    ("kind", "level", "levels"),
    [
        ("primary", "junior", "primary"),
        ("primary", "whole", "primary"),
        ("teaching-point", "junior", "primary"),
        ("junior", "primary", "junior"),
        ("complete", "primary", "junior, senior"),
    ],
)
def test_a_row_is_of_a_level_that_its_school_has(kind, level, levels):
    row = (OWN if level == "whole" else ONE) | {"type": kind, "level": level}
    message = f"expected, for the type {kind}, one of: {levels}"
    assert (2, "level", level, message) in found(row)
    assert (3, "level", level, message) in found(ONE | {"code": "5"}, row)


def test_a_level_that_is_not_given_has_been_reported():
    assert found(ONE | {"level": None}) == []


@pytest.mark.parametrize("lacking", [0, 1])
def test_a_school_of_several_levels_has_a_row_for_each_told_once(lacking):
    message = "expected a row for each level of the school: primary, junior"
    rows = [ONE | {"code": "9"}, NINE[1 - lacking], WHOLE]
    assert found(*rows) == [(3, "level", NINE[1 - lacking]["level"], message)]
    # a school of another region, year or code is another school
    for other in ({"region": "S"}, {"period": "2023"}, {"code": "8"}):
        assert [one[:2] for one in found(NINE[0], NINE[1] | other)] == [(2, "level"), (3, "level")]


def test_pupils_are_given_but_for_the_whole_school():
    message = "expected the number of pupils; 0 where there are none"
    assert found(ONE | {"students": "0"}) == []
    assert found(ONE, ONE | {"code": "2", "students": None}) == [(3, "students", None, message)]


@pytest.mark.parametrize("column", WHOLE_NUMBERS)
def test_what_is_counted_is_whole(column):
    assert [found(ONE | {column: number}) for number in ("1", "2", "4")] == [[]] * 3
    assert found(ONE, ONE | {"code": "2", column: "2.5"}) == [(3, column, "2.5", "expected a whole number")]
    assert found(ONE | {column: "some"})[1:] == []  # which has been reported as no number


@pytest.mark.parametrize("column", ["teaching_area", "sports_area", "equipment_value", "smallest_music_room"])
def test_what_is_measured_need_not_be(column):
    assert found(ONE | {column: "2.5"}) == []


@pytest.mark.parametrize("column", LEVEL)
def test_what_belongs_to_a_level_is_not_given_for_the_whole(column):
    message = "expected nothing: this belongs in the rows of levels"
    assert found(*NINE, WHOLE | {column: "7"}) == [(4, column, "7", message)]


@pytest.mark.parametrize("column", [*SHARED, *ROOMS])
def test_what_the_whole_school_has_is_not_given_for_a_level_too(column):
    message = "expected nothing: the school's row whole has this figure"
    twice = [NINE[0], NINE[1] | {column: "7"}, WHOLE]
    assert found(*twice) == [(3, column, "7", message)]
    assert found(NINE[0], NINE[1] | {column: "7"}, WHOLE | {column: None}) == []
    assert found(ONE | {"code": "2", column: "7"}, *NINE, WHOLE) == []


STANDARDS = pd.DataFrame(
    [("rate", "share", "95"), ("word", "veto", None)], columns=["id", "indicator", "threshold"], dtype="str"
)
BOUNDS = pd.DataFrame(
    [("share", "0", "100"), ("veto", None, None)], columns=["id", "lower", "upper"], dtype="str"
)


def answered(*rows):
    """Findings about answers: row, column, value and what was expected."""
    frame = pd.DataFrame(list(rows), columns=["standard", "value", "answer"], dtype="str")
    frame.index += 2
    parts = {"standards": part("standards", STANDARDS), "indicators": part("indicators", BOUNDS)}
    return [
        (one.row, one.column, one.value, one.expected["en"])
        for one in RULES["answers"](part("answers", frame), parts, set())
    ]


def test_an_answer_is_a_number_within_bounds_or_a_word():
    assert answered(("rate", "0", None), ("rate", "100", None), ("word", None, "yes")) == []
    bounds = "expected a value within the indicator's bounds: 0 to 100"
    assert answered(("rate", "-0.5", None), ("rate", "100.5", None)) == [
        (2, "value", "-0.5", bounds),
        (3, "value", "100.5", bounds),
    ]


def test_an_answer_of_the_other_kind_is_refused_and_one_of_both_as_well():
    number, word = "expected a number, as the standard has one", "expected yes or no"
    assert answered(("rate", None, "yes")) == [
        (2, "value", None, number),
        (2, "answer", "yes", "expected nothing; fill in value"),
    ]
    assert answered(("word", "7", None)) == [
        (2, "answer", None, word),
        (2, "value", "7", "expected nothing; fill in answer"),
    ]
    assert answered(("rate", "95", "no")) == [(2, "answer", "no", "expected nothing; fill in value")]
    assert answered(("rate", None, None), ("word", None, None)) == [
        (2, "value", None, number),
        (3, "answer", None, word),
    ]


def test_an_answer_to_no_known_standard_has_been_reported():
    assert answered(("other", None, None), ("rate", "many", None)) == []
