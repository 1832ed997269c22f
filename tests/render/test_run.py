"""Real notebooks in real kernels; few, because each takes seconds."""

import json
from dataclasses import replace

import nbformat
import pytest

from reportkit.render import run
from reportkit.render.manifest import library
from reportkit.render.report import Client, ReportFailed, execute, make
from reportkit.render.run import Options
from reportkit.render.store import Folder
from reportkit.render.tasks import Task
from small_project import jobs as checked
from small_project import notebook, project

pytestmark = pytest.mark.slow

ENTRIES = (
    "  - {notebook: schools/plan.ipynb, name: 'plan-{lang}', parameters: {lang: en}}\n"
    "  - {notebook: schools/bad.ipynb, name: bad}\n"
)
TWO = Options(workers=2)


@pytest.fixture
def jobs(tmp_path, folder):
    notebook(
        tmp_path / "notebooks/schools/bad.ipynb", "print('so far')", "raise ValueError('no 数据\\nmore')"
    )
    return checked(project(tmp_path, ENTRIES), folder)


def made(jobs, out, options=TWO):
    """Reason by name, of those that were made now."""
    return {result.job.name: result.reason for result in run.run(jobs, Folder(out), options) if result.fresh}


def manifest(out):
    return json.loads((out / "manifest.json").read_text(encoding="utf-8"))


def shown(out):
    """What a folder shows to whoever looks into it."""
    return sorted(path.name for path in out.iterdir() if path.name[0] != ".")


def executed(job, scratch, timeout=60):
    task = Task(job, job.notebook.read_text(encoding="utf-8"), {}, "", Options(timeout=timeout))
    return execute(task, job.notebook.parent, scratch)


def test_one_failure_stops_no_other_and_keeps_what_there_is(tmp_path, jobs):
    out = tmp_path / "out"
    results = made(jobs, out)
    assert results["plan-en"] == ""
    assert results["bad"].startswith("ValueError: no 数据 (cell ")
    pages = ["bad.failed.ipynb", "index.html", "manifest.json", "plan-en.html", "plan-en.ipynb"]
    assert shown(out) == pages
    assert "so far" in (out / "bad.failed.ipynb").read_text(encoding="utf-8")
    assert "A county" in (out / "index.html").read_text(encoding="utf-8")
    page = json.loads((out / "plan-en.ipynb").read_text(encoding="utf-8"))
    assert page["metadata"]["reportkit"]["headline"] == "532399 by 2025-12: two reached."
    assert "papermill" not in page["metadata"]


def test_a_kernel_is_waited_for_by_the_client_that_knows_when_it_is_ready(tmp_path, jobs, monkeypatch):
    waited = []

    async def noted(self, timeout=None):
        waited.append(timeout)
        await ready(self, timeout)

    ready = Client.wait_for_ready
    monkeypatch.setattr(Client, "wait_for_ready", noted)
    executed(jobs[0], tmp_path)
    assert len(waited) == 1


def test_a_run_can_be_repeated_to_the_letter(tmp_path, jobs):
    for folder in ("one", "two"):
        made(jobs[:1], tmp_path / folder)
    for name in ("plan-en.html", "plan-en.ipynb", "index.html"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_a_report_of_no_data_is_made_on_a_machine_that_has_no_such_notebook(tmp_path, jobs):
    text = jobs[0].notebook.read_text(encoding="utf-8")
    job = replace(jobs[0], notebook=tmp_path / "elsewhere/notebooks/plan.ipynb", folder=None)
    result = make(Task(job, text, {"../a.txt": b"a note"}, library(), Options()))
    assert result.reason == "" and {".html", ".ipynb"} <= result.files.keys()


def test_what_a_report_runs_is_not_put_into_the_users_history(tmp_path, jobs):
    notebook(jobs[1].notebook, "print('kept:', get_ipython().history_manager.enabled)")
    outputs = [text for cell in executed(jobs[1], tmp_path).cells for text in cell.get("outputs", [])]
    assert outputs[-1]["text"].strip() == "kept: False"


def test_the_notebook_runs_in_its_own_folder(tmp_path, jobs):
    notebook(jobs[1].notebook, "import pathlib; raise LookupError(pathlib.Path.cwd().name)")
    with pytest.raises(ReportFailed) as failure:
        executed(jobs[1], tmp_path)
    assert failure.value.reason.startswith("LookupError: schools")


@pytest.mark.parametrize(
    ("code", "reason"),
    [("import os; os._exit(1)", "died"), ("import time; time.sleep(60)", "timed out")],
)
def test_a_kernel_that_dies_or_runs_away_is_a_failure_with_a_reason_and_keeps_what_there_is(
    tmp_path, jobs, code, reason
):
    notebook(jobs[1].notebook, "print('so far')", code)
    with pytest.raises(ReportFailed) as failure:
        executed(jobs[1], tmp_path, timeout=5)
    assert "\n" not in failure.value.reason
    assert reason in failure.value.reason
    outputs = [cell.get("outputs") for cell in nbformat.reads(failure.value.partial, 4).cells]
    assert any("so far" in str(output) for output in outputs)


def test_an_interactive_cell_is_never_rendered(tmp_path, jobs):
    path = jobs[0].notebook
    changed = nbformat.read(path, as_version=4)
    changed.cells.append(
        nbformat.v4.new_code_cell("raise ValueError('H0001')", metadata={"tags": ["interactive"]})
    )
    nbformat.write(changed, path)
    assert made(jobs[:1], tmp_path / "out") == {"plan-en": ""}
    files = [path for path in (tmp_path / "out").iterdir() if path.suffix in (".html", ".ipynb", ".json")]
    assert not any("H0001" in file.read_text(encoding="utf-8") for file in files)


def test_a_report_that_fails_after_it_succeeded_stays_as_it_was_and_says_so(tmp_path, jobs):
    out = tmp_path / "out"
    made(jobs[:1], out)
    before = (out / "plan-en.html").read_bytes()
    notebook(jobs[0].notebook, "1 / 0")
    assert "ZeroDivisionError" in made(jobs[:1], out)["plan-en"]
    assert (out / "plan-en.html").read_bytes() == before
    assert "The last update failed" in (out / "index.html").read_text(encoding="utf-8")
    notebook(jobs[0].notebook)
    assert made(jobs[:1], out) == {"plan-en": ""}
    assert shown(out) == ["index.html", "manifest.json", "plan-en.html", "plan-en.ipynb"]


def test_only_what_comes_out_the_same_again_is_published(tmp_path, jobs):
    out = tmp_path / "out"
    notebook(jobs[1].notebook, "import uuid\nprint('always')", *["print(uuid.uuid4())"] * 5)
    results = made(jobs, out, Options(workers=2, validate=True))
    assert results["plan-en"] == ""
    assert results["bad"] == "does not reproduce: code cell 6, 7, 8, 9, 10"  # all: as many as are named
    assert shown(out) == ["bad.failed.ipynb", "index.html", "manifest.json", "plan-en.html", "plan-en.ipynb"]
    assert manifest(out)["reports"]["plan-en"]["validated"] is True


def test_what_was_published_unvalidated_is_run_when_validation_is_asked_for(tmp_path, jobs):
    out = tmp_path / "out"
    made(jobs[:1], out)
    assert made(jobs[:1], out) == {}
    assert made(jobs[:1], out, Options(validate=True)) == {"plan-en": ""}
    assert made(jobs[:1], out, Options(validate=True)) == {}
    assert made(jobs[:1], out) == {}


def test_the_manifest_says_what_a_report_was_made_of(tmp_path, jobs):
    out = tmp_path / "out"
    made(jobs, out)
    record = manifest(out)["reports"]["plan-en"]
    assert record["parameters"]["lang"] == "en"
    assert record["status"] == "ok"
    assert record["versions"]["pandas"]
    assert record["seconds"]["execute"] > 0
    assert set(record["files"]) == {"plan-en.html", "plan-en.ipynb"}
    failed = manifest(out)["reports"]["bad"]
    assert (failed["status"], failed["reason"][:10]) == ("failed", "ValueError")
