"""What funds have in common: how much their growth varies and lasts, and how it goes together."""

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
_UNTOLD = Usual(0.04**2, 4.0)  # where no other fund tells how much growth varies
_NO_IDEA = 12 / np.pi**2  # pairs that a correlation of which anything is as likely is worth


class Correlation(NamedTuple):
    """Of the growth of income and expenditure: its Fisher z is taken to be normal."""

    z: float = 0.0
    spread: float = 0.0
    pairs: int = 0

    def at(self, share: float) -> float:
        """Correlation below which it is with a probability of `share`."""
        return float(np.tanh(self.z + (self.spread and self.spread * ndtri(share))))


class Common(NamedTuple):
    """What funds have in common: by component, and the correlation of income and expenditure."""

    typical: dict[str, Typical]
    growth: dict[str, float]  # mean, a year, of the logarithms; NaN where there is no other fund
    correlation: Correlation
    funds: int  # others that tell something


def common(fund: pd.DataFrame, like: pd.DataFrame | None = None, as_of: str | None = None) -> Common:
    """What a fund (rows of one region and scheme) has in common with those of which `like` has rows.

    Of `like` the fund itself counts for its correlation only: what its own growth says of its spread is
    counted in where it is projected. A sum is left out where one of its parts tells something. Growth of
    each component varies and lasts as `outlook.learn` says, of figures of one scope, unusual years left out.
    """
    own = tuple(fund[SERIES].iloc[0])
    rows = fund if like is None else pd.concat([fund, like[~(like[SERIES] == list(own)).all(axis=1)]])
    return Known(yearly(rows, as_of)).common(own)


class Known:
    """What is known of some funds, by their rows of `yearly`."""

    def __init__(self, rows: pd.DataFrame):
        self.tables = growth.by_fund(rows)
        self._runs = {
            key: {name: _runs(table, name) for name in COMPONENTS} for key, table in self.tables.items()
        }
        self._differences = {key: _apart(table) for key, table in self.tables.items()}

    def common(self, own: tuple[str, str]) -> Common:
        """As `common`, of a fund among them, by its region and scheme."""
        each = self._runs
        telling = [key for key in each if key == own or any(each[key][name] for name in _FLOWS)]
        counted = without_sums(telling)
        others = [key for key in counted if key != own]
        runs = {name: [run for key in others for run in each[key][name]] for name in COMPONENTS}
        typical = {name: learn(runs[name], lower=0) for name in COMPONENTS}
        return Common(
            typical={
                name: one if runs[name] else one._replace(spread=_UNTOLD) for name, one in typical.items()
            },
            growth={name: _mean_growth(each) for name, each in runs.items()},
            correlation=_correlation([self._differences[key] for key in counted]),
            funds=len(others),
        )


def _correlation(differences: list[np.ndarray]) -> Correlation:
    """Of the growth of income and expenditure in the same years, by `_apart` of some funds.

    What growth of a fund differs by from its own mean is correlated over all funds; Fisher's z of n pairs
    about one mean has a variance of 1 / (n - 3) (Fisher 1921, *Metron* 1), and a further mean costs a pair.
    Few pairs are shrunk towards a correlation of which anything between -1 and 1 is as likely: such a z has
    mean 0 and variance :math:`\\pi^2 / 12`.
    """
    left = [pairs for pairs in differences if len(pairs)]
    both = np.concatenate(left) if left else np.empty((0, 2))
    weight = max(len(both) - len(left) - 2, 0)
    sizes = (both**2).sum(axis=0)
    if not weight or not (sizes > 0).all():
        return Correlation(0.0, float(np.sqrt(1 / _NO_IDEA)), len(both))
    of_pairs = np.clip(both.prod(axis=1).sum() / np.sqrt(sizes.prod()), -0.999, 0.999)
    total = weight + _NO_IDEA
    return Correlation(float(weight * np.arctanh(of_pairs) / total), float(total**-0.5), len(both))


def _mean_growth(runs: list[pd.Series]) -> float:
    """Mean growth of some funds a year, of the logarithms; NaN of none."""
    each = [np.log(run.iloc[-1] / run.iloc[0]) / np.ptp(run.index) for run in runs]
    return float(np.mean(each)) if each else np.nan


def _apart(table: pd.DataFrame) -> np.ndarray:
    """By what growth of income and of expenditure (columns) differs from its mean, where both are known."""
    unusual = table[[f"{name}_one_off" for name in _FLOWS]].any(axis=1)
    both = table.assign(both_one_off=unusual, both=table[list(_FLOWS)].prod(axis=1, skipna=False))
    both["both_new_scope"] = table[[f"{name}_new_scope" for name in _FLOWS]].any(axis=1)
    spans = growth.rates(both[~(both["both"] <= 0)], "both")
    at = [np.log(table.loc[spans[end], list(_FLOWS)].to_numpy(dtype=float)) for end in ("start", "end")]
    width = spans[["years"]].to_numpy(dtype=float)
    grown = at[1] - at[0]
    mean = grown.sum(axis=0) / width.sum() if len(spans) else 0.0
    return (grown - mean * width) / np.sqrt(width)


def _runs(table: pd.DataFrame, name: str) -> list[pd.Series]:
    """Figures of one scope that tell how growth varies; none of people where one head stands for all."""
    if name == "people" and table["people"].eq(1).all():
        return []
    runs = [run[run > 0] for run in growth.runs(table, name)]
    return [run for run in runs if len(run) >= growth.FEWEST]
