"""How many promises there are and how they stand: the same words in a plan's report and in the overview."""

from plan_monitor.methods.promises import Count
from plan_monitor.report import codes
from reportkit import words
from reportkit.language import tr, word

_ROLE = {
    "promise": ("数字承诺", "promises in numbers"),
    "by_year": ("分年目标", "stages by year"),
    "by_region": ("分地区任务", "shares of regions"),
    "past": ("上一规划期目标", "targets of the plan before"),
}


def tally_lines(counted: dict[str, Count]) -> list[str]:
    """What a plan's tile and its report say of its promises, a line a role: how many, in which states.

    Parameters
    ----------
    counted : dict of str to Count
        Of ``promises.tally``.
    """
    return [_line(role, count) for role, count in counted.items() if count.total or role == "promise"]


def _line(role: str, count: Count) -> str:
    name = word(_ROLE, role)
    line = tr(f"{name} {count.total} 项", f"{name} {count.total}")
    states = tr("，", ", ").join(f"{codes.state(code)} {n}" for code, n in count.states.items())
    if count.own:
        states += words.aside(tr(f"其中据规划自报 {count.own} 项", f"by the plan's own figures: {count.own}"))
    return line + tr("：", ": ") + states if states else line


def tally_line(counted: dict[str, Count]) -> None:
    """Show the lines of ``tally_lines`` as a paragraph, and what they leave open."""
    promised = counted["promise"]
    text = tr("；", "; ").join(tally_lines(counted)) + tr("。", ".")
    if promised.total and not promised.judged:
        text += tr(
            "承诺没有一项有可用的后续实绩，兑现与否无法判断。",
            " No promise has a later figure to use: whether they are kept cannot be judged.",
        )
    elif promised.judged < promised.total:
        text += tr(
            "没有实绩不等于没有完成。",
            " That there is no figure does not mean that a promise was not kept.",
        )
    if any(count.of("awaited", "overdue") for count in counted.values()):
        text += tr(
            "是否已过公布期，按假设的公布时滞计算。",
            " Whether the time for publication has passed is reckoned by assumed lags.",
        )
    words.say(text, text[0].upper() + text[1:])
