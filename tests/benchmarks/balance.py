"""How long the balanced-education evaluator takes on a country, beside a plain loop over its counties.

``make benchmarks`` runs it. Both sides judge the same schools in one run and must agree; what counts is the
ratio, not the seconds of one machine. Then the cheapest plan for counties of several sizes.
"""

import math
import time
from pathlib import Path

import numpy as np
import pandas as pd

from plan_monitor import balance, load

DATA = Path(__file__).parents[2] / "data"
SCHOOLS, COUNTIES = 200_000, 2_800
SEED = 6


def country(levels: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Schools of the sample county, drawn again and again with other figures, in many counties."""
    drawn = levels.iloc[rng.integers(0, len(levels), SCHOOLS)].reset_index(drop=True)
    drawn["code"] = np.arange(SCHOOLS).astype(str)
    drawn["region"] = rng.integers(0, COUNTIES, SCHOOLS).astype(str)
    for column in balance.RESOURCES["column"]:
        drawn[column] = np.round(drawn[column] * rng.lognormal(0, 0.3, SCHOOLS))
    return drawn


def loop(schools: pd.DataFrame, standard: pd.DataFrame) -> dict[str, tuple[int, int]]:
    """Schools that pass and coefficients within their limit, county by county, in plain Python."""
    book = balance.rules(standard)
    limit = {level: list(book.thresholds.loc[level]) for level in book.thresholds.index}
    per = balance.RESOURCES["per"].tolist()
    columns = ["region", "level", "students", *balance.RESOURCES["column"]]
    counties = {}
    for region, level, students, *totals in schools[columns].itertuples(index=False):
        counties.setdefault(region, {}).setdefault(level, []).append((students, totals))
    result = {}
    for region, levels in counties.items():
        passing = within = 0
        for level, rows in levels.items():
            for students, totals in rows:
                shares = [p * x / students / t for p, x, t in zip(per, totals, limit[level], strict=True)]
                met = sum(share >= 1 - 1e-9 for share in shares)
                near = sum(book.floor - 1e-9 <= share < 1 - 1e-9 for share in shares)
                passing += met + near == len(per) and near <= book.waivable
            pupils = sum(students for students, _ in rows)
            for k in range(len(per)):
                mean = sum(totals[k] for _, totals in rows) / pupils
                squares = sum(s * (totals[k] / s - mean) ** 2 for s, totals in rows)
                within += math.sqrt(squares / pupils) / mean <= book.limits[level] * (1 + 1e-9)
        result[region] = (passing, within)
    return result


def at_once(schools: pd.DataFrame, standard: pd.DataFrame) -> pd.DataFrame:
    """The same by the evaluator, for all counties at once."""
    judged, unequal = balance.evaluate_schools(schools, standard), balance.coefficients(schools, standard)
    passing = judged["status"].eq("passes").groupby(judged["region"]).sum()
    within = unequal["state"].eq("met").groupby(unequal["region"]).sum()
    return pd.concat([passing, within], axis=1)


def timed(function, *arguments):
    start = time.perf_counter()
    result = function(*arguments)
    return result, time.perf_counter() - start


def main() -> None:
    """Print the table."""
    package = load(DATA)
    standard = package.select(document="edu-balanced").standards
    levels = balance.split_levels(package.schools, package.level_weights)
    rng = np.random.default_rng(SEED)
    schools = country(levels, rng)
    at_once(schools.head(1000), standard)  # whatever is imported or compiled only once
    table, ours = timed(at_once, schools, standard)
    plain, theirs = timed(loop, schools, standard)
    assert {region: tuple(map(int, row)) for region, *row in table.itertuples()} == plain
    print(f"{SCHOOLS:,} schools in {COUNTIES:,} counties, all seven resources and all coefficients")
    print(f"  vectorised      {ours:6.2f} s")
    print(f"  loop by county  {theirs:6.2f} s   ratio {theirs / ours:.1f}, same verdicts")
    print("cheapest plan, whole teachers, rooms, square metres and yuan")
    for size, spread in ((len(levels), 0.0), (40, 0.3), (40, 0.9), (100, 0.5), (300, 0.5)):
        county = levels if not spread else levels.sample(size, replace=True, random_state=SEED)
        county = county.reset_index(drop=True).assign(code=np.arange(size).astype(str))
        for column in balance.RESOURCES["column"]:
            county[column] = np.round(county[column] * rng.lognormal(0, spread, size))
        plan, seconds = timed(balance.cheapest_plan, county, standard, package.unit_costs)
        assert balance.evaluate_schools(plan.schools, standard)["status"].eq("passes").all()
        name = "sample county" if not spread else f"figures spread by {spread:.0%}"
        print(f"  {size:4d} schools  {seconds:6.2f} s   gap {100 * plan.gap:.3f} %   ({name})")


if __name__ == "__main__":
    main()
