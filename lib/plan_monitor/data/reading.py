"""A user's table as clean text: a CSV file, or a sheet of a workbook; what its cells show is what is read."""

import re
import unicodedata
from collections import defaultdict
from functools import lru_cache
from pathlib import Path

import pandas as pd

from plan_monitor.grid.danger import danger
from plan_monitor.grid.sheets import Sheet, Unreadable, read
from reportkit.findings import Finding

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # as Word leaves in what is copied from it
_MARKS = re.compile(r"[*＊※]+$")  # with which people mark a heading as required


def _clean(cells: list[str], code: bool) -> list[str]:
    """Cells without stray blanks and control characters; in codes, full-width forms go too."""
    if (together := "".join(cells)).isascii() and together.isprintable():
        return [cell.strip() for cell in cells]
    clean = dict.fromkeys(cells)  # most repeat others
    for cell in clean:
        text = _CONTROL.sub(" ", cell).strip()
        clean[cell] = unicodedata.normalize("NFKC", text) if code else text
    return [clean[cell] for cell in cells]


def _free(field: dict) -> bool:
    """Whether a field may hold any text; others are checked against their own rule."""
    return field["type"] == "string" and not {"enum", "pattern"} & set(field.get("constraints", {}))


def _header(cells: list[str], fields: list[dict]) -> list[str]:
    """Names of the columns that a header stands for: a field's own name, or its Chinese title."""
    called = {_plain(field.get("title", field["name"])): field["name"] for field in fields}
    called |= {_plain(field["name"]): field["name"] for field in fields}
    header = [unicodedata.normalize("NFKC", cell).strip() for cell in cells]
    while header and not header[-1]:
        header.pop()  # a spreadsheet's empty columns at the right
    return [called.get(_plain(cell), cell) for cell in header]


def _plain(heading: str) -> str:
    return "".join(_MARKS.sub("", unicodedata.normalize("NFKC", heading)).split()).lower()


def _header_findings(
    name: str, header: list[str], fields: list[dict], spared: frozenset[str]
) -> list[Finding]:
    """Columns that are missing, unknown or there twice."""
    columns = [field["name"] for field in fields]
    needed = [field["name"] for field in fields if not field.get("optional") and field["name"] not in spared]
    if not set(header) & set(columns):  # not this table at all
        shown = ",".join(header)[:80]
        titles = ", ".join(field.get("title", field["name"]) for field in fields)
        expected = {"zh": f"应为表头：{titles}", "en": f"expected a header: {', '.join(columns)}"}
        return [Finding(name, 1, None, shown, expected)]
    findings = [
        Finding(name, 1, column, None, {"zh": "缺少此列", "en": "expected this column; it is missing"})
        for column in needed
        if column not in header
    ]
    listed = ", ".join(columns)
    unknown = {"zh": f"未知的列；应为：{listed}", "en": f"unknown column; expected one of: {listed}"}
    findings += [Finding(name, 1, column, None, unknown) for column in header if column not in columns]
    twice = {"zh": "此列出现两次", "en": "expected once; this column is there twice"}
    findings += [Finding(name, 1, column, None, twice) for column in columns if header.count(column) > 1]
    return findings


def read_table(
    path: Path, schema: dict, dialect: dict | None = None, spared: frozenset[str] = frozenset()
) -> tuple[pd.DataFrame, list[Finding]]:
    """A CSV file, or a sheet of a workbook, as text, with what is wrong in its form.

    Parameters
    ----------
    path : Path
        A CSV file as spreadsheets write it (comma, semicolon or tab; UTF-8, UTF-16 or GBK); or a workbook,
        ``.xlsx`` or ``.ods``.
    schema : dict
        Its Table Schema. A heading is a field's name or its title.
    dialect : dict, optional
        As Frictionless defines it: ``commentChar``, with which a row begins that is no data; ``sheet``.
    spared : frozenset of str
        Columns that may be missing, because others tell what they would hold.

    Returns
    -------
    (DataFrame, list of Finding)
        One text column a field, missing cells NA, indexed by the row number a spreadsheet shows.
        Empty where the form of the file does not allow reading it, and where a workbook lacks the sheet.
    """
    dialect = dialect or {}
    columns = [field["name"] for field in schema["fields"]]
    empty = pd.DataFrame(columns=columns, dtype="str")
    name = shown_name(path, dialect)
    if not path.is_file():
        expected = {"zh": "应有此文件，但没有找到", "en": "expected this file; it was not found"}
        return empty, [Finding(name, None, None, None, expected)]
    try:
        sheets = _sheets(path, path.stat().st_mtime_ns)
    except Unreadable as error:
        return empty, [Finding(path.name, None, None, None, error.expected)]
    wanted = dialect.get("sheet")
    if (sheets[0].name is None) != (wanted is None):
        zh, en = (
            ("Excel 工作簿（.xlsx）", "an Excel workbook (.xlsx)") if wanted else ("CSV 文件", "a CSV file")
        )
        expected = {"zh": f"应为{zh}", "en": f"expected {en}"}
        return empty, [Finding(path.name, None, None, None, expected)]
    sheet = next((one for one in sheets if one.name == wanted), None)
    if sheet is None:
        return empty, []
    if not sheet.rows or not any(cell.strip() for cell in sheet.rows[0]):
        listed = ", ".join(columns)
        expected = {
            "zh": f"文件为空；第一行应为表头：{listed}",
            "en": f"the file is empty; expected a header: {listed}",
        }
        return empty, [Finding(name, None, None, None, expected)]
    header = _header(sheet.rows[0], schema["fields"])
    if findings := _header_findings(name, header, schema["fields"], spared):
        return empty, findings
    return _cells(name, header, sheet, schema, dialect.get("commentChar"))


def shown_name(path: Path, dialect: dict) -> str:
    """How a table's file is called to its user, the sheet included."""
    return f"{path.name} · {dialect['sheet']}" if "sheet" in dialect else path.name


@lru_cache(maxsize=2)  # a workbook holds many tables
def _sheets(path: Path, changed: int) -> list[Sheet]:
    return read(path)


def _cells(
    name: str, header: list[str], sheet: Sheet, schema: dict, comment: str | None
) -> tuple[pd.DataFrame, list[Finding]]:
    """The cells below the header, cleaned; rows that are blank throughout, and comments, are skipped."""
    by_name = {field["name"]: field for field in schema["fields"]}
    codes = {key["fields"][0] for key in schema.get("foreignKeys", [])}
    width, rows, numbers, findings = len(header), [], [], []
    for number, line in enumerate(sheet.rows[1:], start=2):
        if not any(cell.strip() for cell in line) or (comment and line[0].lstrip().startswith(comment)):
            continue
        if expected := _not_a_row(sheet, number, line, width):
            findings.append(Finding(name, number, None, None, expected))
            continue
        rows.append(line)
        numbers.append(number)
    findings += _merged(name, sheet, header, set(numbers))
    unread = defaultdict(dict)  # by column, then row
    for (number, place), expected in sheet.faults.items():
        unread[place][number] = expected
    columns = {}
    for place, column in enumerate(header):
        field = by_name[column]
        texts = _clean([line[place] for line in rows], column in codes or not _free(field))
        faults = {text: fault for text in set(texts) if (fault := danger(text))} if _free(field) else {}
        refused, title = unread.get(place, {}), field.get("title")
        if refused or faults:
            findings += [
                Finding(name, number, column, text or None, expected, title)
                for number, text in zip(numbers, texts, strict=True)
                if (expected := refused.get(number) or faults.get(text))
            ]
        if refused:  # the rest of the row can still be checked
            texts = ["" if number in refused else text for number, text in zip(numbers, texts, strict=True)]
        columns[column] = [text or pd.NA for text in texts]
    frame = pd.DataFrame(columns, index=numbers, columns=list(by_name), dtype="str")
    return frame, findings


def _not_a_row(sheet: Sheet, number: int, line: list[str], width: int) -> dict[str, str] | None:
    """Why a line cannot be a row of the table; or None."""
    if number in sheet.hidden:
        return {
            "zh": "这一行在表格软件中是隐藏的：请取消隐藏，或删去",
            "en": "expected a row that shows; the spreadsheet hides this one: unhide or delete it",
        }
    count = sheet.counts[number - 1] if sheet.counts else len(line)
    if count < width or any(cell.strip() for cell in line[width:]):
        return {
            "zh": f"应有 {width} 个单元格，实有 {count} 个",
            "en": f"expected {width} cells, found {count}",
        }
    return None


def _merged(name: str, sheet: Sheet, header: list[str], rows: set[int]) -> list[Finding]:
    """Cells merged over several rows or columns: whether the others hold the same is not said."""
    expected = {
        "zh": "合并单元格：其余各格是同一内容还是空白，无从判断；请取消合并，逐格填写",
        "en": "expected a cell for each row: whether merged cells all hold this, or are empty, is not said",
    }
    return [
        Finding(name, top, header[left], sheet.rows[top - 1][left] or None, expected)
        for top, left, bottom, right in sheet.merged
        if left < len(header) and rows & set(range(top, bottom + 1))
    ]
