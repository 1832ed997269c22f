"""The text and parts of a document from its paragraphs and grids: headings above, places, tables of tabs."""

import pytest

from plan_monitor.reading.passages import Table
from plan_monitor.reading.source.blocks import Grid, Paragraph
from plan_monitor.reading.source.compose import compose

TABLE = Grid([["县市", "人口"], ["白水县", "23.5"]])


def parts(*blocks):
    """Texts of passages and first cells of tables, each with its level and the headings above."""
    return [
        (part.rows[0][0].text, None, part.path)
        if isinstance(part, Table)
        else (part.text, part.level, part.path)
        for part in compose(blocks).parts
    ]


@pytest.mark.parametrize(
    ("levels", "above"),
    [
        *(((2,), "甲"), ((2, 3), "甲乙"), ((2, 3, 3), "甲丙"), ((2, 3, 2), "丙"), ((2, 3, 2, 4), "丙丁")),
        *(((2, 3, 4, 3), "甲丁"), ((3, 2), "乙"), ((2, 0, 3), "甲丙"), ((2, 4, 3), "甲丙")),
    ],
)
def test_a_heading_is_above_all_until_the_next_as_high(levels, above):
    headings = [Paragraph(name, level) for name, level in zip("甲乙丙丁", levels, strict=False)]
    made = parts(*headings, Paragraph("正文", 0), TABLE)
    assert made[-2:] == [("正文", 0, tuple(above)), ("县市", None, tuple(above))]


def test_a_heading_stands_below_higher_ones_and_not_below_the_one_before_it():
    headings = [Paragraph(name, level) for name, level in zip("甲乙丙丁戊", (2, 3, 3, 4, 2), strict=True)]
    assert [path for *_, path in parts(*headings)] == [(), ("甲",), ("甲",), ("甲", "丙"), ()]


@pytest.mark.parametrize(
    ("levels", "made"),
    [
        ((1, 2), (0, 2)),  # the only heading of the highest level is the title
        ((1, 1), (1, 1)),
        ((2, 1), (2, 1)),
        ((0, 1), (0, 0)),
        ((2, 2), (2, 2)),
    ],
)
def test_the_title_heads_no_part(levels, made):
    blocks = [Paragraph(name, level) for name, level in zip("甲乙", levels, strict=True)]
    assert tuple(level for _, level, _ in parts(*blocks)) == made


def test_a_numbered_heading_is_no_title():
    assert parts(Paragraph("一、总则", 1), Paragraph("正文", 0))[0][1] == 1


def test_the_three_paragraphs_before_a_table_are_told_with_it():
    blocks = [*map(Paragraph, "甲乙丙丁"), TABLE, Paragraph("戊"), TABLE, TABLE]
    tables = [part for part in compose(blocks).parts if isinstance(part, Table)]
    assert [table.above for table in tables] == [("乙", "丙", "丁"), ("戊",), ()]


def test_each_text_and_cell_stands_where_it_says():
    source = compose([Paragraph("　甲 乙"), Paragraph("丙\n二、丁"), TABLE, Paragraph("  ")])
    assert source.text == "　甲 乙\n丙\n二、丁\n县市\t人口\n白水县\t23.5\n"
    for part in source.parts:
        if isinstance(part, Table):
            assert all(source.text[cell.start :].startswith(cell.text) for row in part.rows for cell in row)
        else:
            assert [source.text[at] for at in part.places] == list(part.text)


@pytest.mark.parametrize(
    ("texts", "tables"),
    [
        (("甲\t乙", "丙\t丁"), [[["甲", "乙"], ["丙", "丁"]]]),
        (("甲\t乙", "丙\t丁\t戊"), [[["甲", "乙", ""], ["丙", "丁", "戊"]]]),
        (("甲\t乙",), []),  # a single one is a line
        (("甲\t", "\t乙"), []),
        (("甲\t乙\n丙\t丁", "戊\t己"), []),
    ],
)
def test_paragraphs_that_tabs_divide_are_rows(texts, tables):
    made = [part for part in compose(map(Paragraph, texts)).parts if isinstance(part, Table)]
    assert [[[cell.text for cell in row] for row in table.rows] for table in made] == tables


def test_headings_with_tabs_are_no_rows():
    made = parts(Paragraph("甲\t乙", 2), Paragraph("丙\t丁", 2))
    assert [(text, level) for text, level, _ in made] == [("甲乙", 2), ("丙丁", 2)]


def test_lines_of_an_unbroken_paragraph_are_one():
    assert [text for text, *_ in parts(Paragraph("甲\n乙"), Paragraph("丙\r丁", unbroken=True))] == [
        "甲",
        "乙",
        "丙丁",
    ]
