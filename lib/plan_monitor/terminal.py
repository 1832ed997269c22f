"""How a command ends: with findings as a table, with a sentence of refusal, and the exit status."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NoReturn

import typer

from reportkit.findings import HEADINGS, LISTED, Finding, alike
from reportkit.language import chosen, tr

if TYPE_CHECKING:  # a command that has nothing to refuse prints plain lines
    from rich.console import Console

BAD_INPUT = 2
WHOLE = 500  # columns: a figure, its document and its place on one line


def give_up(message: str) -> NoReturn:
    """Print one sentence and end the command with the status of bad input."""
    from rich.console import Console
    from rich.text import Text

    wide(Console(), WHOLE).print(Text(message))
    raise typer.Exit(BAD_INPUT) from None


def shut_out(error: PermissionError) -> NoReturn:
    """End the command over a file that may not be read or replaced, with what may be the reason."""
    file = error.filename2 or error.filename
    zh = "它可能正被别的程序（如 Excel、WPS、Word）打开，或者是只读的；请关闭后再试"
    en = "it may be open in another program, such as Excel, WPS or Word, or read-only: close it and try again"
    give_up((f"{file}: {error.strerror}" if file else str(error)) + tr(f"——{zh}", f" – {en}"))


def stop_on(findings: Sequence[Finding], all_written: bool = False) -> None:
    """Print findings, those alike as one line, and end the command; do nothing if there are none.

    `all_written`: each has been written to a file.
    """
    if not findings:
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    faults = alike(findings)
    table = Table(*map(chosen, HEADINGS), show_lines=False)
    for fault in faults[:LISTED]:
        table.add_row(*map(Text, fault.cells()))
    console = wide(Console())
    console.print(table)
    if hidden_count := len(faults[LISTED:]):
        console.print(
            tr(f"还有 {hidden_count} 种问题没有列出", f"{hidden_count} more kinds of fault are not listed")
        )
    console.print(tr(f"共 {len(findings)} 处问题", f"{len(findings)} finding(s)"))
    if not all_written and sum(len(fault.first) for fault in faults[:LISTED]) < len(findings):
        console.print(tr("逐处列出：", "every one: ") + "plan-monitor check DIR --all FILE.csv")
    raise typer.Exit(BAD_INPUT)


def wide(console: "Console", width: int = 240) -> "Console":
    """A console with room for long lines if its output goes to a file or another program."""
    if not console.is_terminal:
        console.width = width
    return console
