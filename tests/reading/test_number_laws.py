"""Laws of reading numbers: what is written is read, whatever stands before it, whatever the characters."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examples import up_to
from plan_monitor.reading import comparators, draft, numbers, passages, units

NAMES = st.sampled_from(["在校生规模", "巩固率", "森林面积", "民办园占比", "电站装机", "有效灌溉面积"])
VALUES = st.one_of(
    st.integers(1, 9_999_999).map(str),
    st.integers(1000, 99_999_999).map("{:,}".format),
    st.decimals(0, 9999, places=2).map(str),
)
# a year, a month or a day is no figure, nor a number of a length that telephones have
UNITS = st.sampled_from(
    [
        row["unit"]
        for row in units.UNITS
        if row["unit"] not in ("年", "日", "岁", "周岁", "届", "位", "天", "小时")
    ]
)
MEANS = {row["unit"]: row["means"] or row["unit"] for row in units.UNITS}
BEFORE = st.sampled_from(
    [("达到", "=")] + [(word, sign) for sign, words in comparators.BEFORE.items() for word in words]
)
IDLE = [
    "根据某政发〔2021〕8号，",
    "2021年3月5日，",
    "（3）",
    "12.",
    "《某市教育现代化2035》提出，",
    "第3次会议要求，",
    "见附件2，",
    "2021—2025年，",
    "上述4项中，",
    "对3—6岁儿童，",
]


@pytest.mark.slow
@given(NAMES, BEFORE, VALUES, UNITS)
@settings(max_examples=up_to(200))
def test_a_figure_as_written_is_read(name, before, value, unit):
    word, sign = before
    (figure,) = numbers.find(f"{name}{word}{value}{unit}。")
    assert (figure.value, figure.unit, figure.comparator) == (value.replace(",", ""), MEANS[unit], sign)


@given(st.lists(st.sampled_from(IDLE), max_size=3), NAMES, BEFORE, VALUES, UNITS)
@settings(max_examples=up_to(200))
def test_dates_and_numbers_of_lists_before_it_change_nothing(idle, name, before, value, unit):
    sentence = f"{name}{before[0]}{value}{unit}。"
    lead = "".join(idle)
    alone, led = numbers.find(sentence), numbers.find(lead + sentence)
    assert [figure[3:] for figure in led] == [figure[3:] for figure in alone]
    assert [figure.start - len(lead) for figure in led] == [figure.start for figure in alone]


@pytest.mark.slow
@given(NAMES, BEFORE, VALUES, UNITS)
@settings(max_examples=up_to(100))
def test_full_width_digits_change_nothing(name, before, value, unit):
    sentence = f"到2025年，{name}{before[0]}{value}{unit}。"
    wide = sentence.translate({ord(digit): chr(ord(digit) + 0xFEE0) for digit in "0123456789%"})
    assert drafted(wide) == drafted(sentence)


def drafted(text: str) -> list[dict]:
    return draft.read(passages.read(text), year=2020, region="某县").to_dict("records")


PIECES = st.sampled_from(
    [
        *"0123456789.,，。、：:；（）()《》“”%％-—~至到由从和第号年月日万亿个所人元比增长降分别各其中全占约近超翻番成倍①\t\n\r \u00a0\u3000",
        *(
            "2021年",
            "十四五",
            "百分点",
            "不低于",
            "分之",
            "全覆盖",
            "单位：",
            "指标",
            "同比",
            "http://",
            "a@b.c",
            "万元",
            "\ud800",
        ),
    ]
)


@pytest.mark.slow
@given(st.lists(st.one_of(PIECES, st.characters()), max_size=60).map("".join))
@settings(max_examples=up_to(400))
def test_no_text_makes_reading_fail_and_each_figure_stands_where_it_says(text):
    folded = text.translate(numbers.FOLD)
    for row in drafted(text):
        assert folded[row["start"]].isdigit() or folded[row["start"]] in "一二三四五六七八九十两百千万亿"


RUNS = {
    "digits": "1", "brackets": "（", "list": "1、", "span": "1至", "letters": "a", "verbs": "达到", "quotes": "“1",
    "ratio": "1:", "years": "2020年、", "growth": "增长5%，", "each": "分别为1%、2%，", "than": "比5%", "cells": "指标\n",
    "dashes": "a\n—\n\n", "comma": "1,", "sum": "1+", "numerals": "百分之", "per": "每", "blank": " ", "from": "由5%到",
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", RUNS)
def test_time_grows_with_the_length_whatever_the_text(name):
    def seconds(length: int) -> float:
        text = (RUNS[name] * length)[:length]
        start = time.process_time()
        drafted(text)
        return time.process_time() - start

    seconds(1_000)
    short, long = seconds(10_000), seconds(40_000)
    assert long < 10 * short + 0.5  # four times, were it a straight line; sixteen, a square
