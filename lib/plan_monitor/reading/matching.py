"""Which indicator of the catalogue a drafted name is, or that it is a new one."""

import re
from collections import Counter, defaultdict
from functools import cache
from typing import NamedTuple

import pandas as pd

from plan_monitor.reading.vocabulary import words
from plan_monitor.settle.names import Names, aliases, key

_ALIKE = 0.74
_MARGIN = 0.06
_LEAST = 0.25
_PEOPLE = ("人", "名", "人次", "位")
_THINGS = words("things counted")
_NUMBER = re.compile(r"^\d{1,2}[.．、](?!\d)|^\d{1,2}[.．、](?=(?:19|20)\d\d)")
_IDLE = re.compile(r"(?:人?数量?|总数|达标?|情况|工作|建设|水平)$|^(?:全[国省市州县区]|我[省市州县区])")


class Indicator(NamedTuple):
    """The indicator that a name is: its id, or "" and the nearest; `certain` where it is one of its names."""

    id: str
    certain: bool
    nearest: list[tuple[str, str]]


class Catalogue:
    """The indicators of a package, to be found by a name and a unit."""

    def __init__(self, indicators: pd.DataFrame | None):
        rows = [] if indicators is None else indicators.fillna("").to_dict("records")
        self._units = {row["id"]: row["unit"] for row in rows}
        listed = [(row["id"], [row["name_zh"], *aliases(row.get("aliases", ""))]) for row in rows]
        self._names = Names(listed)
        self._called = [(code, _grams(name)) for code, names in listed for name in names if name]
        self._having: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for place, (code, grams) in enumerate(self._called):
            for kind in ("", counted(self._units[code])):
                for gram in grams:
                    self._having[kind][gram].append(place)
        self.find = cache(self.find)

    def find(self, name: str, unit: str, above: str = "") -> Indicator:
        """The indicator that a drafted name means, where its unit fits.

        `above` is the nearest heading, for names that alone are not enough.
        """
        name = _NUMBER.sub("", name)
        own = self._names.find(name, near=False)
        if own.id and self._fits(own.id, unit):
            return Indicator(own.id, True, [])
        scores = self._scores(name, unit)
        if above and (not scores or scores[0][1] < _ALIKE):
            scores = max(
                scores, self._scores(above + name, unit), key=lambda scored: scored[0][1] if scored else 0
            )
        best = scores[:4]
        nearest = [(code, self._names.shown[code]) for code, _ in best[:3]]
        if best and best[0][1] >= _ALIKE and (len(best) == 1 or best[0][1] - best[1][1] >= _MARGIN):
            return Indicator(best[0][0], False, nearest)
        return Indicator("", False, nearest)

    def _scores(self, name: str, unit: str) -> list[tuple[str, float]]:
        """How much indicators whose unit fits are named alike, the most first: Dice's coefficient."""
        grams = _grams(name)
        having = self._having[counted(unit)]
        common = Counter(place for gram in sorted(grams) for place in having.get(gram, ()))
        best: dict[str, float] = {}
        for place, count in common.items():
            code, other = self._called[place]
            alike = 2 * count / (len(grams) + len(other))
            if alike > best.get(code, _LEAST):
                best[code] = alike
        return sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))

    def _fits(self, code: str, unit: str) -> bool:
        return not unit or counted(self._units[code]) == counted(unit)


@cache
def counted(unit: str) -> str:
    """What a unit counts, without its scale: people of 万人 and 人次 alike, things of any counter.

    >>> counted("万人次"), counted("所"), counted("亿元"), counted("张/千人")
    ('人', '个', '元', '张')
    """
    unit = re.sub(r"^[十百千]?[万亿]|[（(].*?[)）]|[/／].*$", "", unit)
    if unit in _PEOPLE:
        return "人"
    return "个" if unit in _THINGS else unit


def _grams(name: str) -> set[str]:
    plain = key(_IDLE.sub("", name))
    return {*plain, *(plain[i : i + 2] for i in range(len(plain) - 1))}
