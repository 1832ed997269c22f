"""Which promises are in the greatest danger, by what is known of each."""

import numpy as np
import pandas as pd

from plan_monitor import periods
from plan_monitor.methods.pace import average_annual_growth
from plan_monitor.methods.series import require_columns

BASES = ("behind", "unlikely", "steep")
_BEHIND = ("lost", "moving_away", "lagging", "slow")  # worst first


def rank(judged: pd.DataFrame, chances: pd.DataFrame, count: int = 10) -> pd.DataFrame:
    """The most endangered targets, those of which most is known first.

    Parameters
    ----------
    judged : DataFrame
        Of ``progress.assess``.
    chances : DataFrame
        Of ``prospects.chances``: columns id and probability.
    count : int
        How many at most.

    Returns
    -------
    DataFrame
        Rows of `judged`, worst first, with probability, growth (% a year from base to target) and basis:

        - behind: judged by a later figure, and lost, moving away, lagging or slow, in this order and then by
          the progress ratio;
        - unlikely: no later figure, but a forecast gives less than an even chance, least first;
        - steep: neither, but a base above zero; by the growth a year that the target asks for. That is no
          evidence of danger, only of how much was promised.

    Examples
    --------
    >>> rows = [("a", "slow", 0.7, 50.0, 60.0), ("b", None, None, 8.0, 80.0), ("c", None, None, 90.0, 95.0)]
    >>> judged = pd.DataFrame(rows, columns=["id", "status", "rho", "baseline", "value"])
    >>> judged = judged.assign(kind="level", baseline_period="2020", period="2025")
    >>> rank(judged, pd.DataFrame({"id": ["c"], "probability": [0.2]}))[["id", "basis"]].values.tolist()
    [['a', 'behind'], ['c', 'unlikely'], ['b', 'steep']]
    """
    needed = ("id", "status", "rho", "kind", "baseline", "baseline_period", "period", "value")
    require_columns(judged, needed, "judged")
    require_columns(chances, ("id", "probability"), "chances")
    found = judged.assign(
        probability=judged["id"].map(chances.drop_duplicates("id").set_index("id")["probability"]),
        growth=[_growth(row) for row in judged.itertuples()],
    )
    behind, unknown = found["status"].isin(_BEHIND), found["status"].isna()
    basis = np.select(
        [behind, unknown & (found["probability"] < 0.5), unknown & (found["growth"] > 0)], BASES, default=""
    )
    order = {status: place for place, status in enumerate(_BEHIND)}
    found = found.assign(basis=basis, place=found["status"].map(order))
    parts = [
        found[found["basis"].eq("behind")].sort_values(["place", "rho"], kind="stable"),
        found[found["basis"].eq("unlikely")].sort_values("probability", kind="stable"),
        found[found["basis"].eq("steep")].sort_values("growth", ascending=False, kind="stable"),
    ]
    return pd.concat(parts).drop(columns="place").head(count)


def _growth(row) -> float:
    """Growth a year that a target asks for, in % and in either direction."""
    if row.kind != "level" or pd.isna(row.baseline_period) or not (row.baseline > 0 and row.value > 0):
        return float("nan")
    years = periods.end(row.period) - periods.end(row.baseline_period) if pd.notna(row.period) else 0
    return abs(average_annual_growth(row.baseline, row.value, years)) if years > 0 else float("nan")
