"""Rounding of figures as they are read: in decimal, half up.

Binary fractions are not what a table prints: 89.55 is stored as 89.5499999999999971… and a computer's own
rounding makes 89.5 of it. Here a figure is its decimal text first.

The rule is 四舍五入, the one that bulletins of the National Bureau of Statistics name and that Excel's ROUND
follows, so that whoever checks a report in a spreadsheet finds its figures; a negative figure is rounded like
its positive one. GB/T 8170-2008 (数值修约规则) rounds an exact half to the even digit instead. That is a rule
for measured quantities, and it differs only where a single 5 is cut off behind an even digit (0.125 → 0.12).
"""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Context, Decimal

import pandas as pd

NOISE = 1e-9  # far above what sums and roots lose of a figure, far below any difference that is printed
_LEFT_OVER = 6  # decimals behind the last one shown: what follows those is left over from binary arithmetic
_ROUND = Context(prec=400, rounding=ROUND_HALF_UP)  # room for any figure written out


def fixed(value: float, places: int) -> Decimal:
    """A figure with so many decimals, half up; a zero has no sign.

    >>> [str(fixed(value, places)) for value, places in ((89.55, 1), (2.0949999999999998, 2), (-0.004, 2))]
    ['89.6', '2.10', '0.00']
    """
    exact = Decimal(repr(float(value)))
    for kept in (places + _LEFT_OVER, places):
        exact = exact.quantize(Decimal(1).scaleb(-kept), context=_ROUND)
    return abs(exact) if exact.is_zero() else exact


def rounded(value: float, places: int = 0) -> float:
    """A figure rounded half up on its decimal text; NaN stays NaN.

    >>> rounded(89.55, 1), rounded(0.5), rounded(-2.5), rounded(1234.5, -2)
    (89.6, 1.0, -3.0, 1200.0)
    """
    return float("nan") if pd.isna(value) else float(fixed(value, places))


def carried(values: Iterable[float]) -> int:
    """Decimals that the most precise of some stored figures carries (four at most).

    >>> carried([91.0, 98.88])
    2
    """
    return max([0, *(-last_digit(rounded(value, 4)) for value in values if pd.notna(value))])


def last_digit(value: float) -> int:
    """The power of ten of the last digit that a figure is stored with; zeros at its end are not stored.

    >>> last_digit(98.88), last_digit(1200.0)
    (-2, 2)
    """
    return int(Decimal(repr(float(value))).normalize().as_tuple().exponent)
