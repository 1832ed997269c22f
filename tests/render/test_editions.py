"""Earlier editions are kept, with what changed since."""

import json
import shutil
from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from reportkit.render import publish, run
from reportkit.render.run import Options
from reportkit.render.store import Folder
from small_project import jobs, project

pytestmark = pytest.mark.slow

ENTRY = "  - {notebook: schools/plan.ipynb, name: plan, parameters: {as_of: '%s'}}\n"
EDITION = "0.9.0-2026-01-31_2024-12"


@pytest.fixture
def made(tmp_path, folder):
    """Make the report with data up to a period, in all formats; gives the folder it is published in."""

    def make(as_of, **changes):
        recipes = project(tmp_path, ENTRY % as_of)
        for file, (old, new) in changes.items():
            path = folder / f"{file}.csv"
            path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
        formats = ("docx", "xlsx")
        results = list(run.run(jobs(recipes, folder), Folder(tmp_path / "out"), Options(1, formats=formats)))
        assert [result.reason for result in results] == [""]
        return tmp_path / "out"

    return make


def soup(path):
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def test_a_later_period_is_a_new_edition_and_the_one_before_is_kept(made):
    before = {path.name: path.read_bytes() for path in made("2024-12").iterdir() if path.is_file()}
    out = made("2025-12")
    kept = {path.name: path.read_bytes() for path in (out / EDITION).iterdir() if path.name[0] != "."}
    reports = [f"plan.{ending}" for ending in ("html", "ipynb", "docx", "xlsx")]
    assert set(kept) == {*reports, "index.html", "manifest.json"}
    assert all(kept[name] == before[name] for name in reports)
    assert (out / "plan.html").read_bytes() != kept["plan.html"]
    front = soup(out / "index.html")
    assert [gone.get_text() for gone in front.select(".changes del")] == ["2024"]
    assert [new.get_text() for new in front.select(".changes ins")] == ["2025"]
    assert front.select_one(".changes a")["href"] == f"{EDITION}/plan.html"
    assert front.select_one(".earlier a")["href"] == f"{EDITION}/index.html"
    assert "changed" in front.select_one("article")["data-state"]
    older = soup(out / EDITION / "index.html")
    assert {link["href"] for link in older.select("a")} == {*reports, "../index.html"}
    assert older.select(".earlier") == []


def test_a_correction_within_an_edition_replaces_the_report(made):
    made("2025-12")
    out = made("2025-12", targets=("26581", "26582"))
    assert [path.name for path in out.iterdir() if path.is_dir()] == []
    assert soup(out / "index.html").select(".changes, .earlier") == []


def test_the_last_of_several_editions_is_what_changes_are_told_from(made):
    for as_of in ("2023-12", "2024-12", "2025-12"):
        out = made(as_of)
        manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
        moment = datetime(int(as_of[:4]) + 1, 1, 2, tzinfo=UTC).isoformat()
        manifest["reports"]["plan"]["published"] = moment
        (out / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    front = soup(out / "index.html")
    assert [gone.get_text() for gone in front.select(".changes del")] == ["2024"]
    names = [link.get_text() for link in front.select(".earlier a")]
    assert names == [EDITION, EDITION.replace("2024-12", "2023-12")]


def test_going_back_to_an_edition_does_not_compare_it_with_itself(made):
    made("2024-12")
    made("2025-12")
    front = soup(made("2024-12") / "index.html")
    assert [new.get_text() for new in front.select(".changes ins")] == ["2024"]


def test_an_edition_that_is_deleted_is_gone_from_the_front_page(made):
    made("2024-12")
    out = made("2025-12")
    shutil.rmtree(out / EDITION)
    front = soup(made("2025-12", targets=("26581", "26582")) / "index.html")
    assert front.select(".changes, .earlier") == []


def test_an_edition_that_was_being_kept_when_the_run_was_killed_is_there_afterwards(made):
    made("2024-12")
    kept = made("2025-12") / EDITION / "manifest.json"
    records = json.loads(kept.read_text(encoding="utf-8"))["reports"]
    lines = [json.dumps({"name": name, **record}) for name, record in records.items()]
    kept.with_name(".manifest.jsonl").write_text("\n".join([*lines, '{"name": "pl']), encoding="utf-8")
    kept.unlink()  # all that is left is what was noted, report by report
    out = made("2025-12", targets=("26581", "26582"))
    front = soup(out / "index.html")
    assert [gone.get_text() for gone in front.select(".changes del")] == ["2024"]
    assert [link.get_text() for link in front.select(".earlier a")] == [EDITION]
    assert json.loads(kept.read_text(encoding="utf-8"))["reports"] == records


@given(st.text(), st.text())
def test_a_folder_of_an_edition_is_never_outside(version, as_of):
    name = publish.edition({"edition": version, "as_of": as_of})
    assert not name.startswith(".")
    assert "/" not in name
    assert "\\" not in name
