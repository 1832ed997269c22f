"""Small charts for a first page: one panel, as wide as a phone, with labels instead of a legend."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes

from reportkit.charts.canvas import (
    INK,
    PALETTE,
    QUIET,
    SMALL,
    Point,
    States,
    letters,
    listed,
    rows_of,
    show,
    style,
    wrapped,
)
from reportkit.charts.lines import draw
from reportkit.charts.plain import ink_on, names_beside, row_height
from reportkit.charts.scale import printer, rescaled
from reportkit.language import Text, chosen, tr
from reportkit.measures import scaled
from reportkit.words import aside, nothing, number, wide

_SIZE = (3.54, 1.98)  # inches: 340 × 190 pixels of a screen
_MOST = 6  # bars
_BAR = 0.31  # inches of a bar at least
_LINES = 3  # of dates
_HEADINGS = (("类别", "Category"), ("是", "What"))
_ROW = 0.72  # inches: a name, its line of dates, and what these are on two lines


class Level(NamedTuple):
    """A line across all bars: its value in their unit, its name with the figure, ids of its rows."""

    value: float
    name: str
    ids: Iterable[str] = ()


def small_lines(
    frame: pd.DataFrame,
    *,
    title: Text,
    subtitle: Text = "",
    targets: pd.DataFrame | None = None,
    basis: Iterable[str] = (),
) -> None:
    """At most four series over years in one panel, each with its name and last figure at its end.

    `frame` and `targets` as ``lines.lines`` takes them; of several panels the first is drawn.
    """
    if len(frame):
        first = frame["panel"].iloc[0]
        frame = frame[frame["panel"] == first]
        targets = targets if targets is None else targets[targets["panel"] == first]
    draw(frame, _SIZE, title, subtitle, targets, basis=basis)


def small_bars(
    frame: pd.DataFrame,
    *,
    title: Text,
    subtitle: Text = "",
    unit: str,
    places: int | None = None,
    states: States | None = None,
    levels: Sequence[Level] = (),
    limits: Iterable[float] = (),
    basis: Iterable[str] = (),
) -> None:
    """Horizontal bars from zero with their figures; of more than six, the first six.

    `frame` has the columns category, value, and may have state (a code of `states`, which gives the bar's
    colour and the word after its figure), target (a mark with its figure) and id. `unit` is the published
    unit; `places` are the decimals of computed values, published ones keep theirs. `levels` are lines to
    which all bars are compared, named above the bars; a figure is printed on its own side of each, of its
    target and of the `limits` that decide its state. Rows are as high as the name with most lines.
    """
    if frame.empty:
        return nothing(title)
    style()
    frame = frame.head(_MOST)
    power, unit = scaled(frame["value"].abs().max(), unit)
    frame, printed = rescaled(frame, power), printer(power, places)
    turns = [10.0**power * limit for limit in (*(level.value for level in levels), *limits)]
    height = 0.3 + row_height(frame["category"], _SIZE[0], _BAR) * len(frame) + _BAR * len(levels)
    chart, ax = plt.subplots(figsize=(_SIZE[0], height))
    points, phrases, texts = [], [], []
    value, target = tr("数值", "value"), tr("目标", "target")
    for place, row in enumerate(frame.to_dict("records")):
        state = (states or {}).get(row.get("state", ""))
        bar = ax.barh(place, row["value"], height=0.6, color=state[2] if state else PALETTE[1])[0]
        goal, ids = row.get("target", float("nan")), rows_of(row.get("id"))
        figure = printed(row["value"], limits=[*turns, goal])
        (left, low), (right, high) = bar.get_bbox().get_points()
        points.append(Point((row["category"], value), figure, ids, ax, left, low, (right, high)))
        words, text = [f"{figure}{aside(chosen(state)) if state else ''}"], figure
        if pd.notna(goal):
            ax.vlines(goal, low - 0.1, high + 0.1, color=INK, linewidth=2)
            points.append(Point((row["category"], target), printed(goal), ids, ax, goal, place))
            words.append(f"{target} {printed(goal)}")
            text += tr(f"（目标 {printed(goal)}）", f" (target {printed(goal)})")
        text += f" {chosen(state)}" if state else ""
        end = max(row["value"], 0, goal if pd.notna(goal) else 0)
        _write(ax, text, (end, place), (4, 0))
        texts.append((end, wide(text)))
        phrases.append(listed(row["category"], words))
    names_beside(ax, frame["category"], _SIZE[0])
    longest = max([end for end, _ in texts] + [level.value * 10.0**power for level in levels]) or 1
    share = min(0.6, max((count + 1) / letters(_SIZE[0] * 0.62) for _, count in texts))
    bottom = len(frame) - 0.5
    ax.set(xlim=(min(0, frame["value"].min()), longest / (1 - share)), ylim=(bottom, -0.5 - len(levels)))
    for above, level in enumerate(levels, 1):
        at, figure = level.value * 10.0**power, number(level.value * 10.0**power)
        ax.vlines(at, -above - 0.3, bottom, color=INK, linewidth=1, linestyle="--", zorder=1.5)
        left = at < ax.get_xlim()[1] / 2  # and the name to the right of the line
        _write(ax, level.name, (at, -above), (3 if left else -3, 0), "left" if left else "right")
        points.append(Point((level.name, value), figure, [*level.ids], ax, at, -above, (at, bottom)))
        phrases.append(level.name)
    ax.set_xlabel(unit, loc="left")
    ax.set_xticks([])
    ax.grid(visible=False)
    ax.spines["bottom"].set_visible(False)
    show(chart, title, phrases, subtitle, _HEADINGS, points, basis)


def _write(
    ax: Axes, text: str, at: tuple[float, float], away: tuple[float, float], side: str = "left"
) -> None:
    """Write a text beside a point, on a white background that covers lines."""
    ground = {"facecolor": "white", "edgecolor": "none", "pad": 0.5}
    look = {"fontsize": SMALL, "color": INK, "bbox": ground, "ha": side, "va": "center"}
    ax.annotate(text, at, away, textcoords="offset points", **look)


def small_states(
    counts: Mapping[str, int],
    *,
    states: States,
    title: Text,
    subtitle: Text = "",
    ids: Mapping[str, Iterable[str]] | None = None,
) -> None:
    """Counts of states as one bar of parts, and below it each state with its count.

    `counts`: state → count, shown in the order of `states`; zero counts are left out. `ids`: state → ids of
    its stored rows.
    """
    used = [state for state in states if counts.get(state)]
    if not used:
        return nothing(title)
    style()
    total, lines = sum(counts[state] for state in used), -(-len(used) // 2)
    chart, ax = plt.subplots(figsize=(_SIZE[0], 0.5 + 0.2 * lines))
    ax.set(xlim=(0, total), ylim=(-lines * 0.5 - 0.7, 0.5))
    ax.axis("off")
    start, points, phrases = 0, [], []
    for place, state in enumerate(used):
        colour, count = states[state][2], number(counts[state], 0)
        ax.barh(0, counts[state], left=start, height=0.8, color=colour, edgecolor="white", linewidth=0.8)
        if counts[state] > 0.07 * total:
            middle = {"ha": "center", "va": "center", "fontsize": 9}
            ax.text(start + counts[state] / 2, 0, count, color=ink_on(colour), **middle)
        x, y = total / 2 * (place % 2), -0.85 - 0.5 * (place // 2)
        ax.scatter(x + 0.02 * total, y, marker="s", s=26, color=colour)
        word = wrapped(chosen(states[state]), letters(_SIZE[0] / 2 - 0.5)).split("\n")[0]
        ax.text(x + 0.05 * total, y, f"{word} {count}", va="center", fontsize=SMALL, color=INK)
        row_ids = [*(ids or {}).get(state, ())]
        corner = (start + counts[state], 0.4)
        points.append(Point((chosen(states[state]),), count, row_ids, ax, start, -0.4, corner))
        phrases.append(f"{chosen(states[state])} {count}")
        start += counts[state]
    show(chart, title, phrases, subtitle, (("状态", "State"),), points)


def small_dates(
    frame: pd.DataFrame,
    *,
    title: Text,
    subtitle: Text = "",
    now: tuple[float, str],
    basis: Iterable[str] = (),
) -> None:
    """Dates of a few items, each on a line of its own, and a dashed line at `now` (moment in years, text).

    A past date is a filled dot. `frame` has the columns category, event, year (a moment in years), text (the
    date as it is printed) and may have id; of more than three items the first three are drawn.
    """
    if frame.empty:
        return nothing(title)
    style()
    things = list(dict.fromkeys(frame["category"]))[:_LINES]
    frame = frame[frame["category"].isin(things)]
    chart, ax = plt.subplots(figsize=(_SIZE[0], _ROW * len(things) + 0.2))
    first, last = (end([*frame["year"], now[0]]) for end in (min, max))
    span = (last - first) or 1
    ground = {"facecolor": "white", "edgecolor": "none", "pad": 0.5}  # no letter stands on the dashed line
    points, phrases = [], []
    for place, thing in enumerate(things):
        dates = frame[frame["category"].eq(thing)].sort_values("year", kind="stable").to_dict("records")
        ax.text(first, place - 0.2, thing, fontsize=SMALL, color=INK, va="bottom", bbox=ground)
        ax.hlines(place, dates[0]["year"], dates[-1]["year"], color=PALETTE[1], linewidth=1.5)
        for index, date in enumerate(dates):
            fill = PALETTE[1] if date["year"] <= now[0] else "white"
            ax.scatter(date["year"], place, s=30, zorder=3, color=fill, edgecolors=PALETTE[1])
            side = _inwards(date["year"], first, last)
            below = place + 0.15 + 0.22 * ((index + 1) % 2)
            label = f"{date['event']} {date['text']}"
            ax.text(date["year"], below, label, ha=side, va="top", fontsize=SMALL, color=INK, bbox=ground)
            names = (thing, date["event"])
            points.append(Point(names, date["text"], rows_of(date.get("id")), ax, date["year"], place))
        phrases.append(listed(thing, [f"{date['event']} {date['text']}" for date in dates]))
    bottom = len(things) - 0.3
    ax.vlines(now[0], -0.2, bottom, color=QUIET, linewidth=1, linestyle="--", zorder=1)
    ax.text(now[0], bottom, now[1], ha=_inwards(now[0], first, last), va="top", fontsize=SMALL, color=QUIET)
    ax.set(xlim=(first - 0.03 * span, last + 0.03 * span), ylim=(bottom + 0.2, -0.55))
    ax.axis("off")
    show(chart, title, [*phrases, now[1]], subtitle, _HEADINGS, points, basis)


def _inwards(at: float, first: float, last: float) -> str:
    """Alignment of a text at a place between two ends, so that it stays between them."""
    if at - first < (last - first) / 4:
        return "left"
    return "right" if last - at < (last - first) / 4 else "center"
