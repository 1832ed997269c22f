"""Which test files could notice a fault in a module of the library: those nearest to it by imports."""

import ast
from functools import cache
from pathlib import Path

MOST = 6  # files, where its room has no more: who is farther away tests something else


def module_of(path: Path, library: Path) -> str:
    """Dotted name of a file of the library."""
    return ".".join(path.relative_to(library).with_suffix("").parts).removesuffix(".__init__")


@cache
def _modules(library: Path) -> dict[str, Path]:
    return {module_of(path, library): path for path in library.rglob("*.py")}


@cache
def _named(path: Path, library: Path) -> frozenset[str]:
    """Modules of the library that a file imports, or names in a text: lazily, or to be run by a command."""
    known, names = _modules(library), set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Import(names=given):
                names |= {one.name for one in given}
            case ast.ImportFrom(module=str(module), names=given):
                inner = {f"{module}.{one.name}" for one in given}
                names |= inner if inner <= known.keys() else {module, *inner}
            case ast.Constant(value=str(text)):
                names.add(text)
    return frozenset(names & known.keys())


def nearest(module: str, tests: list[Path], library: Path) -> list[Path]:
    """All test files of a module's room, those that are called like it first, and a few others that reach it.

    The nearest come first, and of those as near the quick ones. What a package offers of its modules is as near as they are.
    """
    folders = _modules(library)[module].relative_to(library).parent.parts
    ranked = []
    for test in tests:
        steps, front, seen = 1, {*_named(test, library)}, set()
        while front and module not in front:
            seen |= front
            lazy = {name for name in front if _modules(library)[name].name == "__init__.py"}
            within = set().union(*(_named(_modules(library)[name], library) for name in lazy)) - seen
            if module in within:
                break
            beyond = set().union(*(_named(_modules(library)[name], library) for name in front | within))
            steps, front = steps + 1, beyond - seen
        room = test.parent.name in folders
        if front or room:
            stem = module.rpartition(".")[2]
            namesake = f"_{stem}_" in f"{test.stem}_"  # test_risk_trial is one of trial, and of risk
            slow = "pytestmark = pytest.mark.slow" in test.read_text(encoding="utf-8")
            ranked.append((not room, not namesake, steps, slow, test.name, test))
    ranked.sort()
    return [test for rank, (elsewhere, *_, test) in enumerate(ranked) if rank < MOST or not elsewhere]
