from plan_monitor.render import inputs
from plan_monitor.render.recipes import read
from small_project import project

BOTH = "  - {notebook: schools/plan.ipynb, name: 'plan-{lang}', matrix: {lang: [zh, en]}}\n"


def test_the_region_is_named_in_the_language_of_the_report(tmp_path, folder):
    jobs, findings = inputs.check(inputs.with_data(read(project(tmp_path, BOTH))[0], folder), "recipes.yml")
    assert findings == []
    assert [job.region_name for job in jobs] == ["某县", "A county"]
    assert {job.edition for job in jobs} == {"1.0.0 2026-11-23"}
    assert {job.parameters["data"] for job in jobs} == {"../../my-county"}


def test_data_is_found_upwards_from_the_notebook(tmp_path, folder):
    folder.rename(tmp_path / "data")
    jobs, findings = inputs.check(read(project(tmp_path, BOTH))[0], "recipes.yml")
    assert (len(jobs), findings) == (2, [])


def test_an_unknown_region_is_found_before_anything_runs(tmp_path, folder):
    entry = "  - {notebook: schools/plan.ipynb, name: plan, parameters: {region: 999999}}\n".replace(
        "999999", "'999999'"
    )
    _, findings = inputs.check(inputs.with_data(read(project(tmp_path, entry))[0], folder), "recipes.yml")
    assert [(f.file, f.row, f.column, f.value) for f in findings] == [("recipes.yml", 5, "region", "999999")]


def test_a_fault_of_the_data_is_said_once(tmp_path, folder):
    targets = folder / "targets.csv"
    targets.write_text(targets.read_text(encoding="utf-8").replace("26581", "many"), encoding="utf-8")
    _, findings = inputs.check(inputs.with_data(read(project(tmp_path, BOTH))[0], folder), "recipes.yml")
    assert [(f.file, f.value) for f in findings] == [("targets.csv", "many")]


def test_no_data_at_all(tmp_path):
    jobs = read(project(tmp_path, BOTH))[0]
    _, nowhere = inputs.check(inputs.with_data(jobs, tmp_path / "missing"), "recipes.yml")
    assert len(nowhere) == 1
