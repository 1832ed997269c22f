"""Keep a template process, and ask it for kernels.

A process keeps its template as long as it lives. It may lend it to processes that it starts: they find its
address in the environment variable ``PLAN_MONITOR_KERNELS``.
"""

import contextlib
import hashlib
import json
import os
import select
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from functools import cache
from multiprocessing.util import Finalize
from pathlib import Path
from typing import Any

ADDRESS = "PLAN_MONITOR_KERNELS"
LENGTH = struct.Struct("!I")  # a request's length, sent together with the two descriptors
# fork is there on macOS, but its system libraries do not survive it
FORKS = hasattr(os, "fork") and sys.platform != "darwin"
_LIBRARY = Path(__file__).parents[1]
# variables that act when the interpreter or a library starts: a template has them fixed for all its kernels
_FIXED = ("PYTHON", "MPL", "OMP_", "OPENBLAS_", "MKL_", "LD_", "IPYTHON", "JUPYTER_CONFIG")
# a template must have one thread only, and several kernels at a time share the processors anyway
_ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
_PATIENCE = 120  # seconds for a template to have imported everything, on a busy machine


class Forked:
    """A kernel's process, forked by a template: what ``subprocess.Popen`` is to one of our own."""

    stdin = stdout = stderr = None  # as Popen's, where they are not pipes

    def __init__(self, pid: int, connection: socket.socket):
        self.pid, self.returncode = pid, None
        self.connection = connection
        connection.setblocking(False)

    def poll(self) -> int | None:
        """Its exit code, minus the signal that ended it; None while it runs."""
        if self.returncode is None:
            try:
                self.ended(self.connection.recv(64))
            except BlockingIOError:
                pass
            except OSError:  # its template has died
                self.ended(b"")
        return self.returncode

    def ended(self, told: bytes) -> None:
        """Take down what its template told of its end; nothing, where the template itself has died."""
        if not told:
            self._signal_group(signal.SIGKILL)
        self.returncode = int(told) if told else -signal.SIGKILL
        self.connection.close()

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end.

        Raises
        ------
        subprocess.TimeoutExpired
            If it has not ended in time.
        """
        until = None if timeout is None else time.monotonic() + timeout
        while self.poll() is None:
            left = None if until is None else until - time.monotonic()
            if left is not None and left <= 0:
                raise subprocess.TimeoutExpired("kernel", timeout)
            select.select([self.connection], [], [], left)
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal to it and to what it started."""
        if self.poll() is None:
            self._signal_group(number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)

    def _signal_group(self, number: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, number)


class Template:
    """A template process of this process, forking kernels for one interpreter, library and environment."""

    def __init__(self, python: str, stamp: str, data: list[Path]):
        home = _home(os.getpid())
        self.address, self.stamp = home / f"template-{time.monotonic_ns():x}", stamp
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(os.fspath(self.address))
            listener.listen(128)
            listener.set_inheritable(True)
            command = ["-Xfrozen_modules=off", "-m", "reportkit.kernel.template"]
            arguments = [str(listener.fileno()), str(home), stamp, *map(str, data)]
            self._process = subprocess.Popen(
                [python, *command, *arguments],
                stdin=subprocess.PIPE,  # its end is how the template hears that this process has died
                stdout=subprocess.DEVNULL,
                pass_fds=[listener.fileno()],
                start_new_session=True,
                env={**_ONE_THREAD, **{k: v for k, v in os.environ.items() if k != "JPY_PARENT_PID"}},
            )

    def retire(self) -> None:
        """Fork no more; end when the last kernel has."""
        with contextlib.suppress(OSError):
            os.write(self._process.stdin.fileno(), b"retire")
        self.address.unlink(missing_ok=True)

    def close(self) -> None:
        """End it, its kernels and their sockets."""
        with contextlib.suppress(OSError):
            self._process.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(10)
        self._process.kill()


_kept: dict[int, list[Template]] = {}  # by process: a fork of this one has none of its own yet
_starting = threading.RLock()  # a worker of a cluster may have several threads
_failed: set[str] = set()  # stamps of templates that could not start: not tried again


@cache
def _home(process: int) -> Path:
    """The folder of this process's sockets; it goes when the process ends, however it ends."""
    home = Path(tempfile.mkdtemp(prefix="pm-kernels-"))
    # unlike atexit's, these run in workers of a pool as well; last, for multiprocessing has files there too
    Finalize(None, _leave, (process, home), exitpriority=-200)
    return home


def _leave(process: int, home: Path) -> None:
    for template in _kept.pop(process, []):
        template.close()
    shutil.rmtree(home, ignore_errors=True)


def folder() -> Path:
    """Where kernels' sockets lie: with the template that was lent, else with this process's own."""
    lent = os.environ.get(ADDRESS)
    return Path(lent).parent if lent and Path(lent).exists() else _home(os.getpid())


def stamp(python: str, env: Mapping[str, str]) -> str:
    """What kernels of one template have in common: interpreter, library files, fixed environment."""
    files = [(os.fspath(path), path.stat().st_mtime_ns) for path in sorted(_LIBRARY.rglob("*.py"))]
    fixed = sorted((key, value) for key, value in env.items() if key.startswith(_FIXED))
    return hashlib.sha256(repr((python, files, fixed)).encode()).hexdigest()


def lend(data: list[Path]) -> bool:
    """Have a template run for this process and those that it starts, unless one is lent to it already.

    Parameters
    ----------
    data : list of Path
        As for ``start``.

    Returns
    -------
    bool
        Whether it had to be started: there was none, or it has died.
    """
    with _starting:
        lent, now = os.environ.get(ADDRESS), stamp(sys.executable, os.environ)
        if (lent and _alive(Path(lent))) or now in _failed:
            return False
        kept = [t for t in _kept.get(os.getpid(), []) if t.stamp == now and _alive(t.address)]
        try:
            os.environ[ADDRESS] = os.fspath(kept[-1].address if kept else start(data=data))
        except OSError:  # then kernels are ordinary ones
            return False
        return True


def _alive(address: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as connection:
        try:
            connection.connect(os.fspath(address))
        except OSError:
            return False
    return True


def start(python: str = sys.executable, data: list[Path] | None = None) -> Path:
    """Start a template now, to be ready when the first kernel is wanted; its address.

    Parameters
    ----------
    python : str
        Interpreter.
    data : list of Path, optional
        Data packages to have loaded already; by default the nearest.

    Raises
    ------
    OSError
        If it cannot be started: its folder lies too deep for a socket, say.
    """
    template = Template(python, stamp(python, os.environ), data or [])
    for older in _kept.setdefault(os.getpid(), []):
        older.retire()
    _kept[os.getpid()].append(template)
    return template.address


def launch(command: list[str], env: dict[str, str], cwd: str, streams: tuple[Any, Any]) -> Forked | None:
    """Have a kernel forked.

    Parameters
    ----------
    command : list of str
        As for an ordinary kernel: interpreter, ..., ``ipykernel_launcher``, its arguments.
    env : dict
        Its environment.
    cwd : str
        An existing folder.
    streams : tuple
        Standard output and error: descriptors or files; None for those of this process.

    Returns
    -------
    Forked or None
        None where no template can be had: then an ordinary kernel is what is left.
    """
    python, now = command[0], stamp(command[0], env)
    arguments = command[command.index("ipykernel_launcher") + 1 :]
    request = {"stamp": now, "arguments": arguments, "env": env, "cwd": cwd}
    lent = os.environ.get(ADDRESS)
    if lent and (kernel := _ask(Path(lent), request, streams)):
        return kernel
    with _starting:
        kept = _kept.get(os.getpid(), [])
        if kept and (kernel := _ask(kept[-1].address, request, streams)):
            return kernel
        # of another environment than this process's own there is no template
        if now in _failed or now != stamp(python, os.environ):
            return None
        with contextlib.suppress(OSError):
            if kernel := _ask(start(python), request, streams):
                return kernel
        _failed.add(now)
    return None


def _ask(address: Path, request: dict, streams: tuple[Any, Any]) -> Forked | None:
    """Send a request to a template; None if it is of another stamp, or dead."""
    connection = socket.socket(socket.AF_UNIX)
    try:
        connection.settimeout(_PATIENCE)
        connection.connect(os.fspath(address))
        body = json.dumps(request).encode()
        descriptors = [_descriptor(stream, default) for stream, default in zip(streams, (1, 2), strict=True)]
        socket.send_fds(connection, [LENGTH.pack(len(body))], descriptors)
        connection.sendall(body)
        return Forked(int(connection.recv(64)), connection)
    except (OSError, ValueError):
        connection.close()
        return None


def _descriptor(stream: Any, default: int) -> int:
    if stream is None:
        return default
    return stream if isinstance(stream, int) else stream.fileno()
