"""Checks of pairs of figures: one thing stated twice, and a target beside what has been reached."""

import re
from collections.abc import Iterator
from itertools import combinations, pairwise

from plan_monitor.reading.checking.cells import is_cell
from plan_monitor.reading.checking.formulas import Check, Figure, single

_FEW = 3  # of more places that tell one thing, each is held against the one before
_APART = 3  # times: figures further apart are of two things
_NEAR = 60  # characters: two figures of one sentence are of two things
_DIGITS = 4  # a number of so many digits is no chance twice
_SHORT = 6  # a shorter name, if no indicator's, tells too little
_COMMON = 4  # characters that two names share where they are of one thing
_FLOW = re.compile("新增|新建|新开|完成|年度")
_GOOD = re.compile("(?:入[园学]|巩固|覆盖|普及|合格|达标|参保|治理|处理|就诊|满意|通[电路车]|供水)率$")


def find(figures: list[Figure]) -> Iterator[Check]:
    """The checks of pairs of figures, of one document or several."""
    yield from _repeated(figures)
    yield from _in_two_units(figures)
    yield from _reached(figures)
    yield from _coincidence(figures)


def name(figure: Figure) -> str:
    """The name of a figure, without a leading year or number and without brackets."""
    return re.sub(r"^(?:\d{4}年?|\d{1,2}[.、])|[（(].*?[)）]|[“”\"\s%]", "", figure.name)


def _things(figures: list[Figure]) -> list[list[Figure]]:
    """Figures grouped by what they are of, according to their indicator or their name."""
    aims = {figure.under for figure in figures if re.search("实际[^，。]{0,6}$", _before(figure))}
    things: dict[tuple, list[Figure]] = {}
    for figure in figures:
        if figure.kind not in ("level", "share") or not figure.period:
            continue
        is_aim = figure.role == "target" or figure.start in aims  # 目标A，实际完成B: A is an aim
        for label in {figure.indicator, name(figure)}:
            if label and (label == figure.indicator or len(label) >= _SHORT):
                key = label, figure.region, figure.period[-4:], figure.scale[1], is_aim
                things.setdefault(key, []).append(figure)
    return list(things.values())


def _before(figure: Figure) -> str:
    return figure.quote[: figure.quote.rfind(figure.text)]


def _repeated(figures: list[Figure]) -> Iterator[Check]:
    for group in _things(figures):
        for one, other in combinations(group, 2) if len(group) <= _FEW else pairwise(group):
            if _comparable(one, other):
                scale = other.scale[0] / one.scale[0]
                left, right = single(one, max(1, 1 / scale)), single(other, max(1, scale))
                check = Check("twice", "agreement", left, "=", right)
                if check.verdict != "contradicts" or not _apart(one, other):
                    yield check


def _apart(one: Figure, other: Figure) -> bool:
    """Whether two figures of prose may be of two things, each under a heading of its own.

    In a bulletin the headings tell whose pupils are counted; a target is named in full.
    """
    if is_cell(one) or is_cell(other):
        return False
    if one.document != other.document:
        return not one.indicator or one.indicator != other.indicator
    if one.locator == other.locator:
        return False
    return one.role != "target" or name(one) != name(other) or len(name(one)) < _SHORT


def _comparable(one: Figure, other: Figure) -> bool:
    """Whether two figures should be equal: neither the ends of a range, nor a target and its result."""
    if {one.comparator[:1], other.comparator[:1]} == {"<", ">"} or other.under == one.start:
        return False
    if is_cell(one) and is_cell(other) and _table(one) == _table(other):
        return False
    sizes = sorted((one.value * one.scale[0], other.value * other.scale[0]))
    near = abs(other.start - one.start) < _NEAR and one.locator == other.locator and not is_cell(other)
    return sizes[0] > 0 and sizes[1] / sizes[0] <= _APART and not near


def _table(cell: Figure) -> tuple[str, str]:
    """The table that a cell stands in."""
    return cell.document, " · ".join(cell.locator.split(" · ")[:-2])


def _in_two_units(figures: list[Figure]) -> Iterator[Check]:
    """One number stated in single things and in 万."""
    fine = [
        figure
        for figure in figures
        if figure.kind == "level" and figure.scale[0] == 1 and len(figure.text) > _DIGITS
    ]
    for coarse in figures:
        scale, thing = coarse.scale
        if scale == 1 or len(coarse.text.replace(".", "")) < _DIGITS:
            continue
        for figure in fine:
            check = Check("units", "agreement", single(figure), "=", single(coarse, scale))
            same_thing = figure.unit == thing and figure.document == coarse.document
            if same_thing and check.verdict != "contradicts":
                yield check


def _reached(figures: list[Figure]) -> Iterator[Check]:
    """A target for something that should rise, against the latest level that the same document reports."""
    latest: dict[tuple, Figure] = {}
    for figure in figures:
        if figure.role == "observation" and figure.kind in ("level", "share") and figure.year:
            key = _key(figure)
            if key not in latest or figure.year > latest[key].year:
                latest[key] = figure
    for aim in figures:
        rising = aim.comparator in (">=", ">") or (aim.comparator == "=" and _GOOD.search(name(aim)))
        reached = latest.get(_key(aim))
        is_earlier = reached and aim.year and reached.year < aim.year
        if aim.role == "target" and rising and is_earlier and not _FLOW.search(aim.name):
            yield Check("reached", "order", single(aim), ">=", single(reached))


def _key(figure: Figure) -> tuple[str, ...]:
    return figure.document, figure.indicator or name(figure), figure.region, figure.unit


def _coincidence(figures: list[Figure]) -> Iterator[Check]:
    """One number of many digits at two things of one document, in another unit or of another kind."""
    by_text: dict[tuple, list[Figure]] = {}
    for figure in figures:
        digits = figure.text.replace(".", "")
        if len(digits) >= _DIGITS and not digits.endswith("00") and not is_cell(figure):
            by_text.setdefault((figure.document, figure.text), []).append(figure)
    for group in by_text.values():
        for figure, other in combinations(group, 2):
            if (figure.unit, figure.kind) != (other.unit, other.kind) and not _alike(figure, other):
                yield Check("coincidence", "distinct", single(figure), "!=", single(other))


def _alike(one: Figure, other: Figure) -> bool:
    """Whether two names have so much in common that they may be of one thing."""
    shorter, longer = sorted((name(one), name(other)), key=len)
    return any(shorter[at : at + _COMMON] in longer for at in range(max(1, len(shorter) - _COMMON + 1)))
