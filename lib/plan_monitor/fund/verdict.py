"""Does a fund hold in the years to come: yes, no, or not to be told, by a rule that is written down."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from plan_monitor.fund import growth
from plan_monitor.fund.projection import ENOUGH, obstacle, opening, project
from plan_monitor.fund.ratios import bands_for
from plan_monitor.fund.rows import yearly
from plan_monitor.fund.scenario import applicable, factors, given, retiree_share
from reportkit import periods

YEARS = 3  # to come
SURE = 0.1  # probability up to which a fund that may fail is said to hold, and the other way round
OLD = 2  # years that may be over since the newest accounts
FEWEST = 3  # growth rates among which the fastest counts as fast
POOLED = {"employees": "employees-pooled", "all": "pooled"}  # the part that pays for others than its owner
PARTS = {"all": ("employees", "residents"), "pooled": ("employees", "residents")}


class Worst(NamedTuple):
    """A fund whose income grows no more, whose expenditure grows as it did when fastest, under stress."""

    growth: float  # of expenditure, % a year
    region: str  # of which fund, and between which years
    scheme: str
    start: int
    end: int
    scenario: str | None  # the stress test that leaves least
    months: float  # the least the reserve is worth at the end of a year
    year: int


class Verdict(NamedTuple):
    """Whether a fund holds, by which rule, and what the answer rests on."""

    answer: str  # yes, no or unknown
    scheme: str  # that was judged: of employees the pooled fund
    years: tuple[int, int]  # first and last to come
    newest: int | None  # year of the newest accounts
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
    worst: Worst | None = None
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
    """Does a fund hold for the next three years: is its reserve never below the lowest warning line?

    Of employees the pooled fund is judged, as personal accounts pay for their owners only; of several schemes
    each, as their funds are kept apart. In this order:

    - *no* (below): the newest accounts are below the line already;
    - *yes* (reserve): with no growth of income, the fastest known growth of expenditure in every year, and
      any of the stress tests on top, the reserve stays at or above the line;
    - *yes* (chance): at least `ENOUGH` own growth rates, and the probability that it falls below the line is
      at most `SURE` under any stress test;
    - *no* (chance): the same, and the probability is at least 1 - `SURE` without any stress;
    - *unknown* otherwise; and before all that where accounts, reserve, pooled fund or line are missing, or
      more than `OLD` years are over since the newest accounts.

    Parameters
    ----------
    fund : DataFrame
        Rows of ``fund``, of this region, those above it, and any schemes.
    region, scheme : str
    bands, scenarios : DataFrame
        Rows of ``fund_bands`` and ``fund_scenarios``.
    as_of : str
        ISO 8601 period; later figures are left out. The years to come begin with the first that is not over.
    above : iterable of str
        Regions whose growth of expenditure may be the fastest known, the nearest first.

    Returns
    -------
    Verdict
        Reasons: ``no_pooled`` (the pooled fund has no accounts), ``no_flows``, ``no_reserve`` and
        ``not_positive`` (as `obstacle`), ``no_line``, ``stale``, ``few_years``, ``between`` (the probability
        is neither small nor large enough), ``parts``.

    Examples
    --------
    >>> from plan_monitor import load
    >>> package = load()
    >>> rules = package.fund_bands, package.fund_scenarios
    >>> employees = holds(package.fund, "100000", "employees", *rules, as_of="2025-12")
    >>> employees.answer, employees.rule, employees.scheme, employees.years
    ('yes', 'reserve', 'employees-pooled', (2026, 2028))
    >>> residents = holds(package.fund, "100000", "residents", *rules, as_of="2025-12")
    >>> residents.answer, residents.reasons
    ('unknown', ('between',))
    """
    over = int(periods.end(as_of))
    years = (over + 1, over + YEARS)
    if scheme in PARTS:
        parts = tuple(holds(fund, region, part, bands, scenarios, as_of, above) for part in PARTS[scheme])
        return _together(parts, Verdict("unknown", scheme, years, None, "parts"))
    judged = POOLED.get(scheme, scheme)
    rows = {name: _yearly(fund, region, name, as_of) for name in (judged, scheme)}
    own, reasons = rows[judged], []
    if _accounts(own).empty:
        reasons.append("no_flows" if judged == scheme else "no_pooled")
        own = rows[scheme]
    elif (start := opening(own)) is None:
        reasons.append("no_reserve")
    newest = None if _accounts(own).empty else int(_accounts(own)["year"].max())
    line, limit = _lowest(bands, judged)
    reasons += ["no_line"] if line is None else []
    reasons += ["stale"] if newest is not None and over - newest > OLD else []
    measured = _own_rates(own)
    rates, several = len(measured), measured[measured["years"] > 1]
    averages = tuple((int(rate.start), int(rate.end)) for rate in several.itertuples())
    found = Verdict("unknown", judged, years, newest, line=line, limit=limit, rates=rates, averages=averages)
    if reasons:
        few = newest is not None and rates < ENOUGH
        return found._replace(reasons=(*reasons, *(["few_years"] if few else [])))
    found = found._replace(months=12 * start["balance"] / start["expenditure"])
    if found.months < limit:
        return found._replace(answer="no", rule="below")
    tests = applicable(scenarios, judged)
    growths = pd.DataFrame(_growths(fund, [region, *above], dict.fromkeys([judged, scheme]), as_of))
    if len(growths) >= FEWEST:
        fastest = growths.loc[growths["growth"].idxmax()]
        found = found._replace(worst=_worst(fastest, tests, start, years[1], rows[scheme]))
        if found.worst.months >= limit:
            return found._replace(answer="yes", rule="reserve")
    stored = fund[(fund["region"] == region) & (fund["scheme"] == judged)]
    return _by_chance(found, stored, tests, as_of)


def _together(parts: tuple[Verdict, ...], found: Verdict) -> Verdict:
    """The answer for funds that are kept apart: none may fail."""
    answers = {part.answer for part in parts}
    answer = "no" if "no" in answers else "unknown" if "unknown" in answers else "yes"
    newest = [part.newest for part in parts if part.newest is not None]
    return found._replace(
        answer=answer,
        newest=min(newest, default=None),
        reasons=("parts",) if answer == "unknown" else (),
        parts=parts,
    )


def _by_chance(found: Verdict, own: pd.DataFrame, tests: pd.DataFrame, as_of: str) -> Verdict:
    """The answer that the probability gives, where the own years carry one."""
    if found.rates < ENOUGH or (code := obstacle(own, as_of=as_of)) is not None:
        return found._replace(reasons=("few_years" if found.rates < ENOUGH else code,))
    ahead = found.years[1] - found.newest
    retirees = retiree_share(yearly(own, as_of))
    chances = {}
    for name, test in [(None, None), *_runnable(tests, retirees)]:
        chances[name] = project(own, ahead, scenario=test, as_of=as_of).p_below(found.limit).iloc[-1]
    hardest = max(chances, key=chances.get)
    found = found._replace(chance=chances[None], stressed=chances[hardest], scenario=hardest)
    found = found._replace(chances=tuple(chances.items()))
    if found.stressed <= SURE:
        return found._replace(answer="yes", rule="chance")
    if found.chance >= 1 - SURE:
        return found._replace(answer="no", rule="chance")
    return found._replace(reasons=("between",))


def _worst(fastest: pd.Series, tests: pd.DataFrame, start: pd.Series, last: int, rows: pd.DataFrame) -> Worst:
    """What is left at worst until the last year; `rows` tell the share of retirees."""
    ahead = np.arange(1, last - int(start["year"]) + 1)
    still = {name: _steady(rate) for name, rate in {"income": 0.0, "expenditure": fastest["growth"]}.items()}
    found = {}
    for name, test in [(None, None), *_runnable(tests, retiree_share(rows))]:
        change = factors(test, still, rows, len(ahead))
        spent = start["expenditure"] * np.exp(fastest["growth"] * ahead) * change["expenditure"]
        months = 12 * (start["balance"] + np.cumsum(start["income"] * change["income"] - spent)) / spent
        found[name] = months.min(), int(start["year"] + ahead[months.argmin()])
    hardest = min(found, key=lambda name: found[name][0])
    growth_rate = 100 * np.expm1(fastest["growth"])
    of = (fastest["region"], fastest["scheme"], int(fastest["start"]), int(fastest["end"]))
    return Worst(growth_rate, *of, hardest, *found[hardest])


def _growths(fund: pd.DataFrame, regions: list[str], schemes: Iterable[str], as_of: str) -> Iterator[dict]:
    """Yearly growth of the whole expenditure of some funds, of one scope, unusual years left out."""
    for region in regions:
        for scheme in schemes:
            rows = _yearly(fund, region, scheme, as_of)
            whole = growth.components(rows[rows["expenditure"] > 0].assign(enrollees=np.nan))
            for rate in growth.rates(whole, "expenditure").itertuples():
                of = {"region": region, "scheme": scheme, "start": rate.start, "end": rate.end}
                yield of | {"growth": rate.growth / rate.years}


def _own_rates(rows: pd.DataFrame) -> pd.DataFrame:
    """Growth rates of one scope of the flow, or of the enrolment behind both, that is known worst."""
    table = growth.components(rows[(rows[["income", "expenditure"]] > 0).all(axis=1)])
    headed = not table["people"].eq(1).all()
    names = ["income", "expenditure", *(["people"] if headed else [])]
    return min((growth.rates(table, name) for name in names), key=len)


def _steady(rate: float) -> growth.Growth:
    """Growth of the same logarithmic rate in every year."""
    return growth.Growth(rate, 0.0, np.inf, 1, 1, (), ())


def _runnable(tests: pd.DataFrame, retirees: float | None) -> list[tuple[str, Mapping]]:
    """Stress tests by id, without those that need retirees where none are known."""
    return [
        (name, test)
        for name, test in tests.set_index("id").iterrows()
        if retirees is not None or not given(test, "retiree_share")
    ]


def _yearly(fund: pd.DataFrame, region: str, scheme: str, as_of: str) -> pd.DataFrame:
    return yearly(fund[(fund["region"] == region) & (fund["scheme"] == scheme)], as_of)


def _accounts(rows: pd.DataFrame) -> pd.DataFrame:
    """Years with income and expenditure."""
    return rows[rows["income"].notna() & (rows["expenditure"] > 0)]


def _lowest(bands: pd.DataFrame, scheme: str) -> tuple[str | None, float]:
    """Id and months of the lowest warning line of a scheme, its own before that for all."""
    limited = bands_for(bands[bands["upper"].notna()], "reserve_months", scheme)
    return (None, np.nan) if limited.empty else (limited["id"].iloc[0], float(limited["upper"].iloc[0]))
