"""CPU time for a report's page, PDF, Word and Excel from its executed notebook, and for nbconvert's webpdf.

Each notebook as it is committed, in one process, after one that does not count. The limit that was set is
one second of CPU, children included.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat

from plan_monitor.render.formats import formats
from plan_monitor.render.jobs import Job
from plan_monitor.render.page import lay_out
from plan_monitor.render.tasks import FORMATS

ROOT = Path(__file__).parents[2]
WEBPDF = """
import sys, nbformat
from nbconvert import WebPDFExporter
exporter = WebPDFExporter(disable_sandbox=True, browser_args=["--no-sandbox"])
exporter.from_filename(sys.argv[1])
"""


def spent() -> float:
    """CPU seconds of this process and of those that it started and that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def made(path: Path) -> float:
    """CPU seconds for all formats of a notebook."""
    notebook = nbformat.read(path, as_version=4)
    parameters = {"region": "530000", "as_of": "2025-12", "lang": "zh"}
    job = Job(path.stem, path, "d", parameters, 1, folder=ROOT / "data", region_name="某地")
    start = spent()
    formats(lay_out(notebook, job), FORMATS)
    return spent() - start


def webpdf(path: Path) -> float | None:
    """CPU seconds of nbconvert's way by a browser, for the PDF alone; None where there is no browser."""
    if shutil.which("chromium") is None or importlib.util.find_spec("playwright") is None:
        return None
    with tempfile.TemporaryDirectory() as scratch:
        env = {
            **os.environ,
            "PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH": shutil.which("chromium"),
            "TMPDIR": scratch,
        }
        start = spent()
        done = subprocess.run([sys.executable, "-c", WEBPDF, path], env=env, capture_output=True)
        return None if done.returncode else spent() - start


def main() -> None:
    """Print one line a notebook, in the order of their time."""
    paths = sorted((ROOT / "notebooks").rglob("*.ipynb"))
    made(paths[0])
    began, times = time.perf_counter(), {path: made(path) for path in paths}
    print(
        f"{len(paths)} notebooks in {time.perf_counter() - began:.1f} s; CPU seconds for html, docx, pdf, xlsx:"
    )
    for path, seconds in sorted(times.items(), key=lambda one: -one[1]):
        print(f"{seconds:6.2f}  {path.relative_to(ROOT / 'notebooks')}")
    other = webpdf(paths[0])
    print(
        f"nbconvert's webpdf of {paths[0].name}: {'cannot run here' if other is None else f'{other:.2f} s'}"
    )


if __name__ == "__main__":
    main()
