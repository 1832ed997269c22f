"""The cheapest way to bring one difference coefficient below its limit: raise the poorest to one level.

Each function takes the schools' totals, their pupils (positive) and the largest coefficient (positive).
Adding a unit anywhere costs the same, so it is best added where the figure per pupil is lowest. The cheapest
additions therefore lift every school below some level τ to that level and leave the others alone. (From the
Karush-Kuhn-Tucker conditions of min Σaᵢ subject to S ≤ L·X̄, a ≥ 0: where aᵢ > 0, the derivative of S − L·X̄,
which is ((xᵢ + aᵢ)/Pᵢ − X̄)/S − L but for a factor, is the same for all schools.)
"""

import numpy as np
from scipy.optimize import brentq


def excess(totals: np.ndarray, students: np.ndarray, limit: float) -> float:
    """How far the deviation exceeds what the limit allows, S − L·X̄; at most 0 where the limit is kept."""
    pupils = students.sum()
    mean = totals.sum() / pupils
    return np.sqrt((students * (totals / students - mean) ** 2).sum() / pupils) - limit * mean


def level(totals: np.ndarray, students: np.ndarray, limit: float) -> float | None:
    """The figure per pupil to which the poorest schools are raised; None where the limit is kept already.

    >>> round(level(np.array([10.0, 40.0]), np.array([10.0, 10.0]), 0.5), 3)
    1.333
    """
    figures = totals / students
    if excess(totals, students, limit) <= 0:
        return None

    def above(height: float) -> float:
        return excess(totals.clip(min=students * height), students, limit)

    return brentq(above, figures.min(), figures.max(), xtol=1e-13 * figures.max())


def whole_units(totals: np.ndarray, students: np.ndarray, limit: float, height: float) -> np.ndarray:
    """Whole units to add: up to the level, rounded down, then one by one where each helps most.

    >>> whole_units(np.array([10.0, 40.0]), np.array([10.0, 10.0]), 0.5, 4 / 3)
    array([4., 0.])
    """
    added = np.floor(students * height - totals + 1e-9).clip(min=0)
    while excess(totals + added, students, limit) > 0:
        # the mean is the same wherever one more is added; Σz²/P, and so the deviation, grows least here
        added[np.argmin((2 * (totals + added) + 1) / students)] += 1
    return added


def tangent(totals: np.ndarray, students: np.ndarray, limit: float, height: float) -> np.ndarray:
    """Weights g for which Σgᵢ·zᵢ ≤ 0 holds for all totals z within the limit, and is tight at the level.

    S − L·X̄ is convex in the totals and homogeneous, so its linearization at the cheapest point is a valid
    cut, and by the conditions above one that allows nothing cheaper.
    """
    have = totals.clip(min=students * height)
    mean = have.sum() / students.sum()
    deviation = excess(have, students, limit) + limit * mean
    weights = (have / students - mean) / deviation - limit
    return weights / np.abs(weights).max()
