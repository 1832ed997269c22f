"""A run without its workers: what it makes anew, what it publishes, what it records; outputs are made up."""

import json
from pathlib import Path

import nbformat
import pytest

from reportkit.jobs import Job
from reportkit.render import executors, run
from reportkit.render.manifest import Manifest
from reportkit.render.run import Options
from reportkit.render.store import Folder
from reportkit.render.tasks import Output
from small_project import notebook

ABOUT = {"title": "t", "lang": "zh", "domain": "d", "rank": 0, "edition": "1.0", "as_of": "2024"}
ABOUT |= {"headline": "h", "answer": ["h"], "region": "", "synthetic": False}
FILES = {".html": "page", ".ipynb": '{"cells": []}'}
GOOD = Output("", FILES, ABOUT | {"letters": "ꀀ"}, {"execute": 1.5}, {"python": "3"})
BAD = Output("it broke", {".failed.ipynb": "half"}, {}, {}, {})


@pytest.fixture
def made(tmp_path, monkeypatch):
    """Run some jobs, of which these are the outputs; results, and the folder they are published in."""
    notebook(tmp_path / "schools/plan.ipynb")
    (tmp_path / "recipes.yml").write_text("r")
    monkeypatch.setattr(executors, "warm_up", lambda data: made.warm.append(data))
    monkeypatch.setattr(run.os, "cpu_count", lambda: 4)

    def made(outputs, options=run._USUAL, arguments=None, as_of="2024"):
        made.warm = []
        jobs = [
            Job(name, tmp_path / "schools/plan.ipynb", "d", {"as_of": as_of}, 1, edition="1.0")
            for name in outputs
        ]

        def local(stale, workers, task_of):
            made.workers, made.tasks = workers, [*map(task_of, stale)]
            yield from ((job, outputs[job.name]) for job in stale)

        monkeypatch.setattr(executors, "local", local)
        return [*run.run(jobs, made.store, options, arguments)]

    made.store = Folder(tmp_path / "out")
    made.arguments = {"recipes": str(tmp_path / "recipes.yml"), "validate": False, "formats": []}
    return made


def records(made):
    return json.loads(made.store.read("manifest.json"))["reports"]


def test_what_is_up_to_date_is_not_made_again(made):
    first = made({"a": GOOD, "b": BAD})
    assert [(one.job.name, one.reason, one.fresh, one.letters) for one in first] == [
        ("a", "", True, "ꀀ"),
        ("b", "it broke", True, ""),
    ]
    again = made({"a": GOOD, "b": GOOD})
    assert [(one.job.name, one.reason, one.fresh) for one in again] == [("a", "", False), ("b", "", True)]
    assert [task.job.name for task in made.tasks] == ["b"]
    assert [one.fresh for one in made({"a": GOOD, "b": GOOD}, Options(force=True))] == [True, True]
    assert made.warm == [[]]
    assert [one.fresh for one in made({"a": GOOD, "b": GOOD})] == [False, False] and made.warm == []


def test_after_a_run_the_front_page_leads_to_what_there_is(made):
    made({"a": GOOD, "b": BAD})
    front = made.store.read("index.html").decode()
    assert 'href="a.html"' in front and 'href="b.html"' not in front
    made({"a": BAD}, Options(force=True))
    assert "最近一次更新失败" in made.store.read("index.html").decode()


def test_there_are_no_more_workers_than_reports_or_processors(made):
    made(dict.fromkeys("abcde", GOOD))
    assert made.workers == 4
    made(dict.fromkeys("ab", GOOD), Options(force=True))
    assert made.workers == 2
    made(dict.fromkeys("abcde", GOOD), Options(workers=3, force=True))
    assert made.workers == 3


def test_where_processors_cannot_be_counted_one_report_is_made_at_a_time(made, monkeypatch):
    monkeypatch.setattr(run.os, "cpu_count", lambda: None)
    made(dict.fromkeys("abc", GOOD))
    assert made.workers == 1


def test_on_a_cluster_all_that_is_outdated_is_made_there(made, monkeypatch):
    asked = []

    def cluster(jobs, scheduler, task_of):
        asked.append(([job.name for job in jobs], scheduler, task_of(jobs[0]).job.name))
        yield from ((job, GOOD) for job in jobs)

    monkeypatch.setattr(executors, "cluster", cluster)
    made({"a": GOOD, "b": GOOD}, Options(scheduler="tcp://host"))
    assert asked == [(["a", "b"], "tcp://host", "a")] and made.warm == []


def test_a_failed_update_leaves_what_was_published_and_says_so(made):
    made({"a": GOOD})
    before = records(made)["a"]
    assert (before["status"], before["reason"], before["notebook"]) == ("ok", "", "schools/plan.ipynb")
    assert before["published"] == before["finished"]
    assert before["files"].keys() == {"a.html", "a.ipynb"} and before["seconds"] == {"execute": 1.5}
    made({"a": BAD}, Options(force=True))
    after = records(made)["a"]
    assert (after["status"], after["reason"]) == ("failed", "it broke")
    assert (after["published"], after["about"]) == (before["published"], before["about"])
    assert after["files"] == before["files"] | {"a.failed.ipynb": made.store.checksum("a.failed.ipynb")}
    assert made.store.read("a.html") == b"page"
    made({"a": GOOD})
    assert not made.store.exists("a.failed.ipynb") and records(made)["a"]["status"] == "ok"


def test_formats_that_are_not_made_any_more_are_removed(made):
    made(
        {"a": Output("", FILES | {".pdf": b"%PDF", "-brief.pdf": b"%PDF"}, ABOUT)}, Options(formats=("pdf",))
    )
    assert made.store.exists("a.pdf") and made.store.exists("a-brief.pdf")
    made({"a": GOOD}, Options(force=True))
    assert not made.store.exists("a.pdf") and not made.store.exists("a-brief.pdf")
    assert made.store.exists("a.html")


def test_a_report_of_another_edition_is_kept_and_compared(made):
    made({"a": GOOD})
    made({"a": Output("", FILES | {".html": "corrected"}, ABOUT)}, Options(force=True))
    assert made.store.editions() == []
    made({"a": Output("", FILES, ABOUT | {"as_of": "2025"})}, as_of="2025")
    assert made.store.editions() == ["1.0_2024"]
    assert made.store.edition("1.0_2024").read("a.html") == b"corrected"
    assert made.tasks[0].before == FILES[".ipynb"]
    made({"b": GOOD})
    assert made.tasks[0].before == ""


def test_a_report_is_made_again_if_the_edition_that_it_is_compared_with_differs(made):
    made({"a": GOOD})
    later = {"a": Output("", FILES, ABOUT | {"as_of": "2025"})}
    made(later, as_of="2025")
    assert [one.fresh for one in made(later, as_of="2025")] == [False]
    made.store.edition("1.0_2024").write("a.ipynb", '{"cells": [1]}')
    assert [one.fresh for one in made(later, as_of="2025")] == [True]


def test_a_run_is_known_again_only_if_all_of_it_went_well(made):
    made({"a": GOOD, "b": BAD}, arguments=made.arguments)
    assert Manifest(made.store).last == {}
    made({"a": GOOD, "b": GOOD}, arguments=made.arguments)
    last = Manifest(made.store).last
    assert last["arguments"] == made.arguments and last["reports"].keys() == {"a", "b"}
    assert [Path(path).name for path in last["inputs"]] == ["recipes.yml", "plan.ipynb"]
    made({"a": GOOD, "b": GOOD}, Options(force=True))
    assert Manifest(made.store).last == {}


def test_validated_reports_are_recorded_as_such(made):
    made({"a": GOOD}, Options(validate=True))
    assert records(made)["a"]["validated"] is True
    assert [one.fresh for one in made({"a": GOOD})] == [False]
    made({"b": GOOD})
    assert [one.fresh for one in made({"b": GOOD}, Options(validate=True))] == [True]


def test_a_task_has_the_notebook_without_outputs_and_for_a_cluster_what_it_reads(tmp_path):
    path = tmp_path / "n/plan.ipynb"
    notebook(path)
    stored = nbformat.read(path, 4)
    stored.cells[2].outputs = [nbformat.v4.new_output("stream", text="shown")]
    nbformat.write(stored, path)
    (tmp_path / "more.csv").write_text("1")
    job = Job("plan", path, "d", {}, 1, reads=(tmp_path / "more.csv",))
    task = run._task(job, run._bare, Options(), None)
    assert "shown" not in task.notebook and nbformat.reads(task.notebook, 4).cells[2].source
    assert (task.reads, task.before) == ({}, "")
    assert run._task(job, run._bare, Options(scheduler="tcp://x"), None).reads == {
        str(Path("..", "more.csv")): b"1"
    }


def test_summaries_of_first_pages_are_made_where_they_are_asked_for_and_something_is_new(made, monkeypatch):
    written = []
    monkeypatch.setattr(run.briefs, "write", lambda store, reports: written.append([*reports]))
    made({"a": GOOD})
    assert written == []
    made({"a": GOOD}, Options(formats=("brief",)))
    assert written == []  # nothing of it is new: it has no first page
    made({"a": GOOD}, Options(formats=("brief",), force=True))
    assert written == [["a"]]
