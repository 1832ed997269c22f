"""Rows of households: what they must hold, and what a household had in the year before."""

import numpy as np
import pandas as pd

from plan_monitor.methods.series import require_columns

SOURCES = ("wage", "business", "property", "transfer")
SPENDING = ("medical", "education", "disaster")
GUARANTEES = ("school", "insured", "housing", "water")
KEY = ["region", "code", "period"]
_STATUSES = ("lifted", "other")
_YEARS = 10_000  # more than any calendar has
_NAMED = 5  # faulty rows that a message names


def check(households: pd.DataFrame) -> None:
    """Refuse rows that no verdict can rest on: a ValueError names all faults."""
    require_columns(households, (*KEY, "status", "members", *SOURCES, *SPENDING), "households")
    yuan = "expected an amount in yuan of at least 0"
    faults = {
        "members": (~(households["members"] >= 1), "expected at least 1"),
        **{column: (~(households[column] >= 0), yuan) for column in (*SOURCES, *SPENDING)},
        "status": (~households["status"].isin(_STATUSES), f"expected one of {', '.join(_STATUSES)}"),
        "code": (households.duplicated(KEY), "expected one row a year"),
    }
    messages = [
        f"{column} of {_listed(households[wrong])}: {expected}"
        for column, (wrong, expected) in faults.items()
        if wrong.any()
    ]
    if messages:
        raise ValueError("households: " + "; ".join(messages))


def _listed(rows: pd.DataFrame) -> str:
    """Rows by code and year, the first of them."""
    listed = ", ".join(f"{row.code} {row.period}" for row in rows.head(_NAMED).itertuples())
    return listed + (f" and {len(rows) - _NAMED} more" if len(rows) > _NAMED else "")


def year_before(households: pd.DataFrame, figures: np.ndarray) -> np.ndarray:
    """Figures, one row a row of `households`, of the same household a year earlier; NaN where it has none."""
    household = households.groupby(["region", "code"], sort=False).ngroup().to_numpy()
    year = households["period"].map({period: int(period) for period in households["period"].unique()})
    keys = pd.Index(household * _YEARS + year.to_numpy())
    place = keys.get_indexer(keys - 1)
    return np.where(place[:, None] < 0, np.nan, figures[place])
