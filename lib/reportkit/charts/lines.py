"""Series over years: the picture with named lines, and every plotted figure in its text and data."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import cycle

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from reportkit.charts.canvas import (
    INK,
    MARKERS,
    ONE,
    PALETTE,
    PANEL,
    Point,
    legend_columns,
    letters,
    listed,
    rows_of,
    settle,
    show,
    style,
    wrapped,
)
from reportkit.charts.labels import Label, write
from reportkit.charts.scale import Printer, printer, rescaled
from reportkit.decimals import beside
from reportkit.language import Text, chosen, tr
from reportkit.measures import scaled
from reportkit.words import aside, nothing, number, wide

_DIRECT = 4  # series that are named at their ends; more get a legend
_NAME = 16  # Latin characters of a series' name on one line beside it
_LOW = 0.3  # share of the highest figure; if the lowest is below it, the axis begins at zero
_HEADINGS = (("图", "Panel"), ("序列", "Series"), ("年份", "Year"))
_CUT = ("纵轴不从 0 起", "the axis does not begin at 0")
_APART = ("只有两个数的不连线", "where there are but two figures, no line joins them")
_Points = pd.DataFrame | None  # points of another kind, where there are any


@dataclass
class _Panel:
    """One panel and what is drawn in it."""

    ax: Axes
    heading: str
    printed: Printer
    labels: list[Label] = field(default_factory=list)
    paths: list = field(default_factory=list)  # what labels should not hide: columns x and y
    points: list[Point] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def add_series(self, label: str, points: pd.DataFrame, column: str = "value", after: str = "") -> None:
        """Add a plotted series to the texts (``Yunnan: 2015 63.82, 2016 68.27``) and to the data."""
        words = []
        for row in points.to_dict("records"):
            figure = self.printed(row[column], *([row["places"]] if "places" in row else []))
            year, ids = f"{row['year']:g}", rows_of(row.get("id"))
            words.append(f"{year} {figure}")
            self.points.append(
                Point((self.heading, label, year), figure, ids, self.ax, row["year"], row[column])
            )
        self.texts.append(listed(label, words) + after)

    def last(self, name: str, points: pd.DataFrame, column: str = "value") -> None:
        """Label a series at its end with its name and last figure."""
        row = points.iloc[-1]
        figure = self.printed(row[column], *([row["places"]] if "places" in row else []))
        self.labels.append(Label(f"{wrapped(name, _NAME)} {figure}", row["year"], row[column]))


def lines(
    frame: pd.DataFrame,
    *,
    title: Text,
    subtitle: Text = "",
    targets: _Points = None,
    doubtful: _Points = None,
    fan: _Points = None,
    shared: bool = False,
    basis: Iterable[str] = (),
) -> None:
    """Small multiples of series over years, each line with its name and last figure at its end.

    `frame` has the columns panel, series, year, value, unit, and places if decimals are not those carried;
    panels and series are in the order of their first row. `targets` (diamonds with their figures; with
    ``floor`` in a column kind, a line to stay above; targets in several years are joined by a dotted line)
    and `doubtful` (grade C: grey crosses, not in the line) have panel, series, year, value; `fan`, a
    forecast, has panel, year, median, lower_80, upper_80, lower_95, upper_95, and is printed with the
    decimals of its last 80 % interval (``decimals.beside``). All may have id, of one stored row or several.
    `shared`: panels with the same unit share one axis, for comparison.

    Two figures are drawn as two dots: a line between them would claim a course that nobody published.
    """
    size = (ONE, 2.7) if frame["panel"].nunique() == 1 else (PANEL, 2.35)
    draw(frame, size, title, subtitle, targets, doubtful, fan, shared, basis)


def draw(
    frame: pd.DataFrame,
    size: tuple[float, float],
    title: Text,
    subtitle: Text = "",
    targets: _Points = None,
    doubtful: _Points = None,
    fan: _Points = None,
    shared: bool = False,
    basis: Iterable[str] = (),
) -> None:
    """As ``lines``, with panels of a size in inches."""
    if frame.empty:
        return nothing(title)
    style()
    no_points = pd.DataFrame(columns=["panel", "series", "year", "value"])
    fans, targets, doubtful = (no_points if points is None else points for points in (fan, targets, doubtful))
    names = list(dict.fromkeys(frame["panel"]))
    series = list(dict.fromkeys([*frame["series"], *targets["series"]]))
    styles = dict(zip(series, zip(cycle(PALETTE), cycle(MARKERS), strict=False), strict=False))
    direct = frame.groupby("panel")["series"].nunique().max() <= _DIRECT
    rows = -(-len(names) // (columns := min(2, len(names))))
    shape = {"figsize": (size[0] * columns, size[1] * rows), "squeeze": False}
    chart, axes = plt.subplots(rows, columns, **shape)
    panels, remarks = [], [chosen(subtitle)]
    for name, ax in zip(names, axes.flat, strict=False):
        parts = [points[points["panel"] == name] for points in (frame, fans, targets, doubtful)]
        power, unit = scaled(parts[0]["value"].abs().max(), parts[0]["unit"].iloc[0])
        part, forecast, aims, crosses = (rescaled(points, power) for points in parts)
        if {"places"} <= {*part} & {*aims}:  # a target gets no more decimals than the figures beside it
            aims["places"] = aims["places"].clip(upper=part["places"].max())
        panel = _Panel(ax, name + (aside(unit) if unit else ""), printer(power, None))
        _fan(panel, forecast)
        _series(panel, part, styles, direct)
        _crosses(panel, crosses)
        _targets(panel, aims, part if fan is None else part.iloc[:0], styles)
        if len(names) > 1 or name not in chosen(title) or unit not in chosen(subtitle):  # else in the title
            ax.set_title(wrapped(panel.heading, letters(size[0] - 0.3, 9.5)), loc="left", color=INK)
        _years(panel, size[0])
        panels.append(panel)
    for ax in axes.flat[len(names) :]:
        ax.set_visible(False)
    units = {panel.heading.removeprefix(name) for panel, name in zip(panels, names, strict=True)}
    if shared and len(units) == 1:
        ends = [end for panel in panels for end in panel.ax.get_ylim()]
        for panel in panels:
            panel.ax.set_ylim(min(ends), max(ends))
    if any(panel.ax.get_ylim()[0] > 0 for panel in panels):
        remarks.append(chosen(_CUT))
    if frame.groupby(["panel", "series"]).size().eq(2).any():
        remarks.append(chosen(_APART))
    if not direct:
        _legend(chart, axes, size[0] * columns)
    subtitle = tr("；", "; ").join(filter(None, remarks))
    subtitle = subtitle[:1].upper() + subtitle[1:]
    settle(chart, title, subtitle)
    for panel in panels:
        write(panel.ax, panel.labels, panel.paths)
    phrases = [f"{panel.heading} – {' | '.join(panel.texts)}" for panel in panels]
    show(chart, title, phrases, subtitle, _HEADINGS, [p for panel in panels for p in panel.points], basis)


def _series(panel: _Panel, part: pd.DataFrame, styles: dict, direct: bool) -> None:
    for name, points in part.groupby("series", sort=False):
        colour, marker = styles[name]
        line = "-" if len(points) > 2 else ""
        panel.ax.plot(
            points["year"], points["value"], color=colour, marker=marker, linestyle=line, label=name,
            markersize=4.5, linewidth=1.5, markeredgecolor="white", markeredgewidth=0.5,
        )  # fmt: skip
        panel.paths.append(points[["year", "value"]].to_numpy(float))
        if direct:
            panel.last(str(name), points)
        panel.add_series(str(name), points)


def _crosses(panel: _Panel, crosses: pd.DataFrame) -> None:
    """Draw doubtful figures, which are not in the line."""
    label = tr("存疑（C 级）", "doubtful (grade C)")
    for name, points in crosses.groupby("series", sort=False):
        panel.ax.scatter(points["year"], points["value"], color="#777777", marker="x", s=24, linewidths=1.2)
        panel.paths.append(points[["year", "value"]].to_numpy(float))
        panel.add_series(f"{name} {label}", points)
        panel.last(f"{name}{tr('存疑', ', doubtful')}", points)


def _fan(panel: _Panel, fan: pd.DataFrame) -> None:
    """Draw a forecast: its median dashed, its 80 % and 95 % intervals shaded, with their names."""
    if fan.empty:
        return
    last, printer_before = fan.iloc[-1], panel.printed
    ends = fan[["lower_80", "upper_80"]].dropna().to_numpy()  # past years have none
    panel.printed = printer(0, beside(*ends[-1]) if len(ends) else 0)
    for level, alpha in ((95, 0.12), (80, 0.22)):
        low, high = fan[f"lower_{level}"], fan[f"upper_{level}"]
        panel.ax.fill_between(fan["year"], low, high, color=PALETTE[0], alpha=alpha, linewidth=0)
        if len(ends):
            panel.labels.append(Label(f"{level} % {tr('区间', 'interval')}", last["year"], high.iloc[-1]))
    middle = tr("预测中位数", "forecast median")
    panel.ax.plot(fan["year"], fan["median"], color=PALETTE[0], linestyle="--", linewidth=1.5)
    panel.paths.append(fan[["year", "median"]].to_numpy(float))
    panel.last(middle, fan, "median")
    interval = f"80 % {panel.printed(last['lower_80'])}–{panel.printed(last['upper_80'])}"
    panel.add_series(middle, fan, "median", f" ({interval})")
    panel.printed = printer_before


def _targets(panel: _Panel, targets: pd.DataFrame, past: pd.DataFrame, styles: dict) -> None:
    """Draw targets as hollow diamonds with their figures, in the colour of their series.

    Targets of several years are joined by a dotted line from the last figure before them; a floor is a
    horizontal line from there on.
    """
    has_names = targets["series"].nunique() > 1 or not set(targets["series"]) <= {*past["series"]}
    for name, points in targets.sort_values("year").groupby("series", sort=False):
        colour, _ = styles[name]
        floor = "kind" in points and points["kind"].eq("floor").all()
        before = past[(past["series"] == name) & (past["year"] < points["year"].min())].tail(1)
        path = pd.concat([before[["year", "value"]], points[["year", "value"]]])
        if floor:
            for aim in points.to_dict("records"):
                panel.ax.hlines(aim["value"], path["year"].min(), aim["year"], color=colour, linewidth=1.2)
        elif len(points) > 1:
            panel.ax.plot(path["year"], path["value"], color=colour, linestyle=":", linewidth=1.2)
        mark = (
            {"marker": 10, "s": 40, "color": colour} if floor else {"marker": "D", "s": 26, "linewidths": 1.4}
        )
        mark |= {} if floor else {"facecolors": "white", "edgecolors": colour}
        panel.ax.scatter(points["year"], points["value"], zorder=5, **mark)
        panel.paths.append(points[["year", "value"]].to_numpy(float))
        word = tr("底线", "floor") if floor else tr("目标", "target")
        aims = points.to_dict("records")
        for aim, following in zip(aims, [*aims[1:], None], strict=True):
            figure = panel.printed(aim["value"], *([aim["places"]] if "places" in aim else []))
            if following is None:  # the last has its name, too
                text = f"{name}{tr('', ', ')}{word}" if has_names else word
                panel.labels.append(Label(f"{wrapped(text, _NAME)} {figure}", aim["year"], aim["value"]))
            elif following["value"] != aim["value"]:
                panel.labels.append(Label(figure, aim["year"], aim["value"]))
        panel.add_series(f"{name}{tr('底线', ', floor') if floor else tr('目标', ', target')}", points)


def _years(panel: _Panel, width: float) -> None:
    """Set axes with whole years, room for labels after the last, and zero if figures come near it."""
    ax, years = panel.ax, [point.x for point in panel.points]
    first, last = min(years), max(years)
    ax.set(xlabel="", ylabel="")
    longest = max((wide(line) for label in panel.labels for line in label.text.splitlines()), default=0)
    share = min(0.45, (longest + 2.5) / letters(width - 0.45))  # of the axis, for labels at its end
    span = max(last - first, 1)
    right = last + span * share / (1 - share)
    ax.set_xlim(first - 0.05 * span, right + 0.05 * span)
    ticks = MaxNLocator(nbins=4 if width < 4 else 6, integer=True).tick_values(first, last)
    ax.set_xticks([year for year in ticks if first <= year <= last] or [first, last])
    ax.xaxis.set_major_formatter(lambda value, _: f"{value:g}")
    ax.margins(y=0.14)
    lowest, highest = (float(end([p.y for p in panel.points])) for end in (min, max))
    if 0 <= lowest < _LOW * highest and ax.get_ylim()[0] > -highest:
        ax.set_ylim(bottom=0 if ax.dataLim.y0 >= 0 else None)
    ax.yaxis.set_major_locator(MaxNLocator(nbins=5))
    ax.yaxis.set_major_formatter(lambda value, _: number(value))
    ax.grid(visible=False, axis="x")


def _legend(chart, axes, width: float) -> None:
    """Draw one legend below all panels, with every entry once."""
    entries = {}
    for ax in axes.flat:
        for handle, label in zip(*ax.get_legend_handles_labels(), strict=True):
            entries.setdefault(label, handle)
    columns = legend_columns(entries, width)
    chart.legend(entries.values(), entries.keys(), loc="lower center", ncols=columns)
