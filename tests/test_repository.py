"""The files that describe the project say the same thing."""

import itertools
import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).parents[1]
# conda-forge's names where they differ from the Python package index
CONDA_NAMES = {"matplotlib-base": "matplotlib", "pyright": "pyright[nodejs]"}


def described(section):
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))[section]


def project():
    return described("project")


def declared():
    """All but what few install: what recognises scanned pages is larger than all the rest, S3's client holds others back."""
    optional = project()["optional-dependencies"].items()
    extras = {name: extra for name, extra in optional if name not in ("ocr", "objects")}
    return {*project()["dependencies"], *itertools.chain(*extras.values())}


def test_environment_yml_equals_pyproject():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    *packages, pip = environment["dependencies"]
    names = [re.match(r"[\w.-]+", package)[0] for package in packages]
    python, packages = packages[0], packages[2:]
    translated = {p.replace(n, CONDA_NAMES.get(n, n)) for p, n in zip(packages, names[2:], strict=True)}
    assert translated | set(pip["pip"]) == declared()
    assert python == f"python{project()['requires-python']}"


@pytest.mark.parametrize("name", ["requirements.lock", "oldest.lock", "docs.lock"])
def test_a_lock_holds_every_dependency_with_hashes_and_no_address(name):
    lock = (ROOT / name).read_text(encoding="utf-8")
    pinned = set(re.findall(r"^([\w.-]+)==", lock, flags=re.MULTILINE))
    wanted = described("dependency-groups")["docs"] if name == "docs.lock" else declared()
    assert {re.match(r"[\w.-]+", package)[0] for package in wanted} <= pinned
    blocks = re.split(r"^(?=[\w.-]+==)", lock, flags=re.MULTILINE)[1:]
    assert all("--hash=sha256:" in block for block in blocks)
    assert "://" not in lock


def test_the_oldest_versions_that_are_tried_are_those_that_are_allowed():
    """The first release of each bound: 2.32.2 for >=2.32, of which 2.32.0 was withdrawn."""
    lock = (ROOT / "oldest.lock").read_text(encoding="utf-8")
    pinned = dict(re.findall(r"^([\w.-]+)==(\S+)", lock, flags=re.MULTILINE))
    for package in map(Requirement, declared()):
        (bound,) = package.specifier
        assert bound.operator == ">="
        release = Version(bound.version).release
        assert Version(pinned[package.name]).release[: len(release)] == release, package


def test_continuous_integration_runs_the_readmes_test_command():
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert script.splitlines()[-1] == "make test"
    for name in ("README.md", "README.zh-CN.md"):
        readme = (ROOT / name).read_text(encoding="utf-8")
        assert re.search(r"^make reports", readme, flags=re.MULTILINE), name
        assert re.search(r"^make test", readme, flags=re.MULTILINE), name


def test_the_public_workflow_takes_the_steps_of_make_test():
    workflow = yaml.safe_load((ROOT / ".github/workflows/test.yml").read_text(encoding="utf-8"))
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    runs = [step.get("run", "") for step in workflow["jobs"]["test"]["steps"]]
    steps = [run.removeprefix("python -m ") for run in runs if run.startswith("python -m ")]
    assert len(steps) == 5
    for step in steps:
        assert step.removeprefix("pip install ").replace("-n 2", "-n $(JOBS)") in makefile, step


def test_the_library_knows_no_place():
    """Another prefecture is another data folder."""
    places = re.compile("chuxiong|wuhua|楚雄|五华|5323|530102", flags=re.IGNORECASE)
    files = [p for p in (ROOT / "lib").rglob("*") if p.suffix in {".py", ".j2", ".css", ".json"}]
    assert [p.name for p in files if places.search(p.read_text(encoding="utf-8"))] == []
    assert len(files) > 200


def test_every_notebook_has_the_standard_parameters_and_short_cells():
    import nbformat

    notebooks = sorted((ROOT / "notebooks").rglob("*.ipynb"))
    assert len(notebooks) >= 4
    for path in notebooks:
        code = [c for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code"]
        parameters = [c.source for c in code if "parameters" in c.metadata.get("tags", [])]
        assert len(parameters) == 1, path
        for name in ("region", "as_of", "data", "lang"):
            assert re.search(rf"^{name}: str = .+  # ", parameters[0], flags=re.MULTILINE), (path, name)
        assert max(len(c.source.splitlines()) for c in code) <= 14, path
        assert [c.execution_count for c in code] == list(range(1, len(code) + 1)), path
        outputs = [output for c in code for output in c.outputs]
        assert outputs and {o.output_type for o in outputs} == {"display_data"}, path


@pytest.mark.slow
def test_figures_are_rounded_in_one_place():
    """Python's own rounding is that of binary fractions: 89.55 would be printed as 89.5."""
    import nbformat

    own = re.compile(r":[+,]*\.\d+[f%]|\bround\(")
    texts = {
        path: path.read_text(encoding="utf-8")
        for folder in ("report", "trace")
        for path in (ROOT / "lib/plan_monitor").glob(f"**/{folder}/*.py")
    }
    for path in (ROOT / "notebooks").rglob("*.ipynb"):
        cells = nbformat.read(path, as_version=4).cells
        texts[path] = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
    assert len(texts) > 40
    assert {str(path): own.findall(text) for path, text in texts.items() if own.search(text)} == {}


def test_every_surprise_is_listed_with_the_versions_it_installs():
    """A script is named in the table of findings/README.md with the library that it is about."""
    text = (ROOT / "findings/README.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `([\w.-]+)` \| (.+?) \|", text, flags=re.MULTILINE))
    scripts = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "findings").iterdir()}
    del scripts["README.md"]
    assert rows.keys() == scripts.keys()
    for name, versions in rows.items():
        installed = set(re.findall(r"([\w-]+)(?:\[\w+\])?==([\d.]+)", scripts[name]))
        told = set(re.findall(r"([\w-]+) ([\d.]+\d)", versions)) - {
            ("pandoc", "3.9")
        }  # part of pypandoc-binary
        assert told and told <= installed, name
