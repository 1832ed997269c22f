"""How a kernel is talked to."""

import os
import sys
import tempfile
from pathlib import Path

import zmq
from traitlets.config import Config


def connection(scratch: Path) -> Config:
    """Settings of a kernel manager: sockets in a folder of the kernel's own.

    A TCP port is looked for before the kernel starts and taken when it has: of many kernels that start at
    the same time, one may find its port gone and die. Where the system has no such sockets, or the path is
    too long for one, it is TCP all the same.

    Parameters
    ----------
    scratch : Path
        An existing folder, for the time the kernel lives; the caller removes it.
    """
    file = Path(tempfile.mkdtemp(dir=scratch)) / "kernel.json"
    socket = file.with_name("kernel-ipc-5")  # jupyter_client numbers the five sockets
    private = sys.platform != "win32" and len(os.fsencode(socket)) <= zmq.IPC_PATH_MAX_LEN
    return Config(KernelManager={"connection_file": str(file), "transport": "ipc" if private else "tcp"})
