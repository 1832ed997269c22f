"""A user's table as clean text: a CSV file, or a sheet of a workbook; what its cells show is what is read."""

import re
import unicodedata
from collections import defaultdict
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd
from pandas.api.typing import NAType

from plan_monitor.grid import plain
from plan_monitor.grid.danger import any_danger, danger
from plan_monitor.grid.sheets import Sheet, Unreadable, read
from plan_monitor.settle.parts import Wrong, distinct, factorized, faults_each
from reportkit.files import digest
from reportkit.findings import Finding

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # as Word leaves in what is copied from it
_STRAY = (" \n", "\n ", "\n\n")  # a blank at an end of a line, or nothing on it
_MARKS = re.compile(r"[*＊※]+$")  # with which people mark a heading as required
_MERGED = {
    "zh": "合并单元格：其余各格是同一内容还是空白，无从判断；请取消合并，逐格填写",
    "en": "expected a cell for each row: whether merged cells all hold this, or are empty, is not said",
}
_HIDDEN = {
    "zh": "这一行在表格软件中是隐藏的：请取消隐藏，或删去",
    "en": "expected a row that shows; the spreadsheet hides this one: unhide or delete it",
}
Read = tuple[pd.DataFrame, Wrong]


def read_table(path: Path, schema: dict, dialect: dict, optional: frozenset[str]) -> Read:
    """A table as text, one column a field of its Table Schema, and what is wrong in its form.

    The file is a CSV as spreadsheets write it (comma, semicolon or tab; UTF-8, UTF-16 or GBK) or a workbook,
    ``.xlsx`` or ``.ods``; a heading is a field's name or its title. `dialect` is as Frictionless defines it:
    ``commentChar``, the sign that begins a row without data; ``sheet``, the name of the sheet. Columns in
    `optional` may be missing, because their cells follow from others. Rows have the numbers that a
    spreadsheet shows, missing cells are NA. Empty where the file cannot be read, or a workbook lacks the
    sheet.
    """
    columns, sheet_name, name = _names(schema["fields"]), dialect.get("sheet"), shown_name(path, dialect)

    def refused(file: str, expected: dict[str, str]) -> Read:
        return _no_rows(schema), [Finding(file, None, None, None, expected)]

    if not path.is_file():
        return refused(name, {"zh": "应有此文件，但没有找到", "en": "expected this file; it was not found"})
    if sheet_name is None and (table := _read_plain(path, schema, dialect, optional)):
        return table
    try:
        sheets = _sheets(path, digest(path))
        unnamed = {candidate.name for candidate in sheets} == {None}  # the one sheet of a CSV file
        if unnamed and sheet_name is not None:
            raise Unreadable("应为Excel 工作簿（.xlsx）", "expected an Excel workbook (.xlsx)")
        if not unnamed and sheet_name is None:
            raise Unreadable("应为CSV 文件", "expected a CSV file")
    except Unreadable as error:
        return refused(path.name, error.expected)
    sheet = next((candidate for candidate in sheets if candidate.name == sheet_name), None)
    if sheet is None:
        return _no_rows(schema), []
    if not sheet.rows or not any(cell.strip() for cell in sheet.rows[0]):
        zh = f"文件为空；第一行应为表头：{', '.join(columns)}"
        return refused(name, {"zh": zh, "en": f"the file is empty; expected a header: {', '.join(columns)}"})
    header = _header(sheet.rows[0], schema["fields"])
    if findings := _header_findings(name, header, schema["fields"], optional):
        return _no_rows(schema), [*findings]
    return _cells(name, header, sheet, schema, dialect.get("commentChar"))


def shown_name(path: Path, dialect: dict) -> str:
    """The name of a table's file in messages, with that of its sheet."""
    return f"{path.name} · {dialect['sheet']}" if "sheet" in dialect else path.name


@lru_cache(maxsize=2)  # a workbook holds many tables
def _sheets(path: Path, content: str) -> list[Sheet]:
    return read(path)


def _no_rows(schema: dict) -> pd.DataFrame:
    return pd.DataFrame(columns=_names(schema["fields"]), dtype="str")


def _names(fields: list[dict]) -> list[str]:
    return [field["name"] for field in fields]


def _header(cells: list[str], fields: list[dict]) -> list[str]:
    """Names of the columns that a header stands for: a field's own name, or its Chinese title."""
    by_heading = {_heading_key(field.get("title", field["name"])): field["name"] for field in fields}
    by_heading |= {_heading_key(name): name for name in _names(fields)}
    header = [unicodedata.normalize("NFKC", cell).strip() for cell in cells]
    while header and not header[-1]:
        header.pop()  # a spreadsheet's empty columns at the right
    return [by_heading.get(_heading_key(cell), cell) for cell in header]


def _heading_key(heading: str) -> str:
    return "".join(_MARKS.sub("", unicodedata.normalize("NFKC", heading)).split()).lower()


def _header_findings(
    name: str, header: list[str], fields: list[dict], optional: frozenset[str]
) -> list[Finding]:
    """Findings about columns that are missing, unknown or repeated."""
    columns = _names(fields)
    column_list = ", ".join(columns)
    if not set(header) & set(columns):  # not this table at all
        titles = ", ".join(field.get("title", field["name"]) for field in fields)
        expected = {"zh": f"应为表头：{titles}", "en": f"expected a header: {column_list}"}
        return [Finding(name, 1, None, ",".join(header)[:80], expected)]
    required = _names([field for field in fields if not field.get("optional")])
    missing = [column for column in required if column not in optional and column not in header]
    unknown = [column for column in header if column not in columns]
    duplicates = [column for column in columns if header.count(column) > 1]
    faults = (
        (missing, "缺少此列", "expected this column; it is missing"),
        (unknown, f"未知的列；应为：{column_list}", f"unknown column; expected one of: {column_list}"),
        (duplicates, "此列出现两次", "expected once; this column is there twice"),
    )
    return [
        Finding(name, 1, column, None, {"zh": zh, "en": en}) for names, zh, en in faults for column in names
    ]


def _cells(name: str, header: list[str], sheet: Sheet, schema: dict, comment: str | None) -> Read:
    """The cells below the header, cleaned; rows that are blank throughout, and comments, are skipped."""
    rows, findings = {}, []
    for number, line in enumerate(sheet.rows[1:], start=2):
        if not any(cell.strip() for cell in line) or (comment and line[0].lstrip().startswith(comment)):
            continue
        if expected := _row_fault(sheet, number, line, len(header)):
            findings.append(Finding(name, number, None, None, expected))
        else:
            rows[number] = line
    if not rows:  # as of most tables of a package
        return _no_rows(schema), findings
    findings += [
        Finding(name, top, header[left], sheet.rows[top - 1][left] or None, _MERGED)
        for top, left, bottom, right in sheet.merged
        if left < len(header) and any(number in rows for number in range(top, bottom + 1))
    ]
    unreadable = defaultdict(dict)  # by column, then row
    for (number, place), expected in sheet.faults.items():
        unreadable[place][number] = expected
    cells = pd.DataFrame(list(rows.values()), list(rows), dtype="str").reindex(columns=range(len(header)))
    text, faults = _texts(name, header, cells, schema, unreadable)
    return text, findings + faults


def _read_plain(path: Path, schema: dict, dialect: dict, optional: frozenset[str]) -> Read | None:
    """A table whose file can be read in one way only, read by columns; None for any other."""
    if dialect.get("commentChar") not in (None, "#") or (content := plain.read(path)) is None:
        return None
    heading, cells = content
    header = _header(heading, schema["fields"])
    name = shown_name(path, dialect)
    if len(header) < len(heading) or _header_findings(name, header, schema["fields"], optional):
        return None
    if cells.empty:
        return _no_rows(schema), []
    text, findings = _texts(name, header, cells, schema, {})
    blank = np.ones(len(text), bool)
    for column in text:
        blank &= text[column].isna().to_numpy()
        if not blank.any():
            return text, findings
    return text[~blank], findings


def _texts(
    name: str, header: list[str], cells: pd.DataFrame, schema: dict, unreadable: dict[int, dict]
) -> Read:
    """Clean texts of the cells below a header, missing where empty; `unreadable` says by column and row why
    a cell cannot be read."""
    by_name = {field["name"]: field for field in schema["fields"]}
    codes = {column for key in schema.get("foreignKeys", []) for column in key["fields"]}
    columns, findings = {}, []
    for place, column in enumerate(header):
        field, faults, texts = by_name[column], unreadable.get(place, {}), cells[place]
        code = column in codes or not _free(field)
        values = distinct(texts)
        if replacements := _replacements(values, code):
            texts = pd.Series(
                [replacements.get(text, text) for text in texts.tolist()], texts.index, dtype="str"
            )
            values = distinct(texts)
        dangerous = _free(field) and any_danger(values)
        if faults or dangerous:
            positions, distinct_texts = factorized(texts)
            expected = np.fromiter(
                [*(danger(text) if dangerous else None for text in distinct_texts), None], object
            )[positions]
            places = texts.index.get_indexer(pd.Index([*faults]))
            for row, expectation in zip(places, faults.values(), strict=True):
                if row >= 0:  # else it is no row of data
                    expected[row] = expectation
            findings += faults_each(name, field.get("title"), texts.rename(column), expected)
        # a cell that cannot be read is empty: the rest of its row can still be checked
        columns[column] = texts
    empty_column = pd.Series(pd.NA, cells.index, "str")
    return pd.DataFrame({name: columns.get(name, empty_column) for name in by_name}, copy=False), findings


def _row_fault(sheet: Sheet, number: int, line: list[str], width: int) -> dict[str, str] | None:
    """Why a line cannot be a row of the table; or None."""
    if number in sheet.hidden:
        return _HIDDEN
    count = sheet.counts[number - 1] if sheet.counts else len(line)
    if count < width or any(cell.strip() for cell in line[width:]):
        zh, en = f"应有 {width} 个单元格，实有 {count} 个", f"expected {width} cells, found {count}"
        return {"zh": zh, "en": en}
    return None


def _free(field: dict) -> bool:
    """Whether a field may hold any text; others are checked against their own rule."""
    return field["type"] == "string" and not {"enum", "pattern"} & set(field.get("constraints", {}))


def _replacements(cells: list[str], code: bool) -> dict[str, str | NAType]:
    """The clean text of each cell that is not clean yet; NA where nothing is left of it."""
    lines = "\n".join(["", *cells, ""])
    plain = lines.isascii() and lines.replace("\n", "").isprintable()
    if plain and not any(stray in lines for stray in _STRAY):
        return {}  # as a look at all of them at once tells
    clean = {cell: _clean(cell, code) for cell in cells}
    return {cell: text or pd.NA for cell, text in clean.items() if text != cell or not text}


def _clean(cell: str, code: bool) -> str:
    """A cell without stray blanks and control characters; in codes, full-width forms go too."""
    if cell.isascii() and cell.isprintable():
        return cell.strip()
    text = _CONTROL.sub(" ", cell).strip()
    return unicodedata.normalize("NFKC", text) if code else text
