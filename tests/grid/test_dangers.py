"""A look at all cells of a column misses no dangerous one."""

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
