"""How unequally an income is spread: Gini coefficient, and Theil index between and within groups."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from plan_monitor.methods.ranges import within


class Theil(NamedTuple):
    """A Theil index and its two parts, which add up to it."""

    total: float
    between: float
    within: float


def _checked(values: pd.Series, weights: pd.Series | None) -> tuple[np.ndarray, np.ndarray]:
    """Shares of the largest figure, and weights; a ValueError where they cannot have an inequality."""
    figures = np.asarray(values, dtype=float)
    weight = np.ones(len(figures)) if weights is None else np.asarray(weights, dtype=float)
    if len(weight) != len(figures) or not (weight > 0).all():
        raise ValueError("expected a weight above zero for each figure")
    if not (figures >= 0).all() or not (figures > 0).any():
        raise ValueError("expected figures of at least zero, none missing and not all of them zero")
    return figures / figures.max(), weight  # scaled, as the smallest floating-point numbers have no half


def gini(values: pd.Series, weights: pd.Series | None = None) -> float:
    """Gini coefficient: 0 where all have the same, towards 1 where one has everything.

    .. math:: G = \\frac{\\sum_i \\sum_j w_i w_j |y_i - y_j|}{2 \\left( \\sum_i w_i \\right)^2 \\bar y}

    `values` are incomes per head, say; `weights` how many persons each stands for, one unless given. Raises
    ValueError if a figure is missing or negative, all are zero, or a weight is not above zero. Source: Gini
    (1912); computed from the sorted figures, so that a million figures take only a moment.

    >>> round(gini(pd.Series([1.0, 1.0, 4.0])), 4)
    0.3333
    """
    figures, weight = _checked(values, weights)
    order = np.argsort(figures, kind="stable")
    figures, weight = figures[order], weight[order]
    below = np.cumsum(weight) - weight / 2  # persons up to the middle of each figure's own
    total = weight.sum()
    result = 2 * np.sum(weight * below * figures) / (total * np.sum(weight * figures)) - 1
    return float(within(result, 0, 1))


def theil(values: pd.Series, groups: pd.Series | None = None, weights: pd.Series | None = None) -> Theil:
    """Theil index T, and how much of it lies between groups and how much within them.

    .. math:: T = \\sum_i s_i \\ln \\frac{s_i}{p_i}, \\quad T_{between} = \\sum_g S_g \\ln \\frac{S_g}{P_g}

    with :math:`s_i` the share of all income and :math:`p_i` that of all persons, :math:`S_g, P_g` those of a
    group; :math:`0 \\ln 0 = 0`. `values` and `weights` as for ``gini``; `groups` names that of each figure,
    one group unless given. Raises ValueError as ``gini``, or if a group is missing. Source: Theil (1967),
    *Economics and information theory*.

    >>> parts = theil(pd.Series([1.0, 1.0, 4.0, 4.0]), pd.Series(["a", "a", "b", "b"]))
    >>> [round(part, 4) for part in parts]
    [0.1927, 0.1927, 0.0]
    """
    figures, weight = _checked(values, weights)
    income, persons = figures * weight / np.sum(figures * weight), weight / weight.sum()
    total = _divergence(income, persons)
    if groups is None:
        return Theil(total, 0.0, total)
    shares = pd.DataFrame({"income": income, "persons": persons, "group": np.asarray(groups, dtype=object)})
    if shares["group"].isna().any():
        raise ValueError("expected a group for each figure")
    sums = shares.groupby("group")[["income", "persons"]].sum()
    between = _divergence(sums["income"].to_numpy(), sums["persons"].to_numpy())
    return Theil(total, between, float(within(total - between)))


def _divergence(income: np.ndarray, persons: np.ndarray) -> float:
    positive = income > 0
    return float(within(np.sum(income[positive] * np.log(income[positive] / persons[positive]))))
