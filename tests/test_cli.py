"""The command as a user meets it: exit status, messages, and never a traceback."""

import gc
import json
import os
import subprocess
import sys
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO, TextIOWrapper
from threading import Thread

import nbformat
import pytest
from typer.testing import CliRunner

from plan_monitor.cli import app, main
from small_project import notebook, project

ENTRY = "  - {notebook: schools/plan.ipynb, name: 'plan-{lang}', matrix: {lang: [zh, en]}}\n"


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")


def command(*arguments):
    done = subprocess.run(
        [sys.executable, "-m", "plan_monitor.cli", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    assert "Traceback" not in done.stdout + done.stderr
    return done


def invoke(*arguments):
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


@pytest.mark.slow
def test_render_publishes_and_says_so_quietly(tmp_path, folder):
    recipes = project(tmp_path, ENTRY)
    done = command("render", "--recipes", recipes, "--data", folder, "--only", "*-zh")
    assert (done.returncode, done.stderr) == (0, "")
    assert "[1/1] plan-zh: ok" in done.stdout
    produced = sorted(path.name for path in (recipes.parent / "output").iterdir())
    made = [f"plan-zh.{ending}" for ending in ("docx", "html", "ipynb", "pdf", "xlsx")]
    assert produced == [".lock", "index.html", "manifest.json", *made]


@pytest.mark.slow
def test_first_pages_alone_and_of_the_folder(tmp_path, folder):
    path = tmp_path / "notebooks/schools/plan.ipynb"
    recipes = project(tmp_path, ENTRY)
    code = (
        "from plan_monitor import parameters\nfrom plan_monitor import report as show\nparameters(__name__)\n"
    )
    code += "show.brief(('答。', 'An answer.'), [show.Fact(('率', 'Rate'), '91 %', ['o-1'])] * 3, ['一'])"
    notebook(path, code)
    made = nbformat.read(path, as_version=4)
    made.cells[-1].metadata["tags"] = ["brief"]
    nbformat.write(made, path)
    said = ("--recipes", recipes, "--data", folder, "--out", tmp_path / "o", "--format", "brief")
    assert invoke("render", *said).exit_code == 0
    names = [f"{name}.{ending}" for name in ("plan-en-brief", "plan-zh-brief") for ending in ("docx", "pdf")]
    names += [f"briefs-{lang}.{ending}" for lang in ("en", "zh") for ending in ("docx", "pdf")]
    names += [f"plan-{lang}.{ending}" for lang in ("en", "zh") for ending in ("html", "ipynb")]
    shown = sorted(path.name for path in (tmp_path / "o").iterdir() if path.name[0] != ".")
    assert shown == sorted([*names, "index.html", "manifest.json"])
    assert "none changed" in invoke("render", *said).stdout
    front = (tmp_path / "o/index.html").read_text(encoding="utf-8")
    assert all(f'href="{name}"' in front for name in names if name.endswith((".pdf", ".docx")))
    invoke("render", *said[:-1], "pdf", "--force")
    assert not (tmp_path / "o/plan-zh-brief.pdf").exists()  # it would be out of date


@pytest.mark.slow
def test_letters_that_no_font_has_are_named_with_their_report(tmp_path, folder):
    recipes = project(tmp_path, ENTRY)
    shown = "from IPython.display import display\ndisplay({'text/markdown': chr(0x2a6d6)}, raw=True)"
    notebook(tmp_path / "notebooks/schools/plan.ipynb", shown)
    asked = ("render", "--recipes", recipes, "--data", folder, "--out", tmp_path / "o", "--only", "en")
    done = invoke(*asked, "--format", "pdf")
    assert done.exit_code == 0
    line = next(line for line in done.stdout.splitlines() if "U+2A6D6" in line)
    assert line.split() == ["plan-en", "\U0002a6d6", "U+2A6D6"]
    assert "U+" not in invoke(*asked, "--format", "docx", "--force").stdout


@pytest.mark.slow
def test_a_failed_report_is_exit_status_1(tmp_path, folder):
    recipes = project(tmp_path, ENTRY)
    notebook(tmp_path / "notebooks/schools/plan.ipynb", "1 / 0")
    done = invoke("render", "--recipes", recipes, "--data", folder, "--out", tmp_path / "o", "--only", "en")
    assert done.exit_code == 1
    assert "ZeroDivisionError: division by zero" in done.stdout
    assert (tmp_path / "o/plan-en.failed.ipynb").exists()


def test_bad_recipes_and_bad_data_are_told_together_and_nothing_is_written(tmp_path, folder):
    recipes = project(tmp_path, ENTRY + "  - {notebook: schools/gone.ipynb, name: x}\n")
    targets = folder / "targets.csv"
    targets.write_text(targets.read_text(encoding="utf-8").replace("26581", "many"), encoding="utf-8")
    done = invoke("render", "--recipes", recipes, "--data", folder, "--out", tmp_path / "o")
    assert done.exit_code == 2
    assert "schools/gone.ipynb" in done.stdout
    assert "targets.csv" in done.stdout
    assert "many" in done.stdout
    assert not (tmp_path / "o").exists()


def test_a_pattern_that_fits_no_report(tmp_path, folder):
    done = invoke("render", "--recipes", project(tmp_path, ENTRY), "--data", folder, "--only", "nothing")
    assert done.exit_code == 2
    assert "plan-zh, plan-en" in done.stdout


def test_a_folder_that_cannot_be_written(tmp_path, folder):
    recipes = project(tmp_path, ENTRY)
    (tmp_path / "taken").write_text("a file")
    done = invoke("render", "--recipes", recipes, "--data", folder, "--out", tmp_path / "taken")
    assert done.exit_code == 2
    assert "cannot write" in done.stdout


def test_list_shows_jobs_with_their_parameters(tmp_path, folder):
    done = invoke("list", "--recipes", project(tmp_path, ENTRY), "--data", folder)
    assert done.exit_code == 0
    assert "plan-en" in done.stdout
    assert "region=532399" in done.stdout
    assert "schools/plan.ipynb" in done.stdout


def test_the_period_looked_at_can_be_given_for_all_reports(tmp_path, folder):
    recipes = project(tmp_path, ENTRY)
    done = invoke("list", "--recipes", recipes, "--data", folder, "--as-of", "2026-06")
    assert done.exit_code == 0
    assert done.stdout.count("as_of=2026-06") == 2
    bad = invoke("list", "--recipes", recipes, "--data", folder, "--as-of", "2026Q9")
    assert bad.exit_code == 2
    assert "--as-of" in bad.stdout and "2026Q9" in bad.stdout and "expected a period" in bad.stdout


def test_list_shows_a_report_for_every_region_that_the_data_hold(tmp_path, folder):
    entry = "  - {notebook: schools/plan.ipynb, name: '%s-{region}', matrix: {region: {found_in: %s}}}\n"
    recipes = project(tmp_path, entry % ("some", "targets") + entry % ("none", "milestones"))
    targets = folder / "targets.csv"
    text = targets.read_text(encoding="utf-8")
    targets.write_text(text.replace("rural-income,532399", "rural-income,530000"), encoding="utf-8")
    done = invoke("list", "--recipes", recipes, "--data", folder)
    assert done.exit_code == 0
    listed, left_out = done.stdout.split("left out")
    assert [line.split()[0] for line in listed.splitlines()[:3]] == ["report", "some-532399", "some-530000"]
    assert "milestones.csv has no rows" in left_out


def test_list_where_the_data_hold_nothing_to_report(tmp_path, folder):
    entry = "  - {notebook: schools/plan.ipynb, name: '{region}', matrix: {region: {found_in: milestones}}}\n"
    for only in ((), ("--only", "a")):
        done = invoke("list", "--recipes", project(tmp_path, entry), "--data", folder, *only)
        assert done.exit_code == 2
        assert "no report at all" in done.stdout


def test_list_without_recipes(tmp_path):
    done = invoke("list", "--recipes", tmp_path / "none.yml")
    assert done.exit_code == 2
    assert "no such file" in done.stdout


def test_check_says_that_a_folder_is_fine(folder):
    done = invoke("check", folder)
    assert (done.exit_code, done.stdout) == (0, f"{folder}: nothing wrong\n")


def test_check_names_file_row_column_value_and_expectation(folder):
    targets = folder / "targets.csv"
    targets.write_text(targets.read_text(encoding="utf-8").replace("26581", "[red]many"), encoding="utf-8")
    done = invoke("check", folder, "--lang", "zh")
    assert done.exit_code == 2
    assert all(word in done.stdout for word in ("targets.csv", "4", "value", "[red]many", "共 1 处问题"))


def test_check_of_what_is_no_data_folder(tmp_path):
    assert invoke("check", tmp_path / "missing").exit_code == 2
    (tmp_path / "file").write_text("x")
    assert invoke("check", tmp_path / "file").exit_code == 2


def test_what_an_encoding_does_not_have_is_printed_as_another_character(folder, monkeypatch):
    spoiled = folder / "targets.csv"
    spoiled.write_text(spoiled.read_text(encoding="utf-8").replace(",95,", ",95 ✗,"), encoding="utf-8")
    printed = TextIOWrapper(BytesIO(), encoding="ascii", write_through=True)
    threshold = gc.get_threshold()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", printed)
        patch.setattr(sys, "argv", ["plan-monitor", "check", str(folder)])
        with pytest.raises(SystemExit) as end:
            main()
    gc.set_threshold(*threshold)
    gc.unfreeze()
    assert end.value.code == 2
    assert b"95 ?" in printed.buffer.getvalue()


def test_the_version_ends_the_command_and_a_mistake_shows_no_values():
    done = invoke("--version")
    assert (done.exit_code, done.stdout.count("\n"), done.stderr) == (0, 1, "")
    # a table of households may be among what a function holds when it fails
    assert app.pretty_exceptions_show_locals is False
    assert "completion" not in invoke("--help").stdout


def test_help_lists_the_commands():
    done = invoke("--help")
    assert all(name in done.stdout for name in ("render", "check", "list"))


@contextmanager
def webhook(status=200):
    """A server on this machine that takes what is posted to it; its address and what it took."""
    taken = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            taken.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/hook", taken
        server.shutdown()


@pytest.mark.slow
def test_a_webhook_hears_what_became_of_the_reports(tmp_path, folder):
    recipes = project(tmp_path, ENTRY)
    notebook(tmp_path / "notebooks/schools/plan.ipynb", "assert lang == 'zh', 'no English'")
    with webhook() as (url, taken):
        done = invoke("render", "--recipes", recipes, "--data", folder, "--format", "html", "--notify", url)
    assert done.exit_code == 1
    out = str(tmp_path / "reports/output")
    reason = "AssertionError: no English"
    assert [said["reason"].startswith(reason) for said in taken[0].pop("failed")] == [True]
    assert taken == [{"status": "failed", "made": 1, "unchanged": 0, "folder": out}]


@pytest.mark.slow
def test_a_webhook_that_does_not_answer_changes_nothing_but_is_told(tmp_path, folder):
    recipes = project(tmp_path, ENTRY)
    arguments = ["render", "--recipes", recipes, "--data", folder, "--format", "html", "--only", "*-zh"]
    with webhook(500) as (url, taken):
        done = command(*arguments, "--notify", url)
    assert (done.returncode, len(taken)) == (0, 1)
    assert "--notify" in done.stderr
    done = command(*arguments, "--notify", url)  # nobody listens any more, and there was nothing to do
    assert done.returncode == 0
    assert "--notify" in done.stderr


def test_an_address_that_is_none_is_refused_before_anything_is_made(tmp_path, folder):
    recipes = project(tmp_path, ENTRY)
    done = invoke("render", "--recipes", recipes, "--data", folder, "--notify", "file:///etc/passwd")
    assert done.exit_code == 2
    assert not (tmp_path / "reports/output").exists()
