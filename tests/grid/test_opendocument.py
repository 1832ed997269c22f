"""OpenDocument spreadsheets lead in as workbooks do: tables that are taken, and the tables of a package."""

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import pytest

from plan_monitor import load
from plan_monitor.data import starter
from plan_monitor.data.package import check
from plan_monitor.intake import take

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "data" / "samples"


def cell(value, code="General", across=1, down=1):
    """A cell with what the spreadsheet shows of it; covered cells follow as such."""
    span = f' table:number-columns-spanned="{across}" table:number-rows-spanned="{down}"'
    span = span if across * down > 1 else ""
    if value is None:
        return f"<table:table-cell{span}/>"
    if isinstance(value, str):
        return f'<table:table-cell{span} office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'
    kind, shown = "float", f"{value:,}" if code == "#,##0" else str(value)
    if code.endswith("%"):
        kind, shown = "percentage", f"{value * 100:.{code.count('0') - 1}f}%"
    return f'<table:table-cell{span} office:value-type="{kind}" office:value="{value}"><text:p>{shown}</text:p></table:table-cell>'


def opendocument(workbook, path):
    """The least that is an OpenDocument spreadsheet with the sheets of a workbook."""
    tables = []
    for sheet in openpyxl.load_workbook(workbook):
        areas = {(area.min_row, area.min_col): area for area in sheet.merged_cells.ranges}
        covered = {place for area in areas.values() for place in list(area.cells)[1:]}
        rows = []
        for row in sheet.iter_rows():
            line = [
                "<table:covered-table-cell/>"
                if (one.row, one.column) in covered
                else cell(
                    one.value,
                    one.number_format,
                    areas[one.row, one.column].size["columns"] if (one.row, one.column) in areas else 1,
                    areas[one.row, one.column].size["rows"] if (one.row, one.column) in areas else 1,
                )
                for one in row
            ]
            rows.append(f"<table:table-row>{''.join(line)}</table:table-row>")
        tables.append(f'<table:table table:name="{escape(sheet.title)}">{"".join(rows)}</table:table>')
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:spreadsheet>{''.join(tables)}"
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return path


@pytest.mark.parametrize("name", ["plan_table_synthetic", "yearly_figures_synthetic"])
def test_a_table_is_taken_from_an_opendocument_sheet_as_from_a_workbook(tmp_path, name):
    there = take.read([SAMPLES / f"{name}.xlsx"])
    here = take.read([opendocument(SAMPLES / f"{name}.xlsx", tmp_path / f"{name}.ods")])
    assert here.figures == there.figures and len(here.figures) > 10
    assert (here.documents, here.left, here.empty) == (there.documents, there.left, there.empty)


ROWS = {
    "documents": {"标题": "镇江市教育规划"},
    "targets": {"文件": "镇江市教育规划", "地区": "镇江市", "时期": "2025年"},
}


def filled(folder, percent):
    """A new package whose tables are filled in as sheets of ``tables.ods``."""
    starter.write(folder, ROOT / "data")
    book = openpyxl.load_workbook(folder / "tables.xlsx")
    catalogue = load(folder).indicators
    name = catalogue.loc[catalogue["unit"].eq("%"), "name_zh"].iloc[0]
    values = {"targets": {"指标": name, "目标值": percent}}
    for table, row in ROWS.items():
        columns = [one.value for one in book[table][1]]
        for column, value in (row | values.get(table, {})).items():
            place = book[table].cell(3, columns.index(column) + 1, value)
            if isinstance(value, float):
                place.number_format = "0.0%"
    book.save(folder / "tables.xlsx")
    opendocument(folder / "tables.xlsx", folder / "tables.ods")
    (folder / "tables.xlsx").unlink()
    descriptor = folder / "datapackage.yaml"
    text = descriptor.read_text(encoding="utf-8")
    descriptor.write_text(
        text.replace("tables.xlsx", "tables.ods").replace("format: xlsx", "format: ods"), encoding="utf-8"
    )
    return folder


@pytest.mark.slow
def test_the_tables_of_a_package_may_be_an_opendocument_spreadsheet(tmp_path):
    folder = filled(tmp_path / "mine", 0.958)
    assert check(folder) == []
    (target,) = load(folder).targets.to_dict("records")
    assert (target["value"], target["unit"], target["region"], target["period"]) == (
        95.8,
        "%",
        "321100",
        "2025",
    )


@pytest.mark.slow
def test_a_fault_in_an_opendocument_sheet_is_told_with_its_place(tmp_path):
    (finding,) = check(filled(tmp_path / "mine", "95,8"))
    assert (finding.file, finding.row, finding.column) == ("tables.ods · targets", 3, "value")
    assert "95.8" in finding.expected["zh"] and "958" in finding.expected["zh"]
