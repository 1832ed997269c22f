"""Bars against a limit: which figures keep it, and by how much the others exceed it."""

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from reportkit.charts.canvas import PALETTE, show, style
from reportkit.decimals import carried
from reportkit.language import Text, chosen, tr
from reportkit.measures import unit_word
from reportkit.words import aside, nothing, number

_LIMIT = ("限值", "limit")
_WITHIN = ("未超过", "within")
_UNKNOWN = ("无法计算", "not computable")
_OVER, _KEPT = PALETTE[0], PALETTE[1]
# the ground of a figure, so that the line at the limit does not run through it
_CLEAR = {"facecolor": "white", "edgecolor": "none", "pad": 1}


def limit_bars(
    frame: pd.DataFrame,
    *,
    title: Text,
    unit: str,
    over: Text,
    places: int = 3,
) -> None:
    """Panels side by side, horizontal bars with their figures, and a line at each panel's limit.

    Parameters
    ----------
    frame : DataFrame
        Columns panel, category, value (NaN where there is none), limit (one a panel); categories from top
        to bottom in the order of their first row. A panel may lack some.
    title
        As in ``table.table``.
    unit : str
        Published unit of the values; may be empty.
    over : Text
        What a bar beyond the limit is called in the legend.
    places : int
        Decimals printed.
    """
    if frame.empty:
        return nothing(title)
    style()
    panels, categories = list(dict.fromkeys(frame["panel"])), list(dict.fromkeys(frame["category"]))
    size = (8.6, 1.2 + 0.42 * len(categories))
    chart, axes = plt.subplots(
        1, len(panels), figsize=size, sharex=True, sharey=True, squeeze=False, layout="constrained"
    )
    panels_in_words = []
    for panel, ax in zip(panels, axes.flat, strict=True):
        part = frame[frame["panel"] == panel]
        limit = part["limit"].max()
        heading = _headed(panel, limit, places)
        exceeds = part["value"] > part["limit"]
        colours = [_OVER if beyond else _KEPT for beyond in exceeds]
        # a missing value is a bar of no length, so that its words have a place on the axis
        at, lengths = part["category"].map(categories.index), part["value"].fillna(0)
        bars = ax.barh(at, lengths, color=colours, height=0.62)
        for bar, beyond in zip(bars, exceeds, strict=True):  # a pattern as well as a colour
            bar.set(hatch="///" if beyond else None, edgecolor="white", linewidth=0)
        texts = [chosen(_UNKNOWN) if pd.isna(value) else number(value, places) for value in part["value"]]
        for text, end in zip(texts, zip(lengths, at, strict=True), strict=True):
            ax.annotate(text, end, (4, 0), textcoords="offset points", va="center", fontsize=9, bbox=_CLEAR)
        ax.axvline(limit, color="black", linewidth=1.6)
        ax.set_title(heading, fontsize=10.5)
        ax.set_yticks(range(len(categories)), categories)
        ax.set(xlabel=unit_word(unit), ylim=(len(categories) - 0.5, -0.5))
        ax.tick_params(axis="y", labelsize=9)
        ax.grid(visible=False, axis="y")
        ax.margins(x=0.16)
        words = [
            f"{name} {text}{aside(chosen(over)) if beyond else ''}"
            for name, text, beyond in zip(part["category"], texts, exceeds, strict=True)
        ]
        panels_in_words.append(f"{heading} – {tr('，', ', ').join(words)}")
    keys = [Patch(facecolor=_KEPT, label=chosen(_WITHIN))]
    if (frame["value"] > frame["limit"]).any():
        keys.append(Patch(facecolor=_OVER, hatch="///", edgecolor="white", linewidth=0, label=chosen(over)))
    keys.append(Line2D([], [], color="black", linewidth=1.6, label=chosen(_LIMIT)))
    chart.legend(handles=keys, loc="outside lower center", ncols=len(keys), fontsize=9)
    show(chart, chosen(title), panels_in_words)


def _headed(panel: str, limit: float, places: int) -> str:
    """A panel's name with its limit: ``primary (limit 0.50)``; never fewer decimals than the limit has."""
    shown = number(limit, max(min(2, places), carried([limit])))
    return f"{panel}{aside(f'{chosen(_LIMIT)} {shown}')}"
