"""Every stored row that a report can quote, in one table: what it says, and where it stands."""

import re

import numpy as np
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
    parts, indicators = [], package.indicators.set_index("id")[["name_zh", "name_en", "unit", "unit_en"]]
    for table, traits in TABLES.items():
        rows = getattr(package, table)
        if not {"id", "document"}.issubset(rows):
            continue
        columns = {"table": table, "value": rows.get(traits.number)}
        if "indicator" in rows:
            definitions = indicators.reindex(rows["indicator"])
            same_unit = rows["unit"].to_numpy() == definitions["unit"].to_numpy()  # a price has another
            columns |= {
                **definitions[["name_zh", "name_en"]],
                "unit_en": definitions["unit_en"].where(same_unit),
            }
        else:
            rows = rows.rename(columns=_NAMES)
        if traits.called:
            columns |= {"name_zh": traits.called[0], "name_en": traits.called[1]}
        parts.append((rows, columns))
    documents = package.documents.rename(columns={"title_zh": "name_zh", "title_en": "name_en"})
    parts.append((documents, {"table": "documents", "document": documents["id"], "value": None}))
    ids = np.concatenate([rows["id"].to_numpy() for rows, _ in parts])
    cells = {
        name: np.concatenate([_column(rows, columns, name) for rows, columns in parts]) for name in _COLUMNS
    }
    return pd.DataFrame(cells, pd.Index(ids, dtype="str", name="id"), dtype=object).astype({"value": float})


def _column(rows: pd.DataFrame, columns: dict, name: str) -> np.ndarray:
    """Cells of a column: of `columns` where it is there, else of the rows; one text stands for all cells."""
    cells = columns[name] if name in columns else rows.get(name)
    if isinstance(cells, pd.Series):
        return cells.to_numpy(dtype=object)
    return np.full(len(rows), np.nan if cells is None else cells, dtype=object)
