"""The monitoring against relapse in words, tables and charts: only counts that may be published."""

import csv
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from plan_monitor.data.package import Package
from plan_monitor.methods.disclosure import TOTAL
from plan_monitor.relapse import GROUPS, MONITORED, SOURCES, Release
from plan_monitor.relapse.published import NOBODY, counted
from plan_monitor.report import codes
from plan_monitor.settle.labels import LABELS
from reportkit.charts.heatmap import heat_map
from reportkit.charts.lines import lines
from reportkit.charts.plain import bars, stacked
from reportkit.decimals import all_against
from reportkit.language import Text, chosen, of_data, tr, word
from reportkit.table import Column, table
from reportkit.words import aside, figure, number

WORDS: dict[str, dict[str, Text]] = {}  # by list and code
with Path(__file__).with_name("words.csv").open(encoding="utf-8", newline="") as file:
    for row in csv.DictReader(file):
        WORDS.setdefault(row["list"], {})[row["code"]] = row["zh"], row["en"]
SOURCE, REASON = WORDS["source"], WORDS["reason"]
GROUP = {"none": ("无需监测", "not to be monitored"), **LABELS["monitored"]}
GROUP |= {TOTAL: ("合计", "total"), "all": ("全部农户", "all households")}
REGISTER = GROUP | {NOBODY: ("未纳入", "not registered")}
HIDDEN = "＊"
_FEW = 2  # years of which no line is drawn
_HEAT = {
    "some": ("低于 2 %", "below 2 %", "#f3f0ea"),
    "more": ("2 %–5 %", "2 %–5 %", "#e9c46a"),
    "most": ("5 % 及以上", "5 % or more", "#c8553d"),
    "hidden": ("隐去", "hidden", "#d9d9d9"),
}


def count(households: float) -> str:
    """A count as reports print it; a star where it is hidden."""
    return HIDDEN if pd.isna(households) else number(households, 0)


def counts_table(
    counts: pd.DataFrame,
    names: dict[str, Text],
    caption: Text,
    heading: Text,
    columns: tuple[str, ...] = (*GROUPS, TOTAL),
    basis: Iterable[str] = (),
) -> None:
    """Show households by some feature and group: a table of ``Release``, without rows of no households.

    `names` has the words of rows (one that is not named prints as it is), `heading` says what rows are, and
    `columns` has those to print.
    """
    rows = counts[~counts[list(columns)].eq(0).all(axis=1)]
    first = Column(heading, [chosen(names.get(row, (row, row))) for row in rows.index])
    table(caption, [first, *(Column(GROUP[name], list(map(count, rows[name]))) for name in columns)], basis)


def foremost(release: Release) -> pd.Series:
    """Share (%) of the households to be monitored in each township that has some, where it may be told.

    The largest first.
    """
    rows = release.townships.drop(TOTAL)
    needed = (rows[TOTAL] - rows["none"]).map(counted, na_action="ignore")
    return (100 * needed / rows[TOTAL])[needed > 0].sort_values(ascending=False, kind="stable")


def townships_heat_map(release: Release, what: Text, mark: str = "", basis: Iterable[str] = ()) -> None:
    """Households to be monitored by township and group, coloured by their share of the township's.

    The title names the township with the largest share; `what` says what is shown, `mark` that households are
    made up.
    """
    cells = []
    for township, row in release.townships.drop(TOTAL).iterrows():
        name = township + aside(count(row[TOTAL]))
        for group in MONITORED:
            share = 100 * row[group] / row[TOTAL]  # NaN where either is hidden
            few = row[group] == 0 or share < 2
            state = "some" if few else "hidden" if pd.isna(share) else "more" if share < 5 else "most"
            cells.append((name, word(GROUP, group), count(row[group]), state))
    zh = "户数（括号内为全部农户），颜色为占本乡镇的比例"
    en = "households (all in brackets); the colour is their share of the township's"
    frame = pd.DataFrame(cells, columns=["row", "column", "text", "state"]).assign(panel=tr(zh, en))
    first = foremost(release).head(1)
    title = chosen(what)
    for township, share in first.items():
        percent = number(share, 1, limits=[0])
        title = tr(
            f"监测对象占比最高的是 {township}，{percent} %",
            f"The largest share, {percent} %, is in {township}",
        )
    heat_map(frame, title=title + mark, subtitle=what, states=_HEAT, basis=basis)


def years_chart(release: Release, what: Text, mark: str = "", basis: Iterable[str] = ()) -> None:
    """Share of the households in each monitored group, year by year, where no count is hidden.

    The title is the share of all groups by year; `what` and `mark` as above. Two years or fewer are drawn as
    bars.
    """
    shares = release.years[list(MONITORED)].div(release.years[TOTAL], axis=0).mul(100)
    points = shares.rename_axis("year").reset_index().melt("year", var_name="group").dropna()
    points["series"] = [word(GROUP, group) for group in points["group"]]
    needed = (release.years[TOTAL] - release.years["none"]).map(counted, na_action="ignore")
    total_share = (100 * needed / release.years[TOTAL]).dropna()
    shares_told = {year: f"{number(share, 1, limits=[0])} %" for year, share in total_share.items()}
    listed = tr("，", ", ").join(
        tr(f"{year} 年 {text}", f"{year} {text}") for year, text in shares_told.items()
    )
    title = (
        tr(f"应纳入监测的占比：{listed}", f"Share to be monitored: {listed}") if listed else chosen(what)
    ) + mark
    options = {"title": title, "subtitle": what, "basis": basis}
    if points["year"].nunique() <= _FEW:
        return bars(points.assign(category=points["year"]), unit="%", places=1, **options)
    points["year"] = points["year"].astype(float)
    panel = tr("占全部农户", "share of all households")
    lines(points.assign(panel=panel, unit="%", places=1), **options)


def income_chart(release: Release, what: Text, mark: str = "", basis: Iterable[str] = ()) -> None:
    """Net income per head of each group by its four sources.

    The title names the source that monitored households lack most; `what` and `mark` as above.
    """
    income = release.income[list(SOURCES)].rename_axis("group").reset_index()
    parts = income.melt("group", var_name="source")
    parts["category"] = [word(GROUP, group) for group in parts["group"]]
    parts["series"] = [word(SOURCE, source) for source in parts["source"]]
    title, monitored = chosen(what), [group for group in release.income.index if group in MONITORED]
    if monitored:
        gap = release.income.loc[monitored, list(SOURCES)].mean() - release.income.loc["all", list(SOURCES)]
        source = word(SOURCE, gap.idxmin())
        title = tr(f"监测对象比全部农户少得最多的是{source}", f"Those to be monitored lack most of {source}")
    stacked(parts, title=title + mark, subtitle=what, unit="元", places=0, basis=basis)


def income_table(release: Release, caption: Text, basis: Iterable[str] = ()) -> None:
    """Net income per head of each group and what each source contributes to it, %."""
    income = release.income
    columns = [
        Column(("农户", "Households"), [word(GROUP, group) for group in income.index]),
        Column(
            ("人均纯收入", "Net income per head"), [figure(yuan, "元", 0) for yuan in income["net_income"]]
        ),
    ]
    for name, heading in WORDS["share"].items():
        shares = 100 * income[name] / income["net_income"]
        columns.append(Column(heading, [number(share, 1) for share in shares]))
    table(caption, columns, basis)


def guarantees_table(release: Release, caption: Text, basis: Iterable[str] = ()) -> None:
    """How many households have each of the three guarantees, or safe water, unmet."""
    unmet = release.guarantees
    columns = [
        Column(("保障", "Guarantee"), [word(WORDS["guarantee"], name) for name in unmet.index]),
        Column(("未达到的农户", "Households without it"), list(map(count, unmet))),
    ]
    table(caption, columns, basis)


def watch_list(rows: pd.DataFrame, length: int, caption: Text) -> None:
    """Show single households, by code: only for whoever works with them, never for a published report.

    The first of rows of ``classify`` with the column risk (%; NaN where the household is to be monitored).
    """
    rows = rows.head(length)
    places = all_against(rows["net_income"], ([line] for line in rows["line"]), 0)
    income = [number(yuan, places) for yuan in rows["net_income"]]
    risk = [number(percent, 1) for percent in rows["risk"]]
    columns = [
        Column(("户编号", "Code"), rows["code"]),
        Column(("乡镇", "Township"), rows["township"]),
        Column(("类型", "Group"), [word(GROUP, group) for group in rows["group"]]),
        Column(("原因", "Reason"), ["" if pd.isna(r) else word(REASON, r) for r in rows["reason"]]),
        Column(("人均纯收入，元", "Net income per head, yuan"), income),
        Column(("一年内落入监测范围的风险，%", "Risk of needing monitoring within a year, %"), risk),
    ]
    table(caption, columns)


def assumed(rows: pd.DataFrame, package: Package) -> str:
    """The remark that a year's monitoring line is assumed, to precede a judgement; empty if it is not."""
    kinds = package.documents.set_index("id")["type"]
    rows = rows[rows["document"].map(kinds).eq("assumption")]
    if rows.empty:
        return ""
    line, fall = figure(rows["line"].item(), "元"), figure(rows["loss"].item(), "%")
    en = f"by an assumed line of {line} and an assumed fall of {fall}, "
    return tr(f"按假设的监测线 {line}、收入降幅 {fall}，", en)


def lines_table(rows: pd.DataFrame, package: Package, caption: Text) -> None:
    """Show monitoring lines (rows of ``monitoring_lines``) with what they rest on."""
    line, fall = [figure(yuan, "元") for yuan in rows["line"]], [figure(p, "%") for p in rows["loss"]]
    ids = [[row_id] for row_id in rows["id"]]
    columns = [
        Column(("年份", "Year"), rows["period"]),
        Column(("监测线（人均纯收入）", "Line (net income per head)"), line, ids),
        Column(("收入大幅缩减（降幅）", "Severe loss (fall)"), fall, ids),
        Column(("文件", "Document"), rows["document"].map(codes.names(package.documents))),
        Column(("出处", "Place in the document"), rows["locator"]),
        Column(("说明", "Note"), rows[f"note_{of_data()}"].fillna("")),
    ]
    table(caption, columns)
