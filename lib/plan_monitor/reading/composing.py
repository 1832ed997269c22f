"""The name of one figure: from the words around it, or composed with the names of the figures before it."""

import re
from typing import NamedTuple

from plan_monitor.reading import lists
from plan_monitor.reading.numbers import Number
from plan_monitor.reading.phrases import MEASURES, VERBS, clean, is_measured, is_rate, noun, phrase
from plan_monitor.reading.relations import BELONGING, related


class Named(NamedTuple):
    """A figure's name and kind.

    ``whole`` tells whether the name stands in the text as it is; ``level`` is the place in the list of the
    figure that it belongs to: a growth to its level. ``kind`` is one of "level", "growth", "growth_annual",
    "change", "share", "contribution", "gap", "index", "ratio", "rank".
    """

    name: str
    kind: str
    negative: bool = False
    whole: bool = False
    level: int | None = None


class _Words(NamedTuple):
    """The words before a figure (``gap``), its own name in them, the noun behind it, what was named before.

    ``level`` is the place of the figure that a growth would belong to, ``above`` its name; relatives begin at
    ``first``.
    """

    number: Number
    gap: str
    own: str
    behind: str
    level: int | None
    above: str
    first: int


CLAUSE = re.compile(r"[，,。；;：:]|其中|持平、")
"""What stands between clauses."""

_ASIDE = re.compile(r"[（(][^（）()]*[）)]|\[\d+\]")
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
    """Names the figures of a text one by one, each with those before it in view; `result` has the names."""

    def __init__(self, text: str, numbers: list[Number]):
        self._text, self._numbers = text, numbers
        self._inside = _bracketed(text, numbers)
        self.result: list[Named] = []

    def add(self, gap: str, first: int) -> int:
        """Name the next figure by the words before it, its relatives from `first` on; where its words end."""
        place = len(self.result)
        number = self._numbers[place]
        if place and self._begins_span(place - 1):
            self.result.append(self.result[-1])  # the second of 10—15个 is of the same
            return number.stop
        following = self._following(place + 1 if self._begins_span(place) else place)
        self.result.append(self._named(_inner(gap), following, number, first))
        behind = noun(following)
        used = behind and behind in following and self.result[-1].name.endswith(behind)
        return number.stop + (following.find(behind) + len(behind) if used else 0)

    def _following(self, place: int) -> str:
        """The words between a figure and the next."""
        last = place + 1 == len(self._numbers)
        return self._text[self._numbers[place].stop : None if last else self._numbers[place + 1].start]

    def _begins_span(self, place: int) -> bool:
        return lists.is_span(self._text, self._numbers, place)

    def _named(self, gap: str, following: str, number: Number, first: int) -> Named:
        clauses = CLAUSE.split(gap)
        clause = clauses[-1].replace("\0", "")[-_LONGEST:]
        level = self._level(first)
        above = self.result[level].name if level is not None else ""
        if figure := related(clause, number.unit, above):
            always = figure.kind in ("contribution", "rank", "share")
            return Named(*figure, level if always or not figure.whole else None)
        if parts := _EACH_OF.match(clause):
            return Named(f"{clean(parts['over'])}：{parts['part']}", _kind("", number))
        if what := self._counted(number, following):
            return Named(what, "level", whole=True)
        own, behind = clean(clause), noun(following)
        if gap.endswith(("：", ":")) and (label := clean(clauses[-2])):
            return Named(label, _kind(label, number), whole=True)
        if not own and not behind and level is None and len(clauses) > 1:
            own = clean(clauses[-2])
        kind = _kind(own or above, number)
        words = _Words(number, gap, own, behind, level, above, first)
        if name := self._behind(words):
            return Named(name, kind, whole=True)
        if number.unit == "%" and not is_rate(own) and (what := phrase(following)):
            return Named(own + what, kind, whole=True)
        name = self._composed(words)
        return Named(name, kind, level=level) if name or not own else Named(own, kind, whole=True)

    def _counted(self, number: Number, following: str) -> str:
        """What is counted by its own name: the number of counties of 8个县实现基本均衡."""
        counter = self._text[number.end : number.stop].lstrip("余多")
        if number.unit != "个" or not counter or counter.startswith("个"):
            return ""
        what = phrase(following)
        return f"{what}的{counter}数" if len(what) > 3 else f"{counter}数"

    def _behind(self, words: _Words) -> str:
        """The name that goes on behind the figure: 新建 … 所学校."""
        unit, own = words.number.unit, words.own
        counts = unit[-1:] not in _RATIO_UNITS or unit.endswith("个百分点")
        acts = bool(_ACTS.search(own))
        goes_on = not own or acts or len(own) > _LONG or self._begins_span(len(self.result))
        if not words.behind or not counts or not goes_on:
            return ""
        if acts:
            return own + words.behind
        act = _ACT.match(words.above) if _LISTED.fullmatch(words.gap) else None
        return (act[0] if act else "") + words.behind

    def _composed(self, words: _Words) -> str:
        """A name with what figures before say: an act's object, a measure's thing, the whole of a part."""
        own, above = words.own, words.above
        if not own:
            return above
        if words.level is None:
            return ""
        if _ACT.fullmatch(own):
            return own + _ACT.sub("", above, count=1)
        if own in MEASURES and (stem := self._stem(words.first)):
            return stem + own
        if own in ("占比", "比重"):
            return above + own
        same = words.number.unit == self._numbers[words.level].unit
        if same and not is_measured(own) and (_is_part(words.gap) or "：" in above):
            return f"{above.split('：')[0]}：{own}"
        return ""

    def _stem(self, first: int) -> str:
        """What the figures before are of, without the measure: 普通高中 of 普通高中招生."""
        for named in reversed(self.result[first:]):
            if named.kind in BELONGING or is_rate(named.name):
                continue
            name = _COUNT.sub("", named.name.split("：")[0])
            return next((name[: -len(measure)] for measure in MEASURES if name.endswith(measure)), name)
        return ""

    def _level(self, first: int) -> int | None:
        """The last figure that is a level: what a growth after it belongs to."""
        for place in range(len(self.result) - 1, first - 1, -1):
            aside = self._inside[place] and not self._inside[len(self.result)]
            if self.result[place].kind not in BELONGING and not aside:
                return place
        return len(self.result) - 1 if len(self.result) > first else None


def _bracketed(text: str, numbers: list[Number]) -> list[bool]:
    """Whether each number stands in brackets: in those before, a later one is not a part of it."""
    result, at, depth = [], 0, False
    for number in numbers:
        for character in text[at : number.start]:
            depth = character in "（(" if character in "（()）" else depth
        result.append(depth)
        at = number.start
    return result


def _inner(gap: str) -> str:
    """The words before a figure: of those in brackets only where it stands in them."""
    opened = max(gap.rfind("（"), gap.rfind("("))
    if opened > max(gap.rfind("）"), gap.rfind(")")):
        gap = ("其中" if _OPENS.match(gap) else "") + gap[opened + 1 :]
    return _ASIDE.sub("", gap)


def _is_part(gap: str) -> bool:
    """Whether a figure is a part of the one before it: 其中, 按地域分."""
    return "其中" in gap or bool(_OPENS.match(gap) or _PARTS.search(gap))


def _kind(name: str, number: Number) -> str:
    if number.ratio:
        return "share" if number.unit == "%" else "ratio"
    if name.endswith("指数") and number.unit in ("", "点", "%"):
        return "index"
    return "share" if name.endswith(("比重", "占比")) else "level"
