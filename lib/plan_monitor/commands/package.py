"""Commands about a data package: ``check``, ``new``, ``trace``, ``take``, ``adopt``, ``ask``, ``collect``."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import typer
from typer import Argument, Option

from plan_monitor import project
from plan_monitor.terminal import BAD_INPUT, WHOLE, give_up, shut_out, stop_on, wide
from reportkit import language
from reportkit.findings import DataError
from reportkit.findings import write as write_all
from reportkit.language import chosen, of_data, tr

Data = Annotated[Path | None, Option(help="Folder of the data package, in place of the project's own.")]
Language = Annotated[Literal["zh", "en"] | None, Option("--lang", help="Language; by default the locale's.")]
Folder = Annotated[
    Path, Argument(metavar="DIR", exists=True, file_okay=False, help="Folder of a data package.")
]
Files = Annotated[
    list[Path], Argument(metavar="FILE...", exists=True, dir_okay=False, help="Workbooks or CSV files.")
]
Write = Annotated[bool, Option("--write", help="Write it; without this, only say what would be.")]
_NOT_FOUND = 1  # exit status
OUTPUT = Path("reports/output")
_NEXT = {
    "zh": """{folder}：空的数据包已建好。接下来：
1. 手里有表格的：plan-monitor take 文件… --into {folder}，看过之后加 --write；
   是 Word 或 PDF 的：plan-monitor read 文件 --data {folder} --out 草稿.xlsx，决定之后
   plan-monitor confirm 草稿.xlsx --into {folder}；都没有的，填 tables.xlsx（有下拉列表）或 CSV 文件，
   写名称即可；每张表第二行是示例，以 # 开头，不算数据
2. plan-monitor adopt {folder}     起草目录中没有的指标
3. plan-monitor check {folder}
4. plan-monitor render --data {folder}""",
    "en": """{folder}: an empty data package. What comes next:
1. who has spreadsheets: plan-monitor take FILE... --into {folder}, and after a look --write;
   who has Word or PDF: plan-monitor read FILE --data {folder} --out draft.xlsx, and with decisions in it
   plan-monitor confirm draft.xlsx --into {folder}; who has neither fills in tables.xlsx (with drop-downs)
   or the CSV files, with names for ids; the second row of each table is an example: it begins with #
   and is no data
2. plan-monitor adopt {folder}     drafts indicators that the catalogue lacks
3. plan-monitor check {folder}
4. plan-monitor render --data {folder}""",
}


@contextmanager
def checked() -> Iterator[None]:
    """End a command with the findings if its input cannot be used, or with the file that cannot be."""
    try:
        yield
    except DataError as error:
        stop_on(error.findings)
    except FileNotFoundError as error:
        give_up(str(error))
    except PermissionError as error:
        shut_out(error)


@checked()
def check(
    folder: Annotated[Path, Argument(metavar="DIR", file_okay=False, help="Folder of a data package.")],
    lang: Language = None,
    every: Annotated[
        Path | None,
        Option("--all", metavar="FILE.csv", dir_okay=False, help="Write every finding there, one a row."),
    ] = None,
) -> None:
    """Say everything that is wrong with a data folder. Exit status: 0 nothing, 2 something.

    What is wrong in many rows alike is one line; --all writes each of them.
    """
    from plan_monitor.data.package import inspect

    language.use(lang or language.current())
    if every is not None and every.resolve().is_relative_to(folder.resolve()):
        message = tr("--all 应为数据文件夹以外的文件", "--all: expected a file outside the data folder")
        give_up(f"{message}: {every}")
    tables, findings, derived = inspect(folder)
    if every is not None:
        try:
            write_all(findings, every)
        except OSError as error:
            give_up(tr(f"无法写入 {every}：{error.strerror}", f"cannot write {every}: {error.strerror}"))
        print(tr(f"{every}：全部 {len(findings)} 处问题", f"{every}: all {len(findings)} finding(s)"))
    stop_on(findings, all_written=every is not None)
    print(tr(f"{folder}：没有问题", f"{folder}: nothing wrong"))
    for derivation in derived:
        chinese = f"  补上 {derivation.file} 的 {derivation.column} {derivation.rows} 行："
        english = f"  filled in {derivation.column} of {derivation.file}, {derivation.rows} row(s): "
        print(tr(chinese, english) + chosen(derivation.rule))
    indicators = tables["indicators"]
    proposed = indicators.loc[indicators["proposed"].notna(), f"name_{of_data()}"]
    if len(proposed):
        names = tr("、", ", ").join(proposed)
        message = tr(f"  定义是拟定的，尚未确认：{names}", f"  proposed, not confirmed yet: {names}")
        print(f"{message} (plan-monitor adopt {folder} --confirm)")


@checked()
def new(
    folder: Annotated[Path, Argument(metavar="DIR", file_okay=False, help="Folder to make.")],
    data: Data = None,
) -> None:
    """Write an empty data package: tables with an example each, and an Excel workbook to fill in instead.

    Indicators, the nation and the published rule books come along: from the package given, else from the
    nearest data/ upwards, else from the one installed with the library.
    Exit status: 0 fine, 2 the folder is there already.
    """
    from plan_monitor.data import starter

    try:
        starter.write(folder, _catalogue(data))
    except FileExistsError:
        give_up(tr(f"{folder} 已经存在", f"{folder} is there already"))
    print(chosen(_NEXT).format(folder=folder))


def _catalogue(data: Path | None) -> Path:
    """The package that indicators and rule books come from."""
    from plan_monitor.data.package import find_data

    try:
        return find_data(data)
    except FileNotFoundError:
        return project.root() / "data"


@checked()
def trace(
    query: Annotated[
        str, Argument(metavar="VALUE|INDICATOR", help="A figure as printed, or (part of) an indicator.")
    ],
    data: Data = None,
    reports: Annotated[Path, Option(file_okay=False, help="Published reports to look in as well.")] = OUTPUT,
    lang: Language = None,
) -> None:
    """Say where a figure comes from: document, place, grade; for a computed one, what it was made of.

    Exit status: 0 found, 1 nothing found, 2 bad input.
    """
    from rich.console import Console

    from plan_monitor.data.package import load
    from plan_monitor.trace.answers import tables

    language.use(lang or language.current())
    results = tables(load(data), query, reports)
    for table in results:
        wide(Console(), WHOLE).print(table)
    if not results:
        print(tr(f"没有找到 {query}", f"nothing found for {query}"))
        raise typer.Exit(_NOT_FOUND)


@checked()
def take(
    files: Files,
    into: Annotated[Path, Option(metavar="DIR", exists=True, file_okay=False, help="Data package.")],
    document: Annotated[
        str | None, Option(metavar="TITLE", help="The document they stand in, where they do not say.")
    ] = None,
    region: Annotated[
        str | None, Option(metavar="NAME", help="The place they are about, where they do not say.")
    ] = None,
    promised_from: Annotated[
        str | None, Option(metavar="YEAR", help="From this year on figures are targets.")
    ] = None,
    write: Write = False,
) -> None:
    """Draft rows of targets and figures from tables as people have them: wide, of a plan, exports, yearbooks.

    Says what was taken for what, and what was left. Taking a file twice changes nothing.
    Exit status: 0 fine, 2 nothing could be taken, or figures that differ from stored ones were left out.
    """
    from plan_monitor.intake import take as taking

    parts = _parts(into)
    existing = {table: parts[table].frame for table in ("regions", "indicators")}
    taken = taking.read(files, document=document, region=region, promised_from=promised_from, **existing)
    written = taking.write(taken, into) if write else None
    print(taking.summary(taken, written))
    if not taken.figures or (written and written.conflicts):
        raise typer.Exit(BAD_INPUT)


@checked()
def adopt(
    folder: Folder,
    confirm: Annotated[
        bool, Option("--confirm", help="Confirm all proposed definitions, after a look at them.")
    ] = False,
) -> None:
    """Draft indicators that rows name and the catalogue lacks; each is marked as proposed until confirmed."""
    from plan_monitor.intake import adopt as adopting

    path, parts = folder / "indicators.csv", _parts(folder)
    if confirm:
        indicators = parts["indicators"].frame
        proposed = indicators[indicators["proposed"].notna()]
        adopting.confirm(path, proposed)
        names = tr("、", ", ").join(proposed[f"name_{of_data()}"])
        print(tr(f"确认了 {len(proposed)} 个：", f"confirmed {len(proposed)}: ") + names)
        return
    drafts = adopting.drafts(parts)
    if drafts:
        adopting.write(path, drafts)
    print("\n".join(adopting.summary(drafts, folder)))


def _parts(folder: Path) -> dict:
    """The tables of a package, as they are before any check."""
    from plan_monitor.data.inspection import settled

    result = settled(folder)
    if not result.parts:
        raise DataError(result.each())
    return result.parts


@checked()
def ask(
    folder: Folder,
    out: Annotated[
        Path | None, Option(file_okay=False, help="Where to; by default DIR-forms beside the package.")
    ] = None,
    as_of: Annotated[
        str | None, Option(help="Promises due by this period, such as 2025; by default this month.")
    ] = None,
    by: Annotated[str | None, Option(metavar="DATE", help="Until when answers are asked for.")] = None,
    reply: Annotated[str | None, Option(metavar="TEXT", help="To whom forms are returned.")] = None,
) -> None:
    """Write a workbook for each issuer with its promises that are due without a figure, to be filled in."""
    from plan_monitor import forms

    out = out or folder.resolve().with_name(f"{folder.resolve().name}-forms")
    until = as_of or f"{date.today():%Y-%m}"
    asked = forms.ask(folder, out, until, by=by, reply=reply)
    count, promises = len(asked.forms), asked.promises
    print(tr(f"{count} 份表，问 {promises} 项承诺", f"{count} form(s) about {promises} promise(s)"))
    for form in asked.forms:
        print(form)


@checked()
def collect(
    folder: Folder,
    files: Files,
    who: Annotated[
        str | None, Option(metavar="NAME", help="Who filled them in, where the forms do not say.")
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
