"""The table of administrative divisions says what is known of them."""

from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from plan_monitor.settle.divisions import NATION, chain, divisions, english, region, today

DATA = Path(__file__).parents[2] / "data"
FORMER = {(one.code, one.name): one for one in divisions() if one.until}


def test_there_are_as_many_units_as_the_ministry_counts():
    levels = Counter(one.level for one in today().values())
    assert levels == {"nation": 1, "province": 34, "prefecture": 333, "county": 2846}  # end of 2024


def test_every_unit_hangs_below_the_nation_and_levels_fall():
    order = ["county", "prefecture", "province", "nation"]
    for code in today():
        ranks = [order.index(one.level) for one in chain(code)]
        assert ranks == sorted(set(ranks))
        assert chain(code)[-1].code == NATION


@pytest.mark.parametrize(
    ("code", "name", "parent"),
    [
        ("532302", "禄丰市", "532300"),
        ("530681", "水富市", "530600"),
        ("530181", "安宁市", "530100"),
        ("530800", "普洱市", "530000"),
        ("533401", "香格里拉市", "533400"),
        ("460300", "三沙市", "460000"),
        ("460400", "儋州市", "460000"),
        ("469028", "陵水黎族自治县", "460000"),
        ("659010", "胡杨河市", "650000"),
        ("659011", "新星市", "650000"),
        ("659012", "白杨市", "650000"),
        ("330113", "临平区", "330100"),
        ("330114", "钱塘区", "330100"),
        ("429004", "仙桃市", "420000"),
        ("429021", "神农架林区", "420000"),
        ("110105", "朝阳区", "110000"),
        ("500240", "石柱土家族自治县", "500000"),
        ("441900", "东莞市", "440000"),
    ],
)
def test_a_unit_of_today(code, name, parent):
    assert (today()[code].name, today()[code].parent) == (name, parent)


def test_headings_are_no_units():
    assert not [one for one in divisions() if one.name in ("市辖区", "县") or "直辖" in one.name]


@pytest.mark.parametrize(
    ("code", "name", "until", "successor"),
    [
        ("532331", "禄丰县", "2021", "532302"),  # became a city, with a new code
        ("530630", "水富县", "2018", "530681"),
        ("330103", "下城区", "2021", ""),  # went into another district: no successor
        ("330104", "江干区", "2021", ""),  # divided
        ("371200", "莱芜市", "2019", ""),
        ("610125", "户县", "2016", "610118"),  # 鄠邑区: other characters
        ("533421", "中甸县", "2001", "533401"),  # renamed, later raised
        ("533421", "香格里拉县", "2014", "533401"),
        ("530800", "思茅市", "2007", "530800"),  # renamed
        ("350427", "沙县", "2021", "350405"),
        ("420600", "襄樊市", "2010", "420600"),
        ("420607", "襄阳区", "2010", "420607"),  # 襄州区
        ("360402", "庐山区", "2016", "360402"),  # 濂溪区, not 庐山市
        ("340823", "枞阳县", "2015", "340722"),  # went to another prefecture
    ],
)
def test_a_former_unit(code, name, until, successor):
    assert code in {one[0] for one in FORMER if one[1] == name}
    assert (FORMER[code, name].until, FORMER[code, name].successor) == (until, successor)


def test_what_a_unit_became_is_there_today():
    assert {one.successor for one in FORMER.values() if one.successor} <= set(today())
    assert all("2001" <= one.until <= "2024" for one in FORMER.values())


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("321100", "Zhenjiang"),
        ("341500", "Lu'an"),
        ("331000", "Taizhou"),
        ("341600", "Bozhou"),
        ("150100", "Hohhot"),
        ("540100", "Lhasa"),
        ("540000", "Tibet Autonomous Region"),
        ("150000", "Inner Mongolia Autonomous Region"),
        ("610000", "Shaanxi Province"),
        ("140000", "Shanxi Province"),
        ("350200", "Xiamen"),
        ("500000", "Chongqing"),
        ("810000", "Hong Kong Special Administrative Region"),
        ("532300", "Chuxiong Yi Autonomous Prefecture"),
        ("532600", "Wenshan Zhuang and Miao Autonomous Prefecture"),
        ("140428", "Zhangzi County"),
        ("220100", "Changchun"),
        ("130224", "Luannan County"),
        ("130225", "Laoting County"),
        ("371522", "Shen County"),
        ("441803", "Qingxin District"),
        ("310115", "Pudong New Area"),
        ("429021", "Shennongjia Forestry District"),
        ("150723", "Oroqen Autonomous Banner"),
        ("441900", "Dongguan"),
        ("451000", "Baise"),
        ("530112", "Xishan District"),
        ("411100", "Luohe"),
        ("510100", "Chengdu"),
        ("140109", "Wanbolin District"),
    ],
)
def test_an_english_name(code, name):
    assert english(today()[code]) == name


def test_rows_fit_the_package_and_its_own_english_names():
    own = pd.read_csv(DATA / "regions.csv", dtype=str, keep_default_na=False).set_index("code")
    shared = own.index.intersection(list(today()))
    assert len(shared) > 10
    rows = pd.DataFrame([region(today()[code]) for code in shared]).set_index("code")
    assert list(region(today()[NATION])) == ["code", *own.columns]
    for column in ("level", "parent"):
        assert rows[column].to_dict() == own.loc[shared, column].to_dict()
    counties = [code for code in shared if rows.at[code, "level"] == "county"]
    assert rows.loc[counties, "name_en"].to_dict() == own.loc[counties, "name_en"].to_dict()
    assert rows.loc[counties, "name_zh"].to_dict() == own.loc[counties, "name_zh"].to_dict()


def test_a_code_that_is_none_has_no_chain():
    with pytest.raises(KeyError):
        chain("532331")
