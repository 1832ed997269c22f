"""Whether a figure is aimed at or reached, is money for something, or neither; and its time, base and place."""

import pandas as pd
import pytest

from plan_monitor.reading import draft, passages
from plan_monitor.reading.lists import things
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


def told(text, *columns):
    rows = draft.read(passages.read(text), year=2020, region="某县").to_dict("records")
    return [" ".join(one[column] for column in columns) for one in rows]


@pytest.mark.parametrize(
    ("sentences", "periods"),
    [
        # a time at the beginning of a paragraph holds for it
        ("2023年，新建3所。改建2所。", "2023 sentence | 2023 paragraph"),
        ("力争2023年，新建3所。改建2所。", "2023 sentence | 2023 paragraph"),
        ("力争到2023年，新建3所。改建2所。", "2023 sentence | 2023 paragraph"),
        ("我们力争2023年，新建3所。改建2所。", "2023 sentence | 2021-2025 plan"),
        ("2023年重点建机制。改建2所。", "2023 paragraph"),
        ("2023年重点建机制十一个字呢。改建2所。", "2023 paragraph"),
        ("2023年重点建机制十一个字呢呢。改建2所。", "2021-2025 plan"),
        ("2023年底前：改建2所。扩建3所。", "2023 sentence | 2023 paragraph"),
        ("比2023年，新建3所。改建2所。", "2021-2025 plan | 2021-2025 plan"),
        # where a change starts without a year is not dated
        ("2023年班额由50人降到45人。", " | 2023 sentence"),
        ("班额由2021年的50人降到45人。", "2021 sentence | 2021-2025 plan"),
        (f"班额由{'甲' * 20}50人降到45人。", " | 2021-2025 plan"),
        (f"班额由{'甲' * 21}50人降到45人。", "2021-2025 plan | 2021-2025 plan"),
        (f"班额由50人{'甲' * 20}到45人。", " | 2021-2025 plan"),
        (f"班额由50人{'甲' * 21}到45人。", "2021-2025 plan | 2021-2025 plan"),
        # nor does a time in brackets that tell more
        ("巩固率95%（2023年）。", "2023 sentence"),
        ("巩固率95%（2023年，达标）。", "2021-2025 plan"),
        ("巩固率95%，（2023年）。", "2021-2025 plan"),
        # a list of times is of as many figures
        (
            "2022年、2023年覆盖率分别达到50%、60%，2024年、2025年巩固率分别达到70%、80%。",
            "2022 sentence | 2023 sentence | 2024 sentence | 2025 sentence",
        ),
        (
            "2022年、2023年覆盖率分别达到50%、60%，巩固率分别达到70%、80%、90%。",
            "2022 sentence | 2023 sentence | 2022-2023 sentence | 2022-2023 sentence | 2022-2023 sentence",
        ),
        (
            "2021年、2023年覆盖率分别达到50%、60%。巩固率分别达到70%、80%。",
            "2021 sentence | 2023 sentence | 2021-2025 plan | 2021-2025 plan",
        ),
        ("2021年，2022年、2023年分别达到60%、70%。", "2022 sentence | 2023 sentence"),
        ("2021年，学校、医院分别达到6所、7所。", "2021 sentence | 2021 sentence"),
    ],
)
def test_what_tells_the_time_of_a_figure(sentences, periods):
    shown = [one.strip() for one in told(f"{PLAN}{sentences}\n", "period", "period_from")]
    assert " | ".join(shown) == periods


@pytest.mark.parametrize(
    ("sentence", "bases"),
    [
        ("产值增长5%。", ["2019"]),
        ("2019年产值增长5%。", ["2018"]),
        ("上半年产值增长5%。", ["2019H1"]),
        ("1—5月产值增长5%。", ["2019-01/2019-05"]),
        ("2016—2020年产值增长5%。", [""]),
        ("产值提高5个百分点。", [""]),
        ("产值增长5%，比2018年增长6%，比2017年投资，增长7%。", ["2019", "2018", "2019"]),
        ("比2018年、2019年分别增加30所、12所。", ["2018", "2019"]),
        ("产值比2015年、比2016年增长5%。", ["2016"]),
    ],
)
def test_what_a_change_is_counted_from(sentence, bases):
    assert told(f"{BULLETIN}{sentence}\n", "base_period") == bases


def test_both_ends_of_a_span_have_one_role():
    assert told(f"{PLAN}投入3—5亿元资金。\n", "role", "value") == ["investment 3", "investment 5"]
    assert told(f"{PLAN}投入3亿元，培训5人。\n", "role") == ["investment", "target"]


def table_roles(head, lines, **given):
    text = head + "\n".join(lines).replace("|", "\t") + "\n"
    rows = draft.read(passages.read(text), **{"year": 2020} | given).to_dict("records")
    return " ".join(one["role"][0] for one in rows)


@pytest.mark.parametrize(
    ("lines", "roles"),
    [
        # of the targets of a plan over more than three years the first is where it starts
        (["主要目标", "指标|2018年|2020年|2022年|2025年", "巩固率|1|2|3|4"], "o t t t"),
        (["主要情况", "指标|2018年|2020年|2022年|2025年", "巩固率|1|2|3|4"], "o o t t"),
        (["主要目标", "指标|2018年|2020年|2025年", "巩固率|1|2|3"], "o o t"),
        (["主要目标", "指标|2021年|2022年|2023年|2025年", "巩固率|1|2|3|4"], "t t t t"),
        (["指标|2020年目标|2025年", "巩固率|1|2"], "t t"),
        (["指标|2016-2022年", "巩固率|1"], "t"),
        (["指标|2016-2020年", "巩固率|1"], "o"),
    ],
)
def test_the_roles_of_the_columns_of_a_table(lines, roles):
    assert table_roles(PLAN, lines) == roles


def test_a_table_without_years_is_what_its_document_is():
    lines = ["指标|数值", "巩固率|1"]
    assert table_roles("某县规划\n", lines, year=None) == "t"
    assert table_roles("某县公报\n", lines, year=None) == "o"
    assert table_roles(BULLETIN, ["指标|2025年", "巩固率|1"]) == "t"


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("小学、初中率", ["小学", "初中率"]),  # what is a measure is longer than the first thing, by two
        ("小学、毛率", ["小学", "毛率"]),
        ("小学、毛入学率", ["小学率", "毛入学率"]),
        ("甲、乙比例", ["甲比例", "乙比例"]),
        ("城镇居民人均、农村居民人均收入", ["城镇居民人均收入", "农村居民人均收入"]),
        ("小学以及初中在校生", ["小学在校生", "初中在校生"]),
        ("小学招、初中招生", ["小学招生", "初中招生"]),
        ("在校生、毕业生", ["在校生", "毕业生"]),
    ],
)
def test_things_of_a_list_share_the_measure_of_the_last(clause, expected):
    assert things(clause) == expected


@pytest.mark.parametrize(
    ("heading", "told"),
    [
        ("（一）义务教育", "retention"),
        ("义务教育十二个字的标题在此", ""),  # of thirteen characters
        ("（一）义务教育十二个字的标题此", "retention"),
        ("（一）卫生事业", ""),
    ],
)
def test_a_short_heading_tells_what_a_name_is_of(heading, told):
    indicators = pd.DataFrame(
        [
            {
                "id": "retention",
                "name_zh": "义务教育巩固率",
                "unit": "%",
                "aliases": "义务教育十二个字的标题此巩固率",
            }
        ]
    )
    rows = draft.read(passages.read(f"{PLAN}{heading}\n巩固率达到95%。\n"), indicators=indicators)
    assert rows["indicator"].tolist()[-1] == told
