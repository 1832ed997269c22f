"""Reports of a revision beside those of now: with texts of their rows where the data differ; git is made up."""

import io
import tarfile
from types import SimpleNamespace

import pytest

from reportkit.compare import revision
from reportkit.compare.content import Content, Table, quoted
from reportkit.findings import DataError
from reportkit.source import Document, Quote
from reportkit.table import Cell

PLAN = Document("某规划", "")
DATA = SimpleNamespace(
    quote={"a": Quote("入园率 91 %", "某县", PLAN, "", "", ""), "b": Quote("1", "", PLAN, "", "", "")}.get
)


def content(*rows):
    cells = [[Cell("91", 91.0, "0", [*rows])]]
    return Content("plan", "t", tables=(Table("", "", "表", "", ["值"], cells, False),))


def test_rows_of_a_report_are_quoted_as_the_data_have_them():
    assert quoted(["b", "a", "gone"], DATA) == {"a": "入园率 91 %，某县", "b": "1"}
    assert [*quoted(["b", "a"], DATA)] == ["a", "b"]
    told = revision._add_quotes(content("a", "gone"), DATA, "now")
    assert (told.quotes, told.library) == ({"a": "入园率 91 %，某县"}, "now")
    assert revision._add_quotes(content("a"), None, "now").quotes == {}
    assert revision._add_quotes(None, DATA, "now") is None


@pytest.fixture
def git(monkeypatch, tmp_path):
    """What differs from the revision, as git would say; `libraries` and `data` lie in the repository."""
    (tmp_path / "data").mkdir()
    subject = SimpleNamespace(find=lambda: tmp_path / "data")
    monkeypatch.setattr(revision.source, "libraries", lambda: [tmp_path / "lib"])
    monkeypatch.setattr(revision.source, "current", lambda: subject)
    differing = set()
    monkeypatch.setattr(
        revision, "_git", lambda root, *given: b"x\n" * bool(differing & {*given[given.index("--") + 1 :]})
    )
    return differing


def libraries(pairs):
    return [tuple(one and one.library for one in pair) for pair in pairs]


def test_the_program_is_another_one_only_if_its_files_differ(git, tmp_path):
    pairs = [(content("a"), content("a")), (None, content("b"))]
    assert libraries(revision._with_quotes(pairs, tmp_path, "v1")) == [("", ""), (None, "")]
    git.add("lib")
    assert libraries(revision._with_quotes(pairs, tmp_path, "v1")) == [("v1", "now"), (None, "now")]


def test_data_are_read_only_if_they_differ(git, tmp_path, monkeypatch):
    assert revision._data(tmp_path, "v1", tmp_path / "scratch") == (None, None)
    monkeypatch.setattr(revision.source, "current", lambda: None)
    git.add("data")
    assert revision._data(tmp_path, "v1", tmp_path / "scratch") == (None, None)


@pytest.fixture
def archived(monkeypatch, tmp_path):
    """A repository whose data lie in `here/data`; in the revision v1 they said another thing, git says."""
    data = tmp_path / "here/data"
    data.mkdir(parents=True)
    (data / "a.csv").write_text("now")
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as file:
        entry = tarfile.TarInfo("here/data/a.csv")
        entry.size = 4
        file.addfile(entry, io.BytesIO(b"then"))

    def git(root, *given):
        assert root == tmp_path and given[1:] in (
            ("v1", "--", "here/data"),
            ("--name-only", "v1", "--", "here/data"),
        )
        return {"diff": b"here/data/a.csv\n", "archive": packed.getvalue()}[given[0]]

    monkeypatch.setattr(revision, "_git", git)
    subject = SimpleNamespace(find=lambda: data, read=lambda folder: (folder / "a.csv").read_text())
    monkeypatch.setattr(revision.source, "current", lambda: subject)
    return subject


def test_data_that_differ_are_read_as_they_were_and_as_they_are(archived, tmp_path):
    (tmp_path / "scratch").mkdir()
    assert revision._data(tmp_path, "v1", tmp_path / "scratch") == ("then", "now")


def test_data_that_are_the_whole_repository_or_lie_elsewhere_are_not_read(archived, tmp_path):
    for place in (tmp_path, tmp_path.parent):
        archived.find = lambda place=place: place
        assert revision._data(tmp_path, "v1", tmp_path / "scratch") == (None, None)


def test_reports_are_quoted_from_the_data_of_their_time(archived, tmp_path, monkeypatch):
    texts = {
        "then": DATA,
        "now": SimpleNamespace(quote={"a": Quote("入园率 92 %", "", PLAN, "", "", "")}.get),
    }
    archived.read = lambda folder: texts[(folder / "a.csv").read_text()]
    monkeypatch.setattr(revision.source, "libraries", list)
    ((old, new),) = revision._with_quotes([(content("a"), content("a"))], tmp_path, "v1")
    assert (old.quotes, new.quotes) == ({"a": "入园率 91 %，某县"}, {"a": "入园率 92 %"})


@pytest.mark.parametrize("error", [DataError([]), OSError("gone"), revision.Unknown("git")])
def test_without_valid_data_no_quotes_are_given(git, tmp_path, monkeypatch, error):
    def failing(*_):
        raise error

    monkeypatch.setattr(revision, "_data", failing)
    ((old, new),) = revision._with_quotes([(content("a"), content("a"))], tmp_path, "v1")
    assert old.quotes == new.quotes == {}


def test_where_there_is_no_git_it_is_said(monkeypatch, tmp_path):
    def missing(*_, **__):
        raise FileNotFoundError("no such program: git")

    monkeypatch.setattr(revision.subprocess, "run", missing)
    with pytest.raises(revision.Unknown, match="no such program: git"):
        revision._git(tmp_path, "show")


def test_the_library_is_compared_in_the_repository_with_the_revision(git, tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(revision, "_git", lambda *given: asked.append(given) or b"")
    revision._with_quotes([(content("a"), None)], tmp_path, "v1")
    assert asked[0] == (tmp_path, "diff", "--name-only", "v1", "--", "lib")


def test_each_report_has_the_quotes_of_its_own_time(git, tmp_path, monkeypatch):
    now = SimpleNamespace(quote={"a": Quote("入园率 92 %", "", PLAN, "", "", "")}.get)
    monkeypatch.setattr(revision, "_data", lambda *_: (DATA, now))
    ((old, new),) = revision._with_quotes([(content("a"), content("a"))], tmp_path, "v1")
    assert (old.quotes, new.quotes) == ({"a": "入园率 91 %，某县"}, {"a": "入园率 92 %"})


def test_a_notebook_that_cannot_be_read_is_named_with_its_revision(monkeypatch, tmp_path):
    monkeypatch.setattr(revision, "_git", lambda *_: b"{")
    with pytest.raises(revision.Unreadable, match=r"v1:a/plan\.ipynb"):
        revision._stored(tmp_path, "v1", "a/plan.ipynb")
    monkeypatch.setattr(revision, "_git", lambda *_: b'{"cells": [], "metadata": {}}')
    assert revision._stored(tmp_path, "v1", "a/plan.ipynb").name == "plan"


@pytest.mark.parametrize(("code", "said"), [(0, b"out"), (128, None)])
def test_what_git_refuses_is_told_in_its_first_line(monkeypatch, tmp_path, code, said):
    done = SimpleNamespace(returncode=code, stdout=b"out", stderr=b"fatal: no such revision\nmore")
    monkeypatch.setattr(revision.subprocess, "run", lambda *_, **__: done)
    if said is None:
        with pytest.raises(revision.Unknown, match=r"^fatal: no such revision$"):
            revision._git(tmp_path, "show")
    else:
        assert revision._git(tmp_path, "show") == said
