"""Plain numbers for what the number columns of a table show; signs and units in their cells."""

import re

import numpy as np
import pandas as pd

from plan_monitor.settle.parts import Part, Wrong, all_like, factorized, faults_each, joined
from plan_monitor.settle.quantity import NOT_ONLY, Quantity, Refused, quantity, worded
from reportkit.findings import Finding

_PLAIN = r"[+-]?\d+(?:\.\d+)?"
_NO_COMPARATOR = {"zh": "应为数字，不带比较符", "en": "expected a number without a comparator"}


def measured(part: Part, parts: dict[str, Part]) -> tuple[Part, Wrong]:
    """Plain numbers for what number columns show; a sign or unit in the cell must be the row's own."""
    findings = []
    columns = [f["name"] for f in part.schema["fields"] if f["type"] in ("number", "integer")]
    for column in columns:
        cells = part.frame[column]
        places, texts = factorized(cells)
        if all_like(_PLAIN, texts):
            continue
        is_plain = re.compile(_PLAIN).fullmatch
        readings = [None if is_plain(cell) else _reading(cell) for cell in texts.tolist()]
        messages = [reading if isinstance(reading, dict) else None for reading in readings]
        findings += faults_each(part.file, part.titles().get(column), cells, _per_cell(messages, places))
        quantities = {
            cell: reading
            for cell, reading in zip(texts, readings, strict=True)
            if isinstance(reading, Quantity) and (reading.comparator or reading.unit)
        }
        if quantities:
            part, disagreements = _agreeing(part, column, quantities, parts)
            findings += disagreements
        number_texts = [_number(cell, reading) for cell, reading in zip(texts, readings, strict=True)]
        numbers = pd.Series(_per_cell(number_texts, places), cells.index, dtype="str")
        part = part._replace(frame=part.frame.assign(**{column: numbers.where(part.frame[column].notna())}))
    return part, findings


def _per_cell(values: list, places: np.ndarray) -> np.ndarray:
    """The value of each cell, from the values of the distinct texts; None where the cell is empty."""
    return np.fromiter([*values, None], dtype=object)[places]


def _number(cell: str, reading: Quantity | dict | None) -> str | None:
    """Plain text for a cell, as it is or as it was read; None where it is no number."""
    if reading is None:
        return cell
    return reading.number if isinstance(reading, Quantity) else None


def _reading(cell: str) -> Quantity | dict:
    if worded(cell):
        return NOT_ONLY
    try:
        return quantity(cell)
    except Refused as error:
        return error.expected


def _agreeing(
    part: Part, column: str, quantities: dict[str, Quantity], parts: dict[str, Part]
) -> tuple[Part, Wrong]:
    """The comparators and units in cells compared with those of their rows, and put there where missing."""
    frame, findings = part.frame, []
    units = frame["unit"] if "unit" in frame else pd.Series(pd.NA, frame.index)
    if "indicator" in frame:
        indicator_units = joined(parts, "indicators").drop_duplicates("id").set_index("id")["unit"]
        units = units.fillna(frame["indicator"].map(indicator_units))
    is_figure = column in ("value", "threshold") and "comparator" in frame
    comparators = frame["comparator"].tolist() if is_figure else [None] * len(frame)
    stated_units = frame["unit"].tolist() if is_figure else []
    rows, cells = frame.index.tolist(), frame[column].tolist()
    for position, (row, cell, unit) in enumerate(zip(rows, cells, units.tolist(), strict=True)):
        if cell not in quantities:
            continue
        figure, stated = quantities[cell], comparators[position]
        if figure.unit and pd.isna(unit) and is_figure:
            stated_units[position] = figure.unit  # of an indicator that is not known yet
        elif figure.unit and (pd.isna(unit) or figure.unit != unit):
            findings.append(Finding(part.file, row, column, cell, _other_unit(figure, unit)))
            cells[position] = pd.NA
        if figure.comparator and not is_figure:
            findings.append(Finding(part.file, row, column, cell, _NO_COMPARATOR))
            cells[position] = pd.NA
        elif figure.comparator and pd.isna(stated):
            comparators[position] = figure.comparator
        elif figure.comparator and stated != figure.comparator:
            zh = f"单元格写的是 {figure.comparator}，比较符列是 {stated}，应一致"
            en = f"expected one comparator: the cell says {figure.comparator}, the column beside it {stated}"
            findings.append(Finding(part.file, row, column, cell, {"zh": zh, "en": en}))
    columns = {column: cells}
    if is_figure:
        columns |= {"comparator": comparators, "unit": stated_units}
    texts = {name: pd.Series(texts, frame.index, dtype="str") for name, texts in columns.items()}
    return part._replace(frame=frame.assign(**texts)), findings


def _other_unit(figure: Quantity, unit: str | float) -> dict[str, str]:
    shown = f"{figure.number} {figure.unit}"
    if pd.isna(unit):
        zh = f"应为数字；本行没有单位，单元格写了“{figure.unit}”"
        return {
            "zh": zh,
            "en": f'expected a number alone; the row has no unit to hold "{figure.unit}" against',
        }
    plain = f"{figure.number} {unit}"
    zh = f"单元格写的是 {shown}，本行单位是“{unit}”：是 {plain}，还是要换算？请只写按“{unit}”计的数"
    return {"zh": zh, "en": f"expected a figure in {unit}: is {shown} meant as {plain}, or to be converted?"}
