"""How wide the columns of a table on paper are, and which of them stand in a part together."""

import pytest

from reportkit.formats.columns import AREA_MM, parts, widths


def test_columns_are_as_wide_as_what_they_hold():
    shares, size = widths([["名称", "值"], ["某县一所中心小学和它的教学点" * 3, "12.5 %"]])
    assert size == 10.5
    assert sum(shares) == pytest.approx(100)
    assert shares[0] > 3 * shares[1]
    # a share and its month are not torn, so that they do not run into the column before
    shares, size = widths([["指标", "最新实绩", "说明"], ["名" * 99, "99.86 %（2022-06）", "注" * 99]])
    assert shares[1] / 100 * AREA_MM[0] > 18 * 0.18 * size  # 18 letters of half an em
    many = [["一二三四五六"] * 14, ["1,234,567.8"] * 14]
    assert widths(many)[1] < 10.5


def test_a_table_that_fits_stays_in_one_part():
    assert parts([["名", "值"], ["甲", "1"]]) == [[0, 1]]
    wide = ["3" * 200, "4" * 200]  # nothing can be done about them but to stand alone
    assert parts([["甲", *wide]]) == [[0, 1], [0, 2]]


def test_a_column_of_names_is_no_tower_where_smaller_letters_help():
    """As many figures as leave it four characters in the usual letters."""
    rows = [["残疾儿童少年义务教育入学率", *["8.88 %（2022-09）"] * 4]]
    shares, size = widths(rows)
    assert size == 9.0
    assert shares[0] / 100 * 156 > 14 * 0.3528 / 2 * size


def test_what_is_left_over_when_all_columns_have_what_they_wish_for_is_everybodys():
    """The second wishes for no more than it needs, and still has its part of the page."""
    (first, second), _ = widths([["始:@&&中中中终", ":@&&中中中"]])
    assert first > second > 40


def test_a_table_is_in_parts_where_its_figures_do_not_fit_beside_each_other():
    figures = ["12,345,678.9"] * 11
    assert parts([["县", *figures], ["甲", *figures]]) == [[0, 1, 2, 3, 4, 5, 6, 7], [0, 8, 9, 10, 11]]
    assert parts([["县", *figures[:7]], ["甲", *figures[:7]]]) == [[*range(8)]]
    assert parts([["县"]]) == [[0]]


def test_letters_become_smaller_before_anything_is_torn():
    def sizes(text, *counts):
        tables = [[["名称", *[text] * count], ["某县", *[text] * count]] for count in counts]
        return [widths(rows)[1] for rows in tables]

    assert sizes("1,234.5 %", 6, 7, 8) == [10.5, 9, 7.5]
    assert sizes("12.5 %", 9, 10, 11, 17) == [10.5, 9, 7.5, 7.5]


def test_columns_of_as_wide_texts_are_as_wide():
    assert widths([["名称", "值"], ["某县", "12.5"]])[0] == pytest.approx([50, 50])
    assert widths([["名" * 30, "1"]])[0] == pytest.approx([94.535, 5.465], abs=0.001)


def beside(names, *figures):
    """A row of texts beside figures, each of so many digits."""
    return [[*names, *("9" * digits for digits in figures)]]


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("一二三四五六", 7.5),  # twelve letters wide: not broken
        ("一二三四五六a", 9),
        ("5 一二三四五六七", 7.5),  # a figure with what it counts: sixteen
        ("5aa一二三四五六七", 9),
    ],
)
def test_a_short_name_is_not_broken_but_has_smaller_letters(name, size):
    """Of eight columns, 83.1 letters of nine points; of seven with figures, 71: nine have room, thirteen have not."""
    assert widths(beside([name], 9, 9, 9, 9, 9, 9, 10))[1] == size


@pytest.mark.parametrize(
    ("figures", "size", "share"),
    [
        # 71.27 letters of 10.5 points: 43 of figures, and 14 for each text; 0.27 by their wishes
        ((6, 6, 6, 6, 6, 7), 10.5, 18.588),
        # 83.14 of nine points: 65 of figures, and nine for each text; 0.14 by their wishes
        ((10, 10, 10, 10, 10, 9), 9, 11.107),
    ],
)
def test_a_column_of_text_has_fourteen_letters_or_else_nine(figures, size, share):
    shares, letters = widths(beside(["名" * 30, "注" * 10], *figures))
    assert letters == size
    assert shares[1] == pytest.approx(share, abs=0.005)


def test_what_is_too_wide_for_a_page_leaves_the_other_columns_what_they_need():
    """400 letters that cannot be broken beside a text of three at least: 5.27 of 408.5 with what is between them."""
    shares, size = widths([["3" * 400, "名" * 99]])
    assert size == 7.5
    assert shares[1] == pytest.approx(1.29, abs=0.01)


@pytest.mark.parametrize(
    ("columns", "groups"),
    [
        # three columns have room for 111.1 letters of 7.5 points, four for 108.8; each needs one more than it has
        ([60, 46], [[0, 1, 2]]),
        ([60, 47], [[0, 1], [0, 2]]),
        ([0, 60, 42], [[0, 1, 2, 3]]),
        ([0, 60, 43], [[0, 1, 2], [0, 3]]),
        ([60, 47, 60], [[0, 1], [0, 2], [0, 3]]),
        ([60, 47, 59], [[0, 1], [0, 2, 3]]),
        ([100, 20, 20, 20, 20, 20], [[0, 1], [0, 2, 3, 4, 5], [0, 6]]),  # six have room for 104.3
    ],
)
def test_a_part_has_as_many_columns_as_fit(columns, groups):
    assert parts(beside(["甲"], *columns)) == groups
