"""What the growth of expenditure is made of, as a chart and a table: points that add up as printed."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from reportkit import words
from reportkit.charts.plain import bars
from reportkit.decimals import rounded
from reportkit.language import tr, word
from reportkit.tables import table

_FACTOR = {
    "people": ("人数", "people"),
    "per_head": ("人均支出", "spending per head"),
    "use": ("住院率", "hospitalisation rate"),
    "price": ("次均住院费用", "cost per stay"),
    "rest": ("其余（报销水平、门诊等）", "the rest (share paid, outpatients and so on)"),
}


def causes_chart(parts: pd.DataFrame, title: tuple[str, str]) -> None:
    """Draw the growth of expenditure between years, split over its factors, in points.

    Parameters
    ----------
    parts : DataFrame
        Rows of ``methods.fund.decompose``.
    title
        As in ``tables.table``.
    """
    frame = points(parts).melt(["start", "end"], list(_given(parts)), "factor")
    frame = frame.sort_values(["start", "end"], kind="stable")
    frame["category"] = _years(frame)
    frame["series"] = [word(_FACTOR, name) for name in frame["factor"]]
    bars(frame, title=title, unit="百分点")


def causes_table(parts: pd.DataFrame, caption: tuple[str, str], basis: Iterable[str] = ()) -> None:
    """Show the growth of expenditure between years and what each factor adds to it, in points."""
    shares = points(parts)
    shown = pd.DataFrame({"years": _years(shares)})
    shown["change"] = [words.number(value, 1) for value in shares["change"]]
    for name in _given(parts):
        shown[name] = [words.number(value, 1) for value in shares[name]]
    headings = {"years": ("年份", "Years"), "change": ("支出增长，%", "Growth of expenditure, %")}
    headings |= {
        name: (f"{_FACTOR[name][0]}，百分点", f"{_FACTOR[name][1]}, points") for name in _given(parts)
    }
    table(shown, caption=caption, headings=headings, basis=basis)


def _years(parts: pd.DataFrame) -> list[str]:
    """The years of each row, and whether its figures are those of an average year."""
    mean = words.aside(tr("年均", "a year"))
    return [
        f"{row.start}–{row.end}" + (mean if row.end - row.start > 1 else "") for row in parts.itertuples()
    ]


def points(parts: pd.DataFrame) -> pd.DataFrame:
    """Growth of a year in percent, to a tenth, so that the parts add up to the total as printed.

    Over several years it is the average yearly growth, shared out as the whole is. Each part is rounded down,
    and the tenths that are left go to those that lost most (the method of largest remainders), so that a part
    is less than a tenth off.
    """
    shares, given, change = parts.copy(), _given(parts), parts["change"]
    span = (parts["end"] - parts["start"]).astype(float)
    yearly = parts["total_start"] * ((parts["total_end"] / parts["total_start"]) ** (1 / span) - 1)
    scale = (yearly / change.where(change != 0)).fillna(1 / span)
    tenths = 1000 * parts[["change", *given]].mul(scale / parts["total_start"], axis=0)
    total, floors = tenths["change"].map(rounded), np.floor(tenths[given])
    most = (tenths[given] - floors).rank(axis=1, ascending=False, method="first")
    shares[given] = (floors + most.le(total - floors.sum(axis=1), axis=0)) / 10
    return shares.assign(change=total / 10)


def _given(parts: pd.DataFrame) -> list[str]:
    """The factors of a decomposition; no rest where they leave nothing open."""
    names = [name for name in _FACTOR if name in parts]
    open_left = parts["rest"].abs().max() > 1e-9 * parts["total_end"].abs().max() if len(parts) else False
    return names if open_left else [name for name in names if name != "rest"]
