"""An entry of the cache by itself: which packages are kept, what is read again, and what is no entry."""

import numpy as np
import pandas as pd
import pytest

from plan_monitor.data import cache, inspection
from plan_monitor.data.package import inspect
from plan_monitor.settle.defaults import Derived

CONTENTS = ("digest of the descriptor", "digest of a table")
DERIVED = [Derived("targets.csv", "unit", 3, {"zh": "按指标", "en": "as of the indicator"})]


def tables(rows):
    """Numbers and texts, some missing, the last of a column among them; and a table without rows."""
    numbers = np.arange(rows) / 4
    frame = pd.DataFrame({"id": [f"o-{n}" for n in range(rows)], "value": numbers, "note": "同上"})
    frame.loc[[1, rows - 1], "value"], frame.loc[[1, rows - 1], "note"] = np.nan, None
    empty = pd.DataFrame({"id": [], "note": []}, dtype="str")
    return {"observations": frame.astype({"id": "str", "note": "str"}), "targets": empty}


def entries(folder):
    return [*folder.glob(f"{cache.FOLDER}/*.checked")]


@pytest.fixture
def kept(tmp_path):
    """A folder beside whose files tables are kept."""
    cache.write(tmp_path, CONTENTS, (tables(cache.LEAST), DERIVED))
    return tmp_path


def test_what_is_kept_is_read_again_to_the_types_of_its_columns(kept):
    found, derived = cache.read(kept, CONTENTS)
    assert derived == DERIVED and list(found) == ["observations", "targets"]
    for name, frame in tables(cache.LEAST).items():
        pd.testing.assert_frame_equal(found[name], frame, check_column_type="exact")


@pytest.mark.parametrize(("rows", "is_kept"), [(1998, False), (1999, False), (2000, True), (2001, True)])
def test_a_package_of_two_thousand_rows_in_all_is_worth_keeping(tmp_path, rows, is_kept):
    cache.write(tmp_path, CONTENTS, (tables(rows), []))
    assert (len(entries(tmp_path)) == 1) is is_kept
    assert (cache.read(tmp_path, CONTENTS) is not None) is is_kept


def test_rows_of_all_tables_count(tmp_path):
    halves = tables(1000) | {"targets": tables(1000)["observations"]}
    cache.write(tmp_path, CONTENTS, (halves, []))
    assert len(entries(tmp_path)) == 1


def test_files_with_other_contents_have_nothing_kept_and_replace_what_is(kept):
    other = (*CONTENTS[:1], "another digest")
    assert cache.read(kept, other) is None
    (first,) = entries(kept)
    left = first.with_name(f".{first.name}.7.part")
    left.write_bytes(b"by who was killed")
    (left.parent / f"{first.name}.8.part").write_bytes(b"")
    cache.write(kept, other, (tables(cache.LEAST), []))
    assert len(entries(kept)) == 1 and entries(kept) != [first]
    assert not [*first.parent.glob("*checked.8.part")]
    assert cache.read(kept, other) is not None and cache.read(kept, CONTENTS) is None


def test_the_same_is_written_over_itself(kept):
    (entry,) = entries(kept)
    before = entry.read_bytes()
    entry.write_bytes(before[:-1])
    cache.write(kept, CONTENTS, (tables(cache.LEAST), DERIVED))
    assert entries(kept) == [entry] and entry.read_bytes() == before


@pytest.mark.parametrize("place", [0, 31, 32, 40, 100, -1])
def test_what_is_damaged_is_no_entry(kept, place):
    (entry,) = entries(kept)
    content = bytearray(entry.read_bytes())
    content[place] ^= 1
    entry.write_bytes(content)
    assert cache.read(kept, CONTENTS) is None


def test_what_is_kept_is_left_out_of_a_repository(kept):
    ignored = (kept / cache.FOLDER / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert ignored[-1] == "*" and ignored[0].startswith("# made by plan-monitor")


def test_a_library_that_was_changed_while_it_ran_keeps_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(cache, "version", lambda library: "0.0")
    cache.write(tmp_path, CONTENTS, (tables(cache.LEAST), []))
    assert entries(tmp_path) == []


@pytest.fixture
def even_small(monkeypatch):
    """Keep packages of any size."""
    monkeypatch.setattr(cache, "LEAST", 0)


@pytest.mark.usefixtures("even_small")
def test_a_valid_package_is_kept_and_one_with_a_fault_is_not(folder):
    tables, findings, derived = inspect(folder)
    assert len(entries(folder)) == 1 and not findings
    again = inspect(folder)
    assert again[2] == derived and again[0]["targets"].equals(tables["targets"])
    path = folder / "targets.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",95,", ",many,"), encoding="utf-8")
    (entry,) = entries(folder)
    entry.unlink()
    assert len(inspect(folder)[1]) == 1 and entries(folder) == []


@pytest.mark.usefixtures("even_small")
def test_a_package_that_changes_while_it_is_read_is_not_kept(folder, monkeypatch):
    def meanwhile(path):
        found = read(path)
        (folder / "targets.csv").write_bytes(b"")
        return found

    read = inspection.inspect
    monkeypatch.setattr(inspection, "inspect", meanwhile)
    assert not inspect(folder)[1] and entries(folder) == []
