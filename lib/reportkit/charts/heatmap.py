"""A heat map of things that are in one of a few states: each cell has its figure and its state's colour."""

from collections.abc import Iterable

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.colors import to_rgb
from matplotlib.patches import Patch, Rectangle

from reportkit.charts.canvas import States, listed, show, style, wrapped
from reportkit.language import Text, chosen
from reportkit.words import aside, nothing

_CELL = 0.27  # inches high
_WIDTH = (12, 13)  # Latin characters of a column's name on one line, at least
_ROOM = 66  # and of all columns' names side by side


def heat_map(
    frame: pd.DataFrame, *, title: Text, subtitle: Text = "", states: States, basis: Iterable[str] = ()
) -> None:
    """Rows against columns, one block a panel, every cell coloured by its state and with its figure in it.

    `frame` has the columns panel, row, column, text (printed in the cell), state; panels, rows and columns in
    the order of their first row. A cell that is not there stays white. In the chart's text the first
    state goes without saying.
    """
    if frame.empty:
        return nothing(title)
    style()
    columns = list(dict.fromkeys(frame["column"]))
    blocks = list(frame.groupby("panel", sort=False))
    heights = [part["row"].nunique() for _, part in blocks]
    width = max(chosen(_WIDTH), _ROOM // len(columns))
    names = [wrapped(name, width) for name in columns]
    head = 0.17 * max(name.count("\n") + 1 for name in names) + 0.35
    size = (8.6, _CELL * sum(heights) + head * len(blocks) + 0.4)
    shape = {"figsize": size, "height_ratios": heights, "layout": "constrained"}
    chart, axes = plt.subplots(len(blocks), 1, squeeze=False, **shape)
    for (panel, part), ax in zip(blocks, axes.flat, strict=True):
        rows = list(dict.fromkeys(part["row"]))
        for cell in part.itertuples():
            x, y, colour = columns.index(cell.column), rows.index(cell.row), states[cell.state][2]
            ax.add_patch(Rectangle((x, y), 1, 1, facecolor=colour, edgecolor="white", linewidth=1))
            ax.text(x + 0.5, y + 0.5, cell.text, color=ink_on(colour), ha="center", va="center", fontsize=8.5)
        ax.set(xlim=(0, len(columns)), ylim=(len(rows), 0))
        ax.set_xticks([i + 0.5 for i in range(len(columns))], names, fontsize=8.5)
        ax.set_yticks([i + 0.5 for i in range(len(rows))], rows, fontsize=8.5)
        ax.set_title(panel, loc="left", fontsize=10.5)
        ax.tick_params(top=True, labeltop=True, bottom=False, labelbottom=False, length=0)
        ax.grid(visible=False)
        ax.spines[:].set_visible(False)
    present = [state for state in states if state in set(frame["state"])]
    keys = [Patch(facecolor=states[s][2], edgecolor="#999999", label=chosen(states[s])) for s in present]
    chart.legend(handles=keys, loc="outside lower center", ncols=len(keys), fontsize=9)
    chart.get_layout_engine().set(h_pad=0.1)
    show(chart, chosen(title), _in_words(frame, states), chosen(subtitle))


def ink_on(colour: str) -> str:
    """Black or white, whichever is read more easily on a colour (W3C relative luminance)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    return "black" if np.dot((0.2126, 0.7152, 0.0722), linear) > 0.179 else "white"


def _in_words(frame: pd.DataFrame, states: States) -> list[str]:
    """Every row in words: ``School A: area 92 (short), rooms 120``."""
    usual, *_ = states
    remarks = {state: "" if state == usual else aside(chosen(words)) for state, words in states.items()}
    panels = []
    for panel, part in frame.groupby("panel", sort=False):
        rows = []
        for row, cells in part.groupby("row", sort=False):
            words = (f"{cell.column} {cell.text}{remarks[cell.state]}" for cell in cells.itertuples())
            rows.append(listed(row, words))
        panels.append(f"{panel} – {' | '.join(rows)}")
    return panels
