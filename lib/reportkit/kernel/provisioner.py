"""How Jupyter gets a forked kernel: the provisioner named by the kernelspec ``plan-monitor``."""

import asyncio
import os
import subprocess
import time
from pathlib import Path
from typing import Any

import zmq
from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from reportkit.kernel import client

# of the name of a kernel's five sockets, to which jupyter_client appends as much
_LONGEST = zmq.IPC_PATH_MAX_LEN - len("-ipc-5")
_LAUNCHER = "ipykernel_launcher"
_ENDING = 5  # seconds in which a kernel that was asked to end does so


class ForkProvisioner(LocalProvisioner):
    """Fork a kernel from a warm process; start an ordinary one if that is not possible.

    Kernels listen on sockets of their own in a private folder, on no port: a port is looked for before the
    kernel starts and taken when it has, and of many kernels that start together one finds its port gone.
    """

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Choose the sockets, unless a restarted kernel has them, and fill in the command."""
        manager: Any = self.parent  # of the kernel
        if client.FORKS and manager.transport == "tcp":
            place = client.folder() / self.kernel_id[:8]
            if len(os.fsencode(place)) <= _LONGEST:
                manager.transport, manager.ip = "ipc", f"{place}-ipc"
                manager.connection_file = manager.connection_file or f"{place}.json"
        return await super().pre_launch(**kwargs)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork the kernel, or start an ordinary one: also if its output is to be redirected."""
        cwd = os.fspath(kwargs.get("cwd") or Path.cwd())
        env = dict(os.environ if kwargs.get("env") is None else kwargs["env"])
        plain = _LAUNCHER in cmd and _nowhere(kwargs.get("stdout")) and _nowhere(kwargs.get("stderr"))
        process = None
        if client.FORKS and plain and Path(cwd).is_dir():
            arguments = cmd[cmd.index(_LAUNCHER) + 1 :]
            process = await asyncio.to_thread(client.launch, arguments, cmd[0], env, cwd)
        if process is None:
            return await super().launch_kernel(cmd, **kwargs)
        self.process, self.pid, self.pgid, self.cwd = process, process.pid, process.pid, cwd
        return self.connection_info

    async def shutdown_requested(self, restart: bool = False) -> None:
        """Wait for the requested end: jupyter_client itself would check every 0.1 s only."""
        until = time.monotonic() + _ENDING
        while await self.poll() is None and time.monotonic() < until:
            await asyncio.sleep(0.01)


def _nowhere(output: Any) -> bool:
    """Whether a kernel's output may go where that of a forked one does: to the null device."""
    return getattr(output, "name", output) in (None, subprocess.DEVNULL, os.devnull)
