"""The region that a document, a sentence or a row of a table is about."""

import re

import pandas as pd

from plan_monitor.reading.phrases import last_clause
from plan_monitor.settle.divisions import NATION, short, today
from plan_monitor.settle.regions import Regions

_ENDING = re.compile("[省市州盟县区旗]")
_SHORTEST, _LONGEST = 3, 14  # characters of a region's name, with those above it
_COMPARED = re.compile(r"(?:比|较|于|与|同|占|居|列|排|过|向|在|从|到|对|达到)(?:同期)?$")


class Places:
    """The regions that a document about one region can name.

    Parameters
    ----------
    rows : DataFrame
        Regions of a package; empty where there is none.
    name : str
        The document's region, as a code or name; "" where it is not known.
    """

    def __init__(self, rows: pd.DataFrame, name: str = ""):
        self.regions = Regions(rows.to_dict("records"))
        self.name = name
        self.code = self.regions.find(name, near=False).id if name else None
        codes_above = self._above(self.code) if self.code else []
        words = {"全国": NATION, "我国": NATION, "全中国": NATION}
        for code in codes_above:
            division = today()[code]
            words[division.name] = words[division.brief] = code
            if division.level in ("province", "prefecture"):
                words[f"全{division.name[-1]}"] = words[f"我{division.name[-1]}"] = code
        for division in today().values():
            if self.code and division.parent == self.code:
                words[division.name] = words[short(division.name)] = division.code
        words = {word: code for word, code in words.items() if len(word) > 1}
        if self.name:
            words |= dict.fromkeys((self.name, short(self.name)), self.code or self.name)  # also a town's
            words |= {f"{all_}{self.name[-1]}": self.code or self.name for all_ in "全我本"}
        self._words = words
        self._word = (
            re.compile("|".join(sorted(map(re.escape, words), key=len, reverse=True))) if words else None
        )

    def _above(self, code: str) -> list[str]:
        codes = []
        while code in today() and (code := today()[code].parent):
            codes.append(code)
        return codes

    @property
    def document_region(self) -> str:
        """The code of the document's region, or its name where no list has it."""
        return self.code or self.name

    def is_region(self, text: str) -> bool:
        """Whether the text of a table's row or heading names a region."""
        plain = re.sub(r"[（(].*?[)）]|\s", "", text)
        return plain in self._words or (
            len(plain) > 1
            and not re.match("全|我|本", plain)
            and self.regions.find(plain, near=False).id is not None
        )

    def of_label(self, text: str) -> str:
        """The region that a label names; "" where it names none."""
        plain = re.sub(r"[（(].*?[)）]|\s", "", text)
        if plain in self._words:
            return self._words[plain]
        return self.regions.find(plain, near=False).id or "" if self.is_region(plain) else ""

    def of_clause(self, before: str) -> str:
        """The region that the clause before a figure names; "" for the document's own.

        >>> import pandas as pd
        >>> places = Places(pd.DataFrame(), "镇江市")
        >>> [places.of_clause(text) for text in ("其中，丹阳市完成", "比全省平均水平高", "全省平均为")]
        ['321181', '', '320000']
        """
        if self._word is None:
            return ""
        clause = last_clause(before, "，,；;。：:、")
        for match in reversed(list(self._word.finditer(clause))):
            if not _COMPARED.search(clause[: match.start()]):
                code = self._words[match[0]]
                return "" if code == self.document_region else code
        return ""


def propose_region(head: list[str], rows: pd.DataFrame) -> str:
    """The region that a document's first lines name: the first known one, else the first name of that form.

    >>> import pandas as pd
    >>> propose_region(["镇江市人民政府关于印发镇江市教育规划的通知"], pd.DataFrame())
    '镇江市'
    >>> propose_region(["中共南京市鼓楼区委 南京市鼓楼区人民政府关于印发教育规划的通知"], pd.DataFrame())
    '南京市鼓楼区'
    >>> [propose_region([title], pd.DataFrame()) for title in ("2013年全国教育公报", "上半年全市运行")]
    ['全国', '']
    """
    regions = Regions(rows.to_dict("records"))
    for line in head:
        for start in range(len(line)):
            for name in _region_names(line[start : start + _LONGEST]):
                if regions.find(name, near=False).id:
                    return name
    if any(re.search("全国|我国|中华人民共和国", line) for line in head[:1]):
        return "全国"
    candidates = (name for line in head for name in _region_names(line[:_LONGEST])[-1:])
    return next((name for name in candidates if not re.search("[我全本各年月]", name)), "")


def _region_names(text: str) -> list[str]:
    """Beginnings of a text that have the form of a region's name, the longest first."""
    ends = [match.end() for match in _ENDING.finditer(text)]
    return [text[:end] for end in reversed(ends) if end >= _SHORTEST and re.fullmatch("[一-鿿]+", text[:end])]
