"""Whether a figure is aimed at or reached, is money for something, or neither; and its time, base and place."""

import pytest

from plan_monitor.reading import draft, passages
from plan_monitor.reading.periods import Clock, times

PLAN = "某县教育发展规划（2021—2025年）\n"
REPORT = "政府工作报告\n——2021年1月20日在某县人民代表大会上\n"
BULLETIN = "某县2020年统计公报\n"
ROLES = [
    (PLAN + "一、发展基础\n", "有学校120所。", "observation"),
    (PLAN + "一、发展基础\n", "到2025年达到130所。", "target"),
    (PLAN + "二、主要目标\n", "学校达到130所。", "target"),
    (PLAN + "二、主要目标\n", "2020年有学校120所。", "observation"),
    (PLAN + "二、主要目标\n", "已建成学校20所。", "observation"),
    (PLAN + "三、重点工程\n", "总投资20亿元。", "investment"),
    (PLAN + "三、重点工程\n", "落实补助资金300万元。", "investment"),
    (PLAN + "二、主要目标\n", "固定资产投资达到30亿元。", "target"),
    (PLAN + "二、主要目标\n", "人均收入达到3万元。", "target"),
    (REPORT + "一、2020年工作回顾\n", "新建学校5所。", "observation"),
    (REPORT + "二、2021年工作安排\n", "新建学校6所。", "target"),
    (BULLETIN + "一、综合\n", "有学校120所，力争增加。", "observation"),
    (BULLETIN + "一、综合\n", "力争2021年达到125所。", "target"),
]


def row(text: str, **given) -> dict:
    return draft.read(passages.read(text), **given).to_dict("records")[-1]


@pytest.mark.parametrize(("head", "sentence", "role"), ROLES)
def test_heading_time_and_words_tell_the_role(head, sentence, role):
    assert row(head + sentence)["role"] == role


PERIODS = [
    ("到2025年底，达到20所。", [("2025", False)]),
    ("2016—2020年新建12所。", [("2016-2020", False)]),
    ("2022年、2023年和2025年新建12所。", [("2022-2025", False)]),
    ("“十三五”末有12所。", [("2020", False)]),
    ("十四五期间新建12所。", [("2021-2025", False)]),
    ("比2019年增加3所。", [("2019", True)]),
    ("与2018年、2019年相比增加3所。", [("2018-2019", True)]),
    ("较上年同期增加3所。", [("2019", True)]),
    ("2015年以来新建3所。", [("2015-2020", False)]),
    ("2021年3月有3所。", [("2021-03", False)]),
    ("2021年上半年有3所。", [("2021H1", False)]),
    ("1—8月新建3所。", [("2020-01/2020-08", False)]),
    ("去年有3所，明年有5所。", [("2019", False), ("2021", False)]),
    ("十年前有3所。", [("2010", False)]),
    ("三年内新建3所。", []),
    ("是2015年的1.8倍。", [("2015", True)]),
]


@pytest.mark.parametrize(("sentence", "expected"), PERIODS)
def test_times_of_a_sentence(sentence, expected):
    assert [(time.period, time.base) for time in times(sentence, Clock(2020))] == expected


def test_the_paragraph_then_the_heading_then_the_document_tell_the_time():
    head = PLAN + "一、2019年基本情况\n"
    assert row(head + "有学校12所。")["period"] == "2019"
    assert row(head + "2018年，新建3所。改建2所。")["period"] == "2018"
    assert row(PLAN + "一、发展基础\n有学校12所。")["period"] == "2020"
    assert row(PLAN + "二、目标\n达到12所。")["period"] == "2021-2025"


def test_where_a_change_starts_without_a_year_is_not_dated():
    rows = draft.read(passages.read(BULLETIN + "班额由50人降到45人。")).to_dict("records")
    assert [one["period"] for one in rows] == ["", "2020"]
    assert "period" in rows[0]["look"]


def test_what_a_growth_is_counted_from():
    assert row(BULLETIN + "产值比2015年增长20%。")["base_period"] == "2015"
    assert row(BULLETIN + "产值同比增长20%。")["base_period"] == "2019"
    assert row(BULLETIN + "产值20亿元。")["base_period"] == ""


def test_a_growth_belongs_to_its_level():
    text = BULLETIN + "产值20亿元，增长5%。"
    level, growth = draft.read(passages.read(text)).to_dict("records")
    assert growth["under"] == str(level["start"]) and level["under"] == ""
    assert (growth["indicator_zh"], growth["indicator_from"]) == ("产值", "composed")


def test_a_region_that_the_clause_names():
    text = "镇江市2020年统计公报\n全市产值20亿元，其中丹阳市5亿元，高于全省平均水平。"
    rows = draft.read(passages.read(text)).to_dict("records")
    assert [(one["region"], one["region_from"]) for one in rows] == [
        ("321100", "document"),
        ("321181", "clause"),
    ]
