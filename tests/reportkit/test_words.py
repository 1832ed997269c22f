"""Sentences and figures as a report prints them."""

import pytest

from reportkit import words
from reportkit.language import using


def test_a_sentence_is_shown_in_one_language(shown):
    words.say("达成", "achieved")
    with using("en"):
        words.say("达成", "achieved")
    assert [bundle["text/markdown"] for bundle in shown] == ["达成", "achieved"]
    assert all(bundle["text/plain"] == bundle["text/markdown"] for bundle in shown)


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        (12861, None, "12,861"),
        (98.88, None, "98.88"),
        (-0.001, 2, "0.00"),
        (float("nan"), None, "–"),
        (0.1 + 0.2, None, "0.3"),
    ],
)
def test_numbers_are_shown_as_precisely_as_the_source(value, places, expected):
    assert words.number(value, places) == expected


def test_a_ratio_has_no_more_digits_than_its_figures_carry():
    assert words.ratio(24.155, 24.07, 24.24) == "24"
    assert words.ratio(2.5, 2.498, 2.502) == "2.5"
    assert words.ratio(4.0, 4.0, 4.0) == "4.0"
    assert words.ratio(14.4, 12.3, 17.34) == "14（按舍入为 12.3 至 17.3）"
    assert words.ratio(1630.0, 1200.0, 2100.0) == "1,600（按舍入为 1,200 至 2,100）"
    assert words.ratio(20.0, 8.5, float("inf")) == "20（按舍入不小于 8.5）"


def test_a_change_is_as_sure_as_what_it_may_be():
    """7.63 / 6.61 as printed: a rise of 15.27 to 15.59 %; 3583.99 / 4818.26: a fall of 25.62 %."""
    assert words.change(15.43, 15.27, 15.59) == "增加 15 %"
    assert words.change(-25.62, -25.617, -25.616) == "减少 25.6 %"
    assert words.change(15.43) == "增加 15.4 %"


def test_a_forecast_has_no_more_digits_than_its_interval():
    """A median of 91.37 in an 80 % interval of 84.2 to 95.1; a reserve between -8062 and 23 615."""
    assert words.interval(91.37, 84.2, 95.1, "%") == ("91 %", "84 %", "95 %")
    assert words.interval(0.777, 0.72, 0.83, "") == ("0.78", "0.72", "0.83")
    assert words.interval(9539.0, -8062.0, 23615.0, "亿元") == ("10,000 亿元", "-8,000 亿元", "24,000 亿元")
    assert words.interval(2.5, 2.5, 2.5, "%") == ("2.5 %",) * 3
    with using("en"):
        assert words.interval(7.637, 7.1, 8.2, "万人") == (
            "76,000 persons",
            "71,000 persons",
            "82,000 persons",
        )


def test_computed_figures_of_a_column_have_one_number_of_decimals():
    exact = [(0.8, 0.8), (1.245, 1.245), (12.0, 12.0)]
    assert words.column([0.8, 1.245, 12.0], exact) == ["0.80", "1.25", "12.00"]
    assert words.column([89.55, float("nan"), 89.0], [(89.55, 89.55), (0, 0), (89, 89)], 1) == [
        "89.6",
        "–",
        "89.0",
    ]
    assert words.column([12.0, 8.0], [(12, 12), (8, 8)]) == ["12", "8"]
    assert words.column([14.316, 4.6], [(14.315, 14.317), (4.5, 4.7)], 1) == ["14", "5"]
