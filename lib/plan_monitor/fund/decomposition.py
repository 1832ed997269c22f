"""How much of a growth is due to each of the factors that multiply to it."""

import numpy as np
import pandas as pd


def decompose(total: pd.Series, factors: pd.DataFrame, new_scope: pd.Series | None = None) -> pd.DataFrame:
    """Split the change of a total between years over its factors and what these leave open.

    For :math:`E = x_1 x_2 \\dots x_k \\cdot r`, where r is what the given factors leave open, the logarithmic
    mean Divisia index gives each its part

    .. math:: \\Delta_i = L(E_1, E_0) \\ln \\frac{x_{i,1}}{x_{i,0}}, \\qquad
              L(a, b) = \\frac{a - b}{\\ln a - \\ln b}, \\; L(a, a) = a

    and the parts, the rest among them, add up to :math:`E_1 - E_0`.

    Parameters
    ----------
    total : Series
        Total by year, above zero (else a ValueError).
    factors : DataFrame
        A column a factor, by year, above zero; in any units.
    new_scope : Series, optional
        By year, whether the figures cover something else from then on: no change is measured across it.

    Returns
    -------
    DataFrame
        One row for each two neighbouring years in which all is known: start, end, total_start, total_end,
        change, a column for each factor and "rest", in the unit of the total.

    Notes
    -----
    Source: Ang (2005), *The LMDI approach to decomposition analysis: a practical guide*, Energy Policy 33,
    867-871.

    Examples
    --------
    Twice as many people, each at one and a half times the cost:

    >>> total = pd.Series([100.0, 300.0], index=[2020, 2021])
    >>> factors = pd.DataFrame({"people": [10, 20], "cost": [10.0, 15.0]}, index=[2020, 2021])
    >>> decompose(total, factors).round(1)[["change", "people", "cost", "rest"]].values.tolist()
    [[200.0, 126.2, 73.8, 0.0]]
    """
    table = factors.assign(total=total).astype(float).dropna().sort_index()
    if (table <= 0).any(axis=None):
        raise ValueError("a total or factor is not above zero")
    table["rest"] = table["total"] / table[list(factors)].prod(axis=1)
    first, last = table.iloc[:-1].reset_index(drop=True), table.iloc[1:].reset_index(drop=True)
    change = last["total"] - first["total"]
    log_change = np.log1p(change / first["total"])  # exact also for totals that hardly differ
    mean = (change / log_change.where(log_change != 0)).fillna(first["total"])
    parts = {name: mean * np.log(last[name] / first[name]) for name in [*factors, "rest"]}
    between = {"start": table.index[:-1], "end": table.index[1:], "total_start": first["total"]}
    result = pd.DataFrame(between | {"total_end": last["total"], "change": change} | parts)
    changed = [] if new_scope is None else new_scope.index[new_scope]
    across = [any(start < year <= end for year in changed) for start, end in result[["start", "end"]].values]
    return result[~np.array(across, dtype=bool)].reset_index(drop=True)
