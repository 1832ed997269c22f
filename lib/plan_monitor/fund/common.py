"""What funds have in common: how much their growth varies and persists, and how it is correlated."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.special import ndtri

from plan_monitor.fund import growth
from plan_monitor.fund.rows import SERIES, without_sums, yearly
from plan_monitor.methods.outlook import Typical, learn
from plan_monitor.methods.spread import Usual

COMPONENTS = ("people", "income", "expenditure")
_FLOWS = ("income", "expenditure")
_DEFAULT_SPREAD = Usual(0.04**2, 4.0)  # where no other fund shows how much growth varies
_PRIOR_PAIRS = 12 / np.pi**2  # pairs that a uniform prior on the correlation is worth


class Correlation(NamedTuple):
    """Correlation of the growth of income and expenditure; its Fisher z is taken to be normal."""

    z: float
    spread: float
    pairs: int

    def at(self, share: float) -> float:
        """Quantile of the correlation at a probability of `share`."""
        return float(np.tanh(self.z + self.spread * ndtri(share)))


class Common(NamedTuple):
    """What funds have in common, by component, and the correlation of income and expenditure."""

    typical: dict[str, Typical]
    growth: dict[str, float]  # mean, a year, of the logarithms; NaN where there is no other fund
    correlation: Correlation
    funds: int  # other funds that these estimates use


def common(fund: pd.DataFrame, like: pd.DataFrame | None = None, as_of: str | None = None) -> Common:
    """What a fund (rows of one region and scheme) has in common with the funds in `like`.

    The fund itself counts for the correlation only: the spread of its own growth is added when it is
    projected. A sum is left out if one of its parts is used. How growth of each component varies and persists
    is estimated by `outlook.learn`, from figures of one scope without unusual years.
    """
    (key,) = fund[SERIES].drop_duplicates().itertuples(index=False, name=None)
    rows = fund if like is None else pd.concat([fund, like[~(like[SERIES] == list(key)).all(axis=1)]])
    return Histories(yearly(rows, as_of)).common(key)


class Histories:
    """Histories of several funds, by their rows of `yearly`."""

    def __init__(self, rows: pd.DataFrame):
        self.tables = growth.by_fund(rows)
        self._runs = {
            key: {name: _runs(table, name) for name in COMPONENTS} for key, table in self.tables.items()
        }
        self._differences = {key: _deviations(table) for key, table in self.tables.items()}

    def common(self, fund: tuple[str, str]) -> Common:
        """As `common`, for one of these funds, given by its region and scheme."""
        all_runs = self._runs
        informative = [key for key in all_runs if key == fund or any(all_runs[key][name] for name in _FLOWS)]
        independent = without_sums(informative)
        others = [key for key in independent if key != fund]
        runs = {name: [run for key in others for run in all_runs[key][name]] for name in COMPONENTS}
        typical = {name: learn(runs[name], lower=0) for name in COMPONENTS}
        return Common(
            typical={
                name: shared if runs[name] else shared._replace(spread=_DEFAULT_SPREAD)
                for name, shared in typical.items()
            },
            growth={name: _mean_growth(own_runs) for name, own_runs in runs.items()},
            correlation=_correlation([self._differences[key] for key in independent]),
            funds=len(others),
        )


def _correlation(differences: list[np.ndarray]) -> Correlation:
    """Correlation of the growth of income and expenditure in the same years, by `_deviations` of some funds.

    Deviations of a fund's growth from its own mean are correlated over all funds; Fisher's z of n pairs about
    one mean has a variance of 1 / (n - 3) (Fisher 1921, *Metron* 1), and a further mean costs a pair. Few
    pairs are shrunk towards a uniform prior on the correlation between -1 and 1, whose z has mean 0 and
    variance :math:`\\pi^2 / 12`.
    """
    pooled, means = np.concatenate(differences), sum(map(bool, map(len, differences)))
    weight = max(len(pooled) - means - 2, 0)
    sizes = (pooled**2).sum(axis=0)
    if not sizes.all():
        return Correlation(0.0, float(_PRIOR_PAIRS**-0.5), len(pooled))
    sample = np.clip(pooled.prod(axis=1).sum() / np.sqrt(sizes.prod()), -0.999, 0.999)
    total = weight + _PRIOR_PAIRS
    return Correlation(float(weight * np.arctanh(sample) / total), float(total**-0.5), len(pooled))


def _mean_growth(runs: list[pd.Series]) -> float:
    """Mean yearly growth of some funds, of the logarithms; NaN without any."""
    growths = [np.log(run.iloc[-1] / run.iloc[0]) / np.ptp(run.index) for run in runs]
    return float(np.mean(growths)) if growths else np.nan


def _deviations(table: pd.DataFrame) -> np.ndarray:
    """Deviations of the growth of income and of expenditure (columns) from its mean, where both are known."""
    unusual = table[[f"{name}_one_off" for name in _FLOWS]].any(axis=1)
    combined = table.assign(both_one_off=unusual, both=table[list(_FLOWS)].prod(axis=1, skipna=False))
    combined["both_new_scope"] = table[[f"{name}_new_scope" for name in _FLOWS]].any(axis=1)
    spans = growth.rates(combined[~(combined["both"] <= 0)], "both")
    before, after = (
        np.log(table.loc[spans[end], list(_FLOWS)].to_numpy(dtype=float)) for end in ("start", "end")
    )
    gains, width = after - before, spans[["years"]].to_numpy(dtype=float)
    if spans.empty:
        return gains
    mean = gains.sum(axis=0) / width.sum()
    return (gains - mean * width) / np.sqrt(width)


def _runs(table: pd.DataFrame, name: str) -> list[pd.Series]:
    """Figures of one scope that show how growth varies; none of people where one head stands for all."""
    if name == "people" and growth.is_whole(table):
        return []
    runs = [run[run > 0] for run in growth.runs(table, name)]
    return [run for run in runs if len(run) >= growth.FEWEST]
