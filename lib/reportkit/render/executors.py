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
from reportkit.render.tasks import Output, Task

_AHEAD = 64  # jobs submitted in advance: not all of a million, on a scheduler or in memory
_GRACE = 20  # seconds for a worker to end; a busy kernel alone has about eight before it is killed
_PATIENCE = "20s"  # of a client that looks for a scheduler
_MOST = 61  # workers of a pool on Windows: it can wait for no more at once
_RETRIES = 3  # of a report whose worker on a cluster was lost


class Unreachable(Exception):
    """A scheduler does not answer, or dask.distributed is not installed; the message says which."""


def make(task: Task) -> Output:
    """Make a report; the modules for it are imported in the process that makes it."""
    from reportkit.render import report

    return report.make(task)


def make_packed(packed: bytes) -> Output:
    """Make a report on a cluster."""
    return make(pickle.loads(zlib.decompress(packed)))


def warm_up(data: list[Path]) -> None:
    """Start the processes that workers and kernels are forked from, with data loaded (none: the nearest)."""
    client.lend(data)
    _context()


def local(jobs: list[Job], workers: int, task_of: Callable[[Job], Task]) -> Iterator[tuple[Job, Output]]:
    """Make reports in processes of this machine and yield each when it is finished.

    A killed worker breaks the whole pool, which is replaced. The reports that were in progress are then made
    one at a time: one that kills its worker again is the culprit.
    """
    if sys.platform == "win32":
        workers = min(workers, _MOST)
    pending, suspects = deque(jobs), deque()
    while pending or suspects:
        alone = not pending
        batch = deque([suspects.popleft()]) if alone else pending
        submitted: dict[Future, Job] = {}
        folders = sorted({job.folder for job in batch if job.folder})
        with closing(_Pool(1 if alone else workers, folders)) as pool:

            def submit(job: Job, pool: _Pool = pool) -> Future:
                return pool.submit(make, task_of(job))

            try:
                for future in _completed(submit, batch, submitted, lambda: _AHEAD):
                    output = future.result()
                    yield submitted.pop(future), output
            except BrokenProcessPool:
                for future in [future for future in submitted if future.done() and not future.exception()]:
                    yield submitted.pop(future), future.result()
                # workers begin in the order of submission: the first unfinished jobs were in progress
                lost = [*submitted.values()]
                if alone:
                    yield from ((job, Output("the process making this report was killed")) for job in lost)
                else:
                    suspects.extend(lost[:workers])
                    pending.extendleft(reversed(lost[workers:]))


def cluster(jobs: list[Job], scheduler: str, task_of: Callable[[Job], Task]) -> Iterator[tuple[Job, Output]]:
    """Make reports on a running Dask cluster and yield each when it is finished; Unreachable without one."""
    try:
        from distributed import Client
    except ImportError:
        raise Unreachable("--scheduler needs dask.distributed: pip install distributed") from None
    try:
        dask_client = Client(scheduler, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError, ImportError) as error:
        raise Unreachable(f"no Dask scheduler at {scheduler}: {error}".splitlines()[0]) from None
    with dask_client:
        executor = dask_client.get_executor(retries=_RETRIES, pure=False)
        submitted: dict[Future, Job] = {}

        def submit(job: Job) -> Future:
            # compressed: a scheduler keeps the last thousand messages to each worker
            return executor.submit(make_packed, zlib.compress(pickle.dumps(task_of(job))))

        def capacity() -> int:  # workers may come and go
            threads = cast("dict[str, int]", dask_client.nthreads())  # a client may be one of asyncio too
            return _AHEAD + 2 * sum(threads.values())

        try:
            for future in _completed(submit, deque(jobs), submitted, capacity):
                job = submitted.pop(future)
                try:
                    output = future.result()
                except Exception as error:
                    if getattr(error, "errno", None) == errno.ENOSPC:
                        raise
                    # every worker that tried was lost
                    output = Output(f"{type(error).__name__}: {error}".splitlines()[0])
                yield job, output
        finally:
            executor.shutdown(wait=False)  # which cancels jobs that nobody waits for any more


def _completed(
    submit: Callable[[Job], Future],
    queue: deque[Job],
    submitted: dict[Future, Job],
    capacity: Callable[[], int],
) -> Iterator[Future]:
    """Submit jobs up to ``capacity``, and yield finished ones; the caller removes them from ``submitted``."""
    while queue or submitted:
        limit = capacity()
        while queue and len(submitted) < limit:
            future = submit(queue[0])
            submitted[future] = queue.popleft()
        yield from wait(submitted, return_when=FIRST_COMPLETED).done


def _context() -> BaseContext:
    """How workers start: forked from a process that has imported what they need, or spawned."""
    # never as copies of this process, whose display has a thread
    if client.FORKS:
        from multiprocessing import forkserver  # which other systems do not have

        multiprocessing.set_forkserver_preload(["reportkit.render.report"])
        previous, tempfile.tempdir = tempfile.tempdir, os.fspath(client.folder())
        try:
            forkserver.ensure_running()  # its socket lies where it goes, also when this process is killed
            return multiprocessing.get_context("forkserver")
        except OSError:  # the folder is too deep for a socket
            pass
        finally:
            tempfile.tempdir = previous
    return multiprocessing.get_context("spawn")


class _Pool(ProcessPoolExecutor):
    """A process pool that notices every death, and whose workers end when this process does."""

    def __init__(self, workers: int, data: list[Path]):
        self._others = set(multiprocessing.active_children())
        arguments = source.name(), os.environ.get(client.ADDRESS, ""), data
        super().__init__(workers, _context(), _begin, arguments)

    def submit(self, *arguments) -> Future:
        """Submit, and submit a no-op: a worker is watched only from the next event after its start."""
        future = super().submit(*arguments)
        super().submit(int)
        return future

    def close(self) -> None:
        """End the workers at once: unfinished jobs are not wanted any more."""
        self.shutdown(wait=False, cancel_futures=True)
        workers = set(multiprocessing.active_children()) - self._others
        for worker in workers:
            worker.terminate()
        deadline = time.monotonic() + _GRACE
        for worker in workers:
            worker.join(max(0, deadline - time.monotonic()))
            worker.kill()
        self.shutdown()


def _begin(subject: str, kernels: str, data: list[Path]) -> None:
    """Prepare a worker for laying out pages, while the kernel server that it shares warms up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends it
    source.use(subject)
    if kernels:
        os.environ[client.ADDRESS] = kernels
    # what papermill, nbconvert and kernels print there would stand in the progress display
    with Path(os.devnull).open("wb") as null_device:
        os.dup2(null_device.fileno(), 2)
    Thread(target=_exit_with_parent, args=(multiprocessing.parent_process(),), daemon=True).start()
    from reportkit.formats.page import prepare

    prepare(data)
    gc.freeze()  # objects that stay are not scanned again with every page


def _exit_with_parent(parent: BaseProcess) -> None:
    """End this process when its parent ends: the pool itself would wait for ever."""
    parent.join()
    os._exit(1)
