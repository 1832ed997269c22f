"""Dated promises without a number as a timeline and a table."""

from math import ceil

import pandas as pd

from plan_monitor.data.package import Package
from plan_monitor.report import codes
from plan_monitor.settle.labels import LABELS
from reportkit import periods
from reportkit.charts.marks import timeline
from reportkit.language import Text, of_data, word
from reportkit.table import Column, table

_RECORDED = ("done", "under_way", "missed", "dropped")
STATE = {name: LABELS["state"][name] for name in _RECORDED} | {
    "unknown": codes.DUE["overdue"],
    "awaited": codes.DUE["awaited"],
    "not_due": codes.DUE["not_due"],
}
_URGENT = ["missed", "dropped", "unknown", "awaited", "under_way", "not_due", "done"]  # first to last
_COLOURS = ("#3f7d58", "#2b5c8a", "#a3191f", "#6d4c8f", "#5f5f5f", "#9a9a9a", "#c98b1b")
_MARK = {  # of the table's cell
    "done": "status-achieved",
    "under_way": "status-on_track",
    "missed": "status-lost",
    "dropped": "status-lost",
    "unknown": "status-overdue",
    "awaited": "status-awaited",
    "not_due": "status-not_due",
}
_TIMING = {"in": ("{} 年", "in {}"), "by": ("最迟 {} 年", "by {}")}


def milestone_timeline(
    judged: pd.DataFrame, package: Package, *, title: Text, subtitle: Text = "", rows: str, as_of: str
) -> None:
    """Draw dated promises on an axis of years, coloured by what became of them.

    `judged` is of ``states``; rows of one line and year should differ in document. `rows` says what makes a
    line: ``region`` (marks then differ by document and promise) or ``promise``; the figures go up to `as_of`.
    """
    place = judged["region"].map(codes.names(package.regions))
    document = judged["document"].map(codes.names(package.documents))
    promise, programme = judged[f"label_{of_data()}"], judged[f"programme_{of_data()}"]
    by_region = rows == "region"
    frame = judged[["id", "timing", "state"]].assign(
        row=place if by_region else programme + " · " + place + " · " + promise,
        series=document + " · " + promise if by_region else document,
        year=[ceil(periods.end(period)) for period in judged["period"]],
    )
    looks = {state: (*pair, colour) for (state, pair), colour in zip(STATE.items(), _COLOURS, strict=True)}
    timeline(frame, title=title, subtitle=subtitle, states=looks, now=periods.end(as_of))


def milestones_table(judged: pd.DataFrame, package: Package, caption: Text) -> None:
    """Show dated promises with what became of them and where they stand, one row a promise.

    What was missed or is past without a record comes first, what is done last, each in the given order.
    """
    judged = judged.sort_values("state", key=lambda states: states.map(_URGENT.index), kind="stable")
    programme = judged[f"programme_{of_data()}"]
    document = judged["document"].map(codes.names(package.documents))
    promise, place = judged[f"label_{of_data()}"], judged["locator"]
    if programme.nunique() > 1:
        promise = programme + " · " + promise
    if document.nunique() > 1:
        place = document + " · " + place
    dates = [word(_TIMING, row.timing).format(row.period.replace("/", "–")) for row in judged.itertuples()]
    states = list(judged["state"])
    columns = [
        Column(("承诺", "Promise"), promise),
        Column(("地区", "Region"), judged["region"].map(codes.names(package.regions))),
        Column(("时间", "When"), dates, ids=[[row_id] for row_id in judged["id"]]),
        Column(
            ("进展", "State"),
            [word(STATE, state) for state in states],
            marks=[_MARK[state] for state in states],
        ),
        Column(("出处", "Place in the document"), place),
        Column(("说明", "Note"), judged[f"note_{of_data()}"].fillna(""), optional=True),
    ]
    table(caption, columns)
