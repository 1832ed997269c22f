"""Do the parts of a table add up to its total, and what is the total where a part is doubtful?"""

import pandas as pd

from plan_monitor.methods.series import require_columns
from reportkit.decimals import side


def parts_and_total(rows: pd.DataFrame, parts: list[str], whole: str) -> pd.DataFrame:
    """Sum the figures of some regions and compare the sum with the figure of the region they make up.

    `rows` has id, indicator, region, period and value; rows of other regions or without a period are left
    out. A part without a row adds nothing: a table leaves such a cell empty. `parts` are the codes of the
    regions to add up, `whole` that of the region they make up.

    One row for each indicator and period of which the whole has a figure, in the order of `rows`: indicator,
    period, computed (sum of the parts), told (figure of the whole), difference (computed less told), rows
    (ids of the parts) and told_rows (id of the whole). Without any part there is no row.

    >>> names = ["id", "indicator", "region", "period", "value"]
    >>> cells = [("a", "pool", "A1", "2025", 22.0), ("b", "pool", "A2", "2025", 4.0)]
    >>> table = pd.DataFrame([*cells, ("t", "pool", "A", "2025", 30.0)], columns=names)
    >>> parts_and_total(table, ["A1", "A2"], "A")[["computed", "told", "difference"]].values.tolist()
    [[26.0, 30.0, -4.0]]
    """
    require_columns(rows, ("id", "indicator", "region", "period", "value"), "rows")
    key = ["indicator", "period"]
    figures = rows.dropna(subset=["period", "value"])
    inside = figures[figures["region"].isin(parts)].groupby(key)
    sums = inside.agg(computed=("value", "sum"), rows=("id", tuple))
    totals = figures[figures["region"].eq(whole)].drop_duplicates(key, keep="last").set_index(key)
    sums = totals[["value", "id"]].rename(columns={"value": "told"}).join(sums, how="inner")
    sums["told_rows"] = [(row,) for row in sums.pop("id")]
    pairs = zip(sums["computed"], sums["told"], strict=True)
    gaps = [a - b if side(a, b) else 0.0 for a, b in pairs]  # 0.1 + 0.2 are no more than 0.3
    sums["difference"] = pd.Series(gaps, sums.index, dtype=float)
    return sums.reset_index()[[*key, "computed", "told", "difference", "rows", "told_rows"]]


def other_readings(rows: pd.DataFrame, column: str) -> pd.DataFrame:
    """Which figures are doubtful, and the other reading of each, so that both sums can be computed.

    `rows` has the column and, optional, other_reading: empty where the figure is not doubtful. The rows come
    back with doubtful (bool) and otherwise (the other reading where there is one, else the figure).

    >>> money = pd.DataFrame({"investment": [64.0, 81.0], "other_reading": [6.4, float("nan")]})
    >>> other_readings(money, "investment")[["investment", "otherwise"]].sum().tolist()
    [145.0, 87.4]
    """
    other = rows["other_reading"] if "other_reading" in rows else rows[column].mask(rows[column].notna())
    return rows.assign(doubtful=other.notna(), otherwise=other.fillna(rows[column]))
