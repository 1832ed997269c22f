"""The cheapest way to pass: what to add where, so that every school and every coefficient passes."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import block_array, coo_array, csr_array, diags_array, eye_array, kron

from plan_monitor.balance import levelling
from plan_monitor.balance.schools import coefficients, evaluate_schools, needs, shortfall
from plan_monitor.balance.standard import RESOURCES, Rules, rules
from plan_monitor.methods.series import require_columns

GAP = 1e-3  # a plan within 0.1 % of the cheapest is good enough
_FINE = 100  # units; where a school lacks more, one unit is too fine to count as a whole number
_PATIENCE = 5  # rounds without a better bound, after which none is to be expected
_EXACT = 1e-10  # share by which a coefficient may exceed its limit and be exactly at it, but for rounding
_COLUMNS, _INDICATORS = RESOURCES["column"].to_numpy(), RESOURCES["indicator"].to_numpy()


class Plan(NamedTuple):
    """What to add so that a county's schools and coefficients pass, at the least cost.

    Additions have one row a school and resource that gets something: the school's identity, indicator, column
    (of the totals), addition (whole teachers, rooms, square metres, yuan) and cost in yuan. Waived has the
    one indicator that a school may leave below its threshold, at 85 % of it or more: identity, indicator,
    figure, threshold. Obstacles say why there is no plan: reason (``missing`` a figure, ``below`` the floor,
    ``too_many`` missed indicators, ``unequal`` schools), level, indicator, and the school's identity (missing
    where a coefficient is the obstacle).
    """

    additions: pd.DataFrame
    waived: pd.DataFrame
    schools: pd.DataFrame  # as they would be, in the form of the input
    cost: float  # yuan; NaN without a plan
    bound: float  # lower bound of the cost of any plan
    obstacles: pd.DataFrame  # empty if there is a plan

    @property
    def possible(self) -> bool:
        """Whether there is a plan."""
        return self.obstacles.empty

    @property
    def gap(self) -> float:
        """Share of the cost by which the plan may exceed the cheapest one; NaN without a plan."""
        return 0.0 if self.cost == 0 else (self.cost - self.bound) / self.cost


def cheapest_plan(schools: pd.DataFrame, standard: pd.DataFrame, unit_costs: pd.DataFrame) -> Plan:
    """What to add, and which indicator each school may miss, so that a county passes at the least cost.

    .. math:: \\min \\sum_{ik} c_k a_{ik} \\quad \\text{such that} \\quad
              x_{ik} + a_{ik} \\ge (1 - 0.15 w_{ik})\\, T_k P_i, \\quad \\sum_k w_{ik} \\le 1, \\quad
              S_k \\le L \\bar X_k, \\quad a_{ik} \\in \\{0, 1, 2, \\ldots\\}, \\; w_{ik} \\in \\{0, 1\\}

    (0.15 and 1 stand for the 85 % and the six of seven in `standard`.) A mixed-integer linear
    programme (HiGHS) chooses what is waived. For a choice, the cheapest way to keep a coefficient is known
    exactly (``levelling``); its tangent goes back into the programme until its bound and the plan's cost
    meet.

    `schools` and `standard` are as for ``evaluate_schools``, of one county; `unit_costs` have the columns
    indicator and unit_cost: yuan for one more teacher, room, square metre or yuan of equipment, at any
    school; missing where nothing can be added. Raises ValueError if a column or a number of pupils is
    missing, there are several counties, or a cost is not positive. Schools without pupils get nothing. What a
    school of several levels gets at one level is taken to belong to that level alone (``with_additions``
    shows what follows if it is shared out anew). `gap` is at most 0.1 % unless whole units or many cuts keep
    it from being shown.
    """
    require_columns(unit_costs, ("indicator", "unit_cost"), "unit costs")
    schools = schools.reset_index(drop=True)
    evaluated = evaluate_schools(schools, standard)
    if schools["region"].nunique() > 1 or schools["students"].isna().any():
        raise ValueError("a plan is for one county, and needs the pupils of every school")
    cost = unit_costs.set_index("indicator")["unit_cost"].reindex(_INDICATORS).to_numpy(float)
    if (cost <= 0).any():
        raise ValueError("unit costs must be positive, or missing where nothing can be added")
    book, present = rules(standard), evaluated[evaluated["students"] > 0]
    identity = present.drop(columns=[*_COLUMNS, *_INDICATORS, "met", "near", "below", "missing", "status"])
    county = _county(present, book, cost)
    obstacles = _obstacles(county, identity, coefficients(schools, standard))
    if not obstacles.empty:
        return Plan(identity.iloc[:0], identity.iloc[:0], schools, np.nan, np.nan, obstacles)
    added, bound = _solve(county)

    row, k = np.nonzero(added)
    additions = identity.iloc[row].reset_index(drop=True)
    additions = additions.assign(indicator=_INDICATORS[k], column=_COLUMNS[k], addition=added[row, k])
    additions["cost"] = additions["addition"] * cost[k]
    after = schools.astype(dict.fromkeys(_COLUMNS, float))
    after.loc[identity.index, _COLUMNS] = county.have + added
    waived = shortfall(evaluate_schools(after.loc[identity.index], standard), standard)
    waived = waived[[*identity, "indicator", "figure", "threshold"]]
    return Plan(additions, waived, after, float(additions["cost"].sum()), float(bound), obstacles)


class _County(NamedTuple):
    """What is to be decided: schools in rows, resources in columns."""

    students: np.ndarray
    have: np.ndarray
    need: np.ndarray  # whole units lacking up to the thresholds
    least: np.ndarray  # whole units lacking up to the floor of a waived indicator
    cost: np.ndarray  # of a unit of each resource; NaN where nothing can be added
    groups: list[tuple[np.ndarray, int, float]]  # schools and resource of a coefficient, and its limit
    waivable: int  # indicators a school may miss


def _county(present: pd.DataFrame, book: Rules, cost: np.ndarray) -> _County:
    """Schools with pupils in numbers."""
    levels, groups = present["level"].to_numpy(), []
    for level in dict.fromkeys(levels):
        schools, limit = np.flatnonzero(levels == level), book.limits[level] * (1 + _EXACT)
        groups += [(schools, k, limit) for k in range(len(cost))]
    students, have = present["students"].to_numpy(dtype=float), present[_COLUMNS].to_numpy(dtype=float)
    need, least = needs(present, book.thresholds, 1.0), needs(present, book.thresholds, book.floor)
    return _County(students, have, need, least, cost, groups, book.waivable)


def _obstacles(county: _County, identity: pd.DataFrame, unequal: pd.DataFrame) -> pd.DataFrame:
    """Why there can be no plan: missing figures, and shortfalls where nothing can be added."""
    fixed = np.isnan(county.cost)
    waived = fixed & (county.need > 0)
    reasons = {
        "missing": np.isnan(county.have),
        "below": fixed & (county.least > 0),
        "too_many": waived & (waived.sum(axis=1) > county.waivable)[:, None],
    }
    parts = []
    for reason, mask in reasons.items():
        row, k = np.nonzero(mask)
        parts.append(identity.iloc[row].assign(reason=reason, indicator=_INDICATORS[k]))
    unequal = unequal[unequal["indicator"].isin(_INDICATORS[fixed]) & (unequal["state"] == "not_met")]
    parts.append(unequal[["region", "level", "indicator"]].assign(reason="unequal"))
    # one reason a school and resource, the first of these
    return pd.concat(parts).drop_duplicates([*identity, "indicator"])


def _solve(county: _County) -> tuple[np.ndarray, float]:
    """Whole units to add, and a lower bound of the cost."""
    if not len(county.students):
        return county.need, 0.0
    programme = _Programme(county)
    best, best_cost, bounds = county.need, np.inf, []
    while True:
        added, waived, bound = programme.solve()
        bounds.append(bound)
        additions, cuts = _levelled(county, county.need - (county.need - county.least) * waived)
        cost = (additions * np.nan_to_num(county.cost)).sum()
        if cost < best_cost:
            best, best_cost = additions, cost
        violated = [cut for cut in cuts if _violated(county.have + added, *cut)]
        if not violated or _stuck(bounds, best_cost) or best_cost - bound <= GAP * best_cost:
            return best, min(bound, best_cost)
        for cut in violated:
            programme.cut(*cut)


def _stuck(bounds: list[float], best_cost: float) -> bool:
    """Whether the last rounds have hardly raised the bound."""
    return len(bounds) > _PATIENCE and bounds[-1] - bounds[-1 - _PATIENCE] <= GAP / 10 * best_cost


def _levelled(county: _County, lowest: np.ndarray) -> tuple[np.ndarray, list[tuple]]:
    """The lowest additions raised until every coefficient is within its limit, and the tangents found."""
    additions, cuts = lowest.copy(), []
    for schools, k, limit in county.groups:
        totals, pupils = county.have[schools, k] + lowest[schools, k], county.students[schools]
        height = levelling.level(totals, pupils, limit)
        if height is not None:
            additions[schools, k] += levelling.whole_units(totals, pupils, limit, height)
            cuts.append((schools, k, levelling.tangent(totals, pupils, limit, height)))
    return additions, cuts


def _violated(totals: np.ndarray, schools: np.ndarray, k: int, weights: np.ndarray) -> bool:
    terms = weights * totals[schools, k]
    return terms.sum() > 1e-7 * np.abs(terms).sum()


class _Programme:
    """The mixed-integer linear programme of additions, waivers, and the sum of each group.

    It knows the limits of coefficients only by the tangents that ``cut`` adds.
    """

    def __init__(self, county: _County):
        self.shape, self.cuts = county.need.shape, []
        # yuan beside teachers would be millions beside ones: count both in numbers of one size
        self.scale = (county.need.max(axis=0) / _FINE).clip(min=1)
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
            [eye_array(cells), diags_array(saving), None],  # additions and waived units make up the need
            [None, waived, None],
            [members, None, -eye_array(sums)],
        ]
        lowest = np.r_[need.ravel(), np.full(schools, -np.inf), np.zeros(sums)]
        highest = np.r_[np.full(cells, np.inf), np.full(schools, county.waivable), np.zeros(sums)]
        self.fixed = LinearConstraint(block_array(rows, format="csr"), lowest, highest)
        upper = np.where(np.isnan(cost), 0, np.inf)
        self.bounds = Bounds(0, np.r_[np.tile(upper, schools), np.ones(cells), np.full(sums, np.inf)])
        # the sum of a group is whole, though its additions are not yet: a better bound
        resource = [k for _, k, _ in county.groups]
        self.cost = np.r_[np.zeros(2 * cells), np.nan_to_num(cost)[resource]]
        self.integrality = np.r_[np.zeros(cells), np.ones(cells), self.scale[resource] == 1]

    def cut(self, schools: np.ndarray, k: int, weights: np.ndarray) -> None:
        """Demand that the totals of some schools stay below a tangent: Σ g·(x + a) ≤ 0."""
        columns = schools * self.shape[1] + k
        row = csr_array((weights, (np.zeros_like(columns), columns)), shape=(1, self.width))
        self.cuts.append(LinearConstraint(row, -np.inf, -(weights * self.have[schools, k]).sum()))

    def solve(self) -> tuple[np.ndarray, np.ndarray, float]:
        """Additions (not yet whole), waivers, and the lower bound of the cost."""
        constraints, options = [self.fixed, *self.cuts], {"mip_rel_gap": GAP / 5}
        result = milp(
            self.cost,
            integrality=self.integrality,
            bounds=self.bounds,
            constraints=constraints,
            options=options,
        )
        added, waived = result.x[: 2 * self.have.size].reshape(2, *self.shape)
        return added * self.scale, np.round(waived), result.mip_dual_bound
