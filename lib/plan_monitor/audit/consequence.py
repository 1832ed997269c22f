"""What does not hold, by what hangs on it: money, binding targets, people."""

import pandas as pd

from plan_monitor.audit.checks import CLASSES
from plan_monitor.data.figures import stored
from plan_monitor.data.package import Package

CONCERNS = ("money", "binding", "persons")  # what comes first
_MONEY, _PERSONS = {"元", "万元", "亿元"}, {"人", "万人"}


def rank(checked: pd.DataFrame, package: Package) -> pd.DataFrame:
    """Checks in the order of what they concern.

    A relative gap says nothing of consequence: 5 schools against 2 are 150 %, 15.6 against 19.2 % a year is
    what a household is promised.

    Parameters
    ----------
    checked : DataFrame
        Rows of ``checks.run``.
    package : Package
        The one they were computed from.

    Returns
    -------
    DataFrame
        The rows of `checked` with money (a figure of the check is an amount of money, or the growth of one:
        of an indicator ``x-growth`` where the indicator ``x`` is in money), binding (one belongs to an
        indicator with a binding target in that region) and persons (one is a number of people). Those
        about money come first, then binding ones, then those about people; among equals the classes of
        ``checks.CLASSES`` in their order, then the order of the table: no size ranks above another.
    """
    figures = stored(package)
    targets = package.targets[package.targets["attribute"].eq("binding")]
    promised = set(zip(targets["indicator"], targets["region"], strict=True))
    pairs = zip(figures["indicator"], figures["region"], strict=True)
    growths = _growths_of_money(package.indicators)
    concerned = {
        "money": figures["unit"].isin(_MONEY) | figures["indicator"].isin(growths),
        "binding": pd.Series([pair in promised for pair in pairs], index=figures.index, dtype=bool),
        "persons": figures["unit"].isin(_PERSONS),
    }
    made_of = [list(ids) for ids in checked["rows"] + checked["told_rows"]]
    ranked = checked.assign(
        **{
            name: pd.Series([rows[ids].any() for ids in made_of], index=checked.index, dtype=bool)
            for name, rows in concerned.items()
        },
        order=checked["finding"].map({name: place for place, name in enumerate(CLASSES)}).astype(float),
    )
    ranked = ranked.sort_values([*CONCERNS, "order"], ascending=[False, False, False, True], kind="stable")
    return ranked.drop(columns="order")


def _growths_of_money(indicators: pd.DataFrame) -> set[str]:
    """Indicators that tell the growth of an amount of money: in %, but what is at stake is money."""
    amounts = indicators.loc[indicators["unit"].isin(_MONEY), "id"]
    return set(indicators["id"]) & set(amounts + "-growth")
