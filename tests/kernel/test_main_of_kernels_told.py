"""The server of kernels without any: a request that does not come, a kernel that has gone."""

import os
from importlib import import_module
from multiprocessing import Pipe
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

    def Process(self, target, args):
        self.asked = (target, args)
        return SimpleNamespace(pid=7, start=lambda: None)


def test_a_client_is_told_the_number_of_its_kernel(server, monkeypatch):
    monkeypatch.setattr(server, "_CONTEXT", made := Kernels())
    ours, theirs = Pipe()
    ours.send((["-f", "x"], {"A": "1"}, "/"))
    assert server._start(theirs).pid == 7 == ours.recv()
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
