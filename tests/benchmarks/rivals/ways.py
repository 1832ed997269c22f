"""Other ways to project a short yearly series, each as a `forecaster` of ``backtest.trials``."""

import math
import warnings
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd
import statsmodels.api as sm
from scipy import stats
from statsmodels.tsa.exponential_smoothing.ets import ETSModel
from statsmodels.tsa.forecasting.theta import ThetaModel

from plan_monitor.methods.outlook import Outlook, learn, project_times
from plan_monitor.methods.scale import scale_for
from plan_monitor.methods.spread import usual

_NOISE = 1e-9
_DRAWS = 20
_NORMAL = 1e6  # degrees of freedom as good as infinite


class Draws(NamedTuple):
    """Values that may come, equally likely: one row a draw, one column a moment."""

    values: np.ndarray

    def quantile(self, probability: float) -> np.ndarray:
        """As of ``Outlook``."""
        return np.quantile(self.values, probability, axis=0)

    def above(self, value: float) -> np.ndarray:
        """As of ``Outlook``."""
        return (self.values > value).mean(axis=0)


def ours(lower, upper, alone: bool = False) -> Callable:
    """The project's own way; `alone`, without comparable series."""

    def project(past, future, others):
        return project_times(past, future, lower, upper, learn([] if alone else others, lower, upper))

    return project


def alone(lower, upper) -> Callable:
    """The project's own way without comparable series."""
    return ours(lower, upper, alone=True)


def before(lower, upper) -> Callable:
    """What the project did before: a random walk with drift, from eight points a damped trend's median."""

    def project(past, future, _others):
        scale, times, free = _free(past, lower, upper)
        ahead = future - times[-1]
        center, spread, df = _drift(times, free, ahead)
        if len(past) >= 8 and (damped := _damped(times, free, ahead)):
            center, spread = damped[0], np.maximum(spread, damped[1])
        return Outlook(scale, center, np.maximum(spread, 1e-12), df)

    return project


def shared_spread(lower, upper) -> Callable:
    """A random walk with its own drift, whose spread is shared between comparable series."""

    def project(past, future, others):
        scale, times, free = _free(past, lower, upper)
        ahead = future - times[-1]
        own, df = _variance(times, free), len(past) - 2
        known = [_free(other, lower, upper)[1:] for other in others if len(other) > 2]
        spreads = [(_variance(*pair), len(pair[0]) - 2) for pair in known]
        if spreads := [pair for pair in spreads if pair[0] > 0]:
            own, df = usual(*zip(*spreads, strict=True)).with_own(own, df)
        center, _, _ = _drift(times, free, ahead)
        widths = np.sqrt(ahead * (1 + ahead / (times[-1] - times[0])))
        return Outlook(scale, center, np.sqrt(max(own, 1e-12)) * widths, df)

    return project


def conformal(lower, upper) -> Callable:
    """The ranges of before, stretched to what comparable series missed them by, so many years ahead.

    Misses are measured in the spread that the range had (normalised split conformal prediction by horizon);
    where fewer than five are known, Student's t as before.
    """
    base, levels, known = before(lower, upper), np.linspace(0.005, 0.995, 199), {}

    def missed(other: pd.Series, gap: float) -> float | None:
        """What the last possible projection of a series missed, in the spread that it gave itself."""
        for origin in other.index[:1:-1]:
            came = other[np.isclose(other.index, origin + gap)]
            if len(came):
                seen = other.loc[:origin]
                key = (origin, gap, *seen)
                if key not in known:
                    outlook = base(seen, came.index.to_numpy(), [])
                    miss = (outlook.scale.to(came.to_numpy()) - outlook.center) / outlook.spread
                    known[key] = float(np.clip(miss, -50, 50)[0])
                return known[key]
        return None

    def project(past, future, others):
        outlook, draws = base(past, future, []), []
        for place, gap in enumerate(future - past.index[-1]):
            misses = [miss for other in (past, *others) if (miss := missed(other, gap)) is not None]
            own = stats.t.ppf(levels, outlook.df)
            stretched = np.quantile(misses, levels) if len(misses) > 4 else own
            draws.append(outlook.center[place] + outlook.spread[place] * stretched)
        return Draws(outlook.scale.back(np.array(draws).T))

    return project


def local_level(lower, upper) -> Callable:
    """A local level: statsmodels' unobserved components, parameters taken as known."""

    def project(past, future, _others):
        scale, times, free = _free(past, lower, upper)
        steps = np.rint(future - times[-1]).astype(int)
        unit = max(np.abs(np.diff(free)).mean(), 1e-9)
        model = sm.tsa.UnobservedComponents((free - free[0]) / unit, level="llevel")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            forecast = model.fit(disp=False, maxiter=50).get_forecast(int(steps.max()))
        center = free[0] + unit * np.asarray(forecast.predicted_mean)[steps - 1]
        return Outlook(scale, center, unit * np.asarray(forecast.se_mean)[steps - 1] + 1e-12, _NORMAL)

    return project


def theta(lower, upper) -> Callable:
    """The Theta method with its prediction intervals (statsmodels)."""

    def project(past, future, _others):
        scale, times, free = _free(past, lower, upper)
        steps = np.rint(future - times[-1]).astype(int)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            index = pd.period_range("2000", periods=len(free), freq="Y")
            fit = ThetaModel(pd.Series(free, index), deseasonalize=False).fit()
            center = fit.forecast(int(steps.max())).to_numpy()
            limits = fit.prediction_intervals(int(steps.max()), alpha=0.2).to_numpy()
        spread = (limits[:, 1] - limits[:, 0]) / 2 / stats.norm.ppf(0.9)
        spread = np.where(np.isfinite(spread), spread, 0)
        return Outlook(scale, center[steps - 1], spread[steps - 1] + 1e-12, _NORMAL)

    return project


def simulated(lower, upper) -> Callable:
    """Damped-trend ETS whose parameters are drawn from what the fit leaves open, and paths with them."""

    def project(past, future, _others):
        scale, times, free = _free(past, lower, upper)
        steps = np.rint(future - times[-1]).astype(int)
        unit = max(free.std(), 1e-9)
        rng = np.random.default_rng(7)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                model = ETSModel(pd.Series((free - free[0]) / unit), trend="add", damped_trend=True)
                fit = model.fit(disp=False)
                spread = np.sqrt(np.clip(np.diag(np.nan_to_num(fit.cov_params_approx)), 0, 1))
                paths = []
                for _ in range(_DRAWS):
                    params = np.asarray(fit.params) + spread * rng.standard_normal(len(spread))
                    params[:3] = np.clip(params[:3], 1e-4, [0.9999, 0.9999, 0.98])
                    params[1] = min(params[1], params[0])
                    drawn = model.smooth(params)
                    paths.append(
                        np.asarray(drawn.simulate(int(steps.max()), anchor="end", repetitions=10, rng=rng)).T
                    )
                values = np.concatenate(paths)[:, steps - 1]
            except (ValueError, np.linalg.LinAlgError, IndexError):
                return before(lower, upper)(past, future, [])
        return Draws(scale.back(free[0] + unit * np.nan_to_num(values)))

    return project


def _free(past: pd.Series, lower, upper):
    scale = scale_for(past.to_numpy(), lower, upper)
    return scale, past.index.to_numpy(), scale.to(past.to_numpy())


def _variance(times: np.ndarray, free: np.ndarray) -> float:
    """Of the yearly changes around their own mean."""
    steps, changes = np.diff(times), np.diff(free)
    drift = (free[-1] - free[0]) / (times[-1] - times[0])
    return float(np.sum((changes - drift * steps) ** 2 / steps) / (len(steps) - 1))


def _drift(times: np.ndarray, free: np.ndarray, ahead: np.ndarray) -> tuple[np.ndarray, np.ndarray, int]:
    """Random walk with drift: centre and spread so many years after the last point, degrees of freedom."""
    length = times[-1] - times[0]
    sigma = math.sqrt(_variance(times, free))
    if sigma < _NOISE * np.abs(np.diff(free)).max():
        sigma = 0.0
    center = free[-1] + (free[-1] - free[0]) / length * ahead
    return center, sigma * np.sqrt(ahead * (1 + ahead / length)), len(free) - 2


def _damped(times, free, ahead) -> tuple[np.ndarray, np.ndarray] | None:
    """Damped-trend ETS: centre and spread; None where the model cannot be used."""
    steps = np.rint(ahead).astype(int)
    if not np.allclose(np.diff(times), 1):
        return None
    unit = free.std() or 1.0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            model = ETSModel(pd.Series((free - free[0]) / unit), trend="add", damped_trend=True)
            fit = model.fit(disp=False)
            if not fit.mle_retvals.get("converged", True):
                return None
            forecast = fit.get_prediction(start=len(free), end=len(free) - 1 + int(steps.max()))
        except (ValueError, np.linalg.LinAlgError):
            return None
    center = free[0] + unit * np.asarray(forecast.predicted_mean)[steps - 1]
    spread = unit * np.sqrt(np.asarray(forecast.forecast_variance)[steps - 1])
    return (center, spread) if np.isfinite([*center, *spread]).all() else None
