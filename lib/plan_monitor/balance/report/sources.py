"""Where the figures of a balanced-education report come from: rule book, answers, weights, unit costs."""

import pandas as pd

from plan_monitor.data.package import Package
from plan_monitor.report import words
from plan_monitor.report.sources import places_table
from reportkit import measures

_TYPE = {
    "nine-year": ("九年一贯制学校", "nine-year school"),
    "complete": ("完全中学", "complete secondary school"),
    "twelve-year": ("十二年一贯制学校", "twelve-year school"),
}
_PUPIL = ("每名学生计 {}", "a pupil counts {}")


def rule_book_table(standard: pd.DataFrame, package: Package, lang: str, caption: tuple[str, str]) -> None:
    """Show every standard of the rule book with its place in the document."""
    name, unit = words.names(package.indicators, lang), measures.units(package.indicators, lang)
    what = [
        f"{name[row.indicator]} · {words.word(words.LEVEL, row.level, lang)}"
        + (
            ""
            if pd.isna(row.threshold)
            else f" {words.figure(row.threshold, unit[row.indicator], lang, comparator=row.comparator)}"
        )
        for row in standard.itertuples()
    ]
    places_table(standard, what, package, lang, caption)


def assumptions_table(package: Package, lang: str, caption: tuple[str, str]) -> None:
    """Show the unit costs and the weights of the levels with where they are from."""
    name = words.names(package.indicators, lang)
    costs, weights = package.unit_costs, package.level_weights
    priced = [
        f"{name[row.indicator]} "
        + ("–" if pd.isna(row.unit_cost) else words.figure(row.unit_cost, row.unit, lang))
        for row in costs.itertuples()
    ]
    weighed = [
        f"{words.word(_TYPE, row.type, lang)} · {words.word(words.LEVEL, row.level, lang)} · "
        + _PUPIL[lang != "zh"].format(words.number(row.weight))
        for row in weights.itertuples()
    ]
    places_table(pd.concat([costs, weights]), priced + weighed, package, lang, caption)
