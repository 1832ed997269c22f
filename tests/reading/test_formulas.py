"""How a check is computed of the figures of a sentence, as its reader sees it."""

import pytest

from plan_monitor.reading import checks, draft, passages

TEXT = "某市“十四五”水务发展规划\n\n第一节 取得的成绩\n\n{}\n"


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
