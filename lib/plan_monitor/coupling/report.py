"""Composite indices and the coupling of systems in words and tables."""

from collections.abc import Iterable

import pandas as pd

from plan_monitor.coupling.composite import WEIGHTINGS
from plan_monitor.coupling.robustness import Chance
from reportkit import measures, words
from reportkit.language import word
from reportkit.tables import table

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
_ARROW = {"up": "↑", "down": "↓"}
_YEAR = ("年份", "Year")


def figures_table(figures: pd.DataFrame, weights: pd.Series, caption: tuple[str, str]) -> None:
    """Show the figures an index is made of, one row an indicator with its direction and weight.

    Parameters
    ----------
    figures : DataFrame
        Columns label, system, direction, indicator, period, value, unit, id.
    weights : Series
        Indicator → weight within its system.
    caption
        As in ``tables.table``.
    """
    years = sorted(figures["period"].unique())
    rows, trace = [], []
    for indicator, part in figures.groupby("indicator", sort=False):
        first = part.iloc[0]
        unit = measures.unit_word(first["unit"])
        places = _places(part["value"].abs().max())
        cells = {row.period: words.number(row.value, places) for row in part.itertuples()}
        rows.append(
            {
                "label": first["label"] + (words.aside(unit) if unit else ""),
                "system": word(SYSTEM, first["system"]),
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
    table(pd.DataFrame(rows, columns=list(headings)), caption=caption, headings=headings, trace=trace)


def _places(largest: float) -> int:
    """Decimals that the figures of one indicator are printed with: fewer, the larger they are."""
    return 0 if largest >= 1000 else 1 if largest >= 10 else 2


def coupling_table(
    systems: pd.DataFrame, coupled: pd.DataFrame, caption: tuple[str, str], basis: Iterable[str] = ()
) -> None:
    """Show the index of each system, and coupling, development and coordination.

    Parameters
    ----------
    systems, coupled : DataFrame
        Of ``composite.indices`` and ``composite.coupling``, index: years.
    """
    shown = pd.concat([systems, coupled[["coupling", "development", "coordination"]]], axis=1)
    shown = shown.map(lambda value: words.number(value, 2))
    shown.insert(0, "year", systems.index)
    headings = {"year": _YEAR} | {name: SYSTEM[name] for name in systems}
    headings |= {"coupling": ("耦合度 C", "Coupling C"), "development": ("发展度 T", "Development T")}
    headings |= {"coordination": ("协调度 D", "Coordination D")}
    table(shown, caption=caption, headings=headings, basis=basis)


def sensitivity_table(
    degrees: pd.DataFrame, ranks: pd.DataFrame, caption: tuple[str, str], basis: Iterable[str] = ()
) -> None:
    """Show each year's coordination degree under every weighting, and its TOPSIS rank.

    Parameters
    ----------
    degrees : DataFrame
        Of ``robustness.sensitivity``.
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
    table(shown, caption=caption, headings=headings, basis=basis)


def chance_table(
    degrees: pd.Series, chance: dict[str, Chance], caption: tuple[str, str], basis: Iterable[str] = ()
) -> None:
    """Show the last year's coordination degree beside those of the same figures without any link.

    Parameters
    ----------
    degrees : Series
        Degree by weighting.
    chance : dict
        Weighting → what ``robustness.by_chance`` gives.
    """
    rows = []
    for name, found in chance.items():
        low, middle, high = (words.number(found.shuffled.quantile(q), 2) for q in (0.05, 0.5, 0.95))
        rows.append(
            {
                "weighting": word(WEIGHTING, name),
                "degree": words.number(degrees[name], 2),
                "rising": words.number(found.rising, 2),
                "shuffled": middle + words.aside(f"{low}–{high}"),
                "above": f"{words.number(100 * found.reached(degrees[name]), 0)} %",
            }
        )
    headings = {
        **{"weighting": ("赋权", "Weights"), "degree": ("实际协调度 D", "Actual D")},
        "rising": ("各自逐年上升的 D", "D where each rises by itself"),
        "shuffled": ("随机排列的 D：中位数（90 % 区间）", "D in random order: median (90 % interval)"),
        "above": ("随机不低于实际的比例", "Random at least as high"),
    }
    table(pd.DataFrame(rows, columns=list(headings)), caption=caption, headings=headings, basis=basis)


def regions_table(
    ranked: pd.DataFrame,
    figures: pd.DataFrame,
    columns: dict[str, str],
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
    table(shown, caption=caption, headings=headings, basis=basis)
