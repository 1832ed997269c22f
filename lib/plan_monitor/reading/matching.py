"""The indicator of the catalogue that a drafted name means, or none where it is a new one."""

import re
from collections import Counter, defaultdict
from functools import cache
from typing import NamedTuple

import pandas as pd

from plan_monitor.reading.vocabulary import words
from plan_monitor.settle.names import Names, aliases, key
from reportkit.measures import scale

_ALIKE = 0.74
_MARGIN = 0.06
_LEAST = 0.25
_PEOPLE = ("人", "名", "人次", "位")
_THINGS = words("things counted")
_NUMBER = re.compile(r"^\d{1,2}[.．、](?!\d)|^\d{1,2}[.．、](?=(?:19|20)\d\d)")
_IDLE = re.compile(r"(?:人?数量?|总数|达标?|情况|工作|建设|水平)$|^(?:全[国省市州县区]|我[省市州县区])")


class Indicator(NamedTuple):
    """The indicator that a name means: its id, or "" and the nearest; `certain` where the name is one of its
    names."""

    id: str
    certain: bool
    nearest: list[tuple[str, str]]


class Catalogue:
    """The indicators of a package, to be found by a name and a unit."""

    def __init__(self, indicators: pd.DataFrame | None):
        rows = [] if indicators is None else indicators.fillna("").to_dict("records")
        self._units = {row["id"]: row["unit"] for row in rows}
        entries = [(row["id"], [row["name_zh"], *aliases(row.get("aliases", ""))]) for row in rows]
        self._names = Names(entries)
        self._name_grams = [(code, _grams(name)) for code, names in entries for name in names if name]
        self._by_gram: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for place, (code, grams) in enumerate(self._name_grams):
            for kind in ("", counted_thing(self._units[code])):
                for gram in grams:
                    self._by_gram[kind][gram].append(place)
        self.find = cache(self.find)

    def find(self, name: str, unit: str, above: str = "") -> Indicator:
        """The indicator that a drafted name means, where its unit fits.

        `above` is the nearest heading, for names that alone are not enough.
        """
        name = _NUMBER.sub("", name)
        exact = self._names.find(name, near=False)
        if exact.id and self._fits(exact.id, unit):
            return Indicator(exact.id, True, [])
        scores = self._scores(name, unit)
        if above and (not scores or scores[0][1] < _ALIKE):
            scores = max(
                scores, self._scores(above + name, unit), key=lambda ranking: ranking[0][1] if ranking else 0
            )
        top = scores[:4]
        nearest = [(code, self._names.shown[code]) for code, _ in top[:3]]
        if top and top[0][1] >= _ALIKE and (len(top) == 1 or top[0][1] - top[1][1] >= _MARGIN):
            return Indicator(top[0][0], False, nearest)
        return Indicator("", False, nearest)

    def _scores(self, name: str, unit: str) -> list[tuple[str, float]]:
        """Similarity (Dice's coefficient) of names of indicators with a matching unit, the highest first."""
        grams = _grams(name)
        by_gram = self._by_gram[counted_thing(unit)]
        counts = Counter(place for gram in sorted(grams) for place in by_gram.get(gram, ()))
        best: dict[str, float] = {}
        for place, count in counts.items():
            code, other_grams = self._name_grams[place]
            similarity = 2 * count / (len(grams) + len(other_grams))
            if similarity > best.get(code, _LEAST):
                best[code] = similarity
        return sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))

    def _fits(self, code: str, unit: str) -> bool:
        return not unit or counted_thing(self._units[code]) == counted_thing(unit)


@cache
def counted_thing(unit: str) -> str:
    """What a unit counts, without its scale: people of 万人 and 人次 alike, things of any counter.

    >>> counted_thing("万人次"), counted_thing("所"), counted_thing("亿元"), counted_thing("张/千人")
    ('人', '个', '元', '张')
    """
    unit = re.sub(r"[（(].*?[)）]|[/／].*$", "", scale(unit)[1])
    if unit in _PEOPLE:
        return "人"
    return "个" if unit in _THINGS else unit


def _grams(name: str) -> set[str]:
    plain = key(_IDLE.sub("", name))
    return {*plain, *(plain[i : i + 2] for i in range(len(plain) - 1))}
