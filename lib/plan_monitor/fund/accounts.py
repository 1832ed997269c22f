"""Do the accounts of a fund add up: is what is left the difference of income and expenditure?"""

import numpy as np
import pandas as pd

from plan_monitor.fund.rows import MONEY, SERIES, by_basis, concerns, places, settled
from reportkit import periods
from reportkit.decimals import NOISE

_PERIOD = [*SERIES, "period"]


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
    published = _beside(fund, settled(fund, qualities=("A", "B", "C")), _PERIOD)
    own = fund[["income", "expenditure"]].notna().all(axis=1)
    flows = fund.where(own, published)
    before = _before(fund)
    computed = flows["income"] - flows["expenditure"]
    half = flows["income_half"] + flows["expenditure_half"]
    size = flows["income"].abs() + flows["expenditure"].abs()
    derived = fund["basis"].eq("derived") | flows["basis"].str.contains("derived", na=False)

    def held(identity: str, stated: pd.Series, half: pd.Series, size: pd.Series) -> pd.DataFrame:
        difference, noise = (stated - computed).round(6), NOISE * size
        cases = [difference.isna(), difference.abs() <= noise, difference.abs() <= half + noise]
        state = np.select(cases, ["unknown", "holds", "rounding"], "broken")
        result = fund[["id", *_PERIOD, "basis", "unit", "quality"]].assign(identity=identity, stated=stated)
        return result.assign(computed=computed, difference=difference, allowed=half, state=state)

    stated = fund["period_balance"]
    current = held("current", stated, half + fund["period_balance_half"], size + stated.abs())
    half = half + fund["balance_half"] + before["balance_half"]
    size = size + fund["balance"].abs() + before["balance"].abs()
    reserve = held("reserve", fund["balance"] - before["balance"], half, size)
    shifted = reserve["state"].eq("broken") & concerns(fund["new_scope"], "balance")
    reserve["state"] = reserve["state"].mask(shifted, "new_scope")
    current = current.assign(before=None, derived=derived)
    reserve = reserve.assign(before=before["id"], derived=derived | before["basis"].eq("derived"))
    result = pd.concat([current, reserve]).sort_index(kind="stable", ignore_index=True)
    return result.assign(summed=_summed(result))


def _beside(rows: pd.DataFrame, others: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """For each row, the one of others that has the same key."""
    return others.set_index(key).reindex(pd.MultiIndex.from_frame(rows[key])).set_index(rows.index)


def _before(fund: pd.DataFrame) -> pd.DataFrame:
    """For each row, the one with the reserve of the moment at which its period begins."""
    moment = [*SERIES, "moment"]
    start, end = (  # months since year 0 can be compared exactly
        fund.assign(moment=(12 * fund["period"].map(bound)).round().astype(int))
        for bound in (periods.start, periods.end)
    )
    return _beside(start, by_basis(end[end["balance"].notna()]).drop_duplicates(moment), moment)


def _summed(checked: pd.DataFrame) -> np.ndarray:
    """Whether a broken identity of all schemes is that of employees and residents together."""
    broken, key = checked[checked["state"] == "broken"], ["region", "period", "identity"]
    parts = broken[broken["scheme"].isin(["employees", "residents"])].drop_duplicates([*key, "scheme"])
    parts = parts.groupby(key).agg(n=("id", "size"), gap=("difference", "sum"))
    sums = broken[broken["scheme"] == "all"].join(parts, on=key)
    same = sums["n"].eq(2) & ((sums["difference"] - sums["gap"]).abs() <= sums["allowed"] + NOISE)
    return checked.index.isin(sums.index[same])
