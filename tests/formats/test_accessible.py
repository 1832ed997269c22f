"""Pages of all reports in a real browser: readable for everybody, and nothing asked from outside."""

from pathlib import Path

import nbformat
import pytest

from browser import DESK, PHONE, SCREENS, cut_off, needed, serious, shown, started
from reportkit.formats.page import html, lay_out
from reportkit.jobs import Job
from reportkit.render.tasks import FORMATS

pytestmark = [pytest.mark.slow, needed]
ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").rglob("*.ipynb"))


def written(path, folder, lang):
    """Address of the page of a notebook as it is committed."""
    notebook = nbformat.read(path, as_version=4)
    parameters = {"region": "530000", "as_of": "2025-12", "lang": lang}
    job = Job(path.stem, None, "d", parameters, 1, folder=ROOT / "data", region_name="某地")
    page = folder / "page.html"
    page.write_text(html(lay_out(notebook, job), FORMATS), encoding="utf-8")
    return page.as_uri()


@pytest.fixture(scope="module", params=NOTEBOOKS, ids=lambda path: path.stem)
def address(request, tmp_path_factory):
    return written(request.param, tmp_path_factory.mktemp("page"), "zh")


@pytest.fixture(scope="module")
def browser():
    """One for all pages: to start it takes longer than to look at one."""
    with started() as one:
        yield one


def test_a_page_asks_for_nothing_and_has_no_serious_accessibility_fault(browser, address):
    with shown(browser, viewport=DESK) as page:
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(address)
        assert serious(page) == []  # which takes longer than what a script would ask for late
        assert [url for url in asked if not url.startswith("data:")] == [address]


def test_a_page_is_read_by_keyboard_and_fits_a_phone(browser, address):
    with shown(browser, viewport=PHONE) as page:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        reached = set()
        for _ in range(40):
            page.keyboard.press("Tab")
            at = page.evaluate("document.activeElement.tagName")
            if at == "BODY":  # past the last link of a short page
                break
            reached.add(at)
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none"
        assert "A" in reached
        link = page.locator("a.source").first
        if link.count():  # a figure leads to its note
            link.focus()
            page.keyboard.press("Enter")
            assert page.locator(".notes li:target").count() == 1


def test_the_first_screen_holds_answer_figures_and_chart(browser, address):
    with shown(browser) as page:
        page.goto(address)
        if not page.locator(".brief").count():
            pytest.skip("the notebook has no first page")
        assert page.locator(".brief > .chart").count() == 1
        for size in SCREENS.values():
            page.set_viewport_size(size)
            assert cut_off(page) == [], size
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_an_english_page_fits_a_phone(browser, path, tmp_path):
    """Its words are longer, and no line is broken within them."""
    with shown(browser, viewport=PHONE, is_mobile=True) as page:
        page.goto(written(path, tmp_path, "en"))
        assert page.evaluate("document.scrollingElement.scrollWidth") <= PHONE["width"]
        assert cut_off(page) == []
