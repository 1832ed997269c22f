"""Labels near their points: each where it hides least, always in the same way."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.transforms import Bbox

from reportkit.charts.canvas import AWAY, INK, LEADING, QUIET, SMALL

_GAP = 6  # points between a mark and its label
_STEPS = 12  # points on each segment of a line that a label should not hide
_MARK = 5  # weight of a marker in such points


class Label(NamedTuple):
    """A text, and the point that it names, in data coordinates."""

    text: str
    x: float
    y: float


def name_rows(ax: Axes, places: Iterable[float], names: Iterable[str]) -> None:
    """Write names to the left of the axes, as texts: a tick would be five artists."""
    ax.set_yticks([])
    transform, along, across = ax.get_yaxis_text1_transform(AWAY)
    for place, name in zip(places, names, strict=True):
        ax.text(0, place, name, transform=transform, va=along, ha=across, linespacing=LEADING)


def name_columns(ax: Axes, places: Iterable[float], names: Sequence[str]) -> float:
    """Write names above the axes; return their height in points."""
    ax.set_xticks([])
    transform, along, across = ax.get_xaxis_text2_transform(AWAY)
    for place, name in zip(places, names, strict=True):
        ax.text(place, 1, name, transform=transform, va=along, ha=across, linespacing=LEADING)
    return AWAY + SMALL * LEADING * max(name.count("\n") + 1 for name in names)


def write(ax: Axes, labels: Sequence[Label], lines: Iterable[np.ndarray]) -> None:
    """Write labels beside their points; the first ones choose their places first.

    `lines`: what should stay visible, as columns x and y in data coordinates. A thin line connects a label to
    a point that is far above or below it. The axes have been laid out and have their limits.
    """
    scale = ax.figure.dpi / 72
    visible = np.concatenate([_dense(ax.transData.transform(line)) / scale for line in lines])
    room, occupied = Bbox(ax.get_window_extent().get_points() / scale), []
    for label in labels:
        anchor = ax.transData.transform((label.x, label.y)) / scale
        text = ax.annotate(label.text, (label.x, label.y), (0, 0), textcoords="offset points")
        text.set(fontsize=SMALL, color=INK, linespacing=LEADING, annotation_clip=False, zorder=6)
        extent = text.get_window_extent()
        size = np.array([extent.width, extent.height]) / scale
        choices = [(n, _box(anchor, size, *choice), choice) for n, choice in enumerate(_offers(size[1]))]
        _, box, (dx, dy, across, along) = min(
            choices, key=lambda choice: choice[0] * 0.4 + _cost(choice[1], visible, occupied, room)
        )
        text.set(position=(dx, dy), ha=across, va=along, multialignment=across)
        if abs(dy) > size[1]:
            line = {"arrowstyle": "-", "color": QUIET, "linewidth": 0.5, "shrinkA": 0, "shrinkB": 4}
            place = {"textcoords": "offset points", "annotation_clip": False}
            ax.annotate("", (label.x, label.y), (dx, dy), arrowprops=line, **place)
        occupied.append(box)


def _offers(height: float) -> list[tuple[float, float, str, str]]:
    """Possible places of a label: its shift in points and its alignment, best first."""
    sides: list[tuple[float, float, str, str]] = [(_GAP, 0, "left", "center")]
    sides += [(0, _GAP, "center", "bottom"), (0, -_GAP, "center", "top")]
    sides += [(_GAP, step * height, "left", "center") for step in (0.6, -0.6, 1, -1)]
    sides += [(-_GAP, 0, "right", "center")]
    sides += [
        (dx, dy, across, "bottom" if dy > 0 else "top")
        for dx, across in ((3, "right"), (-3, "left"))
        for dy in (_GAP, -_GAP)
    ]
    sides += [(0, _GAP + 1.2 * height, "center", "bottom"), (0, -_GAP - 1.2 * height, "center", "top")]
    return sides + [(_GAP + 3, step * height, "left", "center") for step in (1.6, -1.6, 2.3, -2.3, 3, -3)]


def _box(anchor: np.ndarray, size: np.ndarray, dx: float, dy: float, across: str, along: str) -> Bbox:
    left = anchor[0] + dx - size[0] * {"left": 0, "center": 0.5, "right": 1}[across]
    low = anchor[1] + dy - size[1] * {"bottom": 0, "center": 0.5, "top": 1}[along]
    return Bbox.from_bounds(left, low, *size)


def _cost(box: Bbox, visible: np.ndarray, occupied: list[Bbox], room: Bbox) -> float:
    """Cost of a label's place: how much it would hide, or lie outside."""
    overlaps = sum(Bbox.intersection(box, other) is not None for other in occupied)
    beyond = max(room.x0 - box.x0, 0) + max(box.x1 - room.x1, 0)
    beyond += max(room.y0 - box.y0 - 2, 0) + max(box.y1 - room.y1 - 6, 0)
    covered = (visible > (box.x0 - 1, box.y0 + 1)) & (visible < (box.x1 + 1, box.y1 - 1))
    return 25 * overlaps + 8 * beyond + covered.all(axis=1).sum()


def _dense(line: np.ndarray) -> np.ndarray:
    """Points all along a line, with its markers repeated."""
    steps = np.linspace(0, len(line) - 1, _STEPS * (len(line) - 1) + 1)
    points = np.column_stack([np.interp(steps, range(len(line)), column) for column in line.T])
    return np.concatenate([points, *[line] * _MARK])
