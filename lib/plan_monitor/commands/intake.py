"""The commands that lead in: ``plan-monitor take``, ``adopt``, ``ask`` and ``collect``."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Annotated

import typer

from plan_monitor.terminal import BAD_INPUT, give_up, stop_on
from reportkit.findings import DataError
from reportkit.language import of_data, tr

Folder = Annotated[
    Path, typer.Argument(metavar="DIR", exists=True, file_okay=False, help="Folder of a data package.")
]
Files = Annotated[
    list[Path], typer.Argument(metavar="FILE...", exists=True, dir_okay=False, help="Workbooks or CSV files.")
]
Write = Annotated[bool, typer.Option("--write", help="Write it; without this, only say what would be.")]


def checked(command: Callable) -> Callable:
    """A command that ends with the findings of what it cannot use."""

    @wraps(command)
    def run(*args, **kwargs) -> None:
        try:
            command(*args, **kwargs)
        except DataError as error:
            stop_on(error.findings)
        except FileNotFoundError as error:
            give_up(str(error))

    return run


@checked
def take(
    files: Files,
    into: Annotated[Path, typer.Option(metavar="DIR", exists=True, file_okay=False, help="Data package.")],
    document: Annotated[
        str | None, typer.Option(metavar="TITLE", help="The document they stand in, where they do not say.")
    ] = None,
    region: Annotated[
        str | None, typer.Option(metavar="NAME", help="The place they are about, where they do not say.")
    ] = None,
    promised_from: Annotated[
        str | None, typer.Option(metavar="YEAR", help="From this year on figures are targets.")
    ] = None,
    write: Write = False,
) -> None:
    """Draft rows of targets and figures from tables as people have them: wide, of a plan, exports, yearbooks.

    Says what was taken for what, and what was left. Taking a file twice changes nothing.
    Exit status: 0 fine, 2 nothing could be taken, or figures that differ from stored ones were left out.
    """
    from plan_monitor.data.package import settled
    from plan_monitor.intake import take as taking

    parts, findings, _ = settled(into)
    if not parts:
        raise DataError(findings)
    existing = {table: parts[table].frame for table in ("regions", "indicators")}
    taken = taking.read(files, document=document, region=region, promised_from=promised_from, **existing)
    written = taking.write(taken, into) if write else None
    print(taking.summary(taken, written))
    if not taken.figures or (written and written.conflicts):
        raise typer.Exit(BAD_INPUT)


@checked
def adopt(
    folder: Folder,
    confirm: Annotated[
        bool, typer.Option("--confirm", help="Confirm all proposed definitions, after a look at them.")
    ] = False,
) -> None:
    """Draft indicators that rows name and the catalogue lacks; each is marked as proposed until confirmed."""
    from plan_monitor.data.package import settled
    from plan_monitor.intake import adopt as adopting

    path = folder / "indicators.csv"
    parts, findings, _ = settled(folder)
    if not parts:
        raise DataError(findings)
    if confirm:
        indicators = parts["indicators"].frame
        proposed = indicators[indicators["proposed"].notna()]
        adopting.confirm(path, proposed)
        listed = tr("、", ", ").join(proposed[f"name_{of_data()}"])
        print(tr(f"确认了 {len(proposed)} 个：", f"confirmed {len(proposed)}: ") + listed)
        return
    drafts = adopting.drafts(parts)
    if drafts:
        adopting.write(path, drafts)
    print("\n".join(adopting.summary(drafts, folder)))


@checked
def ask(
    folder: Folder,
    out: Annotated[
        Path | None, typer.Option(file_okay=False, help="Where to; by default DIR-forms beside the package.")
    ] = None,
    as_of: Annotated[
        str | None, typer.Option(help="Promises due by this period, such as 2025; by default this month.")
    ] = None,
    by: Annotated[str | None, typer.Option(metavar="DATE", help="Until when answers are asked for.")] = None,
    reply: Annotated[str | None, typer.Option(metavar="TEXT", help="To whom forms are returned.")] = None,
) -> None:
    """Write a workbook for each issuer with its promises that are due without a figure, to be filled in."""
    from plan_monitor import forms

    out = out or folder.resolve().with_name(f"{folder.resolve().name}-forms")
    until = as_of or f"{date.today():%Y-%m}"
    asked = forms.ask(folder, out, until, by=by, reply=reply)
    count = len(asked.forms)
    print(
        tr(f"{count} 份表，问 {asked.promises} 项承诺", f"{count} form(s) about {asked.promises} promise(s)")
    )
    for form in asked.forms:
        print(form)


@checked
def collect(
    folder: Folder,
    files: Files,
    who: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who filled them in, where the forms do not say.")
    ] = None,
    write: Write = False,
) -> None:
    """Check the forms that came back and merge their answers. What differs is shown, never overwritten.

    Exit status: 0 fine, 2 some form has findings or differs (the others are merged).
    """
    from plan_monitor import forms
    from plan_monitor.data.package import load

    package = load(folder)
    collected = forms.collect(folder, files, who)
    if write:
        forms.write(collected)
    print("\n".join(forms.summary(collected, package)))
    if not write and collected.changes:
        print(tr("尚未写入；加 --write 才写入", "nothing is written yet; --write writes it"))
    stop_on(collected.findings)
    if collected.conflicts:
        raise typer.Exit(BAD_INPUT)
