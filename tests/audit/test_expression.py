"""The language of the checks: what it computes, and that it can do nothing else."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plan_monitor.audit.expression import FUNCTIONS, parse

VALUES = {"a-1": 20.0, "b-2": 5.0, "c-3": float("nan")}


def value(text, **other):
    return parse(text).evaluate(lambda what, row: other.get(what, VALUES[row]))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a-1] / [b-2] * 100", 400.0),
        ("([a-1] - [b-2]) ** 2", 225.0),
        ("-[a-1] + 1.5", -18.5),
        ("(([a-1] / [b-2]) ** (1 / 2) - 1) * 100", 100.0),
        ("min([a-1] - [b-2], [b-2])", 5.0),
        ("count([a-1], [b-2], [c-3])", 3.0),
        ("count([c-3])", 1.0),
        ("min([b-2])", 5.0),
        ("min([a-1], 3, [b-2])", 3.0),
        ("2 ** 3 - 10 / 4", 5.5),
        ("7", 7.0),
    ],
)
def test_arithmetic_over_rows(text, expected):
    assert value(text) == pytest.approx(expected)


def test_rows_are_named_once_each_in_their_order():
    assert parse("[b-2] + [a-1] * [b-2]").rows == ("b-2", "a-1")


def test_functions_read_other_things_of_a_row():
    assert value("years([a-1]) - 1", years=5.0) == 4.0
    assert value("end([a-1]) - start([a-1])", end=2025.0, start=2020.0) == 5.0
    assert value("printed([a-1])", printed=22.0) == 22.0


@pytest.mark.parametrize(
    "text", ["[a-1] / 0", "[c-3] + 1", "min([c-3], 1)", "min(1, [c-3])", "(-8) ** 0.5", "9.0 ** 9 ** 9"]
)
def test_no_result_is_missing_and_not_an_error(text):
    assert value(text) != value(text)


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('x')", "[a-1].real", "print([a-1])", "min()", "start()", "end(5)", "count(1)",
        "count([a-1], 5)", "count(5, [a-1])", "+[a-1]", "~1", "not 1", "1j", "years([a-1], [a-1])", "open.min([a-1])",
        "start([a-1], [b-2])", "a-1", "[a-1] if 1 else 2", "lambda: 1", "[x for x in y]", "'text'", "True",
        "1 // 2", "1 % 2", "1 < 2", "", "(", "[A-1]", "[a-1]; 1", "min([a-1], default=1)", "min(*[a-1])",
        "(" * 500 + ")" * 500, "1" * 2001,
    ],
)  # fmt: skip
def test_everything_else_is_refused_with_a_message(text):
    with pytest.raises(ValueError, match="expected"):
        parse(text)


@given(st.text(alphabet="[]()+-*/.,0123456789abefghilmnoprstux_ '", max_size=40))
@example("().__class__")
def test_whatever_is_typed_is_an_expression_or_one_message(text):
    try:
        expression = parse(text)
    except ValueError as error:
        assert "expected" in str(error)
    else:
        assert isinstance(expression.evaluate(lambda what, row: 1.0), float)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=8))
def test_a_sum_of_rows_is_their_sum(numbers):
    text = " + ".join(f"[r-{i}]" for i in range(len(numbers)))
    expression = parse(text)
    assert expression.rows == tuple(f"r-{i}" for i in range(len(numbers)))
    assert expression.evaluate(lambda what, row: numbers[int(row[2:])]) == pytest.approx(sum(numbers))


def test_the_functions_are_documented():
    assert set(FUNCTIONS) == {"printed", "start", "end", "years", "count", "min"}


def test_an_expression_may_have_two_thousand_characters():
    assert value(" " * 1999 + "1") == 1.0
    with pytest.raises(ValueError, match="expected at most 2000 characters"):
        parse(" " * 2000 + "1")
