"""Parameters as papermill's command line injects them, read as the notebooks declare them."""

import subprocess
import sys
import types
from pathlib import Path

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_monitor import parameters
from reportkit import language
from reportkit.render.parameters import as_declared, defaults, kind, literal, misfits

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
EVERY = sorted(p for p in NOTEBOOKS.rglob("*.ipynb") if ".ipynb_checkpoints" not in p.parts)
CELL = """region: str = "532300"
as_of: str = "2025-12"
lang: str = "zh"
years: int = 5
shock: float = 20.0
brief: bool = False
"""


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")


@pytest.fixture
def read(monkeypatch):
    """A module with a parameters cell and what was injected after it, read."""

    def run(cell, injected=""):
        module = types.ModuleType("a_notebook")
        monkeypatch.setitem(sys.modules, "a_notebook", module)
        exec(cell, vars(module))
        exec(injected, vars(module))
        parameters("a_notebook")
        return module

    return run


def test_values_that_fit_stay_as_they_are(read):
    module = read(CELL)
    found = module.region, module.as_of, module.years, module.shock, module.brief
    assert found == ("532300", "2025-12", 5, 20.0, False)


@pytest.mark.parametrize(
    ("cell", "injected", "lang"),
    [(CELL, "", "zh"), (CELL, "lang = 'en'", "en"), ("years: int = 5", "", "zh")],
)
def test_the_language_is_the_one_of_the_parameters_else_chinese(read, cell, injected, lang):
    language.use("en" if lang == "zh" else "zh")
    read(cell, injected)
    assert language.current() == lang


@pytest.mark.parametrize(
    ("injected", "key", "value"),
    [
        ("region = 532300", "region", "532300"),
        ("region = '楚雄州'", "region", "楚雄州"),
        ("as_of = 2025", "as_of", "2025"),
        ("years = '3'", "years", 3),
        ("shock = 10", "shock", 10.0),
        ("shock = '12.5'", "shock", 12.5),
        ("brief = 'true'", "brief", True),
    ],
)
def test_values_are_read_as_declared(read, injected, key, value):
    found = getattr(read(CELL, injected), key)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("injected", "said"),
    [
        ("as_of = 2025.1", "parameter as_of is 2025.1: expected text"),
        ("as_of = None", "parameter as_of is None: expected text"),
        ("as_of = 20251", "parameter as_of is '20251': expected a period"),
        ("region = True", "parameter region is True: expected text"),
        ("region = [532300]", "expected text"),
        ("lang = 'French'", "parameter lang is 'French': expected the code of a language"),
        ("years = 2.5", "parameter years is 2.5: expected a whole number"),
        ("years = 'many'", "parameter years is 'many': expected a whole number"),
        ("years = True", "expected a whole number"),
        ("shock = 'much'", "expected a number"),
        ("brief = 1", "expected True or False"),
    ],
)
def test_what_cannot_be_of_the_type_is_refused_in_one_sentence(read, monkeypatch, injected, said):
    with pytest.raises(ValueError, match=said.replace("[", r"\[")):
        read(CELL, injected)
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    with pytest.raises(ValueError, match=r"参数 \w+ 为 .*应为"):
        read(CELL, injected)


@given(st.integers(0, 10**12))
def test_a_code_of_digits_survives_the_command_line(number):
    assert as_declared(int(str(number)), "str") == str(number)
    assert as_declared(str(number), "int") == number


@pytest.mark.slow
@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.relative_to(NOTEBOOKS).as_posix())
def test_every_notebook_reads_its_parameters_before_it_uses_one(read, path):
    cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    declared, *setup = cells
    assert "parameters" in declared.metadata["tags"]
    code = "\n".join(["", *(cell.source for cell in setup), ""])
    before, call, _ = code.partition("\nparameters(__name__)\n")
    assert call, "no parameters(__name__)"
    assert all(line.startswith(("import ", "from ")) for line in before.splitlines() if line)
    assert read(declared.source, "as_of = 2025").as_of == "2025"


@pytest.mark.slow
def test_papermills_own_command_line(tmp_path):
    given = [
        "-p",
        "region",
        "532300",
        "-p",
        "as_of",
        "2025",
        "-r",
        "years",
        "3",
        "-y",
        "{lang: en, beside: 530000}",
    ]
    done = subprocess.run(
        [sys.executable, "-m", "papermill", "explore.ipynb", str(tmp_path / "out.ipynb"), *given],
        cwd=NOTEBOOKS,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr[-2000:]
    shown = nbformat.read(tmp_path / "out.ipynb", as_version=4)
    texts = [output.data["text/plain"] for cell in shown.cells for output in cell.get("outputs", [])]
    assert any("Chuxiong" in text for text in texts) and any("2025" in text for text in texts)


def test_a_type_is_the_one_declared_or_that_of_the_default():
    def of(declared, default="None"):
        return kind({"inferred_type_name": declared, "default": default})

    assert [of("str"), of("list[str]"), of(" Dict[str, int] "), of("Path")] == ["str", "list", "dict", ""]
    assert [of("None", "5"), of("None", "'a'"), of("None", "True"), of("None", "x")] == [
        "int",
        "str",
        "bool",
        "",
    ]


def test_what_does_not_fit_is_told_with_what_was_expected():
    declared = {"inferred_type_name": "str", "default": "''"}
    assert [*misfits("region", ["1", 1], declared)] == [
        ("region", 1, "应为 str 类型（数字代码请加引号）", "expected str (put digits in quotes)")
    ]
    whole = {"inferred_type_name": "int", "default": "5"}
    assert [*misfits("years", [5, True, 2.5], whole)] == [
        ("years", value, "应为 int 类型", "expected int") for value in (True, 2.5)
    ]
    assert [value for _, value, *_ in misfits("lang", ["zh", "fra", "french", "EN"])] == ["french", "EN"]
    assert [value for _, value, *_ in misfits("as_of", ["2025", "2025-06", "2025-13", "May"])] == [
        *("2025-13", "May"),
    ]
    assert [*misfits("other", ["anything"])] == []


def test_values_become_the_declared_type_only_where_that_is_plain():
    assert [as_declared(value, "bool") for value in ("true", "false", "yes", 1)] == [True, False, "yes", 1]
    assert [as_declared(value, "int") for value in ("5", 5, 2.5, True, "many", None)] == [
        5,
        5,
        2.5,
        True,
        "many",
        None,
    ]
    assert str(as_declared(5, "float")) == "5.0" and str(as_declared("20", "float")) == "20.0"
    assert as_declared(2025.1, "str") == 2025.1 and as_declared(True, "str") is True
    assert as_declared("5", "list") == "5"


def test_defaults_are_those_that_are_written_out():
    cell = {"a": {"default": "5"}, "b": {"default": "None"}, "c": {"default": "f()"}, "d": {"default": "["}}
    assert defaults(cell) == {"a": 5, "b": None}
    assert (literal("f()"), literal("f()", "x"), literal("'y'", "x")) == (None, "x", "y")
