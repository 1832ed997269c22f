"""Charts: the picture and, as its text, what it shows with every plotted figure."""

from collections.abc import Callable, Iterable
from itertools import cycle

import matplotlib.pyplot as plt
import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from reportkit.charts.canvas import PALETTE, legend_columns, listed, show, style, wrapped
from reportkit.decimals import beside, carried
from reportkit.language import Text, chosen, tr
from reportkit.measures import scaled, unit_word
from reportkit.words import aside, nothing, number

_HATCHED = ("数字存疑", "doubtful figure")
_LIMIT = ("限值", "limit")
_OVER, _KEPT = PALETTE[:2]  # of bars against a limit
_FIGURES = ("value", "median", "lower_80", "upper_80", "lower_95", "upper_95")  # columns of points
_NAME = 44  # Latin characters of a bar's name on one line
_LABELLED = 0.06  # of the longest bar: a shorter part has no room for its figure
# the ground of a figure, so that the line at a limit does not run through it
_CLEAR = {"facecolor": "white", "edgecolor": "none", "pad": 1}

_Printed = Callable[..., str]  # how a plotted figure is printed
_More = pd.DataFrame | None  # points of another kind, where there are any


def _points(label: str, points: pd.DataFrame, printed: _Printed, column: str = "value") -> str:
    """One plotted series in words: ``Yunnan: 2015 63.82, 2016 68.27``."""
    rows = points[["year", column, *points.columns.intersection(["places"])]].itertuples(index=False)
    return listed(label, (f"{year:g} {printed(*figure)}" for year, *figure in rows))


def _printed(power: int, usual: int | None) -> _Printed:
    """How figures are printed once they were multiplied by a power of ten: with the decimals they had."""

    def printed(value: float, places: float | None = usual) -> str:
        had = carried([value * 10.0**-power]) if pd.isna(places) else int(places)
        return number(value, had - power)

    return printed


def _shown(frame: pd.DataFrame, power: int) -> pd.DataFrame:
    """Points with every figure in the unit the report's language counts in."""
    return frame.assign(**{column: frame[column] * 10.0**power for column in _FIGURES if column in frame})


def lines(
    frame: pd.DataFrame,
    *,
    title: Text,
    subtitle: Text = "",
    targets: _More = None,
    doubtful: _More = None,
    fan: _More = None,
    shared: bool = False,
    basis: Iterable[str] = (),
) -> None:
    """Small multiples of series over years: targets as diamonds, doubtful figures grey, forecasts as fans.

    `frame` has the columns panel, series, year, value, unit, and places where decimals are not those carried;
    panels and series in the order of their first row. `targets` and `doubtful` (grade C: grey crosses) have
    panel, series, year, value; `fan` has panel, year, median, lower_80, upper_80, lower_95, upper_95, and is
    told with the decimals that its last 80 % interval leaves it.
    """
    if frame.empty:
        return nothing(title)
    style()
    none = pd.DataFrame(columns=["panel", "series", "year", "value"])
    ahead, targets, doubtful = (none if points is None else points for points in (fan, targets, doubtful))
    panels = list(dict.fromkeys(frame["panel"]))
    series = dict.fromkeys([*frame["series"], *targets["series"]])
    colour = dict(zip(series, cycle(PALETTE), strict=False))
    rows = -(-len(panels) // (columns := min(2, len(panels))))
    size = (4.9 * columns, 3.3 * rows) if len(panels) > 1 else (8.6, 4.0)
    chart, axes = plt.subplots(rows, columns, figsize=size, squeeze=False)
    texts = []
    for panel, ax in zip(panels, axes.flat, strict=False):
        parts = [points[points["panel"] == panel] for points in (frame, ahead, targets, doubtful)]
        power, unit = scaled(parts[0]["value"].abs().max(), parts[0]["unit"].iloc[0])
        part, forecast, aims, crosses = (_shown(points, power) for points in parts)
        printed, words = _printed(power, None), _fan(ax, forecast)
        if {"places"} <= {*part} & {*aims}:  # a target is told no finer than the figures beside it
            aims["places"] = aims["places"].clip(upper=part["places"].max())
        for name, points in part.groupby("series", sort=False):
            sns.lineplot(points, x="year", y="value", ax=ax, color=colour[name], marker="o", label=name)
            words.append(_points(name, points, printed))
        label = tr("存疑（C 级）", "doubtful (grade C)")
        for name, points in crosses.groupby("series", sort=False):  # shown, but in no line
            ax.scatter(points["year"], points["value"], color="#a8a8a8", marker="x", s=34, label=label)
            words.append(_points(f"{name} {label}", points, printed))
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
    show(chart, chosen(title), texts, chosen(subtitle))


def _fan(ax: plt.Axes, fan: pd.DataFrame) -> list[str]:
    """A forecast: its median dashed, its 80 % and 95 % intervals shaded."""
    if fan.empty:
        return []
    for level, alpha in ((95, 0.12), (80, 0.22)):
        label = f"{level} % {tr('区间', 'interval')}"
        low, high = fan[f"lower_{level}"], fan[f"upper_{level}"]
        ax.fill_between(fan["year"], low, high, color=PALETTE[0], alpha=alpha, linewidth=0, label=label)
    middle = tr("预测中位数", "forecast median")
    ax.plot(fan["year"], fan["median"], color=PALETTE[0], linestyle="--", label=middle)
    last = fan.iloc[-1]
    ends = fan[["lower_80", "upper_80"]].dropna().to_numpy()  # a year that is over has none
    printed = _printed(0, beside(*ends[-1]) if len(ends) else 0)
    interval = f"80 % {printed(last['lower_80'])}–{printed(last['upper_80'])}"
    return [_points(middle, fan, printed, "median") + f" ({interval})"]


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
        words.append(_points(label, points, printed))
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
    place = {"loc": "upper center", "bbox_to_anchor": (0.5, 0.0)}
    chart.legend(entries.values(), entries.keys(), ncol=legend_columns(entries), **place)


def bars(
    frame: pd.DataFrame,
    *,
    title: Text,
    subtitle: Text = "",
    unit: str,
    places: int | None = None,
    basis: Iterable[str] = (),
) -> None:
    """Horizontal bars with their figures written on them, one colour a series.

    `frame` has the columns category, series, value, from top to bottom; where an optional column doubtful is
    true, the bar is hatched and the text says so. `unit` is the published one of the values; `places` are the
    decimals of computed values, published ones keep theirs.
    """
    if frame.empty:
        return nothing(title)
    style()
    frame = frame if "doubtful" in frame else frame.assign(doubtful=False)
    power, unit = scaled(frame["value"].abs().max(), unit)
    frame, printed = _shown(frame, power), _printed(power, places)
    count = frame["series"].nunique()
    chart, ax = plt.subplots(figsize=(8.6, 0.9 + 0.36 * len(frame)), layout="constrained")
    sns.barplot(frame, y="category", x="value", hue="series", ax=ax, palette=PALETTE[:count])
    for container, (_, part) in zip(ax.containers, frame.groupby("series", sort=False), strict=True):
        ax.bar_label(container, labels=[printed(v) for v in part["value"]], padding=4, fontsize=10)
        for bar, doubtful in zip(container, part["doubtful"], strict=True):
            if doubtful:
                bar.set(facecolor="white", edgecolor=bar.get_facecolor(), hatch="////", linewidth=1)
    ax.set(xlabel=unit, ylabel="")
    ax.margins(x=0.12)
    ax.legend(title=None) if count > 1 else ax.get_legend().remove()
    if frame["doubtful"].any():
        key = Patch(facecolor="white", edgecolor="#666666", hatch="////", label=chosen(_HATCHED))
        chart.legend(handles=[key], loc="outside lower center")
    show(chart, chosen(title), _by_series(frame, unit, printed), chosen(subtitle))


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
    """One bar a category, made of its parts; a part is labelled where it is wide enough for its figure.

    As ``bars``, but every category has every series, none below zero; in words, parts of zero go unsaid.
    `colours`: series → its colour, where colours mean something.
    """
    if frame.empty:
        return nothing(title)
    style()
    power, unit = scaled(frame.groupby("category")["value"].sum().max(), unit)
    frame, printed = _shown(frame, power), _printed(power, places)
    parts = frame.pivot(index="category", columns="series", values="value")
    parts = parts.loc[list(dict.fromkeys(frame["category"])), list(dict.fromkeys(frame["series"]))]
    chart, ax = plt.subplots(figsize=(8.6, 1.3 + 0.42 * len(parts)), layout="constrained")
    start = 0
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
    show(chart, chosen(title), _by_series(frame[frame["value"] != 0], unit, printed), chosen(subtitle))


def _by_series(frame: pd.DataFrame, unit: str, printed: _Printed) -> list[str]:
    """Every series of a categorical chart in words: ``pupils (persons): primary 162,600, junior 80,000``."""
    texts = frame["category"] + " " + frame["value"].map(printed)
    if "doubtful" in frame:
        texts = texts.mask(frame["doubtful"], texts + aside(chosen(_HATCHED)))
    counts = aside(unit) if unit else ""
    return [listed(name + counts, part) for name, part in texts.groupby(frame["series"], sort=False)]


def dots(
    frame: pd.DataFrame, *, title: Text, subtitle: Text = "", unit: str, basis: Iterable[str] = ()
) -> None:
    """One line a category with a dot for each series: how far base, latest figure and target lie apart.

    As ``bars``, all values as published; a category may lack some series.
    """
    if frame.empty:
        return nothing(title)
    style()
    power, unit = scaled(frame["value"].abs().max(), unit)
    frame = _shown(frame, power)
    position = {name: -i for i, name in enumerate(dict.fromkeys(frame["category"]))}
    chart, ax = plt.subplots(figsize=(8.6, 1.1 + 0.42 * len(position)), layout="constrained")
    for name, part in frame.groupby("category", sort=False):
        ax.plot([part["value"].min(), part["value"].max()], [position[name]] * 2, color="#c8c8c8", zorder=1)
    for (series, part), colour in zip(frame.groupby("series", sort=False), PALETTE, strict=False):
        ax.scatter(part["value"], part["category"].map(position), color=colour, s=58, label=series, zorder=3)
    ax.set_yticks(list(position.values()), list(position))
    ax.set(xlabel=unit, ylim=(0.6 - len(position), 0.6))
    chart.legend(loc="outside lower center", ncols=3)
    show(chart, chosen(title), _by_series(frame, unit, _printed(power, None)), chosen(subtitle))


def limit_bars(
    frame: pd.DataFrame, *, title: Text, subtitle: Text = "", unit: str, over: Text, basis: Iterable[str] = ()
) -> None:
    """Panels side by side, horizontal bars with their figures, and a line at each panel's limit.

    `frame` has the columns panel, category, value (NaN where there is none), limit (one a panel); categories
    from top to bottom in the order of their first row, of which a panel may lack some. `unit` is the
    published one, or empty; `over` is what a bar beyond the limit is called in the legend.
    """
    if frame.empty:
        return nothing(title)
    style()
    panels, categories = (list(dict.fromkeys(frame[name])) for name in ("panel", "category"))
    shape = {"figsize": (8.6, 1.2 + 0.42 * len(categories)), "sharex": True, "sharey": True}
    chart, axes = plt.subplots(1, len(panels), squeeze=False, layout="constrained", **shape)
    panels_in_words = []
    for panel, ax in zip(panels, axes.flat, strict=True):
        part = frame[frame["panel"] == panel]
        limit = part["limit"].max()
        shown = number(limit, max(2, carried([limit])))  # with no fewer decimals than it has
        heading = panel + aside(f"{chosen(_LIMIT)} {shown}")
        exceeds = part["value"] > part["limit"]
        colours = [_OVER if beyond else _KEPT for beyond in exceeds]
        # a missing value is a bar of no length, so that its words have a place on the axis
        at, lengths = part["category"].map(categories.index), part["value"].fillna(0)
        bars = ax.barh(at, lengths, color=colours, height=0.62)
        for bar, beyond in zip(bars, exceeds, strict=True):  # a pattern as well as a colour
            bar.set(hatch="///" if beyond else None, edgecolor="white", linewidth=0)
        unknown = tr("无法计算", "not computable")
        texts = [unknown if pd.isna(value) else number(value, 3) for value in part["value"]]
        for text, end in zip(texts, zip(lengths, at, strict=True), strict=True):
            ax.annotate(text, end, (4, 0), textcoords="offset points", va="center", fontsize=9, bbox=_CLEAR)
        ax.axvline(limit, color="black", linewidth=1.6)
        ax.set_title(heading, fontsize=10.5)
        ax.set_yticks(range(len(categories)), categories)
        ax.set(xlabel=unit_word(unit), ylim=(len(categories) - 0.5, -0.5))
        ax.tick_params(axis="y", labelsize=9)
        ax.grid(visible=False, axis="y")
        ax.margins(x=0.16)
        remarks = [aside(chosen(over)) if beyond else "" for beyond in exceeds]
        cells = zip(part["category"], texts, remarks, strict=True)
        words = [f"{category} {text}{remark}" for category, text, remark in cells]
        panels_in_words.append(f"{heading} – {tr('，', ', ').join(words)}")
    keys = [Patch(facecolor=_KEPT, label=tr("未超过", "within"))]
    if (frame["value"] > frame["limit"]).any():
        keys.append(Patch(facecolor=_OVER, hatch="///", edgecolor="white", linewidth=0, label=chosen(over)))
    keys.append(Line2D([], [], color="black", linewidth=1.6, label=chosen(_LIMIT)))
    chart.legend(handles=keys, loc="outside lower center", ncols=len(keys), fontsize=9)
    show(chart, chosen(title), panels_in_words, chosen(subtitle))
