"""Which tests run a line of the library: asked once, of the quick tests, before faults are put in.

As a plugin of pytest (`-p reached`) it writes that down for each worker of a run.
"""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import coverage
import pytest

# Files of the library, their lines, and who runs them: tests, or a file of tests where one of it sets up
# what others may share.
Reach = dict[Path, dict[int, set[str]]]
_INTO = "REACHED_INTO"  # where a worker writes what it ran


def reached(tree: Path, into: Path, jobs: int) -> Reach:
    """Who runs which line of the library of a tree; what was measured is left in a folder."""
    env = os.environ | {"PYTHONPATH": os.pathsep.join([str(tree / "lib"), str(Path(__file__).parent)])}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "reached", "-n", str(jobs), "-m", "not slow"]
    command += ["-o", "addopts=-p reportkit --doctest-modules", "--hypothesis-seed=0", "tests", "lib"]
    into.mkdir()
    env |= {_INTO: str(into / "lines")}
    subprocess.run(
        command, cwd=tree, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
    )
    measured = coverage.CoverageData(basename=str(into / "all"))
    for part in into.glob("lines.*"):
        of_worker = coverage.CoverageData(basename=str(part))
        of_worker.read()
        measured.update(of_worker)
    return {
        Path(name).relative_to(tree): {
            line: {*tests} - {""} for line, tests in measured.contexts_by_lineno(name).items()
        }
        for name in measured.measured_files()
    }


def lines_of(text: str, line: int) -> list[int] | None:
    """All lines of the innermost statement that a line belongs to; None where an import runs it, not a call.

    Of a statement that holds others, such as `if`, those before the first of them.
    """
    lines = None
    for statement, called in _statements(ast.parse(text), called=False):
        first_inside = [inside.lineno for inside in getattr(statement, "body", ())][:1]
        end = max(statement.lineno, min([statement.end_lineno, *(number - 1 for number in first_inside)]))
        if statement.lineno <= line <= end:
            lines = [*range(statement.lineno, end + 1)] if called else None
    return lines


def _statements(node: ast.AST, *, called: bool) -> Iterator[tuple[ast.stmt, bool]]:
    """Statements within a node, outer ones first, and whether a call runs them."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.stmt):
            yield child, called
        is_function = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef)
        yield from _statements(child, called=called or is_function)


class _Lines:
    """What the tests of one worker run."""

    def __init__(self, into: str):
        self._measured = coverage.Coverage(
            data_file=into, data_suffix=True, source_pkgs=["plan_monitor", "reportkit"], config_file=False
        )
        self._measured.start()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item):
        self._measured.switch_context(item.nodeid.partition("::")[0])

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_call(self, item):
        self._measured.switch_context(item.nodeid)

    def pytest_unconfigure(self):
        self._measured.stop()
        self._measured.save()


def pytest_configure(config):
    if hasattr(config, "workerinput") and _INTO in os.environ:
        config.pluginmanager.register(_Lines(os.environ[_INTO]))
