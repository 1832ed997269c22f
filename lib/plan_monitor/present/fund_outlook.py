"""What becomes of an insurance fund, as tables and charts: growth, fan, chances, stress tests, backtest."""

from collections.abc import Iterable

import pandas as pd

from plan_monitor.decimals import rounded
from plan_monitor.methods import fund
from plan_monitor.package import Package
from plan_monitor.present import words
from plan_monitor.present.charts import bars, lines
from plan_monitor.present.fund import FIGURE, RATIO, money_unit
from plan_monitor.present.sources import places_table
from plan_monitor.present.tables import table

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
_FACTOR = {
    "people": ("人数", "people"),
    "per_head": ("人均支出", "spending per head"),
    "use": ("就医（住院率）", "use (hospital stays)"),
    "price": ("价格（次均费用）", "price (cost per stay)"),
    "rest": ("其余（报销水平、门诊等）", "the rest (share paid, outpatients)"),
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


def fits_table(
    result: fund.Projection, lang: str, caption: tuple[str, str], basis: Iterable[str] = ()
) -> None:
    """Show the growth that the projection rests on, its spread, and the years left out."""
    fits = result.fits
    none = "–"

    def years(column: str) -> list[str]:
        return [", ".join(map(str, listed)) or none for listed in fits[column]]

    shown = pd.DataFrame(
        {
            "component": [words.word(_COMPONENT, name, lang) for name in fits.index],
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
    table(shown, lang, caption=caption, headings=headings, basis=basis)


def fan_chart(rows: pd.DataFrame, result: fund.Projection, lang: str, title: tuple[str, str]) -> None:
    """Draw the reserve as it was and as the paths have it, in money and in months of expenditure.

    Parameters
    ----------
    rows : DataFrame
        Rows of ``methods.fund.indicators`` of the region and scheme projected.
    result : Projection
    lang, title
        As in ``tables.table``.
    """
    unit, size = money_unit(result.unit, lang)
    panels = {
        "balance": (words.word(FIGURE, "balance", lang).capitalize(), unit, size, 0 if size < 100 else 1),
        "reserve_months": (words.word(RATIO, "reserve_months", lang), "月", 1, 1),
    }
    series = ("公布的账目", "published accounts")[lang != "zh"]
    frames, fans = [], []
    for column, (panel, panel_unit, by, places) in panels.items():
        known = rows.dropna(subset=[column])
        seen = {"year": known["year"].astype(float), "value": known[column] / by, "places": places}
        frames.append(pd.DataFrame(seen).assign(panel=panel, series=series, unit=panel_unit))
        fan = (result.quantiles(column) / by).reset_index()
        fans.append(fan.assign(panel=panel))
    lines(pd.concat(frames), lang, title=title, fan=pd.concat(fans))


def chances_chart(result: fund.Projection, lang: str, title: tuple[str, str]) -> None:
    """Draw, year by year, the probability that a deficit has come, and that the reserve is used up."""
    panel = ("到该年为止的概率", "Probability by that year")[lang != "zh"]
    frames = []
    for name in _CHANCE:
        share = 100 * getattr(result, name)
        frame = pd.DataFrame({"year": share.index.astype(float), "value": share.to_numpy(), "places": 0})
        frames.append(frame.assign(panel=panel, series=words.word(_CHANCE, name, lang), unit="%"))
    lines(pd.concat(frames), lang, title=title)


def scenario_name(name: str, scenarios: pd.DataFrame, lang: str) -> str:
    """Name of a stress test, or of the projection as it is."""
    if name == "base":
        return _BASE[lang != "zh"]
    return scenarios.set_index("id").at[name, f"name_{lang}"]


def stress_table(
    stressed: pd.DataFrame,
    scenarios: pd.DataFrame,
    end: int,
    lang: str,
    caption: tuple[str, str],
    basis: Iterable[str] = (),
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
    lang, caption
        As in ``tables.table``.
    """

    def why_not(reason: str | None) -> str:
        return "" if pd.isna(reason) else words.aside(words.word(OBSTACLE, reason, lang), lang)

    def year(row: pd.Series, column: str) -> str:
        if pd.notna(row["reason"]):
            return "–"
        return f">{end}" if pd.isna(row[column]) else f"{int(row[column])}"

    rows = [
        {
            "scenario": scenario_name(name, scenarios, lang)
            + (
                words.aside(words.word(OBSTACLE, row["reason"], lang), lang)
                if pd.notna(row["reason"])
                else ""
            ),
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
        "first_deficit": ("半数路径 赤字年份", "Half of the paths by"),
        "p_exhausted": ("结余用尽 概率", "Chance of a reserve used up"),
        "first_exhausted": ("半数路径 用尽年份", "Half of the paths by then"),
        "reserve_months": ("期末月数（中位）", "Months at the end (median)"),
    }
    trace = [{} if name == "base" else {"scenario": [name]} for name in stressed.index]
    table(pd.DataFrame(rows), lang, caption=caption, headings=headings, trace=trace, basis=basis)


def scenarios_table(scenarios: pd.DataFrame, package: Package, lang: str, caption: tuple[str, str]) -> None:
    """Show what each stress test assumes, and where it stands."""
    places_table(scenarios, list(scenarios[f"name_{lang}"]), package, lang, caption)


def causes_chart(parts: pd.DataFrame, lang: str, title: tuple[str, str]) -> None:
    """Draw the growth of expenditure between years, split over its factors, in points.

    Parameters
    ----------
    parts : DataFrame
        Rows of ``methods.fund.decompose``.
    lang, title
        As in ``tables.table``.
    """
    frame = points(parts).melt(["start", "end"], list(_given(parts)), "factor")
    frame = frame.sort_values(["start", "end"], kind="stable")
    frame["category"] = frame["start"].astype(str) + "–" + frame["end"].astype(str)
    frame["series"] = [words.word(_FACTOR, name, lang) for name in frame["factor"]]
    bars(frame, lang, title=title, unit="百分点", places=1)


def causes_table(parts: pd.DataFrame, lang: str, caption: tuple[str, str], basis: Iterable[str] = ()) -> None:
    """Show the growth of expenditure between years and what each factor adds to it, in points."""
    shares = points(parts)
    shown = pd.DataFrame({"years": shares["start"].astype(str) + "–" + shares["end"].astype(str)})
    shown["change"] = [words.number(value, 1) for value in shares["change"]]
    for name in _given(parts):
        shown[name] = [words.number(value, 1) for value in shares[name]]
    headings = {"years": ("年份", "Years"), "change": ("支出增长，%", "Growth of expenditure, %")}
    headings |= {
        name: (f"{_FACTOR[name][0]}，百分点", f"{_FACTOR[name][1]}, points") for name in _given(parts)
    }
    table(shown, lang, caption=caption, headings=headings, basis=basis)


def points(parts: pd.DataFrame) -> pd.DataFrame:
    """Changes in percent of where they started, to a tenth."""
    shares = parts.copy()
    columns = ["change", *_given(parts)]
    shares[columns] = 100 * parts[columns].div(parts["total_start"], axis=0)
    shares[columns] = shares[columns].map(rounded, places=1)
    return shares


def _given(parts: pd.DataFrame) -> list[str]:
    """The factors of a decomposition; no rest where they leave nothing open."""
    names = [name for name in _FACTOR if name in parts]
    open_left = parts["rest"].abs().max() > 1e-9 * parts["total_end"].abs().max() if len(parts) else False
    return names if open_left else [name for name in names if name != "rest"]


def backtest_table(
    trials: pd.DataFrame, lang: str, caption: tuple[str, str], basis: Iterable[str] = ()
) -> None:
    """Show how projections from earlier years would have held."""
    total = ("合计", "total")
    shown = pd.DataFrame(
        {
            "quantity": [
                total[lang != "zh"] if name == "total" else words.word(FIGURE, name, lang)
                for name in trials.index
            ],
            "n": trials["n"].astype(str),
            "series": trials["series"].astype(str),
            "coverage_80": [words.number(100 * value, 0) for value in trials["coverage_80"]],
            "error": [words.number(value, 1) for value in trials["error"]],
            "error_naive": [words.number(value, 1) for value in trials["error_naive"]],
            "ratio": [words.number(value, 2) for value in trials["ratio"]],
        }
    )
    headings = {
        "quantity": ("项目", "Quantity"),
        "n": ("比较次数", "Comparisons"),
        "series": ("序列数", "Series"),
        "coverage_80": ("落在 80 % 区间内，%", "Inside the 80 % range, %"),
        "error": ("平均误差，%", "Mean error, %"),
        "error_naive": ("照上年增速的误差，%", "Error of naive growth, %"),
        "ratio": ("误差之比", "Ratio of errors"),
    }
    table(shown, lang, caption=caption, headings=headings, basis=basis)
