"""Forecasts for the targets of a plan: the fan of each series, and the chance of each target."""

from collections.abc import Callable, Hashable, Mapping

import pandas as pd

from plan_monitor.methods import forecast
from plan_monitor.methods.outlook import FEWEST, Typical
from plan_monitor.methods.pace import target_side
from plan_monitor.methods.scale import beyond
from plan_monitor.methods.series import annual_rows, annual_series, require_columns
from reportkit import periods

_RANGES = ["median", "lower_80", "upper_80", "lower_95", "upper_95"]
_MANY = 30  # comparable series among which one's own makes no difference


def fans(
    history: pd.DataFrame, indicators: list[str], region: str, until: str, lower: float, upper: float
) -> pd.DataFrame:
    """The projection of each indicator's yearly series, from its last figure to a year.

    `history` are observations: indicator, region, period, value; all of them comparable (one unit), so that
    they share what `forecast.typical` learns. Indicators with fewer than three yearly figures, with figures
    up to the year `until`, or with one outside the bounds `lower` and `upper` are left out. One row a year,
    that of the last figure first (median and ranges are that figure): indicator, year, median, lower_80,
    upper_80, lower_95, upper_95.

    >>> rows = [("rate", "A1", str(2016 + i), value) for i, value in enumerate([80.0, 82.0, 83.0, 86.0])]
    >>> past = pd.DataFrame(rows, columns=["indicator", "region", "period", "value"])
    >>> fans(past, ["rate"], "A1", "2021", 0, 100)[["year", "median"]].round(1).values.tolist()
    [[2019.0, 86.0], [2020.0, 86.7], [2021.0, 87.3]]
    """
    series, parts = annual_series(history), []
    typical = of_others(series, lower, upper)
    for indicator in indicators:
        past = series.get((indicator, region), pd.Series(dtype=float))
        if not _projectable(past, lower, upper) or past.index[-1] >= int(until):
            continue
        years = range(past.index[-1] + 1, int(until) + 1)
        fan = forecast.project(past, years, lower, upper, typical((indicator, region)))
        fan.loc[past.index[-1]] = past.iloc[-1]
        parts.append(fan.sort_index().rename_axis("year").reset_index().assign(indicator=indicator))
    columns = ["indicator", "year", *_RANGES]
    return pd.concat(parts)[columns] if parts else pd.DataFrame(columns=columns)


def chances(
    targets: pd.DataFrame, history: pd.DataFrame, as_of: str, lower: float, upper: float
) -> pd.DataFrame:
    """The forecast for each target's due year, and the probability that the target is met.

    A year that is over has no probability: its figure is known, or will be published. `targets` has
    indicator, region, period, comparator, value, direction; those that are due by the end of `as_of` (ISO
    8601), without three yearly figures before them, or with one outside the bounds `lower` and `upper` are
    left out, and those that ask for an exact value (``=`` or ``about`` of a neutral indicator), which has no
    probability. `history` are observations as for `fans`, with their id; later figures than `as_of` are left
    out.

    The rows of `targets` that can be projected, with last, last_period and last_id (the last figure), median,
    lower_80, upper_80, lower_95, upper_95 and probability (0 to 1). Raises ValueError if a column is missing.
    """
    require_columns(targets, ("indicator", "region", "period", "comparator", "value", "direction"), "targets")
    require_columns(history, ("id",), "history")
    series, rows = annual_series(history, as_of), []
    typical = of_others(series, lower, upper)
    ahead_of_now = targets["period"].map(periods.end).astype(float) > periods.end(as_of)
    for target in targets[ahead_of_now].to_dict("records"):
        key, due = (target["indicator"], target["region"]), target["period"]
        past = series.get(key, pd.Series(dtype=float))
        if not _projectable(past, lower, upper):
            continue
        side = target_side(target["comparator"], target["direction"])
        if side == "neutral":
            continue
        like = typical(key)
        projection = forecast.project(past, [due], lower, upper, like).loc[due, _RANGES]
        comparator = "<=" if side == "down" else ">="
        chance = forecast.attainment_probability(past, due, target["value"], comparator, lower, upper, like)
        last = annual_rows(history, [target["indicator"]], [target["region"]], as_of).iloc[-1]
        last_figure = {"last": last["value"], "last_period": last["period"], "last_id": last["id"]}
        rows.append(target | last_figure | projection.to_dict() | {"probability": chance})
    columns = ["last", "last_period", "last_id", *_RANGES, "probability"]
    return pd.DataFrame(rows, columns=[*targets.columns, *columns])


def _projectable(past: pd.Series, lower: float, upper: float) -> bool:
    return len(past) >= FEWEST and not beyond(past.to_numpy(), lower, upper).any()


def of_others(
    series: Mapping[Hashable, pd.Series], lower: float | None, upper: float | None
) -> Callable[[Hashable], Typical]:
    """A function that gives, for each of several comparable series, what the others have in common.

    Where there are more than thirty series, it gives what all of them have in common.
    """
    if len(series) > _MANY:
        common = forecast.typical(series, lower, upper)
        return lambda _key: common
    return lambda key: forecast.typical([past for name, past in series.items() if name != key], lower, upper)
