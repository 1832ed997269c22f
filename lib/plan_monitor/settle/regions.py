"""Which region is meant by a code or a name, as people write regions: 镇江, 镇江市, 江苏省镇江市, Zhenjiang.

A text is read as a whole: as one name, or as names one below the other, of which the last is meant. A name
that merely stands in a text never is. The regions of a package come first; where none of them answers, all
of China is looked through.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from typing import Any

from plan_monitor.settle.divisions import NATION, Division, divisions, english, short, today
from plan_monitor.settle.names import Match, Names, key

# how good a name is: the worse gives way to the better
_FULL, _LEVEL, _SHORT, _FORMER_SHORT = range(4)
_AUTONOMOUS = re.compile(r"自治([州县旗])$")
_BETWEEN = re.compile(r"[·/>\-]")  # what some write between a region and the one below
_RELATIVE = re.compile(r"[全本](省|市|州|县|区|旗|盟)(合计|总计|小计)?")
# parts of any city; that a few districts bear such a word as their name tells nothing without the city
PARTS = re.compile(
    r"[市城郊矿新老东西南北中]区|[新老]城区|主城区|中心城区|市辖区|市郊|城郊|县城|城镇|乡村|农村"
)
_GONE = ""  # stands for a unit that is no more and has no one successor

Forms = dict[str, set[tuple[int, str]]]  # by name: how good it is, and the code it means


def _written(division: Division) -> Iterable[tuple[str, int]]:
    """The names that people write for a unit of today."""
    yield division.name, _FULL
    yield english(division), _SHORT if english(division) == division.pinyin else _FULL
    yield division.brief, _SHORT
    if autonomous := _AUTONOMOUS.search(division.name):
        yield division.brief + autonomous[1], _LEVEL
        latin = division.pinyin.split()[0]
        yield latin, _SHORT
        yield f"{latin} {english(division).split()[-1]}", _LEVEL
    yield division.pinyin, _SHORT
    if division.name.endswith("市") and division.level == "prefecture":
        yield f"{division.pinyin} City", _LEVEL


@lru_cache
def _nationwide() -> Forms:
    """All names of all units, those of today and former ones."""
    forms: Forms = defaultdict(set)
    for division in divisions():
        if division.until:
            successor = division.successor or _GONE
            forms[key(division.name)].add((_LEVEL, successor))
            forms[key(division.brief)].add((_FORMER_SHORT, successor))
            forms[division.code].add((_FULL, successor))
        else:
            for name, rank in _written(division):
                forms[key(name)].add((rank, division.code))
    for name in ("中国", "全中国", "中华人民共和国"):
        forms[name].add((_FULL, NATION))
    return forms


class Regions:
    """The regions of a package, and behind them all of China's.

    Parameters
    ----------
    rows : iterable of mapping
        Rows of the package's regions: ``code``, ``name_zh``, ``name_en``, ``level``, ``parent``.
    """

    def __init__(self, rows: Iterable[Mapping[Any, str]]):
        self._own = {row["code"]: row for row in rows}
        self._named: Forms = defaultdict(set)
        for code, row in self._own.items():
            for name in (row["name_zh"], row["name_en"]):
                if isinstance(name, str) and name:
                    self._named[key(name)].add((_FULL, code))
            if row["level"] in ("province", "prefecture", "county"):
                self._named[key(short(row["name_zh"]))].add((_SHORT, code))
        self.find = lru_cache(maxsize=None)(self.find)

    def find(self, text: str, near: bool = True) -> Match:
        """The region that a text means.

        Parameters
        ----------
        text : str
            A code; a name of today or a former one, whole or short, in Chinese or English; or its name behind
            those of regions above it.
        near : bool
            Whether to look for the nearest of a text that nothing answers to.

        Returns
        -------
        Match
            Shown names are whole: with the regions above. A text such as 全县, "the whole county", is
            ambiguous, and so is a name that a unit had which is no more, where another has it too. A text
            such as 市区, "the town", is none of the districts called so, unless behind their city.

        >>> regions = Regions([])
        >>> [regions.find(text).id for text in ("江苏省镇江市丹阳市", "江苏镇江", "Danyang City", "全国")]
        ['321181', '321100', '321181', '100000']
        >>> regions.find("句容县").id, regions.find("丹徒县").id
        (None, '321112')
        >>> regions.find("南通通州").id, regions.find("通州区").candidates
        ('320612', [('110112', '北京市通州区'), ('320612', '江苏省南通市通州区')])
        """
        name = key(text)
        if name in self._own or name in today():
            return Match(name, [], False)
        if _RELATIVE.fullmatch(name):
            return Match(None, self._listed(self._whole(name)), True)
        if PARTS.fullmatch(name):
            return self._part(name)
        chosen = self._chosen(self._read(_BETWEEN.sub("", name), None) or self._read(name, None))
        if len(chosen) == 1 and chosen != {_GONE}:
            return Match(chosen.pop(), [], False)
        if len(chosen) > 1:
            return Match(None, self._listed(chosen - {_GONE}), True)
        nearest = self._alike.nearest(text) if near else []
        return Match(None, [(code, self.path(code)) for code, _ in nearest], False)

    def _part(self, name: str) -> Match:
        """What 市区 and its like mean: the package's own region of that name, else nothing by itself."""
        own = {code for rank, code in self._named.get(name, ()) if rank == _FULL}
        if len(own) == 1:
            return Match(own.pop(), [], False)
        called = own or {code for _, code in _nationwide().get(name, ()) if code}
        return Match(None, self._listed(called), len(called) > 1)

    def path(self, code: str) -> str:
        """A region's name behind those of the regions above, without the nation.

        >>> Regions([]).path("321181")
        '江苏省镇江市丹阳市'
        """
        whole = [code, *(one for one in self._above(code) if one != NATION)]
        return "".join(
            self._own[one]["name_zh"] if one in self._own else today()[one].name for one in whole[::-1]
        )

    @cached_property
    def _alike(self) -> Names:
        """All regions by name and by path, the package's own first: to find the nearest."""
        codes = [*self._own, *(code for code in today() if code not in self._own)]
        return Names((code, [self._name(code), self.path(code)]) for code in codes)

    def _name(self, code: str) -> str:
        return self._own[code]["name_zh"] if code in self._own else today()[code].name

    def _parent(self, code: str) -> str:
        given = self._own[code]["parent"] if code in self._own else None
        if isinstance(given, str) and (given in self._own or given in today()):
            return given
        return today()[code].parent if code in today() else ""

    def _above(self, code: str) -> list[str]:
        """The codes of the regions above one, nearest first."""
        codes: list[str] = []
        while (code := self._parent(code)) and code not in codes:
            codes.append(code)
        return codes

    def _means(self, name: str, above: str | None) -> set[tuple[int, str]]:
        """What one name means, below a region."""
        forms = self._named.get(name, set()) | _nationwide().get(name, set())
        return {one for one in forms if above is None or (one[1] and above in self._above(one[1]))}

    def _read(self, text: str, above: str | None) -> set[tuple[int, str]]:
        """What a text means, as one name or as names one below the other, below a region."""
        forms = set(self._means(text, above))
        if text.isascii():
            return forms
        for cut in range(2, len(text) - 1):
            for _, code in self._means(text[:cut], above):
                if code:
                    forms |= self._read(text[cut:], code)
        return forms

    def _chosen(self, forms: set[tuple[int, str]]) -> set[str]:
        """Of what a text can mean, what it does: the package's own, the better name, the province."""
        if not forms:
            return set()
        best, own = min(forms)[0], {one for one in forms if one[1] in self._own}
        if own and not (min(own)[0] == _LEVEL and best == _FULL):
            return {code for rank, code in own if rank == min(own)[0]}
        codes = {code for rank, code in forms if rank == best} | {code for _, code in own}
        provinces = {code for code in codes if code.endswith("0000") and code != NATION}
        return provinces if len(provinces) == 1 else codes

    def _whole(self, name: str) -> set[str]:
        """What 全县 and its like can mean: the package's regions of that kind, or a place named so."""
        own = {code for code, row in self._own.items() if row["name_zh"].endswith(name[1])}
        return own | {code for _, code in self._means(name, None)}

    def _listed(self, codes: set[str]) -> list[tuple[str, str]]:
        return [(code, self.path(code)) for code in sorted(codes)]
