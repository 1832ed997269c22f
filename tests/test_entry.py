"""The command as it is entered: its version, its help where nothing is asked, and what it prints on."""

import gc
import io
import sys
from importlib.metadata import version

import pytest
from typer.testing import CliRunner

from plan_monitor import cli

COMMANDS = ["render", "list", "serve", "check", "new", "take", "read", "confirm", "adopt", "ask", "collect"]
COMMANDS += ["trace", "compare"]


def said(*arguments):
    return CliRunner().invoke(cli.app, [*arguments])


def test_the_version_is_that_of_the_installed_library():
    told = said("--version")
    assert (told.exit_code, told.output) == (0, f"plan-monitor {version('plan-monitor')}\n")


def test_who_asks_for_nothing_gets_help_that_lists_the_commands_and_no_completion():
    told = said()
    assert all(f" {name} " in told.output for name in COMMANDS)
    assert "Missing command" not in told.output and "completion" not in told.output
    assert "Print the version and exit." in told.output


@pytest.fixture
def collector():
    """The collector of garbage as it was, after the test."""
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


@pytest.mark.usefixtures("collector")
@pytest.mark.parametrize("stdout", [io.TextIOWrapper(io.BytesIO(), encoding="ascii"), io.StringIO()])
def test_the_command_prints_what_it_can_and_ends_with_its_status(monkeypatch, stdout):
    monkeypatch.setattr(sys, "stdout", stdout)
    monkeypatch.setattr(sys, "argv", ["plan-monitor", "--version"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert not ended.value.code
    if isinstance(stdout, io.TextIOWrapper):
        print("°")
        stdout.seek(0)
        assert stdout.read() == f"plan-monitor {version('plan-monitor')}\n?\n"
