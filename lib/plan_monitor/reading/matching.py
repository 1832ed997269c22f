"""Which indicator of the catalogue a drafted name is, or that it is a new one."""

import re
from typing import NamedTuple

import pandas as pd

from plan_monitor.settle.names import Names, aliases, key

_ALIKE = 0.74
_MARGIN = 0.06
_NUMBER = re.compile(r"^\d{1,2}[.．、](?!\d)|^\d{1,2}[.．、](?=(?:19|20)\d\d)")
_IDLE = re.compile(r"(?:人?数量?|总数|达标?|情况|工作|建设|水平)$|^(?:全[国省市州县区]|我[省市州县区])")


class Indicator(NamedTuple):
    """The indicator that a name is: its id, or "" and the nearest; `certain` where the name is one of its own."""

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
        self._grams = [(code, _grams(name)) for code, names in listed for name in names if name]
        self.find = _remembered(self.find)

    def find(self, name: str, unit: str, above: str = "") -> Indicator:
        """The indicator that a drafted name means, where its unit fits; `above` is the nearest heading, where the name alone is not enough."""
        name = _NUMBER.sub("", name)
        found = self._names.find(name, near=False)
        if found.id and self._fits(found.id, unit):
            return Indicator(found.id, True, [])
        scores = self._scores(name, unit)
        if above and (not scores or scores[0][1] < _ALIKE):
            scores = max(
                scores, self._scores(above + name, unit), key=lambda found: found[0][1] if found else 0
            )
        best = scores[:4]
        nearest = [(code, self._names.shown[code]) for code, _ in best[:3]]
        if best and best[0][1] >= _ALIKE and (len(best) == 1 or best[0][1] - best[1][1] >= _MARGIN):
            return Indicator(best[0][0], False, nearest)
        return Indicator("", False, nearest)

    def _scores(self, name: str, unit: str) -> list[tuple[str, float]]:
        grams = _grams(name)
        best: dict[str, float] = {}
        for code, other in self._grams:
            if not self._fits(code, unit):
                continue
            common = 2 * len(grams & other) / (len(grams) + len(other))
            if common > best.get(code, 0.25):
                best[code] = common
        return sorted(best.items(), key=lambda pair: -pair[1])

    def _fits(self, code: str, unit: str) -> bool:
        return not unit or counted(self._units[code]) == counted(unit)


def counted(unit: str) -> str:
    """What a unit counts, without its scale: people of 万人 and 人次 alike, things of any counter."""
    unit = re.sub(r"^[十百千]?[万亿]|[（(].*?[)）]|[/／].*$", "", unit)
    if unit in ("%", "‰", "百分点", "倍"):
        return unit
    if unit in ("人", "名", "人次", "位"):
        return "人"
    return (
        "个"
        if unit
        in (
            "个",
            "所",
            "家",
            "户",
            "项",
            "处",
            "座",
            "种",
            "类",
            "件",
            "条",
            "县",
            "县市",
            "个县市",
            "个县",
            "所学校",
        )
        else unit
    )


def _grams(name: str) -> set[str]:
    plain = key(_IDLE.sub("", name))
    return {*plain, *(plain[i : i + 2] for i in range(len(plain) - 1))}


def _remembered(find):
    known: dict[tuple[str, str, str], Indicator] = {}

    def remembered(name: str, unit: str, above: str = "") -> Indicator:
        if (name, unit, above) not in known:
            known[name, unit, above] = find(name, unit, above)
        return known[name, unit, above]

    return remembered
