"""The command line: ``plan-monitor``."""

import gc
import sys
from io import TextIOWrapper
from typing import Annotated

import typer

from plan_monitor.commands import compare, package, reading, reports
from plan_monitor.commands.help import Command, Commands

NAME = "plan-monitor"
_BEFORE_A_SEARCH = 100_000  # objects; a command makes few rings of them, and imports none

app = typer.Typer(
    cls=Commands, no_args_is_help=True, add_completion=False, pretty_exceptions_show_locals=False
)


def _version(requested: bool) -> None:
    if requested:
        from importlib.metadata import version

        print(f"{NAME} {version(NAME)}")
        raise typer.Exit


@app.callback()
def begin(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Follow what plans promise in numbers: data in, checked; reports out."""


for name, command in {
    "render": reports.render,
    "list": reports.list_jobs,
    "serve": reports.serve,
    "check": package.check,
    "new": package.new,
    "take": package.take,
    "read": reading.read,
    "confirm": reading.confirm,
    "adopt": package.adopt,
    "ask": package.ask,
    "collect": package.collect,
    "trace": package.trace,
    "compare": compare.compare,
}.items():
    app.command(name, cls=Command)(command)


def main() -> None:
    """Entry point of the ``plan-monitor`` command."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a pipe may speak GBK; stderr escapes what it cannot show
    gc.set_threshold(_BEFORE_A_SEARCH)
    try:
        app()
    finally:
        gc.freeze()  # all memory goes with the process: to search it before is a fifth of a short command


if __name__ == "__main__":
    main()
