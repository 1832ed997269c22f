"""How long the projection of an insurance fund takes, and how well it and what it replaced would have held.

``make benchmarks`` runs it. Speed is beside a plain loop over the same fitted growth, each with random numbers
of its own, and their medians must agree; what counts is the ratio, not the seconds of one machine. The ranges
are held against published figures that are not in the package and on which nothing was chosen, beside
independent random walks with drift, each with its own spread, which the project used before. How much usual
growth differs between funds (``paths._APART``) was chosen on panels of money from elsewhere, printed too, and
on totals of a nation: where it is 0, all ranges held there, because steady growth passed for spread.
"""

import math
import random
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import NamedTuple

import numpy as np
import pandas as pd
from rivals import panels

from plan_monitor import fund, load
from plan_monitor.fund import growth, paths
from plan_monitor.fund.common import common
from plan_monitor.fund.rows import YUAN

DATA = Path(__file__).parents[2] / "data"
REGION, SCHEME = "100000", "all"
PATHS, YEARS = 10_000, 30
SEED = 6
AGREE = 0.03  # medians of the reserve, of the width of its 80 % range

# Enrolment (万人), income and expenditure (万元) of the funds of one municipality, 2014 to 2022, by the yearly data
# of the National Bureau of Statistics as tabulated at m.0951120.cn/ndsfsj/moref2f28f5.shtml
FIRST = 2014
UNSEEN = {
    "employees": {
        "enrollees": [509.6, 522, 535.7, 554.1, 575.3, 595, 618.4, 637.6, 642.6],
        "income": [2046263, 2352433, 2634826, 3035478, 3081046, 3330117, 3243162, 3866247, 4243546],
        "expenditure": [1851357, 2039308, 2258200, 2401314, 2779369, 3036761, 2947022, 3240538, 3353487],
    },
    "residents": {
        "enrollees": [514, 532.1, 531.1, 534.3, 541.5, 541.9, 545.7, 537.4, 533.8],
        "income": [329049, 427744, 473641, 539742, 597131, 592055, 460691, 533500, 554797],
        "expenditure": [233506, 294086, 294031, 340824, 424955, 478327, 456904, 613062, 703771],
    },
}
BEFORE_2020 = 2019  # from here to the years of the epidemic
ASKED = {"held": (0.65, 0.95), "later": 0.5, "score": 0.95, "width": 0.5}
PER_HEAD = ("SumHes/gdp", "Cigar/ndi", "Produc/gsp", "MunExp/expend")  # panels of money


class Before(NamedTuple):
    """Paths of income and expenditure, in the unit of the rows."""

    income: np.ndarray
    expenditure: np.ndarray


def before(rows: pd.DataFrame, years: int) -> Before:
    """What the project did before: people and flows a head, each a random walk with drift of its own."""
    table, draw = growth.components(fund.yearly(rows)), np.random.default_rng(SEED)
    levels = {}
    for name in ("people", "income", "expenditure"):
        rates = growth.rates(table, name)
        width, df = np.sqrt(rates["years"].to_numpy(float)), len(rates) - 1
        drift = rates["growth"].sum() / rates["years"].sum()
        spread = math.sqrt(((rates["growth"] / width - drift * width) ** 2).sum() / df)
        sigma = spread * np.sqrt(df / draw.chisquare(df, (PATHS, 1)))
        mean = drift + sigma * draw.standard_normal((PATHS, 1)) / math.sqrt(rates["years"].sum())
        steps = mean + sigma * draw.standard_normal((PATHS, years))
        levels[name] = table[name].iloc[-1] * np.exp(np.clip(steps.cumsum(axis=1), -300, 300))
    return Before(*(levels["people"] * levels[name] / YUAN["万元"] for name in ("income", "expenditure")))


def unseen() -> pd.DataFrame:
    """The published figures as rows of ``fund``, by scheme."""
    known = load(DATA).fund
    template = known[known["region"].eq(REGION) & known["scheme"].eq(SCHEME)].iloc[0]
    parts = []
    for scheme, figures in UNSEEN.items():
        rows = pd.DataFrame([template] * len(figures["income"])).reset_index(drop=True)
        periods = [str(FIRST + number) for number in range(len(rows))]
        given = figures | {"period": periods, "scheme": scheme, "region": "unseen", "unit": "万元"}
        nothing = {"one_off": None, "new_scope": None, "period_balance": np.nan, "balance": 0.0}
        parts.append(rows.assign(**given, **nothing, basis="final"))
    return pd.concat(parts, ignore_index=True)


def held(rows: pd.DataFrame, project: Callable) -> pd.DataFrame:
    """Ranges from each year that has two growth rates, up to three years ahead, held against what came."""
    years, trials = rows["period"].astype(int), []
    actual = rows.set_index(["scheme", years])
    for scheme in rows["scheme"].unique():
        for origin in sorted(years.unique())[2:-1]:
            found = project(rows[years <= origin], scheme, origin)
            for name in ("income", "expenditure"):
                limits = np.quantile(getattr(found, name), [0.1, 0.9], axis=0)
                for ahead in range(min(3, years.max() - origin)):
                    came, (low, high) = actual.at[(scheme, origin + ahead + 1), name], limits[:, ahead]
                    missed = max(low - came, 0) + max(came - high, 0)
                    width, score = (high - low) / came, (high - low + 10 * missed) / came
                    trials.append((origin, f"{scheme} {name}", missed == 0, width, score))
    return pd.DataFrame(trials, columns=["origin", "quantity", "held", "width", "score"])


def accuracy() -> None:
    """Print how often the ranges held, and check what was asked of them."""
    rows, known = unseen(), load(DATA).fund
    ways = {
        "shared": lambda past, scheme, origin: fund.project(
            past[past["scheme"] == scheme], 3, like=pd.concat([past, known]), as_of=str(origin)
        ),
        "before": lambda past, scheme, _: before(past[past["scheme"] == scheme], 3),
    }
    found = {name: held(rows, way) for name, way in ways.items()}
    print(f"published figures, not in the package: {len(rows)} rows, 80 % ranges")
    for name, trials in found.items():
        of_2019 = trials[trials["origin"] == BEFORE_2020]
        print(
            f"  {name:7} held {trials['held'].sum()} of {len(trials)}; from {BEFORE_2020}"
            f" {of_2019['held'].sum()} of {len(of_2019)}; width {trials['width'].median():.0%} of the value"
            f" (median), interval score {trials['score'].mean():.2f}"
        )
        each = trials.groupby("quantity", sort=False)
        listed = [
            f"{what} {part['held'].sum()}/{len(part)}, {part['score'].mean():.2f}" for what, part in each
        ]
        print(f"          by quantity: {'; '.join(listed)}")
    ours, theirs = found["shared"], found["before"]
    assert ASKED["held"][0] <= ours["held"].mean() <= ASKED["held"][1]
    assert ours.loc[ours["origin"] == BEFORE_2020, "held"].mean() >= ASKED["later"]
    assert ours["score"].mean() <= ASKED["score"] * theirs["score"].mean()
    assert ours["width"].median() <= ASKED["width"]


def other_money() -> None:
    """Print how the spread of usual growth does on panels of money, two places as income and expenditure."""
    template, chosen = unseen().iloc[:1].assign(enrollees=np.nan, scheme=SCHEME), paths._APART
    print("panels of money, each place alone and with two others: coverage, interval score (geometric mean)")
    blocks = [(panel, series[::4]) for panel, series in panels.blocks() if panel.name.endswith(PER_HEAD)]
    for apart in (0.0, 0.5, 1.0, 2.0):
        paths._APART = apart**2
        found = [
            pd.DataFrame(_panel(series, template), columns=["way", "held", "score"]) for _, series in blocks
        ]
        for way in ("alone", "shared"):
            parts = [table[table["way"] == way] for table in found]
            score = np.exp(np.mean([np.log(part["score"].mean()) for part in parts]))
            print(
                f"  apart {apart:.1f} {way:7} {np.mean([part['held'].mean() for part in parts]):.0%} {score:.3f}"
            )
    paths._APART = chosen


def _panel(series: list[pd.Series], template: pd.DataFrame) -> list[tuple]:
    """Trials of neighbouring series of a block as funds."""
    funds = []
    for number, (first, second) in enumerate(zip(series[::2], series[1::2], strict=False)):
        both = pd.concat([first, second], axis=1, keys=["income", "expenditure"]).dropna()
        rows = pd.concat([template] * len(both), ignore_index=True).assign(region=f"P{number}")
        given = {"period": both.index.astype(str), "income": both["income"].array}
        funds.append(rows.assign(**given, expenditure=both["expenditure"].array, balance=0.0))
    trials = []
    for own in funds:
        scale = own["income"].diff().abs().mean()
        for known in range(3, min(len(own), 9)):
            past, to_come = own.iloc[:known], own.iloc[known : known + 3]
            now = past["period"].iloc[-1]
            others = pd.concat([one[one["period"] <= now] for one in funds if one is not own])
            for way, like in (("alone", None), ("shared", others)):
                result = fund.project(past, len(to_come), paths=2000, like=like).quantiles("income")
                for (_, row), came in zip(result.iterrows(), to_come["income"], strict=True):
                    low, high = row["lower_80"], row["upper_80"]
                    missed = max(low - came, 0) + max(came - high, 0)
                    trials.append((way, missed == 0, (high - low + 10 * missed) / scale))
    return trials


def loop(fits: dict, correlation, reserve: float) -> list[list[float]]:
    """The reserve (yuan) in every path, year by year, in plain Python."""
    draw = random.Random(SEED)
    result = []
    for _ in range(PATHS):
        rho, new = math.tanh(draw.gauss(correlation.z, correlation.spread)), {}
        for name in fits:
            new[name] = [draw.gauss(0, 1) for _ in range(YEARS)]
        pairs = zip(new["income"], new["expenditure"], strict=True)
        new["expenditure"] = [rho * one + math.sqrt(1 - rho**2) * other for one, other in pairs]
        levels = {}
        for name, of in fits.items():
            chi_square = draw.gammavariate(of.df / 2, 2)
            width, usual = math.sqrt(of.df / chi_square), of.unknown * draw.gauss(0, 1)
            levels[name] = []
            for year, row in enumerate(of.root):
                moved = of.spread * sum(row[n] * new[name][n] for n in range(year + 1)) + usual * (year + 1)
                log = of.center[year + 1] + width * moved
                levels[name].append(of.level * math.exp(min(max(log, -300.0), 300.0)))
        balance, path = reserve, []
        for people, income, spent in zip(*levels.values(), strict=True):
            balance += people * (income - spent)
            path.append(balance)
        result.append(path)
    return result


def timed(function, *arguments, **named):
    start = time.perf_counter()
    result = function(*arguments, **named)
    return result, time.perf_counter() - start


def speed() -> None:
    """Print how long it takes, and check the medians."""
    everything = load(DATA).fund
    rows = everything[everything["region"].eq(REGION) & everything["scheme"].eq(SCHEME)]
    fund.project(rows, 1)  # whatever is imported or compiled only once
    result, ours = timed(fund.project, rows, YEARS, paths=PATHS, seed=SEED, like=everything)
    yuan = {"亿元": 1e8, "万元": 1e4}[result.unit]
    table, known = growth.components(fund.yearly(rows)), common(rows, everything)
    fits = paths.assumed(table, table, known, int(result.start["year"]), YEARS)
    fits = {name: of._replace(root=of.root.tolist()) for name, of in fits.items()}
    plain, theirs = timed(loop, fits, known.correlation, result.start["balance"] * yuan)
    print(f"{PATHS:,} paths of {YEARS} years, the fund of one scheme")
    print(f"  vectorised  {ours:6.2f} s   fitting included")
    print(f"  loop        {theirs:6.2f} s   ratio {theirs / ours:.1f}")
    print(f"median of the reserve, {result.unit}")
    fan = result.quantiles("balance")
    for number, year in enumerate(result.years):
        by_loop, middle = median(path[number] for path in plain) / yuan, fan.at[year, "median"]
        apart = (by_loop - middle) / (fan.at[year, "upper_80"] - fan.at[year, "lower_80"])
        if (number + 1) % 5 == 0:
            print(f"  {year}  vectorised {middle:12,.0f}   loop {by_loop:12,.0f}   {apart:+.1%} of the range")
        assert abs(apart) <= AGREE, (year, middle, by_loop)
    assert ours < 1, ours


if __name__ == "__main__":
    speed()
    accuracy()
    other_money()
