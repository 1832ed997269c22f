"""What a label of a table holds besides its name: a unit in brackets, footnote marks, a second language."""

import re
import unicodedata
from typing import NamedTuple

_MARKS = re.compile(r"(?:[①-⑳*＊†‡]|\[注?\d\]|［注?\d］|[（(]注\d?[）)])+\s*$")
_HAN = re.compile(r"[一-鿿]")
_BETWEEN_HAN = re.compile(r"(?<=[一-鿿、，：（）])[ \u00a0\u3000]+(?=[一-鿿、，：（）])")
_GLOSS = re.compile(r"(?<=[一-鿿)）])\s*[A-Z][a-z]+(?:[\s,.()'&/-]+[A-Za-z-]*)*$")
_BRACKET = re.compile(r"\s*[（(\[［]\s*(?:单位\s*[:：]\s*)?([^（）()\[\]［］]+?)\s*[）)\]］]\s*$")
_COUNTED = (
    "人次|人年|人|户次|户|元|美元|欧元|公顷|亩|平方公里|平方千米|平方米|立方米|公里|千米|米|吨标准煤|吨公里|吨|千瓦时"
    "|千瓦|公斤|千克|克|升|个县市|个|所|套间|套|件|张|床|名|位|岁|年|月|天|日|小时|分钟|分|辆|家|项|处|例|条|只|头|台|册"
    "|座|村|乡镇|县|次|起|份|人天|种|门|班|间|枚|架|艘|株|口|微克|毫克|分贝|百分点|标准煤|度|倍|kWh|kW|km2|km²|m2|m²|m3|m³|kg|km|mm"
)
_ONE = rf"(?:[十百千万亿]{{0,3}}(?:{_COUNTED})|[%％‰]|[万亿]|个百分点)"
_UNIT = re.compile(rf"{_ONE}(?:[/／每·]\d*{_ONE})*|[一-鿿\d]+年?[=＝]1000?")


class Label(NamedTuple):
    """A name, the unit that stands in brackets behind it, and the marks of its footnotes."""

    name: str
    unit: str
    marks: str


def plain(text: str) -> str:
    """A cell for comparing: compatibility forms folded, all blanks gone.

    >>> plain("指　标"), plain("２０２０ 年")
    ('指标', '2020年')
    """
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def is_unit(text: str) -> bool:
    """Whether a text is a unit, not a remark.

    >>> [is_unit(text) for text in ("万人", "元/人", "%", "上年=100", "年末", "2020年", "三年")]
    [True, True, True, True, False, False, False]
    """
    return _UNIT.fullmatch(unicodedata.normalize("NFKC", text).replace(" ", "")) is not None


def read(text: str) -> Label:
    """The parts of a label.

    >>> read("学前三年毛入园率（%）")
    Label(name='学前三年毛入园率', unit='%', marks='')
    >>> read("总 人 口①\\nTotal Population"), read("出生人口(户籍)").name
    (Label(name='总人口', unit='', marks='①'), '出生人口(户籍)')
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    chinese = [line for line in lines if _HAN.search(line) or not _HAN.search(text)]
    # a unit in brackets may have a line of its own, which need not hold a Chinese character
    chinese += [
        line
        for line in lines
        if line not in chinese and (bracketed := _BRACKET.fullmatch(line)) and is_unit(bracketed[1])
    ]
    name = _BETWEEN_HAN.sub("", "".join(chinese) if _HAN.search(text) else " ".join(lines))
    if _HAN.search(name):
        name = _GLOSS.sub("", name)
    name, marks = _unmarked(name)
    unit = ""
    if (bracket := _BRACKET.search(name)) and is_unit(bracket[1]):
        unit = unicodedata.normalize("NFKC", bracket[1]).replace(" ", "")
        name, outer_marks = _unmarked(name[: bracket.start()])
        marks = outer_marks + marks
    return Label(name.strip(), unit, marks)


def _unmarked(name: str) -> tuple[str, str]:
    match = _MARKS.search(name)
    return (name, "") if match is None else (name[: match.start()].rstrip(), match[0].strip())
