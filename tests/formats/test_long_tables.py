"""Long tables: what a page says of them, and in a real browser that they are folded, sorted and filtered."""

import nbformat
import pytest
from bs4 import BeautifulSoup

from browser import DESK, PHONE, needed, serious, shown, started
from reportkit.formats.page import html, lay_out
from reportkit.jobs import Job
from reportkit.table import Column, table
from reportkit.way import Way
from reportkit.words import NOTHING, figure, number

pytestmark = pytest.mark.slow

NAMES = ["丙", "甲", "乙", *[f"第{k}县" for k in range(1, 18)]]  # 20 rows
PEOPLE = [30.0, 4.5, 1000.0, *[float(100 + k) for k in range(1, 17)], None]
STATES = [("未到期", "not_due"), ("失守", "lost"), ("偏慢", "slow"), *[("无数据", "")] * 17]


def columns(rows=20):
    people = [NOTHING if value is None else number(value) for value in PEOPLE]
    share = [figure(value, "%") for value in (9.0, 80.0)] + [figure(float(k), "人") for k in range(18)]
    states = [text for text, _ in STATES]
    marks = [f"status-{code}" if code else "no-data" for _, code in STATES]
    ways = [Way(1.0, float("nan"), 2.0 + k) for k in range(20)]
    return [
        Column(("县", "County"), NAMES[:rows]),
        Column(("人口", "People"), people[:rows], ways=ways[:rows]),
        Column(("数", "Figure"), share[:rows]),
        Column(("判断", "Verdict"), states[:rows], marks=marks[:rows]),
    ]


def page_of(bundles):
    outputs = [nbformat.v4.new_output("display_data", data=dict(bundle)) for bundle in bundles]
    cells = [nbformat.v4.new_markdown_cell("# 题"), nbformat.v4.new_code_cell("x", outputs=outputs)]
    return html(lay_out(nbformat.v4.new_notebook(cells=cells), Job("x", None, "d", {"lang": "zh"}, 1)))


def test_only_a_page_with_a_long_table_has_a_script(shown):
    table(("短表", "Short"), columns(15))
    table(("长表", "Long"), columns(16))
    short, long = (BeautifulSoup(page_of([bundle]), "html.parser") for bundle in shown)
    assert short.script is None and not short.select("#table-tools, .long, [data-ranks]")
    assert "script-src" not in short.meta.find_next(attrs={"http-equiv": True})["content"]
    assert len(long.select("script")) == 1 and long.select_one("figure.long")["id"] == "t1"


def test_a_page_says_which_cells_name_rows_and_how_they_are_ordered(shown):
    table(("表", "Table"), columns())
    soup = BeautifulSoup(page_of(shown), "html.parser")
    assert [cell.get_text() for cell in soup.select("tbody th[scope=row]")] == NAMES
    name, people, share, state = soup.select("thead th")
    assert "data-ranks" not in name.attrs
    ranks = people["data-ranks"].split(" ")
    assert (ranks[0], ranks[1], ranks[2], ranks[3], ranks[-1]) == ("1", "0", "18", "2", "-")
    units = share["data-ranks"].split(" ")  # shares among themselves, then persons
    assert (units[0], units[1], units[2]) == ("0", "1", "2")
    assert [int(rank) for rank in state["data-ranks"].split(" ")] == [3, 0, 1, *[2] * 17]


def test_a_total_is_no_row_to_be_sorted(shown):
    rows = [Column(("县", "County"), NAMES), Column(("数", "Figure"), [number(1.0)] * 20, total=True)]
    table(("表", "Table"), rows)
    soup = BeautifulSoup(page_of(shown), "html.parser")
    assert len(soup.select_one("th[data-ranks]")["data-ranks"].split(" ")) == 20
    assert soup.select("tbody tr")[-1]["class"] == ["total"] and len(soup.select("tbody tr")) == 21


@pytest.fixture(scope="module")
def browser():
    with started() as one:
        yield one


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """A page with a long table that has a total, and a link to what stands in its 19th row."""
    bundles = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("reportkit.table.display", lambda bundle, raw: bundles.append(bundle))
        table(("人口", "People"), [*columns(), Column(("校", "Schools"), [number(1.0)] * 20, total=True)])
    text = page_of(bundles).replace("第16县</th>", '<b id="aim">第16县</b></th>')
    path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_text(text.replace("</article>", '<a id="go" href="#aim">去</a></article>'), encoding="utf-8")
    return path.as_uri()


def names(page):
    return page.locator("tbody th:visible").all_inner_texts()


@needed
def test_a_long_table_shows_its_first_rows_and_the_rest_on_demand(browser, address):
    with shown(browser, viewport=DESK) as page:
        page.goto(address)
        assert names(page) == [*NAMES[:15], "合计"]
        more = page.locator("button.more")
        assert more.inner_text() == "显示其余 5 行"
        more.focus()
        page.keyboard.press("Enter")
        assert names(page) == [*NAMES, "合计"]
        assert page.evaluate("document.activeElement.textContent") == NAMES[15]
        assert more.inner_text() == "只显示前 15 行"
        more.click()
        assert len(names(page)) == 16


@needed
def test_columns_are_sorted_by_value_by_keyboard(browser, address):
    with shown(browser, viewport=DESK) as page:
        page.goto(address)
        heading = page.locator("thead th", has_text="人口")
        heading.locator("button").focus()
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
        for turn, first in (
            ("ascending", ["甲", "丙"]),
            ("descending", ["乙", "第16县"]),
            ("none", ["丙", "甲"]),
        ):
            page.keyboard.press("Enter")
            assert heading.get_attribute("aria-sort") == turn
            assert names(page)[:2] == first and names(page)[-1] == "合计"
        page.locator("button.more").click()
        for _ in range(2):  # what has no figure stands last, either way
            heading.locator("button").click()
            assert names(page)[-2:] == ["第17县", "合计"]
        page.locator("button.more").click()
        page.locator("thead th", has_text="县").first.locator("button").click()
        assert names(page)[:4] == ["丙", "第1县", "第2县", "第3县"]  # bing, di, jia, yi; numbers by value
        page.locator("thead th", has_text="判断").locator("button").click()
        assert names(page)[:2] == ["甲", "乙"]
        assert heading.get_attribute("aria-sort") == "none"


@needed
def test_what_is_looked_for_is_found_in_all_rows(browser, address):
    with shown(browser, viewport=DESK) as page:
        page.goto(address)
        page.get_by_label("筛选").fill("第16")
        assert names(page) == ["第16县"]  # and no total, which is that of all
        assert page.locator(".sift [role=status]").inner_text() == "1 行符合"
        page.get_by_label("筛选").fill("没有的")
        assert names(page) == [] and page.locator(".sift [role=status]").inner_text() == "没有符合的行"
        page.get_by_label("筛选").fill("")
        assert len(names(page)) == 16


@needed
def test_a_link_unfolds_the_row_that_it_leads_to(browser, address):
    for way in ("link", "address"):
        with shown(browser, viewport=DESK) as page:
            page.goto(address + ("#aim" if way == "address" else ""))
            if way == "link":
                page.locator("#go").click()
            page.locator("#aim").wait_for(state="visible")
            assert len(names(page)) == 21


@needed
def test_without_script_and_on_paper_all_rows_are_there(browser, address):
    with shown(browser, viewport=DESK, java_script_enabled=False) as page:
        page.goto(address)
        assert len(names(page)) == 21 and page.locator("button, input").count() == 0
    with shown(browser, viewport=DESK) as page:
        page.goto(address)
        page.emulate_media(media="print")
        assert len(names(page)) == 21 and page.locator("button.more:visible, .sift:visible").count() == 0


@needed
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_long_table_is_accessible_and_within_the_screen(browser, address, size):
    with shown(browser, viewport=size) as page:
        page.goto(address)
        page.locator("button.more").click()
        assert serious(page) == []
        assert page.evaluate("document.scrollingElement.scrollWidth") <= size["width"]
