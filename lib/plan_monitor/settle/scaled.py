"""A figure in another unit."""

from decimal import Decimal


def counted_in(number: str, unit: str, target: str) -> str | None:
    """A figure converted into another unit, where the two differ only by 万 or 亿; None otherwise.

    >>> counted_in("5.12", "万人", "人"), counted_in("3200", "万元", "亿元"), counted_in("5.12", "万人", "户")
    ('51200', '0.32', None)
    """
    tens, base = _scale(unit)
    target_tens, target_base = _scale(target)
    if base != target_base or tens == target_tens:
        return None
    return f"{Decimal(number).scaleb(tens - target_tens).normalize():f}"


def _scale(unit: str) -> tuple[int, str]:
    """How many zeros a unit's 万 or 亿 stands for, and the unit behind it."""
    tens = {"万": 4, "亿": 8}.get(unit[:1], 0)
    return (tens, unit[1:]) if tens and unit[1:] else (0, unit)
