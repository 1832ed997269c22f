"""Files and folders that commands are given: what is not there, or is another thing, is said at once."""

import pytest
from typer.testing import CliRunner

from plan_monitor.cli import app


def said(*arguments):
    """The exit status of a command and what it says, its frame and line breaks left out."""
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    text = "".join(part.strip("│╭╮╰╯─ \n") for part in result.output.splitlines())
    return result.exit_code, text


@pytest.mark.parametrize("command", ["take", "collect", "read", "confirm"])
def test_a_file_that_is_not_there_or_is_a_folder_is_refused(command, folder, tmp_path):
    before = [folder] if command == "collect" else []
    behind = {"take": ["--into", folder], "read": ["--data", folder], "confirm": ["--into", folder]}.get(
        command, []
    )
    for given, message in ((tmp_path / "none.xlsx", "does not exist"), (tmp_path, "is a directory")):
        status, text = said(command, *before, given, *behind)
        assert status == 2
        assert message.replace(" ", "") in text.replace(" ", "")


@pytest.mark.parametrize("command", ["adopt", "ask"])
def test_a_folder_that_is_not_there_or_is_a_file_is_refused(command, tmp_path):
    file = tmp_path / "file"
    file.touch()
    for given, message in ((tmp_path / "none", "does not exist"), (file, "is a file")):
        status, text = said(command, given)
        assert status == 2
        assert message.replace(" ", "") in text.replace(" ", "")


def test_a_new_package_is_never_put_where_there_is_something(tmp_path, monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    (tmp_path / "county").mkdir()
    status, text = said("new", tmp_path / "county")
    assert status == 2
    assert text.replace(" ", "").endswith("countyisthere already".replace(" ", ""))
    assert [*(tmp_path / "county").iterdir()] == []
