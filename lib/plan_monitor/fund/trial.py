"""How accurate projections of funds would have been in the past, by quantity and by starting year."""

from collections.abc import Iterable

import numpy as np
import pandas as pd
from scipy.special import stdtrit
from statsmodels.stats.proportion import proportion_confint

from plan_monitor.fund import growth, projection
from plan_monitor.fund.common import Histories
from plan_monitor.fund.rows import SERIES, YUAN, without_sums, yearly

_QUANTITIES = ("income", "expenditure")
_MEANS = ["error", "error_naive", "score", "score_walk"]
_WIDTHS = ["width", "width_walk"]


def backtest(
    fund: pd.DataFrame, horizons: Iterable[int] = (1, 2, 3), as_of: str | None = None
) -> pd.DataFrame:
    """Rolling-origin test of `project` on real series of funds.

    Every scheme of every region is projected from each of its years with enough data before it, using what
    was known then of it and of the others, and compared with income and expenditure some years later
    (`horizons`). One-off years are neither a start nor compared with a projection of the quantity they
    disturb; nothing is compared across a change of scope. A sum is not tested from a year from which one of
    its parts is, so that nothing counts twice. Naive growth repeats the last yearly rate; the plain random
    walk has its own mean growth and spread alone (Hyndman & Athanasopoulos, section 5.2, by Student's t).

    One row for income, expenditure, each start (year) and "total": n (comparisons), within (of these inside
    the 80 % range), share (%), share_low and share_high, series (region and scheme), origins (starts), error
    and error_naive (mean absolute error), ratio (below 1: better than naive), score and score_walk (mean
    interval score of the 80 % range, as in ``methods.backtest``, of ours and of the plain random walk), and
    width and width_walk (median of the range), the last six in % of what came. NaN where nothing could be
    compared. Comparisons from one start share the same outcomes: the 95 % interval of the share (Jeffreys;
    Brown, Cai & DasGupta 2001, *Statistical Science* 16) counts each start as one comparison.
    """
    horizons, trials = sorted(horizons), []
    rows = yearly(fund, as_of)
    tables, rows_by_fund = growth.by_fund(rows), dict(list(rows.assign(balance=0.0).groupby(SERIES)))
    for origin in sorted(set(rows["year"])):
        histories = Histories(rows[rows["year"] <= origin])
        trials_by_fund = {
            key: _trials(rows_by_fund[key], key, tables[key], histories, int(origin), horizons)
            for key in tables
        }
        for key in without_sums(key for key, outcomes in trials_by_fund.items() if outcomes):
            trials += [{"series": key, "origin": str(origin), **trial} for trial in trials_by_fund[key]]
    columns = ["series", "origin", "quantity", "within", *_MEANS, *_WIDTHS]
    trials = pd.DataFrame(trials, columns=columns)
    parts = {name: trials[trials["quantity"] == name] for name in _QUANTITIES}
    parts |= dict(list(trials.groupby("origin"))) | {"total": trials}
    return pd.DataFrame([_summary(part) for part in parts.values()], pd.Index(parts, name="part"))


def _summary(trials: pd.DataFrame) -> dict:
    """A row of `backtest`."""
    n, origins = len(trials), trials["origin"].nunique()
    share = trials["within"].mean() if n else np.nan
    low, high = proportion_confint(share * origins, origins, method="jeffreys") if n else (np.nan, np.nan)
    summary = {"n": n, "within": int(trials["within"].sum()), "share": 100 * share}
    summary |= {"share_low": 100 * low, "share_high": 100 * high}
    summary |= {"series": trials["series"].nunique(), "origins": origins}
    summary |= trials[_MEANS].mean().to_dict() | trials[_WIDTHS].median().to_dict()
    return summary | {
        "ratio": summary["error"] / summary["error_naive"] if summary["error_naive"] else np.nan
    }


def _trials(
    rows: pd.DataFrame,
    key: tuple[str, str],
    table: pd.DataFrame,
    histories: Histories,
    origin: int,
    horizons: list[int],
) -> list[dict]:
    """Comparisons from one start year of a fund; `histories` are those of all funds up to then."""
    rows = rows[rows["year"] <= origin]
    start = rows[rows["year"] == origin]
    if start.empty or start[list(_QUANTITIES)].isna().any(axis=None):
        return []
    past, trials = histories.tables[key], []
    basis = projection.of_components(rows, past, past)
    if isinstance(basis, str):  # too little is known to project from there
        return []
    result = projection.simulate(basis, histories.common(key), horizons[-1]).under(None)
    for name in _QUANTITIES:
        actual = growth.usual(table, name) * table["people"] / YUAN[result.unit]
        totals = past.assign(**{name: past[name] * past["people"] / YUAN[result.unit]})
        figures, rates = growth.usual(totals, name), growth.rates(totals, name)
        if figures.index[-1] != origin:
            continue
        scope = table.index[table[f"{name}_new_scope"]]
        rate = np.exp(rates["growth"].iloc[-1] / rates["years"].iloc[-1])
        ranges = result.quantiles(name)
        for ahead in horizons:
            year = origin + ahead
            outcome = actual.get(year, np.nan)
            if pd.isna(outcome) or ((scope > origin) & (scope <= year)).any():
                continue
            low, middle, high = ranges.loc[year, ["lower_80", "median", "upper_80"]] / outcome
            naive = figures.iloc[-1] * rate**ahead / outcome
            trials.append(
                {
                    **{"quantity": name, "within": low <= 1 <= high},
                    **{"error": 100 * abs(middle - 1), "error_naive": 100 * abs(naive - 1)},
                    **_scored("", low, high),
                    **_scored("_walk", *(_walk(rates, ahead) * figures.iloc[-1] / outcome)),
                }
            )
    return trials


def _scored(suffix: str, low: float, high: float) -> dict[str, float]:
    """Interval score and width of an 80 % range, as % of the outcome (1)."""
    score = high - low + 10 * (max(low - 1, 0) + max(1 - high, 0))
    return {f"score{suffix}": 100 * score, f"width{suffix}": 100 * (high - low)}


def _walk(rates: pd.DataFrame, ahead: int) -> np.ndarray:
    """80 % range of a random walk with drift, as factors of the last figure."""
    years, df = rates["years"].sum(), len(rates) - 1
    drift = rates["growth"].sum() / years
    variance = ((rates["growth"] - drift * rates["years"]) ** 2 / rates["years"]).sum() / df
    reach = stdtrit(df, 0.9) * np.sqrt(variance * (ahead + ahead**2 / years))
    return np.exp(drift * ahead + np.array([-reach, reach]))
