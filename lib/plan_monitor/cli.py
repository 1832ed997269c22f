"""The command line: ``plan-monitor render``, ``check``, ``list``, ``new``, ``trace``, ``serve``."""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from enum import StrEnum
from fnmatch import fnmatch
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from plan_monitor.intake import commands
from plan_monitor.terminal import BAD_INPUT, WHOLE, give_up, stop_on, wide
from reportkit.render.tasks import FORMATS, TIMEOUT

# what the commands need is imported by the commands, so that --help answers at once
if TYPE_CHECKING:
    import pandas as pd

    from plan_monitor.settle.defaults import Derived
    from reportkit.findings import Finding
    from reportkit.render.jobs import Job
    from reportkit.render.run import Result

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_show_locals=False)

FAILED, INTERRUPTED = 1, 130
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
1. 手里有表格的：plan-monitor take 文件… --into {folder}，看过之后加 --write；没有的，填 tables.xlsx
   （有下拉列表）或 CSV 文件，写名称即可；每张表第二行是示例，以 # 开头，不算数据
2. plan-monitor adopt {folder}     起草目录中没有的指标
3. plan-monitor check {folder}
4. plan-monitor render --data {folder}""",
    "en": """{folder}: an empty data package. What comes next:
1. who has spreadsheets: plan-monitor take FILE... --into {folder}, and after a look --write; who has none
   fills in tables.xlsx (with drop-downs) or the CSV files, with names for ids; the second row of each table
   is an example: it begins with # and is no data
2. plan-monitor adopt {folder}     drafts indicators that the catalogue lacks
3. plan-monitor check {folder}
4. plan-monitor render --data {folder}""",
}
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
    from reportkit.findings import reader_language
    from reportkit.render.manifest import unchanged

    zh = reader_language() == "zh"
    recipes, out = _defaults(recipes, data, out)
    if notify is not None and not notify.startswith(("http://", "https://")):
        said = "--notify 应为 http:// 或 https:// 地址" if zh else "--notify: expected an http(s):// address"
        give_up(f"{said}: {notify}")
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
    from reportkit.render import executors
    from reportkit.render.run import Busy, Options, run

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
        give_up(said)
    except executors.Unreachable as error:
        give_up(str(error))
    except OSError as error:
        give_up(f"无法写入 {out}：{error.strerror}" if zh else f"cannot write {out}: {error.strerror}")
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


@app.command()
def serve(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", exists=True, file_okay=False, help="Folder to show.")
    ] = Path(),
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="By default 8888 or later.")] = None,
    browser: Annotated[bool, typer.Option(help="Open a browser.")] = True,
) -> None:
    """Open JupyterLab, where a right click on a notebook makes its report, now or on a schedule."""
    from reportkit.schedule.server import serve as run_server

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
    from plan_monitor.data.package import inspect
    from reportkit.findings import reader_language

    lang = lang or reader_language()
    zh = lang == "zh"
    if every is not None and every.resolve().is_relative_to(folder.resolve()):
        said = "--all 应为数据文件夹以外的文件" if zh else "--all: expected a file outside the data folder"
        give_up(f"{said}: {every}")
    tables, findings, derived = inspect(folder)
    if every is not None:
        _write_all(findings, every, lang)
    stop_on(findings, lang, told=every is not None)
    print(f"{folder}：没有问题" if zh else f"{folder}: nothing wrong")
    _say_filled(derived, tables["indicators"], folder, zh)


def _say_filled(derived: "list[Derived]", indicators: "pd.DataFrame", folder: Path, zh: bool) -> None:
    """What was filled in by rule, and which definitions nobody has confirmed yet."""
    for one in derived:
        filled = f"  补上 {one.file} 的 {one.column} {one.rows} 行：{one.rule['zh']}"
        english = f"  filled in {one.column} of {one.file}, {one.rows} row(s): {one.rule['en']}"
        print(filled if zh else english)
    proposed = indicators.loc[indicators["proposed"].notna(), "name_zh" if zh else "name_en"].tolist()
    if proposed:
        named = ("、" if zh else ", ").join(proposed)
        told = f"  定义是拟定的，尚未确认：{named}" if zh else f"  proposed, not confirmed yet: {named}"
        print(f"{told} (plan-monitor adopt {folder} --confirm)")


def _write_all(findings: "list[Finding]", path: Path, lang: str) -> None:
    """Write every finding to a file, and say so."""
    from reportkit.findings import write

    zh = lang == "zh"
    try:
        write(findings, path, lang)
    except OSError as error:
        give_up(
            f"无法写入 {path}：{error.strerror}" if zh else f"cannot write {path}: {error.strerror}",
        )
    print(f"{path}：全部 {len(findings)} 处问题" if zh else f"{path}: all {len(findings)} finding(s)")


@app.command(name="list")
def list_jobs(recipes: Recipes = None, data: Data = None, only: Only = None, as_of: AsOf = None) -> None:
    """List the reports that render would make."""
    from reportkit.findings import reader_language

    zh = reader_language() == "zh"
    table = Table(
        "报告" if zh else "report", "笔记本" if zh else "notebook", "参数" if zh else "parameters", box=None
    )
    jobs, left_out = _checked_jobs(_defaults(recipes, data)[0], data, only, as_of)
    for job in jobs:
        values = " ".join(f"{key}={value}" for key, value in job.parameters.items())
        notebook = "/".join(job.notebook.parts[-2:])
        table.add_row(*map(Text, (job.name, notebook, values)))
    wide(Console()).print(table)
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
    from plan_monitor.data import starter
    from plan_monitor.data.package import find_data
    from reportkit.findings import reader_language
    from reportkit.language import using

    zh = reader_language() == "zh"
    try:
        with using(reader_language()):
            starter.write(folder, find_data(data))
    except FileExistsError:
        give_up(f"{folder} 已经存在" if zh else f"{folder} is there already")
    except FileNotFoundError as error:
        give_up(str(error))
    print(_NEXT["zh" if zh else "en"].format(folder=folder))


for command in (commands.take, commands.adopt, commands.ask, commands.collect):
    app.command()(command)


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
    from plan_monitor.data.package import load
    from reportkit.findings import DataError, reader_language

    lang = lang or reader_language()
    try:
        package = load(data)
    except DataError as error:
        stop_on(error.findings, lang)
    except FileNotFoundError as error:
        print(error)
        raise typer.Exit(BAD_INPUT) from None
    from plan_monitor.trace.answers import tables

    found = tables(package, query, reports, lang)
    for found_table in found:
        wide(Console(), WHOLE).print(found_table)
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
    from reportkit.findings import Finding, reader_language
    from reportkit.render import inputs
    from reportkit.render.parameters import misfits
    from reportkit.render.recipes import read
    from reportkit.render.sources import Sources

    sources = Sources(data)
    jobs, findings = read(recipes, sources)
    jobs, more = inputs.check(jobs, recipes.name, sources)
    stop_on(findings + more, reader_language())
    if as_of is not None:
        wrong = [
            Finding(recipes.name, None, "--as-of", value, {"zh": zh, "en": en})
            for _, value, zh, en in misfits("as_of", [as_of])
        ]
        stop_on(wrong, reader_language())
        jobs = [_dated(job, as_of) for job in jobs]
    if not jobs:
        expected = {
            "zh": "没有任何报告：found_in 所指的表中没有值",
            "en": "no report at all: the tables that found_in names hold no values",
        }
        _say_left_out(sources.left_out, Console(), reader_language() == "zh")
        stop_on([Finding(recipes.name, None, "matrix", None, expected)], reader_language())
    selected = [job for job in jobs if fnmatch(job.name, f"*{only or ''}*")]
    if not selected:
        names = ", ".join(job.name for job in jobs)
        expected = {"zh": f"没有这样的报告；有：{names}", "en": f"no such report; there are: {names}"}
        stop_on([Finding(recipes.name, None, "--only", only, expected)], reader_language())
    return selected, sources.left_out


def _say_left_out(left_out: list[tuple[str, str, str]], console: Console, zh: bool) -> None:
    """Which reports there are none of, because the data do not hold what they are about."""
    if not left_out:
        return
    table = Table("没有制作" if zh else "left out", "原因" if zh else "because", box=None)
    for notebook, name, domain in left_out:
        of = (f" {domain} 领域的" if zh else f" of the domain {domain}") if domain else ""
        table.add_row(notebook, f"{name}.csv 没有{of}数据行" if zh else f"{name}.csv has no rows{of}")
    wide(console).print(table)


def _dated(job: "Job", as_of: str) -> "Job":
    """A job of a notebook that looks at figures up to a period, with this one."""
    if "as_of" not in job.parameters:
        return job
    return replace(job, parameters=job.parameters | {"as_of": as_of})


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
        wide(console).print(table)


def main() -> None:
    """Entry point of the ``plan-monitor`` command."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a pipe may speak GBK; stderr escapes what it cannot show
    app()


if __name__ == "__main__":
    main()
