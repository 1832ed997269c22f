"""Where reports are made: processes of this machine, or workers of a Dask cluster."""

import errno
import gc
import multiprocessing
import os
import pickle
import signal
import sys
import tempfile
import time
import zlib
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Thread
from typing import cast

from reportkit import source
from reportkit.jobs import Job
from reportkit.kernel import client
from reportkit.render.tasks import Made, Task

_AHEAD = 64  # jobs handed over before they can begin: not a million, on a scheduler or in memory
_GRACE = 20  # seconds for a worker to end; a busy kernel alone is given about eight before it is killed
_MOST = 61  # workers on Windows: what a pool there can wait for at once
_RETRIES = 3  # of a report, when a worker of a cluster was lost to it


class Unreachable(Exception):
    """A scheduler that does not answer, or dask.distributed is not installed; the text says which."""


def make(task: Task) -> Made:
    """Make a report; what makes it is imported where it is made."""
    from reportkit.render import report

    return report.make(task)


def make_packed(packed: bytes) -> Made:
    """Make a report on a cluster."""
    return make(pickle.loads(zlib.decompress(packed)))


def warm_up(data: list[Path]) -> None:
    """Begin to import, and to load data (none: the nearest), where workers and kernels are forked from."""
    client.lend(data)
    _context()


def local(jobs: list[Job], workers: int, task_of: Callable[[Job], Task]) -> Iterator[tuple[Job, Made]]:
    """Make reports in processes of this machine and yield each as it comes.

    A worker that is killed takes the whole pool with it; a new one takes over. The reports that were being
    made are made alone then, one after the other: if one kills its worker again, it was that one.
    """
    if sys.platform == "win32":
        workers = min(workers, _MOST)
    pending, suspects = deque(jobs), deque()
    while pending or suspects:
        alone = not pending
        batch = deque([suspects.popleft()]) if alone else pending
        handed: dict[Future, Job] = {}
        folders = sorted({job.folder for job in batch if job.folder})
        with closing(_Pool(1 if alone else workers, folders)) as pool:

            def submit(job: Job, pool: _Pool = pool) -> Future:
                return pool.submit(make, task_of(job))

            try:
                for future in _handed_over(submit, batch, handed, lambda: _AHEAD):
                    made = future.result()
                    yield handed.pop(future), made
            except BrokenProcessPool:
                for future in [future for future in handed if future.done() and not future.exception()]:
                    yield handed.pop(future), future.result()
                # workers begin in the order of handing over: of what is not finished, the first were at work
                lost = [*handed.values()]
                if alone:
                    yield from ((job, Made("the process making this report was killed")) for job in lost)
                else:
                    suspects.extend(lost[:workers])
                    pending.extendleft(reversed(lost[workers:]))


def cluster(jobs: list[Job], scheduler: str, task_of: Callable[[Job], Task]) -> Iterator[tuple[Job, Made]]:
    """Make reports on an existing Dask cluster and yield each as it comes; Unreachable if nothing answers."""
    try:
        from distributed import Client
    except ImportError:
        raise Unreachable("--scheduler needs dask.distributed: pip install distributed") from None
    try:
        connected = Client(scheduler, timeout="20s", set_as_default=False)
    except (OSError, ValueError, ImportError) as error:
        raise Unreachable(f"no Dask scheduler at {scheduler}: {error}".splitlines()[0]) from None
    with connected:
        executor = connected.get_executor(retries=_RETRIES, pure=False)
        handed: dict[Future, Job] = {}

        def submit(job: Job) -> Future:
            # of what it sends, a scheduler keeps the last thousand messages to each worker
            return executor.submit(make_packed, zlib.compress(pickle.dumps(task_of(job))))

        def ahead() -> int:  # workers may come and go
            threads = cast("dict[str, int]", connected.nthreads())  # a client may be one of asyncio too
            return _AHEAD + 2 * sum(threads.values())

        try:
            for future in _handed_over(submit, deque(jobs), handed, ahead):
                job = handed.pop(future)
                try:
                    made = future.result()
                except Exception as error:
                    if getattr(error, "errno", None) == errno.ENOSPC:
                        raise
                    # every worker that tried was lost
                    made = Made(f"{type(error).__name__}: {error}".splitlines()[0])
                yield job, made
        finally:
            executor.shutdown(wait=False)  # and so cancel what nobody waits for any more


def _handed_over(
    submit: Callable[[Job], Future],
    waiting: deque[Job],
    handed: dict[Future, Job],
    room: Callable[[], int],
) -> Iterator[Future]:
    """Hand jobs over while there is ``room``, and yield what is finished, to be taken out of ``handed``."""
    while waiting or handed:
        limit = room()
        while waiting and len(handed) < limit:
            future = submit(waiting[0])
            handed[future] = waiting.popleft()
        yield from wait(handed, return_when=FIRST_COMPLETED).done


def _context() -> BaseContext:
    """How workers start: forked from a process that has imported what they need, else each by itself."""
    # never as copies of this process, whose display has a thread
    if client.FORKS:
        from multiprocessing import forkserver  # which other systems do not have

        multiprocessing.set_forkserver_preload(["reportkit.render.report"])
        usual, tempfile.tempdir = tempfile.tempdir, os.fspath(client.folder())
        try:
            forkserver.ensure_running()  # its socket lies where it goes, also when this process is killed
            return multiprocessing.get_context("forkserver")
        except OSError:  # the folder is too deep for a socket
            pass
        finally:
            tempfile.tempdir = usual
    return multiprocessing.get_context("spawn")


class _Pool(ProcessPoolExecutor):
    """A process pool that notices every death, and whose workers end when this process does."""

    def __init__(self, workers: int, data: list[Path]):
        self._others = set(multiprocessing.active_children())
        begin = source.name(), os.environ.get(client.ADDRESS, ""), data
        super().__init__(workers, _context(), _begin, begin)

    def submit(self, *arguments) -> Future:
        """Submit, and submit nothing: a worker is watched only from the next event after it was started."""
        future = super().submit(*arguments)
        super().submit(int)
        return future

    def close(self) -> None:
        """End the workers at once: what is not finished by now is not wanted any more."""
        self.shutdown(wait=False, cancel_futures=True)
        workers = set(multiprocessing.active_children()) - self._others
        for worker in workers:
            worker.terminate()
        until = time.monotonic() + _GRACE
        for worker in workers:
            worker.join(max(0, until - time.monotonic()))
            worker.kill()
        self.shutdown()


def _begin(subject: str, kernels: str, data: list[Path]) -> None:
    """Prepare a worker: for laying out, while the server of kernels that is lent to it warms up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it is the parent that ends it
    source.use(subject)
    if kernels:
        os.environ[client.ADDRESS] = kernels
    # what papermill, nbconvert and kernels print there would stand in the progress display
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 2)
    Thread(target=_follow, args=(multiprocessing.parent_process(),), daemon=True).start()
    from reportkit.formats.page import prepare

    prepare(data)
    gc.freeze()  # what stays is not looked through again with every page


def _follow(parent: BaseProcess) -> None:
    """End with the parent: the pool itself would wait for it for ever."""
    parent.join()
    os._exit(1)
