"""What a cell shows: a stored number and its number format, as the text on the page.

The text is what a reader sees, with two exceptions. Dates are given as ISO 8601, however they are laid
out; a negative number in accountants' brackets gets its minus sign. Where the page shows another figure than
the cell holds (``0.0,`` shows 12.3 for 12345 and nothing says so), the cell is refused with both figures.
"""

from decimal import Decimal
from functools import lru_cache

from plan_monitor.grid.agreed import agreed
from plan_monitor.grid.content import DIGITS, Fault, general, hidden, refuse_error
from plan_monitor.grid.dates import date
from plan_monitor.grid.formats import Section, sections
from plan_monitor.grid.layout import in_places, laid_out


@lru_cache(maxsize=65536)  # most cells repeat others
def number(value: float, code: str, from_1904: bool = False) -> str:
    """The text that a cell shows for a number.

    Parameters
    ----------
    value : float
        What the cell holds.
    code : str
        Its number format.
    from_1904 : bool, optional
        Whether the workbook counts days from 1904.

    Returns
    -------
    str

    Raises
    ------
    Fault
        Where the cell shows nothing, or another figure than it holds.

    >>> number(0.95, "0%"), number(45078, 'yyyy"年"m"月"'), number(-12.0, "0;(0)"), number(2025.0, "General")
    ('95%', '2023-06', '-12', '2025')
    >>> number(12345, "0.0,")
    Traceback (most recent call last):
        ...
    plan_monitor.grid.content.Fault: expected the figure held to be shown; shows "12.3", holds 12345 (0.0,)
    """
    section, sign = _section(value, code)
    if section.kind == "general":
        return sign + general(abs(value))
    if section.kind == "number" and section.plain and (value < 0) == (sign == "-" or section.plain.minus):
        return sign + laid_out(abs(value), section.plain)
    if section.kind == "date":
        return date(value, section, code, from_1904)
    if section.kind == "numerals":
        raise Fault(
            f"应显示阿拉伯数字；数字格式 {code} 写成中文数字，单元格里是 {general(value)}",
            f"expected digits; the number format {code} writes words for {general(value)}",
        )
    if ("sign", "/") in section.tokens and any(kind == "digit" for kind, _ in section.tokens):
        raise Fault(
            f"应显示小数；数字格式 {code} 写成分数，单元格里是 {general(value)}",
            f"expected decimals; the number format {code} writes a fraction for {general(value)}",
        )
    return agreed(sign + in_places(Decimal(f"{abs(value):.{DIGITS}g}"), section.tokens), value, code)


def text(written: str, code: str) -> str:
    """The text that a cell shows for a text.

    Raises
    ------
    Fault
        Where the format hides it, or it is an error.

    >>> text("元谋", '@"县"')
    '元谋县'
    """
    refuse_error(written)
    parts = sections(code)
    section = parts[3] if len(parts) == 4 else parts[-1]
    if len(parts) < 4 and section.kind != "text":
        return written
    result = "".join(written if token == ("sign", "@") else token[1] for token in section.tokens)
    if written.strip() and not result.strip():
        raise hidden(written, code)
    return result


def _section(value: float, code: str) -> tuple[Section, str]:
    """The section of a format that applies to a number, and the sign that it does not write itself."""
    parts = sections(code)[:3]
    minus = "-" if value < 0 else ""
    if any(section.condition for section in parts):
        for section in parts:
            if section.condition is None or _meets(value, *section.condition):
                signed = any(kind == "literal" and part in "-(" and part for kind, part in section.tokens)
                return section, "" if signed else minus
        raise hidden(general(value), code)
    if len(parts) == 1 or (parts[1].kind == "text" and len(parts) == 2):
        return parts[0], minus
    if value < 0:
        return parts[1], ""
    return parts[2] if value == 0 and len(parts) == 3 and parts[2].kind != "text" else parts[0], ""


def _meets(value: float, comparator: str, bound: float) -> bool:
    return {
        "<": value < bound,
        "<=": value <= bound,
        ">": value > bound,
        ">=": value >= bound,
        "=": value == bound,
        "<>": value != bound,
    }[comparator]
