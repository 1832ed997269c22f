"""The first page on an income target: growth needed, growth pledged, and what is to be cleared up."""

import pandas as pd

from plan_monitor.data.package import Package
from plan_monitor.report import codes, responsible
from plan_monitor.report.income import BEFORE, LIFTED, MEDIAN, POOR, RURAL, everyone, times
from reportkit import words
from reportkit.brief import Fact
from reportkit.charts.small import small_bars
from reportkit.cited import cited
from reportkit.language import Text, chosen, tr

_BARS = 4  # incomes in the small chart, below the growth needed and that pledged
_SHORT = {  # what the bars of the small chart are called
    POOR: ("建档立卡人口", "registered poor"),
    BEFORE: ("贫困地区农村", "poor areas, rural"),
    RURAL: ("农村", "rural"),
    MEDIAN: ("农村中位数", "rural median"),
}
_LOOKS = {"needed": "#b0302a", "pledged": "#c98b1b", "reached": "#3f7d58", "below": "#8a8a8a"}


def answer(ways: pd.DataFrame, grown: pd.DataFrame) -> Text:
    """The growth that an income target needs (``starts``), and the pledge if that is higher.

    If the two agree, how many incomes grew so fast (``past_growth``).
    """
    way = ways.iloc[0]
    growth, pledge = _needed(way), cited(words.figure(way["pledge"], "%"), [way["pledge_id"]])
    if not way["fits"]:
        return (
            f"收入目标前后不符：按表每年须增 {growth}，正文写 {pledge} 以上。",
            f"The income targets disagree: {growth} a year by the table, {pledge} or more by the text.",
        )
    zh, en = f"收入目标要求每年增长 {growth}", f"The income target takes {growth} a year"
    if grown.empty:
        return f"{zh}，正文承诺 {pledge} 以上。", f"{en}, and the text promises {pledge} or more."
    ids = [row_id for ids in grown["ids"] for row_id in ids]
    total, fast_count = (cited(str(n), ids) for n in (len(grown), int(grown["reaches"].sum())))
    if not grown["reaches"].any():
        return (
            f"{zh}，已公布的 {total} 组收入都没有达到过。",
            f"{en}; none of {total} published incomes grew so fast.",
        )
    return (
        f"{zh}，已公布的 {total} 组收入中 {fast_count} 组达到过。",
        f"{en}; {fast_count} of {total} published incomes grew so fast.",
    )


def facts(ways: pd.DataFrame, grown: pd.DataFrame, targets: pd.DataFrame, package: Package) -> list[Fact]:
    """Figures on an income target, at most four.

    The growth needed by each reading beside the pledge, the target with its start, the same beside that of
    all farmers, and how fast the same people's income grew before, beside the fastest of the others.
    """
    way, reading_count = ways.iloc[0], len(ways)
    pledge = words.figure(way["pledge"], "%", comparator=">=")
    goal = words.dated(way["goal"], way["unit"], way["due"])
    start = cited(words.dated(way["value"], way["unit"], way["period"]), [way["id"]])
    readings = " / ".join(words.number(value, 1) for value in ways["growth"])
    ids = [*ways["id"], way["goal_id"]]
    pledged = cited(tr(f"正文承诺 {pledge}", f"the text pledges {pledge}"), [way["pledge_id"]])
    label = (f"所需年增速，{reading_count} 种读法", f"Needed a year, {reading_count} readings")
    result = [
        Fact(label, f"{readings} %", dict.fromkeys(ids), pledged),
        Fact(("脱贫人口收入目标", "Income target"), goal, [way["goal_id"]], tr("起点 ", "from ") + start),
    ]
    for row in everyone(ways, targets).itertuples():
        all_farmers = cited(words.figure(row.value, row.unit, comparator=row.comparator), [row.id])
        remark = tr(f"全体农民目标 {all_farmers}", f"all farmers: {all_farmers}")
        label = ("与全体农民目标之比", "Against all farmers' target")
        result.append(Fact(label, times(row), [way["goal_id"], row.id], remark))
    same, others = _same(grown), _others(grown)
    fastest = [(words.figure(row.growth, "%", 1), row) for row in others.head(1).itertuples()]
    label = ("同类人群年均增速", "Same people before, a year")
    for row in same.itertuples():
        rate = words.figure(row.growth, "%", 1).followed(words.aside(f"{row.first}–{row.last}"))
        n = len(others)
        compared = [
            cited(tr(f"其余 {n} 组最快 {most}", f"fastest of {n} others: {most}"), other.ids)
            for most, other in fastest
        ]
        remark = "".join(compared)
        result.append(Fact(label, rate, row.ids, remark))
    if same.empty:
        place, label = codes.names(package.regions), ("已公布的收入最快，年均", "Fastest published, a year")
        result += [
            Fact(label, most, row.ids, f"{place[row.region]} {row.first}–{row.last}") for most, row in fastest
        ]
    return result


def settle(ways: pd.DataFrame, package: Package) -> list[str]:
    """The step for the issuer to clear up the target; none if both rates of growth agree."""
    way = ways.iloc[0]
    if way["fits"]:
        return []
    document = package.targets.set_index("id")["document"].get(way["goal_id"])
    who, growth = responsible.issuers(package)(document).name, _needed(way)
    pledge = cited(words.figure(way["pledge"], "%"), [way["pledge_id"]])
    return [
        tr(
            f"请{who}澄清收入目标：按表每年须增 {growth}，正文写 {pledge} 以上，何者为准",
            f"Ask the {who} which income target holds: {growth} a year by the table or {pledge} by the text",
        )
    ]


def limits(ways: pd.DataFrame) -> str:
    """What a first page cannot tell of an income target and its pledge; empty if the two agree."""
    if ways.empty or ways.iloc[0]["fits"]:
        return ""
    en = " Table and text name the income differently; whether both mean one is not said."
    return tr("两处收入名称不同，是否同一口径文件没有说明。", en)


def growth_chart(ways: pd.DataFrame, grown: pd.DataFrame, package: Package) -> None:
    """Draw the growth needed and that pledged beside that of published incomes, as a small chart."""
    way, shown = ways.iloc[0], grown.head(_BARS)
    needed, place = words.number(way["growth"], 1), codes.names(package.regions)
    labels = {
        "needed": ("按表", "by the table"),
        "pledged": ("以上，正文", "or more, by the text"),
        "reached": (f"不低于 {needed}", f"{needed} or more"),
        "below": (f"低于 {needed}", f"below {needed}"),
    }
    goal = tr("目标所需", "Needed for the target")
    rows = [(goal, way["growth"], "needed", [way["id"], way["goal_id"]])]
    rows.append((tr("正文承诺", "Pledged"), way["pledge"], "pledged", [way["pledge_id"]]))
    name = codes.names(package.indicators)
    for row in shown.itertuples():
        income_name = chosen(_SHORT.get(row.indicator, (name[row.indicator],) * 2))
        category = f"{place[row.region]}{tr('', ', ')}{income_name} {row.first}–{row.last}"
        rows.append((category, row.growth, "reached" if row.reaches else "below", row.ids))
    frame = pd.DataFrame(rows, columns=["category", "value", "state", "id"])
    states = {state: (*labels[state], colour) for state, colour in _LOOKS.items()}
    subtitle = ("年均增速，%", "growth a year, %")
    small_bars(frame, title=_grown_title(grown), subtitle=subtitle, unit="%", places=1, states=states)


def _needed(way: pd.Series) -> str:
    return cited(words.figure(way["growth"], "%", 1), [way["id"], way["goal_id"]])


def _same(grown: pd.DataFrame) -> pd.DataFrame:
    """Past growth of the income of the group that the target is for, under its earlier name."""
    return grown[grown["indicator"].isin([LIFTED, POOR])].head(1)


def _others(grown: pd.DataFrame) -> pd.DataFrame:
    return grown[~grown["indicator"].isin([LIFTED, POOR])]


def _grown_title(grown: pd.DataFrame) -> Text:
    """How fast incomes grew, as the title of a chart: the same people's, and the fastest of the others."""
    same, others = _same(grown), _others(grown)
    if grown.empty:
        return "收入目标所需的增速", "The growth that the income target takes"
    most = words.figure(grown["growth"].iloc[0], "%", 1)
    if same.empty or others.empty:
        return f"已公布的收入最快年均增长 {most}", f"The fastest published income grew by {most} a year"
    before, most = (words.figure(rows["growth"].iloc[0], "%", 1) for rows in (same, others))
    zh = f"同类人群此前年均增长 {before}，其余 {len(others)} 组最快 {most}"
    return (
        zh,
        f"The same people's income grew by {before} a year, that of {len(others)} others by {most} at most",
    )
