"""Look at any one indicator: its figures in some regions, its targets, and where it goes from here."""

import re
from typing import NamedTuple

import pandas as pd

from plan_monitor import periods
from plan_monitor.methods import forecast, series
from plan_monitor.package import Package
from plan_monitor.present import charts, frames, measures, sources, tables, words

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
    targets : DataFrame
        Promises for these regions, as stored.
    outlook : DataFrame
        Of ``forecast.project`` for the first region, by year; empty with fewer than three figures.
    """

    indicator: str
    regions: list[str]
    rows: pd.DataFrame
    doubtful: pd.DataFrame
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
    goals = package.targets
    goals = goals[goals["indicator"].eq(indicator) & goals["region"].isin(codes) & goals["restates"].isna()]
    own = rows[rows["region"].eq(codes[0])]
    outlook = pd.DataFrame()
    if len(own) >= _FEWEST:
        past = pd.Series(own["value"].to_numpy(), index=own["period"].str[:4].astype(int))
        last = int(past.index[-1])
        # a rate that never went beyond 100 is not expected to, whatever the loader takes for possible
        share = defined["unit"] == "%" and defined["lower"] == 0 and past.max() < _WHOLE
        upper = min(defined["upper"], _WHOLE) if share else defined["upper"]
        outlook = forecast.project(past, range(last + 1, last + years + 1), defined["lower"], upper)
    return View(indicator, codes, rows, doubtful, goals.dropna(subset=["value", "period"]), outlook)


def listed(codes: str) -> list[str]:
    """Codes or names that stand in one text, with Chinese or Latin commas or blanks between them.

    >>> listed("甲县，乙县, 990001")
    ['甲县', '乙县', '990001']
    """
    return [code for code in re.split(r"[,，、\s]+", codes) if code]


def headline(seen: View, package: Package, lang: str) -> None:
    """Say what the latest figure is, how it compares, and where it goes."""
    name, place = words.names(package.indicators, lang)[seen.indicator], words.names(package.regions, lang)
    here, unit = seen.regions[0], measures.units(package.indicators, lang)[seen.indicator]
    latest = seen.rows.drop_duplicates("region", keep="last").set_index("region")
    if here not in latest.index:
        return words.say(
            lang,
            f"**{place[here]}没有可用的“{name}”年度数字。**",
            f"**There is no yearly figure of “{name}” for {place[here]}.**",
        )

    def told(region: str) -> str:
        row = latest.loc[region]
        return words.dated(row["value"], unit, row["period"], lang, row["comparator"])

    others = [f"{place[code]} {told(code)}" for code in seen.regions[1:] if code in latest.index]
    beside = words.joined(others, lang)
    zh = f"**{place[here]}的{name}：{told(here)}。** " + (f"别处：{beside}。" if beside else "")
    en = f"**{name} of {place[here]}: {told(here)}.**" + (f" Elsewhere: {beside}." if beside else "")
    if seen.outlook.empty:
        return words.say(lang, zh + "数字不足三年，不作预测。", en + " Fewer than three years: no forecast.")
    year, end = seen.outlook.index[-1], seen.outlook.iloc[-1]
    middle, low, high = (words.figure(end[key], unit, lang, 1) for key in ("median", "lower_80", "upper_80"))
    return words.say(
        lang,
        f"{zh}照过去的走势，{year} 年约为 {middle}，有 80 % 的把握在 {low} 与 {high} 之间。",
        f"{en} If it goes on as it did, about {middle} in {year}, with 80 % odds from {low} to {high}.",
    )


def chart(seen: View, package: Package, lang: str) -> None:
    """Draw the series, the targets, and the forecast as a fan."""
    name = words.names(package.indicators, lang)[seen.indicator]
    fan = None
    if not seen.outlook.empty:
        fan = seen.outlook.assign(panel=name, year=seen.outlook.index.map(lambda y: periods.end(str(y))))
    charts.lines(
        frames.labelled(seen.rows, package, lang),
        lang,
        title=(f"{name}：实绩、目标与走势", f"{name}: figures, targets and trend"),
        targets=frames.labelled(seen.targets, package, lang),
        doubtful=frames.labelled(seen.doubtful, package, lang),
        fan=fan,
    )


def figures_table(seen: View, package: Package, lang: str) -> None:
    """Show every figure and target with its period and grade."""
    place, which = words.names(package.regions, lang), int(lang != "zh")
    unit = measures.units(package.indicators, lang)[seen.indicator]
    found = pd.concat([seen.rows, seen.doubtful, seen.targets], ignore_index=True)
    kind = [("实绩", "figure"), ("目标", "target")]
    rows = pd.DataFrame(
        {
            "where": found["region"].map(place),
            "what": [kind[row.id in set(seen.targets["id"])][which] for row in found.itertuples()],
            "figure": [words.dated(r.value, unit, r.period, lang, r.comparator) for r in found.itertuples()],
            "grade": found["quality"].fillna("–"),
        }
    )
    headings = {
        **{"where": ("地区", "Region"), "what": ("性质", "Kind")},
        **{"figure": ("数字", "Figure"), "grade": ("等级", "Grade")},
    }
    trace = [{"figure": [row_id]} for row_id in found["id"]]
    caption = ("全部数字", "All figures")
    tables.table(rows, lang, caption=caption, headings=headings, trace=trace)


def outlook_table(seen: View, package: Package, lang: str) -> None:
    """Show the forecast by year, with its ranges."""
    own = seen.rows[seen.rows["region"].eq(seen.regions[0])]
    unit = measures.units(package.indicators, lang)[seen.indicator]

    def told(value: float) -> str:
        return words.figure(value, unit, lang, 1)

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
    caption = ("照过去的走势", "If it goes on as it did")
    tables.table(rows, lang, caption=caption, headings=headings, basis=own["id"])


def sources_table(seen: View, package: Package, lang: str) -> None:
    """Show where every figure comes from."""
    ids = pd.concat([seen.rows["id"], seen.doubtful["id"], seen.targets["id"]])
    sources.sources_table(package, ids, lang, ("每个数字的出处", "Where every figure comes from"))


def everything(seen: View, package: Package, lang: str) -> None:
    """Show all of it, one after the other."""
    for part in (headline, chart, figures_table, outlook_table, sources_table):
        part(seen, package, lang)
