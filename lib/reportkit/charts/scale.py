"""The unit that a chart counts in, and how its figures are printed in it."""

from collections.abc import Callable

import pandas as pd

from reportkit.decimals import carried
from reportkit.words import number

Printer = Callable[..., str]  # how a plotted figure is printed
_FIGURES = ("value", "median", "lower_80", "upper_80", "lower_95", "upper_95", "target")  # columns of points


def printer(power: int, default: int | None) -> Printer:
    """How figures are printed once they were multiplied by a power of ten: with the decimals they had."""

    def printed(value: float, places: float | None = default) -> str:
        decimals = carried([value * 10.0**-power]) if pd.isna(places) else int(places)
        return number(value, decimals - power)

    return printed


def rescaled(frame: pd.DataFrame, power: int) -> pd.DataFrame:
    """Points with every figure in the unit the report's language counts in."""
    return frame.assign(**{column: frame[column] * 10.0**power for column in _FIGURES if column in frame})
