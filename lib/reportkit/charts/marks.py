"""Dated promises on an axis of years: planned for a year or due by a year, and their states."""

from collections.abc import Iterable
from itertools import accumulate, cycle
from math import ceil, floor

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from reportkit.charts.canvas import (
    MARKERS,
    QUIET,
    SMALL,
    WIDTH,
    Point,
    States,
    balanced,
    legend_columns,
    letters,
    listed,
    rows_of,
    show,
    style,
)
from reportkit.charts.labels import name_rows
from reportkit.language import Text, chosen, tr
from reportkit.words import nothing

_TIMING = {
    "in": (("计划于 {}", "planned for {}"), ("实心：计划当年", "filled: planned for the year")),
    "by": (("最迟 {}", "by {}"), ("空心：最迟期限", "hollow: deadline")),
}
_NAMES = 2.5  # inches wide, of the rows' labels
_LINE, _APART, _GAP, _HEAD = 0.165, 0.14, 0.07, 0.2  # inches: label line, series, rows, above the first
_HEADINGS = (("行", "Row"), ("序列", "Series"), ("状态", "State"))


def timeline(
    frame: pd.DataFrame,
    *,
    title: Text,
    subtitle: Text = "",
    states: States,
    now: float,
    basis: Iterable[str] = (),
) -> None:
    """Promises on lines: a filled mark in the year for which one is planned, a hollow mark at a deadline.

    `frame` has the columns row (label of the line), series (such as the document; with its own marker), year,
    timing (``in`` or ``by``), state, and may have id, of one stored row or several; rows from top to bottom
    in the order of their first row, one mark for each row, series and year. A dotted line at `now`, a moment
    in years, shows how far the figures go.
    """
    if frame.empty:
        return nothing(title)
    style()
    rows, series = list(dict.fromkeys(frame["row"])), list(dict.fromkeys(frame["series"]))
    names = [balanced(row, letters(_NAMES)) for row in rows]
    # the axis downwards is in inches: a row is as high as its label and its marks need
    heights = [max(_LINE * (1 + name.count("\n")), _APART * len(series)) + _GAP for name in names]
    *tops, bottom = accumulate(heights, initial=0)
    middles = [top + height / 2 for top, height in zip(tops, heights, strict=True)]
    keys = _keys(frame, series, states)
    ncols = legend_columns([str(key.get_label()) for key in keys], WIDTH)
    below = 0.35 + 0.18 * ceil(len(keys) / ncols)  # years and legend
    chart, ax = plt.subplots(figsize=(WIDTH, _HEAD + bottom + below))
    years = [*frame["year"], now]
    first, last = floor(min(years)) - 1, ceil(max(years)) + 1
    for top, height in zip(tops[::2], heights[::2], strict=True):
        ax.axhspan(top, top + height, color="#f6f7f8", zorder=0)
    points = []
    for mark in frame.to_dict("records"):
        place, year = series.index(mark["series"]), mark["year"]
        y = middles[rows.index(mark["row"])] + (place - (len(series) - 1) / 2) * _APART
        colour = states[mark["state"]][2]
        if mark["timing"] == "by":
            ax.plot([first, year], [y, y], color=colour, linewidth=1, alpha=0.6, zorder=1)
        face = colour if mark["timing"] == "in" else "white"
        marker_style = {"facecolor": face, "edgecolor": colour, "linewidth": 1.4, "s": 30, "zorder": 3}
        ax.scatter(year, y, marker=MARKERS[place % len(MARKERS)], **marker_style)
        text = chosen(_TIMING[mark["timing"]][0]).format(f"{year:g}")
        point_names = (mark["row"], mark["series"], chosen(states[mark["state"]]))
        points.append(Point(point_names, text, rows_of(mark.get("id")), ax, year, y))
    ax.axvline(now, color="#555555", linestyle=":", linewidth=1.4, zorder=2)
    small = {"textcoords": "offset points", "fontsize": SMALL, "color": QUIET}
    ax.annotate(tr("截至", "as of"), (now, -_HEAD), (4, -9), **small)
    name_rows(ax, middles, names)
    ax.set(xlim=(first, last), ylim=(bottom, -_HEAD))
    ax.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=9))
    ax.grid(visible=False, axis="y")
    chart.legend(handles=keys, loc="lower center", ncols=ncols)
    show(chart, title, _in_words(frame, states), subtitle, _HEADINGS, points, basis)


def _keys(frame: pd.DataFrame, series: list[str], states: States) -> list[Line2D]:
    """Legend: filled or hollow by timing, marker of each series, colours by state."""
    plain = {"linestyle": "", "color": "#444444", "markersize": 6}
    keys = []
    for timing in [t for t in _TIMING if t in set(frame["timing"])]:
        face = "#444444" if timing == "in" else "white"
        label = chosen(_TIMING[timing][1])
        keys.append(Line2D([], [], marker="o", markerfacecolor=face, label=label, **plain))
    names = series if len(series) > 1 else []
    for name, mark in zip(names, cycle(MARKERS), strict=False):
        keys.append(Line2D([], [], marker=mark, label=name, **plain))
    for state in [s for s in states if s in set(frame["state"])]:
        keys.append(Line2D([], [], linewidth=5, color=states[state][2], label=chosen(states[state])))
    return keys


def _in_words(frame: pd.DataFrame, states: States) -> list[str]:
    """Every line in words: ``County A – plan: by 2030, unknown | schedule: planned for 2028, unknown``."""
    has_names = frame["series"].nunique() > 1
    lines = []
    for row, marks in frame.groupby("row", sort=False):
        words = []
        for mark in marks.to_dict("records"):
            text = chosen(_TIMING[mark["timing"]][0]).format(f"{mark['year']:g}")
            parts = text, chosen(states[mark["state"]])
            words.append(listed(mark["series"], parts) if has_names else tr("，", ", ").join(parts))
        lines.append(f"{row} – {' | '.join(words)}")
    return lines
