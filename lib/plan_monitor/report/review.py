"""A finished plan looked back on, in words and tables."""

from math import isinf

import pandas as pd

from plan_monitor.data.package import Package
from plan_monitor.report import codes
from plan_monitor.report.judgement import verdict
from reportkit import measures, words
from reportkit.language import current, tr, word
from reportkit.tables import table

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
    "no_base": ("没有基期数，无法衡量进展", "no figure of the base year, so progress cannot be measured"),
    "already": ("基期已达到，目标未要求提高", "reached in the base year, so no progress was asked for"),
    "worded": ("结果只有文字，没有数字", "the outcome is in words, not a figure"),
    "doubtful": (
        "结果的数字存疑，不作判断",
        "the figure of the outcome is doubtful, so there is no verdict",
    ),
    "none": ("没有结果", "no outcome"),
}
VERDICT = {
    "holds": ("相符", "holds"),
    "rounding": ("舍入误差之内", "holds within rounding"),
    "contradicts": ("不符", "does not hold"),
}


def answer(outcomes: pd.DataFrame, claimed: float, title: str, place: str) -> None:
    """Say what a plan claims of its targets, what its own figures bear out, and what of that can be measured.

    Parameters
    ----------
    outcomes : DataFrame
        Of ``methods.review.outcomes``.
    claimed : float
        How many the plan says were met; NaN where it does not say.
    title, place : str
        Of the plan and the region, in the report's language.
    """
    count, done = outcomes["evidence"].value_counts(), outcomes["status"].isin(["achieved", "kept"])
    worded = int((done & outcomes["evidence"].eq("worded")).sum())
    doubtful, base, sums = (int(count.get(name, 0)) for name in ("doubtful", "measured", "from_zero"))
    few = [
        (
            worded,
            f"（其中 {worded} 项仅有文字，没有数字）",
            f" ({worded} of them in words only, without a figure)",
        ),
        (
            doubtful,
            f"，另 {doubtful} 项数字存疑，不作判断",
            f"; the figures of {doubtful} are doubtful: no verdict",
        ),
    ]
    zh, en = ("".join(row[n] for row in few if row[0]) for n in (1, 2))
    met, based = measures.counted(int(done.sum()), "target"), measures.counted(base, "has", "have")
    summed = measures.counted(sums, "is a sum", "are sums")
    claims = _claim(claimed, len(outcomes), place)
    words.say(
        f"**《{title}》{claims}；按其所印，本报告可认定 {done.sum()} 项{zh}。** "
        f"可衡量 {base + sums} 项：{base} 项有基期数"
        + (f"，{sums} 项为累计任务，从零算起" if sums else "")
        + "。以上都是文件的自述，不是独立核查。",
        f"**The {title} {claims}; by what it prints, this report finds {met} met{en}.** "
        f"Progress can be measured for {base + sums}: {based} a base figure"
        + (f", {summed}, counted from zero" if sums else "")
        + ". All of it is what the document says of itself, not an independent check.",
    )


def _claim(claimed: float, total: int, place: str) -> str:
    """What a plan says of its targets as a whole, to follow its title."""
    shown = words.number(claimed)
    if pd.isna(claimed):
        zh, en = (
            f"列出{place}上一规划期 {total} 项脱贫指标",
            f"lists {total} poverty targets of the plan before",
        )
    elif claimed == total:
        zh = f"自称{place}上一规划期 {total} 项脱贫指标全部完成"
        en = f"says that all {total} poverty targets of the plan before were met"
    else:
        zh = f"自称{place}上一规划期的脱贫指标完成 {shown} 项，列出 {total} 项"
        en = f"says that {shown} poverty targets of the plan before were met, and lists {total}"
    return tr(zh, f"{en} in {place}")


def outcomes_table(outcomes: pd.DataFrame, package: Package, caption: tuple[str, str]) -> None:
    """Show base, target, outcome, verdict, share of the target and of the change, and what they rest on.

    Parameters
    ----------
    outcomes : DataFrame
        Of ``methods.review.outcomes``.
    package, caption
        As in ``progress_table``.
    """
    name, unit = codes.names(package.indicators), measures.units(package.indicators)
    printed = package.observations.set_index("id")[["comparator", "as_printed"]]
    rows, trace = [], []
    for _, row in outcomes.iterrows():
        start = float("nan") if pd.isna(row["baseline_id"]) else row["baseline"]
        counts, in_words = unit[row["indicator"]], row["evidence"] == "worded"
        rows.append(
            {
                "indicator": name[row["indicator"]],
                "base": words.figure(start, counts),
                "target": words.figure(row["value"], counts, comparator=row["comparator"]),
                "outcome": _outcome(row, counts, printed),
                "share": words.number(row["share"], 1),
                "way": _way(row),
                "verdict": word(EVIDENCE, "worded") if in_words else verdict(row),
                "evidence": word(EVIDENCE, row["evidence"]),
            }
        )
        ids = {"target": row["id"], "base": row["baseline_id"], "outcome": row["latest_id"]}
        trace.append({column: listed.split(", ") for column, listed in ids.items() if pd.notna(listed)})
    headings = {
        **{"indicator": ("指标", "Indicator"), "base": ("基期", "Base"), "target": ("目标", "Target")},
        **{"outcome": ("实际", "Outcome"), "share": ("实际÷目标，%", "Outcome ÷ target, %")},
        "way": ("变动完成比例，%（舍入容许的范围）", "Change achieved, % (range by rounding)"),
        "verdict": ("判断", "Verdict"),
        "evidence": ("可否衡量", "Can it be measured"),
    }
    frame = pd.DataFrame(rows, columns=list(headings))
    classes = pd.DataFrame("", index=frame.index, columns=frame.columns)
    classes.loc[outcomes["evidence"].eq("doubtful").to_numpy(), "outcome"] = "grade-c"
    judged = outcomes["status"].mask(outcomes["evidence"].eq("worded"))
    classes["verdict"] = ["no-data" if pd.isna(s) else f"status-{s}" for s in judged]
    table(frame, caption=caption, headings=headings, classes=classes, trace=trace)


def _outcome(row: pd.Series, unit: str, printed: pd.DataFrame) -> str:
    """The figure reached; where the document has none, the words it has in its place."""
    if row["evidence"] != "worded":
        return words.dated(row["latest"], unit, None, printed["comparator"].get(row["latest_id"], "="))
    told = printed["as_printed"].get(row["latest_id"])
    return f"“{told}”" if current() == "zh" and pd.notna(told) else word(EVIDENCE, "worded")


def _way(row: pd.Series) -> str:
    """The change achieved, with its range where rounding moves the last digit shown."""
    shown, (least, most) = words.number(row["way"], 0), (row["way_low"], row["way_high"])
    if isinf(most):
        return shown + words.aside(tr("舍入使其无从估计", "unknown by rounding"))
    ends = [words.number(end, 0) for end in (least, most)]
    return shown if ends[0] == ends[1] else shown + words.aside("–".join(ends))


def statements_table(statements: pd.DataFrame, caption: tuple[str, str]) -> None:
    """Show shares that a document states beside what its own figures give.

    Parameters
    ----------
    statements : DataFrame
        Of ``methods.review.recompute``, with label, and the ids of the rows: part_id, whole_id, stated_id.
    """
    shown = pd.DataFrame(
        {
            "label": statements["label"],
            "part": [words.figure(r.part, r.part_unit) for r in statements.itertuples()],
            "whole": [words.figure(r.whole, r.whole_unit) for r in statements.itertuples()],
            "stated": [words.figure(value, "%") for value in statements["stated"]],
            "computed": [_computed(r) for r in statements.itertuples()],
            "verdict": [word(VERDICT, name) for name in statements["verdict"]],
        }
    )
    headings = {
        **{"label": ("项目", "Item"), "part": ("实际", "Outcome"), "whole": ("目标或基数", "Target or base")},
        **{
            "stated": ("文件所写完成率", "Stated"),
            "computed": ("重算（舍入容许的范围）", "Computed again (range by rounding)"),
        },
        "verdict": ("判断", "Verdict"),
    }
    trace = [
        {
            **{"part": [r.part_id], "whole": [r.whole_id], "stated": [r.stated_id]},
            "computed": [r.part_id, r.whole_id],
        }
        for r in statements.itertuples()
    ]
    table(shown, caption=caption, headings=headings, trace=trace)


def _computed(row) -> str:
    """A share computed again, with what rounding allows where its figures are rounded."""
    shown = words.figure(row.computed, "%", 2)
    least, most = words.number(row.lowest, 2), words.number(row.highest, 2)
    return shown if least == most else shown + words.aside(f"{least}–{most}")
