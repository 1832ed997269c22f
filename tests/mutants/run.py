"""Which of a sample of faults in the library ring an alarm, each tried with the tests that are nearest to it.

Without nbval, and with as many examples of each property as in `make test`. A file of tests that fails without
a fault too is left out. Exit status 1 where a room's share is below what is asked.
"""

import argparse
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path
from queue import SimpleQueue

from faults import Fault, faults
from nearest import module_of, nearest

ROOT = Path(__file__).parents[2]
LIMIT = 240  # seconds for a test: what takes longer never ends, and so is noticed
SLOW = 6  # files whose slow tests are tried as well
# share of faults that are to ring, in %: first those of what is computed and judged, then of data, and the rest
ASKED = dict.fromkeys(
    ("methods", "balance", "coupling", "fund", "milestones", "relapse", "audit", "report"), 95
)
ASKED |= dict.fromkeys(("data", "grid", "settle", "intake", "reading"), 90) | {"reportkit": 85}
UNTESTED = ("settle/make_divisions.py",)  # a script that was run once


def room(path: Path) -> str:
    """The part of the library that a file is in: the engine is one."""
    package, name, *_ = path.relative_to(ROOT / "lib").parts
    return name.removesuffix(".py") if package == "plan_monitor" else package


def sample(seed: int, number: int, wanted: str | None) -> list[tuple[Path, Fault]]:
    """Faults of the library, the same for a seed."""
    paths = [p for p in sorted((ROOT / "lib").rglob("*.py")) if not p.as_posix().endswith(UNTESTED)]
    all_of = [
        (p, fault) for p in paths if wanted in (None, room(p)) for fault in faults(p.read_text("utf-8"))
    ]
    return random.Random(seed).sample(all_of, min(number, len(all_of)))


def copied(folder: Path) -> Path:
    """The files of the repository, where they may be damaged."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    for name in filter(None, listed.stdout.split("\0")):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    return folder


def failed(tree: Path, files: list[str], mark: str) -> str | None:
    """The first of some files whose tests of a mark fail, or what else ended them; None where all pass."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-x",
        "-rfE",
        "--tb=no",
        "-p",
        "no:cacheprovider",
        "-m",
        mark,
    ]
    command += ["-o", "addopts=-p reportkit --doctest-modules", "--hypothesis-seed=0"]
    command += ["-o", f"faulthandler_timeout={LIMIT}", "-o", "faulthandler_exit_on_timeout=true", *files]
    env = os.environ | {"PYTHONPATH": str(tree / "lib")}
    with subprocess.Popen(
        command, cwd=tree, env=env, stdout=-1, stderr=subprocess.DEVNULL, text=True, start_new_session=True
    ) as run:
        printed, _ = run.communicate()
        with suppress(ProcessLookupError):
            os.killpg(run.pid, signal.SIGKILL)  # what they started and left
    if run.returncode in (0, 5):  # 5: there are none
        return None
    first = re.search(r"^(?:FAILED|ERROR) ([^:\n]+?)(?:::| - |$)", printed, re.MULTILINE)
    return first[1] if first else "pytest itself"


class Bench:
    """Copies of the repository, one for each worker, and which files of tests fail there without a fault."""

    def __init__(self, folder: Path, workers: int):
        self.trees: SimpleQueue[Path] = SimpleQueue()
        for number in range(workers):
            self.trees.put(copied(folder / str(number)))
        self._tests = sorted((ROOT / "tests").rglob("test_*.py"))
        self._sound: dict[tuple[str, str], bool] = {}  # files that have failed with a fault, and the mark

    def caught(self, path: Path, fault: Fault) -> str | None:
        """The first file of tests that notices a fault of a file; None where none does."""
        text = path.read_text("utf-8")
        doctests = [path] if ">>>" in text else []
        own = [*doctests, *nearest(module_of(path, ROOT / "lib"), self._tests, ROOT / "lib")]
        files = [one.relative_to(ROOT).as_posix() for one in own]
        tree = self.trees.get()
        damaged = tree / path.relative_to(ROOT)
        try:
            # slow tests last, and only those of the nearest files: all of a room's take minutes
            for mark, some in (("not slow", files), ("slow", files[:SLOW])):
                while sound := [one for one in some if self._sound.get((one, mark), True)]:
                    _write(damaged, fault.within(text))
                    first = failed(tree, sound, mark)
                    _write(damaged, text)
                    if first is None:
                        break
                    if (first, mark) not in self._sound:
                        self._sound[first, mark] = first not in sound or not failed(tree, [first], mark)
                    if self._sound[first, mark]:
                        return first
            return None
        finally:
            self.trees.put(tree)


def _write(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")
    Path(cache_from_source(str(path))).unlink(missing_ok=True)  # it may be of the same size and second


def main() -> int:
    """Print which faults no test notices, and the share noticed in each room; as it goes, who notices what."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=24)
    parser.add_argument("--number", type=int, default=300)
    parser.add_argument("--room", help="only faults of methods, data, reportkit …")
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args()
    chosen = sample(asked.seed, asked.number, asked.room)
    results, survivors = defaultdict(list), []
    with tempfile.TemporaryDirectory() as scratch, ThreadPoolExecutor(asked.jobs) as pool:
        bench = Bench(Path(scratch), asked.jobs)
        running = {pool.submit(bench.caught, *one): one for one in chosen}
        for done in as_completed(running):
            (path, fault), by = running[done], done.result()
            before, after = (" ".join(text.split())[:100] for text in (fault.before, fault.after))
            place = f"{path.relative_to(ROOT)}:{fault.line}: {before} → {after}"
            print(f"{place}\n    {by or 'not noticed'}", file=sys.stderr, flush=True)
            results[room(path)].append(by is not None)
            survivors += [] if by else [place]
    print(*sorted(survivors), sep="\n")
    low = False
    for name, caught in sorted(results.items()):
        share, least = 100 * sum(caught) / len(caught), ASKED.get(name, 0)
        low |= share < least
        print(f"{name:12} {sum(caught):3} of {len(caught):3} noticed, {share:.0f} % (asked: {least} %)")
    return low


if __name__ == "__main__":
    sys.exit(main())
