"""Bars against a limit: which figures keep it, and by how much the others exceed it."""

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from plan_monitor.present.canvas import PALETTE, show, style
from plan_monitor.present.words import aside, nothing, number, unit_word

_LIMIT = {"zh": "限值", "en": "limit"}
_WITHIN = {"zh": "未超过", "en": "within"}
_UNKNOWN = {"zh": "无法计算", "en": "not computable"}
_OVER, _KEPT = PALETTE[0], PALETTE[1]


def limit_bars(
    frame: pd.DataFrame,
    lang: str,
    *,
    title: tuple[str, str],
    unit: str,
    over: tuple[str, str],
    places: int = 3,
) -> None:
    """Panels side by side, horizontal bars with their figures, and a line at each panel's limit.

    Parameters
    ----------
    frame : DataFrame
        Columns panel, category, value (NaN where there is none), limit (one a panel); categories from top
        to bottom in the order of their first row.
    lang, title
        As in ``tables.table``.
    unit : str
        Published unit of the values; may be empty.
    over : (str, str)
        What a bar beyond the limit is called in the legend.
    places : int
        Decimals printed.
    """
    if frame.empty:
        return nothing(lang, title)
    style()
    which = int(lang != "zh")
    panels, categories = list(dict.fromkeys(frame["panel"])), list(dict.fromkeys(frame["category"]))
    size = (8.6, 1.2 + 0.42 * len(categories))
    chart, axes = plt.subplots(
        1, len(panels), figsize=size, sharex=True, sharey=True, squeeze=False, layout="constrained"
    )
    said = []
    for panel, ax in zip(panels, axes.flat, strict=True):
        part = frame[frame["panel"] == panel].set_index("category").reindex(categories)
        limit = part["limit"].max()
        exceeds = part["value"] > part["limit"]
        colours = [_OVER if beyond else _KEPT for beyond in exceeds]
        bars = ax.barh(categories, part["value"], color=colours, height=0.62)
        for bar, beyond in zip(bars, exceeds, strict=True):  # a pattern as well as a colour
            bar.set(hatch="///" if beyond else None, edgecolor="white", linewidth=0)
        for y, value in enumerate(part["value"]):
            text = _UNKNOWN[lang] if pd.isna(value) else number(value, places)
            ax.annotate(
                text,
                (0 if pd.isna(value) else value, y),
                (4, 0),
                textcoords="offset points",
                va="center",
                fontsize=9,
            )
        ax.axvline(limit, color="black", linewidth=1.6)
        ax.set_title(_headed(panel, limit, lang), fontsize=10.5)
        ax.set(xlabel=unit_word(unit, lang), ylim=(len(categories) - 0.5, -0.5))
        ax.tick_params(axis="y", labelsize=9)
        ax.grid(visible=False, axis="y")
        ax.margins(x=0.16)
        said.append(_said(panel, part, limit, exceeds, over[which], lang, places))
    keys = [Patch(facecolor=_KEPT, label=_WITHIN[lang])]
    if (frame["value"] > frame["limit"]).any():
        keys.append(Patch(facecolor=_OVER, hatch="///", edgecolor="white", linewidth=0, label=over[which]))
    keys.append(Line2D([], [], color="black", linewidth=1.6, label=_LIMIT[lang]))
    chart.legend(handles=keys, loc="outside lower center", ncols=len(keys), fontsize=9)
    show(chart, title[which], said, lang)


def _headed(panel: str, limit: float, lang: str) -> str:
    """A panel's name with its limit: ``primary (limit 0.50)``."""
    return f"{panel}{aside(f'{_LIMIT[lang]} {number(limit, 2)}', lang)}"


def _said(
    panel: str, part: pd.DataFrame, limit: float, exceeds: pd.Series, over: str, lang: str, places: int
) -> str:
    """A panel in words: ``primary (limit 0.50) – area 0.357, rooms 0.512 (over)``."""
    comma = "，" if lang == "zh" else ", "
    figures = [_UNKNOWN[lang] if pd.isna(value) else number(value, places) for value in part["value"]]
    words = [
        f"{name} {shown}{aside(over, lang) if beyond else ''}"
        for name, shown, beyond in zip(part.index, figures, exceeds, strict=True)
    ]
    return f"{_headed(panel, limit, lang)} – {comma.join(words)}"
