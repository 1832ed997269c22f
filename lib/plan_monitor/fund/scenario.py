"""What a stress test changes: factors of income and expenditure, year by year."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike


def factors(
    scenario: Mapping | None, growth: Mapping[str, ArrayLike], rows: pd.DataFrame, years: int
) -> dict[str, np.ndarray]:
    """What a stress test (a row of ``fund_scenarios``) multiplies income and expenditure with, year by year.

    income_growth and expenditure_growth (points) are added to the median growth of a year (`growth`, of the
    logarithms, one for all years or one for each); a saving (% of expenditure) is once and for all;
    retiree_share (points a year) is added to the share of retirees (of `rows`), who pay nothing and cost
    retiree_cost times a worker. What is empty changes nothing, nor does no test. A change that would leave
    nothing is a ValueError, and so is one of retirees where they are not known.
    """
    ahead = np.arange(1, years + 1)
    factor = {"income": np.ones(years), "expenditure": np.ones(years)}
    if scenario is None:
        return factor
    for name in factor:
        rate = np.exp(np.broadcast_to(growth[name], years))
        changed = rate + _given(scenario, f"{name}_growth") / 100
        if (changed <= 0).any():
            raise ValueError(f"{name}_growth: nothing would be left after a year")
        factor[name] = np.cumprod(changed / rate)
    if (kept := 1 - _given(scenario, "saving") / 100) <= 0:
        raise ValueError("saving: nothing would be left to spend")
    factor["expenditure"] *= kept
    if added := _given(scenario, "retiree_share"):
        now, cost = _retiree_share(rows), _given(scenario, "retiree_cost")
        if np.isnan(now):
            raise ValueError("retiree_share: no year with workers and retirees is known")
        if cost <= 0:
            raise ValueError("retiree_cost: needed beside retiree_share, and above 0")
        share = np.clip(now + added / 100 * ahead, 0, 1)
        factor["income"] *= (1 - share) / (1 - now)
        factor["expenditure"] *= (1 + (cost - 1) * share) / (1 + (cost - 1) * now)
    return factor


def applicable(scenarios: pd.DataFrame, scheme: str) -> pd.DataFrame:
    """The stress tests that are for a scheme; one that names none is for all."""
    if "schemes" not in scenarios:  # a package older than the column
        return scenarios
    named = scenarios["schemes"]
    meant = named.map(lambda listed: pd.isna(listed) or scheme in listed.split())
    return scenarios[meant.astype(bool)]  # of no rows, map knows no type


def possible(scenario: Mapping, rows: pd.DataFrame) -> bool:
    """Whether a fund has what a stress test needs: retirees, where their share changes."""
    return not _given(scenario, "retiree_share") or not np.isnan(_retiree_share(rows))


def _given(scenario: Mapping, name: str) -> float:
    """A change of a scenario; 0 where it is empty."""
    value = scenario.get(name)
    return 0.0 if value is None or pd.isna(value) else float(value)


def _retiree_share(rows: pd.DataFrame) -> float:
    """Share of retirees among the insured in the last year that tells; NaN where none does."""
    counted = rows[(rows["workers"] > 0) & rows["retirees"].notna()]
    share = counted["retirees"] / (counted["workers"] + counted["retirees"])
    return share.iloc[-1] if len(share) else np.nan
