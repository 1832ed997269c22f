"""Will a fund be adequate in the coming years: yes, no or unknown, by a documented rule."""

from collections.abc import Iterable, Mapping
from itertools import product
from typing import NamedTuple

import numpy as np
import pandas as pd

from plan_monitor.fund import growth
from plan_monitor.fund.common import common
from plan_monitor.fund.projection import ENOUGH, OLD, basis, obstacle, opening, simulate
from plan_monitor.fund.ratios import bands_for
from plan_monitor.fund.rows import yearly
from plan_monitor.fund.scenario import applicable, factors, possible
from plan_monitor.fund.sensitivity import assumptions
from reportkit import periods
from reportkit.decimals import side

YEARS = 3  # to come
SURE = 0.1  # largest probability of failure at which a fund is said to hold, and of holding to fail
FEWEST = 3  # growth rates among which the fastest counts as fast
POOLED = {"employees": "employees-pooled", "all": "pooled"}  # the part that pays for others than its owner
PARTS = {"all": ("employees", "residents"), "pooled": ("employees", "residents")}


class Verdict(NamedTuple):
    """Whether a fund is adequate, by which rule, and the figures behind the answer."""

    answer: str  # yes, no or unknown
    scheme: str  # that was judged: of employees the pooled fund
    years: tuple[int, int]  # first and last to come
    newest: int | None = None  # year of the newest accounts
    rule: str | None = None  # reserve, chance, below (the line already) or parts
    reasons: tuple[str, ...] = ()  # why it cannot be told
    line: str | None = None  # the lowest warning line: id and months
    limit: float = np.nan
    months: float = np.nan  # in the newest accounts
    rates: int = 0  # growth rates of its own; one that is the average of several years is one
    averages: tuple[tuple[int, int], ...] = ()  # between which years these are measured
    chance: float = np.nan  # that the reserve is below the line at the end of a year to come
    stressed: float = np.nan  # the same under the hardest stress test
    scenario: str | None = None
    chances: tuple[tuple[str | None, float], ...] = ()  # each test, and none, with the probability
    assumed: pd.DataFrame | None = None  # of `assumptions`: the two probabilities, as `chance` and `stressed`
    hinges: tuple[str, ...] = ()  # assumptions of which another gives another answer
    # where income grows no more, and expenditure grows as it did when fastest, under stress: that growth (% a
    # year), of which fund (region, scheme) between which years (start, end), the scenario that leaves least,
    # and the least the reserve is worth at the end of a year (months, year)
    worst: pd.Series | None = None
    parts: tuple["Verdict", ...] = ()


def holds(
    fund: pd.DataFrame,
    region: str,
    scheme: str,
    bands: pd.DataFrame,
    scenarios: pd.DataFrame,
    as_of: str,
    above: Iterable[str] = (),
) -> Verdict:
    """Is a fund adequate for the next three years: is its reserve never below the lowest warning line?

    For employees the pooled fund is judged, as personal accounts pay for their owners only; for several
    schemes each one, as their funds are kept apart. In this order:

    - *no* (below): the newest accounts are below the line already;
    - *yes* (reserve): with no growth of income, the fastest known growth of expenditure in every year, and
      any of the stress tests on top, the reserve stays at or above the line (where expenditure ever grew);
    - *yes* (chance): at least `ENOUGH` own growth rates, and the probability that it falls below the line is
      at most `SURE` under any stress test;
    - *no* (chance): the same, and the probability is at least 1 - `SURE` without any stress;
    - neither of these where the answer is another one under one of the `assumptions` (``assumptions``);
    - *unknown* otherwise; and before all that where accounts, reserve, pooled fund or line are missing, or
      more than `OLD` years are over since the newest accounts. Reasons: ``no_pooled`` (the pooled fund has no
      accounts), ``no_flows``, ``no_reserve`` and ``not_positive`` (as `obstacle`), ``no_line``, ``stale``,
      ``few_years``, ``between`` (the probability is neither small nor large enough, whatever is
      assumed), ``assumptions``, ``parts``.

    `fund` has rows of this region, those `above` it, the nearest first, whose growth of expenditure may be
    the fastest known, and any others, with which it shares how much growth varies (`common`). Figures after
    `as_of` (an ISO 8601 period) are left out, and the years to come begin with the first that is not over
    then.
    """
    over = int(periods.end(as_of))
    years = (over + 1, over + YEARS)
    if scheme in PARTS:
        parts = tuple(holds(fund, region, part, bands, scenarios, as_of, above) for part in PARTS[scheme])
        return _combined(Verdict("unknown", scheme, years, rule="parts", parts=parts))
    judged = POOLED.get(scheme, scheme)
    judged_rows, scheme_rows = (_yearly(fund, region, name, as_of) for name in (judged, scheme))
    empty = _accounts(judged_rows).empty
    start = None if empty else opening(judged_rows)
    judged_rows = scheme_rows if empty else judged_rows
    newest = None if _accounts(judged_rows).empty else int(_accounts(judged_rows)["year"].max())
    limited = bands_for(bands[bands["upper"].notna()], "reserve_months", judged)
    line, limit = limited[["id", "upper"]].iloc[0] if len(limited) else (None, np.nan)
    rates = _own_rates(judged_rows)
    several = rates.loc[rates["years"] > 1, ["start", "end"]]
    averages = tuple((int(first), int(last)) for first, last in several.to_numpy())
    result = Verdict("unknown", judged, years, newest, line=line, limit=limit, averages=averages)
    result = result._replace(rates=len(rates))
    missing = {
        "no_flows": empty and judged == scheme,
        "no_pooled": empty and judged != scheme,
        "no_reserve": not empty and start is None,
        "no_line": line is None,
        "stale": newest is not None and over - newest > OLD,
    }
    if any(missing.values()):
        missing["few_years"] = newest is not None and result.rates < ENOUGH
        return result._replace(reasons=tuple(code for code, applies in missing.items() if applies))
    result = result._replace(months=12 * start["balance"] / start["expenditure"])
    if side(result.months, limit) < 0:
        return result._replace(answer="no", rule="below")
    tests = applicable(scenarios, judged)
    growths = _growths(fund, [region, *above], dict.fromkeys([judged, scheme]), as_of)
    # expenditure that only fell shows no worst case
    if len(growths) >= FEWEST and growths["growth"].max() > 0:
        fastest = growths.loc[growths["growth"].idxmax()]
        result = result._replace(worst=_worst(fastest, tests, start, years[1], scheme_rows))
        if side(result.worst.months, limit) >= 0:
            return result._replace(answer="yes", rule="reserve")
    stored = fund[(fund["region"] == region) & (fund["scheme"] == judged)]
    return _by_chance(result, stored, fund, tests, as_of)


def _combined(result: Verdict) -> Verdict:
    """The answer for funds that are kept apart: none of them may fail."""
    answers = {part.answer for part in result.parts}
    answer = "no" if "no" in answers else "unknown" if "unknown" in answers else "yes"
    newest = min((part.newest for part in result.parts if part.newest is not None), default=None)
    return result._replace(answer=answer, newest=newest, reasons=("parts",) if answer == "unknown" else ())


def _by_chance(
    result: Verdict, own: pd.DataFrame, fund: pd.DataFrame, tests: pd.DataFrame, as_of: str
) -> Verdict:
    """The answer by the probability, if the fund's own years allow one and no assumption changes it."""
    code = "few_years" if result.rates < ENOUGH else obstacle(own, as_of=as_of)
    if code is not None:
        return result._replace(reasons=(code,))
    fund_basis, shared, years = (
        basis(own, as_of=as_of),
        common(own, fund, as_of),
        result.years[1] - result.newest,
    )
    runs, paths = dict(_runs(tests, fund_basis.rows)), simulate(fund_basis, shared, years)
    chances = {name: paths.under(test).p_below(result.limit).iloc[-1] for name, test in runs.items()}
    hardest = max(chances, key=chances.get)
    result = result._replace(chance=chances[None], stressed=chances[hardest], scenario=hardest)
    options = {"as_of": as_of, "like": shared}
    cases = {"chance": runs[None], "stressed": runs[hardest]}
    tables = {name: assumptions(own, years, result.limit, test, **options) for name, test in cases.items()}
    assumed = pd.DataFrame({name: table["p_below"] for name, table in tables.items()}).dropna()
    answers = [_answer(*row) for row in assumed.itertuples(index=False)]
    hinges = tuple(name for name, answer in zip(assumed.index, answers, strict=True) if answer != answers[0])
    result = result._replace(chances=tuple(chances.items()), assumed=assumed, hinges=hinges)
    if hinges or answers[0] == "unknown":
        return result._replace(reasons=("assumptions" if hinges else "between",))
    return result._replace(answer=answers[0], rule="chance")


def _answer(chance: float, stressed: float) -> str:
    """The answer of two probabilities, without any stress and under the hardest test."""
    return "yes" if stressed <= SURE else "no" if chance >= 1 - SURE else "unknown"


def _worst(
    fastest: pd.Series, tests: pd.DataFrame, start: pd.Series, last: int, rows: pd.DataFrame
) -> pd.Series:
    """The worst case up to the last year; `rows` give the share of retirees."""
    first, rate = int(start["year"]) + 1, fastest["growth"]
    ahead = np.arange(1, last - first + 2)
    least = {}
    for name, test in _runs(tests, rows):
        change = factors(test, {"income": 0.0, "expenditure": rate}, rows, len(ahead))
        spent = start["expenditure"] * np.exp(rate * ahead) * change["expenditure"]
        months = 12 * (start["balance"] + np.cumsum(start["income"] * change["income"] - spent)) / spent
        least[name] = months.min(), int(first + months.argmin())
    hardest = min(least, key=lambda name: least[name][0])
    months, year = least[hardest]
    source = fastest[["region", "scheme", "start", "end"]]
    return pd.Series(
        {"growth": 100 * np.expm1(rate), **source, "scenario": hardest, "months": months, "year": year}
    )


def _runs(tests: pd.DataFrame, rows: pd.DataFrame) -> list[tuple[str | None, Mapping | None]]:
    """No test, and each stress test by id for which a fund has what it needs."""
    rows_by_id = tests.set_index("id").iterrows()
    return [(None, None), *((name, test) for name, test in rows_by_id if possible(test, rows))]


def _growths(fund: pd.DataFrame, regions: list[str], schemes: Iterable[str], as_of: str) -> pd.DataFrame:
    """Yearly growth of the whole expenditure of some funds, of one scope, unusual years left out."""
    tables = []
    for region, scheme in product(regions, schemes):
        rows = _yearly(fund, region, scheme, as_of)
        totals = growth.components(rows[rows["expenditure"] > 0].assign(enrollees=np.nan))
        rates = growth.rates(totals, "expenditure").assign(region=region, scheme=scheme)
        tables.append(rates.assign(growth=rates["growth"] / rates["years"]))
    return pd.concat(tables, ignore_index=True)


def _own_rates(rows: pd.DataFrame) -> pd.DataFrame:
    """Growth rates of one scope of income, expenditure or enrolment, whichever has fewest."""
    table = growth.components(rows[(rows[["income", "expenditure"]] > 0).all(axis=1)])
    names = ["income", "expenditure"] + ([] if growth.is_whole(table) else ["people"])
    return min((growth.rates(table, name) for name in names), key=len)


def _yearly(fund: pd.DataFrame, region: str, scheme: str, as_of: str) -> pd.DataFrame:
    return yearly(fund[(fund["region"] == region) & (fund["scheme"] == scheme)], as_of)


def _accounts(rows: pd.DataFrame) -> pd.DataFrame:
    """Years with income and expenditure."""
    return rows[rows["income"].notna() & (rows["expenditure"] > 0)]
