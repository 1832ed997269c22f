"""Names lead to what is meant, to one thing or to a question."""

import string

from hypothesis import given
from hypothesis import strategies as st

from plan_monitor.settle.names import Names

INDICATORS = Names(
    [
        (
            "compulsory-retention-rate",
            ["九年义务教育巩固率", "Nine-year compulsory education retention rate"],
        ),
        ("preschool-gross-enrolment-rate", ["学前教育三年毛入园率", "毛入园率"]),
        ("plan-2021", ["楚雄州“十四五”教育事业发展规划(2021-2025年)"]),
        ("rate-old", ["城镇化率", "常住人口城镇化率"]),
        ("rate-new", ["城镇化率", "户籍人口城镇化率"]),
    ]
)


def test_a_name_is_found_however_it_was_typed():
    for typed in (
        "九年义务教育巩固率",
        " 九年义务教育　巩固率",
        "nine-year Compulsory education  retention rate",
    ):
        assert INDICATORS.find(typed).id == "compulsory-retention-rate"
    for typed in (
        "《楚雄州“十四五”教育事业发展规划（2021—2025年）》",
        '楚雄州"十四五"教育事业发展规划(2021－2025年)',
    ):
        assert INDICATORS.find(typed).id == "plan-2021"


def test_a_name_of_two_things_is_a_question():
    match = INDICATORS.find("城镇化率")
    assert match.id is None and match.ambiguous
    assert [code for code, _ in match.candidates] == ["rate-old", "rate-new"]
    assert INDICATORS.find("户籍人口城镇化率").id == "rate-new"


def test_a_part_of_a_name_is_not_the_name():
    match = INDICATORS.find("巩固率")
    assert match.id is None and not match.ambiguous
    assert match.candidates[0] == ("compulsory-retention-rate", "九年义务教育巩固率")


def test_an_unknown_name_has_at_most_three_neighbours_and_none_where_nothing_is_alike():
    assert INDICATORS.find("学前三年毛入园率").candidates[0][0] == "preschool-gross-enrolment-rate"
    assert INDICATORS.find("zzz").candidates == []
    assert all(len(INDICATORS.find(text).candidates) <= 3 for text in ("城镇率", "率", "教育"))


def test_an_id_is_its_own_though_another_thing_is_named_so():
    names = Names([("a", ["b"]), ("b", ["乙"])])
    assert names.find("b").id == "b"


NAMES = st.text(string.ascii_letters + "教育率数（）“” 　—", min_size=1, max_size=6)


@given(
    st.dictionaries(st.from_regex(r"[a-z]{1,3}\d", fullmatch=True), st.lists(NAMES, max_size=3), max_size=6),
    NAMES,
)
def test_what_is_found_has_the_name(entries, text):
    names = Names(entries.items())
    for code, own in entries.items():
        assert names.find(code).id == code
        for name in own:
            match = names.find(name)
            assert match.id == code or code in dict(match.candidates)
    match = names.find(text)
    assert not (match.id and match.candidates)
    assert match.ambiguous <= (len(match.candidates) > 1)


def test_the_three_most_alike_stand_in_order_and_what_shares_too_little_is_left_out():
    """Of a text with n characters and pairs, m of a name's, s in both: 2 s / (n + m), a quarter at least."""
    names = Names(
        [("a", ["甲乙丙丁"]), ("b", ["甲乙丙"]), ("c", ["甲乙"]), ("d", ["甲乙丙丁戊"]), ("e", ["甲"])]
    )
    assert [code for code, _ in names.nearest("甲乙丙丁己")] == ["a", "d", "b"]
    one = Names([("x", ["甲乙丙丁"])])  # 4 characters and 3 pairs
    assert one.nearest("甲") == [("x", "甲乙丙丁")]  # 2 / 8
    assert one.nearest("甲戊") == []  # 2 / 10
    assert one.nearest("") == [] and one.find("甲", near=False).candidates == []


def test_a_character_of_more_than_five_hundred_names_tells_none_of_them():
    for count, found in ((500, 3), (501, 0)):
        names = Names((f"id{number}", [f"县{number:03d}"]) for number in range(count))
        assert len(names.nearest("县")) == found


def test_a_thing_without_a_name_is_shown_by_its_id():
    assert Names([("a-1", ["", "乙"]), ("b-1", [])]).shown == {"a-1": "乙", "b-1": "b-1"}
