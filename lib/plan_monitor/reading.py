"""A user's table as clean text: a CSV file in any encoding, whatever Excel did to it, or a sheet."""

import csv
import io
import re
import unicodedata
import warnings
import zipfile
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import pandas as pd

from plan_monitor.findings import Finding

_THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,2})?")
_FORMULA = re.compile(r"[=+@]|-(?![\d.])")
_MARKUP = re.compile(r"<[A-Za-z/!]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # as Word leaves in what is copied from it
_TRAVERSAL = re.compile(r"\.\.[/\\]")


def _decode(raw: bytes) -> str | None:
    """Text of a file in UTF-8 (with or without BOM), UTF-16 with BOM, or GBK; None if it is none of them."""
    encodings = ["utf-16"] if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    return None


def _clean(cell: str, field: dict, code: bool) -> str:
    """A cell without stray blanks and control characters.

    In numbers and codes, full-width forms and thousands separators go too.
    """
    cell = _CONTROL.sub(" ", cell).strip()
    constraints = field.get("constraints", {})
    if code or field["type"] != "string" or "pattern" in constraints or "enum" in constraints:
        cell = unicodedata.normalize("NFKC", cell)
    if field["type"] in ("number", "integer") and _THOUSANDS.fullmatch(cell):
        cell = cell.replace(",", "")
    return cell


def _fault(cell: str, field: dict) -> dict[str, str] | None:
    """Why a cell cannot be what it should be, or would be dangerous in a report or spreadsheet; or None."""
    constraints = field.get("constraints", {})
    if field["type"] == "number" and cell and not _NUMBER.fullmatch(cell):  # float() would take "nan"
        return {
            "zh": "应为数字（没有则填 0，不知道则留空）",
            "en": "expected a number (0 for none, empty where not known)",
        }
    if field["type"] != "string" or "enum" in constraints or "pattern" in constraints:
        return None  # these are checked against their own rule
    if _FORMULA.match(cell):
        return {
            "zh": "应为文字，不能以 = + - @ 开头（会被当作公式）",
            "en": "expected text; a cell that begins with = + - @ would run as a formula",
        }
    if _MARKUP.search(cell):
        return {"zh": "应为不含 HTML 标记的文字", "en": "expected text without HTML markup"}
    if _TRAVERSAL.search(cell):
        return {"zh": "应为不含 ../ 的文字", "en": "expected text without ../"}
    return None


def _header_findings(name: str, header: list[str], fields: list[dict]) -> list[Finding]:
    """Columns that are missing, unknown or there twice; one marked ``optional`` may be missing."""
    columns = [field["name"] for field in fields]
    needed = [field["name"] for field in fields if not field.get("optional")]
    listed = ", ".join(columns)
    findings = [
        Finding(name, 1, column, None, {"zh": "缺少此列", "en": "expected this column; it is missing"})
        for column in needed
        if column not in header
    ]
    if len(findings) == len(needed):  # not this table at all, or not comma-separated
        shown = ",".join(header)[:80]
        expected = {"zh": f"应为逗号分隔的表头：{listed}", "en": f"expected a header with commas: {listed}"}
        return [Finding(name, 1, None, shown, expected)]
    unknown = {"zh": f"未知的列；应为：{listed}", "en": f"unknown column; expected one of: {listed}"}
    findings += [Finding(name, 1, column, None, unknown) for column in header if column not in columns]
    twice = {"zh": "此列出现两次", "en": "expected once; this column is there twice"}
    findings += [Finding(name, 1, column, None, twice) for column in columns if header.count(column) > 1]
    return findings


def read_table(path: Path, schema: dict, dialect: dict | None = None) -> tuple[pd.DataFrame, list[Finding]]:
    """A CSV file, or a sheet of an Excel workbook, as text, with what is wrong in its form.

    Parameters
    ----------
    path : Path
        A CSV file in UTF-8, UTF-8 with BOM, UTF-16 or GBK, with any line ending; or an ``.xlsx`` file.
    schema : dict
        Its Table Schema.
    dialect : dict, optional
        As Frictionless defines it: ``commentChar``, with which a row begins that is no data; ``sheet``.

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
    if path.suffix == ".xlsx":
        sheets = _sheets(path, path.stat().st_mtime_ns)
        if sheets is None:
            expected = {"zh": "应为 Excel 工作簿（.xlsx）", "en": "expected an Excel workbook (.xlsx)"}
            return empty, [Finding(path.name, None, None, None, expected)]
        if dialect["sheet"] not in sheets:
            return empty, []
        lines = sheets[dialect["sheet"]]
    else:
        text = _decode(path.read_bytes())
        if text is None:
            expected = {
                "zh": "应为 UTF-8 或 GBK 编码的 CSV 文件",
                "en": "expected a CSV file in UTF-8 or GBK",
            }
            return empty, [Finding(name, None, None, None, expected)]
        lines = list(csv.reader(io.StringIO(text, newline="")))
    if not lines or not any(cell.strip() for cell in lines[0]):
        listed = ", ".join(columns)
        expected = {
            "zh": f"文件为空；第一行应为表头：{listed}",
            "en": f"the file is empty; expected a header: {listed}",
        }
        return empty, [Finding(name, None, None, None, expected)]
    if comment := dialect.get("commentChar"):
        lines[1:] = [[] if line and line[0].lstrip().startswith(comment) else line for line in lines[1:]]
    header = [unicodedata.normalize("NFKC", cell).strip() for cell in lines[0]]
    while header and not header[-1]:
        header.pop()  # a spreadsheet's empty columns at the right
    if findings := _header_findings(name, header, schema["fields"]):
        return empty, findings
    return _cells(name, header, lines[1:], schema)


def shown_name(path: Path, dialect: dict) -> str:
    """How a table's file is called to its user, the sheet included."""
    return f"{path.name} · {dialect['sheet']}" if path.suffix == ".xlsx" else path.name


@lru_cache(maxsize=2)  # a workbook holds many tables
def _sheets(path: Path, changed: int) -> dict[str, list[list[str]]] | None:
    """The rows of all sheets of a workbook as text; None if it is no workbook."""
    import openpyxl  # slow, and few packages hold a workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with path.open("rb") as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # drop-downs that openpyxl does not keep are no loss to a reader
            book = openpyxl.load_workbook(file, read_only=True, data_only=True)
            return {
                sheet.title: [[_text(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
                for sheet in book.worksheets
            }
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, InvalidFileException):
        return None


def _text(cell: object) -> str:
    """A cell of a workbook as its user sees it: no 2025.0, no time of day with a date."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, float):
        return f"{cell:.15g}"
    return str(cell)


def _cells(
    name: str, header: list[str], lines: list[list[str]], schema: dict
) -> tuple[pd.DataFrame, list[Finding]]:
    """The cells below the header, cleaned; rows that are blank throughout are skipped."""
    by_name = {field["name"]: field for field in schema["fields"]}
    codes = {key["fields"][0] for key in schema.get("foreignKeys", [])}
    rows, numbers, findings = [], [], []
    for number, line in enumerate(lines, start=2):
        if not any(cell.strip() for cell in line):
            continue
        if len(line) < len(header) or any(cell.strip() for cell in line[len(header) :]):
            expected = {
                "zh": f"应有 {len(header)} 个单元格，实有 {len(line)} 个",
                "en": f"expected {len(header)} cells, found {len(line)}",
            }
            findings.append(Finding(name, number, None, None, expected))
            continue
        rows.append(line)
        numbers.append(number)
    columns = {}
    for place, column in enumerate(header):
        field, raw = by_name[column], [line[place] for line in rows]
        clean = {cell: _clean(cell, field, column in codes) for cell in set(raw)}  # most cells repeat others
        faults = {cell: expected for cell in clean if (expected := _fault(clean[cell], field))}
        findings += [
            Finding(name, number, column, clean[cell], faults[cell])
            for number, cell in zip(numbers, raw, strict=True)
            if cell in faults
        ]
        if field["type"] == "number":  # said; the rest of the column can still be checked
            clean |= dict.fromkeys(faults, "")
        columns[column] = [clean[cell] or pd.NA for cell in raw]
    frame = pd.DataFrame(columns, index=numbers, columns=list(by_name), dtype="str")
    return frame, findings
