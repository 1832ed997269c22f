"""What changed between two reports: figures, rows, columns, sentences; and why each of them changed."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from reportkit.compare import matching
from reportkit.compare.content import Content, Table, Text
from reportkit.table import Cell

Ids = set[str]  # of stored rows
Item = TypeVar("Item", Table, Text)
_DECIMALS = re.compile(r"\.0+")
CORRECTED, NEW, GONE, DATE, METHOD = "corrected", "new", "gone", "date", "method"


class CellChange(NamedTuple):
    """A cell that shows something else, and why, as far as that is known."""

    heading: str
    column: int  # in the later table
    before: str
    after: str
    why: tuple[str, ...]


class RowChange(NamedTuple):
    """A row with changed cells, or new or gone; `before` and `after` are its places in the two tables."""

    name: str
    before: int | None
    after: int | None
    cells: list[CellChange]
    why: tuple[str, ...] = ()  # of a row that is new or gone


class TableChange(NamedTuple):
    """A table that is new (no `before`), gone (no `after`) or changed."""

    before: Table | None
    after: Table | None
    number: int | None  # among the tables of the later report
    rows: list[RowChange]
    added: list[str]  # headings of columns
    dropped: list[str]

    @property
    def latest(self) -> Table:
        """The later table, or the earlier one if it is gone."""
        table = self.after or self.before
        assert table, "one of the two is there"
        return table

    @property
    def places(self) -> int:
        """Number of changed cells and of rows and columns that are new or gone; 1 for a new or gone table."""
        if not (self.before and self.after):
            return 1
        headed = self.before.title != self.after.title or self.before.same != self.after.same
        rows = sum(len(row.cells) or 1 for row in self.rows)
        return headed + rows + len(self.added) + len(self.dropped)


class TextChange(NamedTuple):
    """A sentence, or the text of a chart, that is new (no `before`), gone (no `after`) or changed."""

    before: Text | None
    after: Text | None

    @property
    def latest(self) -> Text:
        """The later text, or the earlier one if it is gone."""
        text = self.after or self.before
        assert text, "one of the two is there"
        return text


class Changes(NamedTuple):
    """All differences between two reports."""

    before: Content
    after: Content
    tables: list[TableChange]
    texts: list[TextChange]
    corrected: list[tuple[str, str]]  # stored rows that say another figure: before, after
    added: list[str]  # stored rows that the earlier report did not show
    withdrawn: list[str]  # and those that the later one does not

    @property
    def places(self) -> int:
        """How many cells, rows, columns, sentences and charts differ."""
        return sum(table.places for table in self.tables) + len(self.texts)

    @property
    def any(self) -> bool:
        """Whether the reports, or the stored rows that they show, differ."""
        return bool(self.places or self.corrected or self.added or self.withdrawn)


def compare(before: Content, after: Content) -> Changes:
    """The differences between a report and an earlier one.

    Tables that only list sources are left out if the stored rows of both reports are known: changes in the
    rows are listed by themselves.
    """
    has_quotes = before.quotes and after.quotes
    tables = []
    for old, new in matching.tables(before.tables, after.tables):
        pair = _at(before.tables, old), _at(after.tables, new)
        if not (has_quotes and any(table and table.sources for table in pair)):
            tables.append(_changed(before, after, *pair, new))
    pairs = matching.texts(before.texts, after.texts)
    texts = [TextChange(_at(before.texts, old), _at(after.texts, new)) for old, new in pairs]
    texts = [
        pair for pair in texts if not (pair.before and pair.after and pair.before.text == pair.after.text)
    ]
    common = before.quotes.keys() & after.quotes.keys()
    return Changes(
        *(before, after, [table for table in tables if table.places], texts),
        [(before.quotes[row], after.quotes[row]) for row in sorted(common) if _corrected(row, before, after)],
        [after.quotes[row] for row in sorted(after.quotes.keys() - common)] if has_quotes else [],
        [before.quotes[row] for row in sorted(before.quotes.keys() - common)] if has_quotes else [],
    )


def _at(items: Sequence[Item], place: int | None) -> Item | None:
    return None if place is None else items[place]


def _changed(
    before: Content, after: Content, old: Table | None, new: Table | None, number: int | None
) -> TableChange:
    """The differences of one table, possibly none; `number` is that of the later one."""
    if old is None or new is None:
        return TableChange(old, new, number, [], [], [])
    return _TableComparison(before, after, old, new).change(number)


def _corrected(row: str, before: Content, after: Content) -> bool:
    return before.quotes[row] != after.quotes[row]


class _TableComparison:
    """The comparison of one table in two reports: the differences and their reasons."""

    def __init__(self, before: Content, after: Content, old: Table, new: Table):
        self.old, self.new, self._before, self._after = old, new, before, after
        self._rows = before.rows, after.rows
        self._common = before.quotes.keys() & after.quotes.keys()
        # whether any of the data changed, as far as the reports say
        self._data_changed = before.quotes != after.quotes or before.rows != after.rows
        self._data_changed = self._data_changed or _differ(before.edition, after.edition)

    def change(self, number: int | None) -> TableChange:
        """The differences, possibly none; `number` is that of the later table."""
        old, new = self.old, self.new
        columns = matching.columns(old.headings, new.headings)
        shared = [(i, k) for i, k in columns if i is not None and k is not None]
        later = [new.headings[k] for i, k in columns if i is None and k is not None]
        earlier = [old.headings[i] for i, k in columns if k is None and i is not None]
        added = [heading for heading in later if heading not in old.same]
        dropped = [heading for heading in earlier if heading not in new.same]
        return TableChange(old, new, number, [*self._changed(shared)], added, dropped)

    def _changed(self, columns: list[tuple[int, int]]) -> Iterator[RowChange]:
        old_rows = [[row[i] for i, _ in columns] for row in self.old.rows]
        new_rows = [[row[k] for _, k in columns] for row in self.new.rows]
        for old, new in matching.rows(old_rows, new_rows):
            old_cells = [] if old is None else self.old.rows[old]
            new_cells = [] if new is None else self.new.rows[new]
            name, row_ids = (new_cells or old_cells)[0].text, (_ids(old_cells), _ids(new_cells))
            if old is None or new is None:
                yield RowChange(name, old, new, [], self._why(*row_ids))
                continue
            cells = []
            for (_, k), old_cell, new_cell in zip(columns, old_rows[old], new_rows[new], strict=True):
                if not _alike(old_cell, new_cell):
                    has_ids = bool(old_cell.ids or new_cell.ids)
                    ids = (_ids([old_cell]), _ids([new_cell])) if has_ids else row_ids
                    why = self._why(*ids, has_ids)
                    cells.append(CellChange(self.new.headings[k], k, old_cell.text, new_cell.text, why))
            if cells:
                yield RowChange(name, old, new, cells)

    def _why(self, old: Ids, new: Ids, own: bool = True) -> tuple[str, ...]:
        """Why a cell changed: changed rows of the data; if there are none, the cut-off date of the report, or
        the program, or both.

        For a cell without ids the rows of its table row are given, which are not its `own`: then each of the
        reasons is possible. Without any rows, and with changed data, the reason is unknown.
        """
        before, after = self._before, self._after
        rows = (
            (CORRECTED, any(_corrected(row, before, after) for row in old & new & self._common)),
            (NEW, not new <= self._rows[0]),
            (GONE, not old <= self._rows[1]),
        )
        why = [reason for reason, holds in rows if holds]
        if (why and own) or (not (old | new) and self._data_changed):
            return tuple(why)
        date_changed = _differ(before.as_of, after.as_of)
        program_changed = _differ(before.library, after.library) or self.old.source != self.new.source
        return (*why, *[DATE] * date_changed, *[METHOD] * program_changed)


def _ids(cells: Iterable[Cell]) -> Ids:
    return {row for cell in cells for row in cell.ids}


def _differ(old: str, new: str) -> bool:
    """Whether two reports state different values; False if one of them states none."""
    return bool(old and new and old != new)


def _alike(old: Cell, new: Cell) -> bool:
    """Whether two cells show the same; a figure may be printed with other decimals if its column is."""
    if old.text == new.text:
        return True
    shapes = (_DECIMALS.sub("", cell.shape or "") for cell in (old, new))
    return old.value is not None and old.value == new.value and len({*shapes}) == 1
