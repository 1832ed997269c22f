"""The process that kernels are forked from: it comes and goes as it should, and leaves nothing behind."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import psutil
import pytest

from kernels import NAMES, gone, kernel, said, sockets, until
from reportkit.kernel import client as templates

pytestmark = pytest.mark.skipif(not templates.FORKS, reason="kernels are ordinary ones on this system")

ROOT = Path(__file__).parents[2]
TESTS = str(ROOT / "tests")  # where programs of their own find kernels.py
# a program of its own: starts kernels, tells their processes, waits for a line for everything it does
PROGRAM = """
import sys
sys.path.insert(0, {tests!r})
from kernels import kernel, said
with kernel() as (manager, client):
    template = said(client, "import os; print(os.getppid())")
    print(manager.provisioner.pid, template, manager.transport, type(manager.provisioner.process).__name__, flush=True)
    for line in sys.stdin:
        print(said(client, line), flush=True)
"""


@pytest.fixture
def program(tmp_path):
    """Start the program with a temporary folder of its own; what it said first, and the process."""
    started = []
    scratch = Path(tempfile.mkdtemp())  # not below tmp_path, where it would be too deep for a socket
    (tmp_path / "t").symlink_to(scratch)

    def start(**env):
        inherited = {key: value for key, value in os.environ.items() if key != templates.ADDRESS}
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM.format(tests=TESTS)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**inherited, "TMPDIR": str(scratch), **env},
        )
        started.append(process)
        pid, template, transport, kind = process.stdout.readline().split()
        return process, int(pid), int(template), transport, kind

    yield start
    for process in started:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout, process.stderr):
            pipe.close()
    shutil.rmtree(scratch)


def test_a_kernel_is_talked_to_through_no_port():
    with kernel() as (manager, client):
        said(client, "print(1)")
        ports = psutil.Process(manager.provisioner.pid).net_connections("inet")
        assert len(ports) <= 1  # ipykernel's own, on which it hears what forks of a kernel print
        assert manager.transport == "ipc"
        place = Path(manager.ip)
        assert len([name for name in sockets(place.parent) if name.startswith(place.name)]) == 5


def test_a_template_has_one_thread_and_everything_imported():
    with kernel() as (_, client):
        template = psutil.Process(int(said(client, "import os; print(os.getppid())")))
        assert template.num_threads() == 1
        wanted = "import sys; print({'pandas', 'seaborn', 'statsmodels.api', 'plan_monitor.fund'} - {*sys.modules})"
        assert said(client, wanted) == "set()"


def test_the_shipped_notebooks_import_nothing_that_is_not_warm():
    cells = {
        line
        for path in (ROOT / "notebooks").rglob("*.ipynb")
        for line in path.read_text(encoding="utf-8").replace('\\n",', "").replace('"', "").splitlines()
        if line.strip().startswith(("from plan_monitor", "import "))
    }
    code = "\n".join(["import sys", "before = set(sys.modules)", *(line.strip() for line in cells)])
    with kernel() as (_, client):
        assert len(cells) > 5
        assert said(client, code + "\nprint(sorted(set(sys.modules) - before))") == "[]"


@pytest.mark.parametrize("address", ["http://例.cn/x", "http://例.cn/ x"])
def test_web_addresses_are_checked_as_in_an_ordinary_kernel(address):
    code = f"""
import jsonschema, sys
print("rfc3987_syntax" in sys.modules, jsonschema.FormatChecker(["iri"]).conforms({address!r}, "iri"))
import rfc3987_syntax
print(rfc3987_syntax.is_valid_syntax_iri({address!r}))
"""
    answers = []
    for name in NAMES:
        with kernel(name) as (_, client):
            answers.append(said(client, code).split())
    (late, *warm), (_, *ordinary) = answers
    assert late == "False"
    assert warm == ordinary == [str(" " not in address)] * 2


def test_twenty_kernels_at_once_leave_nothing():
    folder = templates.folder()
    pids, places, errors = [], [], []

    def work(number):
        try:
            with kernel() as (manager, client):
                pids.append(manager.provisioner.pid)
                places.append(Path(manager.ip).name)
                assert said(client, f"print({number} ** 2)") == str(number**2)
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(set(pids)) == 20
    assert until(lambda: all(gone(pid) for pid in pids))
    assert not [name for name in sockets(folder) if name.startswith(tuple(places))]


def test_everything_goes_when_the_owner_ends(program, tmp_path):
    process, pid, template, transport, kind = program()
    assert (transport, kind) == ("ipc", "Forked")
    assert sockets(tmp_path / "t") != []
    process.stdin.close()
    assert process.wait(30) == 0
    assert until(lambda: gone(pid) and gone(template))
    assert [*(tmp_path / "t").iterdir()] == []


def test_everything_goes_when_the_owner_is_killed(program, tmp_path):
    process, pid, template, *_ = program()
    process.send_signal(signal.SIGKILL)
    assert until(lambda: gone(pid) and gone(template))
    assert until(lambda: [*(tmp_path / "t").iterdir()] == [])


def test_kernels_die_with_their_template_and_the_next_one_has_a_new(tmp_path):
    code = f"""
import os, signal, sys
sys.path.insert(0, {TESTS!r})
from kernels import gone, kernel, said, until
parents = []
for number in range(2):
    with kernel() as (manager, client):
        parents.append(int(said(client, "import os; print(os.getppid())")))
        if number == 0:
            os.kill(parents[0], signal.SIGKILL)
            assert until(lambda: gone(manager.provisioner.pid) and not manager.is_alive())
        kind = type(manager.provisioner.process).__name__
print(len(set(parents)), kind)
"""
    env = {key: value for key, value in os.environ.items() if key != templates.ADDRESS}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env)
    assert done.stdout.split() == ["2", "Forked"], done.stderr


def library(tmp_path):
    """A copy of the library that a test may change; what finds it."""
    shutil.copytree(ROOT / "lib/plan_monitor", tmp_path / "lib/plan_monitor")
    return tmp_path / "lib/plan_monitor", {"PYTHONPATH": str(tmp_path / "lib")}


def test_a_changed_library_is_a_new_template_and_older_kernels_live_on(program, tmp_path):
    changed, env = library(tmp_path)
    code = f"""
import sys
sys.path.insert(0, {TESTS!r})
from pathlib import Path
from kernels import kernel, said, until, gone
with kernel() as (_, old):
    template = int(said(old, "import os; print(os.getppid())"))
    with Path({str(changed / "periods.py")!r}).open("a") as file:
        file.write("ADDED = 17\\n")
    with kernel() as (manager, new):
        print(said(new, "from plan_monitor import periods; print(periods.ADDED)"))
        print(type(manager.provisioner.process).__name__)
        manager.restart_kernel()
        new.wait_for_ready(timeout=60)
        print(said(new, "print(1)"), said(old, "print(2)"))
print(until(lambda: gone(template)))
"""
    clean = {key: value for key, value in os.environ.items() if key != templates.ADDRESS}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=clean | env)
    assert done.stdout.split() == ["17", "Forked", "1", "2", "True"], done.stderr


@pytest.mark.parametrize(
    "fault",
    [
        "raise RuntimeError('broken')",
        "import threading\nthreading.Thread(target=threading.Event().wait, daemon=True).start()",
    ],
)
def test_without_a_template_kernels_are_ordinary_ones(program, tmp_path, fault):
    changed, env = library(tmp_path)
    (changed / "kernel/warm.py").write_text(
        f"def up(data):\n    {fault}".replace("\n", "\n    ").replace("    def", "def")
    )
    process, _, template, transport, kind = program(**env)
    assert (transport, kind) == ("ipc", "Popen")
    assert template == process.pid
    process.stdin.write("print(6 * 7)\n")
    process.stdin.close()
    assert process.stdout.read().strip() == "42"
    assert process.wait(30) == 0
    assert [*(tmp_path / "t").iterdir()] == []


def test_another_environment_for_the_interpreter_is_an_ordinary_kernel():
    with kernel(env={**os.environ, "PYTHONHASHSEED": "7"}) as (manager, client):
        assert type(manager.provisioner.process).__name__ == "Popen"
        assert said(client, "print(hash('a'))") == said(client, "print(hash('a'))")
    with kernel() as (manager, client):
        assert type(manager.provisioner.process).__name__ == "Forked"


def test_where_nothing_forks_kernels_are_ordinary_ones(monkeypatch):
    monkeypatch.setattr(templates, "FORKS", False)
    with kernel() as (manager, client):
        assert type(manager.provisioner.process).__name__ == "Popen"
        assert said(client, "print(6 * 7)") == "42"


def test_a_folder_too_deep_for_a_socket_does_without(program, tmp_path):
    deep = tmp_path / ("d" * 100)
    deep.mkdir()
    process, _, _, transport, _ = program(TMPDIR=str(deep))
    assert transport == "tcp"
    process.stdin.write("print(6 * 7)\n")
    process.stdin.close()
    assert process.stdout.read().strip() == "42"
