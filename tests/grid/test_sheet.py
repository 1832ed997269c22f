"""Sheets are as large as what fills them: merged and hidden places beyond that are none of theirs."""

import pytest

from plan_monitor.grid.sheet import Unreadable, laid_out, refuse_too_large

FAULT = {"zh": "不对", "en": "wrong"}


def sheet(cells, faults=None, merged=(), hidden=(), hidden_columns=()):
    return laid_out("f", "n", cells, faults or {}, list(merged), set(hidden), set(hidden_columns), True)


def test_twenty_million_cells_fit_and_one_more_row_does_not():
    refuse_too_large("表", 4_000_000, 5)
    refuse_too_large("表", 20_000_000, 1)
    with pytest.raises(Unreadable) as unreadable:
        refuse_too_large("表", 20_000_001, 1)
    assert unreadable.value.expected == {
        "zh": "工作表“表”有内容的格一直到第 20000001 行、第 1 列；请清除表外的格",
        "en": 'expected a table; the sheet "表" reaches row 20000001, column 1: clear stray cells',
    }


def test_the_last_cell_in_each_direction_ends_the_sheet():
    made = sheet({(2, 0): "a"}, {(1, 2): FAULT}, hidden={1, 2, 3}, hidden_columns={0, 2, 3})
    assert made.rows == [["", "", ""], ["a", "", ""]]
    assert (made.hidden, made.hidden_columns) == ({1, 2}, {0, 2})


def test_an_empty_sheet_has_neither_rows_nor_columns():
    made = sheet({}, merged=[(1, 0, 2, 2)], hidden={1}, hidden_columns={0})
    assert (made.rows, made.merged, made.hidden, made.hidden_columns) == ([], [], set(), set())


def test_merged_areas_reach_as_far_as_the_sheet():
    cells = {(1, 0): "a", (4, 3): "b"}
    areas = [(2, 1, 3, 2), (4, 0, 6, 1), (1, 3, 2, 5), (5, 0, 6, 0), (1, 4, 2, 5)]
    assert sheet(cells, merged=areas).merged == [(2, 1, 3, 2), (4, 0, 4, 1), (1, 3, 2, 3)]


@pytest.mark.parametrize("size", [3, 40])
def test_a_merged_area_of_any_size_shows_its_first_cell_alone(size):
    """What lies against its sides stays, and what it covers is gone, faults included."""
    top, left, bottom, right = 2, 3, 1 + size, 2 + size
    corners = [(top, left), (top, right), (bottom, left), (bottom, right)]
    around = [(top - 1, left), (bottom + 1, right), (bottom, left - 1), (top, right + 1)]
    faults = {(top + 1, left): FAULT, (bottom, right + 1): FAULT}
    made = sheet(dict.fromkeys([*corners, *around], "x"), faults, [(top, left, bottom, right)])
    shown = {(r, c) for r, row in enumerate(made.rows, 1) for c, text in enumerate(row) if text}
    assert shown == {(top, left), *around}
    assert set(made.faults) == {(bottom, right + 1)}
