"""What came back, in sentences."""

import pandas as pd

from plan_monitor.data.package import Package
from plan_monitor.intake.forms.answers import Answer
from plan_monitor.intake.forms.collect import Collected
from plan_monitor.intake.forms.conflicts import Side
from plan_monitor.report import codes
from reportkit import words


def summary(collected: Collected, package: Package, lang: str) -> list[str]:
    """What was collected, a line a thing: counts, new sources, what settles nothing, what differs.

    Parameters
    ----------
    collected : Collected
    package : Package
        The one that the forms were made of, as it was before.
    lang : str
        "zh" or "en".
    """
    zh = lang == "zh"
    promised = package.targets.set_index("id")
    name, place = codes.names(package.indicators), codes.names(package.regions)

    def called(target: str) -> str:
        row = promised.loc[target]
        return f"{name[row['indicator']]} · {place[row['region']]}"

    counts = len(collected.answered), len(collected.refused), collected.same
    lines = [
        "新答复：实绩 {} 项，说明没有的 {} 项；以前已收录 {} 项".format(*counts)
        if zh
        else "new: {} actual(s), {} without a figure and why; stored before: {}".format(*counts)
    ]
    lines += [f"新的出处：《{title}》" if zh else f"new source: {title}" for title in collected.sources]
    for answer, state in collected.unjudged:
        shown = codes.state(state)
        lines.append(
            f"收下了，仍不能判断：{called(answer.target)}，{answer.period}（{shown}）"
            if zh
            else f"taken, and the promise is not settled: {called(answer.target)}, {answer.period} ({shown})"
        )
    for conflict in collected.conflicts:
        unit = promised.at[conflict.target, "unit"]
        of = " · ".join(filter(None, [called(conflict.target), conflict.period]))
        lines.append(f"不一致，未并入：{of}" if zh else f"differing, not merged: {of}")
        lines += [f"    {_side(side, unit, package, lang)}" for side in conflict.sides]
    lines += [
        f"只有备注，没有答复：{called(answer.target)}：{answer.remark}"
        if zh
        else f"a remark and no answer: {called(answer.target)}: {answer.remark}"
        for answer in collected.remarks
    ]
    lines += [
        f"有问题，整份未并入：{file}" if zh else f"with findings, left out whole: {file}"
        for file in collected.left_out
    ]
    return lines


def _side(side: Side, unit: str, package: Package, lang: str) -> str:
    """One side of a conflict: where it stands, and what it says."""
    said = side.reason or words.figure(float(side.value), unit, comparator=side.comparator)
    if side.answer is not None:
        return f"{_row(side.answer, lang)}：{said}" if lang == "zh" else f"{_row(side.answer, lang)}: {said}"
    title = codes.names(package.documents).get(side.document, "")
    stored = " · ".join(part for part in (title, side.locator) if part and pd.notna(part))
    if lang == "zh":
        return f"已收录（{stored}）：{said}" if stored else f"已收录：{said}"
    return f"stored ({stored}): {said}" if stored else f"stored: {said}"


def _row(answer: Answer, lang: str) -> str:
    return f"{answer.file} 第 {answer.row} 行" if lang == "zh" else f"{answer.file}, row {answer.row}"
