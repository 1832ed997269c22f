"""Dated promises without a number as a timeline and a table."""

import pandas as pd

from plan_monitor.data.package import Package
from plan_monitor.report import codes
from reportkit import periods
from reportkit.charts.marks import timeline
from reportkit.language import of_data, word
from reportkit.tables import table

STATE = {
    "done": ("已完成", "done"),
    "under_way": ("进行中", "under way"),
    "missed": ("到期未完成", "missed"),
    "dropped": ("已取消", "dropped"),
    "unknown": ("逾期未收录", "overdue, none found"),
    "awaited": ("到期待公布", "publication pending"),
    "not_due": ("未到期", "not yet due"),
}
_COLOURS = ("#3f7d58", "#2b5c8a", "#a3191f", "#6d4c8f", "#5f5f5f", "#9a9a9a", "#c98b1b")
_COLOUR = dict(zip(STATE, _COLOURS, strict=True))
_CLASS = {
    "done": "status-achieved",
    "under_way": "status-on_track",
    "missed": "status-lost",
    "dropped": "status-lost",
    "unknown": "no-data",
    "awaited": "no-data",
    "not_due": "no-data",
}
_TIMING = {"in": ("{} 年", "in {}"), "by": ("最迟 {} 年", "by {}")}


def milestone_timeline(
    judged: pd.DataFrame,
    package: Package,
    *,
    title: tuple[str, str],
    rows: str,
    as_of: str,
) -> None:
    """Draw dated promises on an axis of years, coloured by what is known of them.

    Parameters
    ----------
    judged : DataFrame
        Rows of ``methods.milestones.states``; those of one line and year should differ in document.
    package, title
        As elsewhere.
    rows : str
        What makes a line: ``region`` (the marks are then told apart by document and promise) or
        ``promise``.
    as_of : str
        Period up to which the figures go.
    """
    place = codes.names(package.regions)[judged["region"]].to_numpy()
    document = codes.names(package.documents)[judged["document"]].to_numpy()
    promise, programme = judged[f"label_{of_data()}"].to_numpy(), judged[f"programme_{of_data()}"].to_numpy()
    by_region = rows == "region"
    texts = zip(programme, place, promise, strict=True)
    frame = pd.DataFrame(
        {
            "row": place if by_region else [" · ".join(parts) for parts in texts],
            "series": [f"{d} · {p}" for d, p in zip(document, promise, strict=True)]
            if by_region
            else document,
            "year": [int(periods.end(period)) for period in judged["period"]],
            "timing": judged["timing"].to_numpy(),
            "state": judged["state"].to_numpy(),
        }
    )
    states = {state: (*pair, _COLOUR[state]) for state, pair in STATE.items()}
    timeline(frame, title=title, states=states, now=periods.end(as_of))


def milestones_table(judged: pd.DataFrame, package: Package, caption: tuple[str, str]) -> None:
    """Show dated promises with what is known of them and where they stand, one row a promise."""
    programme, document = (
        judged[f"programme_{of_data()}"],
        codes.names(package.documents)[judged["document"]],
    )
    promise, place = judged[f"label_{of_data()}"], judged["locator"]
    if programme.nunique() > 1:
        promise = programme + (" · " + promise)
    if document.nunique() > 1:
        place = pd.Series(document.to_numpy(), index=place.index) + (" · " + place)
    shown = pd.DataFrame(
        {
            "promise": promise,
            "region": codes.names(package.regions)[judged["region"]].to_numpy(),
            "when": [
                word(_TIMING, row.timing).format(row.period.replace("/", "–")) for row in judged.itertuples()
            ],
            "state": [word(STATE, state) for state in judged["state"]],
            "locator": place,
            "note": judged[f"note_{of_data()}"].fillna(""),
        }
    )
    headings = {
        "promise": ("承诺", "Promise"),
        "region": ("地区", "Region"),
        "when": ("时间", "When"),
        "state": ("进展", "State"),
        "locator": ("出处", "Place in the document"),
        "note": ("说明", "Note"),
    }
    if shown["note"].eq("").all():
        del headings["note"]
    classes = pd.DataFrame("", index=shown.index, columns=shown.columns)
    classes["state"] = judged["state"].map(_CLASS)
    trace = [{"when": [row_id]} for row_id in judged["id"]]
    table(shown, caption=caption, headings=headings, classes=classes, trace=trace)
