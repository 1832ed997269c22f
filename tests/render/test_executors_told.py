"""How many reports are under way at once, which come first, and what becomes of lost ones; nobody makes any."""

import errno
import multiprocessing
import os
import pickle
import signal
import sys
import tempfile
import zlib
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import forkserver
from pathlib import Path
from types import SimpleNamespace

import pytest

from reportkit import source
from reportkit.formats import page
from reportkit.jobs import Job
from reportkit.render import executors, report
from reportkit.render.tasks import Output


def test_no_more_are_submitted_than_there_is_room_for_and_all_come_back():
    queue, submitted, most = deque("abcde"), {}, []

    def submit(job):
        future = Future()
        future.set_result(job)
        return future

    def room():
        most.append(len(submitted))
        return 2

    done = []
    for future in executors._completed(submit, queue, submitted, room):
        assert len(submitted) <= 2
        done.append(submitted.pop(future))
    assert sorted(done) == [*"abcde"] and not queue and most[0] == 0
    assert len(most) == 3  # two at once, two, one


def test_nothing_to_do_asks_for_no_room():
    assert [*executors._completed(None, deque(), {}, None)] == []


def test_a_report_is_packed_for_a_cluster_and_made_there(monkeypatch):
    made = []
    monkeypatch.setattr(executors, "make", lambda task: made.append(task) or "output")
    assert executors.make_packed(zlib.compress(pickle.dumps({"task": 1}))) == "output"
    assert made == [{"task": 1}]
    monkeypatch.undo()
    monkeypatch.setattr(report, "make", lambda task: f"made {task}")
    assert executors.make("it") == "made it"


def jobs(names, folder=None):
    return [Job(str(name), Path("plan.ipynb"), "d", {}, 1, folder=folder) for name in names]


@pytest.fixture
def local(monkeypatch):
    """Make reports with pools whose workers some jobs kill: what becomes of each."""

    def local(given, workers, killers=()):
        local.pools, local.closed = [], 0

        class Pool:
            def __init__(self, workers, folders):
                self.names, self.broken = [], False
                local.pools.append((workers, folders, self.names))

            def submit(self, make, task):
                assert make is executors.make
                self.names.append(task.name)
                self.broken |= task.name in killers
                future = Future()
                if self.broken:
                    future.set_exception(BrokenProcessPool())
                else:
                    future.set_result(Output(f"made {task.name}"))
                return future

            def close(self):
                local.closed += 1

        monkeypatch.setattr(executors, "_Pool", Pool)
        return {job.name: output.reason for job, output in executors.local(given, workers, lambda job: job)}

    return local


KILLED = "the process making this report was killed"


def test_what_was_under_way_when_a_worker_was_killed_is_made_again_alone(local):
    told = local(jobs("abKdef"), 2, "K")
    assert told == {"K": KILLED} | {name: f"made {name}" for name in "abdef"}
    assert [(workers, "".join(names)) for workers, _, names in local.pools] == [
        (2, "abKdef"),
        *((2, "ef"), (1, "K"), (1, "d")),
    ]
    assert local.closed == 4


def test_no_more_than_sixty_four_are_submitted_and_those_lost_come_first_again(local):
    numbers = [str(number) for number in range(66)]
    assert len(local(jobs(numbers), 3, ["0"])) == 66
    first, again, *alone = (names for _, _, names in local.pools)
    assert (first, again, alone) == (numbers[:64], numbers[3:], [["0"], ["1"], ["2"]])


def test_workers_have_the_data_of_all_reports_of_their_pool(local):
    local([*jobs("a", Path("/b")), *jobs("b", Path("/a")), *jobs("c", Path("/b")), *jobs("d")], 1)
    assert [pool[:2] for pool in local.pools] == [(1, [Path("/a"), Path("/b")])]
    assert local([], 1) == {} and local.pools == []


@pytest.mark.parametrize(
    ("platform", "given", "most"), [("win32", 70, 61), ("win32", 5, 5), ("linux", 70, 70)]
)
def test_windows_waits_for_no_more_than_sixty_one_workers(local, monkeypatch, platform, given, most):
    monkeypatch.setattr(executors, "sys", SimpleNamespace(platform=platform))
    local(jobs("a"), given)
    assert local.pools[0][0] == most


@pytest.fixture
def cluster(monkeypatch):
    """A cluster with three threads: what it is asked for, and what becomes of each report."""

    class Client:
        def __init__(self, address, **options):
            cluster.asked.append((address, options))

        def __enter__(self):
            return self

        def __exit__(self, *_):
            cluster.asked.append("left")

        def nthreads(self):
            return {"tcp://a": 2, "tcp://b": 1}

        def get_executor(self, **options):
            cluster.asked.append(options)
            return self

        def submit(self, make, packed):
            assert make is executors.make_packed
            task = pickle.loads(zlib.decompress(packed))
            cluster.names.append(task.name)
            future, told = Future(), cluster.outcomes.get(task.name, Output("made"))
            (future.set_exception if isinstance(told, Exception) else future.set_result)(told)
            return future

        def shutdown(self, wait):
            cluster.asked.append(("end", wait))

    def cluster(given, **outcomes):
        cluster.asked, cluster.names, cluster.outcomes = [], [], outcomes
        return executors.cluster(given, "tcp://host", lambda job: job)

    monkeypatch.setitem(sys.modules, "distributed", SimpleNamespace(Client=Client))
    return cluster


def test_a_cluster_has_two_reports_a_thread_and_those_ahead_and_is_left_at_once(cluster):
    made = cluster(jobs(range(72)))
    next(made)
    assert len(cluster.names) == 70
    assert len([*made]) == 71 and sorted(map(int, cluster.names)) == [*range(72)]
    assert cluster.asked == [
        ("tcp://host", {"timeout": "20s", "set_as_default": False}),
        *({"retries": 3, "pure": False}, ("end", False), "left"),
    ]


def test_a_report_whose_workers_were_lost_is_told_and_a_full_disk_ends_the_run(cluster):
    lost = RuntimeError("KilledWorker\nand more")
    told = {job.name: output.reason for job, output in cluster(jobs("abc"), a=lost, b=OSError(5, "no reply"))}
    assert told == {"a": "RuntimeError: KilledWorker", "b": "OSError: [Errno 5] no reply", "c": "made"}
    with pytest.raises(OSError, match="full"):
        [*cluster(jobs("a"), a=OSError(errno.ENOSPC, "full"))]
    assert cluster.asked[-2:] == [("end", False), "left"]


def test_a_cluster_that_is_not_there_is_said_in_one_line(cluster, monkeypatch):
    def refused(*_, **__):
        raise OSError("timed out\nand more")

    monkeypatch.setattr(sys.modules["distributed"], "Client", refused)
    with pytest.raises(executors.Unreachable, match=r"^no Dask scheduler at tcp://host: timed out$"):
        [*cluster(jobs("a"))]
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(executors.Unreachable, match="pip install distributed"):
        [*cluster(jobs("a"))]


def test_processes_are_forked_from_one_that_is_warm_where_that_is_possible(monkeypatch, tmp_path):
    places, preloaded = [], []
    monkeypatch.setattr(executors.client, "FORKS", True)
    monkeypatch.setattr(executors.client, "folder", lambda: tmp_path)
    monkeypatch.setattr(multiprocessing, "set_forkserver_preload", preloaded.append)
    monkeypatch.setattr(forkserver, "ensure_running", lambda: places.append(tempfile.tempdir))
    before = tempfile.tempdir
    assert executors._context().get_start_method() == "forkserver"
    assert (places, preloaded) == ([str(tmp_path)], [["reportkit.render.report"]])
    assert tempfile.tempdir == before

    def refused():
        raise OSError("AF_UNIX path too long")

    monkeypatch.setattr(forkserver, "ensure_running", refused)
    assert executors._context().get_start_method() == "spawn" and tempfile.tempdir == before
    monkeypatch.setattr(executors.client, "FORKS", False)
    assert executors._context().get_start_method() == "spawn" and len(preloaded) == 2


def test_before_the_first_report_both_servers_are_started(monkeypatch):
    started = []
    monkeypatch.setattr(executors.client, "lend", started.append)
    monkeypatch.setattr(executors, "_context", lambda: started.append("workers"))
    executors.warm_up([Path("/data")])
    assert started == [[Path("/data")], "workers"]


@pytest.fixture
def pool(monkeypatch):
    """A pool that has started no process yet."""
    monkeypatch.setattr(executors, "_context", lambda: multiprocessing.get_context("spawn"))
    monkeypatch.setenv(executors.client.ADDRESS, "/kernels")
    made = executors._Pool(3, [Path("/data")])
    yield made
    ProcessPoolExecutor.shutdown(made)


def test_a_worker_begins_with_the_subject_the_kernels_and_the_data(pool, monkeypatch):
    assert (pool._max_workers, pool._initializer) == (3, executors._begin)
    assert pool._initargs == (source.name(), "/kernels", [Path("/data")])
    submitted = []
    monkeypatch.setattr(ProcessPoolExecutor, "submit", lambda _, *given: submitted.append(given) or given)
    assert pool.submit(abs, -1) == (abs, -1)
    assert submitted == [(abs, -1), (int,)]


def test_workers_are_ended_at_once_and_those_that_stay_are_killed_after_twenty_seconds(pool, monkeypatch):
    told = []

    class Worker:
        def terminate(self):
            told.append("terminate")

        def join(self, seconds):
            told.append(seconds)

        def kill(self):
            told.append("kill")

    other = Worker()
    pool._others = {other}
    monkeypatch.setattr(multiprocessing, "active_children", lambda: [Worker(), other, Worker()])
    monkeypatch.setattr(pool, "shutdown", lambda **how: told.append(how))
    now = iter([100.0, 105.0, 130.0])
    monkeypatch.setattr(executors, "time", SimpleNamespace(monotonic=lambda: next(now)))
    pool.close()
    assert told == [
        {"wait": False, "cancel_futures": True},
        *("terminate", "terminate", 15.0, "kill", 0, "kill"),
        {},
    ]


def test_a_worker_leaves_ctrl_c_to_its_parent_prints_nothing_and_ends_with_it(monkeypatch):
    told, threads = [], []

    class Started:
        def __init__(self, **how):
            threads.append(how)

        def start(self):
            threads.append("started")

    monkeypatch.setattr(executors, "Thread", Started)
    monkeypatch.setattr(executors.signal, "signal", lambda *given: told.append(given))
    monkeypatch.setattr(executors.os, "dup2", lambda _, number: told.append(number))
    monkeypatch.setattr(executors.gc, "freeze", lambda: told.append("frozen"))
    monkeypatch.setattr(page, "prepare", told.append)
    monkeypatch.setattr(source, "use", lambda name: told.append(name))
    monkeypatch.setenv(executors.client.ADDRESS, "/before")
    executors._begin("a.subject", "", [Path("/data")])
    assert os.environ[executors.client.ADDRESS] == "/before"
    assert told == [(signal.SIGINT, signal.SIG_IGN), "a.subject", 2, [Path("/data")], "frozen"]
    parent = multiprocessing.parent_process()
    ending = {"target": executors._exit_with_parent, "args": (parent,), "daemon": True}
    assert threads == [ending, "started"]
    executors._begin("a.subject", "/kernels", [])
    assert os.environ[executors.client.ADDRESS] == "/kernels"
    ended = []
    monkeypatch.setattr(executors.os, "_exit", ended.append)
    executors._exit_with_parent(SimpleNamespace(join=lambda: ended.append("joined")))
    assert ended == ["joined", 1]
