"""Regions are found by what people call them, and never taken for one another."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_monitor.settle.divisions import NATION, chain, divisions, english, today
from plan_monitor.settle.regions import PARTS, Regions

DATA = Path(__file__).parents[2] / "data"
CHINA = Regions([])
OWN = Regions(pd.read_csv(DATA / "regions.csv", dtype=str).to_dict("records"))
UNITS = [one for one in today().values() if one.code != NATION]


def among(match):
    """What a match says: the one, or the several."""
    return [match.id] if match.id else [code for code, _ in match.candidates] if match.ambiguous else []


def known(match, written):
    """What a match says; a part of any city, such as 矿区, is nobody, and names who is called so."""
    return [code for code, _ in match.candidates] if PARTS.fullmatch(written) else among(match)


@pytest.mark.parametrize("text", ["321100", "江苏镇江", "江苏省·镇江市", "Zhenjiang City"])
def test_a_region_that_is_found_is_no_question(text):
    assert CHINA.find(text) == ("321100", [], False)


def test_every_unit_is_found_by_its_full_name_or_is_one_of_those_named_so():
    called = pd.Series([one.name for one in UNITS]).value_counts()
    for one in UNITS:
        match = CHINA.find(one.name)
        assert one.code in known(match, one.name)
        assert (match.id == one.code) == (called[one.name] == 1 and not PARTS.fullmatch(one.name))


def test_every_unit_is_found_by_its_full_name_behind_its_parent():
    for one in UNITS:
        if one.parent != NATION:
            assert CHINA.find(today()[one.parent].name + one.name).id == one.code
            assert CHINA.find(CHINA.path(one.code)).id == one.code


def test_every_short_name_is_right_or_a_question():
    for one in UNITS:
        for written in [
            one.brief,
            *([today()[one.parent].brief + one.brief] if one.parent != NATION else []),
        ]:
            taken = known(CHINA.find(written), written)
            assert taken
            if one.code not in taken:  # it gave way to a province, or to a unit whose full name this is
                names = {today()[code].name for code in taken}
                assert one.brief in names or {today()[code].level for code in taken} == {"province"}


@pytest.mark.slow
def test_every_short_name_behind_its_parents_whole_name_is_it_or_a_sibling_is_named_too():
    for one in UNITS:
        if one.parent == NATION:
            continue
        match = CHINA.find(CHINA.path(one.parent) + one.brief)
        assert one.code in among(match)
        assert all(one.parent in [up.code for up in chain(code)] for code in among(match))


def test_every_english_name_is_right_or_a_question():
    for one in UNITS:
        match = CHINA.find(english(one))
        assert one.code in among(match) or {today()[code].level for code in among(match)} == {"province"}


@pytest.mark.slow
def test_every_former_name_leads_to_what_became_of_it_or_to_a_question_or_to_who_is_named_so_today():
    names = {one.name for one in UNITS}
    for one in divisions():
        if one.until and one.name not in names:
            match = CHINA.find(one.name)
            assert one.successor in known(match, one.name) or (not one.successor and match.id is None)


@pytest.mark.parametrize(
    "written",
    ["市区", "城区", "郊区", "矿区", "新区", "东区", "老城区", "市辖区", "县城", "全省", "本市", "农村"],
)
@pytest.mark.parametrize("regions", [CHINA, OWN])
def test_a_part_of_any_city_is_no_place_by_itself(regions, written):
    assert regions.find(written).id is None


def test_a_part_of_a_city_is_one_behind_its_city_or_among_the_packages_own():
    assert CHINA.find("阳泉市矿区").id == "140303" and CHINA.find("山西省阳泉市矿区").id == "140303"
    assert CHINA.find("矿区").candidates == [("140303", "山西省阳泉市矿区")]
    own = {"code": "140303", "name_zh": "矿区", "name_en": "", "level": "county", "parent": "140300"}
    assert Regions([own]).find("矿区").id == "140303"


@pytest.mark.parametrize("regions", [CHINA, OWN])
@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("楚雄彝族自治州", "532300"),
        ("楚雄州", "532300"),
        ("楚雄市", "532301"),
        ("楚雄州楚雄市", "532301"),
        ("云南省楚雄彝族自治州元谋县", "532328"),
        ("云南楚雄元谋", "532328"),
        ("楚雄州元谋县", "532328"),
        ("云南省 楚雄州 元谋县", "532328"),
        ("云南省／楚雄州／元谋县", "532328"),
        ("元谋", "532328"),
        ("祥云县", "532923"),
        ("大理州祥云县", "532923"),
        ("大理祥云", "532923"),
        ("大理州", "532900"),
        ("大理市", "532901"),
        ("镇江", "321100"),
        ("江苏省镇江市", "321100"),
        ("五华区", "530102"),
        ("内蒙古", "150000"),
        ("广西", "450000"),
        ("吉林", "220000"),
        ("吉林市", "220200"),
        ("海南", "460000"),
        ("海南州", "632500"),
        ("北京朝阳", "110105"),
        ("长春市朝阳区", "220104"),
        ("陵水县", "469028"),
        ("禄丰县", "532302"),
        ("５３２３００", "532300"),
        ("532331", "532302"),
        ("全国", "100000"),
        ("中国", "100000"),
        ("china", "100000"),
        ("Yunnan", "530000"),
        ("Yuanmou County", "532328"),
        ("Shangri-La", "533401"),
    ],
)
def test_a_region_as_people_write_it(regions, written, code):
    assert regions.find(written).id == code


@pytest.mark.parametrize(
    "written", ["楚雄", "鼓楼区", "朝阳区", "城关区", "通州", "Chaoyang", "辽宁朝阳", "思茅市", "东乡县"]
)
def test_a_name_of_several_is_a_question_with_all_of_them(written):
    match = OWN.find(written)
    assert match.id is None and match.ambiguous and len(match.candidates) > 1


@pytest.mark.parametrize(
    "written",
    [
        "元谋县楚雄州",
        "楚雄州元谋",
        "在楚雄州",
        "大姚县元谋县",
        "大姚县、元谋县",
        "高新区",
        "市辖区",
        "县",
        "",
        "江东区",
        "江苏省元谋县",
    ],
)
def test_what_is_no_name_is_nobody(written):
    match = OWN.find(written)
    assert written == "楚雄州元谋" or (
        match.id is None and not match.ambiguous and len(match.candidates) <= 3
    )


def test_the_packages_own_regions_come_first():
    assert CHINA.find("五华").ambiguous and OWN.find("五华").id == "530102"
    assert OWN.find("楚雄市（含高新区）").id == "532301-hz"
    assert OWN.find("示例县(合成数据)").id == "990001" and OWN.find("示例县").id is None
    few = Regions(
        [{"code": "532300", "name_zh": "楚雄州", "name_en": "", "level": "prefecture", "parent": ""}]
    )
    assert few.find("楚雄").id == "532300" and few.find("楚雄市").id == "532301"


def test_a_former_name_of_ones_own_is_a_question_where_others_are_named_so_today():
    own = {"code": "130503", "name_zh": "信都区", "name_en": "", "level": "county", "parent": "130500"}
    assert set(among(Regions([own]).find("桥西区"))) == {"130104", "130503", "130703"}
    assert Regions([own]).find("邢台市桥西区").id == "130503"


def test_the_whole_prefecture_is_no_county_of_that_name():
    assert among(OWN.find("全州")) == ["450324", "532300"]
    assert OWN.find("全州").id is None
    assert OWN.find("全州县").id == OWN.find("广西全州").id == "450324"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        *(("Zhenjiang City", "321100"), ("Danyang City", "321181"), ("Aksu City", "652901")),
        *(("Ngari", "542500"), ("Ngari City", None), ("Beijing", "110000"), ("Beijing City", None)),
    ],
)
def test_only_a_city_is_called_so_in_english(written, code):
    assert CHINA.find(written).id == code


def test_an_unknown_name_has_the_nearest_with_the_regions_above():
    assert OWN.find("元某县").candidates[0] == ("532328", "云南省楚雄州元谋县")
    assert OWN.find("云南省楚雄州元某县").candidates[0][0] == "532328"
    assert "321100" in dict(CHINA.find("镇江城").candidates)


@given(st.sampled_from(UNITS), st.text("各在和及、等本级", min_size=1, max_size=3), st.booleans())
def test_a_name_with_something_added_is_nobody(one, more, before):
    assert CHINA.find(more + one.name if before else one.name + more).id is None


@given(st.sampled_from(UNITS), st.sampled_from(UNITS))
def test_two_names_in_a_row_are_the_second_only_below_the_first(above, below):
    match = CHINA.find(above.name + below.name)
    if match.id:
        assert today()[match.id].name == below.name or match.id in [
            one.successor for one in divisions() if one.until and one.name == below.name
        ]
        assert above.name in [one.name for one in chain(match.id)]
