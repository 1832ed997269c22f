"""The first page of a report that was made of spreadsheets: what was read, what it tells, what to look at."""

import pandas as pd

from plan_monitor.intake.first import Entered
from plan_monitor.methods import promises
from plan_monitor.methods.agenda import MOST
from plan_monitor.report import codes
from plan_monitor.report.next import next_steps
from reportkit.brief import Fact
from reportkit.cited import unmarked
from reportkit.language import tr
from reportkit.measures import counted


def answer(entered: Entered, judged: pd.DataFrame) -> str:
    """How many figures were read of how many files, and how many promises (``promises.judge``) they judge."""
    main, figures = promises.tally(judged)["promise"], len(entered.taken.figures)
    read = f"{counted(figures, 'figure')} read from {counted(entered.files, 'file')}"
    en = f"{read}; {main.judged} of {main.total} promises can be judged."
    return tr(
        f"{entered.files} 个文件读出 {figures} 个数，{main.total} 项承诺中 {main.judged} 项可判断。", en
    )


def facts(entered: Entered, judged: pd.DataFrame) -> list[Fact]:
    """What was read and left, drafted, and in which states the promises are.

    Their rows are of a package that is thrown away, so no figure leads anywhere but to the tables below.
    """
    taken = entered.taken
    targets = sum(figure.table == "targets" for figure in taken.figures)
    parts = [
        (("读出的目标", "Targets read"), targets, ""),
        (("读出的实绩", "Actuals read"), len(taken.figures) - targets, ""),
        (("没有取的格", "Left, with the reason"), len(taken.left), ""),
        (("起草的指标", "Indicators drafted"), len(entered.drafts), ""),
    ]
    states = promises.tally(judged)["promise"].states
    for code in sorted(states, key=codes.RANK.get):
        zh, en = codes.STATES[code]
        parts.append(((zh, en.capitalize()), states[code], code))
    return [
        Fact(label, tr(f"{count} {'项' if state else '个'}", f"{count}"), (), "", state)
        for label, count, state in parts
        if count
    ]


def steps(entered: Entered, judged: pd.DataFrame, as_of: str) -> list[str]:
    """What to do next: confirm what was drafted, look at what was left; then what the promises ask for."""
    told, drafts, left = [], len(entered.drafts), len(entered.taken.left)
    if drafts:
        en = f"Confirm the definitions of {counted(drafts, 'drafted indicator')} (part 4)."
        told.append(tr(f"确认程序起草的 {drafts} 个指标的定义（第四节）", en))
    if left:
        en = f"Look at {counted(left, 'cell')} that were not taken, each with its reason (part 2)."
        told.append(tr(f"看一看没有取的 {left} 处，原因写在旁边（第二节）", en))
    return [*told, *map(unmarked, next_steps(judged, entered.package, as_of))][:MOST]


def limits(example: bool) -> str:
    """What the page cannot tell; of the examples that they are made up."""
    en = "Verdicts rest on definitions that nobody has confirmed yet."
    told = tr("起草的定义未经人确认，判断以此为前提。", en)
    made_up = tr(
        "示例是虚构的：地名是真的，规划和数字都是编的。", "The examples are made up: plan and figures. "
    )
    return made_up + told if example else told
