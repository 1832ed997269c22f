"""Which of a sample of faults in the library ring an alarm, each tried with the tests that could notice it.

Those are all quick tests that run the line, and the slow ones that are nearest; never nbval. With as many examples of each property
as in `make test`. A file of tests that fails without a fault too is left out. What `equivalent.csv` lists no test can notice: it says
why, and such faults are counted apart. Exit status 1 where a room's share is below what is asked.
"""

import argparse
import csv
import random
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from bench import ROOT, tried
from faults import Fault, faults

# share of faults that are to ring, in %: first those of what is computed and judged, then of data, and the rest
ASKED = dict.fromkeys(
    ("methods", "balance", "coupling", "fund", "milestones", "relapse", "audit", "report"), 95
)
ASKED |= dict.fromkeys(("data", "grid", "settle", "intake", "reading"), 90) | {"reportkit": 85}
UNTESTED = ("settle/make_divisions.py",)  # a script that was run once
EQUIVALENT = Path(__file__).with_name("equivalent.csv")


class Place(NamedTuple):
    """A fault as the lines it stands in: a row of `equivalent.csv` without its reason."""

    file: str
    line: str  # or lines, with single blanks, as they are
    changed: str  # as they would be


def place(path: Path, fault: Fault) -> Place:
    """Where a fault of a file is, whatever lines are added elsewhere."""
    text = path.read_text("utf-8")
    lines = text.split("\n")[fault.line - 1 :][: fault.before.count("\n") + 1]
    changed = fault.within(text).split("\n")[fault.line - 1 :][: fault.after.count("\n") + 1]
    shown = (" ".join(" ".join(some).split()) for some in (lines, changed))
    return Place(path.relative_to(ROOT).as_posix(), *shown)


def equivalent() -> dict[Place, str]:
    """Faults that no test can notice, and why."""
    with EQUIVALENT.open(encoding="utf-8", newline="") as rows:
        return {Place(*row): reason for *row, reason in list(csv.reader(rows))[1:]}


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


def main() -> int:
    """Print which faults no test notices, and the share noticed in each room; as it goes, who notices what."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=24)
    parser.add_argument("--number", type=int, default=300)
    parser.add_argument("--room", help="only faults of methods, data, reportkit …")
    parser.add_argument("--quick", action="store_true", help="leave out all slow tests")
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args()
    chosen, listed = sample(asked.seed, asked.number, asked.room), equivalent()
    apart = Counter(room(path) for path, fault in chosen if place(path, fault) in listed)
    to_try = [(path, fault) for path, fault in chosen if place(path, fault) not in listed]
    noticed, unnoticed = Counter(), []
    for path, fault, by in tried(to_try, asked.jobs, slow=not asked.quick):
        before, after = (" ".join(text.split())[:100] for text in (fault.before, fault.after))
        shown = f"{path.relative_to(ROOT)}:{fault.line}: {before} → {after}"
        print(f"{shown}\n    {by or 'not noticed'}", file=sys.stderr, flush=True)
        noticed[room(path)] += by is not None
        unnoticed += [] if by else [shown]
    print(*sorted(unnoticed), sep="\n")
    return _report(Counter(room(path) for path, _ in chosen), apart, noticed)


def _report(all_of: Counter, apart: Counter, noticed: Counter) -> bool:
    """Print how many of each room were noticed; whether they are too few anywhere."""
    low = False
    for name in sorted(all_of):
        share, least = 100 * noticed[name] / ((all_of[name] - apart[name]) or 1), ASKED.get(name, 0)
        low |= share < least and all_of[name] > apart[name]
        print(
            f"{name:12} {noticed[name]:3} of {all_of[name]:3} noticed, {apart[name]} listed as equivalent: "
            f"{share:.0f} % of the others (asked: {least} %)"
        )
    return low


if __name__ == "__main__":
    sys.exit(main())
