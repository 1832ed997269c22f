"""Rows of households: what they must hold, and what a head has before and after what cannot be put off."""

import pandas as pd

from plan_monitor.methods.series import require_columns

SOURCES = ("wage", "business", "property", "transfer")
SPENDING = ("medical", "education", "disaster")
GUARANTEES = ("school", "insured", "housing", "water")
STATUSES = ("lifted", "other")
KEY = ["region", "code", "period"]
_YEARS = 10_000  # more than any calendar has
_NAMED = 5  # faulty rows that a message names


def checked(households: pd.DataFrame) -> None:
    """Refuse rows that no verdict can rest on, all faults in one message.

    Raises
    ------
    ValueError
        If a column is missing, a household has no members, an amount is missing or below zero, a status is
        unknown, or a household has two rows for one year.
    """
    require_columns(households, (*KEY, "status", "members", *SOURCES, *SPENDING), "households")
    faults = [_fault(households, ~(households["members"] >= 1), "members", "expected at least 1")]
    for column in (*SOURCES, *SPENDING):
        wrong = ~(households[column] >= 0)
        faults.append(_fault(households, wrong, column, "expected an amount in yuan of at least 0"))
    known = f"expected one of {', '.join(STATUSES)}"
    faults.append(_fault(households, ~households["status"].isin(STATUSES), "status", known))
    faults.append(_fault(households, households.duplicated(KEY), "code", "expected one row a year"))
    if any(faults):
        raise ValueError("households: " + "; ".join(fault for fault in faults if fault))


def _fault(households: pd.DataFrame, wrong: pd.Series, column: str, expected: str) -> str:
    """One message on all rows with one fault, by code and year; empty where there are none."""
    rows = households[wrong]
    listed = [f"{r.code} {r.period}" for r in rows.head(_NAMED).itertuples()]
    more = f" and {len(rows) - _NAMED} more" if len(rows) > _NAMED else ""
    return f"{column} of {', '.join(listed)}{more}: {expected}" if listed else ""


def per_head(households: pd.DataFrame) -> pd.DataFrame:
    """Net income a head, and what is left of it after spending that cannot be put off, yuan a year.

    Returns
    -------
    DataFrame
        Columns net_income and after_spending (may be below zero), index of `households`.
    """
    members = households["members"]
    income = households[list(SOURCES)].sum(axis=1)
    rigid = households[list(SPENDING)].sum(axis=1)
    return pd.DataFrame({"net_income": income / members, "after_spending": (income - rigid) / members})


def year_before(households: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """Some figures of the same household in the year before; NaN where it has no row for it.

    Parameters
    ----------
    households : DataFrame
        Columns region, code, period (a year) and those asked for; one row a household and year.
    columns : list of str
    """
    household = households.groupby(["region", "code"], sort=False).ngroup().to_numpy()
    year = households["period"].map({period: int(period) for period in households["period"].unique()})
    keys = pd.Index(household * _YEARS + year.to_numpy())
    found = keys.get_indexer(keys - 1)
    rows = households[columns].to_numpy(dtype=float)[found]
    rows[found < 0] = float("nan")
    return pd.DataFrame(rows, index=households.index, columns=columns)
