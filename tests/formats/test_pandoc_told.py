"""What pandoc is asked for of a page: the language, the contents' name, and the annex only where it is wanted."""

import json
from types import SimpleNamespace

import pytest
from quotes import quote

from reportkit.formats import pandoc
from reportkit.formats.notes import Note
from reportkit.language import using

ABOUT = {"title": "题", "document": "某规划", "question": "", "region": "某县", "until": "", "edition": ""}


@pytest.fixture
def convert(tmp_path, monkeypatch):
    """Convert a page with some notes, and what of it pandoc was asked for."""
    asked = []

    def process(of):
        def write(line):
            asked.append(json.loads(line))
            (tmp_path / "made.docx").write_bytes(b"made")

        stdin = SimpleNamespace(write=write, flush=lambda: None)
        return SimpleNamespace(stdin=stdin, stdout=SimpleNamespace(readline=lambda: b"\n"))

    monkeypatch.setattr(pandoc, "_process", process)

    def run(notes, **other):
        page = SimpleNamespace(about=ABOUT | {"synthetic": False}, notes=notes)
        assert pandoc.convert(page, "<p>文</p>", tmp_path, {"docx": {"a": 1}}, **other) == {"docx": b"made"}
        return asked.pop()

    return run


def test_it_is_asked_for_the_text_with_its_cover_in_the_language_that_is_set(convert, tmp_path):
    asked = convert([], opening="<p>先</p>")
    about = asked.pop("about")
    assert asked == {
        "folder": str(tmp_path),
        "text": "<p>文</p>",
        "opening": "<p>先</p>",
        "formats": {"docx": {"a": 1}},
    }
    assert about == {
        **{"title": "题", "document": "某规划", "cover": ["某县"], "lang": "zh-CN", "contents": "目录"},
        "annex": [],
    }
    with using("en"):
        about = convert([])["about"]
    assert (about["lang"], about["contents"]) == ("en-US", "Contents")
    with using("fr"):
        assert convert([])["about"]["lang"] == "fr"


def test_the_annex_follows_where_there_are_notes_unless_the_page_is_sent_alone(convert):
    notes = [Note(1, quote())]
    assert [part["kind"] for part in convert(notes)["about"]["annex"]] == [
        "lead",
        "document",
        "usual",
        "notes",
    ]
    assert convert(notes, annexed=False)["about"]["annex"] == []
    assert convert([])["about"]["annex"] == []
