"""Sentences and figures as a report prints them."""

import pytest

from reportkit import words
from reportkit.cited import cited, unmarked
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
    assert words.ratio(23.4, 8.54, float("inf")) == "23（按舍入不小于 8.5）"


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


def test_a_list_is_a_phrase():
    assert [words.joined(items) for items in ([], ["水"], ["水", "路"], ["水", "路", "5"])] == [
        *("", "水", "水和路"),
        "水、路和 5",
    ]
    assert words.joined(["水", "3条路"]) == "水和 3条路"
    with using("en"):
        assert words.joined(["water", "roads", "toilets"]) == "water, roads and toilets"
    assert words.phrase(["按人数", float("nan"), "估计"]) == "按人数；估计"
    assert words.phrase([float("nan")]) == "–"


@pytest.mark.parametrize(
    ("items", "told"),
    [
        (["2019—2020", "2022"], "2019—2020 和 2022"),
        (["2019", "2020—2021", "2023"], "2019、2020—2021 和 2023"),
        (["98 %", "小学"], "98 % 和小学"),
        (["5 m²", "小学"], "5 m² 和小学"),
        (["3 项", "4 项"], "3 项和 4 项"),
        (["98 %（2020）", "≥ 95 %"], "98 %（2020）和 ≥ 95 %"),
        (["“甲”", "“乙”"], "“甲”和“乙”"),
        (["《甲》", "《乙》"], "《甲》和《乙》"),
        (["", "水"], "和水"),
    ],
)
def test_figures_on_both_sides_of_a_word_stand_apart_from_it(items, told):
    assert words.joined(items) == told
    marked = [cited(item, ["o-1"]) if item else item for item in items]
    assert unmarked(words.joined(marked)) == told


@pytest.mark.parametrize("bracket", ["）", "》", "】", "」"])
def test_a_full_width_bracket_needs_no_blank_behind_it(bracket):
    assert words.apart(f"98 %{bracket}") == f"98 %{bracket}"
    assert words.apart(cited(f"98 %{bracket}", ["o-1"])) == cited(f"98 %{bracket}", ["o-1"])
    assert [words.apart(text) for text in ("98 %", f"{bracket}居民医保", "")] == [
        *("98 % ", f"{bracket}居民医保 ", " "),
    ]


def test_a_chinese_character_is_as_wide_as_two_letters():
    assert [words.wide(text) for text in ("abc", "中文", "a中", "％", "é")] == [3, 4, 3, 2, 1]


def test_only_a_year_is_written_as_one():
    assert [str(words.figure(value, "年")) for value in (1900.0, 1901.0, 2099.0, 2100.0, 3.0)] == [
        *("1,900 年", "1901 年", "2099 年"),
        *("2,100 年", "3 年"),
    ]
    assert words.figure(2025.0, "年", comparator=">=") == "≥ 2025 年"


def test_ranks_in_english():
    with using("en"):
        ranks = [
            str(words.figure(value, "位")) for value in (1.0, 2, 3, 4, 10, 11, 12, 13, 21, 111, 113, 122)
        ]
    assert ranks == [
        *("1st", "2nd", "3rd", "4th", "10th", "11th", "12th", "13th"),
        *("21st", "111th", "113th", "122nd"),
    ]
    assert words.figure(1.0, "位") == "1 位"


def test_one_of_a_thing_is_one_in_english_only_if_it_is_written_so():
    with using("en"):
        assert [
            str(words.figure(value, unit)) for value, unit in ((1, "人"), (1.5, "人"), (0.0001, "万人"))
        ] == [
            *("1 person", "1.5 persons"),
            "1 person",
        ]
        assert words.figure(10.0, "亿元") == "1.0 billion yuan"


def test_a_change_of_nothing_is_no_fall():
    assert words.change(0.0) == "增加 0.0 %"
    assert words.change(-0.25) == "减少 0.3 %"
    assert [words.change(percent) for percent in (-0.04, 0.05)] == ["减少 0.04 %", "增加 0.1 %"]
    assert words.change(15.4321, 15.432, 15.4322) == "增加 15.4 %"
    with using("en"):
        assert words.change(-3.0).startswith("down 3")


def test_a_ratio_without_an_upper_bound_says_the_least():
    with using("en"):
        assert words.ratio(20.0, 8.5, float("inf")) == "20 (at least 8.5 by rounding)"
        assert words.ratio(14.4, 12.3, 17.34) == "14 (12.3 to 17.3 by rounding)"


def test_a_figure_has_its_period_behind_it():
    assert words.dated(98.88, "%", "2016/2020") == "98.88 %（2016–2020）"
    assert words.dated(98.88, "%", None, ">=") == "≥ 98.88 %"
    assert words.dated(float("nan"), "%", "2020") == "–"
    assert words.dated(2025.0, "年", "2020") == "2025 年（2020）"


def test_a_sentence_keeps_the_rows_of_its_figures_and_those_of_all_of_it(shown):
    words.say(f"共 {cited('5', ['a', 'b'])} 项", "", basis=["c", "c"])
    words.say("没有", "none")
    words.nothing(("表", "Table"))
    with using("en"):
        words.nothing(("表", "Table"))
    first, *others = shown
    assert first[words.SENTENCE] == {
        "text": '共 <span data-cite="0">5</span> 项<span data-cite="1"></span>',
        "sets": [["a", "b"], ["c"]],
    }
    assert first["text/plain"] == first["text/markdown"] == "共 5 项"
    assert [bundle["text/plain"] for bundle in others] == ["没有", "**表**：无数据。", "**Table**: no data."]
    assert all(words.SENTENCE not in bundle for bundle in others)


@pytest.mark.parametrize(
    ("value", "printed"), [(2.96, "2.96"), (3.0, "3.0"), (3.04, "3.04"), (2.9, "2.9"), (float("nan"), "–")]
)
def test_a_figure_is_on_its_own_side_of_the_limits_it_is_judged_by(value, printed):
    assert words.number(value, 1, limits=[3.0, float("nan")]) == printed
    unit = "" if printed == "–" else " %"
    assert words.figure(value, "%", 1, limits=[3.0]) == printed + unit


def test_a_published_figure_keeps_its_own_digits_beside_a_limit():
    assert words.number(2.96, limits=[3.0]) == "2.96"
    assert words.dated(2.99996, "%", "2025", limits=[3.0]) == "2.99996 %（2025）"
    assert words.dated(2.99996, "%", "2025") == "3 %（2025）"


def test_limits_are_in_the_unit_that_a_figure_is_stored_in():
    with using("en"):
        assert words.figure(2.96, "万人", 1, limits=[3.0]) == "29,600 persons"
        assert words.figure(2.94, "万人", 1, limits=[3.0]) == "29,000 persons"


def test_all_figures_of_a_column_are_on_their_own_side_of_their_limits():
    exact = [(99.96, 99.96), (101.2, 101.2)]
    assert words.column([99.96, 101.2], exact, 1) == ["100.0", "101.2"]
    assert words.column([99.96, 101.2], exact, 1, [[100.0], []]) == ["99.96", "101.20"]
    assert words.column([100.0, 101.2], [(100.0, 100.0), exact[1]], 1, [[100.0]] * 2) == ["100.0", "101.2"]
