"""An income target: what growth it takes, what is pledged, and whether any income has grown like that."""

import pandas as pd

from plan_monitor.data.package import Package
from plan_monitor.methods import series
from plan_monitor.methods.feasibility import implied_growth
from plan_monitor.report import codes
from plan_monitor.report.codes import printed
from plan_monitor.report.sources import stored_ids
from reportkit import words
from reportkit.brief import Fact
from reportkit.charts.small import small_bars
from reportkit.cited import cited
from reportkit.language import Text, chosen, tr
from reportkit.table import Column, table

LIFTED, GROWTH, POOR = "lifted-population-income", "lifted-household-income-growth", "registered-poor-income"
_EVERYONE = "farmer-income-per-head"
_YUAN = {"元": 1, "万元": 10_000}
_ADDED = ["growth", "reaches", "fits", "goal_id", "goal", "due", "pledge_id", "pledge"]
_BARS = 5  # incomes in the small chart, below the growth needed
_STATES = {
    "needed": ("目标所需", "needed", "#b0302a"),
    "reached": ("达到过", "reached", "#3f7d58"),
    "below": ("没有达到", "not reached", "#8a8a8a"),
}
_READINGS = {
    "shifted": ("若指标表的起点属次年", "If the table's start were of the next year"),
    LIFTED: ("指标表：脱贫人口收入", "Indicator table: population lifted from poverty"),
    POOR: (
        "回顾：建档立卡贫困人口人均收入（假设同一口径）",
        "Review: registered poor (if of one definition)",
    ),
}


def starts(targets: pd.DataFrame, observations: pd.DataFrame, region: str, first: str) -> pd.DataFrame:
    """The figures that the way to an income target may start from, with the growth it takes from each.

    `targets` are those of the region, `observations` the document's own figures, `first` the first year of
    its period. Rows as of ``implied_growth``, the indicator table's own start first, and reading: LIFTED,
    POOR or ``shifted`` (the table's start taken as of `first`); goal_id, goal, due, pledge_id and pledge. No
    row where there is no target, no pledge or no start.
    """
    goals, pledges = (targets[targets["indicator"].eq(name)] for name in (LIFTED, GROWTH))
    rows = series.annual_rows(observations, [LIFTED, POOR], [region], first)
    rows = rows[rows["period"].isin(goals["base_period"])]
    rows = rows.assign(reading=rows["indicator"])
    shifted = rows[rows["indicator"].eq(LIFTED)].assign(period=first, reading="shifted")
    if goals.empty or pledges.empty or shifted.empty:
        return rows.iloc[:0].assign(**dict.fromkeys(_ADDED, pd.NA))
    goal, pledge = goals.iloc[0], pledges.iloc[0]
    grown = implied_growth(pd.concat([rows, shifted]), goal["value"], goal["period"], pledge["value"])
    known = {"goal_id": goal["id"], "goal": goal["value"], "due": goal["period"]}
    return grown.assign(**known, pledge_id=pledge["id"], pledge=pledge["value"])


def answer(ways: pd.DataFrame, grown: pd.DataFrame) -> Text:
    """What growth an income target takes (``starts``), and how many incomes grew so (``past_growth``)."""
    way = ways.iloc[0]
    growth = cited(words.figure(way["growth"], "%", 1), [way["id"], way["goal_id"]])
    zh, en = f"收入目标要求每年增长 {growth}", f"The income target takes {growth} a year"
    if grown.empty:
        pledge = cited(words.figure(way["pledge"], "%"), [way["pledge_id"]])
        return f"{zh}，正文承诺 {pledge} 以上。", f"{en}, and the text promises {pledge} or more."
    ids = [row_id for ids in grown["ids"] for row_id in ids]
    every, some = (cited(str(many), ids) for many in (len(grown), int(grown["reaches"].sum())))
    if not grown["reaches"].any():
        return (
            f"{zh}，已公布的 {every} 组收入都没有达到过。",
            f"{en}; none of {every} published incomes grew so fast.",
        )
    return (
        f"{zh}，已公布的 {every} 组收入中 {some} 组达到过。",
        f"{en}; {some} of {every} published incomes grew so fast.",
    )


def facts(ways: pd.DataFrame, grown: pd.DataFrame, targets: pd.DataFrame, package: Package) -> list[Fact]:
    """The growth needed beside the pledge, the target beside that of all farmers, and the fastest other."""
    way, place = ways.iloc[0], codes.names(package.regions)
    pledge = words.figure(way["pledge"], "%", comparator=">=")
    goal = words.dated(way["goal"], way["unit"], way["due"])
    start = cited(words.dated(way["value"], way["unit"], way["period"]), [way["id"]])
    needed = words.figure(way["growth"], "%", 1)
    pledged = cited(tr(f"正文承诺 {pledge}", f"the text pledges {pledge}"), [way["pledge_id"]])
    told = [
        Fact(("收入目标每年需增长", "Growth needed a year"), needed, [way["id"], way["goal_id"]], pledged),
        Fact(("收入目标", "Income target"), goal, [way["goal_id"]], tr("起点 ", "from ") + start),
    ]
    for row in everyone(ways, targets).itertuples():
        whole = cited(words.figure(row.value, row.unit, comparator=row.comparator), [row.id])
        word = tr(f"全体农民目标 {whole}", f"all farmers: {whole}")
        times = words.number(row.times, 2)
        label = ("与全体农民目标之比", "Against all farmers' target")
        told.append(Fact(label, tr(f"{times} 倍", f"{times} times"), [way["goal_id"], row.id], word))
    for row in grown[~grown["reaches"]].head(1).itertuples():
        label = ("其余收入最快，每年", "Fastest of the others")
        word = f"{place[row.region]} {row.first}–{row.last}"
        told.append(Fact(label, words.figure(row.growth, "%", 1), row.ids, word))
    return told


def growth_chart(ways: pd.DataFrame, grown: pd.DataFrame, package: Package) -> None:
    """Draw the growth needed beside that of published incomes, the fastest first, as a small chart."""
    way, shown = ways.iloc[0], grown.head(_BARS)
    first = [
        (tr("收入目标所需", "Needed for the target"), way["growth"], "needed", [way["id"], way["goal_id"]])
    ]
    others = [
        (f"{who} {row.first}–{row.last}", row.growth, "reached" if row.reaches else "below", row.ids)
        for who, row in zip(_who(shown, package), shown.itertuples(), strict=True)
    ]
    frame = pd.DataFrame([*first, *others], columns=["category", "value", "state", "id"])
    needed, many = words.number(way["growth"], 1), int(grown["reaches"].sum())
    title = (
        f"{len(grown)} 组收入中年均增速达到 {needed} % 的有 {many} 组",
        f"{many} of {len(grown)} incomes grew by {needed} % a year or more",
    )
    subtitle = ("年均增速，%", "Growth a year, %")
    small_bars(frame, title=title, subtitle=subtitle, unit="%", places=1, states=_STATES)


def readings_table(ways: pd.DataFrame, package: Package, caption: Text) -> None:
    """Show each reading of where the way starts, the growth it takes, and where the pledge would lead."""
    against = {True: tr("不低于承诺", "not below"), False: tr("低于承诺", "below")}
    ids = [[row.id, row.goal_id] for row in ways.itertuples()]
    pledged = [[row.id, row.pledge_id] for row in ways.itertuples()]
    growth = [words.figure(value, "%", 1) for value in ways["growth"]]
    arrival = [words.figure(value, "元", 0) for value in ways["reaches"]]
    columns = [
        Column(("读法", "Reading"), [chosen(_READINGS[name]) for name in ways["reading"]]),
        Column(("起点", "Start"), printed(ways, package), stored_ids(ways["id"])),
        Column(("每年需增长", "Needed a year"), growth, ids),
        Column(("按承诺增速到期可达", "Would be reached at the pledged rate"), arrival, pledged),
        Column(("所需与承诺增速", "Needed, against the pledge"), ways["fits"].map(against)),
    ]
    table(caption, columns)


def grown_table(grown: pd.DataFrame, needed: float, package: Package, caption: Text) -> None:
    """Show how published incomes grew (``past_growth``), and whether any grew as fast as is needed (%)."""
    ids = list(grown["ids"])
    pairs = zip(grown["from"], grown["to"], strict=True)
    way = [f"{words.number(start)} → {words.number(last)}" for start, last in pairs]
    fastest = [
        words.figure(row.fastest, "%", 1).followed(f" ({row.fastest_period.replace('/', '–')})")
        for row in grown.itertuples()
    ]
    yes_no = {True: tr("达到过", "yes"), False: tr("没有", "no")}
    enough = (f"到过 {words.number(needed, 1)} %", f"{words.number(needed, 1)} % reached")
    columns = [
        Column(("收入", "Income"), _who(grown, package)),
        Column(("年份", "Years"), grown["first"] + "–" + grown["last"], ids, figures=True),
        Column(("从 → 到，元", "From → to, yuan"), way, ids, figures=True),
        Column(
            ("年均增速", "Growth a year"), [words.figure(value, "%", 1) for value in grown["growth"]], ids
        ),
        Column(("最快一段", "Fastest stretch"), fastest, ids),
        Column(enough, grown["reaches"].map(yes_no)),
    ]
    table(caption, columns)


def beside_title(ways: pd.DataFrame, incomes: pd.DataFrame, package: Package) -> Text:
    """Whether the target lies above the latest of some incomes elsewhere, as the title of a chart."""
    way, name = ways.iloc[0], codes.names(package.indicators)
    others = incomes[~incomes["indicator"].isin([LIFTED, POOR])].sort_values("period", kind="stable")
    if others.empty:
        return "收入目标与公布的收入", "The income target beside published incomes"
    top = others.iloc[-1]
    who = f"{codes.names(package.regions)[top['region']]}{tr('', ' · ')}{name[top['indicator']]}"
    value, goal = (words.figure(figure, "元") for figure in (top["value"], way["goal"]))
    more = way["goal"] > top["value"]
    zh, en = ("高于", "above") if more else ("不高于", "not above")
    return (
        f"收入目标 {goal}，{zh} {top['period']} 年{who} {value}",
        f"The income target, {goal}, is {en} the latest: {who}, {value} ({top['period']})",
    )


def everyone(ways: pd.DataFrame, targets: pd.DataFrame) -> pd.DataFrame:
    """The target for all farmers of the same year, where that for the group that had less is higher.

    Its rows of `targets`, with times: how many times theirs the other one is.
    """
    if ways.empty:
        return targets.iloc[:0].assign(times=0.0)
    way = ways.iloc[0]
    rows = targets[targets["indicator"].eq(_EVERYONE) & targets["period"].eq(way["due"])]
    rows = rows.assign(times=way["goal"] / (rows["value"] * rows["unit"].map(_YUAN)).astype(float))
    return rows[rows["times"] > 1]


def _who(grown: pd.DataFrame, package: Package) -> list[str]:
    place, name = codes.names(package.regions), codes.names(package.indicators)
    return [f"{place[row.region]} · {name[row.indicator]}" for row in grown.itertuples()]
