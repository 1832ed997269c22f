"""What became of the project's projections on series it was not made for: figures of a benchmark.

``tests/benchmarks/forecasts.py --record`` writes them, from public annual panels on which no setting was
chosen: how often ranges held, how far projections were off beside other ways, how often odds came true.
"""

from functools import cache
from pathlib import Path
from typing import NamedTuple

import pandas as pd

_FILE = Path(__file__).with_name("record.csv")


class Came(NamedTuple):
    """What became of the probabilities in one tenth."""

    n: int  # how often such a probability was given
    said: float  # their mean
    share: float  # of them that came true


@cache
def _rows() -> pd.DataFrame:
    return pd.read_csv(_FILE)


def coverage() -> pd.DataFrame:
    """How often ranges held: way (the project's is "ours"), at (% they were to hold), n, value (0 to 1)."""
    rows = _rows()
    return (
        rows[rows["measure"].eq("coverage")]
        .astype({"at": int})
        .drop(columns="measure")
        .reset_index(drop=True)
    )


def scores() -> pd.DataFrame:
    """By way: n, and interval_score_80, crps and error, beside those of the way "before" (1)."""
    rows = _rows()
    scored = rows[rows["measure"].isin(["interval_score_80", "crps", "error"])]
    table = scored.pivot(index="way", columns="measure", values="value").loc[scored["way"].unique()]
    return table.assign(n=scored.groupby("way")["n"].first())


def tenths() -> dict[int, Came]:
    """What became of probabilities, by the tenth (0 to 9) that they were in."""
    rows = _rows()
    said, came = (rows[rows["measure"].eq(what)].set_index("at")["value"] for what in ("said", "came"))
    n = rows[rows["measure"].eq("said")].set_index("at")["n"]
    return {int(tenth): Came(int(n[tenth]), said[tenth], came[tenth]) for tenth in said.index}


def tenth(probability: float) -> int:
    """The tenth (0 to 9) that a probability is in.

    >>> tenth(0.0), tenth(0.3), tenth(0.39), tenth(1.0)
    (0, 3, 3, 9)
    """
    return min(int(10 * probability + 1e-9), 9)
