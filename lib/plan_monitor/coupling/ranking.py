"""Which year or region stands best in several indicators at once, and which regions can be compared."""

import numpy as np
import pandas as pd
from pymcdm.methods import TOPSIS

from plan_monitor.coupling.composite import scale

_REGIONS, _INDICATORS = 3, 2  # fewer are no table to rank


def topsis(values: pd.DataFrame, directions: pd.Series, weights: pd.Series) -> pd.DataFrame:
    """Rank of years or regions by closeness to the best of all figures and distance from the worst.

    .. math:: C_i = \\frac{d_i^-}{d_i^+ + d_i^-}

    `values` and `directions` as for ``composite.scale``, `weights` by indicator. By the index of `values`:
    closeness (0 to 1) and rank (1 the best; equals share the better one). If no indicator with
    a weight above 0 differs between the rows, the best figures are also the worst, closeness is 0 over 0, and
    a ValueError is raised, as where a weight is missing or negative. Source: Hwang and Yoon (1981), *Multiple
    attribute decision making*; computed by pymcdm on the min–max scale.

    >>> values = pd.DataFrame({"rate": [91.0, 93.0, 95.0], "ratio": [2.5, 2.4, 2.0]})
    >>> sides = pd.Series({"rate": "up", "ratio": "down"})
    >>> topsis(values, sides, pd.Series({"rate": 0.5, "ratio": 0.5})).round(2).values.tolist()
    [[0.0, 3.0], [0.36, 2.0], [1.0, 1.0]]
    """
    scaled = scale(values, directions)
    ordered = weights.reindex(scaled.columns)
    if not (ordered >= 0).all():
        raise ValueError(f"expected a weight for each indicator, none negative: {ordered.to_dict()}")
    differ = (scaled.nunique() > 1) & (ordered > 0)
    if not differ.any():
        raise ValueError(f"no rank: the rows are the same in all that weighs, of {values.columns.tolist()}")
    method = TOPSIS(normalization_function=lambda column, cost: column)
    figures, weighed = scaled.loc[:, differ].to_numpy(), ordered[differ].to_numpy(dtype=float)
    kinds = np.ones(len(weighed))  # all point up on the scale
    # by the largest weight, so that no square of a small one is zero
    closeness = method(figures, weighed / weighed.max(), kinds, validation=False)
    ranked = pd.DataFrame({"closeness": closeness}, index=values.index)
    return ranked.assign(rank=ranked["closeness"].round(9).rank(ascending=False, method="min"))


def largest_table(figures: pd.DataFrame) -> pd.DataFrame:
    """The largest complete table of regions of one level × indicators that one year's figures give.

    `figures` has region, level, indicator, period, value; one figure a region, indicator and period. Regions
    of different levels never share a table: a prefecture is part of its province and its nation. One row a
    region, one column an indicator, no figure missing; ``attrs["period"]`` is the year, the latest of those
    that give a table so large. Empty where none has three regions and two indicators.
    """
    best = pd.DataFrame()
    for (period, _), part in sorted(figures.groupby(["period", "level"]), reverse=True):
        wide = part.pivot(index="region", columns="indicator", values="value")
        for most in sorted(set(wide.notna().sum()), reverse=True):
            shared = wide[wide.columns[wide.notna().sum() >= most]].dropna()
            if shared.shape[0] >= _REGIONS and shared.shape[1] >= _INDICATORS and shared.size > best.size:
                best = shared
                best.attrs["period"] = period
    return best
