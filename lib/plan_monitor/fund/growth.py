"""How fast a fund has grown: its people, its money per head, and the factors of growth."""

from itertools import pairwise, product

import numpy as np
import pandas as pd

from plan_monitor.fund.rows import SERIES, YUAN, concerns

FEWEST = 3  # years with a figure


def components(rows: pd.DataFrame) -> pd.DataFrame:
    """The components of a scheme that are projected: people, and income and expenditure per head.

    `rows` are of `yearly`. By year: people (persons; 1 where enrolment is known in too few years, so that the
    whole fund counts as one head), income, expenditure (yuan a head), and for each of them <name>_one_off and
    <name>_new_scope (bool).
    """
    counted = (rows["enrollees"].notna() & ~concerns(rows["one_off"], "enrollees")).to_numpy()
    flows = rows[["income", "expenditure"]].notna().any(axis=1).to_numpy()
    fund = rows.groupby(SERIES).ngroup().to_numpy()
    with_people, with_flows = (np.bincount(fund, mask)[fund] for mask in (counted & flows, flows))
    per_head = with_people >= np.minimum(FEWEST, with_flows)
    people = (rows["enrollees"] * 1e4).where(per_head, 1.0)
    yuan = rows["unit"].map(YUAN)
    table = {"people": people} | {name: rows[name] * yuan / people for name in ("income", "expenditure")}
    people_marks = {mark: per_head & concerns(rows[mark], "enrollees") for mark in ("one_off", "new_scope")}
    for name, mark in product(list(table), people_marks):
        table[f"{name}_{mark}"] = people_marks[mark] | concerns(rows[mark], name)
    return pd.DataFrame(table).set_index(rows["year"])


def is_whole(table: pd.DataFrame) -> bool:
    """Whether one head stands for the whole fund: too little is known of its people."""
    return bool(table["people"].eq(1).all())


def by_fund(rows: pd.DataFrame) -> dict[tuple[str, str], pd.DataFrame]:
    """The `components` of each region and scheme."""
    return dict(list(components(rows).groupby([rows[name].to_numpy() for name in SERIES])))


def usual(table: pd.DataFrame, name: str) -> pd.Series:
    """The figures of a component by year, without missing ones and one-off years."""
    values = table[name].to_numpy(dtype=float)
    usable = ~(np.isnan(values) | table[f"{name}_one_off"].to_numpy())
    return pd.Series(values[usable], table.index[usable], name=name)


def runs(table: pd.DataFrame, name: str) -> list[pd.Series]:
    """The usual figures of a component by year, one series for each scope."""
    values = usual(table, name)
    scope = np.searchsorted(_scope_changes(table, name), values.index.to_numpy(), side="right")
    ends = [0, *(np.flatnonzero(np.diff(scope)) + 1), len(values)]
    return [values.iloc[first:last] for first, last in pairwise(ends) if last > first]


def rates(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """Growth between neighbouring usual figures of a component, except into a year of new scope.

    One row for each two figures: start, end (years), years (between them), growth (of the logarithm).
    """
    values = usual(table, name)
    start, end = values.index[:-1].to_numpy(), values.index[1:].to_numpy()
    gains, measured = np.diff(np.log(values.to_numpy())), ~_crosses(start, end, _scope_changes(table, name))
    start, end = start[measured], end[measured]
    return pd.DataFrame({"start": start, "end": end, "years": end - start, "growth": gains[measured]})


def _scope_changes(table: pd.DataFrame, name: str) -> np.ndarray:
    """Years of new scope of a component."""
    return table.index[table[f"{name}_new_scope"].to_numpy()].to_numpy()


def _crosses(start: np.ndarray, end: np.ndarray, scope: np.ndarray) -> np.ndarray:
    """Whether a change of scope lies between the start and the end of each span."""
    return ((start[:, None] < scope) & (scope <= end[:, None])).any(axis=1)


def decompose(total: pd.Series, factors: pd.DataFrame, new_scope: pd.Series | None = None) -> pd.DataFrame:
    """Split the change of a total between years into the parts of its factors and a rest.

    For :math:`E = x_1 x_2 \\ldots x_k \\cdot r`, where r is the rest that the factors do not explain, the
    logarithmic mean Divisia index gives each factor its part; all parts add up to :math:`E_1 - E_0`:

    .. math:: \\Delta_i = L(E_1, E_0) \\ln \\frac{x_{i,1}}{x_{i,0}}, \\qquad
              L(a, b) = \\frac{a - b}{\\ln a - \\ln b}, \\; L(a, a) = a

    (Ang 2005, *The LMDI approach to decomposition analysis: a practical guide*, Energy Policy 33, 867-871.)
    The total and the factors (a column each, in any units) are by year and above zero, else a ValueError.
    `new_scope` says by year whether figures cover something else from then on: no change is measured across
    it. Returns a row for each two neighbouring years in which all is known: start, end, total_start,
    total_end, change, a column for each factor and "rest", in the unit of the total.

    >>> total = pd.Series([100.0, 300.0], index=[2020, 2021])
    >>> factors = pd.DataFrame({"people": [10, 20], "cost": [10.0, 15.0]}, index=[2020, 2021])
    >>> decompose(total, factors).round(1)[["change", "people", "cost", "rest"]].values.tolist()
    [[200.0, 126.2, 73.8, 0.0]]
    """
    table = factors.assign(total=total).astype(float).dropna().sort_index()
    if (table <= 0).any(axis=None):
        raise ValueError("a total or factor is not above zero")
    table["rest"] = table["total"] / table[list(factors)].prod(axis=1)
    first, last = table.iloc[:-1].reset_index(), table.iloc[1:].reset_index()
    change = last["total"] - first["total"]
    log_change = np.log1p(change / first["total"])  # exact also for totals that hardly differ
    mean = (change / log_change).fillna(first["total"])  # 0 / 0 where nothing changes
    parts = {name: mean * np.log(last[name] / first[name]) for name in [*factors, "rest"]}
    between = {"start": table.index[:-1], "end": table.index[1:], "total_start": first["total"]}
    result = pd.DataFrame(between | {"total_end": last["total"], "change": change} | parts)
    if new_scope is None:
        return result
    scope = new_scope.index[new_scope].to_numpy()
    across = _crosses(result["start"].to_numpy(), result["end"].to_numpy(), scope)
    return result[~across].reset_index(drop=True)
