"""Places against pupils: what a plan provides, what it expects, and how the numbers go elsewhere."""

import pandas as pd

from plan_monitor.methods.series import annual_rows, require_columns

COLUMNS = (
    *("level", "places_of", "added_of", "pupils_of"),
    *("places", "added", "pupils", "spare", "start", "start_period", "planned"),
    *("elsewhere", "elsewhere_first", "elsewhere_last", "places_id", "added_id", "pupils_id", "start_id"),
    "elsewhere_ids",
)


def places_and_pupils(
    targets: pd.DataFrame,
    observations: pd.DataFrame,
    levels: dict[str, tuple[str, str, str]],
    beside: str,
    as_of: str,
) -> pd.DataFrame:
    """For each level of schools: the places planned, the pupils planned, and the pupils of another region.

    Parameters
    ----------
    targets : DataFrame
        Of ``progress.assess``, of one region and one due date: columns id, indicator, value, baseline,
        baseline_period, baseline_id.
    observations : DataFrame
        As for ``series.annual_rows``.
    levels : dict of str to (str, str, str)
        Level → ids of three indicators: places, places added, pupils. A level without planned places and
        pupils is left out.
    beside : str
        Code of the region to compare with, such as the nation.
    as_of : str
        ISO 8601 period; later figures are left out.

    Returns
    -------
    DataFrame
        Columns ``COLUMNS``: the indicators of each level; places, added and pupils in the plan's units;
        spare, the share of places left empty (0 to 1); start and start_period, the pupils the plan counts
        from; planned, their change up to the due date in %; elsewhere, the change in the other region from
        the same year (elsewhere_first) to its latest (elsewhere_last) in %, NaN where it has no figures of
        both.

    Examples
    --------
    >>> rows = [("seats", 10.0, None, None), ("more", 3.0, None, None), ("pupils", 8.0, 6.0, "2020")]
    >>> plan = pd.DataFrame(rows, columns=["indicator", "value", "baseline", "baseline_period"])
    >>> plan = plan.assign(id=plan["indicator"], baseline_id=None)
    >>> seen = pd.DataFrame([("pupils", "N", "2020", 50.0), ("pupils", "N", "2023", 40.0)],
    ...                     columns=["indicator", "region", "period", "value"]).assign(id=["a", "b"])
    >>> table = places_and_pupils(plan, seen, {"primary": ("seats", "more", "pupils")}, "N", "2024")
    >>> table[["spare", "planned", "elsewhere"]].round(1).values.tolist()
    [[0.2, 33.3, -20.0]]
    """
    needed = ("id", "indicator", "value", "baseline", "baseline_period", "baseline_id")
    require_columns(targets, needed, "targets")
    require_columns(observations, ("id",), "observations")
    promised = targets.drop_duplicates("indicator").set_index("indicator")
    rows = []
    for level, (places_of, added_of, pupils_of) in levels.items():
        if not {places_of, pupils_of} <= set(promised.index):
            continue
        places, pupils = promised.loc[places_of], promised.loc[pupils_of]
        added = promised.reindex([added_of]).iloc[0]
        row = {
            **{"places_of": places_of, "added_of": added_of, "pupils_of": pupils_of},
            **{"level": level, "places": places["value"], "places_id": places["id"]},
            **{"added": added["value"], "added_id": added["id"]},
            **{"pupils": pupils["value"], "pupils_id": pupils["id"]},
            "spare": 1 - pupils["value"] / places["value"],
        }
        if pd.notna(pupils["baseline"]):
            since = pupils["baseline_period"]
            row |= {"start": pupils["baseline"], "start_period": since, "start_id": pupils["baseline_id"]}
            row["planned"] = 100 * (pupils["value"] / pupils["baseline"] - 1)
            row |= _elsewhere(annual_rows(observations, [pupils_of], [beside], as_of), since)
        rows.append(row)
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _elsewhere(rows: pd.DataFrame, since: str) -> dict:
    """Change of a series from a year to its last one; empty where it has no figures of both."""
    start = rows[rows["period"].str[:4] == since[:4]]
    if start.empty or rows["period"].iloc[-1][:4] <= since[:4]:
        return {}
    first, last = start.iloc[0], rows.iloc[-1]
    return {
        "elsewhere": 100 * (last["value"] / first["value"] - 1),
        **{"elsewhere_first": first["period"], "elsewhere_last": last["period"]},
        "elsewhere_ids": [first["id"], last["id"]],
    }
