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
from plan_monitor.reading.phrases import clean
from plan_monitor.reading.relations import BELONGING, without_since

_GOES_ON = re.compile(r"其中|同比|增速|增幅|分|按|比")  # begins a sentence about the figures before
_OVER = re.compile(  # what several things are listed of
    r"(?:^|[，,。；;])(?P<name>[^，,。；;：:、呈]{4,30})[：:][^，,。；;：:]*$"
)
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
        sentence_start = starts[bisect_right(starts, number.start) - 1] if starts else 0
        if sentence_start >= end:
            end = sentence_start
            if not _GOES_ON.match(masked_text[sentence_start : sentence_start + 8].lstrip("，,\0")):
                first = place
        end = composer.add(masked_text[end : number.start], max(first, place - _BACK))
    result = composer.result
    for run in lists.runs(masked_text, numbers, starts):
        _name_run(result, run)
    return result


def _name_run(result: list[FigureName], run: Run) -> None:
    """Name the figures of a run such as A和B分别达到x和y, each by its own thing."""
    places = range(run.first, run.stop)
    head = result[run.first]
    if len(places) == 3 and re.search("三次产业|一二三产", run.before) and "拉动" not in run.before:
        tail = re.sub(r"^.*三次?产业(?:结构|增加值)?的?", "", head.name) or "比重"
        for place, industry in zip(places, _INDUSTRIES, strict=True):
            result[place] = result[place]._replace(name=industry + tail, kind=head.kind, verbatim=False)
    elif each_word := run.each_word:
        _name_things(result, places, run.before[: each_word.start()].replace("\0", ""))
    elif len(places) > 1:
        _same_kind(result, places)


def _name_things(result: list[FigureName], places: range, before: str) -> None:
    """Give the figures of a run the names listed before it, else those of as many earlier figures."""
    head = result[places[0]]
    things = lists.things(clean(without_since(CLAUSE.split(before)[-1])))
    if len(things) == len(places):
        group = _OVER.search(before)
        prefix = f"{clean(group['name'])}：" if group and clean(group["name"]) else ""
        for place, thing in zip(places, things, strict=True):
            result[place] = result[place]._replace(name=prefix + thing, kind=head.kind, verbatim=False)
    elif not things[0] and head.kind == "contribution":
        _contributed(result, places)
    elif not things[0]:
        range_before = range(max(0, places[0] - _BACK), places[0])
        earlier = [place for place in range_before if result[place].kind not in BELONGING][-len(places) :]
        if len(earlier) == len(places):
            for place, source in zip(places, earlier, strict=True):
                name = result[source].name
                result[place] = FigureName(name, head.kind, head.negative, result[place].verbatim, source)
        else:
            _same_kind(result, places)


def _same_kind(result: list[FigureName], places: range) -> None:
    """Give all figures of a run the kind of the first: growth of several things is growth of each."""
    head = result[places[0]]
    for place in places if head.kind in BELONGING else ():
        result[place] = result[place]._replace(kind=head.kind, negative=head.negative)


def _contributed(result: list[FigureName], places: range) -> None:
    """Name the contributions of several things, where the figures just before have names with 拉动."""
    earlier = result[max(0, places[0] - len(places)) : places[0]]
    if len(earlier) == len(places) and all("拉动" in figure_name.name for figure_name in earlier):
        target = result[places[0]].name.rpartition("拉动")[2]
        for place, figure_name in zip(places, earlier, strict=True):
            result[place] = result[place]._replace(
                name=f"{figure_name.name.partition('拉动')[0]}拉动{target}"
            )
