"""Whatever dies, fills up or is interrupted: nothing is half written, nothing lost, nobody left behind."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import psutil
import pytest

from kernels import gone, until
from reportkit.kernel import client
from small_project import notebook, project

pytestmark = pytest.mark.slow

# reports of one notebook that differ in a number; each notes that it began, and waits as long as it is told
ENTRY = "  - {notebook: schools/plan.ipynb, name: 'plan-{years}', matrix: {years: [%s]}}\n"
BEGINS = """
import os, pathlib, time
folder = pathlib.Path(%r)
with (folder / f"began-{years}").open("a") as file:
    file.write("x")
while (folder / f"wait-{years}").exists():
    time.sleep(0.05)
print(years)
"""
linux = pytest.mark.skipif(not client.FORKS, reason="needs a system whose processes can be forked and killed")


@pytest.fixture
def signs(tmp_path):
    """Where notebooks leave signs and tests theirs."""
    path = tmp_path / "signs"
    path.mkdir()
    return path


@pytest.fixture
def scratch():
    """A temporary folder for one render, short enough for sockets."""
    path = Path(tempfile.mkdtemp())
    yield path
    shutil.rmtree(path)


@pytest.fixture
def interruptible():
    """Programs that a test starts hear Ctrl-C, also where a shell runs the tests in its background.

    Such a shell has them ignore it, and whatever they start inherits that.
    """
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def render(tmp_path, folder, signs, scratch, interruptible):
    """Start ``plan-monitor render`` of so many reports, as a program of its own; ends what it started."""
    started = []

    def start(count, *arguments, code=BEGINS, **env):
        recipes = tmp_path / "reports/recipes.yml"
        if not recipes.exists():
            project(tmp_path, ENTRY % ", ".join(map(str, range(count))))
            notebook(tmp_path / "notebooks/schools/plan.ipynb", code % str(signs) if "%r" in code else code)
        inherited = {key: value for key, value in os.environ.items() if key != client.ADDRESS}
        said = ["render", "--recipes", recipes, "--data", folder, "--out", tmp_path / "o", *arguments]
        started.append(
            subprocess.Popen(
                [sys.executable, "-m", "plan_monitor.cli", *map(str, said)],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                start_new_session=True,
                env={**inherited, "LC_ALL": "en_US.UTF-8", "TMPDIR": str(scratch), **env},
            )
        )
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.communicate()


def began(signs, *numbers):
    return until(lambda: all((signs / f"began-{number}").exists() for number in numbers), 60)


def hold(signs, *numbers):
    for number in numbers:
        (signs / f"wait-{number}").touch()


def release(signs):
    for path in signs.glob("wait-*"):
        path.unlink()


def published(tmp_path):
    return sorted(path.name for path in (tmp_path / "o").iterdir() if path.name[0] != ".")


def reports(count):
    pages = [
        f"plan-{number}.{kind}"
        for number in range(count)
        for kind in ("docx", "html", "ipynb", "pdf", "xlsx")
    ]
    return sorted(["index.html", "manifest.json", *pages])


def times_begun(signs):
    return {path.name.removeprefix("began-"): len(path.read_text()) for path in signs.glob("began-*")}


def family(process):
    """All processes that descend from one, those that have sessions of their own included."""
    return psutil.Process(process.pid).children(recursive=True)


def workers(process):
    """The pool's workers: what the server that forks them has forked."""
    alive = [relative for relative in family(process) if not gone(relative.pid)]
    found = []
    for relative in alive:
        with contextlib.suppress(psutil.NoSuchProcess):  # one may end while it is asked
            if "render.report" in " ".join(relative.cmdline()):
                found += [child for child in relative.children() if not gone(child.pid)]
    return found


@linux
def test_a_worker_that_is_killed_loses_no_report(render, signs, tmp_path, scratch):
    hold(signs, 0, 1)
    running = render(4, "--jobs", "2")
    assert began(signs, 0, 1)
    workers(running)[0].kill()
    assert until(lambda: len(workers(running)) == 2 and times_begun(signs).get("2"), 60)
    release(signs)
    out, err = running.communicate(timeout=120)
    assert running.returncode == 0, out + err
    assert published(tmp_path) == reports(4)
    assert times_begun(signs) == {"0": 2, "1": 2, "2": 1, "3": 1}
    assert [*scratch.iterdir()] == []


@linux
def test_one_that_kills_its_worker_every_time_is_told_and_the_others_are_made(render, signs, tmp_path):
    code = (
        BEGINS
        + """
import psutil
if years == 1:
    for process in psutil.process_iter(["cmdline", "environ"]):
        mine = (process.info["environ"] or {}).get("TMPDIR") == os.environ["TMPDIR"]
        if mine and "render.report" in " ".join(process.info["cmdline"] or []):
            for worker in process.children():
                worker.kill()
    time.sleep(60)
"""
    )
    out, err = render(3, "--jobs", "2", code=code).communicate(timeout=180)
    assert "plan-1: the process making this report was killed" in out, err
    assert published(tmp_path) == [name for name in reports(3) if "plan-1" not in name]


@linux
def test_the_process_that_kernels_are_forked_from_is_killed_and_loses_no_report(render, signs, tmp_path):
    hold(signs, 0)
    running = render(2, "--jobs", "1")
    assert began(signs, 0)
    next(p for p in family(running) if "reportkit.kernel.warm" in " ".join(p.cmdline())).kill()
    assert until(lambda: times_begun(signs)["0"] == 2, 60)
    release(signs)
    out, err = running.communicate(timeout=120)
    assert running.returncode == 0, out + err
    assert published(tmp_path) == reports(2)


@linux
def test_a_killed_run_leaves_nobody_and_is_resumed(render, signs, tmp_path, scratch):
    hold(signs, 1)
    running = render(3, "--jobs", "1")
    assert began(signs, 0, 1)
    relatives = family(running)
    assert len(relatives) >= 5  # two that fork, the server of kernels, a kernel, a worker
    names = {relative.pid: relative.cmdline() for relative in relatives}
    running.kill()
    assert until(lambda: all(gone(pid) for pid in names)), [
        name for pid, name in names.items() if not gone(pid)
    ]
    assert until(lambda: not any(path.is_socket() for path in scratch.rglob("*")))
    release(signs)
    out, err = render(3, "--jobs", "1").communicate(timeout=120)
    assert "plan-0: unchanged" in out, out + err
    assert published(tmp_path) == reports(3)
    assert times_begun(signs) == {"0": 1, "1": 2, "2": 1}


@linux
def test_ctrl_c_ends_at_once_keeps_what_is_finished_and_the_next_run_resumes(
    render, signs, tmp_path, scratch
):
    hold(signs, 1)
    running = render(3, "--jobs", "1")
    assert began(signs, 0, 1)
    relatives = family(running)
    os.killpg(running.pid, signal.SIGINT)
    out, err = running.communicate(timeout=60)
    assert running.returncode == 130
    assert "interrupted" in out
    assert "Traceback" not in out + err
    assert published(tmp_path) == reports(1)
    assert until(lambda: all(gone(relative.pid) for relative in relatives))
    assert [*scratch.iterdir()] == []
    release(signs)
    out, _ = render(3, "--jobs", "2").communicate(timeout=120)
    assert "plan-0: unchanged" in out
    assert published(tmp_path) == reports(3)


def test_two_runs_into_one_folder_do_not_meet(render, signs, tmp_path):
    hold(signs, 0)
    first = render(1)
    assert began(signs, 0)
    out, err = render(1).communicate(timeout=60)
    assert "another render is writing to" in out, out + err
    release(signs)
    assert first.wait(60) == 0
    assert published(tmp_path) == reports(1)
    assert times_begun(signs) == {"0": 1}


def test_a_cell_that_runs_away_is_ended(render, tmp_path):
    running = render(1, "--timeout", "2", code="import time\nprint('so far')\ntime.sleep(600)")
    out, err = running.communicate(timeout=120)
    assert running.returncode == 1, err
    assert "timed out" in out
    assert "so far" in (tmp_path / "o/plan-0.failed.ipynb").read_text(encoding="utf-8")


@linux
@pytest.mark.skipif(shutil.which("unshare") is None, reason="needs unshare, to mount a small disk")
def test_a_full_disk_is_one_clear_message(render, signs, tmp_path, folder, scratch):
    out = tmp_path / "o"
    out.mkdir()
    mount = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"]
    small = f"mount -t tmpfs -o size=64k small {out}"
    if subprocess.run([*mount, small], capture_output=True).returncode:
        pytest.skip("this machine does not let a test mount a disk")
    recipes = project(tmp_path, ENTRY % "0, 1, 2")
    arguments = ["render", "--recipes", recipes, "--data", folder, "--out", out, "--jobs", "1"]
    words = " ".join(map(str, [sys.executable, "-m", "plan_monitor.cli", *arguments]))
    done = subprocess.run(
        [*mount, f"{small} && {words}; code=$?; ls -A {out}; exit $code"],
        capture_output=True,
        text=True,
        env={**os.environ, "LC_ALL": "en_US.UTF-8"},
    )
    assert done.returncode == 2, done.stdout + done.stderr
    assert done.stdout.count("No space left on device") == 1
    assert "Traceback" not in done.stdout + done.stderr
    left = [name for name in done.stdout.splitlines() if name.endswith((".part", ".html", ".ipynb"))]
    assert not any(name.endswith(".part") for name in left)


def test_what_was_published_before_a_run_that_failed_to_write_is_still_whole(render, signs, tmp_path):
    running = render(1)
    assert running.wait(120) == 0
    (tmp_path / "o/manifest.json").unlink()
    (tmp_path / "o/plan-0.html").unlink()
    (tmp_path / "o/plan-0.html").mkdir()  # cannot be replaced by a file
    out, _ = (again := render(1)).communicate(timeout=120)
    assert again.returncode == 2
    assert "cannot write" in out or "plan-0.html: " in out  # Windows says no more than that it is denied
    json.loads((tmp_path / "o/plan-0.ipynb").read_text(encoding="utf-8"))
