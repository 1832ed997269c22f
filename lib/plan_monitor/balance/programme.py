"""What each school adds and waives: a mixed-integer linear programme that learns of coefficients by cuts."""

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array, vstack

_FINE = 100  # units; where a school lacks more, one unit is too fine to count as a whole number


class Programme:
    """The linear programme with whole-number parts: additions, waivers, and the sum of each group.

    Parameters
    ----------
    have, need, least : ndarray
        What schools (rows) have of resources (columns), and whole units they lack to the thresholds and to
        what a waived indicator must keep.
    cost : ndarray
        Of a unit of each resource; NaN where nothing can be added.
    groups : list of (ndarray, int, float)
        Schools and resource whose coefficient is limited (the limit is not used here).
    waivable : int
        Indicators a school may miss.
    precision : float
        Share of the cost within which the programme is solved.
    """

    def __init__(
        self,
        have: np.ndarray,
        need: np.ndarray,
        least: np.ndarray,
        cost: np.ndarray,
        groups: list[tuple[np.ndarray, int, float]],
        waivable: int,
        precision: float,
    ):
        (schools, resources), self.cells, sums = need.shape, need.size, np.arange(len(groups))
        self.shape, self.precision = need.shape, precision
        # yuan beside teachers would be millions beside ones: count both in numbers of one size
        self.scale = np.maximum(need.max(axis=0) / _FINE, 1)
        have, need, least, cost = have / self.scale, need / self.scale, least / self.scale, cost * self.scale
        self.have = have
        self.width = 2 * self.cells + len(groups)  # additions, waivers, sums
        cells, saving, ones = np.arange(self.cells), (need - least).ravel(), np.ones(self.cells)
        members = [
            (rows * resources + k, np.full(len(rows), group)) for group, (rows, k, _) in enumerate(groups)
        ]
        columns, of_group = (np.concatenate(part) for part in zip(*members, strict=True))

        reach = self._rows(
            np.r_[ones, saving], np.r_[cells, cells], np.r_[cells, self.cells + cells], self.cells
        )
        waivers = self._rows(ones, cells // resources, self.cells + cells, schools)
        total = self._rows(
            np.r_[ones, -np.ones(len(groups))],
            np.r_[of_group, sums],
            np.r_[columns, 2 * self.cells + sums],
            len(groups),
        )
        self.fixed = [
            LinearConstraint(reach, need.ravel(), np.inf),
            LinearConstraint(waivers, -np.inf, waivable),
            LinearConstraint(total, 0, 0),
        ]
        bought = np.where(np.isnan(cost), 0, np.inf)
        most = np.r_[np.tile(bought, schools), saving > 0, np.full(len(groups), np.inf)]
        self.bounds = Bounds(0, most)
        # the sum of a group is whole, though its additions are not yet: a better bound
        self.cost = np.r_[np.zeros(2 * self.cells), [np.nan_to_num(cost)[k] for _, k, _ in groups]]
        counted = [self.scale[k] == 1 for _, k, _ in groups]
        self.whole = np.r_[np.zeros(self.cells), np.ones(self.cells), counted]
        self.cuts, self.most = [], []

    def _rows(self, values: np.ndarray, rows: np.ndarray, columns: np.ndarray, height: int) -> csr_array:
        return coo_array((values, (rows, columns)), shape=(height, self.width)).tocsr()

    def cut(self, schools: np.ndarray, k: int, weights: np.ndarray) -> None:
        """Demand that the totals of some schools stay below a tangent: Σ g·(x + a) ≤ 0."""
        columns = schools * self.shape[1] + k
        self.cuts.append(self._rows(weights, np.zeros(len(schools), dtype=int), columns, 1))
        self.most.append(-(weights * self.have[schools, k]).sum())

    def solve(self) -> tuple[np.ndarray, np.ndarray, float]:
        """Additions (not yet whole), waivers, and the lower bound of the cost."""
        limits = [LinearConstraint(vstack(self.cuts), -np.inf, self.most)] if self.cuts else []
        found = milp(
            self.cost,
            constraints=[*self.fixed, *limits],
            bounds=self.bounds,
            integrality=self.whole,
            options={"mip_rel_gap": self.precision},
        )
        added, waived = (found.x[i * self.cells : (i + 1) * self.cells].reshape(self.shape) for i in (0, 1))
        return added * self.scale, np.round(waived), found.mip_dual_bound
