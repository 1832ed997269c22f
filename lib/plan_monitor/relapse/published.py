"""What may be published of the households: counts and averages, none of them of fewer than five."""

from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd

from plan_monitor.methods.disclosure import SMALLEST, TOTAL, small, suppress, suppress_linked
from plan_monitor.relapse import groups
from plan_monitor.relapse.groups import ByYear, classify, counts, judge, year_before
from reportkit.decimals import rounded

NOBODY = "none"  # the reason of those who are not monitored, and the register of those who are in none
BANDS = (0.0, 0.01, 0.02, 0.05, 0.10, 0.20, 1.0)  # of the risk


class Release(NamedTuple):
    """Figures about the households of one year; NaN where one is hidden.

    Tables count households by the group their figures put them in (columns), with totals. What is counted
    beside them is reckoned from what the tables show, so that it tells nothing the tables hide.
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
    """A number of households as it may be published: whole, so that 4.5 is 5, and NaN where it is small."""
    households = rounded(number)
    return np.nan if small(households, smallest) else households


def release(classified: pd.DataFrame, period: str, smallest: int = SMALLEST) -> Release:
    """Count the households of a year and hide what could be recognised.

    `classified` is of ``classify``: one region, several years. What one of the three tables hides the others
    do not tell (see ``disclosure.suppress_linked``); averages are shown only for a group whose number is.
    """
    now = classified[classified["period"] == period]
    registered = now["monitored"] if "monitored" in now else pd.Series(NOBODY, now.index)
    registered = registered.where(registered.isin(groups.MONITORED), NOBODY)
    now = now.assign(reason=now["reason"].fillna(NOBODY), monitored=registered)
    by_register = counts(now, "monitored").reindex(groups.GROUPS, fill_value=0)
    tables = [counts(now, "township").sort_index(), counts(now, "reason"), by_register]
    townships, reasons, register = suppress_linked(tables, smallest)
    years = {}  # each has sums of its own
    for year in sorted(classified.loc[classified["period"] < period, "period"].unique()):
        then = counts(classified[classified["period"] == year], "period")
        years[year] = suppress(then, smallest).loc[year]
    years[period] = townships.loc[TOTAL]
    needed = townships.at[TOTAL, TOTAL] - townships.at[TOTAL, "none"]
    guarantees = [name for name in groups.GUARANTEES if name in now]
    unmet = {name: counted(now[name].eq("no").sum(), smallest) for name in guarantees}
    income = groups.structure(now).drop(columns=["households", "persons"])
    shown = townships.loc[TOTAL].rename({TOTAL: "all"}).reindex(income.index).notna()
    return Release(
        townships=townships,
        reasons=reasons,
        register=register,
        years=pd.DataFrame(years).T[[*groups.GROUPS, TOTAL]],
        needed=needed,
        missed=register.at[NOBODY, TOTAL] - register.at[NOBODY, "none"],
        outdated=register.at[TOTAL, "none"] - register.at[NOBODY, "none"],
        guarantees=pd.Series(unmet, dtype=float),
        income=income[shown],
        lacking=float((now["short"] * now["members"]).sum()) if needed >= 0 else np.nan,
    )


def bands(probability: pd.Series, total_hidden: bool, smallest: int = SMALLEST) -> pd.Series:
    """Households by class of risk (0 to 1, of those that are not monitored); NaN where one is hidden.

    The index has both ends of each class, and a last pair of NaN for those without a risk. `total_hidden`:
    whether other tables hide how many these are.
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
    """How many more households would have to be monitored after a blow of `change` % in the year `period`.

    It is taken from each source of income, or added to each kind of spending. One row for each of ``SHOCKS``:
    newly (households) and lacking (yuan that these lack up to the line); NaN where hidden.
    """
    before = classify(households, line, loss)
    free = (before["group"].eq("none") & before["period"].eq(period)).to_numpy()
    now, past, rows = households[free], year_before(households)[free], {}  # a blow changes no other row
    for source in groups.SHOCKS:
        signed = -change if source in groups.SOURCES else change
        after = judge(shocked(now, source, signed, period), past, line, loss)
        new = after[after["group"].ne("none")]
        newly = counted(len(new), smallest)
        money = (new["short"] * new["members"]).sum()
        rows[source] = {"newly": newly, "lacking": np.nan if np.isnan(newly) else float(money)}
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
