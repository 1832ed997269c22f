"""The first page of the audit: what is held against the plans, the gravest first, and who is to answer."""

import pandas as pd

from plan_monitor.audit import report
from plan_monitor.audit.checks import HELD
from plan_monitor.data.figures import stored
from plan_monitor.data.package import Package
from plan_monitor.methods.agenda import MOST
from reportkit import words
from reportkit.brief import Fact
from reportkit.charts.canvas import States
from reportkit.charts.small import small_states
from reportkit.cited import cited, unmarked
from reportkit.language import Text, of_data, tr

_ROOM = (60, 30)  # of a step: Chinese characters, English words
_SHORT: dict[str, Text] = {
    "proven": ("证实的错误或矛盾", "Proven errors"),
    "changed": ("改变而未说明", "Changed without notice"),
    "unclear": ("待发文机关澄清", "To be cleared up"),
}
_LOOKS: States = {
    "holds": ("相符", "Holds", "#3f7d58"),
    "rounding": ("舍入之内相符", "Holds within rounding", "#7fae8f"),
    "held": ("须更正、说明或澄清", "To be corrected or cleared up", "#b0302a"),
    "blameless": ("不符而不属规划之误", "No fault of the plans", "#c98b1b"),
    "unknown": ("无法核对", "Cannot be checked", "#767b82"),
}
_ASK: dict[str, tuple[str, str]] = {
    "proven": ("更正", "correct"),
    "changed": ("说明", "explain"),
    "unclear": ("澄清", "clear up"),
}


def answer(stated: pd.DataFrame, package: Package) -> str:
    """How many statements (``checks.statements``) there are, and how many the issuers are to answer for."""
    if stated.empty:
        en = "No statement is checked: an error in the plans' figures would not show."
        return tr("没有设核对，规划的数字有错也看不出来。", en)
    held, proven = stated["finding"].isin(HELD), stated["finding"].eq("proven")
    total, wrong, sure = (_many(rows, package) for rows in (stated, stated[held], stated[proven]))
    en = f"Of {total} statements {wrong} need an answer from the issuers; {sure} proven wrong."
    return tr(f"{total} 条表述中 {wrong} 处须由发文机关答复，其中证实有误 {sure} 处。", en)


def facts(stated: pd.DataFrame, package: Package) -> list[Fact]:
    """How many statements are of which class, and how many of the plans' figures were checked at all."""
    basis = report.documents(stated, package)
    parts = [(_SHORT[name], stated[stated["finding"].eq(name)], "lost") for name in HELD]
    for name in ("holds", "unknown"):
        parts.append((_LOOKS[name][:2], stated[stated["verdict"].eq(name)], ""))
    quoted, covered = coverage(stated, package)
    share = words.figure(100 * covered / len(quoted), "%", 0) if len(quoted) else words.NOTHING
    checked = tr(f"{len(quoted)} 个数中的 {covered} 个", f"{covered} of {len(quoted)}")
    return [
        *(
            Fact(
                label,
                tr(f"{len(part)} 处", f"{len(part)}"),
                report.documents(part, package) or basis,
                "",
                state,
            )
            for label, part, state in parts
            if len(part)
        ),
        Fact(("参加核对的数", "Figures checked"), share, basis, cited(checked, basis)),
    ]


def steps(ranked: pd.DataFrame, unreviewed: int, package: Package) -> list[str]:
    """What to do next: review what nobody looked at; ask for what is proven wrong and for the gravest others.

    `ranked` are checks that are held against the documents (``consequence.rank``), the gravest first.
    """
    figures, issuer = stored(package), package.documents.set_index("id")["issuer"].fillna("")
    told = []
    if unreviewed:
        told.append(
            tr(
                f"先评审尚未评审的不符 {unreviewed} 处（第二节开头），再引用本报告",
                f"Review what nobody has looked at yet ({unreviewed}) before quoting this report",
            )
        )
    first = ranked.sort_values("finding", key=lambda finding: finding.ne("proven"), kind="stable")
    for check in first.head(MOST - len(told)).itertuples():
        rows = [*check.rows, *check.told_rows]
        name = issuer[figures.at[rows[-1], "document"]].split()[-1:] if of_data() == "zh" else []
        who, (zh, en) = "".join(name) or tr("发文机关", "issuer"), _ASK[check.finding]
        subject = cited(getattr(check, f"subject_{of_data()}"), rows)
        full = tr(f"请{who}{zh}：{subject}", f"Ask the {who} to {en}: {subject}")
        told.append(full if _fits(full) else tr(f"请发文机关{zh}：{subject}", f"Ask to {en}: {subject}"))
    return told


def limits(stated: pd.DataFrame, package: Package) -> str:
    """What the audit cannot tell."""
    quoted, covered = coverage(stated, package)
    left = cited(f"{len(quoted) - covered}", report.documents(stated, package))
    en = f"{left} figures of the plans take part in no check: an error in them would not show."
    return tr(f"规划中另有 {left} 个数未设核对，错了也看不出来。", en)


def chart(stated: pd.DataFrame) -> None:
    """Draw how the statements came out."""
    held = stated["finding"].isin(HELD)
    state = stated["verdict"].where(stated["verdict"].ne("contradicts"), "blameless").mask(held, "held")
    counts = state.value_counts().to_dict()
    agree = counts.get("holds", 0) + counts.get("rounding", 0)
    small_states(
        counts,
        states=_LOOKS,
        title=(f"{len(stated)} 条表述，{agree} 条相符", f"{agree} of {len(stated)} statements hold"),
        subtitle=("核对结果，条", "What the checks found"),
    )


def coverage(stated: pd.DataFrame, package: Package) -> tuple[pd.Series, int]:
    """The figures (ids) of the documents that make promises, and how many take part in a check."""
    used = {row for side in (*stated["rows"], *stated["told_rows"]) for row in side}
    of_plans = package.observations["document"].isin(package.targets["document"])
    quoted = pd.concat([package.targets["id"], package.observations.loc[of_plans, "id"]])
    return quoted, int(quoted.isin(used).sum())


def _many(checks: pd.DataFrame, package: Package) -> str:
    return cited(f"{len(checks)}", report.documents(checks, package))


def _fits(step: str) -> bool:
    read = unmarked(step)
    return len(read) <= _ROOM[0] if of_data() == "zh" else len(read.split()) <= _ROOM[1]
