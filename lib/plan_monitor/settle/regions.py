"""Which region is meant by a code or a name, as people write regions: 镇江, 镇江市, 江苏省镇江市, Zhenjiang.

A text is read as a whole: as one name, or as names one below the other, of which the last is meant. A name
that merely stands in a text never is. The regions of a package come first; where none of them has the name,
all of China is searched.
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


def _spellings(division: Division) -> Iterable[tuple[str, int]]:
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
            for name, rank in _spellings(division):
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
        self._rows = {row["code"]: row for row in rows}
        self._forms: Forms = defaultdict(set)
        for code, row in self._rows.items():
            for name in (row["name_zh"], row["name_en"]):
                if isinstance(name, str) and name:
                    self._forms[key(name)].add((_FULL, code))
            if row["level"] in ("province", "prefecture", "county"):
                self._forms[key(short(row["name_zh"]))].add((_SHORT, code))
        self.find = lru_cache(maxsize=None)(self.find)

    def find(self, text: str, near: bool = True) -> Match:
        """The region that a text means.

        Parameters
        ----------
        text : str
            A code; a name of today or a former one, whole or short, in Chinese or English; or its name behind
            those of regions above it.
        near : bool
            Whether to look for the nearest names where no region has the name.

        Returns
        -------
        Match
            Candidates have full names, with the regions above. A text such as 全县, "the whole county", is
            ambiguous; so is the name of a former unit that another unit has too. A text such as 市区, "the
            town", is none of the districts of that name, unless it stands behind their city.

        >>> regions = Regions([])
        >>> [regions.find(text).id for text in ("江苏省镇江市丹阳市", "江苏镇江", "Danyang City", "全国")]
        ['321181', '321100', '321181', '100000']
        >>> regions.find("句容县").id, regions.find("丹徒县").id
        (None, '321112')
        >>> regions.find("南通通州").id, regions.find("通州区").candidates
        ('320612', [('110112', '北京市通州区'), ('320612', '江苏省南通市通州区')])
        """
        name = key(text)
        if name in self._rows or name in today():
            return Match(name, [], False)
        if _RELATIVE.fullmatch(name):
            return Match(None, self._listed(self._relative(name)), True)
        if PARTS.fullmatch(name):
            return self._part(name)
        codes = self._best(self._meanings(_BETWEEN.sub("", name), None) or self._meanings(name, None))
        if len(codes) == 1 and codes != {_GONE}:
            return Match(codes.pop(), [], False)
        if len(codes) > 1:
            return Match(None, self._listed(codes - {_GONE}), True)
        nearest = self._alike.nearest(text) if near else []
        return Match(None, [(code, self.path(code)) for code, _ in nearest], False)

    def _part(self, name: str) -> Match:
        """What 市区 and similar words mean: the package's region of that name, else nothing by themselves."""
        codes = {code for rank, code in self._forms.get(name, ()) if rank == _FULL}
        if len(codes) == 1:
            return Match(codes.pop(), [], False)
        namesakes = codes or {code for _, code in _nationwide().get(name, ()) if code}
        return Match(None, self._listed(namesakes), len(namesakes) > 1)

    def path(self, code: str) -> str:
        """A region's name behind those of the regions above, without the nation.

        >>> Regions([]).path("321181")
        '江苏省镇江市丹阳市'
        """
        codes = [code, *(unit for unit in self._above(code) if unit != NATION)]
        return "".join(
            self._rows[unit]["name_zh"] if unit in self._rows else today()[unit].name for unit in codes[::-1]
        )

    @cached_property
    def _alike(self) -> Names:
        """All regions by name and by path, the package's own first: to find the nearest."""
        codes = [*self._rows, *(code for code in today() if code not in self._rows)]
        return Names((code, [self._name(code), self.path(code)]) for code in codes)

    def _name(self, code: str) -> str:
        return self._rows[code]["name_zh"] if code in self._rows else today()[code].name

    def _parent(self, code: str) -> str:
        parent = self._rows[code]["parent"] if code in self._rows else None
        if isinstance(parent, str) and (parent in self._rows or parent in today()):
            return parent
        return today()[code].parent if code in today() else ""

    def _above(self, code: str) -> list[str]:
        """The codes of the regions above one, nearest first."""
        codes: list[str] = []
        while (code := self._parent(code)) and code not in codes:
            codes.append(code)
        return codes

    def _forms_of(self, name: str, above: str | None) -> set[tuple[int, str]]:
        """The units that one name can mean, below a region."""
        forms = self._forms.get(name, set()) | _nationwide().get(name, set())
        return {form for form in forms if above is None or (form[1] and above in self._above(form[1]))}

    def _meanings(self, text: str, above: str | None) -> set[tuple[int, str]]:
        """The units that a text can mean, as one name or as names one below the other, below a region."""
        forms = set(self._forms_of(text, above))
        if text.isascii():
            return forms
        for cut in range(2, len(text) - 1):
            for _, code in self._forms_of(text[:cut], above):
                if code:
                    forms |= self._meanings(text[cut:], code)
        return forms

    def _best(self, forms: set[tuple[int, str]]) -> set[str]:
        """The likeliest meanings of a text: regions of the package, better names, provinces come first."""
        if not forms:
            return set()
        best, own_forms = min(forms)[0], {form for form in forms if form[1] in self._rows}
        if own_forms and not (min(own_forms)[0] == _LEVEL and best == _FULL):
            return {code for rank, code in own_forms if rank == min(own_forms)[0]}
        codes = {code for rank, code in forms if rank == best} | {code for _, code in own_forms}
        provinces = {code for code in codes if code.endswith("0000") and code != NATION}
        return provinces if len(provinces) == 1 else codes

    def _relative(self, name: str) -> set[str]:
        """What 全县 and similar words can mean: the package's regions of that kind, or a place named so."""
        codes = {code for code, row in self._rows.items() if row["name_zh"].endswith(name[1])}
        return codes | {code for _, code in self._forms_of(name, None)}

    def _listed(self, codes: set[str]) -> list[tuple[str, str]]:
        return [(code, self.path(code)) for code in sorted(codes)]
