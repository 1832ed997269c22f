"""How well short yearly series are projected: ranges, scores and odds of eight ways, on the same trials.

``make benchmarks`` runs it, some minutes. Public annual panels come from packages that it installs for itself
(`rivals.panels`), the others are the yearly series of ``data/``. Settings of the project's way were chosen on
half 0 of the panels; half 1 is what counts. Scores are ratios to those of the way the project had before
(`rivals.ways.before`), by trials of all lengths and by those of at least four points, since with three its
ranges had no end. ``--record`` writes what reports say of it.
"""

import argparse
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
from rivals import panels, ways

from plan_monitor import load
from plan_monitor.methods import backtest, forecast
from plan_monitor.methods.series import annual_series

ROOT = Path(__file__).parents[2]
RECORD = ROOT / "lib/plan_monitor/methods/record.csv"
HORIZONS, LONGEST = range(1, 6), 10  # years ahead; points known
QUICK = (ways.before, ways.ours, ways.alone, ways.shared_spread, ways.conformal)
SLOW = (ways.local_level, ways.theta, ways.simulated)
EVERY = 4  # series of a panel: the slow ways project each fourth
SCORES = ["interval_score_80", "crps", "error"]


def tried(way: Callable, blocks: list, every: int = 1) -> pd.DataFrame:
    """Trials of one way on every block of comparable series."""
    parts = []
    for panel, series in blocks:
        trials = backtest.trials(
            dict(enumerate(series[::every])),
            panel.lower,
            panel.upper,
            HORIZONS,
            way(panel.lower, panel.upper),
        )
        parts.append(trials.assign(panel=panel.name, half=panel.half))
    rows = pd.concat(parts, ignore_index=True)
    return rows[rows["length"] <= LONGEST]


def shipped() -> list:
    """The yearly series of the project's data that have at least five points, by unit."""
    package = load(ROOT / "data")
    unit, known = package.indicators.set_index("id")["unit"], annual_series(package.observations)
    groups: dict[str, list] = {}
    for (indicator, _), series in known.items():
        if len(series) > 3:
            groups.setdefault(unit[indicator], []).append(series)
    return [
        (panels.Panel(name, 1, "", 0, 100 if name == "%" else None), rows) for name, rows in groups.items()
    ]


def line(name: str, rows: pd.DataFrame, base: pd.DataFrame) -> None:
    """One way, its coverage and its scores beside those of `base`."""
    held = [rows[f"coverage_{level}"].mean() for level in (50, 80, 95)]
    each = [rows.groupby(by)["coverage_80"].mean() for by in ("length", "horizon")]
    spans = "  ".join(f"{part.min():.2f}-{part.max():.2f}" for part in each)
    longer = [part[part["length"] > 3] for part in (rows, base)]
    ratios = [f"{a[c].mean() / b[c].mean():5.2f}" for a, b in ((rows, base), longer) for c in SCORES]
    odds = backtest.odds(rows)
    print(
        f"  {name:14s} {len(rows):6,}  " + " ".join(f"{share:.3f}" for share in held),
        spans,
        *ratios,
        sep="  ",
        end="",
    )
    print(f"  {odds.brier:.3f} / {odds.brier_base:.3f}", flush=True)


def heading(text: str) -> None:
    print(f"\n{text}\n  {'':14s} trials   held by 50, 80, 95 %  80 % by length, by years ahead", end="")
    print("   interval score, CRPS, error: all | from four points   Brier / base rate")


def compare(blocks: list, ways_: tuple, every: int = 1) -> dict[str, pd.DataFrame]:
    results = {way.__name__: tried(way, blocks, every) for way in ways_}
    for half in sorted({panel.half for panel, _ in blocks}):
        heading(f"half {half}: {'settings were chosen on it' if half == 0 else 'reported'}")
        base = results["before"]
        for name, rows in results.items():
            line(name, rows[rows["half"] == half], base[base["half"] == half])
    return results


def record(results: dict[str, pd.DataFrame], slow: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """What reports say: coverage and scores of each way on half 1, and what became of odds."""
    rows = []
    for found, names in ((results, [way.__name__ for way in QUICK]), (slow, [way.__name__ for way in SLOW])):
        base = found["before"].query("half == 1")
        for name in names:
            part = found[name].query("half == 1")
            for level in (50, 80, 95):
                rows.append((name, "coverage", level, len(part), part[f"coverage_{level}"].mean()))
            longer = part[part["length"] > 3], base[base["length"] > 3]
            for score in SCORES:
                rows.append(
                    (name, score, "", len(longer[0]), longer[0][score].mean() / longer[1][score].mean())
                )
    for tenth in backtest.odds(results["ours"].query("half == 1")).tenths.itertuples():
        rows += [("ours", what, tenth.Index, tenth.n, getattr(tenth, what)) for what in ("said", "came")]
    return pd.DataFrame(rows, columns=["way", "measure", "at", "n", "value"]).round(4)


def speed() -> None:
    """3 000 series of ten years, projected for five with what they have in common."""
    rng = np.random.default_rng(5)
    steps = rng.normal(0.03, 0.05, (3000, 10)).cumsum(axis=1)
    many = [pd.Series(row, index=range(2015, 2025)) for row in 100 * np.exp(steps)]
    begun = time.perf_counter()
    common = forecast.typical(many, 0)
    learned = time.perf_counter() - begun
    for one in many:
        forecast.project(one, range(2025, 2030), 0, like=common)
    print(
        f"\n3,000 series: {time.perf_counter() - begun:.2f} s, of which {learned:.2f} s to learn what they share"
    )


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--record", action="store_true", help=f"write {RECORD.relative_to(ROOT)}")
    asked = parser.parse_args()
    blocks = list(panels.blocks())
    print(f"{len(panels.PANELS)} public annual panels, {sum(len(rows) for _, rows in blocks)} series")
    results = compare(blocks, QUICK)
    for half in (0, 1):
        print(
            f"\nhalf {half}: what became of the odds\n"
            + backtest.odds(results["ours"].query("half == @half")).tenths.round(3).to_string()
        )
    print(f"\nslow ways, on each {EVERY}th series")
    slow = compare(blocks, (ways.before, ways.ours, *SLOW), EVERY)
    own = shipped()
    print(f"\nthe project's own {sum(len(rows) for _, rows in own)} yearly series")
    ownly = compare(own, QUICK)
    low, high = backtest.share_interval(ownly["ours"], by=["panel", "series"])
    print(
        f"  80 % ranges held: {ownly['ours']['coverage_80'].mean():.2f} (bootstrap of series, 80 %: {low:.2f}-{high:.2f})"
    )
    speed()
    if asked.record:
        record(results, slow).to_csv(RECORD, index=False)


if __name__ == "__main__":
    main()
