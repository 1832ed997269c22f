"""Do the accounts of a fund add up: is what is left the difference of income and expenditure?"""

import numpy as np
import pandas as pd

from plan_monitor.fund.rows import MONEY, SERIES, by_basis, concerns, places, settled
from reportkit import periods

_EXACT = 1e-9  # of the figures; floating-point noise


def check_accounts(fund: pd.DataFrame) -> pd.DataFrame:
    """Hold every row of a fund against two identities.

    .. math:: \\text{current balance}_t = \\text{income}_t - \\text{expenditure}_t, \\qquad
              \\text{reserve}_t - \\text{reserve}_{t-1} = \\text{income}_t - \\text{expenditure}_t

    A derived row that holds a reserve alone is held against the income and expenditure published for its
    period. The reserve before is that of the period that ends where this one begins (a month, or a year),
    final before derived before preliminary.

    Parameters
    ----------
    fund : DataFrame
        Rows of ``fund``, any regions, schemes, periods and grades.

    Returns
    -------
    DataFrame
        Two rows for each row of ``fund``: id, region, scheme, period, basis, unit, quality, and

        - identity: "current" or "reserve";
        - stated (the current balance, or the change of the reserve), computed (income minus expenditure),
          difference, and allowed (by rounding: half of the last printed digit of every figure; figures
          of one row were printed with the same decimals, so that 11180.9 beside 10661.49 is 11180.90; a
          derived figure is of two published ones at least, and counts twice);
        - before: id of the row with the reserve before;
        - derived: whether a derived figure is among them. One that was derived by this very identity agrees
          of itself, so that this is no proof;
        - summed: whether the parts of the scheme are broken as well, and by the same in sum, so that it is
          the same difference once more;
        - state: ``holds``, ``rounding``, ``broken``, ``new_scope`` (the reserve covers something else than
          before), or ``unknown`` (a figure is missing).

    Examples
    --------
    >>> from plan_monitor import load
    >>> fund = load().fund
    >>> result = check_accounts(fund[fund["unit"] == "万元"])
    >>> result["state"].value_counts().to_dict()
    {'holds': 5, 'unknown': 5}
    """
    half = 0.5 * 10.0 ** -places(fund) * fund["basis"].eq("derived").map({False: 1, True: 2})
    fund = fund.assign(**{f"{name}_half": half.where(fund[name].notna()) for name in MONEY})
    order = settled(fund, qualities=("A", "B", "C")).set_index([*SERIES, "period"])
    key = pd.MultiIndex.from_frame(fund[[*SERIES, "period"]])
    flows = fund[["income", "expenditure", "income_half", "expenditure_half"]]
    both = flows.notna().all(axis=1)
    settled_rows = order.reindex(key).set_index(fund.index)
    flows = flows.where(both, settled_rows[list(flows)], axis=0)
    derived = fund["basis"].eq("derived") | (~both & settled_rows["basis"].str.contains("derived", na=False))
    ends = fund.assign(end=_moment(fund["period"].map(periods.end)))
    reserves = by_basis(ends[ends["balance"].notna()]).drop_duplicates([*SERIES, "end"])
    reserves = reserves.set_index([*SERIES, "end"])[["balance", "balance_half", "id", "basis"]]
    begins = fund[SERIES].assign(end=_moment(fund["period"].map(periods.start)))
    before = reserves.reindex(pd.MultiIndex.from_frame(begins)).set_index(fund.index)
    computed = flows["income"] - flows["expenditure"]
    size = flows["income"].abs() + flows["expenditure"].abs()
    half = flows["income_half"] + flows["expenditure_half"]
    own = fund["period_balance"]
    current = _held(fund, "current", own, computed, half + fund["period_balance_half"], size + own.abs())
    current = current.assign(before=None, derived=derived)
    change = fund["balance"] - before["balance"]
    half = half + fund["balance_half"] + before["balance_half"]
    size = size + fund["balance"].abs() + before["balance"].abs()
    reserve = _held(fund, "reserve", change, computed, half, size)
    reserve = reserve.assign(before=before["id"], derived=derived | before["basis"].eq("derived"))
    shifted = reserve["state"].eq("broken") & concerns(fund["new_scope"], "balance")
    reserve["state"] = reserve["state"].mask(shifted, "new_scope")
    result = pd.concat([current, reserve]).sort_index(kind="stable", ignore_index=True)
    return result.assign(summed=_summed(result))


def _summed(checked: pd.DataFrame) -> np.ndarray:
    """Whether a broken identity of all schemes is that of employees and residents together."""
    broken = checked[checked["state"] == "broken"]
    of = ["region", "period", "identity"]
    parts = broken[broken["scheme"].isin(["employees", "residents"])]
    parts = (
        parts.drop_duplicates([*of, "scheme"]).groupby(of).agg(n=("id", "size"), gap=("difference", "sum"))
    )
    sums = broken[broken["scheme"] == "all"].join(parts, on=of)
    same = sums["n"].eq(2) & ((sums["difference"] - sums["gap"]).abs() <= sums["allowed"] + _EXACT)
    return checked.index.isin(sums.index[same])


def _moment(time: pd.Series) -> pd.Series:
    """Points of time that can be compared exactly: months since year 0."""
    return (time * 12).round().astype(int)


def _held(
    fund: pd.DataFrame,
    identity: str,
    stated: pd.Series,
    computed: pd.Series,
    allowed: pd.Series,
    size: pd.Series,
) -> pd.DataFrame:
    """One identity on every row, of figures that are so large together."""
    difference = (stated - computed).round(6)
    noise = _EXACT * size
    cases = [difference.isna(), difference.abs() <= noise, difference.abs() <= allowed + noise]
    return fund[["id", *SERIES, "period", "basis", "unit", "quality"]].assign(
        identity=identity,
        stated=stated,
        computed=computed,
        difference=difference,
        allowed=allowed,
        state=np.select(cases, ["unknown", "holds", "rounding"], "broken"),
    )
