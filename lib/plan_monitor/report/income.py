"""An income target: the growth it needs, the growth pledged, and whether any income grew so fast."""

import pandas as pd

from plan_monitor.data.package import Package
from plan_monitor.methods import series
from plan_monitor.methods.feasibility import implied_growth
from plan_monitor.report import codes
from plan_monitor.report.codes import printed
from plan_monitor.report.sources import stored_ids
from reportkit import words
from reportkit.language import Text, chosen, tr
from reportkit.table import Column, table

LIFTED, GROWTH, POOR = "lifted-population-income", "lifted-household-income-growth", "registered-poor-income"
RURAL, MEDIAN, BEFORE = "rural-disposable-income", "rural-disposable-income-median", "poor-area-rural-income"
_EVERYONE = "farmer-income-per-head"
_YUAN = {"元": 1, "万元": 10_000}
_ADDED = ["growth", "reaches", "fits", "goal_id", "goal", "due", "pledge_id", "pledge"]
_READINGS = {
    "shifted": ("若指标表的起点属次年", "If the table's start were of the next year"),
    LIFTED: ("指标表：脱贫人口收入", "Indicator table: population lifted from poverty"),
    POOR: (
        "回顾：建档立卡贫困人口人均收入（假设同一口径）",
        "Review: registered poor (if of one definition)",
    ),
}


def starts(targets: pd.DataFrame, observations: pd.DataFrame, region: str, first: str) -> pd.DataFrame:
    """Figures from which the way to an income target may start, with the growth needed from each.

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
    growths = implied_growth(pd.concat([rows, shifted]), goal["value"], goal["period"], pledge["value"])
    goal_fields = {"goal_id": goal["id"], "goal": goal["value"], "due": goal["period"]}
    return growths.assign(**goal_fields, pledge_id=pledge["id"], pledge=pledge["value"])


def readings_table(ways: pd.DataFrame, package: Package, caption: Text) -> None:
    """Show each reading of the start, the growth needed, and where the pledged growth would lead."""
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
        Column(("收入", "Income"), _income_names(grown, package)),
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
    latest = others.iloc[-1]
    income_name = (
        f"{codes.names(package.regions)[latest['region']]}{tr('', ' · ')}{name[latest['indicator']]}"
    )
    value, goal = (words.figure(figure, "元") for figure in (latest["value"], way["goal"]))
    is_higher = way["goal"] > latest["value"]
    zh, en = ("高于", "above") if is_higher else ("不高于", "not above")
    return (
        f"收入目标 {goal}，{zh} {latest['period']} 年{income_name} {value}",
        f"The income target, {goal}, is {en} the latest: {income_name}, {value} ({latest['period']})",
    )


def everyone(ways: pd.DataFrame, targets: pd.DataFrame) -> pd.DataFrame:
    """The target for all farmers in the same year, if that for the poorer group is higher.

    Rows of `targets` with times: the target for the poorer group as a multiple of theirs.
    """
    if ways.empty:
        return targets.iloc[:0].assign(times=0.0)
    way = ways.iloc[0]
    rows = targets[targets["indicator"].eq(_EVERYONE) & targets["period"].eq(way["due"])]
    rows = rows.assign(times=way["goal"] / (rows["value"] * rows["unit"].map(_YUAN)).astype(float))
    return rows[rows["times"] > 1]


def times(row) -> str:
    """The income target as a multiple of that for all farmers (a row of ``everyone``), in words.

    If theirs is only a floor, this is an upper limit.
    """
    figure = words.number(row.times, 2, limits=[1])
    if row.comparator in (">", ">="):
        return tr(f"最多约 {figure} 倍", f"at most about {figure} times")
    return tr(f"约 {figure} 倍", f"about {figure} times")


def _income_names(grown: pd.DataFrame, package: Package) -> list[str]:
    place, name = codes.names(package.regions), codes.names(package.indicators)
    return [f"{place[row.region]} · {name[row.indicator]}" for row in grown.itertuples()]
