"""Projection of a short yearly series, the probability of meeting a target, and how well that has worked.

Sources: Hyndman & Athanasopoulos, *Forecasting: principles and practice*, 3rd ed., sections 5.2 and 5.5
(random walk with drift and its intervals), 5.6 and 13.3 (forecasts within limits), 5.10 (rolling origin), 8.2
and 8.7 (damped trend and the analytic variance of its forecasts).
"""

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd
from scipy import stats

from plan_monitor.methods import pace
from plan_monitor.methods.outlook import Outlook, by_time, project_times
from reportkit.periods import end

_LEVELS = (80, 95)  # % of what may come that a range holds


def project(
    series: pd.Series, periods: Iterable, lower: float | None = None, upper: float | None = None
) -> pd.DataFrame:
    """Where a series goes if it goes on as it did, with ranges.

    On the free scale of `outlook.scale_for` (logit between two bounds, log with one, else as it is), 3 to 7
    points follow a random walk with drift: median :math:`z_n + h \\hat\\mu`, width

    .. math:: t_{n-2} \\; \\hat\\sigma \\sqrt{h \\, (1 + h / (n-1))}

    where, for points that are not a year apart, increments are divided by :math:`\\sqrt{\\Delta t}` and n − 1
    is the length of the series in years. From 8 evenly spaced points the median is that of a damped-trend ETS
    model and the width the larger of its own and the random walk's: the analytic interval takes five fitted
    parameters as known and is far too narrow for a dozen points.

    `series` has values in one unit by year (int) or ISO 8601 period, missing ones are left out; `periods`
    come after the last observation; `lower` and `upper` are the smallest and largest possible value, None or
    NaN where there is none. One row a period: median, lower_80, upper_80, lower_95, upper_95 in the unit of
    the series, and method: drift, damped_trend, drift_fallback (the ETS model did not converge or the points
    are not evenly spaced) or constant (all values equal: the range is empty, because nothing has been seen to
    move). Raises ValueError with fewer than 3 points, a repeated period, a value outside its bounds, or a
    period that is not after the last observation.

    >>> past = pd.Series([10.0, 12.0, 13.0, 16.0], index=[2020, 2021, 2022, 2023])
    >>> project(past, [2024, 2025]).round(2)  # doctest: +NORMALIZE_WHITESPACE
            median  lower_80  upper_80  lower_95  upper_95 method
    period
    2024      18.0     15.82     20.18     13.03     22.97  drift
    2025      20.0     16.56     23.44     12.14     27.86  drift
    """
    periods = list(periods)
    outlook = _outlook(series, periods, lower, upper)
    table = {"median": outlook.quantile(0.5)}
    for level in _LEVELS:
        table[f"lower_{level}"], table[f"upper_{level}"] = outlook.limits(level)
    return pd.DataFrame(table | {"method": outlook.method}, index=pd.Index(periods, name="period"))


def attainment_probability(
    series: pd.Series,
    period: int | str,
    target: float,
    comparator: str = ">=",
    lower: float | None = None,
    upper: float | None = None,
) -> float:
    """Probability (0 to 1) that a target is met in a period, under the model of `project`.

    A target on a bound (100 %) counts as met by anything that is printed so. For a constant series the answer
    is 0 or 1. Raises ValueError as `project`, and for a comparator that is none of ``>=``, ``>``, ``<=`` and
    ``<``: an exact value has no probability.

    >>> past = pd.Series([10.0, 12.0, 13.0, 16.0], index=[2020, 2021, 2022, 2023])
    >>> attainment_probability(past, 2024, 18.0)
    0.5
    """
    side = pace.wanted_side(comparator, "neutral")
    if side == "neutral":
        raise ValueError(f"a probability needs one of >=, >, <=, <, not {comparator!r}")
    outlook = _outlook(series, [period], lower, upper)
    least, most = -np.inf if lower is None else lower, np.inf if upper is None else upper
    if (side == "up" and target <= least) or (side == "down" and target >= most):
        return 1.0
    if target < least or target > most:
        return 0.0
    if outlook.spread[0] == 0:
        return float(pace.meets(outlook.quantile(0.5)[0], target, comparator))
    distance = (outlook.scale.to(np.array([target]))[0] - outlook.center[0]) / outlook.spread[0]
    above = (side == "up") == outlook.scale.increasing
    return float(stats.t.sf(distance, outlook.df) if above else stats.t.cdf(distance, outlook.df))


def backtest(
    series: Mapping | Iterable[pd.Series],
    lower: float | None = None,
    upper: float | None = None,
    horizons: Iterable[int] = (1, 2, 3),
) -> pd.DataFrame:
    """How often the ranges of `project` held and how large its errors were, on the past of real series.

    Rolling origin: every series is projected from each of its points on, the third at the earliest, and held
    against what was observed so many years (`horizons`) later. Errors are averaged over all series: compare
    only those of one unit. One row a horizon and one "total": n (projections), coverage_80, coverage_95
    (shares inside the range), mae, mae_naive (error if the last value is repeated) and mae_ratio (below 1:
    better than naive). NaN where nothing could be compared. Raises ValueError as `project`.

    >>> rising = pd.Series([1.0, 2.1, 2.9, 4.0, 5.0], index=range(2019, 2024))
    >>> backtest([rising], horizons=[1]).round(2)  # doctest: +NORMALIZE_WHITESPACE
             n  coverage_80  coverage_95   mae  mae_naive  mae_ratio
    horizon
    1        2          1.0          1.0  0.08       1.05       0.07
    total    2          1.0          1.0  0.08       1.05       0.07
    """
    horizons, trials = list(horizons), []
    for values in series.values() if isinstance(series, Mapping) else series:
        past = by_time(values)
        for cut in range(3, len(past)):
            seen = past.iloc[:cut]
            for horizon in horizons:
                actual = past[np.isclose(past.index - seen.index[-1], horizon)]
                if len(actual):
                    outlook = project_times(seen, actual.index.to_numpy(), lower, upper)
                    trials.append((horizon, *_trial(outlook, actual.iloc[0], seen.iloc[-1])))
    columns = [*(f"coverage_{level}" for level in _LEVELS), "mae", "mae_naive"]
    table = pd.DataFrame(trials, columns=["horizon", *columns])
    rows = {horizon: table[table["horizon"] == horizon] for horizon in horizons} | {"total": table}
    result = pd.DataFrame({label: part[columns].mean() for label, part in rows.items()}, dtype=float).T
    result.insert(0, "n", [len(part) for part in rows.values()])
    result["mae_ratio"] = result["mae"] / result["mae_naive"].where(result["mae_naive"] > 0)
    return result.rename_axis("horizon")


def _outlook(series: pd.Series, periods: list, lower: float | None, upper: float | None) -> Outlook:
    return project_times(by_time(series), np.array([end(str(p)) for p in periods]), lower, upper)


def _trial(outlook: Outlook, actual: float, last: float) -> list:
    """One projection held against what came: inside each range or not, its error, and that of `last`."""
    row = []
    for level in _LEVELS:
        low, high = (limit[0] for limit in outlook.limits(level))
        row.append(low <= actual <= high or pace.same(low, actual) or pace.same(high, actual))
    return [*row, abs(outlook.quantile(0.5)[0] - actual), abs(last - actual)]
