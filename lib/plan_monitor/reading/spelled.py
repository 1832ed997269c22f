"""Figures in Chinese numerals: 涨了一倍, 近九成, 百分之八十五, 突破百亿斤, 万余人（次）, 八十五所."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from plan_monitor.reading import numerals
from plan_monitor.reading.comparators import comparator, has_comparator_behind
from plan_monitor.reading.numerals import NUMERAL
from plan_monitor.reading.rules import any_of, rule


class Spelled(NamedTuple):
    """A figure in words: where its numeral begins and ends, where its unit ends, value, unit, comparator."""

    start: int
    end: int
    stop: int
    value: str
    unit: str
    comparator: str


_ROUND = "(?:[十百千]?[万亿]|[百千])"
_COUNTERS = "人次 人 名 户 元 个 亩 斤 吨 头 所 家 公里 册 平方米"
_SURE = "亿元 万元 元 万人 人次 万亩 亩 万吨 吨 公里 所 名 户 座 台 套 辆 张 家"  # hardly ever part of a name

RULES = [
    rule(
        "multiple",
        r"(?:增长|增加|提高|涨|扩大|增|上升|达到?|翻)了?(?:近|约|超过?)?(?P<digits>[一二两三四五六七八九十])(?P<unit>倍)",
        "产值⟦增长了一倍⟧",
    ),
    rule(
        "tenths",
        rf"(?<!{NUMERAL})(?<!第)(?P<digits>[一二两三四五六七八九])成"
        r"(?:(?=左右|以[上下内]|[，,。；;、）)])|(?<=[近约超逾过达占足到].成)(?![立为果绩员功本人分]))",
        "近⟦九成⟧农户受益",
    ),
    rule("doubled", r"翻了?(?P<digits>[一两二三])(?P<unit>番)", "产值⟦翻一番⟧"),
    rule("percent", rf"百分之(?P<digits>\d+(?:\.\d+)?|{NUMERAL}+(?:点{NUMERAL}+)?)", "达到⟦百分之八十五⟧"),
    rule(
        "per mille", rf"千分之(?P<digits>\d+(?:\.\d+)?|{NUMERAL}+(?:点{NUMERAL}+)?)", "控制在⟦千分之三⟧以内"
    ),
    rule(
        "round",
        rf"(?:(?P<lead>近|约|超过?|突破|不足|不到|逾)|(?<![\d多每余上第几数])(?<!{NUMERAL}))"
        rf"(?P<digits>{_ROUND})(?P<more>[余多])?(?P<scale>[亿万])?(?P<unit>{any_of(_COUNTERS)})(?:[（(](?P<also>[次套间])[）)])?",
        "培训⟦万余人⟧",
    ),
    rule(
        "count",
        rf"(?<!{NUMERAL})(?<![第每几数“])(?={NUMERAL}{{2}})"
        rf"(?P<digits>[一二两三四五六七八九]?[十百千]{NUMERAL}*)(?P<more>[余多])?(?P<unit>{any_of(_SURE)})",
        "新建学校⟦八十五所⟧",
    ),
]
_UNITS = {"tenths": "%", "percent": "%", "per mille": "‰"}


def find(text: str) -> Iterator[Spelled]:
    """The figures in words of a text, rule by rule.

    >>> [(one.value, one.unit, one.comparator) for one in find("近九成受益，培训万余人，建成八十五所")]
    [('90', '%', 'about'), ('1', '万人', '>'), ('85', '所', '=')]
    """
    for entry in RULES:
        for match in entry.pattern.finditer(text):
            if figure := _figure(text, match, entry.name):
                yield figure


def _figure(text: str, match: re.Match, name: str) -> Spelled | None:
    groups = dict.fromkeys(("more", "scale", "also", "lead", "unit"), "") | match.groupdict(default="")
    value, scale = _value(groups["digits"], name)
    is_class = groups["unit"] == "元"  # 亿元以上项目
    is_clear = groups["lead"] or groups["more"] or (has_comparator_behind(text, match.end()) and not is_class)
    if not value or (name == "round" and not is_clear):
        return None
    start, end = match.span("digits")
    unit = _UNITS.get(name) or scale + groups["scale"] + groups["unit"] + groups["also"]
    sign = comparator(text, match.start() if unit in "%‰" else start, match.end(), bool(groups["more"]))
    return Spelled(start, end, match.end(), value, unit, sign)


def _value(digits: str, name: str) -> tuple[str, str]:
    """A numeral's value, and the scale that goes to its unit: 百亿 is 100 of 亿."""
    if digits[0].isdigit():
        return digits, ""
    if name == "round" and digits[-1] in "万亿":
        return numerals.read(digits[:-1] or "一"), digits[-1]
    value = numerals.read(digits)
    return (value and f"{value}0" if name == "tenths" else value), ""
