"""Units behind a number, numbers in words, and parts of a year."""

import pytest

from plan_monitor.reading import numerals, parts, spelled, units
from plan_monitor.reading.confirm.units import converted
from reportkit.measures import scale


@pytest.mark.parametrize(
    ("text", "name", "stop", "more"),
    [
        ("3万亿元", "万亿元", 4, False),
        ("3千万元", "千万元", 4, False),
        ("3百万人", "百万人", 4, False),
        ("3千瓦", "千瓦", 3, False),  # no thousand
        ("3余人", "人", 3, True),
        ("3多万人", "万人", 4, True),
        ("3万多人", "万人", 4, True),
        ("3万 人", "万人", 4, False),
        ("3人次", "人次", 3, False),
        ("3万人（次）", "万人次", 6, False),
        ("3万元/亩", "万元/亩", 5, False),
        ("3人／10万", "人/10万", 6, False),
        ("3县", "个", 2, False),
        ("3万群众", "万人", 2, False),
        ("3万分别", "万", 2, False),
        ("3分别", "", 1, False),
        ("3km", "km", 3, False),
        ("3kmh", "", 1, False),
        ("3 million", "百万", 9, False),
        ("3Billion", "十亿", 8, False),
    ],
)
def test_the_unit_behind_a_number(text, name, stop, more):
    assert units.after(text, 1) == (name, stop, more)


@pytest.mark.parametrize("unit", [row["unit"] for row in units.UNITS if row["unit"][0] in "十百千"])
def test_a_unit_that_begins_like_a_scale_has_none(unit):
    assert scale(unit) == (0, unit) and scale(f"万{unit}") == (4, unit)


@pytest.mark.parametrize(
    ("value", "unit", "usual", "told"),
    [
        ("3", "百万元", "元", "3000000"),
        ("3", "千万元", "万元", "3000"),
        ("3", "万亿元", "亿元", "30000"),
        ("0.5", "千人", "万名", "0.05"),
        ("3", "百所", "个", "300"),
        ("3", "所", "个", "3"),
        ("3.50", "万元", "万元", "3.50"),
        ("3", "千瓦", "瓦", None),
        ("3", "百万元", "人", None),
    ],
)
def test_a_figure_is_moved_into_the_unit_of_its_indicator(value, unit, usual, told):
    assert converted(value, unit, usual) == told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("增长了一倍", "= 1 倍"),
        ("增长两倍", "= 2 倍"),
        ("翻一番", "= 1 番"),
        ("翻了两番", "= 2 番"),
        ("近九成受益", "about 90 %"),
        ("九成。", "= 90 %"),
        ("三成以上", ">= 30 %"),
        ("第九成。", ""),
        ("九成果", ""),
        ("百分之八十五", "= 85 %"),
        ("百分之85.5", "= 85.5 %"),
        ("百分之十二点五", "= 12.5 %"),
        ("千分之三", "= 3 ‰"),
        ("突破百亿斤", "> 100 亿斤"),
        ("百亿斤", ""),  # may be part of a name
        ("突破万亿元", "> 1 万亿元"),
        ("万余人", "> 1 万人"),
        ("万人", ""),
        ("超千人", "> 1000 人"),
        ("不足百户", "< 100 户"),
        ("百万亩以上", ">= 100 万亩"),
        ("亿元以上", ""),  # a class of projects
        ("八十五所", "= 85 所"),
        ("第八十五所", ""),
        ("十二名", "= 12 名"),
        ("百二十户", "= 120 户"),
        ("三十余户", "> 30 户"),
        ("一百零五家", "= 105 家"),
        ("十所", ""),
        ("数十所", ""),
        ("约百分之八十五以上", ">= 85 %"),
        ("不低于千分之三", ">= 3 ‰"),
        ("五成左右", "about 50 %"),
        ("九成多", ""),
        ("近千万人", "about 1000 万人"),
        ("突破百万余亩", "> 100 万亩"),
        ("万余人（次）", "> 1 万人次"),
        ("近亿元", "about 1 亿元"),
        ("百余元", "> 100 元"),
        ("上万人", ""),
        ("每万人", ""),
        ("一百零五余家", "> 105 家"),
        ("产值翻两番以上", ">= 2 番"),
        ("增长了近三倍", "about 3 倍"),
        ("两倍", ""),
    ],
)
def test_a_number_in_words(text, expected):
    found = [f"{one.comparator} {one.value} {one.unit}" for one in spelled.find(text)]
    assert found == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("text", "part"),
    [
        *(("上半年", "H1"), ("下半年", "H2"), ("首季度", "Q1"), ("第2季度", "Q2"), ("3季度", "Q3"), ("第四季度", "Q4")),
        *(("前三个季度", "-01/-09"), ("1至12月", "-01/-12"), ("1—2月", "-01/-02"), ("前5个月", "-01/-05")),
        *(("前十一个月", "-01/-11"), ("前十个月", "-01/-10"), ("前二个月", "-01/-02")),
        *(("12月末", "-12"), ("8月份", "-08"), ("1月", "-01"), ("13月", ""), ("3个月", ""), ("全年", "")),
    ],
)  # fmt: skip
def test_a_part_of_a_year(text, part):
    assert parts.part_of_year(text) == part


@pytest.mark.parametrize(
    ("text", "start", "end", "stop"),
    [
        ("达到近九成。", 3, 4, 5),
        ("达到百分之八十五。", 5, 8, 8),
        ("培训万余人（次）。", 2, 3, 8),
        ("新建八十五所。", 2, 5, 6),
    ],
)
def test_where_a_number_in_words_stands(text, start, end, stop):
    (one,) = spelled.find(text)
    assert (one.start, one.end, one.stop) == (start, end, stop)


@pytest.mark.parametrize(
    ("numeral", "digits"),
    [
        *(
            ("九千九百九十九", "9999"),
            ("三千零五十", "3050"),
            ("一千二百三十四", "1234"),
            ("两千零八十", "2080"),
        ),
        *(("千五", "1005"), ("百五", "105"), ("百二十", "120"), ("十", "10"), ("十一", "11"), ("二十", "20")),
        *(("零五", "5"), ("二〇二五", "2025"), ("一二三四五六七八九零一二三", "123456789012")),
        *(("二十一点五", "21.5"), ("三点一四", "3.14"), ("三点", "3"), ("点五", ""), ("三点十", "")),
        *(("十十", ""), ("五十二百", ""), ("", ""), ("123", ""), ("甲", "")),
    ],
)
def test_a_numeral_in_digits(numeral, digits):
    assert numerals.read(numeral) == digits


def test_a_numeral_up_to_39():
    numerals = ("一", "两", "九", "十", "十一", "十九", "二十", "二十一", "三十", "三十九")
    assert [*map(parts.tens, numerals)] == [1, 2, 9, 10, 11, 19, 20, 21, 30, 39]
