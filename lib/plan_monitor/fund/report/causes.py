"""The growth of a fund's expenditure by factor, as a table and a chart."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from plan_monitor.fund.report.series import WORDS, numbers
from reportkit import words
from reportkit.charts.plain import bars
from reportkit.decimals import rounded
from reportkit.language import Text, tr, word
from reportkit.table import Column, table


def causes_chart(parts: pd.DataFrame, what: Text, basis: Iterable[str] = ()) -> None:
    """Draw the growth of expenditure (``fund.decompose``), split over its factors, in points.

    The title names the factor that adds most over all years, and those that subtract.
    """
    if parts.empty:
        return words.nothing(what)
    frame = points(parts).melt(["start", "end"], _factors(parts), "factor")
    frame = frame.sort_values(["start", "end"], kind="stable")
    frame["category"] = _years(frame)
    frame["series"] = [word(WORDS["factor"], name) for name in frame["factor"]]
    bars(frame, title=_mostly(parts), subtitle=what, unit="百分点", places=1, basis=basis)


def _mostly(parts: pd.DataFrame) -> str:
    """The factor that explains most of the change of expenditure, and those that work against it."""
    sums = parts[_factors(parts)].sum() * (1 if parts["change"].sum() >= 0 else -1)
    span = f"{parts['start'].min()}–{parts['end'].max()}"
    name = {factor: word(WORDS["factor"], factor) for factor in sums.index}
    against = words.joined(name[factor] for factor in sums.index[sums < 0])
    grew = parts["change"].sum() >= 0
    return tr(
        f"{span} 年支出{'增长' if grew else '减少'}主要来自{name[sums.idxmax()]}"
        + (f"，{against}的作用相反" if against else ""),
        f"{span}: expenditure {'grew' if grew else 'fell'} mostly by {name[sums.idxmax()]}"
        + (f", {against} worked against it" if against else ""),
    )


def causes_table(parts: pd.DataFrame, caption: Text, basis: Iterable[str] = ()) -> None:
    """Show the growth of expenditure between years and what each factor adds to it, in points."""
    shares = points(parts)
    columns = [
        Column(("年份", "Years"), _years(shares)),
        Column(("支出增长，%", "Growth of expenditure, %"), numbers(shares["change"], 1)),
    ]
    for name in _factors(parts):
        heading = word(WORDS["factor"], name) + tr("，百分点", ", points")
        columns.append(Column(heading, numbers(shares[name], 1)))
    table(caption, columns, basis)


def _years(parts: pd.DataFrame) -> list[str]:
    """The years of each row, and whether its figures are those of an average year."""
    mean = words.aside(tr("年均", "a year"))
    pairs = zip(parts["start"], parts["end"], strict=True)
    return [f"{start}–{end}" + (mean if end - start > 1 else "") for start, end in pairs]


def points(parts: pd.DataFrame) -> pd.DataFrame:
    """Growth of a year in percent, to a tenth, so that the parts add up to the total as printed.

    Over several years it is the average yearly growth, split like the total. Each part is rounded down, and
    the remaining tenths go to the parts that lost most (method of largest remainders), so that each part is
    less than a tenth off.
    """
    names, change = _factors(parts), parts["change"]
    span = (parts["end"] - parts["start"]).astype(float)
    yearly = parts["total_start"] * ((parts["total_end"] / parts["total_start"]) ** (1 / span) - 1)
    scale = (yearly / change).fillna(1 / span)  # 0 / 0 where nothing changes
    tenths = 1000 * parts[["change", *names]].mul(scale / parts["total_start"], axis=0)
    total, floors = tenths["change"].map(rounded), np.floor(tenths[names])
    most = (tenths[names] - floors).rank(axis=1, ascending=False, method="first")
    shares = (floors + most.le(total - floors.sum(axis=1), axis=0)) / 10
    return parts.assign(change=total / 10, **shares)


def _factors(parts: pd.DataFrame) -> list[str]:
    """The factors of a decomposition, and the rest if there is one."""
    rest = parts["rest"].abs().max() > 1e-9 * parts["total_end"].abs().max()
    return [name for name in WORDS["factor"] if name in parts and (name != "rest" or rest)]
