"""The future of a fund if it continues as before, in many simulated paths, and under stress."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from plan_monitor.fund import growth
from plan_monitor.fund.common import COMPONENTS, Common, common
from plan_monitor.fund.paths import ASSUMPTIONS, Fit, assumed, correlated, draw
from plan_monitor.fund.rows import SERIES, YUAN, concerns, yearly
from plan_monitor.fund.scenario import applicable, factors, possible
from reportkit import periods

PATHS, SEED = 10_000, 20251231
ENOUGH = 4  # own growth rates of one scope, from five years: with fewer no probability is given
OLD = 2  # years since the newest accounts: for older accounts no probability is given either
_RANGES = {"median": 0.5, "lower_80": 0.1, "upper_80": 0.9, "lower_95": 0.025, "upper_95": 0.975}


@dataclass(frozen=True)
class Projection:
    """Simulated futures of a fund: a row a path and a column a year, in `unit`.

    A balance below zero would have to be covered from elsewhere. ``fits`` has a row a component: growth
    (median, % in the first future year), own (spread of one year by its own growth, points), spread (pooled
    with other funds), lasting (spread of persistent growth, relative to that of one year), df, points, rates,
    correlation, correlation_low and correlation_high (of income and expenditure, with its 80 % interval; NaN
    for people), one_off, new_scope.
    """

    unit: str
    start: pd.Series  # `opening`: the year they begin from
    years: list[int]
    income: np.ndarray
    expenditure: np.ndarray
    balance: np.ndarray
    fits: pd.DataFrame
    borrowed: bool  # whether growth is that of another fund
    over: int  # the last year that is over: up to it, figures are estimates without a probability

    def quantiles(self, what: str) -> pd.DataFrame:
        """By year: median, lower_80, upper_80, lower_95, upper_95 of a figure or of ``reserve_months``."""
        months = what == "reserve_months"
        paths = self.balance / (self.expenditure / 12) if months else getattr(self, what)
        values = np.quantile(paths, list(_RANGES.values()), axis=0)
        return pd.DataFrame(values.T, pd.Index(self.years, name="year"), list(_RANGES))

    @property
    def rates(self) -> int:
        """Number of growth rates of one scope for the component that has fewest."""
        return int(self.fits["rates"].min())

    @property
    def carries(self) -> bool:
        """Whether a probability may be stated: growth is the fund's own, recent, and of enough years."""
        return not self.borrowed and self.rates >= ENOUGH and self.passed <= OLD

    @property
    def passed(self) -> int:
        """Years that are over since the newest accounts."""
        return max(self.over - int(self.start["year"]), 0)

    @property
    def p_deficit(self) -> pd.Series:
        """Probability, by future year, that expenditure exceeds income in some year up to then."""
        return self._ever(self.expenditure > self.income)

    @property
    def p_exhausted(self) -> pd.Series:
        """Probability, by future year, that the reserve is used up at a year's end up to then."""
        return self.p_below(0)

    def p_below(self, months: float) -> pd.Series:
        """Probability, by future year, that the reserve is worth fewer months at a year's end up to then."""
        return self._ever(self.balance < months * self.expenditure / 12)

    def _ever(self, happened: np.ndarray) -> pd.Series:
        """Share of the paths in which it happened up to each year that is not over."""
        years = pd.Index(self.years, name="year")
        ahead = years > self.over
        share = np.logical_or.accumulate(happened[:, ahead], axis=1).mean(axis=0)
        return pd.Series(share, years[ahead])


def obstacle(fund: pd.DataFrame, history: pd.DataFrame | None = None, as_of: str | None = None) -> str | None:
    """Why `project` cannot project a fund, or None where it can.

    ``no_flows`` (no usual year with income and expenditure), ``no_reserve`` (no reserve, or since then a gap
    or a change of its scope), ``too_few_years`` (fewer than two growth rates of a component) or
    ``not_positive`` (a figure of zero, of which no growth can be measured).
    """
    result = _basis(fund, history, as_of)
    return result if isinstance(result, str) else None


class Basis(NamedTuple):
    """The data that a projection rests on."""

    rows: pd.DataFrame  # of `yearly`
    start: pd.Series  # `opening`
    own: pd.DataFrame  # `growth.components`
    past: pd.DataFrame  # components whose growth is used
    borrowed: bool = False  # whether these are of another fund
    over: int = 0  # the last year that is over


def basis(fund: pd.DataFrame, history: pd.DataFrame | None = None, as_of: str | None = None) -> Basis:
    """The data that `project` rests on; ValueError as there."""
    return _able(_basis(fund, history, as_of))


def _able(result: Basis | str) -> Basis:
    if isinstance(result, str):
        raise ValueError(f"this fund cannot be projected: {result}")
    return result


def _basis(fund: pd.DataFrame, history: pd.DataFrame | None, as_of: str | None) -> Basis | str:
    """The basis, or the code of the obstacle."""
    tables = [table for table in (fund, history) if table is not None]
    funds = {frozenset(table[SERIES].itertuples(index=False, name=None)) for table in tables}
    if any(len(one) > 1 for one in funds):
        raise ValueError("a projection needs rows of one region and scheme")
    rows = yearly(fund, as_of)
    if rows.dropna(subset=["income", "expenditure"]).empty:
        return "no_flows"
    own = growth.components(rows)
    past = own if history is None else growth.components(yearly(history, as_of))
    result = of_components(rows, own, past)
    if isinstance(result, str):
        return result
    return result._replace(borrowed=len(funds) > 1, over=0 if as_of is None else int(periods.end(as_of)))


def of_components(rows: pd.DataFrame, own: pd.DataFrame, past: pd.DataFrame) -> Basis | str:
    """The basis of a fund by its rows of `yearly`, or the code of `obstacle`."""
    start = opening(rows)
    if start is None:
        return "no_reserve"
    if any(growth.usual(own, name).loc[: int(start["year"])].empty for name in COMPONENTS):
        return "no_flows"
    if any((growth.usual(table, name) <= 0).any() for table in (own, past) for name in COMPONENTS):
        return "not_positive"
    if min(len(growth.rates(past, name)) for name in COMPONENTS) < growth.FEWEST - 1:
        return "too_few_years"
    return Basis(rows, start, own, past)


def project(
    fund: pd.DataFrame,
    years: int,
    paths: int = PATHS,
    seed: int = SEED,
    scenario: Mapping | None = None,
    history: pd.DataFrame | None = None,
    as_of: str | None = None,
    like: pd.DataFrame | Common | None = None,
    assumption: str | None = None,
) -> Projection:
    """Simulate a fund (rows of one region and scheme) year by year from its last accounts.

    Growth of enrolment, of income and of expenditure per head partly persists and fades (`outlook`). Its
    spread, its persistence and the correlation of income and expenditure are pooled with the funds in `like`
    (rows, or the result of `common`); each path draws all of them (`paths.draw`). The reserve is
    :math:`B_{t+1} = B_t + I_{t+1} - E_{t+1}`; interest is part of income.

    `scenario` is a row of ``fund_scenarios`` (see `factors`). `history` has rows of another region or scheme
    whose growth is assumed where the own years are too few, also that of years after the own ones. Figures
    after `as_of` (an ISO 8601 period) are left out, and no year that is over by then has a probability.
    `assumption`, one of ASSUMPTIONS, is changed (`paths.assumed`). A ValueError if rows are of several
    regions or schemes, the fund cannot be projected (with the code of `obstacle`, or for want of what another
    assumption takes), a scenario needs retirees that are not known, or `years` or `paths` is below 1.
    """
    fund_basis = basis(fund, history, as_of)
    shared = like if isinstance(like, Common) else common(fund if history is None else history, like, as_of)
    return simulate(fund_basis, shared, years, paths, seed, assumption).under(scenario)


def simulate(
    basis: Basis,
    shared: Common,
    years: int,
    paths: int = PATHS,
    seed: int = SEED,
    assumption: str | None = None,
) -> "Simulated":
    """As `project`, before any scenario: the same paths serve all scenarios."""
    if years < 1 or paths < 1:
        raise ValueError(f"years and paths must be at least 1: {years}, {paths}")
    if assumption not in (None, *ASSUMPTIONS):
        raise ValueError(f"no assumption {assumption!r}; known: {', '.join(ASSUMPTIONS)}")
    shared = shared._replace(correlation=correlated(shared.correlation, assumption))
    fits = assumed(basis.own, basis.past, shared, int(basis.start["year"]), years, assumption)
    return Simulated(basis, shared, years, fits, draw(fits, shared.correlation, paths, seed))


class Simulated(NamedTuple):
    """Paths of the components of a fund, before any stress test."""

    basis: Basis
    shared: Common
    years: int
    fits: dict[str, Fit]
    levels: dict[str, np.ndarray]

    def under(self, scenario: Mapping | None) -> Projection:
        """The projection under a stress test, or none; a ValueError as `factors`."""
        rows, start = self.basis.rows, self.basis.start
        last, unit = int(start["year"]), next(iter(rows["unit"]))
        people = self.levels.get("people", 1.0)  # one head stands for the whole, and does not grow
        rates = {name: fitted.yearly for name, fitted in self.fits.items()}
        change = factors(scenario, rates, rows, self.years)
        flows = {name: people * self.levels[name] * change[name] / YUAN[unit] for name in change}
        return Projection(
            unit=unit,
            start=start,
            years=list(range(last + 1, last + self.years + 1)),
            **flows,
            balance=start["balance"] + np.cumsum(flows["income"] - flows["expenditure"], axis=1),
            fits=_described(self.fits, self.shared),
            borrowed=self.basis.borrowed,
            over=self.basis.over,
        )


def _described(fits: Mapping[str, Fit], shared: Common) -> pd.DataFrame:
    """The fits as a table, in % and points."""
    table = pd.DataFrame(list(fits.values()), pd.Index(fits, name="component"))
    table["growth"] = [100 * np.expm1(fitted.yearly[0]) for fitted in fits.values()]
    table[["own", "spread"]] *= 100
    for name, share in (("correlation", 0.5), ("correlation_low", 0.1), ("correlation_high", 0.9)):
        table[name] = np.where(table.index == "people", np.nan, shared.correlation.at(share))
    columns = ["growth", "own", "spread", "lasting", "df", "points", "rates"]
    return table[[*columns, "correlation", "correlation_low", "correlation_high", "one_off", "new_scope"]]


def opening(rows: pd.DataFrame) -> pd.Series | None:
    """The last year of a fund with income and expenditure, by its rows of `yearly`.

    Fields year, income, expenditure, balance (carried forward where it is not published) and carried (years
    since it was published); None if no reserve was published, or a gap or a change of scope follows it.
    """
    by_year = rows.set_index("year")
    flows = by_year.dropna(subset=["income", "expenditure"])
    last = flows.index.max()
    reserves = by_year["balance"].dropna().loc[:last]
    if reserves.empty:
        return None
    published = reserves.index.max()
    since = flows.loc[published + 1 : last]
    if len(since) < last - published or concerns(since["new_scope"], "balance").any():
        return None
    balance = reserves.loc[published] + (since["income"] - since["expenditure"]).sum()
    last_flows = flows.loc[last, ["income", "expenditure"]]
    return pd.Series({"year": last, **last_flows, "balance": balance, "carried": last - published})


def stress(
    fund: pd.DataFrame,
    scenarios: pd.DataFrame,
    years: int,
    as_of: str | None = None,
    history: pd.DataFrame | None = None,
    like: pd.DataFrame | Common | None = None,
    **options,
) -> pd.DataFrame:
    """The same paths without stress and under each stress test for the scheme; otherwise as `project`.

    One row for "base" and for each id of a scenario: p_deficit and p_exhausted (until the last year; NaN
    where all years are over at `as_of`), first_deficit and first_exhausted (the year by which half of the
    paths have come to it; NaN where fewer do), reserve_months (median of the last year), and reason:
    ``no_retirees`` where a test needs retirees and none are known.
    """
    fund_basis, history = basis(fund, history, as_of), fund if history is None else history
    shared = like if isinstance(like, Common) else common(history, like, as_of)
    paths = simulate(fund_basis, shared, years, **options)
    tests, results = applicable(scenarios, next(iter(fund_basis.rows["scheme"]))), {}
    for name, scenario in [("base", None), *tests.set_index("id").iterrows()]:
        if scenario is not None and not possible(scenario, fund_basis.rows):
            results[name] = {"reason": "no_retirees"}
            continue
        result = paths.under(scenario)
        deficit, exhausted = result.p_deficit, result.p_exhausted
        results[name] = {
            "p_deficit": deficit.get(result.years[-1]),
            "p_exhausted": exhausted.get(result.years[-1]),
            "first_deficit": reached(deficit),
            "first_exhausted": reached(exhausted),
            "reserve_months": result.quantiles("reserve_months")["median"].iloc[-1],
            "reason": None,
        }
    return pd.DataFrame.from_dict(results, orient="index").rename_axis("scenario")


def reached(probability: pd.Series, level: float = 0.5) -> float:
    """First year in which a rising probability reaches a level; NaN if it never does."""
    years = probability.index[probability >= level]
    return float(years[0]) if len(years) else float("nan")
