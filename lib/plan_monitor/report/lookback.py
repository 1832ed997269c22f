"""The first page on a finished plan: what was met, what can be measured, what to ask."""

from collections.abc import Iterable

import pandas as pd

from plan_monitor.data.package import Package
from plan_monitor.report import codes, responsible
from plan_monitor.report.review import EVIDENCE, recomputed
from reportkit import measures, words
from reportkit.brief import Fact
from reportkit.charts.small import small_states
from reportkit.cited import cited
from reportkit.language import Text, tr

_MEASURED = ["measured", "from_zero"]
_COLOURS = ("#3f7d58", "#7fae8f", "#8a8a8a", "#5b7a99", "#c98b1b", "#b0302a", "#43484e")
_STATES = {name: (*pair, colour) for (name, pair), colour in zip(EVIDENCE.items(), _COLOURS, strict=True)}
_OPEN = {  # what to ask for, by what is missing of a target
    "worded": ("实绩数，原文只有文字", "the outcome in figures, which the text has in words"),
    "no_base": ("基期数，文件没有", "the base figure, which the document does not give"),
}


def answer(outcomes: pd.DataFrame) -> Text:
    """How many targets were met by the plan's own figures (``review.outcomes``), in a sentence."""
    if outcomes.empty:
        return "没有可回顾的上一规划期数字目标。", "No targets of a plan before are looked back on."
    met, doubtful = _met(outcomes), outcomes[outcomes["evidence"].eq("doubtful")]
    total, reached, doubtful_count = (_count(rows) for rows in (outcomes, met, doubtful))
    zh, en = (
        f"按规划自报的数字，{total} 项指标完成 {reached} 项",
        f"By the plan's own figures {reached} of {total} targets were met",
    )
    if len(doubtful):
        verb = "figure is" if len(doubtful) == 1 else "figures are"
        return f"{zh}，{doubtful_count} 项存疑。", f"{en}; {doubtful_count} {verb} doubtful."
    return f"{zh}。", f"{en}."


def facts(
    outcomes: pd.DataFrame, statements: pd.DataFrame, claim: pd.DataFrame, package: Package
) -> list[Fact]:
    """Facts of the first page: what the plan claims, what its figures confirm, and what they cannot show.

    `outcomes` are of ``review.outcomes``, `statements` of ``review.recompute``, with label; `claim` are the
    stored rows in which the plan says how many of its targets were met.
    """
    if outcomes.empty:
        return []
    result, met, name = [], _met(outcomes), codes.names(package.indicators)
    for row in claim.tail(1).itertuples():
        listed = tr(f"共列 {len(outcomes)} 项", f"of {len(outcomes)} listed")
        result.append(Fact(("规划自称完成", "Met, the plan says"), _items(row.value), [row.id], listed))
    worded = int(met["evidence"].eq("worded").sum())
    remark = tr(f"其中 {worded} 项只有文字", f"{worded} in words only") if worded else ""
    result.append(Fact(("按所印数字可认定", "Borne out by its figures"), _items(len(met)), _ids(met), remark))
    measured = outcomes[outcomes["evidence"].isin(_MEASURED)]
    sums = int(measured["evidence"].eq("from_zero").sum())
    remark = tr(f"{sums} 项从零累计", f"{sums} summed from zero") if sums else ""
    result.append(Fact(("能衡量进展", "Progress measurable"), _items(len(measured)), _ids(measured), remark))
    already = outcomes[outcomes["evidence"].eq("already")]
    if len(already):
        remark = tr("目标未要求提高", "nothing was asked for")
        result.append(Fact(("基期已达到", "Reached before"), _items(len(already)), _ids(already), remark))
    for row in outcomes[outcomes["evidence"].eq("doubtful")].itertuples():
        figure = words.figure(row.latest, row.unit)
        goal = words.figure(row.value, row.unit, comparator=row.comparator)
        remark = tr(f"存疑，目标 {goal}", f"doubtful, target {goal}")
        result.append(Fact(name[row.indicator], figure, [row.latest_id, row.id], remark))
    for row in statements[statements["verdict"].eq("contradicts")].itertuples():
        again = recomputed(row)
        remark = tr(f"重算为 {again}", f"computed again: {again}")
        result.append(Fact(row.label, words.figure(row.stated, "%"), _made_of(row), remark))
    return result


def requests(outcomes: pd.DataFrame, statements: pd.DataFrame, document: str, package: Package) -> list[str]:
    """Requests to a document's issuer: doubtful figures, rates that are wrong, missing figures."""
    name, issuer = codes.names(package.indicators), responsible.issuers(package)(document).name
    steps = []
    for row in outcomes[outcomes["evidence"].eq("doubtful")].itertuples():
        figure = cited(words.figure(row.latest, row.unit), [row.latest_id])
        goal = cited(words.figure(row.value, row.unit, comparator=row.comparator), [row.id])
        subject = name[row.indicator]
        en = f"Ask the {issuer} to verify “{subject}”: {figure} is doubtful (target {goal})"
        steps.append(tr(f"请{issuer}核实“{subject}”：印作 {figure}，存疑（目标 {goal}）", en))
    for row in statements[statements["verdict"].eq("contradicts")].itertuples():
        stated = cited(words.figure(row.stated, "%"), [row.stated_id])
        again = cited(recomputed(row), [row.part_id, row.whole_id])
        en = f"Ask the {issuer} to correct “{row.label}”: stated {stated}, computed {again}"
        steps.append(tr(f"请{issuer}更正“{row.label}”：写作 {stated}，两数相除为 {again}", en))
    for evidence, (wanted_zh, wanted_en) in _OPEN.items():
        rows = outcomes[outcomes["evidence"].eq(evidence)]
        if len(rows):
            first, n = name[rows["indicator"].iloc[0]], cited(str(len(rows)), _ids(rows))
            several = len(rows) > 1
            zh = f"请{issuer}补充“{first}”{f'等 {n} 项' * several}的{wanted_zh}"
            en = f"Ask the {issuer} for {wanted_en}: “{first}”" + f", one of {n} indicators" * several
            steps.append(tr(zh, en))
    return steps


def evidence_chart(outcomes: pd.DataFrame) -> None:
    """Draw for how many targets progress can be measured, and why not for the others, as a small chart."""
    ids = {name: _ids(rows) for name, rows in outcomes.groupby("evidence")}
    counts = outcomes["evidence"].value_counts().to_dict()
    measured, total = sum(counts.get(name, 0) for name in _MEASURED), len(outcomes)
    title = (f"{total} 项中能衡量进展的 {measured} 项", f"Progress can be measured for {measured} of {total}")
    small_states(
        counts,
        states=_STATES,
        title=title,
        subtitle=("指标能否衡量，项", "Targets by what can be measured"),
        ids=ids,
    )


def _met(outcomes: pd.DataFrame) -> pd.DataFrame:
    return outcomes[outcomes["status"].isin(["achieved", "kept"])]


def _ids(rows: pd.DataFrame) -> list[str]:
    """Ids of targets and of the figures they are judged by."""
    latest_ids = rows["latest_id"].dropna().str.split(", ").explode()
    return [*rows["id"], *latest_ids]


def _made_of(row) -> Iterable[str]:
    return [row.stated_id, row.part_id, row.whole_id]


def _count(rows: pd.DataFrame) -> str:
    return cited(str(len(rows)), _ids(rows))


def _items(many: float) -> str:
    return tr(f"{words.number(many)} 项", measures.counted(many, "target"))
