"""Logit models by Firth's penalised likelihood, finite even with few cases or with separation."""

from collections.abc import Callable, Iterator

import numpy as np
from scipy.linalg import cho_factor, cho_solve
from scipy.optimize import brentq
from scipy.special import expit, logit
from scipy.stats import chi2

_STEPS = 300
_CLOSE = 1e-10  # squared length of a step, in standard errors, below which iteration stops
_FAR = 3.0  # largest change of a linear predictor in one step, plus half of the largest predictor
_NOISE = 1e-12  # relative fall of the likelihood that counts as rounding
_TURNED = 0.9  # share of the slope along a step that may be left beyond the peak, falling

# a function of the coefficients: its value, and its derivative by each of them
Measure = Callable[[np.ndarray], tuple[float, np.ndarray]]
# penalised log likelihood, its score, and the information, at some coefficients
Point = tuple[float, np.ndarray, np.ndarray]


def _iterations() -> Iterator[int]:
    """As many as what converges needs, and a LinAlgError after them."""
    yield from range(_STEPS)
    raise np.linalg.LinAlgError("the iteration does not converge")


class Firth:
    """A logit model of `outcome` (0 or 1) on the columns of `x`, one of them constant.

    .. math:: \\ell^*(\\beta) = \\sum_i y_i \\ln p_i + (1 - y_i) \\ln(1 - p_i)
              + \\tfrac{1}{2} \\ln |X^\\top W X|, \\quad W = \\mathrm{diag}(p_i (1 - p_i))

    ``coefficients`` maximise it; they are less biased than those of maximum likelihood and finite even where
    a column separates all cases from all others. The mean of the probabilities is nearer to one half than the
    share of cases: ``level`` corrects that. A LinAlgError means that columns depend on each other or that the
    iteration does not converge.

    Sources: Firth (1993), *Biometrika* 80; intervals and tests by the profile of the penalised likelihood as
    Heinze and Schemper (2002), *Statistics in Medicine* 21.
    """

    def __init__(self, x: np.ndarray, outcome: np.ndarray):
        self._columns = np.ascontiguousarray(np.asarray(x, dtype=float).T)
        self._outcome = np.asarray(outcome, dtype=float)
        self._sign = 2 * self._outcome - 1
        all_columns = np.full(len(self._columns), True)
        self.coefficients, self._peak = self._highest(all_columns, np.zeros(len(all_columns)))

    def level(self) -> float:
        """Amount to add to the linear predictor so that the mean of the probabilities is the share of cases.

        The intercept correction FLIC of Puhr et al. (2017), *Statistics in Medicine* 36.
        """
        linear, share = self.coefficients @ self._columns, self._outcome.mean()
        # the ends: all probabilities below the share, and all above it
        lowest, highest = logit(share) - linear.max() - 1, logit(share) - linear.min() + 1
        return brentq(lambda shift: expit(linear + shift).mean() - share, lowest, highest)

    def p_value(self, column: int) -> float:
        """Probability of a penalised likelihood ratio at least this large if the coefficient were 0."""
        free = np.arange(len(self._columns)) != column
        restricted, _, _ = self._highest(free, np.where(free, self.coefficients, 0.0))[1]
        return float(chi2.sf(2 * (self._peak[0] - restricted), 1))

    def interval(self, measure: Measure, confidence: float = 0.95) -> tuple[float, float]:
        """Confidence interval of `measure` by its profile of the penalised likelihood.

        Both ends are found as Venzon and Moolgavkar (1988), *Applied Statistics* 37, find those of a
        coefficient, with the gradient of the measure in place of its column.
        """
        height = self._peak[0] - chi2.ppf(confidence, 1) / 2
        return self._end(measure, height, -1), self._end(measure, height, 1)

    def _highest(self, free: np.ndarray, beta: np.ndarray) -> tuple[np.ndarray, Point]:
        """The maximum of the penalised likelihood; coefficients that are not free stay fixed."""
        point = self._at(beta)
        for _ in _iterations():
            height, score, information = point
            step = np.zeros(len(free))
            step[free] = cho_solve(cho_factor(information[np.ix_(free, free)]), score[free])
            length = step @ information @ step
            if length < _CLOSE:
                return beta, point
            step = self._short(beta, step)
            # a step that ends as high on the other side of the peak would be taken back and forth for ever
            while (ahead := self._at(beta + step))[0] < height + _NOISE * height or (
                step @ ahead[1] < -_TURNED * (step @ score)
            ):
                step /= 2
            beta, point = beta + step, ahead

    def _end(self, measure: Measure, height: float, side: int) -> float:
        """The most extreme value of the measure on one side with a likelihood of at least `height`."""
        beta, (here, score, information) = self.coefficients, self._peak
        for _ in _iterations():
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

    def _short(self, beta: np.ndarray, step: np.ndarray) -> np.ndarray:
        """The step, shortened to the largest one allowed."""
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
