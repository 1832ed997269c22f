"""Paragraphs of made-up pages: lines of 10 points, 15 apart, most of which go from 50 to 250."""

import pytest

from plan_monitor.reading.source.pdf.document import _Layout, _Reader
from plan_monitor.reading.source.pdf.geometry import Fragment

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
