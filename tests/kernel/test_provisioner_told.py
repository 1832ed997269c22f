"""How long a kernel is waited for, where it listens, and when it is forked; none is started."""

import asyncio
from pathlib import Path
from types import SimpleNamespace

import pytest
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from reportkit.kernel import client, provisioner
from reportkit.kernel.provisioner import ForkProvisioner

pytestmark = pytest.mark.skipif(not client.FORKS, reason="kernels are ordinary ones on this system")


def waited(monkeypatch, *polls, seconds=1.0):
    """How often a kernel is looked at until it has ended, or for as long as it is waited for."""
    clock, answers, asked = [0.0], iter(polls), []

    async def poll():
        asked.append(clock[0])
        clock[0] += seconds
        return next(answers)

    async def pause(seconds):
        assert 0 < seconds < 0.1  # as often as jupyter_client itself looks

    monkeypatch.setattr(provisioner, "time", SimpleNamespace(monotonic=lambda: clock[0]))
    monkeypatch.setattr(provisioner, "asyncio", SimpleNamespace(sleep=pause))
    kernel = SimpleNamespace(poll=poll)
    asyncio.run(ForkProvisioner.shutdown_requested(kernel))
    return len(asked)


def test_a_kernel_that_was_asked_to_end_is_waited_for_until_it_has(monkeypatch):
    assert waited(monkeypatch, 0, None) == 1
    assert waited(monkeypatch, None, None, 0, None) == 3


def test_a_kernel_that_does_not_end_is_waited_for_five_seconds(monkeypatch):
    assert waited(monkeypatch, *[None] * 20) == 5
    assert waited(monkeypatch, *[None] * 20, seconds=2.0) == 3


@pytest.fixture
def prepared(monkeypatch):
    """The manager of a kernel after its launch was prepared, on a system that forks."""

    async def nothing(self, **kwargs):
        return {"cmd": ["python"]}

    monkeypatch.setattr(LocalProvisioner, "pre_launch", nothing)

    def prepare(folder=Path("/f"), forks=True, **settings):
        monkeypatch.setattr(client, "FORKS", forks)
        monkeypatch.setattr(client, "folder", lambda: folder)
        one = SimpleNamespace(transport="tcp", ip="127.0.0.1", connection_file="")
        vars(one).update(settings)
        kernel = ForkProvisioner(kernel_id="0123456789")
        with monkeypatch.context() as patch:
            patch.setattr(ForkProvisioner, "parent", one)
            assert asyncio.run(kernel.pre_launch()) == {"cmd": ["python"]}
        return one.transport, one.ip, one.connection_file

    return prepare


def test_a_kernel_listens_on_sockets_of_its_own_unless_their_names_are_too_long(prepared):
    place = "/f/01234567"
    assert prepared() == ("ipc", f"{place}-ipc", f"{place}.json")
    assert prepared(connection_file="/x.json") == ("ipc", f"{place}-ipc", "/x.json")
    assert prepared(transport="ipc", ip="/y") == ("ipc", "/y", "")
    assert prepared(forks=False) == ("tcp", "127.0.0.1", "")
    room = provisioner._LONGEST - len("/01234567")
    for length, transport in ((room, "ipc"), (room + 1, "tcp")):
        assert prepared(Path("/" + "x" * (length - 1)))[0] == transport


@pytest.fixture
def launched(monkeypatch, tmp_path):
    """Whether a kernel is forked, with which arguments; else an ordinary one is started."""

    async def ordinary(self, cmd, **kwargs):
        return "ordinary"

    monkeypatch.setattr(LocalProvisioner, "launch_kernel", ordinary)

    def launch(*cmd, forks=True, found=True, **kwargs):
        asked = []
        process = SimpleNamespace(pid=7) if found else None
        monkeypatch.setattr(client, "FORKS", forks)
        monkeypatch.setattr(client, "launch", lambda *given: asked.append(given) or process)
        kernel = ForkProvisioner(kernel_id="k")
        kernel.connection_info = {"ip": "x"}
        made = asyncio.run(
            kernel.launch_kernel([*cmd], **{"cwd": str(tmp_path), "env": {"A": "1"}, **kwargs})
        )
        return made, asked, kernel.pid

    return launch


def test_a_kernel_is_forked_with_what_an_ordinary_one_would_have(launched, tmp_path):
    command = ("python", "-m", "ipykernel_launcher", "-f", "x.json")
    made, asked, pid = launched(*command)
    assert (made, pid) == ({"ip": "x"}, 7)
    assert asked == [(["-f", "x.json"], "python", {"A": "1"}, str(tmp_path))]
    assert launched(*command, found=False)[0] == "ordinary"
    for other in ({"forks": False}, {"stdout": 5}, {"stderr": 5}, {"cwd": str(tmp_path / "gone")}):
        assert launched(*command, **other)[:2] == ("ordinary", [])
    assert launched("python", "-m", "xeus")[:2] == ("ordinary", [])
