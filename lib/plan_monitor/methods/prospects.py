"""Forecasts for the targets of a plan: the fan of each series, and the chance of each target."""

import pandas as pd

from plan_monitor.methods import forecast
from plan_monitor.methods.pace import wanted_side
from plan_monitor.methods.series import annual, annual_rows, require_columns
from reportkit import periods

_FEWEST = 3  # points, as forecast.project asks


def fans(
    history: pd.DataFrame, indicators: list[str], region: str, until: str, lower: float, upper: float
) -> pd.DataFrame:
    """The projection of each indicator's yearly series, from its last figure to a year.

    Parameters
    ----------
    history : DataFrame
        Observations: columns indicator, region, period, value.
    indicators : list of str
        Which; those with fewer than three yearly figures, or figures up to the year, are left out.
    region : str
    until : str
        Last year to project.
    lower, upper : float
        Bounds of the values.

    Returns
    -------
    DataFrame
        One row a year, that of the last figure first (median and ranges are that figure): indicator,
        year, median, lower_80, upper_80, lower_95, upper_95.

    Examples
    --------
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
        ahead = forecast.project(past, range(past.index[-1] + 1, int(until) + 1), lower, upper)
        ahead = ahead.drop(columns="method")
        ahead.loc[past.index[-1]] = past.iloc[-1]
        ahead = ahead.sort_index().rename_axis("year").reset_index()
        parts.append(ahead.assign(indicator=indicator))
    columns = ["indicator", "year", "median", "lower_80", "upper_80", "lower_95", "upper_95"]
    return pd.concat(parts)[columns] if parts else pd.DataFrame(columns=columns)


def chances(
    targets: pd.DataFrame, history: pd.DataFrame, as_of: str, lower: float, upper: float
) -> pd.DataFrame:
    """The forecast for each target's due year and the probability that it is met.

    A year that is over has no probability any more: what it brought is known or to be published.

    Parameters
    ----------
    targets : DataFrame
        Columns indicator, region, period, comparator, value, direction. Targets that are due by `as_of`,
        without three yearly figures before them, or with a figure for their year, are left out.
    history : DataFrame
        Observations: columns id, indicator, region, period, value; later figures than `as_of` are left out.
    as_of : str
        ISO 8601 period; its end counts.
    lower, upper : float
        Bounds of the values.

    Returns
    -------
    DataFrame
        The rows of `targets` that can be projected, with last, last_period and last_id (the last figure),
        median, lower_80, upper_80, lower_95, upper_95 and probability (0 to 1).

    Raises
    ------
    ValueError
        If a column is missing.
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
        ahead = forecast.project(past, [due], lower, upper).drop(columns="method").iloc[0]
        side = wanted_side(target["comparator"], target["direction"])
        chance = forecast.attainment_probability(
            past, due, target["value"], "<=" if side == "down" else ">=", lower, upper
        )
        last = figures.iloc[-1]
        newest = {"last": last["value"], "last_period": last["period"], "last_id": last["id"]}
        rows.append(target | newest | ahead.to_dict() | {"probability": chance})
    columns = ["last", "last_period", "last_id", "median", "lower_80", "upper_80", "lower_95", "upper_95"]
    return pd.DataFrame(rows, columns=[*targets.columns, *columns, "probability"])
