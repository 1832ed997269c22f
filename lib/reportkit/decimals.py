"""How many digits a figure is printed with, and how it is rounded to them: on its decimal text, half up.

A binary fraction is not what a table prints: 89.55 is stored as 89.5499999999999971… The rule is 四舍五入,
that of the bulletins of the National Bureau of Statistics and of Excel's ROUND; a negative figure is rounded
like its positive one. GB/T 8170-2008 (数值修约规则) rounds an exact half to the even digit: a rule for
measured quantities, which differs only where a single 5 is cut off behind an even digit (0.125 → 0.12).

What a figure carries follows from what it may be, given how its figures were rounded or by its interval, low
to high. JCGM 100:2008 (GUM), 7.2.6, wants no excess of digits: two of an uncertainty usually suffice, and the
estimate is rounded to agree with it. Where a figure stands alone (``certain``) its last digit tells how sure
it is; beside its range (``beside``) the range tells. Beside a line that decides what is said of it, a figure
is printed on its own side of the line (``against``), with a digit more if need be.
"""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Context, Decimal
from math import isclose

import pandas as pd

NOISE = 1e-9  # far above what sums and roots lose of a figure, far below any difference that is printed
_LEFT_OVER = 6  # decimals behind the last one shown: what follows those is left over from binary arithmetic
_EXACT = 99  # decimals of a figure that is exact
_WIDTH = 11  # decimals of a width; what follows them is left over as well
_ROUND = Context(prec=400, rounding=ROUND_HALF_UP)  # room for any figure written out


def fixed(value: float | Decimal, places: int) -> Decimal:
    """A figure rounded half up to so many decimals; a zero has no sign.

    >>> [str(fixed(value, places)) for value, places in ((89.55, 1), (2.0949999999999998, 2), (-0.004, 2))]
    ['89.6', '2.10', '0.00']
    """
    exact = Decimal(repr(float(value)))
    for decimals in (places + _LEFT_OVER, places):
        exact = exact.quantize(Decimal(1).scaleb(-decimals), context=_ROUND)
    return abs(exact) if exact.is_zero() else exact


def rounded(value: float, places: int = 0) -> float:
    """A figure rounded half up on its decimal text, 1234.5 with -2 places to 1200.0; NaN stays NaN."""
    return float("nan") if pd.isna(value) else float(fixed(value, places))


def certain(low: float, high: float) -> int:
    """Decimals of a figure that stands alone: all that it may be lies within one unit of its last digit.

    Negative where not even the ones are certain, 99 where the range has no width.

    >>> certain(15.27, 15.59), certain(84.0, 95.0), certain(15.629, 15.632), certain(0.3, 0.1 + 0.2)
    (0, -2, 2, 99)
    """
    width = _width(low, high)
    return _EXACT if width.is_zero() else -width.adjusted() - (width.normalize().as_tuple().digits != (1,))


def beside(low: float, high: float) -> int:
    """Decimals of a figure beside its range, and of the range: a last digit of at most a fifth of the width.

    Rounding then moves nothing by more than a tenth of the width. To the uncertainty of an interval of 95 %,
    nearly four standard uncertainties wide, it adds less than 3 % (a rectangle as wide as the last digit).
    Where the range has no width, the decimals are those that the figure carries.

    >>> beside(84.0, 95.0), beside(0.72, 0.83), beside(-8062.0, 23615.0)
    (0, 2, -3)
    """
    width = _width(low, high)
    return carried([low]) if width.is_zero() else -(width / 5).adjusted()


def around(value: float, low: float, high: float) -> int:
    """Decimals of an estimate and its range: as ``beside``, or one more if the estimate would print as 0.

    A range that reaches far to one side leaves an estimate near its other end no digit: 4.6 in 0 to 130 is
    not nothing.

    >>> around(91.37, 84.2, 95.1), around(4.6, 0.0, 130.0), around(0.0, 0.0, 130.0)
    (0, 0, -1)
    """
    places = beside(low, high)
    return places + bool(value and fixed(value, places).is_zero())


def side(value: float, limit: float) -> int:
    """On which side of a limit a figure lies: -1 below, 1 above, 0 where both are equal but for noise.

    >>> side(2.96, 3.0), side(0.1 + 0.2, 0.3), side(3.04, 3.0), side(3.04, float("nan"))
    (-1, 0, 1, 0)
    """
    if isclose(value, limit, rel_tol=NOISE, abs_tol=NOISE):
        return 0
    return 1 if value > limit else -1 if value < limit else 0


def against(value: float, limits: Iterable[float], places: int) -> int:
    """Decimals of a figure that limits decide about: `places`, or more, lest rounding takes it past one.

    2.96 months are below a line of 3, and 3.0 would not be; only what equals a limit is printed as it. Limits
    that are missing decide nothing.

    >>> [against(months, [3.0, 6.0], 1) for months in (2.94, 2.96, 3.0, 5.998)]
    [1, 2, 1, 3]
    """
    sides = [(limit, side(value, limit)) for limit in limits]
    while any(side(float(fixed(value, places)), limit) != own for limit, own in sides):
        places += 1
    return places


def all_against(values: Iterable[float], limits: Iterable[Iterable[float]], places: int) -> int:
    """Decimals of a column of figures, each against limits of its own: the same for all, at least `places`.

    >>> all_against([0.4321, 0.5004], [[0.45], [0.5]], 3)
    4
    """
    pairs = [(value, list(own)) for value, own in zip(values, limits, strict=True)]
    while (most := max([places, *(against(value, own, places) for value, own in pairs)])) > places:
        places = most  # a digit more than a figure needs may be the one that takes it to its limit
    return places


def _width(low: float, high: float) -> Decimal:
    """Width of a range, without the noise of binary arithmetic."""
    return fixed(high, _WIDTH) - fixed(low, _WIDTH)


def shared(values: Iterable[float], ranges: Iterable[tuple[float, float]], most: int = 2) -> int:
    """Decimals of a column of computed figures: those that are ``certain`` for all of them, at most `most`.

    There are more where a small figure that is certainly not 0 would be printed as 0: a digit too many beside
    a large figure misleads less than a change of 0.3 printed as none. There are none where all are whole
    numbers. `ranges` are low and high of each; missing values are left out.

    >>> shared([0.669, 2.605], [(0.66, 0.67), (2.58, 2.63)]), shared([0.3, 7.0], [(0.25, 0.35), (6.5, 7.5)])
    (1, 1)
    """
    pairs = [(rounded(value, most), certain(*ends)) for value, ends in zip(values, ranges, strict=True)]
    present = [(value, decimals) for value, decimals in pairs if pd.notna(value)]
    visible = [min(decimals, -Decimal(repr(value)).adjusted()) for value, decimals in present if value]
    least = min((decimals for _, decimals in present), default=0)
    return max(0, min(max([least, *visible]), carried(value for value, _ in present)))


def carried(values: Iterable[float]) -> int:
    """Decimals that the most precise of some stored figures carries (four at most): 2 of 91.0 and 98.88."""
    return max([0, *(-last_digit(rounded(value, 4)) for value in values if pd.notna(value))])


def last_digit(value: float) -> int:
    """The power of ten of the last digit that a figure is stored with: -2 of 98.88, 2 of 1200.0."""
    return int(Decimal(repr(float(value))).normalize().as_tuple().exponent)
