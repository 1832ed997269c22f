"""What this tree takes beside an earlier one: the same work in turns, their medians and ratios.

``python tests/benchmarks/ratios.py`` checks an earlier revision out into a temporary folder, sets both trees up
with ``make``, each with its own libraries, and prints a table. About two hours, most of them the earlier tree's
tests and wrong rows; ``--only cells,trace`` measures some rows, ``--rounds`` says how often. What counts are the
ratios, not the seconds of one machine.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import check

ROOT = Path(__file__).parents[2]
BEFORE = "e58096e7da89fa25767562f61c3b0524fab4cccc"  # the last one before speed was worked on
HOUSEHOLDS = 900_000
CELLS = """
import json, time, rendering
work = list({job.notebook: job for job in rendering.jobs()}.values())
rendering.prepare()
for _ in range(2):  # the first time warms up
    start = time.perf_counter()
    for job in work:
        rendering.cells(job)
print(json.dumps(time.perf_counter() - start))
"""
# what a run takes above the cells themselves, as a share of what plain papermill takes above them
OVERHEAD = """
import json, rendering
work = rendering.jobs()
floor = rendering.Pool(rendering.cells, rendering.prepare, rendering.WORKERS)
papermill = rendering.Pool(rendering.plain, rendering.import_papermill, rendering.WORKERS)
floor(list({job.notebook: job for job in work}.values()) * rendering.WORKERS)
ways = floor, papermill, lambda work: rendering.ours(work, rendering.WORKERS)
least, plain, ours = (rendering.timed(way, work)[0] for way in ways)
print(json.dumps((ours - least) / (plain - least)))
"""
LOAD = "import plan_monitor; plan_monitor.load('data')"


class Spent(NamedTuple):
    """What a command took, and what it printed last."""

    seconds: float
    mebibytes: float  # the most that one of its processes had
    last: str


def spent(tree: Path, *words: str | Path, good: bool = True) -> Spent:
    """Run a command of a tree's own environment in it; it succeeds, or finds faults where it is to."""
    start = time.perf_counter()
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        child = subprocess.Popen(list(map(str, words)), cwd=tree, stdout=said, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - start
        said.seek(0)
        lines = said.read().splitlines()
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != (0 if good else 2):
        sys.exit(f"{tree}: {' '.join(map(str, words))} ended with {child.returncode}: {lines[-5:]}")
    return Spent(seconds, used.ru_maxrss / 1024, lines[-1] if lines else "")


def monitor(tree: Path, *words: str | Path, good: bool = True) -> Spent:
    """What a command line takes."""
    return spent(tree, tree / ".venv/bin/plan-monitor", *words, good=good)


def script(tree: Path, text: str) -> Spent:
    """What a script takes that uses the tree's own benchmarks."""
    path = f"import sys; sys.path.insert(0, {str(tree / 'tests/benchmarks')!r})\n"
    return spent(tree, tree / ".venv/bin/python", "-c", path + text)


def first(measure: Callable[[Path], Spent], folder: Path = Path("data")) -> Callable[[Path], Spent]:
    """A measure of a package that no checked copy is kept of."""

    def measured(tree: Path) -> Spent:
        shutil.rmtree(tree / folder / ".checked", ignore_errors=True)
        return measure(tree)

    return measured


def rendered(tree: Path) -> Spent:
    """All reports in all formats, from nothing."""
    with tempfile.TemporaryDirectory() as out:
        return monitor(tree, "render", "--force", "--jobs", "2", "--out", out)


class Row(NamedTuple):
    """A line of the table: what is measured, how, and the limits, of which one is to be kept."""

    name: str
    measure: Callable[[Path], Spent]
    ratio: float | None  # at most so many times what the earlier tree takes
    most: float | None = None  # or at most so much
    of: Callable[[Spent], float] = lambda one: one.seconds
    unit: str = "s"
    rounds: int | None = None  # where one is long enough


def rows(scratch: Path) -> list[list[Row]]:
    """The table, lines of one measurement together; big packages are written into a scratch folder."""
    good, wrong = (scratch / name / "data" for name in ("good", "wrong"))

    def checked(folder: Path) -> Callable[[Path], Spent]:
        def measure(tree: Path) -> Spent:
            if not folder.exists():
                check.households(folder, HOUSEHOLDS, wrong=folder == wrong)
            return monitor(tree, "check", folder, good=folder == good)

        return first(measure, folder)

    def checks(tree: Path) -> Spent:
        return monitor(tree, "check", "data")

    def loads(tree: Path) -> Spent:
        return spent(tree, tree / ".venv/bin/python", "-c", LOAD)

    def memory(one: Spent) -> float:
        return one.mebibytes

    many, bad = checked(good), checked(wrong)
    last = {"of": lambda one: json.loads(one.last)}
    return [
        [Row("cells of all notebooks in one warm process", lambda tree: script(tree, CELLS), 0.5, **last)],
        [Row("render --force, all formats, 2 workers", rendered, 0.6)],
        [
            Row(
                "overhead over the floor, of papermill's",
                lambda tree: script(tree, OVERHEAD),
                None,
                0.1,
                **last,
                unit="",
            )
        ],
        [Row("cold check data, nothing kept of it", first(checks), 0.4)],
        [Row("cold check data", checks, 0.4)],
        [Row("first load, nothing kept of it", first(loads), 0.4)],
        [Row("first load", loads, 0.4)],
        [Row("trace 15.6", lambda tree: monitor(tree, "trace", "15.6"), 0.35, 1.0)],
        [
            Row(f"check, {HOUSEHOLDS:,} households", many, 0.25),
            Row("· memory", many, 0.35, of=memory, unit="MiB"),
        ],
        [
            Row("the same, every row wrong", bad, None, 15, rounds=1),
            Row("· memory", bad, None, 1024, of=memory, unit="MiB"),
        ],
        [Row("make test, 2 workers", lambda tree: spent(tree, "make", "test"), 0.5, rounds=1)],
    ]


@contextmanager
def earlier(revision: str, scratch: Path) -> Iterator[Path]:
    """A folder with the tree of a revision, set up."""
    tree = scratch / "earlier"
    git = "git", "-C", str(ROOT), "worktree"
    subprocess.run([*git, "add", "--quiet", "--detach", str(tree), revision], check=True)
    try:
        yield tree
    finally:
        subprocess.run([*git, "remove", "--force", str(tree)], check=True)


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--against", default=BEFORE, help="the earlier revision")
    options.add_argument("--only", default="", help="measure rows whose names contain one of these words")
    options.add_argument("--rounds", type=int, default=3)
    wanted = options.parse_args()
    words = wanted.only.split(",")
    with tempfile.TemporaryDirectory() as scratch, earlier(wanted.against, Path(scratch)) as before:
        for tree in (before, ROOT):
            subprocess.run(
                ["make", "-C", str(tree), ".venv/ready"],
                check=True,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        print(f"{'':44}{'before':>9}{'now':>9}{'':>4}{'ratio':>7}   asked")
        for lines in rows(Path(scratch)):
            if any(word in lines[0].name for word in words):
                report(lines, before, wanted.rounds)


def report(lines: list[Row], before: Path, rounds: int) -> None:
    """Measure both trees in turns, and print what came out."""
    took = [
        (lines[0].measure(before), lines[0].measure(ROOT))
        for _ in range(min(rounds, lines[0].rounds or rounds))
    ]
    for line in lines:
        then, now = (statistics.median(map(line.of, tree)) for tree in zip(*took, strict=True))
        asked = [f"≤ {line.ratio} ×"] * bool(line.ratio) + [f"≤ {line.most} {line.unit}"] * bool(line.most)
        kept = (line.ratio and now / then <= line.ratio) or (line.most and now <= line.most)
        digits = 0 if line.unit == "MiB" else 2
        print(
            f"{line.name:44}{then:9.{digits}f}{now:9.{digits}f} {line.unit:3}{now / then:7.2f}"
            f"   {' or '.join(asked)}{'' if kept else '   missed'}",
            flush=True,
        )


if __name__ == "__main__":
    main()
