"""A figure in the unit in which a package counts its indicator."""

from decimal import Decimal

from plan_monitor.reading.matching import counted_thing
from reportkit.measures import scale


def converted(value: str, unit: str, usual: str) -> str | None:
    """A figure in another unit, where the two differ only by scale or counting word; else None.

    >>> converted("3.05", "万人", "人"), converted("563", "个", "所"), converted("12", "万个", "所")
    ('30500', '563', '120000')
    >>> converted("5", "万人", "户") is None
    True
    """
    if counted_thing(unit) != counted_thing(usual):
        return None
    power = scale(unit)[0] - scale(usual)[0]
    return f"{Decimal(value).scaleb(power).normalize():f}" if power else value
