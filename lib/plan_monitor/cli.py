"""The command line: ``plan-monitor render``, ``new``, ``check``, ``list``, ``trace``, ``serve``."""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from enum import StrEnum
from fnmatch import fnmatch
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NoReturn

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from plan_monitor.render.tasks import FORMATS, TIMEOUT

# what the commands need is imported by the commands, so that --help answers at once
if TYPE_CHECKING:
    from plan_monitor.findings import Finding
    from plan_monitor.render.jobs import Job
    from plan_monitor.render.run import Result

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_show_locals=False)

FAILED, BAD_INPUT, INTERRUPTED = 1, 2, 130
Recipes = Annotated[
    Path | None,
    typer.Option(
        help="Which reports to make; by default reports/recipes.yml, with --data reports/own-data.yml."
    ),
]
Data = Annotated[Path | None, typer.Option(help="Folder of the data package, in place of the project's own.")]
AsOf = Annotated[
    str | None,
    typer.Option(help="Only figures up to this period, such as 2026-06, in place of what the recipes say."),
]
Only = Annotated[
    str | None, typer.Option(help="Only reports whose name contains this; * and ? match anything.")
]
Format = StrEnum("Format", ["html", *FORMATS])
_NEXT = {
    "zh": """{folder}：空的数据包已建好。接下来：
1. 用表格软件填 CSV 文件，或者填 tables.xlsx（有下拉列表）；每张表第二行是示例，以 # 开头，不算数据
2. plan-monitor check {folder}
3. plan-monitor render --data {folder}""",
    "en": """{folder}: an empty data package. What comes next:
1. fill in the CSV files in any spreadsheet, or tables.xlsx (with drop-downs); the second row of each table is
   an example: it begins with # and is no data
2. plan-monitor check {folder}
3. plan-monitor render --data {folder}""",
}
_WHOLE = 500  # columns: a figure, its document and its place on one line
# the project's own reports, and whatever can be made of any data
_RECIPES, _OWN_DATA = Path("reports/recipes.yml"), Path("reports/own-data.yml")


@app.command()
def render(
    recipes: Recipes = None,
    data: Data = None,
    out: Annotated[
        Path | None,
        typer.Option(
            help="Where to publish; by default output/ beside the recipes, or NAME-reports beside the data."
        ),
    ] = None,
    only: Only = None,
    as_of: AsOf = None,
    jobs: Annotated[int | None, typer.Option(min=1, help="Reports made at the same time.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Also reports that would not change.")] = False,
    validate: Annotated[
        bool, typer.Option("--validate", help="Run each twice and publish only what comes out the same.")
    ] = False,
    formats: Annotated[
        list[Format] | None,
        typer.Option("--format", help="Only these formats, each with the option anew; html is always made."),
    ] = None,
    timeout: Annotated[int, typer.Option(min=1, help="Seconds that one cell may take.")] = TIMEOUT,
    scheduler: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Make them on a Dask cluster, such as tcp://host:8786."),
    ] = None,
    notify: Annotated[
        str | None, typer.Option(metavar="URL", help="Post a short summary there, as JSON, at the end.")
    ] = None,
) -> None:
    """Make the reports that are not there yet: run the notebooks, publish pages and a front page.

    Exit status: 0 fine, 1 some report failed, 2 bad input (nothing is written), 130 interrupted.
    """
    from plan_monitor.findings import reader_language
    from plan_monitor.render.manifest import unchanged

    zh = reader_language() == "zh"
    recipes, out = _defaults(recipes, data, out)
    if notify is not None and not notify.startswith(("http://", "https://")):
        said = "--notify 应为 http:// 或 https:// 地址" if zh else "--notify: expected an http(s):// address"
        _give_up(Console(), f"{said}: {notify}")
    asked = [ending for ending in FORMATS if formats is None or ending in formats]
    arguments = {
        "recipes": str(recipes.resolve()),
        "data": str(data.resolve()) if data else None,
        **{"only": only, "as_of": as_of, "validate": validate, "formats": asked},
    }
    there = None if force else unchanged(out, arguments)
    if there is not None:
        print(f"{len(there)} 份报告，均无变化" if zh else f"{len(there)} report(s), none changed")
        print(out / "index.html")
        _notify(notify, out, 0, len(there), [])
        return
    from plan_monitor.render import executors
    from plan_monitor.render.run import Busy, Options, run

    options = Options(jobs, scheduler, force, validate, timeout, tuple(asked))
    console = Console()
    if not scheduler:
        executors.warm_up([data] if data else [])  # while the recipes are read
    selected, left_out = _checked_jobs(recipes, data, only, as_of)
    try:
        results = list(_shown(run(selected, out, options, arguments), len(selected), console))
    except KeyboardInterrupt:
        console.print("已中断；下次从这里继续" if zh else "interrupted; the next run resumes it")
        raise typer.Exit(INTERRUPTED) from None
    except Busy:
        said = f"另一个 render 正在写入 {out}" if zh else f"another render is writing to {out}"
        _give_up(console, said)
    except executors.Unreachable as error:
        _give_up(console, str(error))
    except OSError as error:
        _give_up(
            console, f"无法写入 {out}：{error.strerror}" if zh else f"cannot write {out}: {error.strerror}"
        )
    _summary(results, console, zh)
    _say_left_out(left_out, console, zh)
    print(out / "index.html")
    failed = [result for result in results if result.reason]
    there = sum(not result.fresh for result in results)
    _notify(notify, out, len(results) - there - len(failed), there, failed)
    if failed:
        raise typer.Exit(FAILED)


def _notify(url: str | None, out: Path, made: int, unchanged: int, failed: "list[Result]") -> None:
    """Post what became of the reports. That nobody takes it changes nothing about them: it is only said."""
    if url is None:
        return
    import requests

    told = [{"report": result.job.name, "reason": result.reason} for result in failed]
    summary = {"status": "failed" if failed else "ok", "made": made, "unchanged": unchanged, "failed": told}
    try:
        requests.post(url, json=summary | {"folder": str(out.resolve())}, timeout=10).raise_for_status()
    except requests.RequestException as error:
        print(f"--notify {url}: {error}", file=sys.stderr)


def _give_up(console: Console, said: str) -> NoReturn:
    _wide(console, _WHOLE).print(Text(said))
    raise typer.Exit(BAD_INPUT) from None


@app.command()
def serve(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", exists=True, file_okay=False, help="Folder to show.")
    ] = Path(),
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="By default 8888 or later.")] = None,
    browser: Annotated[bool, typer.Option(help="Open a browser.")] = True,
) -> None:
    """Open JupyterLab, where a right click on a notebook makes its report, now or on a schedule."""
    from plan_monitor.schedule.server import serve as run_server

    run_server(folder, port, browser)


@app.command()
def check(
    folder: Annotated[Path, typer.Argument(metavar="DIR", file_okay=False, help="Folder of a data package.")],
    lang: Annotated[
        Literal["zh", "en"] | None, typer.Option(help="Language; by default the locale's.")
    ] = None,
    every: Annotated[
        Path | None,
        typer.Option(
            "--all", metavar="FILE.csv", dir_okay=False, help="Write every finding there, one a row."
        ),
    ] = None,
) -> None:
    """Say everything that is wrong with a data folder. Exit status: 0 nothing, 2 something.

    What is wrong in many rows alike is one line; --all writes each of them.
    """
    import plan_monitor
    from plan_monitor.findings import reader_language

    lang = lang or reader_language()
    zh = lang == "zh"
    if every is not None and every.resolve().is_relative_to(folder.resolve()):
        said = "--all 应为数据文件夹以外的文件" if zh else "--all: expected a file outside the data folder"
        _give_up(Console(), f"{said}: {every}")
    findings = plan_monitor.check(folder)
    if every is not None:
        _write_all(findings, every, lang)
    _stop_on(findings, lang, told=every is not None)
    print(f"{folder}：没有问题" if zh else f"{folder}: nothing wrong")


def _write_all(findings: "list[Finding]", path: Path, lang: str) -> None:
    """Write every finding to a file, and say so."""
    from plan_monitor.findings import write

    zh = lang == "zh"
    try:
        write(findings, path, lang)
    except OSError as error:
        _give_up(
            Console(),
            f"无法写入 {path}：{error.strerror}" if zh else f"cannot write {path}: {error.strerror}",
        )
    print(f"{path}：全部 {len(findings)} 处问题" if zh else f"{path}: all {len(findings)} finding(s)")


@app.command(name="list")
def list_jobs(recipes: Recipes = None, data: Data = None, only: Only = None, as_of: AsOf = None) -> None:
    """List the reports that render would make."""
    from plan_monitor.findings import reader_language

    zh = reader_language() == "zh"
    table = Table(
        "报告" if zh else "report", "笔记本" if zh else "notebook", "参数" if zh else "parameters", box=None
    )
    jobs, left_out = _checked_jobs(_defaults(recipes, data)[0], data, only, as_of)
    for job in jobs:
        values = " ".join(f"{key}={value}" for key, value in job.parameters.items())
        notebook = "/".join(job.notebook.parts[-2:])
        table.add_row(*map(Text, (job.name, notebook, values)))
    _wide(Console()).print(table)
    _say_left_out(left_out, Console(), zh)


@app.command()
def new(
    folder: Annotated[Path, typer.Argument(metavar="DIR", file_okay=False, help="Folder to make.")],
    data: Data = None,
) -> None:
    """Write an empty data package: tables with an example each, and an Excel workbook to fill in instead.

    Indicators, the nation and the published rule books come along from the project's own package, or --data.
    Exit status: 0 fine, 2 the folder is there already.
    """
    from plan_monitor import starter
    from plan_monitor.findings import reader_language
    from plan_monitor.package import find_data

    zh = reader_language() == "zh"
    try:
        starter.write(folder, find_data(data))
    except FileExistsError:
        _give_up(Console(), f"{folder} 已经存在" if zh else f"{folder} is there already")
    except FileNotFoundError as error:
        _give_up(Console(), str(error))
    print(_NEXT["zh" if zh else "en"].format(folder=folder))


@app.command()
def trace(
    query: Annotated[
        str, typer.Argument(metavar="VALUE|INDICATOR", help="A figure as printed, or (part of) an indicator.")
    ],
    data: Data = None,
    reports: Annotated[
        Path, typer.Option(file_okay=False, help="Published reports to look in as well.")
    ] = Path("reports/output"),
    lang: Annotated[
        Literal["zh", "en"] | None, typer.Option(help="Language; by default the locale's.")
    ] = None,
) -> None:
    """Say where a figure comes from: document, place, grade; for a computed one, what it was made of.

    Exit status: 0 found, 1 nothing found, 2 bad input.
    """
    from plan_monitor.findings import DataError, reader_language
    from plan_monitor.package import load

    lang = lang or reader_language()
    try:
        package = load(data)
    except DataError as error:
        _stop_on(error.findings, lang)
    except FileNotFoundError as error:
        print(error)
        raise typer.Exit(BAD_INPUT) from None
    from plan_monitor.ask.answers import tables

    found = tables(package, query, reports, lang)
    for found_table in found:
        _wide(Console(), _WHOLE).print(found_table)
    if not found:
        print(f"没有找到 {query}" if lang == "zh" else f"nothing found for {query}")
        raise typer.Exit(FAILED)


def _defaults(recipes: Path | None, data: Path | None, out: Path | None = None) -> tuple[Path, Path]:
    """Which recipes, and where their reports go, where nothing is said."""
    if recipes is None and data is not None:
        folder = data.resolve()
        return _OWN_DATA, out or folder.with_name(f"{folder.name}-reports")
    recipes = recipes or _RECIPES
    return recipes, out or recipes.parent / "output"


def _checked_jobs(
    recipes: Path, data: Path | None, only: str | None, as_of: str | None
) -> "tuple[list[Job], list[tuple[str, str, str]]]":
    """Jobs that are certain to fit their notebooks and data, and what there is no data for.

    Otherwise all findings, and the end.
    """
    from plan_monitor.findings import Finding, reader_language
    from plan_monitor.render import inputs
    from plan_monitor.render.parameters import misfits
    from plan_monitor.render.recipes import read
    from plan_monitor.render.sources import Sources

    sources = Sources(data)
    jobs, findings = read(recipes, sources)
    jobs, more = inputs.check(jobs, recipes.name, sources)
    _stop_on(findings + more, reader_language())
    if as_of is not None:
        wrong = [
            Finding(recipes.name, None, "--as-of", value, {"zh": zh, "en": en})
            for _, value, zh, en in misfits("as_of", [as_of])
        ]
        _stop_on(wrong, reader_language())
        jobs = [_dated(job, as_of) for job in jobs]
    if not jobs:
        expected = {
            "zh": "没有任何报告：found_in 所指的表中没有值",
            "en": "no report at all: the tables that found_in names hold no values",
        }
        _say_left_out(sources.left_out, Console(), reader_language() == "zh")
        _stop_on([Finding(recipes.name, None, "matrix", None, expected)], reader_language())
    selected = [job for job in jobs if fnmatch(job.name, f"*{only or ''}*")]
    if not selected:
        names = ", ".join(job.name for job in jobs)
        expected = {"zh": f"没有这样的报告；有：{names}", "en": f"no such report; there are: {names}"}
        _stop_on([Finding(recipes.name, None, "--only", only, expected)], reader_language())
    return selected, sources.left_out


def _say_left_out(left_out: list[tuple[str, str, str]], console: Console, zh: bool) -> None:
    """Which reports there are none of, because the data do not hold what they are about."""
    if not left_out:
        return
    table = Table("没有制作" if zh else "left out", "原因" if zh else "because", box=None)
    for notebook, name, domain in left_out:
        of = (f" {domain} 领域的" if zh else f" of the domain {domain}") if domain else ""
        table.add_row(notebook, f"{name}.csv 没有{of}数据行" if zh else f"{name}.csv has no rows{of}")
    _wide(console).print(table)


def _dated(job: "Job", as_of: str) -> "Job":
    """A job of a notebook that looks at figures up to a period, with this one."""
    if "as_of" not in job.parameters:
        return job
    return replace(job, parameters=job.parameters | {"as_of": as_of})


def _stop_on(findings: "list[Finding]", lang: str, told: bool = False) -> None:
    """Print findings as a table and end the command; do nothing if there are none.

    What is wrong in many rows alike is one line. `told`: where to find each of them has been said.
    """
    if not findings:
        return
    from plan_monitor.findings import HEADINGS, LISTED, alike

    zh, faults = lang == "zh", alike(findings)
    table = Table(*HEADINGS[lang], show_lines=False)
    for fault in faults[:LISTED]:
        table.add_row(*map(Text, fault.cells(lang)))
    console = _wide(Console())
    console.print(table)
    if more := len(faults[LISTED:]):
        console.print(f"还有 {more} 种问题没有列出" if zh else f"{more} more kinds of fault are not listed")
    console.print(f"共 {len(findings)} 处问题" if zh else f"{len(findings)} finding(s)")
    if not told and sum(len(fault.first) for fault in faults[:LISTED]) < len(findings):
        way = "plan-monitor check DIR --all FILE.csv"
        console.print(f"逐处列出：{way}" if zh else f"every one: {way}")
    raise typer.Exit(BAD_INPUT)


def _wide(console: Console, width: int = 240) -> Console:
    """Room for whole lines where the output goes to a file or another program."""
    if not console.is_terminal:
        console.width = width
    return console


def _shown(results: "Iterable[Result]", total: int, console: Console) -> "Iterator[Result]":
    """Pass results on, showing how far the work has come: a bar on a terminal, else a line each."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=total)
        for done, result in enumerate(results, start=1):
            progress.update(task, completed=done, description=result.job.name)
            if not console.is_terminal:
                state = result.reason or ("ok" if result.fresh else "unchanged")
                print(f"[{done}/{total}] {result.job.name}: {state}", flush=True)
            yield result


def _summary(results: "list[Result]", console: Console, zh: bool) -> None:
    """How many were made, and which failed."""
    failed = sorted((result for result in results if result.reason), key=lambda result: result.job.name)
    there = sum(not result.fresh for result in results)
    made = len(results) - there - len(failed)
    print(
        f"完成 {made}，无变化 {there}，失败 {len(failed)}"
        if zh
        else f"{made} made, {there} unchanged, {len(failed)} failed"
    )
    if failed:
        table = Table("失败的报告" if zh else "failed", "原因" if zh else "reason", box=None)
        for result in failed:
            table.add_row(Text(result.job.name), Text(result.reason, style="red"))
        _wide(console).print(table)


def main() -> None:
    """Entry point of the ``plan-monitor`` command."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a pipe may speak GBK; stderr escapes what it cannot show
    app()


if __name__ == "__main__":
    main()
