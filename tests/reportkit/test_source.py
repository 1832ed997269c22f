"""A subject is a module: a package, or a single file."""

from pathlib import Path

import pytest

import reportkit
from reportkit import source


@pytest.mark.parametrize("name", ["bicycles/__init__.py", "bicycles.py"])
def test_the_files_of_a_subject_are_found_whichever_it_is(name, tmp_path, monkeypatch):
    file = tmp_path / name
    file.parent.mkdir(exist_ok=True)
    file.write_text('NAME = "bicycles"', encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv(source.VARIABLE, "bicycles")
    own = file.parent if file.name == "__init__.py" else file
    assert source.libraries() == [Path(reportkit.__file__).parent, own]


def test_what_needs_a_subject_says_that_there_is_none(monkeypatch):
    monkeypatch.delenv(source.VARIABLE, raising=False)
    assert source.current() is None
    with pytest.raises(LookupError, match=source.VARIABLE):
        source.required()
