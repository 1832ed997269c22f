"""How much a coordination degree depends on the weights, on single indicators and on chance."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from plan_monitor.coupling.composite import (
    WEIGHTINGS,
    coupling,
    indices,
    obstacles,
    system_weights,
    weighed,
)
from reportkit.decimals import NOISE

_DRAWS, _SEED = 10_000, 20251231  # of the null model; the same draws every time


def sensitivity(scaled: pd.DataFrame, systems: pd.Series) -> pd.DataFrame:
    """Coordination degree of each row under every weighting, to see how much depends on the weights.

    A column for each of ``composite.WEIGHTINGS`` under which all systems have weights.
    """
    usable = [name for name in WEIGHTINGS if not obstacles(scaled, systems, name)]
    return pd.DataFrame({name: coupling(indices(scaled, systems, name))["coordination"] for name in usable})


def without_each(scaled: pd.DataFrame, systems: pd.Series, weighting: str) -> pd.DataFrame:
    """Coordination degree of each row with one indicator left out at a time: a column each.

    There is no column for the only indicator of a system, nor for one without which the others of its system
    have no weights (``composite.obstacle``).

    >>> figures = pd.DataFrame({"a": [0.0, 1.0], "b": [0.5, 1.0], "c": [1.0, 0.5]})
    >>> degrees = without_each(figures, pd.Series({"a": "one", "b": "one", "c": "two"}), "equal")
    >>> degrees.round(3).to_dict("list")
    {'a': [0.841, 0.841], 'b': [0.0, 0.841]}
    """
    spare = [name for name in systems.index if (systems == systems[name]).sum() > 1]
    rest = {name: systems.drop(name) for name in spare}
    return pd.DataFrame(
        {
            name: coupling(indices(scaled, others, weighting))["coordination"]
            for name, others in rest.items()
            if not obstacles(scaled, others, weighting)
        }
    )


class Chance(NamedTuple):
    """Coordination degrees of the last row where nothing links the indicators.

    `rising` is that of indicators in rising order: 1, whatever the figures are; `shuffled` those of
    indicators in random order, one a draw.
    """

    rising: float
    shuffled: pd.Series

    def reached(self, degree: float) -> float:
        """Share of the draws that are no lower than a degree."""
        return float((self.shuffled >= degree - NOISE).mean())


def by_chance(scaled: pd.DataFrame, systems: pd.Series, weighting: str) -> Chance:
    """The null model of a coordination degree: the same figures, but each indicator for itself.

    A degree that independent indicators also reach says nothing of how the systems influence each other.
    Scaled within the rows, indicators that improve from row to row end at 1, and so does their degree,
    whether they are linked or not. At most, a degree differs from that of figures in random order.

    The weights are kept: those by entropy, like equal ones, are the same in any order. A permutation test
    (Good 2005, *Permutation, parametric and bootstrap tests of hypotheses*): the last row of indicators in
    random order is one figure of each, drawn on its own.

    >>> figures = pd.DataFrame({"a": [0.0, 0.4, 1.0], "b": [1.0, 0.3, 0.0]})
    >>> null = by_chance(figures, pd.Series({"a": "one", "b": "two"}), "equal")
    >>> null.rising, round(float((null.shuffled == 1).mean()), 1)  # one of nine pairs
    (1.0, 0.1)
    """
    random = np.random.default_rng(_SEED)
    weights = system_weights(scaled, systems, weighting)
    best = scaled.max().to_frame().T
    drawn = pd.DataFrame({name: random.choice(column, _DRAWS) for name, column in scaled.items()})
    degrees = [coupling(weighed(rows, systems, weights))["coordination"] for rows in (best, drawn)]
    return Chance(float(degrees[0].iloc[0]), degrees[1])
