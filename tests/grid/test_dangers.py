"""A look at all cells of a column misses no dangerous one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_monitor.grid.danger import any_danger, danger

CELLS = st.text(st.sampled_from("a1=+-@<>/.\\!\n 年"), min_size=1, max_size=4)


@given(st.lists(CELLS.filter(lambda cell: "\n" not in cell), max_size=5))
def test_it_finds_one_where_there_is_one(cells):
    assert any_danger(cells) == any(map(danger, cells))


@given(st.lists(CELLS, max_size=5))
def test_lines_in_a_cell_hide_none(cells):
    assert any_danger(cells) or not any(map(danger, cells))


@pytest.mark.parametrize(
    ("cell", "word"),
    [
        ("=1", "formula"),
        ("-A1", "formula"),
        ("a<b>", "HTML"),
        ("</p", "HTML"),
        ("x/../y", "without ../"),
        ("..\\y", "without ../"),
    ],
)
def test_what_is_dangerous_is_named(cell, word):
    told = danger(cell)
    assert word in told["en"] and told["zh"]


@pytest.mark.parametrize("cell", ["-5", "-.5", "a=b", "a < b", "1..2", ""])
def test_what_only_looks_like_it_is_not(cell):
    assert danger(cell) is None
