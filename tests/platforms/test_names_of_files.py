"""Names that Windows or macOS take otherwise: devices, letters that differ in case or composition, another order."""

import unicodedata
from pathlib import PurePath

import pytest

from plan_monitor.forms.ask import ask
from plan_monitor.intake import take
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
    [(*place, expected)] = findings(tmp_path, name)
    assert place == [5, "name", name]
    assert "none that is taken (index, con" in expected


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


@pytest.mark.parametrize("issuers", [("Bureau A", "bureau a"), ("甲局/乙局", "甲局:乙局")], ids=ascii)
def test_issuers_whose_forms_would_be_one_file_get_one_each(folder, tmp_path, issuers):
    documents, targets = folder / "documents.csv", folder / "targets.csv"
    [header, plan, *others] = documents.read_text(encoding="utf-8").splitlines()
    ours = [plan.replace("Education plan of a county,,", f"Education plan of a county,,{issuers[0]}")]
    ours.append(ours[0].replace("plan-1", "plan-2").replace(issuers[0], issuers[1]))
    documents.write_text("\n".join([header, *ours, *others]), encoding="utf-8", newline="\n")
    text = targets.read_text(encoding="utf-8").replace("t-3,plan-1", "t-3,plan-2")
    targets.write_text(text, encoding="utf-8", newline="\n")
    asked = ask(folder, tmp_path / "forms", "2026")
    assert len({path.name.casefold() for path in asked.forms}) == 2
    assert all(path.is_file() for path in asked.forms)


def test_a_title_that_a_file_is_called_by_is_the_same_text_from_macos(tmp_path):
    titles = set()
    for form in ("NFC", "NFD"):
        (folder := tmp_path / form).mkdir()
        path = folder / f"{unicodedata.normalize(form, 'Lüchun')}.csv"
        path.write_text("指标,单位,2023年,2024年\n学前毛入园率,%,91,92\n", encoding="utf-8")
        titles |= {document.title for document in take.read([path], region="某县").documents}
    assert titles == {"L\u00fcchun"}
