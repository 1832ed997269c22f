import nbformat

import small_project
from plan_monitor import subject
from reportkit import source
from reportkit.render import inputs
from reportkit.render.recipes import read
from reportkit.render.sources import Sources
from small_project import notebook, project

BOTH = "  - {notebook: schools/plan.ipynb, name: 'plan-{lang}', matrix: {lang: [zh, en]}}\n"
FOUND = "  - {notebook: schools/plan.ipynb, name: 'found-{region}', matrix: {region: {found_in: targets}}}\n"


def checked(tmp_path, reports, data=None):
    """Jobs and all findings, as the command line gets them."""
    read_once = Sources(data)
    jobs, findings = read(project(tmp_path, reports), read_once)
    jobs, more = inputs.check(jobs, "recipes.yml", read_once)
    return jobs, findings + more


def test_the_region_is_named_in_the_language_of_the_report(tmp_path, folder):
    jobs, findings = checked(tmp_path, BOTH, folder)
    assert findings == []
    assert [job.region_name for job in jobs] == ["某县", "A county"]
    assert {job.edition for job in jobs} == {"0.9.0 2026-01-31"}
    assert {job.parameters["data"] for job in jobs} == {"../../my-county"}


def test_the_document_is_named_where_a_notebook_is_about_one(tmp_path, folder):
    entry = "  - {notebook: schools/plan.ipynb, name: plan, parameters: {document: plan-1, lang: en}}\n"
    parameters = small_project.PARAMETERS + '\ndocument: str = ""'
    recipes = project(tmp_path, entry)
    notebook(tmp_path / "notebooks/schools/plan.ipynb", parameters=parameters)
    read_once = Sources(folder)
    jobs, findings = inputs.check(read(recipes, read_once)[0], "recipes.yml", read_once)
    assert findings == []
    assert [job.document_name for job in jobs] == ["Education plan of a county"]
    assert [job.folder for job in jobs] == [folder]


def test_the_fund_is_named_where_a_notebook_is_about_one(tmp_path, folder):
    entry = "  - {notebook: schools/plan.ipynb, name: plan, parameters: {scheme: residents}}\n"
    recipes = project(tmp_path, entry)
    parameters = small_project.PARAMETERS + '\nscheme: str = "all"'
    notebook(tmp_path / "notebooks/schools/plan.ipynb", parameters=parameters)
    read_once = Sources(folder)
    jobs, _ = inputs.check(read(recipes, read_once)[0], "recipes.yml", read_once)
    assert [job.document_name for job in jobs] == ["居民医保"]


def test_data_is_found_upwards_from_the_notebook(tmp_path, folder):
    folder.rename(tmp_path / "data")
    jobs, findings = checked(tmp_path, BOTH)
    assert (len(jobs), findings) == (2, [])


def test_an_unknown_region_is_found_before_anything_runs(tmp_path, folder):
    entry = "  - {notebook: schools/plan.ipynb, name: plan, parameters: {region: '999999'}}\n"
    _, findings = checked(tmp_path, entry, folder)
    assert [(f.file, f.row, f.column, f.value) for f in findings] == [("recipes.yml", 5, "region", "999999")]


def test_a_language_is_one_of_all_texts_or_one_that_the_notebook_is_tagged_with(tmp_path, folder):
    entry = "  - {notebook: schools/plan.ipynb, name: 'plan-{lang}', matrix: {lang: [zh, en, fr]}}\n"
    _, (finding,) = checked(tmp_path, entry, folder)
    assert (finding.row, finding.column, finding.value) == (5, "lang", "fr")
    assert finding.expected["en"] == "expected a language of the notebook: zh, en"
    path = tmp_path / "notebooks/schools/plan.ipynb"
    book = nbformat.read(path, as_version=4)
    book.cells[3].metadata["tags"] = ["lang-fr"]
    nbformat.write(book, path)
    read_once = Sources(folder)
    jobs, findings = inputs.check(read(tmp_path / "reports/recipes.yml", read_once)[0], "r", read_once)
    assert ([job.lang for job in jobs], findings) == (["zh", "en", "fr"], [])


def test_a_fault_of_the_data_is_said_once(tmp_path, folder):
    targets = folder / "targets.csv"
    targets.write_text(targets.read_text(encoding="utf-8").replace("26581", "many"), encoding="utf-8")
    for reports in (BOTH, BOTH + FOUND):
        _, findings = checked(tmp_path, reports, folder)
        assert [(f.file, f.value) for f in findings] == [("targets.csv", "many")]


def test_no_data_at_all(tmp_path):
    (tmp_path / "file").write_text("x")
    for data in (None, tmp_path / "missing", tmp_path / "file"):
        jobs, findings = checked(tmp_path, BOTH + FOUND, data)
        assert jobs == []
        assert [f.file for f in findings] == ["datapackage.yaml"], data


def test_a_folder_is_loaded_once_however_many_jobs_read_it(tmp_path, folder, monkeypatch):
    loaded = []
    read_once = subject.read
    monkeypatch.setattr(subject, "read", lambda path: loaded.append(path) or read_once(path))
    jobs, _ = checked(tmp_path, BOTH + FOUND, folder)
    assert (len(jobs), loaded) == (3, [folder])


def test_without_a_subject_only_the_language_is_checked(tmp_path, monkeypatch):
    entry = "  - {notebook: schools/plan.ipynb, name: 'plan-{lang}', matrix: {lang: [zh, fr]}}\n"
    monkeypatch.setattr(source, "current", lambda: None)
    jobs, (finding,) = checked(tmp_path, entry)
    assert [(job.lang, job.folder, job.edition) for job in jobs] == [("zh", None, ""), ("fr", None, "")]
    assert (finding.column, finding.value) == ("lang", "fr")
