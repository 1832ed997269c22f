"""What the heading of a column says of its figures, and what the title of a table says of all of them."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from plan_monitor.intake.take import cells, headings, labels, titles


def read(*parts):
    """What a heading says, as far as it says anything; its reason where it cannot be read."""
    heading = headings.read(parts, lambda text: text in ("镇江市", "丹阳市"))
    said = {name: value for name, value in heading._asdict().items() if value not in ("", None, False)}
    fault = said.pop("fault", None)
    return {name: value for name, value in said.items() if name != "text"}, fault and fault["zh"]


FIGURE = {"role": "figure"}


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        # which column it is
        (("指标", "Indicator"), {"role": "label"}),
        (("目标任务",), {"role": "label"}),
        (("序号", "2023年"), {"role": "number", "period": "2023"}),
        (("2023年", "数值"), {"role": "value", "period": "2023"}),
        (("单位", "2023年"), FIGURE | {"period": "2023"}),
        (("年份",), {"role": "period"}),
        (("目标年份",), {"role": "period", "promised": True}),
        (("全年", "实际"), {"role": "value"}),
        (("累计",), {"role": "other"}),
        (("情况",), {"role": "other"}),
        # its period
        (("2023年", "Total"), FIGURE | {"period": "2023"}),
        (("2023", "A级"), FIGURE | {"period": "2023", "name": "A级"}),
        (("  ", "2020年"), FIGURE | {"period": "2020"}),
        (("（2020年）",), FIGURE | {"period": "2020"}),
        (("截2020年",), FIGURE | {"period": "2020"}),
        (("2020年的",), FIGURE | {"period": "2020"}),
        (("十四五末",), FIGURE | {"period": "2025"}),
        (("2020年全年",), FIGURE | {"period": "2020"}),
        (("2020年末情况",), FIGURE | {"period": "2020"}),
        (("2020年末常住人口",), FIGURE | {"period": "2020", "name": "常住人口"}),
        (("2020年占比",), FIGURE | {"period": "2020", "name": "占比"}),
        (("毛入园率（2020年）",), FIGURE | {"period": "2020", "name": "毛入园率"}),
        (("毛入园率（2020年末）", "（%）"), FIGURE | {"period": "2020", "name": "毛入园率", "unit": "%"}),
        (("投资（万元）（2020年）",), FIGURE | {"period": "2020", "name": "投资", "unit": "万元"}),
        (
            ("毛入园率（2025年目标）",),
            FIGURE | {"period": "2025", "name": "毛入园率", "promised": True, "with_period": True},
        ),
        (("2023年1-6月",), FIGURE | {"period": "2023-01/2023-06"}),
        (("2023年第三季度产值",), FIGURE | {"period": "2023Q3", "name": "产值"}),
        # units and marks
        (("2023年", "(万人)"), FIGURE | {"period": "2023", "unit": "万人"}),
        (("2020年底（万人）",), FIGURE | {"period": "2020", "unit": "万人"}),
        (("常住人口（万人）", "2020年（人）"), FIGURE | {"period": "2020", "unit": "人", "name": "常住人口"}),
        (("常住人口①", "2020年②"), FIGURE | {"period": "2020", "name": "常住人口", "marks": "①②"}),
        # places
        (("镇江市", "其中"), FIGURE | {"region": "镇江市"}),
        (("市辖区", "丹阳市"), FIGURE | {"region": "丹阳市"}),
        (("人口", "丹阳市"), FIGURE | {"region": "丹阳市", "name": "人口"}),
        # promised or reached
        (("2023年", "目标"), FIGURE | {"period": "2023", "promised": True, "with_period": True}),
        (("目标", "2025年"), FIGURE | {"period": "2025", "promised": True}),
        (("预期2025年",), FIGURE | {"period": "2025", "promised": True, "with_period": True}),
        (("2025年", "目标值", "（%）"), FIGURE | {"period": "2025", "promised": True, "with_period": True, "unit": "%"}),
        (("2021—2025年目标", "2021年"), FIGURE | {"period": "2021", "promised": True, "with_period": True}),
        (("2021—2025年目标", "2025年"), FIGURE | {"period": "2025", "promised": True, "with_period": True}),
        (("2021—2025年目标", "2026年"), FIGURE | {"period": "2026", "promised": True}),
        (("2021—2025年目标", "2020年"), FIGURE | {"period": "2020", "promised": True}),
        (("2025年目标", "数值"), {"role": "value", "period": "2025", "promised": True, "with_period": True}),
        (("规划目标值",), {"role": "value", "promised": True}),
        (("升学目标值",), {"role": "other", "promised": True, "name": "升学"}),
        (("计划生育率",), {"role": "other", "name": "计划生育率"}),
        (("2020年基数",), FIGURE | {"period": "2020", "with_period": True}),
        (("2020年实际完成",), FIGURE | {"period": "2020", "with_period": True}),
        (("人口基数",), {"role": "other", "name": "人口"}),
        (("现状及目标", "2020年"), FIGURE | {"period": "2020"}),
        (("目标与实际",), {"role": "other"}),
        # growth
        (("同比",), FIGURE | {"growth": "同比增长", "unit": "%"}),
        (("同比增减",), FIGURE | {"growth": "同比增减", "unit": "%"}),
        (("年均",), FIGURE | {"growth": "年均", "unit": "%"}),
        (("比上年±%",), FIGURE | {"growth": "比上年增长", "unit": "%"}),
        (("增速（‰）",), FIGURE | {"growth": "增速", "unit": "‰"}),
        (("2023年增速", "（‰）"), FIGURE | {"period": "2023", "growth": "增速", "unit": "‰"}),
        (("2023年", "比2022年增长（%）"), FIGURE | {"period": "2023", "growth": "比上年增长", "unit": "%"}),
        (("2023年", "较2022年增减"), FIGURE | {"period": "2023", "growth": "比上年增减", "unit": "%"}),
        (("2023年", "比2021年增长（%）"), FIGURE | {"period": "2023", "growth": "比2021年增长", "unit": "%"}),
        (("2023年", "比2024年增长（%）"), FIGURE | {"period": "2023", "growth": "比2024年增长", "unit": "%"}),
        # sums
        (("五年累计",), {"role": "value", "cumulative": True}),
        (("〔累计〕",), {"role": "value", "cumulative": True}),
        (("增加（五年累计）",), {"role": "other", "cumulative": True, "name": "增加"}),
        (("受益人口（小学累计）",), {"role": "other", "cumulative": True, "name": "受益人口(小学)"}),
        (("2025年（累计）",), FIGURE | {"period": "2025", "cumulative": True}),
    ],
)  # fmt: skip
def test_a_heading_says_which_figures_stand_below_it(parts, expected):
    assert read(*parts) == (expected, None)


@pytest.mark.parametrize(
    ("parts", "period", "said"),
    [
        (("上限",), "", "上限或下限"),
        (("最高值",), "", "上限或下限"),
        (("2025年上限",), "2025", "上限或下限"),
        (("2025年预计完成",), "2025", "“预计完成”可以是实际数，也可以是目标"),
        (("规划完成情况",), "", "“规划完成情况”可以是实际数"),
        (("一季度",), "", "请写如“2023年一季度”"),
        (("2023年", "上半年"), "2023", "“上半年”没有年份"),
        (("上半年", "2021学年"), "", "“上半年”没有年份"),  # the first reason
        (("2021学年",), "", "“2021学年”可读作"),
        (("2020年学生数",), "", "应为年份或时期"),
        (("2023年初",), "", "“2023年初”可读作 2022，也可读作 2023-01"),
        (("2023年初人口",), "", "“2023年初人口”不是"),
    ],
)
def test_a_heading_that_may_mean_two_things_says_why(parts, period, said):
    found, fault = read(*parts)
    assert found == FIGURE | ({"period": period} if period else {}) and said in fault


def has_half_a_bracket(text):
    return bool(re.search(r"[（()）]", re.sub(r"[（(][^（()）]*[）)]", "", text)))


@given(
    st.lists(
        st.sampled_from([*"（）()，", "小学", "2020年", "目标", "增长", "（%）", "累计", "现状", "末"]),
        max_size=7,
    )
)
def test_a_name_is_left_with_no_half_of_a_bracket(words):
    heading = "".join(words)
    assume(not has_half_a_bracket(heading))
    assert not has_half_a_bracket(headings.read([heading], lambda text: False).name)


@pytest.mark.parametrize(
    ("title", "years"),
    [
        ("2021—2025年规划", "2021/2025"),
        ("“十四五”规划", "2021/2025"),
        ("第十四个五年规划（2021—2025年）", "2021/2025"),
        ("2016—2020年和2021—2025年", ""),
        ("2021年规划", ""),
        ("十三五期间和2025年", "2016/2020"),
    ],
)
def test_a_title_names_the_years_of_a_plan(title, years):
    assert titles.span(title) == years


@pytest.mark.parametrize(
    ("title", "point"),
    [
        *(("2023年人口", "2023"), ("2023年1—6月投资", "2023-01/2023-06"), ("2022年、2023年人口", "")),
        *(
            ("2023年人口（2024年3月5日）", "2023"),
            ("2021—2023年人口", ""),
            ("人口", ""),
            ("2023年5月", "2023-05"),
        ),
        *(("2023年、2023年人口", "2023"), ("2023年13月", "")),
    ],
)
def test_a_title_names_one_time(title, point):
    assert titles.point(title) == point


@pytest.mark.parametrize(
    ("title", "region"),
    [
        *(
            ("镇江市教育规划", "镇江市"),
            ("表1 2023年镇江市教育", "镇江市"),
            ("《镇江市丹阳市教育》", "镇江市丹阳市"),
        ),
        *(("关于印发镇江市规划", "镇江市"), ("教育规划（镇江市）", ""), ("镇江省规划", "")),
        (f"{'一' * 21}镇江市", ""),
    ],
)
def test_a_title_begins_with_a_place(title, region):
    assert titles.region(title, lambda text: text in ("镇江市", "镇江市丹阳市")) == region


@pytest.mark.parametrize(("length", "found"), [(24, True), (25, False)])
def test_a_place_ends_within_the_first_twenty_four_characters(length, found):
    name = "长" * (length - 1) + "州"
    assert titles.region(f"{name}教育", lambda text: text == name) == (name if found else "")


@pytest.mark.parametrize(
    ("title", "about"),
    [
        *(
            ("表3 镇江市各县（市、区）常住人口（2020—2023年）", "常住人口"),
            ("镇江市历年主要指标", ""),
            ("镇江市人口统计表", "人口"),
        ),
        *(
            ("镇江市教育基本情况", "教育"),
            ("镇江市2023年的小学情况", "小学"),
            ("镇江市和镇江市人口", "和镇江市人口"),
        ),
        *(("镇江市社会发展指标", ""), ("镇江市社会保障发展指标", "社会保障发展指标")),
    ],
)
def test_a_title_names_an_indicator_behind_place_and_years(title, about):
    assert titles.indicator(title, "镇江市") == about
    assert titles.indicator(title.replace("镇江市", "", 1), "") == (
        about if "和" not in title else "和镇江市人口"
    )


@pytest.mark.parametrize(
    ("line", "day", "number"),
    [
        ("（2021年5月12日印发）", "2021-05-12", ""),
        ("镇政发〔2021〕15号 2021.6.3", "2021-06-03", "镇政发〔2021〕15号"),
        ("镇政发 [2021] 15 号", "", ""),
        ("镇政发[2021] 15 号", "", "镇政发[2021]15号"),
        ("2021/11/30", "2021-11-30", ""),
        ("2021-5.12", "", ""),
    ],
)
def test_a_line_has_a_date_or_a_number(line, day, number):
    assert (titles.issued(line), titles.number(line)) == (day, number)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("毛入园率（%）①", ("毛入园率", "%", "①")),
        ("毛入园率①（%）②", ("毛入园率", "%", "①②")),
        ("毛入园率\nGross rate\n（％）", ("毛入园率", "%", "")),
        ("人口\nPopulation (total)", ("人口", "", "")),
        ("Gross\nrate (%)", ("Gross rate", "%", "")),
        ("人口 Population", ("人口", "", "")),
        ("出生人口(户籍)", ("出生人口(户籍)", "", "")),
        ("人口（单位：万 人）", ("人口", "万人", "")),
    ],
)
def test_a_label_is_a_name_a_unit_and_marks(text, label):
    assert labels.read(text) == label


@pytest.mark.parametrize(
    ("text", "is_bracketed"),
    [("[5]", True), ("（5）①", True), ("5", False), ("[5", False), ("约〔5〕", False), ("【5】%", True)],
)
def test_a_figure_stands_in_brackets(text, is_bracketed):
    assert cells.bracketed(text) is is_bracketed
