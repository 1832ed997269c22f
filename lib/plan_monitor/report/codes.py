"""Codes of the data in words: statuses, reasons, levels, grades, and the names of what is stored."""

from collections.abc import Mapping

import pandas as pd

from plan_monitor.settle.labels import LABELS
from reportkit import measures
from reportkit.language import of_data, tr, word
from reportkit.words import aside, dated

STATUS = {
    "achieved": ("已达成", "achieved"),
    "on_track": ("符合进度", "on track"),
    "slow": ("进度偏慢", "slow"),
    "lagging": ("明显滞后", "lagging"),
    "moving_away": ("背离目标", "moving away"),
    "kept": ("保持", "kept"),
    "lost": ("失守", "lost"),
}
REASON = {
    "no_deadline": ("未写明期限", "no deadline stated"),
    "text_only": ("没有数量承诺", "no quantity promised"),
    "no_baseline": ("无基期数据", "no baseline figure"),
    "no_observation": ("无后续实绩", "no later figure"),
    "no_elapsed_time": ("尚未开始", "not yet begun"),
    "other_period": ("仅有时长不同的数字", "figures of other lengths of time only"),
    "after_due": ("仅有期后数字", "figures after the due date only"),
    "doubtful_only": ("仅有存疑数据", "doubtful figures only"),
    "other_definition": ("仅有口径不同的数字", "figures of another definition only"),
    "incomplete_sum": ("累计数据不全", "sum incomplete"),
}
DUE = {  # of what has no status
    "not_due": ("未到期", "not yet due"),
    "awaited": ("到期待公布", "publication pending"),
    "overdue": ("逾期未收录", "overdue, none found"),
    "undated": ("未写明期限", "no deadline stated"),
}
LEVEL = LABELS["level"] | {"county": ("县", "county")}  # that a standard or a weight is for
DOMAIN, ATTRIBUTE = LABELS["domain"], LABELS["attribute"]
QUALITY, READING = LABELS["quality"], LABELS["reading"]
_PROMISES = ("targets", "milestones", "projects")
STATES = STATUS | DUE | REASON


def state(code: str) -> str:
    """State of a promise: its status, or why it has none."""
    return word(STATES, code)


def said(row: Mapping) -> str:
    """What a stored row says, such as ``Retention rate 98.88 % (2020)``; a dated promise has no number.

    Parameters
    ----------
    row : mapping
        A row of ``figures.stored``.
    """
    name = "" if pd.isna(row[f"name_{of_data()}"]) else row[f"name_{of_data()}"]
    if pd.notna(row["level"]):
        name += f" · {word(LEVEL, row['level'])}"
    if pd.notna(row["value"]):
        unit = "" if pd.isna(row["unit"]) else measures.named(row["unit"], row["unit_en"])
        comparator = "=" if pd.isna(row["comparator"]) else row["comparator"]
        return f"{name} {dated(row['value'], unit, row['period'], comparator)}"
    return name if pd.isna(row["period"]) else name + aside(row["period"].replace("/", "–"))


def grade(row: Mapping) -> str:
    """How good a stored row is and how it was read: ``A official text · as printed``.

    Parameters
    ----------
    row : mapping
        A row of ``figures.stored``; one that promises something has no quality.
    """
    parts = [] if pd.isna(row["quality"]) else [word(QUALITY, row["quality"])]
    if row["table"] in _PROMISES:
        parts.append(tr("承诺", "promise"))
    parts += [] if pd.isna(row["reading"]) else [word(READING, row["reading"])]
    return " · ".join(parts)


def names(frame: pd.DataFrame) -> pd.Series:
    """Names by id (documents, indicators) or code (regions), in the report's language."""
    key = "code" if "code" in frame else "id"
    title = "title" if "title_zh" in frame else "name"
    return frame.set_index(key)[f"{title}_{of_data()}"]
