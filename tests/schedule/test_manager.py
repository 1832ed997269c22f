"""What the scheduler is handed of a report: its files where it looks for them, and where a reader does."""

from types import SimpleNamespace

import pytest
from jupyter_scheduler.orm import JobDefinition, create_session, create_tables

from reportkit.language import using
from reportkit.render.manifest import library
from reportkit.render.tasks import Output
from reportkit.schedule import manager
from small_project import notebook

MADE = {".html": "page", "-brief.pdf": b"one page", "-brief.docx": b"one page too", ".ipynb": "cells"}


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run a job for some formats, of which this is the output; the names and texts of all files then."""

    def execute(output, *formats):
        notebook(tmp_path / "staged/plan.ipynb")
        asked = []
        job = SimpleNamespace(name="plan-1")
        monkeypatch.setattr(manager.request, "job", lambda *given: asked.append(given) or job)
        monkeypatch.setattr(manager, "make", lambda task: asked.append(task) or output)
        staged = {kind: str(tmp_path / f"staged/plan-1.{kind}") for kind in formats}
        model = SimpleNamespace(parameters=execute.parameters, input_filename="plan.ipynb", job_id="7")
        scheduled = SimpleNamespace(model=model, root_dir=str(tmp_path), _period=lambda: None)
        scheduled.staging_paths = {"input": str(tmp_path / "staged/plan.ipynb"), **staged}
        try:
            manager.Renders.execute(scheduled)
        finally:
            execute.given, execute.task = asked
            execute.asked = execute.task.options.formats
        return below("staged"), below("jobs/plan-7")

    def below(folder):
        files = {path.name: path.read_bytes() for path in (tmp_path / folder).iterdir()}
        files.pop("plan.ipynb")
        return files

    execute.below, execute.parameters = below, None
    return execute


def test_files_of_a_job_are_where_the_scheduler_and_where_a_reader_looks_for_them(run):
    staged, folder = run(Output(files=MADE), "html", "brief.pdf")
    assert staged == {"plan-1.html": b"page", "plan-1.brief.pdf": b"one page"}
    assert folder == {
        "plan-1.html": b"page",
        "plan-1-brief.pdf": b"one page",
        "plan-1-brief.docx": b"one page too",
    }
    assert run.asked == ("brief",)


def test_a_job_is_made_of_the_staged_notebook_with_its_parameters_and_may_be_run_again(run, tmp_path):
    for parameters, told in ((None, {}), ({"lang": "en"}, {"lang": "en"})):
        run.parameters = parameters
        run(Output(files=MADE), "html")
        assert run.given == (tmp_path / "staged/plan.ipynb", "plan-1", told, tmp_path, None)
    assert (run.task.job.name, run.task.alone, run.task.library) == ("plan-1", True, library())
    text = (tmp_path / "staged/plan.ipynb").read_text(encoding="utf-8")
    assert run.task.notebook == text == (tmp_path / "jobs/plan-7/plan.ipynb").read_text(encoding="utf-8")
    run(Output(files=MADE))
    assert run.given[1] == "plan"  # without any file of its own


def test_a_format_that_a_report_does_not_have_is_no_file(run):
    staged, folder = run(Output(files={".html": "page"}), "html", "brief.docx", "xlsx")
    assert staged == folder == {"plan-1.html": b"page"}
    assert run.asked == ("brief", "xlsx")


def test_of_a_notebook_that_failed_only_its_partial_output_is_kept(run):
    failed = Output(reason="no such figure", files={".failed.ipynb": "half", ".html": "old"})
    with pytest.raises(RuntimeError, match="no such figure"):
        run(failed, "html", "ipynb")
    assert run.below("staged") == run.below("jobs/plan-7") == {"plan-1.ipynb": b"half"}


def test_the_form_offers_the_formats_of_a_report_in_the_language_of_the_reader(monkeypatch):
    formats = ["html", "pdf", "docx", "xlsx", "brief.pdf", "brief.docx", "ipynb"]
    environment = manager.Environments.__new__(manager.Environments)
    (offered,) = environment.list_environments()
    assert [str(getattr(one, "value", one)) for one in offered.output_formats] == formats
    assert offered.file_extensions == ["ipynb"]
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    with using("zh"):
        words = environment.output_formats_mapping()
    assert [*words] == formats
    assert (words["ipynb"], words["brief.pdf"]) == ("Notebook", "One page (PDF)")


def test_a_file_is_a_notebook_or_it_is_refused(tmp_path):
    notebook(tmp_path / "plan.ipynb")
    (tmp_path / "text.ipynb").write_text("no notebook")
    assert manager.Renders.validate(manager.Renders, str(tmp_path / "plan.ipynb")) is True
    assert manager.Renders.validate(manager.Renders, str(tmp_path / "text.ipynb")) is False
    shown = {feature.value for feature, able in manager.Renders.supported_features(None).items() if able}
    assert shown == {
        *("job_name", "parameters", "output_formats", "job_definition", "stop_job", "delete_job"),
    }


@pytest.mark.parametrize(
    ("schedule", "timezone", "period"),
    [
        ("0 0 1 * *", "Asia/Shanghai", "2026-12"),
        ("0 0 1 * *", None, "2026-11"),  # in London it is still the month before
        ("", "Asia/Shanghai", None),
    ],
)
def test_the_month_of_a_job_is_that_of_its_schedule_and_one_started_by_hand_has_none(
    tmp_path, schedule, timezone, period
):
    place = f"sqlite:///{tmp_path / 'jobs.db'}"
    create_tables(place)
    sessions = create_session(place)
    with sessions() as session:
        asked = {"job_definition_id": "7", "schedule": schedule, "timezone": timezone}
        session.add(JobDefinition(input_filename="plan.ipynb", runtime_environment_name="x", **asked))
        session.commit()
    created = 1796054405 * 1000  # five seconds after midnight of the first in China
    for number, found in (("7", period), ("8", None)):
        model = SimpleNamespace(job_definition_id=number, create_time=created)
        assert manager.Renders._period(SimpleNamespace(db_session=sessions, model=model)) == found
