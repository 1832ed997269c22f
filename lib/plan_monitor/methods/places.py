"""School places and pupils: what a plan provides, what it expects, and how pupils develop elsewhere."""

from math import nan

import pandas as pd

from plan_monitor.methods.ranges import printed_range, span
from plan_monitor.methods.series import annual_rows, require_columns

_ELSEWHERE = ("elsewhere", "elsewhere_low", "elsewhere_high")
_ELSEWHERE += ("elsewhere_first", "elsewhere_last", "elsewhere_ids")


def places_and_pupils(
    targets: pd.DataFrame, observations: pd.DataFrame, levels: dict[str, tuple], benchmark: str, as_of: str
) -> pd.DataFrame:
    """For each level of schools: the places planned, the pupils planned, and the pupils of another region.

    `targets` are of `progress.assess`, of one region and one due date; `observations` as for
    `series.annual_rows`, figures later than `as_of` left out; `levels` gives for each level the indicators of
    its places, places added and pupils (a level without planned places and pupils is left out); `benchmark`
    is the code of the region to compare with, such as the nation.

    One row a level: level, places_of, added_of, pupils_of (the indicators); places, added and pupils in the
    plan's units; due, the period that these pupils are for; spare, the share of places left empty (0 to 1);
    start and start_period, the pupils the plan counts from; planned, their change up to the due date in %;
    elsewhere, the change in the other region from the same year (elsewhere_first) to its latest
    (elsewhere_last) in %, NaN where it has no figures of both; planned_low, planned_high, elsewhere_low and
    elsewhere_high, what these may be given that the figures are rounded; and ids of the rows: places_id,
    added_id, pupils_id, start_id, elsewhere_ids.
    """
    needed = ("id", "indicator", "period", "value", "unit", "baseline", "baseline_period", "baseline_id")
    require_columns(targets, needed, "targets")
    require_columns(observations, ("id", "unit"), "observations")
    promised = targets.drop_duplicates("indicator").set_index("indicator")
    rows = [(level, *indicators) for level, indicators in levels.items()]
    table = pd.DataFrame(rows, columns=["level", "places_of", "added_of", "pupils_of"])
    planned = table["places_of"].isin(promised.index) & table["pupils_of"].isin(promised.index)
    table = table[planned].reset_index(drop=True)
    for name in ("places", "added", "pupils"):
        table[name] = table[f"{name}_of"].map(promised["value"])
        table[f"{name}_id"] = table[f"{name}_of"].map(promised["id"])
    table["due"] = table["pupils_of"].map(promised["period"])
    sources = {"start": "baseline", "start_period": "baseline_period", "start_id": "baseline_id"}
    for name, source in sources.items():
        table[name] = table["pupils_of"].map(promised[source])
    table["spare"] = 1 - table["pupils"] / table["places"]
    units = table["pupils_of"].map(promised["unit"])
    planned = list(map(_change, table["start"], table["pupils"], units))
    table[["planned", "planned_low", "planned_high"]] = pd.DataFrame(planned, table.index, columns=range(3))
    changes = [
        _elsewhere(annual_rows(observations, [row.pupils_of], [benchmark], as_of), row.start_period)
        for row in table.itertuples()
    ]
    return table.join(pd.DataFrame(changes, columns=list(_ELSEWHERE)))


def _elsewhere(series: pd.DataFrame, since: str | None) -> tuple:
    """Change of a series from a year to its last one; NaN where it lacks a figure of either."""
    years = series.set_index(series["period"].str[:4])
    start = None if pd.isna(since) else since[:4]
    if start not in years.index or years.index[-1] == start:
        return (nan,) * len(_ELSEWHERE)
    first, last = years.loc[start], series.iloc[-1]
    change = _change(first["value"], last["value"], first["unit"])
    return *change, first["period"], last["period"], [first["id"], last["id"]]


def _change(first: float, last: float, unit: str) -> tuple[float, float, float]:
    """The change from one printed figure to another in %, and the least and the most it may be; NaN from zero
    or without one of them."""

    def percent(start: float, end: float) -> float:
        return 100 * (end / start - 1)

    if not (first > 0 and pd.notna(last)):
        return (nan,) * 3
    return percent(first, last), *span(percent, [printed_range(first, unit), printed_range(last, unit)])
