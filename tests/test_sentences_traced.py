"""Every figure of every sentence leads to stored rows: cited itself, or its paragraph says what it rests on."""

import re
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup

from notebook_runs import executed
from plan_monitor.data.figures import stored
from reportkit.brief import BRIEF
from reportkit.table import CHART, TABLE, unpack
from reportkit.words import SENTENCE

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
# of first_report the rows are those of a package that it makes itself; confirm is a panel
OTHERS = ("first_report", "confirm")
NOTEBOOKS = sorted(path for path in (ROOT / "notebooks").rglob("*.ipynb") if path.stem not in OTHERS)
NO_FIGURE = re.compile(
    r"(?<![\d,.])(?:19|20)\d\d(?!,?\d|\.\d)"  # a year, a month, a span of them
    r"(?:[-–—/](?:(?:19|20)\d\d|[01]\d(?!\d)))?(?: 年(?: ?\d{1,2} 月)?)?"
    r"|\d+(?=[A-Za-z])|(?<=[A-Za-z])\d+"  # 5G, IPv6, 14th
    r"|(?:80|95) ?%(?= (?:区间|ranges?\b|intervals?\b))"  # a constant of the method
    r"|第 ?\d+ ?[条项章节号页行列]|[Ss]ections? \d+|《[^》]*》"  # a place, a title
)
FIGURE = re.compile(r"\d[\d,.]*")
# the record of the method's own trials, which is kept beside the method and is no row of the package
RECORD = ("在公开的年度面板数据上回测", "A backtest on public annual panels")


def loose(html):
    """The figures of a paragraph that lead nowhere, as text around them."""
    soup = BeautifulSoup(html, "html.parser")
    cited = soup.select("[data-cite]")
    if cited and not cited[-1].get_text() and not "".join(map(str, cited[-1].next_siblings)).strip("* \n"):
        return []  # what is computed has a basis
    for element in [*cited, *soup.select(".tile strong")]:  # a title is no figure
        element.replace_with("·")
    text = NO_FIGURE.sub("·", soup.get_text())
    return [text[max(0, at.start() - 20) : at.end() + 20] for at in FIGURE.finditer(text)]


def paragraphs(notebook):
    """The paragraphs that a notebook says, those of its first page included: HTML, and ids by number."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if BRIEF in data:
                page = BeautifulSoup(data["text/html"], "html.parser")
                for part in page.select(".answer, .facts strong, .steps li, .limits"):
                    yield part.decode_contents(), data[BRIEF]["sets"]
            elif SENTENCE in data:
                yield data[SENTENCE]["text"], data[SENTENCE]["sets"]
            elif data.get("text/markdown", "").startswith(RECORD):
                continue
            elif "text/markdown" in data and TABLE not in data and "text/html" not in data:
                yield data["text/markdown"], []


def faults(notebook, existing):
    """What leads nowhere, and ids that are of no stored row."""
    found = []
    for html, sets in paragraphs(notebook):
        found += loose(html)
        found += [one for ids in sets for one in ids if one not in existing]
    return found


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_figure_of_every_sentence_leads_to_stored_rows(path, shipped):
    assert faults(nbformat.read(path, as_version=4), set(stored(shipped).index)) == []


def test_the_english_sentences_lead_there_too(shipped, tmp_path):
    done = executed("governance/plan", tmp_path, lang="en")
    assert faults(done, set(stored(shipped).index)) == []


@pytest.mark.parametrize(
    ("html", "many"),
    [
        ("到 2025 年 6 月，2021–2025 年，5G，80 % 区间，第 3 条", 0),
        ("增加 15 %", 1),
        ('增加 <span data-cite="0">15 %</span>', 0),
        ('增加 15 %，减少 3 %。<span data-cite="0"></span>', 0),
        ('<span data-cite="0"></span>增加 15 %', 1),  # a basis stands at the end
        ("2,025 个，3.5 万", 2),
        ("20255", 1),
    ],
)
def test_what_counts_as_a_figure(html, many):
    assert len(loose(html)) == many


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_figure_of_every_chart_leads_to_stored_rows(path, shipped):
    existing, found = set(stored(shipped).index), []
    for cell in nbformat.read(path, as_version=4).cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {}).get(CHART)
            if data and data["title"] != "所称与实现":  # the record of the method's own trials
                found += [
                    cells
                    for cells in unpack(data)
                    if not cells[-1].ids or not existing.issuperset(cells[-1].ids)
                ]
    assert found == []
