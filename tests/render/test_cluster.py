"""Reports made on a real Dask cluster on this machine: a scheduler and two workers, each a process."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from kernels import gone, until
from reportkit.kernel import client
from reportkit.render import executors, run
from reportkit.render.run import Options
from reportkit.render.store import Folder
from small_project import SHOW, notebook, project
from small_project import jobs as checked

pytest.importorskip("distributed", reason="rendering on a cluster needs dask.distributed")

pytestmark = pytest.mark.slow

ENTRY = (
    "  - {notebook: schools/plan.ipynb, name: 'plan-{years}-{lang}', reads: [../notes/a.txt],\n"
    "     matrix: {years: [1, 2, 3], lang: [zh, en]}}\n"
)
BEGINS = """
import os, pathlib, time
print(pathlib.Path("../../notes/a.txt").read_text())
folder = pathlib.Path(%r)
(folder / f"began-{years}-{lang}-{os.getppid()}").touch()
while (folder / "wait").exists():
    time.sleep(0.05)
"""
HIDDEN = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"]


def hides(path):
    """Whether a test may hide a folder from a program."""
    words = [*HIDDEN, f"mount -t tmpfs none {path}"]
    return shutil.which("unshare") is not None and subprocess.run(words, capture_output=True).returncode == 0


@pytest.fixture
def signs(tmp_path):
    path = tmp_path / "signs"
    path.mkdir()
    return path


@pytest.fixture
def jobs(tmp_path, folder, signs):
    """Six reports of a project in a folder of its own, which holds no data."""
    mine = tmp_path / "project"
    (mine / "notes").mkdir(parents=True)
    (mine / "notes/a.txt").write_text("a note")
    recipes = project(mine, ENTRY)
    notebook(mine / "notebooks/schools/plan.ipynb", BEGINS % str(signs), SHOW)
    return checked(recipes, folder)


@pytest.fixture
def cluster(tmp_path):
    """Address of a scheduler, and its two workers; one does not see the project, if the machine allows that."""
    file, scratch = tmp_path / "scheduler.json", Path(tempfile.mkdtemp())
    env = {key: value for key, value in os.environ.items() if key != client.ADDRESS}
    started = []

    def start(module, *arguments, hidden=None):
        words = [sys.executable, "-m", f"distributed.cli.{module}", "--scheduler-file", str(file), *arguments]
        if hidden:
            words = [*HIDDEN, f"mount -t tmpfs none {hidden} && exec {' '.join(words)}"]
        log = (tmp_path / f"{len(started)}.log").open("w")
        process = subprocess.Popen(
            words, cwd=scratch, stdout=log, stderr=log, env={**env, "TMPDIR": str(scratch)}
        )
        log.close()
        started.append(process)
        return process

    start("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    assert until(file.exists, 60)
    project_folder = tmp_path / "project"
    ours = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1"]
    workers = [
        start("dask_worker", *ours, "--local-directory", str(scratch / name), hidden=hidden)
        for name, hidden in (("a", project_folder if hides(project_folder) else None), ("b", None))
    ]
    yield json.loads(file.read_text())["address"], workers
    families = [psutil.Process(p.pid).children(recursive=True) for p in started if p.poll() is None]
    # the scheduler last: a worker takes leave of it, or looks for it for 30 s
    for process in reversed(started):
        process.terminate()
        process.wait(60)
    assert until(lambda: all(gone(child.pid) for family in families for child in family))
    assert not [path for path in scratch.rglob("*") if path.is_socket()]
    shutil.rmtree(scratch)


def made(results):
    return {result.job.name: result.reason for result in results}


def pages(out):
    return {path.name: path.read_bytes() for path in out.glob("plan-*")}


def test_a_cluster_makes_the_same_reports_also_when_a_worker_is_killed(jobs, cluster, signs, tmp_path):
    address, workers = cluster
    assert made(run.run(jobs, Folder(tmp_path / "local"), Options(workers=2))) == dict.fromkeys(
        [job.name for job in jobs], ""
    )
    for sign in signs.iterdir():
        sign.unlink()
    (signs / "wait").touch()
    results = run.run(jobs, Folder(tmp_path / "remote"), Options(scheduler=address))
    templates = set()

    def both_at_work():
        templates.update(path.name.rpartition("-")[2] for path in signs.glob("began-*"))
        return len(templates) == 2

    with ThreadPoolExecutor(1) as aside:
        finished = aside.submit(lambda: made(results))
        assert until(both_at_work, 120), [path.read_text() for path in tmp_path.glob("*.log")]
        relatives = psutil.Process(workers[1].pid).children(recursive=True)
        workers[1].kill()
        workers[1].wait()
        assert until(lambda: all(gone(relative.pid) for relative in relatives))
        (signs / "wait").unlink()
        assert finished.result(180) == dict.fromkeys([job.name for job in jobs], "")
    assert pages(tmp_path / "remote") == pages(tmp_path / "local")


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "not an address"])
def test_a_scheduler_that_is_not_there_is_told(jobs, monkeypatch, tmp_path, address):
    monkeypatch.setattr(executors, "_PATIENCE", "1s")
    with pytest.raises(executors.Unreachable, match=f"no Dask scheduler at {address}"):
        list(run.run(jobs, Folder(tmp_path / "out"), Options(scheduler=address)))


def test_a_worker_with_another_library_refuses(jobs, monkeypatch, tmp_path):
    from reportkit.render import report

    task = run._task(jobs[0], run._bare, Options(), None)
    monkeypatch.setattr(report, "library", lambda: "another")
    assert "another version" in executors.make(task).reason
