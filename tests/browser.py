"""A real browser for the tests: Debian's Chromium, driven by Playwright; where there is none, they are skipped."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = shutil.which("chromium")
needed = pytest.mark.skipif(CHROMIUM is None, reason="needs chromium")
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
SCREENS = {"desk": {"width": 1280, "height": 800}, "phone": PHONE}  # what a first page is seen on first
# parts of a first page that are not seen without scrolling
_CUT_OFF = """() => [...document.querySelectorAll(
  "h1, .brief .answer, .facts .label, .facts strong, .facts .state, .brief > .chart :is(figcaption, .drawing, img)"
)].filter(part => {
  const box = part.getBoundingClientRect();
  return !box.height || box.left < 0 || box.right > innerWidth || box.top < 0 || box.bottom > innerHeight;
}).map(part => part.textContent)"""


@contextmanager
def started() -> Iterator[Browser]:
    """A browser; while it runs, nothing else may drive one or run an event loop."""
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])


@contextmanager
def shown(browser: Browser, **context) -> Iterator[Page]:
    """A page in a context of its own, which fails the test on an error of a script or of its policy."""
    page = browser.new_page(**context)
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    yield page
    page.close()
    assert faults == []


@contextmanager
def opened(**context) -> Iterator[Page]:
    """A page of a browser of its own."""
    with started() as browser, shown(browser, **context) as page:
        yield page


def serious(page: Page) -> list[tuple[str, str]]:
    """Serious faults of accessibility that axe-core finds: the rule, and the first place of each."""
    found = Axe().run(page).response["violations"]
    grave = [fault for fault in found if fault["impact"] in ("serious", "critical")]
    return [(fault["id"], fault["nodes"][0]["html"]) for fault in grave]


def cut_off(page: Page) -> list[str]:
    """What of a report's title, answer, figures with their states and chart its first screen does not show."""
    return page.evaluate(_CUT_OFF)
