"""Which promises need attention next, in which order, and which fall due when."""

import math
from collections.abc import Sequence
from operator import itemgetter

import numpy as np
import pandas as pd

from plan_monitor.methods import pace
from plan_monitor.methods.danger import BEHIND
from reportkit import periods

MOST = 5
_UNEVEN = 0.5  # odds below which a target is at risk
_OWN = ("promise", "by_year", "by_region")  # roles of what is still asked for, the whole before its parts
_NEAR = 1.0  # years
_MAIN = ("binding", "expected")  # attributes of the main indicators


def endangered(judged: pd.DataFrame, as_of: str, odds: pd.DataFrame | None = None) -> pd.DataFrame:
    """Promises that are due within twelve months, or were due, and are not on pace; the most urgent first.

    `judged` are rows of ``promises.judge``; `odds` has id and probability (``prospects.chances``). A promise
    is not on pace if it is lost, moving away, lagging or slow, or has no status and odds below one half.
    Returns rows of `judged` with moment (due date, in years), past (whether it fell due by the end of
    `as_of`) and probability, sorted by due date, then by status (lost first), then by the odds; of each
    indicator only the first row.
    """
    now = periods.end(as_of)
    probabilities = {} if odds is None else odds.set_index("id")["probability"].to_dict()
    rows = judged.assign(
        moment=_moments(judged["target_period"]), probability=judged["id"].map(probabilities).astype(float)
    )
    unlikely = rows["status"].isna() & (rows["probability"] < _UNEVEN)
    off = rows["status"].isin(BEHIND) | unlikely
    rows = rows[off & rows["role"].isin(_OWN) & (rows["moment"] <= now + _NEAR)]
    rows = rows.assign(
        past=rows["moment"] <= now,
        worst=rows["status"].map({state: place for place, state in enumerate(BEHIND)}).fillna(len(BEHIND)),
        part=rows["role"].map(_OWN.index),
    )
    rows = rows.sort_values(["moment", "worst", "probability", "part"], kind="stable")
    return rows.drop_duplicates("indicator").drop(columns=["worst", "part"])


def unmeasured(judged: pd.DataFrame, as_of: str) -> pd.DataFrame:
    """Promises that are due but have no figure yet, with the date at which one is to be expected.

    `judged` are rows of ``promises.judge``; the shares of regions are left out. Returns these rows with
    expected (moment, in years, at which the figure should be in print: the end of the target's period plus
    its lag), late (whether that was by the end of `as_of`) and unlike (whether there are only figures of
    another definition), the earliest expected first.
    """
    unjudged = judged["due"].isin(["awaited", "overdue"]) & judged["status"].isna()
    # due at its own base period, or without a number: no figure could judge it
    unjudgeable = judged["reason"].isin(["text_only", "no_elapsed_time"]) | ~judged["role"].isin(_OWN[:2])
    rows = judged[unjudged & ~unjudgeable]
    lag = rows["lag"].fillna(0.0) if "lag" in rows else 0.0
    rows = rows.assign(expected=_moments(rows["target_period"]) + lag / 12, late=rows["due"].eq("overdue"))
    rows = rows.assign(unlike=rows["reason"].eq("other_definition"))
    return rows.sort_values("expected", kind="stable")


def upcoming(judged: pd.DataFrame, as_of: str) -> pd.DataFrame:
    """Promises that are not yet due, the next first, with moment: the due date, in years.

    `judged` are rows of ``promises.judge``; promises already kept or achieved are left out.
    """
    rows = judged[judged["role"].isin(_OWN) & ~judged["status"].isin(["achieved", "kept"])]
    rows = rows.assign(moment=_moments(rows["target_period"]))
    return rows[rows["moment"] > periods.end(as_of)].sort_values("moment", kind="stable")


def important(rows: pd.DataFrame) -> pd.DataFrame:
    """Promises (``promises.judge``), the most important first.

    Binding targets come first, then others of the table of main indicators (attribute), then the rest; last
    come targets that the base year had met already. Among equals, promises for the whole plan come before its
    stages and the shares of regions.
    """
    bases = zip(rows["baseline"], rows["value"], rows["comparator"], rows["direction"], strict=True)
    met = np.array([pd.notna(base) and pace.meets(base, *goal) for base, *goal in bases], dtype=bool)
    main = rows["attribute"].map(_MAIN.index, na_action="ignore")  # sorted last where it is missing
    part = rows["role"].map(_OWN.index, na_action="ignore")
    ranked = rows.assign(met=met & rows["kind"].ne("cumulative"), main=main, part=part)
    return ranked.sort_values(["met", "main", "part"], kind="stable").drop(columns=["met", "main", "part"])


def minor(judged: pd.DataFrame) -> pd.Series:
    """Whether promises stand outside the table of main indicators of a document that has one."""
    main = judged["attribute"].notna()
    return main.groupby(judged["document"]).transform("any") & ~main


def _moments(due: pd.Series) -> pd.Series:
    return due.map(periods.end, na_action="ignore").astype(float)


def month(moment: float) -> str:
    """The month that ends at a moment, or in which it lies, as an ISO 8601 period.

    >>> month(2025.0), month(periods.end("2026-10"))
    ('2025-12', '2026-10')
    """
    months = math.ceil(12 * moment - 1e-6)  # a moment that rounds to a month's end is that month's end
    year, number = divmod(months - 1, 12)
    return f"{year + 1}-{number + 1:02d}"


def chosen(kinds: Sequence[Sequence[str]], most: int = MOST) -> list[str]:
    """At most `most` items of several kinds; kinds, and the items of each kind, are in order of urgency.

    Each kind contributes its first item before any contributes its second.

    >>> chosen([["a1", "a2", "a3"], ["b1"], ["c1", "c2"]], 4)
    ['a1', 'a2', 'b1', 'c1']
    """
    turns = sorted((turn, kind) for kind, things in enumerate(kinds) for turn in range(len(things)))[:most]
    return [kinds[kind][turn] for turn, kind in sorted(turns, key=itemgetter(1))]
