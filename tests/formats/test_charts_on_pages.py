"""A chart on a page, on paper and in Excel: what is pointed at is what is stored, and leads to its note."""

import base64
import io
import re

import docx
import nbformat
import openpyxl
import pandas as pd
import pypdfium2
import pytest
from bs4 import BeautifulSoup

from browser import PHONE, needed, opened
from overprinted import overprinted
from plan_monitor import report as show
from reportkit.formats.all import formats
from reportkit.formats.page import html, lay_out
from reportkit.jobs import Job
from reportkit.table import CHART, unpack

TITLE = ("入园率三年提高两个百分点", "Up by two points in three years")


@pytest.fixture
def made(shown, small_package, package):
    """A page with two charts of the small package's figures, one of them of two panels, and the package."""
    points = show.labelled(package.observations, package)
    aims = show.labelled(package.targets, package)
    show.lines(points[points["unit"] == "%"], title=TITLE, subtitle=("%", "%"), targets=aims)
    wages = points[points["unit"] == "元"].assign(category="甲 <b>县</b>")
    show.bars(wages, title=("农民收入与上年相比", "Income"), unit="元", basis=["t-3"])
    outputs = [nbformat.v4.new_output("display_data", data=bundle) for bundle in text_of_bytes(shown)]
    cells = [nbformat.v4.new_code_cell("draw()", outputs=outputs)]
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"language_info": {"name": "python"}})
    page = lay_out(notebook, Job("a", None, "d", {"lang": "zh"}, 1, folder=small_package))
    return page, package, [bundle[CHART] for bundle in shown]


def text_of_bytes(bundles):
    """Bundles as a kernel sends them."""
    return [bundle | {"image/png": base64.b64encode(bundle["image/png"]).decode()} for bundle in bundles]


def parsed(page):
    return BeautifulSoup(html(page), "html.parser")


@pytest.mark.slow
def test_what_a_point_says_is_the_chart_s_data_and_the_stored_rows(made):
    page, package, charts = made
    soup = parsed(page)
    notes = {note["id"]: note.get_text().replace("\u00a0", " ") for note in soup.select(".notes li")}
    stored = pd.concat([package.observations, package.targets]).set_index("id")["value"]
    for figure, data in zip(soup.select("figure.chart"), charts, strict=True):
        # in the order of the data, panel by panel
        points = {point.span.contents[0]: point for point in figure.select(".point")}
        assert len(points) == len(data["rows"]) > 0
        for cells in unpack(data):
            *names, value = cells
            said = f"{' · '.join(cell.text for cell in names)}：{value.text}"
            (row,) = value.ids
            assert value.value == stored[row]
            assert points[said]["href"][1:] in notes
            source = points[said].small.get_text().replace("\u00a0", " ")
            assert source.split(" · ")[0] in notes[points[said]["href"][1:]]


def test_the_data_of_a_chart_stand_below_it_with_the_same_links_and_in_excel(made):
    page, _, charts = made
    soup = parsed(page)
    for figure, data in zip(soup.select("figure.chart"), charts, strict=True):
        rows = figure.select("details.data tbody tr")
        assert [[cell.get_text() for cell in row.find_all(["td", "th"])] for row in rows] == [
            [cell.text for cell in row] for row in unpack(data)
        ]
        links = {row.a["href"] for row in rows}
        assert links == {point["href"] for point in figure.select(".point")}
        shown = {int(number["href"][2:]) for number in figure.select(".chart-sources a")}
        assert shown <= {int(link[2:]) for link in links}
    book = openpyxl.load_workbook(io.BytesIO(formats(page, ("xlsx",))[".xlsx"]))
    sheets = book.worksheets[1:3]
    values = [[row[-1].value for row in sheet.iter_rows(min_row=3)] for sheet in sheets]
    assert values == [[cells[-1].value for cells in unpack(data)] for data in charts]


def test_charts_of_a_page_share_no_name_and_hold_nothing_that_runs(made):
    page, *_ = made
    text = html(page)
    names = re.findall(r'\sid="([^"]+)"', text)
    assert len(names) == len(set(names))
    assert set(re.findall(r"url\(#([^)]+)\)|<use[^>]* href=\"#([^\"]+)\"", text)) <= {
        pair for name in names for pair in ((name, ""), ("", name))
    }
    assert "<b>县" not in text and "&lt;b&gt;县" in text
    assert "<metadata" not in text


def test_the_title_is_text_above_and_the_whole_chart_has_words_for_who_cannot_see_it(made):
    page, _, charts = made
    for figure, data in zip(parsed(page).select("figure.chart"), charts, strict=True):
        assert figure.find("figcaption").strong.get_text() == data["title"]
        (whole,) = figure.select("svg[role=img]")
        assert whole["aria-label"].startswith(f"{data['title']}。{data['subtitle']}".removesuffix("。"))
        assert data["title"] not in whole.get_text()  # said once


@pytest.mark.slow
def test_on_paper_there_is_the_chart_and_its_sources_and_nothing_to_point_at(made):
    page, _, charts = made
    count = len(page.body.find_class("point"))
    files = formats(page, ("docx", "pdf"))
    document = docx.Document(io.BytesIO(files[".docx"]))
    assert len(document.inline_shapes) == len(charts) < count
    titles = [p.text for p in document.paragraphs if p.style.name == "Chart Title"]
    assert [title.split("　")[-1] for title in titles] == [data["title"] for data in charts]
    assert sum(p.text.startswith("数字出处") for p in document.paragraphs) == len(charts)
    assert not document.tables
    assert files[".pdf"].count(b"/Alt") >= len(charts)
    said = "".join(sheet.get_textpage().get_text_range() for sheet in pypdfium2.PdfDocument(files[".pdf"]))
    assert [said.count(data["title"]) for data in charts] == [1, 1]
    assert overprinted(files[".pdf"]) == []


@pytest.mark.slow
@needed
def test_a_point_is_reached_by_keyboard_and_says_its_figure_within_a_phone_s_screen(made, tmp_path):
    page, _, charts = made
    place = tmp_path / "page.html"
    place.write_text(html(page), encoding="utf-8")
    with opened(viewport=PHONE) as browser:
        browser.goto(place.as_uri())
        assert browser.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        reached = set()
        for _ in range(60):
            browser.keyboard.press("Tab")
            at = browser.locator("a.point:focus .readout")
            if at.count():
                box = at.bounding_box()
                assert box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"]
                assert box["height"] > 20
                reached.add(at.inner_text())
        assert len(reached) == sum(len(data["rows"]) for data in charts)
        browser.keyboard.press("Tab")
        browser.locator("a.point").first.focus()
        browser.keyboard.press("Enter")
        assert browser.locator(".notes li:target").count() == 1
