"""Composite indices and the coupling of systems in words and tables."""

from collections.abc import Iterable, Mapping

import pandas as pd

from plan_monitor.coupling.robustness import Chance
from reportkit import measures, words
from reportkit.language import Text, tr, word
from reportkit.table import Column, table

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
_DEGREES = {
    "coupling": ("耦合度 C", "Coupling C"),
    "development": ("发展度 T", "Development T"),
    "coordination": ("协调度 D", "Coordination D"),
}
OBSTACLE = {
    "same": (
        "每项指标的数值都没有差别，无从比较",
        "no indicator differs, so that there is nothing to compare",
    ),
    "agree": (
        "有差别的指标完全同步（两两相关系数均为 1），CRITIC 权重没有定义",
        "the indicators that differ agree perfectly (each correlation is 1): CRITIC weights are not defined",
    ),
}
_YEAR = ("年份", "Year")
_RANDOM = ("随机排列的 D：中位数（90 % 区间）", "D in random order: median (90 % interval)")
_REACHED = ("随机不低于实际的比例", "Random at least as high")


def told(obstacles: Mapping[str, str]) -> str:
    """Why systems have no weights (``composite.obstacles``) as a phrase: ``教育：每项指标…；乡村：…``."""
    colon = tr("：", ": ")
    return words.phrase(word(SYSTEM, name) + colon + word(OBSTACLE, code) for name, code in obstacles.items())


def figures_table(figures: pd.DataFrame, weights: pd.Series, caption: Text) -> None:
    """Show the figures an index is made of, one row an indicator with its direction and weight.

    `figures` has label, system, direction, indicator, period, value, unit, id; `weights` are by indicator,
    within its system.
    """
    rows = figures.drop_duplicates("indicator").set_index("indicator")
    values, ids = (
        figures.pivot(index="indicator", columns="period", values=name).loc[rows.index]
        for name in ("value", "id")
    )
    places = values.abs().max(axis=1).map(_places)

    def year(period: str) -> Column:
        shown = [words.number(*cell) for cell in zip(values[period], places, strict=True)]
        return Column((period, period), shown, [listed.split(", ") for listed in ids[period]], mixed=True)

    columns = [
        Column(("指标", "Indicator"), [_named(row) for row in rows.itertuples()]),
        Column(("系统", "System"), [word(SYSTEM, system) for system in rows["system"]]),
        Column(("方向", "Direction"), rows["direction"].map({"up": "↑", "down": "↓"})),
        *map(year, values),
        Column(("权重", "Weight"), _numbers(weights[rows.index], 2)),
    ]
    table(caption, columns)


def _named(row) -> str:
    unit = measures.unit_word(row.unit)
    return row.label + (words.aside(unit) if unit else "")


def _places(largest: float) -> int:
    """Decimals that the figures of one indicator are printed with: fewer, the larger they are."""
    return 0 if largest >= 1000 else 1 if largest >= 10 else 2


def _numbers(values: Iterable[float], places: int | None) -> list[str]:
    return [words.number(value, places) for value in values]


def coupling_table(systems: pd.DataFrame, coupled: pd.DataFrame, caption: Text, basis: Iterable[str]) -> None:
    """Show by year the index of each system (``composite.indices``) and ``composite.coupling`` of them."""
    columns = [
        Column(_YEAR, systems.index),
        *(Column(SYSTEM[name], _numbers(systems[name], 2)) for name in systems),
        *(Column(heading, _numbers(coupled[name], 2)) for name, heading in _DEGREES.items()),
    ]
    table(caption, columns, basis)


def sensitivity_table(
    degrees: pd.DataFrame, ranks: pd.DataFrame, caption: Text, basis: Iterable[str]
) -> None:
    """Show each year's degree under every weighting (``robustness.sensitivity``), and its TOPSIS rank."""
    columns = [Column(_YEAR, degrees.index)]
    for name in degrees:
        by = words.aside(word(WEIGHTING, name))
        columns.append(Column(f"D{by}", _numbers(degrees[name], 2)))
        columns.append(Column(tr("名次", "Rank") + by, _numbers(ranks[name], 0)))
    table(caption, columns, basis)


def chance_table(degrees: pd.Series, chance: dict[str, Chance], caption: Text, basis: Iterable[str]) -> None:
    """Show the last year's coordination degree beside those of the same figures without any link.

    `degrees` are by weighting, as is what ``robustness.by_chance`` gives.
    """
    nulls, names = list(chance.values()), list(chance)
    reached = [100 * null.reached(degrees[name]) for name, null in chance.items()]
    columns = [
        Column(("赋权", "Weights"), [word(WEIGHTING, name) for name in names]),
        Column(("实际协调度 D", "Actual D"), _numbers(degrees[names], 2)),
        Column(("各自逐年上升的 D", "D where each rises by itself"), _numbers([n.rising for n in nulls], 2)),
        Column(_RANDOM, [_spread(null.shuffled) for null in nulls]),
        Column(_REACHED, [words.figure(share, "%", 0) for share in reached]),
    ]
    table(caption, columns, basis)


def _spread(draws: pd.Series) -> str:
    low, middle, high = (words.number(draws.quantile(q), 2) for q in (0.05, 0.5, 0.95))
    return middle.followed(words.aside(f"{low}–{high}"))


def regions_table(
    ranked: pd.DataFrame, figures: pd.DataFrame, columns: dict[str, str], caption: Text, basis: Iterable[str]
) -> None:
    """Show regions with their figures, closeness to the best and rank.

    `ranked` is of ``ranking.topsis`` by names of regions, best first; `figures` has the same index and one
    column an indicator, `columns` the name of each.
    """
    titles = [
        Column((title, title), _numbers(figures.loc[ranked.index, name], None))
        for name, title in columns.items()
    ]
    closeness = Column(("贴近度", "Closeness"), _numbers(ranked["closeness"], 2))
    rank = Column(("名次", "Rank"), _numbers(ranked["rank"], 0))
    table(caption, [Column(("地区", "Region"), ranked.index), *titles, closeness, rank], basis)
