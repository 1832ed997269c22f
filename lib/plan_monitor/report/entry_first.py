"""The first page of a report made from spreadsheets: what was read, the results, and what to check."""

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
    """How many figures were read from how many files, and how many promises can be judged."""
    main, figures = promises.tally(judged)["promise"], len(entered.taken.figures)
    read_text = f"{counted(figures, 'figure')} read from {counted(entered.files, 'file')}"
    en = f"{read_text}; {main.judged} of {main.total} promises can be judged."
    return tr(
        f"{entered.files} 个文件读出 {figures} 个数，{main.total} 项承诺中 {main.judged} 项可判断。", en
    )


def facts(entered: Entered, judged: pd.DataFrame) -> list[Fact]:
    """Numbers read, left out and drafted, and the states of the promises.

    Their rows are of a temporary package, so figures lead only to the tables below.
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
    """What to do next: confirm drafts, look at what was left out, then the steps for the promises."""
    sentences, drafts, left_count = [], len(entered.drafts), len(entered.taken.left)
    if drafts:
        en = f"Confirm the definitions of {counted(drafts, 'drafted indicator')} (part 4)."
        sentences.append(tr(f"确认程序起草的 {drafts} 个指标的定义（第四节）", en))
    if left_count:
        en = f"Look at {counted(left_count, 'cell')} that were not taken, each with its reason (part 2)."
        sentences.append(tr(f"看一看没有取的 {left_count} 处，原因写在旁边（第二节）", en))
    return [*sentences, *map(unmarked, next_steps(judged, entered.package, as_of))][:MOST]


def limits(example: bool) -> str:
    """What the page cannot tell; for the examples, that they are made up."""
    en = "Verdicts rest on definitions that nobody has confirmed yet."
    caveat = tr("起草的定义未经人确认，判断以此为前提。", en)
    example_note = tr(
        "示例是虚构的：地名是真的，规划和数字都是编的。", "The examples are made up: plan and figures. "
    )
    return example_note + caveat if example else caveat
