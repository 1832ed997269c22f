"""What is skipped and what is made anew."""

import json
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from plan_monitor.cli import app
from reportkit.render import run
from reportkit.render.manifest import Manifest, fingerprint
from reportkit.render.store import Folder
from small_project import jobs as checked
from small_project import notebook, project

pytestmark = pytest.mark.slow

ENTRY = "  - {notebook: schools/plan.ipynb, name: 'plan-{lang}', matrix: {lang: [zh, en]}, reads: ['../notes/*.txt']}\n"


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")


@pytest.fixture
def recipes(tmp_path):
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes/a.txt").write_text("one")
    return project(tmp_path, ENTRY)


def prints(recipes, folder):
    return [fingerprint(job) for job in checked(recipes, folder)]


def append(path, text):
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


def change_data(root, folder):
    path = folder / "targets.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("26581", "26582"), encoding="utf-8")


def change_notebook(root, folder):
    notebook(root / "notebooks/schools/plan.ipynb", "print(1)")


def change_what_it_reads(root, folder):
    (root / "notes/a.txt").write_text("two")


def change_parameters(root, folder):
    path = root / "reports/recipes.yml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("reads:", "parameters: {years: 6}, reads:"), encoding="utf-8"
    )


CHANGES = [change_data, change_notebook, change_what_it_reads, change_parameters]


@pytest.mark.parametrize("change", CHANGES)
def test_a_fingerprint_changes_with_what_a_report_is_made_of(recipes, folder, tmp_path, change):
    before = prints(recipes, folder)
    assert prints(recipes, folder) == before
    assert len(set(before)) == 2
    change(tmp_path, folder)
    assert not set(prints(recipes, folder)) & set(before)


def test_what_a_report_is_not_made_of_changes_nothing(recipes, folder, tmp_path):
    before = prints(recipes, folder)
    append(recipes, "# a comment\n")
    notebook(tmp_path / "notebooks/schools/other.ipynb", "1")
    (folder / ".hidden").write_text("x")
    assert prints(recipes, folder) == before


def command(recipes, folder, *arguments):
    said = ["render", "--recipes", recipes, "--data", folder, *arguments]
    done = CliRunner().invoke(app, [str(argument) for argument in said])
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done


def made(done):
    return sorted(line.split()[1][:-1] for line in done.stdout.splitlines() if line.endswith(": ok"))


def test_a_run_with_nothing_to_do_answers_without_the_scientific_stack(recipes, folder, tmp_path):
    assert made(command(recipes, folder)) == ["plan-en", "plan-zh"]
    said = ["-m", "plan_monitor.cli", "render", "--recipes", str(recipes), "--data", str(folder)]
    done = subprocess.run(
        [sys.executable, "-X", "importtime", *said], capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0
    assert "2 report(s), none changed" in done.stdout
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if "|" in line}
    assert "reportkit.render.manifest" in imported
    assert not imported & {"pandas", "numpy", "matplotlib", "papermill", "nbformat", "jupyter_client"}


@pytest.mark.parametrize("change", CHANGES)
def test_such_a_run_notices_every_change(recipes, folder, tmp_path, change):
    command(recipes, folder)
    change(tmp_path, folder)
    assert made(command(recipes, folder)) == ["plan-en", "plan-zh"]


def test_a_page_that_was_touched_or_lost_is_made_anew_and_no_other(recipes, folder):
    out = recipes.parent / "output"
    command(recipes, folder)
    append(out / "plan-zh.html", " ")
    assert made(command(recipes, folder)) == ["plan-zh"]
    (out / "plan-en.ipynb").unlink()
    assert made(command(recipes, folder)) == ["plan-en"]
    assert "none changed" in command(recipes, folder).stdout


def test_a_report_that_failed_is_tried_again(recipes, folder, tmp_path):
    notebook(tmp_path / "notebooks/schools/plan.ipynb", "assert lang == 'zh'")
    for _ in range(2):
        done = command(recipes, folder)
        assert done.exit_code == 1
        assert "plan-en: AssertionError" in done.stdout


def test_force_makes_all(recipes, folder):
    command(recipes, folder)
    assert made(command(recipes, folder, "--force")) == ["plan-en", "plan-zh"]


def test_another_period_is_another_run(recipes, folder):
    command(recipes, folder)
    assert made(command(recipes, folder, "--as-of", "2024-12")) == ["plan-en", "plan-zh"]
    assert made(command(recipes, folder)) == ["plan-en", "plan-zh"]


def test_a_project_may_be_moved(recipes, folder, tmp_path):
    command(recipes, folder)
    moved = tmp_path / "elsewhere"
    moved.mkdir()
    for name in ("notebooks", "reports", "notes", folder.name):
        (tmp_path / name).rename(moved / name)
    done = command(moved / "reports/recipes.yml", moved / folder.name)
    assert made(done) == []
    assert "plan-zh: unchanged" in done.stdout


def test_a_manifest_that_cannot_be_read_is_no_manifest(recipes, folder):
    out = recipes.parent / "output"
    list(run.run(checked(recipes, folder), Folder(out)))
    for text in ("{", "[]", '{"format": 0}', '{"format": 1}'):
        (out / "manifest.json").write_text(text)
        assert Manifest(Folder(out)).reports == {}


def test_a_journal_that_was_cut_short_counts_as_far_as_it_goes(tmp_path):
    lines = [json.dumps({"name": name, "reason": "数"}, ensure_ascii=False).encode() for name in ("a", "b")]
    (tmp_path / ".manifest.jsonl").write_bytes(lines[0] + b"\n" + lines[1][:-3])  # within a character
    assert [*Manifest(Folder(tmp_path)).reports] == ["a"]


def test_a_pattern_that_fits_no_file_is_told(recipes, folder, tmp_path):
    (tmp_path / "notes/a.txt").unlink()
    done = command(recipes, folder)
    assert done.exit_code == 2
    assert "../notes/*.txt" in done.stdout
    assert "no such file" in done.stdout
