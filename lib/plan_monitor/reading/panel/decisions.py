"""The file of decisions: the drafted rows as a person left them, and the decision on each.

It is what ``plan-monitor read`` writes as CSV and ``plan-monitor confirm`` reads.
"""

import csv
import io
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from plan_monitor.reading.rows import Row
from reportkit.findings import DataError, Finding

DECISIONS = ("yes", "no", "later")
_NEEDED = (*Row._fields, "decision")
_MARK = "\ufeff"  # that Excel knows UTF-8 by
_SIGNS = ("=", "+", "-", "@")  # that a formula begins with


class Entry(NamedTuple):
    """A row and the decision on it: one of ``DECISIONS``, or "" for none yet.

    ``more`` are the file's other columns, name and cell.
    """

    row: Row
    decision: str = ""
    more: tuple[tuple[str, str], ...] = ()

    def cell(self, column: str) -> str:
        """The cell of one of the other columns; empty where there is none."""
        return dict(self.more).get(column, "")


def entry(cells: dict[str, str]) -> Entry:
    """An entry from the cells of a row, by column."""
    row = Row(int(cells["start"]), *(cells[field] for field in Row._fields[1:]))
    return Entry(row, cells["decision"], tuple((name, cells[name]) for name in cells if name not in _NEEDED))


def text(entries: Iterable[Entry]) -> str:
    """The file's content."""
    entries = list(entries)
    other_columns = tuple(dict.fromkeys(name for item in entries for name, _ in item.more))
    return (
        _MARK
        + _csv_line((*_NEEDED, *other_columns))
        + "".join(_line(item, other_columns) for item in entries)
    )


@lru_cache(maxsize=1 << 14)
def _line(item: Entry, other_columns: tuple[str, ...]) -> str:
    return _csv_line((*item.row, item.decision, *map(item.cell, other_columns)))


def _csv_line(cells: Iterable[object]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(_harmless(str(cell)) for cell in cells)
    return line.getvalue()


def _harmless(cell: str) -> str:
    """Text that a spreadsheet would run as a formula, with an apostrophe before it."""
    runs = cell[:1] in _SIGNS and len(cell) > 1 and not (cell[0] == "-" and cell[1].isdigit())
    return f"'{cell}" if runs else cell


def _plain(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and cell[1:2] in _SIGNS else cell


def parse(content: bytes, name: str) -> list[Entry]:
    """The entries of a file's content.

    Raises
    ------
    DataError
        Where a column is missing, a place is no number or occurs twice, a decision is unknown, or a line is
        broken.
    """
    try:
        lines = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
        rows = list(lines)
    except (UnicodeDecodeError, csv.Error) as error:
        expected = {"zh": "应为 UTF-8 编码的 CSV 文件", "en": "expected a CSV file in UTF-8"}
        raise DataError([Finding(name, None, None, None, expected)]) from error
    missing = [column for column in _NEEDED if column not in (lines.fieldnames or [])]
    if missing:
        raise DataError([Finding(name, 1, column, None, _LACKING) for column in missing])
    first_lines: dict[str, int] = {}
    if faults := [
        fault for line, row in enumerate(rows, 2) for fault in _faults(name, line, row, first_lines)
    ]:
        raise DataError(faults)
    return [entry({column: _plain(cell) for column, cell in row.items()}) for row in rows]


_LACKING = {"zh": "没有这一列", "en": "this column is missing"}
_SHORT = {"zh": "这一行的单元格太少或太多", "en": "the row has too few or too many cells"}
_PLACE = {"zh": "应为数字在正文中的位置，是整数", "en": "expected a place in the text, an integer"}
_DECISION = {"zh": "应为 yes、no、later 或空", "en": "expected yes, no, later or nothing"}


def _faults(name: str, line: int, row: dict, first_lines: dict[str, int]) -> list[Finding]:
    """What is wrong with a row; `first_lines` has the lines of the places before it."""
    if None in row or None in row.values():
        return [Finding(name, line, None, None, _SHORT)]
    place, faults = row["start"], []
    if not (place.isascii() and place.isdigit()):
        faults.append(Finding(name, line, "start", place, _PLACE))
    elif first_lines.setdefault(place, line) != line:
        zh, en = f"与第 {first_lines[place]} 行的位置相同", f"row {first_lines[place]} has the same place"
        faults.append(Finding(name, line, "start", place, {"zh": zh, "en": en}))
    if row["decision"] and row["decision"] not in DECISIONS:
        faults.append(Finding(name, line, "decision", row["decision"], _DECISION))
    return faults


def read(path: Path) -> list[Entry]:
    """The entries of a file; none where there is no file. Raises what ``parse`` does."""
    try:
        return parse(path.read_bytes(), path.name)
    except FileNotFoundError:
        return []
