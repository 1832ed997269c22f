"""A copy of the repository into which faults are put, and who notices them.

Each run of tests is forked from a process that has imported what most of them import: that takes longer than
most tests.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from importlib.util import cache_from_source
from multiprocessing import Process, Queue
from pathlib import Path

import pytest
from faults import Fault
from nearest import module_of, nearest
from reached import Reach, lines_of, reached

ROOT = Path(__file__).parents[2]
LIMIT = 240  # seconds for a test: what takes longer never ends, and so is noticed
NEAR = 6  # files whose tests come first, and whose slow tests are tried as well: all of a room's take minutes
IMPORTED = (
    "hypothesis",
    "matplotlib.pyplot",
    "nbval.plugin",
    "pandas",
    "seaborn",
    "statsmodels.api",
    "xdist",
)
_PYTEST = "pytest itself"


def tried(
    chosen: list[tuple[Path, Fault]], jobs: int, *, slow: bool
) -> Iterator[tuple[Path, Fault, str | None]]:
    """Faults of files, each with the file of tests that notices it (None: nobody does), as they are done."""
    with tempfile.TemporaryDirectory() as scratch:
        reach = reached(_copied(Path(scratch, "tree")), Path(scratch, "reached"), jobs)
        for name in IMPORTED:
            import_module(name)
        queue, results = Queue(), Queue()
        for one in [*chosen, *[None] * jobs]:
            queue.put(one)
        folders = [Path(scratch, str(number)) for number in range(jobs)]
        workers = [Process(target=_work, args=(folder, reach, queue, results, slow)) for folder in folders]
        for worker in workers:
            worker.start()
        for _ in chosen:
            yield results.get()
        for worker in workers:
            worker.join()


def _work(folder: Path, reach: Reach, queue: Queue, results: Queue, slow: bool) -> None:
    bench = _Bench(_copied(folder), reach, slow=slow)
    for path, fault in iter(queue.get, None):
        results.put((path, fault, bench.noticed_by(path, fault)))


def _copied(folder: Path) -> Path:
    """The files of the repository, where they may be damaged."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    for name in filter(None, listed.stdout.split("\0")):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    return folder


class _Bench:
    """One copy, and which files of tests fail in it without a fault: these are left out."""

    def __init__(self, tree: Path, reach: Reach, *, slow: bool):
        self._tree, self._reach, self._slow = tree, reach, slow
        self._tests = sorted((ROOT / "tests").rglob("test_*.py"))
        self._sound: dict[tuple[str, str], bool] = {}  # files that have failed with a fault, and the mark

    def noticed_by(self, path: Path, fault: Fault) -> str | None:
        """The first file of tests that notices a fault of a file; None where none does."""
        for mark, tests in self._batches(path, fault):
            left = tests
            while left := [one for one in left if self._sound.get((_file(one), mark), True)]:
                first = self._failed(left, mark, path, fault)
                if first is None:
                    break
                if first == _PYTEST:  # a fault within an import, say; or tests that are called otherwise here
                    if not self._failed(left, mark):
                        return first
                    break
                if (first, mark) not in self._sound:
                    self._sound[first, mark] = not self._failed([first], mark)
                if self._sound[first, mark]:
                    return first
        return None

    def _batches(self, path: Path, fault: Fault) -> Iterator[tuple[str, list[str]]]:
        """Tests to be tried together, by their mark; those first that most likely notice a fault."""
        text = path.read_text("utf-8")
        own = [path] * (">>>" in text)
        own += nearest(module_of(path, ROOT / "lib"), self._tests, ROOT / "lib")
        files = [one.relative_to(ROOT).as_posix() for one in own]
        lines = lines_of(text, fault.line)
        if lines is None:  # tests that run it cannot be told from others
            yield "not slow", files
        else:
            of_file = self._reach.get(path.relative_to(ROOT), {})
            reaching = defaultdict(list)
            for test in sorted(set().union(*(of_file.get(line, ()) for line in lines))):
                reaching[_file(test)].append(test)
            for some in (files[:NEAR], files[NEAR:], sorted(reaching.keys() - {*files})):
                # a file holds all its tests, and sorts before them
                yield "not slow", [test for one in some for test in _without_held(reaching[one])]
        if self._slow:
            yield "slow", files[:NEAR]

    def _failed(
        self, tests: list[str], mark: str, path: Path | None = None, fault: Fault | None = None
    ) -> str | None:
        """The file of the first of some tests that fails, with a fault of a file or without any."""
        if fault is None:
            return failed(self._tree, tests, mark)
        damaged, text = self._tree / path.relative_to(ROOT), path.read_text("utf-8")
        _write(damaged, fault.within(text))
        try:
            return failed(self._tree, tests, mark)
        finally:
            _write(damaged, text)


def _file(test: str) -> str:
    return test.partition("::")[0]


def _without_held(tests: list[str]) -> list[str]:
    return tests[:1] if tests and "::" not in tests[0] else tests


def _write(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")
    Path(cache_from_source(str(path))).unlink(missing_ok=True)  # it may be of the same size and second


def failed(tree: Path, tests: list[str], mark: str) -> str | None:
    """The file of the first of some tests of a mark that fails, or what else ended them; None where all pass."""
    command = ["-q", "-x", "-rfE", "--tb=no", "-p", "no:cacheprovider", "-m", mark]
    command += ["-o", "addopts=-p reportkit --doctest-modules", "--hypothesis-seed=0"]
    command += ["-o", f"faulthandler_timeout={LIMIT}", "-o", "faulthandler_exit_on_timeout=true", *tests]
    with tempfile.TemporaryFile("w+") as printed:
        child = os.fork()
        if not child:
            _run(tree, command, printed.fileno())
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        with suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)  # what they started and left
        printed.seek(0)
        first = re.search(r"^(?:FAILED|ERROR) ([^:\n]+?)(?:::| - |$)", printed.read(), re.MULTILINE)
    if status in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        return None
    return first[1] if first else _PYTEST


def _run(tree: Path, command: list[str], output: int) -> None:
    """Never returns."""
    status = 1
    try:
        os.setsid()
        os.chdir(tree)
        os.dup2(output, 1)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        os.environ["PYTHONPATH"] = str(tree / "lib")
        sys.path.insert(0, str(tree / "lib"))
        status = pytest.main(command)
        sys.stdout.flush()
    finally:
        os._exit(status)
