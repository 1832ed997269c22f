"""Documents into a package by the command line: read, decide, confirm, and the report that comes of it."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import docx
import openpyxl
import pytest
from bs4 import BeautifulSoup
from typer.testing import CliRunner

from plan_monitor import load
from plan_monitor.cli import app

ROOT = Path(__file__).parents[2]
LINES = [
    "镇江市“十四五”教育发展规划",
    "镇政发〔2021〕15号",
    "一、发展基础",
    "2020年，全市学前教育三年毛入园率达到98.2%，普惠性幼儿园覆盖率为86.5%。各级各类学校563所。",
    "二、主要目标",
    "到2025年，学前教育三年毛入园率保持在99%以上，普惠性幼儿园覆盖率达到90%以上。新增学位5万个。",
]
TABLE = [
    ["指标", "单位", "2020年", "2025年"],
    ["九年义务教育巩固率", "%", "99.8", "100"],
    ["高中阶段毛入学率", "%", "97", "99"],
]
BULLETIN = """2025年镇江市教育事业发展统计公报

2026年3月12日

2025年，学前教育三年毛入园率99.3%，普惠性幼儿园覆盖率89.1%。高中阶段毛入学率99.1%。
"""


@pytest.fixture(autouse=True)
def chinese_reader(monkeypatch):
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")


@pytest.fixture
def plan(tmp_path):
    """A plan as a bureau writes it in Word."""
    document = docx.Document()
    for line in LINES:
        document.add_paragraph(line)
    table = document.add_table(len(TABLE), len(TABLE[0]))
    for row, cells in zip(table.rows, TABLE, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    path = tmp_path / "规划.docx"
    document.save(path)
    return path


@pytest.fixture
def bulletin(tmp_path):
    path = tmp_path / "bulletin.txt"
    path.write_text(BULLETIN, encoding="utf-8")
    return path


def invoke(*arguments, status=0):
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    assert result.exit_code == status, result.output
    return result.output


def drafted(path):
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


@pytest.mark.slow
def test_a_plan_as_word_becomes_a_report_with_verdicts_and_no_id_was_typed(
    tmp_path, plan, bulletin, monkeypatch
):
    monkeypatch.chdir(ROOT)
    mine = tmp_path / "mine"
    invoke("new", mine)
    output = invoke("read", plan, "--data", mine, "--out", tmp_path / "d.xlsx")
    assert "读出 10 个数：目标 5、实绩 5" in output
    assert "镇江市，回顾 2020，规划到 2025" in output
    book = openpyxl.load_workbook(tmp_path / "d.xlsx")
    figures = book.worksheets[1]
    places = next(cell.column for cell in figures[1] if cell.value == "指标")
    row = next(row for row in range(2, figures.max_row + 1) if "563" in str(figures.cell(row, 3).value))
    figures.cell(row, 1).value, figures.cell(row, places).value = "是", "各级各类学校"
    book.save(tmp_path / "d.xlsx")
    only_told = invoke("confirm", tmp_path / "d.xlsx", "--into", mine, "--accept-certain")
    assert "将写入：文件 1 个，目标 5 行，实绩 5 行" in only_told and "加 --write 才写入" in only_told
    written = invoke("confirm", tmp_path / "d.xlsx", "--into", mine, "--accept-certain", "--write")
    assert "写入：文件 1 个，目标 5 行，实绩 5 行，读数 10 行" in written
    invoke("read", bulletin, "--data", mine, "--out", tmp_path / "b.csv")
    invoke("confirm", tmp_path / "b.csv", "--into", mine, "--accept-certain", "--write")
    assert "各级各类学校" in invoke("adopt", mine)
    invoke("adopt", mine, "--confirm")
    assert "没有问题" in invoke("check", mine)
    invoke("render", "--data", mine, "--only", "plan-*-zh", "--format", "html")
    reports = json.loads((tmp_path / "mine-reports/manifest.json").read_text(encoding="utf-8"))
    assert len(reports["reports"]) == 1
    (page,) = (tmp_path / "mine-reports").glob("plan-*-zh.html")
    answer = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").select_one(".brief .answer")
    assert re.match(r"(\d+) 项承诺\D*(\d+) 项", answer.get_text()).groups() == ("5", "3"), answer.get_text()
    again = invoke("read", plan, "--data", mine, "--out", tmp_path / "again.xlsx")
    assert "以前决定过的 10 个，和以前不同的 0 个" in again
    assert "读数 0 行" in invoke("confirm", tmp_path / "again.xlsx", "--into", mine, "--write")
    assert len(load(mine).readings) == 13


def test_without_a_package_a_draft_is_made_of_the_text_alone(tmp_path, bulletin):
    output = invoke("read", bulletin, "--out", tmp_path / "b.csv")
    assert "有把握的 3 个，要看的 0 个" in output
    assert "取自文件；不对请用 --region、--year、--until" in output
    rows = drafted(tmp_path / "b.csv")
    assert [row["indicator_zh"] for row in rows] == [
        "学前教育三年毛入园率",
        "普惠性幼儿园覆盖率",
        "高中阶段毛入学率",
    ]
    assert {(row["region"], row["period"], row["issued"]) for row in rows} == {
        ("321100", "2025", "2026-03-12")
    }


def test_what_is_given_holds(tmp_path, bulletin):
    bulletin.write_text("教育统计公报\n\n有幼儿园12所。\n", encoding="utf-8")
    given = ("--region", "丹阳市", "--year", "2024年上半年", "--document", "某公报")
    output = invoke("read", bulletin, "--out", tmp_path / "b.csv", *given)
    assert "某公报：丹阳市，回顾 2024H1" in output
    (row,) = drafted(tmp_path / "b.csv")
    assert (row["region"], row["period"], row["document"]) == ("321181", "2024H1", "某公报")


def test_what_nothing_tells_is_said_and_drafted_to_be_looked_at(tmp_path):
    note = tmp_path / "note.txt"
    note.write_text("本地有幼儿园12所。\n", encoding="utf-8")
    output = invoke("read", note, "--out", tmp_path / "n.csv")
    assert "从文中看不出标题（--document）、地区（--region）、年份（--year）" in output
    (row,) = drafted(tmp_path / "n.csv")
    assert {"region", "period"} <= set(row["look"].split())


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--out", "d.txt"), "应为 .xlsx 或 .csv 文件"),
        (("--out", "none/d.csv"), "没有文件夹"),
        (("--out", "d.csv", "--year", "二十"), "应为年份"),
        (("--out", "d.csv", "--year", "2025", "--until", "2020"), "应不早于所回顾的 2025 年"),
        (("--out", "d.csv", "--data", "empty"), "datapackage.yaml"),
    ],
)
def test_what_cannot_be_done_is_one_message_and_nothing_is_written(
    tmp_path, bulletin, monkeypatch, arguments, message
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    before = sorted(tmp_path.rglob("*"))
    assert message in invoke("read", bulletin, *arguments, status=2)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_file_that_somebody_may_have_decided_in_is_not_overwritten(tmp_path, bulletin):
    (tmp_path / "b.csv").write_text("mine")
    assert "已经存在" in invoke("read", bulletin, "--out", tmp_path / "b.csv", status=2)
    assert (tmp_path / "b.csv").read_text() == "mine"


def test_a_document_that_cannot_be_read_is_named(tmp_path):
    broken = tmp_path / "broken.docx"
    broken.write_bytes(b"PK\x03\x04 not a document")
    assert "broken.docx" in invoke("read", broken, "--out", tmp_path / "b.csv", status=2)
    assert not (tmp_path / "b.csv").exists()


def test_several_documents_of_a_file_cannot_all_have_one_name(tmp_path):
    gazette = tmp_path / "gazette.txt"
    one = "{}市人民政府关于印发教育规划的通知\n\n{}政发〔2021〕{}号\n\n到2025年，建成学校{}所。\n\n"
    gazette.write_text(one.format("镇江", "镇", 3, 12) + one.format("镇江", "镇", 4, 14), encoding="utf-8")
    invoke("read", gazette, "--out", tmp_path / "g.csv")
    assert len(drafted(tmp_path / "g.csv")) == 2
    output = invoke("read", gazette, "--out", tmp_path / "h.csv", "--document", "规划", status=2)
    assert "2 份文件" in output and not (tmp_path / "h.csv").exists()


def test_a_conflict_is_named_and_nothing_is_written(tmp_path, bulletin, folder):
    invoke("read", bulletin, "--out", tmp_path / "b.csv")
    rows = drafted(tmp_path / "b.csv")
    for row in rows[:2]:
        row |= {"decision": "yes", "indicator": "巩固率", "region": "532399"}
    with (tmp_path / "b.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    output = invoke("confirm", tmp_path / "b.csv", "--into", folder, "--write", status=2)
    assert "有冲突，全部未写入" in output and "99.3" in output and "89.1" in output
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.slow
def test_a_person_at_the_terminal_is_asked_for_what_was_not_given(tmp_path, bulletin):
    pty = pytest.importorskip("pty", reason="needs a terminal that a test can sit at")
    bulletin.write_text(BULLETIN.replace("2025年镇江市", "2025年1—5月镇江市"), encoding="utf-8")
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "plan_monitor.cli", "read", str(bulletin), "--out", str(tmp_path / "b.csv")],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "LC_ALL": "zh_CN.UTF-8", "PYTHONUTF8": "1"},
    )
    os.close(theirs)
    os.write(ours, "丹阳市\n\n".encode())
    shown = b""
    try:
        while piece := os.read(ours, 4096):
            shown += piece
    except OSError:
        pass  # the other end is closed
    assert process.wait() == 0
    text = shown.decode()
    assert "地区 [镇江市]" in text and "回顾的年份 [2025-01/2025-05]" in text and "规划到哪一年" not in text
    assert {row["region"] for row in drafted(tmp_path / "b.csv")} == {"321181"}


def test_what_can_be_computed_again_and_does_not_hold_is_said(tmp_path):
    bulletin = tmp_path / "bulletin.txt"
    text = "镇江市教育统计公报\n\n2020年，全市毛入园率由2015年的82.0%提高到91.0%，提高8.0个百分点。\n"
    bulletin.write_text(text, encoding="utf-8")
    output = invoke("read", bulletin, "--year", "2020", "--out", tmp_path / "b.csv")
    assert "可以重算的 1 处，看来不符的 1 处" in output
    bulletin.write_text(text.replace("8.0个", "9.0个"), encoding="utf-8")
    output = invoke("read", bulletin, "--year", "2020", "--out", tmp_path / "c.csv")
    assert "可以重算的 1 处，看来不符的 0 处" in output
