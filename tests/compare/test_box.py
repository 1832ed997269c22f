"""The section of a page that says what changed: where it stands, how long it is, what it marks."""

import nbformat
import pytest
from bs4 import BeautifulSoup

from reportkit import language, table
from reportkit.compare.box import insert
from reportkit.compare.changes import compare
from reportkit.compare.content import ABOUT, extract
from reportkit.formats.page import html, lay_out
from reportkit.jobs import Job

new_code, new_text = nbformat.v4.new_code_cell, nbformat.v4.new_markdown_cell


@pytest.fixture
def page(shown):
    """The page of a report with a table of some figures, and what changed since it had other ones."""

    def told(figures):
        table.table(
            "数字",
            [table.Column("名称", [f"第 {k} 行" for k in figures]), table.Column("值", figures.values())],
        )
        return nbformat.v4.new_output("display_data", shown.pop())

    def make(before, after, *sections, as_of="2024-12"):
        made = []
        for figures in (before, after):
            cells = [new_text("# 报告"), new_text("## 结论"), new_code("show()", outputs=[told(figures)])]
            cells += [new_text(f"## {section}") for section in sections]
            made.append(nbformat.v4.new_notebook(cells=cells))
        laid_out = lay_out(made[1], Job("plan", None, "d", {"lang": language.current()}, 1))
        made[0].metadata[ABOUT], made[1].metadata[ABOUT] = {"as_of": "2024-12"}, {"as_of": as_of}
        insert(laid_out, compare(*(extract(notebook, "plan") for notebook in made)))
        return BeautifulSoup(html(laid_out), "html.parser")

    return make


def test_it_stands_between_the_answer_and_what_follows(page):
    soup = page({1: "甲"}, {1: "乙"}, "方法", "数据")
    assert [heading.get_text() for heading in soup.select("main h2")] == [
        "结论",
        "与上一版相比",
        "方法",
        "数据",
    ]
    assert [heading.get_text() for heading in page({1: "甲"}, {1: "乙"}).select("main h2")] == [
        "结论",
        "与上一版相比",
    ]


def test_cells_that_changed_and_rows_that_are_new_are_marked(page):
    soup = page({1: "甲", 2: "–"}, {1: "甲", 2: "乙", 3: "丙"})
    marked = [(cell.get_text(), cell["title"]) for cell in soup.select(".changed")]
    assert marked == [("乙", "上一版：–"), ("第 3 行", "上一版没有这一行")]
    assert "△" in soup.select_one("#since").get_text()
    assert "△" in page({1: "甲"}, {1: "甲", 2: "乙"}).select_one("#since").get_text()
    assert "△" not in page({1: "甲", 2: "乙"}, {1: "甲"}).select_one("#since").get_text()


def test_what_did_not_change_is_said(page):
    soup = page({1: "甲"}, {1: "甲"})
    assert soup.select_one("#since p").get_text() == "结论、表格和图都与上一版相同。"
    assert soup.select("#since li, .changed") == []
    later = page({1: "甲"}, {1: "甲"}, as_of="2025-12").select_one("#since")
    assert [part.get_text() for part in later.select("p, li")][:1] == ["结论、表格和图都与上一版相同。"]
    assert [item.get_text() for item in later.select("li")] == ["截止时间：2024-12 → 2025-12"]
    with language.using("en"):
        said = page({1: "a"}, {1: "a"}).select_one("#since").get_text()
    assert (
        said == "Since the last editionThe answer, the tables and the charts are those of the last edition."
    )


@pytest.mark.parametrize(("changed", "listed", "left"), [(40, 40, []), (45, 40, ["另有 5 条没有列出。"])])
def test_it_is_no_longer_than_can_be_read(page, changed, listed, left):
    before, after = ({k: f"{word}{k}" for k in range(changed)} for word in ("甲", "乙"))
    soup = page(before, after)
    assert len(soup.select("#since li")) == listed
    assert [part.get_text() for part in soup.select("#since > p") if "没有列出" in part.get_text()] == left
    assert len(soup.select(".changed")) == changed
