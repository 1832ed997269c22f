"""Dated promises on an axis of years: what is planned for a year, what is due by a year, and its state."""

import textwrap
from itertools import cycle

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from plan_monitor.present.canvas import show, style
from plan_monitor.present.words import nothing

_MARKERS = ["o", "s", "D", "^", "v"]
_TIMING = {
    "in": (("计划于 {}", "planned for {}"), ("实心：计划当年", "filled: planned for the year")),
    "by": (("最迟 {}", "by {}"), ("空心：最迟期限", "hollow: deadline")),
}
_AS_OF = ("截至", "as of")
_WIDTH = {"zh": 26, "en": 60}  # characters of a row's label on one line


def timeline(
    frame: pd.DataFrame,
    lang: str,
    *,
    title: tuple[str, str],
    states: dict[str, tuple[str, str, str]],
    now: float | None = None,
) -> None:
    """Promises on lines: a filled mark in the year it is planned for, a hollow one at its deadline.

    Parameters
    ----------
    frame : DataFrame
        Columns row (label of the line), series (such as the document; its own marker), year, timing
        (``in`` or ``by``), state; rows from top to bottom in the order of their first row. One mark a row,
        series and year.
    lang, title
        As in ``tables.table``.
    states : dict of str to (str, str, str)
        State → its words in Chinese and English, and its colour.
    now : float, optional
        Year at which a dotted line says how far the figures go.
    """
    if frame.empty:
        return nothing(lang, title)
    style()
    which = int(lang != "zh")
    rows, series = list(dict.fromkeys(frame["row"])), list(dict.fromkeys(frame["series"]))
    names = ["\n".join(textwrap.wrap(row, _WIDTH[lang])) for row in rows]
    tall = sum(max(0.19 * (1 + name.count("\n")), 0.13 * len(series)) + 0.08 for name in names)
    chart, ax = plt.subplots(figsize=(8.6, 1.3 + tall), layout="constrained")
    first, last = frame["year"].min() - 1, frame["year"].max() + 1
    for place in range(0, len(rows), 2):
        ax.axhspan(place - 0.5, place + 0.5, color="#f6f7f8", zorder=0)
    apart = 0.8 / len(series)
    for mark in frame.itertuples():
        place = series.index(mark.series)
        y = rows.index(mark.row) + (place - (len(series) - 1) / 2) * apart
        colour = states[mark.state][2]
        if mark.timing == "by":
            ax.plot([first, mark.year], [y, y], color=colour, linewidth=1, alpha=0.6, zorder=1)
        face = colour if mark.timing == "in" else "white"
        style_of = {"facecolor": face, "edgecolor": colour, "linewidth": 1.4, "s": 36, "zorder": 3}
        ax.scatter(mark.year, y, marker=_MARKERS[place % len(_MARKERS)], **style_of)
    if now is not None:
        ax.axvline(now, color="#555555", linestyle=":", linewidth=1.2, zorder=0)
        ax.annotate(
            _AS_OF[which], (now, -0.55), (3, 2), textcoords="offset points", fontsize=8, color="#555555"
        )
    ax.set_yticks(range(len(rows)), names, fontsize=9, linespacing=1.3)
    ax.set(xlim=(first, last), ylim=(len(rows) - 0.5, -1))
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.grid(visible=False, axis="y")
    chart.legend(
        handles=_keys(frame, series, states, which),
        loc="outside lower center",
        ncols=1 if len(series) > 1 else 4,
        fontsize=8.5,
    )
    show(chart, title[which], _said(frame, states, which), lang)


def _keys(frame: pd.DataFrame, series: list[str], states: dict, which: int) -> list[Line2D]:
    """Legend: marker of each series, filled or hollow by timing, colours by state."""
    plain = {"linestyle": "", "color": "#444444", "markersize": 6}
    several = series if len(series) > 1 else []
    keys = [
        Line2D([], [], marker=mark, label=name, **plain)
        for name, mark in zip(several, cycle(_MARKERS), strict=False)
    ]
    for timing in [t for t in _TIMING if t in set(frame["timing"])]:
        face = "#444444" if timing == "in" else "white"
        keys.append(
            Line2D([], [], marker="o", markerfacecolor=face, label=_TIMING[timing][1][which], **plain)
        )
    for state in [s for s in states if s in set(frame["state"])]:
        keys.append(Line2D([], [], linewidth=5, color=states[state][2], label=states[state][which]))
    return keys


def _said(frame: pd.DataFrame, states: dict, which: int) -> list[str]:
    """Every line in words: ``County A – plan: by 2030, unknown | schedule: planned for 2028, unknown``."""
    colon, comma = ("：", "，") if which == 0 else (": ", ", ")
    several = frame["series"].nunique() > 1
    said = []
    for row, marks in frame.groupby("row", sort=False):
        words = []
        for mark in marks.itertuples():
            when = _TIMING[mark.timing][0][which].format(f"{mark.year:g}")
            name = f"{mark.series}{colon}" if several else ""
            words.append(f"{name}{when}{comma}{states[mark.state][which]}")
        said.append(f"{row} – {' | '.join(words)}")
    return said
