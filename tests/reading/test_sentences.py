"""Sentences as plans and bulletins have them, and what is drafted of each."""

import re

import pytest
from sentence_cases import BULLETIN, PLAN

from plan_monitor.reading import draft, passages

HEADS = {
    "plan": "某县教育发展规划（2021—2025年）\n二、发展目标\n",
    "bulletin": "某县2020年统计公报\n一、综合\n",
}
_FIGURE = re.compile(
    r"(?P<sign>about |[<>]=?)?(?P<value>-?[\d.]+) (?P<unit>[^ @#~]*)(?: @(?P<period>\S*))?(?: #(?P<name>\S+))?(?: ~(?P<kind>\S+))?"
)


def figures(sentence: str, kind: str) -> list[dict]:
    text = HEADS[kind] + sentence + "\n"
    rows = draft.read(passages.read(text), year=2020, region="某县").to_dict("records")
    return [row for row in rows if row["start"] >= len(HEADS[kind])]


def told(row: dict, figure: re.Match) -> str:
    """A drafted row as the cases write it, in the fields that the case tells."""
    sign = {"=": "", "about": "about "}.get(row["comparator"], row["comparator"])
    parts = [f"{sign}{row['value_signed']} {row['unit']}"]
    parts += [f"@{row['period']}"] if figure["period"] is not None else []
    parts += [f"#{row['indicator_zh']}"] if figure["name"] else []
    parts += [f"~{row['kind']}"] if figure["kind"] else []
    return " ".join(parts)


@pytest.mark.parametrize(
    ("kind", "sentence", "expected"),
    [("plan", *case) for case in PLAN] + [("bulletin", *case) for case in BULLETIN],
)
def test_a_sentence_is_coded_as_a_statistician_would(kind, sentence, expected):
    wanted = [_FIGURE.fullmatch(one) for one in expected.split(" | ")] if expected else []
    assert None not in wanted, "the case itself"
    rows = figures(sentence, kind)

    shown = [told(row, wanted[min(at, len(wanted) - 1)]) for at, row in enumerate(rows)]
    assert " | ".join(shown) == expected


def test_a_ratio_that_changes_needs_no_unit():
    (first, last) = draft.read(
        passages.read("2023年，城乡居民收入比由2.03缩小到1.81。\n"), year=2023
    ).itertuples()
    assert (first.value, first.period, last.value, last.period) == ("2.03", "", "1.81", "2023")


def test_what_a_figure_stands_in_shows_what_follows_it():
    (row,) = draft.read(passages.read("到2025年，巩固率达到95%以上。\n"), year=2020).itertuples()
    assert row.quote.endswith("95%以上") and row.comparator == ">="


def test_a_part_in_brackets_has_its_whole_name():
    text = "某市规划\n\n“十三五”期间，全市新建泵站310个（老城区120个、乡村190个）。\n"
    named = draft.read(passages.read(text), year=2020, until=2025)["indicator_zh"].tolist()
    assert named == ["新建泵站", "新建泵站：老城区", "新建泵站：乡村"]


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("新建小学、初中、高中分别为3、5、8所。", ["所 list", "所 list", "所 text"]),
        ("新建小学3所。", ["所 text"]),
        ("城乡居民收入比由2.03缩小到1.81。", [" ", " "]),
    ],
)
def test_where_the_unit_of_a_figure_is_known_from(sentence, told):
    rows = draft.read(passages.read(sentence), year=2020)
    assert [f"{row.unit} {row.unit_from}" for row in rows.itertuples()] == told


@pytest.mark.parametrize("characters", [29, 30, 31, 50])
def test_thirty_characters_before_a_figure_are_quoted(characters):
    (row,) = draft.read(passages.read(f"{'甲' * characters}95%左右的。\n"), year=2020).itertuples()
    assert row.quote == "甲" * min(characters, 30) + "95%左右"
