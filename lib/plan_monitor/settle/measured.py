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
    numbers = [f["name"] for f in part.schema["fields"] if f["type"] in ("number", "integer")]
    for column in numbers:
        cells = part.frame[column]
        places, texts = factorized(cells)
        if all_like(_PLAIN, texts):
            continue
        plain = re.compile(_PLAIN).fullmatch
        read = [None if plain(cell) else _read(cell) for cell in texts.tolist()]
        said = [one if isinstance(one, dict) else None for one in read]
        findings += faults_each(part.file, part.titles().get(column), cells, _of_each(said, places))
        marked = {
            cell: one
            for cell, one in zip(texts, read, strict=True)
            if isinstance(one, Quantity) and (one.comparator or one.unit)
        }
        if marked:
            part, more = _agreeing(part, column, marked, parts)
            findings += more
        settled = [_number(cell, one) for cell, one in zip(texts, read, strict=True)]
        numbers = pd.Series(_of_each(settled, places), cells.index, dtype="str")
        part = part._replace(frame=part.frame.assign(**{column: numbers.where(part.frame[column].notna())}))
    return part, findings


def _of_each(told: list, places: np.ndarray) -> np.ndarray:
    """What is told of distinct texts, for each of the cells that have them; None where these are empty."""
    return np.fromiter([*told, None], dtype=object)[places]


def _number(cell: str, read: Quantity | dict | None) -> str | None:
    """Plain text for a cell, as it is or as it was read; None where it is no number."""
    if read is None:
        return cell
    return read.number if isinstance(read, Quantity) else None


def _read(cell: str) -> Quantity | dict:
    if worded(cell):
        return NOT_ONLY
    try:
        return quantity(cell)
    except Refused as error:
        return error.expected


def _agreeing(
    part: Part, column: str, marked: dict[str, Quantity], parts: dict[str, Part]
) -> tuple[Part, Wrong]:
    """The comparator and the unit that cells hold beside their number, held against those of their rows."""
    frame, findings = part.frame, []
    units = frame["unit"] if "unit" in frame else pd.Series(pd.NA, frame.index)
    if "indicator" in frame:
        defined = joined(parts, "indicators").drop_duplicates("id").set_index("id")["unit"]
        units = units.fillna(frame["indicator"].map(defined))
    main = column in ("value", "threshold") and "comparator" in frame
    comparators = frame["comparator"].tolist() if main else [None] * len(frame)
    stated = frame["unit"].tolist() if main else []
    rows, cells = frame.index.tolist(), frame[column].tolist()
    for place, (row, cell, unit) in enumerate(zip(rows, cells, units.tolist(), strict=True)):
        if cell not in marked:
            continue
        one, beside = marked[cell], comparators[place]
        if one.unit and pd.isna(unit) and main:
            stated[place] = one.unit  # of an indicator that is not known yet
        elif one.unit and (pd.isna(unit) or one.unit != unit):
            findings.append(Finding(part.file, row, column, cell, _other_unit(one, unit)))
            cells[place] = pd.NA
        if one.comparator and not main:
            findings.append(Finding(part.file, row, column, cell, _NO_COMPARATOR))
            cells[place] = pd.NA
        elif one.comparator and pd.isna(beside):
            comparators[place] = one.comparator
        elif one.comparator and beside != one.comparator:
            zh = f"单元格写的是 {one.comparator}，比较符列是 {beside}，应一致"
            en = f"expected one comparator: the cell says {one.comparator}, the column beside it {beside}"
            findings.append(Finding(part.file, row, column, cell, {"zh": zh, "en": en}))
    settled = {column: cells}
    if main:
        settled |= {"comparator": comparators, "unit": stated}
    texts = {name: pd.Series(texts, frame.index, dtype="str") for name, texts in settled.items()}
    return part._replace(frame=frame.assign(**texts)), findings


def _other_unit(one: Quantity, unit: str | float) -> dict[str, str]:
    shown = f"{one.number} {one.unit}"
    if pd.isna(unit):
        zh = f"应为数字；本行没有单位，单元格写了“{one.unit}”"
        return {"zh": zh, "en": f'expected a number alone; the row has no unit to hold "{one.unit}" against'}
    plain = f"{one.number} {unit}"
    zh = f"单元格写的是 {shown}，本行单位是“{unit}”：是 {plain}，还是要换算？请只写按“{unit}”计的数"
    return {"zh": zh, "en": f"expected a figure in {unit}: is {shown} meant as {plain}, or to be converted?"}
