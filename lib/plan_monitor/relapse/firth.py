"""Logit models by Firth's penalised likelihood, which few cases and separation leave finite."""

from collections.abc import Callable

import numpy as np
from scipy.linalg import cho_factor, cho_solve
from scipy.special import expit
from scipy.stats import chi2

_STEPS = 300
_CLOSE = 1e-10  # a step of so small a squared length, in standard errors, no longer matters
_FAR = 3.0  # one step changes no linear predictor by more, and half of the largest: far out all is flat
_NOISE = 1e-12  # a fall of the likelihood by so small a part of it is one of rounding

# a figure that follows from the coefficients, and its derivative by each of them
Measure = Callable[[np.ndarray], tuple[float, np.ndarray]]
# penalised log likelihood, its score, and the information, where the coefficients are such
Point = tuple[float, np.ndarray, np.ndarray]


class Firth:
    """A logit model of `outcome` (0 or 1) on the columns of `x`, one of them constant.

    .. math:: \\ell^*(\\beta) = \\sum_i y_i \\ln p_i + (1 - y_i) \\ln(1 - p_i)
              + \\tfrac{1}{2} \\ln |X^\\top W X|, \\quad W = \\mathrm{diag}(p_i (1 - p_i))

    ``coefficients`` maximise it; they are less biased than those of maximum likelihood and finite even where
    a column tells all cases from all others. The mean of the probabilities is nearer to one half than the
    share of cases: ``level`` corrects that. A LinAlgError says that columns depend on each other or that the
    steps find no end.

    Sources: Firth (1993), *Biometrika* 80; intervals and tests by the profile of the penalised likelihood as
    Heinze and Schemper (2002), *Statistics in Medicine* 21.
    """

    def __init__(self, x: np.ndarray, outcome: np.ndarray):
        self._columns = np.ascontiguousarray(np.asarray(x, dtype=float).T)
        self._outcome = np.asarray(outcome, dtype=float)
        self._sign = 2 * self._outcome - 1
        everything = np.full(len(self._columns), True)
        self.coefficients, self._peak = self._highest(everything, np.zeros(len(everything)))

    def level(self) -> float:
        """What the linear predictor lacks for the mean of the probabilities to be the share of cases.

        The intercept correction FLIC of Puhr et al. (2017), *Statistics in Medicine* 36.
        """
        linear, share, shift = self.coefficients @ self._columns, self._outcome.mean(), 0.0
        for _ in range(_STEPS):
            chance = expit(linear + shift)
            step = (share - chance.mean()) / np.mean(chance * (1 - chance))
            shift += step
            if abs(step) < _CLOSE:
                return shift
        raise np.linalg.LinAlgError("the intercept finds no end")

    def p_value(self, column: int) -> float:
        """Probability of a penalised likelihood ratio at least as large if the coefficient were 0."""
        free = np.arange(len(self._columns)) != column
        without, _, _ = self._highest(free, np.where(free, self.coefficients, 0.0))[1]
        return float(chi2.sf(2 * (self._peak[0] - without), 1))

    def interval(self, measure: Measure, confidence: float = 0.95) -> tuple[float, float]:
        """Least and largest value of `measure` whose profile of the penalised likelihood is high enough.

        Both ends are found as Venzon and Moolgavkar (1988), *Applied Statistics* 37, find those of a
        coefficient, with the gradient of the measure in place of its column.
        """
        height = self._peak[0] - chi2.ppf(confidence, 1) / 2
        return self._end(measure, height, -1), self._end(measure, height, 1)

    def _highest(self, free: np.ndarray, beta: np.ndarray) -> tuple[np.ndarray, Point]:
        """Where the penalised likelihood is highest; coefficients that are not free stay as they are."""
        point = self._at(beta)
        for _ in range(_STEPS):
            height, score, information = point
            step = np.zeros(len(free))
            step[free] = cho_solve(cho_factor(information[np.ix_(free, free)]), score[free])
            length = step @ information @ step
            if length < _CLOSE:
                return beta, point
            step = self._short(beta, step)
            ahead = self._at(beta + step)
            while ahead[0] < height + _NOISE * height:
                step /= 2
                ahead = self._at(beta + step)
            beta, point = beta + step, ahead
        raise np.linalg.LinAlgError("the penalised likelihood finds no highest point")

    def _end(self, measure: Measure, height: float, side: int) -> float:
        """The measure where it is farthest on one side while the likelihood is not below a height."""
        beta, (here, score, information) = self.coefficients, self._peak
        for _ in range(_STEPS):
            value, gradient = measure(beta)
            factor = cho_factor(information)
            up, along = cho_solve(factor, score), cho_solve(factor, gradient)
            room = max(2 * (here - height) + score @ up, 0.0)
            step = up + side * np.sqrt(room / (gradient @ along)) * along
            length = step @ information @ step
            if length < _CLOSE:
                return float(value)
            beta = beta + self._short(beta, step)
            here, score, information = self._at(beta)
        raise np.linalg.LinAlgError("an end of an interval is not found")

    def _short(self, beta: np.ndarray, step: np.ndarray) -> np.ndarray:
        """The step, or as much of it as may be gone at once."""
        here, change = np.abs(np.vstack([beta, step]) @ self._columns).max(axis=1)
        return step * min(1.0, (_FAR + here / 2) / change)

    def _at(self, beta: np.ndarray) -> Point:
        columns = self._columns
        right = expit(self._sign * (beta @ columns))  # probability of what happened
        weight = right * (1 - right)
        information = (columns * weight) @ columns.T
        factor = np.linalg.cholesky(information)
        spread = np.linalg.inv(factor) @ columns
        leverage = weight * np.einsum("ij,ij->j", spread, spread)
        score = columns @ (self._sign * (1 - right + leverage * (0.5 - right)))
        return np.log(right).sum() + np.log(np.diag(factor)).sum(), score, information
