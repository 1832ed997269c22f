"""Whether the figure on a page is the one that its cell holds."""

import re
from decimal import Decimal

from plan_monitor.grid.content import DIGITS, Fault, general, hidden

_RUN = re.compile(
    r"(?P<sign>[-−] ?[^\d\s.%]{0,3} ?)?"
    r"(?P<figure>\d{1,3}(?:[,\u00a0\u202f ]\d{3})+(?:\.\d*)?|\d+\.?\d*|\.\d+)(?:[eE](?P<power>[+-]?\d+))?"
    r"(?P<after>[^\d]*)"
)
_OF_UNIT = re.compile(r"(?<=[A-Za-z])[\d²³]|(?<=[/每])1?0*(?=[万千百亿])")
# by how many powers of ten what is written behind a figure changes it
_POWERS = [
    ("%", -2), ("％", -2), ("‰", -3),
    ("万亿", 12), ("千亿", 11), ("百亿", 10), ("十亿", 9), ("亿", 8), ("千万", 7), ("百万", 6),
    ("十万", 5), ("万", 4), ("千", 3), ("百", 2),
    ("thousand", 3), ("million", 6), ("billion", 9), ("bn", 9), ("K", 3), ("k", 3), ("M", 6), ("B", 9),
]  # fmt: skip
_STORED_IN = (0, 4, 8)  # powers of the units a figure may be stored in: one, 万, 亿
_LARGEST = 400  # powers of ten: no figure of a cell has more


def agreed(shown: str, value: float, code: str | None = None) -> str:
    """The text a cell shows, if its figure is the one that the cell holds.

    A figure that is rounded on the page is the one shown. A per cent sign, or a word such as 万, may stand
    for the powers of ten by which the two differ.

    Parameters
    ----------
    shown : str
        Text on the page.
    value : float
        What the cell holds.
    code : str, optional
        Its number format, for the message.

    Raises
    ------
    Fault
        Where the text shows nothing, or another figure.

    >>> agreed("95%", 0.9497), agreed("(12.5)", -12.5), agreed("1.2万", 12345.0)
    ('95%', '-12.5', '1.2万')
    """
    shown = shown.strip()
    if not shown:
        raise hidden(general(value), code)
    if value < 0 and (brackets := re.fullmatch(r"([^()\d-]*)\(([^()-]*\d[^()]*)\)([^()\d]*)", shown)):
        shown = "-" + "".join(brackets.groups()).strip()
    runs = list(_RUN.finditer(_OF_UNIT.sub("", shown)))
    if not runs:
        return "0" if value == 0 and re.fullmatch(r"¥? *[-–—]", shown) else shown
    exact = Decimal(f"{value:.{DIGITS}g}")
    if any(_stands_for(run, exact) for run in runs):  # the words beside it may have figures: 5 户（2023）
        return shown
    format_note = f"（数字格式 {code}）" if code else "", f" ({code})" if code else ""
    raise Fault(
        f"应显示所存的数；显示“{shown}”，存的是 {general(value)}{format_note[0]}",
        f'expected the figure held to be shown; shows "{shown}", holds {general(value)}{format_note[1]}',
    )


def _stands_for(run: re.Match, exact: Decimal) -> bool:
    """Whether digits on the page equal a figure, rounded to as many digits."""
    digits = re.sub(r"[,\s]", "", run["figure"])
    power_shown = int(run["power"] or 0)
    if abs(power_shown) > _LARGEST:
        return False
    unit = Decimal(1).scaleb(power_shown)
    figure = Decimal(digits) * unit * (-1 if run["sign"] else 1)
    tolerance = Decimal("0.5").scaleb(-len(digits.partition(".")[2])) * unit
    return any(
        abs(figure.scaleb(power) - exact) <= tolerance.scaleb(power) for power in _powers(run["after"])
    )


def _powers(after: str) -> set[int]:
    """The powers of ten by which the figures shown and held may differ, by the text behind the one shown."""
    after = after.strip()
    for word, power in _POWERS:
        if after.startswith(word):
            return {0, power} if power < 0 else {0, *(max(0, power - unit) for unit in _STORED_IN)}
    return {0}
