"""A finished plan looked back on, in words and tables."""

import pandas as pd

from plan_monitor.package import Package
from plan_monitor.present import measures, words
from plan_monitor.present.judgement import verdict
from plan_monitor.present.tables import table

EVIDENCE = {
    "measured": ("可衡量", "measurable"),
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


def outcomes_table(outcomes: pd.DataFrame, package: Package, lang: str, caption: tuple[str, str]) -> None:
    """Show base, target, outcome, verdict, share of the target and of the change, and what they rest on.

    Parameters
    ----------
    outcomes : DataFrame
        Of ``methods.review.outcomes``.
    package, lang, caption
        As in ``progress_table``.
    """
    name, unit = words.names(package.indicators, lang), measures.units(package.indicators, lang)
    reading = package.observations.set_index("id")[["comparator", "reading"]]
    rows, trace = [], []
    for _, row in outcomes.iterrows():
        start = float("nan") if pd.isna(row["baseline_id"]) else row["baseline"]
        counts = unit[row["indicator"]]
        latest = words.dated(row["latest"], counts, None, lang, _measured(reading, row["latest_id"]))
        rows.append(
            {
                "indicator": name[row["indicator"]],
                "base": words.figure(start, counts, lang),
                "target": words.figure(row["value"], counts, lang, comparator=row["comparator"]),
                "outcome": latest,
                "share": words.number(row["share"], 1),
                "way": words.number(row["way"], 0),
                "verdict": verdict(row, lang),
                "evidence": words.word(EVIDENCE, row["evidence"], lang),
            }
        )
        ids = {"target": row["id"], "base": row["baseline_id"], "outcome": row["latest_id"]}
        trace.append({column: listed.split(", ") for column, listed in ids.items() if pd.notna(listed)})
    headings = {
        **{"indicator": ("指标", "Indicator"), "base": ("基期", "Base"), "target": ("目标", "Target")},
        **{"outcome": ("实际", "Outcome"), "share": ("实际÷目标，%", "Outcome ÷ target, %")},
        **{"way": ("变动完成比例，%", "Change achieved, %"), "verdict": ("判断", "Verdict")},
        "evidence": ("可否衡量", "Can it be measured"),
    }
    frame = pd.DataFrame(rows, columns=list(headings))
    classes = pd.DataFrame("", index=frame.index, columns=frame.columns)
    classes.loc[outcomes["evidence"].eq("doubtful").to_numpy(), "outcome"] = "grade-c"
    classes["verdict"] = ["no-data" if pd.isna(s) else f"status-{s}" for s in outcomes["status"]]
    table(frame, lang, caption=caption, headings=headings, classes=classes, trace=trace)


def _measured(reading: pd.DataFrame, row_id: str) -> str:
    return reading["comparator"].get(row_id, "=")


def statements_table(statements: pd.DataFrame, lang: str, caption: tuple[str, str]) -> None:
    """Show shares that a document states beside what its own figures give.

    Parameters
    ----------
    statements : DataFrame
        Of ``methods.review.recompute``, with label, and the ids of the rows: part_id, whole_id, stated_id.
    """
    shown = pd.DataFrame(
        {
            "label": statements["label"],
            "part": [words.figure(r.part, r.part_unit, lang) for r in statements.itertuples()],
            "whole": [words.figure(r.whole, r.whole_unit, lang) for r in statements.itertuples()],
            "stated": [words.figure(value, "%", lang) for value in statements["stated"]],
            "computed": [_computed(r, lang) for r in statements.itertuples()],
            "verdict": [words.word(VERDICT, name, lang) for name in statements["verdict"]],
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
    table(shown, lang, caption=caption, headings=headings, trace=trace)


def _computed(row, lang: str) -> str:
    """A share computed again, with what rounding allows where its figures are rounded."""
    shown = words.figure(row.computed, "%", lang, 2)
    least, most = words.number(row.lowest, 2), words.number(row.highest, 2)
    return shown if least == most else shown + words.aside(f"{least}–{most}", lang)
