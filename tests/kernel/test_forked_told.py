"""How a fork becomes a kernel and how it ends, step by step; nothing is forked."""

import signal
from types import SimpleNamespace

import numpy as np
import pytest
from ipykernel import kernelapp

from reportkit.kernel import client, forked

pytestmark = pytest.mark.skipif(not client.FORKS, reason="kernels are ordinary ones on this system")


@pytest.fixture
def steps(monkeypatch):
    """What a fork does, in its order."""
    done = []

    def noted(name):
        return lambda *given, **how: done.append((name, *given, *how.values()))

    class Thread:
        def __init__(self, target, daemon):
            done.append(("thread", target, daemon))

        def start(self):
            done.append(("started",))

    environment = {"OLD": "1"}
    system = SimpleNamespace(environ=environment, getppid=lambda: 77)
    for name in ("setsid", "chdir", "killpg"):
        setattr(system, name, noted(name))
    monkeypatch.setattr(forked, "os", system)
    monkeypatch.setattr(forked.multiprocessing, "set_start_method", noted("start method"))
    monkeypatch.setattr(forked, "threading", SimpleNamespace(Thread=Thread, _shutdown=noted("threads ended")))
    monkeypatch.setattr(forked.signal, "signal", noted("signal"))
    monkeypatch.setattr(forked.time, "tzset", lambda: done.append(("time zone", dict(environment))))
    monkeypatch.setattr(np.random, "seed", noted("seed"))
    monkeypatch.setattr(forked.sys, "argv", ["server"])
    monkeypatch.setattr(forked, "atexit", SimpleNamespace(_run_exitfuncs=noted("exit functions")))
    monkeypatch.setattr(forked, "_end_control", noted("control ended"))
    monkeypatch.setattr(kernelapp, "launch_new_instance", noted("kernel"))
    return done


BEGIN = [
    *(("setsid",), ("start method", None, True), ("thread", forked._follow, True), ("started",)),
    ("signal", signal.SIGINT, signal.default_int_handler),
    *(("time zone", {"NEW": "2"}), ("chdir", "/here"), ("seed",)),
]
END = [("threads ended",), ("control ended", kernelapp.IPKernelApp), ("exit functions",)]


def test_a_fork_runs_as_a_kernel_of_its_own_environment_and_ends_as_an_interpreter_does(steps):
    forked.become(["-f", "x.json"], {"NEW": "2"}, "/here")
    assert steps == [*BEGIN, ("kernel", ["-f", "x.json", "--IPKernelApp.parent_handle=77"]), *END]
    assert forked.sys.argv == ["ipykernel_launcher", "-f", "x.json"]


def test_a_kernel_that_is_told_to_exit_ends_in_the_same_way(steps, monkeypatch):
    def leave(argv):
        raise SystemExit(3)

    monkeypatch.setattr(kernelapp, "launch_new_instance", leave)
    with pytest.raises(SystemExit):
        forked.become([], {"NEW": "2"}, "/here")
    assert steps == [*BEGIN, *END]


@pytest.mark.parametrize(
    ("initialized", "alive", "told"),
    [(True, True, ["stop", "join"]), (True, False, []), (True, None, []), (False, True, [])],
)
def test_the_control_thread_is_ended_where_there_is_one_that_runs(initialized, alive, told):
    done = []
    thread = SimpleNamespace(
        is_alive=lambda: alive, stop=lambda: done.append("stop"), join=lambda: done.append("join")
    )
    one = SimpleNamespace(control_thread=None if alive is None else thread)
    forked._end_control(SimpleNamespace(initialized=lambda: initialized, instance=lambda: one))
    assert done == told


def test_a_kernel_ends_with_all_it_started_when_its_server_does(steps, monkeypatch):
    server = SimpleNamespace(join=lambda: steps.append(("server ended",)))
    monkeypatch.setattr(forked.multiprocessing, "parent_process", lambda: server)
    forked._follow()
    assert steps == [("server ended",), ("killpg", 0, signal.SIGKILL)]
