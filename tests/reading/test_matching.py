"""How much a name must be like that of an indicator, which unit it may have, and which region is meant."""

import pandas as pd
import pytest

from plan_monitor.reading.matching import Catalogue, counted_thing
from plan_monitor.reading.places import Places, propose_region


def find(name, *listed, unit="%", above=""):
    """The id, whether it is certain, and the ids of the nearest; indicators are called a, b, c …"""
    rows = [{"id": "abcde"[at], "name_zh": one, "unit": "%", "aliases": ""} for at, one in enumerate(listed)]
    found = Catalogue(pd.DataFrame(rows)).find(name, unit, above)
    return found.id, found.certain, "".join(code for code, _ in found.nearest)


@pytest.mark.parametrize(
    ("name", "listed", "expected"),
    [
        # names of 8 and 9 characters have 15 and 17 single ones and pairs; those in common tell, as a share
        ("子丑寅卯辰巳午未", ("子丑寅卯辰巳午未",), ("a", True, "")),
        ("子丑寅卯辰巳午未", ("子丑寅卯辰巳午酉",), ("a", False, "a")),  # 13 of 15
        ("子丑寅卯辰巳午未申", ("子丑寅卯辰巳午酉戌",), ("a", False, "a")),  # 13 of 17: 0.76
        ("子丑寅卯辰巳午未", ("子丑寅卯辰巳酉戌",), ("", False, "a")),  # 11 of 15: 0.73
        ("子丑寅卯辰巳午未", ("子丑寅申酉戌亥天",), ("", False, "a")),  # 5 of 15
        ("子丑寅卯辰巳午未", ("子丑申酉戌亥天地",), ("", False, "")),  # 3 of 15: 0.2
        # the best is to be better than the next: 0.87 beside 0.81, and 0.87 beside 0.76
        ("子丑寅卯辰巳午未", ("子丑寅卯辰巳午酉", "子丑寅卯辰巳午酉戌"), ("", False, "ab")),
        ("子丑寅卯辰巳午未", ("子丑寅卯辰巳午酉", "子丑寅卯辰巳午酉戌亥"), ("a", False, "ab")),
        # the three nearest are named
        (
            "子丑寅卯辰巳午未",
            ("子丑寅卯辰巳酉戌", "子丑寅卯辰酉戌亥", "子丑寅卯酉戌亥天", "子丑寅酉戌亥天地"),
            ("", False, "abc"),
        ),
        # numbers of lists and idle words are no part of a name
        ("1.子丑寅卯辰巳午未", ("子丑寅卯辰巳午未",), ("a", True, "")),
        ("全市子丑寅卯情况", ("子丑寅卯",), ("a", False, "a")),
    ],
)
def test_how_alike_names_are(name, listed, expected):
    assert find(name, *listed) == expected


def test_a_heading_helps_a_name_that_is_not_enough():
    assert find("巩固率", "义务教育巩固率") == ("", False, "a")
    assert find("巩固率", "义务教育巩固率", above="义务教育") == ("a", False, "a")
    assert find("巩固率", "义务教育巩固率", above="卫生事业") == ("", False, "a")


@pytest.mark.parametrize(
    ("unit", "expected"), [("%", ("a", True, "")), ("", ("a", True, "")), ("人", ("", False, ""))]
)
def test_an_indicator_is_counted_as_the_figure_is(unit, expected):
    assert find("巩固率", "巩固率", unit=unit) == expected


@pytest.mark.parametrize(
    ("unit", "thing"),
    [
        *(("万人次", "人"), ("名", "人"), ("位", "人"), ("所", "个"), ("个县", "个"), ("亿元", "元"), ("张/千人", "张")),
        *(("千万元", "元"), ("人（次）", "人"), ("万", ""), ("%", "%"), ("千瓦", "千瓦"), ("百分点", "百分点")),
    ],
)  # fmt: skip
def test_what_a_unit_counts(unit, thing):
    assert counted_thing(unit) == thing


@pytest.fixture(scope="module")
def city():
    return Places(pd.DataFrame(), "镇江市")


@pytest.mark.parametrize(
    ("clause", "code"),
    [
        ("其中，丹阳市完成", "321181"),
        ("丹阳完成", "321181"),
        ("全国平均", "100000"),
        ("全省平均为", "320000"),
        ("我省平均为", "320000"),
        ("江苏平均为", "320000"),
        ("全市完成", ""),  # its own
        ("镇江完成", ""),
        ("比全省平均水平高", ""),  # which it is compared with
        ("居全省第", ""),
        ("丹阳市比全省高", "321181"),
        ("丹阳市，完成", ""),  # in another clause
        ("苏州市完成", ""),  # beside it
    ],
)
def test_the_region_that_a_clause_names(city, clause, code):
    assert city.of_clause(clause) == code


@pytest.mark.parametrize(
    ("label", "code"),
    [("丹阳市", "321181"), ("丹 阳（县级）", "321181"), ("全市", "321100"), ("本市", "321100"), ("苏州市", "320500"), ("合计", "")],
)  # fmt: skip
def test_the_region_that_a_label_names(city, label, code):
    assert city.of_label(label) == code
    assert city.is_region(label) == bool(code)


def test_a_region_that_no_list_has_is_called_by_its_name():
    town = Places(pd.DataFrame(), "天上镇")
    assert (town.document_region, town.code, town.of_label("全镇")) == ("天上镇", None, "天上镇")
    assert Places(pd.DataFrame()).document_region == ""


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (["镇江市教育规划"], "镇江市"),
        (["关于印发江苏省镇江市丹阳市教育规划的通知"], "江苏省镇江市丹阳市"),
        (["教育规划", "镇江市人民政府"], "镇江市"),
        (["全国教育公报"], "全国"),
        (["教育公报", "全国"], ""),
        (["天上县教育规划"], "天上县"),  # of the form of a region's name
        (["全县教育规划"], ""),
        (["教育规划"], ""),
    ],
)
def test_the_region_that_a_document_is_about(head, name):
    assert propose_region(head, pd.DataFrame()) == name


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("镇江市", "320000 . 100000 . 321181 321183"),
        ("丹阳市", "320000 . 100000 321100 . ."),  # of a county those above, not those beside it
        ("江苏省", ". . 100000 321100 . ."),
        ("海淀区", ". 110000 100000 . . ."),  # of a city that is a province
        ("南宁市", ". . 100000 . . ."),
    ],
)
def test_a_document_names_regions_above_its_own_and_right_below(name, told):
    places = Places(pd.DataFrame(), name)
    clauses = ("全省完成", "全市完成", "我国完成", "镇江完成", "丹阳完成", "丹阳、句容完成")
    assert " ".join(places.of_clause(clause) or "." for clause in clauses) == told


@pytest.mark.parametrize(
    ("text", "is_region"),
    [("全县", False), ("我省", True), ("本", False), ("丹阳", True), ("丹", False), ("全丹阳市", False), ("丹 阳市", True)],
)  # fmt: skip
def test_a_name_of_a_region_has_two_characters_or_more(city, text, is_region):
    assert city.is_region(text) == is_region


def test_regions_that_are_compared_are_passed_over(city):
    clauses = ("较丹阳高的句容完成", "句容比丹阳高", "丹阳市同比句容", "丹阳高于句容")
    assert [city.of_clause(clause) for clause in clauses] == ["321183", "321183", "321181", "321181"]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (f"{'好' * 11}乡市规划", f"{'好' * 11}乡市"),
        (f"{'好' * 13}市规划", f"{'好' * 13}市"),  # 14 characters
        (f"{'好' * 14}市规划", ""),
        ("甲乙市规划", "甲乙市"),
        ("甲市规划", ""),  # names have three
        ("甲乙月市规划", ""),
        ("abc市规划", ""),
        (f"{'好' * 20}镇江市", "镇江市"),
    ],
)
def test_the_form_of_a_regions_name(line, name):
    assert propose_region([line], pd.DataFrame()) == name


def test_of_two_lines_the_first_tells_the_region():
    assert propose_region(["甲乙市规划", "镇江市"], pd.DataFrame()) == "镇江市"  # which is known
    assert propose_region(["甲乙市规划", "丙丁市"], pd.DataFrame()) == "甲乙市"
    assert propose_region(["中华人民共和国规划", "甲乙市"], pd.DataFrame()) == "全国"


@pytest.mark.parametrize(
    ("name", "unit", "expected"),
    [
        ("子丑寅卯辰巳午未", "%", "a"),
        ("1.子丑寅卯辰巳午未", "%", "a"),
        ("1.2025年子丑寅卯辰巳午未", "%", ""),
        ("1.5倍子丑寅卯辰巳午未", "%", ""),
        ("子丑寅卯辰巳午未", "", "a"),
        ("子丑寅卯辰巳午未", "万人", ""),
    ],
)
def test_an_indicator_by_its_alias(name, unit, expected):
    listed = pd.DataFrame([{"id": "a", "name_zh": "别的名称", "unit": "%", "aliases": "子丑寅卯辰巳午未"}])
    found = Catalogue(listed).find(name, unit)
    assert (found.id if found.certain else "") == expected


def test_the_nearest_are_of_the_unit_and_each_named_once():
    rows = [
        {"id": "a", "name_zh": "子丑寅卯辰", "unit": "%", "aliases": "子丑寅卯巳"},
        {"id": "b", "name_zh": "子丑寅卯午", "unit": "人", "aliases": ""},
    ]
    catalogue = Catalogue(pd.DataFrame(rows))
    assert catalogue.find("子丑寅酉戌", "%").nearest == [("a", "子丑寅卯辰")]
    assert catalogue.find("子丑寅酉戌", "万人").nearest == [("b", "子丑寅卯午")]
    assert [code for code, _ in catalogue.find("子丑寅酉戌", "").nearest] == ["a", "b"]
    assert Catalogue(None).find("子丑", "%") == ("", False, [])


def test_a_region_that_is_a_province_is_called_by_what_it_is():
    assert Places(pd.DataFrame(), "南宁市").of_clause("全区完成") == "450000"
    assert Places(pd.DataFrame(), "南宁市青秀区").of_clause("全区完成") == ""  # its own
