"""The front page of few and of very many reports: its size, when it is seen, and how fast a search answers.

``python tests/benchmarks/front_page.py [COUNT …]``: of so many reports (54, 1 000, 5 692), opened from disk in
Chromium. A search is timed from the key to the frame that shows the answer; beside it stands the time that the
page's thread worked, which other work on the machine does not lengthen. Asked: search below 100 ms, first paint
below 1 s, and below 3 MB.
"""

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests"))  # helpers that tests use too
os.environ.setdefault("REPORTKIT_SUBJECT", "plan_monitor.subject")

from browser import DESK, shown, started  # noqa: E402
from many_reports import COUNTIES, folder_of  # noqa: E402
from reportkit.render.publish import publish  # noqa: E402
from reportkit.render.store import Folder  # noqa: E402

ROUNDS = 5
SEARCHES = ("清", "清河", "清河 邢台", "区", "没有", "")
FIRST_CARD = """
const look = () => document.querySelector("main article") ? window.there = performance.now() : requestAnimationFrame(look);
look();
"""
SEARCH = """async (words) => {
  const field = document.querySelector("main input[type=search]");
  const start = performance.now();
  field.value = words;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - start;
}"""


def measure(browser: Browser, index: Path) -> tuple[float, float, list[float], list[float]]:
    """First paint, first card, and for each search until its answer is painted and the thread's work; in ms."""
    with shown(browser, viewport=DESK) as page:
        page.add_init_script(FIRST_CARD)
        page.goto(index.as_uri())
        page.wait_for_function("window.there && !document.querySelector('main form').hidden")
        paint = page.wait_for_function(
            "performance.getEntriesByName('first-paint')[0]?.startTime"
        ).json_value()
        devtools = page.context.new_cdp_session(page)
        devtools.send("Performance.enable", {"timeDomain": "threadTicks"})

        def worked() -> float:
            metrics = devtools.send("Performance.getMetrics")["metrics"]
            return next(one["value"] for one in metrics if one["name"] == "TaskDuration") * 1000

        answered, work = [], []
        for words in SEARCHES:
            before = worked()
            answered.append(page.evaluate(SEARCH, words))
            work.append(worked() - before)
        return paint, page.evaluate("window.there"), answered, work


def main(counts: list[int]) -> None:
    heads = ("reports", "publish, CPU s", "MB", "paint, ms", "cards, ms", "search, ms", "slowest", "its work")
    print(*(f"{head:>14}" for head in heads))
    for count in counts:
        with tempfile.TemporaryDirectory() as place, started() as browser:
            folder = Path(place)
            records = folder_of(count, folder)
            start = time.process_time()
            publish(Folder(folder), records)
            cpu = time.process_time() - start
            index = folder / "index.html"
            rounds = [measure(browser, index) for _ in range(ROUNDS)]
            paint, cards = (statistics.median(values) for values in list(zip(*rounds, strict=True))[:2])
            searches = [statistics.median(each) for each in zip(*(one[2] for one in rounds), strict=True)]
            work = [statistics.median(each) for each in zip(*(one[3] for one in rounds), strict=True)]
            row = (cpu, index.stat().st_size / 1e6, paint, cards, statistics.median(searches))
            print(
                f"{count:>14}", *(f"{value:>14.2f}" for value in (*row, max(searches), max(work))), flush=True
            )


if __name__ == "__main__":
    main([int(count) for count in sys.argv[1:]] or [54, 1000, 2 * len(COUNTIES)])
