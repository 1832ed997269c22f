"""Real notebooks in real kernels; few, because each takes seconds."""

import json
import shutil
import sys
import tempfile
from pathlib import Path

import nbformat
import pytest

from plan_monitor.render import inputs, run
from plan_monitor.render.execute import ReportFailed, execute
from plan_monitor.render.recipes import read
from plan_monitor.render.sources import Sources
from small_project import notebook, project

ENTRIES = (
    "  - {notebook: schools/plan.ipynb, name: 'plan-{lang}', parameters: {lang: en}}\n"
    "  - {notebook: schools/bad.ipynb, name: bad}\n"
)


@pytest.fixture
def jobs(tmp_path, folder):
    notebook(
        tmp_path / "notebooks/schools/bad.ipynb", "print('so far')", "raise ValueError('no 数据\\nmore')"
    )
    sources = Sources(folder)
    return inputs.check(read(project(tmp_path, ENTRIES), sources)[0], "recipes.yml", sources)[0]


def test_one_failure_stops_no_other_and_keeps_what_there_is(tmp_path, jobs):
    out = tmp_path / "out"
    results = {result.job.name: result.reason for result in run.run(jobs, out, 2)}
    assert results["plan-en"] == ""
    assert results["bad"].startswith("ValueError: no 数据 (cell ")
    assert sorted(path.name for path in out.iterdir()) == [
        "bad.failed.ipynb",
        "index.html",
        "plan-en.html",
        "plan-en.ipynb",
    ]
    assert "so far" in (out / "bad.failed.ipynb").read_text(encoding="utf-8")
    assert "A county" in (out / "index.html").read_text(encoding="utf-8")
    executed = json.loads((out / "plan-en.ipynb").read_text(encoding="utf-8"))
    assert executed["metadata"]["plan_monitor"]["headline"] == "532399 by 2025-12: two reached."
    assert "papermill" not in executed["metadata"]


def test_a_run_can_be_repeated_to_the_letter(tmp_path, jobs):
    for folder in ("one", "two"):
        list(run.run(jobs[:1], tmp_path / folder, 1))
    for name in ("plan-en.html", "plan-en.ipynb", "index.html"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_the_notebook_runs_in_its_own_folder(tmp_path, jobs):
    notebook(jobs[1].notebook, "import pathlib; raise LookupError(pathlib.Path.cwd().name)")
    with pytest.raises(ReportFailed) as failure:
        execute(jobs[1], tmp_path)
    assert failure.value.reason.startswith("LookupError: schools")


def test_a_kernel_that_dies_is_a_failure_with_a_reason(tmp_path, jobs):
    notebook(jobs[1].notebook, "import os; os._exit(1)")
    with pytest.raises(ReportFailed) as failure:
        execute(jobs[1], tmp_path)
    assert "\n" not in failure.value.reason
    assert "died" in failure.value.reason.lower()


def test_an_interactive_cell_is_never_rendered(tmp_path, jobs):
    path = jobs[0].notebook
    made = nbformat.read(path, as_version=4)
    made.cells.append(
        nbformat.v4.new_code_cell("raise ValueError('H0001')", metadata={"tags": ["interactive"]})
    )
    nbformat.write(made, path)
    assert [result.reason for result in run.run(jobs[:1], tmp_path / "out", 1)] == [""]
    assert not any("H0001" in file.read_text(encoding="utf-8") for file in (tmp_path / "out").iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="kernels use TCP there")
def test_kernels_talk_through_sockets_of_their_own_wherever_the_path_is_not_too_long(tmp_path, jobs):
    code = """
import json, ipykernel
raise RuntimeError(json.loads(ipykernel.get_connection_info())["transport"])
"""
    notebook(jobs[1].notebook, code)
    deep = tmp_path / ("d" * 100)
    deep.mkdir()
    for scratch, transport in ((Path(tempfile.mkdtemp()), "ipc"), (deep, "tcp")):
        with pytest.raises(ReportFailed) as failure:
            execute(jobs[1], scratch)
        assert failure.value.reason.startswith(f"RuntimeError: {transport}")
        assert list(scratch.rglob("*-ipc-*")) == []
        shutil.rmtree(scratch)
