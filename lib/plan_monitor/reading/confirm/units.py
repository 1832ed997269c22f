"""A figure in the unit in which a package counts its indicator."""

import re

from plan_monitor.reading.matching import counted_thing
from plan_monitor.settle.scaled import counted_in

_SCALE = re.compile(r"^[万亿]")


def converted(value: str, unit: str, usual: str) -> str | None:
    """A figure in another unit, where the two differ only by 万, 亿 or the counting word; else None.

    >>> converted("3.05", "万人", "人"), converted("563", "个", "所"), converted("12", "万个", "所")
    ('30500', '563', '120000')
    >>> converted("5", "万人", "户") is None
    True
    """
    if unit == usual:
        return value
    if counted_thing(unit) == counted_thing(usual):
        scale = _SCALE.match(unit)
        unit = (scale[0] if scale else "") + _SCALE.sub("", usual)
        if unit == usual:
            return value
    return counted_in(value, unit, usual)
