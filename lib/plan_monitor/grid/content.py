"""What a file holds for a cell, and cells that cannot be read."""

import re
from decimal import Decimal
from math import inf, isfinite

DIGITS = 15  # significant digits that a spreadsheet keeps
_ERROR = re.compile(r"Err:\d+|#(DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|CALC!|SPILL!|FIELD!|BLOCKED!)|##+")


class Fault(ValueError):
    """A cell that cannot be read; ``expected`` says what was, in "zh" and "en"."""

    def __init__(self, zh: str, en: str):
        self.expected = {"zh": zh, "en": en}
        super().__init__(en)


def hidden(content: str, code: str | None) -> Fault:
    """The fault of a cell that looks empty and is not."""
    reason = f"数字格式 {code} 使" if code else "", f"the number format {code}" if code else "its format"
    return Fault(
        f"应显示出来；{reason[0]}单元格看似空白，里面却是 {content}",
        f"expected to see what the cell holds; {reason[1]} hides {content}",
    )


def stored_number(text: str) -> float:
    """The number that a file holds for a cell.

    Raises
    ------
    Fault
        Where the text is no number.

    >>> stored_number("0.94999999999999996")
    0.95
    """
    try:
        value = float(text)
    except ValueError:
        value = inf
    if not isfinite(value):
        raise Fault(f"应为数字；文件里存的是 {text}", f"expected a number; the file holds {text}")
    return value


def general(value: float) -> str:
    """A number without a format: up to 15 significant digits, whole numbers without decimals.

    >>> general(0.1 + 0.2), general(2025.0), general(1e-7)
    ('0.3', '2025', '0.0000001')
    """
    if value == 0:
        return "0"
    if not 1e-15 < abs(value) < 1e21:
        return f"{value:.{DIGITS}G}"
    digits = f"{Decimal(f'{value:.{DIGITS}g}'):f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def refuse_error(written: str) -> None:
    """An error of a formula, or ### where a column is too narrow, is no text.

    Raises
    ------
    Fault
        Where the text is one.

    >>> refuse_error("#REF!")
    Traceback (most recent call last):
        ...
    plan_monitor.grid.content.Fault: expected a figure or text; shows the error #REF!
    """
    if _ERROR.fullmatch(written):
        raise Fault(
            f"应为数字或文字；单元格出错，显示 {written}",
            f"expected a figure or text; shows the error {written}",
        )
