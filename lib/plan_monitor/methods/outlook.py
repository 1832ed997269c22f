"""The model behind a projection: growth that partly persists and fades, learned from comparable series.

On a scale without bounds (`scale`), the gain of a year is the sum of usual growth, growth that persists, and
the shock of that year alone:

.. math:: z(t) = z(0) + m t + \\int_0^t g(u)\\,du + \\sigma W(t), \\qquad
          \\operatorname{cov}(g(s), g(t)) = \\sigma^2 \\tau^2 e^{-\\theta |s - t|}

with a Wiener process W. Growth of single years is then an ARMA(1, 1) process, :math:`\\phi = e^{-\\theta}`: a
damped trend (Hyndman & Athanasopoulos, *Forecasting: principles and practice*, 3rd ed., section 8.2) whose
slope wanders (Harvey 1989, *Forecasting, structural time series models and the Kalman filter*, section 2.3),
for points at any distance. Everything is normal given :math:`\\sigma`, so that the forecast is Student's t
(Rasmussen & Williams 2006, *Gaussian processes for machine learning*, section 2.2; Shah, Wilson & Ghahramani
2014, *Student-t processes as alternatives to Gaussian processes*).
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.special import gammaln, stdtr, stdtrit

from plan_monitor.methods.scale import Scale, beyond, scale_for
from plan_monitor.methods.spread import Usual, usual
from reportkit.periods import end

FEWEST = 3  # points
# settings chosen by tests/benchmarks/forecasts.py on half of its panels
_FADING = 0.07  # rate a year at which persistent growth fades
_LASTING = 0.5  # usual standard deviation of persistent growth, relative to that of one year's shock
_LASTINGS = (0.25, 0.35, 0.5, 0.7, 1.0, 1.4, 2.0)  # values tried on comparable series
_KEPT = 0.3  # share of the mean growth of comparable series that is expected to continue
_ALONE = Usual(0.04**2, 1.0)  # of logarithms and logits, without comparable series


class Typical(NamedTuple):
    """What comparable series have in common, on the free scale."""

    growth: float = 0.0  # a year
    growth_variance: float = 0.0  # how uncertain this growth is
    lasting: float = _LASTING
    spread: Usual = _ALONE  # of one year


class Outlook(NamedTuple):
    """Future values as Student's t distributions on the free scale."""

    scale: Scale
    center: np.ndarray
    spread: np.ndarray
    df: float

    def quantile(self, probability: float) -> np.ndarray:
        """Value below which a future figure falls with this probability, in the unit of the series."""
        upward = probability if self.scale.increasing else 1 - probability
        return self.scale.back(self.center + self.spread * stdtrit(self.df, upward))

    def limits(self, level: float) -> tuple[np.ndarray, np.ndarray]:
        """Limits between which a future figure falls with a probability of so many %."""
        return self.quantile((1 - level / 100) / 2), self.quantile((1 + level / 100) / 2)

    def above(self, value: float) -> np.ndarray:
        """Probability that a future figure is above a value."""
        distance = (self.scale.edge(np.array([value])) - self.center) / self.spread
        return stdtr(self.df, -distance if self.scale.increasing else distance)


def by_time(series: pd.Series) -> pd.Series:
    """The series without missing values, indexed by the moments at which its periods end."""
    values = series.to_numpy(dtype=float, na_value=np.nan)
    present = ~np.isnan(values)
    times = np.array([end(str(label)) for label in series.index[present]], dtype=float)
    order = np.argsort(times)
    if (np.diff(times[order]) == 0).any():
        raise ValueError("two values for one period")
    return pd.Series(values[present][order], times[order])


def learn(like: Iterable[pd.Series], lower: float | None = None, upper: float | None = None) -> Typical:
    """What comparable series have in common: series of the same unit and bounds `lower` and `upper`.

    `like` are series of `by_time`; those of fewer than three points, or with one outside the bounds, are not
    used. How much of the growth persists is estimated by maximum likelihood over all series; the spread of
    one year is pooled by `spread.usual`. Three tenths of their mean growth are expected to continue; how much
    growth changed from year to year gives its variance. Without any series the default values are returned;
    for figures without bounds there is no default spread.
    """
    groups: dict[tuple, list] = {}  # series with figures of the same moments
    for past in like:
        values = past.to_numpy()
        if len(past) >= FEWEST and not beyond(values, lower, upper).any():
            scale = scale_for(values, lower, upper)
            groups.setdefault(tuple(past.index), []).append((scale.to(values), scale.rounding(values)))
    if not groups:
        bounded = any(bound is not None and np.isfinite(bound) for bound in (lower, upper))
        return Typical(spread=_ALONE if bounded else Usual(1.0, 0.0))
    tables = [(np.array(times), *map(np.array, zip(*rows, strict=True))) for times, rows in groups.items()]
    growth, variance = _common_growth(tables)
    choices = [_fitted(tables, growth, lasting) for lasting in _LASTINGS]
    _, lasting, spread = max(choices, key=lambda choice: choice[0])
    return Typical(growth, variance, lasting, spread)


def project_times(
    past: pd.Series, future: np.ndarray, lower: float | None, upper: float | None, typical: Typical
) -> Outlook:
    """Distribution of the values at some moments after the last of `past` (of `by_time`)."""
    if len(past) < FEWEST:
        raise ValueError(f"a projection needs at least {FEWEST} points, not {len(past)}")
    times, values = past.index.to_numpy(), past.to_numpy()
    if len(future) and future.min() <= times[-1]:
        raise ValueError("periods to project must come after the last observation")
    scale = scale_for(values, lower, upper)
    free, ahead, elapsed = scale.to(values), future - times[0], times[1:] - times[0]
    inside, across = (
        _covariance(elapsed, elapsed, typical.lasting),
        _covariance(elapsed, ahead, typical.lasting),
    )
    gains = free[1:] - free[0] - typical.growth * elapsed
    weights = np.linalg.solve(inside, np.column_stack([across, gains]))
    weights, own = weights[:, :-1], gains @ weights[:, -1] / len(gains)
    own = max(own, scale.rounding(values))  # unchanged figures may have moved by less than is printed
    variance, df = typical.spread.with_own(own, len(gains))
    remaining = _covariance(ahead, ahead, typical.lasting).diagonal() - np.sum(weights * across, axis=0)
    center = free[0] + typical.growth * ahead + gains @ weights
    growth_variance = typical.growth_variance * (future - times[-1]) ** 2
    return Outlook(scale, center, np.sqrt(variance * remaining + growth_variance), df)


def _covariance(first: np.ndarray, second: np.ndarray, lasting: float) -> np.ndarray:
    """Covariance of the gains until two moments (years since the first point), for a spread of 1."""
    common, apart = np.minimum.outer(first, second), np.abs(np.subtract.outer(first, second))
    one, other, between = (np.exp(-_FADING * span) for span in (first[:, None], second, apart))
    growth = (2 * _FADING * common + one + other - between - 1) / _FADING**2
    return common + lasting**2 * growth


def growth_covariance(
    first: tuple[np.ndarray, np.ndarray], second: tuple[np.ndarray, np.ndarray], lasting: float
) -> np.ndarray:
    """Covariance of the gains of two spans (start and end, in years) of a series, for a spread of 1."""
    origin = min(first[0].min(), second[0].min())
    (a, b), (c, d) = ([moments - origin for moments in pair] for pair in (first, second))
    both, ends = _covariance(a, c, lasting), _covariance(b, d, lasting)
    return both + ends - _covariance(a, d, lasting) - _covariance(b, c, lasting)


def _common_growth(tables: list[tuple]) -> tuple[float, float]:
    """Expected growth of comparable series, and its variance."""
    rates = np.concatenate(
        [(np.diff(free) / np.diff(moments_of_points)).ravel() for moments_of_points, free, _ in tables]
    )
    moments = np.concatenate(
        [np.tile(moments_of_points[1:], len(free)) for moments_of_points, free, _ in tables]
    )
    by_moment = pd.Series(rates, moments).groupby(level=0).mean()
    growths = np.concatenate(
        [(free[:, -1] - free[:, 0]) / (times[-1] - times[0]) for times, free, _ in tables]
    )
    return _KEPT * float(growths.mean()), float(by_moment.var() / len(by_moment))


def _fitted(tables: list[tuple], growth: float, lasting: float) -> tuple[float, float, Usual]:
    """Log-likelihood of the series for one value of `lasting`, and the spread that they share."""
    factors, squares, dfs = [], [], []
    for times, free, rounding in tables:
        elapsed = times[1:] - times[0]
        root = np.linalg.cholesky(_covariance(elapsed, elapsed, lasting))
        white = np.linalg.solve(root, (free[:, 1:] - free[:, :1] - growth * elapsed).T)
        squares.append((white**2).sum(axis=0).clip(rounding * len(elapsed)))
        dfs.append(np.full(len(free), len(elapsed)))
        factors.append(len(free) * np.log(root.diagonal()).sum())
    squares, dfs = np.concatenate(squares), np.concatenate(dfs)
    spread = usual(squares / dfs, dfs)
    prior = spread.df * spread.variance
    of_t = gammaln((spread.df + dfs) / 2) - gammaln(spread.df / 2) - dfs / 2 * np.log(np.pi * prior)
    fits = np.sum(of_t - (spread.df + dfs) / 2 * np.log1p(squares / prior)) - sum(factors)
    return fits - np.log(lasting / _LASTING) ** 2, lasting, spread
