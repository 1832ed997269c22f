"""A form that came back: the answer of each row, and what cannot be read or was changed."""

from datetime import date
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from plan_monitor.data.package import Package
from plan_monitor.forms import checks
from plan_monitor.forms.layout import (
    ANSWERED,
    COLUMNS,
    FIXED,
    FORM,
    WHO,
    Form,
    form,
    request_id,
    target_texts,
)
from plan_monitor.grid.sheets import Sheet, Unreadable, read
from plan_monitor.settle.labels import key
from plan_monitor.settle.names import Names
from plan_monitor.settle.quantity import Refused, quantity
from plan_monitor.settle.spans import period
from reportkit.findings import Finding
from reportkit.language import chosen, using
from reportkit.render.parameters import LANGUAGES

# what people write where a cell does not apply
_NOTHING = {"", "/", "\\", "-", "–", "—", "——", "无", "没有"}


class Answer(NamedTuple):
    """The answer of one row: a figure with its period and source, why there is none, or only a remark.

    ``value`` is the text of the figure, None where there is none; ``document`` the id of its source, drafted
    from the title where the package has no such document.
    """

    file: str
    row: int
    request: str
    target: str
    who: str
    comparator: str
    value: str | None
    period: str
    source: str
    document: str
    locator: str
    reason: str
    remark: str


class Returned(NamedTuple):
    """One file: its answers in the order of its rows, and all its faults."""

    file: str
    answers: list[Answer]
    findings: list[Finding]


class _Table(NamedTuple):
    """The table of a form, found on one of its sheets."""

    sheet: Sheet
    lang: str
    head: int  # counted from 0, as in the list of rows
    columns: dict[str, int]  # name of a column → its position

    def cell(self, row: int, name: str) -> str:
        return self.sheet.rows[row][self.columns[name]].strip()

    def finding(self, row: int, name: str, expected: dict[str, str]) -> Finding:
        shown = self.cell(row, name) or None
        return Finding(self.sheet.file, row + 1, chosen(COLUMNS[name]), shown, expected)


class Context(NamedTuple):
    """What forms are checked against: a package, its name and documents, and the last day for figures."""

    package: Package
    name: str
    documents: Names
    until: date


def read_form(path: Path, context: Context, who: str | None = None) -> Returned:
    """Read a form that came back: a workbook, or a CSV file made of its table.

    Parameters
    ----------
    path : Path
        The file.
    context : Context
        What the form is checked against.
    who : str, optional
        Who filled it in, where the form does not say; else the name of the file.
    """
    try:
        sheets = read(path)
    except Unreadable as error:
        return Returned(path.name, [], [Finding(path.name, None, None, None, error.expected)])
    table = next(filter(None, map(_table_of, sheets)), None)
    form_line = _labelled(sheets, FORM)
    origin = form(form_line) if form_line else None
    if table is None or origin is None:
        expected = {
            "zh": "应为 plan-monitor ask 做的填报表，表头和“表单”一行原样保留",
            "en": "expected a form made by plan-monitor ask, its header and the line Form as they were",
        }
        return Returned(path.name, [], [Finding(path.name, None, None, form_line, expected)])
    if origin.package != context.name:
        expected = {
            "zh": f"应为数据包 {context.name} 的填报表，这是 {origin.package} 的",
            "en": f"expected a form of the package {context.name}; this one is of {origin.package}",
        }
        return Returned(path.name, [], [Finding(path.name, None, None, form_line, expected)])
    with using(table.lang):
        return _rows(table, origin, context, _labelled(sheets, WHO) or who or path.stem)


def _table_of(sheet: Sheet) -> _Table | None:
    """The table of a sheet, by its header; None where there is none."""
    for lang in LANGUAGES:
        with using(lang):
            headings = {key(chosen(pair)): name for name, pair in COLUMNS.items()}
        for number, row in enumerate(sheet.rows):
            place = {
                headings[key(cell)]: position for position, cell in enumerate(row) if key(cell) in headings
            }
            if len(place) == len(COLUMNS):
                return _Table(sheet, lang, number, place)
    return None


def _labelled(sheets: list[Sheet], label: tuple[str, str]) -> str:
    """The text of the cell after a label at the beginning of a row."""
    rows = (row for sheet in sheets for row in sheet.rows if len(row) > 1)
    return next((row[1].strip() for row in rows if row[0].strip() in label), "")


def _rows(table: _Table, origin: Form, context: Context, who: str) -> Returned:
    """The rows of a form's table."""
    package = context.package
    requests = set(package.requests["id"])
    promised = package.targets.join(
        package.indicators.set_index("id")[["lower", "upper"]], on="indicator"
    ).set_index("id")
    requested = package.targets[package.targets["id"].isin(package.requests["target"])]
    texts = target_texts(requested, package).set_index("target")
    answers, findings, first_rows = [], [], {}
    for row in range(table.head + 1, len(table.sheet.rows)):
        target = table.cell(row, "target")
        answered = any(table.cell(row, name) for name in ANSWERED)
        if not target and not answered:
            continue  # the title of a document, or nothing
        request = request_id(origin.asked, target)
        if request not in requests:  # every request is for an existing target
            expected = {
                "zh": f"应为 {origin.asked} 征询过的目标编号",
                "en": f"expected the id of a target that was asked for on {origin.asked}",
            }
            findings.append(table.finding(row, "target", expected))
            continue
        if target in first_rows:
            expected = {
                "zh": f"每个目标应只有一行，与第 {first_rows[target]} 行重复",
                "en": f"expected one row for each target; row {first_rows[target]} has the same",
            }
            findings.append(table.finding(row, "target", expected))
            continue
        first_rows[target] = row + 1
        wrong = _changed(table, row, texts.loc[target])
        if answered:
            cells, faults = _answer(table, row, promised.loc[target], context)
            wrong += faults
        if answered and not wrong:
            answers.append(Answer(table.sheet.file, row + 1, request, target, who, **cells))
        findings += wrong
    return Returned(table.sheet.file, answers, findings)


def _changed(table: _Table, row: int, texts: pd.Series) -> list[Finding]:
    """Findings for fixed cells that no longer hold the text of the package."""
    findings = []
    for name in FIXED:
        if key(table.cell(row, name)) != key(texts[name]):
            expected = {
                "zh": f"此格不应改动，应为“{texts[name]}”",
                "en": f'expected "{texts[name]}"; this cell is not to be changed',
            }
            findings.append(table.finding(row, name, expected))
    return findings


def _answer(
    table: _Table, row: int, promise: pd.Series, context: Context
) -> tuple[dict[str, str | None], list[Finding]]:
    """The answering cells as read, and what is wrong with them."""
    faults = {name: table.sheet.faults.get((row + 1, table.columns[name])) for name in ANSWERED}
    if any(faults.values()):
        return {}, [table.finding(row, name, fault) for name, fault in faults.items() if fault]
    written = {name: table.cell(row, name) for name in ANSWERED}
    values = {name: "" if text in _NOTHING else text for name, text in written.items()}
    cells = {name: values[name] for name in ("source", "locator", "reason", "remark")}
    cells |= {"comparator": "=", "value": None, "period": "", "document": ""}
    if not values["figure"]:
        return cells, _without_figure(table, row, written, values)
    wrong: dict[str, dict[str, str] | None] = {}
    if values["reason"]:
        wrong["reason"] = {
            "zh": f"既填了实绩 {values['figure']}，又填了不能提供的原因，应只填其一",
            "en": f"expected one of the two: the actual, {values['figure']}, or why there is none",
        }
    try:
        figure = quantity(values["figure"])
        cells |= {"comparator": figure.comparator or "=", "value": figure.number}
        wrong["figure"] = checks.misfit(figure.number, figure.unit, promise)
    except Refused as error:
        wrong["figure"] = error.expected
    try:
        cells["period"] = period(values["period"]) if values["period"] else ""
        wrong["period"] = checks.untimely(cells["period"], promise, context.until)
    except Refused as error:
        wrong["period"] = error.expected
    cells["document"], wrong["source"] = checks.document(values["source"], context.documents)
    return cells, [table.finding(row, name, expected) for name, expected in wrong.items() if expected]


def _without_figure(
    table: _Table, row: int, written: dict[str, str], values: dict[str, str]
) -> list[Finding]:
    """Findings for a row without a figure: one needs a reason, or nothing else filled in."""
    if values["reason"]:
        return []
    if written["figure"] or written["reason"]:
        expected = {
            "zh": "没有这项数字的，应写明不能提供的原因；确实为零的，实绩填 0",
            "en": "expected a reason why there is no figure; where it is none, 0 as the actual",
        }
        return [table.finding(row, "reason", expected)]
    if not any(values[name] for name in ("period", "source", "locator")):
        return []
    expected = {
        "zh": "应填数字（零填 0），没有的应填不能提供的原因",
        "en": "expected a number (0 for none), or why there is none",
    }
    return [table.finding(row, "figure", expected)]
