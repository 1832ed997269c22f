"""A made-up plan and its figures, drafted, decided on and put into a package."""

import csv
import io
from pathlib import Path

import openpyxl
import pandas as pd

from plan_monitor.data.inspection import settled
from plan_monitor.reading import confirm, passages
from plan_monitor.reading.confirm import Drafted, Given
from plan_monitor.reading.source import Source
from plan_monitor.settle.parts import joined

PLAN = """镇江市“十四五”教育发展规划

镇政发〔2021〕15号

一、发展基础

2020年，全市学前教育三年毛入园率达到98.2%，比2015年提高3.1个百分点。九年义务教育巩固率99.8%。普惠性幼儿园覆盖率为86.5%。“十三五”期间新建学校45所。

二、主要目标

到2025年，学前教育三年毛入园率保持在99%以上，普惠性幼儿园覆盖率达到90%以上，新增学位5万个。劳动年龄人口平均受教育年限达到11.8年。

专栏1 “十四五”教育发展主要指标

指标	单位	2020年	2025年	属性
学前教育三年毛入园率	%	98.2	99	预期性
每千名学生拥有心理健康教师	人	0.8	1.2	预期性

三、保障措施

规划期内安排校舍建设资金32亿元。教育经费年均增长6%左右。
"""
NO_WORDS = pd.DataFrame()


def text(content: str) -> Source:
    """A text as a file holds it."""
    return Source(content, passages.read(content))


def tables(folder: Path) -> dict[str, pd.DataFrame]:
    """What a package knows."""
    parts = settled(folder).parts
    names = ("documents", "regions", "indicators", "readings")
    return {name: joined(parts, name) for name in names if name in parts}


def drafted(folder: Path, content: str = PLAN, **given: str) -> Drafted:
    """The figures of a text, held against a package."""
    return confirm.draft(text(content), Given(**given), tables(folder))


def file(path: Path, made: Drafted, **decided: str) -> Path:
    """A CSV file of drafted figures, as somebody decided: by value, the first of each; ``_`` is a point."""
    rows = made.rows.copy()
    for value, decision in decided.items():
        at = rows.index[rows["value"].eq(value.removeprefix("v").replace("_", "."))][0]
        rows.at[at, "decision"] = decision
    path.unlink(missing_ok=True)
    confirm.write(path, made._replace(rows=rows), NO_WORDS)
    return path


def cells(path: Path, changes: dict[tuple[str, str], str]) -> Path:
    """A CSV file with other cells: (value of the row, column) → text."""
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    for (value, column), cell in changes.items():
        next(row for row in rows if row["value"] == value)[column] = cell
    pd.DataFrame(rows).to_csv(path, index=False, encoding="utf-8-sig")
    return path


def stored(folder: Path, table: str) -> list[dict[str, str]]:
    """Rows of a table that are no comment."""
    content = (folder / f"{table}.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content)))
    return [row for row in rows if not next(iter(row.values())).startswith("#")]


def bytes_of(folder: Path) -> dict[str, bytes]:
    """The files of a package."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def sheet(path: Path) -> openpyxl.worksheet.worksheet.Worksheet:
    """The sheet of figures of a workbook."""
    return openpyxl.load_workbook(path).worksheets[1]
