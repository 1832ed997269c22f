"""Which promises are in danger, as far as there is evidence, and which ask for the largest change."""

import pandas as pd

from plan_monitor.methods.ranges import printed_range
from plan_monitor.methods.series import require_columns
from reportkit import periods

BEHIND = ("lost", "moving_away", "lagging", "slow")  # worst first


def rank(judged: pd.DataFrame, chances: pd.DataFrame) -> pd.DataFrame:
    """The targets that the evidence speaks against, best evidence first.

    `judged` is of `progress.assess`, `chances` of `prospects.chances`. Rows of `judged`, worst first, with
    probability and basis: *behind*, judged by a later figure, and lost, moving away, lagging or slow, in this
    order and then by the progress ratio; *unlikely*, without a later figure, where a forecast gives less than
    an even chance, least first. How much a target asks for is no evidence: see `longest_ways`.

    >>> rows = [("a", "slow", 0.7), ("b", None, None), ("c", None, None), ("d", "on_track", 1.0)]
    >>> judged = pd.DataFrame(rows, columns=["id", "status", "rho"])
    >>> rank(judged, pd.DataFrame({"id": ["c"], "probability": [0.2]}))[["id", "basis"]].values.tolist()
    [['a', 'behind'], ['c', 'unlikely']]
    """
    require_columns(judged, ("id", "status", "rho"), "judged")
    require_columns(chances, ("id", "probability"), "chances")
    probability = chances.drop_duplicates("id").set_index("id")["probability"]
    targets = judged.assign(probability=judged["id"].map(probability))
    behind = targets[targets["status"].isin(BEHIND)]
    behind = behind.assign(place=behind["status"].map(BEHIND.index)).sort_values(["place", "rho"])
    unlikely = targets[targets["status"].isna() & (targets["probability"] < 0.5)]
    unlikely = unlikely.sort_values("probability", kind="stable")
    return pd.concat([behind.drop(columns="place").assign(basis="behind"), unlikely.assign(basis="unlikely")])


def longest_ways(judged: pd.DataFrame, count: int = 10) -> pd.DataFrame:
    """The `count` shares that are to change most between base and target, in points a year.

    It says how much was promised, not whether it will be kept. Points, because a rate of growth makes any
    small base look steep and treats a share and its complement differently; shares, because points of other
    units do not compare. Rows of `judged` (of `progress.assess`) with unit % and a base figure, the longest
    way first, with points_per_year (signed), and points_low and points_high, what that may be as the base was
    rounded; the target is set.

    >>> rows = [("a", 8.0, 80.0, "%"), ("b", 90.0, 95.0, "%"), ("c", 1.0, 50.0, "km")]
    >>> judged = pd.DataFrame(rows, columns=["id", "baseline", "value", "unit"])
    >>> judged = judged.assign(kind="level", baseline_period="2020", period="2025")
    >>> longest_ways(judged)[["id", "points_per_year"]].values.tolist()
    [['a', 14.4], ['b', 1.0]]
    """
    require_columns(
        judged, ("id", "kind", "unit", "baseline", "baseline_period", "period", "value"), "judged"
    )
    shares = judged[judged["unit"].eq("%") & judged["kind"].isin(["level", "coverage"])]
    shares = shares.dropna(subset=["baseline", "baseline_period", "period"])
    begin, end = (shares[column].map(periods.end).astype(float) for column in ("baseline_period", "period"))
    ends = pd.DataFrame(map(printed_range, shares["baseline"], shares["unit"]), shares.index, [0, 1])
    for name, base in (("per_year", shares["baseline"]), ("low", ends[1]), ("high", ends[0])):
        shares[f"points_{name}"] = (shares["value"] - base) / (end - begin)
    return shares.sort_values("points_per_year", key=abs, ascending=False, kind="stable").head(count)
