"""Paragraphs, headings and tables of a text, each character with its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_monitor.reading import columns, passages
from plan_monitor.reading.numbers import FOLD
from plan_monitor.reading.passages import Passage, Table


def tables(text: str) -> list[list[list[str]]]:
    return [
        [[cell.text for cell in row] for row in part.rows]
        for part in passages.read(text)
        if isinstance(part, Table)
    ]


def test_headings_have_levels_and_what_follows_their_path():
    text = "第一章 目标\n第一节 教育\n（一）幼儿园\n1.数量\n新建3所。\n（二）小学\n新建5所。"
    parts = passages.read(text)
    assert [part.level for part in parts] == [2, 3, 4, 5, 0, 4, 0]
    assert parts[4].path == ("第一章目标", "第一节教育", "（一）幼儿园", "1.数量")
    assert parts[6].path == ("第一章目标", "第一节教育", "（二）小学")


def test_a_sentence_is_no_heading():
    for text in ("1.新建学校30所", "（一）到2025年，巩固率达到95%。"):
        assert passages.read(text)[0].level == 0


def test_a_line_that_the_page_broke_goes_on():
    text = "到2025年，全县新建幼儿园三十所以上，每个乡镇至少有一所公办中\n心园，毛入园率达到92%。\n（二）小学"
    first, second = passages.read(text)
    assert first.text.endswith("公办中心园，毛入园率达到92%。") and second.text == "（二）小学"
    assert text[first.places[first.text.index("92")]] == "9"


def test_blanks_between_chinese_characters_are_idle_and_between_words_one_remains():
    (part,) = passages.read("覆盖率 达到 95 %，GDP  per capita　提高\u200b。")
    assert part.text == "覆盖率达到95%，GDP per capita提高。"


def test_signs_of_formulas_are_read():
    (part,) = passages.read(r"覆盖率\geqslant 95\% ，班额 \leq 45人")
    assert part.text == "覆盖率≥95%，班额≤45人"


def test_rows_with_tabs_are_a_table_with_the_headings_between_them():
    text = "表1 目标\n单位：%\n指标\t2020年\t2025年\n毛入园率\t85.2\t92\n其中：\n公办\t40\t50\n以上数据来自统计。"
    assert tables(text) == [
        [["指标", "2020年", "2025年"], ["毛入园率", "85.2", "92"], ["其中："], ["公办", "40", "50"]]
    ]
    table = next(part for part in passages.read(text) if isinstance(part, Table))
    assert table.above == ("表1目标", "单位：%")
    assert text[table.rows[1][1].start :].startswith("85.2")


def test_cells_that_stand_a_line_each_are_a_table():
    cells = [
        "指标",
        "2020年",
        "2025年",
        "毛入园率",
        "85.2",
        "92",
        "巩固率",
        "95",
        "97",
        "在校生",
        "1200",
        "1500",
    ]
    text = "\n".join(["一、目标", *cells, "以上数据来自统计，不含民办。"])
    assert tables(text) == [[cells[at : at + 3] for at in range(0, 12, 3)]]


def test_a_table_begins_with_a_cell_and_not_on_the_empty_line_before_it():
    lines = [columns.Line(at, text) for at, text in enumerate(["", "县市", "人口", " ", "甲县", "23.5"])]
    assert columns.find(lines, 0) is None
    assert columns.find(lines, 1) == ([lines[1:3], lines[4:6]], 6)


def wide(number):
    """A heading of so many cells, and two rows of figures below it."""
    return ["县市", *["人口"] * (number - 1), *[*["甲县"], *["5"] * (number - 1)] * 2]


@pytest.mark.parametrize(
    ("cells", "shape"),
    [
        (wide(2), (3, 2)),
        ([*wide(2), "丙县", "7"], (4, 2)),
        (wide(2)[:4], None),  # one row below the heading is too few
        (wide(3), (3, 3)),
        (wide(12), (3, 12)),
        (wide(13), None),
        (["县市", "5", "6", "7"], None),  # nothing of one column
        (["县市", "人口", "甲县", "5", "总" * 28, "6"], (3, 2)),
        (["县市", "人口", "甲县", "5", "总" * 29, "6"], None),  # longer than any cell
        (["县市", "人口", "甲县", "5", "乙\t县", "6"], None),
    ],
)
def test_cells_that_stand_a_line_each_are_of_as_many_columns_as_fit(cells, shape):
    lines = [
        columns.Line(at, cell) for at, cell in enumerate([*cells, "以上数据来自统计，不含民办，也不含外地。"])
    ]
    found = columns.find(lines, 0)
    assert (found and (len(found[0]), len(found[0][0]))) == shape
    assert found is None or found[1] == len(cells)


def test_rows_of_cells_between_empty_lines_are_a_table():
    text = "县市\n人口\n\n甲县\n23.5\n\n乙县\n—\n\n这一段文字很长很长，说明以上各县人口的来源和口径，不是单元格。"
    assert tables(text) == [[["县市", "人口"], ["甲县", "23.5"], ["乙县", "—"]]]


def test_a_list_of_names_is_no_table():
    assert tables("项目\n学校\n医院\n公园\n道路\n桥梁\n") == []


def test_a_cell_with_a_time_is_no_figure():
    assert [columns.is_figure(text) for text in ("≥95", "12.5", "2025年", "1-8月累计", "—", "毛入园率")] == [
        True, True, False, False, False, False,
    ]  # fmt: skip


@given(st.text(st.sampled_from("一、（）1.2３％到年，。；\n\t 　\u200b表abc\\%≥"), max_size=120))
def test_each_character_stands_where_it_says(text):
    for part in passages.read(text):
        if isinstance(part, Passage):
            assert len(part.text) == len(part.places)
            for character, place in zip(part.text, part.places, strict=True):
                origin = text[place].translate(FOLD)
                assert origin == character or origin == "\\" or (character == " " and origin.isspace())
        else:
            for row in part.rows:
                assert all(text[cell.start : cell.start + len(cell.text)] == cell.text for cell in row)


def test_a_heading_has_no_more_than_three_lines():
    """Lines that end with a dash go on; three of them are a heading, what is longer is a paragraph."""
    line, last = (
        "某州推进教育高质量发展若干重点任务安排和工作分工的实施",
        "各县市和有关部门要认真组织实施并按时报告进展情况",
    )
    for lines, parts in ((2, [3, 1]), (3, [5])):
        text = "\n".join([f"{line}—"] * lines + [line, last])
        assert [part.text.count(line) + part.text.count(last) for part in passages.read(text)] == parts
