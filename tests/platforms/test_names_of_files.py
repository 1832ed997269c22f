"""Names that Windows or macOS take otherwise: devices, letters that differ in case or composition, another order."""

from pathlib import PurePath

import pytest

from reportkit.files import digest
from reportkit.render.recipes import read
from small_project import project

ENTRY = "  - {{notebook: schools/plan.ipynb, name: '{}'}}\n"


def findings(folder, *names):
    return [
        (fault.row, fault.column, fault.value, fault.expected["en"])
        for fault in read(project(folder, "".join(map(ENTRY.format, names))))[1]
    ]


@pytest.mark.parametrize("name", ["CON", "nul", "aux.plan", "Com1", "LPT¹", "prn"])
def test_a_device_of_windows_is_no_name_of_a_report(tmp_path, name):
    expected = "expected a file name of letters, digits, - and _"
    assert findings(tmp_path, name) == [(5, "name", name, expected)]


@pytest.mark.parametrize("name", ["console", "nullity", "com", "com12", "plan-con", "auxiliary.plan"])
def test_a_name_that_only_begins_as_one_is_taken(tmp_path, name):
    assert findings(tmp_path, name) == []


@pytest.mark.parametrize("letter", '\\/:*?"<>| ')
def test_what_windows_does_not_take_in_a_name_is_told(tmp_path, letter):
    assert [fault[:2] for fault in findings(tmp_path, f"a{letter}b")] == [(5, "name")]


@pytest.mark.parametrize("name", ["plan.", "plan "])
def test_an_end_that_windows_would_leave_out_is_told(tmp_path, name):
    assert [fault[:3] for fault in findings(tmp_path, name)] == [(5, "name", name)]


@pytest.mark.parametrize(
    "names", [("Plan", "plan"), ("\ud55c", "\u1112\u1161\u11ab"), ("\u8c48", "\uf900")], ids=ascii
)
def test_names_that_are_one_file_elsewhere_are_told(tmp_path, names):
    expected = "expected a unique name"
    assert findings(tmp_path, *names) == [
        (row, "name", name, expected) for row, name in enumerate(names, start=5)
    ]


def test_the_digest_of_a_folder_is_the_same_where_paths_are_sorted_without_regard_to_case(
    tmp_path, monkeypatch
):
    """It stands in published notebooks, and workers of a cluster compare it."""
    for name in ("Zoo.py", "ant.py", "a/z.py", "a.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    here = digest(tmp_path)

    def before(one, other):
        return [*map(str.lower, one.parts)] < [*map(str.lower, other.parts)]

    monkeypatch.setattr(PurePath, "__lt__", before)
    assert sorted(tmp_path.glob("*.py"))[0].name == "a.py"  # so it is
    assert digest(tmp_path) == here
