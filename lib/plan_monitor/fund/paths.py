"""Simulated paths of the components of a fund, drawn from what their past shows."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from plan_monitor.fund import growth
from plan_monitor.fund.common import COMPONENTS, Common, Correlation
from plan_monitor.methods.outlook import Typical, growth_covariance

_FAR = 300.0  # growth of e^300 is practically infinite, but can still be summed
# variance between funds of their usual growth, in variances of one year: without it steady growth would count
# as spread; tests/benchmarks/fund.py compares other values
_APART = 1.0

_NOTHING = 1e-9  # added to variances, so that a Cholesky root exists


class Fit(NamedTuple):
    """The fitted future of a component after its last usual figure, on the logarithmic scale."""

    level: float  # that figure
    since: int  # years from it to the start of the projection
    center: np.ndarray  # expected growth from it to the start and to each future year
    root: np.ndarray  # Cholesky root of the covariance of this growth, for a spread of 1
    unknown: float  # standard deviation of usual yearly growth
    own: float  # spread of one year by the fund's own growth
    spread: float  # the same, pooled with other funds
    df: float
    lasting: float
    rates: int
    points: int
    one_off: tuple[int, ...]  # years left out
    new_scope: tuple[int, ...]  # years into which no growth is measured

    @property
    def yearly(self) -> np.ndarray:
        """Median growth of each future year."""
        return np.diff(self.center[self.since :])


def fit(own: pd.DataFrame, past: pd.DataFrame, name: str, typical: Typical, start: int, years: int) -> Fit:
    """Fit one component of `growth.components` of a fund by the growth of `past`: its own or another fund's.

    Growth between usual figures of one scope is an observation of the process of `outlook`; future growth is
    normal given these (Rasmussen & Williams 2006, section 2.2). Usual growth is the fund's own: a normal
    effect around the usual growth of all funds (ibid., section 2.7). Growth is measured across
    a one-off year (the same as a pulse dummy), and not into a year of new scope (a level-shift dummy;
    Hyndman & Athanasopoulos, *Forecasting: principles and practice*, 3rd ed., section 7.4). Fewer than two
    growth rates are a ValueError.
    """
    level, values = growth.usual(own, name).loc[:start], growth.usual(past, name)
    measured = growth.rates(past, name)
    if len(measured) < growth.FEWEST - 1:
        raise ValueError(f"{name}: {len(measured)} growth rates; {growth.FEWEST - 1} are needed")
    last, (starts, ends) = int(level.index[-1]), measured[["start", "end"]].to_numpy(dtype=float).T
    moments = np.arange(last + 1, start + years + 1, dtype=float)
    observed, ahead = (starts, ends), (np.full(len(moments), float(last)), moments)
    inside, across = (_covariance(observed, other, typical.lasting) for other in (observed, ahead))
    gains = measured["growth"].to_numpy() - typical.growth * (ends - starts)
    weights = np.linalg.solve(inside, np.column_stack([across, gains]))
    variance = gains @ weights[:, -1] / len(gains)
    pooled, df = typical.spread.with_own(variance, len(gains))
    remaining = _covariance(ahead, ahead, typical.lasting) - across.T @ weights[:, :-1]
    one_off, new_scope = (past.index[past[f"{name}_{mark}"]] for mark in ("one_off", "new_scope"))
    return Fit(
        level=float(level.iloc[-1]),
        since=start - last,
        center=np.append(0.0, typical.growth * (moments - last) + gains @ weights[:, :-1]),
        root=np.linalg.cholesky(remaining + _NOTHING * np.eye(len(moments))),
        unknown=float(np.sqrt(typical.growth_variance)),
        own=float(np.sqrt(variance)),
        spread=float(np.sqrt(pooled)),
        df=float(df),
        lasting=typical.lasting,
        rates=len(measured),
        points=len(values),
        one_off=tuple(int(year) for year in one_off if year >= values.index[0]),
        new_scope=tuple(int(year) for year in new_scope if values.index[0] < year <= values.index[-1]),
    )


def _covariance(first: tuple, second: tuple, lasting: float) -> np.ndarray:
    """Covariance of growth over two spans, including the effect of this fund's own usual growth."""
    usual = np.outer(first[1] - first[0], second[1] - second[0])
    return growth_covariance(first, second, lasting) + _APART * usual


def draw(fits: Mapping[str, Fit], correlation: Correlation, paths: int, seed: int) -> dict[str, np.ndarray]:
    """Simulated levels of each fitted component: a row a path and a column a future year.

    In each path the spread of a component is drawn by :math:`\\sigma^2 = \\tilde s^2 d / \\chi^2_d`,
    so that a year has Student's t as in `outlook` (Gelman et al., *Bayesian Data Analysis*, 3rd ed., section
    3.2), and the shocks of a year to income and to expenditure have a correlation drawn from its
    estimate.
    """
    random = np.random.default_rng(seed)
    longest = max(len(fitted.root) for fitted in fits.values())
    shocks = {name: random.standard_normal((paths, longest)) for name in COMPONENTS}
    rho = np.tanh(correlation.z + correlation.spread * random.standard_normal((paths, 1)))
    shocks["expenditure"] = rho * shocks["income"] + np.sqrt(1 - rho**2) * shocks["expenditure"]
    levels = {}
    for name, fitted in fits.items():
        width = np.sqrt(fitted.df / random.chisquare(fitted.df, (paths, 1)))
        ahead = np.arange(1, len(fitted.root) + 1)
        gains = fitted.spread * shocks[name][:, longest - len(ahead) :] @ fitted.root.T
        gains += fitted.unknown * random.standard_normal((paths, 1)) * ahead
        logs = np.clip(fitted.center[1:] + width * gains, -_FAR, _FAR)
        levels[name] = fitted.level * np.exp(logs[:, fitted.since :])
    return levels


# one assumption changed at a time: codes, in the order in which a report lists them
ASSUMPTIONS = (
    *("own_spread", "independent", "correlation_low", "correlation_high"),
    *("growth_of_all", "without_newest", "income_as_expenditure"),
)
_CORRELATION = {"independent": None, "correlation_low": 0.1, "correlation_high": 0.9}


def correlated(estimate: Correlation, assumption: str | None) -> Correlation:
    """The estimated correlation, or the one that an assumption fixes: 0, or a limit of its 80 % interval."""
    if assumption not in _CORRELATION:
        return estimate
    share = _CORRELATION[assumption]
    z = 0.0 if share is None else float(np.arctanh(estimate.at(share)))
    return estimate._replace(z=z, spread=0.0)


def assumed(
    own: pd.DataFrame,
    past: pd.DataFrame,
    common: Common,
    start: int,
    years: int,
    assumption: str | None = None,
) -> dict[str, Fit]:
    """`fit` of each component, with one assumption changed.

    own_spread: the spread of other funds is not used. growth_of_all: the middle path grows as other funds did
    on average, not as this one (ValueError if there are none). without_newest: the last growth rate is left
    out. income_as_expenditure: the middle path of income a head grows as that of expenditure.
    """
    names = [name for name in COMPONENTS if name != "people" or not growth.is_whole(past)]
    if assumption == "without_newest":
        past = past.loc[: past["expenditure"].last_valid_index() - 1]
    fits = {}
    for name in names:
        typical = common.typical[name]
        if assumption == "own_spread":
            typical = typical._replace(spread=typical.spread._replace(df=0.0))
        fits[name] = fit(own, past, name, typical, start, years)
        if assumption == "growth_of_all":
            rate = common.growth[name]
            if np.isnan(rate):
                raise ValueError(f"{name}: no other fund tells how it grows")
            fits[name] = fits[name]._replace(center=rate * np.arange(len(fits[name].center)))
    if assumption == "income_as_expenditure":
        income, spent = fits["income"], fits["expenditure"]
        ahead = income.center[income.since] + np.append(0.0, spent.yearly.cumsum())
        fits["income"] = income._replace(center=np.append(income.center[: income.since], ahead))
    return fits
