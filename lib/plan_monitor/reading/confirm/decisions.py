"""A file of drafted figures read back: the decision on each, and findings about what cannot be read."""

from pathlib import Path
from typing import NamedTuple

from plan_monitor.grid.danger import danger
from plan_monitor.grid.sheets import Sheet, Unreadable
from plan_monitor.grid.sheets import read as read_sheets
from plan_monitor.reading.confirm.columns import CODED, COLUMNS, KNOWN, code, heading, is_certain
from plan_monitor.reading.confirm.times import iso
from plan_monitor.settle import labels
from plan_monitor.settle.quantity import Refused, quantity
from reportkit.findings import DataError, Finding
from reportkit.language import using
from reportkit.render.parameters import LANGUAGES

_NEEDED = ("start", "decision", "role", "indicator", "period", "comparator", "value", "unit", "kind")
_STORED = ("indicator", "indicator_zh", "region", "unit", "locator", "document", "note")
_EXPECTED_FILE = {
    "zh": "应为 plan-monitor read 做的文件，表头原样保留，包括隐藏的列",
    "en": "expected a file made by plan-monitor read, its header as it was, hidden columns too",
}


class Decision(NamedTuple):
    """A drafted figure and the decision on it: "yes", "no", "later", or "" for none yet.

    ``line`` is its row in the file; ``certain`` tells whether none of its fields needed a look, ``changed``
    whether an earlier text of the document had another figure in its place; ``value`` is below zero for a
    fall, ``period`` and ``base_period`` as a package writes them; ``indicator`` is the id or name in its
    column, else the drafted name.
    """

    file: str
    line: int
    start: int
    decision: str
    certain: bool
    changed: bool
    role: str
    indicator: str
    indicator_zh: str
    region: str
    period: str
    comparator: str
    value: str
    unit: str
    kind: str
    base_period: str
    attribute: str
    locator: str
    document: str
    note: str
    digest: str
    type: str
    number: str
    issued: str
    years: str

    @property
    def place(self) -> str:
        """Where the figure stands in the document's text, counted from 1."""
        return f"第 {self.start + 1} 字"

    def finding(self, column: str, value: str | None, zh: str, en: str) -> Finding:
        """A finding about a cell of the figure's row."""
        return Finding(self.file, self.line, heading(column), value or None, {"zh": zh, "en": en})


class _Table(NamedTuple):
    """The table of drafted figures on a sheet."""

    sheet: Sheet
    head: int  # counted from 0
    place: dict[str, int]  # column → where it stands

    def cell(self, row: int, name: str) -> str:
        column = self.place.get(name)
        text = (
            self.sheet.rows[row][column].strip()
            if column is not None and column < len(self.sheet.rows[row])
            else ""
        )
        return text[1:] if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@") else text

    def fault(self, row: int, name: str) -> dict[str, str] | None:
        return self.sheet.faults.get((row + 1, self.place[name])) if name in self.place else None


def read(path: Path) -> list[Decision]:
    """The decision on each drafted figure, in the order of the file.

    Rows may have been sorted, filtered or deleted, and columns moved or added.

    Parameters
    ----------
    path : Path
        A workbook or CSV file made by ``plan-monitor read``.

    Raises
    ------
    DataError
        If the file is of another kind, if two rows are of one place, or if a cell cannot be read.
    """
    try:
        sheets = read_sheets(path)
    except Unreadable as error:
        raise DataError([Finding(path.name, None, None, None, error.expected)]) from None
    table = next(filter(None, map(_table_of, sheets)), None)
    if table is None:
        raise DataError([Finding(path.name, None, None, None, _EXPECTED_FILE)])
    decisions, findings, first_lines = [], [], {}
    for row in range(table.head + 1, len(table.sheet.rows)):
        if not any(table.cell(row, name) for name in _NEEDED):
            continue
        try:
            decision = _decision(table, row)
        except DataError as error:
            findings += error.findings
            continue
        if decision.start in first_lines:
            zh = f"每处数字应只有一行，与第 {first_lines[decision.start]} 行重复"
            en = f"expected one row for each place; row {first_lines[decision.start]} has the same"
            findings.append(decision.finding("start", str(decision.start), zh, en))
        first_lines.setdefault(decision.start, decision.line)
        decisions.append(decision)
    if findings:
        raise DataError(findings)
    return decisions


def _table_of(sheet: Sheet) -> _Table | None:
    """The table of a sheet, by its header in either language; None where there is none."""
    names = {labels.key(name): name for name in COLUMNS}
    for lang in LANGUAGES:
        with using(lang):
            names |= {labels.key(heading(name)): name for name in COLUMNS}
    for number, row in enumerate(sheet.rows[:20]):
        place: dict[str, int] = {}
        for column, cell in enumerate(row):
            if name := names.get(labels.key(cell)):
                place.setdefault(name, column)
        if set(_NEEDED) <= set(place):
            return _Table(sheet, number, place)
    return None


def _decision(table: _Table, row: int) -> Decision:
    """The decision in a row, with all its cells."""
    cells = {name: table.cell(row, name) for name in COLUMNS}
    faults: dict[str, dict[str, str] | None] = {name: table.fault(row, name) for name in COLUMNS}
    for name in _STORED:
        faults[name] = faults[name] or danger(cells[name])
    for name in CODED:
        coded = code(name, cells[name])
        if coded is None or (name in ("role", "kind") and not coded):
            words = labels.listed(name, CODED[name])
            faults[name] = {"zh": f"应为以下之一：{words['zh']}", "en": f"expected one of: {words['en']}"}
        cells[name] = coded or ""
    for name in ("period", "base_period"):
        try:
            cells[name] = iso(cells[name])
        except Refused as refused:
            faults[name] = faults[name] or refused.expected
    if not cells["start"].removesuffix(".0").isdecimal():
        faults["start"] = {
            "zh": "应为数字在文本中的位置，由 plan-monitor read 写出",
            "en": "expected the place of the number in the text, as plan-monitor read writes it",
        }
    faults["value"] = faults["value"] or _no_number(cells["value"])
    line, file = row + 1, table.sheet.file
    if findings := [
        Finding(file, line, heading(name), table.cell(row, name) or None, expected)
        for name, expected in faults.items()
        if expected
    ]:
        raise DataError(findings)
    cells["value"] = _signed(cells["value"], cells["value_signed"])
    parsed = {"start": int(float(cells["start"])), "indicator": cells["indicator"] or cells["indicator_zh"]}
    certain = "look" in table.place and is_certain(cells["look"]) and cells["known"] == ""
    fields = {name: cells[name] for name in Decision._fields if name in cells}
    changed = cells["known"] in ("changed", *KNOWN["changed"])
    return Decision(**fields | parsed, file=file, line=line, certain=certain, changed=changed)


def _no_number(text: str) -> dict[str, str] | None:
    """Why a text is no number by itself."""
    try:
        figure = quantity(text)
    except Refused as refused:
        return refused.expected
    if figure.comparator or figure.unit:
        return {
            "zh": "应只填数字；比较符和单位另有各自的列",
            "en": "expected a number alone; sign and unit have columns of their own",
        }
    return None


def _signed(value: str, signed: str) -> str:
    """The number of a cell, negative where it was drafted as such and has not been changed."""
    number = quantity(value).number
    return f"-{number}" if signed == f"-{value}" else number
