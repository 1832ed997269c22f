"""A task split over counties and years: map, growth, and tasks that fall."""

import pandas as pd

from plan_monitor.data.package import Package
from plan_monitor.methods.pace import average_annual_growth
from plan_monitor.report import codes
from plan_monitor.report.codes import printed
from plan_monitor.report.sources import stored_ids
from reportkit import periods, words
from reportkit.charts.heatmap import heat_map
from reportkit.language import Text, of_data
from reportkit.table import Column, table

_LEAST = (0, 5, 10, 20, 40)  # share of the total, %, from which on a task has a colour; light to dark
_SHARES = {
    "s0": ("不足 5 %", "below 5 %", "#eef3f7"),
    "s5": ("5 至 10 %", "5 to 10 %", "#c6d7e6"),
    "s10": ("10 至 20 %", "10 to 20 %", "#8fb0cc"),
    "s20": ("20 至 40 %", "20 to 40 %", "#4f7ea8"),
    "s40": ("40 % 以上", "40 % or more", "#1f4e79"),
}


def task_map(targets: pd.DataFrame, parts: list[str], whole: str, package: Package, title: Text) -> None:
    """Heat map of the tasks: a panel a year, a row a region, a column a kind, coloured by share of the total.

    `targets` have period and value; `parts` are codes of the regions shown, `whole` of the one they make up.
    """
    name, place = codes.names(package.indicators), codes.names(package.regions)
    total = targets[targets["region"].eq(whole)].drop_duplicates(["indicator", "period"], keep="last")
    tasks = targets[targets["region"].isin(parts)].sort_values("period", kind="stable")
    both = tasks.merge(total, "left", ["indicator", "period"], suffixes=("", "_whole"))
    share = (100 * both["value"] / both["value_whole"]).fillna(0)
    frame = both.assign(
        panel=both["period"],
        row=both["region"].map(place),
        column=both["indicator"].map(name),
        text=both["value"].map(words.number),
        state=pd.cut(share, [*_LEAST, float("inf")], right=False, labels=list(_SHARES)),
    )
    heat_map(frame, title=title, states=_SHARES)


def growth_table(totals: pd.DataFrame, package: Package, caption: Text) -> None:
    """Show for each kind of task its figure a year, and the average growth asked for.

    `totals` are targets of one region, one a kind and year.
    """
    totals = totals.sort_values("period", kind="stable")
    kinds = dict(list(totals.groupby("indicator", sort=False)))
    columns = [Column(("任务", "Task"), codes.names(package.indicators)[list(kinds)])]
    for year, rows in totals.groupby("period"):
        rows = rows.set_index("indicator").reindex(kinds)
        values = [words.number(value) for value in rows["value"]]
        columns.append(Column((year, year), values, stored_ids(rows["id"])))
    growth = [words.number(_growth(rows), 1) for rows in kinds.values()]
    ends = [list(rows["id"].iloc[[0, -1]]) for rows in kinds.values()]
    table(caption, [*columns, Column(("年均增长，%", "Growth a year, %"), growth, ends)])


def _growth(tasks: pd.DataFrame) -> float:
    """Average growth a year from the first of some tasks to the last, %; NaN where there is none."""
    first, last = tasks.iloc[0], tasks.iloc[-1]
    years = periods.end(last["period"]) - periods.end(first["period"])
    if years <= 0 or first["value"] <= 0:
        return float("nan")
    return average_annual_growth(first["value"], last["value"], years)


def falls_table(targets: pd.DataFrame, package: Package, caption: Text) -> None:
    """Show tasks (rows of ``targets``) that are lower than those of the same region and kind before."""
    ordered = targets.sort_values("period", kind="stable")
    before = ordered.groupby(["indicator", "region"])[["id", "period", "value", "comparator"]].shift()
    fallen = ordered[ordered["value"] < before["value"]]
    earlier = fallen.assign(**before.loc[fallen.index])
    columns = [
        Column(("县市", "County"), codes.names(package.regions)[fallen["region"]]),
        Column(("任务", "Task"), codes.names(package.indicators)[fallen["indicator"]]),
        Column(("此前", "Before"), printed(earlier, package), stored_ids(earlier["id"])),
        Column(("其后", "After"), printed(fallen, package), stored_ids(fallen["id"])),
        Column(("说明", "Remark"), fallen[f"note_{of_data()}"].fillna(words.NOTHING)),
    ]
    table(caption, columns)
