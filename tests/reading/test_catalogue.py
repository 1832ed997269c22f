"""Which indicator of a package a drafted name is."""

import pandas as pd

from plan_monitor.reading import draft, passages

INDICATORS = pd.DataFrame(
    [
        {"id": "kindergarten-enrolment", "name_zh": "学前三年毛入园率", "unit": "%", "aliases": "毛入园率"},
        {"id": "retention", "name_zh": "九年义务教育巩固率", "unit": "%", "aliases": ""},
        {"id": "schools", "name_zh": "学校数", "unit": "所", "aliases": ""},
    ]
)


def rows(sentence: str) -> list[dict]:
    text = "某县教育规划（2021—2025年）\n二、目标\n" + sentence
    return draft.read(passages.read(text), indicators=INDICATORS).to_dict("records")


def test_a_name_or_alias_is_its_indicator():
    first, second = rows("学前三年毛入园率达到92%，毛入园率达到93%。")
    assert first["indicator"] == second["indicator"] == "kindergarten-enrolment"
    assert first["indicator_from"] == "catalogue" and "indicator" not in first["look"]


def test_an_alike_name_is_proposed_to_be_looked_at():
    (row,) = rows("义务教育巩固率达到97%。")
    assert (row["indicator"], row["indicator_from"]) == ("retention", "alike")
    assert "indicator" in row["look"].split()


def test_another_unit_is_another_indicator():
    (row,) = rows("毛入园率提高3个百分点。")
    assert row["indicator"] == ""


def test_what_the_catalogue_has_not_is_new_with_the_nearest_named():
    (row,) = rows("高等教育毛入学率达到60%。")
    assert row["indicator"] == ""
    assert "kindergarten-enrolment" in row["nearest"]
