"""The commands about a data package: ``check``, ``new`` and ``trace``."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from plan_monitor.commands.options import Data, Language
from plan_monitor.terminal import WHOLE, give_up, stop_on, wide
from reportkit import language
from reportkit.language import chosen, tr

if TYPE_CHECKING:
    import pandas as pd

    from plan_monitor.settle.defaults import Derived
    from reportkit.findings import Finding

_NOT_FOUND = 1  # exit status
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


def check(
    folder: Annotated[Path, typer.Argument(metavar="DIR", file_okay=False, help="Folder of a data package.")],
    lang: Language = None,
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

    language.use(lang or language.current())
    if every is not None and every.resolve().is_relative_to(folder.resolve()):
        message = tr("--all 应为数据文件夹以外的文件", "--all: expected a file outside the data folder")
        give_up(f"{message}: {every}")
    tables, findings, derived = inspect(folder)
    if every is not None:
        _write_all(findings, every)
    stop_on(findings, all_written=every is not None)
    print(tr(f"{folder}：没有问题", f"{folder}: nothing wrong"))
    _say_filled(derived, tables["indicators"], folder)


def _say_filled(derived: "list[Derived]", indicators: "pd.DataFrame", folder: Path) -> None:
    """What was filled in by rule, and which definitions nobody has confirmed yet."""
    for one in derived:
        chinese = f"  补上 {one.file} 的 {one.column} {one.rows} 行："
        english = f"  filled in {one.column} of {one.file}, {one.rows} row(s): "
        print(tr(chinese, english) + chosen(one.rule))
    proposed = indicators.loc[indicators["proposed"].notna(), f"name_{language.of_data()}"]
    if len(proposed):
        listed = tr("、", ", ").join(proposed)
        message = tr(f"  定义是拟定的，尚未确认：{listed}", f"  proposed, not confirmed yet: {listed}")
        print(f"{message} (plan-monitor adopt {folder} --confirm)")


def _write_all(findings: "list[Finding]", path: Path) -> None:
    """Write every finding to a file, and say so."""
    from reportkit.findings import write

    try:
        write(findings, path)
    except OSError as error:
        give_up(tr(f"无法写入 {path}：{error.strerror}", f"cannot write {path}: {error.strerror}"))
    print(tr(f"{path}：全部 {len(findings)} 处问题", f"{path}: all {len(findings)} finding(s)"))


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

    try:
        starter.write(folder, find_data(data))
    except FileExistsError:
        give_up(tr(f"{folder} 已经存在", f"{folder} is there already"))
    except FileNotFoundError as error:
        give_up(str(error))
    print(chosen(_NEXT).format(folder=folder))


def trace(
    query: Annotated[
        str, typer.Argument(metavar="VALUE|INDICATOR", help="A figure as printed, or (part of) an indicator.")
    ],
    data: Data = None,
    reports: Annotated[
        Path, typer.Option(file_okay=False, help="Published reports to look in as well.")
    ] = Path("reports/output"),
    lang: Language = None,
) -> None:
    """Say where a figure comes from: document, place, grade; for a computed one, what it was made of.

    Exit status: 0 found, 1 nothing found, 2 bad input.
    """
    from plan_monitor.data.package import load
    from reportkit.findings import DataError

    language.use(lang or language.current())
    try:
        package = load(data)
    except DataError as error:
        stop_on(error.findings)
    except FileNotFoundError as error:
        give_up(str(error))
    from plan_monitor.trace.answers import tables

    results = tables(package, query, reports)
    for table in results:
        wide(Console(), WHOLE).print(table)
    if not results:
        print(tr(f"没有找到 {query}", f"nothing found for {query}"))
        raise typer.Exit(_NOT_FOUND)
