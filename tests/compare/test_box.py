"""The section of a page that says what changed: where it stands, how long it is, what it marks."""

import nbformat
import pytest
from bs4 import BeautifulSoup
from lxml.html import fragment_fromstring

from reportkit import language, table
from reportkit.compare.box import insert
from reportkit.compare.changes import CellChange, Changes, RowChange, TableChange, compare
from reportkit.compare.content import ABOUT, Content, Table, extract
from reportkit.formats.charts import Drawing
from reportkit.formats.page import Page, html, lay_out
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


BODY = """<article><h1>t</h1><div><h2>结论</h2></div><div><p>x</p><h2>现状</h2></div><h2>方法</h2>
<figure><table><tbody><tr><td>图</td><td>1</td></tr></tbody></table></figure>
<table><tbody><tr><td>别处来的</td><td>1</td></tr></tbody></table>
<table><tbody><tr><td>甲</td><td><a title="注">2</a></td><td>3</td></tr><tr><td>乙</td><td>4</td><td/></tr></tbody></table>
</article>"""


@pytest.fixture
def marked():
    """A body with a chart's table, a foreign one and one of the report, after these changes of its tables."""

    def marked(*tables):
        body = fragment_fromstring(BODY)
        drawn, own = {"rows": []}, {"rows": []}
        page = Page("plan", {}, body, [], [drawn, None, own], [Drawing("", "", "", drawn)])
        old, new = Content("plan", "t"), Content("plan", "t")
        insert(page, Changes(old, new, list(tables), [], [], [], []))
        return body

    return marked


def changed(number, *rows):
    one = Table("", "", "表", "", ["名", "值", "注"], [], False)
    return TableChange(one, None if number is None else one, number, list(rows), [], [])


TWO = CellChange("值", 1, "1", "2", ())


@pytest.mark.parametrize(
    ("lang", "was", "new"),
    [("zh", "上一版：", "上一版没有这一行"), ("en", "last edition: ", "a row that the last edition had not")],
)
def test_cells_are_marked_in_the_reports_own_tables_with_what_stood_there(marked, lang, was, new):
    with language.using(lang):
        empty = CellChange("注", 2, "", "3", ())
        body = marked(
            changed(
                0,
                RowChange("丙", 0, None, []),
                RowChange("甲", 1, 0, [TWO, empty]),
                RowChange("乙", None, 1, []),
            )
        )
    titles = [(cell.text_content(), cell.get("title")) for cell in body.find_class("changed")]
    assert titles == [("2", f"{was}1"), ("3", f"{was}–"), ("乙", new)]
    assert body.find(".//a").get("title") == f"{was}1\n注"  # a link's own note is not lost
    told = [part.text for part in body.get_element_by_id("since").findall("p")]
    assert told[-1].count("△") == 1 and ("tables" in told[-1]) == (lang == "en")


def test_tables_that_are_gone_or_of_the_first_page_are_not_marked_and_those_behind_them_are(marked):
    row = RowChange("甲", 0, 0, [TWO])
    body = marked(changed(None), changed(1, row), changed(0, row))
    assert [cell.text_content() for cell in body.find_class("changed")] == ["2"]
    body = marked(changed(None), changed(1, row), changed(0))
    assert not body.find_class("changed") and "△" not in body.get_element_by_id("since").text_content()


def test_the_section_stands_before_the_part_that_the_second_heading_is_in(marked):
    body = marked()
    assert [part.tag for part in body][:4] == ["h1", "div", "div", "div"]
    assert body[2].get("id") == "since" and body[3].find("h2").text == "现状"


def test_a_section_of_a_page_with_two_headings_stands_before_the_second():
    body = fragment_fromstring("<article><h2>结论</h2><p>x</p><h2>方法</h2></article>")
    insert(Page("plan", {}, body, [], []), Changes(Content("", ""), Content("", ""), [], [], [], [], []))
    assert [part.tag for part in body] == ["h2", "p", "div", "h2"]


def test_sentences_left_out_are_counted_in_english_too(page):
    with language.using("en"):
        soup = page(*({k: f"{word} {k}" for k in range(42)} for word in ("a", "b")))
    assert "2 more are not listed." in [part.get_text() for part in soup.select("#since > p")]
