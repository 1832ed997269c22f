"""How long reports take beside plain papermill, nbconvert and the floor, all on the same notebooks in one run.

``make benchmarks`` runs it; about a quarter of an hour. What counts are the ratios, not the seconds of one machine:

- floor: the cells of all notebooks in processes that have imported everything and drawn before, and nothing else;
- papermill: a pool of processes that have imported papermill, an ordinary kernel for each notebook;
- nbconvert: ``jupyter nbconvert --execute``, a command for each notebook;
- plan-monitor: the whole run, its start included, and each report laid out and published as well.

The overhead of a report is what its making takes longer than the floor, at the same number of workers.
"""

import contextlib
import io
import multiprocessing
import os
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import nbformat
import psutil

from reportkit import source
from reportkit.kernel import client
from reportkit.render import inputs, run
from reportkit.render.recipes import read
from reportkit.render.run import Options
from reportkit.render.sources import Sources
from reportkit.render.store import Folder

ROOT = Path(__file__).parents[2]
RECIPES = ROOT / "reports/recipes.yml"
WORKERS = 2
MANY = (30, 120, 480)
_SHELL = None


def jobs():
    """All reports of the project's recipes."""
    source.use("plan_monitor.subject")
    sources = Sources()
    found, findings = read(RECIPES, sources)
    assert not findings, findings
    return inputs.check(found, RECIPES.name, sources)[0]


class Memory(threading.Thread):
    """The most memory that this process and all it started had at a time; what several share counts once."""

    def __init__(self):
        super().__init__(daemon=True)
        self.peak, self.over = 0, threading.Event()

    def run(self):
        while not self.over.wait(0.5):
            total = 0
            for process in psutil.Process().children(recursive=True):
                with contextlib.suppress(psutil.Error):
                    total += process.memory_full_info().pss
            self.peak = max(self.peak, total)


def timed(work, *arguments):
    """Seconds, and the peak of memory in MiB beside this process."""
    memory = Memory()
    memory.start()
    start = time.perf_counter()
    work(*arguments)
    seconds = time.perf_counter() - start
    memory.over.set()
    return seconds, memory.peak / 2**20


def prepare():
    """In a process of the floor: import everything, draw once, have a shell."""
    global _SHELL
    from IPython.core.interactiveshell import InteractiveShell

    from reportkit.kernel import warm

    warm.up([ROOT / "data"])
    main = sys.modules["__main__"]
    _SHELL = InteractiveShell.instance()
    sys.modules["__main__"] = main  # where the pool looks for what it is to do


def cells(job):
    """Run a notebook's cells in this process."""
    os.chdir(job.notebook.parent)
    _SHELL.user_ns.clear()  # as reset, which also collects garbage and so takes longer
    _SHELL.init_user_ns()
    with contextlib.redirect_stdout(io.StringIO()):
        for cell in nbformat.read(job.notebook, as_version=4).cells:
            if cell.cell_type == "code":
                _SHELL.run_cell(cell.source).raise_error()
                if "parameters" in cell.metadata.get("tags", []):
                    _SHELL.push(job.parameters)


def plain(job):
    """Run a notebook as papermill's documentation says."""
    import papermill

    papermill.execute_notebook(
        str(job.notebook),
        os.devnull,
        job.parameters,
        kernel_name="python3",
        cwd=str(job.notebook.parent),
        progress_bar=False,
    )


def nothing(_):
    time.sleep(0.5)  # so that every process of a pool gets one


def quiet():
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


class Pool:
    """Processes that have their imports behind them before the clock starts."""

    def __init__(self, function, initializer, workers):
        self.function = function
        context = multiprocessing.get_context("spawn")
        self.executor = ProcessPoolExecutor(workers, context, initializer)
        list(self.executor.map(nothing, range(2 * workers)))

    def __call__(self, work):
        list(self.executor.map(self.function, work))


def import_papermill():
    import papermill

    quiet()
    return papermill


def nbconvert(work, workers):
    """Run ``jupyter nbconvert --execute`` for each notebook."""

    def one(job):
        words = [sys.executable, "-m", "nbconvert", "--to", "notebook", "--execute", "--stdout", job.notebook]
        options = ["--ExecutePreprocessor.kernel_name=python3"]
        subprocess.run([*map(str, words), *options], capture_output=True, check=True)

    with ThreadPoolExecutor(workers) as executor:
        list(executor.map(one, work))


def ours(work, workers):
    """Make and publish all, from nothing: another process each time, so that nothing is warm yet."""
    with tempfile.TemporaryDirectory() as out:
        process = multiprocessing.get_context("spawn").Process(target=_render, args=(work, out, workers))
        process.start()
        process.join()
        assert process.exitcode == 0


def _render(work, out, workers):
    quiet()
    failed = [
        result for result in run.run(work, Folder(Path(out)), Options(workers=workers)) if result.reason
    ]
    sys.exit(bool(failed))


def copies(job, count):
    """So many different reports of one notebook."""
    return [
        replace(job, name=f"{job.name}-{number}", parameters={**job.parameters, "as_of": f"{1900 + number}"})
        for number in range(count)
    ]


def main() -> None:
    """Print the tables."""
    os.environ.pop(client.ADDRESS, None)
    work = jobs()
    pools = {"floor": Pool(cells, prepare, WORKERS), "papermill": Pool(plain, import_papermill, WORKERS)}
    once = list({job.notebook: job for job in work}.values())
    pools["floor"](once * WORKERS)  # whatever happens only once in a process
    ways = {
        **pools,
        "nbconvert": lambda work: nbconvert(work, WORKERS),
        "plan-monitor": lambda work: ours(work, WORKERS),
    }
    took = {name: timed(way, work) for name, way in ways.items()}
    floor, papermill = took["floor"][0], took["papermill"][0]
    print(f"{len(work)} reports of {len(once)} notebooks, {WORKERS} workers")
    print("                seconds  a report  overhead  of papermill's  throughput  peak MiB")
    for name, (seconds, peak) in took.items():
        over = (seconds - floor) * WORKERS / len(work)
        share = (seconds - floor) / (papermill - floor)
        print(
            f"  {name:<12} {seconds:8.1f}  {seconds / len(work):8.2f}  {over:8.2f}  {share:14.2f}"
            f"  {papermill / seconds:9.1f}x  {peak:8.0f}"
        )
    for pool in pools.values():
        pool.executor.shutdown()
    print(f"\nplan-monitor, {len(work)} reports")
    for workers in (1, 2, 4):
        seconds, peak = timed(ours, work, workers)
        print(
            f"  {workers} workers  {seconds:7.1f} s  {len(work) / seconds:5.2f} reports a second  {peak:6.0f} MiB"
        )
    small = next(job for job in work if job.name.startswith("plan-"))
    print(f"\nplan-monitor, reports of {small.notebook.name}, {WORKERS} workers")
    for count in MANY:
        seconds, peak = timed(ours, copies(small, count), WORKERS)
        print(f"  {count:4} reports  {seconds:7.1f} s  {seconds / count:6.3f} s a report  {peak:6.0f} MiB")
    with tempfile.TemporaryDirectory() as out:
        command = [sys.executable, "-m", "plan_monitor.cli", "render", "--out", out, "--only", small.name]
        print("\nplan-monitor render, one report")
        for what in ("all to do", "nothing to do"):
            start = time.perf_counter()
            subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
            print(f"  {what:<14} {time.perf_counter() - start:5.2f} s")


if __name__ == "__main__":
    main()
