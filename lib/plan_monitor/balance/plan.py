"""The cheapest way to pass: what to add where, so that every school and every coefficient passes."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from plan_monitor.balance import levelling
from plan_monitor.balance.coefficient import coefficients
from plan_monitor.balance.programme import County, Programme
from plan_monitor.balance.schools import evaluate_schools, needs
from plan_monitor.balance.standard import RESOURCES, Rules, rules
from plan_monitor.methods.series import require_columns

GAP = 1e-3  # a plan within 0.1 % of the cheapest is good enough
_PATIENCE = 5  # rounds without a better bound, after which none is to be expected
_EXACT = 1e-10  # share by which a coefficient may exceed its limit and be exactly at it, but for rounding
_COLUMNS, _INDICATORS = RESOURCES["column"].to_numpy(), RESOURCES["indicator"].to_numpy()


@dataclass(frozen=True)
class Plan:
    """What to add so that a county's schools and coefficients pass, at the least cost.

    Additions have one row a school and resource that gets something: the school's identity, indicator,
    column (of the totals), addition (whole teachers, rooms, square metres, yuan) and cost in yuan. What
    is waived is the one indicator that a school leaves below its threshold, though at 85 % or more:
    identity, indicator, figure and threshold. Obstacles are why there is no plan: reason (``missing`` a
    figure, ``below`` the floor, ``too_many`` missed indicators, ``unequal`` schools), level, indicator
    and the identity of the school (missing where the obstacle is a coefficient).
    """

    additions: pd.DataFrame
    waived: pd.DataFrame
    schools: pd.DataFrame  # as they would be, in the form of the input
    cost: float  # yuan; NaN without a plan
    bound: float  # what no plan can cost less than
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
              S_k \\le L \\bar X_k, \\quad a_{ik} \\in \\{0, 1, 2, \\dots\\}, \\; w_{ik} \\in \\{0, 1\\}

    (0.15 and 1 stand for the 85 % and the six of seven that `standard` holds.)
    A mixed-integer linear programme (HiGHS) chooses what is waived. For a choice, the cheapest way to
    keep a coefficient is known exactly (``levelling``); its tangent goes back into the programme until
    the programme's bound and the cost of the plan in whole units meet.

    Parameters
    ----------
    schools, standard : DataFrame
        As for ``evaluate_schools``; one county.
    unit_costs : DataFrame
        Columns indicator, unit_cost: yuan for one more teacher, room, square metre or yuan of equipment,
        at any school. Missing where nothing can be added.

    Returns
    -------
    Plan
        Schools without pupils get nothing. What a school of several levels gets at one level is taken to
        belong to that level alone (``with_additions`` shows what follows if it is shared out anew). The
        figures put back in as data pass ``evaluate_schools`` and ``coefficients``. `gap` is at most 0.1 %
        unless whole units or many cuts keep it from being shown.

    Raises
    ------
    ValueError
        If a column or a number of pupils is missing, there are several counties, or a cost is not positive.
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
    additions = identity.iloc[row].assign(
        indicator=_INDICATORS[k], column=_COLUMNS[k], addition=added[row, k]
    )
    additions = additions.assign(cost=additions["addition"] * cost[k]).reset_index(drop=True)
    after = schools.astype(dict.fromkeys(_COLUMNS, float))
    after.loc[identity.index, _COLUMNS] = county.have + added
    figures = evaluate_schools(after.loc[identity.index], standard)
    row, k = np.nonzero(needs(figures, book.thresholds, 1.0))
    waived = identity.iloc[row].assign(
        indicator=_INDICATORS[k],
        figure=figures[_INDICATORS].to_numpy()[row, k],
        threshold=book.thresholds.loc[identity["level"]].to_numpy()[row, k],
    )
    spent = float(additions["cost"].sum())
    return Plan(additions, waived.reset_index(drop=True), after, spent, float(bound), obstacles)


def _county(present: pd.DataFrame, book: Rules, cost: np.ndarray) -> County:
    """Schools with pupils in numbers."""
    levels = present["level"].to_numpy()
    groups = [
        (np.flatnonzero(levels == level), k, book.limits[level] * (1 + _EXACT))
        for level in dict.fromkeys(levels)
        for k in range(len(cost))
    ]
    return County(
        students=present["students"].to_numpy(dtype=float),
        have=present[_COLUMNS].to_numpy(dtype=float),
        need=needs(present, book.thresholds, 1.0),
        least=needs(present, book.thresholds, book.floor),
        cost=cost,
        groups=groups,
        waivable=book.waivable,
    )


def _obstacles(county: County, identity: pd.DataFrame, unequal: pd.DataFrame) -> pd.DataFrame:
    """Why no plan can exist: figures that are missing, and shortfalls where nothing can be added."""
    fixed = np.isnan(county.cost)
    waived = fixed & (county.need > 0)
    reasons = {
        "missing": np.isnan(county.have),
        "below": fixed & (county.least > 0),
        "too_many": waived & (waived.sum(axis=1) > county.waivable)[:, None],
    }
    parts = [
        identity.iloc[row].assign(reason=reason, indicator=_INDICATORS[k])
        for reason, where in reasons.items()
        for row, k in [np.nonzero(where)]
    ]
    unequal = unequal[unequal["indicator"].isin(_INDICATORS[fixed]) & (unequal["state"] == "not_met")]
    parts.append(unequal[["region", "level", "indicator"]].assign(reason="unequal"))
    # one reason a school and resource, the first of these
    table = pd.concat(parts, ignore_index=True)
    return table.drop_duplicates([*identity, "indicator"], ignore_index=True)


def _solve(county: County) -> tuple[np.ndarray, float]:
    """Whole units to add, and a lower bound of the cost."""
    if not len(county.students):
        return county.need, 0.0
    programme = Programme(county, GAP / 5)
    best, best_cost, bounds = county.need, np.inf, []
    while True:
        added, waived, bound = programme.solve()
        bounds.append(bound)
        whole, cuts = _levelled(county, county.need - (county.need - county.least) * waived)
        spent = (whole * np.nan_to_num(county.cost)).sum()
        if spent < best_cost:
            best, best_cost = whole, spent
        violated = [cut for cut in cuts if _violates(county.have + added, *cut)]
        stuck = len(bounds) > _PATIENCE and bound - bounds[-1 - _PATIENCE] <= GAP / 10 * best_cost
        if not violated or stuck or best_cost - bound <= GAP * best_cost:
            return best, min(bound, best_cost)
        for cut in violated:
            programme.cut(*cut)


def _levelled(county: County, lowest: np.ndarray) -> tuple[np.ndarray, list[tuple]]:
    """Additions from some lowest ones upwards that keep every coefficient, and the tangents found."""
    whole, cuts = lowest.copy(), []
    for schools, k, limit in county.groups:
        totals, pupils = county.have[schools, k] + lowest[schools, k], county.students[schools]
        height = levelling.level(totals, pupils, limit)
        if height is not None:
            whole[schools, k] += levelling.whole_units(totals, pupils, limit, height)
            cuts.append((schools, k, levelling.tangent(totals, pupils, limit, height)))
    return whole, cuts


def _violates(totals: np.ndarray, schools: np.ndarray, k: int, weights: np.ndarray) -> bool:
    terms = weights * totals[schools, k]
    return terms.sum() > 1e-7 * np.abs(terms).sum()
