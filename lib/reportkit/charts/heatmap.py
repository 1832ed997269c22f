"""A heat map of items in a few states: each cell has its figure and the colour of its state."""

from collections.abc import Iterable

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.collections import PolyCollection
from matplotlib.patches import Patch

from reportkit.charts.canvas import (
    SMALL,
    TITLE,
    WIDTH,
    Point,
    States,
    balanced,
    legend_columns,
    letters,
    listed,
    rows_of,
    settle,
    show,
    style,
)
from reportkit.charts.labels import name_columns, name_rows
from reportkit.charts.plain import ink_on
from reportkit.language import Text, chosen
from reportkit.words import aside, nothing

_CELL, _LINE = 0.23, 0.165  # inches high: a row, and each further line of a name
_APART = 6  # points above and below a block
_NAMES = 1.7  # inches wide, of the rows' names
_HEADINGS = (("图", "Panel"), ("行", "Row"), ("列", "Column"))


def heat_map(
    frame: pd.DataFrame, *, title: Text, subtitle: Text = "", states: States, basis: Iterable[str] = ()
) -> None:
    """Rows against columns, one block for each panel; every cell shows its figure in the colour of its state.

    `frame` has the columns panel, row, column, text (printed in the cell), state, and may have id; panels,
    rows and columns in the order of their first row. A missing cell stays white. The chart's text does not
    mention the first state.
    """
    if frame.empty:
        return nothing(title)
    style()
    columns = list(dict.fromkeys(frame["column"]))
    blocks = list(frame.groupby("panel", sort=False))
    names = [balanced(name, letters((WIDTH - _NAMES) / len(columns))) for name in columns]
    rows = [[balanced(row, letters(_NAMES)) for row in dict.fromkeys(part["row"])] for _, part in blocks]
    lines = max(row.count("\n") for block_rows in rows for row in block_rows)
    heights = [len(block_rows) * (_CELL + _LINE * lines) for block_rows in rows]
    head = _LINE * max(name.count("\n") + 1 for name in names) + 0.3
    used = [state for state in states if state in set(frame["state"])]
    ncols = legend_columns([chosen(states[state]) for state in used], WIDTH)
    size = (WIDTH, sum(heights) + head * len(blocks) + 0.15 + 0.2 * -(-len(used) // ncols))
    shape = {"figsize": size, "height_ratios": heights}
    chart, axes = plt.subplots(len(blocks), 1, squeeze=False, **shape)
    points = []
    for (panel, part), labels, ax in zip(blocks, rows, axes.flat, strict=True):
        order = {row: place for place, row in enumerate(dict.fromkeys(part["row"]))}
        corners, colours = [], []
        for cell in part.to_dict("records"):
            x, y, colour = columns.index(cell["column"]), order[cell["row"]], states[cell["state"]][2]
            corners.append([(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)])
            colours.append(colour)
            middle = {"ha": "center", "va": "center", "fontsize": SMALL}
            ax.text(x + 0.5, y + 0.5, cell["text"], color=ink_on(colour), **middle).set_in_layout(False)
            point_names = (str(panel), cell["row"], cell["column"])
            points.append(Point(point_names, cell["text"], rows_of(cell.get("id")), ax, x, y, (x + 1, y + 1)))
        grounds = PolyCollection(corners, facecolors=colours, edgecolors="white", linewidths=1)
        ax.add_collection(grounds, autolim=False)  # an artist for each would be drawn one by one
        ax.set(xlim=(0, len(columns)), ylim=(len(labels), 0))
        name_rows(ax, [i + 0.5 for i in range(len(labels))], labels)
        height = name_columns(ax, [i + 0.5 for i in range(len(columns))], names)
        ax.set_title(panel, loc="left", pad=height + TITLE)
        ax.grid(visible=False)
        ax.spines[:].set_visible(False)
    keys = [Patch(facecolor=states[s][2], edgecolor="#999999", label=chosen(states[s])) for s in used]
    chart.legend(handles=keys, loc="lower center", ncols=ncols)
    settle(chart, title, subtitle, _APART)
    show(chart, title, _in_words(frame, states), subtitle, _HEADINGS, points, basis)


def _in_words(frame: pd.DataFrame, states: States) -> list[str]:
    """Every row in words: ``School A: area 92 (short), rooms 120``."""
    default_state, *_ = states
    remarks = {
        state: "" if state == default_state else aside(chosen(words)) for state, words in states.items()
    }
    panels: dict[str, dict[str, list[str]]] = {}
    for cell in frame.to_dict("records"):
        rows = panels.setdefault(cell["panel"], {}).setdefault(cell["row"], [])
        rows.append(f"{cell['column']} {cell['text']}{remarks[cell['state']]}")
    return [
        f"{panel} – {' | '.join(listed(row, words) for row, words in rows.items())}"
        for panel, rows in panels.items()
    ]
