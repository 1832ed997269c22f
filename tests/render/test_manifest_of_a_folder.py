"""What a folder of reports knows of them: which are up to date, which edition each is of, which came before."""

import json
import platform
from importlib import metadata
from types import SimpleNamespace

import pytest

from reportkit import source
from reportkit.jobs import Job
from reportkit.render import manifest, publish
from reportkit.render.manifest import Manifest
from reportkit.render.store import Folder


@pytest.fixture
def store(tmp_path):
    return Folder(tmp_path)


def put(
    store, name="plan", day="2026-01-31", edition="1.0", as_of="2024", endings=(".html", ".ipynb"), **more
):
    """A published report with its record, which it gives back."""
    files = {f"{name}{ending}": store.write(f"{name}{ending}", day) for ending in endings}
    about = {"edition": edition, "as_of": as_of, **more.pop("about", {})}
    record = {"status": "ok", "fingerprint": "f", "validated": False, "files": files, "about": about}
    return record | {"published": f"{day}T08:00:00+00:00"} | more


def current(store, validated=False, formats=(), **changes):
    one = Manifest(store)
    one.reports["plan"] = put(store, **changes)
    return one.current({"plan": "f"}, validated, formats)


def test_a_report_is_up_to_date_if_nothing_of_it_differs(store):
    assert current(store) == {"plan"}
    assert current(store, status="failed") == current(store, fingerprint="g") == set()
    assert current(store, formats=["pdf"]) == set()
    assert current(store, formats=["pdf"], endings=(".html", ".pdf")) == {"plan"}
    assert Manifest(store).current({"other": "f"}, False, []) == set()


def test_a_report_that_has_to_be_validated_is_up_to_date_only_if_it_was(store):
    assert current(store, validated=True) == set()
    assert current(store, validated=True, **{"about": {}}) == set()
    one = Manifest(store)
    one.reports["plan"] = put(store) | {"validated": True}
    assert one.current({"plan": "f"}, True, []) == one.current({"plan": "f"}, False, []) == {"plan"}


def test_a_report_without_a_first_page_needs_no_files_of_one(store):
    assert current(store, formats=["brief"]) == {"plan"}
    assert current(store, formats=["brief"], about={"facts": []}) == set()
    made = (".html", "-brief.pdf", "-brief.docx")
    assert current(store, formats=["brief"], about={"facts": []}, endings=made) == {"plan"}


def test_a_file_that_is_not_as_it_was_published_is_made_again(store):
    one = Manifest(store)
    one.reports["plan"] = put(store)
    store.write("plan.html", "changed")
    assert one.current({"plan": "f"}, False, []) == set()


def test_a_manifest_is_read_back_with_its_journal(store):
    one = Manifest(store)
    assert one.saved and one.reports == {}
    one.note("plan", put(store))
    one.note("gone", put(store, "gone"))
    one.note("failed", put(store, "failed", endings=()) | {"status": "failed"})
    store.remove(["gone.html"])
    again = Manifest(store)
    assert not again.saved and [*again.reports] == ["plan", "gone", "failed"]
    again.save()
    last = Manifest(store)
    assert last.saved and [*last.reports] == ["failed", "plan"]
    assert last.reports["plan"] == one.reports["plan"]


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"format": 1, "reports": {"a": {}}, "last": {}}', '{"format": 2}']
)
def test_a_manifest_that_cannot_be_read_is_none(store, text):
    store.write("manifest.json", text)
    assert (Manifest(store).reports, Manifest(store).last) == ({}, {})


def test_a_run_that_was_killed_leaves_half_a_line_which_is_no_report(store):
    manifest.note(store, "plan", {"status": "ok"})
    store.note("half", '{"name": "half"')
    assert Manifest(store).reports == {"plan": {"status": "ok"}}


def test_a_run_with_nothing_to_do_is_known_again(store, tmp_path):
    (tmp_path / "input").write_text("1")
    arguments = {"validate": False, "formats": []}
    one = Manifest(store)
    one.reports["plan"] = put(store)
    one.last = {"arguments": arguments, "library": manifest.library(), "versions": manifest.versions()}
    paths = [tmp_path / "input", tmp_path / "plan.ipynb"]  # the second stays as it is
    one.last |= {"inputs": {str(path): manifest.digest(path) for path in paths}}
    one.last |= {"reports": {"plan": "f"}}
    one.save()
    assert manifest.unchanged(store, arguments) == ["plan"]
    assert manifest.unchanged(store, arguments | {"formats": ["pdf"]}) is None
    (tmp_path / "input").write_text("2")
    assert manifest.unchanged(store, arguments) is None
    (tmp_path / "input").write_text("1")
    for key in ("library", "versions"):
        other = Manifest(store)
        other.last[key] = "another"
        other.save()
        assert manifest.unchanged(store, arguments) is None
        one.save()
    store.write("plan.html", "changed")
    assert manifest.unchanged(store, arguments) is None
    assert manifest.unchanged(Folder(tmp_path / "empty"), arguments) is None


@pytest.mark.parametrize(
    ("about", "name"),
    [
        ({"edition": "1.4.0 2026-11-20", "as_of": "2025-12"}, "1.4.0-2026-11-20_2025-12"),
        ({"edition": "", "as_of": "2025-12"}, "2025-12"),
        ({"edition": "1.0"}, "1.0"),
        ({"edition": "../.1/0.", "as_of": "2021/2025"}, "1-0_2021-2025"),
        ({}, ""),
    ],
)
def test_an_edition_is_named_by_its_data_and_its_period(about, name):
    assert publish.edition(about) == name


def test_a_kept_report_is_in_the_folder_of_its_edition_and_well_whatever_became_of_its_update(store):
    publish.keep(store, "plan", put(store) | {"status": "failed"})
    assert store.editions() == ["1.0_2024"]
    kept = Manifest(store.edition("1.0_2024")).reports["plan"]
    assert kept["status"] == "ok" and store.edition("1.0_2024").exists("plan.html")


def last(store, as_of, reports):
    job = Job("plan", None, "d", {"as_of": as_of}, 1, edition="1.0")
    return {name: one.address for name, one in publish.last_editions(store, [job], reports).items()}


def test_a_report_is_compared_with_the_last_one_of_another_edition(store):
    for as_of, day in (("2022", "2026-01-01"), ("2023", "2026-02-01")):
        publish.keep(store, "plan", put(store, as_of=as_of, day=day))
    now = {"plan": put(store, as_of="2024", day="2026-03-01")}
    assert last(store, "2025", now) == {"plan": store.address}  # of the next: with the one published now
    assert last(store, "2024", now) == {"plan": store.edition("1.0_2023").address}  # a correction
    assert last(store, "2024", {}) == {"plan": store.edition("1.0_2023").address}
    assert last(store, "2023", {}) == {"plan": store.edition("1.0_2022").address}
    store.edition("1.0_2023").remove(["plan.ipynb"])
    assert last(store, "2024", now) == {"plan": store.edition("1.0_2022").address}
    assert last(Folder(store.path / "empty"), "2024", {}) == {}


def test_earlier_editions_are_listed_by_their_last_day_the_latest_first(store):
    days = [("a", "2022", "2026-01-01"), ("b", "2022", "2026-01-05"), ("a", "2023", "2026-01-03")]
    for name, as_of, day in days:
        publish.keep(store, name, put(store, name, as_of=as_of, day=day))
    earlier = publish._earlier(manifest.earlier_manifests(store))
    assert [one.edition for one in earlier["a"]] == ["1.0_2023", "1.0_2022"]
    assert publish._listed(earlier) == [("1.0_2022", "2026-01-05", 2), ("1.0_2023", "2026-01-03", 1)]
    assert json.loads(store.edition("1.0_2023").read("manifest.json"))["reports"].keys() == {"a"}


def test_a_fingerprint_is_of_all_that_a_report_is_made_of(tmp_path):
    notebook = tmp_path / "plan.ipynb"
    notebook.write_text("1")
    job = Job("plan", notebook, "d", {"lang": "zh"}, 1)
    same = manifest.fingerprint(job)
    assert manifest.fingerprint(job) == same and len(same) == 64
    assert manifest.fingerprint(Job("other", notebook, "d", {"lang": "zh"}, 7)) == same
    others = [Job("plan", notebook, "e", {"lang": "zh"}, 1), Job("plan", notebook, "d", {"lang": "en"}, 1)]
    others += [Job("plan", notebook, "d", {"lang": "zh"}, 1, folder=tmp_path)]
    others += [Job("plan", notebook, "d", {"lang": "zh"}, 1, reads=(notebook,))]
    prints = {same, manifest.fingerprint(job, previous="p"), *map(manifest.fingerprint, others)}
    prints.add(manifest.fingerprint(job, lambda path: "x"))
    assert len(prints) == 7


def test_a_fingerprint_is_the_same_wherever_a_project_lies_and_parameters_have_no_order(tmp_path):
    def of(place, name="more.csv", **parameters):
        for file in ("n/plan.ipynb", name):
            path = tmp_path / place / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("1")
        reads = (tmp_path / place / name,)
        return manifest.fingerprint(
            Job("plan", tmp_path / place / "n/plan.ipynb", "d", parameters, 1, reads=reads)
        )

    same = of("here", lang="zh", years=5)
    assert same == of("there/deep", lang="zh", years=5) == of("here", years=5, lang="zh")
    assert same != of("here", "other.csv", lang="zh", years=5)
    assert same != of("here", "n/more.csv", lang="zh", years=5)


def test_the_library_is_known_by_the_files_of_the_engine_and_of_its_subject():
    engine, subject = source.libraries()
    assert manifest.library.__wrapped__() == f"{manifest.digest(engine)} {manifest.digest(subject)}"


def test_versions_are_those_of_what_the_subject_requires_or_of_what_makes_pages(monkeypatch):
    told = manifest.versions.__wrapped__()
    assert {"python", "plan-monitor", "pandas", "papermill"} <= told.keys()
    assert told["pandas"] == metadata.version("pandas") and told["python"] == platform.python_version()
    assert "distributed" not in told  # of an extra
    monkeypatch.setattr(manifest.source, "current", lambda: None)
    assert manifest.versions.__wrapped__().keys() == {"python", *manifest._PAGES}
    required = ["lxml (>=2) ; python_version > '3'", "ipykernel[test]>=7,<8", "nbclient; extra == 'x'"]
    monkeypatch.setattr(manifest.source, "current", lambda: SimpleNamespace(NAME="pandas"))
    for given, names in ((required, ["ipykernel", "lxml"]), (None, [])):
        monkeypatch.setattr(manifest.metadata, "requires", {"pandas": given}.get)
        assert [*manifest.versions.__wrapped__()] == ["python", "pandas", *names]


def test_only_a_manifest_of_this_format_is_read(store):
    for number, found in ((1, {}), (2, {"a": {}}), (3, {})):
        store.write("manifest.json", json.dumps({"format": number, "reports": {"a": {}}, "last": {}}))
        assert Manifest(store).reports == found
    one = Manifest(Folder(store.path / "new"))
    (store.path / "new").mkdir()
    one.reports["规划"] = {"status": "failed"}
    one.save()
    text = one.store.read("manifest.json").decode()
    assert text.startswith('{\n "format": 2,\n "reports": {\n  "规划": {') and json.loads(text)["last"] == {}


def test_a_front_page_says_what_changed_since_the_last_other_edition_whose_own_leads_back(store):
    about = {"title": "t", "lang": "zh", "domain": "d", "rank": 0, "region": "", "synthetic": False}

    def made(as_of, day, answer):
        said = about | {"answer": [answer], "headline": answer}
        return put(store, as_of=as_of, day=day, about=said | {"edition": "1.0", "as_of": as_of})

    for as_of, day in (("2022", "2026-01-01"), ("2023", "2026-02-01")):
        publish.keep(store, "plan", made(as_of, day, f"{as_of} 年达到。"))
    publish.publish(store, {"plan": made("2024", "2026-03-01", "2024 年达到。")})
    front = store.read("index.html").decode()
    assert "<del>2023</del><ins>2024</ins>" in front and '<a href="1.0_2023/plan.html">' in front
    own = store.edition("1.0_2023").read("index.html").decode()
    assert 'href="../index.html"' in own and "<del>" not in own
    publish.publish(
        store, {"plan": made("2023", "2026-03-02", "2023 年达到。")}
    )  # a correction of that edition
    assert "<del>2022</del><ins>2023</ins>" in store.read("index.html").decode()
