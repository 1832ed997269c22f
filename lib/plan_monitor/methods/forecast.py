"""Projection of a short yearly series, and the probability of meeting a target."""

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from plan_monitor.methods import pace
from plan_monitor.methods.outlook import Outlook, Typical, by_time, learn, project_times
from reportkit.periods import end

LEVELS = (80, 95)  # % of what may come that a range holds
Like = Typical | Mapping | Iterable[pd.Series] | None


def project(
    series: pd.Series,
    periods: Iterable,
    lower: float | None = None,
    upper: float | None = None,
    like: Like = None,
) -> pd.DataFrame:
    """Where a series goes if it continues as before, with ranges, by the model of `outlook`.

    `series` has values in one unit by year (int) or ISO 8601 period, missing ones are left out; `periods`
    come after the last observation; `lower` and `upper` are the smallest and largest possible value, None or
    NaN where there is none: the model is on the logit scale between two bounds, on the log scale with one.
    `like` are comparable series of the same unit and bounds, without this one. What they have in common
    (`typical`) counts beside what the series itself tells, as three points alone tell little.

    One row a period: median, lower_80, upper_80, lower_95 and upper_95 in the unit of the series. No range is
    empty: figures that never changed may have moved by less than is printed. Raises ValueError with fewer
    than 3 points, a repeated period, a value outside its bounds, or a period that is not after the last
    observation.

    >>> past = pd.Series([10.0, 12.0, 13.0, 16.0], index=[2020, 2021, 2022, 2023])
    >>> project(past, [2024, 2025]).round(1)  # doctest: +NORMALIZE_WHITESPACE
            median  lower_80  upper_80  lower_95  upper_95
    period
    2024      16.8      13.7      19.9      10.8      22.7
    2025      17.5      12.9      22.1       8.5      26.5
    """
    periods = list(periods)
    outlook = _outlook(series, periods, lower, upper, like)
    table = {"median": outlook.quantile(0.5)}
    for level in LEVELS:
        table[f"lower_{level}"], table[f"upper_{level}"] = outlook.limits(level)
    return pd.DataFrame(table, index=pd.Index(periods, name="period"))


def typical(
    like: Mapping | Iterable[pd.Series], lower: float | None = None, upper: float | None = None
) -> Typical:
    """What comparable series have in common; pass it as `like` where many series are projected."""
    return learn(map(by_time, _listed(like)), lower, upper)


def attainment_probability(
    series: pd.Series,
    period: int | str,
    target: float,
    comparator: str = ">=",
    lower: float | None = None,
    upper: float | None = None,
    like: Like = None,
) -> float:
    """Probability (0 to 1) that a target is met in a period, under the model of `project`.

    A target on a bound (100 %) counts as met by any figure that is printed so. The probability is 0 or 1 only
    where the bounds leave no other result. Raises ValueError as `project`, and for a comparator that is none
    of ``>=``, ``>``, ``<=`` and ``<``: an exact value has no probability.

    >>> past = pd.Series([10.0, 12.0, 13.0, 16.0], index=[2020, 2021, 2022, 2023])
    >>> round(attainment_probability(past, 2024, 18.0), 2)
    0.28
    """
    side = pace.target_side(comparator, "neutral")
    if side == "neutral":
        raise ValueError(f"a probability needs one of >=, >, <=, <, not {comparator!r}")
    outlook = _outlook(series, [period], lower, upper, like)
    least, most = -np.inf if lower is None else lower, np.inf if upper is None else upper
    if (side == "up" and target <= least) or (side == "down" and target >= most):
        return 1.0
    if target < least or target > most:
        return 0.0
    above = outlook.above(target).item()
    return above if side == "up" else 1 - above


def _outlook(
    series: pd.Series, periods: list, lower: float | None, upper: float | None, like: Like
) -> Outlook:
    common = like if isinstance(like, Typical) else typical(like or (), lower, upper)
    return project_times(by_time(series), np.array([end(str(p)) for p in periods]), lower, upper, common)


def _listed(series: Mapping | Iterable[pd.Series]) -> list[pd.Series]:
    return list(series.values() if isinstance(series, Mapping) else series)
