"""Rules for readings beyond their types: an accepted figure must agree with the row that it names."""

import math

import pandas as pd

from plan_monitor.reading.confirm.naming import HELD
from plan_monitor.reading.confirm.units import converted
from plan_monitor.settle.parts import Part, Wrong, faults, joined, refused

_FIGURE_COLUMNS = ["value", "unit", "period"]
_ROW_COLUMNS = ["id", "document", *_FIGURE_COLUMNS]
_TABLES = ("targets", "observations", "standards", "projects")


def _readings(part: Part, parts: dict[str, Part], spoiled: set[str]) -> Wrong:
    frame = part.frame
    stored = [joined(parts, table).reindex(columns=_ROW_COLUMNS).assign(table=table) for table in _TABLES]
    rows = pd.concat(stored, ignore_index=True).dropna(subset=["id"]).drop_duplicates("id").set_index("id")
    has_row = frame["row"].notna()
    exists = frame["row"].isin(rows.index)
    zh = "应为目标、实绩、标准或项目的编号"
    en = "expected the id of a target, an observation, a standard or a project"
    findings = refused(part, has_row & ~exists, "row", zh, en)
    other_document = has_row & exists & (frame["row"].map(rows["document"]) != frame["document"])
    zh, en = "应为同一文件的数据行", "expected a row of the same document"
    findings += refused(part, other_document, "row", zh, en)
    accepted = frame["decision"].eq("yes")
    holds = frame["role"].ne("other") & frame["kind"].isin(HELD)
    zh, en = "已采纳的数应写明它是哪一行", "expected the row that the accepted figure became"
    findings += refused(part, accepted & holds & ~has_row, "row", zh, en)
    single = (
        frame["row"].map(rows["table"]).isin(_TABLES[:2])
    )  # standards and projects say more than one figure
    stored_figures = rows[_FIGURE_COLUMNS].to_dict("index")
    accepted_rows = frame.loc[accepted & exists & ~other_document & single, ["row", *_FIGURE_COLUMNS]]
    for place, reading in accepted_rows.to_dict("index").items():
        findings += _differing(part, place, reading, stored_figures[reading["row"]])
    return findings


def _differing(part: Part, place: int, reading: dict, row: dict) -> Wrong:
    """Findings where an accepted figure differs from its row."""
    number, stored = (
        f"{one:.15g}" if isinstance(one, float) else str(one) for one in (reading["value"], row["value"])
    )
    unit, row_unit = (one if pd.notna(one) else "" for one in (reading["unit"], row["unit"]))
    period, row_period = (one if pd.notna(one) else "" for one in (reading["period"], row["period"]))
    value = converted(number, unit or row_unit, row_unit)
    findings = []
    if value is None:
        zh = f"读数的单位是“{unit}”，{reading['row']} 的是“{row_unit}”，应一致"
        en = f"expected one unit: the reading says {unit}, {reading['row']} {row_unit}"
        findings += faults(part, part.frame.loc[[place], "unit"], {"zh": zh, "en": en})
    elif not _same(value, stored):
        zh = f"读数是 {number} {unit}，{reading['row']} 是 {stored} {row_unit}，应一致"
        en = f"expected one figure: the reading says {number} {unit}, {reading['row']} {stored} {row_unit}"
        findings += faults(part, part.frame.loc[[place], "value"], {"zh": zh, "en": en})
    if period != row_period:
        zh = f"读数的时期是“{period}”，{reading['row']} 的是“{row_period}”，应一致"
        en = f'expected one period: the reading says "{period}", {reading["row"]} "{row_period}"'
        findings += faults(part, part.frame.loc[[place], "period"], {"zh": zh, "en": en})
    return findings


def _same(one: str, other: str) -> bool:
    """Whether two numbers are the same; one that cannot be read has been reported."""
    try:
        return math.isclose(float(one), float(other))
    except ValueError:
        return True


RULES = {"readings": _readings}
