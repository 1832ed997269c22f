"""A forked kernel behaves as an ordinary one does: each test runs on both."""

import os
import time

import pytest

from kernels import NAMES, gone, kernel, said, until
from reportkit.kernel import client as servers

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not servers.FORKS, reason="kernels are ordinary ones on this system"),
]


@pytest.fixture(params=NAMES)
def name(request):
    return request.param


def test_it_starts_where_and_with_what_it_is_told(name, tmp_path):
    env = {**os.environ, "TOLD": "某县", "TZ": "Asia/Shanghai", "TMPDIR": str(tmp_path)}
    with kernel(name, cwd=str(tmp_path), env=env) as (_, client):
        assert said(client, "import tempfile; print(tempfile.gettempdir()); del tempfile") == str(tmp_path)
        code = "import os, sys, time; print(os.getcwd(), os.environ['TOLD'], time.tzname[0], '' in sys.path)"
        assert said(client, code) == f"{tmp_path} 某县 CST True"
        assert said(client, "print(sorted(n for n in dir() if n[0] != '_'))") == (
            "['In', 'Out', 'exit', 'get_ipython', 'open', 'os', 'quit', 'sys', 'time']"
        )
        assert said(client, "print(__name__, sys.argv[1], sys.stdin.read() if False else '')").startswith(
            "__main__ -f"
        )


def reply(client, request):
    """Content of the answer to one request: while a kernel was awaited it may have been asked what it is more than once."""
    while (message := client.get_shell_msg(timeout=60))["parent_header"]["msg_id"] != request:
        pass
    return message["content"]


def test_a_cell_is_interrupted_and_the_next_one_runs(name):
    with kernel(name) as (manager, client):
        request = client.execute(
            "import time; print('begun', flush=True); time.sleep(60)", stop_on_error=False
        )
        while client.get_iopub_msg(timeout=60)["msg_type"] != "stream":  # it sleeps, or is about to
            pass
        time.sleep(0.5)
        manager.interrupt_kernel()
        assert reply(client, request)["ename"] == "KeyboardInterrupt"
        assert said(client, "print(1)") == "1"


def test_a_restarted_kernel_has_forgotten(name):
    with kernel(name) as (manager, client):
        said(client, "x = 1")
        before = manager.provisioner.pid
        manager.restart_kernel()
        client.wait_for_ready(timeout=60)
        assert said(client, "print(x)") == "NameError"
        assert manager.provisioner.pid != before
        assert gone(before)


# relies on threading._shutdown and atexit._run_exitfuncs of the standard library, which are not public
def test_what_is_to_run_at_exit_runs_when_threads_have_ended(name, tmp_path):
    with kernel(name, cwd=str(tmp_path)) as (manager, client):
        code = """
import atexit, pathlib, tempfile, threading, time
kept = tempfile.TemporaryDirectory(dir=".")
atexit.register(pathlib.Path("left").touch)
threading.Thread(target=lambda: (time.sleep(0.3), pathlib.Path("waited").touch())).start()
"""
        said(client, code)
        manager.shutdown_kernel()
        assert sorted(path.name for path in tmp_path.iterdir()) == ["left", "waited"]


@pytest.mark.parametrize(("code", "how"), [("os._exit(3)", 3), ("os.kill(os.getpid(), 9)", -9)])
def test_the_death_of_a_kernel_is_noticed(name, code, how):
    with kernel(name) as (manager, client):
        process = manager.provisioner.process
        client.execute(f"import os; {code}")
        assert until(lambda: not manager.is_alive())
        assert process.poll() == how


def test_what_a_kernel_started_is_interrupted_with_it(name):
    with kernel(name) as (manager, client):
        request = client.execute("import subprocess; subprocess.run(['sleep', '60'])")
        time.sleep(1)
        manager.interrupt_kernel()
        assert reply(client, request)["ename"] == "KeyboardInterrupt"


def test_a_function_of_a_cell_runs_in_other_processes(name):
    """By forks: other ways, and as of Python 3.14 one of them is taken if nothing is said, look for a file of the cell."""
    code = """
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
def double(number):
    return 2 * number
with ProcessPoolExecutor(1, get_context("fork")) as pool:
    print(*pool.map(double, [1, 2]))
"""
    with kernel(name) as (_, client):
        assert said(client, code) == "2 4"


def test_output_of_other_programs_is_shown(name):
    with kernel(name) as (_, client):
        assert said(client, "!echo 一二三").split() == ["一二三"]


def test_kernels_draw_different_random_numbers(name):
    code = "import random, numpy as np; print(random.random(), np.random.rand())"
    with kernel(name) as (_, one), kernel(name) as (_, two):
        assert not set(said(one, code).split()) & set(said(two, code).split())


def test_plots_are_drawn_inline_with_the_usual_settings(name):
    code = """
import matplotlib, matplotlib.pyplot as plt
print(matplotlib.get_backend().rsplit(".")[-1], plt.rcParams["axes.spines.top"], plt.rcParams["font.family"])
"""
    with kernel(name) as (_, client):
        assert said(client, code).lower() in (
            "inline true ['sans-serif']",
            "backend_inline true ['sans-serif']",
        )


def test_a_kernel_can_be_debugged(name):
    with kernel(name) as (_, client):
        request = client.session.msg(
            "debug_request",
            {"type": "request", "seq": 1, "command": "initialize", "arguments": {"adapterID": "x"}},
        )
        client.control_channel.send(request)
        reply = client.get_control_msg(timeout=30)
        assert reply["content"]["success"]
