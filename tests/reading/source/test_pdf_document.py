"""Paragraphs of made-up pages: lines of 10 points, 15 apart, most of which go from 50 to 250."""

import pytest

from plan_monitor.reading.source.blocks import Grid
from plan_monitor.reading.source.pdf.document import _Layout, _Reader
from plan_monitor.reading.source.pdf.geometry import Box, Fragment
from plan_monitor.reading.source.pdf.tables import Part

LINE = "各县市要把规划实施纳入年度考核内容"


def lines(*sides, size=10):
    """Lines from one side to the other, top down."""
    tops = (100 + (size + 5) * at for at in range(len(sides)))
    return [Fragment(LINE, x0, x1, top, top + size, size) for (x0, x1), top in zip(sides, tops, strict=True)]


def read(*pages):
    """How many lines each paragraph of some pages has, below a page of 30 full lines, which are one."""
    layouts = [_Layout(page, [], [], 800) for page in (lines(*[(50, 250)] * 30), *pages)]
    return [block.text.count("各县") for block in _Reader(layouts).read()]


@pytest.mark.parametrize(
    ("sides", "paragraphs"),
    [
        ([(50, 250)] * 4, [34]),
        # as wide as 0.6 of most text: a column of its own, which its lines fill
        ([(50, 170)] * 4, [34]),
        ([(130, 250)] * 4, [34]),
        ([(50, 170), (50, 150), (50, 170), (50, 170)], [32, 2]),
        ([(130, 250), (150, 250), (130, 250), (130, 250)], [31, 3]),
        # wider, or too few to tell: lines of most text, which end early or are indented
        ([(50, 170.5)] * 4, [31, 1, 1, 1]),
        ([(129.5, 250)] * 4, [30, 1, 1, 1, 1]),
        ([(50, 170)] * 3, [31, 1, 1]),
        ([(130, 250)] * 3, [30, 1, 1, 1]),
        # what goes beyond most text is the side of its page
        ([(50, 270), (50, 250), (50, 250), (50, 250)], [32, 1, 1]),
        ([(30, 250), (50, 250), (50, 250), (50, 250)], [31, 1, 1, 1]),
        # two of forty lines do not tell the sides of most text
        ([*[(50, 270)] * 2, *[(50, 250)] * 8], [33, *[1] * 7]),
        ([*[(30, 250)] * 2, *[(50, 250)] * 8], [32, *[1] * 8]),
    ],
)
def test_lines_fill_the_width_of_their_column_or_begin_and_end_paragraphs(sides, paragraphs):
    assert read(lines(*sides)) == paragraphs


@pytest.mark.parametrize(
    ("sides", "paragraphs"),
    [
        ([(30, 300), (30, 300), (30, 300)], [30, 3]),
        ([(30, 300), (30, 250), (30, 300)], [30, 2, 1]),
        ([(30, 300), (60, 300), (30, 300)], [30, 1, 2]),
    ],
)
def test_a_page_of_larger_lines_alone_is_as_wide_as_they_are(sides, paragraphs):
    assert read(lines(*sides, size=20)) == paragraphs


def test_larger_lines_do_not_tell_how_wide_most_text_is():
    assert read(lines(*[(30, 300)] * 10, size=11)) == [40]
    last = Fragment(LINE, 50, 250, 160, 171, 11)  # nor a column
    assert read([*lines(*[(50, 170)] * 4), last]) == [35]


def test_the_longest_text_of_a_line_tells_how_large_it_is():
    raised = Fragment("注", 252, 256, 101, 107, 6)
    assert read([*lines(*[(50, 250)] * 4), raised]) == [34]


def note(top, size=8, text="注"):
    return Fragment(text, 50, 150, top, top + size, size)


def grid(top, bottom, *names):
    return Part(Box(50, 250, top, bottom), Grid([["县市", "人口"], *([name, "2.5"] for name in names)]))


HEAD = grid(0, 0).grid.rows[0]


def parts_of(*pages):
    """Texts and tables of pages, each of fragments and tables; of long texts the number of their lines."""
    layouts = [
        _Layout(
            [part for part in page if isinstance(part, Fragment)],
            [part for part in page if isinstance(part, Part)],
            [],
            1000,
        )
        for page in pages
    ]
    read = _Reader(layouts).read()
    return [one.rows if isinstance(one, Grid) else one.text.count("各县") or one.text for one in read]


@pytest.mark.parametrize(
    ("below", "expected"),
    [
        ([note(700)], [14, "注"]),
        ([note(700), note(712, text="又注")], [14, "注", "又注"]),
        ([note(700, 8.75)], [14, "注"]),
        ([note(700, 8.8)], [10, "注", 4]),  # as large as 0.88 of the text
        ([note(550.5)], [14, "注"]),
        ([note(550)], [10, "注", 4]),  # not on the lower part of the page
        ([note(700), note(720, 10, "又及")], [10, "注", "又及", 4]),  # text follows
        ([note(700), note(720, 8.8, "又及")], [10, "注", "又及", 4]),
        ([note(700), grid(720, 750, "甲县")], [10, "注", [HEAD, ["甲县", "2.5"]], 4]),
        ([note(700), grid(600, 650, "甲县")], [10, [HEAD, ["甲县", "2.5"]], 4, "注"]),
    ],
)
def test_small_lines_at_the_end_of_a_page_are_notes_behind_the_paragraph(below, expected):
    full = lines(*[(50, 250)] * 10)
    assert parts_of([*full, *below], full[:4]) == expected


def test_notes_stand_before_a_table_that_begins_and_behind_one_that_goes_on():
    full, first, second = lines(*[(50, 250)] * 10), grid(500, 600, "甲县"), grid(100, 200, "乙县")
    lower = [part._replace(top=part.top + 200, bottom=part.bottom + 200) for part in full[:4]]
    one, other = [HEAD, ["甲县", "2.5"]], [HEAD, ["乙县", "2.5"]]
    assert parts_of([*full, note(700)], [second, *lower]) == [10, "注", other, 4]
    assert parts_of([*full, first, note(700)], [second, *lower]) == [10, [*one, other[1]], 4, "注"]


def test_a_paragraph_goes_on_wherever_the_next_page_begins():
    full = lines(*[(50, 250)] * 4)
    lower = [part._replace(top=part.top + 200, bottom=part.bottom + 200) for part in full]
    assert parts_of(full, lower) == [8]
    assert parts_of([*full, *lower]) == [4, 4]


@pytest.mark.parametrize(("text", "goes_on"), [("丁", False), ("丙", True), ("乙", True), ("甲", True)])
def test_three_lines_above_a_table_may_stand_above_its_next_part(text, goes_on):
    above = [note(180 + 15 * at, 10, text) for at, text in enumerate("丁丙乙甲")]
    first, second = grid(250, 300, "子县"), grid(100, 200, "丑县")
    made = parts_of([*lines(*[(50, 250)] * 4), *above, first], [note(80, 10, text), second])
    one, other = [HEAD, ["子县", "2.5"]], [HEAD, ["丑县", "2.5"]]
    assert made == [4, *"丁丙乙甲", *([[*one, other[1]]] if goes_on else [one, text, other])]


TITLE, OTHER = note(80, 10, "表1人口"), note(80, 10, "表2面积")


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ([TITLE, grid(100, 200, "乙县")], ["表1人口", [HEAD, ["甲县", "2.5"], ["乙县", "2.5"]]]),
        ([grid(100, 200, "乙县")], ["表1人口", [HEAD, ["甲县", "2.5"], ["乙县", "2.5"]]]),
        (
            [OTHER, grid(100, 200, "乙县")],
            ["表1人口", [HEAD, ["甲县", "2.5"]], "表2面积", [HEAD, ["乙县", "2.5"]]],
        ),
        # which does not stand higher on its page
        ([grid(300, 400, "乙县")], ["表1人口", [HEAD, ["甲县", "2.5"]], [HEAD, ["乙县", "2.5"]]]),
        ([TITLE], ["表1人口", [HEAD, ["甲县", "2.5"]], "表1人口"]),  # no table goes on
    ],
)
def test_a_table_goes_on_below_its_title_or_ends(second, expected):
    assert parts_of([TITLE, grid(200, 300, "甲县")], second) == expected


def test_rows_above_and_below_a_table_are_not_one():
    def row(top, *texts):
        places = zip(texts, (50, 150), strict=True)
        return [Fragment(text, x0, x0 + 60, top, top + 10, 10) for text, x0 in places]

    rows = [
        row(100, "县市", "人口"),
        row(115, "甲县", "2.5"),
        row(140, "乙县", "3.5"),
        row(155, "丙县", "4.5"),
    ]
    (table,) = parts_of([part for one in rows for part in one])
    assert len(table) == 4
    made = parts_of([*[part for one in rows for part in one], grid(127, 137, "丁县")])
    assert made == ["县市 人口甲县 2.5", [HEAD, ["丁县", "2.5"]], "乙县 3.5丙县 4.5"]
