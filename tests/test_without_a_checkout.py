"""Commands in a folder that holds nothing of the project: what belongs to the library is used."""

import shutil

import pytest
from typer.testing import CliRunner

from plan_monitor import check
from plan_monitor.cli import app

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def empty(tmp_path, monkeypatch):
    """An empty folder to work in."""
    folder = tmp_path / "empty"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    return folder


def invoke(*arguments):
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def test_new_has_the_catalogue(empty):
    assert invoke("new", "mine").exit_code == 0
    assert check(empty / "mine") == []
    assert "preschool-gross-enrolment-rate" in (empty / "mine/indicators.csv").read_text(encoding="utf-8")


def test_reports_are_those_that_can_be_made_of_any_data(folder):
    done = invoke("list", "--data", folder)
    assert done.exit_code == 0
    assert "overview.ipynb" in done.stdout and "plan-plan-1-532399-en" in done.stdout


def test_recipes_of_the_folder_itself_come_first(empty, folder):
    (empty / "reports").mkdir()
    (empty / "reports/own-data.yml").write_text("notebooks: .\nreports: []\n", encoding="utf-8")
    done = invoke("list", "--data", folder)
    assert done.exit_code == 2
    assert "own-data.yml" in done.stdout


@pytest.mark.parametrize(
    ("locale", "said"), [("zh_CN.UTF-8", "请用 --data 指定"), ("en_US.UTF-8", "with --data")]
)
def test_without_data_and_recipes_it_is_said_what_to_name(empty, monkeypatch, locale, said):
    monkeypatch.setenv("LC_ALL", locale)
    done = invoke("render")
    assert done.exit_code == 2
    assert said in done.stdout and "reports/recipes.yml" in done.stdout.replace("\\", "/")
    assert [*empty.iterdir()] == []


def test_a_package_named_in_vain_is_no_reason_to_take_another(empty, folder):
    shutil.rmtree(folder)
    done = invoke("new", "mine", "--data", folder)
    assert done.exit_code == 2
    assert not (empty / "mine").exists()
