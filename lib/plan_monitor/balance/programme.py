"""What each school adds and waives: a mixed-integer linear programme that learns of coefficients by cuts."""

from typing import NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import block_array, coo_array, csr_array, diags_array, eye_array, kron

_FINE = 100  # units; where a school lacks more, one unit is too fine to count as a whole number


class County(NamedTuple):
    """What is to be decided: schools in rows, resources in columns."""

    students: np.ndarray
    have: np.ndarray
    need: np.ndarray  # whole units they lack to the thresholds
    least: np.ndarray  # and to what a waived indicator must keep
    cost: np.ndarray  # of a unit of each resource; NaN where nothing can be added
    groups: list[tuple[np.ndarray, int, float]]  # schools and resource of a coefficient, and its limit
    waivable: int  # indicators a school may miss


class Programme:
    """The linear programme with whole-number parts: additions, waivers, and the sum of each group.

    It knows of coefficients only what ``cut`` tells it; it is solved within `precision`, a share of the cost.
    """

    def __init__(self, county: County, precision: float):
        self.shape, self.precision, self.cuts = county.need.shape, precision, []
        # yuan beside teachers would be millions beside ones: count both in numbers of one size
        self.scale = np.maximum(county.need.max(axis=0) / _FINE, 1)
        self.have = county.have / self.scale
        need, least, cost = county.need / self.scale, county.least / self.scale, county.cost * self.scale
        (schools, resources), cells, sums = self.shape, need.size, len(county.groups)
        self.width = 2 * cells + sums
        saving = (need - least).ravel()
        of_group = [schools * resources + k for schools, k, _ in county.groups]
        number = np.repeat(np.arange(sums), [len(members) for members in of_group])
        members = coo_array((np.ones(len(number)), (number, np.concatenate(of_group))), (sums, cells))
        waived = kron(eye_array(schools), np.ones((1, resources)))
        rows = [
            [eye_array(cells), diags_array(saving), None],  # what is added, or else saved, is what is needed
            [None, waived, None],
            [members, None, -eye_array(sums)],
        ]
        lowest = np.r_[need.ravel(), np.full(schools, -np.inf), np.zeros(sums)]
        highest = np.r_[np.full(cells, np.inf), np.full(schools, county.waivable), np.zeros(sums)]
        self.fixed = LinearConstraint(block_array(rows, format="csr"), lowest, highest)
        bought = np.where(np.isnan(cost), 0, np.inf)
        self.bounds = Bounds(0, np.r_[np.tile(bought, schools), saving > 0, np.full(sums, np.inf)])
        # the sum of a group is whole, though its additions are not yet: a better bound
        resource = [k for _, k, _ in county.groups]
        self.cost = np.r_[np.zeros(2 * cells), np.nan_to_num(cost)[resource]]
        self.whole = np.r_[np.zeros(cells), np.ones(cells), self.scale[resource] == 1]

    def cut(self, schools: np.ndarray, k: int, weights: np.ndarray) -> None:
        """Demand that the totals of some schools stay below a tangent: Σ g·(x + a) ≤ 0."""
        columns = schools * self.shape[1] + k
        row = csr_array((weights, (np.zeros_like(columns), columns)), shape=(1, self.width))
        self.cuts.append(LinearConstraint(row, -np.inf, -(weights * self.have[schools, k]).sum()))

    def solve(self) -> tuple[np.ndarray, np.ndarray, float]:
        """Additions (not yet whole), waivers, and the lower bound of the cost."""
        result = milp(
            self.cost,
            constraints=[self.fixed, *self.cuts],
            bounds=self.bounds,
            integrality=self.whole,
            options={"mip_rel_gap": self.precision},
        )
        added, waived = result.x[: 2 * self.have.size].reshape(2, *self.shape)
        return added * self.scale, np.round(waived), result.mip_dual_bound
