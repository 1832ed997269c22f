"""Charts of categories: the picture, and every plotted figure in its text and data."""

from collections.abc import Iterable
from itertools import cycle

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.container import BarContainer

from reportkit.charts.canvas import (
    INK,
    LEADING,
    MARKERS,
    ONE,
    PALETTE,
    PANEL,
    SMALL,
    WIDTH,
    Point,
    balanced,
    legend_columns,
    letters,
    listed,
    rows_of,
    settle,
    show,
    style,
)
from reportkit.charts.labels import Label, name_rows, write
from reportkit.charts.scale import Printer, printer, rescaled
from reportkit.decimals import carried, side
from reportkit.language import Text, chosen, tr
from reportkit.measures import scaled, unit_word
from reportkit.words import aside, nothing, number

_DOUBTFUL = ("数字存疑", "doubtful figure")
_LIMIT = ("限值", "limit")
_OVER, _KEPT = PALETTE[:2]  # of bars against a limit
_ROOM = 0.36  # of a chart's width, for the names of its bars
_APART = 0.08  # inches between names of several lines
_LABELLED = 0.08  # of the longest bar: a shorter part has no room for its figure
# background of a figure, so that the line at a limit does not cross it
_CLEAR = {"facecolor": "white", "edgecolor": "none", "pad": 1}
_HEADINGS = (("类别", "Category"), ("序列", "Series"))


def ink_on(colour: str) -> str:
    """Black or white, whichever is easier to read on a colour (W3C relative luminance)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    return "black" if np.dot((0.2126, 0.7152, 0.0722), linear) > 0.179 else "white"


def names_beside(ax: Axes, names: Iterable[str], width: float) -> None:
    """Write names of bars at 0, 1, 2 …, each on as many lines as it needs in a chart of a width (inches)."""
    lines = _lines_beside(names, width)
    name_rows(ax, range(len(lines)), lines)


def row_height(names: Iterable[str], width: float, least: float) -> float:
    """Inches from one bar to the next: at least `least`, and enough for the name with most lines."""
    lines = 1 + max(name.count("\n") for name in _lines_beside(names, width))
    return max(least, lines * SMALL * LEADING / 72 + _APART)


def _lines_beside(names: Iterable[str], width: float) -> list[str]:
    """Names of bars, broken into lines for a chart of a width in inches."""
    return [balanced(name, letters(width * _ROOM)) for name in names]


def bars(
    frame: pd.DataFrame,
    *,
    title: Text,
    subtitle: Text = "",
    unit: str,
    places: int | None = None,
    basis: Iterable[str] = (),
) -> None:
    """Horizontal bars from zero with their figures, one colour for each series.

    `frame` has the columns category, series, value, from top to bottom; where an optional column doubtful is
    true, the bar is hatched and the text says so; id is that of its stored row, or several. `unit` is the
    published unit of the values; `places` are the decimals of computed values, published ones keep theirs.
    """
    if frame.empty:
        return nothing(title)
    style()
    frame = frame if "doubtful" in frame else frame.assign(doubtful=False)
    power, unit = scaled(frame["value"].abs().max(), unit)
    frame, printed = rescaled(frame, power), printer(power, places)
    categories, count = list(dict.fromkeys(frame["category"])), frame["series"].nunique()
    height = row_height(categories, ONE, 0.28 * len(frame) / len(categories))
    chart, ax = plt.subplots(figsize=(ONE, 0.45 + height * len(categories)))
    sns.barplot(frame, y="category", x="value", hue="series", ax=ax, palette=PALETTE[:count], legend=False)
    points = []
    for container, (name, part) in zip(ax.containers, frame.groupby("series", sort=False), strict=True):
        assert isinstance(container, BarContainer)
        texts = []
        for bar, row in zip(container, part.to_dict("records"), strict=True):
            figure = printed(row["value"])
            remark = aside(chosen(_DOUBTFUL)) if row["doubtful"] else ""
            series_name = (
                f" {name}" if count > 1 and row["category"] == categories[0] else ""
            )  # in place of a legend
            texts.append(f"{figure}{series_name}{remark}")
            (left, low), (right, high) = bar.get_bbox().get_points()
            names = (row["category"], str(name))
            points.append(Point(names, figure, rows_of(row.get("id")), ax, left, low, (right, high)))
            if row["doubtful"]:
                bar.set(facecolor="white", edgecolor=bar.get_facecolor(), hatch="////", linewidth=1)
        ax.bar_label(container, labels=texts, padding=3, fontsize=SMALL, color=INK)
    names_beside(ax, categories, ONE)
    ax.set(xlabel=unit, ylabel="")
    ax.margins(x=0.26 if count > 1 or frame["doubtful"].any() else 0.14)
    ax.xaxis.set_major_formatter(lambda value, _: number(value))
    ax.grid(visible=False, axis="y")
    show(chart, title, _by_series(frame, unit, printed), subtitle, _HEADINGS, points, basis)


def stacked(
    frame: pd.DataFrame,
    *,
    title: Text,
    subtitle: Text = "",
    unit: str,
    places: int | None = None,
    colours: dict | None = None,
    basis: Iterable[str] = (),
) -> None:
    """One bar for each category, made of its parts; a part shows its figure if it is wide enough.

    As ``bars``, but every category has every series, none below zero; the text omits parts of zero.
    `colours`: series → its colour, if colours have a meaning.
    """
    if frame.empty:
        return nothing(title)
    style()
    power, unit = scaled(frame.groupby("category")["value"].sum().max(), unit)
    frame, printed = rescaled(frame, power), printer(power, places)
    categories, series = (list(dict.fromkeys(frame[column])) for column in ("category", "series"))
    longest, starts = frame.groupby("category")["value"].sum().max(), dict.fromkeys(categories, 0.0)
    chart, ax = plt.subplots(figsize=(WIDTH, 0.8 + row_height(categories, WIDTH, 0.34) * len(categories)))
    points = []
    for name, default in zip(series, cycle(PALETTE), strict=False):
        colour, part = (colours or {}).get(name, default), frame[frame["series"] == name]
        left = part["category"].map(starts)
        container = ax.barh(
            part["category"].map(categories.index), part["value"], left=left, color=colour, label=name
        )
        texts = [printed(value) if value > longest * _LABELLED else "" for value in part["value"]]
        ax.bar_label(container, labels=texts, label_type="center", color=ink_on(colour), fontsize=SMALL)
        for bar, row in zip(container, part.to_dict("records"), strict=True):
            bar.set(height=0.66, edgecolor="white", linewidth=0.6)
            starts[row["category"]] += row["value"]
            (start, low), (end, high) = bar.get_bbox().get_points()
            if row["value"]:
                names, ids = (row["category"], name), rows_of(row.get("id"))
                points.append(Point(names, printed(row["value"]), ids, ax, start, low, (end, high)))
    ax.invert_yaxis()
    names_beside(ax, categories, WIDTH)
    ax.set(xlabel=unit, ylabel="", xlim=(0, None))
    ax.xaxis.set_major_formatter(lambda value, _: number(value))
    ax.grid(visible=False, axis="y")
    chart.legend(loc="lower left", ncols=legend_columns(series, WIDTH))
    phrases = _by_series(frame[frame["value"] != 0], unit, printed)
    show(chart, title, phrases, subtitle, _HEADINGS, points, basis)


def _by_series(frame: pd.DataFrame, unit: str, printed: Printer) -> list[str]:
    """Every series of a categorical chart in words: ``pupils (persons): primary 162,600, junior 80,000``."""
    texts = frame["category"] + " " + frame["value"].map(printed)
    if "doubtful" in frame:
        texts = texts.mask(frame["doubtful"], texts + aside(chosen(_DOUBTFUL)))
    counts = aside(unit) if unit else ""
    return [listed(name + counts, part) for name, part in texts.groupby(frame["series"], sort=False)]


def dots(
    frame: pd.DataFrame, *, title: Text, subtitle: Text = "", unit: str, basis: Iterable[str] = ()
) -> None:
    """One line for each category with a mark and figure for each series, such as base, latest and target.

    As ``bars``, with all values as published; a category may lack some series.
    """
    if frame.empty:
        return nothing(title)
    style()
    power, unit = scaled(frame["value"].abs().max(), unit)
    frame, printed = rescaled(frame, power), printer(power, None)
    categories, series = (list(dict.fromkeys(frame[column])) for column in ("category", "series"))
    chart, ax = plt.subplots(figsize=(ONE, 0.6 + row_height(categories, ONE, 0.42) * len(categories)))
    points = []
    for place, (_, part) in enumerate(frame.groupby("category", sort=False)):
        ax.plot(
            [part["value"].min(), part["value"].max()], [place] * 2, color="#c8c8c8", linewidth=2, zorder=1
        )
    sizes = (54, 32, 20)  # so that marks in the same place are all visible
    styles = zip(series, cycle(PALETTE), cycle(MARKERS), cycle(sizes), strict=False)
    for name, colour, marker, size in styles:
        part = frame[frame["series"] == name]
        rows = part["category"].map(categories.index)
        ax.scatter(
            part["value"], rows, color=colour, marker=marker, s=size, label=name, zorder=3, edgecolors="white"
        )
        for place, row in zip(rows, part.to_dict("records"), strict=True):
            ids = rows_of(row.get("id"))
            points.append(Point((row["category"], name), printed(row["value"]), ids, ax, row["value"], place))
    names_beside(ax, categories, ONE)
    ax.set(xlabel=unit, ylim=(len(categories) - 0.4, -0.6))
    ax.margins(x=0.1)
    ax.xaxis.set_major_formatter(lambda value, _: number(value))
    ax.grid(visible=False, axis="y")
    chart.legend(loc="lower left", ncols=legend_columns(series))
    settle(chart, title, subtitle)
    marks = [np.array([[p.x, p.y] for p in points if p.y == place]) for place in range(len(categories))]
    labels = []
    for place in range(len(categories)):
        figures = {point.x: point.figure for point in points if point.y == place}  # each figure once
        labels += [Label(figures[x], x, place) for x in sorted(figures, reverse=True)]
    write(ax, labels, marks)  # all at once: those of one row keep clear of the next
    show(chart, title, _by_series(frame, unit, printed), subtitle, _HEADINGS, points, basis)


def limit_bars(
    frame: pd.DataFrame, *, title: Text, subtitle: Text = "", unit: str, over: Text, basis: Iterable[str] = ()
) -> None:
    """Panels with horizontal bars and their figures, and a line at each panel's limit.

    `frame` has the columns panel, category, value (NaN if missing), limit (one for each panel) and may have
    id; categories from top to bottom in the order of their first row, of which a panel may lack some. `unit`
    is the published unit, or empty; `over` is the word beside the figure of a bar beyond the limit.
    """
    if frame.empty:
        return nothing(title)
    style()
    panels, categories = (list(dict.fromkeys(frame[name])) for name in ("panel", "category"))
    columns = min(2, len(panels))
    rows = -(-len(panels) // columns)
    width = PANEL if columns > 1 else ONE
    size = (columns * width, rows * (0.55 + row_height(categories, width, 0.37) * len(categories)))
    shape = {"figsize": size, "sharex": True, "squeeze": False}
    chart, axes = plt.subplots(rows, columns, **shape)
    for ax in axes.flat[len(panels) :]:
        ax.set_visible(False)
    phrases, points = [], []
    unknown = tr("无法计算", "not computable")
    for panel, ax in zip(panels, axes.flat, strict=False):
        part = frame[frame["panel"] == panel]
        limit = part["limit"].max()
        heading = panel + aside(f"{chosen(_LIMIT)} {number(limit, max(2, carried([limit])))}")
        words = []
        for row in part.to_dict("records"):
            place, beyond = categories.index(row["category"]), side(row["value"], limit) > 0
            # a missing value is a bar of no length, so that its words have a place on the axis
            length = 0 if pd.isna(row["value"]) else row["value"]
            figure = unknown if pd.isna(row["value"]) else number(row["value"], 3, limits=[limit])
            bar_style = {"hatch": "///", "color": _OVER} if beyond else {"color": _KEPT}  # a pattern, too
            ax.barh(place, length, height=0.62, edgecolor="white", linewidth=0, **bar_style)
            text = figure + (aside(chosen(over)) if beyond else "")
            words.append(f"{row['category']} {text}")
            offset = {"textcoords": "offset points", "va": "center", "fontsize": SMALL}
            ax.annotate(text, (length, place), (3, 0), bbox=_CLEAR, **offset)
            ids, corner = rows_of(row.get("id")), (length, place + 0.31)
            points.append(Point((heading, row["category"]), figure, ids, ax, 0, place - 0.31, corner))
        ax.axvline(limit, color="black", linewidth=1.4)
        ax.set_title(heading, loc="left", fontsize=9)
        names_beside(ax, categories, width)
        ax.set(xlabel=unit_word(unit), ylim=(len(categories) - 0.5, -0.5))
        ax.grid(visible=False, axis="y")
        ax.margins(x=0.42)
        ax.tick_params(labelbottom=True)
        phrases.append(f"{heading} – {tr('，', ', ').join(words)}")
    headings = (("图", "Panel"), ("类别", "Category"))
    show(chart, title, phrases, subtitle, headings, points, basis)
