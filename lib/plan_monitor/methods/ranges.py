"""The limits within which a figure lies: by how it was rounded for print, and by its bounds in theory."""

import math
from collections.abc import Callable, Sequence
from itertools import product
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from reportkit.decimals import NOISE, last_digit

# units of single things: a number of them is exact, whatever its last digit
COUNTED = frozenset({"个", "户", "人", "项", "所", "名", "家", "件", "村", "个县", "个县市"})


class Side(NamedTuple):
    """A value, and the least and the most it may be, given how its figures were rounded."""

    value: float
    low: float
    high: float


def verdict(left: Side, relation: str, right: Side) -> str:
    """Whether a relation holds between two computed or printed values: ``holds``, or ``contradicts``.

    ``rounding`` where it can hold given how the figures were rounded, ``unknown`` where one is NaN.

    >>> verdict(Side(9.0, 8.9, 9.1), "=", Side(9.15, 9.05, 9.25)), verdict(Side(3, 3, 3), ">", Side(3, 3, 3))
    ('rounding', 'contradicts')
    """
    if math.isnan(left.value) or math.isnan(right.value):
        return "unknown"
    rounds = right.low - NOISE <= left.value <= right.high + NOISE  # left rounds to right
    if relation == "=":
        overlap = left.low < right.high - NOISE and right.low < left.high - NOISE
        return "holds" if rounds else "rounding" if overlap else "contradicts"
    if relation == "!=":
        return "contradicts" if rounds else "holds"
    more = relation.startswith(">")
    if abs(left.value - right.value) <= NOISE:  # 0.1 + 0.2 is no more than 0.3, and no less
        holds = relation.endswith("=")
    else:
        holds = (left.value > right.value) == more
    room = left.high - right.low if more else right.high - left.low
    return "holds" if holds else "rounding" if room > NOISE else "contradicts"


def printed_range(value: float, unit: str, decimals: int = 0) -> tuple[float, float]:
    """What a printed figure may have been before it was rounded; a count of single things is exact.

    Zeros at the end of a figure are not stored, so the range may be wider than the print was, unless
    `decimals` says how many it had at least.

    >>> printed_range(33.38, "万人"), printed_range(644.0, "个"), printed_range(15.0, "年", 2)
    ((33.375, 33.385), (644.0, 644.0), (14.995, 15.005))
    """
    if unit in COUNTED:
        return value, value
    digit = min(last_digit(value), -decimals)
    # half a unit of the last decimal has one more; a computed figure has seventeen, and noise in them
    half, places = 10.0**digit / 2, min(1 - digit, 9)
    return round(value - half, places), round(value + half, places)


def span(compute: Callable[..., float], ranges: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The least and the most that something computed of printed figures can be.

    Exact where it rises or falls in each figure all the way, as quotients of positive figures do: then it is
    largest and smallest where each figure is at an end of its range (Moore, Kearfott and Cloud, *Introduction
    to Interval Analysis*, 2009, section 5.1). `compute` takes one number for each of a few `ranges` (of
    ``printed_range``): all combinations of their ends are tried.

    >>> low, high = span(lambda part, whole: 100 * part / whole, [(33.375, 33.385), (20.925, 20.935)])
    >>> round(low, 2), round(high, 2)
    (159.42, 159.55)
    """
    results = [compute(*ends) for ends in product(*ranges)]
    return min(results), max(results)


def within(figures: ArrayLike, low: float = 0.0, high: float = np.inf) -> np.ndarray:
    """Figures of the order of 1, clipped to bounds that they may miss by floating-point noise alone.

    Raises ValueError where one is missing, or outside by more.

    >>> within([0.1 + 0.2 + 0.7, -1e-17], 0, 1).tolist()
    [1.0, 0.0]
    """
    result = np.asarray(figures, dtype=float)
    if not ((result >= low - NOISE) & (result <= high + NOISE)).all():
        raise ValueError(f"expected figures from {low:g} to {high:g}, none missing")
    return np.clip(result, low, high)
