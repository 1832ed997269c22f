"""The indicator of an accepted figure in a package: its id or name, and its unit there."""

import pandas as pd

from plan_monitor.reading.confirm.units import converted
from plan_monitor.settle.names import Names, aliases

HELD = ("level", "share", "index", "ratio", "growth", "growth_annual")
"""Kinds of figures that a package can hold: a growth is an indicator of its own."""
_GROWTH = {"growth": ("增速", "增长率", "增长"), "growth_annual": ("年均增长率", "年均增速", "年均增长")}
_GROWS = ("增长", "增速", "增长率", "增幅", "增长速度")
_FALLS = "降低率|下降率|降幅"


class Indicators:
    """The indicators of a package by all their names.

    Parameters
    ----------
    rows : DataFrame
        Its table of that name.
    """

    def __init__(self, rows: pd.DataFrame):
        table = rows.reindex(
            columns=["id", "name_zh", "name_en", "aliases", "unit", "nature", "lower", "upper"]
        )
        self.rows = table.astype(object).fillna("").set_index("id").to_dict("index")
        self._names = Names(
            (id_, [row["name_zh"], row["name_en"], *aliases(row["aliases"])])
            for id_, row in self.rows.items()
        )

    def find(self, text: str) -> str:
        """The id that a text names; empty where it names none, or several."""
        return self._names.find(text, near=False).id or ""

    def name(self, text: str) -> str:
        """The Chinese name of an indicator given by id or name; for a new one the text itself."""
        id_ = self.find(text)
        return self.rows[id_]["name_zh"] if id_ else text

    def resolve(self, text: str, kind: str, period: str, base: str) -> str:
        """The indicator of a figure: an id, or the name of a new one.

        Parameters
        ----------
        text : str
            An id or a name; for a growth that of what grows, or of the growth itself.
        kind, period, base
            The kind of the figure, its period, and the period that a growth is counted from.
        """
        id_ = self.find(text)
        if kind not in _GROWTH:
            return id_ or text
        name = self.name(text)
        if name.endswith(_GROWS) or any(name.endswith(word) for word in _FALLS.split("|")):
            return id_ or text
        matches = (self.find(name + ending) for ending in _GROWTH[kind])
        return next(filter(None, matches), "") or f"{name} · {_suffix(kind, period, base)}"

    def unit(self, id_: str) -> str:
        """The unit of an indicator; empty where the package does not know it."""
        return self.rows[id_]["unit"] if id_ in self.rows else ""

    def is_flow(self, id_: str) -> bool:
        """Whether an indicator of the package is a flow, an amount over a period."""
        return id_ in self.rows and self.rows[id_]["nature"] == "flow"

    def fits(self, id_: str, unit: str) -> bool:
        """Whether a figure in a unit can be one of an indicator."""
        return not unit or converted("1", unit, self.unit(id_)) is not None

    def bounds(self, id_: str) -> tuple[float | None, float | None]:
        """The smallest and the largest possible value; None where there is none."""
        row = self.rows.get(id_, {})
        lower, upper = (row.get(name, "") for name in ("lower", "upper"))
        return (None if lower == "" else float(lower), None if upper == "" else float(upper))


def _suffix(kind: str, period: str, base: str) -> str:
    """The words for a growth, which follow the name of what grows."""
    if kind == "growth_annual":
        return "年均增长"
    usual = period[:4].isdigit() and base == str(int(period[:4]) - 1)
    return f"比{base}年增长" if base and not usual else "增长"
