"""A figure in another unit."""

from decimal import Decimal

from reportkit.measures import scale


def counted_in(number: str, unit: str, target: str) -> str | None:
    """A figure converted into another unit, where the two differ only by a scale such as 万; None otherwise.

    >>> counted_in("5.12", "万人", "人"), counted_in("3200", "万元", "亿元"), counted_in("5.12", "万人", "户")
    ('51200', '0.32', None)
    """
    tens, base = scale(unit)
    target_tens, target_base = scale(target)
    if not base or base != target_base or tens == target_tens:
        return None
    return f"{Decimal(number).scaleb(tens - target_tens).normalize():f}"
