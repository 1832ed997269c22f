"""What becomes of an insurance fund, as tables and charts: growth, fan, chances, stress tests, backtest."""

from collections.abc import Iterable

import pandas as pd

from plan_monitor import fund
from plan_monitor.data.package import Package
from plan_monitor.fund.report.series import FIGURE, money_unit, ratio_name, with_accounts
from plan_monitor.report.sources import places_table
from reportkit import measures, words
from reportkit.charts.plain import lines
from reportkit.decimals import rounded
from reportkit.language import chosen, current, of_data, tr, word
from reportkit.tables import table

OBSTACLE = {
    "no_flows": ("没有收入和支出都公布而且正常的年份", "no usual year has both income and expenditure"),
    "no_reserve": ("没有公布累计结余", "no reserve is published"),
    "too_few_years": ("年份太少（至少要 3 年）", "too few years (three at least)"),
    "not_positive": ("有为零的数字，算不出增速", "a figure is zero, of which no growth can be measured"),
    "no_retirees": ("没有退休人数", "retirees are not known"),
}
_COMPONENT = {
    "people": ("参保人数", "Enrolment"),
    "income": ("人均收入", "Income per head"),
    "expenditure": ("人均支出", "Expenditure per head"),
}
_CHANCE = {
    "p_deficit": ("已出现当期赤字", "a current deficit has come"),
    "p_exhausted": ("累计结余已用尽", "the reserve is used up"),
}
_BASE = ("照近年增速", "as in recent years")


def chance(probability: float) -> str:
    """A probability from simulated paths, no finer than they can tell.

    >>> chance(0.714), chance(0.0), chance(0.9999)
    ('71 %', '<1 %', '>99 %')
    """
    if pd.isna(probability):
        return "–"
    percent = rounded(100 * probability)
    return "<1 %" if percent < 1 else ">99 %" if percent > 99 else f"{int(percent)} %"


def fits_table(result: fund.Projection, caption: tuple[str, str], basis: Iterable[str] = ()) -> None:
    """Show the growth that the projection rests on, its spread, and the years left out."""
    fits = result.fits
    none = "–"

    def years(column: str) -> list[str]:
        return [", ".join(map(str, listed)) or none for listed in fits[column]]

    shown = pd.DataFrame(
        {
            "component": [word(_COMPONENT, name) for name in fits.index],
            "growth": [words.number(value, 1) for value in fits["growth"]],
            "sigma": [words.number(value, 1) for value in fits["sigma"]],
            "points": fits["points"].astype(str),
            "df": fits["df"].astype(str),
            "one_off": years("one_off"),
            "new_scope": years("new_scope"),
        }
    )
    headings = {
        "component": ("成分", "Component"),
        "growth": ("年增速，%", "Growth a year, %"),
        "sigma": ("年际波动，百分点", "Spread of a year, points"),
        "points": ("年份数", "Years"),
        "df": ("自由度", "Degrees of freedom"),
        "one_off": ("异常年份（不拟合）", "Unusual years left out"),
        "new_scope": ("口径变化（不跨越）", "New scope (not measured across)"),
    }
    table(shown, caption=caption, headings=headings, basis=basis)


def middle_words(result: fund.Projection, scheme: str, place: str, lender: str) -> str:
    """Why only the middle path is shown, without a probability; empty where the years carry one.

    Parameters
    ----------
    result : Projection
    scheme : str
        Of the fund projected.
    place, lender : str
        Names of its region and of that whose growth is assumed.
    """
    if result.borrowed:
        said = (
            f"{place}自身年份太少。图和表只是“如果照{lender}的增速”的情形，不是对{place}的预测，不给概率。",
            f"The own years of {place} are too few. Chart and tables only say what would come if the growth "
            f"of {lender} held; they are no forecast for {place}, and have no probability.",
        )
    elif with_accounts(scheme):
        said = (
            "这里的结余含个人账户，不能都用于支付，所以不给赤字和用尽的概率，只画中间路径。",
            "This reserve includes personal accounts, not all of which can be spent: no probability of a "
            "deficit or of a reserve used up is given, only the middle path.",
        )
    elif not result.carries:
        said = (
            f"自身同口径的增速只有 {result.rates} 个，少于 {fund.ENOUGH} 个，不给概率，只画中间路径。",
            f"It has only {measures.counted(result.rates, 'growth rate')} of one scope of its own, fewer "
            f"than {fund.ENOUGH}: no probability is given, only the middle path.",
        )
    else:
        said = ("", "")
    return chosen(said)


def start_words(result: fund.Projection) -> list[str]:
    """What has to be said of where a projection begins: a reserve carried on, years that are over."""
    said, which = [], current() != "zh"
    if result.start["carried"]:
        since = int(result.start["year"] - result.start["carried"])
        pair = (
            f"累计结余最近公布于 {since} 年，此后各年按收入减支出接续。",
            f"The reserve was last published for {since}; income minus expenditure carries it on from there.",
        )
        said.append(pair[which])
    if over := [year for year in result.years if year <= result.over]:
        listed = f"{over[0]}–{over[-1]}" if len(over) > 1 else str(over[0])
        pair = (
            f"{listed} 年已经过去，账目没有收录，图中只有推算的中位数。",
            f"Of {listed}, already over, no accounts are on record; the chart has only the median estimate.",
        )
        said.append(pair[which])
    return said


def fan_chart(
    rows: pd.DataFrame, result: fund.Projection, title: tuple[str, str], middle: tuple[str, str] | None = None
) -> None:
    """Draw the reserve as it was and as the paths have it, in money and in months of expenditure.

    Parameters
    ----------
    rows : DataFrame
        Rows of ``methods.fund.indicators`` of the region and scheme projected.
    result : Projection
    title
        As in ``tables.table``.
    middle : (str, str), optional
        Where the years carry no probability: what the middle path is called, which is then drawn alone.
    """
    unit, size = money_unit(result.unit)
    panels = {
        "balance": (word(FIGURE, "balance").capitalize(), unit, size, 0 if size < 100 else 1),
        "reserve_months": (ratio_name("reserve_months", rows["scheme"].iloc[0]), "月", 1, 1),
    }
    derived = rows.dropna(subset=["balance"])["basis"].str.contains("derived").any()
    series = ("公布的账目", "published accounts")
    series = chosen(("公布和推算的账目", "accounts published or derived") if derived else series)
    frames, fans = [], []
    for column, (panel, panel_unit, by, places) in panels.items():
        known = rows.dropna(subset=[column])
        seen = {"year": known["year"].astype(float), "value": known[column] / by, "places": places}
        frames.append(pd.DataFrame(seen).assign(panel=panel, series=series, unit=panel_unit))
        fan = (result.quantiles(column) / by).reset_index().assign(panel=panel)
        fan.loc[fan["year"] <= result.over, fan.columns.str.contains("lower|upper")] = float("nan")
        if middle is None:
            fans.append(fan)
        else:
            path = fan[["year", "median", "panel"]].rename(columns={"median": "value"})
            frames.append(path.assign(series=chosen(middle), unit=panel_unit))
    lines(pd.concat(frames), title=title, fan=pd.concat(fans) if fans else None)


def chances_chart(result: fund.Projection, title: tuple[str, str]) -> None:
    """Draw, by year to come, the probability that a deficit has come, and that the reserve is used up."""
    panel = tr("到该年为止的概率", "Probability by that year")
    frames = []
    for name in _CHANCE:
        share = 100 * getattr(result, name)
        frame = pd.DataFrame({"year": share.index.astype(float), "value": share.to_numpy(), "places": 0})
        frames.append(frame.assign(panel=panel, series=word(_CHANCE, name), unit="%"))
    lines(pd.concat(frames), title=title)


def scenario_name(name: str, scenarios: pd.DataFrame) -> str:
    """Name of a stress test."""
    return scenarios.set_index("id").at[name, f"name_{of_data()}"]


def stress_table(
    stressed: pd.DataFrame,
    scenarios: pd.DataFrame,
    end: int,
    scheme: str,
    caption: tuple[str, str],
    basis: Iterable[str] = (),
    chances: bool = True,
    base: tuple[str, str] = _BASE,
) -> None:
    """Show the stress tests side by side.

    Parameters
    ----------
    stressed : DataFrame
        Rows of ``methods.fund.stress``.
    scenarios : DataFrame
        Rows of ``fund_scenarios``.
    end : int
        Last year projected; a year that half of the paths do not reach is later.
    scheme : str
        Of the fund tested.
    caption, basis
        As in ``tables.table``.
    chances : bool
        Whether the years carry a probability; without, only what the middle path leaves is shown.
    base : (str, str)
        What the projection without any stress is called.
    """

    def year(row: pd.Series, column: str) -> str:
        if pd.notna(row["reason"]):
            return "–"
        return f">{end}" if pd.isna(row[column]) else f"{int(row[column])}"

    rows = [
        {
            "scenario": (chosen(base) if name == "base" else scenario_name(name, scenarios))
            + (words.aside(word(OBSTACLE, row["reason"])) if pd.notna(row["reason"]) else ""),
            "p_deficit": chance(row["p_deficit"]),
            "first_deficit": year(row, "first_deficit"),
            "p_exhausted": chance(row["p_exhausted"]),
            "first_exhausted": year(row, "first_exhausted"),
            "reserve_months": words.number(row["reserve_months"], 1),
        }
        for name, row in stressed.iterrows()
    ]
    headings = {
        "scenario": ("情景", "Scenario"),
        "p_deficit": ("当期赤字 概率", "Chance of a deficit"),
        "first_deficit": ("半数路径 赤字年份", "Half of the paths have a deficit by"),
        "p_exhausted": ("结余用尽 概率", "Chance of a reserve used up"),
        "first_exhausted": ("半数路径 用尽年份", "Half of the paths have used up the reserve by"),
        "reserve_months": tuple(
            ratio_name("reserve_months", scheme, language) + middle
            for language, middle in (("zh", "，期末中位数"), ("en", ", median at the end"))
        ),
    }
    if not chances:
        headings = {name: headings[name] for name in ("scenario", "reserve_months")}
    trace = [{} if name == "base" else {"scenario": [name]} for name in stressed.index]
    table(pd.DataFrame(rows), caption=caption, headings=headings, trace=trace, basis=basis)


def scenarios_table(scenarios: pd.DataFrame, package: Package, caption: tuple[str, str]) -> None:
    """Show what each stress test assumes, and where it stands."""
    places_table(scenarios, list(scenarios[f"name_{of_data()}"]), package, caption)
