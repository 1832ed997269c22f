"""What somebody gets who installs the wheel, and the notes of a release; `make release` tries the wheel itself."""

import zipfile
from pathlib import Path

import pytest

from scripts import loaded

ROOT = Path(__file__).parents[1]
CHANGES = """# Changelog

## [Unreleased]

### Added
- something to come

## [0.2.0] - 2026-11-30

### Changed
- a method

## [0.1.0] - 2026-01-31
- the first

[0.2.0]: https://example.org/0.2.0
"""


@pytest.fixture(scope="module")
def release():
    """The script of `make release`."""
    return loaded(ROOT / "tools/release.py")


@pytest.fixture(scope="module")
def wheel(release, tmp_path_factory):
    """The wheel of the source distribution, built with what is installed."""
    folder = tmp_path_factory.mktemp("built")
    return zipfile.ZipFile(release.wheel(release.sdist(folder), folder))


def files(*patterns: str) -> set[str]:
    return {path.relative_to(ROOT).as_posix() for pattern in patterns for path in ROOT.glob(pattern)}


@pytest.mark.slow
def test_the_library_travels_with_all_its_files(wheel):
    ours = {p for p in files("lib/**/*") if (ROOT / p).is_file() and "__pycache__" not in p and "/." not in p}
    packed = {f"lib/{name}" for name in wheel.namelist() if name.startswith(("plan_monitor/", "reportkit/"))}
    assert len(ours) > 300
    assert packed == ours


@pytest.mark.slow
def test_notebooks_recipes_and_data_travel_laid_out_as_here(wheel):
    home = "plan_monitor_project/"
    packed = {name.removeprefix(home) for name in wheel.namelist() if name.startswith(home)}
    ours = files("notebooks/**/*.ipynb", "data/*.csv", "data/*.yaml", "data/samples/*.[!p]*")
    assert {"notebooks/overview.ipynb", "data/datapackage.yaml", "data/samples/schools_synthetic.csv"} <= ours
    assert packed == {name for name in ours if "/." not in name} | {"reports/own-data.yml"}


@pytest.mark.slow
def test_the_wheel_says_what_it_is(wheel):
    (metadata,) = (name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
    lines = wheel.read(metadata).decode().splitlines()
    assert f"Version: {Path(wheel.filename).name.split('-')[1]}" in lines
    assert "License-Expression: Apache-2.0" in lines
    assert any(name.endswith("share/jupyter/kernels/plan-monitor/kernel.json") for name in wheel.namelist())


def test_notes_are_the_newest_section(release):
    assert release.notes(CHANGES, "0.2.0") == "### Changed\n- a method\n"
    first = CHANGES.replace("## [0.2.0] - 2026-11-30", "").replace("### Changed\n- a method", "")
    assert release.notes(first, "0.1.0") == "- the first\n"


@pytest.mark.parametrize(
    ("changes", "version"),
    [(CHANGES, "0.3.0"), (CHANGES, "0.1.0"), ("# Changelog\n## [Unreleased]\n", "0.1.0")],
)
def test_a_version_that_is_not_the_newest_of_the_changelog_is_refused(release, changes, version):
    with pytest.raises(ValueError, match=rf"## \[{version}\]"):
        release.notes(changes, version)
