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
        steps = np.abs(np.diff([self.to(values + step) for step in (-self.unit, 0.0, self.unit)], axis=0))
        return float(np.median(steps.max(axis=0)) ** 2 / 6)


def scale_for(values: np.ndarray, lower: float | None = None, upper: float | None = None) -> Scale:
    """Scale for bounded figures: logit between two bounds, log above or below one, else as it is.

    A figure printed on its bound (a rate of 100 %) stands for any that rounds to it; it is read as half a
    unit of the last decimal that `values` are printed with away from the bound (99.95 where they have one),
    and at least 1/10 000 of the distance between the bounds (of the mean distance to a single bound), at most
    a quarter of it; what is nearer to a bound comes back as the bound. Raises ValueError if a figure lies
    outside the bounds.

    >>> rate = scale_for(np.array([97.5, 100.0]), 0, 100)
    >>> rate.back(rate.to(np.array([97.5, 99.9, 100.0]))).round(6).tolist()
    [97.5, 99.9, 100.0]
    """
    low = -math.inf if lower is None or math.isnan(lower) else lower
    high = math.inf if upper is None or math.isnan(upper) else upper
    outside = values[(values < low) | (values > high)]
    if len(outside):
        raise ValueError(f"outside the bounds {low} to {high}: {outside.tolist()}")
    unit = 10.0 ** max(_FINEST, min(0, *map(last_digit, values)))
    if math.isinf(low) and math.isinf(high):
        return Scale(to=lambda x: x, back=lambda z: z, unit=unit)
    width = high - low
    if math.isfinite(width):
        margin = min(max(unit / 2 / width, 1e-4), 0.25)
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
