"""What other programs than Excel leave out of a workbook, or write in another way, is read all the same."""

import zipfile

import pytest
import xlsxwriter

from plan_monitor.grid import sheets

SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData>{}'
    "</worksheet>"
)


def changed(path, parts):
    """The workbook with parts of it written anew, or left out where there is None."""
    with zipfile.ZipFile(path) as archive:
        there = {name: archive.read(name).decode() for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in there.items():
            text = parts.get(name, lambda old: old)(text)
            if text is not None:
                archive.writestr(name, text)
    return path


def written(folder, rows, after="", **parts):
    """A sheet whose rows are written so, in a workbook that has been calculated."""
    path = folder / "t.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("表").write(0, 0, "甲")
    return changed(
        path,
        {
            "xl/workbook.xml": lambda old: old.replace(' fullCalcOnLoad="1"', ""),
            "xl/worksheets/sheet1.xml": lambda old: SHEET.format(rows, after),
            **parts,
        },
    )


def test_rows_and_cells_without_their_places_follow_one_another(tmp_path):
    rows = "<row><c><v>1</v></c><c><v>2</v></c></row><row><c r='C2'><v>3</v></c><c><v>4</v></c></row>"
    rows += "<row r='4'><c><v>5</v></c></row><row><c r='AB5'><v>0</v></c></row>"
    (sheet,) = sheets.read(written(tmp_path, rows))
    assert {(r, c): text for r, row in enumerate(sheet.rows, 1) for c, text in enumerate(row) if text} == {
        **{(1, 0): "1", (1, 1): "2", (2, 2): "3", (2, 3): "4", (4, 0): "5"},
        (5, 27): "0",  # shown unless the sheet says that zeros are hidden
    }


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("<c t='s'><v>0</v></c>", "甲"),
        ("<c t='inlineStr'><is><t>乙</t></is></c>", "乙"),
        ("<c t='inlineStr'><is><r><t>乙</t></r><r><t>丙</t></r></is></c>", "乙丙"),
        ("<c t='inlineStr'><is><t>a_x0041_b_x000A_c</t></is></c>", "aAb\nc"),
        ("<c t='b'><v>1</v></c>", "TRUE"),
        ("<c t='b'><v>0</v></c>", "FALSE"),
        ("<c><f>1+1</f><v>2</v></c>", "2"),
        ("<c t='str'><f>A1</f><v>丁</v></c>", "丁"),
        ("<c t='str'><f>A1</f></c>", ""),
        ("<c><v/></c>", ""),
        ("<c t='n'/>", ""),
    ],
)
def test_a_cell_shows_what_is_stored_in_it_in_whatever_way(tmp_path, cell, shown):
    (sheet,) = sheets.read(written(tmp_path, f"<row>{cell}<c><v>7</v></c></row>"))
    assert (sheet.rows, sheet.faults) == ([[shown, "7"]], {})


def test_a_formula_that_has_no_result_is_a_fault(tmp_path):
    (sheet,) = sheets.read(written(tmp_path, "<row><c><f>1+1</f></c></row>"))
    assert "calculated" in sheet.faults[1, 0]["en"]


def test_results_are_read_where_a_workbook_says_nothing_of_their_calculation(tmp_path):
    path = written(tmp_path, "<row><c><f>1+1</f><v>2</v></c></row>")
    changed(path, {"xl/workbook.xml": lambda old: old.replace('<calcPr calcId="124519"/>', "")})
    with zipfile.ZipFile(path) as archive:
        assert "calcPr" not in archive.read("xl/workbook.xml").decode()
    assert sheets.read(path)[0].rows == [["2"]]


def test_without_styles_cells_are_general_and_not_indented(tmp_path):
    path = written(tmp_path, "<row><c t='s'><v>0</v></c><c s='1'><v>0.25</v></c></row>")
    changed(
        path,
        {
            "xl/styles.xml": lambda old: None,
            "xl/_rels/workbook.xml.rels": lambda old: "".join(
                part for part in old.replace("/>", "/>\n").splitlines() if "styles" not in part
            ),
        },
    )
    assert sheets.read(path)[0].rows == [["甲", "0.25"]]


def test_a_merged_area_may_be_one_cell(tmp_path):
    path = written(tmp_path, "<row><c><v>1</v></c></row>", "<mergeCells><mergeCell ref='A1'/></mergeCells>")
    assert sheets.read(path)[0].merged == [(1, 0, 1, 0)]


def test_only_texts_that_begin_at_the_left_are_indented(tmp_path):
    path = tmp_path / "t.xlsx"
    kinds = [
        {"indent": 1},
        {"align": "left"},
        {"align": "left", "indent": 3},
        {"align": "right", "indent": 2},
    ]
    kinds += [{"align": "center"}, {"valign": "top"}, {}]
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for row, kind in enumerate(kinds):
            sheet.write(row, 0, "县", book.add_format(kind))
    assert [row[0] for row in sheets.read(path)[0].rows] == ["　县", "县", "　　　县", "县", "县", "县", "县"]


def test_the_last_columns_of_a_sheet_may_be_hidden(tmp_path):
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write("XFD1", 1)
        sheet.set_column("XFC:XFD", None, None, {"hidden": True})
    assert sheets.read(path)[0].hidden_columns == {16_382, 16_383}


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/sharedStrings.xml"])
def test_a_part_cannot_draw_in_another_file(tmp_path, part):
    (tmp_path / "secret.txt").write_text("secret")
    entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{(tmp_path / "secret.txt").as_uri()}">]>'

    def drawing(old):
        head, _, body = old.partition("?>")
        return f"{head}?>{entity}{body}".replace("甲", "甲&e;").replace("<sheets>", "<x>&e;</x><sheets>")

    (sheet,) = sheets.read(written(tmp_path, "<row><c t='s'><v>0</v></c></row>", **{part: drawing}))
    assert sheet.rows == [["甲"]]
