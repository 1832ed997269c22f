"""Look at any one indicator: its figures in some regions, its targets, and where it goes from here."""

import re
from typing import NamedTuple

import pandas as pd

from plan_monitor.data.package import Package
from plan_monitor.methods import forecast, prospects, series
from plan_monitor.methods.outlook import FEWEST
from plan_monitor.report import codes, sources
from reportkit import measures, periods, words
from reportkit.charts.lines import lines
from reportkit.cited import cited
from reportkit.decimals import around
from reportkit.language import Text, chosen, tr
from reportkit.table import Column, table

_WHOLE = 100  # per cent
_FAR = 10  # times the largest figure known: a range that goes beyond it tells nothing
_SILENCE: dict[str, Text] = {
    "few": ("数字不足三年，不作推算。", "Fewer than three years: no projection."),
    "over": (
        "要看的年份都已过去，不作推算；请把 years 调大。",
        "All years asked for are over: no projection; make years larger.",
    ),
    "far": (
        "以往的数字成倍起落，到要看的年份什么都有可能，不作推算；可以把 years 调小再试。",
        "Past figures rise or fall by multiples, and by the years asked for anything may come: no "
        "projection; a smaller number of years may have one.",
    ),
}


class View(NamedTuple):
    """All figures on an indicator; rows have all columns, as stored."""

    indicator: str
    regions: list[str]  # the first is the one looked at, the others stand beside it
    rows: pd.DataFrame  # yearly observations of grade A and B
    doubtful: pd.DataFrame  # yearly observations of grade C
    others: pd.DataFrame  # observations of parts of a year or of several years; not drawn as lines
    targets: pd.DataFrame  # promises for these regions
    outlook: pd.DataFrame  # ``forecast.project`` for the first region, of years that are not over
    silence: str  # why there is no outlook: few (figures), over (the years), far (the range); else empty


def view(package: Package, indicator: str, regions: list[str], as_of: str, years: int) -> View:
    """Gather all figures on an indicator (id) in some regions (codes or names), the main one first.

    Figures later than the period `as_of` are left out; `years` is how far to look ahead. Raises KeyError if
    there is no such indicator or region.
    """
    places = list(dict.fromkeys(package.region_code(region) for region in regions))
    arguments = (package.observations, [indicator], places, as_of)
    rows, doubtful = series.annual_rows(*arguments), series.annual_rows(*arguments, qualities=["C"])
    others = series.one_per_period(_rows_of(package.observations, indicator, places), ("A", "B", "C"))
    due = others["period"].map(periods.end).astype(float) <= periods.end(as_of)
    others = others[due & ~others["period"].map(series.stands_for_a_year).astype(bool)]
    goals = _rows_of(package.targets, indicator, places)
    goals = goals[goals["restates"].isna()].dropna(subset=["value", "period"])
    outlook = _outlook(package, indicator, places[0], as_of, years)
    return View(indicator, places, rows, doubtful, others, goals, *outlook)


def _rows_of(rows: pd.DataFrame, indicator: str, places: list[str]) -> pd.DataFrame:
    return rows[rows["indicator"].eq(indicator) & rows["region"].isin(places)]


def _outlook(
    package: Package, indicator: str, region: str, as_of: str, years: int
) -> tuple[pd.DataFrame, str]:
    """The projection of one region's series beside all of the same unit, or why there is none."""
    definition = package.indicators.set_index("id").loc[indicator]
    alike = package.indicators.loc[package.indicators["unit"].eq(definition["unit"]), "id"]
    rows = package.observations[package.observations["indicator"].isin(alike)]
    series_by_key = series.annual_series(rows, as_of)
    past = series_by_key.get((indicator, region), pd.Series(dtype=float))
    if len(past) < FEWEST:
        return pd.DataFrame(), "few"
    last = int(past.index[-1])
    # a rate that never exceeded 100 is not expected to, even if its bound allows it
    share = definition["unit"] == "%" and definition["lower"] == 0 and past.max() < _WHOLE
    upper = min(definition["upper"], _WHOLE) if share else definition["upper"]
    # years that are over are not projected: their figures are published, or will be
    ahead = range(max(last, int(periods.end(as_of))) + 1, last + years + 1)
    if not ahead:
        return pd.DataFrame(), "over"
    like = prospects.of_others(series_by_key, definition["lower"], upper)((indicator, region))
    outlook = forecast.project(past, ahead, definition["lower"], upper, like)
    widest, largest = outlook[["lower_80", "upper_80"]].abs().max(axis=None), past.abs().max()
    return (pd.DataFrame(), "far") if 0 < _FAR * largest < widest else (outlook, "")


def listed(codes: str) -> list[str]:
    """Codes or names in one text, separated by Chinese or Latin commas or blanks.

    >>> listed("甲县，乙县, 990001")
    ['甲县', '乙县', '990001']
    """
    return [code for code in re.split(r"[,，、\s]+", codes) if code]


def headline(data: View, package: Package) -> None:
    """Say the latest yearly figure, any later one, those of other regions, and the outlook."""
    name, place = codes.names(package.indicators)[data.indicator], codes.names(package.regions)
    region, unit = data.regions[0], measures.units(package.indicators)[data.indicator]
    latest = data.rows.drop_duplicates("region", keep="last").set_index("region")
    if region not in latest.index:
        return words.say(
            f"**{place[region]}没有可用的“{name}”年度数字。**",
            f"**There is no usable yearly figure of “{name}” for {place[region]}.**",
        )

    def shown(row: pd.Series) -> str:
        return cited(words.dated(row["value"], unit, row["period"], row["comparator"]), [row["id"]])

    row = latest.loc[region]
    parts = [
        tr(f"**{place[region]}的{name}：{shown(row)}。**", f"**{name} of {place[region]}: {shown(row)}.**")
    ]
    later = data.others[data.others["region"].eq(region) & data.others["quality"].ne("C")]
    later = later[later["period"].map(periods.end).astype(float) > periods.end(row["period"])]
    if len(later):
        newer = shown(later.iloc[-1])
        parts.append(tr(f"其后另有非全年的数字：{newer}。", f"A later figure, not of a whole year: {newer}."))
    beside = [f"{place[code]} {shown(latest.loc[code])}" for code in data.regions[1:] if code in latest.index]
    if beside:
        beside = words.joined(beside)
        parts.append(tr(f"其他地区：{beside}。", f"Elsewhere: {beside}."))
    parts.append(_ahead(data, unit))
    basis = [] if data.silence else data.rows.loc[data.rows["region"].eq(region), "id"]
    words.say(f"{parts[0]} {''.join(parts[1:])}", " ".join(parts), basis=basis)


def _ahead(data: View, unit: str) -> str:
    """The outlook of the series, or why there is none."""
    if data.silence:
        return chosen(_SILENCE[data.silence])
    year, end = data.outlook.index[-1], data.outlook.iloc[-1]
    middle, low, high = words.interval(end["median"], end["lower_80"], end["upper_80"], unit)
    return tr(
        f"按以往走势推算，{year} 年约为 {middle}（80 % 区间 {low}—{high}）；"
        "这是推算，不是实绩，也未计政策变化。",
        f"By the past trend it would be about {middle} in {year} (80 % range {low} to {high}); "
        "this is a projection, not a published figure, and leaves changes of policy aside.",
    )


def chart(data: View, package: Package) -> None:
    """Draw the series, the targets, and the forecast as a fan; the title is the latest figure."""
    name, place = codes.names(package.indicators)[data.indicator], codes.names(package.regions)
    years = [periods.end(str(year)) for year in data.outlook.index]
    fan = None if data.outlook.empty else data.outlook.assign(panel=name, year=years)
    region_rows = data.rows[data.rows["region"].eq(data.regions[0])]
    title: Text = (f"{name}：没有年度数字", f"{name}: no yearly figures")
    if len(region_rows):
        [figure] = codes.printed(region_rows.tail(1), package)
        last = f"{place[data.regions[0]]} {figure}"
        title = (f"{name}：{last}", f"{name}: {last}")
    lines(
        codes.labelled(data.rows, package),
        title=title,
        subtitle=("实绩、目标与走势", "Figures, targets and trend"),
        targets=codes.labelled(data.targets, package),
        doubtful=codes.labelled(data.doubtful, package),
        fan=fan,
        basis=[] if fan is None else region_rows["id"],
    )


def figures_table(data: View, package: Package) -> None:
    """Show every figure and target with its period and grade, also those of parts of a year."""
    rows = _all(data)
    target = rows["id"].isin(data.targets["id"])
    columns = [
        Column(("地区", "Region"), rows["region"].map(codes.names(package.regions))),
        Column(("性质", "Kind"), target.map({True: tr("目标", "target"), False: tr("实绩", "figure")})),
        Column(("数字", "Figure"), codes.printed(rows, package), sources.stored_ids(rows["id"])),
        Column(("等级", "Grade"), rows["quality"].fillna(words.NOTHING)),
    ]
    table(("全部数字", "All figures"), columns)


def outlook_table(data: View, package: Package) -> None:
    """Show the projection by year, with its ranges, in the digits that the widest 80 % range allows."""
    unit, ahead = measures.units(package.indicators)[data.indicator], data.outlook
    ranges_80 = zip(*(ahead.get(name, []) for name in ("median", "lower_80", "upper_80")), strict=True)
    places = min((around(*ends) for ends in ranges_80), default=0)

    def shown(name: str) -> list[str]:
        return [words.figure(value, unit, places) for value in ahead.get(name, [])]

    def ranges(share: int) -> Column:
        ends = zip(shown(f"lower_{share}"), shown(f"upper_{share}"), strict=True)
        heading = (f"{share} % 区间", f"{share} % range")
        return Column(heading, [" – ".join(pair) for pair in ends], figures=True)

    years, middle = Column(("年份", "Year"), ahead.index), Column(("中位", "Median"), shown("median"))
    basis = data.rows.loc[data.rows["region"].eq(data.regions[0]), "id"]
    title = ("按以往走势的推算", "Projection of the past trend")
    table(title, [years, middle, ranges(80), ranges(95)], basis=basis)


def sources_table(data: View, package: Package) -> None:
    """Show where every figure comes from."""
    title = ("每个数字的出处", "Where every figure comes from")
    sources.sources_table(package, _all(data)["id"], title)


def _all(data: View) -> pd.DataFrame:
    return pd.concat([data.rows, data.others, data.doubtful, data.targets])


def everything(data: View, package: Package) -> None:
    """Show all parts, one after the other."""
    for part in (headline, chart, figures_table, outlook_table, sources_table):
        part(data, package)
