"""How long it takes to classify a prefecture's households and to fit the risk model, beside a plain loop.

``make benchmarks`` runs it. Both sides classify the same rows in one run and must agree on every one of them;
what counts is the ratio, not the seconds of one machine.
"""

import importlib.util
import time
from pathlib import Path

import pandas as pd

from plan_monitor import relapse

SCRIPT = Path(__file__).parents[2] / "data/samples/generate_households.py"
HOUSEHOLDS = 100_000


def generator():
    """The script of the synthetic households: its rule is the plain loop."""
    spec = importlib.util.spec_from_file_location("generate_households", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def timed(function, *arguments):
    start = time.perf_counter()
    result = function(*arguments)
    return result, time.perf_counter() - start


def loop(script, rows: list[dict]) -> list[str]:
    """The group of each row, household by household and year by year."""
    groups, before = [], None
    for row in rows:
        same = before is not None and before["code"] == row["code"]
        groups.append(script.group(row, before if same else None) or "none")
        before = row
    return groups


def main() -> None:
    """Print the table."""
    script = generator()
    rows = pd.DataFrame(script.households())
    copies = -(-HOUSEHOLDS // rows["code"].nunique())
    many = pd.concat([rows.assign(code=f"{n}-" + rows["code"]) for n in range(copies)], ignore_index=True)
    one_year = many[many["period"] == script.YEARS[-1]].reset_index(drop=True)
    # whatever is imported or compiled only once
    relapse.fit(relapse.transitions(relapse.classify(rows, script.LINE)))
    _, single = timed(relapse.classify, one_year, script.LINE)
    found, ours = timed(relapse.classify, many, script.LINE)
    plain, theirs = timed(loop, script, many.to_dict("records"))
    assert found["group"].tolist() == plain
    moves, paired = timed(relapse.transitions, found)
    _, fitted = timed(relapse.fit, moves)
    _, tried = timed(relapse.out_of_sample, moves)
    print(f"{one_year['code'].nunique():,} households")
    print(f"  classified, one year     {single:6.2f} s")
    print(f"  classified, three years  {ours:6.2f} s   ({len(many):,} rows)")
    print(f"  loop, three years        {theirs:6.2f} s   ratio {theirs / ours:.1f}")
    print(f"  risk model: transitions  {paired:6.2f} s   ({len(moves):,} rows)")
    print(f"  risk model: fitted       {fitted:6.2f} s")
    print(f"  risk model: tried        {tried:6.2f} s")


if __name__ == "__main__":
    main()
