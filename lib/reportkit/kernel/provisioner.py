"""Jupyter's way to a forked kernel: what the kernelspec ``plan-monitor`` names as its provisioner."""

import asyncio
import contextlib
import os
from pathlib import Path
from typing import Any

import zmq
from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning import LocalProvisioner

from reportkit.kernel import client

_SOCKET = "-ipc-5"  # jupyter_client appends up to this to the name of a kernel's five sockets
_ENDING = 5  # seconds in which a kernel that was asked to end does so


class ForkProvisioner(LocalProvisioner):
    """Fork a kernel from a warm process; start an ordinary one where that is not to be had.

    Kernels listen on sockets of their own in a private folder, on no port: a port is looked for before the
    kernel starts and taken when it has, and of many kernels that start together one finds its port gone.
    """

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Choose the sockets, unless a restarted kernel has them, and fill in the command."""
        manager = self.parent
        place = client.folder() / self.kernel_id[:8] if client.FORKS else None
        if place and manager.transport == "tcp" and _fits(place):
            manager.transport, manager.ip = "ipc", f"{place}-ipc"
            if not manager.connection_file:
                manager.connection_file = f"{place}.json"
        return await super().pre_launch(**kwargs)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Have the kernel forked, else start it."""
        process = await asyncio.to_thread(_forked, cmd, kwargs) if client.FORKS else None
        if process is None:
            return await super().launch_kernel(cmd, **kwargs)
        self.process, self.pid, self.pgid = process, process.pid, process.pid
        self.cwd = kwargs.get("cwd") or Path.cwd()
        return self.connection_info

    async def shutdown_requested(self, restart: bool = False) -> None:
        """Wait for the end that was asked for: jupyter_client itself would look every 0.1 s only."""
        if isinstance(self.process, client.Forked) and self.process.returncode is None:
            with contextlib.suppress(OSError):  # not ended in time, or its template has died
                loop = asyncio.get_running_loop()
                self.process.ended(
                    await asyncio.wait_for(loop.sock_recv(self.process.connection, 64), _ENDING)
                )


def _fits(place: Path) -> bool:
    return len(os.fsencode(place)) + len(_SOCKET) <= zmq.IPC_PATH_MAX_LEN


def _forked(cmd: list[str], kwargs: dict[str, Any]) -> client.Forked | None:
    """The forked kernel; None where what was asked for is more than a fork can do."""
    streams = kwargs.get("stdout"), kwargs.get("stderr")
    special = any(isinstance(stream, int) and stream < 0 for stream in streams)  # a pipe, say
    if special or "ipykernel_launcher" not in cmd:
        return None
    cwd = os.fspath(kwargs.get("cwd") or Path.cwd())
    env = dict(os.environ if kwargs.get("env") is None else kwargs["env"])
    return client.launch(cmd, env, cwd, streams) if Path(cwd).is_dir() else None
