"""The path that a chain of dated targets lays out, stage by stage."""

from itertools import pairwise

import pandas as pd

from plan_monitor import periods
from plan_monitor.methods.pace import required_per_year
from plan_monitor.methods.series import require_columns


def stages(points: pd.DataFrame) -> pd.DataFrame:
    """How much each stage between two dated figures asks for, a year.

    .. math:: r_k = \\frac{T_k - T_{k-1}}{t_k - t_{k-1}}

    Parameters
    ----------
    points : DataFrame
        Columns indicator, region, period, value: a base figure and the targets that follow it,
        in any order.

    Returns
    -------
    DataFrame
        One row a stage, in the order of indicators and time: indicator, region, start, end (periods),
        first, last (values), per_year (the indicator's unit a year) and ratio (per_year over that of
        the stage before; NaN for the first stage and where either is not positive).

    Raises
    ------
    ValueError
        If a column is missing or two points of an indicator fall on one moment.

    Examples
    --------
    Years of schooling, 12.06 in 2022, 12.12 promised for 2025 and 15 for 2035:

    >>> points = pd.DataFrame(
    ...     [("school", "A", "2022", 12.06), ("school", "A", "2025", 12.12), ("school", "A", "2035", 15.0)],
    ...     columns=["indicator", "region", "period", "value"])
    >>> stages(points)[["start", "end", "per_year", "ratio"]].round(3).values.tolist()
    [['2022', '2025', 0.02, nan], ['2025', '2035', 0.288, 14.4]]
    """
    require_columns(points, ("indicator", "region", "period", "value"), "points")
    rows = []
    for (indicator, region), part in points.groupby(["indicator", "region"], sort=False):
        chain = part.assign(moment=part["period"].map(periods.end)).sort_values("moment")
        if chain["moment"].duplicated().any():
            raise ValueError(f"{indicator}, {region}: two figures for one moment")
        before = float("nan")
        dated = list(zip(chain["period"], chain["moment"], chain["value"], strict=True))
        for (start, t0, first), (end, t1, last) in pairwise(dated):
            per_year = required_per_year(first, last, t1 - t0)
            ratio = per_year / before if before > 0 and per_year > 0 else float("nan")
            rows.append((indicator, region, start, end, first, last, per_year, ratio))
            before = per_year
    columns = ["indicator", "region", "start", "end", "first", "last", "per_year", "ratio"]
    return pd.DataFrame(rows, columns=columns)
