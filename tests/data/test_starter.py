"""Bring your own: an empty package, three rows, and reports; in CSV files and in Excel."""

import csv
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
import yaml
from bs4 import BeautifulSoup
from frictionless import Package as Described

from plan_monitor import check, load
from plan_monitor.data import starter
from reportkit.language import using

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
ROWS = {
    "regions": {
        "code": "999000",
        "name_zh": "某州",
        "name_en": "A prefecture",
        "level": "prefecture",
        "parent": "100000",
    },
    "documents": {
        **{
            "id": "our-plan",
            "type": "plan",
            "title_zh": "某州教育规划",
            "title_en": "Our plan",
            "issued": "2021-05",
        },
        **{"period": "2021/2025", "domain": "education"},
    },
    "targets": {
        **{
            "id": "t-1",
            "document": "our-plan",
            "indicator": "preschool-gross-enrolment-rate",
            "region": "999000",
        },
        **{
            "period": "2025",
            "comparator": ">=",
            "value": "95",
            "unit": "%",
            "kind": "level",
            "reading": "printed",
        },
        "locator": "第二章",
    },
}


@pytest.fixture
def mine(tmp_path):
    """An empty package in a folder with a blank in its name."""
    folder = tmp_path / "my prefecture"
    with using("en"):
        starter.write(folder, ROOT / "data")
    return folder


def header(folder, table):
    with (folder / f"{table}.csv").open(encoding="utf-8-sig") as file:
        return next(csv.reader(file))


def fill(folder, rows=ROWS):
    """Append rows to CSV files, as a spreadsheet would."""
    for table, row in rows.items():
        with (folder / f"{table}.csv").open("a", encoding="utf-8", newline="") as file:
            csv.DictWriter(file, header(folder, table), restval="").writerow(row)


def fill_workbook(folder, rows=ROWS, like=str):
    """The same in the workbook, below the example."""
    book = openpyxl.load_workbook(folder / "tables.xlsx")
    for table, row in rows.items():
        columns = [cell.value for cell in book[table][1]]
        for column, value in row.items():
            book[table].cell(3, columns.index(column) + 1, like(value))
    book.save(folder / "tables.xlsx")


def command(*arguments):
    """Run plan-monitor as a user does, in the project."""
    return subprocess.run(
        [sys.executable, "-m", "plan_monitor.cli", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        # Windows starts nothing without its own folder
        env={"PATH": os.defpath, "SYSTEMROOT": os.environ.get("SYSTEMROOT", ""), "LC_ALL": "en_US.UTF-8"},
    )


def test_an_empty_package_is_valid_and_empty(mine):
    assert check(mine) == []
    package = load(mine)
    assert package.regions["level"].tolist() == ["nation"]
    assert package.targets.empty and package.observations.empty and package.schools.empty
    assert len(package.indicators) == len(load(ROOT / "data").indicators)
    assert package.standards["region"].unique().tolist() == ["100000"]
    assert set(package.standards["document"]) <= set(package.documents["id"])


def test_every_table_has_its_header_and_an_example_that_is_no_data(mine):
    shipped = yaml.safe_load((ROOT / "data/datapackage.yaml").read_text(encoding="utf-8"))["resources"]
    for resource in (one for one in shipped if "table" not in one):
        lines = (mine / resource["path"]).read_text(encoding="utf-8-sig").splitlines()
        assert lines[0].split(",") == [field["name"] for field in resource["schema"]["fields"]]
        if resource["name"] not in ("milestone_status", "requests"):  # of which there is none yet
            assert lines[1].startswith("# "), resource["name"]


def test_a_chinese_workbook_is_filled_in_with_words_alone(tmp_path):
    """Headings, names and choices in Chinese; what a row must say stands first, and is all it says."""
    folder = tmp_path / "镇江"
    starter.write(folder, ROOT / "data")
    book = openpyxl.load_workbook(folder / "tables.xlsx")
    rows = {
        "documents": ("规划", "镇江市教育规划"),
        "targets": ("《镇江市教育规划》", "学前教育三年毛入园率", "镇江市"),
        "observations": ("镇江市教育规划", "学前教育三年毛入园率", "江苏镇江", 0.91),
    }
    needed = {
        "documents": ["类型", "标题"],
        "targets": ["文件", "指标", "地区"],
        "observations": ["文件", "指标", "地区", "数值"],
    }
    for table, cells in rows.items():
        header = [cell.value for cell in book[table][1]]
        assert header[: len(cells)] == needed[table]
        for column, cell in enumerate(cells, start=1):
            book[table].cell(3, column, cell)
    target, actual = book["targets"], book["observations"]
    columns = [cell.value for cell in target[1]]
    for heading, value in {"时期": "2025年", "目标值": "≥95％"}.items():
        target.cell(3, columns.index(heading) + 1, value)
    actual.cell(3, 4).number_format = "0%"
    actual.cell(3, [cell.value for cell in actual[1]].index("时期") + 1, "2020年")
    book.save(folder / "tables.xlsx")
    assert check(folder) == []
    package = load(folder)
    told = package.targets.iloc[0]
    assert told[["comparator", "value", "unit", "period", "region"]].tolist() == [
        ">=",
        95,
        "%",
        "2025",
        "321100",
    ]
    assert (told["kind"], told["reading"], told["locator"]) == (
        "level",
        "printed",
        "录入表 tables.xlsx · targets 第 3 行（未写原文位置）",
    )
    assert package.observations[["value", "quality"]].iloc[0].tolist() == [91, "B"]
    assert package.above("321100") == ["320000", "100000"]
    assert (
        package.documents.set_index("title_zh").at["镇江市教育规划", "title_en"]
        == "镇江市教育规划 (Chinese only)"
    )


def test_columns_of_a_table_without_rows_are_texts_all_the_same(mine):
    fill(mine)
    package = load(mine)
    assert package.observations.empty
    assert package.observations.dtypes.drop("value").astype("str").unique().tolist() == ["str"]


def test_others_can_read_the_descriptor(mine):
    fill(mine)
    described = Described(str(mine / "datapackage.yaml"))
    assert [row["id"] for row in described.get_resource("targets").read_rows()] == ["t-1"]


@pytest.mark.parametrize("way", [fill, fill_workbook])
def test_three_rows_are_enough(mine, way):
    way(mine)
    assert command("check", mine).returncode == 0
    done = command("render", "--data", mine, "--format", "pdf")
    assert done.returncode == 0, done.stdout + done.stderr
    out = mine.with_name("my prefecture-reports")
    made = {path.stem for path in out.glob("*.pdf")}
    assert made == {
        f"{name}-{lang}" for name in ("overview", "plan-our-plan-999000") for lang in ("zh", "en")
    }
    page = BeautifulSoup((out / "plan-our-plan-999000-zh.html").read_text(encoding="utf-8"), "html.parser")
    assert "95" in page.get_text()
    assert "第二章" in page.select_one(".notes").get_text()
    tile = BeautifulSoup((out / "overview-zh.html").read_text(encoding="utf-8"), "html.parser").select_one(
        ".tile a"
    )
    assert tile["href"] == "plan-our-plan-999000-zh.html"
    assert "education/balance.ipynb" in done.stdout
    assert "schools.csv has no rows" in done.stdout
    assert "milestones.csv has no rows of the domain education" in done.stdout


def test_whatever_is_filled_in_has_its_reports(mine):
    """The samples of the project's own package, as a prefecture that has everything would fill them in."""
    fill(mine)
    fill(mine, {"regions": ROWS["regions"] | {"code": "990001", "level": "county", "parent": "999000"}})
    shipped = load(ROOT / "data")
    documents = shipped.documents[shipped.documents["type"].isin(["synthetic", "assumption"])]
    known = load(mine).documents["id"]
    for table, rows in {
        "documents": documents[~documents["id"].isin(known)],
        "schools": shipped.schools,
        "answers": shipped.answers,
        "households": shipped.households,
        "monitoring_lines": shipped.monitoring_lines,
    }.items():
        with (mine / f"{table}.csv").open("a", encoding="utf-8", newline="") as file:
            rows[header(mine, table)].to_csv(file, header=False, index=False)
    done = command("render", "--data", mine, "--format", "html", "--only", "*-zh")
    assert done.returncode == 0, done.stdout + done.stderr
    made = {path.stem for path in mine.with_name("my prefecture-reports").glob("*.html")}
    assert {"balance-990001-zh", "relapse-watch-990001-zh", "overview-zh"} <= made


def test_numbers_and_dates_that_excel_made_are_read_as_they_look(mine):
    def excel(value):
        return float(value) if value.replace(".", "").isdigit() else value

    fill_workbook(mine, like=excel)
    assert check(mine) == []
    package = load(mine)
    assert package.targets["period"].tolist() == ["2025"]
    assert package.targets["value"].tolist() == [95.0]
    assert "999000" in package.regions["code"].tolist()


def test_faults_in_a_workbook_name_sheet_row_and_column(mine):
    wrong = ROWS["targets"] | {"indicator": "no-such", "unit": "=1+1", "value": "ninety"}
    fill_workbook(mine, ROWS | {"targets": wrong})
    found = {(f.file, f.row, f.column) for f in check(mine)}
    sheet = "tables.xlsx · targets"
    assert {(sheet, 3, "indicator"), (sheet, 3, "value")} <= found
    assert {file for file, _, _ in found} == {sheet}


def test_the_same_row_in_both_places_is_told(mine):
    fill(mine)
    fill_workbook(mine)
    found = {(f.file, f.row, f.column) for f in check(mine)}
    assert ("tables.xlsx · targets", 3, "id") in found
    assert ("tables.xlsx · regions", 3, "code") in found


def test_a_workbook_is_not_needed_and_must_be_one(mine):
    fill(mine)
    (mine / "tables.xlsx").write_text("no workbook")
    assert {(f.file, f.row) for f in check(mine)} == {("tables.xlsx", None)}
    (mine / "tables.xlsx").unlink()
    assert check(mine) == []


def test_drop_downs_offer_what_the_tables_accept(mine):
    book = openpyxl.load_workbook(mine / "tables.xlsx")
    sheet = book["targets"]
    columns = {cell.value: cell.column_letter for cell in sheet[1]}
    rules = {
        str(rule.sqref).split(":")[0].rstrip("0123456789"): rule
        for rule in sheet.data_validations.dataValidation
    }
    assert rules[columns["comparator"]].formula1.startswith('"')
    offered = book["lists"]
    for column, place in (("indicator", "A"), ("region", "C")):
        area = rules[columns[column]].formula1
        assert area.startswith(f"lists!${place}$2:")
        last = int(area.rsplit("$", 1)[1])
        assert offered[f"{place}{last}"].value and not offered[f"{place}{last + 1}"].value
    assert sheet[f"{columns['indicator']}1"].comment.text
    assert sheet.column_dimensions[columns["period"]].width >= 9


def test_a_folder_that_is_there_is_left_alone(mine):
    before = {path.name: path.read_bytes() for path in mine.iterdir()}
    done = command("new", mine)
    assert done.returncode == 2
    assert "is there already" in done.stdout
    assert {path.name: path.read_bytes() for path in mine.iterdir()} == before


def test_new_says_what_comes_next(tmp_path):
    done = command("new", tmp_path / "there/mine")
    assert done.returncode == 0
    assert f"plan-monitor render --data {tmp_path / 'there/mine'}" in done.stdout
    done = command("render", "--data", tmp_path / "there/mine")
    assert done.returncode == 2
    assert "targets.csv has no rows" in done.stdout
    assert not (tmp_path / "there/mine-reports").exists()
