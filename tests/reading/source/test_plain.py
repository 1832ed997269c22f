"""Plain text as it stands; workbooks and CSV files by their grids."""

import openpyxl
import pytest
import xlsxwriter
from shown import levels, read_bytes, tables, texts

from plan_monitor.grid.sheet import Unreadable
from plan_monitor.reading import passages
from plan_monitor.reading.source import book, plain, read
from plan_monitor.reading.source.blocks import Grid
from plan_monitor.reading.source.kinds import kind_of

TEXT = "某州教育规划\r\n\r\n一、目标\r\n到2025年，毛入园率达到95%。\r\n县市\t人口\r\n白水县\t23.5\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_the_text_is_the_file_whatever_its_encoding(tmp_path, encoding):
    source = read_bytes(tmp_path, TEXT.encode(encoding))
    shown = TEXT.replace("\r\n", "\n")  # a line ends in one character, as Python and editors count
    assert source.text == shown
    assert source.parts == passages.read(shown)


def test_text_that_is_called_so_keeps_its_signs(tmp_path):
    text = "# 规划\n全州**新建**126所。\n"
    assert read_bytes(tmp_path, text, "made.txt").text == text
    assert read_bytes(tmp_path, text, "made").text == "规划\n全州新建126所。\n"


def test_rare_characters_of_gb18030(tmp_path):
    text = "地名𠀀镇有12人。"
    assert read_bytes(tmp_path, text.encode("gb18030")).text == text


def test_prose_with_commas_is_no_csv_and_cells_are(tmp_path):
    assert tables(read_bytes(tmp_path, "a, b\nmore prose, and more of it, without end\n")) == []
    assert tables(read_bytes(tmp_path, "县市,人口\n白水县,23.5\n")) == [
        [["县市", "人口"], ["白水县", "23.5"]]
    ]
    rows = [[f"第{row}行第{column}列的一个单元格" for column in range(3)] for row in range(3)]
    assert tables(read_bytes(tmp_path, "\n".join(map(",".join, rows)))) == [rows]  # 11 characters a cell
    prose = "\n".join(
        [",".join(["这一句话有三十多个字，所以它不会是表格的一个单元格，而是正文，哪怕有半角逗号"] * 2)] * 3
    )
    assert tables(read_bytes(tmp_path, prose)) == []


@pytest.mark.parametrize(
    ("lines", "cells"),
    [
        (["县市,人口", "白水县,23.5"], True),
        (["县市;人口", "白水县;23.5"], True),
        (["县市,人口"], False),  # one line is a sentence
        (["县市,人口", "白水县,23.5,1"], False),
        (["县市，人口", "白水县，23.5"], False),
        (["县市,人口", "白水县,23.5", "", "石桥县,31.5"], True),
        (["县市,人口", *[f"{'白' * 17},{at:02}" for at in range(40)]], True),
        (["各" * 29 + "," + "县" * 30] * 2, True),  # 30 characters a cell, with the comma
        (["各" * 30 + "," + "县" * 30] * 2, False),
        (["各" * 30 + "," + "县" * 30] * 40, False),
        (["县市,人口", "白水县,23.5"] * 100 + ["后面,还有,别的"], True),  # the first 200 lines tell
        (["县市,人口", "白水县,23.5"] * 99 + ["县市,人口", "后面,还有,别的"], False),
    ],
)
def test_lines_of_as_many_short_cells_are_a_table(tmp_path, lines, cells):
    path = tmp_path / "document"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert kind_of(path) == ("book" if cells else "txt")


def test_a_workbook(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "人口"
    for row in (
        ["表1 人口"],
        [],
        ["县市", "人口", None],
        [None, "2020年", "2025年"],
        ["白水县", 23.5, 25],
        [],
        ["县市", "面积"],
        ["白水县", 12],
    ):
        sheet.append(row)
    sheet.merge_cells("A1:C1")
    sheet.merge_cells("A3:A4")
    sheet.merge_cells("B3:C3")
    other = book.create_sheet("面积")
    other.append(["县市", "面积"])
    other.append(["白水县", "=1+1"])
    other.append(["石桥县", 7])
    other.row_dimensions[3].hidden = True
    hidden = book.create_sheet("藏")
    hidden.append(["甲", 1])
    hidden.sheet_state = "hidden"
    path = tmp_path / "book.xlsx"
    book.save(path)
    source = read(path)
    assert levels(source) == [(1, "人口"), (0, "表1人口"), (1, "面积")]
    assert tables(source) == [
        [["县市", "人口", ""], ["", "2020年", "2025年"], ["白水县", "23.5", "25"]],
        [["县市", "面积"], ["白水县", "12"]],
        [["县市", "面积"], ["白水县", ""]],
    ]
    (remark,) = source.remarks
    assert "“面积”第 2 行第 2 列" in remark.zh
    assert "row 2, column 2" in remark.en


def test_a_sheet_alone_is_not_its_own_heading(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["县市", "人口"])
    book.active.append(["白水县", 23.5])
    path = tmp_path / "book.xlsx"
    book.save(path)
    assert read(path).parts[-1].path == ()
    assert texts(read(path)) == ["Sheet"]


@pytest.mark.parametrize(("letters", "is_read"), [(20, False), (21, True)])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_an_encoding_without_a_mark_shows_in_two_of_a_hundred_characters(
    tmp_path, letters, is_read, encoding
):
    """Of the first thousand."""
    text = "a" * letters + "州" * (1000 - letters) + "b" * 500
    path = tmp_path / "document"
    path.write_bytes(text.encode(encoding))
    if is_read:
        assert plain.text(path) == text
    else:
        with pytest.raises(Unreadable, match="no text"):
            plain.text(path)


@pytest.mark.parametrize(("strange", "is_read"), [(2, True), (3, False)])
def test_two_characters_of_a_hundred_may_be_strange(tmp_path, strange, is_read):
    text = "\x01" * strange + "州" * (100 - strange)
    path = tmp_path / "document"
    path.write_text(text, encoding="utf-8")
    if is_read:
        assert plain.text(path) == text
    else:
        with pytest.raises(Unreadable, match="no text"):
            plain.text(path)


def test_only_the_beginning_of_a_text_tells_a_page_or_a_format(tmp_path):
    path = tmp_path / "document"
    for content, kind in (
        ("<html><p>甲", "html"),
        ("<!-- " + "x" * 3980 + "--><html>甲", "html"),
        ("<!-- " + "x" * 3990 + "--><html>甲", "txt"),
        ("一\n" * 900 + "%PDF-1.7", "txt"),
        ("甲\n## 乙\n", "md"),
        ("甲\n#乙\n", "txt"),
        ("| 甲 | 乙 |\n| --- | --- |\n", "md"),
    ):
        path.write_text(content, encoding="utf-8")
        assert kind_of(path) == kind, content[:9]


@pytest.mark.parametrize(("before", "kind"), [(1019, "pdf"), (1020, "txt")])
def test_a_pdf_begins_within_its_first_kilobyte(tmp_path, before, kind):
    path = tmp_path / "document"
    path.write_bytes(b"x" * before + b"%PDF-1.7")
    assert kind_of(path) == kind


@pytest.fixture
def grids(tmp_path):
    """The grids of a workbook with such rows, merged areas, and hidden rows and columns, all counted from 0."""

    def made(rows, merged=(), hidden=(), hidden_columns=()):
        path = tmp_path / "book.xlsx"
        with xlsxwriter.Workbook(str(path)) as written:
            sheet = written.add_worksheet("表")
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
            for area in merged:
                sheet.merge_range(*area, rows[area[0]][area[1]])
            for at in hidden:
                sheet.set_row(at, None, None, {"hidden": True})
            for at in hidden_columns:
                sheet.set_column(at, at, None, None, {"hidden": True})
        return [block for block in book.blocks(path)[0] if isinstance(block, Grid)]

    return made


def test_an_empty_row_divides_tables_where_a_heading_follows(grids):
    rows = [["a", "b"], ["c", "1"], ["", ""], ["d", "2"], ["", ""], ["e", "f"], ["g", "3"]]
    assert [grid.rows for grid in grids(rows)] == [rows[:5], rows[5:]]


def test_merged_areas_lie_in_what_is_shown(grids):
    rows = [[f"{row}{column}" for column in "abcd"] for row in range(5)]
    (grid,) = grids(rows, [(0, 0, 0, 3), (1, 1, 3, 2), (2, 3, 2, 4)], {2}, {2})
    assert [row[:3] for row in grid.rows] == [
        ["0a", "", ""],
        ["1a", "1b", "1d"],
        ["3a", "", "3d"],
        ["4a", "4b", "4d"],
    ]
    assert grid.merged == ((0, 0, 0, 2), (1, 1, 2, 1))


def test_an_area_over_an_empty_row_ends_with_its_table(grids):
    rows = [["a", "b"], ["", "1"], ["", ""], ["c", "d"], ["e", "2"], ["f", "3"]]
    first, second = grids(rows, [(1, 0, 2, 0), (4, 0, 5, 0)])
    assert (first.merged, second.merged) == (((1, 0, 2, 0),), ((1, 0, 2, 0),))
    assert [len(first.rows), len(second.rows)] == [3, 3]


def test_what_cannot_be_read_is_named_with_its_place(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("县市,人口\n白水县,#REF!\n", encoding="utf-8")
    (remark,) = book.blocks(path)[1]
    assert remark.zh.startswith("工作表第 2 行第 2 列没有读：") and remark.en.startswith(
        "row 2, column 2 was"
    )
