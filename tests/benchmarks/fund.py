"""How long the projection of an insurance fund takes, beside a plain loop over paths and years.

``make benchmarks`` runs it. Both sides simulate the same model with the same fitted growth in one run, each
with random numbers of its own, and their medians must agree; what counts is the ratio, not the seconds of one
machine.
"""

import math
import random
import time
from pathlib import Path
from statistics import median

import pandas as pd

from plan_monitor import fund, load
from plan_monitor.fund import growth

DATA = Path(__file__).parents[2] / "data"
REGION, SCHEME = "100000", "all"
PATHS, YEARS = 10_000, 30
SEED = 6
AGREE = 0.1  # medians of the reserve; in the first two decades, after which chance alone moves them as much


def fitted(rows: pd.DataFrame) -> tuple[dict, dict]:
    """Growth and last usual level of people, income and expenditure per head."""
    table = growth.components(fund.yearly(rows))
    names = ("people", "income", "expenditure")
    return (
        {name: growth.fit(table, name) for name in names},
        {name: float(growth.usual(table, name).iloc[-1]) for name in names},
    )


def loop(found: dict, level: dict, reserve: float) -> list[list[float]]:
    """The reserve (yuan) in every path, year by year, in plain Python."""
    draw = random.Random(SEED)
    paths = []
    for _ in range(PATHS):
        drift, sigma = {}, {}
        for name, of in found.items():
            chi_square = draw.gammavariate(of.df / 2, 2)
            sigma[name] = of.sigma * math.sqrt(of.df / chi_square)
            drift[name] = of.drift + sigma[name] * draw.gauss(0, 1) / math.sqrt(of.years)
        logs = dict.fromkeys(found, 0.0)
        balance, path = reserve, []
        for _ in range(YEARS):
            for name in found:
                logs[name] += drift[name] + sigma[name] * draw.gauss(0, 1)
                logs[name] = min(max(logs[name], -300.0), 300.0)  # so that nothing overflows
            people = level["people"] * math.exp(logs["people"])
            income = people * level["income"] * math.exp(logs["income"])
            expenditure = people * level["expenditure"] * math.exp(logs["expenditure"])
            balance += income - expenditure
            path.append(balance)
        paths.append(path)
    return paths


def timed(function, *arguments, **named):
    start = time.perf_counter()
    result = function(*arguments, **named)
    return result, time.perf_counter() - start


def main() -> None:
    """Print the table."""
    rows = load(DATA).fund
    rows = rows[rows["region"].eq(REGION) & rows["scheme"].eq(SCHEME)]
    fund.project(rows, 1)  # whatever is imported or compiled only once
    result, ours = timed(fund.project, rows, YEARS, paths=PATHS, seed=SEED)
    yuan = {"亿元": 1e8, "万元": 1e4}[result.unit]
    found, level = fitted(rows)
    plain, theirs = timed(loop, found, level, result.start["balance"] * yuan)
    print(f"{PATHS:,} paths of {YEARS} years, the fund of one scheme")
    print(f"  vectorised  {ours:6.2f} s   fitting included")
    print(f"  loop        {theirs:6.2f} s   ratio {theirs / ours:.1f}")
    print(f"median of the reserve, {result.unit}")
    middle = result.quantiles("balance")["median"]
    for number, year in enumerate(result.years):
        by_loop = median(path[number] for path in plain) / yuan
        apart = by_loop / middle[year] - 1
        if (number + 1) % 5 == 0:
            print(f"  {year}  vectorised {middle[year]:12,.0f}   loop {by_loop:12,.0f}   {apart:+.1%}")
        assert number >= 20 or abs(apart) <= AGREE, (year, middle[year], by_loop)


if __name__ == "__main__":
    main()
