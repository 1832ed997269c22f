"""Figures about households that may be published: counts and averages, none of fewer than five."""

from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd

from plan_monitor.methods.disclosure import SMALLEST, TOTAL, small, suppress, suppress_linked
from plan_monitor.relapse import groups
from plan_monitor.relapse.groups import ByYear, classify, counts, judge, year_before
from reportkit.decimals import rounded

NOBODY = "none"  # reason of households that are not monitored; group of those that are not registered
BANDS = (0.0, 0.01, 0.02, 0.05, 0.10, 0.20, 1.0)  # of the risk


class Release(NamedTuple):
    """Figures about the households of one year; NaN where one is hidden.

    Tables count households by the group that follows from their figures (columns), with totals. Other counts
    are computed from what the tables show, so that they reveal nothing that the tables hide.
    """

    townships: pd.DataFrame  # by township
    reasons: pd.DataFrame  # by reason; ``none`` of those who are not monitored
    register: pd.DataFrame  # by the group they are registered in; ``none`` for those in none
    years: pd.DataFrame  # by year
    needed: float  # households to be monitored
    missed: float  # those of them that the register lacks
    outdated: float  # registered ones that need not be
    guarantees: pd.Series  # households that have a guarantee unmet
    income: pd.DataFrame  # of ``structure``, the groups that may be shown
    lacking: float  # yuan that all households to be monitored lack up to the line


def counted(number: float, smallest: int = SMALLEST) -> float:
    """A number of households as it may be published: rounded, so that 4.5 is 5, and NaN where it is small."""
    households = rounded(number)
    return np.nan if small(households, smallest) else households


def release(classified: pd.DataFrame, period: str, smallest: int = SMALLEST) -> Release:
    """Count the households of a year and hide what could be recognised.

    `classified` is of ``classify``: one region, several years. The other tables do not reveal what one of the
    three hides (see ``disclosure.suppress_linked``); averages are shown only for groups whose number is.
    """
    current = classified[classified["period"] == period]
    registered = current["monitored"] if "monitored" in current else pd.Series(NOBODY, current.index)
    registered = registered.where(registered.isin(groups.MONITORED), NOBODY)
    current = current.assign(reason=current["reason"].fillna(NOBODY), monitored=registered)
    by_register = counts(current, "monitored").reindex(groups.GROUPS, fill_value=0)
    tables = [counts(current, "township").sort_index(), counts(current, "reason"), by_register]
    townships, reasons, register = suppress_linked(tables, smallest)
    years = {}  # each has sums of its own
    for year in sorted(classified.loc[classified["period"] < period, "period"].unique()):
        table = counts(classified[classified["period"] == year], "period")
        years[year] = suppress(table, smallest).loc[year]
    years[period] = townships.loc[TOTAL]
    needed = townships.at[TOTAL, TOTAL] - townships.at[TOTAL, "none"]
    guarantees = [name for name in groups.GUARANTEES if name in current]
    unmet = {name: counted(current[name].eq("no").sum(), smallest) for name in guarantees}
    income = groups.structure(current).drop(columns=["households", "persons"])
    publishable = townships.loc[TOTAL].rename({TOTAL: "all"}).reindex(income.index).notna()
    return Release(
        townships=townships,
        reasons=reasons,
        register=register,
        years=pd.DataFrame(years).T[[*groups.GROUPS, TOTAL]],
        needed=needed,
        missed=register.at[NOBODY, TOTAL] - register.at[NOBODY, "none"],
        outdated=register.at[TOTAL, "none"] - register.at[NOBODY, "none"],
        guarantees=pd.Series(unmet, dtype=float),
        income=income[publishable],
        lacking=float((current["short"] * current["members"]).sum()) if pd.notna(needed) else np.nan,
    )


def bands(probability: pd.Series, total_hidden: bool, smallest: int = SMALLEST) -> pd.Series:
    """Unmonitored households by class of risk (0 to 1); NaN where a count is hidden.

    The index has both ends of each class, and a last pair of NaN for those without a risk. `total_hidden`
    says whether other tables hide the total.
    """
    edges = [*pairwise(BANDS), (np.nan, np.nan)]
    # a class includes its lower end; the last one its upper end too
    chances = probability.to_numpy(dtype=float)
    classes = np.where(np.isnan(chances), len(edges) - 1, np.searchsorted(BANDS[1:-1], chances, side="right"))
    table = pd.DataFrame({"none": np.bincount(classes, minlength=len(edges))})
    shown = suppress(table, smallest, also=("none",) if total_hidden else ())
    return pd.Series(shown["none"].to_numpy()[:-1], index=pd.MultiIndex.from_tuples(edges))


def shocks(
    households: pd.DataFrame,
    line: ByYear,
    period: str,
    change: float,
    loss: ByYear = 30.0,
    smallest: int = SMALLEST,
) -> pd.DataFrame:
    """How many more households would need monitoring after a shock of `change` % in the year `period`.

    The shock reduces one source of income, or increases one kind of spending. One row for each of ``SHOCKS``:
    newly (households) and lacking (yuan that these lack up to the line); NaN where hidden.
    """
    before = classify(households, line, loss)
    unmonitored = (before["group"].eq("none") & before["period"].eq(period)).to_numpy()
    current, past, rows = (
        households[unmonitored],
        year_before(households)[unmonitored],
        {},
    )  # a shock changes no other row
    for source in groups.SHOCKS:
        signed = -change if source in groups.SOURCES else change
        after = judge(shocked(current, source, signed, period), past, line, loss)
        newly_monitored = after[after["group"].ne("none")]
        households_added = counted(len(newly_monitored), smallest)
        money = (newly_monitored["short"] * newly_monitored["members"]).sum()
        rows[source] = {
            "newly": households_added,
            "lacking": np.nan if np.isnan(households_added) else float(money),
        }
    return pd.DataFrame(rows).T


def shocked(households: pd.DataFrame, source: str, change: float, period: str) -> pd.DataFrame:
    """The households as they would be if one source of income or kind of spending changed in a year.

    `source` is one of ``SHOCKS``, `change` in %: -20 takes a fifth away from every household that has some.
    Another source is a ValueError, and so is a change below -100.
    """
    if source not in groups.SHOCKS:
        raise ValueError(f"unknown source {source!r}; known: {', '.join(groups.SHOCKS)}")
    if change < -100:
        raise ValueError(f"expected a change of at least -100 %, not {change:g}")
    after = households[source] * (1 + change / 100)
    return households.assign(**{source: households[source].mask(households["period"] == period, after)})
