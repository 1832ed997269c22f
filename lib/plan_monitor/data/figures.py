"""Every stored row that a report can quote, in one table: what it says, and where it stands."""

import re

import pandas as pd

from plan_monitor.data.once import once
from plan_monitor.data.tables import TABLES, Package

_COLUMNS = [
    *("table", "document", "region", "indicator", "name_zh", "name_en", "level", "period", "comparator"),
    *("value", "unit", "unit_en", "as_printed", "quality", "reading", "locator", "note_zh", "note_en"),
]
_NAMES = {"label_zh": "name_zh", "label_en": "name_en", "unit_zh": "name_zh", "unit_en": "name_en"}
_DIGITS = re.compile(r"[<>≥≤≈]?\s*(-?\d+(?:\.\d+)?)")


def as_printed(rows: pd.DataFrame) -> pd.Series:
    """Numbers as the cells of a table print them (columns value and as_printed), before a shifted row was put
    back; 0 for an empty cell."""
    printed = rows["as_printed"]
    numbers = printed.astype("str").str.extract(_DIGITS)[0].astype(float).fillna(0.0)
    return numbers.where(printed.notna(), rows["value"])


@once
def stored(package: Package) -> pd.DataFrame:
    """All rows that have an id and stand in a document, and the documents themselves, by id.

    Columns table, document, region, indicator; name_zh and name_en of the indicator, project, milestone,
    responsible unit or warning line; level of schools that a standard or a weight is for; period, comparator;
    value, NaN where the row has no number; unit, and unit_en, the indicator's own English word for it;
    as_printed, the figure as its cell prints it where that differs from value; quality of an observation;
    reading, locator, note_zh and note_en. A document is a row too: its period and title.
    """
    frames = []
    indicators = package.indicators.set_index("id")[["name_zh", "name_en", "unit", "unit_en"]]
    for table, traits in TABLES.items():
        rows = getattr(package, table)
        if not {"id", "document"} <= {*rows}:
            continue
        rows = rows.set_index("id").assign(table=table)
        rows["value"] = rows[traits.number] if traits.number in rows else float("nan")
        if "indicator" in rows:
            rows = rows.join(indicators[["name_zh", "name_en"]], on="indicator")
            defined = indicators[["unit", "unit_en"]].reindex(rows["indicator"]).set_index(rows.index)
            rows["unit_en"] = defined["unit_en"].where(rows["unit"] == defined["unit"])  # a price has another
        else:
            rows = rows.rename(columns=_NAMES)
        if traits.called:
            rows = rows.assign(name_zh=traits.called[0], name_en=traits.called[1])
        frames.append(rows)
    documents = package.documents.set_index("id").assign(table="documents", value=float("nan"))
    documents = documents.assign(document=documents.index)
    frames.append(documents.rename(columns={"title_zh": "name_zh", "title_en": "name_en"}))
    filled = [frame.reindex(columns=_COLUMNS).astype(object) for frame in frames]
    return pd.concat(filled).astype({"value": float})
