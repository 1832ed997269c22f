"""Sentences about drafted figures, and about the outcome of decisions, in the language that is set."""

from collections import defaultdict

import pandas as pd

from plan_monitor.intake.take import Conflict
from plan_monitor.reading.confirm.accept import Accepted
from plan_monitor.reading.confirm.drafted import Drafted
from plan_monitor.reading.confirm.store import Outcome
from plan_monitor.settle import labels
from reportkit.language import chosen, of_data, tr

_SHOWN = 3  # of figures that a reason holds for
_WRONG = 5  # of statements that do not hold
_ROLES = ("target", "observation", "investment", "other")


def of_draft(drafted: Drafted, words: pd.DataFrame) -> list[str]:
    """How many figures by role, how many are certain or need a look, promises in words, other numbers."""
    rows = drafted.rows
    if rows.empty:
        return [tr("没有读出数字", "no figures")]
    counts = rows["role"].value_counts()
    roles = tr("、", ", ").join(
        f"{labels.shown('role', role)} {counts[role]}" for role in _ROLES if role in counts
    )
    look, decided = rows["look"].ne("").sum(), rows["known"].eq("known").sum()
    changed, certain = rows["known"].eq("changed").sum(), (rows["look"].eq("") & rows["known"].eq("")).sum()
    lines = [
        tr(f"读出 {len(rows)} 个数：{roles}", f"{len(rows)} figures: {roles}"),
        tr(f"有把握的 {certain} 个，要看的 {look} 个", f"{certain} are certain, {look} need a look"),
    ]
    if decided or changed:
        lines.append(
            tr(
                f"以前决定过的 {decided} 个，和以前不同的 {changed} 个",
                f"{decided} were decided on before, {changed} are not what they were",
            )
        )
    lines.append(
        tr(
            f"没有数字的承诺 {len(words)} 处；不是数据的数字（日期、文号、序号等）{drafted.digits} 个",
            f"{len(words)} promises without a number; {drafted.digits} numbers are no figures (dates, lists)",
        )
    )
    return lines


def of_checks(checks: pd.DataFrame) -> list[str]:
    """How many sums, changes and shares of a draft can be computed again, and those that do not hold."""
    if checks.empty:
        return []
    wrong = checks.loc[checks["verdict"].eq("contradicts"), f"text_{of_data()}"]
    lines = [
        tr(
            f"可以重算的 {len(checks)} 处，看来不符的 {len(wrong)} 处",
            f"{len(checks)} statements can be computed again, {len(wrong)} seem not to hold",
        )
    ]
    lines += [f"  {text}" for text in wrong[:_WRONG]]
    if len(wrong) > _WRONG:
        lines.append(tr(f"  还有 {len(wrong) - _WRONG} 处", f"  and {len(wrong) - _WRONG} more"))
    return lines


def of_outcome(outcome: Outcome, written: bool) -> list[str]:
    """The decisions, what they change, and figures that are left, with the reason."""
    decided = outcome.decided
    lines = [
        tr(
            f"采纳 {decided['yes']} 个，不采纳 {decided['no']} 个，稍后 {decided['later']} 个，"
            f"未决定 {outcome.undecided} 个",
            f"{decided['yes']} accepted, {decided['no']} refused, {decided['later']} put off, "
            f"{outcome.undecided} undecided",
        )
    ]
    for head, figures in (
        (tr("不能一并接受：", "not accepted as certain: "), outcome.unsure),
        (tr("只记入 readings：", "kept in readings only: "), outcome.left),
    ):
        lines += [head + line for line in _reasons(figures)]
    if outcome.conflicts:
        lines += [tr("有冲突，全部未写入：", "nothing is written, because of conflicts:")]
        return lines + [f"  {_conflict(conflict)}" for conflict in outcome.conflicts]
    counts = (outcome.documents, outcome.targets, outcome.observations, outcome.readings, outcome.same)
    head = tr("写入：", "wrote ") if written else tr("将写入：", "to be written: ")
    template = tr(
        "文件 {} 个，目标 {} 行，实绩 {} 行，读数 {} 行；已有且相同 {} 行",
        "{} documents, {} targets, {} actuals, {} readings; {} rows were there already, the same",
    )
    lines.append(head + template.format(*counts))
    if outcome.replaced:
        lines.append(
            tr(
                f"其中改写 {outcome.replaced} 行：后来的文本改了数",
                f"{outcome.replaced} of them are rows rewritten: a later text has another figure",
            )
        )
    if outcome.changes and not written:
        lines.append(tr("尚未写入；加 --write 才写入", "nothing is written yet; --write writes it"))
    return lines


def _reasons(figures: list[Accepted]) -> list[str]:
    """A line for each reason, with the first figures that it holds for."""
    grouped = defaultdict(list)
    for item in figures:
        reasons = [chosen(finding.expected) for finding in item.findings]
        clash = tr("与同一文件里的另一个数冲突", "differs from another figure of the document")
        grouped[reasons[0] if reasons else chosen(item.left) if item.left else clash].append(item.decision)
    lines = []
    for reason, decisions in grouped.items():
        shown = tr("、", ", ").join(
            f"{item.indicator} {item.value}{item.unit}{tr(f'（第 {item.line} 行）', f' (row {item.line})')}"
            for item in decisions[:_SHOWN]
        )
        if len(decisions) > _SHOWN:
            shown += tr(f" 等 {len(decisions)} 个", f" and {len(decisions) - _SHOWN} more")
        lines.append(shown + tr("：", ": ") + reason)
    return lines


def _conflict(conflict: Conflict) -> str:
    head = f"{conflict.indicator} · {conflict.region} · {conflict.period}"
    existing, new = (
        f"{conflict.existing}（{conflict.existing_place}）",
        f"{conflict.new}（{conflict.new_place}）",
    )
    return tr(
        f"{head}：已有 {existing}，所采纳的是 {new}；应只采纳其一，或改其指标、地区、时期",
        f"{head}: there {existing}, accepted {new}; expected one of them, or another indicator or period",
    )
