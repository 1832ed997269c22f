"""Requests to those who made promises, and their replies."""

import pandas as pd

from plan_monitor.data.package import Package
from plan_monitor.report import codes
from reportkit import words
from reportkit.language import of_data
from reportkit.measures import counted
from reportkit.table import Column, table


def replies(promised: pd.DataFrame, package: Package) -> None:
    """Show for how many promises a figure was requested, given or refused, and the reasons of refusals.

    Of several requests for one promise the last one counts. Without any request nothing is shown. `promised`
    are rows of ``promises.judge``.
    """
    requests = package.requests[package.requests["target"].isin(promised["id"])]
    requests = requests.sort_values("asked", kind="stable").drop_duplicates("target", keep="last")
    if requests.empty:
        return
    counts = requests["state"].value_counts()
    answered, refused, unanswered = (counts.get(state, 0) for state in ("answered", "refused", "asked"))
    words.say(
        f"向作出承诺的机关征询过 {len(requests)} 项的实绩：已答复 {answered} 项，说明没有数字 {refused} 项，"
        f"尚未答复 {unanswered} 项。答复的数字先按 B 级计，与原件核对后可改为 A 级。",
        f"Those who promised were asked for the figures of {counted(len(requests), 'promise')}: answered "
        f"{answered}, without a figure and why {refused}, no answer yet {unanswered}. Figures that came back "
        "count as grade B at first; checked against their originals they may become grade A.",
        basis=requests["target"],
    )
    if not refused:
        return
    reasons = requests[requests["state"].eq("refused")]
    promise = package.targets.set_index("id").loc[reasons["target"]]
    columns = [
        Column(("指标", "Indicator"), promise["indicator"].map(codes.names(package.indicators))),
        Column(("地区", "Region"), promise["region"].map(codes.names(package.regions))),
        Column(("征询对象", "Asked of"), reasons["asked_of"].fillna(words.NOTHING)),
        Column(("答复日期", "Answered"), reasons["answered"].fillna(words.NOTHING)),
        Column(("原因", "Reason"), reasons[f"reason_{of_data()}"].fillna(reasons["reason_zh"])),
    ]
    table(("征询后说明没有数字的", "Without a figure, as those asked said"), columns)
