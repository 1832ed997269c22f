"""A figure is text that knows its number, wherever it has been."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportkit.decimals import fixed
from reportkit.figure import Figure
from reportkit.language import using
from reportkit.words import dated, figure, number, ratio


@pytest.mark.parametrize(
    ("made", "text", "value", "shape"),
    [
        (Figure.of(1234.5, 1), "1,234.5", 1234.5, "#,##0.0"),
        (Figure.of(89.55, 1), "89.6", 89.6, "0.0"),
        (Figure.of(0.8, 1, signed=True), "+0.8", 0.8, "+0.0;-0.0"),
        (Figure.of(0.04, 1, signed=True), "0.0", 0.0, "0.0"),
        (Figure.of(-0.8, 1, signed=True), "-0.8", -0.8, "0.0"),
        (Figure.of(98.0, 0, "≥ ", " %"), "≥ 98 %", 98.0, '"≥ "0" %"'),
        (figure(8.1, "亿元", comparator="about"), "≈ 8.1 亿元", 8.1, '"≈ "0.0" 亿元"'),
        (dated(98.88, "%", "2020"), "98.88 %（2020）", 98.88, '0.00" %（2020）"'),
        (ratio(14.4, 12.3, 17.34), "14（按舍入为 12.3 至 17.3）", 14.0, '0"（按舍入为 12.3 至 17.3）"'),
        (figure(3.0, "%", comparator="+").followed("（增）"), "+3 %（增）", 3.0, '"+"0" %（增）"'),
        (Figure.of(0.8, 1, signed=True).followed(" %"), "+0.8 %", 0.8, '+0.0" %";-0.0" %"'),
        (figure(98.0, "%").preceded("≥ "), "≥ 98 %", 98.0, '"≥ "0" %"'),
        (figure(-3.0, "%", comparator="about"), "≈ -3 %", -3.0, '"≈ "0" %";"≈ "-0" %"'),
        (Figure.of(5.0, 0, after=' "x"'), '5 "x"', 5.0, '0" ”x”"'),
    ],
)
def test_text_number_and_format(made, text, value, shape):
    assert (str(made), made.value, made.shape) == (text, value, shape)


def test_english_multiplies_out_and_the_number_with_it():
    with using("en"):
        people, money, rank = figure(2.92, "万人"), figure(64.0, "亿元"), figure(2.0, "位")
    assert (people, people.value) == ("29,200 persons", 29200.0)
    assert (money, money.value) == ("6.4 billion yuan", 6.4)
    assert (rank, rank.value, rank.shape) == ("2nd", 2.0, '0"nd"')


def test_what_is_missing_or_a_year_is_no_figure():
    for text in (number(float("nan")), figure(float("nan"), "%"), figure(2025.0, "年")):
        assert not isinstance(text, Figure)


@given(st.floats(-1e9, 1e9), st.integers(0, 4), st.booleans())
def test_the_number_is_the_one_that_is_printed(value, places, signed):
    made = Figure.of(value, places, signed=signed)
    assert float(made.replace(",", "")) == made.value == float(fixed(value, places))
    assert (made.startswith("+")) == (signed and made.value > 0)


def test_a_column_of_pandas_gives_figures_back():
    """With pyarrow installed pandas would make plain text of them: the storage of text is set for that."""
    column = pd.Series([number(1.5), number(2.5)])
    assert pd.get_option("mode.string_storage") == "python"
    assert [one.value for one in column] == [1.5, 2.5]
    assert [one.value for one in pd.DataFrame({"a": column}).assign(b=column)["b"]] == [1.5, 2.5]


def test_a_column_may_show_less_of_a_figure_and_the_number_stays():
    exact = number(2373.247)
    shown = exact.at(2)
    assert (shown, shown.value, shown.shape, shown.full) == ("2,373.25", 2373.247, "#,##0.00", "2,373.247")
    assert exact.at(4) == exact == "2,373.247"  # no zero that was not printed
    assert exact.full == ""
    assert number(0.86, 2, signed=True).at(1) == "+0.9"
    assert number(0.04, 2, signed=True).at(1) == "0.0"
    assert number(-0.04, 2).at(1) == "0.0"


def test_a_figure_is_bare_without_its_unit():
    assert number(5.0).bare and number(-5.0).bare and number(5.0, signed=True).bare
    assert not figure(5.0, "%").bare and not figure(5.0, "", comparator=">=").bare


def test_a_total_has_the_decimals_of_the_figure_with_fewest_and_all_digits_in_its_number():
    total = Figure.total([Figure.of(1.25, 2), Figure.of(2.5, 1)])
    assert (total, total.value, total.full) == ("3.8", 3.75, "3.75")
    large = Figure.total([Figure.of(999.5, 1), Figure.of(1000.6, 1)])
    assert (large, large.value, large.full) == ("2,000.1", 2000.1, "")
    with pytest.raises(ValueError, match="do not add up"):
        Figure.total([Figure.of(1.0, 0), Figure.of(1.0, 0, after=" %")])


def test_text_is_added_outside_the_text_that_is_there():
    one = Figure.of(98.0, 0, "≈ ", " %")
    assert one.preceded("约") == "约≈ 98 %" and one.followed("（2020）") == "≈ 98 %（2020）"
    assert (one.places, Figure.of(1.5, 1, after=" %").places) == (0, 1)
    assert one.at(0) is one


@pytest.mark.parametrize(
    ("made", "shape"),
    [
        (Figure.of(-1234.5, 1), "#,##0.0"),
        (Figure.of(-5.0, 0, "≥ "), '"≥ "0;"≥ "-0'),
        (Figure.of(-5.0, 0, after=" %"), '0" %"'),
        (Figure.of(5.0, 2, "≥ "), '"≥ "0.00'),
        (Figure.of(1.5, 1, "a", "b", signed=True), '+"a"0.0"b";-"a"0.0"b"'),
    ],
)
def test_a_spreadsheet_writes_signs_as_the_figure_has_them(made, shape):
    assert made.shape == shape
