"""Keep a kernel server, and request kernels from it.

A process keeps its server as long as it lives, and shares it with those that it starts: they find the folder
of its socket in their environment.
"""

import contextlib
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from functools import cache
from multiprocessing.connection import Client, Connection
from multiprocessing.util import Finalize
from pathlib import Path

from reportkit import source
from reportkit.kernel.forked import DATA

ADDRESS = "REPORTKIT_KERNELS"
# fork is there on macOS, but its system libraries do not survive it
FORKS = hasattr(os, "fork") and sys.platform != "darwin"
# variables that take effect when the interpreter or a library starts: fixed for all kernels of a server
_FIXED = (source.VARIABLE, "PYTHON", "MPL", "OMP_", "OPENBLAS_", "MKL_", "LD_", "IPYTHON", "JUPYTER_CONFIG")
# a process must have a single thread to be forked, and several kernels share the processors anyway
_ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
_PATIENCE = 120  # seconds for everything to have been imported, on a busy machine


class Forked:
    """The process of a forked kernel, with the interface of ``subprocess.Popen``."""

    stdin = stdout = stderr = None  # as in Popen without pipes

    def __init__(self, pid: int, connection: Connection):
        self.pid, self._connection = pid, connection
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Its exit code, minus the signal that ended it; None while it runs."""
        if self.returncode is None and self._connection.poll():
            try:
                self.returncode = self._connection.recv()
            except (EOFError, OSError):  # its server has died, and the kernel with it
                self.returncode = -signal.SIGKILL
            self._connection.close()
        return self.returncode

    def wait(self) -> int | None:
        if self.returncode is None:
            self._connection.poll(None)
        return self.poll()

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)


_starting = threading.RLock()  # a worker of a cluster may have several threads
_servers: dict[int, list[subprocess.Popen]] = {}  # by process id: a fork of this process has none yet
_failed: set[str] = set()  # stamps of servers that could not start: not tried again


@cache
def _home(process: int) -> Path:
    """The folder of this process's sockets; it is removed when the process ends, however it ends."""
    home = Path(tempfile.mkdtemp(prefix="pm-kernels-"))
    # unlike atexit's, these run in workers of a pool as well; last, for multiprocessing has files there too
    Finalize(None, _leave, (process, home), exitpriority=-200)
    return home


def _leave(process: int, home: Path) -> None:
    for server in _servers.pop(process, []):
        assert server.stdin, "a pipe"
        server.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(10)
        server.kill()
    shutil.rmtree(home, ignore_errors=True)


def folder() -> Path:
    """Folder of the kernels' sockets: that of the shared server, else this process's own."""
    shared = os.environ.get(ADDRESS)
    return Path(shared) if shared and Path(shared).is_dir() else _home(os.getpid())


def stamp(python: str, env: Mapping[str, str]) -> str:
    """Digest of what kernels of one server share: interpreter, library files, fixed environment."""
    places = source.libraries()
    modules = sorted(path for lib in places for path in (lib.rglob("*.py") if lib.is_dir() else [lib]))
    files = [(os.fspath(path), path.stat().st_mtime_ns) for path in modules]
    fixed = sorted((key, value) for key, value in env.items() if key.startswith(_FIXED))
    return hashlib.sha256(repr((python, files, fixed)).encode()).hexdigest()[:16]


def spec() -> str:
    """Name of the kernelspec: the subject's, whose kernels start warm; without a subject, ``python3``."""
    subject = source.current()
    return subject.NAME if subject else "python3"


def lend(data: list[Path]) -> bool:
    """Make kernels of this process and its children start warm, with these data (none: the nearest).

    True if a server had to be started, because there was none or it has died.
    """
    if not FORKS or source.current() is None:
        return False
    with _starting, contextlib.suppress(OSError):  # then kernels are ordinary ones
        current_stamp = stamp(sys.executable, os.environ)
        if current_stamp in _failed:
            return False
        try:
            Client(os.fspath(folder() / current_stamp)).close()
        except OSError:
            _start(current_stamp, data)
            return True
    return False


def _start(server_stamp: str, data: list[Path]) -> None:
    """Start a server, so that it is ready for the first kernel; older ones end with their last kernels."""
    home = _home(os.getpid())
    address = home / server_stamp
    address.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(os.fspath(address))  # OSError if the path is too long for a socket
        listener.listen(128)
        command = [sys.executable, "-Xfrozen_modules=off", "-m", "reportkit.kernel"]
        server = subprocess.Popen(
            [*command, str(listener.fileno()), os.fspath(home)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,  # of its kernels too; they send what matters
            pass_fds=[listener.fileno()],
            start_new_session=True,
            env={**_ONE_THREAD, **os.environ, DATA: os.pathsep.join(map(str, data))},
        )
    servers = _servers.setdefault(os.getpid(), [])
    for older in servers:
        assert older.stdin, "a pipe"
        with contextlib.suppress(OSError):
            os.write(older.stdin.fileno(), b".")
    servers.append(server)
    os.environ[ADDRESS] = os.fspath(home)


def launch(arguments: list[str], python: str, env: dict[str, str], cwd: str) -> Forked | None:
    """Fork a kernel; None if no server is available, and an ordinary kernel has to be started instead.

    ``arguments`` are those of ``ipykernel_launcher``, ``python`` and ``env`` what an ordinary kernel would
    have as interpreter and environment; the folder ``cwd`` exists.
    """
    if subject := env.get(source.VARIABLE):  # a kernelspec may name it
        source.use(subject)
    current_stamp = stamp(python, env)
    try:
        try:
            connection = Client(os.fspath(folder() / current_stamp))
        except OSError:
            if current_stamp != stamp(sys.executable, os.environ):  # its client's environment is the server's
                return None
            lend([])
            connection = Client(os.fspath(folder() / current_stamp))
        connection.send((arguments, env, cwd))
        if connection.poll(_PATIENCE):
            return Forked(connection.recv(), connection)
    except EOFError:  # it cannot fork
        _failed.add(current_stamp)
    except OSError:
        pass
    return None
