"""A figure as it is printed, which still knows what number it is: nobody reads it back from its text."""

import pandas as pd

from reportkit.decimals import fixed

# with pyarrow installed, a column of text would give plain text back in place of the figures put into it
pd.set_option("mode.string_storage", "python")


class Figure(str):
    """Text of one number, with its sign, unit and period; prose and tables use it as any other text.

    Attributes
    ----------
    value : float
        The number that is printed: rounded, and in the unit that stands behind it.
    shape : str
        How a spreadsheet prints it the same way (a number format of ECMA-376).
    """

    value: float
    shape: str

    @classmethod
    def of(
        cls, value: float, places: int, before: str = "", after: str = "", *, signed: bool = False
    ) -> "Figure":
        """A number rounded half up in decimal, with thousands separators.

        Parameters
        ----------
        value : float
        places : int
            Decimals.
        before, after : str
            What stands around it, such as ``≥`` and a unit.
        signed : bool
            Whether a rise has its sign; what rounds to nothing has none.

        Examples
        --------
        >>> figure = Figure.of(98.876, 2, "≥ ", " %")
        >>> figure, figure.value, figure.shape
        ('≥ 98.88 %', 98.88, '"≥ "0.00" %"')
        """
        exact = fixed(value, places)
        digits = f"{exact:+,f}" if signed and exact else f"{exact:,f}"
        return cls.printed(digits, float(exact), before, after)

    @classmethod
    def printed(cls, digits: str, value: float, before: str = "", after: str = "") -> "Figure":
        """A number whose digits are printed already, sign and separators and all."""
        figure = cls(f"{before}{digits}{after}")
        figure.value, figure.shape = value, _shape(digits, before, after)
        return figure

    def followed(self, by: str) -> "Figure":
        """The same figure with more behind it, such as its period."""
        figure = type(self)(f"{self}{by}")
        figure.value = self.value
        figure.shape = ";".join(part + _quoted(by) for part in self.shape.split(";"))
        return figure


def _shape(digits: str, before: str, after: str) -> str:
    """The number format of digits and what stands around them."""
    places = len(digits.partition(".")[2])
    core = ("#,##0" if "," in digits else "0") + ("." + "0" * places if places else "")
    lead, tail = _quoted(before), _quoted(after)
    if digits.startswith("+"):
        return f"+{lead}{core}{tail};-{lead}{core}{tail}"
    # of a number below zero, a spreadsheet writes the sign before all that stands before the digits
    below = f";{lead}-{core}{tail}" if lead and digits.startswith("-") else ""
    return f"{lead}{core}{tail}{below}"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', "”") + '"' if text else ""
