"""What counts as one promise: its stages, its split over regions and the plan before are counted apart."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

import pandas as pd

from plan_monitor.data.package import Package
from plan_monitor.methods import progress
from plan_monitor.methods.series import present_values
from reportkit import periods

_TALLIED = ("role", "state", "own", "id", "status", "latest_id")
ROLES = ("promise", "by_year", "by_region", "past", "bound", "text")


class Count(NamedTuple):
    """How many promises of one role, by state of `progress.assess`, and judged by the plan's own figures."""

    total: int
    states: dict[str, int]
    own: int
    ids: Mapping[str, list[str]] = MappingProxyType({})  # by state, and of own: promises, latest figures

    @property
    def judged(self) -> int:
        """Those with a status."""
        return self.of(*progress.STATUSES)

    def of(self, *states: str) -> int:
        """Those in some states."""
        return sum(self.states.get(state, 0) for state in states)


def judge(package: Package, as_of: str) -> pd.DataFrame:
    """Every promise of a package, judged, with its role. What a document repeats is left out.

    The package is selected by document and region, where only these are wanted. As of `progress.assess`, with
    own, whether the latest figure stands in the document that made the promise, and role:

    - ``text``: no quantity is promised;
    - ``bound``: the other end of a range, 1 to 2, whose first end counts;
    - ``past``: due before the first year of its document's period;
    - ``by_region``: the document promises the same for a region above: a part of that;
    - ``by_year``: the document has a later target for the same, due within its period: a stage of that;
    - ``promise``: anything else.
    """
    targets = package.targets[package.targets["restates"].isna()]
    judged = progress.assess(targets, package.observations, as_of)
    source = package.observations.set_index("id")["document"]
    first = judged["latest_id"].str.replace(", .*", "", regex=True)
    own = first.map(source).eq(judged["document"])
    return judged.assign(role=roles(judged, package.documents, package.regions), own=own)


def roles(targets: pd.DataFrame, documents: pd.DataFrame, regions: pd.DataFrame) -> pd.Series:
    """Role of each target (document, indicator, region, period, kind), as ``judge`` describes it.

    `documents` has id and period, which may be missing; `regions` code and parent.
    """
    covered = targets["document"].map(documents.set_index("id")["period"])
    due = targets["period"].map(periods.end, na_action="ignore").astype(float)
    begin = covered.map(periods.start, na_action="ignore").astype(float)
    end = covered.map(periods.end, na_action="ignore").astype(float)
    same = ["document", "indicator", "region"]
    last = due.where(~(due > end)).groupby([targets[name] for name in same]).transform("max")
    parent = regions.set_index("code")["parent"].to_dict()
    promised = list(zip(*(targets[name].tolist() for name in (*same, "period")), strict=True))
    stated = set(promised)

    def part_of_a_whole(document: str, indicator: str, region: str, period: str) -> bool:
        above = parent.get(region)
        while pd.notna(above):
            if (document, indicator, above, period) in stated:
                return True
            above = parent.get(above)
        return False

    role = pd.Series("promise", index=targets.index)
    role[due < last] = "by_year"
    role[[part_of_a_whole(*key) for key in promised]] = "by_region"
    role[due <= begin] = "past"
    role[targets.duplicated([*same, "period"])] = "bound"
    role[targets["kind"].eq("text")] = "text"
    return role


def tally(judged: pd.DataFrame) -> dict[str, Count]:
    """Count rows of ``judge`` for each of ``ROLES`` but bound and text.

    Where rows have an id, each count has those of its promises and of the figures that these are judged by.
    They are never added up over roles: the others are parts, or of another plan.

    >>> rows = [("promise", "kept", False), ("promise", "overdue", False), ("by_year", "overdue", False),
    ...         ("past", "achieved", True)]
    >>> counted = tally(pd.DataFrame(rows, columns=["role", "state", "own"]))
    >>> counted["promise"][:3]
    (2, {'kept': 1, 'overdue': 1}, 0)
    >>> counted["promise"].judged, counted["past"].own, counted["by_region"].total
    (1, 1, 0)
    """
    order = [*progress.STATUSES, *progress.DUE, *progress.REASONS]
    rows = present_values(judged[[name for name in _TALLIED if name in judged]])
    counted = {}
    for role in ROLES[:-2]:
        of_role = [row for row in rows if row["role"] == role]
        groups = {state: group for state in order if (group := [r for r in of_role if r["state"] == state])}
        states = {state: len(group) for state, group in groups.items()}
        own = [row for row in of_role if row["own"] and row["state"] in progress.STATUSES]
        ids = {name: _ids(group) for name, group in (groups | {"own": own}).items()} if "id" in judged else {}
        counted[role] = Count(len(of_role), states, len(own), ids)
    return counted


def _ids(judged: list[dict]) -> list[str]:
    """Ids of promises, and of the figures that they are judged by."""
    latest = (row.get("latest_id", "") for row in judged if "status" in row)
    return [
        *(row["id"] for row in judged),
        *(row_id for ids in latest for row_id in ids.split(", ") if row_id),
    ]
