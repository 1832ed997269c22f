"""Many ways in which the components of a fund may go on, drawn from what their past tells."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from plan_monitor.fund import growth
from plan_monitor.fund.common import COMPONENTS, Common, Correlation
from plan_monitor.methods.outlook import Typical, growth_covariance
from plan_monitor.methods.spread import Usual

_FAR = 300.0  # growth of e^300 is as good as infinite, and can still be added up
# usual growth differs between funds by so many spreads of one year, else steady growth would pass for spread;
# tests/benchmarks/fund.py has what others would do
_APART = 1.0

_NOTHING = 1e-9  # variance of what is known already, so that its root exists


class Fit(NamedTuple):
    """What is known of a component after its last usual figure, on the logarithmic scale."""

    level: float  # that figure
    since: int  # years from it to the start of the projection
    center: np.ndarray  # growth from it until the start and each year to come
    root: np.ndarray  # of the covariance of this growth, for a spread of 1
    unknown: float  # standard deviation of the growth that is usual, a year
    own: float  # spread of one year by its own growth
    spread: float  # the same, that of other funds counted in
    df: float
    lasting: float
    rates: int
    points: int
    one_off: tuple[int, ...]  # years left out
    new_scope: tuple[int, ...]  # years into which no growth is measured

    @property
    def yearly(self) -> np.ndarray:
        """Median growth of each year to come."""
        return np.diff(self.center[self.since :])


def fit(own: pd.DataFrame, past: pd.DataFrame, name: str, typical: Typical, start: int, years: int) -> Fit:
    """One component of `growth.components` of a fund, by the growth of `past`: its own or another fund's.

    Growth of the years between usual figures of one scope is what is observed of the process of `outlook`;
    what is to come is normal given that (Rasmussen & Williams 2006, section 2.2). What is usual is the fund's
    own: a normal effect about what is usual for all (ibid., section 2.7). Growth is measured across
    a one-off year (the same as a pulse dummy), and not into a year of new scope (a level-shift dummy;
    Hyndman & Athanasopoulos, *Forecasting: principles and practice*, 3rd ed., section 7.4). Fewer than two
    growth rates are a ValueError.
    """
    level, values = growth.usual(own, name).loc[:start], growth.usual(past, name)
    measured = growth.rates(past, name)
    if len(measured) < growth.FEWEST - 1:
        raise ValueError(f"{name}: {len(measured)} growth rates; {growth.FEWEST - 1} are needed")
    last, (begun, ended) = int(level.index[-1]), measured[["start", "end"]].to_numpy(dtype=float).T
    until = np.arange(last + 1, start + years + 1, dtype=float)
    seen, ahead = (begun, ended), (np.full(len(until), float(last)), until)
    inside, across = (_covariance(seen, other, typical.lasting) for other in (seen, ahead))
    gained = measured["growth"].to_numpy() - typical.growth * (ended - begun)
    weights = np.linalg.solve(inside, np.column_stack([across, gained]))
    variance = gained @ weights[:, -1] / len(gained)
    shared, df = typical.spread.with_own(variance, len(gained))
    left = _covariance(ahead, ahead, typical.lasting) - across.T @ weights[:, :-1]
    one_off, new_scope = (past.index[past[f"{name}_{mark}"]] for mark in ("one_off", "new_scope"))
    return Fit(
        level=float(level.iloc[-1]),
        since=start - last,
        center=np.append(0.0, typical.growth * (until - last) + gained @ weights[:, :-1]),
        root=np.linalg.cholesky(left + _NOTHING * np.eye(len(until))),
        unknown=float(np.sqrt(typical.growth_variance)),
        own=float(np.sqrt(variance)),
        spread=float(np.sqrt(shared)),
        df=float(df),
        lasting=typical.lasting,
        rates=len(measured),
        points=len(values),
        one_off=tuple(int(year) for year in one_off if year >= values.index[0]),
        new_scope=tuple(int(year) for year in new_scope if values.index[0] < year <= values.index[-1]),
    )


def _covariance(first: tuple, second: tuple, lasting: float) -> np.ndarray:
    """Of growth between two moments each, that which is usual for this fund alone among it."""
    usual = np.outer(first[1] - first[0], second[1] - second[0])
    return growth_covariance(first, second, lasting) + _APART**2 * usual


def draw(fits: Mapping[str, Fit], correlation: Correlation, paths: int, seed: int) -> dict[str, np.ndarray]:
    """Levels of each component that is fitted: a row a path and a column a year to come.

    In each path the spread of a component is drawn by :math:`\\sigma^2 = \\tilde s^2 d / \\chi^2_d`,
    so that a year has Student's t as in `outlook` (Gelman et al., *Bayesian Data Analysis*, 3rd ed., section
    3.2), and what is new in a year for income and for expenditure has a correlation drawn from what is known
    of it.
    """
    random = np.random.default_rng(seed)
    longest = max(len(fitted.root) for fitted in fits.values())
    new = {name: random.standard_normal((paths, longest)) for name in COMPONENTS}
    rho = np.tanh(correlation.z + correlation.spread * random.standard_normal((paths, 1)))
    new["expenditure"] = rho * new["income"] + np.sqrt(1 - rho**2) * new["expenditure"]
    levels = {}
    for name, fitted in fits.items():
        width = np.sqrt(fitted.df / random.chisquare(fitted.df, (paths, 1)))
        ahead = np.arange(1, len(fitted.root) + 1)
        moved = fitted.spread * new[name][:, longest - len(ahead) :] @ fitted.root.T
        moved += fitted.unknown * random.standard_normal((paths, 1)) * ahead
        logs = np.clip(fitted.center[1:] + width * moved, -_FAR, _FAR)
        levels[name] = fitted.level * np.exp(logs[:, fitted.since :])
    return levels


# one assumption changed at a time: codes, in the order in which a report lists them
ASSUMPTIONS = (
    *("own_spread", "independent", "correlation_low", "correlation_high"),
    *("growth_of_all", "without_newest", "income_as_expenditure"),
)
_CORRELATION = {"independent": None, "correlation_low": 0.1, "correlation_high": 0.9}


def correlated(found: Correlation, assumption: str | None) -> Correlation:
    """The correlation, or the one that an assumption fixes: none, or a limit of its 80 % interval."""
    if assumption not in _CORRELATION:
        return found
    share = _CORRELATION[assumption]
    return Correlation(0.0 if share is None else float(np.arctanh(found.at(share))))


def assumed(
    own: pd.DataFrame,
    past: pd.DataFrame,
    known: Common,
    start: int,
    years: int,
    assumption: str | None = None,
) -> dict[str, Fit]:
    """`fit` of each component, with one assumption changed.

    own_spread: how much other funds vary counts for nothing. growth_of_all: the middle path grows as other
    funds did on average, not as this one (ValueError where there is none). without_newest: the last growth
    rate is not known. income_as_expenditure: the middle path of income a head grows as that of expenditure.
    """
    names = [name for name in COMPONENTS if name != "people" or not past["people"].eq(1).all()]
    if assumption == "without_newest":
        past = past.loc[: past["expenditure"].last_valid_index() - 1]
    fits = {}
    for name in names:
        typical = known.typical[name]
        if assumption == "own_spread":
            typical = typical._replace(spread=Usual(1.0, 0.0))
        fits[name] = fit(own, past, name, typical, start, years)
        if assumption == "growth_of_all":
            rate = known.growth[name]
            if np.isnan(rate):
                raise ValueError(f"{name}: no other fund tells how it grows")
            fits[name] = fits[name]._replace(center=rate * np.arange(len(fits[name].center)))
    if assumption == "income_as_expenditure":
        income, spent = fits["income"], fits["expenditure"]
        ahead = income.center[income.since] + np.append(0.0, spent.yearly.cumsum())
        fits["income"] = income._replace(center=np.append(income.center[: income.since], ahead))
    return fits
