"""Where the panels of a chart stand: as large as what is written around them leaves room for.

matplotlib's constrained layout gives the same places, but solves equations for any chart and measures every
text four times; panels of ours stand in one grid, are equally wide, and are measured once.
"""

import warnings

import numpy as np
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

PAD = 3  # points around a panel with all that is written at it, and around a legend


def lay_out(chart: Figure, top: float, pad: float) -> None:
    """Place the panels of a chart, in points below `top`, and above its legend where it has one.

    The canvas measures in points. `pad` is what is kept clear above and below each panel. Where all that is
    written leaves them no room, they stay where they are, and a warning says so.
    """
    panels = [ax for ax in chart.axes if ax.get_visible()]
    grid = panels[0].get_subplotspec().get_gridspec()
    rows, columns = grid.get_geometry()
    above, below = np.full((2, rows), pad, float)
    left, right = np.full((2, columns), PAD, float)
    for ax in panels:
        for axis in (ax.xaxis, ax.yaxis):
            if not axis.get_label_text():
                axis.set_label_coords(0, 0)  # else matplotlib measures for where its name would stand
        span, inner = ax.get_subplotspec(), ax.get_position(original=True).transformed(chart.transFigure)
        outer, row, column = ax.get_tightbbox(for_layout_only=True), span.rowspan.start, span.colspan.start
        above[row] = max(above[row], pad + outer.y1 - inner.y1)
        below[row] = max(below[row], pad + inner.y0 - outer.y0)
        left[column] = max(left[column], PAD + inner.x0 - outer.x0)
        right[column] = max(right[column], PAD + outer.x1 - inner.x1)
    foot = sum(legend.get_window_extent().height + 2 * pad for legend in chart.legends)
    width = (chart.bbox.width - sum(left + right)) / columns
    shares = np.array(grid.get_height_ratios()) / sum(grid.get_height_ratios())
    heights = (top - foot - sum(above + below)) * shares
    if min(width, *heights) <= 0:
        return warnings.warn("what is written around the panels of a chart leaves them no room", stacklevel=2)
    starts = np.cumsum(left + width + right) - width - right
    floors = top - np.cumsum(above + heights + below) + below
    for ax in panels:
        row, column = ax.get_subplotspec().rowspan.start, ax.get_subplotspec().colspan.start
        place = Bbox.from_bounds(starts[column], floors[row], width, heights[row])
        ax.set_position(place.transformed(chart.transFigure.inverted()))
