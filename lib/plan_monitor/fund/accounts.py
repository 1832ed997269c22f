"""Do the accounts of a fund add up: is what is left the difference of income and expenditure?"""

import numpy as np
import pandas as pd

from plan_monitor.fund.rows import MONEY, SERIES, by_basis, concerns, places, settled
from reportkit import periods
from reportkit.decimals import NOISE

_PERIOD = [*SERIES, "period"]


def check_accounts(fund: pd.DataFrame) -> pd.DataFrame:
    """Hold every row of ``fund`` against two identities:

    .. math:: \\text{current balance}_t = \\text{income}_t - \\text{expenditure}_t, \\qquad
              \\text{reserve}_t - \\text{reserve}_{t-1} = \\text{income}_t - \\text{expenditure}_t

    A derived row that holds a reserve alone is held against the income and expenditure published for its
    period. The reserve before is that of the period that ends where this one begins, final before derived
    before preliminary. Returns two rows for each: id, region, scheme, period, basis, unit, quality, identity
    ("current" or "reserve"), stated (the current balance, or the change of the reserve), computed (income
    minus expenditure), difference, before (id of the row with the reserve before), and

    - allowed: by rounding, half of the last printed digit of every figure, those of one row having the same
      decimals (see `places`); a derived one is of two published ones at least, and counts twice;
    - derived: whether a derived figure is among them, perhaps derived by this very identity: no proof;
    - summed: whether the parts of the scheme are broken as well, and by the same in sum;
    - state: ``holds``, ``rounding``, ``broken``, ``new_scope`` (the reserve covers something else than
      before), or ``unknown`` (a figure is missing).
    """
    half = 0.5 * 10.0 ** -places(fund) * fund["basis"].eq("derived").map({False: 1, True: 2})
    fund = fund.assign(**{f"{name}_half": half.where(fund[name].notna()) for name in MONEY})
    published = _beside(fund, settled(fund, qualities=("A", "B", "C")), _PERIOD)
    flows = fund.where(fund[["income", "expenditure"]].notna().all(axis=1), published)
    rows = fund[["id", *_PERIOD, "basis", "unit", "quality", "new_scope"]].assign(
        computed=flows["income"] - flows["expenditure"],
        allowed=flows["income_half"] + flows["expenditure_half"],
        size=flows["income"].abs() + flows["expenditure"].abs(),
        derived=fund["basis"].eq("derived") | flows["basis"].str.contains("derived", na=False),
    )
    before = _before(fund)
    nothing = before.assign(id=None, basis=None, balance=0.0, balance_half=0.0)
    pairs = (("current", "period_balance", nothing), ("reserve", "balance", before))
    both = [
        rows.assign(
            identity=identity,
            stated=fund[name] - earlier["balance"],
            allowed=rows["allowed"] + fund[f"{name}_half"] + earlier["balance_half"],
            size=rows["size"] + fund[name].abs() + earlier["balance"].abs(),
            before=earlier["id"],
            derived=rows["derived"] | earlier["basis"].eq("derived"),
        )
        for identity, name, earlier in pairs
    ]
    result = pd.concat(both).sort_index(kind="stable", ignore_index=True)
    result["difference"] = (result["stated"] - result["computed"]).round(6)
    gap, noise = result["difference"].abs(), NOISE * result["size"]
    shifted = result["identity"].eq("reserve") & concerns(result["new_scope"], "balance")
    cases = [gap.isna(), gap <= noise, gap <= result["allowed"] + noise, shifted]
    result["state"] = np.select(cases, ["unknown", "holds", "rounding", "new_scope"], "broken")
    return result.assign(summed=_summed(result)).drop(columns=["size", "new_scope"])


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
