"""How much comparable things usually vary, so that few observations of one of them need not tell it alone."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import polygamma, psi

_WEIGHT = 3.0  # an assumption of how variances differ counts as so many of them
_DF = 4.0  # and says that the usual one is worth so many own degrees of freedom
_MOST = 50.0  # beyond these, the usual variance is as good as known


class Usual(NamedTuple):
    """The usual variance of a group, and how many degrees of freedom of one's own it is worth."""

    variance: float
    df: float

    def with_own(self, variance: ArrayLike, df: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
        """Variance and degrees of freedom of members of the group, their own estimates counted in.

        .. math:: \\tilde s^2 = \\frac{d_0 s_0^2 + d s^2}{d_0 + d}
        """
        total = np.add(self.df, df)
        return (self.df * self.variance + np.multiply(variance, df)) / total, total


def usual(variances: ArrayLike, dfs: ArrayLike) -> Usual:
    """The usual variance of a group of estimates, each with its degrees of freedom.

    True variances are taken to be scaled inverse chi-square, so that an estimate follows :math:`s_0^2
    F(d, d_0)`; mean and variance of :math:`\\ln s^2` give both (Smyth 2004, *Statistical Applications in
    Genetics and Molecular Biology* 3(1), section 6.2). Two or three estimates tell little of how much they
    differ: an assumed :math:`d_0` of four counts as three more of them. Raises ValueError where there is
    none, or one is not above zero.

    >>> alike = usual([0.9, 1.0, 1.1, 1.0], [8, 8, 8, 8])
    >>> variance, df = alike.with_own(4.0, 2)
    >>> bool(1.0 < variance < 1.7)
    True
    """
    variances, dfs = np.asarray(variances, dtype=float), np.asarray(dfs, dtype=float)
    if not len(variances) or not (variances > 0).all():
        raise ValueError("expected variances above zero, at least one")
    logs = np.log(variances) - psi(dfs / 2) + np.log(dfs / 2)
    apart = np.sum((logs - logs.mean()) ** 2) - (len(logs) - 1) * polygamma(1, dfs / 2).mean()
    between = (max(apart, 0.0) + _WEIGHT * polygamma(1, _DF / 2)) / (len(logs) - 1 + _WEIGHT)
    df = min(2 * _inverse_trigamma(between), _MOST)
    return Usual(float(np.exp(logs.mean() + psi(df / 2) - np.log(df / 2))), df)


def _inverse_trigamma(value: float) -> float:
    """Where trigamma has a value, by Newton's method on its reciprocal (Smyth 2004, appendix)."""
    at = 0.5 + 1 / value
    for _ in range(50):
        trigamma = polygamma(1, at)
        step = trigamma * (1 - trigamma / value) / polygamma(2, at)
        at += step
        if abs(step) < 1e-9 * at:
            break
    return float(at)
