"""Tables of which lines across divide the rows: bands of 30 points, lines of 10 points in them."""

import pytest

from plan_monitor.reading.source.pdf.geometry import Box, Fragment, Rule
from plan_monitor.reading.source.pdf.striped import split_tables

PLACES = (0, 100, 200)


def rules(number, start=0, end=280):
    return [Rule(30 * at, start, end) for at in range(number)]


def line(band, *texts, down=10):
    """Texts in their columns, on a line of a band."""
    top = 30 * band + down
    return [
        Fragment(text, x0, x0 + 60, top, top + 10, 10)
        for text, x0 in zip(texts, PLACES, strict=False)
        if text
    ]


def tables(parts, lines):
    found, outside = split_tables(parts, lines)
    return [table.grid.rows for table in found], [part.text for part in outside]


HEAD, FIRST, SECOND = ("县市", "2022年", "2023年"), ("白水县", "23.5", "24.5"), ("石桥县", "31.5", "32.5")
TABLE = [*line(0, *HEAD), *line(1, *FIRST), *line(2, *SECOND)]


def test_lines_across_divide_rows():
    found, outside = split_tables([*TABLE, *line(4, "后面的话")], rules(4))
    assert [(table.box, table.grid.rows) for table in found] == [
        (Box(0, 280, 0, 90), [list(HEAD), list(FIRST), list(SECOND)])
    ]
    assert [part.text for part in outside] == ["后面的话"]


@pytest.mark.parametrize(("moved", "expected"), [(4, 3), (4.5, 0)])
def test_lines_of_a_table_begin_and_end_alike(moved, expected):
    for sides in ((moved, 280), (0, 280 + moved)):
        lines = [*rules(3), Rule(90, *sides)]
        found, _ = tables(TABLE, lines)
        assert [len(rows) for rows in found] == ([3] if expected else [2])


def test_two_lines_are_no_table():
    assert tables(TABLE[:3], rules(2)) == ([], list(HEAD))


def test_the_lines_of_a_cell_are_one_row_of_the_table():
    parts = [*TABLE[:3], *line(1, "白水", "23.5", "24.5", down=5), *line(1, "县城", down=15), *TABLE[6:]]
    assert tables(parts, rules(4))[0] == [[list(HEAD), ["白水县城", "23.5", "24.5"], list(SECOND)]]


def test_a_line_of_its_own_is_a_heading_where_figures_follow():
    parts = [*line(0, *HEAD), *line(1, "一、城区"), *line(2, *FIRST), *line(3, *SECOND)]
    assert tables(parts, rules(5))[0] == [[list(HEAD), ["一、城区", "", ""], list(FIRST), list(SECOND)]]
    ends = [*line(0, *HEAD), *line(1, *FIRST), *line(2, "注：快报数"), *line(3, "又注")]
    assert tables(ends, rules(5)) == ([[list(HEAD), list(FIRST)]], ["注：快报数", "又注"])


@pytest.mark.parametrize(
    ("head", "last", "rows"), [(-5, 25, 3), (-5.5, 25, 2), (-5, 25.5, 2)], ids=["on", "above", "below"]
)
def test_what_stands_on_the_outermost_lines_is_in_the_table(head, last, rows):
    parts = [*line(0, *HEAD, down=head), *line(1, *FIRST), *line(2, *SECOND, down=last)]
    (found,), outside = tables(parts, rules(4))
    assert len(found) == rows and len(outside) == 3 * (3 - rows)


def band(number, *texts, x0=PLACES):
    """Two rows of headings and figures above a band of so many lines, each with the same texts."""
    lines = [Rule(0, 0, 280), Rule(30, 0, 280), Rule(60, 0, 280), Rule(70 + 12 * number, 0, 280)]
    parts = [
        Fragment(text, left, left + 60, 62 + 12 * at, 72 + 12 * at, 10)
        for at in range(number)
        for text, left in zip(texts, x0, strict=False)
        if text
    ]
    head, figures = HEAD[: len(texts)], FIRST[: len(texts)]
    found, _ = split_tables([*line(0, *head), *line(1, *figures), *parts], lines)
    return [table.box.bottom for table in found]


@pytest.mark.parametrize(
    ("number", "texts", "ends"),
    [
        (6, ["一" * 13] * 2, 142),
        (7, ["一" * 12] * 2, 154),
        (7, ["一" * 13] * 2, 60),  # two columns of prose
        (7, ["一" * 13] * 3, 154),  # which no page has three of
        (7, ["一" * 13, "一" * 11], 154),  # twelve in the middle
        (7, ["一" * 13, "一" * 12], 60),
    ],
)
def test_many_long_lines_in_two_columns_are_prose(number, texts, ends):
    assert band(number, *texts) == [ends]


@pytest.mark.parametrize(
    ("below", "rows"),
    [
        (("白水县", "23.5", "24.5"), 4),
        (("白水县", "2022年", "高"), 2),  # a year is no figure
        (("白水县", "2022年5", "高"), 4),
        (("白水县", "高", "低"), 2),
    ],
)
def test_a_single_line_heads_rows_where_the_next_one_has_figures(below, rows):
    parts = [*line(0, *HEAD), *line(1, *FIRST), *line(2, "一、城区"), *line(3, *below)]
    found, _ = tables(parts, rules(5))
    assert [len(one) for one in found] == [rows]


@pytest.mark.parametrize(
    ("texts", "rows"),
    [
        (["一、城区及其近郊各个街道和各个工业园区"], 4),  # one line may be long
        (["一、城区及其近郊各街道，", "乡镇"], 4),  # of two lines neither has more than twelve characters
        (["城区", "一、城区及其近郊各街道，"], 4),
        (["一、城区及其近郊各个街道，", "乡镇"], 2),
        (["城区", "一、城区及其近郊各个街道，"], 2),
    ],
)
def test_a_heading_of_rows_is_one_line_or_a_few_short_ones(texts, rows):
    middle = [part for at, text in enumerate(texts) for part in line(2, text, down=3 + 12 * at)]
    found, _ = tables([*line(0, *HEAD), *line(1, *FIRST), *middle, *line(3, *SECOND)], rules(5))
    assert [len(one) for one in found] == [rows]


@pytest.mark.parametrize(
    ("first", "second", "rows"),
    [
        (("学前教育提升工程", "甲", "乙"), ("项目", "丙", "丁"), 1),  # lines of text: eight characters in one
        (("学前教育提升工", "甲", "乙"), ("项目", "丙", "丁"), 2),
        (("项目", "甲", "乙"), ("学前教育提升工程", "丙", "丁"), 1),
        (("学前教育提升工程", "1.5", "乙"), ("项目", "丙", "丁"), 1),  # of which one may have a figure
        (("学前教育提升工程", "1.5", "乙"), ("项目", "2.5", "丁"), 2),
    ],
)
def test_lines_of_text_between_two_lines_are_one_row_and_lines_of_figures_are_rows(first, second, rows):
    parts = [*line(0, *HEAD), *line(1, *first, down=4), *line(1, *second, down=16)]
    ((head, *below),), _ = tables(parts, rules(3))
    assert head == list(HEAD) and len(below) == rows


def test_where_most_rows_have_a_line_of_their_own_all_have():
    parts = [*line(0, *HEAD), *line(1, *FIRST, down=4), *line(1, *SECOND, down=16), *line(2, *FIRST)]
    assert len(tables(parts, rules(4))[0][0]) == 3
    two = [*parts[:9], *line(2, *FIRST, down=4), *line(2, *SECOND, down=16)]
    assert len(tables(two, rules(4))[0][0]) == 5


THREE, TWO, ONE = [(0, 60), (100, 160), (200, 260)], [(0, 150), (200, 260)], [(0, 250)]


@pytest.mark.parametrize(
    ("bands", "columns"),
    [
        ([[THREE, TWO, TWO]] * 3, 3),
        ([[TWO, THREE, THREE]] * 3, 2),
        ([[THREE], *[[ONE, THREE]] * 4], 3),  # a text over all columns tells none
        # where no first line has several texts, the others tell
        ([[ONE, TWO]] * 3, 2),
        ([[*[ONE] * 4, THREE]] * 3, 3),
    ],
)
def test_columns_are_those_of_the_first_lines_of_rows(bands, columns):
    """Bands of 60 points, each with these lines of texts from one side to the other."""
    parts = [
        Fragment("23.5", x0, x1, 60 * place + 11 * at, 60 * place + 11 * at + 10, 10)
        for place, lines in enumerate(bands)
        for at, texts in enumerate(lines)
        for x0, x1 in texts
    ]
    (table,), _ = split_tables(parts, [Rule(60 * at, 0, 280) for at in range(len(bands) + 1)])
    assert len(table.grid.rows[0]) == columns


def test_an_empty_band_ends_a_table_whatever_follows():
    parts = [*line(0, *HEAD), *line(1, *FIRST), *line(3, *FIRST), *line(4, *SECOND)]
    assert [len(one) for one in tables(parts, rules(6))[0]] == [2, 2]


def test_an_empty_band_ends_a_table():
    parts = [*line(0, *HEAD), *line(1, *FIRST), *line(3, *HEAD), *line(4, *SECOND), *line(5, *FIRST)]
    assert [len(one) for one in tables(parts, rules(7))[0]] == [2, 3]
