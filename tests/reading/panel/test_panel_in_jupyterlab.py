"""The panel in JupyterLab, with real keys: the server, a kernel, a browser."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat
import psutil
import pytest
import requests
from axe_playwright_python.sync_playwright import Axe
from desks import stored

from browser import needed, started
from kernels import gone, until

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
WIDE = {"width": 1400, "height": 1100}


def notebook(path, **parameters):
    """The shipped notebook with other parameters."""
    copy = nbformat.read(ROOT / "notebooks/confirm.ipynb", as_version=4)
    (cell,) = [cell for cell in copy.cells if "parameters" in cell.metadata.get("tags", [])]
    for name, value in parameters.items():
        cell.source = re.sub(rf'^({name}: str = )".*?"', rf'\1"{value}"', cell.source, flags=re.MULTILINE)
    nbformat.write(copy, path)


@pytest.fixture
def server():
    """A server that shows a folder with the notebook: the folder, its address and its token."""
    root = Path(tempfile.mkdtemp())  # a short name: sockets lie below
    (root / "config").mkdir()
    (root / "config/jupyter_server_config.json").write_text('{"ServerApp": {"allow_root": true}}')
    notebook(root / "confirm.ipynb", data=(ROOT / "data").as_posix())
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("REPORTKIT")}
    names = {"DATA": "jupyter", "RUNTIME": "run", "CONFIG": "config"}
    folders = {f"JUPYTER_{name}_DIR": str(root / folder) for name, folder in names.items()}
    process = subprocess.Popen(
        [sys.executable, "-m", "plan_monitor.cli", "serve", root, "--no-browser", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=(root / "log").open("w"),
        env={**inherited, **folders, "LC_ALL": "zh_CN.UTF-8", "TMPDIR": str(root)},
    )
    try:
        listens = until(lambda: any(file.stat().st_size for file in root.glob("run/jpserver-*.json")), 90)
        assert listens, (root / "log").read_text()
        about = json.loads(next(root.glob("run/jpserver-*.json")).read_text())
        yield root, about["url"], about["token"]
    finally:
        children = psutil.Process(process.pid).children(recursive=True)
        process.terminate()
        process.wait(60)
    assert until(lambda: all(gone(child.pid) for child in children), 60)
    shutil.rmtree(root)


def run_all(page):
    """Run the notebook, and bring its panel into view."""
    page.get_by_text("plan-monitor | 空闲").first.wait_for(timeout=90_000)
    page.get_by_role("menuitem", name="运行", exact=True).click()
    page.locator("[data-command='runmenu:run-all']").click()
    panel = page.locator(".pm-confirm")
    panel.wait_for(timeout=90_000)
    panel.scroll_into_view_if_needed()
    return panel


def place_of(panel):
    """Where the figure in front stands."""
    return int(panel.locator("mark[aria-current]").get_attribute("data-at"))


@needed
def test_figures_are_confirmed_by_keys_and_a_restart_loses_nothing(server):
    folder, url, token = server
    kept = folder / "plan_text_synthetic-decisions.csv"

    def decided():
        return {place: entry.decision for place, entry in stored(kept).items() if entry.decision}

    def soon(condition):
        """What a page shows comes after what the kernel has done."""
        assert until(condition, 60)

    with started() as browser:
        page = browser.new_page(viewport=WIDE)
        page.set_default_timeout(90_000)
        page.goto(f"{url}lab/tree/confirm.ipynb?token={token}")
        page.locator(".jp-Notebook").wait_for(timeout=90_000)
        panel = run_all(page)
        cells = page.locator(".jp-Cell").count()

        def press(*keys):
            """Press keys, each on the figure that the one before brought."""
            for key in keys:
                number = panel.get_attribute("data-number")
                page.keyboard.press(key)
                page.wait_for_function(
                    "number => document.querySelector('.pm-confirm').dataset.number !== number", arg=number
                )

        panel.locator(".pm-where").click()
        places = []
        for key in "ynlx":  # x, in a notebook, cuts a cell
            places.append(place_of(panel))
            press(key)
        assert decided() == {places[0]: "yes", places[1]: "no", places[2]: "later"}
        assert page.locator(".jp-Cell").count() == cells
        soon(lambda: panel.locator("mark.pm-is-yes sup").inner_text() == "✓")
        press("u", "u")
        assert decided() == {places[0]: "yes", places[1]: "no"} and place_of(panel) == places[2]

        press("ArrowDown", "k", "j", "ArrowLeft")
        soon(lambda: place_of(panel) == places[2])
        page.keyboard.press("e")
        page.keyboard.type("yn学前毛入园率")  # letters are letters here
        page.keyboard.press("Escape")
        page.keyboard.press("e")
        page.keyboard.type("普惠性幼儿园覆盖面")
        press("Enter")
        assert stored(kept)[places[2]].row.indicator_zh == "普惠性幼儿园覆盖面"
        panel.get_by_label("时期").fill("20x5")
        press("Enter")
        soon(lambda: panel.get_by_label("时期").get_attribute("aria-invalid") == "true")
        press("y")  # not while that stands there
        assert places[2] not in decided()
        panel.get_by_label("时期").focus()
        press("Escape")
        soon(lambda: panel.get_by_label("时期").get_attribute("aria-invalid") == "false")
        assert not panel.locator("dl").is_visible()
        page.keyboard.press("?")
        panel.locator("dl").wait_for()
        faults = Axe().run(page, context=".pm-confirm").response["violations"]
        assert [(fault["id"], fault["nodes"][0]["html"]) for fault in faults] == []

        panel.get_by_role("button", name=re.compile("采纳全部有把握的")).click()
        soon(lambda: page.evaluate("document.activeElement.textContent") == "不")
        certain = int(re.search(r"有把握而未定的 (\d+)", panel.locator(".pm-progress").inner_text())[1])
        panel.get_by_role("button", name="一并采纳").click()
        panel.get_by_text(f"采纳了 {certain} 个数字").wait_for()
        before, front = decided(), place_of(panel)
        assert len(before) == certain + 2

        headers = {"Authorization": f"token {token}"}
        (kernel,) = requests.get(f"{url}api/kernels", headers=headers, timeout=60).json()
        restarted = requests.post(f"{url}api/kernels/{kernel['id']}/restart", headers=headers, timeout=60)
        assert restarted.ok
        panel.locator(".pm-where").click()
        page.keyboard.press("y")
        panel.get_by_text("内核没有回应").wait_for()
        assert decided() == before
        panel = run_all(page)
        soon(lambda: place_of(panel) == front)
