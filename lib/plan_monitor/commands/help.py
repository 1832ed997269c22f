"""Help in the reader's language: English stands with the commands, its Chinese in ``help.csv``, by paragraph.

It is laid out here and not by typer, whose tables cut a text off at their edge where it has no spaces.
"""

import csv
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from typer.core import TyperCommand, TyperGroup

from reportkit import language
from reportkit.findings import reader_language
from reportkit.language import current, tr

if TYPE_CHECKING:  # a command that prints no help does without
    from rich.console import Console

_REMARKS = (("default: ", "默认："), ("required", "必需"))  # that typer adds to a parameter's help


class Command(TyperCommand):
    """A command with help in the language that is set."""

    def get_help_option(self, ctx):
        return _with_own_help(super().get_help_option(ctx))

    def format_usage(self, ctx, formatter) -> None:
        _write_usage(self, ctx, formatter)

    def format_help(self, ctx, formatter) -> None:
        _print(self, ctx)


class Commands(TyperGroup):
    """All commands, with help in the language that is set: from the beginning the reader's."""

    def main(self, *arguments, **options):
        language.use(reader_language())
        return super().main(*arguments, **options)

    def get_help_option(self, ctx):
        return _with_own_help(super().get_help_option(ctx))

    def format_usage(self, ctx, formatter) -> None:
        self.subcommand_metavar = tr("命令 [参数]...", "COMMAND [ARGS]...")
        _write_usage(self, ctx, formatter)

    def format_help(self, ctx, formatter) -> None:
        helps = {name: command.help or "" for name, command in self.commands.items()}
        listed = [(name, translated(text).partition("\n")[0]) for name, text in helps.items()]
        _print(self, ctx, listed)


def translated(text: str) -> str:
    """A help text in the language that is set, its paragraphs on one line each.

    KeyError where a paragraph has no Chinese.
    """
    parts = [" ".join(part.split()) for part in text.split("\n\n")]
    return "\n\n".join(_chinese()[part] if current() == "zh" else part for part in parts)


@cache
def _chinese() -> dict[str, str]:
    with Path(__file__).with_name("help.csv").open(encoding="utf-8", newline="") as file:
        return {row["en"]: row["zh"] for row in csv.DictReader(file)}


def _with_own_help(option):
    """The option ``--help`` with a text of our own: typer's text may have no Chinese translation here."""
    option.help = "Show this message and exit."
    return option


def _write_usage(command, ctx, formatter) -> None:
    command.options_metavar = tr("[选项]", "[OPTIONS]")
    pieces = " ".join(command.collect_usage_pieces(ctx))
    formatter.write_usage(ctx.command_path, pieces, prefix=tr("用法：", "Usage: "))


def _print(command, ctx, listed: list[tuple[str, str]] | None = None) -> None:
    """Print a command's help at once, as typer does."""
    from rich.console import Console

    arguments, options = [], []
    for parameter in command.get_params(ctx):
        names, text = parameter.get_help_record(ctx)
        remarks = text.removeprefix(parameter.help)
        if current() == "zh":
            for english, chinese in _REMARKS:
                remarks = remarks.replace(english, chinese)
        rows = arguments if parameter.param_type_name == "argument" else options
        rows.append((names, translated(parameter.help) + remarks))
    console = Console()
    text = f"\n{command.get_usage(ctx)}\n\n{translated(command.help)}\n"
    console.print(text, markup=False, highlight=False)
    _section(console, tr("参数", "Arguments"), arguments)
    _section(console, tr("选项", "Options"), options)
    _section(console, tr("命令", "Commands"), listed or [])


def _section(console: "Console", title: str, rows: list[tuple[str, str]]) -> None:
    from rich.panel import Panel
    from rich.table import Column, Table
    from rich.text import Text

    if not rows:
        return
    # a text without spaces is folded at the edge, not cut off
    table = Table.grid(Column(overflow="fold"), Column(overflow="fold"), padding=(0, 2))
    for names, text in rows:
        table.add_row(Text(names, style="bold cyan"), Text(text))
    console.print(Panel(table, title=title, title_align="left", border_style="dim"))
