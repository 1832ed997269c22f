"""What came back, in sentences."""

import pandas as pd

from plan_monitor.data.package import Package
from plan_monitor.forms.collect import Collected
from plan_monitor.forms.conflicts import Side
from plan_monitor.report import codes
from reportkit import words
from reportkit.language import tr


def summary(collected: Collected, package: Package) -> list[str]:
    """What was collected, line by line: counts, new sources, unjudged promises, conflicts.

    Parameters
    ----------
    collected : Collected
    package : Package
        The one that the forms were made of, as it was before.
    """
    promised = package.targets.set_index("id")
    name, place = codes.names(package.indicators), codes.names(package.regions)

    def label(target: str) -> str:
        row = promised.loc[target]
        return f"{name[row['indicator']]} · {place[row['region']]}"

    answered, refused, same = len(collected.answered), len(collected.refused), collected.same
    lines = [
        tr(
            f"新答复：实绩 {answered} 项，说明没有的 {refused} 项；以前已收录 {same} 项",
            f"new: {answered} actual(s), {refused} without a figure and why; stored before: {same}",
        )
    ]
    lines += [tr(f"新的出处：《{title}》", f"new source: {title}") for title in collected.sources]
    for answer, state in collected.unjudged:
        subject, shown = label(answer.target), codes.state(state)
        lines.append(
            tr(
                f"收下了，仍不能判断：{subject}，{answer.period}（{shown}）",
                f"taken, and the promise is not settled: {subject}, {answer.period} ({shown})",
            )
        )
    for conflict in collected.conflicts:
        unit = promised.at[conflict.target, "unit"]
        subject = " · ".join(filter(None, [label(conflict.target), conflict.period]))
        lines.append(tr(f"不一致，未并入：{subject}", f"differing, not merged: {subject}"))
        lines += [f"    {_side(side, unit, package)}" for side in conflict.sides]
    for answer in collected.remarks:
        start = tr("只有备注，没有答复：", "a remark and no answer: ")
        lines.append(start + label(answer.target) + tr("：", ": ") + answer.remark)
    left_out = tr("有问题，整份未并入：", "with findings, left out whole: ")
    return lines + [left_out + file for file in collected.left_out]


def _side(side: Side, unit: str, package: Package) -> str:
    """One side of a conflict: where it stands, and what it says."""
    message = side.reason or words.figure(float(side.value), unit, comparator=side.comparator)
    if side.answer is not None:
        place = tr(
            f"{side.answer.file} 第 {side.answer.row} 行", f"{side.answer.file}, row {side.answer.row}"
        )
    else:
        title = codes.names(package.documents).get(side.document, "")
        stored = " · ".join(part for part in (title, side.locator) if part and pd.notna(part))
        place = tr("已收录", "stored") + (words.aside(stored) if stored else "")
    return place + tr("：", ": ") + message
