"""What a document tells without a number, and what only looks like it."""

import pandas as pd
import pytest

from plan_monitor.reading import frame, passages, words
from plan_monitor.reading.places import Places

PLAN = "某县教育规划（2021—2025年）\n二、发展目标\n"
CASES = [
    ("到2025年，幼儿园乡镇全覆盖。", "full cover", "全覆盖", "幼儿园乡镇", "2025"),
    ("推进课后服务全覆盖。", "full cover", "全覆盖", "课后服务", "2021-2025"),
    ("困难群众应保尽保。", "full cover", "应保尽保", "困难群众", "2021-2025"),
    ("乡镇卫生院全部达标。", "full cover", "全部", "乡镇卫生院", "2021-2025"),
    ("到2023年，所有行政村通硬化路。", "full cover", "所有", "行政村通硬化路", "2023"),
    ("2022年，超大班额动态清零。", "to zero", "动态清零", "超大班额", "2022"),
    ("全面消除义务教育大班额。", "to zero", "全面消除", "义务教育大班额", "2021-2025"),
    ("较大事故零发生。", "to zero", "零", "较大事故", "2021-2025"),
    ("到2025年，茶叶产值翻番。", "doubled", "翻番", "茶叶产值", "2025"),
    ("三分之二的学校达到省级标准。", "fraction", "三分之二", "学校达到省级标准", "2021-2025"),
    ("招生规模与上年基本持平。", "unchanged", "基本持平", "招生规模", "2020"),
    ("到2035年，基本实现教育现代化。", "basic", "基本实现", "教育现代化", "2035"),
    ("2020年，职教体系基本形成。", "basic", "基本形成", "职教体系", "2020"),
]
NONE = [
    "44个贫困村全部退出。",
    "基本建成3所学校。",
    "所有12个乡镇建成文化站。",
    "大班额还没有全面消除。",
    "印发《某县医保全覆盖实施方案》。",
    "《医保全覆盖实施方案》已经印发。",
    "未全面消除大班额。",
    "实现上半年“双过半”。",
    "全程网办和零跑动率达到90%。",
    "产值翻一番，近九成农户受益，资助率百分之百。",
    "从零开始，零售额快速增长。",
]


def read(text: str) -> list[words.WordRow]:
    parts = passages.read(text)
    return words.read(parts, frame.propose(parts), Places(pd.DataFrame()))


@pytest.mark.parametrize(("sentence", "meaning", "said", "name", "period"), CASES)
def test_words_tell_a_figure(sentence, meaning, said, name, period):
    (row,) = read(PLAN + sentence)
    assert (row.meaning, row.words, row.indicator_zh, row.period) == (meaning, said, name, period)
    assert (PLAN + sentence)[row.start :].startswith(said)
    assert row.locator == "二、发展目标"


@pytest.mark.parametrize("sentence", NONE)
def test_what_a_number_tells_or_nobody_claims_is_left_out(sentence):
    assert read(PLAN + sentence) == []


def test_one_clause_tells_one_thing():
    said = [
        row.words for row in read(PLAN + "所有行政村实现公厕全覆盖，基本实现医保全覆盖，应劝尽劝、应返尽返。")
    ]
    assert said == ["全覆盖", "基本实现", "应劝尽劝", "应返尽返"]


def test_what_a_table_tells_in_words():
    text = PLAN + "指标\t2020年\t2025年\n低保覆盖率\t98%\t应保尽保\n规模\t持平\t12\n"
    rows = read(text)
    assert [(row.indicator_zh, row.words, row.period, row.role) for row in rows] == [
        ("低保覆盖率", "应保尽保", "2025", "target"),
        ("规模", "持平", "2020", "observation"),
    ]
    assert all(text[row.start :].startswith(row.words) for row in rows)


def test_a_retrospect_is_observed():
    (row,) = read("某县教育规划（2021—2025年）\n一、发展基础\n“十三五”时期，所有乡镇建成文化站。")
    assert (row.role, row.period) == ("observation", "2016-2020")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("超大班额全部清零", [("全部清零", "to zero")]),
        ("未全覆盖", []),  # whose first character denies it
        ("尚未全覆盖", []),
        ("全覆盖", [("全覆盖", "full cover")]),
    ],
)
def test_a_denial_counts_from_the_first_character_on(text, told):
    assert [(match[0], meaning) for match, meaning in words.matches(text)] == told


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("实现乡镇医保全覆盖。", ["全覆盖 乡镇医保"]),
        ("没有真正在实现医保全覆盖。", ["全覆盖 没有真正在医保"]),  # five characters from the denial on
        ("2025年贫困村全部退出。", ["全部 贫困村"]),  # a year counts nothing
        ("12个贫困村全部退出。", []),
        # a number in brackets is told by itself, and is no part of the name
        ("贫困村（12个）全部退出。", ["全部 贫困村"]),
        ("贫困村（含边境村，12个）全部退出。", ["全部 贫困村"]),
        ("贫困村（全部退出）。", ["全部 贫困村"]),
        ("村卫生室（医务人员全部到位）。", ["全部 医务人员"]),
        ("村（社区）全部达标。", ["全部 村（社区）"]),
        # what stands behind, whatever stands before
        ("乡镇全面消除大班额。", ["全面消除 大班额"]),
        ("乡镇半数学校达标。", ["半数 学校达标"]),
        ("乡镇三分之二的学校达标。", ["三分之二 学校达标"]),
        ("村（社区）卫生室全部达标。", ["全部 村（社区）卫生室"]),
        ("实现全部脱贫。", ["全部 脱贫"]),
        ("学校，全部达标。", ["全部 学校"]),
        ("一半的学校达标。", ["一半 学校达标"]),
        ("学校过半。", ["过半 学校"]),
        ("消除大班额，动态清零。", ["消除 大班额", "动态清零 消除大班额"]),
        ("应保尽保。", ["应保尽保 "]),
        ("困难群众，应保尽保。", ["应保尽保 困难群众"]),
        ("困难群众，要，应保尽保。", ["应保尽保 困难群众"]),  # the nearest that is a name
        ("学校，应保尽保；医院全覆盖。", ["应保尽保 学校", "全覆盖 医院"]),
        ("基本实现医保全覆盖。", ["基本实现 医保全覆盖"]),
        # up to 40 characters before and behind are looked at
        (f"印发《{'甲' * 39}全覆盖方案》。", []),
        (f"印发《{'甲' * 40}全覆盖方案》。", [f"全覆盖 印发《{'甲' * 40}"]),
        (f"零跑动率{'甲' * 36}9。", []),
        (f"事项零跑动率{'甲' * 37}9。", ["零 事项"]),
    ],
)
def test_what_words_are_said_of(sentence, told):
    assert [f"{row.words} {row.indicator_zh}" for row in read(PLAN + sentence)] == told


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (["指标|2020年|2021年", "低保|清零|全覆盖"], ["清零 2020 observation", "全覆盖 2021 target"]),
        (["指标|现状|目标", "低保|清零|全覆盖"], ["清零 2021-2025 observation", "全覆盖 2021-2025 target"]),
        (["指标|情况", "低保|清零"], ["清零 2021-2025 target"]),
        (["指标|2025年", f"低保|{'都' * 9}全覆盖"], ["全覆盖 2025 target"]),  # twelve characters
        (["指标|2025年", f"低保|{'都' * 10}全覆盖"], []),
        (["指标|2025年|备注", "低保|12|全覆盖"], []),
        (["指标|2025年", "低保|全覆盖12"], []),
        (["指标|2025年|规模", "2020年|清零|12"], ["清零 2025 target"]),
        (
            ["指标|低保|规模", "2020年|清零|12", "2025年|全覆盖|15"],
            ["清零 2020 observation", "全覆盖 2025 target"],
        ),
    ],
)
def test_words_in_cells(rows, told):
    text = PLAN + "\n".join(rows).replace("|", "\t") + "\n"
    assert [f"{row.words} {row.period} {row.role}" for row in read(text)] == told


def test_words_of_a_year_are_of_what_their_column_is_of():
    (row,) = read(f"{PLAN}指标\t低保\t规模\n2025年\t全覆盖\t12\n")
    assert (row.indicator_zh, row.quote) == ("低保", "2025年 | 低保 | 全覆盖")


def test_words_in_a_bulletin_of_a_place_are_observed_there():
    parts = passages.read("丹阳市2020年公报\n指标\t情况\n低保\t清零\n#句容市\t全覆盖\n")
    rows = words.read(parts, frame.propose(parts), Places(pd.DataFrame(), "镇江市"))
    assert [(row.indicator_zh, row.region, row.role) for row in rows] == [
        ("低保", "321100", "observation"),
        ("句容市", "321183", "observation"),
    ]
