"""The kernel server of one client: forks a kernel for each connection, and ends it when that is closed.

Over the connection it sends the kernel's process id, and later its exit code. Standard input comes from the
client: a byte retires the server, end of file means that the client has ended.
"""

import contextlib
import multiprocessing
import os
import shutil
import signal
import socket
import sys
import tempfile
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from reportkit.kernel.forked import become

_CONTEXT = multiprocessing.get_context("forkserver")
_PATIENCE = 10  # seconds for a request to arrive


def serve(listener: socket.socket) -> bool:
    """Serve until retired and without kernels (returns False), or until the client has ended (True)."""
    kernels: dict[Connection, BaseProcess] = {}
    retired = False
    while kernels or not retired:
        sources = [] if retired else [listener, sys.stdin]
        ready = wait([*sources, *kernels, *(kernel.sentinel for kernel in kernels.values())])
        for connection, kernel in [*kernels.items()]:
            if kernel.sentinel in ready:
                if _runs(kernel):  # so it is the forkserver that has ended
                    sys.exit("reportkit: the process that kernels are forked from has died")
                del kernels[connection]
                with contextlib.suppress(OSError), connection:
                    connection.send(kernel.exitcode)
            elif connection in ready:
                _end(kernel)
        if sys.stdin in ready:
            retired = True
            if not os.read(sys.stdin.fileno(), 1):
                for kernel in kernels.values():
                    _end(kernel)
                return True
        elif listener in ready:
            connection = Connection(listener.accept()[0].detach())
            if kernel := _start(connection):
                kernels[connection] = kernel
    return False


def _start(connection: Connection) -> BaseProcess | None:
    """Fork the kernel that a client requests; None if that fails."""
    try:
        if not connection.poll(_PATIENCE):
            raise EOFError
        kernel = _CONTEXT.Process(target=become, args=connection.recv())
        kernel.start()
    except (OSError, EOFError):
        connection.close()
        return None
    with contextlib.suppress(OSError):  # the client may have ended
        connection.send(kernel.pid)
    return kernel


def _runs(kernel: BaseProcess) -> bool:
    assert kernel.pid, "it was started"
    with contextlib.suppress(ProcessLookupError):
        os.kill(kernel.pid, 0)
        return True
    return False


def _end(kernel: BaseProcess) -> None:
    """Kill a kernel and the processes it started."""
    assert kernel.pid, "it was started"
    with contextlib.suppress(ProcessLookupError):
        os.killpg(kernel.pid, signal.SIGKILL)


def main(descriptor: str, folder: str) -> None:
    """Serve on an inherited socket; clear up a folder after a client that has gone."""
    from multiprocessing import forkserver  # which other systems do not have

    if not sys.flags.safe_path:
        del sys.path[0]  # this folder; a kernel has its own there
    tempfile.tempdir = folder  # of the forkserver's socket
    multiprocessing.set_forkserver_preload(["reportkit.kernel.warm"])
    forkserver.ensure_running()  # it imports before the first request
    if serve(socket.socket(fileno=int(descriptor))):
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(0)  # wait for nobody


if __name__ == "__main__":
    main(*sys.argv[1:])
