"""The command line: ``plan-monitor``."""

import gc
import sys
from io import TextIOWrapper

import typer

from plan_monitor.commands import compare, package, reading, reports
from reportkit import language
from reportkit.findings import reader_language

_BEFORE_A_SEARCH = 100_000  # objects; a command makes few rings of them, and imports none

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_show_locals=False)


@app.callback()
def begin() -> None:
    """Follow what plans promise in numbers: data in, checked; reports out."""
    language.use(reader_language())


app.command()(reports.render)
app.command(name="list")(reports.list_jobs)
app.command()(reports.serve)
for command in (
    *(package.check, package.new, package.take, reading.read, reading.confirm),
    *(package.adopt, package.ask, package.collect),
):
    app.command()(command)
app.command()(package.trace)
app.command()(compare.compare)


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
