"""One thing told at two places of a document, and what only looks like it: with values at every bound."""

import pytest

from plan_monitor.reading import checks, draft, passages

TWICE = "某市规划\n\n第一章 发展目标\n\n到2025年，{}。\n\n第二章 重点任务\n\n到2025年，{}。\n"
REACHED = "某市“十四五”规划\n\n第一节 取得的成绩\n\n{}。\n\n第二节 发展目标\n\n{}。\n"
BULLETIN = "某市2020年公报\n\n一、供水\n\n2020年，{}。\n\n二、概况\n\n2020年，{}。\n"


def found(text, rule):
    """What a text says of a rule, without where it stands."""
    made = checks.candidates(draft.read(passages.read(text), year=2020, until=2025))
    return [shown.rpartition("（")[0] for shown in made.loc[made["rule"].eq(rule), "text_zh"]]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("新建标准化学校30所", "新建标准化学校40所", ["不符：30 所 = 40 所"]),
        ("新建标准化学校30所", "新建标准化学校30所", ["相符：30 所 = 30 所"]),
        ("新建标准化学校3万所", "新建标准化学校40000所", ["不符：3 万所 × 10000 = 30000 = 40000 所"]),
        ("新建标准化学校40000所", "新建标准化学校3万所", ["不符：40000 所 = 3 万所 × 10000"]),
        ("新建标准化学校30所", "新建标准化学校90所", ["不符：30 所 = 90 所"]),
        ("新建标准化学校90所", "新建标准化学校30所", ["不符：90 所 = 30 所"]),
        ("新建标准化学校30所", "新建标准化学校91所", []),  # so far apart they are of two things
        ("新建标准化学校30所以上", "新建标准化学校40所以下", []),  # the ends of a range
        ("新建标准化学校30所", "新建标准化学校40人", []),
        ("新建校园30所", "新建校园40所", []),  # a name as short tells too little
        ("新建标准学校30所", "新建标准学校40所", ["不符：30 所 = 40 所"]),
        ("新建标准化学校0所", "新建标准化学校40所", []),
        ("自来水漏损率达到0.5%", "自来水漏损率达到0.6%", ["不符：0.5 % = 0.6 %"]),
        ("标准化学校比例达到30%", "标准化学校比例增长40%", []),
        ("标准化学校达到30所", "比2020年标准化学校增加40所", []),
    ],
)
def test_a_name_at_two_places_is_one_thing(first, second, expected):
    assert found(TWICE.format(first, second), "twice") == expected


@pytest.mark.parametrize(
    ("first", "second", "held"),
    [
        ("到2025年，全市", "2021—2025年，全市", True),  # the last year counts
        ("2015年上半年，全市", "2025年上半年，全市", False),
        ("2025年，全市", "2025年，全国", False),
    ],
)
def test_a_thing_is_of_one_time_and_one_region(first, second, held):
    text = f"某市规划\n\n第一章 甲目标\n\n{first}新建标准化学校30所。\n\n第二章 乙目标\n\n{second}新建标准化学校40所。\n"
    assert found(text, "twice") == (["不符：30 所 = 40 所"] if held else [])


def test_a_promise_for_a_plans_years_is_one_for_its_last():
    text = REACHED.format("2022年，自来水普及率达到95.6%", "2021—2025年，自来水普及率达到95%以上")
    made = checks.candidates(draft.read(passages.read(text), year=2022, until=2025))
    assert made.loc[made["rule"].eq("reached"), "verdict"].tolist() == ["contradicts"]


@pytest.mark.parametrize(("reached", "expected"), [("2019年", ["contradicts"]), ("2020年", [])])
def test_a_promise_is_held_against_what_had_been_reached_before_its_year(reached, expected):
    text = f"某市规划\n\n第一节 取得的成绩\n\n{reached}，自来水普及率达到95.6%。\n\n第二节 发展目标\n\n确保自来水普及率达到95%以上。\n"
    rows = draft.read(passages.read(text), year=2020)  # whose last year nobody knows
    assert rows[["role", "period"]].iloc[1].tolist() == ["target", "2020"]
    made = checks.candidates(rows)
    assert made.loc[made["rule"].eq("reached"), "verdict"].tolist() == expected


def test_tables_of_their_own_are_held_against_each_other():
    tables = "".join(f"表{at} {name}\n指标\t2025年\n新建标准化学校（所）\t{value}\n\n说明。\n\n"
                     for at, name, value in ((1, "甲", 30), (2, "乙", 40)))  # fmt: skip
    assert found(f"某市规划\n\n第一章 目标\n\n{tables}", "twice") == ["不符：30 所 = 40 所"]


@pytest.mark.parametrize(("characters", "held"), [(40, False), (41, True)])
def test_figures_of_one_sentence_or_the_next_are_of_two_things(characters, held):
    """Those less than 60 characters from each other: from 30 to 40 it is the filling and 19 more."""
    filling = "好" * characters + "。"
    text = f"某市规划\n\n第一章 发展目标\n\n到2025年，新建标准化学校30所。{filling}到2025年，新建标准化学校40所。\n"
    assert text.index("40所") - text.index("30所") == (characters + 19)
    assert bool(found(text, "twice")) == held


@pytest.mark.parametrize(
    ("values", "pairs"),
    [
        ((30, 40, 50), [(30, 40), (30, 50), (40, 50)]),
        ((30, 40, 50, 60), [(30, 40), (40, 50), (50, 60)]),  # of more than three, each with the one before
    ],
)
def test_a_thing_at_several_places(values, pairs):
    places = zip("甲乙丙丁", values, strict=False)
    text = "\n\n".join(f"第一章 {name}目标\n\n到2025年，新建标准化学校{value}所。" for name, value in places)
    assert found(f"某市规划\n\n{text}\n", "twice") == [f"不符：{one} 所 = {other} 所" for one, other in pairs]


@pytest.mark.parametrize(
    ("done", "aimed", "expected"),
    [
        ("2020年，自来水普及率达到95.6%", "到2025年，自来水普及率达到95%以上", ["不符：95 % ≥ 95.6 %"]),
        ("2020年，自来水普及率达到95.6%", "到2025年，自来水普及率达到95%", ["不符：95 % ≥ 95.6 %"]),
        ("2020年，自来水普及率达到95.6%", "到2025年，自来水普及率达到95.6%以上", ["相符：95.6 % ≥ 95.6 %"]),
        (
            "2019年，自来水普及率达到97%。2020年，自来水普及率达到95.6%",
            "到2025年，自来水普及率达到96%以上",
            ["相符：96 % ≥ 95.6 %"],  # the latest counts
        ),
        (
            "2020年，自来水普及率达到95.6%，2020年底，自来水普及率达到94.5%",
            "到2025年，自来水普及率达到95%以上",
            ["不符：95 % ≥ 95.6 %"],  # of one year the first
        ),
        ("2020年，自来水普及率达到95.6%", "到2020年，自来水普及率达到95%以上", []),  # no later
        ("2020年，自来水漏损率达到15.6%", "到2025年，自来水漏损率降到15%以下", []),
        ("2020年，自来水价格达到5.6元", "到2025年，自来水价格达到5元", []),  # more may be worse
        ("2020年，学位950个", "到2025年，学位900个以上", ["不符：900 个 ≥ 950 个"]),
        ("2020年，新增学位950个", "到2025年，新增学位900个以上", []),  # of another time
    ],
)
def test_a_promise_is_no_less_than_what_has_been_reached(done, aimed, expected):
    assert found(REACHED.format(done, aimed), "reached") == expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("全市供水123.4万人", "用水总量1234000人", ["相符：1234000 人 = 123.4 万人 × 10000"]),
        ("全市供水1200.5千人", "用水总量1200500人", ["相符：1200500 人 = 1200.5 千人 × 1000"]),
        ("全市供水123.5万人", "用水总量1234000人", []),  # two numbers
        ("全市供水12万人", "用水总量120000人", []),  # too short to be no chance
        ("全市供水123.4万人", "用水总量1234000户", []),  # two things
        ("全市供水1234人", "用水总量1234人", []),  # one unit
        ("全市供水1.234千人", "用水总量1234人", []),
        ("全市供水1.2345万人", "用水总量12345人", ["相符：12345 人 = 1.2345 万人 × 10000"]),
        ("全市供水12.3万人", "用水总量123000人", []),
    ],
)
def test_one_number_in_single_things_and_in_thousands_of_them_is_one(first, second, expected):
    assert found(BULLETIN.format(first, second), "units") == expected


@pytest.mark.parametrize(
    ("scale", "size"),
    [
        *(("百", 10**2), ("千", 10**3), ("万", 10**4), ("十万", 10**5), ("百万", 10**6), ("千万", 10**7)),
        *(("亿", 10**8), ("十亿", 10**9), ("百亿", 10**10), ("千亿", 10**11), ("万亿", 10**12)),
    ],
)
def test_a_number_is_as_many_as_its_unit_says(scale, size):
    text = BULLETIN.format(f"全市供水1234{scale}吨", f"用水总量{1234 * size}吨")
    assert found(text, "units") == [f"相符：{1234 * size} 吨 = 1234 {scale}吨 × {size}"]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("供水管道1234公里", "受益群众1234人", ["不符：1234 公里 ≠ 1234 人"]),
        ("供水管道12.34公里", "受益群众12.34万人", ["不符：12.34 公里 ≠ 12.34 万人"]),
        ("供水管道123公里", "受益群众123人", []),  # as few digits may be a chance
        ("供水管道1200公里", "受益群众1200人", []),  # and so may round numbers
        ("供水管道1210公里", "受益群众1210人", ["不符：1210 公里 ≠ 1210 人"]),
        ("供水管道1234公里", "供水管道长度1234米", []),  # one thing
        ("供水管道1234公里", "新供水管1234米", ["不符：1234 公里 ≠ 1234 米"]),  # three characters alike
        ("供水管道1234公里", "排水沟渠1234公里", []),
        ("供水管道网1234公里", "供水管道长度1234米", []),  # four characters of five alike
        ("供水1234公里", "供水管道1234米", []),  # the shorter name is within the longer
        ("供水管道1234米", "供水1234公里", []),
        (
            "供水管网1234公里",
            "排水管网总长1234米",
            ["不符：1234 公里 ≠ 1234 米"],
        ),  # three characters of four alike
    ],
)
def test_a_long_number_of_two_things_may_be_a_slip(first, second, expected):
    assert found(BULLETIN.format(first, second), "coincidence") == expected


def test_a_cell_is_held_against_a_sentence_under_another_heading():
    text = "某市2020年公报\n\n一、供水\n\n2020年，新建标准化学校30所。\n\n二、概况\n\n指标\t2020年\n新建标准化学校（所）\t40\n"
    assert found(text, "twice") == ["不符：30 所 = 40 所"]
