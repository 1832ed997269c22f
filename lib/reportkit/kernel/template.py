"""The process that kernels are forked from: everything imported, one thread, nothing running.

It hears from three sides: a socket on which whoever wants a kernel asks for it, its standard input, which
ends when its owner does, and the ends of its children. A fork returns from ``serve`` and becomes a kernel.
"""

import atexit
import contextlib
import gc
import json
import os
import selectors
import shutil
import signal
import socket
import struct
import sys
import threading
import time
import traceback
from pathlib import Path
from typing import NamedTuple

from reportkit.kernel import warm
from reportkit.kernel.client import LENGTH

STALE = b"stale\n"
_PATIENCE = 10  # seconds for a request to arrive whole


class Request(NamedTuple):
    """What somebody who wants a kernel sent: ``arguments``, ``env``, ``cwd``, and where its output goes."""

    said: dict
    streams: list[int]


def receive(connection: socket.socket) -> Request:
    """Read one request.

    Raises
    ------
    OSError, ValueError
        If it does not come, or not whole.
    """
    connection.settimeout(_PATIENCE)
    head, streams, _, _ = socket.recv_fds(connection, LENGTH.size, 2)
    with connection.makefile("rb") as stream:
        said = json.loads(stream.read(*LENGTH.unpack(head)))
    connection.setblocking(True)
    return Request(said, streams)


def serve(listener: socket.socket, folder: Path, stamp: str) -> Request | None:
    """Fork a kernel for every request; return in the fork, with its request.

    In the template itself it returns None: when it was told to retire and its last kernel has gone, or when
    its owner has died. Then the kernels die too, and the folder of their sockets goes.
    """
    children: dict[int, socket.socket] = {}
    heard, wake = socket.socketpair()
    for end in (heard, wake):
        end.setblocking(False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.set_wakeup_fd(wake.fileno(), warn_on_full_buffer=False)
    selector = selectors.DefaultSelector()
    for source in (listener, sys.stdin, heard):
        selector.register(source, selectors.EVENT_READ)
    retired = False
    while not (retired and not children):
        for key, _ in selector.select():
            if key.fileobj is listener:
                request = _answer(listener, stamp, children, selector)
                if request is not None:
                    for inherited in (listener, heard, wake, selector, *children.values()):
                        inherited.close()
                    return request
            elif key.fileobj is sys.stdin:
                if os.read(sys.stdin.fileno(), 64) == b"":
                    for child in children:
                        _end(child)
                    shutil.rmtree(folder, ignore_errors=True)
                    return None
                retired = True
                selector.unregister(listener)
                listener.close()
            elif key.fileobj is heard:
                heard.recv(4096)
                _reap(children, selector)
            elif key.data in children:  # whoever wanted this kernel has gone
                selector.unregister(key.fileobj)
                _end(key.data)
    return None


def _answer(
    listener: socket.socket, stamp: str, children: dict[int, socket.socket], selector: selectors.BaseSelector
) -> Request | None:
    """Accept one request and fork; the request in the fork, None in the template."""
    try:
        connection, _ = listener.accept()
    except OSError:  # told to retire in the same moment, or whoever asked has gone
        return None
    try:
        request = receive(connection)
    except (OSError, ValueError, struct.error):
        connection.close()
        return None
    if request.said["stamp"] != stamp:
        _tell(connection, STALE)
        connection.close()
    else:
        child = os.fork()
        if child == 0:
            connection.close()
            return request
        children[child] = connection
        selector.register(connection, selectors.EVENT_READ, child)
        _tell(connection, b"%d\n" % child)
    for stream in request.streams:
        os.close(stream)
    return None


def _reap(children: dict[int, socket.socket], selector: selectors.BaseSelector) -> None:
    """Tell whoever wanted them how the kernels ended that have."""
    with contextlib.suppress(ChildProcessError):
        while (ended := os.waitpid(-1, os.WNOHANG))[0]:
            child, status = ended
            connection = children.pop(child)
            with contextlib.suppress(KeyError):
                selector.unregister(connection)
            _tell(connection, b"%d\n" % os.waitstatus_to_exitcode(status))
            connection.close()


def _tell(connection: socket.socket, answer: bytes) -> None:
    with contextlib.suppress(OSError):  # who asked may have gone
        connection.sendall(answer)


def _end(child: int) -> None:
    """Kill a kernel and what it started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child, signal.SIGKILL)


def become(request: Request, template: int) -> None:
    """Turn this fork into the kernel that was asked for, as if it had been started by itself."""
    import numpy as np
    from ipykernel import kernelapp

    os.setsid()
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    nowhere = os.open(os.devnull, os.O_RDONLY)
    for stream, number in zip((nowhere, *request.streams), (0, 1, 2), strict=True):
        os.dup2(stream, number)
        os.close(stream)
    os.environ.clear()
    os.environ.update(request.said["env"])
    time.tzset()
    os.chdir(request.said["cwd"])
    np.random.seed()  # all forks would draw the same numbers; the standard library's generator knows
    sys.argv = ["ipykernel_launcher", *request.said["arguments"]]
    # the kernel looks every second whether its parent is still this one
    kernelapp.launch_new_instance(argv=[*sys.argv[1:], f"--IPKernelApp.parent_handle={template}"])


def _leave(code: int) -> None:
    """End a kernel as multiprocessing ends its forks: what is to run at exit runs.

    To take the interpreter down module by module would copy most of the memory that it shares.
    """
    threading._shutdown()
    atexit._run_exitfuncs()
    for stream in (sys.__stdout__, sys.__stderr__):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


def _threads() -> int:
    tasks = Path("/proc/self/task")
    return len(list(tasks.iterdir())) if tasks.is_dir() else 1


def main(descriptor: int, folder: str, stamp: str, *data: str) -> None:
    """Warm up, then serve on an inherited listening socket."""
    if str(Path.cwd()) in sys.path[:1]:
        del sys.path[0]  # a kernel has its own there
    warm.up([Path(path) for path in data])
    if _threads() > 1:
        sys.exit("plan-monitor: some library started a thread; kernels are not forked from such a process")
    gc.collect()
    gc.freeze()  # a collection in a kernel need not touch, and so copy, what all share
    template = os.getpid()
    request = serve(socket.socket(fileno=descriptor), Path(folder), stamp)
    if request is None:
        return
    code = 1
    try:
        become(request, template)
        code = 0
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else int(error.code is not None)
    except BaseException:
        traceback.print_exc(file=sys.__stderr__)
    finally:
        _leave(code)


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])
