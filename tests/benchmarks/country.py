"""A whole country on a Dask cluster: two reports for each of its 2 846 counties, 5 692 altogether.

``python tests/benchmarks/country.py --all --keep FOLDER`` makes them all, ``--reports 200`` of a sample of
counties; the data are made up by ``synthetic/made_up.py``. The cluster is one of two workers on this machine, or
any other (``--scheduler ADDRESS``; FOLDER must then lie where its workers see it). The same words again go on
where a run was cut short. What is told:

- by windows of the run, the processor time of a report, and the memory of all who take part: where both stay
  what they were at the first hundred, ten times as many reports take ten times as long. Reports a second are told
  as well, but of a machine that does nothing else;
- at half of the reports a worker is killed, at three quarters the program itself, which is then started again:
  how many reports were made twice;
- a run that finds nothing to do; what is written on the disk;
- the same on this machine without a cluster, as web pages and in all formats.
"""

import argparse
import contextlib
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import psutil
import yaml
from synthetic import made_up

ROOT = Path(__file__).parents[2]
PLAN = {"notebook": "governance/plan.ipynb", "name": "plan-{region}-{lang}"}
BALANCE = {"notebook": "education/balance.ipynb", "name": "balance-{region}-{lang}"}
TOGETHER = 25
WORKERS = 2
FIRST, WINDOWS = 100, 10  # reports of the first window; how many windows there are of the others
BESIDE = 40  # reports that are made without a cluster
GROUPS = ("driver", "scheduler", "workers", "kernels")
_LINE = re.compile(r"\[\d+/\d+\] (?P<name>\S+): (?P<state>.*)")
_RENDER = [sys.executable, "-m", "plan_monitor.cli", "render"]
_CLUSTER = f"""
import sys
from distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(n_workers={WORKERS}, threads_per_worker=1, dashboard_address=None) as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()  # until whoever started it closes it
"""


class Reading(NamedTuple):
    """What those who make reports have used so far, and have in memory now, by group."""

    at: float
    seconds: dict[str, float]  # of the processor
    mebibytes: dict[str, float]


def recipes(path: Path, reports: int) -> Path:
    """Write which reports to make, two of each county, of counties from all over; both kinds in turns."""
    all_of_them = made_up.counties()
    number = reports // 2
    chosen = [all_of_them[place * len(all_of_them) // number].code for place in range(number)]
    entries = []
    for start in range(0, number, TOGETHER):  # so that no window has more of one kind than another
        group = chosen[start : start + TOGETHER]
        for code in group:
            entries.append({**PLAN, "parameters": {"region": code, "document": f"plan-{code}"}})
        entries.append({**BALANCE, "matrix": {"region": group}})
    text = {"notebooks": str(ROOT / "notebooks"), "reports": entries}
    path.write_text(yaml.safe_dump(text, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


@contextlib.contextmanager
def cluster() -> Iterator[tuple[str, psutil.Process]]:
    """Address and process of a scheduler whose workers are its children."""
    with tempfile.TemporaryDirectory() as scratch:
        script = Path(scratch) / "cluster.py"
        script.write_text(_CLUSTER)
        process = subprocess.Popen(
            [sys.executable, script],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=(Path(scratch) / "log").open("w"),
            text=True,
            cwd=scratch,
        )
        try:
            yield process.stdout.readline().strip(), psutil.Process(process.pid)
        finally:
            process.stdin.close()
            process.wait(60)


def family(process: psutil.Process, group: str) -> Iterator[tuple[str, psutil.Process]]:
    """A process and all below it, each with its group."""
    with contextlib.suppress(psutil.Error):
        group = "kernels" if "reportkit.kernel" in process.cmdline() else group
        yield group, process
        for child in process.children():
            yield from family(child, group if group == "kernels" else "workers")


def used(process: psutil.Process, group: str) -> float:
    """Seconds of the processor, with those of processes below it that have ended; of a scheduler those are
    workers, which are counted themselves."""
    times = process.cpu_times()
    ended = 0 if group == "scheduler" else times.children_user + times.children_system
    return times.user + times.system + ended


def read(driver: psutil.Process, scheduler: psutil.Process | None, lost: dict[str, float]) -> Reading:
    """See what has been used, that of killed processes included."""
    seconds, mebibytes = {**lost}, dict.fromkeys(GROUPS, 0.0)
    both = [*family(driver, "driver"), *(family(scheduler, "scheduler") if scheduler else [])]
    for group, process in both:
        with contextlib.suppress(psutil.Error):
            seconds[group] += used(process, group)
            # what kernels share is counted once; of the others it is little
            memory = process.memory_full_info().pss if group == "kernels" else process.memory_info().rss
            mebibytes[group] += memory / 2**20
    return Reading(time.monotonic(), seconds, mebibytes)


def tell(before: Reading, after: Reading, of: str, reports: int) -> None:
    """Print a window: processor time of a report, reports a second, memory."""
    took = [after.seconds[group] - before.seconds[group] for group in GROUPS]
    each = " ".join(f"{seconds / reports:9.3f}" for seconds in (sum(took), *took))
    memory = " ".join(f"{after.mebibytes[group]:9.0f}" for group in GROUPS)
    print(f"{of:>11} {each} {reports / (after.at - before.at):9.3f} {memory}", flush=True)


def heading() -> None:
    """Print what stands in which column."""
    columns = ("all", *GROUPS, "a second", *GROUPS)
    print(" " * 11, "CPU seconds a report", " " * 40, "MiB")
    print(" ".join([f"{'reports':>11}", *(f"{column:>9}" for column in columns)]))


class Run:
    """A run of ``plan-monitor render``, read line by line as it goes; windows are told, and who is killed."""

    def __init__(self, words: list[str], scheduler: psutil.Process | None):
        self.scheduler = scheduler
        self.made: set[str] = set()
        self.failed: dict[str, str] = {}
        self.unchanged = 0
        self.lost = dict.fromkeys(GROUPS, 0.0)  # seconds of the processor, of processes that were killed
        self.process = subprocess.Popen([*_RENDER, *words], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        self.driver = psutil.Process(self.process.pid)

    def follow(self, limits: list[int], kill_worker: int = 0, kill_driver: int = 0) -> None:
        """Read to the end; the windows end where so many reports have been made, kills come after others."""
        start, window, done = self._read(), None, 0
        for line in self.process.stdout:
            if not (match := _LINE.match(line)):
                print(line, end="")
                continue
            if match["state"] == "unchanged":
                self.unchanged += 1
                continue
            if window is None:  # what comes before the first report is told apart
                begun = self._read()
                spent = sum(begun.seconds.values()) - sum(start.seconds.values())
                print(f"the first report came after {begun.at - start.at:.1f} s, {spent:.1f} s of processor")
                heading()
                window, since = begun, 1
            done += 1
            self.made.add(match["name"])
            if match["state"] != "ok":
                self.failed[match["name"]] = match["state"]
            if done in limits and done > since:
                after = self._read()
                tell(window, after, f"{since + 1}-{done}", done - since)
                window, since = after, done
            if done == kill_worker:
                self._kill_worker()
            if done == kill_driver:
                if done > since:
                    tell(window, self._read(), f"{since + 1}-{done}", done - since)
                print(f"{'':>11} the program is killed after {done}", flush=True)
                self.process.kill()
        self.process.wait()

    def _read(self) -> Reading:
        return read(self.driver, self.scheduler, self.lost)

    def _kill_worker(self) -> None:
        print(f"{'':>11} a worker is killed", flush=True)
        children = self.scheduler.children()
        worker = next(child for child in children if "spawn_main" in " ".join(child.cmdline()))
        for group, process in family(worker, "workers"):
            with contextlib.suppress(psutil.Error):
                self.lost[group] += used(process, group)
        worker.kill()


def finished(out: Path) -> dict[str, float]:
    """When each report was published."""
    return {path.stem: path.stat().st_mtime for path in out.glob("*-zh.html")}


def limits(reports: int) -> list[int]:
    """Where windows end: after the first hundred, and after each tenth of all."""
    tenths = [reports * tenth // WINDOWS for tenth in range(1, WINDOWS + 1)]
    return sorted({min(FIRST, reports), *(limit for limit in tenths if limit > FIRST)})


def country_run(
    words: list[str], out: Path, reports: int, address: str, scheduler: psutil.Process | None
) -> None:
    """Make all reports on a cluster, with a worker and the program killed on the way."""
    words = [*words, "--out", str(out), "--scheduler", address]
    todo = reports - len(finished(out))
    print(f"\n{reports} reports, {todo} of them to be made, on {address}")
    if todo:
        run = Run(words, scheduler)
        run.follow(limits(todo), kill_worker=todo // 2 if scheduler else 0, kill_driver=todo * 3 // 4)
        before = finished(out)
        print(f"{len(before)} reports are there; the program is started again")
        again = Run(words, scheduler)
        again.follow(limits(todo - len(run.made)))
        after = finished(out)
        twice = [name for name, when in before.items() if after[name] != when]
        print(f"{again.unchanged} found, {len(again.made)} made, {len(twice)} of them made before")
        print(f"failed: {run.failed | again.failed or 'none'}")
    start, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    idle = subprocess.run([*_RENDER, *words], cwd=ROOT, capture_output=True, text=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    took = time.monotonic() - start
    print(f"nothing to do: {took:.1f} s, {seconds:.1f} s of processor: {idle.stdout.splitlines()[0]}")


def weigh(out: Path, reports: int) -> None:
    """Print what a folder of reports has on the disk."""
    sizes: dict[str, list[int]] = {}
    for path in out.rglob("*"):
        if path.is_file():
            own = path.name.partition("-zh")
            kind = own[2] if own[1] and not path.name.startswith("briefs") else path.name
            sizes.setdefault(kind, []).append(path.stat().st_size)
    for kind, each in sorted(sizes.items(), key=lambda one: -sum(one[1])):
        print(f"  {kind:<16} {len(each):6} files, {sum(each) / len(each) / 1000:9.1f} kB each")
    whole, count = sum(map(sum, sizes.values())), sum(map(len, sizes.values()))
    print(f"  on the disk: {whole / reports / 1000:.0f} kB and {count / reports:.1f} files a report")


def without_cluster(words: list[str], out: Path, reports: int, formats: list[str]) -> None:
    """Make reports with two processes of this machine."""
    print(f"\n{reports} reports without a cluster, {' '.join(formats) or 'in all formats'}")
    run = Run([*words, "--out", str(out), "--jobs", str(WORKERS), *formats], None)
    run.follow([reports - 1])  # with the last, processes begin to end
    weigh(out, reports)


def main(folder: Path, reports: int, scheduler: str | None) -> None:
    """Make the country if it is not there yet, and what is asked for of it."""
    package = folder / "country"
    if not package.exists():
        made_up.write(package)
    words = ["--data", str(package), "--recipes"]
    some, few = recipes(folder / "recipes.yml", reports), recipes(folder / "few.yml", BESIDE)
    asked = [*words, str(some), "--format", "html"]
    out = folder / "reports"
    if scheduler:
        country_run(asked, out, reports, scheduler, None)
    else:
        with cluster() as (address, process):
            country_run(asked, out, reports, address, process)
    weigh(out, reports)
    with tempfile.TemporaryDirectory() as beside:
        without_cluster([*words, str(few)], Path(beside) / "html", BESIDE, ["--format", "html"])
        without_cluster([*words, str(few)], Path(beside) / "all", BESIDE, [])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked = parser.add_mutually_exclusive_group()
    asked.add_argument("--reports", type=int, default=200, help="how many, of counties from all over")
    asked.add_argument("--all", action="store_true", help="two of every county")
    parser.add_argument("--scheduler", metavar="ADDRESS", help="an existing cluster's")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="where all of it stays, to go on later")
    given = parser.parse_args()
    with contextlib.ExitStack() as stack:
        place = given.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        place.mkdir(parents=True, exist_ok=True)
        all_of_them = 2 * len(made_up.counties())
        main(place.resolve(), all_of_them if given.all else given.reports // 2 * 2, given.scheduler)
