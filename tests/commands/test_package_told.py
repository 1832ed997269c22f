"""What the commands about a data package say in both languages, what they write, and how they end."""

import csv
import re
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from jupyterlab.labapp import LabApp
from typer.testing import CliRunner

from plan_monitor.cli import app
from plan_monitor.commands import package
from plan_monitor.forms.layout import COLUMNS
from plan_monitor.project import root

LOCALES = {"zh": "zh_CN.UTF-8", "en": "en_US.UTF-8"}


@pytest.fixture(params=["zh", "en"])
def lang(request, monkeypatch):
    monkeypatch.setenv("LC_ALL", LOCALES[request.param])
    return request.param


def invoke(*arguments, status=0):
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    assert result.exit_code == status, result.output
    return [line.rstrip() for line in result.stdout.splitlines()]


def spoil(folder, table, old, new):
    path = folder / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def propose(folder, *ids):
    """Mark indicators as proposed."""
    path = folder / "indicators.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [*csv.DictReader(file)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*rows[0], "aliases", "proposed"])
        writer.writeheader()
        writer.writerows(row | {"proposed": "unit bounds" if row["id"] in ids else ""} for row in rows)


def test_what_a_check_filled_in_and_what_is_only_proposed_is_said(folder, lang):
    spoil(folder, "observations", "\no-1,", "\n,")
    spoil(folder, "observations", "\no-3,", "\n,")
    propose(folder, "preschool-rate", "rural-income")
    fine, filled, proposed = invoke("check", folder)
    assert fine == {"zh": f"{folder}：没有问题", "en": f"{folder}: nothing wrong"}[lang]
    begins = {
        "zh": "  补上 observations.csv 的 id 2 行：",
        "en": "  filled in id of observations.csv, 2 row(s): ",
    }
    assert filled.startswith(begins[lang]) and len(filled) > len(begins[lang])
    assert bool(re.search("[一-鿿]", filled)) is (lang == "zh")
    assert (
        proposed
        == {
            "zh": f"  定义是拟定的，尚未确认：学前毛入园率、农民收入 (plan-monitor adopt {folder} --confirm)",
            "en": "  proposed, not confirmed yet: Preschool enrolment, Farm income "
            f"(plan-monitor adopt {folder} --confirm)",
        }[lang]
    )


def test_every_finding_goes_to_a_file_beside_the_data(folder, tmp_path, lang):
    spoil(folder, "targets", "26581", "many")
    file = tmp_path / "all.csv"
    lines = invoke("check", folder, "--all", file, status=2)
    assert lines[0] == {"zh": f"{file}：全部 1 处问题", "en": f"{file}: all 1 finding(s)"}[lang]
    assert "many" in file.read_text(encoding="utf-8-sig") and len(lines) > 2
    assert not any("--all" in line for line in lines)
    assert invoke("check", folder, "--all", folder / "all.csv", status=2) == [
        {
            "zh": f"--all 应为数据文件夹以外的文件: {folder}/all.csv",
            "en": f"--all: expected a file outside the data folder: {folder}/all.csv",
        }[lang]
    ]
    assert invoke("check", folder, "--all", tmp_path / "no/all.csv", status=2)[0].startswith(
        {
            "zh": f"无法写入 {tmp_path}/no/all.csv：No such",
            "en": f"cannot write {tmp_path}/no/all.csv: No such",
        }[lang]
    )


@pytest.mark.parametrize("command", ["check", "trace"])
def test_a_language_may_be_asked_for(folder, command, lang):
    other = {"zh": "en", "en": "zh"}[lang]
    given = ("check", folder) if command == "check" else ("trace", "98.88", "--data", folder)
    assert invoke(*given) == invoke(*given, "--lang", lang) != invoke(*given, "--lang", other)


def test_an_empty_package_comes_with_what_to_do_next_and_never_twice(tmp_path, folder, lang):
    made = tmp_path / "own"
    lines = invoke("new", made, "--data", folder)
    assert lines[0].startswith(
        {"zh": f"{made}：空的数据包已建好", "en": f"{made}: an empty data package"}[lang]
    )
    assert lines[-1] == f"4. plan-monitor render --data {made}"
    assert "Preschool enrolment" in (made / "indicators.csv").read_text(encoding="utf-8-sig")
    told = {"zh": f"{made} 已经存在", "en": f"{made} is there already"}
    assert invoke("new", made, "--data", folder, status=2) == [told[lang]]


def test_indicators_come_from_the_package_named_else_the_nearest_else_the_projects(
    tmp_path, folder, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    assert package._catalogue(folder) == folder
    assert package._catalogue(None) == root() / "data"
    folder.rename(tmp_path / "data")
    assert package._catalogue(None).resolve() == tmp_path / "data"


def test_a_figure_is_traced_to_its_document_and_what_there_is_not_is_status_1(folder, lang):
    title, _, row = invoke("trace", "98.88", "--data", folder)
    assert title == {"zh": "已入库的数字", "en": "stored figures"}[lang]
    assert (
        row.split()[-1] == "o-3" and {"zh": "某县教育规划", "en": "Education plan of a county"}[lang] in row
    )
    told = {"zh": "没有找到 31.7", "en": "nothing found for 31.7"}
    assert invoke("trace", "31.7", "--data", folder, status=1) == [told[lang]]


TABLE = """某县“十四五”教育发展规划主要指标
指标,单位,2020年,2025年目标,属性
学前毛入园率,%,97.5,≥98,预期性
农村自来水普及率,%,85.2,≥88.6,约束性
"""


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def rows(folder):
    return sum(
        len((folder / f"{name}.csv").read_text(encoding="utf-8").splitlines())
        for name in ("targets", "observations")
    )


@pytest.mark.slow
def test_a_table_is_taken_once_and_what_differs_is_left_out(folder, table, monkeypatch):
    monkeypatch.setenv("LC_ALL", LOCALES["en"])
    given = ("take", table, "--into", folder, "--region", "某县")
    before = rows(folder)
    assert invoke(*given)[-1].startswith("Nothing is written yet") and rows(folder) == before
    assert "2 targets, 2 actuals" in invoke(*given, "--write")[-1] and rows(folder) == before + 4
    assert "4 rows were there already" in invoke(*given, "--write")[-1] and rows(folder) == before + 4
    table.write_text(TABLE.replace("≥98,", "≥99,"), encoding="utf-8")
    assert "1 conflicts" in invoke(*given, "--write", status=2)[-2] and rows(folder) == before + 4
    invoke(*given)  # without writing nothing is compared
    table.write_text("指标,单位,2020年\n学前毛入园率,%,\n", encoding="utf-8")
    invoke(*given, status=2)


def test_a_document_a_place_and_the_first_year_of_targets_may_be_given(folder, tmp_path, monkeypatch):
    monkeypatch.setenv("LC_ALL", LOCALES["en"])
    path = tmp_path / "plain.csv"
    path.write_text("指标,单位,2023年,2024年,2025年\n学前毛入园率,%,95,96,97\n", encoding="utf-8")
    given = ("take", path, "--into", folder, "--region", "某县", "--document", "某规划")
    first = invoke(*given, "--promised-from", "2024")
    assert "2 targets, 1 actuals" in first[0] and "某规划" in "".join(first)
    assert "1 targets, 2 actuals" in invoke(*given, "--promised-from", "2025")[0]


def test_what_is_no_package_is_told_before_anything_is_taken_or_drafted(tmp_path, table, lang):
    (tmp_path / "empty").mkdir()
    for given in (("take", table, "--into", tmp_path / "empty"), ("adopt", tmp_path / "empty")):
        assert any("datapackage.yaml" in line for line in invoke(*given, status=2))


def test_indicators_are_drafted_and_then_confirmed_by_name(folder, table, lang):
    propose(folder)
    invoke("take", table, "--into", folder, "--region", "某县", "--write")
    drafted = "\n".join(invoke("adopt", folder))
    assert "农村自来水普及率" in drafted
    assert "农村自来水普及率" in (folder / "indicators.csv").read_text(encoding="utf-8")
    stored = (folder / "indicators.csv").read_bytes()
    invoke("adopt", folder)
    assert (folder / "indicators.csv").read_bytes() == stored
    (line,) = invoke("adopt", folder, "--confirm")
    assert line.startswith(
        {"zh": "确认了 1 个：农村自来水普及率", "en": "confirmed 1: 农村自来水普及率"}[lang]
    )
    assert (folder / "indicators.csv").read_bytes() != stored
    none = {"zh": "确认了 0 个：", "en": "confirmed 0:"}
    assert invoke("adopt", folder, "--confirm") == [none[lang]]


def test_several_confirmed_names_are_listed(folder, lang):
    propose(folder, "preschool-rate", "rural-income")
    assert invoke("adopt", folder, "--confirm") == [
        {
            "zh": "确认了 2 个：学前毛入园率、农民收入",
            "en": "confirmed 2: Preschool enrolment, Farm income",
        }[lang]
    ]


@pytest.fixture
def today(monkeypatch):
    """Set the day of a command."""

    class Day(date):
        @classmethod
        def today(cls):
            return cls(*Day.day)

    monkeypatch.setattr(package, "date", Day)
    return lambda *day: setattr(Day, "day", day)


def test_forms_ask_for_promises_due_by_this_month_or_the_period_given(folder, tmp_path, today, lang):
    none = {"zh": "0 份表，问 0 项承诺", "en": "0 form(s) about 0 promise(s)"}[lang]
    today(2024, 12, 31)
    assert invoke("ask", folder) == [none]
    today(2026, 3, 9)
    assert invoke("ask", folder, "--as-of", "2024") == [none]
    count, *forms = invoke("ask", folder, "--by", "2026-12-31", "--reply", "统计科")
    assert count == {"zh": "1 份表，问 3 项承诺", "en": "1 form(s) about 3 promise(s)"}[lang]
    assert forms == [str(path) for path in (tmp_path / "my-county-forms").iterdir()]
    elsewhere = invoke("ask", folder, "--out", tmp_path / "other", "--as-of", "2030")
    assert elsewhere[1:] == [str(path) for path in (tmp_path / "other").iterdir()]


@pytest.mark.slow
def test_what_came_back_is_merged_only_if_asked_and_what_is_wrong_ends_it(folder, tmp_path, lang):
    (form,) = map(Path, invoke("ask", folder, "--as-of", "2026", "--out", tmp_path / "forms")[1:])
    fill(form, {})
    told = {"zh": "尚未写入；加 --write 才写入", "en": "nothing is written yet; --write writes it"}[lang]
    assert told not in invoke("collect", folder, form)  # nothing is to be written
    fill(form, {"figure": "98.9", "period": "2025", "source": "2025年某县教育统计公报", "locator": "表1"})
    before = (folder / "observations.csv").read_bytes()
    assert invoke("collect", folder, form, "--who", "教育局")[-1] == told
    assert (folder / "observations.csv").read_bytes() == before
    assert told not in invoke("collect", folder, form, "--who", "教育局", "--write")
    assert "98.9" in (folder / "observations.csv").read_text(encoding="utf-8")
    assert "教育局" in (folder / "requests.csv").read_text(encoding="utf-8")
    fill(form, {"figure": "97.7"})
    assert "97.7" in "".join(invoke("collect", folder, form, "--write", status=2))
    fill(form, {"figure": "very many"})
    assert any("very many" in line for line in invoke("collect", folder, form, status=2))


def fill(form, answer):
    """Fill in what is told of the promise t-2."""
    book = openpyxl.load_workbook(form)
    sheet = book.worksheets[1]
    row = next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == "t-2")
    for column, text in answer.items():
        sheet.cell(row, 1 + [*COLUMNS].index(column)).value = text
    book.save(form)


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ((), []),
        (("--port", "9123"), ["--ServerApp.port=9123"]),
        (("--no-browser", "--port", "65535"), ["--ServerApp.port=65535", "--no-browser"]),
    ],
)
def test_a_folder_is_shown_where_and_how_it_is_asked(tmp_path, monkeypatch, given, asked):
    started = []
    monkeypatch.chdir(tmp_path)
    (tmp_path / "shown").mkdir()
    monkeypatch.setenv("LC_ALL", LOCALES["en"])
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "")
    monkeypatch.setattr(LabApp, "launch_instance", started.append)
    invoke("serve", "shown", *given)
    (options,) = started
    assert options[0] == f"--ServerApp.root_dir={tmp_path / 'shown'}"
    assert options[4:] == asked
