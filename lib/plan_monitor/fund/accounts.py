"""Do the accounts of a fund add up: does the reserve change by income minus expenditure?"""

import numpy as np
import pandas as pd

from plan_monitor.fund.rows import MONEY, SERIES, by_basis, concerns, places, settled
from reportkit import periods
from reportkit.decimals import NOISE

_PERIOD = [*SERIES, "period"]


def check_accounts(fund: pd.DataFrame) -> pd.DataFrame:
    """Check every row of ``fund`` against two identities:

    .. math:: \\text{current balance}_t = \\text{income}_t - \\text{expenditure}_t, \\qquad
              \\text{reserve}_t - \\text{reserve}_{t-1} = \\text{income}_t - \\text{expenditure}_t

    A derived row with a reserve alone is checked against the income and expenditure published for its period.
    The reserve before is that of the period that ends where this one begins; final figures take precedence
    over derived ones, and these over preliminary ones. Returns two rows for each: id, region, scheme, period,
    basis, unit, quality, identity ("current" or "reserve"), stated (the current balance, or the change of the
    reserve), computed (income minus expenditure), difference, before (id of the row with the reserve before),
    and

    - allowed: the difference that rounding allows, half of the last printed digit of every figure; figures of
      one row have the same decimals (see `places`); a derived figure rests on two or more and counts twice;
    - derived: whether a derived figure is among them, perhaps derived by this identity, which proves nothing;
    - summed: whether the parts of the scheme are broken as well, by the same difference in sum;
    - state: ``holds``, ``rounding``, ``broken``, ``new_scope`` (the reserve covers something else than
      before), or ``unknown`` (a figure is missing).
    """
    half = 0.5 * 10.0 ** -places(fund) * fund["basis"].eq("derived").map({False: 1, True: 2})
    fund = fund.assign(**{f"{name}_half": half.where(fund[name].notna()) for name in MONEY})
    published = _matching(fund, settled(fund, qualities=("A", "B", "C")), _PERIOD)
    flows = fund.where(fund[["income", "expenditure"]].notna().all(axis=1), published)
    rows = fund[["id", *_PERIOD, "basis", "unit", "quality", "new_scope"]].assign(
        computed=flows["income"] - flows["expenditure"],
        allowed=flows["income_half"] + flows["expenditure_half"],
        derived=fund["basis"].eq("derived") | flows["basis"].str.contains("derived"),
    )
    before = _opening_rows(fund)
    no_reserve = before.assign(id=None, basis=None, balance=0.0, balance_half=0.0)
    pairs = (("current", "period_balance", no_reserve), ("reserve", "balance", before))
    parts = [
        rows.assign(
            identity=identity,
            stated=fund[name] - earlier["balance"],
            allowed=rows["allowed"] + fund[f"{name}_half"] + earlier["balance_half"],
            before=earlier["id"],
            derived=rows["derived"] | earlier["basis"].eq("derived"),
        )
        for identity, name, earlier in pairs
    ]
    result = pd.concat(parts).sort_index(kind="stable", ignore_index=True)
    result["difference"] = result["stated"] - result["computed"]
    exact = ["difference", "allowed"]
    result[exact] = result[exact].round(6)  # what follows is left over from binary arithmetic
    gap = result["difference"].abs()
    shifted = result["identity"].eq("reserve") & concerns(result["new_scope"], "balance")
    cases = [gap.isna(), gap.eq(0), gap <= result["allowed"], shifted]
    result["state"] = np.select(cases, ["unknown", "holds", "rounding", "new_scope"], "broken")
    return result.assign(summed=_summed(result)).drop(columns="new_scope")


def _matching(rows: pd.DataFrame, others: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """For each row, the row of `others` with the same key."""
    return others.set_index(key).reindex(pd.MultiIndex.from_frame(rows[key])).set_index(rows.index)


def _opening_rows(fund: pd.DataFrame) -> pd.DataFrame:
    """For each row, the row with the reserve at the moment when its period begins."""
    moment = [*SERIES, "moment"]
    start, end = (  # an end and the start after it are the very same number
        fund.assign(moment=fund["period"].map(bound).astype(float)) for bound in (periods.start, periods.end)
    )
    return _matching(start, by_basis(end[end["balance"].notna()]).drop_duplicates(moment), moment)


def _summed(checked: pd.DataFrame) -> np.ndarray:
    """Whether the difference for all schemes is that of employees and residents together."""
    broken, key = checked[checked["state"] == "broken"], ["region", "period", "identity"]
    parts = broken[broken["scheme"].isin(["employees", "residents"])].drop_duplicates([*key, "scheme"])
    parts = parts.groupby(key).agg(n=("id", "size"), gap=("difference", "sum"))
    sums = broken[broken["scheme"] == "all"].join(parts, on=key)
    same = sums["n"].eq(2) & ((sums["difference"] - sums["gap"]).abs() <= sums["allowed"] + NOISE)
    return checked.index.isin(sums.index[same])
