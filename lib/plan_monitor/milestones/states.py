"""Dated promises without a number: what became of them, and whether the documents' dates fit together."""

import numpy as np
import pandas as pd

from plan_monitor.methods.series import require_columns
from reportkit import periods

STATES = ("done", "under_way", "missed", "dropped", "unknown", "awaited", "not_due")


def states(milestones: pd.DataFrame, status: pd.DataFrame, as_of: str) -> pd.DataFrame:
    """What became of each promise, as far as is recorded at a date.

    `milestones` has id, period and, optional, lag (months from the end of a period to its publication; 0),
    `status` milestone (id of a promise), period (as of when) and state (done, under_way, missed or dropped);
    of several, the last one up to the end of `as_of` (ISO 8601) counts. The rows of `milestones` and: state,
    ``not_due`` where its date has not come; where it has and nothing is recorded (or only under way before),
    ``awaited`` until a record is to be expected, then ``unknown``; and state_period, that of the record.

    >>> promises = pd.DataFrame({"id": ["a", "b", "c"], "period": ["2023", "2024", "2026"]})
    >>> status = pd.DataFrame({"milestone": ["a"], "period": ["2024-03"], "state": ["done"]})
    >>> states(promises, status, "2025")["state"].tolist()
    ['done', 'unknown', 'not_due']
    """
    require_columns(milestones, ("id", "period"), "milestones")
    require_columns(status, ("milestone", "period", "state"), "milestone status")
    now = periods.end(as_of)
    moments = status["period"].map(periods.end).astype(float).sort_values(kind="stable")
    last = status.loc[moments.index[moments <= now]].drop_duplicates("milestone", keep="last")
    last = last.set_index("milestone").reindex(milestones["id"])
    ends = np.array([periods.end(period) for period in milestones["period"]], dtype=float)
    due = ends <= now
    late = due
    if "lag" in milestones:
        late = np.round(12 * (now - ends), 6) >= milestones["lag"].to_numpy(dtype=float)
    unrecorded = np.select([~due, ~late], ["not_due", "awaited"], "unknown")
    state, period = (last[column].to_numpy(dtype=object) for column in ("state", "period"))
    recorded = last["period"].map(periods.end, na_action="ignore").to_numpy(dtype=float)
    # a record of work under way before the date does not tell the outcome
    state[due & (state == "under_way") & (recorded <= ends)] = None
    return milestones.assign(state=np.where(pd.isna(state), unrecorded, state), state_period=period)


def against_deadlines(milestones: pd.DataFrame) -> pd.DataFrame:
    """Whether the year for which something is planned lies within the deadline set for it elsewhere.

    A deadline ("by 2035") and a year planned inside it (2031) do not contradict each other. `milestones` has
    id, region, period, timing (``by`` or ``in``), of one programme and one step of it. One row a region, in
    the order of the dates: deadline and planned (periods), deadline_id and planned_id, years_early (planned
    year before the deadline) and fits (missing where one of the two is).

    >>> rows = [("a", "R1", "2035", "by"), ("b", "R1", "2031", "in"), ("c", "R2", "2030", "by")]
    >>> dates = pd.DataFrame(rows, columns=["id", "region", "period", "timing"])
    >>> against_deadlines(dates)[["region", "years_early", "fits"]].values.tolist()
    [['R2', nan, None], ['R1', 4.0, True]]
    """
    require_columns(milestones, ("id", "region", "period", "timing"), "milestones")
    dates = {}
    for timing, name in (("by", "deadline"), ("in", "planned")):
        rows = milestones[milestones["timing"] == timing].sort_values("period", kind="stable")
        rows = rows.drop_duplicates("region").set_index("region")
        dates[name], dates[f"{name}_id"] = rows["period"], rows["id"]
    table = pd.DataFrame(dates)
    ends = table[["deadline", "planned"]].map(periods.end, na_action="ignore").astype(float)
    early = ends["deadline"] - ends["planned"]
    fits = [None if np.isnan(years) else bool(years >= 0) for years in early]
    table = table.assign(years_early=early, fits=fits)
    first = table["planned"].fillna(table["deadline"]).sort_values(kind="stable")
    return table.loc[first.index].rename_axis("region").reset_index()
