"""An empty package as it is written: rows that come along, examples, and the workbook's headings and choices."""

import csv
import re
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import yaml

from plan_monitor import load
from plan_monitor.data import starter
from plan_monitor.data.tables import TABLES
from reportkit.language import using

ROOT = Path(__file__).parents[2]
ENTERED = [name for name, traits in TABLES.items() if traits.entered]


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """Empty packages made in either language, in a folder that was not there."""
    made = {}
    for code in ("zh", "en"):
        made[code] = tmp_path_factory.mktemp(code) / "below" / "My 州 2"
        with using(code):
            starter.write(made[code], ROOT / "data")
    return made


@pytest.fixture(scope="module")
def books(folders):
    return {code: openpyxl.load_workbook(folder / "tables.xlsx") for code, folder in folders.items()}


@pytest.fixture(scope="module")
def described(folders):
    return yaml.safe_load((folders["zh"] / "datapackage.yaml").read_text(encoding="utf-8"))


def lines(folder, table):
    with (folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return [*csv.reader(file)]


def test_what_holds_for_the_nation_comes_along_with_the_documents_it_names(folders, shipped):
    found = load(folders["zh"])
    assert found.regions["code"].tolist() == ["100000"]
    national = shipped.standards[shipped.standards["region"].eq("100000")]
    assert found.standards["id"].tolist() == national["id"].tolist() != shipped.standards["id"].tolist()
    lags = shipped.publication_lags
    assert found.publication_lags["id"].tolist() == lags.loc[lags["plan"].isna(), "id"].tolist()
    assert found.fund_bands["id"].tolist() == shipped.fund_bands["id"].tolist()
    tables = [getattr(found, name) for name, traits in TABLES.items() if traits.national]
    assert set(found.documents["id"]) == {one for rows in tables for one in rows["document"]}
    assert found.indicators["id"].tolist() == shipped.indicators["id"].tolist()
    assert found.targets.empty and found.observations.empty


def test_a_table_begins_with_its_header_and_an_example_that_is_a_comment(folders, shipped):
    content = (folders["zh"] / "targets.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf") and content.count(b"\r\n") == content.count(b"\n") == 2
    header, example = lines(folders["zh"], "targets")
    first = dict(zip(header, example, strict=True))
    row = shipped.targets.iloc[0]
    assert first["id"] == f"# {row['id']}" and first["indicator"] == row["indicator"]
    assert lines(folders["zh"], "schools")[1][0].startswith(
        "# "
    )  # of its sample: the table itself has no row
    rows = lines(folders["zh"], "fund_bands")
    assert [one[0] for one in rows[1:]] == [f"# {rows[2][0]}", *(one[0] for one in rows[2:])]
    assert len(lines(folders["zh"], "requests")) == 1  # nowhere is one


def test_the_descriptor_names_the_package_its_tables_and_the_sheets_of_the_workbook(folders, described):
    text = (folders["zh"] / "datapackage.yaml").read_text(encoding="utf-8")
    assert text.startswith("# A data package (https://datapackage.org)") and "title: My 州 2" in text
    assert "schema: &" not in text and "schema: *" not in text  # a schema is no reference, harder to read
    assert list(described) == ["name", "title", "version", "created", "resources"]
    assert (described["name"], described["title"]) == ("my---2", "My 州 2")
    assert described["version"] == "0.1.0"
    assert str(described["created"])[:10] == date.today().isoformat()
    own = {one["name"]: one for one in described["resources"]}
    assert list(own) == [
        *(one for one in own if "-sheet" not in one),
        *(f"{name}-sheet" for name in own if f"{name}-sheet" in own),
    ]
    assert {name for name in own if not name.endswith("-sheet")} == set(TABLES)
    assert sorted(f"{name}-sheet" for name in ENTERED) == sorted(n for n in own if n.endswith("-sheet"))
    targets, sheet = own["targets"], own["targets-sheet"]
    assert targets["dialect"] == {"commentChar": "#"} and "hash" not in targets
    assert sheet["dialect"] == {"commentChar": "#", "sheet": "targets"}
    assert (sheet["table"], sheet["path"], sheet["format"]) == ("targets", "tables.xlsx", "xlsx")
    assert sheet["schema"] == targets["schema"]


def test_the_workbook_has_a_sheet_for_each_table_that_people_fill_in_and_one_of_choices(books):
    for book in books.values():
        assert sorted(book.sheetnames) == sorted([*ENTERED, "lists"]) and book.sheetnames[-1] == "lists"
        assert all(book[name].freeze_panes == "B2" for name in ENTERED)


def test_headings_are_in_the_readers_language_and_those_that_are_needed_come_first(books):
    chinese, english = (books[code]["targets"] for code in ("zh", "en"))
    assert [cell.value for cell in chinese[1]][:3] == ["文件", "指标", "地区"]
    assert [cell.value for cell in english[1]][:3] == ["document", "indicator", "region"]
    needed, spared = english["A1"], english.cell(1, english.max_column)
    assert (needed.fill.fgColor.rgb, needed.font.b) == ("FFCFE0F1", True)
    assert (spared.fill.fgColor.rgb, spared.font.b) == ("FFF2F4F6", False)
    assert needed.border.left.style == spared.border.left.style == "thin"
    assert needed.comment.text.startswith("文件 · document\n必填 · required\n")
    assert "\n可不填 · may be left empty\n" in spared.comment.text
    assert english["A2"].font.i and english["A2"].number_format == "@"


def test_a_column_is_as_wide_as_its_heading_needs_and_holds_texts_but_for_numbers(books):
    sheet = books["en"]["observations"]
    columns = {cell.value: cell.column_letter for cell in sheet[1]}
    widths = {name: sheet.column_dimensions[letter].width for name, letter in columns.items()}
    assert [round(widths[name]) for name in ("unit", "period", "indicator")] == [13, 16, 22]
    formats = {name: sheet.column_dimensions[columns[name]].number_format for name in ("period", "value")}
    assert formats == {"period": "@", "value": "General"}


def test_an_example_is_in_words_and_a_comment(books, shipped):
    row = shipped.observations.iloc[0]
    names = shipped.indicators.set_index("id")
    for code, expected in (("zh", names.at[row["indicator"], "name_zh"]), ("en", row["indicator"])):
        sheet = books[code]["observations"]
        example = [cell.value for cell in sheet[2]]
        assert str(example[0]) == f"# {row['document']}" and example[1] == expected
        heading = {"zh": "等级", "en": "quality"}[code]
        assert sheet.max_row == 2 and heading in [cell.value for cell in sheet[1]]
    for code, heading, kind in (("zh", "类型", "达到水平"), ("en", "kind", "level")):
        sheet = books[code]["targets"]
        cells = {cell.value: sheet.cell(2, cell.column).value for cell in sheet[1]}
        assert cells[heading] == kind and shipped.targets["id"].iloc[0] in cells.values()


def test_choices_are_offered_from_the_second_row_down(books, shipped):
    for code, offered in (("zh", "学前教育三年毛入园率"), ("en", "preschool-gross-enrolment-rate")):
        sheet, catalogue = books[code]["targets"], books[code]["lists"]
        rules = {str(one.sqref): one for one in sheet.data_validations.dataValidation}
        assert all(
            area.endswith("5001") and area.split(":")[0].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "2"
            for area in rules
        )
        columns = {cell.value: cell.column_letter for cell in sheet[1]}
        names = {"zh": ("指标", "地区", "比较符"), "en": ("indicator", "region", "comparator")}[code]
        indicator, region = (rules[f"{columns[name]}2:{columns[name]}5001"] for name in names[:2])
        last = len(shipped.indicators) + 1
        assert indicator.formula1 == f"lists!$A$2:$A${last}"
        assert indicator.errorStyle == "information"  # other texts are accepted too
        assert region.formula1.startswith("lists!$C$2:$C$")
        assert [cell.value for cell in catalogue[1]] == ["indicators", None, "regions", None]
        column = [catalogue.cell(row, 1).value for row in range(2, last + 1)]
        assert offered in column and None not in column and catalogue.cell(last + 1, 1).value is None
        wide = catalogue.column_dimensions["A"]
        assert (wide.min, wide.max, int(wide.width)) == (1, 4, 36)
    first = [books[code]["lists"].cell(2, column).value for code in ("zh", "en") for column in (1, 2)]
    assert first[:2] == first[:1:-1]  # names before codes, or codes before names


def test_no_counties_are_offered(books):
    places = [cell.value for cell in books["en"]["lists"]["C"][1:] if cell.value]
    assert "320000" in places and "321100" in places and "321181" not in places


def test_a_folder_that_is_there_is_refused(tmp_path):
    with pytest.raises(FileExistsError):
        starter.write(tmp_path, ROOT / "data")


def test_a_list_of_codes_is_offered_in_the_readers_language(books):
    for code, heading, offered in (("zh", "类型", "达到水平"), ("en", "kind", "level")):
        sheet = books[code]["targets"]
        (letter,) = (cell.column_letter for cell in sheet[1] if cell.value == heading)
        (rule,) = (
            one for one in sheet.data_validations.dataValidation if str(one.sqref).startswith(f"{letter}2:")
        )
        assert offered in rule.formula1.strip('"').split(",") and rule.errorStyle != "information"


def test_a_table_of_which_there_is_no_row_has_no_example(small_package, tmp_path):
    starter.write(tmp_path / "mine", small_package)
    assert len(lines(tmp_path / "mine", "schools")) == 1 and len(lines(tmp_path / "mine", "targets")) == 2
    book = openpyxl.load_workbook(tmp_path / "mine/tables.xlsx")
    assert [cell.value for cell in book["targets"]["A"]] == ["文件", "# plan-1"]
    assert not [cell.value for cell in book["schools"]["A"][1:] if cell.value]


def test_a_note_is_twice_as_wide_and_half_as_high_again_as_notes_are(folders):
    """Which are 96 by 55.5 points."""
    with zipfile.ZipFile(folders["zh"] / "tables.xlsx") as book:
        shapes = book.read("xl/drawings/vmlDrawing1.vml").decode()
    sizes = set(re.findall(r"width:([0-9.]+)pt;height:([0-9.]+)pt", shapes))
    assert {(float(width), float(height)) for width, height in sizes} == {(192.0, 83.25)}
