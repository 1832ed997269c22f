"""Numbers before paragraphs, in every format that Word's lists have, and at the bounds of each."""

import pytest

from plan_monitor.reading.source.word.numerals import format_number


@pytest.mark.parametrize(
    ("form", "numbers"),
    [
        (
            "chineseCounting",
            {
                **{
                    1: "一",
                    10: "十",
                    11: "十一",
                    19: "十九",
                    20: "二十",
                    21: "二十一",
                    100: "一百",
                    101: "一百〇一",
                },
                **{
                    110: "一百一十",
                    115: "一百一十五",
                    1001: "一千〇一",
                    2024: "二千〇二十四",
                    9999: "九千九百九十九",
                },
            },
        ),
        ("chineseLegalSimplified", {2: "贰", 10: "壹拾", 15: "壹拾伍", 305: "叁佰零伍", 6070: "陆仟零柒拾"}),
        ("ideographDigital", {1: "一", 10: "一〇", 205: "二〇五"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "21"}),
        ("decimalEnclosedCircleChinese", {3: "③"}),
        ("decimalEnclosedParen", {1: "⑴", 20: "⒇", 21: "21"}),
        ("decimalEnclosedFullstop", {1: "⒈", 20: "⒛", 21: "21"}),
        ("decimalZero", {1: "01", 9: "09", 10: "10", 123: "123"}),
        ("decimalFullWidth", {1: "１", 20: "２０"}),
        ("lowerLetter", {1: "a", 26: "z", 27: "aa", 28: "bb", 53: "aaa"}),
        ("upperLetter", {2: "B", 30: "DD"}),
        (
            "lowerRoman",
            {1: "i", 4: "iv", 9: "ix", 40: "xl", 90: "xc", 400: "cd", 944: "cmxliv", 1666: "mdclxvi"},
        ),
        ("upperRoman", {1999: "MCMXCIX"}),
        ("ideographTraditional", {1: "甲", 10: "癸", 12: "乙"}),
        ("ideographZodiac", {1: "子", 12: "亥", 14: "丑"}),
        ("decimal", {1: "1", 12: "12"}),
        ("unheard", {12: "12"}),
    ],
)
def test_a_number_is_written_as_its_format_says(form, numbers):
    assert {number: format_number(number, form) for number in numbers} == numbers


@pytest.mark.parametrize("number", [0, -1, 10_000])
def test_numbers_that_no_list_writes_in_words_stay_digits(number):
    assert format_number(number, "chineseCounting") == str(number)
