"""The faults that are put into the library, and the tests that are tried on them."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest
from faults import faults
from nearest import nearest
from reached import lines_of, reached
from run import equivalent, place

ROOT = Path(__file__).parents[2]
TESTS = sorted((ROOT / "tests").rglob("test_*.py"))


def changes(text):
    """What stands there and what would, of every fault, as one text; brackets around what would are dropped."""
    return {f"{fault.before} → {fault.after.removeprefix('(').removesuffix(')')}" for fault in faults(text)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a < b <= c", {"a < b <= c → a <= b <= c", "a < b <= c → a < b < c"}),
        ("a is not b", {"a is not b → a is b"}),
        ("a + b", {"a + b → a - b"}),
        ("a += b", {"a += b → a -= b"}),
        ("a and b", {"a and b → a or b"}),
        ("not a", {"not a → a"}),
        ("-a", {"-a → a"}),
        ("a = 2.5", {"2.5 → 3.5", "2.5 → 1.5"}),
        ("def f(a=True): a", {"True → False"}),
        ("min(a, b)", {"min(a, b) → pass", "min → max"}),
        ("x = a.any()", {"a.any → a.all"}),
        ("x = f(a, b, c)", {"f(a, b, c) → f(b, a, c)"}),
        ("if a: b", {"a → not a"}),
        ("def f():\n    return a", {"return a → return"}),
    ],
)
def test_each_kind_of_fault(text, expected):
    assert changes(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        '"""Of 3 < 4."""',
        "a: f(1, 2)",
        "def f(a: 'x' | 3) -> -1: a",
        "@lru_cache(4)\ndef f(): a",
        "x = f'{a + b}'",
        "x = 'a' + b",
        "x = [a] + b",
        "f = g(a, a)",
        "x = zip(*a, strict=True)",
        "def f():\n    return None",
    ],
)
def test_what_no_reader_of_a_figure_would_see_is_left_alone(text):
    assert faults(text) == []


def test_a_message_stays_as_it_is_and_may_not_be_sent():
    assert changes("raise ValueError(1 + a, b)") == {"raise ValueError(1 + a, b) → pass"}


def test_a_fault_changes_one_place_whatever_stands_before_it():
    text = "x = '市', (\n    a +\n    b) * 2\n"
    texts = [fault.within(text) for fault in faults(text)]
    assert [ast.unparse(ast.parse(one)) for one in texts] == [
        "x = ('市', (a + b) / 2)",
        "x = ('市', (a - b) * 2)",
        "x = ('市', (a + b) * 1)",
        "x = ('市', (a + b) * 3)",
    ]


@pytest.mark.slow
def test_every_fault_of_the_library_leaves_python():
    for path in sorted((ROOT / "lib/plan_monitor/methods").glob("*.py")):
        text = path.read_text(encoding="utf-8")
        whole = ast.dump(ast.parse(text))
        assert all(ast.dump(ast.parse(fault.within(text))) != whole for fault in faults(text)[::10])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("module", "first"),
    [
        ("plan_monitor.methods.scale", "test_scale.py"),
        ("plan_monitor.relapse.published", "test_published.py"),
        ("plan_monitor.relapse.trial", "test_risk_trial.py"),
    ],
)
def test_tests_of_a_module_by_its_name_come_first(module, first):
    assert nearest(module, TESTS, ROOT / "lib")[0].name == first


@pytest.mark.slow
@pytest.mark.parametrize(
    ("room", "module"), [("fund", "ratios"), ("grid", "formats")]
)  # there is a room formats
def test_tests_of_its_room_come_before_those_of_others(room, module):
    found = nearest(f"plan_monitor.{room}.{module}", TESTS, ROOT / "lib")
    own = sum(test.parent.name == room for test in TESTS)
    assert [test.parent.name for test in found[:own]] == [room] * own


@pytest.mark.slow
def test_a_file_that_reaches_a_module_through_no_other_is_not_among_its_tests():
    nobody = [test for test in TESTS if test.name == "test_links.py"]
    assert nearest("plan_monitor.methods.scale", nobody, ROOT / "lib") == []


SOURCE = """
MOST = 3

def least(
    a,
    b=2,
):
    if a and (
        b
    ):
        return min(
            a,
            b)
    for one in a: yield one
    return 4
"""


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (2, None),
        (6, None),  # a default
        (8, [8, 9, 10]),
        (9, [8, 9, 10]),
        (12, [11, 12, 13]),
        (14, [14]),
        (15, [15]),
    ],
)
def test_lines_of_the_statement_that_a_call_runs(line, expected):
    assert lines_of(SOURCE, line) == expected


@pytest.fixture
def repository(tmp_path):
    """A library of one function, and tests of it: one that shares what it makes, one that fails without a fault."""
    module = tmp_path / "lib/plan_monitor/shares.py"
    module.parent.mkdir(parents=True)
    module.write_text(
        "def share(part, whole):\n    if not whole:\n        return None\n    return part / whole\n"
    )
    (module.parent / "__init__.py").touch()
    (tmp_path / "lib/reportkit.py").touch()
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests/test_shares.py").write_text(
        "import pytest\nfrom plan_monitor.shares import share\n"
        "@pytest.fixture(scope='module')\ndef half():\n    return share(1, 2)\n"
        "def test_half(half):\n    assert half == 0.5\n"
        "def test_nothing():\n    assert share(0, 0) is None\n"
    )
    (tmp_path / "tests/test_never.py").write_text("def test_never():\n    assert False\n")
    return tmp_path


@pytest.mark.slow
def test_who_runs_a_line_is_known_by_test_and_by_file_where_it_sets_up_for_others(repository):
    lines = reached(repository, repository / "into", 1)[Path("lib/plan_monitor/shares.py")]
    tests = "tests/test_shares.py"
    assert lines[2] == {tests, f"{tests}::test_nothing"}
    assert lines[3] == {f"{tests}::test_nothing"}
    assert lines[4] == {tests}


def first_failed(repository, tests, mark):
    """What `failed` says, from a process that has not imported the library."""
    code = f"from pathlib import Path; from bench import failed; print(failed(Path.cwd(), {tests}, {mark!r}))"
    env = os.environ | {"PYTHONPATH": str(Path(__file__).parent)}
    command = [sys.executable, "-c", code]
    run = subprocess.run(command, cwd=repository, env=env, capture_output=True, text=True, check=True)
    return run.stdout.strip()


@pytest.mark.slow
def test_the_file_of_the_first_test_that_fails_is_told(repository):
    both = ["tests/test_shares.py", "tests/test_never.py"]
    assert first_failed(repository, both[:1], "not slow") == "None"
    assert first_failed(repository, both[:1], "slow") == "None"  # there is none
    assert first_failed(repository, both, "not slow") == "tests/test_never.py"
    assert first_failed(repository, ["tests/test_shares.py::test_gone"], "not slow") == "pytest itself"
    module = repository / "lib/plan_monitor/shares.py"
    module.write_text(module.read_text().replace("/", "*"))
    assert first_failed(repository, both, "not slow") == "tests/test_shares.py"


def test_a_fault_is_known_by_its_lines(tmp_path, monkeypatch):
    monkeypatch.setattr("run.ROOT", tmp_path)
    path = tmp_path / "a.py"
    path.write_text("x = f(a,\n      b + 1)\n")
    assert {place(path, fault)[1:] for fault in faults(path.read_text())} == {
        ("x = f(a, b + 1)", "x = (f(b + 1, a))"),
        ("b + 1)", "(b - 1))"),
        ("b + 1)", "b + 2)"),
        ("b + 1)", "b + 0)"),
    }


@pytest.mark.slow
def test_what_is_listed_as_equivalent_could_still_be_put_in_and_says_why():
    for file in {one.file for one in equivalent()}:
        path = ROOT / file
        possible = {place(path, fault) for fault in faults(path.read_text(encoding="utf-8"))}
        assert {one for one in equivalent() if one.file == file} <= possible, file
    assert all(len(reason.split()) > 3 for reason in equivalent().values())
