"""A scale without bounds for figures that have some, and back."""

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from scipy.special import expit, logit

from reportkit.decimals import last_digit

_FINEST = -6  # power of ten of the last digit that counts as printed: a computed figure has seventeen


class Scale(NamedTuple):
    """A way to the free scale and back; `to` takes a value on a bound to the nearest value off it."""

    to: Callable[[np.ndarray], np.ndarray]
    back: Callable[[np.ndarray], np.ndarray]
    unit: float  # of the last digit that the figures are printed with
    increasing: bool = True

    def rounding(self, values: np.ndarray) -> float:
        """Variance that rounding for print gives a change between two of `values`, on the free scale.

        Each is off by up to half a unit, evenly: a twelfth of a squared unit, and a change twice that.
        """
        steps = np.abs(
            [self.to(values + self.unit) - self.to(values), self.to(values) - self.to(values - self.unit)]
        )
        return float(np.median(steps.max(axis=0)) ** 2 / 6)


def scale_for(values: np.ndarray, lower: float | None = None, upper: float | None = None) -> Scale:
    """Scale for bounded figures: logit between two bounds, log above or below one, else as it is.

    A figure printed on its bound (a rate of 100 %) stands for any that rounds to it; it is read as half a
    unit of the last decimal that `values` are printed with away from the bound (99.95 where they have one),
    and at least 1/10 000 of the distance between the bounds (of the mean distance to a single bound); what is
    nearer to a bound comes back as the bound. Raises ValueError if a figure lies outside the bounds.

    >>> rate = scale_for(np.array([97.5, 100.0]), 0, 100)
    >>> rate.back(rate.to(np.array([97.5, 99.9, 100.0]))).round(6).tolist()
    [97.5, 99.9, 100.0]
    """
    low, high = _limits(lower, upper)
    outside = values[beyond(values, lower, upper)]
    if len(outside):
        raise ValueError(f"outside the bounds {low} to {high}: {outside.tolist()}")
    unit = 10.0 ** max(_FINEST, min(0, *map(last_digit, values)))
    if math.isinf(low) and math.isinf(high):
        return Scale(to=lambda x: x, back=lambda z: z, unit=unit)
    width = high - low
    if math.isfinite(width):
        margin = max(unit / 2 / width, 1e-4)
        off = logit(1 - margin) * (1 - 1e-12)
        return Scale(
            to=lambda x: logit(np.clip((x - low) / width, margin, 1 - margin)),
            back=lambda z: np.where(np.abs(z) >= off, np.where(z > 0, high, low), low + width * expit(z)),
            unit=unit,
        )
    bound, sign = (low, 1.0) if math.isinf(high) else (high, -1.0)
    margin = max(unit / 2, 1e-4 * np.abs(values - bound).mean())
    nearest = math.log(margin) + 1e-12
    return Scale(
        to=lambda x: np.log(np.maximum(sign * (x - bound), margin)),
        # e^700 is as good as infinite
        back=lambda z: np.where(z <= nearest, bound, bound + sign * np.exp(np.minimum(z, 700.0))),
        unit=unit,
        increasing=sign > 0,
    )


def beyond(values: np.ndarray, lower: float | None, upper: float | None) -> np.ndarray:
    """Which values lie outside the bounds."""
    low, high = _limits(lower, upper)
    return (values < low) | (values > high)


def _limits(lower: float | None, upper: float | None) -> tuple[float, float]:
    low = -math.inf if lower is None or math.isnan(lower) else lower
    return low, math.inf if upper is None or math.isnan(upper) else upper
