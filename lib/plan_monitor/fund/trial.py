"""How well projections of funds would have held in the past, by quantity and by the year they start from."""

from collections.abc import Iterable

import numpy as np
import pandas as pd
from scipy.special import stdtrit
from statsmodels.stats.proportion import proportion_confint

from plan_monitor.fund import growth, projection
from plan_monitor.fund.common import Known
from plan_monitor.fund.rows import SERIES, YUAN, without_sums, yearly

_QUANTITIES = ("income", "expenditure")
_MEANS = ["error", "error_naive", "score", "score_walk"]
_WIDTHS = ["width", "width_walk"]


def backtest(
    fund: pd.DataFrame, horizons: Iterable[int] = (1, 2, 3), as_of: str | None = None
) -> pd.DataFrame:
    """Rolling-origin test of `project` on real series of funds.

    Every scheme of every region is projected from each of its years that has enough before it, by what was
    known then of it and of the others, and held against the income and expenditure that came some years
    later (`horizons`). One-off years are neither a start nor held against a projection of the quantity they
    disturb; nothing is compared across a change of scope. From a year from which one of its parts is tried,
    a sum is not, so that nothing counts twice. Naive growth repeats the last yearly rate; the plain random
    walk has its own mean growth and spread alone (Hyndman & Athanasopoulos, section 5.2, by Student's t).

    One row for income, expenditure, each start (year) and "total": n (comparisons), within (of these inside
    the 80 % range), share (%), share_low and share_high, series (region and scheme), origins (starts), error
    and error_naive (mean absolute error), ratio (below 1: better than naive), score and score_walk (mean
    interval score of the 80 % range, as in ``methods.backtest``, of ours and of the plain random walk), and
    width and width_walk (median of the range), the last six in % of what came. NaN where nothing could be
    compared. Comparisons from one start share what came: the 95 % interval of the share (Jeffreys; Brown, Cai
    & DasGupta 2001, *Statistical Science* 16) counts each start as one comparison.
    """
    horizons, trials = sorted(horizons), []
    rows = yearly(fund, as_of)
    tables, each = growth.by_fund(rows), dict(list(rows.assign(balance=0.0).groupby(SERIES)))
    for origin in sorted(set(rows["year"])):
        known = Known(rows[rows["year"] <= origin])
        tried = {key: _trials(each[key], key, tables[key], known, int(origin), horizons) for key in tables}
        for key in without_sums(key for key, found in tried.items() if found):
            trials += [{"series": key, "origin": str(origin), **trial} for trial in tried[key]]
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
    found = {"n": n, "within": int(trials["within"].sum()), "share": 100 * share}
    found |= {"share_low": 100 * low, "share_high": 100 * high}
    found |= {"series": trials["series"].nunique(), "origins": origins}
    found |= trials[_MEANS].mean().to_dict() | trials[_WIDTHS].median().to_dict()
    return found | {"ratio": found["error"] / found["error_naive"] if found["error_naive"] else np.nan}


def _trials(
    rows: pd.DataFrame,
    key: tuple[str, str],
    table: pd.DataFrame,
    known: Known,
    origin: int,
    horizons: list[int],
) -> list[dict]:
    """What one start year of a fund says of later ones; `known` is what was known then of all."""
    rows = rows[rows["year"] <= origin]
    start = rows[rows["year"] == origin]
    if start.empty or start[list(_QUANTITIES)].isna().any(axis=None):
        return []
    before, trials = known.tables[key], []
    found = projection.of_components(rows, before, before)
    if isinstance(found, str):  # too little is known to project from there
        return []
    result = projection.simulate(found, known.common(key), horizons[-1]).under(None)
    for name in _QUANTITIES:
        actual = growth.usual(table, name) * table["people"] / YUAN[result.unit]
        whole = before.assign(**{name: before[name] * before["people"] / YUAN[result.unit]})
        figures, rates = growth.usual(whole, name), growth.rates(whole, name)
        if figures.index[-1] != origin:
            continue
        scope = table.index[table[f"{name}_new_scope"]]
        rate = np.exp(rates["growth"].iloc[-1] / rates["years"].iloc[-1])
        ranges = result.quantiles(name)
        for ahead in horizons:
            year = origin + ahead
            came = actual.get(year, np.nan)
            if pd.isna(came) or ((scope > origin) & (scope <= year)).any():
                continue
            low, middle, high = ranges.loc[year, ["lower_80", "median", "upper_80"]] / came
            naive = figures.iloc[-1] * rate**ahead / came
            trials.append(
                {
                    **{"quantity": name, "within": low <= 1 <= high},
                    **{"error": 100 * abs(middle - 1), "error_naive": 100 * abs(naive - 1)},
                    **_scored("", low, high),
                    **_scored("_walk", *(_walk(rates, ahead) * figures.iloc[-1] / came)),
                }
            )
    return trials


def _scored(suffix: str, low: float, high: float) -> dict[str, float]:
    """Interval score and width of a range of 80 % for what came (1), in %."""
    score = high - low + 10 * (max(low - 1, 0) + max(1 - high, 0))
    return {f"score{suffix}": 100 * score, f"width{suffix}": 100 * (high - low)}


def _walk(rates: pd.DataFrame, ahead: int) -> np.ndarray:
    """80 % range of a random walk with drift, as factors of the last figure."""
    years, df = rates["years"].sum(), len(rates) - 1
    drift = rates["growth"].sum() / years
    variance = ((rates["growth"] - drift * rates["years"]) ** 2 / rates["years"]).sum() / df
    reach = stdtrit(df, 0.9) * np.sqrt(variance * (ahead + ahead**2 / years))
    return np.exp(drift * ahead + np.array([-reach, reach]))
