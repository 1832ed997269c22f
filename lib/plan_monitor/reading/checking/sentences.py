"""Checks within sentences: parts and their whole, shares and rates, growth and its levels."""

import re
from collections.abc import Iterator

from plan_monitor.reading.checking import formulas
from plan_monitor.reading.checking.formulas import Check, Figure

_NEAR = 60  # characters from one figure to the next of one statement
_FAR = 1500  # a share's whole stands no further away
_PARTS = re.compile(r"[（(：:]|其中|包括|分别为|含")
_END = re.compile("[。；;]")
_ACTUAL = re.compile("实际|已|完成")
_RATE = re.compile("完成率|达成率|兑现率|达标率|实现率")
_SHARE = re.compile(r"率[为达]?到?[^，。；]{0,9}$|占[^，。；]*$|比[重例][为达]?到?$")
_ALL = re.compile("[，,、]?(?:一?共|总计|合计|总共)(?:计|有)?$")
_YEARLY = re.compile("每年|年均")
_KEPT = re.compile("保留|现有|原有|续建")
_NEW = re.compile("新建|新增|新设|恢复|扩建")
_OVER = re.compile("超过|高于|高出|快于|低于")
_NEARLY = 0.02  # parts that come so near to their whole are meant to be all of it
_LOOSE = 0.2  # a rate of completion further off is of other figures
_TELLING = 3  # so many digits are no chance


def gap(one: Figure, other: Figure) -> str | None:
    """The words between a figure and a later one; None where they stand too far apart."""
    if other.start - one.start > _NEAR:
        return None
    before = re.sub(r"[\d.,]+[^\d]*$", "", other.quote)
    mark = before.rfind(one.text)
    return None if mark < 0 else before[mark + len(one.text) :].removeprefix(one.unit)


def find(figures: list[Figure]) -> Iterator[Check]:
    """The checks of the sentences of one document, from its figures in order."""
    for place, figure in enumerate(figures):
        following = figures[place + 1 :]
        yield from _parts(figure, following)
        yield from _completed(figures, place)
        yield from _shares(figures, place)
        yield from _growths(figures, place)
        yield from _beyond(figures, place)
        yield from _listed(figures, place)
        yield from _each_year(figure, following)
        yield from _kept_and_new(figures, figure, following)
    yield from _hundred(figures)


def _chain(first: Figure, following: list[Figure]) -> Iterator[tuple[str, Figure]]:
    """The figures of one statement behind a figure, each with the words before it."""
    last = first
    for figure in following:
        words = gap(last, figure)
        if words is None or _END.search(words):
            return
        yield words, figure
        last = figure


def _parts(whole: Figure, following: list[Figure]) -> Iterator[Check]:
    """A whole against the parts that follow it after a bracket or 其中."""
    if not whole.summed:
        return
    parts: list[Figure] = []
    has_begun, is_complete, is_aside, is_loose = False, False, False, False
    for words, figure in _chain(whole, following):
        if not has_begun:
            mark = _PARTS.search(words)
            if mark is None or re.search("[，,].", words[: mark.start()]):
                break
            has_begun, is_complete = True, "其中" not in words and "含" not in words
            is_aside = mark.start() > 0 and words[mark.start() - 1] in "，,"  # 310个，其中城区120个
        elif re.search(r"[）)]", words):
            break
        elif is_aside and re.search("[，,]", words):
            is_loose = True  # what follows may be no part any more
        if figure.unit == whole.unit and figure.summed and figure.value < whole.value:
            parts.append(figure)
            if sum(part.value for part in parts) == whole.value:
                break  # what follows belongs to two of them
    if len(parts) > 1:
        complete = Check("parts", "arithmetic", formulas.total(parts), "=", formulas.single(whole))
        is_near = complete.distance <= (_NEARLY if is_complete else _NEARLY / 2) and not is_loose
        if is_near or complete.verdict != "contradicts":
            yield complete
        elif not is_loose and (not is_complete or sum(part.value for part in parts) > whole.value):
            yield complete._replace(kind="order", relation="<=")


def _completed(figures: list[Figure], place: int) -> Iterator[Check]:
    """A rate of completion against the result and the target before it."""
    rate = figures[place]
    words = rate.quote
    if rate.unit != "%" or not _RATE.search(words[-16:]):
        return
    earlier = [
        figure for figure in figures[max(0, place - 4) : place] if rate.start - figure.start <= 2 * _NEAR
    ]
    results = [figure for figure in earlier if _ACTUAL.search(_just_before(figure)) and figure.unit != "%"]
    if not results:
        return
    aims = [
        figure for figure in earlier if figure.start < results[-1].start and figure.unit == results[-1].unit
    ]
    if aims and aims[-1].value:
        check = Check(
            "completed", "arithmetic", formulas.percent(results[-1], aims[-1]), "=", formulas.single(rate)
        )
        if check.distance <= _LOOSE:
            yield check


def _just_before(figure: Figure) -> str:
    """The words right before a figure."""
    before = figure.quote[: figure.quote.rfind(figure.text)]
    return re.split(r"[，,。；;]|\d", before)[-1]


def _shares(figures: list[Figure], place: int) -> Iterator[Check]:
    """A share or a rate against a figure before it and a larger one of the same unit: the pair that fits."""
    share = figures[place]
    before = share.quote[: share.quote.rfind(share.text)]
    rated = share.kind == "share" or _SHARE.search(before)
    if share.unit != "%" or not rated or _RATE.search(before[-12:]) or not 0 < share.value < 100:
        return
    candidates = [
        figure for figure in figures[max(0, place - 4) : place] if share.start - figure.start <= 2 * _NEAR
    ]
    around = [
        figure for figure in figures if abs(figure.start - share.start) <= _FAR and figure.kind == "level"
    ]
    has_many_digits = len(share.text.replace(".", "")) >= _TELLING
    for part in reversed([figure for figure in candidates if figure.summed]):
        checks = [
            Check("share", "arithmetic", formulas.percent(part, figure), "=", formulas.single(share))
            for figure in around
            if figure.scale[1] == part.scale[1]
            and figure.value * figure.scale[0] > part.value * part.scale[0]
        ]
        between = [c for c in checks if part.start < _whole(c).start < share.start]
        close = [
            c for c in between if c.distance <= _NEARLY and (share.kind == "share" or _same(share, part))
        ]
        exact = [c for c in (checks if has_many_digits else between) if c.verdict != "contradicts"]
        if choice := exact or close:
            yield min(choice, key=lambda check: abs(_whole(check).start - share.start))
            return


def _whole(check: Check) -> Figure:
    return check.computed.figures[1]


def _same(rate: Figure, part: Figure) -> bool:
    """Whether a rate's name contains what the part is: 就业率 of those 就业."""
    stem = rate.name.removesuffix("率")
    return any(stem[at : at + 4] in part.name for at in range(max(1, len(stem) - 3))) and len(stem) > 1


def _growths(figures: list[Figure], place: int) -> Iterator[Check]:
    """A growth or change against the level that it belongs to and the level that it is counted from."""
    stated = figures[place]
    if stated.kind not in ("growth", "growth_annual", "change") or stated.under is None:
        return
    level = next((figure for figure in figures if figure.start == stated.under), None)
    if level is None or level.kind not in ("level", "share"):
        return
    if stated.kind == "growth":
        change = next(
            (o for o in figures if o.kind == "change" and o.under == stated.under and o.unit == level.unit),
            None,
        )
        if change and level.value != change.value and change.falls == stated.falls:
            yield Check(
                "growth", "arithmetic", formulas.growth_from(change, level), "=", formulas.single(stated)
            )
            return
    base = _base(figures, level, stated)
    if base is None or not base.value:
        return
    if stated.kind == "growth_annual":
        if level.year and base.year and level.year > base.year:
            formula = formulas.annual(level, base)
            yield Check("growth", "arithmetic", formula, "=", formulas.single(stated))
        return
    in_points = stated.kind == "change" and stated.unit in (level.unit, "百分点", "个百分点")
    if in_points or (stated.unit == "%" and level.unit != "%"):
        more, less = sorted((level, base), key=lambda figure: figure.value, reverse=True)
        formula = formulas.difference(more, less) if in_points else formulas.growth(level, base)
        check = Check("growth", "arithmetic", formula, "=", formulas.single(stated))
        if in_points or check.distance <= 1:
            yield check


def _base(figures: list[Figure], level: Figure, stated: Figure) -> Figure | None:
    """The level that a growth is counted from: that after 由 or 从, else that of the year before."""
    reference = next((figure for figure in figures if figure.start == level.under), None)
    if reference and reference.unit == level.unit and reference.kind == level.kind:
        words = gap(reference, level)
        if words is not None and re.search(
            "[由从][^，。；]*$", reference.quote[: reference.quote.rfind(reference.text)]
        ):
            return reference
    years = re.findall(r"\d{4}", stated.period)
    year = int(years[-1]) - 1 if years else None
    comparable = [
        figure
        for figure in figures
        if figure.name == level.name
        and figure.region == level.region
        and figure.unit == level.unit
        and figure.kind == level.kind
    ]
    return next(
        (
            figure
            for figure in comparable
            if figure is not level and figure.year == year and len(figure.period) == 4
        ),
        None,
    )


def _beyond(figures: list[Figure], place: int) -> Iterator[Check]:
    """A figure against an average and its difference from it."""
    if place < 2:
        return
    figure, excess, average = figures[place - 2 : place + 1]
    words = gap(figure, excess)
    if words is None or not (side := _OVER.search(words)) or excess.unit not in ("百分点", "个百分点"):
        return
    words_between = gap(excess, average)
    if (
        figure.unit == average.unit == "%"
        and words_between is not None
        and re.search("平均|全[国省]", words_between)
    ):
        below = side[0] == "低于"
        formula = formulas.difference(average, excess) if below else formulas.added(average, excess)
        yield Check("beyond", "arithmetic", formula, "=", formulas.single(figure))


def _listed(figures: list[Figure], place: int) -> Iterator[Check]:
    """A total against the list of its parts before it: 新建3所、改扩建4所，共7个项目."""
    whole = behind = figures[place]
    if not whole.summed:
        return
    parts: list[Figure] = []
    for figure in reversed(figures[:place]):
        words = gap(figure, behind)
        if words is None or _END.search(words) or not figure.summed or figure.scale[0] != whole.scale[0]:
            break
        if not parts and not _ALL.search(words):
            return
        parts.insert(0, figure)
        behind = figure
    if len(parts) > 1 and len({part.unit for part in parts}) == 1:
        check = Check("parts", "arithmetic", formulas.total(parts), "=", formulas.single(whole))
        if check.distance <= _LOOSE:
            yield check


def _each_year(figure: Figure, following: list[Figure]) -> Iterator[Check]:
    """An annual amount against its sum over the years of a plan."""
    if not _YEARLY.search(_just_before(figure)) or not figure.summed:
        return
    for words, whole in _chain(figure, following):
        years = re.fullmatch(r"(\d{4})[-/](\d{4})", whole.period)
        if years and whole.scale[1] == figure.scale[1] and whole.summed and not _YEARLY.search(words):
            check = Check("yearly", "arithmetic", formulas.yearly(figure, whole), "=", formulas.single(whole))
            if check.distance <= 1:
                yield check
            return


def _kept_and_new(figures: list[Figure], retained: Figure, following: list[Figure]) -> Iterator[Check]:
    """Retained and new ones against the total stated elsewhere: 共有9所；保留7所，撤销1所，新建2所."""
    if not _KEPT.search(_just_before(retained)) or not retained.summed:
        return
    chain = [
        figure for _, figure in _chain(retained, following) if figure.unit == retained.unit and figure.summed
    ]
    parts = [retained, *(figure for figure in chain if _NEW.search(_just_before(figure)))]
    if len(parts) == 1:
        return
    totals = [
        Check("stock", "arithmetic", formulas.total(parts), "=", formulas.single(total))
        for total in figures
        if total.unit == retained.unit
        and total not in (retained, *chain)
        and abs(total.start - retained.start) <= _FAR
    ]
    if close := [check for check in totals if check.distance <= _NEARLY]:
        yield min(close, key=lambda check: check.distance)


def _hundred(figures: list[Figure]) -> Iterator[Check]:
    """Shares in one sentence that should add up to 100 %."""
    run: list[Figure] = []
    for figure in [*figures, None]:
        if figure and figure.kind == "share" and figure.unit == "%":
            words = gap(run[-1], figure) if run else None
            if words is not None and not _END.search(words):
                run.append(figure)
                continue
        elif figure and figure.unit != "%":
            continue
        total = sum(share.value for share in run)
        if len(run) > 1 and abs(total - 100) <= (1 if len(run) == 2 else 3):
            yield Check("hundred", "arithmetic", formulas.total(run), "=", formulas.number(100))
        run = [figure] if figure and figure.kind == "share" and figure.unit == "%" else []
