"""Charts: the picture and, as its text, what it shows with every plotted figure."""

from collections.abc import Callable
from itertools import cycle

import matplotlib.pyplot as plt
import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from reportkit.charts.canvas import PALETTE, legend_columns, show, style, wrapped
from reportkit.decimals import carried
from reportkit.language import Text, chosen, tr
from reportkit.measures import scaled
from reportkit.words import aside, nothing, number

_DOUBTFUL = ("存疑（C 级）", "doubtful (grade C)")
_HATCHED = ("数字存疑", "doubtful figure")
_BAND = ("区间", "interval")
_FIGURES = ("value", "median", "lower_80", "upper_80", "lower_95", "upper_95")  # columns of points
_NAME = 44  # Latin characters of a bar's name on one line
_LABELLED = 0.06  # of the longest bar: a shorter part has no room for its figure
_MEDIAN = ("预测中位数", "forecast median")

_Printed = Callable[[float], str]  # how a plotted figure is printed


def _points(label: str, x: pd.Series, y: pd.Series, printed: _Printed) -> str:
    """One plotted series in words: ``Yunnan: 2015 63.82, 2016 68.27``."""
    colon, comma = chosen((("：", "，"), (": ", ", ")))
    return label + colon + comma.join(f"{a:g} {printed(b)}" for a, b in zip(x, y, strict=True))


def _printed(power: int, places: float | None) -> _Printed:
    """How figures that were multiplied by a power of ten are printed: with the last digit they had."""

    def printed(value: float) -> str:
        had = carried([value * 10.0**-power]) if pd.isna(places) else int(places)
        return number(value, max(0, had - power))

    return printed


def _shown(frame: pd.DataFrame, power: int) -> pd.DataFrame:
    """Points with every figure in the unit the report's language counts in."""
    return frame.assign(**{column: frame[column] * 10.0**power for column in _FIGURES if column in frame})


def lines(
    frame: pd.DataFrame,
    *,
    title: Text,
    targets: pd.DataFrame | None = None,
    doubtful: pd.DataFrame | None = None,
    fan: pd.DataFrame | None = None,
    columns: int = 2,
) -> None:
    """Small multiples of series over years: targets as diamonds, doubtful figures grey, forecasts as fans.

    Parameters
    ----------
    frame : DataFrame
        Columns panel, series, year, value, unit, and places (decimals) for those computed; panels and
        series in the order of their first row.
    title
        As in ``table.table``.
    targets : DataFrame, optional
        Columns panel, series, year, value.
    doubtful : DataFrame, optional
        Columns panel, series, year, value: figures of grade C, drawn as grey crosses outside the lines.
    fan : DataFrame, optional
        Columns panel, year, median, lower_80, upper_80, lower_95, upper_95.
    columns : int
        Panels side by side.
    """
    if frame.empty:
        return nothing(title)
    style()
    panels = list(dict.fromkeys(frame["panel"]))
    series = list(dict.fromkeys(frame["series"]))
    if targets is not None:
        series = list(dict.fromkeys([*series, *targets["series"]]))
    colour = {name: PALETTE[i % len(PALETTE)] for i, name in enumerate(series)}
    columns = min(columns, len(panels))
    rows = -(-len(panels) // columns)
    size = (4.9 * columns, 3.3 * rows) if len(panels) > 1 else (8.6, 4.0)
    chart, axes = plt.subplots(rows, columns, figsize=size, squeeze=False)
    texts = []
    for panel, ax in zip(panels, axes.flat, strict=False):
        part, ahead, aims, crosses = (
            pd.DataFrame() if given is None else given[given["panel"] == panel]
            for given in (frame, fan, targets, doubtful)
        )
        power, unit = scaled(part["value"].abs().max(), part["unit"].iloc[0])
        part, ahead, aims, crosses = (_shown(given, power) for given in (part, ahead, aims, crosses))
        places = part["places"].iloc[0] if "places" in part else None
        printed = _printed(power, places)
        words = _fan(ax, ahead, _printed(power, 1 if pd.isna(places) else places))
        for name, points in part.groupby("series", sort=False):
            sns.lineplot(
                x=points["year"], y=points["value"], ax=ax, color=colour[name], marker="o", label=name
            )
            words.append(_points(name, points["year"], points["value"], printed))
        if len(crosses):
            words += _doubtful(ax, crosses, printed)
        if len(aims):
            past = part if fan is None else part.iloc[:0]  # a fan shows the way already
            words += _targets(ax, aims, past, colour, printed)
        heading = panel + (aside(unit) if unit else "")
        ax.set(title=heading, xlabel="", ylabel="")
        ax.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
        ax.yaxis.set_major_formatter(lambda value, _: number(value))
        ax.get_legend().remove()
        texts.append(f"{heading} – {' | '.join(words)}")
    for ax in axes.flat[len(panels) :]:
        ax.set_visible(False)
    _legend(chart, axes)
    show(chart, chosen(title), texts)


def _fan(ax: plt.Axes, fan: pd.DataFrame, printed: _Printed) -> list[str]:
    """A forecast: its median dashed, its 80 % and 95 % intervals shaded."""
    if fan.empty:
        return []
    for level, alpha in ((95, 0.12), (80, 0.22)):
        label = f"{level} % {chosen(_BAND)}"
        low, high = fan[f"lower_{level}"], fan[f"upper_{level}"]
        ax.fill_between(fan["year"], low, high, color=PALETTE[0], alpha=alpha, linewidth=0, label=label)
    ax.plot(fan["year"], fan["median"], color=PALETTE[0], linestyle="--", label=chosen(_MEDIAN))
    last = fan.iloc[-1]
    interval = f"80 % {printed(last['lower_80'])}–{printed(last['upper_80'])}"
    return [_points(chosen(_MEDIAN), fan["year"], fan["median"], printed) + f" ({interval})"]


def _doubtful(ax: plt.Axes, points: pd.DataFrame, printed: _Printed) -> list[str]:
    """Figures of grade C: shown, but in no line."""
    words = []
    for name, part in points.groupby("series", sort=False):
        ax.scatter(part["year"], part["value"], color="#a8a8a8", marker="x", s=34, label=chosen(_DOUBTFUL))
        words.append(_points(f"{name} {chosen(_DOUBTFUL)}", part["year"], part["value"], printed))
    return words


def _targets(
    ax: plt.Axes, targets: pd.DataFrame, past: pd.DataFrame, colour: dict[str, str], printed: _Printed
) -> list[str]:
    """Targets as hollow diamonds in the colour of their series, dotted from its last figure before them."""
    words = []
    for name, points in targets.sort_values("year").groupby("series", sort=False):
        label = name + tr("目标", ", target")
        style = {"facecolors": "white", "edgecolors": colour[name], "marker": "D", "s": 42, "zorder": 5}
        before = past[(past["series"] == name) & (past["year"] < points["year"].min())].tail(1)
        way = pd.concat([before[["year", "value"]], points[["year", "value"]]])
        ax.plot(way["year"], way["value"], color=colour[name], linestyle=":", linewidth=1.2)
        ax.scatter(points["year"], points["value"], linewidths=1.6, label=label, **style)
        words.append(_points(label, points["year"], points["value"], printed))
        if ax.get_legend() is None:
            ax.legend()
    return words


def _legend(chart: Figure, axes) -> None:
    """One legend below all panels, every entry once."""
    entries = {}
    for ax in axes.flat:
        for handle, label in zip(*ax.get_legend_handles_labels(), strict=True):
            entries.setdefault(label, handle)
    chart.tight_layout()
    chart.legend(
        entries.values(),
        entries.keys(),
        loc="upper center",
        bbox_to_anchor=(0.5, 0.0),
        ncol=legend_columns(entries),
    )


def bars(frame: pd.DataFrame, *, title: Text, unit: str, places: int | None = None) -> None:
    """Horizontal bars with their figures written on them, one colour a series.

    Parameters
    ----------
    frame : DataFrame
        Columns category, series, value; categories from top to bottom in the order given. Optional: doubtful,
        true where the printed figure is; such a bar is hatched, and the text says so.
    title
        As in ``table.table``.
    unit : str
        Published unit of the values.
    places : int, optional
        Decimals of computed values; published ones keep theirs.
    """
    if frame.empty:
        return nothing(title)
    style()
    frame = frame if "doubtful" in frame else frame.assign(doubtful=False)
    power, unit = scaled(frame["value"].abs().max(), unit)
    frame, printed = _shown(frame, power), _printed(power, places)
    several = frame["series"].nunique() > 1
    height = 0.9 + 0.36 * len(frame)
    chart, ax = plt.subplots(figsize=(8.6, height), layout="constrained")
    sns.barplot(
        frame, y="category", x="value", hue="series", ax=ax, palette=PALETTE[: frame["series"].nunique()]
    )
    for container, (_, part) in zip(ax.containers, frame.groupby("series", sort=False), strict=True):
        ax.bar_label(container, labels=[printed(v) for v in part["value"]], padding=4, fontsize=10)
        for bar, doubtful in zip(container, part["doubtful"], strict=True):
            if doubtful:
                bar.set(facecolor="white", edgecolor=bar.get_facecolor(), hatch="////", linewidth=1)
    ax.set(xlabel=unit, ylabel="")
    ax.margins(x=0.12)
    ax.legend(title=None) if several else ax.get_legend().remove()
    if frame["doubtful"].any():
        key = Patch(facecolor="white", edgecolor="#666666", hatch="////", label=chosen(_HATCHED))
        chart.legend(handles=[key], loc="outside lower center")
    show(chart, chosen(title), _by_series(frame, unit, printed))


def stacked(
    frame: pd.DataFrame,
    *,
    title: Text,
    unit: str,
    places: int | None = None,
    colours: dict[str, str] | None = None,
) -> None:
    """One bar a category, made of its parts; a part is labelled where it is wide enough for its figure.

    Parameters
    ----------
    frame, title, unit, places
        As in ``bars``; every category has every series, none below zero. In words, parts of zero go unsaid.
    colours : dict of str to str, optional
        Series → its colour, where colours mean something.
    """
    if frame.empty:
        return nothing(title)
    style()
    power, unit = scaled(frame.groupby("category")["value"].sum().max(), unit)
    frame, printed = _shown(frame, power), _printed(power, places)
    parts = frame.pivot(index="category", columns="series", values="value")
    parts = parts.loc[list(dict.fromkeys(frame["category"])), list(dict.fromkeys(frame["series"]))]
    chart, ax = plt.subplots(figsize=(8.6, 1.3 + 0.42 * len(parts)), layout="constrained")
    start = parts.iloc[:, 0] * 0
    for (name, lengths), usual in zip(parts.items(), cycle(PALETTE), strict=False):
        colour = (colours or {}).get(name, usual)
        drawn = ax.barh(parts.index, lengths, left=start, color=colour, label=name, height=0.66)
        wide = lengths > parts.sum(axis=1).max() * _LABELLED
        texts = [printed(value) if enough else "" for value, enough in zip(lengths, wide, strict=True)]
        ax.bar_label(drawn, labels=texts, label_type="center", color="white", fontsize=9)
        start = start + lengths
    ax.invert_yaxis()
    ax.set(xlabel=unit, ylabel="")
    ax.set_yticks(range(len(parts)), [wrapped(name, _NAME) for name in parts.index])
    ax.xaxis.set_major_formatter(lambda value, _: number(value))
    ax.grid(visible=False, axis="y")
    chart.legend(loc="outside lower center", ncols=legend_columns(parts.columns))
    show(chart, chosen(title), _by_series(frame[frame["value"] != 0], unit, printed))


def _by_series(frame: pd.DataFrame, unit: str, printed: _Printed) -> list[str]:
    """Every series of a categorical chart in words: ``pupils (persons): primary 162,600, junior 80,000``."""
    colon, comma = chosen((("：", "，"), (": ", ", ")))
    texts = frame["category"] + " " + frame["value"].map(printed)
    if "doubtful" in frame:
        texts = texts.mask(frame["doubtful"], texts + aside(chosen(_HATCHED)))
    counts = aside(unit) if unit else ""
    return [
        name + counts + colon + comma.join(part) for name, part in texts.groupby(frame["series"], sort=False)
    ]


def dots(frame: pd.DataFrame, *, title: Text, unit: str) -> None:
    """One line a category with a dot for each series: how far base, latest figure and target lie apart.

    Parameters
    ----------
    frame, title, unit
        As in ``bars``, all as published; a category may lack some series.
    """
    if frame.empty:
        return nothing(title)
    style()
    power, unit = scaled(frame["value"].abs().max(), unit)
    frame = _shown(frame, power)
    categories = list(dict.fromkeys(frame["category"]))
    position = {name: -i for i, name in enumerate(categories)}
    chart, ax = plt.subplots(figsize=(8.6, 1.1 + 0.42 * len(categories)), layout="constrained")
    for name, part in frame.groupby("category", sort=False):
        ax.plot([part["value"].min(), part["value"].max()], [position[name]] * 2, color="#c8c8c8", zorder=1)
    for (series, part), colour in zip(frame.groupby("series", sort=False), PALETTE, strict=False):
        ax.scatter(part["value"], part["category"].map(position), color=colour, s=58, label=series, zorder=3)
    ax.set_yticks(list(position.values()), categories)
    ax.set(xlabel=unit, ylim=(0.6 - len(categories), 0.6))
    chart.legend(loc="outside lower center", ncols=3)
    show(chart, chosen(title), _by_series(frame, unit, _printed(power, None)))
