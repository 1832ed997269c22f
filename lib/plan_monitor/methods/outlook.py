"""The models behind a projection, random walk with drift and damped-trend ETS, on a scale without bounds."""

import math
import warnings
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import stats
from scipy.special import expit, logit
from statsmodels.tools.sm_exceptions import ConvergenceWarning
from statsmodels.tsa.exponential_smoothing.ets import ETSModel

from reportkit.decimals import NOISE, last_digit
from reportkit.periods import end

_DAMPED_TREND_FROM = 8  # points
_FINEST = -6  # power of ten of the last digit that counts as printed: a computed figure has seventeen


class Scale(NamedTuple):
    """A way to the free scale and back; `to` takes a value on a bound to the nearest value off it."""

    to: Callable[[np.ndarray], np.ndarray]
    back: Callable[[np.ndarray], np.ndarray]
    increasing: bool = True


FREE = Scale(to=lambda x: x, back=lambda z: z)


def scale_for(values: np.ndarray, lower: float | None = None, upper: float | None = None) -> Scale:
    """Scale for bounded figures: logit between two bounds, log above or below one, else as it is.

    A figure printed on its bound (a rate of 100 %) stands for any that rounds to it; it is read as half a
    unit of the last decimal that `values` are printed with away from the bound (99.95 where they have one),
    and at least 1/10 000 of the distance between the bounds (of the mean distance to a single bound). Raises
    ValueError if a figure lies outside the bounds.

    >>> rate = scale_for(np.array([97.5, 100.0]), 0, 100)
    >>> rate.back(rate.to(np.array([97.5, 100.0]))).round(6).tolist()
    [97.5, 99.95]
    """
    low = -math.inf if lower is None or math.isnan(lower) else lower
    high = math.inf if upper is None or math.isnan(upper) else upper
    outside = values[(values < low) | (values > high)]
    if len(outside):
        raise ValueError(f"outside the bounds {low} to {high}: {outside.tolist()}")
    if math.isinf(low) and math.isinf(high):
        return FREE
    half_unit = 0.5 * 10.0 ** max(_FINEST, min(0, *map(last_digit, values)))
    width = high - low
    if math.isfinite(width):
        margin = max(half_unit / width, 1e-4)
        return Scale(
            to=lambda x: logit(np.clip((x - low) / width, margin, 1 - margin)),
            back=lambda z: np.clip(low + width * expit(z), low, high),
        )
    bound, sign = (low, 1.0) if math.isinf(high) else (high, -1.0)
    margin = max(half_unit, 1e-4 * np.abs(values - bound).mean())
    return Scale(
        to=lambda x: np.log(np.maximum(sign * (x - bound), margin)),
        back=lambda z: bound + sign * np.exp(np.minimum(z, 700.0)),  # e^700 is as good as infinite
        increasing=sign > 0,
    )


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

    def limits(self, level: float) -> tuple[np.ndarray, np.ndarray]:
        """Limits between which a future figure falls with a probability of so many %."""
        return self.quantile((1 - level / 100) / 2), self.quantile((1 + level / 100) / 2)


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
        return Outlook(FREE, np.full(len(future), values[-1]), np.zeros(len(future)), math.inf, "constant")
    free, ahead = scale.to(values), future - times[-1]
    center, spread = _drift(times, free, ahead)
    method = "drift"
    if len(past) >= _DAMPED_TREND_FROM:
        damped, method = _damped_trend(times, free, ahead), "drift_fallback"
        if damped:
            center, spread, method = damped[0], np.maximum(spread, damped[1]), "damped_trend"
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
