"""How much the odds of a fund depend on the assumptions about its growth."""

from collections.abc import Mapping

import pandas as pd

from plan_monitor.fund.common import Common, common
from plan_monitor.fund.paths import ASSUMPTIONS
from plan_monitor.fund.projection import PATHS, basis, simulate


def assumptions(
    fund: pd.DataFrame,
    years: int,
    months: float,
    scenario: Mapping | None = None,
    as_of: str | None = None,
    like: pd.DataFrame | Common | None = None,
    paths: int = PATHS,
) -> pd.DataFrame:
    """The probabilities of a fund (`project`), and with one assumption changed at a time.

    One row for "base" and for each of ``ASSUMPTIONS``: p_deficit (of a deficit in some year to come) and
    p_below (of a reserve worth fewer `months` at the end of one), until the last of `years`. own_spread: the
    spread of its own growth only, not that of others; independent, correlation_low, correlation_high: no
    correlation of income and expenditure, and the limits of its 80 % interval; growth_of_all: the mean growth
    of other funds; without_newest: its own without the newest rate; income_as_expenditure: income a head
    grows as expenditure does. NaN where a fund lacks what an assumption needs.
    """
    fund_basis, rows = basis(fund, as_of=as_of), {}
    shared = like if isinstance(like, Common) else common(fund, like, as_of)
    for name in (None, *ASSUMPTIONS):
        try:
            projection = simulate(fund_basis, shared, years, paths, assumption=name).under(scenario)
        except ValueError:
            if name is None:
                raise
            continue
        chances = {"p_deficit": projection.p_deficit, "p_below": projection.p_below(months)}
        rows[name or "base"] = {measure: chance.iloc[-1] for measure, chance in chances.items()}
    table = pd.DataFrame.from_dict(rows, orient="index").reindex(["base", *ASSUMPTIONS])
    return table.rename_axis("assumption")
