"""The first page of the audit: findings against the plans, the gravest first, and who is to answer."""

import pandas as pd

from plan_monitor.audit import report
from plan_monitor.audit.checks import HELD
from plan_monitor.audit.requests import request
from plan_monitor.data.figures import stored
from plan_monitor.data.package import Package
from plan_monitor.methods.agenda import MOST
from reportkit import words
from reportkit.brief import Fact
from reportkit.charts.canvas import States
from reportkit.charts.small import small_states
from reportkit.cited import cited
from reportkit.language import Text, chosen, tr

_NAMED = 3  # reasons for which plans are not at fault
_SHORT: dict[str, Text] = {
    "proven": ("证实的错误或矛盾", "Proven errors"),
    "changed": ("改变而未说明", "Changed without notice"),
    "unclear": ("待发文机关澄清", "To be cleared up"),
}
_ASKED: dict[str, Text] = {
    "proven": ("请更正", "to be corrected"),
    "changed": ("请说明", "to be explained"),
    "unclear": ("请澄清", "by the issuer"),
}
_WHY: dict[str, Text] = {  # the classes of what is no fault, in few words
    "scope": ("口径", "definition"),
    "compatible": ("底线或期限", "floor or deadline"),
    "rounding": ("舍入", "rounding"),
    "copy": ("文稿损坏", "damaged copy"),
    "superseded": ("预计数", "estimate"),
}
_LOOKS: States = {
    "holds": ("相符", "Holds", "#3f7d58"),
    "rounding": ("舍入之内相符", "Holds within rounding", "#7fae8f"),
    "held": ("须发文机关答复", "To be answered by the issuer", "#b0302a"),
    "blameless": ("不符，非规划之误", "No fault of the plans", "#c98b1b"),
    "unknown": ("无法核对", "Cannot be checked", "#767b82"),
}


def answer(stated: pd.DataFrame, package: Package) -> str:
    """How many statements (``checks.statements``) there are, and how many the issuers are to answer for."""
    if stated.empty:
        en = "No statement is checked: an error in the plans' figures would not show."
        return tr("没有设核对，规划的数字有错也看不出来。", en)
    contradicted, proven = stated["finding"].isin(HELD), stated["finding"].eq("proven")
    total = cited(f"{len(stated)}", report.documents(stated, package))
    wrong, sure = (
        cited(f"{len(rows)}", report.made_of(rows)) for rows in (stated[contradicted], stated[proven])
    )
    en = f"Of {total} statements {wrong} need an answer from the issuers; {sure} proven wrong."
    return tr(f"{total} 条表述中 {wrong} 条须由发文机关答复，其中 {sure} 条证实有误。", en)


def facts(stated: pd.DataFrame, package: Package) -> list[Fact]:
    """How many statements are in which class, and how many of the plans' figures were checked at all."""
    basis = report.documents(stated, package)
    quoted, covered = coverage(stated, package)
    share = words.NOTHING
    if len(quoted):
        share = words.figure(100 * covered / len(quoted), "%", 0, limits=[0, 100])
    checked = tr(f"{len(quoted)} 个数中的 {covered} 个", f"{covered} of {len(quoted)}")
    if stated.empty:
        plans = package.targets["document"].drop_duplicates()
        counts = (
            (("规划文件", "Plans"), len(plans), plans),
            (("规划里的数", "Figures in them"), len(quoted), plans),
            (("设的核对", "Checks set"), len(stated), plans),
        )
        return [Fact(label, f"{count}", ids) for label, count, ids in counts]
    holds = stated[stated["verdict"].eq("holds")]
    innocent = stated[stated["verdict"].eq("contradicts") & ~stated["finding"].isin([*HELD, "unreviewed"])]
    groups = [
        *((_SHORT[name], stated[stated["finding"].eq(name)], chosen(_ASKED[name]), "lost") for name in HELD),
        (_LOOKS["blameless"][:2], innocent, _reasons(innocent), ""),
    ]
    return [
        *(
            Fact(label, _statements(part), report.made_of(part), word, state)
            for label, part, word, state in groups
            if len(part)
        ),
        *(
            Fact(_LOOKS["holds"][:2], _statements(part), report.documents(part, package))
            for part in [holds]
            if len(part)
        ),
        Fact(("参加核对的数", "Figures checked"), share, basis, cited(checked, basis)),
    ]


def _reasons(checks: pd.DataFrame) -> str:
    """Why plans are not at fault, the most frequent first, in few words."""
    classes = list(checks["finding"].value_counts().index)
    more = tr("等", " …") if len(classes) > _NAMED else ""
    return tr("、", ", ").join(chosen(_WHY[name]) for name in classes[:_NAMED]) + more


def _statements(checks: pd.DataFrame) -> str:
    return tr(f"{len(checks)} 条", f"{len(checks)}")


def steps(ranked: pd.DataFrame, unreviewed: int, package: Package) -> list[str]:
    """What to do next: review what nobody has looked at, and ask about the gravest findings.

    `ranked` are findings against the documents (``consequence.rank``), the gravest first; a proven one is
    always included.
    """
    figures, sentences = stored(package), []
    if unreviewed:
        sentences.append(
            tr(
                f"先评审尚未评审的不符 {unreviewed} 条（第二节开头），再引用本报告",
                f"Review what nobody has looked at yet ({unreviewed}) before quoting this report",
            )
        )
    return [
        *sentences,
        *(request(check, figures, package) for check in _gravest(ranked, MOST - len(sentences))),
    ]


def _gravest(ranked: pd.DataFrame, most: int) -> list:
    """The first checks; if no proven one is among them, it takes the last place."""
    top, proven = ranked.head(most), ranked[ranked["finding"].eq("proven")]
    if len(proven) and not top["finding"].eq("proven").any():
        top = pd.concat([top.head(most - 1), proven.head(1)])
    return list(top.itertuples())


def limits(stated: pd.DataFrame, package: Package) -> str:
    """What the audit cannot tell."""
    quoted, covered = coverage(stated, package)
    unchecked = cited(f"{len(quoted) - covered}", report.documents(stated, package))
    en = f"{unchecked} figures of the plans take part in no check: an error in them would not show."
    return tr(f"规划中另有 {unchecked} 个数未设核对，错了也看不出来。", en)


def chart(stated: pd.DataFrame, package: Package) -> None:
    """Draw how the statements came out; each count leads to the documents of its figures."""
    contradicted = stated["finding"].isin(HELD)
    state = (
        stated["verdict"].where(stated["verdict"].ne("contradicts"), "blameless").mask(contradicted, "held")
    )
    counts = state.value_counts().to_dict()
    holding, all_documents = (
        counts.get("holds", 0) + counts.get("rounding", 0),
        report.documents(stated, package),
    )
    small_states(
        counts,
        states=_LOOKS,
        title=(f"{len(stated)} 条表述，{holding} 条相符", f"{holding} of {len(stated)} statements hold"),
        subtitle=("核对结果，条", "What the checks found"),
        # statements that cannot be checked have no figures: their count leads to all documents
        ids={code: report.documents(part, package) or all_documents for code, part in stated.groupby(state)},
    )


def coverage(stated: pd.DataFrame, package: Package) -> tuple[pd.Series, int]:
    """The figures (ids) of the documents that make promises, and how many take part in a check."""
    used = {row for side in (*stated["rows"], *stated["told_rows"]) for row in side}
    of_plans = package.observations["document"].isin(package.targets["document"])
    quoted = pd.concat([package.targets["id"], package.observations.loc[of_plans, "id"]])
    return quoted, int(quoted.isin(used).sum())
