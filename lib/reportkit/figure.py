"""A figure as it is printed, together with its number, so that nobody has to read it back from the text."""

from collections.abc import Iterable
from decimal import Decimal

import pandas as pd

from reportkit.decimals import fixed

# with pyarrow installed, a column of text would give plain text back in place of the figures put into it
pd.set_option("mode.string_storage", "python")


class Figure(str):
    """Text of one number, with its sign, unit and period; prose and tables use it as any other text."""

    value: float  # in the unit printed after it: as printed, or more precise where ``at`` has rounded it
    _parts: tuple[str, str, str]  # text before the digits, the digits, text after them

    @classmethod
    def of(cls, value: float, places: int, before: str = "", after: str = "", *, signed=False) -> "Figure":
        """A number rounded half up in decimal, with thousands separators; if `signed`, a rise has a plus.

        >>> figure = Figure.of(98.876, 2, "≥ ", " %")
        >>> figure, figure.value, figure.shape
        ('≥ 98.88 %', 98.88, '"≥ "0.00" %"')
        """
        exact = fixed(value, places)
        digits = f"{exact:+,f}" if signed and exact else f"{exact:,f}"
        return cls.printed(digits, float(exact), before, after)

    @classmethod
    def printed(cls, digits: str, value: float, before: str = "", after: str = "") -> "Figure":
        """A number whose digits are printed already, with sign and separators."""
        figure = cls(f"{before}{digits}{after}")
        figure.value, figure._parts = value, (before, digits, after)
        return figure

    @classmethod
    def total(cls, figures: Iterable["Figure"]) -> "Figure":
        """The sum of bare figures, with as many decimals as the one with fewest; ValueError if one has text
        beside it, which may be another unit.

        >>> Figure.total([Figure.of(1.25, 2), Figure.of(2.5, 1)])
        '3.8'
        """
        figures = list(figures)
        if not all(figure.bare for figure in figures):
            raise ValueError("figures with text beside them do not add up")
        exact = sum(Decimal(repr(figure.value)) for figure in figures)
        return cls.printed(f"{fixed(exact, min(figure.places for figure in figures)):,f}", float(exact))

    def preceded(self, prefix: str) -> "Figure":
        """The same figure with more text before it, such as a relation."""
        before, digits, after = self._parts
        return self.printed(digits, self.value, prefix + before, after)

    def followed(self, suffix: str) -> "Figure":
        """The same figure with more text after it, such as its period."""
        before, digits, after = self._parts
        return self.printed(digits, self.value, before, after + suffix)

    def at(self, places: int) -> "Figure":
        """The same figure printed with at most so many decimals; its number is not rounded."""
        before, digits, after = self._parts
        if places >= self.places:
            return self
        exact = fixed(self.value, places)
        sign = "+" if digits.startswith("+") and exact else ""
        return self.printed(f"{exact:{sign},f}", self.value, before, after)

    @property
    def bare(self) -> bool:
        """Whether there are only digits: unit and time are those of the column."""
        return self == self._parts[1]

    @property
    def places(self) -> int:
        """Decimals that are shown."""
        return len(self._parts[1].partition(".")[2])

    @property
    def full(self) -> str:
        """All digits of the number if fewer are shown, else an empty text."""
        printed = float(self._parts[1].replace(",", ""))
        return "" if printed == self.value else f"{Decimal(repr(self.value)):,f}"

    @property
    def shape(self) -> str:
        """How a spreadsheet prints the number the same way (a number format of ECMA-376)."""
        before, digits, after = self._parts
        places = self.places
        core = ("#,##0" if "," in digits else "0") + ("." + "0" * places if places else "")
        lead, tail = ('"' + text.replace('"', "”") + '"' if text else "" for text in (before, after))
        if digits.startswith("+"):
            return f"+{lead}{core}{tail};-{lead}{core}{tail}"
        # of a number below zero, a spreadsheet writes the sign before all that stands before the digits
        below = f";{lead}-{core}{tail}" if lead and digits.startswith("-") else ""
        return f"{lead}{core}{tail}{below}"
