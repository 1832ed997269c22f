"""Checks within a table: columns and rows against their totals, rises and growth against levels."""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from plan_monitor.reading.checking import formulas
from plan_monitor.reading.checking.formulas import Check, Figure
from plan_monitor.reading.periods import PLANS

_CELL = re.compile(r"(?P<label>.*) \| (?P<heading>.*) \| (?:[=<>]=?|about)?[^|]*")
_ALL = re.compile(r"全[国省市州县区旗盟镇乡校]|[合总小共]计|总数|总量|[^，]*[合总]计")
_SUM = re.compile(r"[合总小共]计|总数|总量|[^，]*[合总]计")
_SUBTOTAL = re.compile(r"小计")
_OF_WHICH = re.compile(r"其中|[#＃]|含")
_ABOVE = re.compile("全国|全省")
_RISE = re.compile(r"[比较](?P<base>.+?)(?P<verb>提高|增加|增长|上升|下降|减少|降低)")
_GROWTH = re.compile("增长|增速|增幅")
_YEAR = re.compile(r"(?:19|20)\d\d")
_CLOSE = 0.1  # a sum that is further off is of other things
_ROWS = 2


class Cell(NamedTuple):
    """A figure of a table, with its row's label and its column's heading."""

    figure: Figure
    row: int
    label: str
    heading: str


def tables(figures: list[Figure]) -> Iterator[list[Cell]]:
    """The tables of a draft, each as a list of its cells in order."""
    cells = [(match, figure) for figure in figures if (match := _CELL.fullmatch(figure.quote))]

    def table_key(pair) -> tuple[str, str]:
        match, figure = pair
        tail = " · ".join(part for part in (match["label"], match["heading"]) if part)
        return figure.document, figure.locator.removesuffix(tail)

    for _, part in groupby(cells, table_key):
        row, headings, table = 0, set(), []
        last_label = None
        for match, figure in part:
            if match["label"] != last_label or match["heading"] in headings:
                row, headings, last_label = row + 1, set(), match["label"]
            headings.add(match["heading"])
            table.append(Cell(figure, row, match["label"], match["heading"]))
        yield table


def is_cell(figure: Figure) -> bool:
    """Whether a figure stands in a table."""
    return bool(_CELL.fullmatch(figure.quote))


def find(cells: list[Cell]) -> Iterator[Check]:
    """The checks of one table."""
    yield from _plausible(list(_columns(cells)))
    yield from _plausible(list(_rows(cells)))
    yield from _rises(cells)
    yield from _growths(cells)
    yield from _series(cells)


def _plausible(checks: list[Check]) -> Iterator[Check]:
    """The sums, if half of them add up, or all nearly do; else the rows are no parts of a total."""
    close = [check for check in checks if check.distance <= _CLOSE]
    if 2 * len([check for check in checks if check.verdict != "contradicts"]) >= len(checks):
        yield from checks
    elif len(close) == len(checks):
        yield from close


def _columns(cells: list[Cell]) -> Iterator[Check]:
    """Each column against the row of totals."""
    labels = {cell.row: cell.label for cell in cells}
    if any(_ABOVE.match(label) for label in labels.values()):
        return
    totals = [row for row, label in labels.items() if _ALL.fullmatch(re.sub(r"[（(].*|\s", "", label))]
    for total in totals:
        parts = _parts(labels, totals, total)
        if len(parts) < _ROWS:
            continue
        for cell in (cell for cell in cells if cell.row == total and cell.figure.summed):
            addends = [
                other.figure
                for other in cells
                if other.row in parts
                and other.heading == cell.heading
                and other.figure.unit == cell.figure.unit
            ]
            if addends:
                yield Check(
                    "column", "arithmetic", formulas.total(addends), "=", formulas.single(cell.figure)
                )


def _parts(labels: dict[int, str], totals: list[int], total: int) -> list[int]:
    """The rows that a total sums up: those since the total before it, or the subtotals."""
    rows = [row for row, label in labels.items() if row not in totals and not _OF_WHICH.match(label)]
    if _SUBTOTAL.search(labels[total]):
        previous_total = max((row for row in totals if row < total), default=0)
        return [row for row in rows if previous_total < row < total]
    subtotals = [row for row in totals if _SUBTOTAL.search(labels[row])]
    return subtotals or rows


def _rows(cells: list[Cell]) -> Iterator[Check]:
    """Each row against its total."""
    for _, part in groupby(cells, lambda cell: cell.row):
        row = list(part)
        total = next((cell for cell in row if _SUM.fullmatch(cell.heading)), None)
        if total is None or not total.figure.summed:
            continue
        parts = [
            cell.figure
            for cell in row
            if cell is not total
            and cell.figure.unit == total.figure.unit
            and not _OF_WHICH.match(cell.heading)
        ]
        if len(parts) >= _ROWS:
            yield Check("row", "arithmetic", formulas.total(parts), "=", formulas.single(total.figure))


def _rises(cells: list[Cell]) -> Iterator[Check]:
    """A row of rises against the rows of the two years between which they occurred."""
    years = {cell.row: int(year[0]) for cell in cells if (year := _YEAR.match(cell.label))}
    for cell in cells:
        rise = _RISE.search(cell.label)
        if rise is None or len(years) < _ROWS:
            continue
        column = {years[c.row]: c.figure for c in cells if c.row in years and c.heading == cell.heading}
        base = base_year(rise["base"])
        if base in column and max(column) > base:
            yield _rise(column[max(column)], column[base], cell.figure, rise["verb"])


def _rise(later: Figure, earlier: Figure, stated: Figure, verb: str) -> Check:
    relative = verb == "增长" and stated.unit == "%" and later.unit != "%"
    formula = formulas.growth(later, earlier) if relative else formulas.difference(later, earlier)
    if verb in ("下降", "减少", "降低"):
        formula = formulas.difference(earlier, later)
    return Check("rise", "arithmetic", formula, "=", formulas.single(stated))


def base_year(text: str) -> int | None:
    """The year that a comparison is with.

    >>> base_year("“十二五”末"), base_year("2018年"), base_year("上年")
    (2015, 2018, None)
    """
    if plan := re.search("十[一二三四五六]五", text):
        return PLANS[plan[0]] + 4
    return int(year[0]) if (year := _YEAR.search(text)) else None


def _growths(cells: list[Cell]) -> Iterator[Check]:
    """A growth rate against the levels of its row."""
    for _, part in groupby(cells, lambda cell: cell.row):
        row = list(part)
        levels = {c.figure.year: c.figure for c in row if c.figure.kind == "level" and c.figure.year}
        for cell in row:
            growing = cell.figure.kind.startswith("growth") and _GROWTH.search(cell.heading)
            if not growing or cell.figure.unit != "%" or len(levels) < _ROWS:
                continue
            later, earlier = levels[max(levels)], levels[min(levels)]
            if later.unit != earlier.unit or later.unit == "%" or not earlier.value:
                continue
            formula = formulas.annual if "年均" in cell.heading else formulas.growth
            yield Check("growth", "arithmetic", formula(later, earlier), "=", formulas.single(cell.figure))


def _series(cells: list[Cell]) -> Iterator[Check]:
    """One thing over several years: whether it moves from the first to the last year in one direction."""
    series: dict[tuple, list[Figure]] = {}
    for cell in cells:
        figure = cell.figure
        if figure.kind == "level" and re.fullmatch(r"\d{4}", figure.period) and not _RISE.search(cell.label):
            thing = _YEAR.sub("", cell.label), _YEAR.sub("", cell.heading), figure.region, figure.unit
            series.setdefault(thing, []).append(figure)
    for figures in series.values():
        figures = sorted(figures, key=lambda figure: figure.period)
        years = [figure.period for figure in figures]
        if len(figures) > _ROWS and len(set(years)) == len(years):
            for rising in (figures, figures[::-1]):
                if rising[0].value < rising[-1].value:
                    yield Check("series", "order", formulas.least_step(rising), ">=", formulas.number(0))
