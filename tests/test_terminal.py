"""A terminal or pipe that cannot show a character shows another; no command ends of it."""

import os
import subprocess
import sys

import pytest

from small_project import project

pytestmark = pytest.mark.slow

ENTRY = "  - {notebook: schools/plan.ipynb, name: 'plan-{lang}', matrix: {lang: [zh, en]}}\n"
ENCODINGS = pytest.mark.parametrize("encoding", ["gbk", "ascii"])


def command(encoding, *arguments, locale="zh_CN.UTF-8"):
    """Output, decoded as the other end of the pipe would, and exit status."""
    done = subprocess.run(
        [sys.executable, "-m", "plan_monitor.cli", *map(str, arguments)],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": encoding, "LC_ALL": locale},
    )
    assert b"Traceback" not in done.stdout + done.stderr
    assert b"UnicodeEncodeError" not in done.stdout + done.stderr
    return done.stdout.decode(encoding), done.returncode


def spoil(folder, old, new):
    path = folder / "targets.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@ENCODINGS
def test_check_shows_what_it_can_of_a_value(folder, encoding):
    spoil(folder, ",95,", ",95 ✓✗,")
    said, status = command(encoding, "check", folder)
    assert status == 2
    assert "95 ??" in said
    assert ("目标值" in said) == (encoding == "gbk")


@ENCODINGS
def test_trace_shows_a_figure_whose_unit_cannot_be_shown(folder, encoding):
    indicators = folder / "indicators.csv"
    text = indicators.read_text(encoding="utf-8").replace(",元,", ",元/m²,")
    indicators.write_text(text, encoding="utf-8")
    for table in ("targets", "observations"):
        path = folder / f"{table}.csv"
        path.write_text(path.read_text(encoding="utf-8").replace(",元,", ",元/m²,"), encoding="utf-8")
    said, status = command(encoding, "trace", "26581", "--data", folder)
    assert status == 0
    assert "26,581" in said or "26581" in said
    assert "m?" in said


@ENCODINGS
def test_list_and_render_of_a_package(tmp_path, folder, encoding):
    recipes = project(tmp_path, ENTRY)
    said, status = command(encoding, "list", "--recipes", recipes, "--data", folder)
    assert status == 0
    assert "plan-zh" in said and "region=532399" in said
    out = tmp_path / "✓"
    arguments = ["--recipes", recipes, "--data", folder, "--only", "*-zh", "--format", "html", "--out", out]
    said, status = command(encoding, "render", *arguments)
    assert status == 0
    assert "[1/1] plan-zh: ok" in said
    assert (out / "index.html").is_file()
    spoil(folder, ",95,", ",≥95 m²,")
    assert command(encoding, "render", *arguments)[1] == 2


@ENCODINGS
def test_a_new_package(tmp_path, encoding):
    said, status = command(encoding, "new", tmp_path / "m²")
    assert status == 0
    assert "plan-monitor check" in said
    assert (tmp_path / "m²/targets.csv").is_file()


@ENCODINGS
def test_help_with_its_boxes(encoding):
    said, status = command(encoding, "--help")
    assert status == 0
    assert all(name in said for name in ("render", "check", "trace", "list", "new"))


@ENCODINGS
def test_a_wrong_option_is_told(encoding):
    assert command(encoding, "check", "--no-such-option-²")[1] == 2
