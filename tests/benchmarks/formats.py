"""CPU time for a report's page, PDF, Word and Excel from its executed notebook, and for nbconvert's webpdf.

Each notebook as it is committed, in one process, after a small one that does not count. The limit that was
set is one second of CPU, children included.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import nbformat

from reportkit import source
from reportkit.formats.all import formats
from reportkit.formats.page import lay_out
from reportkit.jobs import Job
from reportkit.render.tasks import FORMATS

ROOT = Path(__file__).parents[2]
WEBPDF = """
import functools, sys, time
from nbconvert import WebPDFExporter
from playwright.async_api import BrowserType
# Debian's in place of one that playwright would fetch
BrowserType.launch = functools.partialmethod(BrowserType.launch, executable_path=sys.argv[2])
print(time.process_time())
WebPDFExporter(disable_sandbox=True).from_filename(sys.argv[1])
"""


def spent() -> float:
    """CPU seconds of this process and of those that it started and that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def made(notebook: nbformat.NotebookNode) -> float:
    """CPU seconds for all formats of a notebook."""
    source.use("plan_monitor.subject")
    parameters = {"region": "530000", "as_of": "2025-12", "lang": "zh"}
    job = Job("made", None, "d", parameters, 1, folder=ROOT / "data", region_name="某地")
    start = spent()
    formats(lay_out(notebook, job), FORMATS)
    return spent() - start


def webpdf(path: Path) -> float | None:
    """CPU seconds of nbconvert's way by a browser, for the PDF alone and imports not counted.

    None where there is no browser.
    """
    browser = shutil.which("chromium")
    if browser is None or importlib.util.find_spec("playwright") is None:
        return None
    start = spent()
    done = subprocess.run([sys.executable, "-c", WEBPDF, path, browser], capture_output=True)
    return None if done.returncode else spent() - start - float(done.stdout)


def main() -> None:
    """Print one line a notebook, in the order of their time."""
    paths = sorted((ROOT / "notebooks").rglob("*.ipynb"))
    # not one of them: Typst remembers what it has laid out
    made(
        nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_markdown_cell("# 题\n**一**\n\n- 2\n\n|a|b|\n|-|-|\n|1|2|")]
        )
    )
    began, times = time.perf_counter(), {path: made(nbformat.read(path, as_version=4)) for path in paths}
    print(
        f"{len(paths)} notebooks in {time.perf_counter() - began:.1f} s; CPU seconds for html, docx, pdf, xlsx:"
    )
    for path, seconds in sorted(times.items(), key=lambda one: -one[1]):
        print(f"{seconds:6.2f}  {path.relative_to(ROOT / 'notebooks')}")
    longest = max(times, key=times.get)
    other = webpdf(longest)
    told = "cannot run here" if other is None else f"{other:.2f} s, for the PDF alone"
    print(f"nbconvert's webpdf of {longest.name}: {told}")


if __name__ == "__main__":
    main()
