"""What readings must hold beyond their types: a figure that somebody accepted is the row that it names."""

import pandas as pd

from plan_monitor.reading.confirm.naming import HELD
from plan_monitor.reading.confirm.units import converted
from plan_monitor.settle.parts import Part, Wrong, faults, joined, refused

_SAID = ["value", "unit", "period"]
_TOLD = ["id", "document", *_SAID]
_TABLES = ("targets", "observations", "standards", "projects")


def _readings(part: Part, parts: dict[str, Part], spoiled: set[str]) -> Wrong:
    frame = part.frame
    stored = [joined(parts, table).reindex(columns=_TOLD).assign(table=table) for table in _TABLES]
    rows = pd.concat(stored, ignore_index=True).dropna(subset=["id"]).drop_duplicates("id").set_index("id")
    named = frame["row"].notna()
    exists = frame["row"].isin(rows.index)
    zh = "应为目标、实绩、标准或项目的编号"
    en = "expected the id of a target, an observation, a standard or a project"
    findings = refused(part, named & ~exists, "row", zh, en)
    other = named & exists & (frame["row"].map(rows["document"]) != frame["document"])
    zh, en = "应为同一文件的数据行", "expected a row of the same document"
    findings += refused(part, other, "row", zh, en)
    accepted = frame["decision"].eq("yes")
    holds = frame["role"].ne("other") & frame["kind"].isin(HELD)
    zh, en = "已采纳的数应写明它是哪一行", "expected the row that the accepted figure became"
    findings += refused(part, accepted & holds & ~named, "row", zh, en)
    single = (
        frame["row"].map(rows["table"]).isin(_TABLES[:2])
    )  # standards and projects say more than one figure
    said = rows[_SAID].to_dict("index")
    settled = frame.loc[accepted & exists & ~other & single, ["row", *_SAID]]
    for place, reading in settled.to_dict("index").items():
        findings += _differing(part, place, reading, said[reading["row"]])
    return findings


def _differing(part: Part, place: int, reading: dict, row: dict) -> Wrong:
    """What an accepted figure says otherwise than the row that it is."""
    number, own = (
        f"{one:.15g}" if isinstance(one, float) else str(one) for one in (reading["value"], row["value"])
    )
    unit, unit_there = (one if pd.notna(one) else "" for one in (reading["unit"], row["unit"]))
    period, there = (one if pd.notna(one) else "" for one in (reading["period"], row["period"]))
    value = converted(number, unit or unit_there, unit_there)
    findings = []
    if value is None:
        zh = f"读数的单位是“{unit}”，{reading['row']} 的是“{unit_there}”，应一致"
        en = f"expected one unit: the reading says {unit}, {reading['row']} {unit_there}"
        findings += faults(part, part.frame.loc[[place], "unit"], {"zh": zh, "en": en})
    elif not _same(value, own):
        zh = f"读数是 {number} {unit}，{reading['row']} 是 {own} {unit_there}，应一致"
        en = f"expected one figure: the reading says {number} {unit}, {reading['row']} {own} {unit_there}"
        findings += faults(part, part.frame.loc[[place], "value"], {"zh": zh, "en": en})
    if period != there:
        zh = f"读数的时期是“{period}”，{reading['row']} 的是“{there}”，应一致"
        en = f'expected one period: the reading says "{period}", {reading["row"]} "{there}"'
        findings += faults(part, part.frame.loc[[place], "period"], {"zh": zh, "en": en})
    return findings


def _same(one: str, other: str) -> bool:
    """Whether two numbers are the same; one that cannot be read has been reported."""
    try:
        return abs(float(one) - float(other)) <= 1e-9 * max(1.0, abs(float(one)))
    except ValueError:
        return True


RULES = {"readings": _readings}
