"""The models behind a projection: random walk with drift, damped-trend ETS, on a scale without bounds."""

import math
import warnings
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.tools.sm_exceptions import ConvergenceWarning
from statsmodels.tsa.exponential_smoothing.ets import ETSModel

from plan_monitor.methods.transform import Scale, scale_for
from reportkit.decimals import NOISE
from reportkit.periods import end

_DAMPED_TREND_FROM = 8  # points


class Outlook(NamedTuple):
    """Future values as Student's t distributions on the free scale."""

    scale: Scale
    center: np.ndarray
    spread: np.ndarray
    df: float
    method: str

    def quantile(self, probability: float) -> np.ndarray:
        """Value below which a future figure falls with this probability, in the unit of the series."""
        upward = probability if self.scale.increasing else 1 - probability
        return self.scale.back(self.center + self.spread * stats.t.ppf(upward, self.df))


def by_time(series: pd.Series) -> pd.Series:
    """The series without missing values, by the moments its periods end."""
    values = series.dropna().astype(float)
    values.index = pd.Index([end(str(label)) for label in values.index], dtype=float)
    if values.index.has_duplicates:
        raise ValueError("two values for one period")
    return values.sort_index()


def project_times(past: pd.Series, future: np.ndarray, lower: float | None, upper: float | None) -> Outlook:
    """Distribution of the values at some moments after the last of `past`."""
    if len(past) < 3:
        raise ValueError(f"a projection needs at least 3 points, not {len(past)}")
    times, values = past.index.to_numpy(), past.to_numpy()
    if len(future) and future.min() <= times[-1]:
        raise ValueError("periods to project must come after the last observation")
    scale = scale_for(values, lower, upper)
    if np.ptp(values) == 0:
        still = Scale(to=lambda x: x, back=lambda z: z)
        return Outlook(still, np.full(len(future), values[-1]), np.zeros(len(future)), math.inf, "constant")

    free = scale.to(values)
    center, spread = _drift(times, free, future - times[-1])
    method = "drift"
    if len(past) >= _DAMPED_TREND_FROM:
        damped = _damped_trend(times, free, future - times[-1])
        method = "drift_fallback" if damped is None else "damped_trend"
        if damped is not None:
            center, spread = damped[0], np.maximum(spread, damped[1])
    return Outlook(scale, center, spread, len(past) - 2, method)


def _drift(times: np.ndarray, values: np.ndarray, ahead: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Random walk with drift: centre and spread `ahead` years after the last point."""
    steps, changes = np.diff(times), np.diff(values)
    length = times[-1] - times[0]
    drift = (values[-1] - values[0]) / length
    sigma = np.sqrt(np.sum((changes - drift * steps) ** 2 / steps) / (len(steps) - 1))
    if sigma < NOISE * np.abs(changes).max():  # a straight line but for floating-point noise
        sigma = 0.0
    return values[-1] + drift * ahead, sigma * np.sqrt(ahead * (1 + ahead / length))


def _damped_trend(
    times: np.ndarray, values: np.ndarray, ahead: np.ndarray
) -> tuple[np.ndarray, np.ndarray] | None:
    """ETS with damped trend: centre and spread; None where the model cannot be used."""
    step = (times[-1] - times[0]) / (len(times) - 1)
    horizons = np.rint(ahead / step).astype(int)
    if not (np.allclose(np.diff(times), step) and np.allclose(horizons * step, ahead) and len(ahead)):
        return None
    unit = values.std()  # the optimiser starts from fixed values: give it one unit for all
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", ConvergenceWarning)
        try:
            model = ETSModel(pd.Series((values - values[0]) / unit), trend="add", damped_trend=True)
            fit = model.fit(disp=False)
            forecast = fit.get_prediction(start=len(values), end=len(values) - 1 + int(horizons.max()))
        except (ConvergenceWarning, ValueError, np.linalg.LinAlgError):
            return None
    center = values[0] + unit * np.asarray(forecast.predicted_mean)[horizons - 1]
    spread = unit * np.sqrt(np.asarray(forecast.forecast_variance)[horizons - 1])
    return (center, spread) if np.isfinite([*center, *spread]).all() else None
