"""The commands about reports: ``render``, ``list`` and ``serve``."""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from enum import StrEnum
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from typer import Argument, Option

from plan_monitor import project
from plan_monitor.commands.package import Data, checked
from plan_monitor.terminal import give_up, shut_out, stop_on, wide
from reportkit.findings import Finding
from reportkit.jobs import Job
from reportkit.language import tr
from reportkit.render.tasks import FORMATS, TIMEOUT

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

FAILED, INTERRUPTED = 1, 130
Recipes = Annotated[
    Path | None,
    Option(help="Which reports to make; by default reports/recipes.yml, with --data reports/own-data.yml."),
]
AsOf = Annotated[
    str | None,
    Option(help="Only figures up to this period, such as 2026-06, in place of what the recipes say."),
]
Only = Annotated[str | None, Option(help="Only reports whose name contains this; * and ? match anything.")]
Format = StrEnum("Format", ["html", *FORMATS])
# the project's own reports, and whatever can be made of any data
_RECIPES, _OWN_DATA = Path("reports/recipes.yml"), Path("reports/own-data.yml")


@checked()
def render(
    recipes: Recipes = None,
    data: Data = None,
    out: Annotated[
        str | None,
        Option(
            metavar="PLACE",
            help="Where to publish, a folder or an address such as s3://bucket/reports; "
            "by default output/ beside the recipes, or NAME-reports beside the data.",
        ),
    ] = None,
    only: Only = None,
    as_of: AsOf = None,
    jobs: Annotated[int | None, Option(min=1, help="Reports made at the same time.")] = None,
    force: Annotated[bool, Option("--force", help="Also reports that would not change.")] = False,
    validate: Annotated[
        bool, Option("--validate", help="Run each twice and publish only what comes out the same.")
    ] = False,
    formats: Annotated[
        list[Format] | None,  # pyright: ignore[reportInvalidTypeForm]  # made of the engine's formats
        Option(
            "--format",
            metavar="|".join(Format),
            help="Only these formats, each with the option anew; html is always made. "
            "brief: the first page alone, as PDF and Word, and those of all reports in one document.",
        ),
    ] = None,
    timeout: Annotated[int, Option(min=1, help="Seconds that one cell may take.")] = TIMEOUT,
    scheduler: Annotated[
        str | None, Option(metavar="ADDRESS", help="Make them on a Dask cluster, such as tcp://host:8786.")
    ] = None,
    notify: Annotated[
        str | None, Option(metavar="URL", help="Post a short summary there, as JSON, at the end.")
    ] = None,
) -> None:
    """Make the reports that are not there yet: run the notebooks, publish pages and a front page.

    Exit status: 0 fine, 1 some report failed, 2 bad input (nothing is written), 130 interrupted.
    """
    from reportkit.render.manifest import unchanged
    from reportkit.render.store import Busy, opened

    recipes, place = _defaults(recipes, data, out)
    if notify is not None and not notify.startswith(("http://", "https://")):
        message = tr("--notify 应为 http:// 或 https:// 地址", "--notify: expected an http(s):// address")
        give_up(f"{message}: {notify}")
    chosen_formats = [ending for ending in FORMATS if formats is None or ending in formats]
    arguments = {"recipes": str(recipes.resolve()), "data": str(data.resolve()) if data else None}
    arguments |= {"only": only, "as_of": as_of, "validate": validate, "formats": chosen_formats}
    try:
        store = opened(place)
        current = None if force else unchanged(store, arguments)
    except OSError as error:
        _cannot_write(place, error)
    if current is not None:
        print(tr(f"{len(current)} 份报告，均无变化", f"{len(current)} report(s), none changed"))
        print(store.shown("index.html"))
        return _notify(notify, store.address, 0, len(current), [])
    from rich.console import Console
    from rich.text import Text

    from reportkit.render import executors

    if not scheduler:
        executors.warm_up([data] if data else [])  # while all else is imported, and the recipes are read
    from reportkit.render.run import Options, run

    options = Options(jobs, scheduler, force, validate, timeout, tuple(chosen_formats))
    console = Console()
    selected, left_out = _checked_jobs(recipes, data, only, as_of)
    try:
        results = list(_with_progress(run(selected, store, options, arguments), len(selected), console))
    except KeyboardInterrupt:
        console.print(tr("已中断；下次从这里继续", "interrupted; the next run resumes it"))
        raise typer.Exit(INTERRUPTED) from None
    except (Busy, executors.Unreachable) as error:
        give_up(str(error))
    except OSError as error:
        _cannot_write(place, error)
    failed = [result for result in results if result.reason]
    unchanged_count = sum(not result.fresh for result in results)
    made_count, failed_count = len(results) - unchanged_count - len(failed), len(failed)
    print(
        tr(
            f"完成 {made_count}，无变化 {unchanged_count}，失败 {failed_count}",
            f"{made_count} made, {unchanged_count} unchanged, {failed_count} failed",
        )
    )
    if failed:
        reasons = sorted((result.job.name, result.reason) for result in failed)
        columns = tr("失败的报告", "failed"), tr("原因", "reason")
        _show_table(columns, [(Text(name), Text(reason, style="red")) for name, reason in reasons], console)
    _say_letters(results, console)
    _say_left_out(left_out, console)
    print(store.shown("index.html"))
    _notify(notify, store.address, made_count, unchanged_count, failed)
    if failed:
        raise typer.Exit(FAILED)


def _cannot_write(out: str | Path, error: OSError) -> NoReturn:
    if isinstance(error, PermissionError) and error.filename:
        shut_out(error)
    reason = error.strerror or error
    give_up(tr(f"无法写入 {out}：{reason}", f"cannot write {out}: {reason}"))


def _notify(url: str | None, address: str, made: int, unchanged: int, failed: list) -> None:
    """Post the result of the run. If that fails, it is only reported; the reports are not affected."""
    if url is None:
        return
    import requests

    bad = [{"report": result.job.name, "reason": result.reason} for result in failed]
    summary = {"status": "failed" if failed else "ok", "made": made, "unchanged": unchanged, "failed": bad}
    try:
        requests.post(url, json=summary | {"folder": address}, timeout=10).raise_for_status()
    except requests.RequestException as error:
        print(f"--notify {url}: {error}", file=sys.stderr)


def serve(
    folder: Annotated[
        Path, Argument(metavar="DIR", exists=True, file_okay=False, help="Folder to show.")
    ] = Path(),
    port: Annotated[int | None, Option(min=1, max=65535, help="By default 8888 or later.")] = None,
    browser: Annotated[bool, Option(help="Open a browser.")] = True,
) -> None:
    """Open JupyterLab, where a right click on a notebook makes its report, now or on a schedule."""
    from reportkit.schedule.server import serve as run_server

    run_server(folder, port, browser)


@checked()
def list_jobs(recipes: Recipes = None, data: Data = None, only: Only = None, as_of: AsOf = None) -> None:
    """List the reports that render would make."""
    from rich.console import Console
    from rich.text import Text

    jobs, left_out = _checked_jobs(_defaults(recipes, data)[0], data, only, as_of)
    rows = []
    for job in jobs:
        values = " ".join(f"{key}={value}" for key, value in job.parameters.items())
        rows.append(map(Text, (job.name, "/".join(job.notebook.parts[-2:]), values)))
    headings = tr("报告", "report"), tr("笔记本", "notebook"), tr("参数", "parameters")
    _show_table(headings, rows, Console())
    _say_left_out(left_out, Console())


def _defaults(recipes: Path | None, data: Path | None, out: str | None = None) -> tuple[Path, str | Path]:
    """The recipes and the place for their reports, with defaults for what is not given."""
    if recipes is None and data is not None:
        recipes = _OWN_DATA if _OWN_DATA.is_file() else project.root() / _OWN_DATA
        return recipes, out or data.resolve().with_name(f"{data.resolve().name}-reports")
    if recipes is None and not _RECIPES.is_file():
        zh = f"这里没有 {_RECIPES}：请用 --data 指定数据包，或用 --recipes 指定报告清单"
        give_up(tr(zh, f"no {_RECIPES} here: name a data package with --data, or recipes with --recipes"))
    recipes = recipes or _RECIPES
    return recipes, out or recipes.parent / "output"


def _checked_jobs(
    recipes: Path, data: Path | None, only: str | None, as_of: str | None
) -> tuple[list[Job], list[tuple[str, str, str]]]:
    """Jobs that fit their notebooks and data, and reports left out for lack of data.

    If some do not fit, the command ends with all findings.
    """
    from rich.console import Console

    from reportkit.render import inputs
    from reportkit.render.parameters import misfits
    from reportkit.render.recipes import read
    from reportkit.render.sources import Sources

    def refuse(column: str, value: str | None, zh: str, en: str) -> None:
        stop_on([Finding(recipes.name, None, column, value, {"zh": zh, "en": en})])

    sources = Sources(data)
    jobs, findings = read(recipes, sources)
    jobs, input_findings = inputs.check(jobs, recipes.name, sources)
    stop_on(findings + input_findings)
    if as_of is not None:
        for _, value, zh, en in misfits("as_of", [as_of]):
            refuse("--as-of", value, zh, en)
        parameter = {"as_of": as_of}
        jobs = [
            replace(job, parameters=job.parameters | parameter) if "as_of" in job.parameters else job
            for job in jobs
        ]
    if not jobs:
        _say_left_out(sources.left_out, Console())
        en = "no report at all: the tables that found_in names hold no values"
        refuse("matrix", None, "没有任何报告：found_in 所指的表中没有值", en)
    selected = [job for job in jobs if fnmatch(job.name, f"*{only or ''}*")]
    if not selected:
        names = ", ".join(job.name for job in jobs)
        refuse("--only", only, f"没有这样的报告；有：{names}", f"no such report; there are: {names}")
    return selected, sources.left_out


def _say_left_out(left_out: list[tuple[str, str, str]], console: "Console") -> None:
    """Print the reports that were left out, because the data have no rows for them."""
    if not left_out:
        return
    rows = []
    for notebook, name, domain in left_out:
        domain_words = tr(f" {domain} 领域的", f" of the domain {domain}") if domain else ""
        rows.append(
            (notebook, tr(f"{name}.csv 没有{domain_words}数据行", f"{name}.csv has no rows{domain_words}"))
        )
    _show_table((tr("没有制作", "left out"), tr("原因", "because")), rows, console)


def _say_letters(results: list, console: "Console") -> None:
    """Print the letters, by report, that no font has, so that PDF and charts print their numbers."""
    rows = [
        (result.job.name, " ".join(f"{letter} U+{ord(letter):04X}" for letter in result.letters))
        for result in results
        if result.letters
    ]
    if rows:
        letters = tr("字体缺字，PDF 和图中印其编号", "no font has these; PDF and charts print their numbers")
        _show_table((tr("报告", "report"), letters), rows, console)


def _show_table(headings: Iterable[str], rows: Iterable[Iterable["str | Text"]], console: "Console") -> None:
    from rich.table import Table

    table = Table(*headings, box=None)
    for row in rows:
        table.add_row(*row)
    wide(console).print(table)


def _with_progress(results: Iterable, total: int, console: "Console") -> Iterator:
    """Yield results while showing the progress: a bar on a terminal, else a line for each result."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=total)
        for count, result in enumerate(results, start=1):
            progress.update(task, completed=count, description=result.job.name)
            if not console.is_terminal:
                state = result.reason or ("ok" if result.fresh else "unchanged")
                print(f"[{count}/{total}] {result.job.name}: {state}", flush=True)
            yield result
