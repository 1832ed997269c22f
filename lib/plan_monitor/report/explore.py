"""Look at any one indicator: its figures in some regions, its targets, and where it goes from here."""

import re
from typing import NamedTuple

import pandas as pd

from plan_monitor.data.package import Package
from plan_monitor.methods import forecast, series
from plan_monitor.report import codes, frames, sources
from reportkit import measures, periods, tables, words
from reportkit.charts import plain as charts
from reportkit.language import current

_WHOLE = 100  # per cent
_FEWEST = 3  # points of a series that `forecast.project` needs


class View(NamedTuple):
    """What there is on an indicator.

    Attributes
    ----------
    indicator : str
    regions : list of str
        The first is the one looked at, the others stand beside it.
    rows, doubtful : DataFrame
        Yearly observations of grade A and B, and of grade C, as stored.
    others : DataFrame
        Observations of parts of a year or of several years, as stored; no line is drawn through them.
    targets : DataFrame
        Promises for these regions, as stored.
    outlook : DataFrame
        Of ``forecast.project`` for the first region, by year, of the years that are not over; empty with
        fewer than three figures.
    """

    indicator: str
    regions: list[str]
    rows: pd.DataFrame
    doubtful: pd.DataFrame
    others: pd.DataFrame
    targets: pd.DataFrame
    outlook: pd.DataFrame


def view(package: Package, indicator: str, regions: list[str], as_of: str, years: int) -> View:
    """Gather what there is on an indicator.

    Parameters
    ----------
    package : Package
    indicator : str
        Id.
    regions : list of str
        Codes or names, the one looked at first.
    as_of : str
        ISO 8601 period; later figures are left out.
    years : int
        How far to look ahead.

    Raises
    ------
    KeyError
        If there is no such indicator or region.
    """
    codes = list(dict.fromkeys(package.region_code(region) for region in regions))
    defined = package.indicators.set_index("id").loc[indicator]
    asked = (package.observations, [indicator], codes, as_of)
    rows, doubtful = series.annual_rows(*asked), series.annual_rows(*asked, qualities=["C"])
    published = package.observations
    published = published[published["indicator"].eq(indicator) & published["region"].isin(codes)]
    others = series.one_per_period(published, ("A", "B", "C"))
    due = others["period"].map(periods.end).astype(float) <= periods.end(as_of)
    others = others[due & ~others["period"].map(series.stands_for_a_year).astype(bool)]
    goals = package.targets
    goals = goals[goals["indicator"].eq(indicator) & goals["region"].isin(codes) & goals["restates"].isna()]
    own = rows[rows["region"].eq(codes[0])]
    outlook = pd.DataFrame()
    if len(own) >= _FEWEST:
        past = pd.Series(own["value"].to_numpy(), index=own["period"].str[:4].astype(int))
        last = int(past.index[-1])
        over = int(periods.end(as_of))  # years that are over are known or to be published, not projected
        # a rate that never went beyond 100 is not expected to, whatever the loader takes for possible
        share = defined["unit"] == "%" and defined["lower"] == 0 and past.max() < _WHOLE
        upper = min(defined["upper"], _WHOLE) if share else defined["upper"]
        ahead = range(max(last, over) + 1, last + years + 1)
        if len(ahead):
            outlook = forecast.project(past, ahead, defined["lower"], upper)
    goals = goals.dropna(subset=["value", "period"])
    return View(indicator, codes, rows, doubtful, others, goals, outlook)


def listed(codes: str) -> list[str]:
    """Codes or names that stand in one text, with Chinese or Latin commas or blanks between them.

    >>> listed("甲县，乙县, 990001")
    ['甲县', '乙县', '990001']
    """
    return [code for code in re.split(r"[,，、\s]+", codes) if code]


def headline(seen: View, package: Package) -> None:
    """Say what the latest yearly figure is, what came later, how it compares, and where it goes."""
    name, place = codes.names(package.indicators)[seen.indicator], codes.names(package.regions)
    here, unit = seen.regions[0], measures.units(package.indicators)[seen.indicator]
    latest = seen.rows.drop_duplicates("region", keep="last").set_index("region")
    if here not in latest.index:
        return words.say(
            f"**{place[here]}没有可用的“{name}”年度数字。**",
            f"**There is no usable yearly figure of “{name}” for {place[here]}.**",
        )

    def told(row: pd.Series) -> str:
        return words.dated(row["value"], unit, row["period"], row["comparator"])

    beside = [f"{place[code]} {told(latest.loc[code])}" for code in seen.regions[1:] if code in latest.index]
    beside, row = words.joined(beside), latest.loc[here]
    later = seen.others[seen.others["region"].eq(here) & seen.others["quality"].ne("C")]
    later = later[later["period"].map(periods.end).astype(float) > periods.end(row["period"])]
    newer = told(later.iloc[-1]) if len(later) else ""
    zh, en = f"**{place[here]}的{name}：{told(row)}。** ", f"**{name} of {place[here]}: {told(row)}.**"
    if newer:
        zh, en = f"{zh}其后另有非全年的数字：{newer}。", f"{en} A later figure, not of a whole year: {newer}."
    if beside:
        zh, en = f"{zh}其他地区：{beside}。", f"{en} Elsewhere: {beside}."
    if seen.rows["region"].eq(here).sum() < _FEWEST:
        zh, en = f"{zh}数字不足三年，不作推算。", f"{en} Fewer than three years: no projection."
        return words.say(zh, en)
    if seen.outlook.empty:
        zh += "要看的年份都已过去，不作推算；请把 years 调大。"
        en += " All years asked for are over: no projection; make years larger."
        return words.say(zh, en)
    year, end = seen.outlook.index[-1], seen.outlook.iloc[-1]
    ends = ("median", "lower_80", "upper_80")
    middle, low, high = (words.figure(end[key], unit, 1) for key in ends)
    return words.say(
        f"{zh}按以往走势推算，{year} 年约为 {middle}（80 % 区间 {low}—{high}）；"
        "这是推算，不是实绩，也未计政策变化。",
        f"{en} By the past trend it would be about {middle} in {year} (80 % range {low} to {high}); "
        "this is a projection, not a published figure, and leaves changes of policy aside.",
    )


def chart(seen: View, package: Package) -> None:
    """Draw the series, the targets, and the forecast as a fan."""
    name = codes.names(package.indicators)[seen.indicator]
    fan = None
    if not seen.outlook.empty:
        fan = seen.outlook.assign(panel=name, year=seen.outlook.index.map(lambda y: periods.end(str(y))))
    charts.lines(
        frames.labelled(seen.rows, package),
        title=(f"{name}：实绩、目标与走势", f"{name}: figures, targets and trend"),
        targets=frames.labelled(seen.targets, package),
        doubtful=frames.labelled(seen.doubtful, package),
        fan=fan,
    )


def figures_table(seen: View, package: Package) -> None:
    """Show every figure and target with its period and grade, also those of parts of a year."""
    place, which = codes.names(package.regions), int(current() != "zh")
    unit = measures.units(package.indicators)[seen.indicator]
    found = pd.concat([seen.rows, seen.others, seen.doubtful, seen.targets], ignore_index=True)
    kind = [("实绩", "figure"), ("目标", "target")]
    rows = pd.DataFrame(
        {
            "where": found["region"].map(place),
            "what": [kind[row.id in set(seen.targets["id"])][which] for row in found.itertuples()],
            "figure": [words.dated(r.value, unit, r.period, r.comparator) for r in found.itertuples()],
            "grade": found["quality"].fillna("–"),
        }
    )
    headings = {
        **{"where": ("地区", "Region"), "what": ("性质", "Kind")},
        **{"figure": ("数字", "Figure"), "grade": ("等级", "Grade")},
    }
    trace = [{"figure": [row_id]} for row_id in found["id"]]
    caption = ("全部数字", "All figures")
    tables.table(rows, caption=caption, headings=headings, trace=trace)


def outlook_table(seen: View, package: Package) -> None:
    """Show the projection by year, with its ranges."""
    own = seen.rows[seen.rows["region"].eq(seen.regions[0])]
    unit = measures.units(package.indicators)[seen.indicator]

    def told(value: float) -> str:
        return words.figure(value, unit, 1)

    rows = pd.DataFrame(
        [
            {
                "year": str(year),
                "median": told(row["median"]),
                "likely": f"{told(row['lower_80'])} – {told(row['upper_80'])}",
                "possible": f"{told(row['lower_95'])} – {told(row['upper_95'])}",
            }
            for year, row in seen.outlook.iterrows()
        ],
        columns=["year", "median", "likely", "possible"],
    )
    headings = {
        **{"year": ("年份", "Year"), "median": ("中位", "Median")},
        **{"likely": ("80 % 区间", "80 % range"), "possible": ("95 % 区间", "95 % range")},
    }
    caption = ("按以往走势的推算", "Projection of the past trend")
    tables.table(rows, caption=caption, headings=headings, basis=own["id"])


def sources_table(seen: View, package: Package) -> None:
    """Show where every figure comes from."""
    ids = pd.concat([part["id"] for part in (seen.rows, seen.others, seen.doubtful, seen.targets)])
    sources.sources_table(package, ids, ("每个数字的出处", "Where every figure comes from"))


def everything(seen: View, package: Package) -> None:
    """Show all of it, one after the other."""
    for part in (headline, chart, figures_table, outlook_table, sources_table):
        part(seen, package)
