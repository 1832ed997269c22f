"""Make a release in ``dist/``: sdist, wheel, and notes out of CHANGELOG.md. ``make release`` runs it.

The version is that of git's tag, and the newest section of the changelog must be of it. The wheel is built
from the sdist, and tried in an empty environment and folder.
"""

import contextlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import venv
from pathlib import Path

import hatchling.build

ROOT = Path(__file__).parents[1]
_SECTION = re.compile(r"^## \[?(?P<version>[^\s\]]+).*\n", flags=re.MULTILINE)
_REFERENCE = re.compile(
    r"^\[[^\]]+\]: \S+\n?", flags=re.MULTILINE
)  # where a heading of the changelog links to


def notes(changelog: str, version: str) -> str:
    """What a changelog (keepachangelog.com) says of a version; ValueError unless it is its newest."""
    headings = list(_SECTION.finditer(changelog))
    released = [one for one in headings if one["version"].lower() != "unreleased"]
    newest = released[0]["version"] if released else "none"
    if newest != version:
        expected = (
            f"expected a section `## [{version}] - YYYY-MM-DD`, and the commit to have the tag v{version}"
        )
        raise ValueError(
            f"CHANGELOG.md: its newest version is {newest}, that of git is {version}; {expected}"
        )
    end = released[1].start() if len(released) > 1 else len(changelog)
    return _REFERENCE.sub("", changelog[released[0].end() : end]).strip() + "\n"


def sdist(into: Path) -> Path:
    """Build the source distribution of this tree."""
    with contextlib.chdir(ROOT):
        return into / hatchling.build.build_sdist(str(into))


def wheel(source: Path, into: Path) -> Path:
    """Build the wheel of a source distribution, as somebody does who has only that."""
    with tempfile.TemporaryDirectory() as scratch:
        with tarfile.open(source) as archive:
            archive.extractall(scratch, filter="data")
        (tree,) = Path(scratch).iterdir()
        with contextlib.chdir(tree):
            return into / hatchling.build.build_wheel(str(into))


def check(made: Path, version: str) -> None:
    """Install a wheel in an empty environment, and make reports of spreadsheets in an empty folder."""
    with tempfile.TemporaryDirectory() as scratch:
        environment, folder = Path(scratch, "environment"), Path(scratch, "folder")
        venv.create(environment, with_pip=True)
        folder.mkdir()
        programs = environment / ("Scripts" if os.name == "nt" else "bin")
        variables = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}

        def run(program: str, *arguments: str) -> str:
            print("+", program, *arguments, flush=True)
            command = [programs / program, *arguments]
            return subprocess.check_output(command, cwd=folder, env=variables, encoding="utf-8")

        run("python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", str(made))
        if run("plan-monitor", "--version").split()[-1] != version:
            sys.exit(f"{made.name}: another version is installed")
        for path in (ROOT / "data/samples").glob("*.xlsx"):
            shutil.copy(path, folder)
        run("plan-monitor", "new", "ours")
        run(
            "plan-monitor",
            "take",
            *(path.name for path in folder.glob("*.xlsx")),
            "--into",
            "ours",
            "--write",
        )
        run("plan-monitor", "adopt", "ours")
        run("plan-monitor", "check", "ours")
        print(run("plan-monitor", "render", "--data", "ours"))
        pages = {path.name for path in folder.glob("ours-reports/*.html")}
        if not {"index.html", "overview-zh.html", "overview-en.html"} < pages or len(pages) < 5:
            sys.exit(f"{made.name}: it made only {', '.join(sorted(pages))}")


def main() -> None:
    """Make the release, or say why there is none."""
    with tempfile.TemporaryDirectory() as scratch:
        made = Path(scratch)
        source = sdist(made)
        version = source.name.removeprefix("plan_monitor-").removesuffix(".tar.gz")
        try:
            text = notes((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), version)
        except (FileNotFoundError, ValueError) as error:
            sys.exit(str(error))
        check(wheel(source, made), version)
        (made / f"notes-{version}.md").write_text(text, encoding="utf-8")
        for path in sorted(made.iterdir()):
            print(f"dist/{path.name}: {path.stat().st_size / 1e6:.1f} MB")
        shutil.copytree(made, ROOT / "dist", dirs_exist_ok=True)


if __name__ == "__main__":
    main()
