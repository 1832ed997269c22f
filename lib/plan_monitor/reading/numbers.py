"""The numbers of a text with their units and comparators, as people write them in sentences."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from plan_monitor.reading import masks, spelled, units
from plan_monitor.reading.comparators import comparator, has_comparator_behind
from plan_monitor.reading.rules import DASH


class Number(NamedTuple):
    """A number in a text.

    ``start`` and ``end`` are those of its digits, ``stop`` the end of its unit; ``value`` has the digits as
    printed, without separators of thousands; ``comparator`` is one of "=", ">=", ">", "<=", "<", "about";
    ``ratio`` is the place among the parts of a ratio such as 3.9：59.5：36.6, counted from 1, or 0;
    ``negative`` tells of a minus sign.
    """

    start: int
    end: int
    stop: int
    value: str
    unit: str
    comparator: str
    ratio: int = 0
    negative: bool = False


_WIDE = "０１２３４５６７８９％．＋－／ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ"
FOLD = {ord(wide): chr(ord(wide) - 0xFEE0) for wide in _WIDE} | {ord("﹪"): "%"}
"""Full-width digits and signs as the usual ones."""

_DIGITS = re.compile(r"(?:\d{1,3}(?:[, ]\d{3})+(?!\d)|\d+)(?:[.．·]\d+)?")
_MINUS = re.compile(r"(?:^|[长速幅率值额差为是至到达约降（(：:，,；、\s])[-−﹣]$")
_CURRENCIES = {
    "¥": "元",
    "￥": "元",
    "RMB": "元",
    "CNY": "元",
    "USD": "美元",
    "US$": "美元",
    "$": "美元",
    "€": "欧元",
}
_CURRENCY = re.compile(rf"(?:{'|'.join(map(re.escape, sorted(_CURRENCIES, key=len, reverse=True)))})\s?$")
# 5：1 and 3.9：59.5：36.6; times of day are covered before
_RATIO = re.compile(r"(?<![\d.])\d+(?:\.\d+)?(?:\s?[:：∶]\s?\d+(?:\.\d+)?)+")
_PART = re.compile(r"\d+(?:\.\d+)?")
_LISTED = re.compile(r"\s?(?:[、/]|以?及|[和与])\s?")
_SPAN = re.compile(rf"\s?(?:{DASH}|至|到)\s?")
_CHANGES = ("由", "从", "自")
# numbers without a unit that are figures: an index, a coefficient, a ratio
_UNITLESS = re.compile(
    r"""
    (?:指数|系数|比例?|得分|评分|排名|总数|总量|数量?)
    (?:[（(][^（）()]*[）)])?
    [^，。；、\d]{0,6}
    (?:分?别?[为达到至是]|[:：])+\s?$
    |(?:[女生师性别]比|系数|指数|得分|评分)\s?$
    """,
    re.VERBOSE,
)
_RATIO_CHANGE = re.compile(
    r"(?:收入|[女生师性别])比[由从]\s?(?:[\d.]+[^，。；、\d]{0,6}[到至为]\s?)?$"
)  # 收入比由2.03缩小到1.81
_CLOSES = "，。；、,;（()）以左 "  # what may follow a number without a unit
_PEOPLE = re.compile(
    r"(?:人口|群众|人数|人员|学生|教师|劳动力|居民|职工|农民|游客|在校生)(?:已?(?:达到|超过|突破|[达近约逾超])|为|共|有)*$"
)
_REACH = 40  # characters before a number that tell what it counts, or that it needs no unit


def find(text: str) -> list[Number]:
    """The figures of a text, by place, without dates, numbers of lists and the like.

    >>> [number[3:6] for number in find("2020年新建3.5万余平方米，占比不低于９０％以上".translate(FOLD))]
    [('3.5', '万平方米', '>'), ('90', '%', '>=')]
    """
    masked = masks.masked_positions(text)
    numbers = [*_ratios(text, masked)]
    used = {place for number in numbers for place in range(number.start, number.stop)}
    for figure in spelled.find(text):
        if figure.start not in used:
            numbers.append(Number(*figure))
            used |= set(range(figure.start, figure.stop))
    matches = [
        match for match in _DIGITS.finditer(text) if match.start() not in masked and match.start() not in used
    ]
    numbers += _with_units(text, matches)
    return _ranges(text, sorted(numbers))


def _with_units(text: str, matches: list[re.Match]) -> Iterator[Number]:
    """Numbers with their own unit, or that of the next (0.9、5.9个百分点; 100—200人), or no need of one."""
    following: tuple[int, str] = len(text), ""
    for match in reversed(matches):
        start, end = match.span()
        unit = _unit(text, match)
        name, stop = unit.name, unit.stop
        if not name:
            goes_on = _LISTED.fullmatch(text, end, following[0]) or _SPAN.fullmatch(text, end, following[0])
            name, stop = following[1] if goes_on else "", end
        following = start, name
        if name or _is_unitless(text, start, end):
            value = re.sub("[, ]", "", match[0]).replace("．", ".").replace("·", ".")
            sign = comparator(text, start, stop, unit.more)
            yield Number(start, end, stop, value, name, sign, negative=_is_negative(text, start))


def _unit(text: str, match: re.Match) -> units.Unit:
    """The unit behind a number, with the currency that may stand before it."""
    unit = units.after(text, match.end())
    currency = _CURRENCY.search(text[max(0, match.start() - 4) : match.start()])
    if currency and re.fullmatch(f"{units.SCALE}?", unit.name):
        return unit._replace(name=unit.name + _CURRENCIES[currency[0].strip()])
    before = text[max(0, match.start() - _REACH) : match.start()]
    if re.fullmatch(units.SCALE, unit.name) and _PEOPLE.search(before):
        return unit._replace(name=f"{unit.name}人")
    return unit


def _is_unitless(text: str, start: int, end: int) -> bool:
    if _RATIO_CHANGE.search(text[max(0, start - _REACH) : start]):
        return True
    closes = end == len(text) or text[end] in _CLOSES
    return closes and bool(_UNITLESS.search(text[max(0, start - _REACH) : start]))


def _is_negative(text: str, start: int) -> bool:
    return bool(_MINUS.search(text[max(0, start - 2) : start]))


def _ranges(text: str, numbers: list[Number]) -> list[Number]:
    """30%—40% and 2—3个 are at least the first and at most the second; 45人、50人以内 are at most either."""
    for position, (low, high) in enumerate(pairwise(numbers)):
        between = text[low.stop : high.start]
        changes = text[low.start - 1 : low.start] in _CHANGES
        rises = low.unit == high.unit and not low.ratio and float(low.value) < float(high.value)
        if rises and not changes and _SPAN.fullmatch(between):
            numbers[position] = low._replace(comparator=">=")
            numbers[position + 1] = high._replace(comparator="<=")
    shares = False  # whether a number has the word behind the last of its list: 30人、45人、50人以内
    for position in reversed(range(len(numbers) - 1)):
        first, second = numbers[position : position + 2]
        in_list = first.unit == second.unit and _LISTED.fullmatch(text[first.stop : second.start])
        shares = bool(in_list and first.comparator == "=") and (
            shares or has_comparator_behind(text, second.stop)
        )
        if shares:
            numbers[position] = first._replace(comparator=second.comparator)
    return numbers


def _ratios(text: str, masked: dict[int, str]) -> Iterator[Number]:
    """Parts of a ratio that add up to 100 or 10, as shares; of one to 1, the other."""
    for match in _RATIO.finditer(text):
        if match.start() in masked:
            continue
        parts = [(part.start() + match.start(), part[0]) for part in _PART.finditer(match[0])]
        total = sum(float(part) for _, part in parts)
        is_hundred = 99 <= total <= 101
        if is_hundred or 9.95 <= total <= 10.05:
            unit = "%" if is_hundred else ""
            for place, (start, part) in enumerate(parts, 1):
                end = start + len(part)
                yield Number(start, end, end, part, unit, "=", place)
        elif len(parts) == 2 and "1" in (parts[0][1], parts[1][1]):
            start, part = parts[0] if parts[1][1] == "1" else parts[1]
            sign = comparator(text, match.start(), match.end())
            yield Number(start, start + len(part), match.end(), part, "倍", sign, 1)
