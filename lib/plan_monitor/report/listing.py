"""A task split over counties and years: its shares, map and growth, and tasks that fall."""

import pandas as pd

from plan_monitor.data.package import Package
from plan_monitor.methods.pace import average_annual_growth
from plan_monitor.report import codes
from plan_monitor.report.codes import printed
from plan_monitor.report.sources import stored_ids
from reportkit import measures, periods, words
from reportkit.brief import Fact
from reportkit.charts.heatmap import heat_map
from reportkit.charts.small import small_bars
from reportkit.cited import cited
from reportkit.language import Text, of_data, tr
from reportkit.table import Column, table

_HEAVIEST = 2  # regions whose tasks are added up

_LEAST = (0, 5, 10, 20, 40)  # lower bounds of the colour classes, % of the total, light to dark
_SHARES = {
    "s0": ("不足 5 %", "below 5 %", "#eef3f7"),
    "s5": ("5 至 10 %", "5 to 10 %", "#c6d7e6"),
    "s10": ("10 至 20 %", "10 to 20 %", "#8fb0cc"),
    "s20": ("20 至 40 %", "20 to 40 %", "#4f7ea8"),
    "s40": ("40 % 以上", "40 % or more", "#1f4e79"),
}


def carried(tasks: pd.DataFrame, added: pd.DataFrame) -> pd.DataFrame:
    """The joint share of the two regions with the largest shares in each kind of task, in its last year.

    `tasks` are targets of the parts, `added` is of ``sums.parts_and_total``. One row a kind, the largest
    share first: indicator, period, share (%), ids (of their tasks and of the total) and regions (codes of the
    two).
    """
    totals = added.sort_values("period", kind="stable").drop_duplicates("indicator", keep="last")
    final = tasks.merge(totals[["indicator", "period", "told", "told_rows"]], on=["indicator", "period"])
    final = final.assign(share=100 * final["value"] / final["told"])
    heaviest = list(final.groupby("region", sort=False)["share"].sum().nlargest(_HEAVIEST).index)
    rows = [
        (*kind, part["share"].sum(), [*part["id"], *part["told_rows"].iloc[0]], heaviest)
        for kind, part in final[final["region"].isin(heaviest)].groupby(["indicator", "period"], sort=False)
    ]
    shares = pd.DataFrame(rows, columns=["indicator", "period", "share", "ids", "regions"])
    return shares.sort_values("share", ascending=False, kind="stable").reset_index(drop=True)


def shares_answer(shares: pd.DataFrame, package: Package) -> Text:
    """The shares of the tasks that two regions carry (``carried``), in a sentence."""
    regions = words.joined(codes.names(package.regions)[shares["regions"].iloc[0]])
    low, high = (words.number(share, 0) for share in (shares["share"].min(), shares["share"].max()))
    ids = [row_id for ids in shares["ids"] for row_id in ids]
    zh, en = (f"{low} 至 {high}", f"{low} to {high}") if low != high else (high, high)
    return (
        f"{regions}合计承担各类任务的 {cited(f'{zh} %', ids)}。",
        f"{regions} together carry {cited(f'{en} %', ids)} of each kind of task.",
    )


def shares_chart(shares: pd.DataFrame, package: Package) -> None:
    """Draw the joint share of two regions in each kind of task (``carried``), as a small chart."""
    regions = words.joined(codes.names(package.regions)[shares["regions"].iloc[0]])
    name = codes.names(package.indicators)
    frame = pd.DataFrame(
        {"category": list(name[shares["indicator"]]), "value": shares["share"], "id": shares["ids"]}
    )
    top, most = name[shares["indicator"].iloc[0]], words.number(shares["share"].iloc[0], 0)
    title = tr(f"两地合计占比最高的是{top}，{most} %", f"{top}: the two carry {most} %, their largest share")
    year = shares["period"].max()
    subtitle = tr(
        f"{regions}合计占全部任务的份额，%（{year}）", f"{regions}: share of the whole task, % ({year})"
    )
    small_bars(frame, title=title, subtitle=subtitle, unit="%", places=0)


def facts(table: pd.DataFrame, whole: str, added: pd.DataFrame, package: Package) -> list[Fact]:
    """Facts for a first page: a sum that differs from the total, growth, tasks that fall, realigned figures.

    `table` are the targets of all regions, `whole` the region they make up, `added` is of
    ``sums.parts_and_total``.
    """
    name, unit = codes.names(package.indicators), measures.units(package.indicators)
    result = []
    gaps = added[added["difference"].ne(0)].sort_values("difference", key=lambda gap: -gap.abs())
    for row in gaps.head(1).itertuples():
        label = f"{name[row.indicator]}{tr('县市任务合计', ', tasks of counties')}"
        total = cited(words.figure(row.told, unit[row.indicator]), row.told_rows)
        figure = words.dated(row.computed, unit[row.indicator], row.period)
        result.append(Fact(label, figure, row.rows, tr("总任务 ", "the whole task: ") + total))
    fallen, realigned = falls(table), table[table["reading"].eq("realigned")]
    if len(fallen):
        ids = [*fallen["id"], *fallen["before_id"]]
        label = ("低于上年的任务", "Tasks below the year before")
        result.append(
            Fact(label, tr(f"{len(fallen)} 处", f"{len(fallen)}"), ids, tr("须核对原件", "to be checked"))
        )
    grown = growths(table[table["region"].eq(whole)]).dropna(subset="growth")
    for row in grown.head(1).itertuples():
        start, last = words.number(row.first), words.figure(row.last, unit[row.indicator])
        way = tr(f"任务由 {start} 到 {last}", f"tasks: {start} to {last}")
        figure = tr("目标每年 +", "target +") + words.figure(row.growth, "%", 1) + tr("", " a year")
        result.append(Fact(name[row.indicator], figure, row.ids, way))
    if len(realigned):
        columns = len(realigned.drop_duplicates(["indicator", "period"]))
        word = tr("按合计还原，不作印证", "by the totals: no proof of them")
        label = ("文稿错位、已还原的栏", "Shifted columns put back")
        result.append(Fact(label, tr(f"{columns} 栏", f"{columns}"), realigned["id"], word))
    return result


def fewest(tasks: pd.DataFrame, package: Package) -> Text:
    """Which kind of task went to the fewest regions in its last year, as the title of a map."""
    last = tasks[tasks["period"].eq(tasks.groupby("indicator")["period"].transform("max"))]
    region_counts = last.groupby("indicator", sort=False)["region"].nunique().sort_values(kind="stable")
    if region_counts.empty or region_counts.iloc[0] == region_counts.iloc[-1]:
        return "各类任务分到的县市一样多", "Every kind of task went to as many counties"
    top, fewest_regions = codes.names(package.indicators)[region_counts.index[0]], region_counts.iloc[0]
    regions = measures.counted(fewest_regions, "county")
    return f"{top}的任务只分到 {fewest_regions} 个县市", f"{top}: the task went to {regions} only"


def task_map(targets: pd.DataFrame, parts: list[str], whole: str, package: Package) -> None:
    """Heat map of the tasks: a panel a year, a row a region, a column a kind, coloured by share of the total.

    `targets` have id, period and value; `parts` are codes of the regions shown, `whole` of the one they make
    up.
    """
    name, place = codes.names(package.indicators), codes.names(package.regions)
    total = targets[targets["region"].eq(whole)].drop_duplicates(["indicator", "period"], keep="last")
    tasks = targets[targets["region"].isin(parts)].sort_values("period", kind="stable")
    with_total = tasks.merge(total, "left", ["indicator", "period"], suffixes=("", "_whole"))
    share = (100 * with_total["value"] / with_total["value_whole"]).fillna(0)
    frame = with_total.assign(
        panel=with_total["period"],
        row=with_total["region"].map(place),
        column=with_total["indicator"].map(name),
        text=with_total["value"].map(words.number),
        state=pd.cut(share, [*_LEAST, float("inf")], right=False, labels=list(_SHARES)),
    )
    subtitle = ("格中是任务数，颜色是占全部任务的份额", "Tasks; the colour is the share of the whole task")
    heat_map(frame, title=fewest(tasks, package), subtitle=subtitle, states=_SHARES)


def growths(totals: pd.DataFrame) -> pd.DataFrame:
    """Average growth that each kind of task asks for, the fastest first.

    Columns indicator, growth (% a year; NaN where there is none), first and last (values) and ids (of both).
    """
    rows = []
    for kind, part in totals.sort_values("period", kind="stable").groupby("indicator", sort=False):
        ends = part["value"].iloc[0], part["value"].iloc[-1]
        rows.append((kind, _growth(part), *ends, list(part["id"].iloc[[0, -1]])))
    table = pd.DataFrame(rows, columns=["indicator", "growth", "first", "last", "ids"])
    return table.sort_values("growth", ascending=False, kind="stable").reset_index(drop=True)


def growth_title(totals: pd.DataFrame) -> Text:
    """The range of the growth rates that tasks ask for, as the title of a chart."""
    rates = growths(totals)["growth"].dropna()
    if rates.empty:
        return "任务的逐年路径", "The path of the tasks"
    low, high = (words.number(rate, 1) for rate in (rates.min(), rates.max()))
    return f"任务要求每年增长 {low} % 至 {high} %", f"The tasks are to grow by {low} to {high} % a year"


def growth_table(totals: pd.DataFrame, package: Package, caption: Text) -> None:
    """Show for each kind of task its figure a year, and the average growth asked for, the fastest first.

    `totals` are targets of one region, one a kind and year.
    """
    grown = growths(totals)
    kinds = list(grown["indicator"])
    columns = [Column(("任务", "Task"), codes.names(package.indicators)[kinds])]
    for year, rows in totals.sort_values("period", kind="stable").groupby("period"):
        rows = rows.set_index("indicator").reindex(kinds)
        values = [words.number(value) for value in rows["value"]]
        columns.append(Column((year, year), values, stored_ids(rows["id"])))
    rates = [words.number(rate, 1) for rate in grown["growth"]]
    table(caption, [*columns, Column(("年均增长，%", "Growth a year, %"), rates, list(grown["ids"]))])


def _growth(tasks: pd.DataFrame) -> float:
    """Average growth a year from the first of some tasks to the last, %; NaN where there is none."""
    first, last = tasks.iloc[0], tasks.iloc[-1]
    years = periods.end(last["period"]) - periods.end(first["period"])
    if years <= 0 or min(first["value"], last["value"]) <= 0:
        return float("nan")
    return average_annual_growth(first["value"], last["value"], years)


def falls(targets: pd.DataFrame) -> pd.DataFrame:
    """Tasks (rows of ``targets``) that are lower than those of the same region and kind before, which are in
    the columns before_id, before_period, before_value and before_comparator."""
    ordered = targets.sort_values("period", kind="stable")
    columns = ["id", "period", "value", "comparator"]
    before = ordered.groupby(["indicator", "region"])[columns].shift().add_prefix("before_")
    return ordered.join(before)[ordered["value"] < before["before_value"]]


def falls_table(targets: pd.DataFrame, package: Package, caption: Text) -> None:
    """Show tasks (rows of ``targets``) that are lower than those of the same region and kind before."""
    fallen = falls(targets)
    before_columns = [name for name in fallen if name.startswith("before_")]
    earlier = fallen.assign(**{name.removeprefix("before_"): fallen[name] for name in before_columns})
    columns = [
        Column(("县市", "County"), codes.names(package.regions)[fallen["region"]]),
        Column(("任务", "Task"), codes.names(package.indicators)[fallen["indicator"]]),
        Column(("此前", "Before"), printed(earlier, package), stored_ids(earlier["id"])),
        Column(("其后", "After"), printed(fallen, package), stored_ids(fallen["id"])),
        Column(("说明", "Remark"), fallen[f"note_{of_data()}"].fillna(words.NOTHING)),
    ]
    table(caption, columns)
