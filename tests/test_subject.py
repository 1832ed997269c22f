"""Who imports the library makes reports about plans, unless another subject is set already."""

import importlib
import shutil

import pytest

import plan_monitor
from plan_monitor import load, project, subject
from plan_monitor.data.tables import TABLES
from reportkit import source
from reportkit.language import using


@pytest.mark.parametrize(("before", "after"), [(None, "plan_monitor.subject"), ("bicycles", "bicycles")])
def test_to_import_the_library_sets_the_subject_where_there_is_none(monkeypatch, before, after):
    monkeypatch.delenv(source.VARIABLE)
    if before:
        monkeypatch.setenv(source.VARIABLE, before)
    importlib.reload(plan_monitor)
    assert source.name() == after


def test_regions_above_one_have_their_names_in_the_readers_language():
    assert subject.around("321181") == {"320000": "江苏省", "321100": "镇江市"}
    with using("en"):
        assert subject.around("321181") == {"320000": "Jiangsu Province", "321100": "Zhenjiang"}
    assert subject.around("nowhere") == {} == subject.around("320000")


def test_a_package_that_is_prepared_has_the_answers_that_its_reports_share(folder):
    subject.prepare(folder)
    computed = {(key[0].__module__.rpartition(".")[2], key[0].__name__) for key in load(folder).computed}
    assert {("checks", "run"), ("responsible", "units"), ("tables", "_places")} <= computed


def test_the_data_of_the_subject_are_a_package_found_and_read(folder, monkeypatch):
    shutil.copytree(folder, folder.parent / "data")
    monkeypatch.chdir(folder)
    assert subject.find() == folder.parent / "data" and subject.find(folder) == folder
    assert subject.read(folder) is not None
    assert subject.tables() == tuple(TABLES)


def test_the_project_is_the_folder_of_the_data_and_the_notebooks():
    assert (project.root() / "data/datapackage.yaml").is_file() and (project.root() / "notebooks").is_dir()


def test_an_installed_library_has_its_project_beside_it(tmp_path, monkeypatch):
    monkeypatch.setattr(project, "_BESIDE", tmp_path)
    assert project.root() == tmp_path.parent
    (tmp_path / "plan_monitor_project").mkdir()
    assert project.root() == tmp_path / "plan_monitor_project"
