"""How a command refuses: one sentence or a table of findings, and the exit status of bad input."""

import errno

import pytest
import typer
from rich.console import Console

from plan_monitor import terminal
from reportkit.findings import Finding
from reportkit.language import using


def refused(capsys, function, *given, **named):
    """What a function prints before it ends the command with the status of bad input."""
    with pytest.raises(typer.Exit) as ended:
        function(*given, **named)
    assert ended.value.exit_code == 2
    return capsys.readouterr().out


def number(row, cell="x", column="value"):
    return Finding("targets.csv", row, column, cell, {"zh": "应为数字", "en": "expected a number"})


def kinds(count):
    return [number(2, column=f"c{place}") for place in range(count)]


@pytest.mark.parametrize(("length", "lines"), [(499, 1), (500, 1), (501, 2)])
def test_a_refusal_has_five_hundred_columns_where_nobody_looks_at_a_terminal(capsys, length, lines):
    assert refused(capsys, terminal.give_up, "x" * length).count("\n") == lines


def test_a_file_that_may_not_be_replaced_is_named_with_what_may_be_the_reason(capsys):
    moved = PermissionError(errno.EACCES, "Permission denied", "a.part", None, "a.xlsx")
    opened = PermissionError(errno.EACCES, "Permission denied", "b.xlsx")
    assert refused(capsys, terminal.shut_out, moved).startswith(
        "a.xlsx: Permission denied——它可能正被别的程序"
    )
    with using("en"):
        said = refused(capsys, terminal.shut_out, opened)
        assert said.startswith("b.xlsx: Permission denied – it may be open in another program")
        assert refused(capsys, terminal.shut_out, PermissionError("no")).startswith("no – it may be open")


def test_without_findings_a_command_goes_on(capsys):
    assert terminal.stop_on([]) is None
    assert capsys.readouterr().out == ""


def test_findings_are_a_table_with_headings_and_their_number(capsys):
    found = [number(2, "many"), number(3, "few", "year")]
    text = refused(capsys, terminal.stop_on, found)
    assert all(word in text for word in ("文件", "行", "列", "值", "应为", "targets.csv", "many", "应为数字"))
    assert text.splitlines()[-1] == "共 2 处问题"
    with using("en"):
        said = refused(capsys, terminal.stop_on, found).splitlines()
    assert said[-1] == "2 finding(s)"
    rows = [place for place, line in enumerate(said) if "targets.csv" in line]
    assert len(rows) == 2 and rows[1] == rows[0] + 1  # without a line between them


@pytest.mark.parametrize(("count", "hidden"), [(49, 0), (50, 0), (51, 1), (53, 3)])
def test_fifty_kinds_of_fault_are_listed_and_the_others_counted(capsys, count, hidden):
    said = refused(capsys, terminal.stop_on, kinds(count)).splitlines()
    assert (f"还有 {hidden} 种问题没有列出" in said) == bool(hidden)
    assert sum("targets.csv" in line for line in said) == count - hidden
    with using("en"):
        said = refused(capsys, terminal.stop_on, kinds(count)).splitlines()
    assert (f"{hidden} more kinds of fault are not listed" in said) == bool(hidden)


@pytest.mark.parametrize(("count", "more"), [(2, False), (3, False), (4, True)])
def test_where_not_every_finding_is_shown_it_is_told_how_to_see_them(capsys, count, more):
    found = [number(row) for row in range(2, count + 2)]
    said = refused(capsys, terminal.stop_on, found).splitlines()
    assert (said[-1] == "逐处列出：plan-monitor check DIR --all FILE.csv") is more
    assert "逐处列出" not in refused(capsys, terminal.stop_on, found, all_written=True)
    with using("en"):
        said = refused(capsys, terminal.stop_on, found).splitlines()
    assert (said[-1] == "every one: plan-monitor check DIR --all FILE.csv") is more


def test_a_console_is_made_wide_only_where_it_is_no_terminal():
    assert terminal.wide(Console(force_terminal=True, width=80)).width == 80
    assert terminal.wide(Console(force_terminal=False, width=80)).width == 240
    assert terminal.wide(Console(force_terminal=False, width=80), 300).width == 300
