"""Codes of the data in words: statuses, reasons, levels, grades; and stored rows in words."""

import csv
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from plan_monitor.data.package import Package
from plan_monitor.settle.labels import LABELS
from reportkit import measures, periods
from reportkit.decimals import carried
from reportkit.language import of_data, tr, word
from reportkit.words import aside, dated

with Path(__file__).with_name("states.csv").open(encoding="utf-8", newline="") as file:
    _ROWS = list(csv.DictReader(file))
STATUS, DUE, REASON = (  # of a promise; DUE and REASON for one without a status
    {row["code"]: (row["zh"], row["en"]) for row in _ROWS if row["kind"] == kind}
    for kind in ("status", "due", "reason")
)
STATES = STATUS | DUE | REASON
COLOUR = {row["code"]: row["colour"] for row in _ROWS}
COLOURED = {code: (*pair, COLOUR[code]) for code, pair in STATES.items()}  # as charts take states
RANK = {row["code"]: int(row["rank"]) for row in _ROWS}  # endangered promises first, those reached last
LEVEL = LABELS["level"] | {"county": ("县", "county")}  # of a standard or a weight
DOMAIN, ATTRIBUTE = LABELS["domain"], LABELS["attribute"]
QUALITY, READING = LABELS["quality"], LABELS["reading"]
_PROMISES = ("targets", "milestones", "projects")


def state(code: str) -> str:
    """State of a promise: its status, or why it has none."""
    return word(STATES, code)


def description(row: Mapping) -> str:
    """A row of ``figures.stored`` in words: ``Retention rate 98.88 % (2020)``; a date has no number."""
    name = "" if pd.isna(row[f"name_{of_data()}"]) else row[f"name_{of_data()}"]
    if pd.notna(row["level"]):
        name += f" · {word(LEVEL, row['level'])}"
    if pd.notna(row["value"]):
        unit = "" if pd.isna(row["unit"]) else measures.named(row["unit"], row["unit_en"])
        comparator = "=" if pd.isna(row["comparator"]) else row["comparator"]
        return f"{name} {dated(row['value'], unit, row['period'], comparator)}"
    return name if pd.isna(row["period"]) else name + aside(row["period"].replace("/", "–"))


def grade(row: Mapping) -> str:
    """Grade of a row of ``figures.stored`` and how it was read: ``A official text · as printed``."""
    parts = [] if pd.isna(row["quality"]) else [word(QUALITY, row["quality"])]
    if row["table"] in _PROMISES:
        parts.append(tr("承诺", "promise"))
    parts += [] if pd.isna(row["reading"]) else [word(READING, row["reading"])]
    return " · ".join(parts)


def names(frame: pd.DataFrame) -> pd.Series:
    """Names by id (documents, indicators) or code (regions), in the report's language."""
    key = "code" if "code" in frame else "id"
    title = "title" if "title_zh" in frame else "name"
    return frame[f"{title}_{of_data()}"].set_axis(pd.Index(frame[key]))


def printed(rows: pd.DataFrame, package: Package) -> list[str]:
    """Targets or observations as a table prints them: ``≥ 98.88 % (2020)``.

    Where there is a column limit, such as the target of a computed figure, each is on its own side of it.
    """
    unit = measures.units(package.indicators).to_dict()
    rows = rows if "limit" in rows else rows.assign(limit=float("nan"))
    columns = (rows[name].tolist() for name in ("value", "indicator", "period", "comparator", "limit"))
    return [
        dated(value, unit[indicator], period, sign, [limit])
        for value, indicator, period, sign, limit in zip(*columns, strict=True)
    ]


def labelled(rows: pd.DataFrame, package: Package) -> pd.DataFrame:
    """Targets or observations with period and value as points of a chart, as ``charts.lines`` takes them.

    Columns panel (one an indicator), series (one a region), year, value, unit, places (decimals that a
    figure was printed with: the most that its document prints for the indicator, as zeros at the end are not
    stored), and, if the rows have them, their id and kind (of a target).
    """
    rows = rows.dropna(subset=["period", "value"])
    of_document = rows.groupby(["document", "indicator"])["value"]
    points = pd.DataFrame(
        {
            "panel": rows["indicator"].map(names(package.indicators)),
            "series": rows["region"].map(names(package.regions)),
            "year": rows["period"].map(periods.end).astype("float"),
            "value": rows["value"],
            "unit": rows["indicator"].map(measures.units(package.indicators)),
            "places": of_document.transform(carried).astype(float),
        }
    )
    return points.assign(**{name: rows[name] for name in ("id", "kind") if name in rows})
