"""The names of the figures of a passage: as in the text, or composed with the name of another figure.

A third of all figures are growth, change, share or contribution: they belong to the level before them.
"""

import re
from bisect import bisect_right

from plan_monitor.reading import lists
from plan_monitor.reading.composing import CLAUSE, Composer, FigureName
from plan_monitor.reading.lists import Run
from plan_monitor.reading.numbers import Number
from plan_monitor.reading.periods import Time
from plan_monitor.reading.phrases import clean, outside_brackets
from plan_monitor.reading.relations import BELONGING, without_since

# begins a sentence about the figures before, behind a time perhaps
_GOES_ON = re.compile(r"[，,\0]*(?:其中|同比|增速|增幅|分|按|比)")
_OVER = re.compile(  # what several things are listed of
    r"(?:^|[，,。；;])(?P<name>[^，,。；;：:、呈]{4,30})[：:][^，,。；;：:]*$"
)
_OF_ALL = re.compile("(?:对.*)?(?:贡献率)?")  # what names no thing: 贡献率分别为
_INDUSTRIES = ("第一产业", "第二产业", "第三产业")
_BACK = 30  # figures that are looked back at


def names(
    text: str, sentences: list[tuple[int, int]], numbers: list[Number], dates: list[Time]
) -> list[FigureName]:
    """The name of each figure of a passage, in its order.

    `sentences` are the places of its sentences; `dates` the times in it, which are no part of a name.
    """
    characters = list(text)
    for time in dates:
        characters[time.start : time.end] = "\0" * (time.end - time.start)
    masked_text = "".join(characters)
    starts = [start for start, _ in sentences]
    composer = Composer(text, numbers)
    end, first = 0, 0
    for place, number in enumerate(numbers):
        sentence_start = starts[bisect_right(starts, number.start) - 1]
        if sentence_start >= end:
            end = sentence_start
            if not _GOES_ON.match(masked_text, sentence_start):
                first = place
        end = composer.add(masked_text[end : number.start], max(first, place - _BACK))
    result = composer.result
    for run in lists.runs(masked_text, numbers, starts):
        _name_run(result, run, numbers[run.first].unit)
    return result


def _name_run(result: list[FigureName], run: Run, unit: str) -> None:
    """Name the figures of a run such as A和B分别达到x和y, in a unit, each by its own thing."""
    places = range(run.first, run.stop)
    head = result[run.first]
    if len(places) == 3 and re.search("三次产业|一二三产", run.before) and "拉动" not in run.before:
        tail = re.sub(r"^.*三次?产业(?:增加值(?=结构|.?比))?(?:结构)?的?", "", head.name)
        if not tail and unit == "%" and head.kind not in BELONGING:
            tail = "比重"
        for place, industry in zip(places, _INDUSTRIES, strict=True):
            result[place] = result[place]._replace(name=industry + tail, kind=head.kind, verbatim=False)
    elif each_word := run.each_word:
        before = outside_brackets(run.before[: each_word.start()])[-1]
        _name_things(result, places, before.replace("\0", ""))
    elif len(places) > 1:
        _same_kind(result, places)


def _name_things(result: list[FigureName], places: range, before: str) -> None:
    """Give the figures of a run the names listed before it, else those of as many earlier figures."""
    head = result[places[0]]
    things = lists.things(clean(without_since(CLAUSE.split(before)[-1])))
    if len(things) == len(places):
        group = _OVER.search(before)
        prefix = f"{clean(group['name'])}：" if group and clean(group["name"]) else ""
        tail = _pulls(head) if "贡献" not in before else ""
        for place, thing in zip(places, things, strict=True):
            result[place] = result[place]._replace(name=prefix + thing + tail, kind=head.kind, verbatim=False)
        return
    earlier = _earlier(result, places) if _OF_ALL.fullmatch(things[0]) else []
    if len(earlier) != len(places):
        _same_kind(result, places)
        return
    for place, source in zip(places, earlier, strict=True):
        name, kind, *_, level = result[source]
        level = level if kind in BELONGING else source
        name = name.partition("拉动")[0] + _pulls(head)
        result[place] = FigureName(name, head.kind, head.negative, result[place].verbatim, level)


def _earlier(result: list[FigureName], places: range) -> list[int]:
    """The figures before a run that its own are of: contributions just before it, else the last levels."""
    just_before = range(max(0, places[0] - len(places)), places[0])
    if result[places[0]].kind == "contribution" and all("拉动" in result[one].name for one in just_before):
        return [*just_before]
    range_before = range(max(0, places[0] - _BACK), places[0])
    return [place for place in range_before if result[place].kind not in BELONGING][-len(places) :]


def _pulls(head: FigureName) -> str:
    """What the name of a contribution says behind the thing that contributes."""
    _, pulls, target = head.name.rpartition("拉动")
    return pulls + target if head.kind == "contribution" and pulls else ""


def _same_kind(result: list[FigureName], places: range) -> None:
    """Give all figures of a run the kind of the first: growth of several things is growth of each."""
    head = result[places[0]]
    for place in places if head.kind in BELONGING else ():
        result[place] = result[place]._replace(kind=head.kind, negative=head.negative)
