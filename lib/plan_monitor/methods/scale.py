"""A scale without bounds for figures that have some, and back."""

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from scipy.special import expit, logit

from reportkit.decimals import last_digit

_FINEST = -6  # power of ten of the last digit that counts as printed: a computed figure has seventeen


class Scale(NamedTuple):
    """A way to the free scale and back; a value on a bound stands for all that are printed so."""

    to: Callable[[np.ndarray], np.ndarray]
    edge: Callable[[np.ndarray], np.ndarray]  # a target on a bound as the last value that is printed so
    back: Callable[[np.ndarray], np.ndarray]
    unit: float  # of the last digit that the figures are printed with
    increasing: bool = True

    def rounding(self, values: np.ndarray) -> float:
        """Variance that rounding for print gives a change between two of `values`, on the free scale.

        Each is off by up to half a unit, evenly: a twelfth of a squared unit, and a change twice that.
        """
        steps = np.abs(np.diff(self.to(np.add.outer([-self.unit, 0.0, self.unit], values)), axis=0))
        return float(np.median(steps.max(axis=0)) ** 2 / 6)


def scale_for(values: np.ndarray, lower: float | None = None, upper: float | None = None) -> Scale:
    """Scale for bounded figures: logit between two bounds, log above or below one, else as it is.

    A figure printed on its bound (a rate of 100 %) stands for any that rounds to it, up to half a unit away
    of the last decimal that `values` are printed with (99.95 to 100 where they have one). So two bounds are
    taken a unit farther out, at least 1/5 000 of their distance and at most a quarter of it; on a single
    bound a figure is read as half a unit off, at least 1/10 000 of the mean distance. What is nearer to a
    bound than half a unit comes back as the bound. Raises ValueError if a figure lies outside the bounds, or
    if these leave nothing between them.

    >>> rate = scale_for(np.array([97.5, 100.0]), 0, 100)
    >>> rate.back(rate.to(np.array([97.5, 99.9, 100.0]))).round(6).tolist()
    [97.5, 99.9, 100.0]
    """
    low, high = limits(lower, upper)
    if low >= high:
        raise ValueError(f"nothing lies between the bounds {low} and {high}")
    outside = values[beyond(values, lower, upper)]
    if len(outside):
        raise ValueError(f"outside the bounds {low} to {high}: {outside.tolist()}")
    unit = 10.0 ** max(_FINEST, min(0, *map(last_digit, values)))
    if math.isinf(low) and math.isinf(high):
        return Scale(to=lambda x: x, edge=lambda x: x, back=lambda z: z, unit=unit)
    width = high - low
    if math.isfinite(width):
        margin = min(max(unit, 2e-4 * width), width / 4)
        half = margin / 2

        def to(x: np.ndarray) -> np.ndarray:
            return logit((np.clip(x, low, high) - low + margin) / (width + 2 * margin))

        def back(z: np.ndarray) -> np.ndarray:
            x = low - margin + (width + 2 * margin) * expit(z)
            return np.where(x >= high - half, high, np.where(x <= low + half, low, x))

        return Scale(to=to, edge=lambda x: to(np.clip(x, low + half, high - half)), back=back, unit=unit)
    bound, sign, increasing = (low, 1.0, True) if math.isinf(high) else (high, -1.0, False)
    margin = max(unit / 2, 1e-4 * np.abs(values - bound).mean())
    nearest = math.log(margin) + 1e-12

    def off(x: np.ndarray) -> np.ndarray:
        return np.log((sign * (x - bound)).clip(margin))

    def onto(z: np.ndarray) -> np.ndarray:  # e^700 is as good as infinite
        return np.where(z <= nearest, bound, bound + sign * np.exp(z.clip(max=700.0)))

    return Scale(to=off, edge=off, back=onto, unit=unit, increasing=increasing)


def beyond(values: np.ndarray, lower: float | None, upper: float | None) -> np.ndarray:
    """Which values lie outside the bounds."""
    low, high = limits(lower, upper)
    return (values < low) | (values > high)


def limits(lower: float | None, upper: float | None) -> tuple[float, float]:
    """Bounds as numbers: infinite where there is none, or NaN."""
    low = -math.inf if lower is None or math.isnan(lower) else lower
    return low, math.inf if upper is None or math.isnan(upper) else upper
