"""Kernels as their client sees them, without any: exit codes, what a server is known by, what cannot be forked."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
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
    assert kernel._connection.closed


def test_who_waits_for_a_kernel_waits_until_it_has_ended(pair):
    kernel, server = pair
    ended = threading.Timer(0.05, server.send, [5])
    ended.start()
    assert kernel.wait() == 5
    ended.join()


def test_a_kernel_whose_server_has_died_was_killed(pair):
    kernel, server = pair
    server.close()
    assert kernel.poll() == -signal.SIGKILL == kernel.wait()


def test_a_signal_goes_to_a_kernel_that_runs_and_to_no_other(pair, monkeypatch):
    kernel, server = pair
    sent = []
    monkeypatch.setattr(client.os, "kill", lambda *given: sent.append(given))
    kernel.send_signal(signal.SIGINT)
    assert sent == [(2**30, signal.SIGINT)]
    server.send(0)
    kernel.send_signal(signal.SIGINT)
    assert len(sent) == 1


def test_kernels_share_a_server_if_interpreter_library_and_fixed_environment_are_the_same():
    same = client.stamp(sys.executable, {"PYTHONPATH": "a", "LANG": "x"})
    assert len(same) == 16
    assert client.stamp(sys.executable, {"LANG": "y", "PYTHONPATH": "a"}) == same
    assert client.stamp(sys.executable, {"PYTHONPATH": "b"}) != same
    assert client.stamp("other", {"PYTHONPATH": "a"}) != same
    names = ("MPLBACKEND", "OMP_NUM_THREADS", "LD_LIBRARY_PATH", "IPYTHONDIR", source.VARIABLE)
    assert len({client.stamp(sys.executable, {name: "1"}) for name in names}) == len(names)


def test_kernels_do_not_share_a_server_after_a_module_has_changed(monkeypatch, tmp_path):
    (tmp_path / "lib/deep").mkdir(parents=True)
    modules = [tmp_path / "one.py", tmp_path / "lib/deep/two.py"]
    for path in (*modules, tmp_path / "lib/text.csv"):
        path.write_text("")
    monkeypatch.setattr(source, "libraries", lambda: [tmp_path / "lib", tmp_path / "one.py"])
    stamps = [client.stamp(sys.executable, {})]
    for path in modules:
        os.utime(path, (1, 1))
        stamps.append(client.stamp(sys.executable, {}))
    assert len({*stamps}) == 3
    os.utime(tmp_path / "lib/text.csv", (1, 1))
    assert client.stamp(sys.executable, {}) == stamps[-1]


def test_the_folder_of_sockets_goes_with_the_process_after_all_that_multiprocessing_has_there(monkeypatch):
    later = []
    monkeypatch.setattr(client, "Finalize", lambda *given, **how: later.append((given, how)))
    home = client._home.__wrapped__(-5)
    assert later == [((None, client._leave, (-5, home)), {"exitpriority": -200})]
    home.rmdir()


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


class Server:
    """A process of a server, whose input is a pipe; what it was told."""

    def __init__(self, ends=True):
        self.told, self.ends = [], ends
        self.read, write = os.pipe()
        self.stdin = os.fdopen(write, "wb", buffering=0)

    def wait(self, seconds):
        self.told.append(seconds)
        if not self.ends:
            raise subprocess.TimeoutExpired("server", seconds)

    def kill(self):
        self.told.append("killed")


@pytest.mark.parametrize("ends", [True, False])
def test_a_server_is_told_to_end_waited_for_ten_seconds_and_its_folder_removed(tmp_path, ends):
    server = Server(ends)
    client._servers[-7] = [server]
    (tmp_path / "home").mkdir()
    client._leave(-7, tmp_path / "home")
    assert server.told == [10, "killed"] and server.stdin.closed and -7 not in client._servers
    assert not (tmp_path / "home").exists()
    client._leave(-7, tmp_path / "home")  # nothing is left to do


@pytest.fixture
def home(monkeypatch):
    """A folder for sockets, whose path is short enough for them."""
    with tempfile.TemporaryDirectory() as home:
        monkeypatch.setattr(client, "_home", lambda process: Path(home))
        monkeypatch.setattr(client, "_servers", {})
        monkeypatch.setenv(client.ADDRESS, "/before")
        yield Path(home)


def test_a_server_starts_on_a_socket_of_its_own_and_older_ones_retire(home, monkeypatch):
    started = []

    def start(*command, **how):
        with socket.socket(socket.AF_UNIX) as asking:
            asking.connect(f"{command[0][5]}/stamp")  # it is listened to before the server runs
        started.append((command, how))
        return "new"

    monkeypatch.setattr(client.subprocess, "Popen", start)
    older = Server()
    client._servers[os.getpid()] = [older]
    (home / "stamp").touch()  # of one that has died
    monkeypatch.setenv("OMP_NUM_THREADS", "3")
    client._start("stamp", [Path("/a"), Path("/b")])
    (((command,), how),) = started
    assert command[:4] == [sys.executable, "-Xfrozen_modules=off", "-m", "reportkit.kernel"]
    assert (how["pass_fds"], command[5]) == ([int(command[4])], str(home))
    assert how["stdin"] == subprocess.PIPE and how["start_new_session"] is True
    assert how["stdout"] == how["stderr"] == subprocess.DEVNULL
    assert how["env"]["REPORTKIT_WARM_DATA"] == os.pathsep.join(["/a", "/b"])
    assert (how["env"]["OMP_NUM_THREADS"], how["env"]["MKL_NUM_THREADS"]) == ("3", "1")
    assert os.read(older.read, 9) == b"." and (home / "stamp").is_socket()
    assert client._servers[os.getpid()] == [older, "new"] and os.environ[client.ADDRESS] == str(home)
    (home / "stamp").unlink()
    client._servers.clear()
    client._start("stamp", [])  # where there was none
    assert (home / "stamp").is_socket() and client._servers[os.getpid()] == ["new"]
    older.stdin.close()


class Connection:
    """A connection to a server: what it was sent, and what it answers."""

    def __init__(self, answer=None, answers=True):
        self.sent, self.waited, self.answer, self.answers = [], [], answer, answers

    def send(self, message):
        self.sent.append(message)

    def poll(self, seconds):
        self.waited.append(seconds)
        return self.answers

    def recv(self):
        if self.answer is None:
            raise EOFError
        return self.answer

    def close(self):
        self.sent.append("closed")


@pytest.fixture
def servers(home, monkeypatch):
    """Servers that answer, one connection after the other, or do not; which of them were asked, and started."""

    def servers(*connections):
        servers.asked, servers.started, servers.used = [], [], []
        rest = iter(connections)

        def connect(address):
            servers.asked.append(address)
            if (connection := next(rest)) is None:
                raise ConnectionRefusedError
            return connection

        monkeypatch.setattr(client, "Client", connect)

    monkeypatch.setenv(client.ADDRESS, str(home))
    monkeypatch.setattr(client, "_start", lambda *given: servers.started.append(given))
    monkeypatch.setattr(client, "_failed", set())
    monkeypatch.setattr(source, "use", lambda name: servers.used.append(name))
    return servers


HERE = (["-f", "x"], sys.executable)


def test_a_kernel_is_asked_of_the_server_with_its_environment_and_waited_for_two_minutes(servers, home):
    servers(connection := Connection(41))
    env = dict(os.environ)
    kernel = client.launch(*HERE, env, "/here")
    assert (
        kernel.pid == 41 and connection.sent == [(["-f", "x"], env, "/here")] and connection.waited == [120]
    )
    assert servers.asked == [str(home / client.stamp(sys.executable, env))]
    assert servers.used == [env[source.VARIABLE]]


def test_a_server_that_does_not_answer_is_started_and_asked_again(servers):
    servers(None, None, Connection(41))
    assert client.launch(*HERE, dict(os.environ), "/here").pid == 41
    assert [data for _, data in servers.started] == [[]]


def test_a_kernel_that_nobody_forks_is_an_ordinary_one(servers):
    servers(late := Connection(41, answers=False))
    assert client.launch(*HERE, dict(os.environ), "/here") is None and late.waited == [120]
    assert client._failed == set()
    servers(Connection(None))
    assert client.launch(*HERE, dict(os.environ), "/here") is None
    assert client._failed == {client.stamp(sys.executable, os.environ)}
    servers(None)
    assert client.launch(*HERE, {source.VARIABLE: ""}, "/here") is None and servers.used == []


def test_a_server_that_answers_is_kept(servers):
    servers(connection := Connection())
    assert client.lend([Path("/data")]) is False
    assert connection.sent == ["closed"] and servers.started == []
