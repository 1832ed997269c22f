"""Composite indices: entropy weights, TOPSIS ranking, and how well several systems develop together."""

import numpy as np
import pandas as pd
from pymcdm.methods import TOPSIS
from pymcdm.normalizations import minmax_normalization
from pymcdm.weights import critic_weights
from scipy.stats import entropy

WEIGHTINGS = ("entropy", "equal", "critic")
# the ten grades in use in the field: upper end of each, and its name
GRADES = (
    *("extreme_disorder", "severe_disorder", "moderate_disorder", "mild_disorder", "near_disorder"),
    *("barely_coordinated", "primary_coordination", "intermediate_coordination"),
    *("good_coordination", "superior_coordination"),
)


def scale(values: pd.DataFrame, directions: pd.Series) -> pd.DataFrame:
    """Figures of different units on one scale: 0 the worst of the rows, 1 the best.

    .. math:: z = \\frac{x - \\min x}{\\max x - \\min x} \\text{ (up)}, \\quad
              z = \\frac{\\max x - x}{\\max x - \\min x} \\text{ (down)}

    Parameters
    ----------
    values : DataFrame
        One row an alternative (a year, a region), one column an indicator, nothing missing.
    directions : Series
        Indicator → up or down.

    Returns
    -------
    DataFrame
        Same shape, no unit. An indicator that is the same in all rows is 1 in all of them.

    Raises
    ------
    ValueError
        If a figure is missing, there are fewer than two rows, or a direction is neither up nor down.

    Examples
    --------
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
    """Weights of indicators by how much their figures differ between the rows (Shannon entropy).

    .. math:: w_j = \\frac{1 - e_j}{\\sum_k (1 - e_k)}, \\quad
              e_j = -\\frac{1}{\\ln m} \\sum_i p_{ij} \\ln p_{ij}, \\quad
              p_{ij} = \\frac{z_{ij}}{\\sum_i z_{ij}}

    with :math:`0 \\ln 0 = 0`. pymcdm's function of the same name is the same formula, but gives an indicator
    with a single zero (as every min–max scale has) an entropy that is not its own; so this is SciPy's.

    Parameters
    ----------
    scaled : DataFrame
        One row an alternative, one column an indicator, no figure below zero; as of ``scale``.

    Returns
    -------
    Series
        Indicator → weight; they add up to 1. An indicator that is the same in all rows weighs nothing;
        where all are, they weigh the same.

    Raises
    ------
    ValueError
        If a figure is negative or missing, an indicator is zero throughout, or there is only one row.

    Notes
    -----
    Source: Shannon (1948), *A mathematical theory of communication*; as weights: Zeleny (1982), *Multiple
    criteria decision making*.

    Examples
    --------
    >>> entropy_weights(pd.DataFrame({"a": [0.0, 1.0], "b": [0.5, 0.5], "c": [1.0, 3.0]})).round(3).to_dict()
    {'a': 0.841, 'b': 0.0, 'c': 0.159}
    """
    figures = scaled.to_numpy(dtype=float)
    if len(figures) < 2:
        raise ValueError("entropy weights need at least two rows")
    if np.isnan(figures).any() or (figures < 0).any() or (figures.sum(axis=0) == 0).any():
        raise ValueError("entropy weights need figures of at least zero, and one above it in each column")
    spread = np.clip(1 - entropy(figures, axis=0) / np.log(len(figures)), 0, None)
    spread[spread < 1e-12] = 0.0  # floating-point noise of figures that are all the same
    weights = spread / spread.sum() if spread.any() else np.full(len(spread), 1 / len(spread))
    return pd.Series(weights, index=scaled.columns, name="weight")


def weigh(scaled: pd.DataFrame, weighting: str) -> pd.Series:
    """Weights of indicators by one of three conventions, to see how much the answer hangs on the choice.

    Parameters
    ----------
    scaled : DataFrame
        As for ``entropy_weights``.
    weighting : str
        ``entropy``; ``equal``; or ``critic``: spread times disagreement with the other indicators
        (Diakoulaki, Mavrotas and Papayannakis 1995).

    Raises
    ------
    ValueError
        If the weighting is unknown.

    Examples
    --------
    >>> weigh(pd.DataFrame({"a": [0.0, 1.0, 0.2], "b": [1.0, 0.0, 0.5]}), "equal").to_dict()
    {'a': 0.5, 'b': 0.5}
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
    """Weights of the indicators of several systems, set within each: those of a system add up to 1.

    Parameters
    ----------
    scaled : DataFrame
        As of ``scale``.
    systems : Series
        Indicator → system.
    weighting : str
        As for ``weigh``.

    Examples
    --------
    >>> figures = pd.DataFrame({"a": [0.0, 1.0], "b": [0.5, 1.0], "c": [1.0, 0.0]})
    >>> system_weights(figures, pd.Series({"a": "one", "b": "one", "c": "two"}), "equal").to_dict()
    {'a': 0.5, 'b': 0.5, 'c': 1.0}
    """
    groups = systems.groupby(systems, sort=False).groups.values()
    return pd.concat([weigh(scaled[list(names)], weighting) for names in groups])


def indices(scaled: pd.DataFrame, systems: pd.Series, weighting: str) -> pd.DataFrame:
    """One index for each system: the weighted mean of its indicators, weights set within the system.

    Parameters
    ----------
    scaled, systems, weighting
        As for ``system_weights``.

    Returns
    -------
    DataFrame
        One column a system, 0 to 1, in the order of ``systems``.

    Examples
    --------
    >>> figures = pd.DataFrame({"a": [0.0, 1.0], "b": [0.5, 1.0], "c": [1.0, 0.0]})
    >>> indices(figures, pd.Series({"a": "one", "b": "one", "c": "two"}), "equal").values.tolist()
    [[0.25, 1.0], [1.0, 0.0]]
    """
    weighed = scaled[systems.index] * system_weights(scaled, systems, weighting)
    return weighed.T.groupby(systems, sort=False).sum().T


def topsis(values: pd.DataFrame, directions: pd.Series, weights: pd.Series) -> pd.DataFrame:
    """Rank of years or regions by closeness to the best of all figures and distance from the worst.

    .. math:: C_i = \\frac{d_i^-}{d_i^+ + d_i^-}

    Parameters
    ----------
    values, directions
        As for ``scale``.
    weights : Series
        Indicator → weight.

    Returns
    -------
    DataFrame
        Columns closeness (0 to 1) and rank (1 the best; equals share the better one), index of `values`.

    Notes
    -----
    Source: Hwang and Yoon (1981), *Multiple attribute decision making*; computed by pymcdm on the
    min–max scale.

    Examples
    --------
    >>> values = pd.DataFrame({"rate": [91.0, 93.0, 95.0], "ratio": [2.5, 2.4, 2.0]})
    >>> sides = pd.Series({"rate": "up", "ratio": "down"})
    >>> topsis(values, sides, pd.Series({"rate": 0.5, "ratio": 0.5})).round(2).values.tolist()
    [[0.0, 3.0], [0.36, 2.0], [1.0, 1.0]]
    """
    scaled = scale(values, directions)
    method = TOPSIS(normalization_function=lambda column, cost: column)
    kinds = np.ones(scaled.shape[1])  # all point up on the scale
    weighed = weights.reindex(scaled.columns).to_numpy(dtype=float)
    closeness = method(scaled.to_numpy(), weighed, kinds, validation=False)
    ranked = pd.DataFrame({"closeness": closeness}, index=values.index)
    return ranked.assign(rank=ranked["closeness"].round(9).rank(ascending=False, method="min"))


def coupling(systems: pd.DataFrame, weights: pd.Series | None = None) -> pd.DataFrame:
    """How strongly several systems move together (C), how far they are (T), and both in one (D).

    .. math:: C = \\frac{n \\left( \\prod U_i \\right)^{1/n}}{\\sum U_i}, \\quad T = \\sum w_i U_i, \\quad
              D = \\sqrt{C\\,T}

    Parameters
    ----------
    systems : DataFrame
        One row an alternative, one column an index of a system, each 0 to 1; at least two columns.
    weights : Series, optional
        System → weight; equal unless given. They must add up to 1.

    Returns
    -------
    DataFrame
        Columns coupling (C), development (T), coordination (D), each 0 to 1, and grade (one of ``GRADES``).
        Where all indices are zero, C is 0.

    Raises
    ------
    ValueError
        If there are fewer than two systems, an index is missing or outside 0 to 1, or the weights do not
        fit.

    Notes
    -----
    Sources: 廖重斌 (1999), 热带地理 19(2) (degree and ten grades); 丛晓男 (2019), 经济地理 39(4) (the form of
    C for n systems that runs from 0 to 1).

    Examples
    --------
    >>> found = coupling(pd.DataFrame({"a": [0.0, 0.5, 0.9], "b": [0.4, 0.5, 0.6]}))
    >>> found.round(3)[["coupling", "coordination", "grade"]].values.tolist()[1:]
    [[1.0, 0.707, 'intermediate_coordination'], [0.98, 0.857, 'good_coordination']]
    """
    figures = systems.to_numpy(dtype=float)
    number = figures.shape[1]
    if number < 2:
        raise ValueError("coupling needs at least two systems")
    if np.isnan(figures).any() or (figures < 0).any() or (figures > 1).any():
        raise ValueError("expected indices between 0 and 1, none missing")
    equal = pd.Series(1 / number, index=systems.columns)
    shares = equal if weights is None else weights.reindex(systems.columns)
    if shares.isna().any() or (shares < 0).any() or not np.isclose(shares.sum(), 1):
        raise ValueError("expected a weight for each system, together 1")
    total = figures.sum(axis=1)
    together = np.divide(
        number * figures.prod(axis=1) ** (1 / number), total, out=np.zeros(len(figures)), where=total > 0
    )
    developed = figures @ shares.to_numpy(dtype=float)
    degree = np.sqrt(np.clip(together, 0, 1) * developed)
    found = pd.DataFrame({"coupling": together, "development": developed, "coordination": degree})
    return found.set_index(systems.index).assign(grade=[grade(d) for d in degree])


def sensitivity(scaled: pd.DataFrame, systems: pd.Series) -> pd.DataFrame:
    """Coordination degree of each row under every weighting: how much of it is the choice of weights.

    Parameters
    ----------
    scaled, systems
        As for ``indices``.

    Returns
    -------
    DataFrame
        One column for each of ``WEIGHTINGS``.
    """
    return pd.DataFrame(
        {name: coupling(indices(scaled, systems, name))["coordination"] for name in WEIGHTINGS}
    )


def without_each(scaled: pd.DataFrame, systems: pd.Series, weighting: str) -> pd.DataFrame:
    """Coordination degree of each row with one indicator left out at a time.

    Parameters
    ----------
    scaled, systems, weighting
        As for ``indices``.

    Returns
    -------
    DataFrame
        One column an indicator left out. The only indicator of a system cannot be, and has none.

    Examples
    --------
    >>> figures = pd.DataFrame({"a": [0.0, 1.0], "b": [0.5, 1.0], "c": [1.0, 0.5]})
    >>> found = without_each(figures, pd.Series({"a": "one", "b": "one", "c": "two"}), "equal")
    >>> found.round(3).to_dict("list")
    {'a': [0.841, 0.841], 'b': [0.0, 0.841]}
    """
    spare = [name for name in systems.index if (systems == systems[name]).sum() > 1]
    return pd.DataFrame(
        {name: coupling(indices(scaled, systems.drop(name), weighting))["coordination"] for name in spare}
    )


def largest_table(figures: pd.DataFrame, rows: int = 3, columns: int = 2) -> pd.DataFrame:
    """The largest complete table of regions × indicators that one year's figures give.

    Parameters
    ----------
    figures : DataFrame
        Columns region, indicator, period, value; one figure a region, indicator and period.
    rows, columns : int
        Regions and indicators it must have at least.

    Returns
    -------
    DataFrame
        Index region, one column an indicator, no figure missing; its ``attrs["period"]`` is the year, the
        latest of those that give a table so large. Empty where none does.

    Examples
    --------
    >>> found = [(r, i, "2019", 1.0) for r in "ABC" for i in "xy"] + [("A", "x", "2020", 2.0)]
    >>> table = largest_table(pd.DataFrame(found, columns=["region", "indicator", "period", "value"]))
    >>> table.shape, table.attrs
    ((3, 2), {'period': '2019'})
    """
    best = pd.DataFrame()
    for period, part in sorted(figures.groupby("period"), reverse=True):
        wide = part.pivot(index="region", columns="indicator", values="value")
        for most in sorted(set(wide.notna().sum()), reverse=True):
            shared = wide[wide.columns[wide.notna().sum() >= most]].dropna()
            if shared.shape[0] >= rows and shared.shape[1] >= columns and shared.size > best.size:
                best = shared
                best.attrs["period"] = period
    return best


def grade(degree: float) -> str:
    """The usual grade of a coordination degree: ten steps of 0.1, each including its lower end.

    >>> grade(0.0), grade(0.59), grade(0.6), grade(1.0)
    ('extreme_disorder', 'barely_coordinated', 'primary_coordination', 'superior_coordination')
    """
    return GRADES[min(int(round(degree * 10, 9)), len(GRADES) - 1)]
