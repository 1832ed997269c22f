"""A chain of dated targets, stage by stage: the steepest stage in a sentence, facts and a chart."""

from math import isinf

import pandas as pd

from plan_monitor.data.package import Package
from plan_monitor.methods import trajectory
from plan_monitor.report import codes, responsible
from plan_monitor.report.judgement import paces
from plan_monitor.report.leading import fits
from reportkit import measures, words
from reportkit.brief import Fact
from reportkit.charts.small import small_bars
from reportkit.cited import cited
from reportkit.decimals import certain
from reportkit.language import Text, tr, word
from reportkit.table import Column, table

_BOUND = {"floor": ("底线", "floor"), "ceiling": ("上限", "ceiling")}


def staged(points: pd.DataFrame, package: Package) -> pd.DataFrame:
    """Stages (``trajectory.stages``) with the columns that a report shows.

    `points` are bases and targets, with id and kind. Added are bound (``floor`` or ``ceiling``, where the
    target asks for no change), pace (change a year, as printed, without its unit), pace_unit, and ids (of
    both ends).
    """
    stages = trajectory.stages(points)
    unit = measures.units(package.indicators).replace("%", "百分点")
    points_by_key = points.set_index(["indicator", "period"])
    ends = [
        [points_by_key["id"][stage.indicator, stage.start], points_by_key["id"][stage.indicator, stage.end]]
        for stage in stages.itertuples()
    ]
    kinds = [points_by_key["kind"][stage.indicator, stage.end] for stage in stages.itertuples()]
    units = [measures.unit_word(unit[name]) for name in stages["indicator"]]
    bound = [kind if kind in _BOUND else "" for kind in kinds]
    return stages.assign(bound=bound, pace=paces(stages, unit), pace_unit=units, ids=ends)


def stages_table(stages: pd.DataFrame, package: Package, caption: Text) -> None:
    """Show what each stage (``staged``) asks for a year, the indicator with the steepest last stage first."""
    order = stages["ratio"].mask(stages["bound"].ne("")).groupby(stages["indicator"], sort=False).last()
    kinds = list(order.sort_values(ascending=False, kind="stable").index)
    cells = {(row.indicator, f"{row.start}–{row.end}"): row for row in stages.itertuples()}
    units = stages.drop_duplicates("indicator").set_index("indicator")["pace_unit"]
    columns = [
        Column(("指标", "Indicator"), codes.names(package.indicators)[kinds]),
        Column(("单位", "Unit"), units[kinds]),
    ]
    for stage in sorted({stage for _, stage in cells}):
        rows = [cells.get((kind, stage)) for kind in kinds]
        texts = [
            words.NOTHING if row is None else word(_BOUND, row.bound) if row.bound else row.pace
            for row in rows
        ]
        columns.append(Column((stage, stage), texts, [row.ids if row else [] for row in rows], mixed=True))
    table(caption, columns)


def steepest(stages: pd.DataFrame) -> pd.DataFrame:
    """The stages (``staged``) of a chain up to its steepest stage, relative to the stage before.

    The last row is the steepest stage, the one above it the stage before; empty if no stage is steeper than
    the one before.
    """
    more = stages[(stages["ratio"] > 1) & stages["bound"].eq("")].sort_values("ratio", kind="stable")
    if more.empty:
        return more
    top = more.iloc[-1]
    chain = stages[stages["indicator"].eq(top["indicator"]) & stages["region"].eq(top["region"])]
    return chain.loc[: top.name]


def steep_answer(chain: pd.DataFrame, package: Package) -> str:
    """The pace of the steepest stage as a multiple of the stage before (``steepest``), as a sentence."""
    last = chain.iloc[-1]
    name = codes.names(package.indicators)[last["indicator"]]
    ids = [row_id for stage in chain["ids"].iloc[-2:] for row_id in stage]
    times = cited(_times(last), ids)
    zh, en = _least(last)
    long = tr(
        f"{last['start']} 年起，{name}每年须提高的幅度{zh}是前一段的 {times} 倍。",
        f"{name}: from {last['start']} on, the rise asked for is {en}{times} times the earlier one.",
    )
    short = tr(
        f"{name}后一段每年要升的{zh}是此前的 {times} 倍。",
        f"{name}: from {last['start']}, {en}{times} times the pace.",
    )
    return long if fits(long) else short


def steep_facts(chain: pd.DataFrame, points: pd.DataFrame, package: Package) -> list[Fact]:
    """The two paces of ``steepest``, and the targets at both ends of the last stage."""
    before, last = chain.iloc[-2], chain.iloc[-1]
    goal = points[points["indicator"].eq(last["indicator"])].set_index("period")
    start, final = goal.loc[last["start"]], goal.loc[last["end"]]
    unit = measures.units(package.indicators)[last["indicator"]]
    begin = words.figure(start["value"], unit, comparator=start.get("comparator", "="))
    label = tr(f"{last['start']}—{last['end']} 年每年", f"{last['start']}–{last['end']}, a year")
    slow = f"{before['pace']} {before['pace_unit']}"
    earlier = cited(tr(f"前一段每年 {slow}", f"stage before: {slow}"), before["ids"])
    arrival = words.figure(final["value"], unit, comparator=final.get("comparator", "="))
    word = tr(f"{last['start']} 年目标 {begin}", f"target for {last['start']}: {begin}")
    return [
        Fact(label, f"+{last['pace']} {last['pace_unit']}", last["ids"], earlier),
        Fact(
            tr(f"{last['end']} 年目标", f"Target for {last['end']}"),
            arrival,
            [final["id"]],
            cited(word, [start["id"]]),
        ),
    ]


def steep_step(chain: pd.DataFrame, points: pd.DataFrame, document: str, package: Package) -> str:
    """The step to ask the issuer of a document how its steepest stage is to be reached."""
    last = chain.iloc[-1]
    goal = points[points["indicator"].eq(last["indicator"])].set_index("period")
    name, unit = (
        values[last["indicator"]]
        for values in (codes.names(package.indicators), measures.units(package.indicators))
    )
    ends = [goal.loc[last[end]] for end in ("start", "end")]
    start, final = (
        cited(words.dated(point["value"], unit, point.name, point.get("comparator", "=")), [point["id"]])
        for point in ends
    )
    who = responsible.issuers(package)(document).name
    return tr(
        f"请{who}说明“{name}”怎样由 {start}到 {final}，两段口径是否相同",
        f"Ask the {who} how “{name}” is to rise from {start} to {final}, and whether both use one definition",
    )


def steep_caveat(chain: pd.DataFrame) -> str:
    """A caveat where rounding changes the ratio by much; else empty."""
    last = chain.iloc[-1]
    if last["ratio_high"] <= 1.2 * last["ratio_low"]:
        return ""
    return tr(
        "倍数受舍入影响；两段口径可能不同，文件没有说明。",
        "Rounding leaves the ratio open; whether both stages use one definition the document does not say.",
    )


def steep_chart(chain: pd.DataFrame, package: Package) -> None:
    """Draw what each stage of ``steepest`` asks for a year, as a small chart."""
    before, last = chain.iloc[-2], chain.iloc[-1]
    name, unit = codes.names(package.indicators)[last["indicator"]], last["pace_unit"]
    frame = pd.DataFrame(
        {
            "category": chain["start"] + tr("—", "–") + chain["end"],
            "value": chain["per_year"],
            "id": list(chain["ids"]),
        }
    )
    title = tr(
        f"{last['start']} 年起每年 {last['pace']} {unit}，前一段每年 {before['pace']} {unit}",
        f"From {last['start']} +{last['pace']} {unit} each year, +{before['pace']} in the stage before",
    )
    places = len(last["pace"].partition(".")[2])
    subtitle = tr(f"{name}：各时段每年要求的变动，{unit}", f"{name}: change asked for a year, {unit}")
    small_bars(frame, title=title, subtitle=subtitle, unit=unit, places=places)


def _times(row: pd.Series) -> str:
    """A ratio with as many digits as it carries; the range where it carries none."""
    low, high = row["ratio_low"], row["ratio_high"]
    if isinf(high):
        return words.number(low, 1, limits=[1])
    if certain(low, high) < 0:
        return f"{words.number(low, 0)}–{words.number(high, 0)}"
    return words.number(row["ratio"], min(1, certain(low, high)), limits=[1])


def _least(row: pd.Series) -> tuple[str, str]:
    """The words before a ratio without an upper limit."""
    return ("至少", "at least ") if isinf(row["ratio_high"]) else ("", "")


def path_title(targets: pd.DataFrame, package: Package) -> Text:
    """The dated share (``progress.assess``) that is to change most, as the title of a chart.

    Without any, the title says what the chart shows.
    """
    top = _longest(targets)
    if top is None:
        return "基期、分年目标与并排的地区", "Base, dated targets and other regions"
    name = codes.names(package.indicators)[top["indicator"]]
    start = words.figure(top["baseline"], "%")
    goal = words.figure(top["value"], "%", comparator=top["comparator"])
    return f"变动最大的是{name}：{start} 到 {goal}", f"The longest way: {name}, from {start} to {goal}"


def longest_way(targets: pd.DataFrame, package: Package) -> list[Fact]:
    """The dated share (``progress.assess``) that is to change most, with its base, if there is one."""
    top = _longest(targets)
    if top is None:
        return []
    goal = words.dated(top["value"], "%", top["period"], top["comparator"])
    base = cited(words.dated(top["baseline"], "%", top["baseline_period"]), [top["baseline_id"]])
    name = codes.names(package.indicators)[top["indicator"]]
    return [Fact(name, tr(f"目标 {goal}", f"target {goal}"), [top["id"]], tr("基期 ", "base ") + base)]


def _longest(targets: pd.DataFrame) -> pd.Series | None:
    """The dated share that is to change most, floors and ceilings aside."""
    last = targets.sort_values("period", kind="stable").drop_duplicates("indicator", keep="last")
    ways = last[last["unit"].eq("%") & last["baseline_id"].notna()]
    ways = ways.assign(way=ways["value"] - ways["baseline"])
    ways = ways[~ways["kind"].isin(list(_BOUND)) & ways["way"].ne(0)]
    return None if ways.empty else ways.loc[ways["way"].abs().idxmax()]
