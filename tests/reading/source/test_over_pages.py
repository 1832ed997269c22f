"""What the ends of PDF pages do: tables that go on over them, and what each page repeats at its edges."""

import pytest

from plan_monitor.reading.source.blocks import Grid
from plan_monitor.reading.source.pdf.geometry import Box, Fragment
from plan_monitor.reading.source.pdf.margins import without_margins
from plan_monitor.reading.source.pdf.tables import CONTINUED, Part, continues, join_parts

HEAD = ["领域", "指标", "2025年"]


def part(*rows, merged=(), x0=0, x1=300, top=0):
    return Part(Box(x0, x1, top, top + 100), Grid([list(row) for row in rows], merged))


@pytest.mark.parametrize(
    ("sides", "expected"), [((12, 300), True), ((0, 288), True), ((12.5, 300), False), ((0, 312.5), False)]
)
def test_a_table_that_goes_on_is_as_wide(sides, expected):
    first, second = part(HEAD), part(HEAD, x0=sides[0], x1=sides[1])
    assert continues(first, second) == expected
    assert not continues(first, part(HEAD[:2]))


def test_the_heading_stands_once():
    made = join_parts(part(HEAD, ("教育", "巩固率", "95")), part(HEAD, ("卫生", "床位", "5.2"), top=500))
    assert made.grid.rows == [HEAD, ["教育", "巩固率", "95"], ["卫生", "床位", "5.2"]]
    assert made.box.top == 500


def test_only_four_rows_are_a_heading_that_repeats():
    heads = [[f"{name}{at}" for name in "甲乙丙"] for at in ("一", "二", "三", "四", "五")]
    row = ["教育", "巩固率", "95"]
    assert join_parts(part(*heads[:4], row), part(*heads[:4], row)).grid.rows == [*heads[:4], row, row]
    assert join_parts(part(*heads, row), part(*heads, row)).grid.rows == [*heads, row, heads[4], row]


def test_a_row_of_figures_is_no_heading():
    row = ["教育", "巩固率", "95"]
    assert join_parts(part(row, row), part(row)).grid.rows == [row, row, row]


def test_a_row_that_the_page_divides_is_one():
    made = join_parts(
        part(HEAD, ("工程", "新建幼儿", "全州")), part(HEAD, ("", "园126所", ""), ("二", "改建", "县"))
    )
    assert made.grid.rows == [HEAD, ["工程", "新建幼儿园126所", "全州"], ["二", "改建", "县"]]
    empty = join_parts(part(HEAD, ("工程", "新建", "全州")), part(HEAD, ("", "", "")))
    assert empty.grid.rows[-1] == ["", "", ""]
    assert join_parts(part(HEAD), part(HEAD)).grid.rows == [HEAD]


def test_a_label_over_the_end_of_a_page_is_that_of_the_rows_below():
    first = part(HEAD, ("教育", "巩固率", "95"), ("", "入园率", "98"), merged=((1, 0, 2, 0),))
    second = part(HEAD, ("", "班额", "45"), ("", "师生比", "16"), merged=((1, 0, 2, 0),))
    made = join_parts(first, second)
    assert [row[0] for row in made.grid.rows] == ["领域", "教育", "", "", ""]
    assert made.grid.merged == ((1, 0, 4, 0),)
    one = join_parts(first, part(HEAD, ("", "班额", "45"), ("卫生", "床位", "5")))
    assert one.grid.merged == ((1, 0, 3, 0),)


def test_a_figure_over_the_end_of_a_page_is_no_label():
    second = part(HEAD, ("", "班额", "45"))
    assert join_parts(part(HEAD, ("95", "入园率", "98")), second).grid.merged == ()
    assert join_parts(part(HEAD, ("教育", "入园率", "98")), second).grid.merged == ((1, 0, 2, 0),)
    nameless = part(("", "指标", "2025年"), ("", "入园率", "98"))
    assert join_parts(nameless, part(("", "指标", "2025年"), ("", "班额", "45"))).grid.merged == ()


def test_merged_cells_of_the_second_part_are_where_its_rows_are():
    first = part(HEAD, ("教育", "巩固率", "95"))
    second = part(HEAD, ("卫生", "床位", "5.2"), ("合计", "", "9"), merged=((0, 0, 0, 1), (2, 0, 2, 1)))
    assert join_parts(first, second).grid.merged == ((3, 0, 3, 1),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("续上表", True), ("（续表）", True), ("表3（续二）", True), ("续表3 主要指标", True), ("表3 主要指标", False)],
)  # fmt: skip
def test_a_line_that_says_that_a_table_goes_on(text, expected):
    assert bool(CONTINUED.fullmatch(text)) == expected


def at(text, top, x0=0):
    return Fragment(text, x0, x0 + 100, top, top + 10, 10)


def kept(*pages):
    """The texts of pages 1000 points high that are left."""
    return [
        [one.text for one in page]
        for page in without_margins([list(page) for page in pages], [1000] * len(pages))
    ]


@pytest.mark.parametrize(
    ("top", "gone"),
    [(0, True), (80, True), (81, False), (500, False), (879, False), (880, True), (990, True)],
)
def test_what_each_page_has_at_its_edge_is_left_out(top, gone):
    pages = [[at("青禾州人民政府文件", top), at(f"正文{name}", 300)] for name in "甲乙丙"]
    assert kept(*pages) == [[*(["青禾州人民政府文件"] * (not gone)), f"正文{name}"] for name in "甲乙丙"]


@pytest.mark.parametrize(
    ("pages", "with_it", "gone"), [(4, 2, True), (4, 1, False), (10, 3, True), (10, 2, False), (2, 2, True)]
)
def test_a_header_is_on_many_pages(pages, with_it, gone):
    made = kept(*([at("青禾州人民政府文件", 10)] if number < with_it else [] for number in range(pages)))
    assert sum(map(len, made)) == (0 if gone else with_it)


def test_headers_that_differ_in_a_number_are_alike_and_stand_in_one_place():
    assert kept(*([at(f"文件第{number}号", 10)] for number in range(3))) == [[], [], []]
    assert kept(*([at(f"文件第{'甲乙丙'[number]}号", 10)] for number in range(3))) != [[], [], []]
    assert kept(*([at("文件", 10 + 25 * number)] for number in range(3))) == [["文件"]] * 3


@pytest.mark.parametrize(
    ("text", "several", "alone"),
    [
        ("3", True, False),  # a single page may begin or end with a number
        ("- 3 -", True, True),
        ("第3页", True, True),
        ("第 3 页 共 12 页", True, True),
        ("3/12", True, True),
        ("iv", True, True),
        ("十二", True, True),
        ("12345", False, False),  # figures of a table that the page ends
        ("85 92", False, False),
        ("第3页，共12页", True, True),
        ("3所", False, False),
    ],
)
def test_the_number_of_a_page(text, several, alone):
    number, other = [at(text, 950)], [at("正文", 300)]
    assert (kept(number, other)[0] == []) == several
    assert (kept(number)[0] == []) == alone
