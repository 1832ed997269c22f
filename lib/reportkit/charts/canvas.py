"""Common parts of all charts: fonts and colours, room for text, and showing the picture with text and data.

A chart is laid out once and drawn in two forms: as SVG for page and PDF, and in pixels for Word and
JupyterLab. The texts that appear on pointing at a figure are in neither: the page makes them from the data.
"""

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

import matplotlib.pyplot as plt
import seaborn as sns
from IPython.display import display
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from reportkit.charts import vector
from reportkit.charts.layout import PAD, extent, lay_out, spot
from reportkit.charts.pixels import png
from reportkit.charts.twice import POINTS, Canvas
from reportkit.language import Text, chosen, of_data, tr
from reportkit.letters import FONTS
from reportkit.table import CHART, Column, packed
from reportkit.words import wide

# adjacent colours differ in lightness, so that they can be told apart in grey print and by all readers
PALETTE = ["#a3271f", "#3f7fbf", "#9a9a9a", "#e0ab2f", "#12512f", "#3a2363"]
MARKERS = ["o", "s", "^", "D", "v", "P"]
INK, QUIET = "#1f2328", "#59616b"
WIDTH, PANEL, ONE = 6.1, 3.05, 4.1  # inches: a page, one of two panels in a row, a panel alone
SMALL = 8  # points: no letter is smaller, in print as well
TITLE = 4  # points below the title of a panel
AWAY = 3  # points between an axis and its labels
_HEAD = ((11, INK), (8.5, QUIET))  # size and colour of title and subtitle
LEADING = 1.4  # between lines of one text, so that Chinese ones do not touch
_LINE = 1.5  # of a line of text, of its size
_DPI = 200  # of pixels
_LOOKS = {
    "axes.unicode_minus": False,
    "axes.edgecolor": "#999999",
    "axes.facecolor": "none",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": 9.5,
    "axes.labelsize": SMALL,
    "axes.linewidth": 0.8,
    "axes.titlepad": TITLE,
    "axes.titley": 1.0,  # fixed, so that matplotlib need not look for labels in between
    "figure.dpi": POINTS,  # so that measures are in points
    "font.size": SMALL,
    "grid.color": "#e6e6e6",
    "grid.linewidth": 0.7,
    "legend.fontsize": SMALL,
    "legend.frameon": False,
    "svg.fonttype": "none",
    "text.hinting": "no_hinting",  # letters in pixels are as wide as in the layout, and drawn faster
    "svg.hashsalt": "reportkit",
    "hatch.linewidth": 0.8,
    "xtick.labelsize": SMALL,
    "xtick.major.pad": AWAY,
    "xtick.major.size": 0,
    "ytick.labelsize": SMALL,
    "ytick.major.pad": AWAY,
    "ytick.major.size": 0,
}
States = dict[str, tuple[str, str, str]]  # state → its words in Chinese and English, and its colour

_CLOSING = "，。、；：！？）》”’·,.;:!?)%"  # marks that must not begin a line
_OPENING = "（《“‘("  # and those that must not end one


class Point(NamedTuple):
    """A figure in a chart: its names, the figure, the ids of its stored rows, and its place."""

    names: Sequence[str]  # as many as the chart has headings before that of its figures
    figure: str
    ids: Iterable[str]
    ax: Axes
    x: float
    y: float
    to: tuple[float, float] | None = None  # the other corner, if the figure is drawn as an area


def rows_of(cell: object) -> list[str]:
    """Ids in a cell of a frame's column id: one, several, or none."""
    if isinstance(cell, str):
        return [cell]
    return list(cell) if isinstance(cell, (list, tuple, set)) else []


def style() -> None:
    """Set a white background, a light grid, and the library's fonts, tried in order for each letter."""
    families = [font_manager.FontProperties(fname=font).get_name() for font in FONTS]
    for font, family in zip(FONTS, families, strict=True):
        if family not in font_manager.get_font_names():
            font_manager.fontManager.addfont(font)
    sns.set_theme(style="whitegrid", palette=PALETTE, rc={**_LOOKS, "font.family": families})


def wrapped(text: str, width: int) -> str:
    """A text on lines of at most a width: English broken at words, Chinese at characters, first at spaces."""
    if of_data() == "en":
        return "\n".join(textwrap.wrap(text, width))
    lines = []
    while wide(text) > width:
        cuts = [i for i in _room(text, width) if _may_break(text, i)]
        spaces = [i for i in cuts if text[i - 1] == " " and 2 * wide(text[:i]) > width]
        cut = (spaces or cuts or [len(text)])[-1]
        lines.append(text[:cut].rstrip())
        text = text[cut:]
    return "\n".join([*lines, text]).rstrip()


def _room(text: str, width: int) -> Iterator[int]:
    """Lengths of the beginnings of a text that fit a width."""
    return takewhile(lambda i: wide(text[:i].rstrip()) <= width, range(1, len(text)))


def _may_break(text: str, place: int) -> bool:
    """Whether a line may end before a character: not within a number or Latin word, nor between a mark and
    the character that it belongs to."""
    before, after = text[place - 1], text[place]
    torn = before.isascii() and after.isascii() and before.isalnum() and after.isalnum()
    return not (torn or after == " " or after in _CLOSING or before in _OPENING)


def balanced(text: str, width: int) -> str:
    """A text on as few lines as ``wrapped`` needs, of about equal width, so that no word is alone below."""
    lines = wrapped(text, width).count("\n")
    while lines and width > 4 and wrapped(text, width - 2).count("\n") == lines:
        width -= 2
    return wrapped(text, width)


def letters(inches: float, size: float = SMALL) -> int:
    """How many Latin characters of a size, in points, fit into a width."""
    return int(inches * 72 / (size * 0.54))


def legend_columns(labels: Iterable[str], inches: float = ONE) -> int:
    """How many entries of a legend fit side by side, at most four."""
    return max(1, min(4, letters(inches) // (max(map(wide, labels)) + 7)))


def listed(name: str, parts: Iterable[str]) -> str:
    """A name and a list of texts: ``Yunnan: 2015 63.82, 2016 68.27``."""
    colon, comma = tr("：", ": "), tr("，", ", ")
    return name + colon + comma.join(parts)


def settle(chart: Figure, title: Text, subtitle: Text, pad: float = PAD) -> Canvas:
    """Put title and subtitle above a chart and lay it out, with `pad` points above and below each panel;
    afterwards nothing in it moves."""
    width, height = chart.get_size_inches()
    lines = []
    for text, (size, colour) in zip((chosen(title), chosen(subtitle)), _HEAD, strict=True):
        lines += [(line, size, colour) for line in wrapped(text, letters(width - 0.1, size)).splitlines()]
    head = sum(size * _LINE for _, size, _ in lines) / 72 + 0.08
    chart.set_figheight(height + head)
    y = height + head
    for line, size, colour in lines:
        y -= size * _LINE / 72
        place = (0.04 / width, (y + 0.25 * size / 72) / (height + head))
        chart.text(*place, line, fontsize=size, color=colour, gid="head").set_in_layout(False)
    canvas = Canvas(chart, _DPI)  # which is the chart's from now on
    lay_out(chart, height * POINTS, pad)
    return canvas


def show(
    chart: Figure,
    title: Text,
    phrases: list[str],
    subtitle: Text = "",
    headings: Sequence[Text] = (),
    points: Sequence[Point] = (),
    basis: Iterable[str] = (),
) -> None:
    """Display a chart together with its text and data; then close it.

    `phrases`: its parts in words; `points`: the figures in it, with names in the order of `headings`;
    `basis`: ids of the stored rows of points that have none of their own.
    """
    canvas = chart.canvas if isinstance(chart.canvas, Canvas) else settle(chart, title, subtitle)
    # nbval compares text and data, so a changed curve is noticed; the page uses the text for the picture
    stop, comma = tr("。", ". "), tr("；", "; ")
    heads = [*filter(None, (chosen(title), chosen(subtitle)))]
    chart.patch.set_gid("ground")
    places = _places(chart, points)
    svg, pixels = canvas.drawn()
    bundle = {
        "image/svg+xml": vector.tidy(svg, *places),
        "image/png": png(pixels, _DPI),
        "text/plain": stop.join([*heads, comma.join(phrases)]) + stop.strip(),
        CHART: {"title": chosen(title), "subtitle": chosen(subtitle)} | _data(headings, points, [*basis]),
    }
    plt.close(chart)
    display(bundle, raw=True)


def _data(headings: Sequence[Text], points: Sequence[Point], basis: list[str]) -> dict:
    """The figures of a chart, one row each, as ``table.unpack`` reads them."""
    names = zip(*(point.names for point in points), strict=True)
    no_ids = [[]] * len(points)
    columns = [Column(heading, cells, no_ids) for heading, cells in zip(headings, names, strict=bool(points))]
    ids = [[*point.ids] or basis for point in points]
    columns.append(Column(("数值", "Value"), [point.figure for point in points], ids))
    return {"headings": [chosen(column.heading) for column in columns], **packed(columns)}


def _places(chart: Figure, points: Sequence[Point]) -> tuple[list[Bbox], list[tuple[int, Bbox]]]:
    """Boxes of the parts of a chart, which a page may stack, and for each point the number of its part and
    its box; in points of print from the lower left."""
    axes = [ax for ax in chart.axes if ax.get_visible()]
    head = [text.get_window_extent().y0 for text in chart.texts if text.get_gid() == "head"]
    parts = [Bbox([[0, 0], [chart.bbox.width, min(head, default=chart.bbox.height)]])]
    if has_columns := spot(axes[0]).get_gridspec().ncols > 1:
        parts = _in_grid(axes) + [legend.get_window_extent() for legend in chart.legends]
        for number, artist in enumerate([*axes, *chart.legends]):
            artist.set_gid(f"part-{number}")
    places = []
    for point in points:
        corner = point.to or (point.x, point.y)
        box = Bbox(point.ax.transData.transform([(point.x, point.y), corner]))
        number = axes.index(point.ax) if has_columns else 0
        places.append((number, box))
    return parts, places


def _in_grid(axes: list[Axes]) -> list[Bbox]:
    """Boxes of panels, equally wide in a column and equally high in a row."""
    positions = [(spot(ax).colspan.start, spot(ax).rowspan.start, extent(ax)) for ax in axes]
    boxes = []
    for column, row, _ in positions:
        beside = [box for _, other, box in positions if other == row]
        above = [box for other, _, box in positions if other == column]
        left, right = min(box.x0 for box in above), max(box.x1 for box in above)
        boxes.append(Bbox([[left, min(box.y0 for box in beside)], [right, max(box.y1 for box in beside)]]))
    return boxes
