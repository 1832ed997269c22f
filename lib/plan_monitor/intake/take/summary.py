"""What was taken for what, what was left and why, and what came of writing it, in the reader's language."""

from collections import defaultdict

from plan_monitor.intake.take.drafts import Left, Taken
from plan_monitor.intake.take.ledger import Conflict, Written

_PLACES = 3  # shown of a reason that many cells share


def summary(taken: Taken, lang: str, written: Written | None = None) -> str:
    """Lines of text: totals, a line a table, a line a reason for what was left, and conflicts.

    Of files that hold no table only the reasons.

    Parameters
    ----------
    taken : Taken
    lang : "zh" or "en"
    written : Written, optional
        What came of writing it; without it, nothing was written yet.
    """
    if not taken.figures and not taken.shapes:
        return "\n".join(_reasons(taken.left, lang))
    zh = lang == "zh"
    targets = sum(one.table == "targets" for one in taken.figures)
    actuals = len(taken.figures) - targets
    counts = (len(taken.figures), targets, actuals, len(taken.left), taken.empty)
    head = (
        "取得 {} 个数：目标 {} 个，实绩 {} 个；未取 {} 处；空格 {} 个。"
        if zh
        else "Took {} figures: {} targets, {} actuals; left {} places; {} cells are empty."
    )
    lines = [head.format(*counts)]
    for shape in taken.shapes:
        title = f"“{shape.title}”" if shape.title and shape.title != shape.place else ""
        named = f"，记入文件“{shape.document}”" if zh else f', of the document "{shape.document}"'
        counted = f"{shape.figures} 个数" if zh else f"{shape.figures} figures"
        colon, comma = ("：", "，") if zh else (": ", ", ")
        lines.append(f"  {shape.place}{title}{colon}{shape.shape[lang]}{comma}{counted}{named}")
    if taken.left:
        lines.append("未取：" if zh else "Left:")
        lines += [f"  {line}" for line in _reasons(taken.left, lang)]
    if written is None and taken.figures:
        lines.append("尚未写入；加 --write 才写入。" if zh else "Nothing is written yet; --write writes it.")
    elif written is not None:
        lines += _outcome(written, zh)
    return "\n".join(lines)


def _reasons(left: list[Left], lang: str) -> list[str]:
    """One line a reason, with the first places it holds for."""
    grouped: dict[str, list[Left]] = defaultdict(list)
    for one in left:
        grouped[one.expected[lang]].append(one)
    zh, lines = lang == "zh", []
    for reason, several in grouped.items():
        places = ("、" if zh else ", ").join(one.place for one in several[:_PLACES])
        if len(several) > _PLACES:
            places += f" 等 {len(several)} 处" if zh else f" and {len(several) - _PLACES} more"
        lines.append(f"{places}{'：' if zh else ': '}{reason}")
    return lines


def _outcome(written: Written, zh: bool) -> list[str]:
    made = (
        "写入：文件 {} 个，目标 {} 行，实绩 {} 行；已有且相同 {} 行；冲突 {} 处。"
        if zh
        else "Wrote {} documents, {} targets, {} actuals; {} rows were there already; {} conflicts."
    )
    counts = (written.documents, written.targets, written.observations, written.same, len(written.conflicts))
    return [made.format(*counts), *(f"  {_conflict(one, zh)}" for one in written.conflicts)]


def _conflict(one: Conflict, zh: bool) -> str:
    head = f"{one.indicator} · {one.region} · {one.period}"
    there, taken = f"{one.there}（{one.there_at}）", f"{one.taken}（{one.taken_at}）"
    if zh:
        return f"{head}：已有 {there}，所取 {taken}；未写入，应核对后改其中一处"
    return f"{head}: there {there}, taken {taken}; not written, expected one of them to be put right"
