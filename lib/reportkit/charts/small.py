"""Small charts for a first page: one panel, as wide as a phone, with everything written at its place."""

from collections.abc import Iterable, Mapping

import matplotlib.pyplot as plt
import pandas as pd

from reportkit.charts import plain
from reportkit.charts.canvas import States, show, style
from reportkit.language import Text, chosen
from reportkit.words import nothing, number


def small_lines(
    frame: pd.DataFrame,
    *,
    title: Text,
    subtitle: Text = "",
    targets: pd.DataFrame | None = None,
    basis: Iterable[str] = (),
) -> None:
    """At most four series over years in one panel, each with its name and last figure at its end.

    `frame` and `targets` as ``plain.lines`` takes them; of several panels the first is drawn.
    """
    plain.lines(frame, title=title, subtitle=subtitle, targets=targets, basis=basis)


def small_bars(
    frame: pd.DataFrame,
    *,
    title: Text,
    subtitle: Text = "",
    unit: str,
    places: int | None = None,
    states: States | None = None,
    basis: Iterable[str] = (),
) -> None:
    """At most six horizontal bars with their figures, from zero.

    `frame` has the columns category, value, and may have state (a code of `states`, whose colour the bar
    has), target (drawn as a mark with its figure) and id. `unit` and `places` as in ``plain.bars``.
    """
    frame = frame.assign(series=chosen(subtitle) or unit)
    plain.bars(frame, title=title, subtitle=subtitle, unit=unit, places=places, basis=basis)


def small_states(
    counts: Mapping[str, int],
    *,
    states: States,
    title: Text,
    subtitle: Text = "",
    ids: Mapping[str, Iterable[str]] | None = None,
) -> None:
    """How many are in each state, as one bar of parts with their counts and words.

    `counts`: state → how many, in the order of `states`; states without any are left out. `ids`: state → ids
    of the stored rows that are in it.
    """
    if not any(counts.values()):
        return nothing(title)
    style()
    chart, ax = plt.subplots(figsize=(3.6, 1.4))
    start = 0
    for state in (state for state in states if counts.get(state)):
        ax.barh(0, counts[state], left=start, color=states[state][2], label=chosen(states[state]))
        start += counts[state]
    ax.legend(fontsize=8)
    said = [f"{chosen(states[state])} {number(counts[state], 0)}" for state in states if counts.get(state)]
    show(chart, chosen(title), said, chosen(subtitle))
