"""Figures of a chart converted to the unit of the report's language, and printed in it."""

from collections.abc import Callable, Iterable

import pandas as pd

from reportkit.decimals import against, carried
from reportkit.words import number

Printer = Callable[..., str]  # how a plotted figure is printed
_FIGURES = ("value", "median", "lower_80", "upper_80", "lower_95", "upper_95", "target")  # columns of points


def printer(power: int, default: int | None) -> Printer:
    """A function that prints figures multiplied by 10 to `power`, with the significant digits they had.

    `default` are the decimals before multiplying; None for those that each figure carries. A figure is on its
    own side of the `limits` by which it is judged, in the unit of the chart.
    """

    def printed(value: float, places: float | None = default, limits: Iterable[float] = ()) -> str:
        decimals = carried([value * 10.0**-power]) if pd.isna(places) else int(places)
        return number(value, against(value, limits, decimals - power))

    return printed


def rescaled(frame: pd.DataFrame, power: int) -> pd.DataFrame:
    """Points with every figure multiplied by 10 to `power`."""
    return frame.assign(**{column: frame[column] * 10.0**power for column in _FIGURES if column in frame})
