"""Digests tell whether anything changed; hypothesis tries folders."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examples import up_to
from reportkit.files import digest, one_file, write, writing

NAMES = st.text(st.characters(categories=["L", "Nd"]), min_size=1, max_size=8).map(str.casefold)
FOLDERS = st.dictionaries(NAMES, st.binary(max_size=20), min_size=1, max_size=5)


def laid(files, folder):
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return digest(folder)


@settings(max_examples=up_to(60), deadline=None)
@given(FOLDERS, FOLDERS)
def test_folders_have_the_same_digest_only_if_they_hold_the_same(one, two):
    with tempfile.TemporaryDirectory() as a, tempfile.TemporaryDirectory() as b:
        assert (laid(one, Path(a)) == laid(two, Path(b))) == (one == two)


def test_a_digest_is_of_names_and_places_too(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a/x").write_text("1")
    before = digest(tmp_path)
    (tmp_path / "a").rename(tmp_path / "b")
    assert digest(tmp_path) != before


def test_what_is_hidden_or_compiled_does_not_count(tmp_path):
    (tmp_path / "x").write_text("1")
    before = digest(tmp_path)
    for folder in (".git", "__pycache__"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "y").write_text("2")
    assert digest(tmp_path) == before


def test_a_file_has_the_digest_that_sha256sum_prints(tmp_path):
    (tmp_path / "x").write_bytes(b"abc")
    assert digest(tmp_path / "x") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert digest(tmp_path / "none") == ""


def test_names_of_one_file_elsewhere_are_told_apart_nowhere():
    assert one_file("Plan") == one_file("plan") and one_file("é") == one_file("e\u0301")
    assert one_file("plan") != one_file("plans")


def test_a_file_is_there_as_a_whole_or_not_at_all(tmp_path):
    write(tmp_path / "x", "数")
    assert (tmp_path / "x").read_bytes() == "数".encode()
    with pytest.raises(RuntimeError), writing(tmp_path / "x") as file:
        file.write(b"half")
        raise RuntimeError
    assert [path.read_bytes() for path in tmp_path.iterdir()] == ["数".encode()]
    write(tmp_path / "x", b"2")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"2"]


def test_a_folder_in_a_folder_counts_with_its_files_alone(tmp_path):
    (tmp_path / "x").write_text("1")
    before = digest(tmp_path)
    (tmp_path / "empty").mkdir()
    assert digest(tmp_path) == before != ""
    (tmp_path / "empty/.hidden").write_text("2")
    assert digest(tmp_path) == before
    (tmp_path / "empty/y").write_text("2")
    assert digest(tmp_path) != before
