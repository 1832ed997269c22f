"""Pooled variances: how much comparable series usually vary, to support estimates from few observations."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import brentq
from scipy.special import polygamma, psi

_WEIGHT = 3.0  # the prior assumption on how variances differ counts as this many estimates
_DF = 4.0  # and it takes the usual variance to be worth this many degrees of freedom
_MOST = 50.0  # beyond these, the usual variance is as good as known


class Usual(NamedTuple):
    """The usual variance of a group, and the degrees of freedom that it is worth."""

    variance: float
    df: float

    def with_own(self, variance: ArrayLike, df: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
        """Variance and degrees of freedom of members of the group, combined with their own estimates.

        .. math:: \\tilde s^2 = \\frac{d_0 s_0^2 + d s^2}{d_0 + d}
        """
        total = np.add(self.df, df)
        return (self.df * self.variance + np.multiply(variance, df)) / total, total


def usual(variances: ArrayLike, dfs: ArrayLike) -> Usual:
    """The usual variance of a group of estimates, each with its degrees of freedom.

    True variances are taken to be scaled inverse chi-square, so that an estimate follows :math:`s_0^2
    F(d, d_0)`; mean and variance of :math:`\\ln s^2` give both (Smyth 2004, *Statistical Applications in
    Genetics and Molecular Biology* 3(1), section 6.2). Two or three estimates tell little of how much they
    differ, so an assumed :math:`d_0` of four counts as three more estimates. Raises ValueError where there is
    no estimate, or one is not above zero.

    >>> alike = usual([0.9, 1.0, 1.1, 1.0], [8, 8, 8, 8])
    >>> variance, df = alike.with_own(4.0, 2)
    >>> bool(1.0 < variance < 1.7)
    True
    """
    variances, dfs = np.asarray(variances, dtype=float), np.asarray(dfs, dtype=float)
    if not len(variances) or not (variances > 0).all():
        raise ValueError("expected variances above zero, at least one")
    logs = np.log(variances) - psi(dfs / 2) + np.log(dfs / 2)
    excess = np.sum((logs - logs.mean()) ** 2) - (len(logs) - 1) * polygamma(1, dfs / 2).mean()
    between = (max(excess, 0.0) + _WEIGHT * polygamma(1, _DF / 2)) / (len(logs) - 1 + _WEIGHT)
    df = min(2 * _inverse_trigamma(between), _MOST)
    return Usual(float(np.exp(logs.mean() + psi(df / 2) - np.log(df / 2))), df)


def _inverse_trigamma(value: float) -> float:
    """Argument at which the trigamma function has a value: it falls, and is a bit more than one over it."""
    return float(brentq(lambda x: polygamma(1, x) - value, 1 / value, 1 / value + 1))
