"""What was taken, what was left and why, and what came of writing it, in the language that is set."""

from collections import defaultdict

from plan_monitor.intake.take.drafts import Left, Taken
from plan_monitor.intake.take.ledger import Conflict, Written
from reportkit.language import chosen, tr

_PLACES = 3  # shown of a reason that many cells share


def summary(taken: Taken, written: Written | None = None) -> str:
    """Lines of text: totals, a line for each table, a line for each reason, and conflicts.

    For files that hold no table only the reasons.

    Parameters
    ----------
    taken : Taken
    written : Written, optional
        The outcome of writing it; without it, nothing was written yet.
    """
    if not taken.figures and not taken.shapes:
        return "\n".join(_reasons(taken.left))
    targets = sum(figure.table == "targets" for figure in taken.figures)
    counts = (len(taken.figures), targets, len(taken.figures) - targets, len(taken.left), taken.empty)
    template = tr(
        "取得 {} 个数：目标 {} 个，实绩 {} 个；未取 {} 处；空格 {} 个。",
        "Took {} figures: {} targets, {} actuals; left {} places; {} cells are empty.",
    )
    lines = [template.format(*counts)]
    for shape in taken.shapes:
        title = f"“{shape.title}”" if shape.title and shape.title != shape.place else ""
        kind, count, document = chosen(shape.shape), shape.figures, shape.document
        zh = f"  {shape.place}{title}：{kind}，{count} 个数，记入文件“{document}”"
        lines.append(tr(zh, f'  {shape.place}{title}: {kind}, {count} figures, of the document "{document}"'))
    if taken.left:
        lines += [tr("未取：", "Left:"), *(f"  {line}" for line in _reasons(taken.left))]
    if written is not None:
        lines += _outcome(written)
    elif taken.figures:
        lines.append(tr("尚未写入；加 --write 才写入。", "Nothing is written yet; --write writes it."))
    return "\n".join(lines)


def _reasons(left: list[Left]) -> list[str]:
    """One line for each reason, with the first places that it holds for."""
    grouped: dict[str, list[Left]] = defaultdict(list)
    for item in left:
        grouped[chosen(item.expected)].append(item)
    lines = []
    for reason, items in grouped.items():
        places, count = tr("、", ", ").join(item.place for item in items[:_PLACES]), len(items)
        if count > _PLACES:
            places += tr(f" 等 {count} 处", f" and {count - _PLACES} more")
        lines.append(places + tr("：", ": ") + reason)
    return lines


def _outcome(written: Written) -> list[str]:
    template = tr(
        "写入：文件 {} 个，目标 {} 行，实绩 {} 行；已有且相同 {} 行；冲突 {} 处。",
        "Wrote {} documents, {} targets, {} actuals; {} rows were there already, the same; {} conflicts.",
    )
    counts = (written.documents, written.targets, written.observations, written.same, len(written.conflicts))
    return [template.format(*counts), *(f"  {_conflict(conflict)}" for conflict in written.conflicts)]


def _conflict(conflict: Conflict) -> str:
    head = f"{conflict.indicator} · {conflict.region} · {conflict.period}"
    existing, new = (
        f"{conflict.existing}（{conflict.existing_place}）",
        f"{conflict.new}（{conflict.new_place}）",
    )
    return tr(
        f"{head}：已有 {existing}，所取 {new}；未写入，应核对后改其中一处",
        f"{head}: there {existing}, taken {new}; not written, expected one of them to be put right",
    )
