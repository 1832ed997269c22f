"""One report without a kernel: where its notebook runs on another machine, and why it failed in one line."""

from types import SimpleNamespace

import nbformat
from papermill.exceptions import PapermillExecutionError

from reportkit import source
from reportkit.jobs import Job
from reportkit.render import report
from reportkit.render.tasks import Options, Task


def test_a_worker_with_another_library_makes_no_report(tmp_path):
    task = Task(Job("plan", tmp_path / "plan.ipynb", "d", {}, 1), "", {}, "another", Options())
    assert report.make(task) == report.Output("this worker has another version of the library")
    assert source.name() == task.subject


def placed(job, reads, scratch):
    scratch.mkdir()
    return report._place(Task(job, "", reads, "", Options()), scratch)


def test_a_notebook_runs_in_its_own_folder_where_it_is(tmp_path):
    path = tmp_path / "n/plan.ipynb"
    path.parent.mkdir()
    path.write_text("")
    assert placed(Job("plan", path, "d", {}, 1), {}, tmp_path / "scratch") == tmp_path / "n"


def test_on_another_machine_it_has_the_same_way_to_its_data_and_what_it_reads(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data/a.csv").write_text("a")
    job = Job("plan", tmp_path / "notebooks/schools/plan.ipynb", "d", {}, 1, folder=tmp_path / "data")
    cwd = placed(job, {"../more/b.csv": b"b", "c.csv": b"c"}, tmp_path / "scratch")
    assert cwd == tmp_path / "scratch/project/notebooks/schools"
    assert (cwd / "../../data/a.csv").read_text() == "a"
    assert (cwd / "../more/b.csv").read_bytes() == b"b" and (cwd / "c.csv").read_bytes() == b"c"
    alone = placed(Job("plan", tmp_path / "no/plan.ipynb", "d", {}, 1), {}, tmp_path / "other")
    assert alone == tmp_path / "other/project" and alone.is_dir()


def test_why_a_report_failed_is_one_line():
    def of(words):
        return report._reason(PapermillExecutionError(4, 3, "x", "ValueError", words, []))

    assert of("no such figure\nand more") == "ValueError: no such figure (cell 5)"
    assert of("  ") == "ValueError:  (cell 5)"
    assert report._reason(TimeoutError("after 5 s\nor so")) == "TimeoutError: after 5 s"
    assert report._reason(ValueError()) == "ValueError:"


def reproduced(monkeypatch, tmp_path, printed, code=1):
    made = SimpleNamespace(returncode=code, stdout=printed, stderr="")
    monkeypatch.setattr(report.subprocess, "run", lambda *_, **__: made)
    try:
        report._reproduce(nbformat.v4.new_notebook(), tmp_path, tmp_path, 5)
    except report.ReportFailed as error:
        return error.reason
    return ""


def test_the_cells_that_do_not_come_out_the_same_are_named_the_first_five(monkeypatch, tmp_path):
    failed = [f"FAILED finished.ipynb::Cell {number}\n" for number in range(1, 7)]
    assert reproduced(monkeypatch, tmp_path, "".join(failed[:5])) == (
        "does not reproduce: code cell 1, 2, 3, 4, 5"
    )
    assert reproduced(monkeypatch, tmp_path, "".join(failed)).endswith("code cell 1, 2, 3, 4, 5, ...")
    assert reproduced(monkeypatch, tmp_path, "no\nkernel\n") == "cannot be run again: kernel"
    assert reproduced(monkeypatch, tmp_path, "") == "cannot be run again: "
    assert reproduced(monkeypatch, tmp_path, "6 passed", 0) == ""
