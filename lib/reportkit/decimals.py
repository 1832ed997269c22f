"""Rounding of figures as they are read: on their decimal text, half up.

A binary fraction is not what a table prints: 89.55 is stored as 89.5499999999999971… The rule is 四舍五入,
that of the bulletins of the National Bureau of Statistics and of Excel's ROUND; a negative figure is rounded
like its positive one. GB/T 8170-2008 (数值修约规则) rounds an exact half to the even digit: a rule for
measured quantities, which differs only where a single 5 is cut off behind an even digit (0.125 → 0.12).
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
    """A figure rounded half up on its decimal text, 1234.5 with -2 places to 1200.0; NaN stays NaN."""
    return float("nan") if pd.isna(value) else float(fixed(value, places))


def carried(values: Iterable[float]) -> int:
    """Decimals that the most precise of some stored figures carries (four at most): 2 of 91.0 and 98.88."""
    return max([0, *(-last_digit(rounded(value, 4)) for value in values if pd.notna(value))])


def last_digit(value: float) -> int:
    """The power of ten of the last digit that a figure is stored with: -2 of 98.88, 2 of 1200.0."""
    return int(Decimal(repr(float(value))).normalize().as_tuple().exponent)
