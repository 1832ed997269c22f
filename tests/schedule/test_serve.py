"""From end to end: the server, a definition over its REST interface, a job each minute, its files."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
import pytest
import requests
from playwright.sync_api import sync_playwright
from requests.adapters import HTTPAdapter
from urllib3 import Retry

from browser import CHROMIUM, needed
from kernels import gone, until
from small_project import ANSWER, notebook

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
FORMATS = ["html", "pdf", "docx", "ipynb"]


@pytest.fixture(scope="module")
def root():
    """A project with a good notebook and one that fails."""
    path = Path(tempfile.mkdtemp())
    notebook(path / "plan.ipynb", ANSWER)
    notebook(path / "bad.ipynb", "print('so far')", "raise ValueError('no such figure')")
    yield path
    shutil.rmtree(path)


@pytest.fixture(scope="module")
def api(root):
    """Ask the REST interface of a server that shows that project."""
    shutil.copytree(ROOT / "data", root / "data")
    (root / "config").mkdir()
    (root / "config/jupyter_server_config.json").write_text('{"ServerApp": {"allow_root": true}}')
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("REPORTKIT")}
    process = subprocess.Popen(
        [sys.executable, "-m", "plan_monitor.cli", "serve", root, "--no-browser", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=(root / "log").open("w"),
        env={
            **inherited,
            **{"JUPYTER_DATA_DIR": str(root / "jupyter"), "JUPYTER_RUNTIME_DIR": str(root / "run")},
            **{"JUPYTER_CONFIG_DIR": str(root / "config"), "LC_ALL": "zh_CN.UTF-8", "TMPDIR": str(root)},
        },
    )
    try:
        listens = until(lambda: any(f.stat().st_size for f in root.glob("run/jpserver-*.json")), 90)
        assert listens, (root / "log").read_text()
        about = json.loads(next(root.glob("run/jpserver-*.json")).read_text())
        session = requests.Session()
        session.headers["Authorization"] = f"token {about['token']}"
        # it writes the file before it listens
        session.mount("http://", HTTPAdapter(max_retries=Retry(connect=10, backoff_factor=0.1)))

        def ask(method, path, **body):
            answer = session.request(method, about["url"] + path, json=body or None, timeout=60)
            assert answer.ok, answer.text
            return answer.json() if answer.content else None

        ask.address = f"{about['url']}lab?token={about['token']}"
        yield ask
    finally:
        children = psutil.Process(process.pid).children(recursive=True)
        process.terminate()
        process.wait(60)
    assert until(lambda: all(gone(child.pid) for child in children), 60)


def ask_for(notebook, **more):
    usual = {"input_uri": f"{notebook}.ipynb", "name": notebook, "runtime_environment_name": "plan-monitor"}
    return {**usual, "output_formats": FORMATS, "parameters": {"region": "532300"}, **more}


def ended(api, where, seconds):
    """The first job of some that has ended."""
    found = []

    def over():
        jobs = [job for job in api("GET", "scheduler/jobs")["jobs"] if where(job)]
        found[:] = [job for job in jobs if job["status"] in ("COMPLETED", "FAILED")]
        return found

    assert until(over, seconds)
    return found[-1]


def folder_of(root, job):
    """Where a job's files are, without anybody having asked for them."""
    return root / "jobs" / f"{Path(job['input_filename']).stem}-{job['job_id']}"


@pytest.fixture(scope="module", autouse=True)
def scheduled(api):
    """Definitions of a notebook that is good and of one that fails, due each minute.

    They are made before the first test and looked at by the last: a minute is long.
    """
    zones = {"plan": {"timezone": "Asia/Shanghai"}, "bad": {}}
    return {
        name: api("POST", "scheduler/job_definitions", **ask_for(name, schedule="* * * * *", **zone))[
            "job_definition_id"
        ]
        for name, zone in zones.items()
    }


def test_a_job_for_at_once_says_what_is_wrong_with_its_parameters(api):
    job = api("POST", "scheduler/jobs", **ask_for("plan", name="odd", parameters={"years": "six"}))["job_id"]
    done = ended(api, lambda one: one["job_id"] == job, 90)
    assert done["status"] == "FAILED"
    assert "int" in done["status_message"]


def test_the_form_offers_our_formats_and_the_interface_is_chinese(api):
    (environment,) = api("GET", "scheduler/runtime_environments")
    assert {offered["name"] for offered in environment["output_formats"]} == {
        *FORMATS,
        "xlsx",
        "brief.pdf",
        "brief.docx",
    }
    assert api("GET", "scheduler/config")["supported_features"]["parameters"] is True
    settings = api("GET", "lab/api/settings/@jupyterlab/translation-extension:plugin")
    assert settings["schema"]["properties"]["locale"]["default"] == "zh_CN"
    words = api("GET", "lab/api/translations/zh_CN")["data"]
    assert any("文件" in str(word) for word in words["jupyterlab"].values())


@needed
def test_jupyterlab_and_the_form_of_a_job_are_chinese(api):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(api.address)
        page.get_by_role("menuitem", name="文件", exact=True).wait_for(timeout=90_000)
        page.get_by_text("plan.ipynb").first.click(button="right")
        page.get_by_role("menuitem", name="新建任务").click()
        page.get_by_label("任务名称").wait_for()
        form = page.locator(".jp-create-job-form, .jp-notebook-jobs-panel").first.inner_text()
        browser.close()
    assert set(re.findall("[A-Z][a-z]{3,}", form)) == {"Word", "Excel"}


def test_jupyterlab_asks_no_website(api):
    settings = api("GET", "lab/api/settings/@jupyterlab/apputils-extension:notification")
    defaults = {name: about["default"] for name, about in settings["schema"]["properties"].items()}
    assert (defaults["fetchNews"], defaults["checkForUpdates"]) == ("false", False)


@needed
def test_what_was_explored_can_be_rendered(api, root):
    """The panel in JupyterLab: another indicator is chosen and kept; the copy is a report."""
    shutil.copy(ROOT / "notebooks/explore.ipynb", root / "explore.ipynb")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1300, "height": 3000})
        page.goto(api.address.replace("lab?", "lab/tree/explore.ipynb?"))
        page.locator(".jp-Notebook").wait_for(timeout=90_000)
        page.get_by_text("plan-monitor | 空闲").first.wait_for(timeout=90_000)
        page.get_by_role("menuitem", name="运行", exact=True).click()
        page.locator("[data-command='runmenu:run-all']").click()
        chosen = page.get_by_label("指标")
        chosen.select_option(label="残疾儿童少年入学率", timeout=90_000)
        page.get_by_text("楚雄州的残疾儿童少年入学率：").first.wait_for()
        assert page.get_by_label("领域").input_value() == "教育"
        page.get_by_role("button", name="留存").click()
        page.get_by_text("已写入 explore-disability-enrolment-rate.ipynb").wait_for()
        browser.close()
    asked = ask_for("explore-disability-enrolment-rate", output_formats=["html"], parameters={})
    job = api("POST", "scheduler/jobs", **asked)["job_id"]
    done = ended(api, lambda one: one["job_id"] == job, 90)
    assert done["status"] == "COMPLETED", done
    (page,) = folder_of(root, done).glob("*.html")
    assert "残疾儿童少年入学率" in page.read_text(encoding="utf-8")


def test_a_schedule_makes_reports_and_a_failure_is_called_one(api, root, scheduled):
    done = ended(api, lambda job: job.get("job_definition_id") == scheduled["plan"], 150)
    assert done["status"] == "COMPLETED", done
    failed = ended(api, lambda job: job.get("job_definition_id") == scheduled["bad"], 150)
    assert failed["status"] == "FAILED"
    assert "ValueError: no such figure" in failed["status_message"]
    for definition in scheduled.values():
        api("PATCH", f"scheduler/job_definitions/{definition}", active=False)

    made = {path.suffix: path for path in folder_of(root, done).iterdir() if path.name != "plan.ipynb"}
    assert set(made) == {f".{ending}" for ending in FORMATS}
    assert all((root / file["file_path"]).is_file() for file in done["job_files"])
    assert made[".pdf"].read_bytes().startswith(b"%PDF")
    page = made[".html"].read_text(encoding="utf-8")
    month = time.strftime("%Y-%m", time.gmtime(done["create_time"] / 1000 + 8 * 3600))
    assert f"532300 到 {month}" in page  # the scheduled time, in the timezone of the schedule
    assert "index.html" not in page

    (partial,) = (path for path in folder_of(root, failed).glob("*.ipynb") if path.name != "bad.ipynb")
    assert "so far" in partial.read_text(encoding="utf-8")
