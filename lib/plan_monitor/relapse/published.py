"""What may be published of the households: counts and averages, none of them of fewer than five."""

from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd

from plan_monitor.methods.disclosure import SMALLEST, TOTAL, small, suppress, suppress_linked
from plan_monitor.relapse.groups import GROUPS, MONITORED, ByYear, classify, counts
from plan_monitor.relapse.households import GUARANTEES, SOURCES
from plan_monitor.relapse.income import SHOCKS, shocked, structure
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
    """A number of households as it may be published: whole, NaN where it is small.

    >>> [counted(number) for number in (0, 3, 4.5)]
    [0.0, nan, 5.0]
    """
    households = rounded(number)
    return np.nan if small(households, smallest) else households


def release(classified: pd.DataFrame, period: str, smallest: int = SMALLEST) -> Release:
    """Count the households of a year and hide what could be recognised.

    Parameters
    ----------
    classified : DataFrame
        Of ``classify``; one region, several years.
    period : str
        The year the report is about.
    smallest : int
        The smallest number of households that may be shown.

    Notes
    -----
    The three tables are of the same households, so what one hides the others do not tell (see
    ``disclosure.suppress_linked``). Averages are shown only for a group whose number is.
    """
    now = classified[classified["period"] == period]
    registered = now["monitored"] if "monitored" in now else pd.Series(NOBODY, now.index)
    registered = registered.where(registered.isin(MONITORED), NOBODY)
    now = now.assign(reason=now["reason"].fillna(NOBODY), monitored=registered)
    by_register = counts(now, "monitored").reindex(GROUPS, fill_value=0)
    tables = [counts(now, "township").sort_index(), counts(now, "reason"), by_register]
    townships, reasons, register = suppress_linked(tables, smallest)
    years = {}  # each has sums of its own
    for year in sorted(classified.loc[classified["period"] < period, "period"].unique()):
        groups = counts(classified[classified["period"] == year], "period")
        years[year] = suppress(groups, smallest).loc[year]
    years[period] = townships.loc[TOTAL]
    needed = townships.at[TOTAL, TOTAL] - townships.at[TOTAL, "none"]
    unmet = {name: counted(now[name].eq("no").sum(), smallest) for name in GUARANTEES if name in now}
    income = structure(now).drop(columns=["households", "persons"])
    shown = townships.loc[TOTAL].rename({TOTAL: "all"}).reindex(income.index).notna()
    return Release(
        townships=townships,
        reasons=reasons,
        register=register,
        years=pd.DataFrame(years).T[[*GROUPS, TOTAL]],
        needed=needed,
        missed=register.at[NOBODY, TOTAL] - register.at[NOBODY, "none"],
        outdated=register.at[TOTAL, "none"] - register.at[NOBODY, "none"],
        guarantees=pd.Series(unmet, dtype=float),
        income=income[shown],
        lacking=float((now["short"] * now["members"]).sum()) if needed >= 0 else np.nan,
    )


def bands(probability: pd.Series, total_hidden: bool, smallest: int = SMALLEST) -> pd.Series:
    """Households by class of risk; NaN where one is hidden.

    The index has the lower and upper end of each class, and a last pair of NaN for households without a risk.

    Parameters
    ----------
    probability : Series
        0 to 1, of the households that are not monitored.
    total_hidden : bool
        Whether other tables hide how many these are.
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
    """How many more households would have to be monitored after a blow to one source of income.

    Parameters
    ----------
    households, line, loss
        As for ``classify``.
    period : str
        The year of the blow.
    change : float
        Positive, %: what is taken from each source of income, or added to each kind of spending.

    Returns
    -------
    DataFrame
        One row for each of ``SHOCKS``: newly (households; NaN where hidden) and lacking (yuan that these lack
        up to the line; NaN likewise).
    """
    before = classify(households, line, loss)
    free = before["group"].eq("none") & before["period"].eq(period)
    rows = {}
    for source in SHOCKS:
        signed = -change if source in SOURCES else change
        after = classify(shocked(households, source, signed, period), line, loss)
        new = after[free & after["group"].ne("none")]
        newly = counted(len(new), smallest)
        money = (new["short"] * new["members"]).sum()
        rows[source] = {"newly": newly, "lacking": np.nan if np.isnan(newly) else float(money)}
    return pd.DataFrame(rows).T
