"""How accurate the projections were on series on which no setting was chosen: results of a benchmark.

``tests/benchmarks/forecasts.py --record`` writes them, from public annual panels: how often values
fell inside the ranges, how large errors were beside those of other methods, how often odds came true.
"""

from functools import cache
from pathlib import Path
from typing import NamedTuple

import pandas as pd

_FILE = Path(__file__).with_name("record.csv")


class TenthRecord(NamedTuple):
    """How often events came true whose probability was in one tenth."""

    n: int  # how often such a probability was given
    mean: float  # of these probabilities
    share: float  # of the events that came true


@cache
def _rows() -> pd.DataFrame:
    return pd.read_csv(_FILE)


def coverage() -> pd.DataFrame:
    """How often values fell inside ranges: way (the project's is "ours"), at (nominal %), n, value."""
    rows = _rows()
    return (
        rows[rows["measure"].eq("coverage")]
        .astype({"at": int})
        .drop(columns="measure")
        .reset_index(drop=True)
    )


def scores() -> pd.DataFrame:
    """By method (way): n, and interval_score_80, crps and error relative to those of the way "before" (1)."""
    rows = _rows()
    selected = rows[rows["measure"].isin(["interval_score_80", "crps", "error"])]
    table = selected.pivot(index="way", columns="measure", values="value").loc[selected["way"].unique()]
    return table.assign(n=selected.groupby("way")["n"].first())


def tenths() -> dict[int, TenthRecord]:
    """How often events came true, by the tenth (0 to 9) that their probability was in."""
    rows = _rows()
    means, shares = (
        rows[rows["measure"].eq(measure)].set_index("at")["value"] for measure in ("said", "came")
    )
    n = rows[rows["measure"].eq("said")].set_index("at")["n"]
    return {int(tenth): TenthRecord(int(n[tenth]), means[tenth], shares[tenth]) for tenth in means.index}


def tenth(probability: float) -> int:
    """The tenth (0 to 9) that a probability is in.

    >>> tenth(0.0), tenth(0.3), tenth(0.39), tenth(1.0)
    (0, 3, 3, 9)
    """
    return min(int(10 * probability + 1e-9), 9)
