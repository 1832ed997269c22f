"""Help in the reader's language: English stands with the commands, its Chinese in ``help.csv``, by paragraph.

It is laid out here and not by typer, whose tables cut a text off at their edge where it has no spaces.
"""

import csv
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from rich.console import Console
from typer.core import TyperCommand, TyperGroup

from reportkit import language
from reportkit.findings import reader_language
from reportkit.language import current, tr

_REMARKS = (("default: ", "默认："), ("required", "必需"))  # that typer adds to a parameter's help


class _Translated:
    """A command whose help is in the language that is set."""

    def get_help_option(self, ctx):
        option = super().get_help_option(ctx)
        option.help = "Show this message and exit."
        return option

    def format_usage(self, ctx, formatter) -> None:
        self.options_metavar = tr("[选项]", "[OPTIONS]")
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=tr("用法：", "Usage: "))

    def format_help(self, ctx, formatter) -> None:
        arguments, options = [], []
        for parameter in self.get_params(ctx):
            names, text = parameter.get_help_record(ctx)
            remarks = text.removeprefix(parameter.help)
            if current() == "zh":
                for english, chinese in _REMARKS:
                    remarks = remarks.replace(english, chinese)
            rows = arguments if parameter.param_type_name == "argument" else options
            rows.append((names, translated(parameter.help) + remarks))
        commands = getattr(self, "commands", {}).items()
        summaries = [(name, translated(command.help).partition("\n")[0]) for name, command in commands]
        console = Console()  # typer, too, prints it at once and leaves the formatter empty
        console.print(f"\n{self.get_usage(ctx)}\n\n{translated(self.help)}\n", markup=False, highlight=False)
        _section(console, tr("参数", "Arguments"), arguments)
        _section(console, tr("选项", "Options"), options)
        _section(console, tr("命令", "Commands"), summaries)


class Command(_Translated, TyperCommand):
    """A command with help in both languages."""


class Commands(_Translated, TyperGroup):
    """All commands; whatever they say is in the reader's language from the beginning."""

    def format_usage(self, ctx, formatter) -> None:
        self.subcommand_metavar = tr("命令 [参数]...", "COMMAND [ARGS]...")
        super().format_usage(ctx, formatter)

    def main(self, *arguments, **options):
        language.use(reader_language())
        return super().main(*arguments, **options)


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


def _section(console: Console, title: str, rows: Iterable[tuple[str, str]]) -> None:
    from rich.panel import Panel
    from rich.table import Table
    from rich.text import Text

    if not rows:
        return
    table = Table.grid("", "", padding=(0, 2))
    for column in table.columns:
        column.overflow = "fold"
    for names, text in rows:
        table.add_row(Text(names, style="bold cyan"), Text(text))
    console.print(Panel(table, title=title, title_align="left", border_style="dim"))
