"""The review of a finished plan in words and tables."""

from math import isinf

import pandas as pd

from plan_monitor.data.package import Package
from plan_monitor.report import codes
from plan_monitor.report.judgement import marks, verdict
from plan_monitor.report.sources import stored_ids
from reportkit import measures, words
from reportkit.decimals import all_against
from reportkit.figure import Figure
from reportkit.language import Text, tr, word
from reportkit.table import Column, table

EVIDENCE = {
    "measured": ("可衡量", "measurable"),
    "from_zero": ("可衡量，从零算起", "measurable, from zero"),
    "no_base": ("无基期", "no base"),
    "already": ("基期已达到", "reached before"),
    "worded": ("仅有文字", "in words"),
    "doubtful": ("结果存疑", "doubtful outcome"),
    "none": ("无结果", "no outcome"),
}
EXPLAINED = {
    "no_base": ("没有基期数，无法衡量进展", "without a base figure, so progress cannot be measured"),
    "already": ("基期已达到，目标未要求提高", "reached in the base year, so no progress was asked for"),
    "worded": ("结果只有文字，没有数字", "with the outcome in words, not a figure"),
    "doubtful": ("结果的数字存疑，不作判断", "with a doubtful figure of the outcome, so there is no verdict"),
    "none": ("没有结果", "without an outcome"),
}
_NONE, _ALL = 0.0, 100.0  # per cent of a target, or of the way to it
VERDICT = {
    "holds": ("相符", "holds"),
    "rounding": ("舍入之内相符", "holds within rounding"),
    "contradicts": ("不符", "does not hold"),
}


def answer(outcomes: pd.DataFrame, claim: pd.DataFrame, title: str, place: str) -> None:
    """Say what a plan claims about its targets, how many can be measured, and why the others cannot.

    `outcomes` are of ``methods.review.outcomes``, `claim` the stored rows in which the plan says how many
    were met, none where it does not say; `title` and `place` name plan and region in the report's language.
    """
    evidence = outcomes["evidence"]
    with_base, sums = (int(evidence.eq(name).sum()) for name in ("measured", "from_zero"))
    summed = measures.counted(sums, "is a sum", "are sums")
    summed = tr(f"，{sums} 项为累计任务，从零算起", f", {summed}, counted from zero") if sums else ""
    counts_by_evidence = {name: (int(evidence.eq(name).sum()), reason) for name, reason in EXPLAINED.items()}
    zh = "".join(f"；{n} 项{reason[0]}" for n, reason in counts_by_evidence.values() if n)
    en = "".join(f"; {n} {reason[1]}" for n, reason in counts_by_evidence.values() if n)
    claims = _claim(claim["value"].max(), len(outcomes), place)
    based = measures.counted(with_base, "has", "have")
    words.say(
        f"**《{title}》{claims}**。可衡量 {with_base + sums} 项：{with_base} 项有基期数{summed}{zh}。",
        f"**The {title} {claims}.** Progress can be measured for {with_base + sums}: {based} a base figure"
        f"{summed}{en}.",
        basis=[*claim["id"], *outcomes["id"], *outcomes["latest_id"].dropna()],
    )


def _claim(claimed: float, total: int, place: str) -> str:
    """The plan's claim about all its targets, to follow its title."""
    if pd.isna(claimed):
        zh = f"列出{place}上一规划期 {total} 项脱贫指标"
        en = f"lists {total} poverty targets of the plan before"
    elif claimed == total:
        zh = f"自称{place}上一规划期 {total} 项脱贫指标全部完成"
        en = f"says that all {total} poverty targets of the plan before were met"
    else:
        met = words.number(claimed)
        zh = f"自称{place}上一规划期的脱贫指标完成 {met} 项，列出 {total} 项"
        en = f"says that {met} poverty targets of the plan before were met, and lists {total}"
    return tr(zh, f"{en} in {place}")


def ways_title(outcomes: pd.DataFrame, package: Package) -> Text:
    """The outcome that exceeded its target most, as the title of a chart."""
    beyond = (outcomes["latest"] - outcomes["value"]).mask(outcomes["baseline"] > outcomes["value"])
    if not (beyond > 0).any():
        return "从基期到目标，再到实际", "From base to target, and to the outcome"
    top = outcomes.loc[beyond.idxmax()]
    name = codes.names(package.indicators)[top["indicator"]]
    goal = words.figure(top["value"], top["unit"], comparator=top["comparator"])
    reached = words.figure(top["latest"], top["unit"])
    return (
        f"超出目标最多的是{name}：目标 {goal}，实际 {reached}",
        f"Farthest beyond its target: {name}, {reached} against {goal}",
    )


def outcomes_table(outcomes: pd.DataFrame, package: Package, caption: Text) -> None:
    """Show base, target, outcome, verdict, share of the target and of the change, and the evidence.

    `outcomes` are of ``methods.review.outcomes``; those not known to be met come first.
    """
    met = outcomes["status"].isin(["achieved", "kept"])
    outcomes = outcomes.loc[met.sort_values(kind="stable").index]
    rows = list(outcomes.itertuples())
    unit, stored = measures.units(package.indicators), package.observations.set_index("id")
    start = outcomes["baseline"].where(outcomes["baseline_id"].notna())
    base = [words.figure(value, unit[row.indicator]) for row, value in zip(rows, start, strict=True)]
    target = [words.figure(row.value, unit[row.indicator], comparator=row.comparator) for row in rows]
    reached = [_outcome(row, unit[row.indicator], stored) for row in rows]
    verdicts = [word(EVIDENCE, "worded") if row.evidence == "worded" else verdict(row) for row in rows]
    status = outcomes["status"].mask(outcomes["evidence"].eq("worded"))
    doubts = ["grade-c" if row.evidence == "doubtful" else "" for row in rows]
    of_target = zip(outcomes["share_low"], outcomes["share_high"], strict=True)
    way = ("变动完成比例，%（舍入容许的范围）", "Change achieved, % (range by rounding)")
    places = all_against(outcomes["way"], map(_short_of, outcomes["way"]), 0)
    shares = words.column(outcomes["share"], of_target, 1, map(_short_of, outcomes["share"]))
    columns = [
        Column(("指标", "Indicator"), codes.names(package.indicators)[outcomes["indicator"]]),
        Column(("基期", "Base"), base, stored_ids(outcomes["baseline_id"])),
        Column(("目标", "Target"), target, stored_ids(outcomes["id"])),
        Column(("实际", "Outcome"), reached, stored_ids(outcomes["latest_id"]), doubts),
        Column(("实际÷目标，%", "Outcome ÷ target, %"), shares),
        Column(way, [_way(row, places) for row in rows]),
        Column(("判断", "Verdict"), verdicts, marks=marks(status)),
        Column(("可否衡量", "Can it be measured"), [word(EVIDENCE, row.evidence) for row in rows]),
    ]
    table(caption, columns)


def _outcome(row, unit: str, stored: pd.DataFrame) -> str:
    """The figure reached; if the document has none, its words instead."""
    if row.evidence != "worded":
        return words.figure(row.latest, unit, comparator=stored["comparator"].get(row.latest_id, "="))
    quoted, in_words = stored["as_printed"].get(row.latest_id), word(EVIDENCE, "worded")
    return in_words if pd.isna(quoted) else tr(f"“{quoted}”", in_words)


def _short_of(percent: float) -> list[float]:
    """Of nothing and all of a target, what a figure falls short of: it is not printed as that."""
    return [bound for bound in (_NONE, _ALL) if percent < bound]


def _way(row, places: int) -> str:
    """The change achieved, with its range."""
    shown = words.number(row.way, places)
    if isinf(row.way_high):
        return shown.followed(words.aside(tr("舍入使其无从估计", "unknown by rounding")))
    return _ranged(shown, row.way_low, row.way_high, places)


def _again(row) -> str:
    """A stated share as its own figures give it, with the range."""
    again = recomputed(row)
    return _ranged(again, row.lowest, row.highest, again.places)


def recomputed(row) -> Figure:
    """A share (of ``review.recompute``) as its own figures give it, told apart from what it contradicts."""
    limits = [row.stated] if row.verdict == "contradicts" else []
    return words.figure(row.computed, "%", 2, limits=limits)


def _ranged(shown: Figure, low: float, high: float, places: int) -> str:
    """A computed figure, with its range where rounding moves the last digit shown."""
    least, most = words.number(low, places), words.number(high, places)
    return shown if least == most else shown.followed(words.aside(f"{least}–{most}"))


def statements_table(statements: pd.DataFrame, caption: Text) -> None:
    """Show shares that a document states beside what its own figures give.

    `statements` are of ``methods.review.recompute``, with label, and the ids of the rows: part_id, whole_id,
    stated_id. Those that do not hold come first.
    """
    statements = statements.sort_values("verdict", kind="stable")  # contradicts, holds, rounding
    rows = list(statements.itertuples())
    part = [words.figure(row.part, row.part_unit) for row in rows]
    whole = [words.figure(row.whole, row.whole_unit) for row in rows]
    stated = [words.figure(row.stated, "%") for row in rows]
    again = [_again(row) for row in rows]
    computed = ("重算（舍入容许的范围）", "Computed again (range by rounding)")
    columns = [
        Column(("项目", "Item"), statements["label"]),
        Column(("实际", "Outcome"), part, stored_ids(statements["part_id"])),
        Column(("目标或基数", "Target or base"), whole, stored_ids(statements["whole_id"])),
        Column(("文件所写完成率", "Stated"), stated, stored_ids(statements["stated_id"])),
        Column(computed, again, [[row.part_id, row.whole_id] for row in rows]),
        Column(("判断", "Verdict"), [word(VERDICT, row.verdict) for row in rows]),
    ]
    table(caption, columns)
