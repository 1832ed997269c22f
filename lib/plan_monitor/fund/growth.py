"""How fast a fund's people, income and expenditure per head have grown, and how well that is known."""

from typing import NamedTuple

import numpy as np
import pandas as pd
import statsmodels.api as sm

from plan_monitor.fund.rows import YUAN, concerns

FEWEST = 3  # years with a figure; two growth rates leave one degree of freedom


class Growth(NamedTuple):
    """Yearly growth of the logarithm of a series: a random walk with drift."""

    drift: float
    sigma: float  # of one year's growth
    years: float  # that the growth was observed over
    df: int
    points: int
    one_off: tuple[int, ...]  # years left out
    new_scope: tuple[int, ...]  # years into which no growth is measured


def components(rows: pd.DataFrame) -> pd.DataFrame:
    """What is projected of one scheme, by its rows of `yearly`: people, and income and expenditure per head.

    By year: people (persons; 1 where enrolment is known in too few years, so that the whole stands for one
    head), income and expenditure (yuan, per head), and for each of them <name>_one_off and <name>_new_scope
    (bool).
    """
    rows = rows.set_index("year")
    counted = rows["enrollees"].notna() & ~concerns(rows["one_off"], "enrollees")
    flows = rows[["income", "expenditure"]].notna().any(axis=1)
    headed = (counted & flows).sum() >= min(FEWEST, flows.sum())
    people = rows["enrollees"] * 1e4 if headed else pd.Series(1.0, rows.index)
    table = pd.DataFrame({"people": people})
    for name in ("income", "expenditure"):
        table[name] = rows[name] * rows["unit"].map(YUAN) / people
    for name in list(table):
        behind = {name, "enrollees"} if headed else {name}
        for mark in ("one_off", "new_scope"):
            table[f"{name}_{mark}"] = concerns(rows[mark], *behind)
    return table


def usual(table: pd.DataFrame, name: str) -> pd.Series:
    """The figures of a component by year, without missing ones and one-off years."""
    return table.loc[~table[f"{name}_one_off"], name].dropna()


def rates(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """Growth between neighbouring usual figures of a component, but for that into a year of new scope.

    One row for each two figures: start, end (years), years (between them), growth (of the logarithm).
    """
    values = usual(table, name)
    scope = table.index[table[f"{name}_new_scope"]].to_numpy()
    start, end = values.index[:-1].to_numpy(), values.index[1:].to_numpy()
    grown = np.diff(np.log(values.to_numpy(dtype=float)))
    across = ((start[:, None] < scope) & (scope <= end[:, None])).any(axis=1)
    return pd.DataFrame({"start": start, "end": end, "years": end - start, "growth": grown})[~across]


def fit(table: pd.DataFrame, name: str) -> Growth:
    """Growth of one component of `components`, with its uncertainty.

    Fitted by least squares, for figures that are :math:`\\Delta t` years apart:

    .. math:: \\Delta \\ln y / \\sqrt{\\Delta t} = \\mu \\sqrt{\\Delta t} + \\sigma \\varepsilon

    A one-off year is left out, so that growth is measured across it (the same as a pulse dummy); growth into
    a year of new scope is left out (a level-shift dummy). A figure that is not above zero is a ValueError,
    and so are fewer than two growth rates.

    Notes
    -----
    Source: Hyndman & Athanasopoulos, *Forecasting: principles and practice*, 3rd ed., section 5.2 (drift)
    and 7.4 (intervention variables).
    """
    values = usual(table, name)
    if (values <= 0).any():
        raise ValueError(f"{name}: not above zero in {values.index[values <= 0][0]}")
    measured = rates(table, name)
    if len(measured) < FEWEST - 1:
        raise ValueError(f"{name}: {len(measured)} growth rates; {FEWEST - 1} are needed")
    width = np.sqrt(measured["years"].to_numpy(dtype=float))
    result = sm.OLS(measured["growth"].to_numpy() / width, width).fit()
    first, last = values.index.min(), values.index.max()
    one_off, new_scope = (table.index[table[f"{name}_{mark}"]] for mark in ("one_off", "new_scope"))
    return Growth(
        drift=float(result.params[0]),
        sigma=float(np.sqrt(result.scale)),
        years=float(measured["years"].sum()),
        df=int(result.df_resid),
        points=len(values),
        one_off=tuple(int(year) for year in one_off if year >= first),
        new_scope=tuple(int(year) for year in new_scope if first < year <= last),
    )
