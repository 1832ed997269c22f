"""Which tests are nearest to what has been changed, as git tells it."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LIBRARY = ROOT / "lib"


def files() -> set[Path]:
    """Files changed since the last commit; where there are none, those that the last commit changed."""
    for command in (
        ["status", "--porcelain", "-uall", "--no-renames"],
        ["show", "--name-status", "--no-renames", "--format="],
    ):
        done = subprocess.run(["git", "-C", ROOT, *command], capture_output=True, text=True)
        if found := {ROOT / line.split(maxsplit=1)[1] for line in done.stdout.splitlines()}:
            return found
    return set()


def distance(item: pytest.Item, changed: set[Path]) -> int:
    """How far a test is from changed files.

    0 it is in one, 1 its file is called like one or imports from one, 2 lies in the folder of its tests or imports
    from another of the same folder, 3 none of these.
    """
    if item.path in changed:
        return 0
    modules = {
        ".".join(path.relative_to(LIBRARY).with_suffix("").parts)
        for path in changed
        if path.suffix == ".py" and LIBRARY in path.parents
    }
    imported, folder = _imported(item), item.path.parent.name
    mirrored = [module for module in modules if folder in _room(module).split(".")]
    called = [module.rpartition(".")[2] for module in mirrored]
    if imported & modules or item.path.stem.removeprefix("test_") in called:
        return 1
    return 2 if mirrored or {*map(_room, imported)} & {*map(_room, modules)} else 3


def _imported(item: pytest.Item) -> set[str]:
    """Names of the modules that a test's file has something of."""
    names = vars(item.module).values() if isinstance(item, pytest.Function) else ()
    return {str(getattr(one, "__module__", None) or getattr(one, "__name__", None)) for one in names}


def _room(module: str) -> str:
    return module.rpartition(".")[0]
