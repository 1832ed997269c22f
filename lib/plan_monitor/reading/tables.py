"""Figures in the tables of a document: what headings, row labels and the lines above say of each cell."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from plan_monitor.intake.take import headings, labels
from plan_monitor.intake.take.blocks import missing
from plan_monitor.intake.take.headings import Heading
from plan_monitor.reading import comparators, periods, units
from plan_monitor.reading.columns import is_figure
from plan_monitor.reading.numbers import FOLD
from plan_monitor.reading.passages import Cell, Passage, Table
from plan_monitor.reading.periods import Clock

_UNIT_ABOVE = re.compile(r"(?:计量)?单位\s*[:：]\s*([^，。；\s)）]+)")
# thousands may be set apart by a comma, a blank or a full-width comma (GB/T 15835)
_NUMBER = re.compile(r"(?P<sign>[-−﹣+])?(?P<digits>(?:\d{1,3}(?:[,，\s]\d{3})+(?!\d)|\d+)(?:\.\d+)?)")
_BRACKETED = re.compile(r"[\[〔【(（]\s*[-+−]?\d")
_PART_OF_YEAR = re.compile(
    r"\d{1,2}月?份?[-–—~～至到]+\d{1,2}月[份末底]?|\d{1,2}月[份末底]?|第?[一二三四1-4]季度|[上下]半年|前[三3]个?季度"
)
_SHARE = re.compile("率|比重|占比|比例")
_RANK = re.compile("位次|排名|名次")
_PROSE = 24  # a cell of more characters, and no figure, is read as sentences
_TITLE = 40
_NO_FIGURES = ("number", "aside", "attribute", "unit")
_KEYS = ("label", "region", "period", "unit", "attribute", "group", "number")


class TableFigure(NamedTuple):
    """A figure of a table: its place and what the table says of it."""

    start: int
    value: str
    negative: bool
    comparator: str
    unit: str
    unit_from: str
    period: str
    period_from: str
    label: str
    timed: bool  # whether the label is a time, and no part of a name
    heading: Heading
    attribute: str


class Grid:
    """A table with its headings read.

    Parameters
    ----------
    table : Table
    clock : Clock
    heading_period : str
        The period of the headings above the table, or "".
    is_region : callable
        Whether the text of a heading names a region.
    """

    def __init__(self, table: Table, clock: Clock, heading_period: str, is_region: Callable[[str], bool]):
        self._header, self._body = _parts([[_folded(cell) for cell in row] for row in table.rows])
        self.columns = [_heading(parts, is_region, clock) for parts in _texts(self._header)]
        self._keys = _keys(self.columns)
        self._clock, self._is_region = clock, is_region
        caption = _UNIT_ABOVE.search(" ".join(table.above).translate(FOLD))
        self._unit = caption[1] if caption else ""
        self._default_periods = (
            (_title_period(table, clock), "title"),
            (heading_period, "heading"),
            (clock.period, "document"),
        )

    @property
    def years(self) -> list[int]:
        """The years that columns are of."""
        return sorted(
            {int(heading.period) for heading in self.columns if re.fullmatch(r"\d{4}", heading.period)}
        )

    def figures(self) -> Iterator[TableFigure | tuple[Passage, str]]:
        """The figures, row by row; for a cell of prose a passage and the label of its row."""
        for row in self._rows():
            for column, cell in enumerate(row.cells):
                if cell.text and (figure := self._cell_figure(row, column)):
                    yield figure

    def words(self) -> Iterator["TableWords"]:
        """The cells that hold words where others of their columns hold figures."""
        for row in self._rows():
            for heading, cell in zip(self.columns, row.cells, strict=False):
                if cell.text and heading.role not in (*_KEYS, "aside") and not re.search(r"\d", cell.text):
                    period, _ = self._period_of(heading, row)
                    yield TableWords(cell.start, cell.text, row.label.name, row.timed, heading, period)

    def _rows(self) -> Iterator["_Row"]:
        """The rows that are about something, each with the unit and the time of the row that heads it."""
        unit = period = ""
        for cells in map(self._aligned, self._body):
            texts = [cell.text for cell in cells if cell.text]
            is_heading = len(texts) == 1
            label = labels.read(("".join(texts) if is_heading else self._key(cells, "label")).lstrip("#＃"))
            own_period = self._time(label.name)
            if is_heading:
                unit, period = label.unit, own_period or period
                continue
            unit = label.unit or unit
            stated = self._key(cells, "period")
            year = re.search(r"(?:19|20)\d\d", stated)
            row_period = self._time(stated) or (year[0] if year else "") or own_period or period
            yield _Row(cells, label, bool(own_period), unit, row_period)

    def _time(self, text: str) -> str:
        """The period that a row's text is, if it is nothing else; "十五" may be a row's number."""
        if not re.search(r"\d|[上下]半年|季度|[”\"期末]", text):
            return ""
        heading = _heading([text], self._is_region, self._clock)
        return "" if heading.name or heading.growth or heading.region else heading.period

    def _cell_figure(self, row: "_Row", column: int) -> TableFigure | tuple[Passage, str] | None:
        heading = self.columns[column] if column < len(self.columns) else Heading("other", "")
        if column in self._keys.values() or heading.role in _NO_FIGURES:
            return None
        cell = row.cells[column]
        text = cell.text
        if len(text) > _PROSE and not is_figure(text):
            places = list(range(cell.start, cell.start + len(text)))
            return Passage(text, places, 0, ()), row.label.name
        match = None if missing(text) else _NUMBER.search(text)
        return match and self._figure(row, column, heading, match)

    def _figure(self, row: "_Row", column: int, heading: Heading, match: re.Match) -> TableFigure:
        text = match.string
        inline = units.after(text, match.end())
        unit, unit_from = self._unit_of(inline.name, heading, row)
        if unit == "%" and _BRACKETED.match(text) and "%" in (self._row_unit(row.cells), row.label.unit):
            unit = "百分点"  # what stands in brackets in a plan's table is the change over its years
        period, period_from = self._period_of(heading, row)
        return TableFigure(
            start=row.cells[column].start + match.start("digits"),
            value=re.sub(r"[,，\s]", "", match["digits"]),
            negative=match["sign"] not in (None, "+") and not text[: match.start()].strip("[〔【(（ "),
            comparator=comparators.comparator(text, match.start("digits"), inline.stop),
            unit=unit,
            unit_from=unit_from,
            period=period,
            period_from=period_from,
            label=row.label.name,
            timed=row.timed,
            heading=heading,
            attribute=self._key(row.cells, "attribute"),
        )

    def _unit_of(self, inline: str, heading: Heading, row: "_Row") -> tuple[str, str]:
        """A figure's unit: of its cell, its heading, its row, the lines above, the rows it stands among."""
        growth = (heading.unit or "%") if heading.growth and not inline else ""
        share = "%" if _SHARE.search(row.label.name) and not self._unit else ""
        candidates = (
            (growth, "heading"),
            (inline, "cell"),
            (heading.unit, "heading"),
            (self._row_unit(row.cells) or row.label.unit, "row"),
            (share, "guess"),
            (self._unit, "above"),
            (row.group, "group"),
        )
        return _first(candidates)

    def _period_of(self, heading: Heading, row: "_Row") -> tuple[str, str]:
        period, period_from = _first(
            [(heading.period, "heading"), (row.period, "row"), *self._default_periods]
        )
        return re.sub(r"^(\d{4})/(\d{4})$", r"\1-\2", period), period_from

    def _row_unit(self, row: list[Cell]) -> str:
        unit = self._key(row, "unit")
        return "" if missing(unit) else labels.plain(unit)

    def _key(self, row: list[Cell], role: str) -> str:
        column = self._keys.get(role)
        return row[column].text if column is not None and column < len(row) else ""

    def _aligned(self, row: list[Cell]) -> list[Cell]:
        """A row's cells under their headings, where the row has more empty cells than the heading."""
        if not self._header or len(row) <= len(self._header[-1]):
            return row
        nonempty = [cell for cell in row if cell.text]
        return nonempty if len(nonempty) == len([cell for cell in self._header[-1] if cell.text]) else row


class TableWords(NamedTuple):
    """A cell of words: its place, and what the table says of it."""

    start: int
    text: str
    label: str
    timed: bool
    heading: Heading
    period: str


class _Row(NamedTuple):
    """A row of a table's body: its cells, its label, perhaps a time, the unit of the rows it is among.

    ``period`` is told by the row or by the one that heads it.
    """

    cells: list[Cell]
    label: labels.Label
    timed: bool
    group: str
    period: str


def _folded(cell: Cell) -> Cell:
    return Cell(cell.text.translate(FOLD), cell.start)


def _first(candidates: Iterable[tuple[str, str]]) -> tuple[str, str]:
    """The first candidate that is not empty, and its source."""
    return next((pair for pair in candidates if pair[0]), ("", ""))


def _title_period(table: Table, clock: Clock) -> str:
    for line in reversed(table.above[-2:]):
        dates = [time for time in periods.times(line, clock) if not time.base]
        if dates and len(line) <= _TITLE:
            return dates[0].period
    return ""


def _parts(rows: list[list[Cell]]) -> tuple[list[list[Cell]], list[list[Cell]]]:
    """The rows of the heading, and those below."""
    end = 0
    for number, row in enumerate(rows):
        nonempty = [cell for cell in row if cell.text]
        if any(is_figure(cell.text) for cell in row) or (number and (len(nonempty) < 2 or row[0].text)):
            break
        end = number + 1
    return rows[:end], rows[end:]


def _texts(header: list[list[Cell]]) -> list[list[str]]:
    """The texts over each column, top down; one over several columns holds for each."""
    texts: list[list[str]] = [[] for _ in range(max(map(len, header), default=0))]
    for number, row in enumerate(header):
        text_above = ""
        for column, parts in enumerate(texts):
            text = row[column].text if column < len(row) else ""
            text_above = text or (text_above if number < len(header) - 1 else "")
            if text_above:
                parts.append(text_above)
    return texts


def _heading(parts: list[str], is_region: Callable[[str], bool], clock: Clock) -> Heading:
    """A column's heading; a part of the document's own year is a period too."""
    year_parts = [periods.part_of_year(part) for part in parts if not re.search(r"(?:19|20)\d\d", part)]
    part = next(filter(None, reversed(year_parts)), "")
    if part:
        parts = [_PART_OF_YEAR.sub("", text) or "数值" for text in parts]
    heading = headings.read(parts, is_region)
    if part and clock.year:
        role = "figure" if heading.role in ("other", "value") else heading.role
        heading = heading._replace(period=periods.format_period(clock.year, part), role=role)
    return heading._replace(unit=heading.unit or ("位" if _RANK.search(heading.text) else ""))


def _keys(columns: list[Heading]) -> dict[str, int]:
    """The columns that tell what a row is about."""
    keys: dict[str, int] = {}
    for column, heading in enumerate(columns):
        if heading.role in _KEYS:
            keys.setdefault(heading.role, column)
    if not keys.keys() & {"label", "region", "period"}:
        first_free = next((column for column in range(len(columns)) if column not in keys.values()), 0)
        keys["label"] = keys.get("group", first_free)
    keys.setdefault("label", keys.get("region", keys.get("period", 0)))
    return keys
