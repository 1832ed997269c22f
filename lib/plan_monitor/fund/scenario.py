"""What a stress test changes: factors of income and expenditure, year by year."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike


def factors(
    scenario: Mapping | None, growth: Mapping[str, ArrayLike], rows: pd.DataFrame, years: int
) -> dict[str, np.ndarray]:
    """The factors by which a stress test (a row of ``fund_scenarios``) multiplies income and expenditure.

    income_growth and expenditure_growth (points) are added to the median growth of a year (`growth`, of the
    logarithms, one for all years or one for each); a saving (% of expenditure) is made once and stays;
    retiree_share (points a year) is added to the share of retirees (of `rows`), who pay nothing and cost
    retiree_cost times a worker. An empty cell changes nothing; without a test all factors are 1. A change
    that would leave nothing is a ValueError, and so is one of retirees where their number is not known.
    """
    ahead = np.arange(1, years + 1)
    factor = {"income": np.ones(years), "expenditure": np.ones(years)}
    if scenario is None:
        return factor
    for name in factor:
        rate = np.exp(np.broadcast_to(growth[name], years))
        changed = rate + _change(scenario, f"{name}_growth") / 100
        if (changed <= 0).any():
            raise ValueError(f"{name}_growth: nothing would be left after a year")
        factor[name] = np.cumprod(changed / rate)
    if (remaining := 1 - _change(scenario, "saving") / 100) <= 0:
        raise ValueError("saving: nothing would be left to spend")
    factor["expenditure"] *= remaining
    if added := _change(scenario, "retiree_share"):
        now, cost = _retiree_share(rows), _change(scenario, "retiree_cost")
        if np.isnan(now):
            raise ValueError("retiree_share: no year with workers and retirees is known")
        if cost <= 0:
            raise ValueError("retiree_cost: needed beside retiree_share, and above 0")
        share = np.clip(now + added / 100 * ahead, 0, 1)
        factor["income"] *= (1 - share) / (1 - now)
        factor["expenditure"] *= (1 + (cost - 1) * share) / (1 + (cost - 1) * now)
    return factor


def applicable(scenarios: pd.DataFrame, scheme: str) -> pd.DataFrame:
    """The stress tests for a scheme; a test that names no scheme is for all."""
    if "schemes" not in scenarios:  # a package older than the column
        return scenarios
    schemes = scenarios["schemes"]
    applies = schemes.map(lambda listed: pd.isna(listed) or scheme in listed.split())
    return scenarios[applies.astype(bool)]  # of no rows, map knows no type


def possible(scenario: Mapping, rows: pd.DataFrame) -> bool:
    """Whether a fund has what a stress test needs: retirees, where their share changes."""
    return not _change(scenario, "retiree_share") or not np.isnan(_retiree_share(rows))


def _change(scenario: Mapping, name: str) -> float:
    """A change of a scenario; 0 where it is empty."""
    value = scenario.get(name)
    return 0.0 if value is None or pd.isna(value) else float(value)


def _retiree_share(rows: pd.DataFrame) -> float:
    """Share of retirees among the insured in the last year with both numbers; NaN without any."""
    counted = rows[(rows["workers"] > 0) & rows["retirees"].notna()]
    share = counted["retirees"] / (counted["workers"] + counted["retirees"])
    return share.iloc[-1] if len(share) else np.nan
