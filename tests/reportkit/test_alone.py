"""The engine makes reports about anything: here bicycles, on a machine that has nothing about plans."""

import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import docx
import nbformat
import openpyxl
import pytest
from bs4 import BeautifulSoup

pytestmark = pytest.mark.slow

LIBRARY = Path(__file__).parents[2] / "lib"
RECIPES = """
notebooks: notebooks
domains:
  .: {en: Bicycles, zh: 自行车}
reports:
  - notebook: counts.ipynb
    name: counts-{bridge}-{lang}
    matrix:
      bridge: [north, south]
      lang: [en, zh]
  - notebook: weather.ipynb
    name: weather
    parameters: {lang: en}
"""
NAMES = [*(f"counts-{bridge}-{lang}" for bridge in ("north", "south") for lang in ("en", "zh")), "weather"]
PARAMETERS = """bridge: str = "north"  # of which bridge
lang: str = "en"
"""
COUNTS = """import matplotlib.pyplot as plt
import pandas as pd

counts = pd.DataFrame({"hour": ["07–08", "08–09", "09–10"], "bicycles": [1204, 2377, 881], "share": [27.25, 53.5, 19.25]})
counts"""
CHART = """plt.bar(counts["hour"], counts["bicycles"])
plt.show()"""
WEATHER = """from reportkit.figure import Figure
from reportkit.table import Column, table

days = [("Monday", 3.25), ("Tuesday", 12.5)]
table(("雨", "Rain"), [
    Column(("日", "Day"), [day for day, _ in days]),
    Column(("毫米", "mm"), [Figure.of(rain, 1, after=" mm") for _, rain in days]),
])"""


def notebook(path, *cells):
    made = nbformat.v4.new_notebook()
    made.metadata = {
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
        "language_info": {"name": "python"},
    }
    for kind, source, *tags in cells:
        new = nbformat.v4.new_markdown_cell if kind == "text" else nbformat.v4.new_code_cell
        made.cells.append(new(source, metadata={"tags": tags}))
    path.parent.mkdir(exist_ok=True)
    nbformat.write(made, path)


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    """The folder of the reports, made where ``import plan_monitor`` fails in every process."""
    place = tmp_path_factory.mktemp("bicycles")
    notebook(
        place / "notebooks/counts.ipynb",
        ("text", "# Bicycles of a morning\n\nHow many cross the bridge?"),
        ("code", PARAMETERS, "parameters"),
        ("text", "## Counts"),
        ("code", COUNTS),
        ("text", "## Over the hours"),
        ("code", CHART),
    )
    notebook(
        place / "notebooks/weather.ipynb",
        ("text", "# Weather"),
        ("code", 'lang: str = "en"', "parameters"),
        ("code", "from reportkit.render.parameters import parameters\nparameters(__name__)"),
        ("code", WEATHER),
    )
    (place / "recipes.yml").write_text(RECIPES, encoding="utf-8")
    blocked = place / "blocked/plan_monitor/__init__.py"
    blocked.parent.mkdir(parents=True)
    blocked.write_text("raise ImportError('the engine is alone')", encoding="utf-8")
    path = os.pathsep.join(map(str, (place / "blocked", LIBRARY)))
    left_out = ("REPORTKIT_SUBJECT", "REPORTKIT_KERNELS")  # of the process that runs the tests
    env = {name: value for name, value in os.environ.items() if name not in left_out}
    env |= {"PYTHONPATH": path, "LC_ALL": "C.UTF-8"}

    def make(*arguments):
        command = [
            sys.executable,
            "-m",
            "reportkit",
            "recipes.yml",
            "--out",
            "out",
            "--jobs",
            "2",
            *arguments,
        ]
        return subprocess.run(command, cwd=place, env=env, capture_output=True, text=True)

    made = make("--format", "docx", "--format", "pdf", "--format", "xlsx")
    assert made.returncode == 0, made.stdout + made.stderr
    assert sorted(made.stdout.split("\n"))[1:] == [*(f"{name}: ok" for name in sorted(NAMES))]
    (place / "recipes.yml").write_text(RECIPES.replace("[en, zh]", "[en, fr]"), encoding="utf-8")
    refused = make()
    assert refused.returncode == 2
    assert "expected a language of the notebook: zh, en" in refused.stderr
    return place / "out"


def test_every_report_is_there_in_every_format(out):
    for name in NAMES:
        assert all(
            (out / f"{name}.{ending}").is_file() for ending in ("html", "ipynb", "docx", "pdf", "xlsx")
        )
    front = BeautifulSoup((out / "index.html").read_text(encoding="utf-8"), "html.parser")
    assert {link["href"] for link in front.select("article h3 a")} == {f"{name}.html" for name in NAMES}
    assert "Bicycles" in front.get_text() and "plan" not in front.get_text().lower()


def test_a_page_has_the_text_the_table_and_the_chart(out):
    page = BeautifulSoup((out / "counts-north-en.html").read_text(encoding="utf-8"), "html.parser")
    assert page.h1.get_text() == "Bicycles of a morning"
    assert page.select_one(".question").get_text() == "How many cross the bridge?"
    assert [heading.get_text() for heading in page.select("h2")] == ["Counts", "Over the hours"]
    assert [cell.get_text() for cell in page.select("tbody tr")[1].select("td")] == ["08–09", "2377", "53.50"]
    assert len(page.select("figure.chart img")) == 1
    assert "plan" not in page.main.get_text().lower()
    chinese = BeautifulSoup((out / "counts-north-zh.html").read_text(encoding="utf-8"), "html.parser")
    assert chinese.html["lang"] == "zh-CN" and "目录" in chinese.get_text()


def test_the_numbers_of_a_sheet_are_numbers(out):
    sheet = openpyxl.load_workbook(out / "counts-south-en.xlsx").worksheets[1]
    assert [cell.value for cell in sheet[3]] == [0, "07–08", 1204, 27.25]
    rain = openpyxl.load_workbook(out / "weather.xlsx").worksheets[1]
    assert [(rain[f"B{row}"].value, rain[f"B{row}"].number_format) for row in (3, 4)] == [
        (3.3, '0.0" mm"'),
        (12.5, '0.0" mm"'),
    ]


def test_word_and_pdf_have_the_text(out):
    document = docx.Document(io.BytesIO((out / "counts-north-en.docx").read_bytes()))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[0] == "Bicycles of a morning" and "1 Counts" in texts
    assert document.tables[0].cell(2, 2).text == "2377"
    if shutil.which("pdftotext"):
        done = subprocess.run(["pdftotext", out / "counts-north-en.pdf", "-"], capture_output=True, text=True)
        assert all(text in done.stdout for text in ("Bicycles of a morning", "Counts", "2377"))


def test_nothing_of_the_engine_names_the_library_about_plans():
    """Contracts of imports see no name in a text, such as of a module to be imported."""
    files = [path for path in (LIBRARY / "reportkit").rglob("*") if path.is_file() and path.suffix != ".pyc"]
    assert len(files) > 50
    assert [path.name for path in files if b"plan_monitor" in path.read_bytes()] == []
