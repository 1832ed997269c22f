"""A task split over counties and years: map, growth, and tasks that fall."""

import pandas as pd

from plan_monitor.data.package import Package
from plan_monitor.methods.pace import average_annual_growth
from plan_monitor.report import codes
from reportkit import measures, periods, words
from reportkit.charts.heatmap import heat_map
from reportkit.language import of_data
from reportkit.tables import table

# share of the total, % from → words and colour; light to dark
_SHARES = {
    "s0": (0, ("不足 5 %", "below 5 %", "#eef3f7")),
    "s5": (5, ("5 至 10 %", "5 to 10 %", "#c6d7e6")),
    "s10": (10, ("10 至 20 %", "10 to 20 %", "#8fb0cc")),
    "s20": (20, ("20 至 40 %", "20 to 40 %", "#4f7ea8")),
    "s40": (40, ("40 % 以上", "40 % or more", "#1f4e79")),
}


def task_map(
    targets: pd.DataFrame, parts: list[str], whole: str, package: Package, title: tuple[str, str]
) -> None:
    """Heat map of the tasks: a panel a year, a row a region, a column a kind, coloured by share of the total.

    Parameters
    ----------
    targets : DataFrame
        Targets of the parts and of the region they make up, with period and value.
    parts : list of str
        Codes of the regions shown.
    whole : str
        Code of the region whose figure a share is taken of.
    """
    name, place = codes.names(package.indicators), codes.names(package.regions)
    total = targets[targets["region"].eq(whole)].drop_duplicates(["indicator", "period"], keep="last")
    total = total.set_index(["indicator", "period"])["value"]
    rows = []
    for cell in targets[targets["region"].isin(parts)].sort_values("period", kind="stable").itertuples():
        share = 100 * cell.value / total.get((cell.indicator, cell.period), float("nan"))
        reached = [state for state, (least, _) in _SHARES.items() if least <= share]
        rows.append(
            {
                "panel": cell.period,
                "row": place[cell.region],
                "column": name[cell.indicator],
                "text": words.number(cell.value),
                "state": reached[-1] if reached else "s0",
            }
        )
    frame = pd.DataFrame(rows, columns=["panel", "row", "column", "text", "state"])
    heat_map(frame, title=title, states={state: look for state, (_, look) in _SHARES.items()})


def growth_table(totals: pd.DataFrame, package: Package, caption: tuple[str, str]) -> None:
    """Show for each kind of task its figure a year, and the average growth asked for.

    Parameters
    ----------
    totals : DataFrame
        Targets of one region, one a kind and year.
    """
    name = codes.names(package.indicators)
    years = sorted(totals["period"].unique())
    rows, trace = [], []
    for kind, part in totals.sort_values("period", kind="stable").groupby("indicator", sort=False):
        cells = part.set_index("period")
        span = periods.end(part["period"].iloc[-1]) - periods.end(part["period"].iloc[0])
        first, last = part["value"].iloc[0], part["value"].iloc[-1]
        growth = average_annual_growth(first, last, span) if span > 0 and first > 0 else float("nan")
        shown = {year: words.number(cells["value"].get(year, float("nan"))) for year in years}
        rows.append({"kind": name[kind], **shown, "growth": words.number(growth, 1)})
        ids = {year: [cells.at[year, "id"]] for year in years if year in cells.index}
        trace.append(ids | {"growth": [part["id"].iloc[0], part["id"].iloc[-1]]})
    headings = {"kind": ("任务", "Task")} | {year: (year, year) for year in years}
    headings["growth"] = ("年均增长，%", "Growth a year, %")
    table(pd.DataFrame(rows, columns=list(headings)), caption=caption, headings=headings, trace=trace)


def falls_table(targets: pd.DataFrame, package: Package, caption: tuple[str, str]) -> None:
    """Show tasks that are lower than those of the same region and kind before.

    Parameters
    ----------
    targets : DataFrame
        Targets with indicator, region, period and value.
    """
    name, place = codes.names(package.indicators), codes.names(package.regions)
    unit = measures.units(package.indicators)
    ordered = targets.sort_values("period", kind="stable")
    before = ordered.groupby(["indicator", "region"])[["id", "period", "value"]].shift()
    fallen = ordered.assign(before=before["value"], since=before["period"], was=before["id"])
    fallen = fallen[fallen["value"] < fallen["before"]]
    shown = pd.DataFrame(
        {
            "place": fallen["region"].map(place),
            "kind": fallen["indicator"].map(name),
            "before": [words.dated(r.before, unit[r.indicator], r.since) for r in fallen.itertuples()],
            "now": [words.dated(r.value, unit[r.indicator], r.period) for r in fallen.itertuples()],
            "note": fallen[f"note_{of_data()}"].fillna("–"),
        }
    )
    headings = {
        **{"place": ("县市", "County"), "kind": ("任务", "Task"), "before": ("此前", "Before")},
        **{"now": ("其后", "After"), "note": ("说明", "Remark")},
    }
    trace = [{"before": [row.was], "now": [row.id]} for row in fallen.itertuples()]
    table(shown, caption=caption, headings=headings, trace=trace)
