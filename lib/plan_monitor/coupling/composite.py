"""Composite indices of several systems: scale, weights, and how well the systems develop together."""

import numpy as np
import pandas as pd
from pymcdm.normalizations import minmax_normalization
from pymcdm.weights import critic_weights
from scipy.stats import entropy

from plan_monitor.methods.ranges import within
from reportkit.decimals import NOISE

WEIGHTINGS = ("entropy", "equal", "critic")
_WHY = {
    "same": "no indicator differs between the rows",
    "agree": "all indicators that differ agree perfectly",
}


def scale(values: pd.DataFrame, directions: pd.Series) -> pd.DataFrame:
    """Figures of different units on one scale: 0 the worst of the rows, 1 the best.

    .. math:: z = \\frac{x - \\min x}{\\max x - \\min x} \\text{ (up)}, \\quad
              z = \\frac{\\max x - x}{\\max x - \\min x} \\text{ (down)}

    `values` has one row an alternative (a year, a region) and one column an indicator, `directions` is up or
    down by indicator. Of the same shape, without a unit. The formula has no value for an indicator that is
    the same in all rows: it is 1 in all of them, by convention. Raises ValueError if a figure is missing or
    infinite, there are fewer than two rows, or a direction is neither up nor down.

    >>> values = pd.DataFrame({"rate": [91.0, 93.0, 95.0], "ratio": [2.5, 2.4, 2.0]})
    >>> scale(values, pd.Series({"rate": "up", "ratio": "down"})).round(2).values.tolist()
    [[0.0, 0.0], [0.5, 0.2], [1.0, 1.0]]
    """
    if len(values) < 2:
        raise ValueError(f"expected at least two rows to compare, found {len(values)}")
    _expect(values, np.isfinite(values.to_numpy(dtype=float)), "a figure, none missing")
    sides = directions.reindex(values.columns)
    if not sides.isin(["up", "down"]).all():
        raise ValueError(f"expected up or down: {sides[~sides.isin(['up', 'down'])].to_dict()}")
    scaled = {
        name: minmax_normalization(column.to_numpy(dtype=float), cost=sides[name] == "down")
        for name, column in values.items()
    }
    return pd.DataFrame(scaled, index=values.index)


def _bounded(table: pd.DataFrame) -> pd.DataFrame:
    """Figures from 0 to 1, clipped where they miss that by floating-point noise alone."""
    figures = table.to_numpy(dtype=float)
    _expect(table, (figures >= -NOISE) & (figures <= 1 + NOISE), "a figure from 0 to 1, none missing")
    return pd.DataFrame(figures.clip(0, 1), table.index, table.columns)


def _expect(table: pd.DataFrame, fits: np.ndarray, expected: str) -> None:
    """Raise a ValueError that names the first figure that does not fit, and what was expected."""
    if not fits.all():
        row, column = np.argwhere(~fits)[0]
        place, value = f"{table.columns[column]}, row {table.index[row]}", table.iat[row, column]
        raise ValueError(f"{place}: expected {expected}, found {value}")


def entropy_weights(scaled: pd.DataFrame) -> pd.Series:
    """Weights of indicators, together 1, by how much their figures differ between the rows (Shannon entropy).

    .. math:: w_j = \\frac{1 - e_j}{\\sum_k (1 - e_k)}, \\quad
              e_j = -\\frac{1}{\\ln m} \\sum_i p_{ij} \\ln p_{ij}, \\quad
              p_{ij} = \\frac{z_{ij}}{\\sum_i z_{ij}}

    with :math:`0 \\ln 0 = 0`. `scaled` has figures from 0 to 1. pymcdm's function of the same name is the
    same formula, but refuses a figure of zero, which every min–max scale has; so this is SciPy's. An
    indicator that is the same in all rows weighs nothing. Raises ValueError if all are (the formula is 0
    over 0), a figure is missing or outside 0 to 1, an indicator is zero throughout, or there is only one row.
    Sources: Shannon (1948), *A mathematical theory of communication*; as weights: Zeleny (1982), *Multiple
    criteria decision making*.

    >>> entropy_weights(pd.DataFrame({"a": [0.0, 1.0], "b": [0.5, 0.5], "c": [0.2, 0.6]})).round(3).to_dict()
    {'a': 0.841, 'b': 0.0, 'c': 0.159}
    """
    if len(scaled) < 2:
        raise ValueError(f"entropy weights need at least two rows, found {len(scaled)}")
    figures = _bounded(scaled).to_numpy(dtype=float)
    zero = scaled.columns[figures.sum(axis=0) == 0].tolist()
    if zero:
        raise ValueError(f"entropy weights need a figure above zero in each column: {zero}")
    spread = 1 - entropy(figures, axis=0) / np.log(len(figures))
    spread[spread < 1e-12] = 0.0  # floating-point noise of figures that are all the same
    if not spread.any():
        raise ValueError(f"entropy weights of {scaled.columns.tolist()}: {_WHY['same']}")
    return pd.Series(spread / spread.sum(), index=scaled.columns, name="weight")


def obstacle(scaled: pd.DataFrame, weighting: str) -> str | None:
    """Why the indicators of a table of ``scale`` have no weights, as a code; None if they have weights.

    ``same``: no indicator differs between the rows. The formulas of entropy and CRITIC are 0 over 0, and an
    index by equal weights would be what ``scale`` puts in place of a figure. ``agree``: by ``critic`` only,
    several indicators differ, but all correlations are 1. Then none disagrees with another, and all weigh 0.

    >>> together = pd.DataFrame({"a": [0.0, 0.5, 1.0], "b": [0.0, 0.5, 1.0]})
    >>> obstacle(together, "critic"), obstacle(together, "entropy")
    ('agree', None)
    """
    differ = _differing(scaled)
    if differ.empty:
        return "same"
    if weighting == "critic" and differ.shape[1] > 1 and (differ.corr() > 1 - NOISE).all(axis=None):
        return "agree"
    return None


def _differing(table: pd.DataFrame) -> pd.DataFrame:
    """The indicators that differ between the rows, each from 0 to 1."""
    figures, low, high = table.to_numpy(dtype=float), table.min().to_numpy(), table.max().to_numpy()
    differ = high > low
    scaled = (figures - low)[:, differ] / (high - low)[differ]
    return pd.DataFrame(scaled, table.index, table.columns[differ])


def obstacles(scaled: pd.DataFrame, systems: pd.Series, weighting: str) -> dict[str, str]:
    """The ``obstacle`` of each system of indicators that has one: nothing where all have weights."""
    codes = {name: obstacle(scaled[list(columns)], weighting) for name, columns in _groups(systems).items()}
    return {name: code for name, code in codes.items() if code}


def weigh(scaled: pd.DataFrame, weighting: str) -> pd.Series:
    """Weights of indicators by one of three conventions, to see how much the answer depends on the choice.

    ``entropy`` as above; ``equal``; or ``critic``: spread times disagreement with the other indicators
    (Diakoulaki, Mavrotas and Papayannakis 1995), computed by pymcdm. An indicator that is the same in all
    rows has weight 0 by entropy and CRITIC; if only one differs, it has all the weight. Raises ValueError if
    the weighting is unknown, a figure is missing or outside 0 to 1, or there is an ``obstacle``.
    """
    if weighting not in WEIGHTINGS:
        raise ValueError(f"unknown weighting {weighting!r}; known: {', '.join(WEIGHTINGS)}")
    _bounded(scaled)
    reason = obstacle(scaled, weighting)
    if reason:
        raise ValueError(f"{weighting} weights of {scaled.columns.tolist()}: {_WHY[reason]}")
    if weighting == "entropy":
        return entropy_weights(scaled)
    if weighting == "equal":
        return pd.Series(1 / scaled.shape[1], index=scaled.columns, name="weight")
    differ = _differing(scaled)
    # pymcdm gives NaN to a single one, and to all where one is the same in all rows
    weights = critic_weights(differ.to_numpy(dtype=float)) if differ.shape[1] > 1 else 1.0
    return pd.Series(weights, index=differ.columns, name="weight").reindex(scaled.columns, fill_value=0.0)


def _groups(systems: pd.Series) -> dict[str, pd.Index]:
    return systems.groupby(systems, sort=False).groups


def system_weights(scaled: pd.DataFrame, systems: pd.Series, weighting: str) -> pd.Series:
    """Weights (of ``weigh``) of the indicators of several systems: those of a system add up to 1.

    >>> figures = pd.DataFrame({"a": [0.0, 1.0], "b": [0.5, 1.0], "c": [1.0, 0.0]})
    >>> system_weights(figures, pd.Series({"a": "one", "b": "one", "c": "two"}), "equal").to_dict()
    {'a': 0.5, 'b': 0.5, 'c': 1.0}
    """
    return pd.concat([weigh(scaled[list(columns)], weighting) for columns in _groups(systems).values()])


def indices(scaled: pd.DataFrame, systems: pd.Series, weighting: str) -> pd.DataFrame:
    """One index (0 to 1) for each system, in their order: the mean with weights of ``system_weights``.

    >>> figures = pd.DataFrame({"a": [0.0, 1.0], "b": [0.5, 1.0], "c": [1.0, 0.0]})
    >>> indices(figures, pd.Series({"a": "one", "b": "one", "c": "two"}), "equal").values.tolist()
    [[0.25, 1.0], [1.0, 0.0]]
    """
    return weighed(scaled, systems, system_weights(scaled, systems, weighting))


def weighed(scaled: pd.DataFrame, systems: pd.Series, weights: pd.Series) -> pd.DataFrame:
    """As ``indices``, with given weights.

    Raises ValueError if a figure is missing or outside 0 to 1, if a weight is missing or negative, or if
    those of a system do not add up to 1.
    """
    figures, ordered = scaled[systems.index], weights.reindex(systems.index)
    totals = ordered.groupby(systems).sum()
    if not ((ordered >= 0).all() and (totals - 1).abs().le(NOISE).all()):
        raise ValueError(f"expected weights that add up to 1 in each system: {ordered.to_dict()}")
    added = (_bounded(figures) * ordered).T.groupby(systems, sort=False).sum().T
    return pd.DataFrame(within(added, high=1), index=added.index, columns=added.columns)


def coupling(systems: pd.DataFrame) -> pd.DataFrame:
    """How strongly several systems move together (C), their level of development (T), and both combined (D).

    .. math:: C = \\frac{n \\left( \\prod U_i \\right)^{1/n}}{\\sum U_i}, \\quad
              T = \\frac{1}{n} \\sum U_i, \\quad D = \\sqrt{C\\,T}

    `systems` has one row an alternative and one column an index of a system, each 0 to 1, at least two.
    Columns coupling (C), development (T) and coordination (D), each 0 to 1. Where all indices are zero, C is
    0 over 0 and set to 0; D is 0 in any case. The ten grades in use in the field are not given:
    ``robustness.by_chance`` shows that figures without any link get the higher ones. Raises ValueError if
    there are fewer than two systems, or an index is missing or outside 0 to 1.

    Sources: 廖重斌 (1999), 热带地理 19(2) (the degree); 丛晓男 (2019), 经济地理 39(4) (the form of C for n
    systems that runs from 0 to 1).

    >>> degrees = coupling(pd.DataFrame({"a": [0.0, 0.5, 0.9], "b": [0.4, 0.5, 0.6]}))
    >>> degrees.round(3)[["coupling", "coordination"]].values.tolist()[1:]
    [[1.0, 0.707], [0.98, 0.857]]
    """
    number = systems.shape[1]
    if number < 2:
        raise ValueError("coupling needs at least two systems")
    figures = _bounded(systems).to_numpy(dtype=float)
    total, mean = figures.sum(axis=1), figures.prod(axis=1) ** (1 / number)
    degree = np.divide(number * mean, total, out=np.zeros(len(figures)), where=total > 0)
    degree, development = within(degree, high=1), figures.mean(axis=1)
    degrees = {"coupling": degree, "development": development, "coordination": np.sqrt(degree * development)}
    return pd.DataFrame(degrees, index=systems.index)
