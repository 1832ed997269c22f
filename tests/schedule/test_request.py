"""What the form of JupyterLab says, as a job."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportkit.schedule import request
from small_project import PARAMETERS, notebook


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")


@pytest.fixture
def asked(tmp_path, folder):
    """A job of a notebook with these parameters; its data lie in the folder that JupyterLab shows."""
    folder.rename(tmp_path / "data")
    notebook(tmp_path / "staged/plan.ipynb", parameters=PARAMETERS + "\nbrief: bool = False")

    def job(period=None, **given):
        return request.job(tmp_path / "staged/plan.ipynb", "plan", given, tmp_path, period)

    return job


def test_texts_become_what_the_notebook_declares(asked):
    job = asked(region="532399", years="6", share="0.25", brief="true", lang="en")
    told = {key: job.parameters[key] for key in ("region", "years", "share", "brief", "lang")}
    assert told == {"region": "532399", "years": 6, "share": 0.25, "brief": True, "lang": "en"}
    assert job.region_name == "A county"
    assert job.edition == "0.9.0 2026-01-31"


def test_a_line_of_the_form_that_was_left_empty_is_no_parameter(asked):
    assert asked(**{"": ""}) == asked()


def test_quotes_are_taken_off_as_the_form_of_jupyterlab_shows_them(asked):
    assert asked(region="'532399'", as_of='"2024-12"').parameters["region"] == "532399"


def test_data_are_those_of_the_folder_that_jupyterlab_shows(asked, tmp_path):
    assert asked().parameters["data"] == str(tmp_path / "data")
    (tmp_path / "data").rename(tmp_path / "other")
    assert asked(data="other").parameters["data"] == str(tmp_path / "other")


def test_the_scheduled_month_is_as_of_where_nothing_else_was_asked_for(asked):
    assert asked("2026-11").parameters["as_of"] == "2026-11"
    assert asked("2026-11", as_of="2025-12").parameters["as_of"] == "2025-12"
    assert asked().parameters["as_of"] == "2025-12"  # the notebook's own


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"regoin": "1"}, '"regoin": not a parameter'),
        ({"": "532399"}, '"": not a parameter'),
        ({"years": "six"}, "years: expected int"),
        ({"lang": "French"}, "expected the code of a language"),
        ({"as_of": "May"}, "expected a period"),
        ({"region": "999"}, "expected a region"),
        ({"data": "nowhere"}, "datapackage.yaml"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_reason(asked, given, said):
    with pytest.raises(request.Refused, match=said):
        asked(**given)


def test_a_job_is_of_the_copy_of_the_notebook_and_a_fault_is_in_its_first_line(asked, tmp_path):
    job = asked()
    assert (job.name, job.notebook, job.domain) == ("plan", tmp_path / "staged/plan.ipynb", "")
    with pytest.raises(request.Refused, match=r"^plan\.ipynb, row 1\b"):
        asked(region="999")


def test_a_notebook_that_names_no_data_is_given_none_and_yet_belongs_to_them(asked, tmp_path):
    notebook(tmp_path / "staged/plan.ipynb", parameters='lang: str = "zh"')
    job = asked()
    assert job.parameters == {"lang": "zh"} and job.folder == tmp_path / "data"


def test_where_there_are_no_data_the_request_is_refused(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    notebook(tmp_path / "staged/plan.ipynb")
    with pytest.raises(request.Refused):
        request.job(tmp_path / "staged/plan.ipynb", "plan", {}, tmp_path, None)


@given(
    st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1)),
    st.sampled_from(["Asia/Shanghai", "UTC", "America/New_York", None]),
    st.integers(0, 30),
)
def test_the_month_is_that_of_the_schedule_in_its_own_timezone(moment, timezone, late):
    first = moment.replace(
        day=1, hour=0, minute=0, second=0, microsecond=0, tzinfo=ZoneInfo(timezone or "UTC")
    )
    made = (first + timedelta(seconds=late)).timestamp()
    assert request.scheduled("0 0 1 * *", timezone, made) == f"{first:%Y-%m}"
