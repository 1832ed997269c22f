"""The path that a chain of dated targets lays out, stage by stage."""

from itertools import pairwise
from math import inf

import pandas as pd

from plan_monitor.methods.pace import required_per_year
from plan_monitor.methods.ranges import printed_range, span
from plan_monitor.methods.series import require_columns
from reportkit import periods
from reportkit.decimals import carried

_NONE = (float("nan"),) * 3


def stages(points: pd.DataFrame) -> pd.DataFrame:
    """The change a year that each stage between two dated figures asks for.

    .. math:: r_k = \\frac{T_k - T_{k-1}}{t_k - t_{k-1}}

    `points` has indicator, region, period, value, unit: a base figure and the targets that follow it, in any
    order. One row a stage, in the order of indicators and time: indicator, region, start, end (periods),
    first, last (values), per_year (the indicator's unit a year), ratio (per_year over that of the stage
    before; NaN for the first stage and where either is not positive), and per_year_low and per_year_high,
    ratio_low and ratio_high: what they may be given that the figures are rounded, all of a chain to the
    decimals of the finest of them (inf where the stage before may have been flat). Raises ValueError if a
    column is missing or two points of an indicator fall on one moment.

    Years of schooling, 12.06 in 2022, 12.12 promised for 2025 and 15 for 2035:

    >>> points = pd.DataFrame(
    ...     [("school", "A", "2022", 12.06), ("school", "A", "2025", 12.12), ("school", "A", "2035", 15.0)],
    ...     columns=["indicator", "region", "period", "value"]).assign(unit="年")
    >>> stages(points)[["end", "per_year", "ratio", "ratio_low", "ratio_high"]].round(3).values.tolist()
    [['2025', 0.02, nan, nan, nan], ['2035', 0.288, 14.4, 12.3, 17.34]]
    """
    require_columns(points, ("indicator", "region", "period", "value", "unit"), "points")
    rows = []
    for (indicator, region), part in points.groupby(["indicator", "region"], sort=False):
        chain = part.assign(moment=part["period"].map(periods.end)).sort_values("moment")
        if chain["moment"].duplicated().any():
            raise ValueError(f"{indicator}, {region}: two figures for one moment")
        decimals = carried(chain["value"])
        dated = list(chain[["period", "moment", "value", "unit"]].itertuples(index=False))
        for number, (first, last) in enumerate(pairwise(dated)):
            years = last.moment - first.moment
            per_year = required_per_year(first.value, last.value, years)
            ends = [printed_range(point.value, point.unit, decimals) for point in (first, last)]
            limits = span(lambda a, b, years=years: required_per_year(a, b, years), ends)
            ratio = _ratio(dated[number - 1], first, last, decimals) if number else _NONE
            stage = (first.period, last.period, first.value, last.value, per_year, *limits)
            rows.append((indicator, region, *stage, *ratio))
    columns = ["indicator", "region", "start", "end", "first", "last"]
    columns += [name + end for name in ("per_year", "ratio") for end in ("", "_low", "_high")]
    return pd.DataFrame(rows, columns=columns)


def _ratio(before, first, last, decimals: int) -> tuple[float, float, float]:
    """The pace to `last` over the pace to `first`, and the least and the most it may be."""

    def acceleration(start: float, middle: float, end: float) -> float:
        pace_before = required_per_year(start, middle, first.moment - before.moment)
        return (
            required_per_year(middle, end, last.moment - first.moment) / pace_before
            if pace_before > 0
            else inf
        )

    points = before, first, last
    if not before.value < first.value < last.value:
        return _NONE
    printed = [printed_range(point.value, point.unit, decimals) for point in points]
    return acceleration(*(point.value for point in points)), *span(acceleration, printed)
