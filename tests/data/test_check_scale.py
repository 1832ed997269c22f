"""A big table with everything wrong: each fault is one line, and every cell is in the file."""

import csv

import pytest
from typer.testing import CliRunner

from plan_monitor import check
from plan_monitor.cli import app
from reportkit.findings import alike

pytestmark = pytest.mark.slow

ROWS = 3_000
WRONG = ("document", "indicator", "region", "period", "comparator", "value", "quality", "reading", "locator")


@pytest.fixture
def spoiled(folder):
    """A package of whose observations nine columns are wrong in every row."""
    path = folder / "observations.csv"
    header = path.read_text(encoding="utf-8").splitlines()[0].split(",")
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, header, restval="")
        rows.writeheader()
        for number in range(ROWS):
            cells = {column: f"={column} {number}" for column in WRONG}
            rows.writerow({"id": f"o-{number}", "unit": "%", **cells})
    return folder


def test_every_wrong_cell_is_found_and_each_fault_is_one(spoiled):
    found = check(spoiled)
    assert len(found) == ROWS * len(WRONG)
    assert [finding.row for finding in found] == sorted(finding.row for finding in found)
    faults = alike(found)
    assert {fault.first[0].column: fault.count for fault in faults} == dict.fromkeys(WRONG, ROWS)
    assert all([finding.row for finding in fault.first] == [2, 3, 4] for fault in faults)


@pytest.mark.parametrize(
    ("lang", "rows"), [("zh", f"2、3、4 等 {ROWS} 行"), ("en", f"2, 3, 4 … ({ROWS} rows)")]
)
def test_check_prints_a_line_a_fault_and_writes_all_of_them(spoiled, tmp_path, lang, rows):
    said = CliRunner().invoke(app, ["check", str(spoiled), "--lang", lang])
    assert said.exit_code == 2
    assert said.stdout.count(rows) == len(WRONG)
    assert "--all FILE.csv" in said.stdout
    file = tmp_path / "all.csv"
    said = CliRunner().invoke(app, ["check", str(spoiled), "--lang", lang, "--all", str(file)])
    assert said.exit_code == 2
    assert str(file) in said.stdout and str(ROWS * len(WRONG)) in said.stdout
    with file.open(encoding="utf-8-sig", newline="") as lines:
        assert sum(1 for _ in csv.reader(lines)) == 1 + ROWS * len(WRONG)


def test_a_table_pasted_twice_is_one_fault(folder):
    path = folder / "observations.csv"
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([header, *rows, *rows]) + "\n", encoding="utf-8")
    (fault,) = alike(check(folder))
    assert (fault.count, fault.first[0].row, fault.first[0].column) == (4, 6, "id")
    assert "row 2 has the same" in fault.first[0].expected["en"]


def test_the_list_of_findings_never_lands_among_the_data(folder):
    before = (folder / "observations.csv").read_bytes()
    said = CliRunner().invoke(app, ["check", str(folder), "--all", str(folder / "observations.csv")])
    assert said.exit_code == 2
    assert "outside the data folder" in said.stdout
    assert (folder / "observations.csv").read_bytes() == before


def test_the_list_of_a_folder_that_is_fine_is_empty(folder, tmp_path):
    (tmp_path / "all.csv").write_text("an older list")
    said = CliRunner().invoke(app, ["check", str(folder), "--lang", "en", "--all", str(tmp_path / "all.csv")])
    assert said.exit_code == 0
    assert (tmp_path / "all.csv").read_text(encoding="utf-8-sig") == "file,row,column,value,expected\n"


def test_a_list_that_cannot_be_written(folder, tmp_path):
    said = CliRunner().invoke(
        app, ["check", str(folder), "--lang", "en", "--all", str(tmp_path / "no/all.csv")]
    )
    assert said.exit_code == 2
    assert "cannot write" in said.stdout


def test_notes_below_a_table_are_one_fault(folder):
    path = folder / "observations.csv"
    text = path.read_text(encoding="utf-8").rstrip("\n")
    commas = "," * text.split("\n", 1)[0].count(",")
    path.write_text("\n".join([text, *(f"注{n} 不含民办学校{commas}" for n in range(9))]), encoding="utf-8")
    (fault,) = alike(check(folder))
    assert (fault.count, fault.first[0].column, fault.first[0].value) == (9, None, "注0 不含民办学校")
    assert "expected a row of data" in fault.first[0].expected["en"]


def test_a_region_with_neither_code_nor_name_is_found(folder):
    path = folder / "regions.csv"
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    bare = ["county" if name == "level" else "" for name in header.split(",")]
    path.write_text("\n".join([header, *rows, ",".join(bare)]), encoding="utf-8")
    told = {finding.column for finding in check(folder)}
    assert {"code", "name_zh"} <= told
