"""One report without a kernel: where its notebook runs on another machine, and why it failed in one line."""

import asyncio
import errno
import tempfile
from pathlib import Path
from queue import Empty
from types import SimpleNamespace

import nbformat
import pytest
from bs4 import BeautifulSoup
from papermill.exceptions import PapermillExecutionError

from reportkit import source
from reportkit.compare.content import ABOUT
from reportkit.jobs import Job
from reportkit.render import report
from reportkit.render.manifest import library, versions
from reportkit.render.tasks import Options, Output, Task
from reportkit.table import TABLE


def test_a_worker_with_another_library_makes_no_report(tmp_path, monkeypatch):
    used = []
    monkeypatch.setattr(source, "use", used.append)
    task = Task(
        Job("plan", tmp_path / "plan.ipynb", "d", {}, 1), "", {}, "another", Options(), subject="a.subject"
    )
    assert report.make(task) == report.Output("this worker has another version of the library")
    assert used == ["a.subject"]


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
    cwd = placed(job, {"../more/and/b.csv": b"b", "c.csv": b"c"}, tmp_path / "scratch")
    assert cwd == tmp_path / "scratch/project/notebooks/schools"
    assert (cwd / "../../data/a.csv").read_text() == "a"
    assert (cwd / "../more/and/b.csv").read_bytes() == b"b" and (cwd / "c.csv").read_bytes() == b"c"
    (tmp_path / "a/b").mkdir(parents=True)
    deep = Job("plan", tmp_path / "n/plan.ipynb", "d", {}, 1, folder=tmp_path / "a/b")
    assert (placed(deep, {}, tmp_path / "third") / "../a/b").is_dir()
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


SHOWN = {
    "title": "进度",
    "headings": ["名", "值"],
    "sets": [["o-3"]],
    "rows": [["巩固率", ["98.88 %", 98.88, "0", 0]]],
}


def executed(answer="十项中 2 项达到。", **shown):
    """An executed notebook with an answer and a table of one figure."""
    html = "<table class='report-table'><caption>进度</caption><thead><tr><th>名</th><th>值</th></tr></thead>"
    html += "<tbody><tr><td>巩固率</td><td class='number'>98.88 %</td></tr></tbody></table>"
    table = {TABLE: SHOWN, "text/html": html, "text/markdown": "**进度**"} | shown
    cells = [
        nbformat.v4.new_markdown_cell("# 规划"),
        nbformat.v4.new_markdown_cell("## 结论"),
        nbformat.v4.new_code_cell("a()", metadata={"tags": ["headline"]}),
        nbformat.v4.new_markdown_cell("## 现状"),
        nbformat.v4.new_code_cell("b()", outputs=[nbformat.v4.new_output("display_data", table)]),
    ]
    cells[2].outputs = [
        nbformat.v4.new_output("display_data", {"text/markdown": answer, "text/plain": answer})
    ]
    return nbformat.v4.new_notebook(cells=cells)


@pytest.fixture
def made(monkeypatch, tmp_path):
    """Make a report of what a kernel would have given; its failure is raised."""
    monkeypatch.setattr(report.client, "folder", lambda: tmp_path)
    (tmp_path / "plan.ipynb").write_text("")

    def made(given, before="", folder=None, options=None, alone=False):
        def run(task, cwd, scratch):
            assert (task.job.name, cwd, scratch.parent) == ("plan", tmp_path, tmp_path)
            if isinstance(given, Exception):
                raise given
            return given

        monkeypatch.setattr(report, "_executed", run)
        job = Job("plan", tmp_path / "plan.ipynb", "d", {"lang": "zh"}, 1, folder=folder)
        return report.make(Task(job, "", {}, library(), options or Options(), before, alone))

    return made


def test_a_report_is_its_page_and_its_notebook_with_what_it_says_of_itself(made, folder):
    output = made(executed(), options=Options(formats=("xlsx",)))
    assert (output.reason, output.versions) == ("", versions())
    assert output.files.keys() == {".html", ".ipynb", ".xlsx"} and output.seconds.keys() == {
        "execute",
        "page",
    }
    assert (output.about["title"], output.about["answer"]) == ("规划", ["十项中 2 项达到。"])
    stored = nbformat.reads(output.files[".ipynb"], 4).metadata[ABOUT]
    assert stored["library"] == library() and "quotes" not in stored and stored["title"] == "规划"
    assert 'id="since"' not in output.files[".html"] and "places" not in output.about
    stored = nbformat.reads(made(executed(), folder=folder).files[".ipynb"], 4).metadata[ABOUT]
    assert stored["quotes"] == {"o-3": "巩固率 98.88 %（2020），某县"}


def test_a_report_leads_to_the_front_page_unless_it_is_alone(made):
    assert 'href="index.html"' in made(executed()).files[".html"]
    assert "index.html" not in made(executed(), alone=True).files[".html"]


def test_what_changed_since_the_last_edition_is_on_its_page_and_counted(made):
    before = made(executed("十项中 1 项达到。")).files[".ipynb"]
    output = made(executed(), before=before)
    assert output.about["places"] == 1
    (told,) = BeautifulSoup(output.files[".html"].replace("\u00a0", " "), "html.parser").select("#since li")
    assert told.get_text() == "十项中 1 项达到 → 十项中 2 项达到"


def test_a_folder_that_a_kernel_still_holds_open_is_left_to_the_one_around_it(made, monkeypatch):
    class Held(tempfile.TemporaryDirectory):
        def cleanup(self):
            assert self._ignore_cleanup_errors
            super().cleanup()

    monkeypatch.setattr(report.tempfile, "TemporaryDirectory", Held)
    assert made(executed()).reason == ""


def test_steps_are_timed_to_the_millisecond(made, monkeypatch):
    ticks = iter([10.0, 11.23449, 13.5, 14.5, 19.75])
    monkeypatch.setattr(report.time, "perf_counter", lambda: next(ticks))
    assert made(executed()).seconds == {"execute": 1.234, "page": 1.0}


def test_a_report_that_is_validated_is_run_again_where_it_was(made, monkeypatch):
    def again(code):
        result = SimpleNamespace(returncode=code, stdout="no kernel", stderr="")
        monkeypatch.setattr(report.subprocess, "run", lambda *_, **__: result)
        return made(executed(), options=Options(validate=True))

    good = again(0)
    assert good.reason == "" and good.seconds.keys() == {"execute", "validate", "page"}
    bad = again(1)
    assert bad.reason == "cannot be run again: no kernel" and bad.seconds.keys() == {"execute"}
    assert bad.files.keys() == {".failed.ipynb"} and bad.versions == versions()


def test_a_report_that_failed_keeps_what_there_is_of_it(made):
    output = made(report.ReportFailed("why", "half"))
    assert output == Output("why", {".failed.ipynb": "half"}, {}, {}, versions())
    assert made(report.ReportFailed("why", "")).files == {}
    assert made(OSError(errno.EIO, "no reply")).reason == f"OSError: [Errno {errno.EIO}] no reply"
    assert made(ValueError("no such figure\nmore")) == Output(
        "ValueError: no such figure", {}, {}, {}, versions()
    )
    with pytest.raises(OSError, match="full"):  # no other would succeed
        made(OSError(errno.ENOSPC, "full"))


@pytest.mark.parametrize(("folder", "data"), [(None, []), (Path("/data"), [Path("/data")])])
def test_a_report_is_tried_again_only_where_kernels_had_to_be_started_anew(
    monkeypatch, tmp_path, folder, data
):
    lent, tried = [], []

    def lend(given):
        lent.append(given)
        return fresh

    def execute(*given):
        assert given == (task, tmp_path / "n", tmp_path / "s")
        tried.append(1)
        if len(tried) < 2:
            raise report.ReportFailed("died", "")
        return "done"

    monkeypatch.setattr(report.client, "lend", lend)
    monkeypatch.setattr(report, "execute", execute)
    task = Task(Job("plan", tmp_path / "plan.ipynb", "d", {}, 1, folder=folder), "", {}, "", Options())
    fresh = False
    with pytest.raises(report.ReportFailed):
        report._executed(task, tmp_path / "n", tmp_path / "s")
    assert lent == [data, data]
    fresh = True
    tried.clear()
    assert report._executed(task, tmp_path / "n", tmp_path / "s") == "done" and len(tried) == 2
    assert report._executed(task, tmp_path / "n", tmp_path / "s") == "done" and lent == [data] * 5


def test_where_no_links_can_be_made_the_data_are_copied(monkeypatch, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data/a.csv").write_text("a")

    def refused(*_, **__):
        raise OSError("a privilege is not held")

    monkeypatch.setattr(Path, "symlink_to", refused)
    job = Job("plan", tmp_path / "n/plan.ipynb", "d", {}, 1, folder=tmp_path / "data")
    copy = placed(job, {}, tmp_path / "scratch").parent / "data/a.csv"
    assert copy.read_text() == "a" and not copy.parent.is_symlink()


def test_it_is_run_again_where_it_ran_with_nobodys_settings_and_the_same_limit(monkeypatch, tmp_path):
    called = {}

    def run(command, **options):
        called.update(options, command=command)
        return SimpleNamespace(returncode=0, stdout="", stderr="")

    monkeypatch.setattr(report.subprocess, "run", run)
    monkeypatch.setenv("PYTEST_ADDOPTS", "--pdb")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1")])
    (tmp_path / "where").mkdir()
    report._reproduce(notebook, tmp_path / "where", tmp_path, 77)
    first, second = nbformat.read(tmp_path / "finished.ipynb", 4).cells
    assert first.source == f"__import__('os').chdir({str(tmp_path / 'where')!r})" and second.source == "1"
    assert len(notebook.cells) == 1  # the finished one is as it was
    assert {"--nbval-cell-timeout=77", f"--rootdir={tmp_path}"} <= {*called["command"]}
    assert (tmp_path / "pytest.ini").read_text() == ""
    assert (called["env"]["PYTEST_ADDOPTS"], called["env"]["PYTEST_DISABLE_PLUGIN_AUTOLOAD"]) == ("", "1")


class Kernel(report.Client):
    """A client of a kernel that sends these messages: of whom they are, and what they say."""

    def prepare(self, shell, published, alive=True):
        self.asked, self.shell, self.published, self.alive = 0, iter(shell), iter(published), alive
        return self

    def kernel_info(self):
        self.asked += 1
        return str(self.asked)

    async def get_shell_msg(self, timeout):
        return self._next(self.shell)

    async def get_iopub_msg(self, timeout):
        return self._next(self.published)

    async def is_alive(self):
        return self.alive

    def _next(self, messages):
        told = next(messages, None)
        if told is None:
            raise Empty
        who, state = told
        return {"parent_header": {"msg_id": who} if who else {}, "content": {"execution_state": state}}


@pytest.mark.parametrize(
    ("shell", "published", "asked"),
    [
        ([("1", "")], [("1", "busy"), ("1", "idle")], 1),
        ([("0", ""), ("1", "")], [("0", "idle"), ("1", "idle")], 1),
        ([("", ""), ("1", "")], [("", "idle"), ("1", "idle")], 1),
        ([("1", ""), ("2", "")], [("1", "busy"), None, ("1", "idle"), ("2", "idle")], 2),
        ([None, ("2", "")], [("2", "idle")], 2),
    ],
)
def test_a_kernel_is_ready_when_it_has_answered_and_is_idle_again(shell, published, asked):
    kernel = Kernel().prepare(shell, published)
    asyncio.run(kernel.wait_for_ready())
    assert kernel.asked == asked and next(kernel.shell, "all") == next(kernel.published, "all") == "all"


def test_a_kernel_that_died_or_does_not_answer_is_an_error(monkeypatch):
    with pytest.raises(RuntimeError, match="died"):
        asyncio.run(Kernel().prepare([], [], alive=False).wait_for_ready(60))
    now = iter([100.0, 100.0, 102.9, 103.0])
    monkeypatch.setattr(report, "time", SimpleNamespace(monotonic=lambda: next(now)))
    kernel = Kernel().prepare([], [])
    with pytest.raises(RuntimeError, match="in 3 seconds"):
        asyncio.run(kernel.wait_for_ready(3))
    assert kernel.asked == 2
