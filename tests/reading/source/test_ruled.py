"""The tables that ruling lines draw on a PDF page: two rows of 20 points, three columns of 100."""

import pytest

from plan_monitor.reading.source.pdf.geometry import Box, Char, Rule
from plan_monitor.reading.source.pdf.ruled import grid, merge_rules, tables

ACROSS = [Rule(0, 0, 300), Rule(20, 0, 300), Rule(40, 0, 300)]
DOWN = [Rule(0, 0, 40), Rule(100, 0, 40), Rule(200, 0, 40), Rule(300, 0, 40)]
EACH = [(row, column, row, column) for row in range(2) for column in range(3)]


def cells(across, down):
    """The cells of the tables that some lines draw."""
    return [table.cells for table in tables(across, down)]


def test_lines_that_meet_are_a_table():
    (table,) = tables(ACROSS, DOWN)
    assert table == (Box(0, 300, 0, 40), [0, 100, 200, 300], [0, 20, 40], EACH)


@pytest.mark.parametrize(
    ("across", "down", "expected"),
    [
        pytest.param(
            ACROSS,
            [*DOWN[:2], Rule(200, 20, 40), DOWN[3]],
            [(0, 0, 0, 0), (0, 1, 0, 2), *EACH[3:]],
            id="over two columns",
        ),
        pytest.param(
            [ACROSS[0], Rule(20, 100, 300), ACROSS[2]],
            DOWN,
            [(0, 0, 1, 0), (0, 1, 0, 1), (0, 2, 0, 2), (1, 1, 1, 1), (1, 2, 1, 2)],
            id="over two rows",
        ),
        pytest.param(
            [ACROSS[0], Rule(20, 200, 300), ACROSS[2]],
            [DOWN[0], *DOWN[2:]],
            [(0, 0, 1, 0), (0, 1, 0, 1), (1, 1, 1, 1)],
            id="a line that ends at one",
        ),
        pytest.param([*ACROSS[:2], Rule(40, 100, 300)], DOWN, EACH, id="open below"),
        pytest.param(ACROSS, [*DOWN[:3], Rule(300, 20, 40)], EACH, id="open beside"),
        pytest.param(ACROSS, DOWN[1:3], EACH, id="open sides"),
        pytest.param(
            ACROSS,
            [DOWN[1]],
            [(row, column, row, column) for row in (0, 1) for column in (0, 1)],
            id="one line down",
        ),
    ],
)
def test_places_without_a_line_between_them_are_one_cell(across, down, expected):
    assert cells(across, down) == [expected]


def test_what_has_one_column_or_one_cell_is_no_table():
    assert cells(ACROSS, [DOWN[0], DOWN[3]]) == []
    assert cells([ACROSS[0]], DOWN) == []
    assert cells([ACROSS[0], Rule(40, 0, 300)], [DOWN[0], Rule(100, 0, 5), DOWN[3]]) == []
    assert cells([ACROSS[0], ACROSS[2]], [DOWN[0], DOWN[1], DOWN[3]]) == [[(0, 0, 0, 0), (0, 1, 0, 1)]]


@pytest.mark.parametrize(("beyond", "columns"), [(8, 1), (9, 3)])
def test_lines_across_that_reach_beyond_have_open_sides(beyond, columns):
    across = [rule._replace(start=100 - beyond, end=200 + beyond) for rule in ACROSS]
    made = tables(across, DOWN[1:3])
    assert [len(table.xs) - 1 for table in made] == ([columns] if columns > 1 else [])


@pytest.mark.parametrize(("miss", "number"), [(4, 1), (4.5, 0)])
def test_lines_down_that_nearly_reach_those_across_meet_them(miss, number):
    across = [Rule(-miss, 0, 300), Rule(40 + miss, 0, 300)]
    assert len(tables(across, DOWN)) == number


@pytest.mark.parametrize(("miss", "left"), [(4, 100), (4.5, 104.5)])
def test_lines_across_that_nearly_reach_those_down_meet_them(miss, left):
    across = [rule._replace(start=100 + miss, end=200) for rule in ACROSS]
    (table,) = tables(across, [DOWN[1], Rule(150, 0, 40), DOWN[2]])
    assert table.xs == [left, 150, 200]


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ([Rule(20, 0, 100), Rule(20, 104, 200)], [Rule(20, 0, 200)]),  # a dashed line
        ([Rule(20, 0, 100), Rule(20, 104.5, 200)], [Rule(20, 0, 100), Rule(20, 104.5, 200)]),
        ([Rule(20, 0, 100), Rule(23, 50, 200)], [Rule(21.5, 0, 200)]),  # a double line
        ([Rule(20, 0, 100), Rule(23.5, 50, 200)], [Rule(20, 0, 100), Rule(23.5, 50, 200)]),
        ([Rule(20, 0, 200), Rule(20, 50, 100)], [Rule(20, 0, 200)]),
        ([Rule(40, 0, 100), Rule(20, 0, 100)], [Rule(20, 0, 100), Rule(40, 0, 100)]),
    ],
)
def test_lines_that_go_on_with_others_are_one(rules, expected):
    assert merge_rules(rules) == expected


def test_two_tables_are_told_from_the_top_down():
    lower = [rule._replace(at=rule.at + 100) for rule in ACROSS]
    under = [rule._replace(start=100, end=140) for rule in DOWN]
    assert [table.box.top for table in tables([*lower, *ACROSS], [*under, *DOWN])] == [0, 100]


def test_each_cell_has_the_text_that_stands_in_it():
    (table,) = tables(ACROSS, [*DOWN[:2], Rule(200, 20, 40), DOWN[3]])
    texts = {(10, 0): "县", (150, 0): "产", (260, 0): "值", (10, 20): "白", (110, 20): "1", (290, 20): "2"}
    chars = [Char(text, x, x + 8, y + 5, y + 15) for (x, y), text in texts.items()]
    outside = [Char("外", 310, 318, 5, 15), Char("外", 10, 18, 45, 55), Char("外", -20, -12, 5, 15)]
    made = grid(table, [*chars, *outside])
    assert made.rows == [["县", "产 值", ""], ["白", "1", "2"]]
    assert made.merged == ((0, 1, 0, 2),)


def test_a_character_on_a_line_is_where_its_middle_is():
    (table,) = tables(ACROSS, DOWN)
    chars = [Char("甲", 95, 103, 5, 15), Char("乙", 98, 106, 25, 35)]
    assert grid(table, chars).rows == [["甲", "", ""], ["", "乙", ""]]
