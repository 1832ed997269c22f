"""Charts of a plan's promises: that of the first page, and the ways from base to target."""

import pandas as pd

from plan_monitor.data.package import Package
from plan_monitor.methods import agenda
from plan_monitor.report import codes
from plan_monitor.report.sources import stored_ids
from reportkit import periods, words
from reportkit.brief import MOST
from reportkit.charts import small as charts
from reportkit.charts.plain import dots
from reportkit.decimals import NOISE
from reportkit.language import Text, chosen, tr

_STEEP = 10  # points; smallest change that a title counts
_FEWEST = 3  # shares with a figure that a chart needs
_FEW = 3  # most promises of which dates are drawn


def leading_chart(judged: pd.DataFrame, package: Package, as_of: str = "") -> None:
    """Draw how far shares are from their targets, the farthest first; or the states of promises.

    Shares are drawn if three or more have a latest or a base figure. `judged` are rows of ``promises.judge``;
    for three promises or fewer, and with `as_of`, their dates are drawn.
    """
    main = judged[judged["role"].eq("promise")]
    shares = main[main["unit"].eq("%") & main["kind"].isin(["level", "coverage"])]
    newest = shares["latest_id"].notna()
    shares = shares.assign(
        category=shares["indicator"].map(codes.names(package.indicators)),
        known=shares["latest"].where(newest, shares["baseline"]),
        known_id=shares["latest_id"].where(newest, shares["baseline_id"]),
    ).dropna(subset="known_id")
    far = shares.sort_values("gap", key=lambda gap: -gap.abs(), kind="stable")
    far = far.drop_duplicates("indicator").head(MOST)
    if len(far) < _FEWEST:
        few = as_of and 0 < len(main) <= _FEW
        return dates(main, package, as_of) if few else states(main)
    ids = [[*latest, row_id] for latest, row_id in zip(stored_ids(far["known_id"]), far["id"], strict=True)]
    first = far.iloc[0]
    name, points = first["category"], words.number(abs(first["gap"]))
    zh, en = "离目标最远", "Farthest from target"
    if pd.isna(first["latest_id"]):
        zh, en = f"{first['baseline_period']} 年起点离目标最远", f"{en} in {first['baseline_period']}"
    charts.small_bars(
        pd.DataFrame({"category": far["category"], "value": far["known"], "target": far["value"], "id": ids}),
        title=(
            f"{zh}：{name}，差 {points} 个百分点",
            f"{en}: {name}, {points} points",
        ),
        subtitle=("最新或基期数，与目标（%）", "Latest or base figure, and target (%)"),
        unit="%",
    )


def states(main: pd.DataFrame) -> None:
    """Draw the states of promises, rows of ``promises.judge``."""
    groups = dict(list(main.groupby("state")))
    counts = {code: len(groups[code]) for code in codes.STATES if code in groups}
    charts.small_states(
        counts,
        states=codes.COLOURED,
        title=_most_frequent(main),
        subtitle=("承诺的状态，项", "States of promises"),
        ids={code: list(rows["id"]) for code, rows in groups.items()},
    )


def dates(main: pd.DataFrame, package: Package, as_of: str) -> None:
    """Draw when a few promises (``promises.judge``) were issued, are due, and results are expected."""
    issued = package.documents.set_index("id")["issued"]
    names, rows = codes.names(package.indicators), []
    for row in main.dropna(subset="period").itertuples():
        issue_date, due = issued.get(row.document), periods.end(row.period)
        fields = {"category": names[row.indicator], "id": [row.id]}
        if pd.notna(issue_date):
            event = tr("印发", "issued")
            rows.append(fields | {"event": event, "year": periods.end(issue_date[:7]), "text": issue_date})
        rows.append(fields | {"event": tr("到期", "due"), "year": due, "text": agenda.month(due)})
        if pd.notna(row.lag):
            expected, ids = due + row.lag / 12, [row.id, row.lag_id]
            event = tr("应公布", "result expected")
            rows.append(
                fields | {"event": event, "year": expected, "text": agenda.month(expected), "id": ids}
            )
    charts.small_dates(
        pd.DataFrame(rows, columns=["category", "event", "year", "text", "id"]),
        title=_most_frequent(main),
        subtitle=(
            "印发、到期和应公布的时间（按假设的时滞）",
            "Issued, due, and result expected (assumed lag)",
        ),
        now=(periods.end(as_of), tr(f"截至 {as_of}", f"as of {as_of}")),
    )


def _most_frequent(main: pd.DataFrame) -> Text:
    """The most frequent state of the promises, as a title."""
    counts = main["state"].value_counts()
    if counts.empty:
        return ("没有数字承诺", "No promise in numbers")
    most = max((code for code in codes.STATES if code in counts), key=counts.get)
    (zh, en), n, total = codes.STATES[most], counts[most], len(main)
    if total == 1:
        return (f"唯一的数字承诺{zh}", f"The only promise in numbers: {en}")
    if n == total:
        all_ = "Both" if total == 2 else f"All {total}"
        return (f"{total} 项承诺全部{zh}", f"{all_} promises: {en}")
    return (f"{total} 项承诺，{n} 项{zh}", f"{n} of {total} promises: {en}")


def ways_chart(judged: pd.DataFrame, package: Package) -> None:
    """Draw base, latest figure and target of every share that has a base (rows of ``promises.judge``)."""
    shares = judged[judged["baseline_id"].notna() & judged["unit"].eq("%")]
    shares = shares.assign(
        category=shares["indicator"].map(codes.names(package.indicators)),
        way=(shares["value"] - shares["baseline"]).abs(),
    ).sort_values("way", ascending=False, kind="stable")
    points = {
        "baseline": ("baseline_id", ("基期", "Base")),
        "latest": ("latest_id", ("最新实绩", "Latest figure")),
        "value": ("id", ("目标", "Target")),
    }
    ends = [
        shares.assign(series=chosen(name), value=shares[column], id=stored_ids(shares[ids]))
        for column, (ids, name) in points.items()
    ]
    if shares.empty:
        return words.nothing(("有基期的比率", "Shares with a base"))
    total, steep = len(shares), int(shares["way"].ge(_STEEP - NOISE).sum())
    zh = f"{total} 项有基期的比率，{steep} 项要求变动 {_STEEP} 个百分点以上"
    en = f"{steep} of {total} shares with a base are to change by {_STEEP} points or more"
    dots(
        pd.concat(ends).dropna(subset="value"),
        title=(zh, en),
        subtitle=("基期、最新实绩和目标（%）", "Base, latest figure and target (%)"),
        unit="%",
    )


def lead_title(lead: pd.DataFrame, package: Package) -> Text:
    """In how many comparisons of ``convergence.lead`` the region was ahead in the last year, as a title.

    Higher is better for all of these rates.
    """
    if lead.empty:
        return ("实绩与目标", "Published figures and targets")
    place, ahead = codes.names(package.regions), int(lead["last"].gt(0).sum())
    benchmarks = words.joined(place[code] for code in dict.fromkeys(lead["benchmark"]))
    if ahead == len(lead):
        zh = f"与{benchmarks}相比，最近可比年份 {ahead} 组全部领先"
        return (zh, f"Ahead in all {ahead} comparisons with {benchmarks}, when last compared")
    zh = f"与{benchmarks}相比，最近可比年份 {len(lead)} 组中 {ahead} 组领先"
    return (zh, f"Ahead in {ahead} of {len(lead)} comparisons with {benchmarks}, when last compared")
