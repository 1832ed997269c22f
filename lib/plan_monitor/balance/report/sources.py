"""Where the figures of a balanced-education report come from: rule book, answers, weights, unit costs."""

import pandas as pd

from plan_monitor.data.package import Package
from plan_monitor.report import codes
from plan_monitor.report.sources import places_table
from reportkit import measures, words
from reportkit.language import chosen, word

_TYPE = {
    "nine-year": ("九年一贯制学校", "nine-year school"),
    "complete": ("完全中学", "complete secondary school"),
    "twelve-year": ("十二年一贯制学校", "twelve-year school"),
}
_PUPIL = ("每名学生计 {}", "a pupil counts {}")


def rule_book_table(standard: pd.DataFrame, package: Package, caption: tuple[str, str]) -> None:
    """Show every standard of the rule book with its place in the document."""
    name, unit = codes.names(package.indicators), measures.units(package.indicators)
    what = [
        f"{name[row.indicator]} · {word(codes.LEVEL, row.level)}"
        + (
            ""
            if pd.isna(row.threshold)
            else f" {words.figure(row.threshold, unit[row.indicator], comparator=row.comparator)}"
        )
        for row in standard.itertuples()
    ]
    places_table(standard, what, package, caption)


def assumptions_table(package: Package, caption: tuple[str, str]) -> None:
    """Show the unit costs and the weights of the levels with where they are from."""
    name = codes.names(package.indicators)
    costs, weights = package.unit_costs, package.level_weights
    priced = [
        f"{name[row.indicator]} " + ("–" if pd.isna(row.unit_cost) else words.figure(row.unit_cost, row.unit))
        for row in costs.itertuples()
    ]
    weighed = [
        f"{word(_TYPE, row.type)} · {word(codes.LEVEL, row.level)} · "
        + chosen(_PUPIL).format(words.number(row.weight))
        for row in weights.itertuples()
    ]
    places_table(pd.concat([costs, weights]), priced + weighed, package, caption)
