"""Checks that two places give: one thing told twice, and a promise beside what has been reached."""

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


def found(figures: list[Figure]) -> Iterator[Check]:
    """The checks of pairs of figures, of one document or several."""
    yield from _told_twice(figures)
    yield from _in_two_units(figures)
    yield from _reached(figures)
    yield from _coincidence(figures)


def name(figure: Figure) -> str:
    """What a figure is called, without a year or number before it and what stands in brackets."""
    return re.sub(r"^(?:\d{4}年?|\d{1,2}[.、])|[（(].*?[)）]|[“”\"\s%]", "", figure.name)


def _things(figures: list[Figure]) -> list[list[Figure]]:
    """Figures by what they are of, told by their indicator or by their name."""
    outdone = {figure.under for figure in figures if re.search("实际[^，。]{0,6}$", _before(figure))}
    things: dict[tuple, list[Figure]] = {}
    for figure in figures:
        if figure.kind not in ("level", "share") or not figure.period:
            continue
        aimed = figure.role == "target" or figure.start in outdone  # 目标A，实际完成B: A is an aim
        for called in {figure.indicator, name(figure)}:
            if called and (called == figure.indicator or len(called) >= _SHORT):
                key = called, figure.region, figure.period[-4:], figure.scale[1], aimed
                things.setdefault(key, []).append(figure)
    return list(things.values())


def _before(figure: Figure) -> str:
    return figure.quote[: figure.quote.rfind(figure.text)]


def _told_twice(figures: list[Figure]) -> Iterator[Check]:
    for alike in _things(figures):
        for one, other in combinations(alike, 2) if len(alike) <= _FEW else pairwise(alike):
            if _comparable(one, other):
                scale = other.scale[0] / one.scale[0]
                left, right = single(one, max(1, 1 / scale)), single(other, max(1, scale))
                check = Check("twice", "agreement", left, "=", right)
                if check.verdict != "contradicts" or not _apart(one, other):
                    yield check


def _apart(one: Figure, other: Figure) -> bool:
    """Whether two figures of prose may be of two things, each under a heading of its own.

    A bulletin leaves to its headings whose pupils it counts; an aim is named in full.
    """
    if is_cell(one) or is_cell(other) or one.locator == other.locator:
        return False
    if one.document == other.document:
        return one.role != "target" or name(one) != name(other) or len(name(one)) < _SHORT
    return not one.indicator or one.indicator != other.indicator


def _comparable(one: Figure, other: Figure) -> bool:
    """Whether two figures should be one: neither the ends of a range, nor an aim and what came of it."""
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
    """One number told in single things and in 万 of them."""
    fine = [one for one in figures if one.kind == "level" and one.scale[0] == 1 and len(one.text) > _DIGITS]
    for coarse in figures:
        scale, thing = coarse.scale
        if scale < 1000 or len(coarse.text.replace(".", "")) < _DIGITS:
            continue
        for one in fine:
            check = Check("units", "agreement", single(one), "=", single(coarse, scale))
            alike = one.unit == thing and one.document == coarse.document
            if alike and check.off < 1e-3 and check.verdict != "contradicts":
                yield check


def _reached(figures: list[Figure]) -> Iterator[Check]:
    """A promise that more is better of, beside the latest that the same document says has been reached."""
    done: dict[tuple, Figure] = {}
    for figure in figures:
        if figure.role == "observation" and figure.kind in ("level", "share") and figure.year:
            key = _key(figure)
            if key not in done or (figure.year, -figure.start) > (done[key].year, -done[key].start):
                done[key] = figure
    for aim in figures:
        rising = aim.comparator in (">=", ">") or (aim.comparator == "=" and _GOOD.search(name(aim)))
        last = done.get(_key(aim))
        later = last and aim.year and last.year < aim.year
        if aim.role == "target" and rising and later and not _FLOW.search(aim.name):
            yield Check("reached", "order", single(aim), ">=", single(last))


def _key(figure: Figure) -> tuple[str, ...]:
    return figure.document, figure.indicator or name(figure), figure.region, figure.unit


def _coincidence(figures: list[Figure]) -> Iterator[Check]:
    """One number of many digits at two things of one document, in another unit or of another kind."""
    by_text: dict[tuple, list[Figure]] = {}
    for one in figures:
        digits = one.text.replace(".", "")
        if len(digits) >= _DIGITS and not digits.endswith("00") and not is_cell(one):
            by_text.setdefault((one.document, one.text), []).append(one)
    for same in by_text.values():
        for one, other in combinations(same, 2):
            if (one.unit, one.kind) != (other.unit, other.kind) and not _alike(one, other):
                yield Check("coincidence", "distinct", single(one), "!=", single(other))


def _alike(one: Figure, other: Figure) -> bool:
    """Whether two names share so much that they are of one thing."""
    short, long = sorted((name(one), name(other)), key=len)
    return any(short[at : at + _COMMON] in long for at in range(max(1, len(short) - _COMMON + 1)))
