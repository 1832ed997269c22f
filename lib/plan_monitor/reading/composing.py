"""The name of one figure: from the words around it, or composed with the names of the figures before it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from plan_monitor.reading import lists
from plan_monitor.reading.matching import counted_thing
from plan_monitor.reading.numbers import Number
from plan_monitor.reading.phrases import (
    MEASURES,
    VERBS,
    clean,
    is_measured,
    is_rate,
    noun,
    outside_brackets,
    phrase,
)
from plan_monitor.reading.relations import BELONGING, related


class FigureName(NamedTuple):
    """A figure's name and kind.

    ``verbatim`` tells whether the text has the name as it is; ``level`` is the place in the list of the
    figure that it belongs to: a growth to its level. ``kind`` is one of "level", "growth", "growth_annual",
    "change", "share", "contribution", "gap", "index", "ratio", "rank".
    """

    name: str
    kind: str
    negative: bool = False
    verbatim: bool = False
    level: int | None = None


class _Words(NamedTuple):
    """The words before a figure (``gap``), its own name in them, and the noun behind it.

    ``level`` is the place of the figure that a growth would belong to, ``above`` its name; figures that this
    one may belong to begin at ``first``.
    """

    number: Number
    gap: str
    own_name: str
    noun_behind: str
    level: int | None
    above: str
    first: int


CLAUSE = re.compile(r"[，,。；;：:]|其中|持平、")
"""What stands between clauses."""

_NOTE = re.compile(r"\[\d+\]")
_OPENS = re.compile(r"[（(]")
_PARTS = re.compile(r"[分看]\W")
_LISTED = re.compile(r"[、和及与]|以及")
_ACT = re.compile(f"{VERBS}+")
_ACTS = re.compile(f"{VERBS}$")
_COUNT = re.compile("(?:总数|数量?)$")
_EACH_OF = re.compile(r"(?P<over>.{2,}?)分别(?:达到?|为|是)(?P<part>[一-鿿]{2,8})$")  # 比例分别达到小学70%
_RATIO_UNITS = "%点倍番元"  # units that count nothing
_LONG = 6  # a name of more characters goes on behind the figure: 符合条件的…共有3所学校
_LONGEST = 80  # characters before a figure that can name it


class Composer:
    """Names the figures of a text one by one, with regard to those before; `result` has the names."""

    def __init__(self, text: str, numbers: list[Number]):
        self._text, self._numbers = text, numbers
        self._in_brackets = _bracketed(text, numbers)
        self.result: list[FigureName] = []

    def add(self, gap: str, first: int) -> int:
        """Name the next figure by the words before it and the figures from `first` on; returns where its
        words end."""
        place = len(self.result)
        number = self._numbers[place]
        if place and self._begins_span(place - 1):
            self.result.append(self.result[-1])  # the second of 10—15个 is of the same
            return number.stop
        following = self._following(place + 1 if self._begins_span(place) else place)
        noun_behind = noun(following)
        self.result.append(self._named(_inner(gap, noun_behind), following, number, first))
        used = noun_behind and noun_behind in following and self.result[-1].name.endswith(noun_behind)
        return number.stop + (following.find(noun_behind) + len(noun_behind) if used else 0)

    def _following(self, place: int) -> str:
        """The words between a figure and the next."""
        last = place + 1 == len(self._numbers)
        return self._text[self._numbers[place].stop : None if last else self._numbers[place + 1].start]

    def _begins_span(self, place: int) -> bool:
        return lists.is_span(self._text, self._numbers, place)

    def _named(self, gap: str, following: str, number: Number, first: int) -> FigureName:
        clauses = CLAUSE.split(gap)
        clause = clauses[-1].replace("\0", "")[-_LONGEST:]
        level = self._level(first)
        above = self.result[level].name if level is not None else ""
        if figure := related(clause, number.unit, above):
            belongs = figure.kind in ("contribution", "rank", "share")
            return FigureName(*figure, level if belongs or not figure.verbatim else None)
        if parts := _EACH_OF.match(clause):
            return FigureName(f"{clean(parts['over'])}：{parts['part']}", _kind("", number))
        if thing := self._counted(number, following):
            return FigureName(thing, "level", verbatim=True)
        own_name, noun_behind = clean(clause), noun(following)
        if gap.endswith(("：", ":")) and (label := clean(clauses[-2])):
            return FigureName(label, _kind(label, number), verbatim=True)
        if not own_name and not noun_behind and level is None and len(clauses) > 1:
            own_name = clean(clauses[-2])
        kind = _kind(own_name or above, number)
        words = _Words(number, gap, own_name, noun_behind, level, above, first)
        if name := self._name_behind(words):
            return FigureName(name, kind, verbatim=True)
        if number.unit == "%" and not is_rate(own_name) and (thing := phrase(following)):
            return FigureName(own_name + thing, kind, verbatim=True)
        name = self._composed(words)
        return (
            FigureName(name, kind, level=level)
            if name or not own_name
            else FigureName(own_name, kind, verbatim=True)
        )

    def _counted(self, number: Number, following: str) -> str:
        """A name made of the counting word: 县数, the number of counties, of 8个县实现基本均衡."""
        counter = self._text[number.end : number.stop].lstrip("余多")
        if number.unit != "个" or not counter or counter.startswith("个"):
            return ""
        thing = phrase(following)
        return f"{thing}的{counter}数" if len(thing) > 3 else f"{counter}数"

    def _name_behind(self, words: _Words) -> str:
        """A name that continues behind the figure: 新建 … 所学校."""
        unit, own_name = words.number.unit, words.own_name
        counts = unit[-1:] not in _RATIO_UNITS or unit.endswith("个百分点")
        acts = bool(_ACTS.search(own_name))
        continues = not own_name or acts or len(own_name) > _LONG or self._begins_span(len(self.result))
        if not words.noun_behind or not counts or not continues:
            return ""
        if acts:
            return own_name + words.noun_behind
        act = _ACT.match(words.above) if _LISTED.fullmatch(words.gap) else None
        return (act[0] if act else "") + words.noun_behind

    def _composed(self, words: _Words) -> str:
        """A name completed from earlier figures: the object of an act, the thing measured, a part's whole."""
        own_name, above = words.own_name, words.above
        if not own_name:
            return above
        if words.level is None:
            return ""
        if _ACT.fullmatch(own_name) and (name := self._acted_on(words)):
            return name
        if own_name in MEASURES and (stem := self._stem(words.first)):
            return stem + own_name
        if own_name in ("占比", "比重"):
            return above + own_name
        same_unit = words.number.unit == self._numbers[words.level].unit
        if same_unit and not is_measured(own_name) and (_is_part(words.gap) or "：" in above):
            return f"{above.split('：')[0]}：{own_name}"
        return ""

    def _acted_on(self, words: _Words) -> str:
        """An act on the last thing of the same count: 改建小学 of 新建小学12所，投资3亿元，改建8所."""
        thing = counted_thing(words.number.unit)
        for place in self._levels(words.first):
            if counted_thing(self._numbers[place].unit) == thing:
                return words.own_name + _ACT.sub("", self.result[place].name, count=1)
        return ""

    def _stem(self, first: int) -> str:
        """What the earlier figures are of, without the measure: 普通高中 of 普通高中招生.

        A rate or an amount of money without a measure is of nothing that could have pupils or an area.
        """
        for place in self._levels(first):
            name = _COUNT.sub("", self.result[place].name.split("：")[0])
            if measure := next(filter(name.endswith, MEASURES), ""):
                return name.removesuffix(measure)
            if not is_rate(name) and self._numbers[place].unit[-1:] not in _RATIO_UNITS:
                return name
        return ""

    def _levels(self, first: int) -> Iterator[int]:
        """The places of earlier levels, the last one first; what stands in brackets is over behind them."""
        for place in range(len(self.result) - 1, first - 1, -1):
            aside = self._in_brackets[place] and not self._in_brackets[len(self.result)]
            if self.result[place].kind not in BELONGING and not aside:
                yield place

    def _level(self, first: int) -> int | None:
        """The last figure that is a level: what a growth after it belongs to."""
        return next(self._levels(first), len(self.result) - 1 if len(self.result) > first else None)


def _bracketed(text: str, numbers: list[Number]) -> list[bool]:
    """Whether each number stands in brackets: a number after them does not belong to one in them."""
    result, position, depth = [], 0, False
    for number in numbers:
        for character in text[position : number.start]:
            depth = character in "（(" if character in "（()）" else depth
        result.append(depth)
        position = number.start
    return result


def _inner(gap: str, noun_behind: str) -> str:
    """The words before a figure: where it stands in a bracket, those in it, unless nothing there names it."""
    *outer, inner = outside_brackets(_NOTE.sub("", gap))
    if outer and not noun_behind and not clean(inner) and clean(outer[-1]):
        return outer[-1]
    return ("其中" if outer and _OPENS.match(gap) else "") + inner


def _is_part(gap: str) -> bool:
    """Whether a figure is a part of the one before it: 其中, 按地域分."""
    return "其中" in gap or bool(_OPENS.match(gap) or _PARTS.search(gap))


def _kind(name: str, number: Number) -> str:
    if number.ratio:
        return "share" if number.unit == "%" else "ratio"
    if name.endswith("指数") and number.unit in ("", "点", "%"):
        return "index"
    return "share" if name.endswith(("比重", "占比")) else "level"
