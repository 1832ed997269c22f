"""A package that was found valid is kept beside its files, and no answer ever differs for it."""

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from examples import up_to
from plan_monitor import load
from plan_monitor.data import cache, inspection
from plan_monitor.data.package import inspect
from plan_monitor.data.tables import TABLES
from reportkit.files import digest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
CHANGED_FILES = ("targets.csv", "observations.csv", "regions.csv", "documents.csv", "datapackage.yaml")
ONE_FOLDER = settings(
    max_examples=up_to(15), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


@pytest.fixture(autouse=True)
def even_small(monkeypatch):
    """Keep packages of any size."""
    monkeypatch.setattr(cache, "LEAST", 0)


@pytest.fixture
def checks(monkeypatch):
    """Folders that were read and checked, not taken from what is kept."""
    done, original = [], inspection.inspect

    def counted(folder):
        done.append(folder)
        return original(folder)

    monkeypatch.setattr(inspection, "inspect", counted)
    return done


def kept(folder: Path) -> list[Path]:
    return sorted((folder / cache.FOLDER).glob("*.checked"))


def same(one, other) -> bool:
    """Whether two results of ``inspect`` are the same, to the types of columns and rows."""
    (tables, *said), (others, *told) = one, other
    assert said == told and list(tables) == list(others)
    for name, frame in tables.items():
        pd.testing.assert_frame_equal(frame, others[name], check_exact=True, check_column_type="exact")
    return True


def outcome(function, folder: Path) -> tuple:
    """What a function answers of a folder; where it cannot use a descriptor at all, how it ends."""
    try:
        return function(folder)
    except Exception as error:
        return {}, repr(error)


@pytest.mark.parametrize("size", ["small", "shipped"])
def test_what_is_kept_is_what_was_checked(folder, tmp_path, size, checks):
    if size == "shipped":
        folder = Path(shutil.copytree(ROOT / "data", tmp_path / "whole"))
        shutil.rmtree(folder / cache.FOLDER, ignore_errors=True)
    first, second = inspect(folder), inspect(folder)
    assert len(checks) == 1
    assert same(first, second)
    assert same(second, inspection.inspect(folder))


def test_a_package_older_than_some_tables_is_kept_too(folder, checks):
    path = folder / "datapackage.yaml"
    described = yaml.safe_load(path.read_text(encoding="utf-8"))
    described["resources"] = [one for one in described["resources"] if not TABLES[one["name"]].new]
    path.write_text(yaml.safe_dump(described, allow_unicode=True), encoding="utf-8")
    assert same(inspect(folder), inspect(folder))
    assert len(checks) == 1


@ONE_FOLDER
@given(
    st.lists(
        st.tuples(
            st.sampled_from(CHANGED_FILES),
            st.sampled_from(["digit", "cut", "blank line", "delete", "as before"]),
            st.integers(0, 10_000),
        ),
        min_size=1,
        max_size=3,
    )
)
def test_after_any_edit_of_any_file_all_is_as_without(folder, edits):
    mine = folder.with_name("mine")
    shutil.rmtree(mine, ignore_errors=True)
    shutil.copytree(folder, mine)
    inspect(mine)
    for name, edit, place in edits:
        path, before = mine / name, (folder / name).read_bytes()
        content = path.read_bytes() if path.exists() else before
        place %= len(content) + 1
        if edit == "digit":
            path.write_bytes(content[:place] + b"7" + content[place + 1 :])
        elif edit == "cut":
            path.write_bytes(content[:place])
        elif edit == "blank line":
            path.write_bytes(content + b"\n\n")
        elif edit == "delete":
            path.unlink(missing_ok=True)
        else:
            path.write_bytes(before)
        assert same(outcome(inspect, mine), outcome(inspection.inspect, mine))


@ONE_FOLDER
@given(place=st.floats(0, 1, exclude_max=True), flip=st.integers(1, 255))
def test_a_flipped_byte_anywhere_is_noticed_and_mended(folder, checks, place, flip):
    expected = inspect(folder)
    (entry,) = kept(folder)
    whole = bytearray(entry.read_bytes())
    whole[int(place * len(whole))] ^= flip
    entry.write_bytes(whole)
    checks.clear()
    assert same(inspect(folder), expected)
    assert len(checks) == 1
    assert same(inspect(folder), expected)
    assert len(checks) == 1  # it was written anew


@pytest.mark.parametrize("part", [0, 10, 32, 100, 1000, -1])
def test_a_file_cut_short_is_noticed(folder, checks, part):
    expected = inspect(folder)
    (entry,) = kept(folder)
    entry.write_bytes(entry.read_bytes()[:part])
    assert same(inspect(folder), expected)
    assert len(checks) == 2


def test_what_is_kept_can_be_deleted(folder, checks):
    expected = inspect(folder)
    shutil.rmtree(folder / cache.FOLDER)
    assert same(inspect(folder), expected)
    assert len(checks) == 2


@pytest.mark.parametrize(
    ("method", "code"),
    [
        pytest.param("mkdir", errno.EROFS, id="read-only folder"),
        pytest.param("replace", errno.EACCES, id="file in use"),
        pytest.param("open", errno.EIO, id="cannot be read"),
    ],
)
def test_where_nothing_can_be_kept_the_answer_is_the_same(folder, monkeypatch, capfd, method, code):
    expected, original = inspection.inspect(folder), getattr(Path, method)

    def failing(path, *arguments, **named):
        if cache.FOLDER in path.parts:
            raise OSError(code, os.strerror(code))
        return original(path, *arguments, **named)

    monkeypatch.setattr(Path, method, failing)
    assert same(inspect(folder), expected)
    assert same(inspect(folder), expected)
    assert capfd.readouterr() == ("", "")
    assert not list(folder.rglob("*.part"))


@pytest.mark.parametrize(("room", "left"), [(0, []), (40, []), (1000, [".gitignore"])])
def test_a_disk_that_fills_up_while_it_is_written_leaves_nothing_behind(folder, room, left):
    resource = pytest.importorskip("resource", reason="a limit of files' sizes stands for the disk")
    expected = inspection.inspect(folder)
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, most))
    try:
        assert same(inspect(folder), expected)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    assert [path.name for path in (folder / cache.FOLDER).iterdir()] == left


def test_a_file_in_the_place_of_the_folder_is_left_alone(folder):
    (folder / cache.FOLDER).write_text("mine")
    assert inspect(folder)[1] == []
    assert (folder / cache.FOLDER).read_text() == "mine"


def test_a_file_changed_while_it_is_read_is_not_kept(folder, monkeypatch):
    original = inspection.inspect

    def meanwhile(path):
        found = original(path)
        with (folder / "targets.csv").open("a", encoding="utf-8") as file:
            file.write("\n")
        return found

    monkeypatch.setattr(inspection, "inspect", meanwhile)
    inspect(folder)
    assert not kept(folder)


def test_a_package_with_a_fault_is_not_kept(folder):
    path = folder / "targets.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",95,", ",many,"), encoding="utf-8")
    assert inspect(folder)[1]
    assert not kept(folder)


def test_a_small_package_is_not_kept(folder, monkeypatch):
    monkeypatch.undo()
    assert inspect(folder)[1] == []
    assert not (folder / cache.FOLDER).exists()


def test_a_file_outside_the_folder_counts(folder, checks):
    """A descriptor may name what ``digest`` of the folder does not see."""
    (folder / "targets.csv").rename(folder.parent / "targets.csv")
    path = folder / "datapackage.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("path: targets.csv", "path: ../targets.csv"), encoding="utf-8")
    assert load(folder).targets["value"].tolist() == [95, 98, 26581]
    outside = folder.parent / "targets.csv"
    outside.write_text(outside.read_text(encoding="utf-8").replace(",95,", ",96,"), encoding="utf-8")
    assert load(folder).targets["value"].tolist() == [96, 98, 26581]
    assert len(checks) == 2


def test_one_copy_is_kept_and_none_of_it_is_part_of_the_package(folder):
    before = digest(folder)
    inspect(folder)
    assert digest(folder) == before
    first = kept(folder)
    (folder / cache.FOLDER / f".{first[0].name}.1.part").write_text("left by who was killed")
    path = folder / "targets.csv"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    inspect(folder)
    assert len(kept(folder)) == 1 and kept(folder) != first
    assert sorted(path.name for path in (folder / cache.FOLDER).iterdir())[0] == ".gitignore"
    assert len([*(folder / cache.FOLDER).iterdir()]) == 2


ANSWER = """
import hashlib, sys
from pathlib import Path
from plan_monitor.data import cache
from plan_monitor.data.package import inspect
from plan_monitor.data.tables import TABLES
cache.LEAST = 0
for _ in range(int(sys.argv[2])):
    tables, findings, derived = inspect(sys.argv[1])
    print(hashlib.sha256(repr([f.to_csv() for f in tables.values()] + [findings]).encode()).hexdigest())
"""


def start(folder: Path, times: int = 1, library: Path = ROOT / "lib") -> subprocess.Popen:
    command = [sys.executable, "-c", ANSWER, str(folder), str(times)]
    return subprocess.Popen(
        command, env=os.environ | {"PYTHONPATH": str(library)}, stdout=subprocess.PIPE, text=True
    )


def test_two_processes_at_once_say_the_same(folder):
    two = [start(folder, 3), start(folder, 3)]
    answers = {line for one in two for line in one.communicate()[0].split()}
    assert [one.returncode for one in two] == [0, 0]
    assert len(answers) == 1
    assert len(kept(folder)) == 1
    assert same(inspect(folder), inspection.inspect(folder))


def test_an_edited_library_checks_anew(folder, tmp_path):
    library = tmp_path / "lib"
    shutil.copytree(ROOT / "lib", library, ignore=shutil.ignore_patterns("__pycache__"))
    start(folder, library=library).communicate()
    before = kept(folder)
    path = library / "plan_monitor/data/inspection.py"
    path.write_text(path.read_text(encoding="utf-8") + "# edited\n", encoding="utf-8")
    start(folder, library=library).communicate()
    assert len(kept(folder)) == 1 and kept(folder) != before
