"""Where the figures of a balanced-education report come from: rule book, answers, weights, unit costs."""

import pandas as pd

from plan_monitor.data.package import Package
from plan_monitor.report import codes
from plan_monitor.report.sources import places_table
from plan_monitor.settle.labels import LABELS
from reportkit.language import Text, tr, word
from reportkit.measures import units
from reportkit.words import figure, number


def rule_book_table(standard: pd.DataFrame, package: Package, caption: Text) -> None:
    """Show every standard of the rule book with its place in the document."""
    name, unit = codes.names(package.indicators), units(package.indicators)
    texts = []
    for row in standard.itertuples():
        text = f"{name[row.indicator]} · {word(codes.LEVEL, row.level)}"
        if pd.notna(row.threshold):
            text += f" {figure(row.threshold, unit[row.indicator], comparator=row.comparator)}"
        texts.append(text)
    places_table(standard, texts, package, caption)


def assumptions_table(package: Package, caption: Text) -> None:
    """Show the unit costs and the weights of the levels with where they are from."""
    name = codes.names(package.indicators)
    costs, weights = package.unit_costs, package.level_weights
    texts = [f"{name[row.indicator]} {figure(row.unit_cost, row.unit)}" for row in costs.itertuples()]
    for row in weights.itertuples():
        weight = tr(f"每名学生计 {number(row.weight)}", f"a pupil counts {number(row.weight)}")
        texts.append(f"{word(LABELS['type'], row.type)} · {word(codes.LEVEL, row.level)} · {weight}")
    places_table(pd.concat([costs, weights]), texts, package, caption)
