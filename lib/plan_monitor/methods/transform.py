"""Scales on which a bounded figure can move freely: logit between two bounds, log above or below one."""

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
    increasing: bool = True


def scale_for(values: np.ndarray, lower: float | None = None, upper: float | None = None) -> Scale:
    """Scale for figures with these bounds.

    A figure printed on its bound (a rate of 100 %) stands for any that rounds to it; it is read as half
    a unit of the last printed decimal away from the bound (99.95 where figures have one decimal), and at
    least 1/10 000 of the distance between the bounds (of the mean distance to a single bound).

    Parameters
    ----------
    values : array
        Figures to come, which also show how finely they are printed.
    lower, upper : float, optional
        Smallest and largest possible value; None or NaN where there is none.

    Returns
    -------
    Scale

    Raises
    ------
    ValueError
        If a figure lies outside the bounds.

    Examples
    --------
    >>> rate = scale_for(np.array([97.5, 100.0]), 0, 100)
    >>> rate.back(rate.to(np.array([97.5, 100.0]))).round(6).tolist()
    [97.5, 99.95]
    """
    low = -math.inf if lower is None or math.isnan(lower) else lower
    high = math.inf if upper is None or math.isnan(upper) else upper
    outside = values[(values < low) | (values > high)]
    if len(outside):
        raise ValueError(f"outside the bounds {low} to {high}: {outside.tolist()}")

    half_unit = 0.5 * 10.0 ** max(_FINEST, min(0, *map(last_digit, values)))
    if math.isinf(low) and math.isinf(high):
        return Scale(to=lambda x: x, back=lambda z: z)
    if not math.isinf(low) and not math.isinf(high):
        width = high - low
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
