"""The server that has kernels forked: it comes and goes as it should, and leaves nothing behind."""

import os
import shutil
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from kernels import gone, kernel, said, sockets, until
from reportkit.kernel import client as servers

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not servers.FORKS, reason="kernels are ordinary ones on this system"),
]

ROOT = Path(__file__).parents[2]
# a program of its own: starts so many kernels one after the other, tells of each, and asks it what it reads
PROGRAM = f"""
import sys
sys.path.insert(0, {str(ROOT / "tests")!r})
from kernels import kernel, said
for _ in range(int(sys.argv[1])):
    with kernel() as (manager, client):
        parent = said(client, "import os; print(os.getppid())")
        print(manager.provisioner.pid, parent, manager.transport, flush=True)
        if (line := sys.stdin.readline()).strip():
            print(said(client, line))
"""


@pytest.fixture
def program(tmp_path):
    """Start the program with a temporary folder of its own; its process, its kernel, its kernel's parent."""
    started = []
    scratch = Path(tempfile.mkdtemp())  # not below tmp_path, where it would be too deep for a socket
    (tmp_path / "t").symlink_to(scratch)

    def start(rounds=1, **env):
        inherited = {key: value for key, value in os.environ.items() if key != servers.ADDRESS}
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(rounds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**inherited, "TMPDIR": str(scratch), **env},
        )
        started.append(process)
        pid, parent, transport = process.stdout.readline().split()
        return process, int(pid), int(parent), transport

    yield start
    for process in started:
        process.kill()
        process.communicate()
    shutil.rmtree(scratch)


def answered(process, code):
    return process.communicate(f"{code}\n")[0].strip()


def parent(client):
    return int(said(client, "import os; print(os.getppid())"))


def test_a_kernel_is_warm_computes_with_one_thread_and_has_no_port():
    with kernel() as (manager, client):
        assert psutil.Process(parent(client)).num_threads() == 1  # what is forked may have no other
        wanted = {"pandas", "seaborn", "statsmodels.api", "plan_monitor.fund.projection"}
        assert said(client, f"import sys; print({wanted} - set(sys.modules))") == "set()"
        numbers = "import numpy as np; len(np.ones((900, 900)) @ np.ones((900, 900)))"
        count = "import threading, psutil; print(psutil.Process().num_threads() - before)"
        assert (
            said(client, f"import psutil; before = psutil.Process().num_threads(); {numbers}; {count}") == "0"
        )
        ports = psutil.Process(manager.provisioner.pid).net_connections("inet")
        assert len(ports) <= 1  # ipykernel's own, on which it hears what forks of a kernel print
        place = Path(manager.ip)
        assert len([name for name in sockets(place.parent) if name.startswith(place.name)]) == 5


def test_a_kernel_is_forked_unless_its_output_goes_somewhere(tmp_path):
    with (tmp_path / "log").open("w") as log, Path(os.devnull).open("w") as nowhere:
        for output, forked in ((nowhere, True), (subprocess.DEVNULL, True), (log, False)):
            with kernel(stderr=output) as (_, client):
                assert (parent(client) != os.getpid()) == forked


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


def test_what_one_kernel_changes_is_not_seen_in_another():
    with kernel() as (_, one), kernel() as (_, other):
        said(one, "import pandas, reportkit.periods; pandas.changed = reportkit.periods.changed = 1")
        assert said(other, "import pandas, reportkit.periods; print(pandas.changed)") == "AttributeError"
        assert parent(one) == parent(other)


def test_twenty_kernels_at_once_leave_nothing():
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
    assert not [name for name in sockets(servers.folder()) if name.startswith(tuple(places))]


@pytest.mark.parametrize("end", [subprocess.Popen.communicate, subprocess.Popen.kill])
def test_everything_goes_when_the_client_ends_or_is_killed(program, tmp_path, end):
    process, pid, above, transport = program()
    family = psutil.Process(process.pid).children(recursive=True)
    assert {pid, above} < {relative.pid for relative in family}
    assert transport == "ipc"
    end(process)
    process.wait(30)
    assert until(lambda: all(gone(relative.pid) for relative in family))
    assert until(lambda: [*(tmp_path / "t").iterdir()] == [])


@pytest.mark.parametrize("victim", ["server", "forkserver"])
def test_kernels_die_with_what_they_are_forked_from_and_the_next_one_has_a_new(program, tmp_path, victim):
    process, pid, above, _ = program(rounds=2)
    forkserver = psutil.Process(above)
    (forkserver.parent() if victim == "server" else forkserver).kill()
    assert until(lambda: gone(pid) and gone(above))
    _, another, _ = answered(process, "").split()
    assert int(another) not in (above, process.pid)
    assert [*(tmp_path / "t").iterdir()] == []


def library(tmp_path):
    """A copy of the library that a test may change; what finds it."""
    shutil.copytree(ROOT / "lib", tmp_path / "lib")
    return tmp_path / "lib/reportkit", {
        "PYTHONPATH": f"{tmp_path / 'lib'}:{os.environ.get('PYTHONPATH', '')}"
    }


def test_a_changed_library_is_imported_anew_and_older_kernels_live_on(tmp_path):
    changed, env = library(tmp_path)
    code = f"""
import sys
sys.path.insert(0, {str(ROOT / "tests")!r})
from pathlib import Path
from kernels import gone, kernel, said, until
ask = "import os; print(os.getppid())"
with kernel() as (_, old):
    above = int(said(old, ask))
    with Path({str(changed / "periods.py")!r}).open("a") as file:
        file.write("ADDED = 17\\n")
    with kernel() as (manager, new):
        print(said(new, "from reportkit import periods; print(periods.ADDED)"))
        print(said(new, "import sys; print('seaborn' in sys.modules)"), int(said(new, ask)) != above)
        manager.restart_kernel()
        new.wait_for_ready(timeout=60)
        print(said(new, "print(1)"), said(old, "print(2)"))
print(until(lambda: gone(above)))
"""
    clean = {key: value for key, value in os.environ.items() if key != servers.ADDRESS}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=clean | env)
    assert done.stdout.split() == ["17", "True", "True", "1", "2", "True"], done.stderr


def test_where_nothing_can_be_forked_kernels_are_ordinary_ones(program, tmp_path):
    changed, env = library(tmp_path)
    (changed / "kernel/warm.py").write_text("raise RuntimeError('broken')\n")
    process, _, above, transport = program(**env)
    assert (transport, above) == ("ipc", process.pid)
    assert answered(process, "print(6 * 7)") == "42"
    assert process.returncode == 0
    assert [*(tmp_path / "t").iterdir()] == []


def test_where_nothing_forks_kernels_are_ordinary_ones(monkeypatch):
    monkeypatch.setattr(servers, "FORKS", False)
    with kernel() as (_, client):
        assert parent(client) == os.getpid()


def test_another_environment_for_the_interpreter_is_an_ordinary_kernel():
    with kernel(env={**os.environ, "PYTHONHASHSEED": "7"}) as (_, client):
        assert parent(client) == os.getpid()
        assert said(client, "import sys; print(sys.flags.hash_randomization)") == "1"


def test_a_folder_too_deep_for_a_socket_does_without(program, tmp_path):
    deep = tmp_path / ("d" * 100)
    deep.mkdir()
    process, _, above, transport = program(TMPDIR=str(deep))
    assert (transport, above) == ("tcp", process.pid)
    assert answered(process, "print(6 * 7)") == "42"


def test_a_kernel_that_is_asked_to_end_ends_by_itself():
    """Each of many: the thread that hears it is not left waiting for one that has ended (``forked``)."""

    def end(_):
        with kernel(extra_arguments=["--HistoryManager.enabled=False"]) as (manager, client):
            process = manager.provisioner.process
            said(client, "print(1)")
            manager.shutdown_kernel()
            return process.poll()

    with ThreadPoolExecutor(5) as several:
        assert set(several.map(end, range(25))) == {0}
