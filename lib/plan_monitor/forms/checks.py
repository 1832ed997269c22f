"""Checks of the cells of a form's row: source, figure and period."""

from datetime import date

import pandas as pd

from plan_monitor.forms.layout import years
from plan_monitor.settle import defaults
from plan_monitor.settle.labels import key
from plan_monitor.settle.names import Names
from reportkit import periods


def document(title: str, documents: Names) -> tuple[str, dict[str, str] | None]:
    """The id of a source, drafted if the package does not have it; or why there is none."""
    if not title:
        return "", {
            "zh": "应填出处：公布或记载这个数字的文件标题",
            "en": "expected the title of the document that has the figure",
        }
    match = documents.find(title)
    if match.ambiguous:
        listed = "；".join(f"{id} {shown}" for id, shown in match.candidates)
        return "", {
            "zh": f"应写明是哪份文件：{listed}",
            "en": f"expected one document; it may be any of these: {listed}",
        }
    return match.id or defaults.document_id(title), None


def misfit(number: str, unit: str, promise: pd.Series) -> dict[str, str] | None:
    """Why a figure cannot be one of the promised indicator; None if it can."""
    needed, lower, upper = promise[["unit", "lower", "upper"]]
    if unit and key(unit) != key(needed):
        return {
            "zh": f"应以“{needed}”为单位，所填单位是“{unit}”",
            "en": f"expected a figure in {needed}; the unit there is {unit}",
        }
    if float(number) < lower or float(number) > upper:
        low, high = ("" if pd.isna(bound) else f"{bound:g}" for bound in (lower, upper))
        return {
            "zh": f"应在指标的取值范围内：{low} 至 {high}",
            "en": f"expected a value within the indicator's bounds: {low} to {high}",
        }
    return None


def untimely(time: str, promise: pd.Series, until: date) -> dict[str, str] | None:
    """Why a period cannot be that of a figure; None if it can."""
    needed = years(promise)
    if not time:
        return {
            "zh": f"应填这个数字的时期，如 {needed}",
            "en": f"expected the period of the figure, such as {needed}",
        }
    if periods.end(time) > periods.end(f"{until:%Y-%m}"):
        return {
            "zh": f"应为 {until:%Y-%m} 以前的时期，此时期尚未结束",
            "en": f"expected a period that is over by {until:%Y-%m}",
        }
    if "/" in needed and promise["kind"] in ("cumulative", "growth") and "/" not in time:
        return {
            "zh": f"应为 {needed} 的数，时期写 {needed}；现在可读作 {time} 的，也可读作 {needed} 的",
            "en": f"expected the figure of {needed}, with that period; this may be of {time} or of {needed}",
        }
    return None
