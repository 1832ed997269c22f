"""Every figure leads back to its source: in the stored notebooks, on a page, and on the command line."""

import json
import re
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from typer.testing import CliRunner

from plan_monitor.cli import app
from plan_monitor.data.figures import stored
from plan_monitor.trace import lookup
from reportkit.brief import BRIEF
from reportkit.formats import page
from reportkit.jobs import Job
from reportkit.table import TABLE, unpack

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
# as printed; no name or date that begins with a year
FIGURE = re.compile(r"(P |ρ )?[<>≥≤≈=≠+\-]?\s?\d(?!\d{3}(—\d{4})? ?年.)")
SENTENCE = re.compile(r"[，。；]|[,;] ")
# of first_report the rows are those of a package that it makes itself: see test_first_report; confirm is a panel
OTHERS = ("first_report", "confirm")
NOTEBOOKS = sorted(path for path in (ROOT / "notebooks").rglob("*.ipynb") if path.stem not in OTHERS)


def tables(notebook):
    """The tables that a notebook shows: parsed page, and data."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if "report-table" in output.get("data", {}).get("text/html", ""):
                yield BeautifulSoup(output.data["text/html"], "html.parser"), output.data[TABLE]


def is_figure(cell):
    """Whether a cell's text is a figure, and no sentence that begins with one; as printed, not as its data say."""
    return bool(FIGURE.match(cell)) and not SENTENCE.search(cell)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])
def test_every_figure_of_every_table_leads_to_stored_rows(path, shipped):
    existing, figures = set(stored(shipped).index), 0
    for table, data in tables(nbformat.read(path, as_version=4)):
        assert data["headings"] == [heading.get_text() for heading in table.select("thead th")]
        assert data["title"] == table.caption.contents[0]  # without what all rows say alike
        for row, cells in zip(table.select("tbody tr"), unpack(data), strict=True):
            assert [cell.text for cell in cells] == [cell.get_text() for cell in row.find_all("td")]
            for cell in cells[1:]:
                if is_figure(cell.text):
                    figures += 1
                    assert cell.ids and set(cell.ids) <= existing, (data["title"], cell.text)
    assert figures > 3


@pytest.fixture(scope="module")
def html():
    notebook = nbformat.read(ROOT / "notebooks/audit/plan_audit.ipynb", as_version=4)
    before = nbformat.writes(notebook)
    job = Job("audit", None, "d", {"lang": "zh"}, 1, folder=ROOT / "data")
    made = BeautifulSoup(page.html(page.lay_out(notebook, job)), "html.parser")
    assert nbformat.writes(notebook) == before  # the executed notebook is published as it was
    return made


def test_a_figure_on_the_page_leads_to_its_note(html):
    links = html.select("td a.source")
    assert len(links) > 100
    notes = {note["id"]: note for note in html.select(".notes li")}
    assert [link["href"] for link in links if link["href"][1:] not in notes] == []
    row = next(row for row in html.select("tbody tr") if row.th.get_text().startswith("2020年脱贫人口收入"))
    note = notes[row.select("a.source")[0]["href"][1:]].get_text()
    assert "11,637 元（2020）" in note
    assert "第一章第一节 · 贫困群众收入段" in note
    assert "A 官方文本 · 原文数字" in note
    assert row.select("a.source")[0]["title"] in note


def test_a_computed_figure_names_its_inputs(html):
    row = next(row for row in html.select("tbody tr") if "脱贫人口增收" in row.th.get_text())
    link = row.select("a.source")[0]
    note = html.select_one(link["href"])
    inputs = [html.select_one(a["href"]).get_text() for a in note.find_all("a")]
    assert note.get_text().startswith("计算自")
    assert any("26,581 元（2025）" in text for text in inputs)
    assert any("12,861 元（2020）" in text for text in inputs)
    assert "12,861" in link["title"] and "26,581" in link["title"]


def test_notes_are_numbered_in_order_and_none_is_lost(html):
    assert [note["id"] for note in html.select(".notes li")] == [
        f"n{number}" for number in range(1, len(html.select(".notes li")) + 1)
    ]
    assert "data-report-table" not in str(html)


def test_many_inputs_are_named_by_document(html):
    long = [note.get_text() for note in html.select(".notes li") if "个数据行算出" in note.get_text()]
    assert long and all("处）" in text for text in long)


def ask(*arguments):
    return CliRunner().invoke(app, ["trace", *map(str, arguments)])


def test_ask_a_stored_figure():
    done = ask("12,861", "--lang", "en", "--data", ROOT / "data", "--reports", ROOT / "notebooks/none")
    assert done.exit_code == 0
    assert "rural-145-159" in done.stdout
    assert "A official text · as printed" in done.stdout
    assert "第8项“脱贫人口收入” · 2020年列" in done.stdout


def test_ask_a_figure_as_the_english_report_prints_it():
    """2.92 万人 is 29,200 persons there."""
    for query in ("2.92", "29,200"):
        done = ask(query, "--lang", "en", "--data", ROOT / "data", "--reports", ROOT / "none")
        assert done.exit_code == 0
        assert "29,200 persons" in done.stdout and "edu-145-" in done.stdout


def test_ask_a_computed_figure():
    done = ask("15.6", "--lang", "zh", "--data", ROOT / "data", "--reports", ROOT / "notebooks")
    assert done.exit_code == 0
    assert "核查算出的数字" in done.stdout
    assert "[rural-145-160]" in done.stdout and "[rural-145-159]" in done.stdout
    printed = ask("14", "--lang", "zh", "--data", ROOT / "data", "--reports", ROOT / "notebooks").stdout
    assert "报告里印出的数字" in printed and "egov-145-044" in printed  # the overview stands in this folder


@pytest.mark.parametrize(
    ("lang", "word"), [("zh", "待发文机关澄清"), ("en", "to be cleared up by the issuer")]
)
def test_ask_a_figure_that_does_not_agree_with_others(lang, word):
    stored_one = ask("12,861", "--lang", lang, "--data", ROOT / "data", "--reports", ROOT / "none").stdout
    assert stored_one.count(word) == 2  # with 11 637 of the text, and on the way to 26 581
    assert "chk-178" in stored_one and "chk-179" in stored_one
    assert "chk-182" not in stored_one  # the same computed another way
    computed = ask("15.6", "--lang", lang, "--data", ROOT / "data", "--reports", ROOT / "none").stdout
    assert word in computed


def test_ask_a_figure_that_was_proven_wrong():
    said = ask("159.6", "--lang", "zh", "--data", ROOT / "data", "--reports", ROOT / "none").stdout
    assert "经核算证实的错误" in said


@pytest.mark.parametrize("query", ["village-sewage-treatment-rate", "sewage", "污水治理"])
def test_ask_an_indicator(query):
    done = ask(query, "--lang", "en", "--data", ROOT / "data", "--reports", ROOT / "none")
    assert done.exit_code == 0
    assert "rural-145-171" in done.stdout and "rural-145-172" in done.stdout


def test_ask_what_nobody_stated():
    done = ask("123456.789", "--lang", "en", "--data", ROOT / "data", "--reports", ROOT / "none")
    assert done.exit_code == 1
    assert "nothing found for 123456.789" in done.stdout


def test_ask_a_broken_folder(folder):
    (folder / "targets.csv").write_text("id\n?\n", encoding="utf-8")
    done = ask("95", "--lang", "en", "--data", folder)
    assert done.exit_code == 2
    assert "targets.csv" in done.stdout
    done = ask("95", "--lang", "en", "--data", folder / "nowhere")
    assert done.exit_code == 2
    assert "Traceback" not in done.stdout


def test_ask_other_figures(folder, tmp_path):
    done = ask("98.88 %", "--lang", "zh", "--data", folder, "--reports", tmp_path)
    assert done.exit_code == 0
    assert "o-3" in done.stdout
    (tmp_path / "old.ipynb").write_text('{"cells": [{"outputs": [{"data": {}}]}]}', encoding="utf-8")
    assert lookup.printed(tmp_path, "98.88").empty


def test_ask_a_figure_of_a_first_page(tmp_path):
    facts = [
        {"label": "巩固率", "figure": "98.88 %（2020）", "ids": ["a"]},
        {"label": "人", "figure": "75,634 人", "ids": ["b", "c"]},
    ]
    cells = [{"outputs": [{"data": {BRIEF: {"facts": facts}}}]}]
    (tmp_path / "a.ipynb").write_text(json.dumps({"cells": cells}), encoding="utf-8")
    found = {
        query: lookup.printed(tmp_path, query)[["heading", "cell", "ids"]].values.tolist()
        for query in ("98.9", "98.88 %", "75634", "98")
    }
    rate = ["巩固率", "98.88 %（2020）", ["a"]]
    assert found == {"98.9": [rate], "98.88 %": [rate], "75634": [["人", "75,634 人", ["b", "c"]]], "98": []}


def test_ask_a_figure_as_its_column_shows_it_or_as_its_source_prints_it(tmp_path):
    row = ["甲", ["94,714", 94713.74, "#,##0", None]]
    data = {"title": "表", "headings": ["县", "人"], "sets": [], "rows": [row]}
    cells = [{"outputs": [{"data": {TABLE: data}}]}]
    (tmp_path / "a.ipynb").write_text(json.dumps({"cells": cells}), encoding="utf-8")
    found = {
        query: len(lookup.printed(tmp_path, query)) for query in ("94,714", "94713.74", "94,713.7", "94,713")
    }
    assert found == {"94,714": 1, "94713.74": 1, "94,713.7": 1, "94,713": 0}
