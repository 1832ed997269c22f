"""Findings ranked by what they affect: money, binding targets, people."""

import pandas as pd

from plan_monitor.audit import checks
from plan_monitor.data.figures import stored
from plan_monitor.data.once import once
from plan_monitor.data.package import Package

CONCERNS = ("money", "binding", "persons")  # in order of rank
_MONEY, _PERSONS = {"元", "万元", "亿元"}, {"人", "万人"}


def rank(checked: pd.DataFrame, package: Package) -> pd.DataFrame:
    """Rows of ``checks.run`` in the order of what they concern.

    The relative gap does not show the importance: 5 schools against 2 are 150 %, but 15.6 against 19.2 % a
    year is income promised to households. Rows get the columns money (a figure of the check is an amount of
    money, or the growth of one: of an indicator ``x-growth`` where the indicator ``x`` is in money), binding
    (one belongs to an indicator with a binding target in that region) and persons (one is a number of
    people). Those about money come first, then binding ones, then those about people; among equals the order
    is that of ``checks.CLASSES``, then that of the table; the size of a gap does not count.
    """
    figures, indicators = stored(package), package.indicators
    binding = package.targets[package.targets["attribute"].eq("binding")]
    key = ["indicator", "region"]
    promised = pd.MultiIndex.from_frame(figures[key]).isin(pd.MultiIndex.from_frame(binding[key]))
    growths = indicators.loc[indicators["unit"].isin(_MONEY), "id"] + "-growth"
    concerned = {
        "money": figures["unit"].isin(_MONEY) | figures["indicator"].isin(growths),
        "binding": pd.Series(promised, figures.index),
        "persons": figures["unit"].isin(_PERSONS),
    }
    made_of = list(checked["rows"] + checked["told_rows"])
    for name, rows in concerned.items():
        row_ids = {*figures.index[rows]}
        concerns = [not row_ids.isdisjoint(ids) for ids in made_of]
        checked = checked.assign(**{name: pd.Series(concerns, checked.index, dtype=bool)})
    class_order = {name: number for number, name in enumerate(checks.CLASSES)}
    ranked = checked.assign(order=checked["finding"].map(class_order).astype(float))
    ranked = ranked.sort_values([*CONCERNS, "order"], ascending=[False, False, False, True], kind="stable")
    return ranked.drop(columns="order")


@once
def held(package: Package, as_of: str) -> pd.DataFrame:
    """Findings against documents published by `as_of`, the gravest first: rows of ``rank``.

    `package` must be complete: a check may compare a plan with what others published.
    """
    stated = checks.statements(checks.published(checks.run(package), package, as_of))
    wrong = stated["verdict"].eq("contradicts") & stated["finding"].isin(checks.HELD)
    return rank(stated[wrong], package)
