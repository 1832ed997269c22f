"""Forecasts for the targets of a plan: the fan of each series, and the chance of each target."""

import pandas as pd

from plan_monitor.methods import forecast
from plan_monitor.methods.pace import wanted_side
from plan_monitor.methods.series import annual, annual_rows, require_columns
from reportkit import periods

_FEWEST = 3  # points, as forecast.project asks
_RANGES = ["median", "lower_80", "upper_80", "lower_95", "upper_95"]


def fans(
    history: pd.DataFrame, indicators: list[str], region: str, until: str, lower: float, upper: float
) -> pd.DataFrame:
    """The projection of each indicator's yearly series, from its last figure to a year.

    `history` are observations: indicator, region, period, value. Indicators with fewer than three yearly
    figures, or figures up to the year `until`, are left out. `lower` and `upper` bound the values. One row a
    year, that of the last figure first (median and ranges are that figure): indicator, year, median,
    lower_80, upper_80, lower_95, upper_95.

    >>> rows = [("rate", "A1", str(2016 + i), value) for i, value in enumerate([80.0, 82.0, 83.0, 86.0])]
    >>> past = pd.DataFrame(rows, columns=["indicator", "region", "period", "value"])
    >>> fans(past, ["rate"], "A1", "2021", 0, 100)[["year", "median"]].round(1).values.tolist()
    [[2019.0, 86.0], [2020.0, 87.6], [2021.0, 89.1]]
    """
    parts = []
    for indicator in indicators:
        past = annual(history, indicator, region)
        if len(past) < _FEWEST or past.index[-1] >= int(until):
            continue
        ahead = forecast.project(past, range(past.index[-1] + 1, int(until) + 1), lower, upper)[_RANGES]
        ahead.loc[past.index[-1]] = past.iloc[-1]
        parts.append(ahead.sort_index().rename_axis("year").reset_index().assign(indicator=indicator))
    columns = ["indicator", "year", *_RANGES]
    return pd.concat(parts)[columns] if parts else pd.DataFrame(columns=columns)


def chances(
    targets: pd.DataFrame, history: pd.DataFrame, as_of: str, lower: float, upper: float
) -> pd.DataFrame:
    """The forecast for each target's due year and the probability that it is met.

    A year that is over has no probability any more: what it brought is known or to be published. `targets`
    has indicator, region, period, comparator, value, direction; those that are due by the end of `as_of` (ISO
    8601), without three yearly figures before them, or with a figure for their year, are left out. `history`
    are observations: id, indicator, region, period, value; later figures than `as_of` are left out. `lower`
    and `upper` bound the values.

    The rows of `targets` that can be projected, with last, last_period and last_id (the last figure), median,
    lower_80, upper_80, lower_95, upper_95 and probability (0 to 1). Raises ValueError if a column is missing.
    """
    require_columns(targets, ("indicator", "region", "period", "comparator", "value", "direction"), "targets")
    require_columns(history, ("id",), "history")
    open_ones = targets[targets["period"].map(periods.end).astype(float) > periods.end(as_of)]
    rows = []
    for target in open_ones.to_dict("records"):
        figures = annual_rows(history, [target["indicator"]], [target["region"]], as_of)
        past = figures.set_index("period")["value"]
        due = target["period"]
        if len(past) < _FEWEST or periods.end(past.index[-1]) >= periods.end(due):
            continue
        ahead = forecast.project(past, [due], lower, upper)[_RANGES].iloc[0]
        side = "<=" if wanted_side(target["comparator"], target["direction"]) == "down" else ">="
        chance = forecast.attainment_probability(past, due, target["value"], side, lower, upper)
        last = figures.iloc[-1]
        newest = {"last": last["value"], "last_period": last["period"], "last_id": last["id"]}
        rows.append(target | newest | ahead.to_dict() | {"probability": chance})
    columns = ["last", "last_period", "last_id", *_RANGES, "probability"]
    return pd.DataFrame(rows, columns=[*targets.columns, *columns])
