"""What may be published of the households: counts and averages, none of them of fewer than five."""

from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd

from plan_monitor.methods.disclosure import SMALLEST, TOTAL, small, suppress, suppress_linked
from plan_monitor.relapse.groups import GROUPS, MONITORED, ByYear, classify, counts
from plan_monitor.relapse.households import GUARANTEES, SOURCES
from plan_monitor.relapse.income import SHOCKS, shocked, structure

NOBODY = "none"  # the reason of those who are not monitored, and the register of those who are in none
BANDS = (0.0, 0.01, 0.02, 0.05, 0.10, 0.20, 1.0)  # of the risk


class Release(NamedTuple):
    """Figures about the households of one year; NaN where one is hidden.

    townships, reasons, register : DataFrame
        Households by township, by reason and by the group they are registered in (rows; ``none`` for those
        without) and by the group their figures put them in (columns), with totals.
    years : DataFrame
        Households by year and group, with the total of each year.
    needed, missed, outdated : float
        Households to be monitored; those of them that the register lacks; and registered ones that need not
        be. Reckoned from what the tables show, so that they tell nothing the tables hide.
    guarantees : Series
        Households that have a guarantee unmet.
    income : DataFrame
        Of ``structure``, the groups that may be shown.
    lacking : float
        Yuan that all households to be monitored lack up to the line.
    """

    townships: pd.DataFrame
    reasons: pd.DataFrame
    register: pd.DataFrame
    years: pd.DataFrame
    needed: float
    missed: float
    outdated: float
    guarantees: pd.Series
    income: pd.DataFrame
    lacking: float


def counted(number: float, smallest: int = SMALLEST) -> float:
    """A count as it may be published: NaN where it is small.

    >>> [counted(number) for number in (0, 3, 5)]
    [0.0, nan, 5.0]
    """
    return float("nan") if small(number, smallest) else float(number)


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
    registered = (
        now["monitored"].where(now["monitored"].isin(MONITORED), NOBODY) if "monitored" in now else NOBODY
    )
    now = now.assign(reason=now["reason"].fillna(NOBODY), monitored=registered)
    tables = [counts(now, name) for name in ("township", "reason", "monitored")]
    tables = [tables[0].sort_index(), tables[1], tables[2].reindex(GROUPS, fill_value=0)]
    townships, reasons, register = suppress_linked(tables, smallest)
    shown = townships.loc[TOTAL].rename({TOTAL: "all"})
    income = structure(now)
    needed = townships.at[TOTAL, TOTAL] - townships.at[TOTAL, "none"]
    money = float((now["short"] * now["members"]).sum())
    return Release(
        townships=townships,
        reasons=reasons,
        register=register,
        years=_years(classified, period, townships.loc[TOTAL], smallest),
        needed=needed,
        missed=register.at[NOBODY, TOTAL] - register.at[NOBODY, "none"],
        outdated=register.at[TOTAL, "none"] - register.at[NOBODY, "none"],
        guarantees=pd.Series(
            {name: counted(now[name].eq("no").sum(), smallest) for name in GUARANTEES if name in now},
            dtype=float,
        ),
        income=income[shown.reindex(income.index).notna()].drop(columns=["households", "persons"]),
        lacking=money if needed >= 0 else float("nan"),
    )


def _years(classified: pd.DataFrame, period: str, latest: pd.Series, smallest: int) -> pd.DataFrame:
    """Groups and total of each year up to the one reported; each year has sums of its own."""
    rows = {}
    for year in sorted(classified["period"].unique()):
        if year < period:
            groups = counts(classified[classified["period"] == year], "period")
            rows[year] = suppress(groups, smallest).iloc[0]
    return pd.DataFrame({**rows, period: latest}).T[[*GROUPS, TOTAL]]


def bands(probability: pd.Series, total_hidden: bool, smallest: int = SMALLEST) -> pd.Series:
    """Households by class of risk; NaN where one is hidden.

    Parameters
    ----------
    probability : Series
        0 to 1, of the households that are not monitored.
    total_hidden : bool
        Whether other tables hide how many these are.

    Returns
    -------
    Series
        Index: pairs of the lower and upper end of a class, as of ``BANDS``, and a last one of NaN for
        households whose risk is not known.
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
    already = before["group"].isin(MONITORED) | (before["period"] != period)
    rows = {}
    for source in SHOCKS:
        signed = -change if source in SOURCES else change
        after = classify(shocked(households, source, signed, period), line, loss)
        new = after[after["group"].isin(MONITORED) & ~already]
        newly = counted(len(new), smallest)
        money = (new["short"] * new["members"]).sum()
        rows[source] = {"newly": newly, "lacking": np.nan if np.isnan(newly) else float(money)}
    return pd.DataFrame(rows).T
