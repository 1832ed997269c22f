"""The server of kernels without any: a request that does not come, a kernel that has gone."""

import os
import socket
import tempfile
import threading
import time
from importlib import import_module
from multiprocessing import Pipe, forkserver
from multiprocessing.connection import Client
from types import SimpleNamespace

import pytest

from reportkit.kernel import client

pytestmark = pytest.mark.skipif(not client.FORKS, reason="kernels are ordinary ones on this system")


@pytest.fixture
def server():
    """Its module, which a system that does not fork cannot import."""
    return import_module("reportkit.kernel.__main__")


class Kernels:
    """A context that makes processes up; the last one has what it was asked to run."""

    started = False

    def Process(self, target, args):
        self.asked = (target, args)
        return SimpleNamespace(pid=7, start=self.start)

    def start(self):
        self.started = True


def test_a_client_is_told_the_number_of_its_kernel(server, monkeypatch):
    monkeypatch.setattr(server, "_CONTEXT", made := Kernels())
    ours, theirs = Pipe()
    ours.send((["-f", "x"], {"A": "1"}, "/"))
    assert server._start(theirs).pid == 7 and made.started
    assert ours.poll() and ours.recv() == 7
    assert made.asked == (server.become, (["-f", "x"], {"A": "1"}, "/"))


def test_a_client_that_asks_for_nothing_or_has_gone_gets_no_kernel(server, monkeypatch):
    monkeypatch.setattr(server, "_PATIENCE", 0)
    ours, theirs = Pipe()
    assert server._start(theirs) is None and theirs.closed
    ours, theirs = Pipe()
    ours.close()
    assert server._start(theirs) is None and theirs.closed


def test_a_kernel_that_runs_is_known_and_one_that_has_gone_is_ended_without_a_word(server, monkeypatch):
    assert server._runs(SimpleNamespace(pid=os.getpid()))
    ended = []

    def gone(*given):
        ended.append(given)
        raise ProcessLookupError

    monkeypatch.setattr(server.os, "kill", gone)
    monkeypatch.setattr(server.os, "killpg", gone)
    assert not server._runs(SimpleNamespace(pid=7))
    server._end(SimpleNamespace(pid=8))
    assert ended == [(7, 0), (8, server.signal.SIGKILL)]


@pytest.fixture
def serving(server, monkeypatch):
    """A server with its input and its listener, whose kernels are made up; they run until their pipe is closed."""
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as listener:
        listener.bind(f"{folder}/s")
        listener.listen(5)
        read, write = os.pipe()
        monkeypatch.setattr(server.sys, "stdin", os.fdopen(read))
        told = SimpleNamespace(
            listener=listener, input=write, ended=[], kernels=[], place=f"{folder}/s", starts=True
        )

        def start(connection):
            if not told.starts:
                return None
            end, alive = os.pipe()
            kernel = SimpleNamespace(sentinel=end, alive=alive, exitcode=3, pid=len(told.kernels))
            told.kernels.append(kernel)
            return kernel

        def end(kernel):
            told.ended.append(kernel.pid)
            os.close(kernel.alive)

        monkeypatch.setattr(server, "_start", start)
        monkeypatch.setattr(server, "_end", end)
        monkeypatch.setattr(server, "_runs", lambda kernel: False)
        yield told
        os.close(write)
        server.sys.stdin.close()


def soon(holds):
    """Wait until something holds, which takes an instant."""
    for _ in range(10_000):
        if holds():
            return
        time.sleep(0.001)
    pytest.fail("it never came")


def served(server, serving):
    """Serve in the background; the thread, and what it has returned."""
    results = []
    thread = threading.Thread(target=lambda: results.append(server.serve(serving.listener)), daemon=True)
    thread.start()
    return thread, results


def test_a_server_without_kernels_ends_when_it_is_retired(server, serving):
    os.write(serving.input, b".")
    assert server.serve(serving.listener) is False and serving.ended == []


def test_a_retired_server_serves_its_last_kernel_and_tells_its_exit_code(server, serving):
    client = Client(serving.place)
    thread, results = served(server, serving)
    soon(lambda: serving.kernels)
    os.write(serving.input, b".")
    thread.join(0.05)
    assert thread.is_alive()  # its kernel runs
    os.close(serving.kernels[0].alive)
    assert client.poll(10) and client.recv() == 3
    thread.join(10)
    assert results == [False] and serving.ended == []


def test_a_kernel_ends_with_its_connection_and_all_with_the_client(server, serving):
    first, second = Client(serving.place), Client(serving.place)
    thread, results = served(server, serving)
    soon(lambda: len(serving.kernels) == 2)
    first.close()
    soon(lambda: serving.ended)
    assert serving.ended == [0]
    os.dup2(os.open(os.devnull, os.O_RDONLY), serving.input)  # the other end is closed
    thread.join(10)
    assert results == [True] and serving.ended == [0, 1]
    second.close()


def test_where_the_process_that_kernels_are_forked_from_has_died_the_server_ends(
    server, serving, monkeypatch
):
    client = Client(serving.place)
    monkeypatch.setattr(server, "_runs", lambda kernel: True)

    def started(connection):
        end, alive = os.pipe()
        os.close(alive)
        return SimpleNamespace(sentinel=end, pid=1)

    monkeypatch.setattr(server, "_start", started)
    with pytest.raises(SystemExit, match="has died"):
        server.serve(serving.listener)
    client.close()


def test_a_request_that_comes_to_nothing_is_forgotten(server, serving):
    serving.starts = False
    with Client(serving.place):
        os.write(serving.input, b".")
        assert server.serve(serving.listener) is False


@pytest.mark.parametrize(("left", "safe"), [(True, True), (False, False)])
def test_a_server_whose_client_has_gone_clears_up_and_waits_for_nobody(
    server, monkeypatch, tmp_path, left, safe
):
    told = []
    (tmp_path / "home").mkdir()
    monkeypatch.setattr(server, "serve", lambda listener: told.append(listener) or left)
    monkeypatch.setattr(server.socket, "socket", lambda fileno: fileno)
    monkeypatch.setattr(forkserver, "ensure_running", lambda: told.append(tempfile.tempdir))
    monkeypatch.setattr(server.multiprocessing, "set_forkserver_preload", told.append)
    monkeypatch.setattr(server.os, "_exit", told.append)
    monkeypatch.setattr(tempfile, "tempdir", None)
    path = ["/first", "/second"]
    monkeypatch.setattr(server.sys, "path", path)
    monkeypatch.setattr(server.sys, "flags", SimpleNamespace(safe_path=safe))
    server.main("7", str(tmp_path / "home"))
    assert told == [["reportkit.kernel.warm"], str(tmp_path / "home"), 7, *[0] * left]
    assert path == (["/first", "/second"] if safe else ["/second"])
    assert (tmp_path / "home").exists() is not left
    server.main("7", str(tmp_path / "gone"))  # that a folder has gone is no fault
