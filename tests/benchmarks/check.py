"""How long ``plan-monitor check`` takes, and how much memory, on tables of 100 000 rows and of 900 000.

Good ones; nine columns wrong in every row, with the same value or with another in each. The limit that was
set for the wrong ones, the 900 000 households too, is 15 s and 1 GB, imports included.
"""

import csv
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

DATA = Path(__file__).parents[2] / "data"
ROWS, HOUSEHOLDS = 100_000, 900_000
GOOD = {
    "document": "edu-145",
    "indicator": "rural-disposable-income",
    "region": "532300",
    "period": "2020",
    "comparator": "=",
    "value": "12861",
    "unit": "元",
    "quality": "A",
    "reading": "printed",
    "locator": "表1",
}
SPOILED = ("region", "period", "status", "members", "wage", "medical", "school", "insured", "document")
WRONG = {column: cell if column == "unit" else f"={column}" for column, cell in GOOD.items()}


def package(folder: Path, cells: dict[str, str], distinct: bool) -> None:
    """The project's own package with other observations."""
    shutil.copytree(DATA, folder)
    checks = folder / "checks.csv"  # they name observations that are not there any more
    checks.write_text(checks.read_text(encoding="utf-8-sig").splitlines()[0], encoding="utf-8")
    path = folder / "observations.csv"
    header = path.read_text(encoding="utf-8-sig").splitlines()[0].split(",")
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, header, restval="")
        rows.writeheader()
        for number in range(ROWS):
            marked = {name: f"{cell} {number}" for name, cell in cells.items() if cell.startswith("=")}
            rows.writerow({"id": f"o-{number}", **cells, **(marked if distinct else {})})


def households(folder: Path, rows: int, wrong: bool) -> None:
    """The project's own package with so many rows of households; nine cells wrong in each, or none."""
    shutil.copytree(DATA, folder)
    sample = (DATA / "samples/households_synthetic.csv").read_text(encoding="utf-8").splitlines()
    header, good = sample[0].split(","), sample[1].split(",")
    spoiled = [header.index(column) for column in SPOILED]
    with (folder / "households.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(header)
        for number in range(rows):
            row = dict(zip(header, good, strict=True))
            row |= {"code": f"H{number // 3:06d}X", "period": str(2021 + number % 3)}
            row |= {"wage": str(10_000 + number * 37 % 90_000), "business": str(number * 91 % 60_000)}
            cells = list(row.values())
            for place in spoiled if wrong else ():
                cells[place] = f"={header[place]} {number}"
            table.writerow(cells)


def measured(name: str, folder: Path) -> None:
    """Print what `check` takes for a folder, and the end of what it says."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "plan_monitor.cli", "check", str(folder), "--lang", "en"]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    said = child.stdout.read().splitlines()
    _, _, used = os.wait4(child.pid, 0)
    taken, peak = time.perf_counter() - start, used.ru_maxrss / 1024
    busy = used.ru_utime + used.ru_stime  # what else the machine did meanwhile does not count
    count = next((line for line in said if "finding(s)" in line), said[-1].rsplit(": ")[-1])
    print(f"{name:30s} {taken:6.1f} s {busy:6.1f} s of CPU {peak:6.0f} MB   {count}")


def main() -> None:
    """Print the table."""
    for name, cells, distinct in (
        ("good", GOOD, False),
        ("wrong, the same in every row", WRONG, False),
        ("wrong, another in every row", WRONG, True),
    ):
        with tempfile.TemporaryDirectory() as scratch:
            package(Path(scratch) / "data", cells, distinct)
            measured(name, Path(scratch) / "data")
    for name, wrong in (("households, good", False), ("households, all wrong", True)):
        with tempfile.TemporaryDirectory() as scratch:
            households(Path(scratch) / "data", HOUSEHOLDS, wrong)
            measured(name, Path(scratch) / "data")


if __name__ == "__main__":
    main()
