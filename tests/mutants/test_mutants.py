"""The faults that are put into the library, and the tests that are tried on them."""

import ast
from pathlib import Path

import pytest
from faults import faults
from nearest import nearest

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
        ("min(a)", {"min(a) → pass", "min → max"}),
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


def test_every_fault_of_the_library_leaves_python():
    for path in sorted((ROOT / "lib/plan_monitor/methods").glob("*.py")):
        text = path.read_text(encoding="utf-8")
        whole = ast.dump(ast.parse(text))
        assert all(ast.dump(ast.parse(fault.within(text))) != whole for fault in faults(text)[::10])


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


@pytest.mark.parametrize(
    ("room", "module"), [("fund", "ratios"), ("grid", "formats")]
)  # there is a room formats
def test_tests_of_its_room_come_before_those_of_others(room, module):
    found = nearest(f"plan_monitor.{room}.{module}", TESTS, ROOT / "lib")
    own = sum(test.parent.name == room for test in TESTS)
    assert [test.parent.name for test in found[:own]] == [room] * own


def test_a_file_that_reaches_a_module_through_no_other_is_not_among_its_tests():
    nobody = [test for test in TESTS if test.name == "test_links.py"]
    assert nearest("plan_monitor.methods.scale", nobody, ROOT / "lib") == []
