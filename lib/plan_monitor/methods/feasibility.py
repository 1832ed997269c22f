"""Whether a promised level and a promised growth rate can both be true."""

from itertools import pairwise

import pandas as pd

from plan_monitor.methods.pace import average_annual_growth
from plan_monitor.methods.series import require_columns
from reportkit import periods
from reportkit.decimals import rounded

_GROWN = ("indicator", "region", "first", "last", "from", "to", "growth", "fastest", "fastest_period")
_GROWN += ("newest", "newest_period", "reaches", "ids")


def implied_growth(starts: pd.DataFrame, target: float, due: str, pledged: float) -> pd.DataFrame:
    """The average growth that leads from each possible start to a target, compared with a pledged rate.

    .. math:: g = 100 \\left[ (T / y_0)^{1 / (t_T - t_0)} - 1 \\right]

    `starts` has value (positive, in the unit of the target) and period, one row a reading of where the path
    begins; `due` is an ISO 8601 period after every start, `pledged` the promised average growth, at least so
    many % a year. The result adds years (to the due date), growth (% a year that the target implies), reaches
    (value at the due date if the pledged rate is kept) and fits (whether the implied growth, to one decimal,
    is at least the pledged one). Raises ValueError if a column is missing, a value is not positive or a start
    is not before the due date.

    12 861 yuan in 2020, 26 581 promised for 2025, and 19.2 % a year or more:

    >>> starts = pd.DataFrame({"value": [12861.0, 12861.0], "period": ["2020", "2021"]})
    >>> result = implied_growth(starts, 26581, "2025", 19.2)
    >>> result[["years", "growth", "reaches", "fits"]].round(1).values.tolist()
    [[5.0, 15.6, 30949.7, False], [4.0, 19.9, 25964.5, True]]
    """
    require_columns(starts, ("value", "period"), "starts")
    years = periods.end(due) - starts["period"].map(periods.end)
    growth = [
        average_annual_growth(first, target, span) for first, span in zip(starts["value"], years, strict=True)
    ]
    result = starts.assign(years=years, growth=growth, reaches=starts["value"] * (1 + pledged / 100) ** years)
    return result.assign(fits=result["growth"].map(rounded, places=1) >= pledged)


def past_growth(figures: pd.DataFrame, needed: float) -> pd.DataFrame:
    """How fast figures have grown elsewhere or before, beside the growth (% a year) that a promise needs.

    `figures` are yearly figures as stored rows, in time order: id, indicator, region, period, value
    (positive). One row an indicator and region with at least two years, fastest first: first and last
    (periods), from and to (values), growth (average, % a year), fastest and newest (of any two figures that
    follow each other, and of the last two, average % a year) with fastest_period and newest_period
    (``2015/2019``), reaches (whether the average is at least what is needed, both to one decimal) and ids (of
    the first and last row).

    >>> rows = [("o1", "income", "A", "2020", 100.0), ("o2", "income", "A", "2021", 110.0)]
    >>> rows += [("o3", "income", "A", "2022", 121.0), ("o4", "income", "B", "2022", 90.0)]
    >>> table = pd.DataFrame(rows, columns=["id", "indicator", "region", "period", "value"])
    >>> past_growth(table, 15.6)[["region", "first", "last", "growth", "reaches"]].round(1).values.tolist()
    [['A', '2020', '2022', 10.0, False]]
    """
    require_columns(figures, ("id", "indicator", "region", "period", "value"), "figures")
    rows = []
    for key, part in figures.groupby(["indicator", "region"], sort=False):
        if len(part) < 2:
            continue
        steps = [(_growth(a, b), f"{a.period}/{b.period}") for a, b in pairwise(part.itertuples())]
        first, *_, last = part.itertuples()
        growth, fastest = _growth(first, last), max(steps, key=lambda step: step[0])
        reaches, ids = rounded(growth, 1) >= rounded(needed, 1), [first.id, last.id]
        ends = (first.period, last.period, first.value, last.value)
        rows.append((*key, *ends, growth, *fastest, *steps[-1], reaches, ids))
    table = pd.DataFrame(rows, columns=list(_GROWN))
    return table.sort_values("growth", ascending=False, kind="stable").reset_index(drop=True)


def _growth(first, last) -> float:
    """Average growth from one stored row to another, % a year."""
    years = periods.end(last.period) - periods.end(first.period)
    return average_annual_growth(first.value, last.value, years)
