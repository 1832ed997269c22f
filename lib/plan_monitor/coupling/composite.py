"""Composite indices of several systems: scale, weights, and how well the systems develop together."""

import numpy as np
import pandas as pd
from pymcdm.normalizations import minmax_normalization
from pymcdm.weights import critic_weights
from scipy.stats import entropy

from plan_monitor.methods.ranges import within

WEIGHTINGS = ("entropy", "equal", "critic")


def scale(values: pd.DataFrame, directions: pd.Series) -> pd.DataFrame:
    """Figures of different units on one scale: 0 the worst of the rows, 1 the best.

    .. math:: z = \\frac{x - \\min x}{\\max x - \\min x} \\text{ (up)}, \\quad
              z = \\frac{\\max x - x}{\\max x - \\min x} \\text{ (down)}

    `values` has one row an alternative (a year, a region) and one column an indicator, `directions` is up or
    down by indicator. Of the same shape, without a unit; an indicator that is the same in all rows is 1 in
    all of them. Raises ValueError if a figure is missing, there are fewer than two rows, or a direction is
    neither up nor down.

    >>> values = pd.DataFrame({"rate": [91.0, 93.0, 95.0], "ratio": [2.5, 2.4, 2.0]})
    >>> scale(values, pd.Series({"rate": "up", "ratio": "down"})).round(2).values.tolist()
    [[0.0, 0.0], [0.5, 0.2], [1.0, 1.0]]
    """
    if values.isna().any(axis=None) or len(values) < 2:
        raise ValueError("expected at least two rows without a missing figure")
    sides = directions.reindex(values.columns)
    if not sides.isin(["up", "down"]).all():
        raise ValueError(f"expected up or down: {sides[~sides.isin(['up', 'down'])].to_dict()}")
    scaled = {
        name: minmax_normalization(column.to_numpy(dtype=float), cost=sides[name] == "down")
        for name, column in values.items()
    }
    return pd.DataFrame(scaled, index=values.index)


def entropy_weights(scaled: pd.DataFrame) -> pd.Series:
    """Weights of indicators, together 1, by how much their figures differ between the rows (Shannon entropy).

    .. math:: w_j = \\frac{1 - e_j}{\\sum_k (1 - e_k)}, \\quad
              e_j = -\\frac{1}{\\ln m} \\sum_i p_{ij} \\ln p_{ij}, \\quad
              p_{ij} = \\frac{z_{ij}}{\\sum_i z_{ij}}

    with :math:`0 \\ln 0 = 0`. pymcdm's function of the same name is the same formula, but gives an indicator
    with a single zero (as every min–max scale has) an entropy that is not its own; so this is SciPy's. An
    indicator that is the same in all rows weighs nothing; where all are, they weigh the same. Raises
    ValueError if a figure is negative or missing, an indicator is zero throughout, or there is only one row.
    Sources: Shannon (1948), *A mathematical theory of communication*; as weights: Zeleny (1982), *Multiple
    criteria decision making*.

    >>> entropy_weights(pd.DataFrame({"a": [0.0, 1.0], "b": [0.5, 0.5], "c": [1.0, 3.0]})).round(3).to_dict()
    {'a': 0.841, 'b': 0.0, 'c': 0.159}
    """
    if len(scaled) < 2:
        raise ValueError("entropy weights need at least two rows")
    figures = within(scaled)
    if (figures.sum(axis=0) == 0).any():
        raise ValueError("entropy weights need a figure above zero in each column")
    spread = within(1 - entropy(figures, axis=0) / np.log(len(figures)), 0, 1)
    spread[spread < 1e-12] = 0.0  # floating-point noise of figures that are all the same
    weights = spread / spread.sum() if spread.any() else np.full(len(spread), 1 / len(spread))
    return pd.Series(weights, index=scaled.columns, name="weight")


def weigh(scaled: pd.DataFrame, weighting: str) -> pd.Series:
    """Weights of indicators by one of three conventions, to see how much the answer hangs on the choice.

    ``entropy`` as above; ``equal``; or ``critic``: spread times disagreement with the other indicators
    (Diakoulaki, Mavrotas and Papayannakis 1995). Raises ValueError if the weighting is unknown.
    """
    if weighting not in WEIGHTINGS:
        raise ValueError(f"unknown weighting {weighting!r}; known: {', '.join(WEIGHTINGS)}")
    if weighting == "entropy":
        return entropy_weights(scaled)
    varies = scaled.columns[scaled.nunique() > 1]
    if weighting == "critic" and len(varies) > 1:
        with np.errstate(invalid="ignore"):  # indicators in perfect agreement have none
            weights = pd.Series(critic_weights(scaled[varies].to_numpy(dtype=float)), index=varies)
        if weights.notna().all():
            return weights.reindex(scaled.columns, fill_value=0.0).rename("weight")
    return pd.Series(1 / scaled.shape[1], index=scaled.columns, name="weight")


def system_weights(scaled: pd.DataFrame, systems: pd.Series, weighting: str) -> pd.Series:
    """Weights (of ``weigh``) of the indicators of several systems: those of a system add up to 1.

    >>> figures = pd.DataFrame({"a": [0.0, 1.0], "b": [0.5, 1.0], "c": [1.0, 0.0]})
    >>> system_weights(figures, pd.Series({"a": "one", "b": "one", "c": "two"}), "equal").to_dict()
    {'a': 0.5, 'b': 0.5, 'c': 1.0}
    """
    groups = systems.groupby(systems, sort=False).groups.values()
    return pd.concat([weigh(scaled[list(names)], weighting) for names in groups])


def indices(scaled: pd.DataFrame, systems: pd.Series, weighting: str) -> pd.DataFrame:
    """One index (0 to 1) for each system, in their order: the mean weighed as ``system_weights`` says.

    >>> figures = pd.DataFrame({"a": [0.0, 1.0], "b": [0.5, 1.0], "c": [1.0, 0.0]})
    >>> indices(figures, pd.Series({"a": "one", "b": "one", "c": "two"}), "equal").values.tolist()
    [[0.25, 1.0], [1.0, 0.0]]
    """
    return weighed(scaled, systems, system_weights(scaled, systems, weighting))


def weighed(scaled: pd.DataFrame, systems: pd.Series, weights: pd.Series) -> pd.DataFrame:
    """As ``indices``, by weights that are given and add up to 1 within each system."""
    added = (scaled[systems.index] * weights).T.groupby(systems, sort=False).sum().T
    return pd.DataFrame(within(added, 0, 1), index=added.index, columns=added.columns)


def coupling(systems: pd.DataFrame) -> pd.DataFrame:
    """How strongly several systems move together (C), how far they are (T), and both in one (D).

    .. math:: C = \\frac{n \\left( \\prod U_i \\right)^{1/n}}{\\sum U_i}, \\quad
              T = \\frac{1}{n} \\sum U_i, \\quad D = \\sqrt{C\\,T}

    `systems` has one row an alternative and one column an index of a system, each 0 to 1, at least two.
    Columns coupling (C), development (T) and coordination (D), each 0 to 1; where all indices are zero, C is
    0. The ten grades in use in the field are not given: ``robustness.by_chance`` shows that figures without
    any link get the higher ones. Raises ValueError if there are fewer than two systems, or an index is
    missing or outside 0 to 1.

    Sources: 廖重斌 (1999), 热带地理 19(2) (the degree); 丛晓男 (2019), 经济地理 39(4) (the form of C for n
    systems that runs from 0 to 1).

    >>> degrees = coupling(pd.DataFrame({"a": [0.0, 0.5, 0.9], "b": [0.4, 0.5, 0.6]}))
    >>> degrees.round(3)[["coupling", "coordination"]].values.tolist()[1:]
    [[1.0, 0.707], [0.98, 0.857]]
    """
    number = systems.shape[1]
    if number < 2:
        raise ValueError("coupling needs at least two systems")
    figures = within(systems, 0, 1)
    total, mean = figures.sum(axis=1), figures.prod(axis=1) ** (1 / number)
    together = np.divide(number * mean, total, out=np.zeros(len(figures)), where=total > 0)
    together, developed = within(together, 0, 1), within(figures @ np.full(number, 1 / number), 0, 1)
    degrees = {"coupling": together, "development": developed, "coordination": np.sqrt(together * developed)}
    return pd.DataFrame(degrees, index=systems.index)
