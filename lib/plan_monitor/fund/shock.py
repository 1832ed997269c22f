"""A fund under several stress tests, side by side."""

import pandas as pd

from plan_monitor.fund.projection import PATHS, SEED, project
from plan_monitor.fund.rows import yearly
from plan_monitor.fund.scenario import applicable, possible


def stress(
    fund: pd.DataFrame,
    scenarios: pd.DataFrame,
    years: int,
    paths: int = PATHS,
    seed: int = SEED,
    history: pd.DataFrame | None = None,
    as_of: str | None = None,
) -> pd.DataFrame:
    """The same paths as they are, and under each stress test that is for the scheme; else as `project`.

    Returns
    -------
    DataFrame
        One row for "base" and for each id of a scenario: p_deficit and p_exhausted (until the last year; NaN
        where all years are over at `as_of`), first_deficit and first_exhausted (the year by which half of the
        paths have come to it; NaN where fewer do), reserve_months (median of the last year), and reason:
        ``no_retirees`` where a test needs retirees and none are known.
    """
    rows = yearly(fund, as_of)
    tests = applicable(scenarios, rows["scheme"].iloc[0]) if len(rows) else scenarios
    results = {}
    for name, scenario in [("base", None), *tests.set_index("id").iterrows()]:
        if scenario is not None and not possible(scenario, rows):
            results[name] = {"reason": "no_retirees"}
            continue
        result = project(fund, years, paths, seed, scenario, history, as_of)
        results[name] = {
            "p_deficit": result.p_deficit.get(result.years[-1]),
            "p_exhausted": result.p_exhausted.get(result.years[-1]),
            "first_deficit": reached(result.p_deficit),
            "first_exhausted": reached(result.p_exhausted),
            "reserve_months": result.quantiles("reserve_months", ())["median"].iloc[-1],
            "reason": None,
        }
    return pd.DataFrame.from_dict(results, orient="index").rename_axis("scenario")


def reached(probability: pd.Series, level: float = 0.5) -> float:
    """First year in which a probability that only rises has come to a level; NaN where it does not.

    >>> reached(pd.Series([0.2, 0.5, 0.7], index=[2025, 2026, 2027]))
    2026.0
    """
    years = probability.index[probability >= level]
    return float(years[0]) if len(years) else float("nan")
