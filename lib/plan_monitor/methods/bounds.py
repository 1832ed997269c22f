"""Bounds that hold in theory, and that floating-point arithmetic misses by its last digits."""

import numpy as np
from numpy.typing import ArrayLike

from reportkit.decimals import NOISE


def within(figures: ArrayLike, low: float = 0.0, high: float = np.inf) -> np.ndarray:
    """Figures clipped to bounds that they may miss by floating-point noise, and by nothing more.

    Parameters
    ----------
    figures : array-like
        Shares, weights or indices, of the order of 1.
    low, high : float

    Raises
    ------
    ValueError
        If a figure is missing, or outside by more than noise.

    Examples
    --------
    >>> within([0.1 + 0.2 + 0.7, -1e-17], 0, 1).tolist()
    [1.0, 0.0]
    """
    result = np.asarray(figures, dtype=float)
    if not ((result >= low - NOISE) & (result <= high + NOISE)).all():
        raise ValueError(f"expected figures from {low:g} to {high:g}, none missing")
    return np.clip(result, low, high)
