"""``python -m reportkit``: what it says and how it ends; the reports are made up."""

import runpy
import sys
from io import BytesIO, TextIOWrapper
from types import SimpleNamespace

import pytest

from reportkit import __main__ as command
from reportkit.findings import Finding
from reportkit.render.run import Result
from reportkit.render.store import Busy

FAULT = Finding("recipes.yml", 2, "name", "x", {"zh": "应为文件名", "en": "expected a file name"})


@pytest.fixture
def ended(monkeypatch, capsys):
    """How it ends, and what it says, with these results and findings."""
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")

    def run(*reasons, findings=(), more=(), error=None, arguments=()):
        def made(jobs, store, options):
            run.jobs, run.store, run.options = jobs, store, options
            for number, reason in enumerate(reasons):
                yield Result(SimpleNamespace(name=f"r{number}"), reason)
            if error:
                raise error

        monkeypatch.setattr(command, "run", made)
        monkeypatch.setattr(command, "opened", lambda place: place)

        def read(path, sources):
            run.sources = sources
            return [path.stem], [*findings]

        def check(jobs, name, sources):
            assert sources is run.sources
            return [f"{job} of {name}" for job in jobs], [*more]

        monkeypatch.setattr(command, "read", read)
        monkeypatch.setattr(command.inputs, "check", check)
        code = command.main(["recipes.yml", *arguments])
        out, err = capsys.readouterr()
        return code, out.splitlines(), err.splitlines()

    return run


def test_it_ends_well_if_all_reports_are_there(ended):
    assert ended("", "") == (0, ["r0: ok", "r1: ok"], [])
    assert ended.jobs == ["recipes of recipes.yml"]
    assert (ended.store, ended.options.workers, ended.options.formats) == ("reports", None, ())
    ended(arguments=["--out", "x", "--jobs", "3", "--format", "pdf", "--format", "docx"])
    assert (ended.store, ended.options.workers, ended.options.formats) == ("x", 3, ("pdf", "docx"))


def test_one_report_that_failed_is_enough_to_fail(ended):
    assert ended("", "it broke") == (1, ["r0: ok", "r1: it broke"], [])
    assert ended("it broke", "")[0] == ended("it broke", "it too")[0] == 1


def test_faults_are_told_before_anything_is_made(ended):
    line = 'recipes.yml, row 2, column name: "x" – expected a file name'
    assert ended("", findings=[FAULT]) == ended("", more=[FAULT]) == (2, [], [line])
    assert ended(findings=[FAULT], more=[FAULT]) == (2, [], [line, line])


def test_a_place_that_cannot_be_written_is_told(ended):
    assert ended("", error=OSError("disk full")) == (2, ["r0: ok"], ["disk full"])
    assert ended(error=Busy("x", "y")) == (2, [], ["another render is writing to x: y"])


def test_a_pipe_that_lacks_a_character_gets_a_question_mark_as_soon_as_a_report_is_there(ended, monkeypatch):
    pipe = TextIOWrapper(BytesIO(), "gbk", newline="\n")
    monkeypatch.setattr(sys, "stdout", pipe)
    assert ended("村 🏫")[0] == 1
    assert pipe.buffer.getvalue().decode("gbk") == "r0: 村 ?\n"


def test_a_recipe_that_is_not_there_is_told_and_the_command_ends_with_that(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(sys, "argv", ["reportkit", str(tmp_path / "none.yml")])
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(command.__file__, run_name="__main__")
    said = capsys.readouterr().err
    assert ended.value.code == 2 and "none.yml" in said and "usage" not in said
