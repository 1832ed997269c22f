"""How well projections of a fund would have held in the past."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from plan_monitor.fund import growth, projection
from plan_monitor.fund.rows import SERIES, YUAN, yearly

_QUANTITIES = ("income", "expenditure")
_SUMS = {  # of what they are made; a sum and its parts are one and the same experience
    "all": {"employees", "residents", "new-rural", "pooled", "personal-accounts"},
    "employees": {"employees-pooled", "personal-accounts"},
    "pooled": {"employees-pooled", "residents", "new-rural"},
}


def backtest(
    fund: pd.DataFrame, horizons: Iterable[int] = (1, 2, 3), as_of: str | None = None
) -> pd.DataFrame:
    """Rolling-origin test of `project` on the real series of a fund.

    Every scheme of every region is projected from each of its years that has enough before it, and held
    against the income and expenditure that came some years later (`horizons`). One-off years are neither a
    start nor held against a projection of the quantity they disturb; nothing is compared across a change of
    scope. Naive growth repeats the last yearly rate. A scheme that is the sum of others is left out where one
    of these can be tried, so that nothing counts twice.

    One row for income, expenditure and "total": n (comparisons), within (of these inside the 80 % range),
    series (region and scheme), error and error_naive (mean absolute error, % of what came), ratio (below 1:
    better than naive). NaN where nothing could be compared.
    """
    horizons, trials = sorted(horizons), []
    for key, rows in yearly(fund, as_of).groupby(SERIES):
        table = growth.components(rows)
        for origin in rows["year"]:
            past = rows[rows["year"] <= origin]
            trials += [{"series": key, **trial} for trial in _trials(past, table, int(origin), horizons)]
    counts, errors = ["n", "within", "series"], ["error", "error_naive"]
    trials = pd.DataFrame(_without_sums(trials), columns=["series", "quantity", "within", *errors])
    parts = {name: trials[trials["quantity"] == name] for name in _QUANTITIES} | {"total": trials}
    rows = [(len(p), p["within"].sum(), p["series"].nunique(), *p[errors].mean()) for p in parts.values()]
    table = pd.DataFrame(rows, list(parts), [*counts, *errors]).astype(dict.fromkeys(counts, int))
    return table.assign(ratio=table["error"] / table["error_naive"].where(table["error_naive"] > 0))


def _without_sums(trials: list[dict]) -> list[dict]:
    """Trials but for those of a scheme of whose parts one was tried in the same region."""
    tried = {trial["series"] for trial in trials}
    parts = {(region, scheme): {(region, part) for part in _SUMS.get(scheme, ())} for region, scheme in tried}
    return [trial for trial in trials if not parts[trial["series"]] & tried]


def _trials(rows: pd.DataFrame, table: pd.DataFrame, origin: int, horizons: list[int]) -> list[dict]:
    """What one start year says of later ones."""
    if rows.loc[rows["year"] == origin, list(_QUANTITIES)].isna().any(axis=None):
        return []
    try:
        result = projection.project(rows.assign(balance=0.0), horizons[-1])
    except ValueError:  # too little is known to project from there
        return []
    before, trials = growth.components(rows), []
    for name in _QUANTITIES:
        actual = growth.usual(table, name) * table["people"] / YUAN[result.unit]
        whole = before.assign(**{name: before[name] * before["people"]})
        past, rates = growth.usual(whole, name), growth.rates(whole, name)
        if past.index[-1] != origin or rates.empty:
            continue
        scope = table.index[table[f"{name}_new_scope"]]
        rate = np.exp(rates["growth"].iloc[-1] / rates["years"].iloc[-1])
        ranges = result.quantiles(name)
        for ahead in horizons:
            year = origin + ahead
            came = actual.get(year, np.nan)
            if pd.isna(came) or ((scope > origin) & (scope <= year)).any():
                continue
            low, middle, high = ranges.loc[year, ["lower_80", "median", "upper_80"]]
            naive = past.iloc[-1] / YUAN[result.unit] * rate**ahead
            errors = {"error": 100 * abs(middle - came) / came, "error_naive": 100 * abs(naive - came) / came}
            trials.append({"quantity": name, "within": low <= came <= high, **errors})
    return trials
