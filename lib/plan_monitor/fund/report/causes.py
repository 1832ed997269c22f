"""What the growth of expenditure is made of, as a chart and a table: points that add up as printed."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from plan_monitor.fund.report.series import numbers
from reportkit import words
from reportkit.charts.plain import bars
from reportkit.decimals import rounded
from reportkit.language import Text, tr, word
from reportkit.table import Column, table

_FACTOR = {
    "people": ("人数", "people"),
    "per_head": ("人均支出", "spending per head"),
    "use": ("住院率", "hospitalisation rate"),
    "price": ("次均住院费用", "cost per stay"),
    "rest": ("其余（报销水平、门诊等）", "the rest (share paid, outpatients and so on)"),
}


def causes_chart(parts: pd.DataFrame, title: Text) -> None:
    """Draw the growth of expenditure (``fund.decompose``), split over its factors, in points."""
    frame = points(parts).melt(["start", "end"], _factors(parts), "factor")
    frame = frame.sort_values(["start", "end"], kind="stable")
    frame["category"] = _years(frame)
    frame["series"] = [word(_FACTOR, name) for name in frame["factor"]]
    bars(frame, title=title, unit="百分点")


def causes_table(parts: pd.DataFrame, caption: Text, basis: Iterable[str] = ()) -> None:
    """Show the growth of expenditure between years and what each factor adds to it, in points."""
    shares = points(parts)
    columns = [
        Column(("年份", "Years"), _years(shares)),
        Column(("支出增长，%", "Growth of expenditure, %"), numbers(shares["change"], 1)),
    ]
    for name in _factors(parts):
        heading = word(_FACTOR, name) + tr("，百分点", ", points")
        columns.append(Column(heading, numbers(shares[name], 1)))
    table(caption, columns, basis)


def _years(parts: pd.DataFrame) -> list[str]:
    """The years of each row, and whether its figures are those of an average year."""
    mean = words.aside(tr("年均", "a year"))
    pairs = zip(parts["start"], parts["end"], strict=True)
    return [f"{start}–{end}" + (mean if end - start > 1 else "") for start, end in pairs]


def points(parts: pd.DataFrame) -> pd.DataFrame:
    """Growth of a year in percent, to a tenth, so that the parts add up to the total as printed.

    Over several years it is the average yearly growth, shared out as the whole is. Each part is rounded down,
    and the tenths that are left go to those that lost most (the method of largest remainders), so that a part
    is less than a tenth off.
    """
    names, change = _factors(parts), parts["change"]
    span = (parts["end"] - parts["start"]).astype(float)
    yearly = parts["total_start"] * ((parts["total_end"] / parts["total_start"]) ** (1 / span) - 1)
    scale = (yearly / change.where(change != 0)).fillna(1 / span)
    tenths = 1000 * parts[["change", *names]].mul(scale / parts["total_start"], axis=0)
    total, floors = tenths["change"].map(rounded), np.floor(tenths[names])
    most = (tenths[names] - floors).rank(axis=1, ascending=False, method="first")
    shares = (floors + most.le(total - floors.sum(axis=1), axis=0)) / 10
    return parts.assign(change=total / 10, **shares)


def _factors(parts: pd.DataFrame) -> list[str]:
    """The factors of a decomposition; no rest where they leave nothing open."""
    rest = parts["rest"].abs().max() > 1e-9 * parts["total_end"].abs().max()
    return [name for name in _FACTOR if name in parts and (name != "rest" or rest)]
