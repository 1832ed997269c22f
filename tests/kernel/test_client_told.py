"""Kernels as their client sees them, without any: exit codes, what a server is known by, what cannot be forked."""

import os
import signal
import subprocess
import sys
from multiprocessing import Pipe
from pathlib import Path

import pytest

from reportkit import source
from reportkit.kernel import client, provisioner
from reportkit.kernel.client import Forked

pytestmark = pytest.mark.skipif(not client.FORKS, reason="kernels are ordinary ones on this system")


@pytest.fixture
def pair():
    ours, servers = Pipe()
    yield Forked(2**30, ours), servers
    servers.close()


def test_a_kernel_runs_until_its_exit_code_comes(pair):
    kernel, server = pair
    assert kernel.poll() is None and kernel.returncode is None
    server.send(3)
    assert kernel.wait() == kernel.poll() == kernel.wait() == kernel.returncode == 3


def test_a_kernel_whose_server_has_died_was_killed(pair):
    kernel, server = pair
    server.close()
    assert kernel.poll() == -signal.SIGKILL == kernel.wait()


def test_a_signal_goes_to_a_kernel_that_runs_and_to_no_other(pair, monkeypatch):
    kernel, server = pair
    sent = []
    monkeypatch.setattr(client.os, "kill", lambda *given: sent.append(given))
    kernel.send_signal(signal.SIGINT)
    server.send(0)
    kernel.send_signal(signal.SIGINT)
    assert sent == [(2**30, signal.SIGINT)]


def test_kernels_share_a_server_if_interpreter_library_and_fixed_environment_are_the_same():
    same = client.stamp(sys.executable, {"PYTHONPATH": "a", "LANG": "x"})
    assert len(same) == 16
    assert client.stamp(sys.executable, {"LANG": "y", "PYTHONPATH": "a"}) == same
    assert client.stamp(sys.executable, {"PYTHONPATH": "b"}) != same
    assert client.stamp("other", {"PYTHONPATH": "a"}) != same
    names = ("MPLBACKEND", "OMP_NUM_THREADS", "LD_LIBRARY_PATH", "IPYTHONDIR", source.VARIABLE)
    assert len({client.stamp(sys.executable, {name: "1"}) for name in names}) == len(names)


def test_the_folder_of_sockets_is_the_shared_one_where_there_is_one(monkeypatch, tmp_path):
    monkeypatch.setenv(client.ADDRESS, str(tmp_path))
    assert client.folder() == tmp_path
    monkeypatch.setenv(client.ADDRESS, str(tmp_path / "gone"))
    assert client.folder() == client._home(os.getpid()) and client.folder().is_dir()


def test_without_a_subject_kernels_are_ordinary_ones(monkeypatch):
    assert client.spec() == source.required().NAME
    monkeypatch.setenv(source.VARIABLE, "")
    assert client.spec() == "python3"
    assert client.lend([]) is False


def test_what_could_not_start_is_not_tried_again(monkeypatch):
    monkeypatch.setattr(client, "_start", lambda *_: pytest.fail("it was tried"))
    monkeypatch.setattr(client, "_failed", {client.stamp(sys.executable, os.environ)})
    assert client.lend([]) is False


def test_a_server_is_started_where_none_answers(monkeypatch, tmp_path):
    started = []
    monkeypatch.setattr(client, "_start", lambda *given: started.append(given))
    monkeypatch.setenv(client.ADDRESS, str(tmp_path))
    assert client.lend([tmp_path]) is True
    assert started == [(client.stamp(sys.executable, os.environ), [tmp_path])]


def test_a_kernel_of_another_environment_is_not_forked(monkeypatch, tmp_path):
    monkeypatch.setattr(client, "lend", lambda data: pytest.fail("it was tried"))
    monkeypatch.setenv(client.ADDRESS, str(tmp_path))
    assert client.launch([], "other", {}, str(tmp_path)) is None


def test_output_that_goes_nowhere_is_that_of_a_forked_kernel(tmp_path):
    with Path(os.devnull).open() as nowhere, (tmp_path / "log").open("w") as log:
        outputs = [None, subprocess.DEVNULL, nowhere, log, subprocess.PIPE]
        assert [provisioner._nowhere(output) for output in outputs] == [True, True, True, False, False]
