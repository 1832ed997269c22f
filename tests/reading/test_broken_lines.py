"""Lines of a text that go on with the one before, headings by their numbers, and rows of cells: at every bound."""

import pytest

from plan_monitor.reading import draft, passages
from plan_monitor.reading.passages import Passage, Table, level_of


def texts(*lines):
    return [
        part.text if isinstance(part, Passage) else "表" for part in passages.read("\n".join(lines) + "\n")
    ]


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("各县市要把规划实施纳入年度考核内容，每年通报一", "次进展", True),
        ("各县市要把规划实施纳入年度考核内容，每年通报", "次进展", True),  # 22 characters fill a line
        ("各县市要把规划实施纳入年度考核内容，每年通", "次进展", False),
        ("各县市要把规划实施纳入年度考核内容每年要通报一", "次进展", False),  # with no sign it may be a title
        ("各县市要把规划实施纳入年度考核内容每年要通报一", "次，进展", True),
        ("考核内容，", "每年通报", True),
        ("考核内容、", "每年通报", True),
        ("考核内容（", "每年通报）", True),
        ("2021—", "2025年", True),
        ("各县市要把规划实施纳入年度考核内容，每年通报一次。", "次进展", False),
        ("各县市要把规划实施纳入年度考核内容，每年通报一次；", "次进展", False),
        ("各县市要把规划实施纳入年度考核内容，每年通报一次：", "次进展", False),
        ("各县市，各部门要把规划的实施纳入年度考核（修订稿）", "次进展", False),  # a title
        ("各县市，各部门要把规划的实施纳入各自的年度考核内容（修订稿）", "次进展", True),
        (f"各县市，{'甲' * 20}（修订稿）", "次进展", False),  # 29 characters
        (f"各县市，{'甲' * 21}（修订稿）", "次进展", True),
        (f"各县市，{'甲' * 20}《修订稿》", "次进展", False),
        ("各县市要把规划实施纳入年度考核内容，每年通报一", "一、次进展", False),
        ("各县市要把规划实施纳入年度考核内容，每年通报一", "（一）次进展", False),
        ("各县市要把规划实施纳入年度考核内容，每年通报一", "12.次进展", False),
        ("各县市要把规划实施纳入年度考核内容，每年通报一", "12.5亿元", True),
        ("各县市要把规划实施纳入年度考核内容，每年通报一", "第十二条", False),
        ("各县市要把规划实施纳入年度考核内容，每年通报一", "单位：万元", False),
        ("各县市要把规划实施纳入年度考核内容，每年通报一", "", False),
        ("第一章各县市要把规划实施纳入年度考核内容，每年通报", "次进展", False),  # after a heading
    ],
)
def test_a_line_goes_on_where_the_page_broke_it(first, second, joined):
    assert texts(first, second) == (
        [first + second] if joined else [line for line in (first, second) if line]
    )


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("第一篇 总论", 1),
        ("第三章 目标", 2),
        ("第2节 基础", 3),
        ("一、基础", 3),
        ("专栏1 指标", 3),
        ("（一）成绩", 4),
        ("1.学校", 5),
        ("1.5倍", 0),
        ("123.学校", 0),
        ("（1）学校", 6),
        ("①学校", 6),
        ("学校", 0),
        ("一、" + "基" * 38, 3),
        ("一、" + "基" * 39, 0),  # longer than a heading
        ("一、基础。", 3),
        ("一、基础。目标", 0),
        ("一、基础，", 0),
        ("一、基础，目标", 3),
        ("（一）基础，目标", 0),  # of the lower levels that is a sentence
        ("一、新建12所", 0),
        ("一、新建12百所", 0),
        ("一、投资3千万元", 0),
        ("一、装机3千瓦", 3),
        ("一、占比12%", 0),
        ("一、2025年", 3),
    ],
)
def test_the_level_of_a_heading(text, level):
    assert level_of(text) == level


def test_headings_above_are_those_of_higher_levels():
    parts = passages.read("第一章 甲\n一、乙\n（一）丙\n丁。\n二、戊\n己。\n第二章 庚\n辛。\n")
    assert [part.path for part in parts if not part.level] == [
        ("第一章甲", "一、乙", "（一）丙"),
        ("第一章甲", "二、戊"),
        ("第二章庚",),
    ]


def test_a_heading_stands_below_higher_ones_and_not_below_the_one_before_it():
    parts = passages.read("第一章 甲\n一、乙\n（一）丙\n（二）丁\n二、戊\n第二章 己\n")
    assert [part.path for part in parts] == [
        (),
        ("第一章甲",),
        ("第一章甲", "一、乙"),
        ("第一章甲", "一、乙"),
        ("第一章甲",),
        (),
    ]


def test_a_figure_in_a_heading_has_the_time_and_the_role_of_the_headings_above():
    """The heading before it told 2019, and looked back."""
    text = "某县教育规划（2021—2025年）\n第二章 2022年目标\n（一）2019年成效\n（二）选派教师45名\n"
    (row,) = draft.read(passages.read(text), year=2020).itertuples()
    assert (row.period, row.role) == ("2022", "target")
    assert row.locator == "第二章2022年目标 · （二）选派教师45名"


def test_the_three_lines_above_a_table_are_kept():
    *_, table = passages.read("甲。\n乙。\n丙。\n丁。\n县市\t人口\n白水县\t23.5\n")
    assert isinstance(table, Table) and table.above == ("乙。", "丙。", "丁。")


@pytest.mark.parametrize(
    ("line", "within"),
    [
        ("二、学生（人）", True),
        ("学" * 16, True),
        ("学" * 17, False),
        ("学校，学生", False),
        ("学校。", False),
        ("学校：", True),
        ("学校：学生", False),
    ],
)
def test_a_line_of_one_cell_heads_rows_of_a_table(line, within):
    parts = passages.read(f"指标\t数值\n小学\t12\n{line}\n初中\t5\n")
    assert [isinstance(part, Table) for part in parts] == ([True] if within else [True, False, True])
    below = passages.read(f"指标\t数值\n小学\t12\n{line}\n后面的话。\n")
    assert len(below[0].rows) == 2, "no row follows"


@pytest.mark.parametrize(
    ("text", "shapes"),
    [
        ("指标\t数值\n小学\t12\n说明", "2 说明"),
        ("指标\t数值\n小学\t12\n\n初中\t5\n", "2 1"),
        ("指标\t数值\n小学\t12\n说明\n\n初中\t5\n", "2 说明 1"),
        ("甲，\r\n乙。\r\n", "甲，乙。"),
        ("甲\r\n乙\r\n", "甲 乙"),
    ],
)
def test_where_a_table_ends(text, shapes):
    parts = passages.read(text)
    assert (
        " ".join(part.text if isinstance(part, Passage) else str(len(part.rows)) for part in parts) == shapes
    )


def test_lines_above_one_table_are_not_above_the_next():
    tables = passages.read("甲。\n指标\t数值\n小学\t12\n乙。\n指标\t数值\n中学\t1\n")
    assert [part.above for part in tables if isinstance(part, Table)] == [("甲。",), ("乙。",)]


def test_cells_stand_where_they_say():
    text = "县市\t 人口 \n白水县\t23.5\n"
    (table,) = passages.read(text)
    assert [[(cell.text, cell.start) for cell in row] for row in table.rows] == [
        [("县市", 0), ("人口", 4)],
        [("白水县", 8), ("23.5", 12)],
    ]
    assert texts("县市\t") == ["县市"] and texts("\t县市\t") == ["县市"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("part  two", "part two"),
        ("part two", "part two"),
        ("第 1 章 甲 乙", "第1章甲乙"),
        ("part 乙", "part乙"),
        ("part\u200btwo", "parttwo"),
        ("\\geqslant 95\\%", "≥95%"),
        ("\\leq 95", "≤95"),
        ("3\\sim 5", "3—5"),
        ("９５％", "95%"),
    ],
)
def test_blanks_and_signs_of_a_text(text, shown):
    assert texts(text) == [shown]


def columns(*lines):
    """The rows of the first table of a text, cells with blanks between them; and what there is behind it."""
    parts = passages.read("\n".join(lines) + "\n")
    at = next((at for at, part in enumerate(parts) if isinstance(part, Table)), None)
    if at is None:
        return None
    return [" ".join(cell.text for cell in row) for row in parts[at].rows], len(parts) - at - 1


LONG = "字" * 28  # no cell is longer


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # the first heading names what rows are about, and in each column all cells are figures, or none is
        (("指标", "2020年", LONG, "5", "甲", "6"), (["指标 2020年", f"{LONG} 5", "甲 6"], 0)),
        (("指标", "2020年", f"{LONG}字", "5", "甲", "6"), None),
        (("学校", "2020年", "甲", "5", "乙", "6"), None),
        (("指标", "2020年", "甲", "5"), None),  # one row is no table
        (("指标", "2020年", "甲", "5", "乙", "6", "丙"), (["指标 2020年", "甲 5", "乙 6"], 1)),
        (("指标", "2020年", "甲", "5", "乙", "6", "7", "8"), (["指标 2020年", "甲 5", "乙 6"], 2)),
        (("指标", "2020年", "甲", "5", "乙", "—", "丙", "6"), (["指标 2020年", "甲 5", "乙 —", "丙 6"], 0)),
        (("指标", "2020年", "甲", "5", "乙，丙，丁", "6", "戊", "7"), None),  # a sentence
        (("指标", "2020年", "甲", "5", "乙。", "6", "戊", "7"), None),
        (("指标", "2020年", "", "甲", "5", "乙", "6"), (["指标 2020年", "甲 5", "乙 6"], 0)),
        (
            ("指标", "2020年", "2021年", "甲", "5", "6", "乙", "7", "8"),
            (["指标 2020年 2021年", "甲 5 6", "乙 7 8"], 0),
        ),
        # with empty lines between rows, as many cells each as the first has
        (
            ("县市", "人口", "", "甲", "5", "", "乙", "6", "", "说明", "其他"),
            (["县市 人口", "甲 5", "乙 6"], 2),
        ),
        (("学校", "人口", "", "甲", "5"), (["学校 人口", "甲 5"], 0)),
        (("学校", "人口", "", "", "甲", "5"), (["学校 人口", "甲 5"], 0)),
        (("学校", "人口", "", "甲", "5", "6"), None),
        (("学校", "人口", "", "甲", "—", "", "乙", "5"), (["学校 人口", "甲 —", "乙 5"], 0)),
        (("学校", "5", "", "甲", "5"), None),  # a heading has no figures
        (("学校", "人口", "", "甲", "5", "", "乙", "6", "", f"{LONG}字"), (["学校 人口", "甲 5", "乙 6"], 1)),
        (
            ("学校", "人口", "", "甲", "5", "", "乙", "6", f"{LONG}字"),
            (["学校 人口", "甲 5"], 3),
        ),  # a row cut short
        ((*"天" * 12, "", "甲", *"5" * 11), (["天 " * 11 + "天", "甲" + " 5" * 11], 0)),
        ((*"天" * 13, "", "甲", *"5" * 12), None),  # more than twelve columns
    ],
)
def test_rows_of_cells_that_stand_a_line_each(lines, expected):
    assert columns(*lines) == expected


@pytest.mark.parametrize(("years", "rows"), [(11, 3), (12, None)])
def test_a_table_of_a_cell_a_line_has_at_most_twelve_columns(years, rows):
    cells = [cell for name in "甲乙" for cell in (name, *"5" * years)]
    found = columns("指标", *(f"{2001 + year}年" for year in range(years)), *cells)
    assert (found and len(found[0])) == rows
