"""One table read: headings as people write them, what is no row, cells that cannot be read, and stray characters."""

import openpyxl
import pandas as pd
import pytest

from plan_monitor.data import reading
from plan_monitor.data.reading import read_table
from reportkit.wrong_cells import Findings, in_columns

FIELDS = [
    {"name": "id", "title": "编号", "type": "string", "constraints": {"pattern": "[a-z]-[0-9]"}},
    {"name": "label", "title": "名称", "type": "string"},
    {"name": "region", "title": "地区", "type": "string"},
    {"name": "value", "title": "数值", "type": "number"},
    {"name": "note", "title": "说明", "type": "string", "optional": True},
]
SCHEMA = {
    "fields": FIELDS,
    "foreignKeys": [{"fields": ["region"], "reference": {"resource": "regions", "fields": ["code"]}}],
}
HEAD = "id,label,region,value,note"


def rows_of(path, dialect=None, optional=()):
    """The rows that are read, by their numbers, and the findings: row, column, value and both texts."""
    frame, wrong = read_table(path, SCHEMA, dialect or {}, frozenset(optional))
    assert frame.columns.tolist() == ["id", "label", "region", "value", "note"]
    rows = {row: [None if pd.isna(cell) else cell for cell in cells] for row, *cells in frame.itertuples()}
    found = Findings(in_columns(wrong))
    return rows, [(one.row, one.column, one.value, one.expected["zh"], one.expected["en"]) for one in found]


@pytest.fixture
def table(tmp_path):
    """Write a CSV file of some lines."""

    def written(*lines, encoding="utf-8", name="t.csv"):
        path = tmp_path / name
        path.write_bytes("".join(f"{line}\n" for line in lines).encode(encoding))
        return path

    return written


@pytest.fixture
def book(tmp_path):
    """Write a workbook whose sheet ``own`` has some rows, changed by a function."""

    def written(*lines, change=lambda sheet: None):
        workbook = openpyxl.Workbook()
        workbook.active.title = "other"
        sheet = workbook.create_sheet("own")
        for line in lines:
            sheet.append([cell or None for cell in line.split(",")])
        change(sheet)
        workbook.save(tmp_path / "b.xlsx")
        return tmp_path / "b.xlsx"

    return written


OWN = {"sheet": "own"}
FIRST = ["a-1", "甲", "53", "1.5", None]


@pytest.mark.parametrize(
    "heading",
    [
        HEAD,
        "编号,名称,地区,数值,说明",
        "编号*,名 称＊,REGION,Value ※,说明**",
        "ｉｄ,ＬＡＢＥＬ, region ,数值,note",
    ],
)
def test_a_column_is_known_by_its_name_or_its_title_however_it_is_written(table, heading):
    assert rows_of(table(heading, "a-1,甲,53,1.5,")) == ({2: FIRST}, [])


def test_columns_come_in_the_order_of_the_schema_and_empty_ones_at_the_right_are_none(table):
    path = table("note,value,region,label,id,,", ",1.5,53,甲,a-1,,")
    assert rows_of(path) == ({2: FIRST}, [])


def test_a_column_that_may_be_missing_is_empty(table):
    path = table("id,label,region,value", "a-1,甲,53,1.5")
    assert rows_of(path) == ({2: FIRST}, [])
    path = table("id,label,region", "a-1,甲,53")
    assert rows_of(path, optional=["value"]) == ({2: ["a-1", "甲", "53", None, None]}, [])
    missing = (1, "value", None, "缺少此列", "expected this column; it is missing")
    assert rows_of(path) == ({}, [missing])


def test_columns_that_are_unknown_or_there_twice_are_told(table):
    listed = "id, label, region, value, note"
    path = table("id,label,region,value,label,price", "a-1,甲,53,1.5,,")
    assert rows_of(path) == ({}, [
        (1, "price", None, f"未知的列；应为：{listed}", f"unknown column; expected one of: {listed}"),
        (1, "label", None, "此列出现两次", "expected once; this column is there twice"),
    ])  # fmt: skip


def test_another_table_is_told_by_its_first_eighty_characters(table):
    heading = ",".join(["abcdefgh"] * 10)
    (finding,) = rows_of(table(heading))[1]
    assert finding == (
        *(1, None, heading[:80], "应为表头：编号, 名称, 地区, 数值, 说明"),
        "expected a header: id, label, region, value, note",
    )


def test_a_file_that_is_missing_empty_or_of_another_kind_is_told(table, book, tmp_path):
    def told(*given):
        rows, found = rows_of(*given)
        assert rows == {}
        return [one[3:] for one in found]

    assert told(tmp_path / "none.csv") == [("应有此文件，但没有找到", "expected this file; it was not found")]
    header = "id, label, region, value, note"
    empty = [
        (f"文件为空；第一行应为表头：{header}", f"the file is empty; expected a header: {header}"),
    ]
    assert told(table()) == empty and told(table(" , ,", "a-1,甲,53,1.5,")) == empty
    assert told(table(HEAD), OWN) == [("应为Excel 工作簿（.xlsx）", "expected an Excel workbook (.xlsx)")]
    assert told(book(HEAD)) == [("应为CSV 文件", "expected a CSV file")]
    assert told(book(HEAD), {"sheet": "none"}) == []  # a workbook may lack a sheet
    assert told(book(), OWN) == empty


def test_findings_name_the_file_and_the_sheet_of_a_workbook(table, book):
    names = [
        wrong[0].file
        for path, dialect in ((table("a,b"), {}), (book("a,b"), OWN))
        for wrong in [read_table(path, SCHEMA, dialect, frozenset())[1]]
    ]
    assert names == ["t.csv", "b.xlsx · own"]


@pytest.mark.parametrize(("sign", "kept"), [("#", []), ("%", []), (None, [3])])
def test_rows_that_begin_with_the_sign_of_a_comment_are_none(table, sign, kept):
    begin = sign or "#"
    path = table(HEAD, "a-1,甲,53,1.5,", f"  {begin} a-2,乙,53,2,", ",,,,", " , ,,,", f"a-3,{begin}丙,53,3,")
    rows, found = rows_of(path, {"commentChar": sign} if sign else {})
    assert [*rows] == [2, *kept, 6] and found == []
    assert rows[6] == ["a-3", f"{begin}丙", "53", "3", None]


def test_a_row_has_a_cell_for_each_column_and_none_beside_them(table):
    path = table(HEAD, "a-1,甲,53,1.5", "a-2,乙,53,2,,x", "a-3,丙,53,3,,,", "a-4,丁,53,4,")
    rows, found = rows_of(path)
    assert [*rows] == [4, 5]
    assert found == [
        (2, None, None, "应有 5 个单元格，实有 4 个", "expected 5 cells, found 4"),
        (3, None, None, "应有 5 个单元格，实有 6 个", "expected 5 cells, found 6"),
    ]


def test_a_row_that_a_spreadsheet_hides_is_told_and_not_read(book):
    def hide(sheet):
        sheet.row_dimensions[3].hidden = True

    rows, found = rows_of(book(HEAD, "a-1,甲,53,1.5", "a-2,乙,53,2", "a-3,丙,53,3", change=hide), OWN)
    assert [*rows] == [2, 4] and [one[:3] for one in found] == [(3, None, None)]
    assert found[0][3].startswith("这一行在表格软件中是隐藏的") and found[0][4].endswith(
        "unhide or delete it"
    )


@pytest.mark.parametrize(
    ("area", "told"),
    [
        ("B2:B3", [(2, "label", "甲")]),
        ("B3:B4", [(3, "label", None)]),  # nothing in its first cell, a row below
        ("A4:B4", [(4, "id", "a-3")]),
        ("E2:F2", [(2, "note", None)]),
        ("F6:G8", []),  # beside the table, by a comment
        ("A6:B7", []),  # two comments
        ("A5:B6", [(5, "id", "a-4")]),
        ("A7:B8", [(7, "id", "# from here on")]),
    ],
)
def test_merged_cells_are_told_where_they_touch_rows_of_the_table(book, area, told):
    lines = [HEAD, "a-1,甲,53,1.5", "a-2,,53,2", "a-3,丙,53,3", "a-4,丁,53,4"]
    lines += ["# until here,,,,,what", "# from here on", "a-5,戊,53,5"]
    path = book(*lines, change=lambda sheet: sheet.merge_cells(area))
    _, found = rows_of(path, OWN | {"commentChar": "#"})
    merged = [one for one in found if one[3].startswith("合并单元格")]
    assert [one[:3] for one in merged] == told
    assert all(one[4].startswith("expected a cell for each row") for one in merged)


def test_a_cell_that_cannot_be_read_is_told_and_its_row_read_without_it(table):
    """Errors of a spreadsheet; one stands in a comment, and one in a column where another cell is dangerous."""
    path = table(
        HEAD, "# a-0,#REF!,53,1,", "a-1,甲,53,#REF!,", "a-2,=1+1,53,2,", "a-3,#N/A,53,#N/A,", "a-4,丁,53,4,"
    )
    rows, found = rows_of(path, {"commentChar": "#"})
    assert rows == {
        **{3: ["a-1", "甲", "53", None, None], 4: ["a-2", "=1+1", "53", "2", None]},
        **{5: ["a-3", None, "53", None, None], 6: ["a-4", "丁", "53", "4", None]},
    }
    assert sorted(one[:2] for one in found) == [(3, "value"), (4, "label"), (5, "label"), (5, "value")]
    by_place = {one[:2]: one[4] for one in found}
    assert by_place[4, "label"].startswith("expected text; a cell that begins with =")
    assert by_place[5, "label"] == by_place[5, "value"] and "=" not in by_place[5, "label"][:10]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("a-1, 甲 ,53,1.5,", FIRST),
        (" a-1,甲,53 ,1.5,", FIRST),
        ("ａ－１,甲,５３,１．５,", FIRST),  # full-width forms in codes and numbers
        ("a-1,ＡＢ（甲）,53,1.5,", ["a-1", "ＡＢ（甲）", "53", "1.5", None]),  # and not in texts
        ("a-1,甲\x0b乙,53,1.5, ", ["a-1", "甲 乙", "53", "1.5", None]),
        ("a-1,x\x07y\x1f,53,1.5,\x08", ["a-1", "x y", "53", "1.5", None]),
        ("a-1,x  y,53,1.5,z", ["a-1", "x  y", "53", "1.5", "z"]),
    ],
)
def test_a_cell_is_read_without_stray_blanks_and_control_characters(table, written, read):
    assert rows_of(table(HEAD, written)) == ({2: read}, [])


def test_one_cell_of_many_that_is_not_clean_is_cleaned(table):
    rows, found = rows_of(table(HEAD, "a-1,x,53,1,", "a-2, y,53,2,", "a-3,z ,53,3,", "a-4, ,53,4,"))
    assert [cells[1] for cells in rows.values()] == ["x", "y", "z", None] and found == []


@pytest.mark.parametrize("column", ["label", "note"])
def test_dangerous_texts_are_told_in_columns_that_may_hold_any_text(table, column):
    cells = dict(zip(HEAD.split(","), ["a-1", "甲", "53", "1.5", ""], strict=True)) | {column: "<b>x</b>"}
    rows, found = rows_of(table(HEAD, ",".join(cells.values()), "a-2,乙,53,2,"))
    assert [one[:3] for one in found] == [(2, column, "<b>x</b>")]
    assert found[0][3:] == ("应为不含 HTML 标记的文字", "expected text without HTML markup")
    assert [*rows] == [2, 3]


def test_a_code_is_checked_by_its_own_rule_and_not_for_dangers(table):
    rows, found = rows_of(table(HEAD, "=1,甲,53,-x,"))
    assert rows == {2: ["=1", "甲", "53", "-x", None]} and found == []


@pytest.mark.parametrize(
    "lines", [["a-1,甲,53,1.5,", "a-2,乙,53,2,x"], ["a-1,甲,53,1.5,", ",,,,", "a-2,乙,53,2,x"]]
)
def test_a_plain_file_is_read_by_columns_and_not_laid_out_row_by_row(table, monkeypatch, lines):
    """Blank rows are none, and the others keep their numbers."""
    monkeypatch.setattr(reading, "read", None)
    rows, found = rows_of(table(HEAD, *lines))
    assert [*rows] == [2, len(lines) + 1] and found == []
    assert rows[2] == FIRST


def test_a_finding_names_the_file_and_the_title_of_the_column(table):
    _, wrong = read_table(table(HEAD, "a-1,甲,53,#REF!,"), SCHEMA, {}, frozenset())
    (finding,) = Findings(in_columns(wrong))
    assert (finding.file, finding.column, finding.title) == ("t.csv", "value", "数值")


def test_all_columns_of_a_reference_hold_codes(table):
    reference = {"resource": "regions", "fields": ["code", "period"]}
    schema = {"fields": FIELDS, "foreignKeys": [{"fields": ["region", "label"], "reference": reference}]}
    frame, _ = read_table(table(HEAD, "a-1,Ａ１,５３,1.5,Ｂ"), schema, {}, frozenset())
    assert frame.iloc[0].tolist() == ["a-1", "A1", "53", "1.5", "Ｂ"]
