"""Data of the jobs of one command: where each is looked for, that it is read once, what is said of faults."""

from types import SimpleNamespace

import pytest

from reportkit.findings import DataError, Finding
from reportkit.render import sources
from reportkit.render.sources import Sources

FAULT = Finding("t.csv", 2, "value", "x", {"zh": "应为数字", "en": "expected a number"})


@pytest.fixture
def subject(monkeypatch, tmp_path):
    """A subject that reads the folders `good`, and finds faults in `bad`."""
    read = []

    def opened(folder):
        read.append(folder)
        if folder.name == "bad":
            raise DataError([FAULT])
        if folder.name == "closed":
            raise PermissionError
        if not folder.is_dir():
            raise FileNotFoundError
        return SimpleNamespace(path=folder)

    def find():
        if not (tmp_path / "good").is_dir():
            raise FileNotFoundError
        return tmp_path / "good"

    one = SimpleNamespace(read=opened, find=find, DESCRIPTOR="data.yaml", seen=read)
    monkeypatch.setattr(sources.source, "current", lambda: one)
    (tmp_path / "notebooks").mkdir()
    return one


def test_data_are_those_given_or_those_named_or_the_nearest(subject, tmp_path):
    notebook = tmp_path / "notebooks/plan.ipynb"
    for name in ("good", "other"):
        (tmp_path / name).mkdir()
    assert Sources(tmp_path / "other").open(notebook, "../good").path == tmp_path / "other"
    here = Sources()
    assert here.open(notebook, "../other").path == tmp_path / "other"
    assert here.open(notebook, None).path == here.open(notebook, "").path == tmp_path / "good"
    assert subject.seen.count(tmp_path / "good") == 1
    assert here.faults() == []


def test_a_fault_is_returned_once_and_data_with_one_are_none(subject, tmp_path):
    notebook, one = tmp_path / "notebooks/plan.ipynb", Sources()
    assert one.open(notebook, "../bad") is None and one.open(notebook, "../bad") is None
    assert one.faults() == [FAULT] and one.faults() == []
    assert one.open(notebook, "../gone") is None
    (missing,) = one.faults()
    assert (missing.file, missing.row, missing.value) == ("data.yaml", None, str(tmp_path / "gone"))
    assert one.open(notebook, None) is None
    (none,) = one.faults()
    assert (none.file, none.value) == ("data.yaml", None)
    with pytest.raises(PermissionError):
        one.open(notebook, "../closed")


def test_the_parameter_leads_from_a_notebook_to_the_data_given(subject, tmp_path):
    notebook = tmp_path / "notebooks/plan.ipynb"
    assert Sources(tmp_path / "good").parameter(notebook) == {"data": "../good"}
    assert Sources().parameter(notebook) == {}


def test_without_a_subject_nothing_is_read_and_that_is_no_fault(monkeypatch, tmp_path):
    monkeypatch.setattr(sources.source, "current", lambda: None)
    one = Sources(tmp_path)
    assert one.open(tmp_path / "plan.ipynb", None) is None and one.faults() == []
