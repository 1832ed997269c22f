"""A file that another program has open: Windows lets nobody replace it, some programs let nobody read it either.

The system's refusal is played by the functions that would meet it. Whatever was to be written is not there
in part, and the command ends with one sentence that names the file.
"""

import io
import os
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from plan_monitor.cli import app
from plan_monitor.forms.layout import COLUMNS
from small_project import project

ENTRY = "  - {notebook: schools/plan.ipynb, name: 'plan-{lang}', matrix: {lang: [zh, en]}}\n"
ANSWER = {"figure": "98.9", "period": "2025", "source": "2025年某县教育统计公报", "locator": "表1"}
PLAN = [["指标", "单位", "2025年目标值"], ["学前毛入园率", "%", 96], ["农民收入", "元", 30000]]


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")


@pytest.fixture
def held(monkeypatch):
    """Have another program hold files of a name open; ``reading``: it lets nobody read them either."""
    replace, open_file = os.replace, io.open

    def hold(name: str, reading: bool = False) -> None:
        def refused(source, target):
            if Path(target).name == name:
                raise PermissionError(13, "Access is denied", os.fspath(source), None, os.fspath(target))
            replace(source, target)

        def opened(file, *arguments, **options):
            if not isinstance(file, int) and Path(file).name == name:
                raise PermissionError(13, "Permission denied", os.fspath(file))
            return open_file(file, *arguments, **options)

        monkeypatch.setattr(os, "replace", refused)
        if reading:
            monkeypatch.setattr(io, "open", opened)

    return hold


def command(*arguments):
    done = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def files(folder):
    return {
        path.relative_to(folder): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".checked" not in path.parts
    }


def refused(done, name, why="Access is denied"):
    """The command said which file it was, once, and what may be done about it."""
    line = done.stdout.splitlines()[-1]
    assert done.exit_code == 2
    assert f"{name}: {why}" in line and line.endswith("or read-only: close it and try again")


@pytest.fixture
def workbook(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["某县教育发展规划"])
    for row in PLAN:
        book.active.append(row)
    book.save(tmp_path / "某县教育发展规划.xlsx")
    return tmp_path / "某县教育发展规划.xlsx"


@pytest.mark.parametrize("name", ["documents.csv", "targets.csv"])
def test_figures_are_taken_into_all_tables_or_none(folder, workbook, held, name):
    before = files(folder)
    said = "take", workbook, "--into", folder, "--region", "某县", "--write"
    held(name)
    refused(command(*said), folder / name)
    assert files(folder) == before


def test_no_form_is_written_without_its_request(folder, held, tmp_path):
    before = files(folder)
    held("requests.csv")
    refused(command("ask", folder, "--out", tmp_path / "forms", "--as-of", "2026"), folder / "requests.csv")
    assert files(folder) == before
    assert [*(tmp_path / "forms").iterdir()] == []


def test_answers_are_merged_into_all_tables_or_none(folder, held, tmp_path):
    asked = command("ask", folder, "--out", tmp_path / "forms", "--as-of", "2026")
    assert asked.exit_code == 0
    [form] = (tmp_path / "forms").iterdir()
    book = openpyxl.load_workbook(form)
    sheet = book.worksheets[1]
    row = next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == "t-2")
    for column, text in ANSWER.items():
        sheet.cell(row, 1 + [*COLUMNS].index(column)).value = text
    book.save(form)
    before = files(folder)
    held("requests.csv")
    refused(command("collect", folder, form, "--who", "教育局", "--write"), folder / "requests.csv")
    assert files(folder) == before


def test_indicators_are_confirmed_or_stay(folder, held):
    held("indicators.csv")
    before = files(folder)
    refused(command("adopt", folder, "--confirm"), folder / "indicators.csv")
    assert files(folder) == before


@pytest.mark.parametrize(
    "said",
    [("check",), ("adopt",), ("take", "--into"), ("render", "--data"), ("list", "--data")],
    ids=" ".join,
)
def test_a_table_that_cannot_be_read_is_named(tmp_path, folder, workbook, held, said):
    held("targets.csv", reading=True)
    name, *into = said
    arguments = {
        "take": [workbook],
        "render": ["--recipes", project(tmp_path, ENTRY), "--out", tmp_path / "out"],
        "list": ["--recipes", project(tmp_path, ENTRY)],
    }
    done = command(name, *arguments.get(name, []), *into, folder)
    refused(done, folder / "targets.csv", "Permission denied")


@pytest.mark.slow
def test_a_report_that_somebody_reads_is_named_and_the_next_run_goes_on(tmp_path, folder, held, monkeypatch):
    said = "render", "--recipes", project(tmp_path, ENTRY), "--data", folder, "--format", "docx"
    said = *said, "--out", tmp_path / "out", "--jobs", "1"
    held("plan-en.docx")
    refused(command(*said), tmp_path / "out/plan-en.docx")
    made = {path.name for path in files(tmp_path / "out")}
    assert "plan-en.docx" not in made and not any(name.endswith(".part") for name in made)
    monkeypatch.undo()  # it is closed
    done = command(*said)
    assert done.exit_code == 0
    assert "plan-en" in done.stdout and (tmp_path / "out/plan-en.docx").is_file()
