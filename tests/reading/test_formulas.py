"""How a check is computed of the figures of a sentence, as its reader sees it."""

import pytest

from plan_monitor.reading import checks, draft, passages

TEXT = "某市“十四五”水务发展规划\n\n第一节 取得的成绩\n\n{}\n"


def told(sentence, rule):
    made = checks.candidates(draft.read(passages.read(TEXT.format(sentence)), year=2020, until=2025))
    return [text.rpartition("（")[0] for text in made.loc[made["rule"].eq(rule), "text_zh"]]


@pytest.mark.parametrize(
    ("rate", "verdict"),
    [(8, "不符"), (9, "在舍入之内相符"), (10, "相符"), (11, "在舍入之内相符"), (12, "不符")],
)
def test_a_growth_may_be_off_by_as_much_as_rounding_moves_it(rate, verdict):
    """Half a ten thousand tons move 110 ÷ 100 - 1 by 0.5 points each, so 10 is from 9 to 11; 9 is from 8.5 to 9.5."""
    made = told(f"2019年供水量100万吨。2020年供水量110万吨，增长{rate}%。", "growth")
    assert made == [f"{verdict}：(110 万吨 ÷ 100 万吨 - 1) × 100 = 10 = {rate} %"]


@pytest.mark.parametrize(
    ("whole", "verdict"),
    [
        ("28.2", "不符"),
        ("28.3", "在舍入之内相符"),
        ("28.4", "相符"),
        ("28.5", "在舍入之内相符"),
        ("28.6", "不符"),
    ],
)
def test_a_sum_may_be_off_by_as_much_as_rounding_moves_it(whole, verdict):
    """0.05 for each of two parts, and for their whole."""
    made = told(f"受益人口{whole}万人(农村11.1万人、城镇17.3万人)。", "parts")
    assert made == [f"{verdict}：11.1 万人 + 17.3 万人 = 28.4 = {whole} 万人"]


@pytest.mark.parametrize(
    ("sentence", "rule", "expected"),
    [
        (
            "2020年，全市毕业生50000人，就业4.6万人，就业率为92.0%。",
            "share",
            "4.6 万人 × 10000 ÷ 50000 人 × 100 = 92 = 92.0 %",
        ),
        (
            "每年新增用水户4000户，“十四五”期间新增用水户2万户。",
            "yearly",
            "4000 户 × 年数 ÷ 10000 = 2 = 2 万户",
        ),
    ],
)
def test_figures_of_two_units_are_brought_to_one(sentence, rule, expected):
    assert told(sentence, rule) == [f"相符：{expected}"]


@pytest.mark.parametrize(
    ("sentence", "formula"),
    [
        (
            "供水人口由2015年的120万人增加到2020年的150万人，年均增长4.6%。",
            "((150 万人 ÷ 120 万人) ** (1 ÷ (2020 - 2015)) - 1) × 100 = 4.56396 = 4.6 %",
        ),
        (
            "供水人口由2015年的120万人增加到2020年的150万人，增长25%。",
            "(150 万人 ÷ 120 万人 - 1) × 100 = 25 = 25 %",
        ),
        ("供水率由2015年的80%提高到2020年的90%，提高10个百分点。", "90 % - 80 % = 10 = 10 百分点"),
        (
            "用水量由2015年的150万吨减少到2020年的120万吨，减少30万吨。",
            "150 万吨 - 120 万吨 = 30 = 30 万吨",
        ),
        (
            "2020年，全年用水量90亿吨，比上年减少10亿吨，下降10%。",
            "10 亿吨 ÷ (90 亿吨 + 10 亿吨) × 100 = 10 = 10 %",
        ),
        (
            "“十三五”期间投入水利经费50亿元，比“十二五”增加10亿元，增长25%。",
            "10 亿元 ÷ (50 亿元 - 10 亿元) × 100 = 25 = 25 %",
        ),
    ],
)
def test_the_way_from_the_earlier_to_the_later_is_shown(sentence, formula):
    made = checks.candidates(draft.read(passages.read(TEXT.format(sentence)), year=2020, until=2025))
    assert made.loc[made["rule"].eq("growth"), "text_zh"].tolist() == [f"相符：{formula}（第一节取得的成绩）"]


@pytest.mark.parametrize(
    ("whole", "verdict", "computed"),
    [(1234568, "不符", "1234567"), (1234567, "相符", "1234567"), (1234566, "不符", "1234567")],
)
def test_a_large_sum_is_told_with_all_digits_that_tell_it_from_what_it_contradicts(whole, verdict, computed):
    made = told(f"受益人口{whole}人(农村1000000人、城镇234567人)。", "parts")
    assert made == [f"{verdict}：1000000 人 + 234567 人 = {computed} = {whole} 人"]
