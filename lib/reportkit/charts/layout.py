"""Positions of the panels of a chart: as large as the texts around them allow.

matplotlib's constrained layout gives the same positions, but solves equations for arbitrary charts and
measures every text four times; our panels form one grid, are equally wide, and are mostly measured once.
"""

import warnings

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.gridspec import SubplotSpec
from matplotlib.transforms import Bbox, BboxBase

PAD = 3  # points around a panel with its texts, and around a legend
_ROUNDS = 4  # a figure behind a bar moves when the panel becomes narrower


def lay_out(chart: Figure, top: float, pad: float) -> None:
    """Place the panels of a chart, in points below `top`, and above its legend where it has one.

    The canvas measures in points. `pad` is the space above and below each panel. If the texts leave no room,
    the panels stay where they are, and a warning is given.
    """
    panels = [ax for ax in chart.axes if ax.get_visible()]
    for axis in (axis for ax in panels for axis in (ax.xaxis, ax.yaxis)):
        if not axis.get_label_text():
            axis.set_label_coords(0, 0)  # else matplotlib measures where its label would be
    for _ in range(_ROUNDS):
        if _place(chart, panels, top, pad):
            return


def spot(ax: Axes) -> SubplotSpec:
    """Position of a panel in the grid of its chart; all of our panels have one."""
    spec = ax.get_subplotspec()
    assert spec is not None
    return spec


def extent(ax: Axes, *, for_layout_only: bool = False) -> BboxBase:
    """Box of a visible panel, including its texts."""
    box = ax.get_tightbbox(for_layout_only=for_layout_only)
    assert box is not None
    return box


def _place(chart: Figure, panels: list[Axes], top: float, pad: float) -> bool:
    """Place panels by the sizes of the texts around them; whether the texts fit in the new positions."""
    grid = spot(panels[0]).get_gridspec()
    rows, columns = grid.get_geometry()
    above, below = np.full((2, rows), pad, float)
    left, right = np.full((2, columns), PAD, float)
    places = [(spot(ax).rowspan.start, spot(ax).colspan.start) for ax in panels]
    for ax, (row, column) in zip(panels, places, strict=True):
        inner = ax.get_position(original=True).transformed(chart.transFigure)
        outer = extent(ax, for_layout_only=True)
        above[row] = max(above[row], pad + outer.y1 - inner.y1)
        below[row] = max(below[row], pad + inner.y0 - outer.y0)
        left[column] = max(left[column], PAD + inner.x0 - outer.x0)
        right[column] = max(right[column], PAD + outer.x1 - inner.x1)
    foot = sum(legend.get_window_extent().height + 2 * pad for legend in chart.legends)
    width = (chart.bbox.width - sum(left + right)) / columns
    ratios = np.array(grid.get_height_ratios())
    heights = (top - foot - sum(above + below)) * (ratios / sum(ratios))
    if min(width, *heights) <= 0:
        warnings.warn("what is written around the panels of a chart leaves them no room", stacklevel=2)
        return True
    starts = np.cumsum(left + width + right) - width - right
    floors = top - np.cumsum(above + heights + below) + below
    fits = True
    for ax, (row, column) in zip(panels, places, strict=True):
        place = Bbox.from_bounds(starts[column], floors[row], width, heights[row])
        ax.set_position(place.transformed(chart.transFigure.inverted()))
        last = place.x1 + right[column] - PAD + 1  # less than a point is not seen
        fits &= all(text.get_window_extent().x1 <= last for text in ax.texts if text.get_in_layout())
    return fits
