"""CSV files as spreadsheets write them, in any of their encodings and with any of their separators."""

import csv
import io
import re
from collections import Counter
from pathlib import Path

from plan_monitor.grid import content
from plan_monitor.grid.sheet import Sheet, Unreadable

_SEPARATORS = {",": ("逗号", "comma"), ";": ("分号", "semicolon"), "\t": ("制表符", "tab")}
_ERRORS = ("#", "Err:")  # with which one begins
_KEPT_AS_TEXT = re.compile(r'="([^"]*)"')  # how exports keep a spreadsheet from dropping leading zeros


def read(path: Path) -> list[Sheet]:
    """The one sheet of a CSV file.

    Raises
    ------
    Unreadable
        Where its encoding, separator or quotes cannot be made out.
    """
    text = decoded(path.read_bytes())
    if text is None:
        raise Unreadable(
            "应为 UTF-8、UTF-16 或 GBK 编码的 CSV 文件", "expected a CSV file in UTF-8, UTF-16 or GBK"
        )
    separator_line = re.match(
        r'"?sep=(.)"?\r?(?:\n|$)', text, re.IGNORECASE
    )  # a line for Excel, which does not show it
    if separator_line:
        text, separator = text[separator_line.end() :], separator_line[1]
        rows = _rows(text, separator)
    else:
        rows = _separated(text)
    while rows and not any(rows[-1]):
        rows.pop()
    counts = tuple(len(row) for row in rows)
    width = max(counts, default=0)
    if '="' in text:
        rows = [[_plain(cell) for cell in row] for row in rows]
    rows = [row + [""] * (width - len(row)) for row in rows]
    faults = _faults(rows) if any(mark in text for mark in _ERRORS) else {}
    return [Sheet(path.name, None, rows, faults, [], frozenset(), counts=counts)]


def decoded(raw: bytes) -> str | None:
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


def _faults(rows: list[list[str]]) -> dict[tuple[int, int], dict[str, str]]:
    """Errors that a spreadsheet wrote out; their cells are emptied."""
    faults = {}
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            if cell.startswith(_ERRORS):
                try:
                    content.refuse_error(cell)
                except content.Fault as fault:
                    faults[number, column] = fault.expected
                    row[column] = ""
    return faults


def _plain(cell: str) -> str:
    match = _KEPT_AS_TEXT.fullmatch(cell) if cell.startswith("=") else None
    return match[1] if match else cell


def _rows(text: str, separator: str) -> list[list[str]]:
    rows = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            rows.append(row)
    except csv.Error as error:
        raise Unreadable(
            f"第 {len(rows) + 1} 行起的引号不成对；单元格里的引号应写成两个，整格再用引号括起",
            f"expected quotes in pairs from row {len(rows) + 1} on; one in a quoted cell is written twice",
        ) from error
    return rows


def _is_table(widths: list[int]) -> bool:
    return len(set(widths)) == 1


def _is_mostly_table(widths: list[int]) -> bool:
    return max(Counter(width for width in widths if width > 1).values()) * 2 >= len(widths)


def _separated(text: str) -> list[list[str]]:
    """The rows of a file, by the separator that its rows agree on."""
    tables, refused = {}, []
    for separator in _SEPARATORS:
        if separator in text:
            try:
                rows = _rows(text, separator)
            except Unreadable as unreadable:  # a quoted cell ends elsewhere than at this one
                refused.append(unreadable)
                continue
            widths = [len(row) for row in rows if any(cell.strip() for cell in row)]
            if any(width > 1 for width in widths):
                tables[separator] = rows, widths
    if not tables and not refused:
        return _rows(text, ",")
    for criterion in [_is_table] if refused else [bool, _is_mostly_table, _is_table]:
        candidates = [rows for rows, widths in tables.values() if criterion(widths)]
        if len(candidates) == 1:
            return candidates[0]
    if refused:
        raise refused[0]
    names = [_SEPARATORS[separator] for separator in tables]
    raise Unreadable(
        f"看不出列与列之间用什么分隔：{'、'.join(zh for zh, _ in names)}都出现；请另存为 .xlsx",
        f"expected one separator of columns; {', '.join(en for _, en in names)} occur: save as .xlsx",
    )
