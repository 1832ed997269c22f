"""Where a fund goes if it goes on as it did, in many simulated paths, and under stress."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from plan_monitor.fund import growth
from plan_monitor.fund.rows import SERIES, YUAN, concerns, yearly
from plan_monitor.fund.scenario import factors
from reportkit import periods

PATHS, SEED = 10_000, 20251231
ENOUGH = 4  # own growth rates of one scope, from five years: fewer carry no probability
_COMPONENTS = ("people", "income", "expenditure")
_FAR = 300.0  # growth of e^300 is as good as infinite, and can still be added up


@dataclass(frozen=True)
class Projection:
    """Simulated futures of a fund.

    ``income``, ``expenditure`` and ``balance`` hold a row a path and a column a year, in ``unit``; a balance
    below zero is what would have to be raised elsewhere. ``start`` is `opening`, the year they begin from.
    ``fits`` has a row a component: growth (% a year, median), sigma (points), df, points, one_off, new_scope.
    ``borrowed`` marks growth of another fund; ``over`` is the last year that is over at ``as_of``: up to it,
    figures are estimates of accounts that are not known, and have no probability.
    """

    unit: str
    start: pd.Series
    years: list[int]
    income: np.ndarray
    expenditure: np.ndarray
    balance: np.ndarray
    fits: pd.DataFrame
    borrowed: bool = False
    over: int = 0

    def quantiles(self, what: str, levels: Iterable[float] = (0.8, 0.95)) -> pd.DataFrame:
        """Median and ranges by year of ``income``, ``expenditure``, ``balance`` or ``reserve_months``.

        Columns median, lower_80, upper_80, lower_95, upper_95 (after `levels`).
        """
        months = what == "reserve_months"
        paths = self.balance / (self.expenditure / 12) if months else getattr(self, what)
        shares = {"median": 0.5}
        for level in levels:
            shares |= {f"lower_{100 * level:g}": (1 - level) / 2, f"upper_{100 * level:g}": (1 + level) / 2}
        values = np.quantile(paths, list(shares.values()), axis=0)
        return pd.DataFrame(values.T, pd.Index(self.years, name="year"), list(shares))

    @property
    def rates(self) -> int:
        """Growth rates of one scope that the least known component was fitted to."""
        return int(self.fits["df"].min()) + 1

    @property
    def carries(self) -> bool:
        """Whether the growth is the fund's own, and of enough years for a probability to be stated."""
        return not self.borrowed and self.rates >= ENOUGH

    @property
    def p_deficit(self) -> pd.Series:
        """By year to come: probability that expenditure exceeds income in some of these years until then."""
        return self._ever(self.expenditure > self.income)

    @property
    def p_exhausted(self) -> pd.Series:
        """By year to come: probability that at the end of some of these years the reserve is used up."""
        return self.p_below(0)

    def p_below(self, months: float) -> pd.Series:
        """By year to come: probability that at the end of some of these years it is worth fewer months."""
        return self._ever(self.balance < months * self.expenditure / 12)

    def _ever(self, happened: np.ndarray) -> pd.Series:
        """Share of the paths by year, of the years that are not over."""
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
    basis = _basis(fund, history, as_of)
    return basis if isinstance(basis, str) else None


def _basis(fund: pd.DataFrame, history: pd.DataFrame | None, as_of: str | None) -> tuple | str:
    """Rows by year, the last accounts, components and their growth, or the code of what stands in the way."""
    for table in (fund, history):
        if table is not None and len(table[SERIES].drop_duplicates()) > 1:
            raise ValueError("a projection needs rows of one region and scheme")
    rows = yearly(fund, as_of)
    if rows.dropna(subset=["income", "expenditure"]).empty:
        return "no_flows"
    start = opening(rows)
    if start is None:
        return "no_reserve"
    own = growth.components(rows)
    past = own if history is None else growth.components(yearly(history, as_of))
    if any(growth.usual(own, name).loc[: int(start["year"])].empty for name in _COMPONENTS):
        return "no_flows"
    if any((growth.usual(table, name) <= 0).any() for table in (own, past) for name in _COMPONENTS):
        return "not_positive"
    headed = not past["people"].eq(1).all()  # else one head stands for the whole, and does not grow
    try:
        fits = {name: growth.fit(past, name) for name in _COMPONENTS if headed or name != "people"}
    except ValueError:
        return "too_few_years"
    return rows, start, own, fits


def project(
    fund: pd.DataFrame,
    years: int,
    paths: int = PATHS,
    seed: int = SEED,
    scenario: Mapping | None = None,
    history: pd.DataFrame | None = None,
    as_of: str | None = None,
) -> Projection:
    """Simulate a fund year by year from its last accounts.

    Enrolment, income per head and expenditure per head follow independent random walks with drift in
    logarithms. In every path the drift and the spread are themselves drawn from what few years can tell,

    .. math:: \\sigma^2 = s^2 \\nu / \\chi^2_\\nu, \\quad \\mu = \\hat\\mu + \\sigma z / \\sqrt{T}, \\quad
              \\ln y_{t+1} = \\ln y_t + \\mu + \\sigma \\varepsilon_t

    (T years observed, :math:`\\nu` degrees of freedom), so that a single year has Student's t as in
    `forecast.project`. The reserve is :math:`B_{t+1} = B_t + I_{t+1} - E_{t+1}`; interest is part of income.

    Parameters
    ----------
    fund : DataFrame
        Rows of ``fund`` of one region and scheme.
    years : int
        Years ahead of the last one with income and expenditure.
    paths, seed : int
        The same seed gives the same paths.
    scenario : mapping, optional
        A row of ``fund_scenarios``; empty values change nothing. income_growth and expenditure_growth: points
        added to the median growth per head; saving: % of expenditure; retiree_share: points a year added to
        the share of retirees, who pay nothing and cost retiree_cost times a worker.
    history : DataFrame, optional
        Rows of another region or scheme whose growth is assumed, where the own years are too few.
    as_of : str, optional
        ISO 8601 period; later figures are left out, and no year that is over by then has a probability.

    Raises
    ------
    ValueError
        If rows are of several regions or schemes, the fund cannot be projected (with the code of `obstacle`),
        a scenario needs retirees that are not known, or `years` or `paths` is below 1.

    Notes
    -----
    Sources: Hyndman & Athanasopoulos, *Forecasting: principles and practice*, 3rd ed., section 5.2; Gelman et
    al., *Bayesian Data Analysis*, 3rd ed., section 3.2 (mean and variance with a noninformative prior).

    Examples
    --------
    >>> from plan_monitor import load
    >>> fund = load().fund
    >>> fund = fund[(fund["unit"] == "亿元") & (fund["scheme"] == "residents")]
    >>> result = project(fund, years=5)
    >>> result.years, result.balance.shape
    ([2025, 2026, 2027, 2028, 2029], (10000, 5))
    """
    if years < 1 or paths < 1:
        raise ValueError(f"years and paths must be at least 1: {years}, {paths}")
    basis = _basis(fund, history, as_of)
    if isinstance(basis, str):
        raise ValueError(f"this fund cannot be projected: {basis}")
    rows, start, own, fits = basis
    last, unit = int(start["year"]), rows["unit"].iloc[0]
    levels = _simulate(own, fits, last, years, paths, seed)
    change = factors(scenario, {name: fitted.drift for name, fitted in fits.items()}, rows, years)
    income, expenditure = (
        levels["people"] * levels[name] * change[name] / YUAN[unit] for name in ("income", "expenditure")
    )
    return Projection(
        unit=unit,
        start=start,
        years=list(range(last + 1, last + years + 1)),
        income=income,
        expenditure=expenditure,
        balance=start["balance"] + np.cumsum(income - expenditure, axis=1),
        fits=_described(fits),
        borrowed=history is not None and not history[SERIES].iloc[0].equals(fund[SERIES].iloc[0]),
        over=0 if as_of is None else int(periods.end(as_of)),
    )


def opening(rows: pd.DataFrame) -> pd.Series | None:
    """The last year of a fund with income and expenditure, by its rows of `yearly`.

    year, income, expenditure, balance (carried on where it is not published) and carried (the years since it
    was published); None where no reserve is, or since then a gap or a change of its scope.
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
    own = flows.loc[last, ["income", "expenditure"]]
    return pd.Series({"year": last, **own, "balance": balance, "carried": last - published})


def _simulate(
    own: pd.DataFrame, fits: dict, start: int, years: int, paths: int, seed: int
) -> dict[str, np.ndarray]:
    """Levels of each component in every path and year after the start."""
    random = np.random.default_rng(seed)
    levels = {}
    for name in _COMPONENTS:
        values = growth.usual(own, name).loc[:start]
        if name not in fits:
            levels[name] = np.full((paths, years), values.iloc[-1])
            continue
        fitted, since = fits[name], start - values.index[-1]  # years since the last usual figure
        sigma = fitted.sigma * np.sqrt(fitted.df / random.chisquare(fitted.df, (paths, 1)))
        drift = fitted.drift + sigma * random.standard_normal((paths, 1)) / np.sqrt(fitted.years)
        steps = drift + sigma * random.standard_normal((paths, since + years))
        logs = np.clip(np.cumsum(steps, axis=1)[:, since:], -_FAR, _FAR)
        levels[name] = values.iloc[-1] * np.exp(logs)
    return levels


def _described(fits: dict) -> pd.DataFrame:
    """The fitted growth as a table."""
    table = pd.DataFrame.from_dict({name: fitted._asdict() for name, fitted in fits.items()}, orient="index")
    table = table.assign(growth=100 * np.expm1(table["drift"]), sigma=100 * table["sigma"])
    columns = ["growth", "sigma", "df", "points", "one_off", "new_scope"]
    return table[columns].rename_axis("component")
