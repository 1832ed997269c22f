"""Composite indices and the coupling of systems in words and tables."""

from collections.abc import Iterable

import pandas as pd

from plan_monitor.methods.composite import WEIGHTINGS
from plan_monitor.present import measures, words
from plan_monitor.present.tables import table

SYSTEM = {
    "education": ("教育", "education"),
    "insurance": ("医疗保障", "medical insurance"),
    "rural": ("乡村", "rural life"),
}
WEIGHTING = {
    "entropy": ("熵权", "entropy weights"),
    "equal": ("等权", "equal weights"),
    "critic": ("CRITIC 权重", "CRITIC weights"),
}
GRADE = {
    "extreme_disorder": ("极度失调", "extreme disorder"),
    "severe_disorder": ("严重失调", "severe disorder"),
    "moderate_disorder": ("中度失调", "moderate disorder"),
    "mild_disorder": ("轻度失调", "mild disorder"),
    "near_disorder": ("濒临失调", "near disorder"),
    "barely_coordinated": ("勉强协调", "barely coordinated"),
    "primary_coordination": ("初级协调", "primary coordination"),
    "intermediate_coordination": ("中级协调", "intermediate coordination"),
    "good_coordination": ("良好协调", "good coordination"),
    "superior_coordination": ("优质协调", "superior coordination"),
}
_ARROW = {"up": "↑", "down": "↓"}
_YEAR = ("年份", "Year")


def figures_table(figures: pd.DataFrame, weights: pd.Series, lang: str, caption: tuple[str, str]) -> None:
    """Show the figures an index is made of, one row an indicator with its direction and weight.

    Parameters
    ----------
    figures : DataFrame
        Columns label, system, direction, indicator, period, value, unit, id.
    weights : Series
        Indicator → weight within its system.
    lang, caption
        As in ``tables.table``.
    """
    years = sorted(figures["period"].unique())
    rows, trace = [], []
    for indicator, part in figures.groupby("indicator", sort=False):
        first = part.iloc[0]
        unit = measures.unit_word(first["unit"], lang)
        places = _places(part["value"].abs().max())
        cells = {row.period: words.number(row.value, places) for row in part.itertuples()}
        rows.append(
            {
                "label": first["label"] + (words.aside(unit, lang) if unit else ""),
                "system": words.word(SYSTEM, first["system"], lang),
                "direction": _ARROW[first["direction"]],
                **cells,
                "weight": words.number(weights[indicator], 3),
            }
        )
        trace.append({row.period: row.id.split(", ") for row in part.itertuples()})
    headings = {
        "label": ("指标", "Indicator"),
        "system": ("系统", "System"),
        "direction": ("方向", "Direction"),
    }
    headings |= {year: (year, year) for year in years} | {"weight": ("权重", "Weight")}
    table(pd.DataFrame(rows, columns=list(headings)), lang, caption=caption, headings=headings, trace=trace)


def _places(largest: float) -> int:
    """Decimals that the figures of one indicator are printed with: fewer, the larger they are."""
    return 0 if largest >= 1000 else 1 if largest >= 10 else 2


def coupling_table(
    systems: pd.DataFrame,
    coupled: pd.DataFrame,
    lang: str,
    caption: tuple[str, str],
    basis: Iterable[str] = (),
) -> None:
    """Show the index of each system, and coupling, development and coordination with its grade.

    Parameters
    ----------
    systems, coupled : DataFrame
        Of ``composite.indices`` and ``composite.coupling``, index: years.
    """
    shown = pd.concat([systems, coupled[["coupling", "development", "coordination"]]], axis=1)
    shown = shown.map(lambda value: words.number(value, 2))
    shown.insert(0, "year", systems.index)
    shown["grade"] = [words.word(GRADE, name, lang) for name in coupled["grade"]]
    headings = {"year": _YEAR} | {name: SYSTEM[name] for name in systems}
    headings |= {"coupling": ("耦合度 C", "Coupling C"), "development": ("发展度 T", "Development T")}
    headings |= {"coordination": ("协调度 D", "Coordination D"), "grade": ("等级", "Grade")}
    table(shown, lang, caption=caption, headings=headings, basis=basis)


def sensitivity_table(
    degrees: pd.DataFrame, ranks: pd.DataFrame, lang: str, caption: tuple[str, str], basis: Iterable[str] = ()
) -> None:
    """Show each year's coordination degree under every weighting, and its TOPSIS rank.

    Parameters
    ----------
    degrees : DataFrame
        Of ``composite.sensitivity``.
    ranks : DataFrame
        Same rows and columns: rank of the year, 1 the best.
    """
    shown = pd.DataFrame({"year": degrees.index}, index=degrees.index)
    headings = {"year": _YEAR}
    for name in WEIGHTINGS:
        shown[name] = degrees[name].map(lambda value: words.number(value, 2))
        shown[f"{name}_rank"] = ranks[name].map(lambda value: words.number(value, 0))
        zh, en = WEIGHTING[name]
        headings[name] = (f"D（{zh}）", f"D ({en})")
        headings[f"{name}_rank"] = (f"名次（{zh}）", f"Rank ({en})")
    table(shown, lang, caption=caption, headings=headings, basis=basis)


def regions_table(
    ranked: pd.DataFrame,
    figures: pd.DataFrame,
    columns: dict[str, str],
    lang: str,
    caption: tuple[str, str],
    basis: Iterable[str] = (),
) -> None:
    """Show regions with their figures, closeness to the best and rank.

    Parameters
    ----------
    ranked : DataFrame
        Of ``composite.topsis``, index: names of regions, best first.
    figures : DataFrame
        Same index, one column an indicator.
    columns : dict
        Indicator → its name.
    """
    shown = figures.loc[ranked.index].map(words.number)
    shown.insert(0, "region", ranked.index)
    shown["closeness"] = ranked["closeness"].map(lambda value: words.number(value, 2))
    shown["rank"] = ranked["rank"].map(lambda value: words.number(value, 0))
    headings = {"region": ("地区", "Region")} | {name: (title, title) for name, title in columns.items()}
    headings |= {"closeness": ("贴近度", "Closeness"), "rank": ("名次", "Rank")}
    table(shown, lang, caption=caption, headings=headings, basis=basis)
