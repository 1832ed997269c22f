"""What each figure of a passage is of: the name before it, or composed with that of the figure it belongs to.

A third of all figures are growth, change, share or contribution: they belong to the level before them.
"""

import re
from bisect import bisect_right

from plan_monitor.reading import lists
from plan_monitor.reading.composing import CLAUSE, Composer, Named
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
) -> list[Named]:
    """The name of each figure of a passage, in its order.

    `sentences` are the places of its sentences; `dates` the times in it, which are no part of a name.
    """
    characters = list(text)
    for time in dates:
        characters[time.start : time.end] = "\0" * (time.end - time.start)
    shown = "".join(characters)
    starts = [start for start, _ in sentences]
    composer = Composer(text, numbers)
    after, first = 0, 0
    for place, number in enumerate(numbers):
        begun = starts[bisect_right(starts, number.start) - 1] if starts else 0
        if begun >= after:
            after = begun
            if not _GOES_ON.match(shown[begun : begun + 8].lstrip("，,\0")):
                first = place
        after = composer.add(shown[after : number.start], max(first, place - _BACK))
    result = composer.result
    for run in lists.runs(shown, numbers, starts):
        _each_its_own(result, run)
    return result


def _each_its_own(result: list[Named], run: Run) -> None:
    """A和B分别达到x和y: each of as many figures as things has the name of its own."""
    places = range(run.first, run.stop)
    head = result[run.first]
    if len(places) == 3 and re.search("三次产业|一二三产", run.before) and "拉动" not in run.before:
        tail = re.sub(r"^.*三次?产业(?:结构|增加值)?的?", "", head.name) or "比重"
        for place, industry in zip(places, _INDUSTRIES, strict=True):
            result[place] = result[place]._replace(name=industry + tail, kind=head.kind, whole=False)
    elif each := run.each:
        _distributed(result, places, run.before[: each.start()].replace("\0", ""))
    elif len(places) > 1:
        _alike(result, places)


def _distributed(result: list[Named], places: range, before: str) -> None:
    """The things that the words before a run list, or else as many figures before, given to its figures."""
    head = result[places[0]]
    listed = lists.things(clean(without_since(CLAUSE.split(before)[-1])))
    if len(listed) == len(places):
        whole = _OVER.search(before)
        over = f"{clean(whole['name'])}：" if whole and clean(whole["name"]) else ""
        for place, thing in zip(places, listed, strict=True):
            result[place] = result[place]._replace(name=over + thing, kind=head.kind, whole=False)
    elif not listed[0] and head.kind == "contribution":
        _contributed(result, places)
    elif not listed[0]:
        near = range(max(0, places[0] - _BACK), places[0])
        earlier = [place for place in near if result[place].kind not in BELONGING][-len(places) :]
        if len(earlier) == len(places):
            for place, source in zip(places, earlier, strict=True):
                name = result[source].name
                result[place] = Named(name, head.kind, head.negative, result[place].whole, source)
        else:
            _alike(result, places)


def _alike(result: list[Named], places: range) -> None:
    """Growth of several things is growth of each."""
    head = result[places[0]]
    for place in places if head.kind in BELONGING else ():
        result[place] = result[place]._replace(kind=head.kind, negative=head.negative)


def _contributed(result: list[Named], places: range) -> None:
    """What each of several things adds to another, where the figures just before say what it contributes."""
    before = result[max(0, places[0] - len(places)) : places[0]]
    if len(before) == len(places) and all("拉动" in named.name for named in before):
        to = result[places[0]].name.rpartition("拉动")[2]
        for place, named in zip(places, before, strict=True):
            result[place] = result[place]._replace(name=f"{named.name.partition('拉动')[0]}拉动{to}")
